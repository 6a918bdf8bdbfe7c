/* SPDX-License-Identifier: MIT */
#include "kmsfix/iac.h"

#include "kmsfix/arena.h"
#include "raw_json.h"
#include "tf.h"

static void each_module(struct tf_modules *mods, void (*stage)(struct tf_module *))
{
	for (size_t i = 0; i < mods->n; i++)
		stage(mods->v[i]);
}

/* Stage by stage over all modules, because one module's outputs matter to another's policies. */
static void build_terraform(struct model *m)
{
	struct tf_modules mods = { 0 };
	struct map names = { 0 };
	tf_load(m, &mods);
	each_module(&mods, tf_link);
	each_module(&mods, tf_principals);
	each_module(&mods, tf_keys);
	each_module(&mods, tf_key_policies);
	each_module(&mods, tf_identities);
	each_module(&mods, tf_attachments);
	for (size_t i = 0; i < mods.n; i++)
		tf_index_names(&names, mods.v[i]);
	for (size_t i = 0; i < mods.n; i++)
		tf_uses(&mods, &names, mods.v[i]);
	each_module(&mods, tf_removals);
	each_module(&mods, tf_cycles);
}

struct model *model_build(const struct fileset *files, const struct config *config,
			  struct diags *diags, struct arena *a)
{
	struct model *m = ARENA_NEW(a, struct model);
	m->arena = a;
	m->files = files;
	m->config = config;
	m->diags = diags;
	build_terraform(m);
	raw_json_load(m);
	return m;
}

bool model_wants(str path)
{
	static const char *const suffixes[] = { ".tf",    ".tofu", ".json",  ".tpl",
						".tftpl", ".tmpl", ".policy" };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (str_ends(path, str_from(suffixes[i])))
			return true;
	return false;
}
