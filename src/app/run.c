/* SPDX-License-Identifier: MIT */
/*
 * The pipeline on one page: read the tree, model it, plan, edit, model the result, prove, hand
 * over.
 */
#include "run.h"

#include "kmsfix/arena.h"
#include "kmsfix/config_slip.h"
#include "kmsfix/git.h"
#include "kmsfix/iac.h"
#include "kmsfix/template.h"
#include "fix.h"
#include "mailbox.h"
#include "output.h"
#include "progress.h"
#include "publish.h"
#include "revision.h"

struct job {
	const struct options *o;
	struct arena *arena;
	struct repo *repo;
	struct base_info base;
	struct fileset files;
	struct config *config;
	struct template tpl;
	struct diags diags;
	struct parsed parsed;
	struct fix fix;
	struct publisher publisher;
	struct file_change *changes;
	size_t change_count;
	struct progress progress;
	size_t rounds;
	bool written;  /* --write has edited the work tree */
	size_t edited; /* its files that were not as they are to be */
	bool silent;   /* the base says nothing that there could be a finding in */
};

/* ---- reading ---- */

/* What is told about accounts is of interest even where the code says nothing. */
static bool has_facts(const struct options *o)
{
	return o->account_details.n || o->key_answers.n || o->plan.n || o->evidence.n;
}

static struct model *build(void *ctx, const struct fileset *files, struct diags *diags,
			   struct arena *a)
{
	static const struct fileset nothing;
	struct job *j = ctx;
	progress_phase(&j->progress, "reading the code of", files->n, ++j->rounds);
	struct model *m = model_build(j->silent ? &nothing : files, j->config, diags, &j->parsed,
				      a);
	if (j->silent)
		m->files_read = files->n;
	return m;
}

/* Who edits it and runs again sees no difference: it is HEAD that is read. */
static void note_uncommitted(struct job *j)
{
	const struct options *o = j->o;
	const struct file *f = fileset_find(&j->files, S(CONFIG_NAME));
	if (o->base || o->config || o->apply || o->write ||
	    !repo_is_uncommitted(j->repo, CONFIG_NAME, f ? f->text : S("")))
		return;
	diag_add(&j->diags, SEVERITY_NOTE, NULL, 0,
		 "%s of the work tree %s; HEAD is read: commit it, or name it with --config",
		 CONFIG_NAME, f ? "is not what HEAD has" : "is not committed");
}

static bool read_all(struct job *j, struct err *e)
{
	const char *tpl = j->o->template_name ? j->o->template_name : TEMPLATE_DEFAULT;
	struct revision at;
	if (!template_load(&j->tpl, str_from(tpl), j->arena, e) ||
	    !repo_open(&j->repo, j->o->repo, j->arena, e) ||
	    !revision_read(&at, j->repo, j->o, j->o->base, j->arena, &j->diags, e))
		return false;
	j->files = at.files;
	j->base = at.info;
	j->config = at.config;
	note_uncommitted(j);
	j->silent = !has_facts(j->o) && files_are_silent(&j->files);
	j->fix = (struct fix){ .options = j->o,
			       .arena = j->arena,
			       .files = &j->files,
			       .tpl = &j->tpl,
			       .phased = j->o->phased,
			       .build = build,
			       .ctx = j,
			       .diags = &j->diags };
	j->publisher = (struct publisher){ .options = j->o,
					   .arena = j->arena,
					   .repo = j->repo,
					   .base = &j->base,
					   .fix = &j->fix };
	return publish_check(&j->publisher, e);
}

/* ---- the result ---- */

static void collect_changes(struct job *j)
{
	j->change_count = files_changed(j->arena, &j->files, &j->fix.result, &j->changes);
}

static struct report_input report_of(const struct job *j)
{
	struct report_input in = fix_report(&j->fix);
	in.phased = j->o->phased;
	in.base = str_from(j->base.commit);
	in.files_changed = j->change_count;
	in.repository = str_from(j->o->repo);
	revision_name(&in.name, j->config, j->repo);
	return in;
}

static bool write_changes(struct job *j, struct report_input *in, struct err *e)
{
	in->mode = REPORT_WRITTEN;
	j->written = !j->change_count ||
		     repo_write(j->repo, &j->base, j->changes, j->change_count, &j->edited, e);
	in->files_edited = j->edited;
	return j->written;
}

static bool diff(void *ctx, struct buf *out, struct err *e)
{
	struct job *j = ctx;
	return !j->change_count ||
	       repo_diff(j->repo, &j->base, j->changes, j->change_count, out, e);
}

/* What has been made before something else failed, stays. */
static bool left_made(const struct job *j, const struct report_input *in, struct err *e)
{
	size_t made = 0, last = 0;

	for (size_t i = 0; i < in->branches.n; i++) {
		if (in->branches.v[i].state == REPORT_BRANCH_CREATED ||
		    in->branches.v[i].state == REPORT_BRANCH_UPDATED) {
			last = i;
			made++;
		}
	}
	if (made == 1)
		return err_add(e, "; the fix itself is made: it is on branch '%.*s'",
			       STR_ARG(in->branches.v[last].name));
	if (made)
		return err_add(e, "; the fix itself is made: it is on %zu branches", made);
	if (j->written && j->edited)
		return err_add(e, "; the fix itself is made: %zu file%s of the work tree %s edited",
			       j->edited, j->edited == 1 ? "" : "s", j->edited == 1 ? "is" : "are");
	return false;
}

static bool deliver(const struct job *j, struct mailbox *box, const struct report_input *in,
		    struct err *e)
{
	return mailbox_commit(box, e) || left_made(j, in, e);
}

/* The mailbox is locked until all is done here, but not while others are waited for. */
static bool make_all(struct job *j, struct report_input *in, struct err *e)
{
	struct mailbox box = { .fix = &j->fix, .repo = j->repo, .base = &j->base };
	bool ok = mailbox_prepare(&box, e) && (!j->o->apply || publish(&j->publisher, in, e)) &&
		  (!j->o->write || write_changes(j, in, e)) && deliver(j, &box, in, e);

	mailbox_close(&box);
	if (ok && j->o->apply)
		publish_push(&j->publisher, in);
	return ok;
}

/* Where the results cannot go at all, nothing is changed. */
static bool hand_over(struct job *j, enum status *status, struct err *e)
{
	struct report_input in = report_of(j);
	struct outlets outlets;
	bool ok = outlets_open(&outlets, j->o, e) && make_all(j, &in, e);

	diags_sort(&j->diags);
	ok = ok && (outputs_print(&outlets, &in, diff, j, e) || left_made(j, &in, e));
	outlets_close(&outlets);
	*status = fix_status(&j->fix, in.mode == REPORT_DRY_RUN && j->change_count);
	if (ok && j->publisher.unpushed.code) {
		output_error(&j->publisher.unpushed);
		*status = STATUS_NOT_PUSHED;
	}
	return ok;
}

bool run(const struct options *o, enum status *status, struct err *e)
{
	struct job j = { .o = o, .arena = arena_create() };
	j.diags.arena = j.arena;
	j.progress.quiet = o->quiet;
	j.parsed.jobs = o->jobs;
	bool ok = read_all(&j, e) && fix_make(&j.fix, e);
	progress_end(&j.progress);
	if (ok) {
		collect_changes(&j);
		if (!j.silent)
			config_slips(j.fix.model, &j.diags);
		ok = hand_over(&j, status, e);
	}
	repo_close(j.repo);
	arena_destroy(j.arena);
	return ok;
}
