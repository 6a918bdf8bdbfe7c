/* SPDX-License-Identifier: MIT */
#include "fix.h"

#include "adoption.h"
#include "kmsfix/arena.h"
#include "kmsfix/lower.h"
#include "kmsfix/round.h"
#include "kmsfix/template.h"

/* Every round holds at least one more finding, so this is only a stop for a bug of ours. */
#define MAX_ROUNDS 10000

/* What one round works on: the files, or what they are with policies detached. */
struct round {
	struct plan_options options;
	const struct fileset *files;
	struct model *base;    /* of the files as they were read */
	struct edits detached; /* on them */
	size_t known, refused; /* of what is to be detached, when it last was */
};

/* ---- detaching: a change of its own, that leaves everybody's access as it was ---- */

static bool apply(struct fix *f, struct fileset *out, const struct fileset *base,
		  struct edits *edits, struct err *e)
{
	*out = (struct fileset){ 0 };
	if (!edits_sort(edits, e))
		return false;
	edits_tidy(edits);
	return edits_apply(out, base, edits, f->arena, e);
}

/* The model with policies detached, if it is the same in all that counts. What is planned with it
 * adds to its diagnostics. */
static bool model_detached(struct fix *f, struct round *r, bool *same, struct err *e)
{
	struct diags *unsaid = ARENA_NEW(f->arena, struct diags);
	struct proof proof;
	if (!apply(f, &f->detached, f->files, &r->detached, e))
		return false;
	r->files = &f->detached;
	unsaid->arena = f->arena;
	f->model = f->build(f->ctx, r->files, unsaid, f->arena);
	proof_grants(&proof, r->base, f->model, f->arena);
	*same = proof.holds && plan_trace(r->base, f->model, f->arena);
	return true;
}

/* Detaches what is to be; whatever cannot be is refused, until the rest can. */
static bool detach(struct fix *f, struct round *r, struct err *e)
{
	struct plan plan;
	bool same = false;
	while (!same) {
		r->files = f->files;
		f->model = r->base;
		r->detached = (struct edits){ .arena = f->arena };
		while (!plan_detach(&plan, r->base, &r->options, f->arena))
			;
		if (!plan.changes.n)
			break;
		if (!plan_lower(&r->detached, &plan, &r->options)) {
			plan_detach_refuse(&r->options);
			continue;
		}
		if (!model_detached(f, r, &same, e))
			return false;
		if (!same)
			plan_detach_none(&r->options);
	}
	return true;
}

static size_t count_refused(const struct plan_options *options)
{
	size_t n = 0;
	for (size_t i = 0; i < options->detached.n; i++)
		n += options->detached.v[i].refused != NULL;
	return n;
}

/* Where the round begins: with what the rounds before found that has to be detached. */
static bool begin(struct fix *f, struct round *r, struct err *e)
{
	const struct plan_options *o = &r->options;
	if (o->detached.n == r->known && count_refused(o) == r->refused)
		return true;
	if (!detach(f, r, e))
		return false;
	r->options.waiting.n = 0; /* of the model before */
	r->known = o->detached.n;
	r->refused = count_refused(o);
	return true;
}

/* The edits of the files as they were read. */
static void compose(struct fix *f, struct round *r)
{
	struct edits all = { .arena = f->arena };
	if (!r->detached.n)
		return;
	edits_compose(&all, f->files, &r->detached, &f->detached, &f->edits);
	f->edits = all;
}

/* ---- rounds ---- */

/* --phased: what the grants alone make of the files must be as sound as the whole. */
static bool try_grants(struct fix *f, struct round *r, struct arena *scratch, bool *again,
		       struct err *e)
{
	struct diags unsaid = { .arena = scratch };
	struct edits edits = { .arena = f->arena };
	struct proof proof;
	if (!plan_lower_grants(&edits, &f->plan))
		return err_set(e, ERR_PROOF, "the grants cannot be written; please report this");
	if (!apply(f, &f->granted, r->files, &edits, e))
		return false;
	struct model *granted = f->build(f->ctx, &f->granted, &unsaid, scratch);
	r->options.granting = true;
	*again = proof_holds(&r->options, f->model, &f->plan, granted, f->arena);
	r->options.granting = false;
	proof_grants(&proof, f->model, granted, scratch);
	if (!*again && !proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof of the grants failed, so nothing is changed; this "
			       "is a bug of kmsfix, please report it: %.*s",
			       STR_ARG(proof.failure));
	return true;
}

