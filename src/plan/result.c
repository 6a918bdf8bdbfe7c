/* SPDX-License-Identifier: MIT */
/* Reasons to hold that only the edited files show: sizes, and what cycle.c finds. */
#include "canonical.h"
#include "kmsfix/iac.h"
#include "kmsfix/proof.h"
#include "kmsfix/vec.h"
#include "result.h"

void plan_hold(struct plan_options *options, str id, const char *code, str reason, struct arena *a)
{
	struct issues *held = map_find(&options->held, id);
	struct issue issue = { .code = code, .reason = reason };
	if (!held) {
		held = ARENA_NEW(a, struct issues);
		map_put(&options->held, a, id, held);
	}
	VEC_PUSH(a, held, issue);
}

void result_hold(struct plan_options *options, str id, const char *code, str reason,
		 struct arena *a, bool *any)
{
	if (map_find(&options->held, id))
		return;
	plan_hold(options, id, code, reason, a);
	*any = true;
}

/* ---- sizes [6.1, 6.2] ---- */

/* What a reference becomes is not known; ARNs of roles rarely have more characters. */
#define REFERENCE_SIZE 96

static size_t text_size(str text)
{
	size_t n = 0;
	str part;
	bool ref;
	while (text_next(&text, &part, &ref))
		n += ref ? REFERENCE_SIZE : part.n;
	return n;
}

static size_t list_size(const struct strs *list)
{
	size_t n = 2;
	for (size_t i = 0; i < list->n; i++)
		n += text_size(list->v[i]) + 3;
	return n;
}

static size_t statement_size(const struct statement *s, struct arena *a)
{
	struct statement_text t;
	statement_describe(&t, s, a);
	return 72 + t.sid.n + list_size(&t.actions) + list_size(&t.resources) +
	       list_size(&t.principals) + list_size(&t.conditions) + 16 * t.conditions.n;
}

static size_t policy_size(const struct policy *p, struct arena *a)
{
	size_t n = 40;
	for (size_t i = 0; i < p->statements.n; i++)
		n += statement_size(p->statements.v[i], a);
	return n;
}

static const struct policy *same_policy(const struct policy *p, const struct model *m)
{
	for (size_t i = 0; i < m->policies.n; i++)
		if (m->policies.v[i]->kind == p->kind &&
		    str_eq(m->policies.v[i]->address, p->address) &&
		    str_eq(m->policies.v[i]->unit->path, p->unit->path) &&
		    strs_has_all(&m->policies.v[i]->guards, &p->guards))
			return m->policies.v[i];
	return NULL;
}

static bool concerns(const struct finding *f, const struct policy *p)
{
	if (f->outcome != OUTCOME_FIXED && f->outcome != OUTCOME_GRANTED)
		return false;
	if (p->kind == POLICY_KEY)
		return p->key && strs_has(&f->keys, p->key->address);
	if (!str_eq(f->unit, p->unit->path))
		return false;
	for (size_t i = 0; i < f->statement->uses.n; i++)
		if (str_eq(f->statement->uses.v[i]->address, p->address))
			return true;
	return false;
}

static void check_size(struct plan_options *options, const struct policy *p,
		       const struct model *before, const struct plan *plan, struct arena *a,
		       bool *any)
{
	size_t size = p->limit ? policy_size(p, a) : 0;
	if (size <= p->limit)
		return;
	const struct policy *old = same_policy(p, before);
	if (old && policy_size(old, a) >= size)
		return;
	str reason = str_fmt(a, "'%.*s' would have about %zu characters, more than the %zu allowed",
			     STR_ARG(p->address), size, p->limit);
	for (size_t i = 0; i < plan->findings.n; i++)
		if (concerns(&plan->findings.v[i], p))
			result_hold(options, plan->findings.v[i].id, "SIZE", reason, a, any);
}

bool proof_holds(struct plan_options *options, struct model *before, const struct plan *plan,
		 struct model *after, struct arena *a)
{
	bool any = false;
	model_find_cycles(after, NULL);
	if (after->cycles.n)
		model_find_cycles(before, after);
	result_cycles(options, before, plan, after, a, &any);
	for (size_t i = 0; i < after->policies.n; i++)
		check_size(options, after->policies.v[i], before, plan, a, &any);
	return any;
}
