/* SPDX-License-Identifier: MIT */
/* The proof must fail where the planner did not ask who else reads a text that is extended. */
#include "prover.h"

#include "kmsfix/arena.h"
#include "kmsfix/shape.h"

/* A statement of ours whose principals stand in a local, which a bucket policy has as well. */
static const char shared_code[] =
	"data \"aws_caller_identity\" \"me\" {}\n"
	"locals {\n  readers = [aws_iam_role.other.arn]\n}\n"
	"resource \"aws_kms_key\" \"data\" {\n  policy = jsonencode({ Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:*\", Resource = \"*\", Principal = { AWS = "
	"\"arn:aws:iam::${data.aws_caller_identity.me.account_id}:root\" } },\n"
	"    { Sid = \"KmsfixDecrypt8af4d19e\", Effect = \"Allow\", Action = \"kms:Decrypt\",\n"
	"      Resource = \"*\", Principal = { AWS = local.readers } }] })\n}\n"
	"resource \"aws_iam_role\" \"app\" {}\nresource \"aws_iam_role\" \"other\" {}\n"
	"resource \"aws_iam_role_policy\" \"app\" {\n  role   = aws_iam_role.app.name\n"
	"  policy = jsonencode({ Statement = [{ Effect = \"Allow\",\n"
	"    Action = [\"kms:Decrypt\", \"kms:Sign\"], Resource = aws_kms_key.data.arn }] })\n}\n"
	"resource \"aws_s3_bucket_policy\" \"logs\" {\n  bucket = \"logs\"\n"
	"  policy = jsonencode({ Principal = { AWS = local.readers } })\n}\n";

/* The plan as it would be if nobody asked who else reads the list: it is extended. */
static void extend_the_list(struct prover *p)
{
	struct grant *g = &p->plan.grants.v[0];
	static const struct shape *principal[1];
	static const struct node *list[1];

	for (size_t i = 0; i < g->site->statements.n; i++)
		if (str_starts(g->site->statements.v[i]->sid, S("Kmsfix")))
			g->extend = g->site->statements.v[i];
	assert_non_null(g->extend);
	*list = g->extend->principals.list;
	*principal = shape_text(p->arena, S("\x01"
					    "aws_iam_role.app.arn\x02"));
	for (size_t i = 0; i < p->plan.changes.n; i++) {
		struct change *c = &p->plan.changes.v[i];

		if (c->kind == CHANGE_APPEND_STATEMENTS)
			*c = (struct change){ .kind = CHANGE_ADD_PRINCIPALS,
					      .nodes = list,
					      .n = 1,
					      .shapes = principal,
					      .shape_count = 1,
					      .grants = true };
	}
}

static void a_list_that_others_read_is_not_extended(void **state)
{
	struct prover *p = prover_create();
	*state = p;
	prover_plan(p, str_from(shared_code));
	assert_true(prover_prove(p, p->fixed)->holds);
	extend_the_list(p);
	prover_prove(p, prover_apply(p));
	assert_true(str_starts(p->proof.failure,
			       S("something that is no part of the plan changes: 'policy' of "
				 "'aws_s3_bucket_policy.logs'")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_list_that_others_read_is_not_extended, prover_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