/* One round; *again when it has found something to hold. */
static bool try_plan(struct fix *f, struct round *r, struct arena *scratch, bool *again,
		     struct err *e)
{
	struct diags unsaid = { .arena = scratch };
	struct plan_options *options = &r->options;
	*again = true;
	if (!begin(f, r, e))
		return false;
	plan_make(&f->plan, f->model, options, f->arena);
	f->edits = (struct edits){ .arena = f->arena };
	if (!plan_lower(&f->edits, &f->plan, options))
		return true;
	if (!apply(f, &f->result, r->files, &f->edits, e))
		return false;
	/* Without an edit the result is what was read, and its model the one at hand. */
	struct model *after = f->model;
	if (f->edits.n)
		after = f->build(f->ctx, &f->result, &unsaid, scratch);
	/* Both at once, as each round is a model: who waits for whom is also asked of findings that
	 * are held next time, and does not matter for those. */
	bool held = proof_holds(options, f->model, &f->plan, after, f->arena);
	if (!held && plan_detached_in_vain(&f->plan, options))
		return true;
	if (plan_order(&f->plan, after, options, f->arena) || held)
		return true;
	if (options->phased) {
		if (!try_grants(f, r, scratch, again, e))
			return false;
		if (*again)
			return true;
	}
	struct plan second;
	if (r->detached.n && after != f->model)
		plan_trace_result(f->model, after, scratch);
	plan_make(&second, after, options, scratch);
	proof_check(&f->proof, f->model, &f->plan, after, &second, scratch);
	f->proof.failure = str_dup(f->arena, f->proof.failure);
	*again = false;
	return true;
}

/* What is made of a result goes with the round, and its memory serves the next one. */
static bool try_plans(struct fix *f, struct round *r, struct err *e)
{
	struct arena *scratch = arena_create();
	bool again = true, ok = true;
	for (size_t i = 0; ok && again; i++) {
		if (i)
			arena_reset(scratch);
		ok = i < MAX_ROUNDS ?
			     try_plan(f, r, scratch, &again, e) :
			     err_set(e, ERR_PROOF, "planning does not end; please report this");
	}
	arena_destroy(scratch);
	return ok;
}

bool fix_make(struct fix *f, struct err *e)
{
	struct round r = { .files = f->files };
	r.options = (struct plan_options){ .strict = f->options->strict,
					   .phased = f->phased,
					   .all_keys = f->options->match,
					   .accept = f->options->accept,
					   .tpl = f->tpl,
					   .except = f->except };
	if (!today(&r.options.today, f->arena, e))
		return false;
	if (!f->model)
		f->model = f->build(f->ctx, f->files, f->diags, f->arena);
	r.base = f->model;
	if (!try_plans(f, &r, e))
		return false;
	plan_detach_notes(&f->plan, &r.options, f->arena);
	compose(f, &r);
	if (!f->proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof failed, so nothing is changed; this is a bug of "
			       "kmsfix, please report it: %.*s",
			       STR_ARG(f->proof.failure));
	return !f->options->baseline || accept_baseline(f->options, &f->plan, f->diags, e);
}

enum status fix_status(const struct fix *f, bool available)
{
	if (available)
		return STATUS_AVAILABLE;
	for (size_t i = 0; i < f->plan.findings.n; i++)
		if (f->plan.findings.v[i].outcome == OUTCOME_HELD)
			return STATUS_HELD;
	return STATUS_DONE;
}

struct report_input fix_report(const struct fix *f)
{
	return (struct report_input){
		.plan = &f->plan,
		.edits = &f->edits,
		.diags = f->diags,
		.model = f->model,
		.evidence = f->model->config->evidence,
		.files_read = f->model->files_read,
		.proof = { f->proof.holds, f->proof.principals, f->proof.keys, f->proof.checked },
		.version = S(KMSFIX_VERSION),
	};
}
