/* SPDX-License-Identifier: MIT */
/* Which cells the matrix makes, and that those it does not make are counted and found. */
#include "prover.h"

#include "kmsfix/access.h"
#include "kmsfix/arena.h"

#define ROLES 3
/* Anyone and a stranger of both keys, and who is named. */
#define MADE (2 * 2 + 1)

static const char open_code[] =
	"data \"aws_caller_identity\" \"me\" {}\n"
	"variable \"on\" { type = bool }\n"
	"data \"aws_iam_role\" \"found\" {\n  name = \"one\"\n}\n"
	"resource \"aws_iam_role\" \"two\" {}\n"
	"resource \"aws_iam_role\" \"three\" {\n  count = var.on ? 1 : 0\n}\n"
	"resource \"aws_kms_key\" \"closed\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:Encrypt\", Resource = \"*\",\n"
	"      Principal = { AWS = data.aws_iam_role.found.arn } }] })\n"
	"}\n"
	"resource \"aws_kms_key\" \"open\" {\n"
	"  policy = jsonencode({ Version = \"2012-10-17\", Statement = [\n"
	"    { Effect = \"Allow\", Action = \"kms:Decrypt\", Resource = \"*\",\n"
	"      Principal = { AWS = \"*\" } }] })\n"
	"}\n";

static const char elsewhere[] = "resource \"aws_iam_role\" \"one\" {\n  name = \"one\"\n}\n";

static struct model *build(struct prover *p, str code)
{
	struct fileset *files = ARENA_NEW(p->arena, struct fileset);
	struct diags *unsaid = ARENA_NEW(p->arena, struct diags);

	unsaid->arena = p->arena;
	fileset_add(files, p->arena, S("keys/a.tf"), code, 0100644);
	fileset_add(files, p->arena, S("roles/a.tf"), str_from(elsewhere), 0100644);
	fileset_sort(files);
	return model_build(files, p->config, unsaid, &p->parsed, p->arena);
}

static void made(struct matrix *mx, struct model *m, size_t plain, size_t specials, size_t cells)
{
	struct map *names = ARENA_NEW(m->arena, struct map);

	matrix_build(mx, m, names);
	assert_int_equal(mx->plain.n, plain);
	assert_int_equal(mx->specials.n, specials);
	assert_int_equal(mx->cells.n, cells);
}

/* To how many of the keys and roles something is granted. */
static size_t granted(struct matrix *mx, const struct model *m)
{
	size_t n = 0;

	for (size_t k = 0; k < m->keys.n; k++)
		for (size_t i = 0; i < m->principals.n; i++) {
			const struct formula *f = matrix_find(mx, m->arena, m->keys.v[k],
							      m->principals.v[i], TARGET_DECRYPT);
			n += f && f->n;
		}
	return n;
}

static void who_is_one_of_everybody_has_no_cell_but_is_found(void **state)
{
	struct model *m = build(*state, str_from(open_code));
	struct matrix mx;

	made(&mx, m, ROLES, 0, MADE);
	assert_true(mx.given);
	assert_int_equal(mx.checked, (MADE + ROLES) * TARGET_COUNT);
	assert_int_equal(granted(&mx, m), ROLES);
	assert_int_equal(mx.cells.n, MADE + ROLES);
	assert_int_equal(mx.checked, (MADE + ROLES) * TARGET_COUNT);
}

/* As the account says of a role that two units declare. */
static void those_of_one_name_have_a_cell(void **state)
{
	struct model *m = build(*state, str_from(open_code));
	struct principal *first = NULL;
	struct matrix mx;

	for (size_t i = 0; i < m->principals.n; i++) {
		struct principal *p = m->principals.v[i];
		if (p->external || str_eq(p->name, S("one")))
			continue;
		p->literal = S("arn:aws:iam::111122223333:role/two");
		if (first)
			first->twin = p;
		else
			map_put(&m->literals, m->arena, p->literal, first = p);
	}
	made(&mx, m, ROLES - 2, 2, MADE + 1);
	assert_int_equal(granted(&mx, m), ROLES);
}

static void a_key_whose_name_another_has_is_not_open(void **state)
{
	struct model *m = build(*state, str_from(open_code));
	struct matrix mx;

	m->keys.v[0]->address = m->keys.v[1]->address;
	made(&mx, m, ROLES, 0, 2 + ROLES);
	assert_false(mx.given);
	assert_int_equal(mx.checked, (2 + ROLES) * TARGET_COUNT);
}

static void what_is_for_everybody_may_be_no_target(void **state)
{
	struct prover *p = *state;
	str code = str_from(open_code), what = S("Decrypt");
	size_t at = str_find(code, what, 0);
	struct matrix mx;

	made(&mx,
	     build(p, STR_CAT(p->arena, str_sub(code, 0, at), S("Encrypt"),
			      str_sub(code, at + what.n, code.n))),
	     ROLES, 0, MADE);
	assert_false(mx.given);
}

static int make(void **state)
{
	*state = prover_create();
	return 0;
}

#define MATRIX_TEST(name) cmocka_unit_test_setup_teardown(name, make, prover_end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		MATRIX_TEST(who_is_one_of_everybody_has_no_cell_but_is_found),
		MATRIX_TEST(those_of_one_name_have_a_cell),
		MATRIX_TEST(a_key_whose_name_another_has_is_not_open),
		MATRIX_TEST(what_is_for_everybody_may_be_no_target),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
