/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "pipeline.h"
#include "pipeline_fix.h"

#include "kmsfix/arena.h"
#include "kmsfix/edit.h"
#include "kmsfix/iac.h"
#include "kmsfix/lower.h"
#include "kmsfix/proof.h"
#include "kmsfix/template.h"

/* Every round holds at least one more finding. */
#define MAX_ROUNDS 1000

struct pipeline {
	struct arena *arena;
	const struct fileset *files;
	const struct requests *requests; /* and receipts; or NULL */
	struct config *config;
	struct template tpl;
	struct parsed parsed;
	struct proof proof;
	struct model *before;
	struct plan_options options;
	struct pipeline_result *out;
};

static bool load(struct pipeline *p, struct err *e)
{
	if (!config_parse(&p->config, S("{\"version\": 1}"), S("config"), p->arena, e) ||
	    !template_load(&p->tpl, S(TEMPLATE_DEFAULT), p->arena, e))
		return false;
	p->options.tpl = &p->tpl;
	p->config->requests = p->config->receipts = p->requests;
	p->config->asks = p->requests != NULL;
	return true;
}

static struct model *build(struct pipeline *p, const struct fileset *files)
{
	struct diags *unsaid = ARENA_NEW(p->arena, struct diags);
	unsaid->arena = p->arena;
	return model_build(files, p->config, unsaid, &p->parsed, p->arena);
}

struct model *pipeline_model(const struct fileset *files, struct arena *a)
{
	struct pipeline p = { .arena = a };
	struct err e = { 0 };
	if (!load(&p, &e))
		abort();
	return build(&p, files);
}

/* *again: something more has to be held. */
static bool attempt(struct pipeline *p, bool *again, struct err *e)
{
	struct arena *a = p->arena;
	struct edits edits = { .arena = a };
	struct plan *plan = &p->out->plan, second;
	*again = true;
	plan_make(plan, p->before, &p->options, a);
	if (!plan_lower(&edits, plan, &p->options))
		return true;
	p->out->files = (struct fileset){ 0 };
	if (!edits_sort(&edits, e))
		return false;
	edits_tidy(&edits);
	if (!edits_apply(&p->out->files, p->files, &edits, a, e))
		return false;
	struct model *after = build(p, &p->out->files);
	if (proof_holds(&p->options, p->before, plan, after, a))
		return true;
	plan_make(&second, after, &p->options, a);
	proof_check(&p->proof, p->before, plan, after, &second, a);
	*again = false;
	return true;
}

static str fix(struct pipeline *p)
{
	struct err e = { 0 };
	bool again = true;
	if (!load(p, &e))
		return S("the options are not read");
	p->before = build(p, p->files);
	for (size_t i = 0; again; i++) {
		if (i == MAX_ROUNDS)
			return S("planning does not end");
		if (!attempt(p, &again, &e))
			return S("the edits do not fit together");
	}
	return p->proof.holds ? S("") : p->proof.failure;
}

void pipeline_fix(struct pipeline_result *out, const struct fileset *files, bool strict,
		  bool phased, struct arena *a)
{
	struct pipeline p = { .arena = a, .files = files, .out = out };
	*out = (struct pipeline_result){ 0 };
	p.options.strict = strict;
	p.options.phased = phased;
	out->failure = fix(&p);
}

str pipeline_run(const struct fileset *files, bool phased, struct arena *a)
{
	struct pipeline_result result;
	pipeline_fix(&result, files, false, phased, a);
	return result.failure;
}

str pipeline_handoff(const struct fileset *files, const struct requests *all, struct arena *a)
{
	struct pipeline_result result = { 0 };
	struct pipeline p = { .arena = a, .files = files, .out = &result, .requests = all };
	return fix(&p);
}
