/* SPDX-License-Identifier: MIT */
#include "kmsfix/text.h"

#include "support.h"

#define X "\001var.x\002"

static void a_reference_is_its_source_between_marks(void **state)
{
	struct arena *a = arena_create();
	str text = ref_text(a, S("var.x")), source;

	(void)state;
	assert_str_eq(text, S(X));
	assert_true(text_is_ref(text, &source));
	assert_str_eq(source, S("var.x"));
	assert_true(text_is_ref(text, NULL));
	assert_true(text_is_ref(ref_text(a, S("")), &source));
	assert_int_equal(source.n, 0);
	arena_destroy(a);
}

static void only_a_whole_text_is_a_reference(void **state)
{
	static const char *const not_refs[] = {
		"", "a", "a" X, X "a", X X, "\001", "\001z", "\002"
	};

	(void)state;
	for (size_t i = 0; i < COUNT(not_refs); i++)
		assert_false(text_is_ref(str_from(not_refs[i]), NULL));
	assert_int_equal(text_ref_end(S("\001ab"), 0), 3);
}

static void literals_hold_no_reference(void **state)
{
	(void)state;
	assert_true(text_is_literal(S("")));
	assert_true(text_is_literal((str){ 0 }));
	assert_true(text_is_literal(S("a:b")));
	assert_false(text_is_literal(S("a" X)));
	assert_false(text_is_literal(S("\001")));
}

static void parts_come_in_order(void **state)
{
	str rest = S("a:" X X "b\001open"), part;
	bool ref;

	(void)state;
	assert_true(text_next(&rest, &part, &ref));
	assert_false(ref);
	assert_str_eq(part, S("a:"));
	assert_true(text_next(&rest, &part, &ref));
	assert_true(ref);
	assert_str_eq(part, S("var.x"));
	assert_true(text_next(&rest, &part, &ref));
	assert_true(ref);
	assert_true(text_next(&rest, &part, &ref));
	assert_false(ref);
	assert_str_eq(part, S("b"));
	assert_true(text_next(&rest, &part, &ref));
	assert_true(ref);
	assert_str_eq(part, S("open"));
	assert_false(text_next(&rest, &part, &ref));
}

static void a_byte_inside_a_reference_is_not_found(void **state)
{
	str s = S("a\001b:c\002:d:");

	(void)state;
	assert_int_equal(text_find(s, ':', 0), 6);
	assert_int_equal(text_find(s, ':', 7), 8);
	assert_int_equal(text_find(s, ':', 9), SIZE_MAX);
	assert_int_equal(text_find(s, ':', 99), SIZE_MAX);
	assert_int_equal(text_find(s, REF_OPEN, 0), 1);
	assert_int_equal(text_find(S("\001:"), ':', 0), SIZE_MAX);
}

static void a_variable_is_a_dollar_and_a_brace(void **state)
{
	(void)state;
	assert_true(text_has_variable(S("a${aws:username}")));
	assert_true(text_has_variable(S("$${*}")));
	assert_true(text_has_variable(S("${")));
	assert_false(text_has_variable(S("$")));
	assert_false(text_has_variable(S("{$}")));
	assert_false(text_has_variable(S("\001a[\"${b}\"]\002")));
	assert_false(text_has_variable((str){ 0 }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reference_is_its_source_between_marks),
		cmocka_unit_test(only_a_whole_text_is_a_reference),
		cmocka_unit_test(literals_hold_no_reference),
		cmocka_unit_test(parts_come_in_order),
		cmocka_unit_test(a_byte_inside_a_reference_is_not_found),
		cmocka_unit_test(a_variable_is_a_dollar_and_a_brace),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
