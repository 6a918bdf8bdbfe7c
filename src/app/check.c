/* SPDX-License-Identifier: MIT */
/* --check: both revisions to models, and what the second undoes of the first. */
#include <stdio.h>

#include "adoption.h"
#include "kmsfix/arena.h"
#include "kmsfix/check_report.h"
#include "kmsfix/iac.h"
#include "kmsfix/round.h"
#include "kmsfix/template.h"
#include "output.h"
#include "revision.h"
#include "run.h"

struct check_job {
	const struct options *o;
	struct arena *arena;
	struct repo *repo;
	struct revision base, head;
	struct diags diags; /* of the head */
	struct parsed parsed;
	struct template tpl;
	struct regressions found;
};

static bool read_both(struct check_job *j, struct err *e)
{
	struct diags unsaid = { .arena = j->arena };
	char id[GIT_ID_SIZE];

	return template_load(&j->tpl, S(TEMPLATE_DEFAULT), j->arena, e) &&
	       repo_open(&j->repo, j->o->repo, j->arena, e) &&
	       (j->o->base ? repo_merge_base(j->repo, j->o->base, id, e) :
			     repo_parent(j->repo, id, e)) &&
	       revision_read(&j->base, j->repo, j->o, str_z(j->arena, str_from(id)), j->arena,
			     &unsaid, e) &&
	       revision_read(&j->head, j->repo, j->o, NULL, j->arena, &j->diags, e);
}

static struct model *build(struct check_job *j, const struct revision *r, struct diags *diags)
{
	return model_build(&r->files, r->config, diags, &j->parsed, j->arena);
}

static bool compare(struct check_job *j, struct err *e)
{
	struct diags unsaid = { .arena = j->arena };
	struct plan_options options = { .tpl = &j->tpl, .all_keys = j->o->match };
	struct plan plan;

	if (!today(&options.today, j->arena, e))
		return false;
	struct model *base = build(j, &j->base, &unsaid);
	j->parsed.loads_known = false; /* the head may load others, too */
	struct model *head = build(j, &j->head, &j->diags);
	plan_make(&plan, head, &options, j->arena);
	if (j->o->baseline && !accept_baseline(j->o, &plan, &j->diags, e))
		return false;
	check_compare(&j->found, base, head, &plan, &options, j->arena);
	return true;
}

static bool print(const struct check_job *j, struct err *e)
{
	struct check_report in = { &j->found, str_from(j->base.info.commit),
				   str_from(j->head.info.commit), S(KMSFIX_VERSION) };
	bool json = j->o->format_count && j->o->outputs[0].format == FORMAT_JSON;
	struct buf out = { 0 }, summary = { 0 };
	bool ok;

	(json ? check_json : check_text)(&in, &out);
	ok = output_write(j->o->outputs[0].file, buf_str(&out), e);
	diags_render(&j->diags, SEVERITY_WARNING, &summary);
	check_summary(&in, &summary);
	if (ok && !j->o->quiet)
		fwrite(summary.p, 1, summary.n, stderr);
	buf_free(&out);
	buf_free(&summary);
	return ok;
}

bool run_check(const struct options *o, enum status *status, struct err *e)
{
	struct check_job j = { .o = o, .arena = arena_create() };
	j.diags.arena = j.arena;
	j.parsed.jobs = o->jobs;
	bool ok = read_both(&j, e) && compare(&j, e);
	diags_sort(&j.diags);
	ok = ok && print(&j, e);
	*status = j.found.n ? STATUS_REGRESSED : STATUS_DONE;
	repo_close(j.repo);
	arena_destroy(j.arena);
	return ok;
}
