/* SPDX-License-Identifier: MIT */
/*
 * The pipeline on one page: read the tree, model it, plan, edit, model the result, prove, hand
 * over.
 */
#include "run.h"

#include <stdio.h>
#include <unistd.h>

#include "kmsfix/git.h"
#include "kmsfix/iac.h"
#include "kmsfix/input.h"
#include "kmsfix/lower.h"
#include "kmsfix/proof.h"
#include "kmsfix/report.h"
#include "kmsfix/template.h"
#include "kmsfix/vec.h"
#include "terminal.h"
#include "output.h"

#define CONFIG_NAME ".kmsfix.json"

/* Every round holds at least one more finding, so this is only a stop for a bug of ours. */
#define MAX_ROUNDS 10000

struct job {
	const struct options *o;
	struct arena *arena;
	struct repo *repo;
	struct base_info base;
	struct fileset files, result;
	struct config *config;
	struct template tpl;
	struct diags diags;
	struct parsed parsed;
	struct model *model;
	struct plan plan;
	struct edits edits;
	struct proof proof;
	struct fileset granted; /* --phased: the result of the grants alone */
	struct file_change *changes;
	size_t change_count;
};

/* ---- reading ---- */

static bool wanted(str path, void *ctx)
{
	(void)ctx;
	return str_eq(path, S(CONFIG_NAME)) || model_wants(path);
}

static bool load_config(struct job *j, struct err *e)
{
	str text = S("{\"version\": 1}"), path = S(CONFIG_NAME);
	const struct file *f = fileset_find(&j->files, path);
	if (j->o->config) {
		path = str_from(j->o->config);
		if (!input_read(&text, j->o->config, CONFIG_MAX_SIZE, j->arena, e))
			return false;
	} else if (f) {
		text = f->text;
	}
	return config_parse(&j->config, text, path, j->arena, e);
}

static void exclude_files(struct job *j)
{
	size_t kept = 0;
	for (size_t i = 0; i < j->files.n; i++)
		if (!config_excludes(j->config, j->files.files[i].path))
			j->files.files[kept++] = j->files.files[i];
	j->files.n = kept;
}

static bool read_all(struct job *j, struct err *e)
{
	const char *tpl = j->o->template_name ? j->o->template_name : TEMPLATE_DEFAULT;
	if (!template_load(&j->tpl, str_from(tpl), j->arena, e) ||
	    !repo_open(&j->repo, j->o->repo, j->arena, e) ||
	    !repo_read(j->repo, j->o->base, wanted, NULL, &j->files, &j->base, j->arena, &j->diags,
		       e) ||
	    !load_config(j, e))
		return false;
	exclude_files(j);
	j->model = model_build(&j->files, j->config, &j->diags, &j->parsed, j->arena);
	return true;
}

/* ---- planning, until nothing new has to be held ---- */

/* --phased: what the grants alone make of the files must be as sound as the whole. */
static bool try_grants(struct job *j, struct plan_options *options, bool *again, struct err *e)
{
	struct diags unsaid = { .arena = j->arena };
	struct edits edits = { .arena = j->arena };
	struct proof proof;
	if (!plan_lower_grants(&edits, &j->plan))
		return err_set(e, ERR_PROOF, "the grants cannot be written; please report this");
	j->granted = (struct fileset){ 0 };
	if (!edits_sort(&edits, e))
		return false;
	edits_tidy(&edits);
	if (!edits_apply(&j->granted, &j->files, &edits, j->arena, e))
		return false;
	struct model *granted = model_build(&j->granted, j->config, &unsaid, &j->parsed, j->arena);
	*again = proof_holds(options, j->model, &j->plan, granted, j->arena);
	proof_grants(&proof, j->model, granted, j->arena);
	if (!*again && !proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof of the grants failed, so nothing is changed; this "
			       "is a bug of kmsfix, please report it: %.*s",
			       STR_ARG(proof.failure));
	return true;
}

static bool try_plan(struct job *j, struct plan_options *options, bool *again, struct err *e)
{
	struct diags unsaid = { .arena = j->arena };
	*again = true;
	plan_make(&j->plan, j->model, options, j->arena);
	j->edits = (struct edits){ .arena = j->arena };
	if (!plan_lower(&j->edits, &j->plan, options))
		return true;
	j->result = (struct fileset){ 0 };
	if (!edits_sort(&j->edits, e))
		return false;
	edits_tidy(&j->edits);
	if (!edits_apply(&j->result, &j->files, &j->edits, j->arena, e))
		return false;
	struct model *after = model_build(&j->result, j->config, &unsaid, &j->parsed, j->arena);
	if (proof_holds(options, j->model, &j->plan, after, j->arena))
		return true;
	if (options->phased) {
		if (!try_grants(j, options, again, e))
			return false;
		if (*again)
			return true;
	}
	struct plan second;
	plan_make(&second, after, options, j->arena);
	proof_check(&j->proof, j->model, &j->plan, after, &second, j->arena);
	*again = false;
	return true;
}

static bool make_plan(struct job *j, struct err *e)
{
	struct plan_options options = { .strict = j->o->strict,
					.phased = j->o->phased,
					.tpl = &j->tpl };
	bool again = true;
	for (size_t i = 0; again; i++) {
		if (i == MAX_ROUNDS)
			return err_set(e, ERR_PROOF, "planning does not end; please report this");
		if (!try_plan(j, &options, &again, e))
			return false;
	}
	if (!j->proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof failed, so nothing is changed; this is a bug of "
			       "kmsfix, please report it: %.*s",
			       STR_ARG(j->proof.failure));
	return true;
}

/* ---- the result ---- */

