/* SPDX-License-Identifier: MIT */
/* What a template has that is not understood: a grant inside of it is still a finding [11.10]. */
#include "cfn.h"

/* Holds what is in `n` and was read by nobody. */
static void scan(struct cfn_stack *s, const struct node *n, str name, const char *reason)
{
	struct cfn_resource r = { .stack = s, .name = name, .address = name, .pair = n };
	struct reader reader = cfn_reader(&r, n);
	struct document *d = NULL;
	document_scan_unread(&reader, &d, n, issue_dynamic(reason));
	if (!d)
		return;
	struct policy *policy = cfn_policy(&r, POLICY_UNSEEN, n);
	policy->front = NULL;
	policy_use(s->model, policy, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(s->model, policy, d->statements.v[i]);
}

/* Loops and transforms among the resources. */
static void scan_loops(struct cfn_stack *s)
{
	const struct node *list = cfn_get(s->cfn, s->of->root, "Resources");
	str key;
	for (const struct node *p = list ? list->first : NULL; p; p = p->next)
		if (pair_key(p, s->model->arena, &key) && str_starts(key, S("Fn::")))
			scan(s, p, key, "the resource is made by a loop or transform");
}

/* Of two equal keys one is not read, and it may be the one that counts. `depth` is that of keys:
 * a resource has the second. */
static void scan_doubled(struct cfn_stack *s, const struct node *n, str name, size_t depth)
{
	struct arena *a = s->model->arena;
	if (n->kind == NODE_MAP && map_has_duplicate(n, a)) {
		scan(s, n, name, "which of two equal keys counts is not known");
		return;
	}
	for (const struct node *c = n->first; c; c = c->next) {
		str key = name;
		if (c->kind == NODE_PAIR && depth < 2)
			pair_key(c, a, &key);
		scan_doubled(s, c, key, depth + (c->kind == NODE_PAIR));
	}
}

void cfn_unread(struct cfn_stack *s)
{
	scan_loops(s);
	for (size_t i = 0; i < s->of->doubled.n; i++)
		scan_doubled(s, s->of->doubled.v[i], S("Resources"), 0);
}
