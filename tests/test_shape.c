/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "kmsfix/arena.h"
#include "kmsfix/shape.h"

static int setup(void **state)
{
	*state = arena_create();
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

static void an_object_keeps_the_order_of_its_keys(void **state)
{
	static const char *const keys[] = { "Sid", "Effect", "Action", "a", "b", "c" };
	struct shape *o = shape_object(*state);

	for (size_t i = 0; i < 6; i++)
		shape_set(*state, o, str_from(keys[i]), shape_text(*state, S("x")));
	assert_int_equal(o->kind, SHAPE_OBJECT);
	assert_int_equal(o->n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_true(str_eq(o->v[i].key, str_from(keys[i])));
}

static void setting_a_key_again_replaces_its_value_in_place(void **state)
{
	struct shape *o = shape_object(*state);

	shape_set(*state, o, S("a"), shape_text(*state, S("1")));
	shape_set(*state, o, S("b"), shape_text(*state, S("2")));
	shape_set(*state, o, S("a"), shape_list(*state));
	assert_int_equal(o->n, 2);
	assert_int_equal(o->v[0].value->kind, SHAPE_LIST);
	assert_true(str_eq(shape_get(o, S("b"))->text, S("2")));
	assert_null(shape_get(o, S("A")));
}

static void a_list_keeps_repeats(void **state)
{
	struct shape *l = shape_list(*state), *t = shape_text(*state, S("t"));

	for (int i = 0; i < 10; i++)
		shape_add(*state, l, t);
	assert_int_equal(l->n, 10);
	assert_ptr_equal(l->v[9].value, t);
	assert_int_equal(l->v[9].key.n, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_object_keeps_the_order_of_its_keys, setup,
						teardown),
		cmocka_unit_test_setup_teardown(setting_a_key_again_replaces_its_value_in_place,
						setup, teardown),
		cmocka_unit_test_setup_teardown(a_list_keeps_repeats, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
