/* SPDX-License-Identifier: MIT */
/* What is detached must be the same statements, effective for the same holders. */
#include "kmsfix/round.h"
#include "kmsfix/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* A model of one statement in one inline policy, which one role has. */
struct small {
	struct file file;
	struct tree tree;
	struct node node;
	struct unit unit;
	struct scope scope;
	struct document document;
	struct principal role;
	struct policy policy;
	struct statement statement;
	struct model model;
};

static void make(struct small *s, struct arena *a, str text, const char *role, const char *guard)
{
	struct attachment at = { .principal = &s->role };

	*s = (struct small){ .file = { .path = S("a.tf"), .text = text } };
	s->tree = (struct tree){ .file = &s->file };
	s->node = (struct node){ .tree = &s->tree, .end = (uint32_t)text.n };
	s->document = (struct document){ .unit = &s->unit, .scope = &s->scope };
	s->role.address = str_from(role);
	if (guard)
		strs_add(a, &at.guards, str_from(guard));
	s->policy = (struct policy){ .kind = POLICY_INLINE, .unit = &s->unit };
	VEC_PUSH(a, &s->policy.attachments, at);
	s->statement = (struct statement){ .document = &s->document, .node = &s->node };
	VEC_PUSH(a, &s->statement.uses, &s->policy);
	VEC_PUSH(a, &s->model.statements, &s->statement);
}

static const struct {
	const char *claim, *text, *role, *guard;
	enum policy_kind kind;
	bool same;
} rows[] = {
	{ "itself", "{ Action = \"s3:*\" }", "role.a", NULL, POLICY_INLINE, true },
	{ "other blanks", "{\n  Action = \"s3:*\"\n}", "role.a", NULL, POLICY_INLINE, true },
	{ "other text", "{ Action = \"s3:Get*\" }", "role.a", NULL, POLICY_INLINE, false },
	{ "another role", "{ Action = \"s3:*\" }", "role.b", NULL, POLICY_INLINE, false },
	{ "only at times", "{ Action = \"s3:*\" }", "role.a", "count = x", POLICY_INLINE, false },
	{ "another kind", "{ Action = \"s3:*\" }", "role.a", NULL, POLICY_BOUNDARY, false },
};

static void a_statement_is_the_same_for_the_same_holders(void **state)
{
	struct arena *a = arena_create();
	struct small before, after;

	(void)state;
	make(&before, a, S("{ Action = \"s3:*\" }"), "role.a", NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		make(&after, a, str_from(rows[i].text), rows[i].role, rows[i].guard);
		after.policy.kind = rows[i].kind;
		if (plan_trace(&before.model, &after.model, a) != rows[i].same)
			fail_msg("%s", rows[i].claim);
		assert_true(!rows[i].same || after.statement.origin == &before.statement);
	}
	arena_destroy(a);
}

static void make_pair(struct small *before, struct small *after, struct arena *a)
{
	const struct element action = { .text = S("s3:Get") };

	make(before, a, S("GetPolicy: {}"), "role.a", NULL);
	make(after, a, S("{ Action = ... }"), "role.a", NULL);
	before->statement.made = true;
	VEC_PUSH(a, &before->statement.actions, action);
	VEC_PUSH(a, &after->statement.actions, action);
}

/* What a policy template makes, and what was written out for it. */
static void what_is_made_may_be_written_out(void **state)
{
	struct arena *a = arena_create();
	struct small before, after;

	(void)state;
	make_pair(&before, &after, a);
	assert_true(plan_trace(&before.model, &after.model, a));
	assert_ptr_equal(after.statement.origin, &before.statement);
	after.statement.actions.v[0].text = S("s3:Put");
	assert_false(plan_trace(&before.model, &after.model, a));
	make_pair(&before, &after, a);
	before.statement.made = false;
	assert_false(plan_trace(&before.model, &after.model, a));
	arena_destroy(a);
}

/* Whatever is not known of both may be another thing in each. */
static void what_is_not_fully_known_is_not_the_same(void **state)
{
	struct arena *a = arena_create();
	const struct issue issue = { .code = "TF-DYNAMIC" };

	(void)state;
	for (int i = 0; i < 6; i++) {
		struct small before, after;
		struct statement *both[] = { &before.statement, &after.statement };

		make_pair(&before, &after, a);
		for (size_t k = 0; k < 2; k++) {
			both[k]->actions.open = i == 0;
			both[k]->resources.open = i == 1;
			both[k]->principals.open = i == 2;
			both[k]->conditions.open = i == 3;
			both[k]->maybe = i == 4;
			if (i == 5)
				VEC_PUSH(a, &both[k]->issues, issue);
		}
		if (plan_trace(&before.model, &after.model, a))
			fail_msg("member %d", i);
	}
	arena_destroy(a);
}

/* Two statements trade places. */
static void order_does_not_matter(void **state)
{
	struct arena *a = arena_create();
	struct small x[2], y[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		make(&x[i], a, i ? S("{ second }") : S("{ first }"), "role.a", NULL);
		make(&y[i], a, i ? S("{ first }") : S("{ second }"), "role.a", NULL);
	}
	x[1].node.start = y[1].node.start = 1;
	VEC_PUSH(a, &x[0].model.statements, &x[1].statement);
	VEC_PUSH(a, &y[0].model.statements, &y[1].statement);
	x[1].file.text = S("  { second }");
	y[1].file.text = S("  { first }");
	x[1].node.end = 12;
	y[1].node.end = 11;
	assert_true(plan_trace(&x[0].model, &y[0].model, a));
	assert_ptr_equal(y[0].statement.origin, &x[1].statement);
	assert_ptr_equal(y[1].statement.origin, &x[0].statement);
	arena_destroy(a);
}

static void none_may_be_gone(void **state)
{
	struct arena *a = arena_create();
	struct small before;
	struct model empty = { 0 };

	(void)state;
	make(&before, a, S("{}"), "role.a", NULL);
	assert_false(plan_trace(&before.model, &empty, a));
	assert_false(plan_trace(&empty, &before.model, a));
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_statement_is_the_same_for_the_same_holders),
		cmocka_unit_test(what_is_made_may_be_written_out),
		cmocka_unit_test(what_is_not_fully_known_is_not_the_same),
		cmocka_unit_test(order_does_not_matter),
		cmocka_unit_test(none_may_be_gone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
