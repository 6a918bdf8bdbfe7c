/* SPDX-License-Identifier: MIT */
/* Reasons to hold that only the edited files show: dependency cycles and sizes. */
#include "canonical.h"
#include "kmsfix/proof.h"
#include "kmsfix/vec.h"

static void hold_finding(struct plan_options *options, str id, const char *code, str reason,
			 struct arena *a, bool *any)
{
	struct issue issue = { code, reason };
	if (strs_has(&options->held_ids, id))
		return;
	strs_add(a, &options->held_ids, id);
	VEC_PUSH(a, &options->held_issues, issue);
	*any = true;
}

/* ---- cycles [11.13] ---- */

static bool same_cycle(const struct cycle *x, const struct cycle *y)
{
	if (!str_eq(x->unit->path, y->unit->path) || x->addresses.n != y->addresses.n)
		return false;
	for (size_t i = 0; i < x->addresses.n; i++)
		if (!str_eq(x->addresses.v[i], y->addresses.v[i]))
			return false;
	return true;
}

static bool is_new(const struct cycle *c, const struct model *before)
{
	for (size_t i = 0; i < before->cycles.n; i++)
		if (same_cycle(c, &before->cycles.v[i]))
			return false;
	return true;
}

static bool meets(const struct cycle *c, const struct strs *addresses)
{
	for (size_t i = 0; i < addresses->n; i++)
		if (strs_has(&c->addresses, addresses->v[i]))
			return true;
	return false;
}

static bool in_cycle(const struct cycle *c, const struct finding *f)
{
	bool own_policy = c->unit->language->owns_policies;
	return str_eq(f->unit, c->unit->path) && f->outcome == OUTCOME_FIXED &&
	       meets(c, &f->principals) && (!own_policy || meets(c, &f->keys));
}

static void hold_cycle(struct plan_options *options, const struct cycle *c, const struct plan *plan,
		       struct arena *a, bool *any)
{
	str path = { 0 };
	bool found = false;
	for (size_t i = 0; i < c->addresses.n; i++)
		path = str_fmt(a, "%.*s%s%.*s", STR_ARG(path), i ? ", " : "",
			       STR_ARG(c->addresses.v[i]));
	str reason =
		str_fmt(a, "naming the role in the key policy would close a dependency cycle: %.*s",
			STR_ARG(path));
	for (size_t i = 0; i < plan->findings.n; i++)
		found |= in_cycle(c, &plan->findings.v[i]);
	/* Whichever of them closes it, none of them may. */
	for (size_t i = 0; i < plan->findings.n; i++)
		if (found ? in_cycle(c, &plan->findings.v[i]) :
			    str_eq(plan->findings.v[i].unit, c->unit->path) &&
				    plan->findings.v[i].outcome == OUTCOME_FIXED)
			hold_finding(options, plan->findings.v[i].id, "CYCLE", reason, a, any);
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
		    str_eq(m->policies.v[i]->unit->path, p->unit->path))
			return m->policies.v[i];
	return NULL;
}

static bool concerns(const struct finding *f, const struct policy *p)
{
	if (f->outcome != OUTCOME_FIXED)
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
			hold_finding(options, plan->findings.v[i].id, "SIZE", reason, a, any);
}

bool proof_holds(struct plan_options *options, const struct model *before, const struct plan *plan,
		 const struct model *after, struct arena *a)
{
	bool any = false;
	for (size_t i = 0; i < after->cycles.n; i++)
		if (is_new(&after->cycles.v[i], before))
			hold_cycle(options, &after->cycles.v[i], plan, a, &any);
	for (size_t i = 0; i < after->policies.n; i++)
		check_size(options, after->policies.v[i], before, plan, a, &any);
	return any;
}
