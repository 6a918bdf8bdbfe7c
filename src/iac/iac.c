/* SPDX-License-Identifier: MIT */
#include "kmsfix/iac.h"

#include "cfn.h"
#include "kmsfix/arena.h"
#include "document.h"
#include "live.h"
#include "mention.h"
#include "other_kind.h"
#include "raw_json.h"
#include "requested.h"
#include "tf_copy.h"
#include "tf_unread.h"
#include "tf_vacancy.h"

static void each_module(struct tf_modules *mods, void (*stage)(struct tf_module *))
{
	for (size_t i = 0; i < mods->n; i++)
		stage(mods->v[i]);
}

/* Stage by stage over all modules, because one module's outputs matter to another's policies. */
static void build_terraform(struct model *m)
{
	struct tf_dirs dirs = { 0 };
	tf_load(m, &dirs);
	struct tf_state *state = tf_expand(&dirs);
	m->terraform = state;
	if (!state)
		return;
	struct tf_modules *mods = &state->modules;
	each_module(mods, tf_index_remote_users);
	each_module(mods, tf_principals);
	each_module(mods, tf_keys);
	tf_names_ready(state);
	each_module(mods, tf_replicas);
	each_module(mods, tf_aliases);
	each_module(mods, tf_key_policies);
	tf_own_documents_agree(m);
	tf_blanks_agree(m);
	each_module(mods, tf_identities);
	each_module(mods, tf_attachments);
	tf_exclusives(state, m);
	each_module(mods, tf_copies);
	tf_copies_of_policies(m);
	each_module(mods, tf_uses);
	statements_index(m);
	each_module(mods, tf_unread);
	each_module(mods, tf_filled_files);
	each_module(mods, tf_template_bodies);
	tf_settle_accounts(state, m);
	tf_index_inline(state, m);
	each_module(mods, tf_removals);
	document_sites_apart(m);
}

static void each_stack(struct cfn *c, void (*stage)(struct cfn_stack *))
{
	for (size_t i = 0; i < c->stacks.n; i++)
		stage(c->stacks.v[i]);
}

static void build_cloudformation(struct model *m)
{
	struct cfn *c = ARENA_NEW(m->arena, struct cfn);
	size_t before = m->policies.n;
	m->cloudformation = c;
	c->model = m;
	cfn_load(c);
	cfn_check_parameters(c);
	cfn_includes(c);
	cfn_expand(c);
	cfn_exports(c);
	each_stack(c, cfn_principals);
	each_stack(c, cfn_sam_roles);
	each_stack(c, cfn_serverless_roles);
	each_stack(c, cfn_keys);
	each_stack(c, cfn_names);
	each_stack(c, cfn_key_policies);
	each_stack(c, cfn_identities);
	each_stack(c, cfn_attachments);
	each_stack(c, cfn_sam_policies);
	each_stack(c, cfn_serverless_policies);
	each_stack(c, cfn_uses);
	for (size_t i = before; m->terraform && i < m->policies.n; i++)
		tf_use_of_other(m->terraform, m->policies.v[i]);
	statements_index(m);
	each_stack(c, cfn_unread);
	each_stack(c, cfn_removals);
	each_stack(c, cfn_parts);
	each_stack(c, cfn_shared_parts);
	each_stack(c, cfn_check_repeats);
}

struct model *model_build(const struct fileset *files, const struct config *config,
			  struct diags *diags, struct parsed *parsed, struct arena *a)
{
	struct model *m = ARENA_NEW(a, struct model);
	m->arena = a;
	m->files = files;
	m->config = config;
	m->diags = diags;
	m->meanings = ARENA_NEW(a, struct map);
	m->parsed = parsed;
	if (!parsed->arena)
		parsed->arena = a;
	build_terraform(m);
	build_cloudformation(m);
	raw_json_load(m);
	raw_json_find(m);
	other_kinds_note(m);
	live_complete(m);
	requested_load(m);
	ignores_read(m);
	mentions_mark(m);
	statements_tell_apart(m);
	return m;
}

void model_find_cycles(struct model *m, const struct model *after)
{
	struct map units = { 0 };
	for (size_t i = 0; after && i < after->cycles.n; i++)
		map_put(&units, m->arena, after->cycles.v[i].unit->path, &units);
	if (m->terraform)
		tf_cycles(&m->terraform->modules, after ? &units : NULL);
	if (m->cloudformation)
		cfn_cycles(m->cloudformation);
}

bool model_wants(str path)
{
	static const char *const suffixes[] = {
		".tf",   ".tofu",     ".json", ".tpl",    ".tftpl",  ".tmpl",   ".policy",
		".yaml", ".yml",      ".cfn",  ".cform",  ".sam",    ".j2",     ".jinja",
		".erb",  ".template", ".txt",  ".jinja2", ".gotmpl", ".tfvars", ".hcl",
	};
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (str_ends(path, str_from(suffixes[i])))
			return !str_ends(path, S(".terraform.lock.hcl"));
	return false;
}
