/* SPDX-License-Identifier: MIT */
#include "fix.h"

#include "kmsfix/lower.h"
#include "kmsfix/template.h"

/* Every round holds at least one more finding, so this is only a stop for a bug of ours. */
#define MAX_ROUNDS 10000

/* --phased: what the grants alone make of the files must be as sound as the whole. */
static bool try_grants(struct fix *f, struct plan_options *options, bool *again, struct err *e)
{
	struct diags unsaid = { .arena = f->arena };
	struct edits edits = { .arena = f->arena };
	struct proof proof;
	if (!plan_lower_grants(&edits, &f->plan))
		return err_set(e, ERR_PROOF, "the grants cannot be written; please report this");
	f->granted = (struct fileset){ 0 };
	if (!edits_sort(&edits, e))
		return false;
	edits_tidy(&edits);
	if (!edits_apply(&f->granted, f->files, &edits, f->arena, e))
		return false;
	struct model *granted = f->build(f->ctx, &f->granted, &unsaid);
	*again = proof_holds(options, f->model, &f->plan, granted, f->arena);
	proof_grants(&proof, f->model, granted, f->arena);
	if (!*again && !proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof of the grants failed, so nothing is changed; this "
			       "is a bug of kmsfix, please report it: %.*s",
			       STR_ARG(proof.failure));
	return true;
}

/* One round; *again when it has found something to hold. */
static bool try_plan(struct fix *f, struct plan_options *options, bool *again, struct err *e)
{
	struct diags unsaid = { .arena = f->arena };
	*again = true;
	plan_make(&f->plan, f->model, options, f->arena);
	f->edits = (struct edits){ .arena = f->arena };
	if (!plan_lower(&f->edits, &f->plan, options))
		return true;
	f->result = (struct fileset){ 0 };
	if (!edits_sort(&f->edits, e))
		return false;
	edits_tidy(&f->edits);
	if (!edits_apply(&f->result, f->files, &f->edits, f->arena, e))
		return false;
	struct model *after = f->build(f->ctx, &f->result, &unsaid);
	if (proof_holds(options, f->model, &f->plan, after, f->arena))
		return true;
	if (options->phased) {
		if (!try_grants(f, options, again, e))
			return false;
		if (*again)
			return true;
	}
	struct plan second;
	plan_make(&second, after, options, f->arena);
	proof_check(&f->proof, f->model, &f->plan, after, &second, f->arena);
	*again = false;
	return true;
}

bool fix_make(struct fix *f, struct err *e)
{
	struct plan_options options = { .strict = f->options->strict,
					.phased = f->phased,
					.tpl = f->tpl };
	bool again = true;
	f->model = f->build(f->ctx, f->files, f->diags);
	for (size_t i = 0; again; i++) {
		if (i == MAX_ROUNDS)
			return err_set(e, ERR_PROOF, "planning does not end; please report this");
		if (!try_plan(f, &options, &again, e))
			return false;
	}
	if (!f->proof.holds)
		return err_set(e, ERR_PROOF,
			       "the access proof failed, so nothing is changed; this is a bug of "
			       "kmsfix, please report it: %.*s",
			       STR_ARG(f->proof.failure));
	return true;
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
		.files_read = f->model->files_read,
		.proof = { f->proof.holds, f->proof.principals, f->proof.keys, f->proof.checked },
		.version = S(KMSFIX_VERSION),
	};
}