/* What differs between two sets of the same files. */
static size_t differences(struct arena *a, const struct fileset *from, const struct fileset *to,
			  struct file_change **out)
{
	size_t n = 0;
	*out = arena_array(a, from->n, sizeof(**out));
	for (size_t i = 0; i < from->n; i++) {
		const struct file *before = &from->files[i];
		const struct file *after = fileset_find(to, before->path);
		if (after && !str_eq(before->text, after->text))
			(*out)[n++] = (struct file_change){ .before = before, .text = after->text };
	}
	return n;
}

static void collect_changes(struct job *j)
{
	j->change_count = differences(j->arena, &j->files, &j->result, &j->changes);
}

static struct report_input report_of(const struct job *j)
{
	return (struct report_input){
		.plan = &j->plan,
		.phased = j->o->phased,
		.edits = &j->edits,
		.diags = &j->diags,
		.model = j->model,
		.base = str_from(j->base.commit),
		.files_read = j->model->files_read,
		.files_changed = j->change_count,
		.proof = { j->proof.holds, j->proof.principals, j->proof.keys, j->proof.checked },
		.version = S(KMSFIX_VERSION),
		.repository = str_from(j->o->repo),
	};
}

/* The commits to make: one, or under --phased the grants and then the rest. */
static size_t phases(struct job *j, const struct report_input *in, struct commit_step steps[2],
		     struct buf *message)
{
	struct file_change *changes;
	size_t n = 0, count = 0;
	if (j->o->phased)
		count = differences(j->arena, &j->files, &j->granted, &changes);
	if (count)
		steps[n++] = (struct commit_step){ .message = report_grants_message(in, j->arena),
						   .changes = changes,
						   .n = count };
	report_message(in, message);
	steps[n] = (struct commit_step){ .message = buf_str(message),
					 .changes = j->changes,
					 .n = j->change_count };
	if (count)
		steps[n].n = differences(j->arena, &j->granted, &j->result, &changes);
	if (count)
		steps[n].changes = changes;
	return n + 1;
}

static bool commit_changes(struct job *j, struct report_input *in, struct err *e)
{
	struct buf message = { 0 };
	char id[GIT_ID_SIZE];
	const char *branch = j->o->branch ? j->o->branch : BRANCH_DEFAULT;
	in->mode = REPORT_APPLIED;
	if (!j->change_count)
		return true;
	struct commit_step steps[2];
	size_t n = phases(j, in, steps, &message);
	bool ok = repo_commit(j->repo, &j->base, branch, steps, n, id, e);
	buf_free(&message);
	if (!ok)
		return false;
	in->branch = str_from(branch);
	in->commit = str_dup(j->arena, str_from(id));
	return true;
}

static bool write_changes(struct job *j, struct report_input *in, struct err *e)
{
	in->mode = REPORT_WRITTEN;
	return !j->change_count || repo_write(j->repo, &j->base, j->changes, j->change_count, e);
}

static bool render(struct job *j, enum format format, const struct report_input *in,
		   struct buf *out, struct err *e)
{
	static void (*const reports[])(const struct report_input *, struct buf *) = {
		[FORMAT_TEXT] = report_text,   [FORMAT_JSON] = report_json,
		[FORMAT_SARIF] = report_sarif, [FORMAT_MARKDOWN] = report_markdown,
		[FORMAT_HTML] = report_html,
	};
	if (format != FORMAT_DIFF) {
		reports[format](in, out);
		return true;
	}
	/* After --apply and --write the change is in Git already; a diff is printed when asked for.
	 */
	if (in->mode != REPORT_DRY_RUN && !j->o->format_count)
		return true;
	return !j->change_count ||
	       repo_diff(j->repo, &j->base, j->changes, j->change_count, out, e);
}

/* Prints all outputs; *said: one of them is for a person at the terminal. */
static bool print(struct job *j, struct report_input *in, bool *said, struct err *e)
{
	bool ok = true;
	for (size_t i = 0; ok && i < j->o->output_count; i++) {
		const struct output *o = &j->o->outputs[i];
		struct buf out = { 0 };
		in->color = o->file ? j->o->color == COLOR_ALWAYS :
				      terminal_color(j->o->color, STDOUT_FILENO);
		in->width = o->file ? 0 : terminal_width(STDOUT_FILENO);
		ok = render(j, o->format, in, &out, e) && output_write(o->file, buf_str(&out), e);
		*said |= !o->file && o->format == FORMAT_TEXT;
		buf_free(&out);
	}
	return ok;
}

static enum status status_of(const struct job *j, const struct report_input *in)
{
	if (in->mode == REPORT_DRY_RUN && j->change_count)
		return STATUS_AVAILABLE;
	for (size_t i = 0; i < j->plan.findings.n; i++)
		if (j->plan.findings.v[i].outcome == OUTCOME_HELD)
			return STATUS_HELD;
	return STATUS_DONE;
}

static bool hand_over(struct job *j, enum status *status, struct err *e)
{
	struct report_input in = report_of(j);
	struct buf summary = { 0 };
	bool said = j->o->quiet;
	bool ok = (!j->o->apply || commit_changes(j, &in, e)) &&
		  (!j->o->write || write_changes(j, &in, e)) && print(j, &in, &said, e);
	if (ok && !said) {
		report_summary(&in, &summary);
		fwrite(summary.p, 1, summary.n, stderr);
	}
	*status = status_of(j, &in);
	buf_free(&summary);
	return ok;
}

bool run(const struct options *o, enum status *status, struct err *e)
{
	struct job j = { .o = o, .arena = arena_create() };
	j.diags.arena = j.arena;
	bool ok = read_all(&j, e) && make_plan(&j, e);
	if (ok) {
		collect_changes(&j);
		diags_sort(&j.diags);
		ok = hand_over(&j, status, e);
	}
	repo_close(j.repo);
	arena_destroy(j.arena);
	return ok;
}
