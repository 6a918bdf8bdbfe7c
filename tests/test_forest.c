/* SPDX-License-Identifier: MIT */
#include "kmsfix/forest.h"

#include "support.h"

static void the_least_of_those_that_belong_together_is_their_root(void **state)
{
	struct arena *a = arena_create();
	size_t *parent = forest_new(a, 6);

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(forest_root(parent, i), i);
	assert_int_equal(forest_unite(parent, 5, 4), 4);
	assert_int_equal(forest_unite(parent, 2, 3), 2);
	assert_int_equal(forest_unite(parent, 3, 5), 2);
	assert_int_equal(forest_unite(parent, 4, 2), 2);
	for (size_t i = 2; i < 6; i++)
		assert_int_equal(forest_root(parent, i), 2);
	assert_int_equal(forest_root(parent, 0), 0);
	assert_int_equal(forest_root(parent, 1), 1);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_of_those_that_belong_together_is_their_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
