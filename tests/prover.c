/* SPDX-License-Identifier: MIT */
#include "prover.h"

#include "kmsfix/arena.h"
#include "kmsfix/edit.h"
#include "kmsfix/lower.h"

struct prover *prover_create(void)
{
	struct arena *a = arena_create();
	struct prover *p = ARENA_NEW(a, struct prover);
	struct err e = { 0 };

	p->arena = a;
	assert_true(config_parse(&p->config, S("{\"version\": 1}"), S("config"), a, &e));
	assert_true(template_load(&p->tpl, S(TEMPLATE_DEFAULT), a, &e));
	p->options.tpl = &p->tpl;
	return p;
}

int prover_end(void **state)
{
	struct prover *p = *state;

	arena_destroy(p->arena);
	return 0;
}

struct model *prover_build(struct prover *p, str text)
{
	struct fileset *files = ARENA_NEW(p->arena, struct fileset);
	struct diags *unsaid = ARENA_NEW(p->arena, struct diags);

	unsaid->arena = p->arena;
	fileset_add(files, p->arena, S("a.tf"), text, 0100644);
	fileset_sort(files);
	return model_build(files, p->config, unsaid, &p->parsed, p->arena);
}

str prover_apply(struct prover *p)
{
	struct edits edits = { .arena = p->arena };
	struct fileset after = { 0 };
	struct err e = { 0 };

	assert_true(plan_lower(&edits, &p->plan, &p->options));
	assert_true(edits_sort(&edits, &e));
	edits_tidy(&edits);
	assert_true(edits_apply(&after, p->before->files, &edits, p->arena, &e));
	return after.files[0].text;
}

void prover_plan(struct prover *p, str code)
{
	p->before = prover_build(p, code);
	plan_make(&p->plan, p->before, &p->options, p->arena);
	p->fixed = prover_apply(p);
}

const struct proof *prover_prove(struct prover *p, str result)
{
	struct plan again;
	struct model *after = prover_build(p, result);

	plan_make(&again, after, &p->options, p->arena);
	proof_check(&p->proof, p->before, &p->plan, after, &again, p->arena);
	return &p->proof;
}
