/* SPDX-License-Identifier: MIT */
#include "kmsfix/iac.h"

#include "kmsfix/arena.h"
#include "document.h"
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
	struct tf_dirs dirs = { 0 };
	struct map names = { 0 };
	tf_load(m, &dirs);
	struct tf_state *state = tf_expand(&dirs);
	if (!state)
		return;
	struct tf_modules *mods = &state->modules;
	each_module(mods, tf_principals);
	each_module(mods, tf_keys);
	tf_names_ready(state);
	each_module(mods, tf_replicas);
	each_module(mods, tf_key_policies);
	each_module(mods, tf_identities);
	each_module(mods, tf_attachments);
	for (size_t i = 0; i < mods->n; i++)
		tf_index_names(&names, mods->v[i]);
	for (size_t i = 0; i < mods->n; i++)
		tf_uses(&names, mods->v[i]);
	statements_index(m);
	each_module(mods, tf_unread);
	tf_settle_accounts(state, m);
	each_module(mods, tf_removals);
	tf_cycles(mods);
}

struct model *model_build(const struct fileset *files, const struct config *config,
			  struct diags *diags, struct parsed *parsed, struct arena *a)
{
	struct model *m = ARENA_NEW(a, struct model);
	m->arena = a;
	m->files = files;
	m->config = config;
	m->diags = diags;
	m->parsed = parsed;
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
