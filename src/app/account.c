/* SPDX-License-Identifier: MIT */
/* An account without code, on one page: read the export, plan and prove as ever, hand over. */
#include "kmsfix/account.h"

#include "command.h"
#include "fix.h"
#include "handover.h"
#include "kmsfix/arena.h"
#include "kmsfix/config_slip.h"
#include "kmsfix/git.h"
#include "kmsfix/input.h"
#include "kmsfix/template.h"
#include "output.h"
#include "told.h"

struct job {
	const struct options *o;
	struct arena *arena;
	struct account account;
	struct config *config;
	struct template tpl;
	struct diags diags;
	struct fix fix;
	struct file_change *changes;
	size_t change_count;
};

static struct model *build(void *ctx, const struct fileset *files, struct diags *diags,
			   struct arena *a)
{
	struct job *j = ctx;
	return account_model(&j->account, files, j->config, diags, a);
}

static bool load_config(struct job *j, struct err *e)
{
	str text = S("{\"version\": 1}");
	if (j->o->config && !input_read(&text, j->o->config, CONFIG_MAX_SIZE, j->arena, e))
		return false;
	return config_parse(&j->config, text, str_from(j->o->config), j->arena, e);
}

/* What is about the files of a repository does nothing here. */
static void say_unused(struct job *j)
{
	struct config *c = j->config;
	const struct {
		const char *member;
		size_t *n;
	} members[] = {
		{ "policies", &c->policies.n },
		{ "key_policies", &c->key_policies.n },
		{ "parameters", &c->parameters.n },
		{ "attachments", &c->attachments.n },
		{ "default_key_policy", &c->default_key_policy.n },
	};
	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++) {
		if (*members[i].n)
			diag_add(&j->diags, SEVERITY_WARNING, NULL, 0,
				 "%.*s: '%s' is about code, and does nothing for an account",
				 STR_ARG(c->path), members[i].member);
		*members[i].n = 0;
	}
}

static bool check_account(const struct job *j, struct err *e)
{
	str told = config_account_of(j->config, S(""));
	return !told.n || str_eq(told, j->account.id) ||
	       err_set(e, ERR_IO, "%.*s is about account %.*s, and the export is of %.*s",
		       STR_ARG(j->config->path), STR_ARG(told), STR_ARG(j->account.id));
}

static bool read_all(struct job *j, struct err *e)
{
	const char *tpl = j->o->template_name ? j->o->template_name : TEMPLATE_DEFAULT;
	const struct facts *facts;
	if (!template_load(&j->tpl, str_from(tpl), j->arena, e) || !load_config(j, e) ||
	    !facts_read(&facts, (const char *const *)j->o->operands, j->o->operand_count, j->arena,
			e) ||
	    !account_read(&j->account, facts, j->arena, e) || !check_account(j, e) ||
	    !told_read(j->config, j->o, &j->diags, j->arena, e))
		return false;
	told_say_gaps(facts, &j->diags);
	say_unused(j);
	j->fix = (struct fix){ .options = j->o,
			       .arena = j->arena,
			       .files = &j->account.files,
			       .tpl = &j->tpl,
			       .phased = true,
			       .build = build,
			       .ctx = j,
			       .diags = &j->diags };
	return true;
}

static bool diff(void *ctx, struct buf *out, struct err *e)
{
	struct job *j = ctx;
	return files_diff(j->changes, j->change_count, out, e);
}

static bool write_script(struct job *j, struct report_input *in, struct err *e)
{
	if (!j->o->script || !j->change_count)
		return true;
	if (!handover_write(&j->account, &j->fix.plan, &j->fix.result, j->o->script, j->arena, e))
		return false;
	in->script = str_from(j->o->script);
	in->mode = REPORT_WRITTEN;
	return true;
}

static bool hand_over(struct job *j, enum status *status, struct err *e)
{
	struct report_input in = fix_report(&j->fix);
	struct outlets outlets;
	in.account = j->account.id;
	in.files_changed = j->change_count;
	in.repository = str_from(j->o->operands[0]);
	bool ok = outlets_open(&outlets, j->o, e) && write_script(j, &in, e);
	*status = fix_status(&j->fix, in.mode == REPORT_DRY_RUN && j->change_count);
	if (ok && !outputs_print(&outlets, &in, diff, j, e))
		ok = in.script.n && err_add(e, "; '%s' is written", j->o->script);
	outlets_close(&outlets);
	return ok;
}

bool command_account(const struct options *o, enum status *status, struct err *e)
{
	struct job j = { .o = o, .arena = arena_create() };
	j.diags.arena = j.arena;
	bool ok = read_all(&j, e) && fix_make(&j.fix, e);
	if (ok) {
		j.change_count = files_changed(j.arena, &j.account.files, &j.fix.result,
					       &j.changes);
		config_slips(j.fix.model, &j.diags);
		diags_sort(&j.diags);
		ok = hand_over(&j, status, e);
	}
	arena_destroy(j.arena);
	return ok;
}
