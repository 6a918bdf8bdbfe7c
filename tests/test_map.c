/* SPDX-License-Identifier: MIT */
#include "kmsfix/map.h"

#include "kmsfix/arena.h"
#include "support.h"

static void what_was_put_is_found(void **state)
{
	struct arena *a = arena_create();
	struct map map = { 0 };
	int values[3];

	(void)state;
	assert_null(map_find(&map, S("")));
	map_put(&map, a, S(""), &values[0]);
	map_put(&map, a, S("a\0b"), &values[1]);
	assert_ptr_equal(map_find(&map, S("")), &values[0]);
	assert_ptr_equal(map_find(&map, S("a\0b")), &values[1]);
	assert_null(map_find(&map, S("a\0c")));
	assert_null(map_find(&map, S("a")));
	map_put(&map, a, S("a\0b"), &values[2]);
	assert_ptr_equal(map_find(&map, S("a\0b")), &values[2]);
	assert_int_equal(map.n, 2);
	arena_destroy(a);
}

/* Keys of every length around the words that are hashed at a time. */
static void many_keys_are_told_apart(void **state)
{
	enum { N = 20000 };
	struct arena *a = arena_create();
	struct map map = { 0 };
	str *keys = arena_array(a, N, sizeof(*keys));

	(void)state;
	for (size_t i = 0; i < N; i++) {
		keys[i] = str_fmt(a, "%zu%.*s", i, (int)(i % 20), "....................");
		map_put(&map, a, keys[i], &keys[i]);
	}
	assert_int_equal(map.n, N);
	for (size_t i = 0; i < N; i++)
		assert_ptr_equal(map_find(&map, keys[i]), &keys[i]);
	assert_null(map_find(&map, S("20000")));
	arena_destroy(a);
}

static void pointers_are_keys(void **state)
{
	struct arena *a = arena_create();
	struct map map = { 0 };
	int things[100];

	(void)state;
	for (size_t i = 0; i < 100; i++)
		map_put_at(&map, a, &things[i], &things[i]);
	for (size_t i = 0; i < 100; i++)
		assert_ptr_equal(map_find_at(&map, &things[i]), &things[i]);
	arena_destroy(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_put_is_found),
		cmocka_unit_test(many_keys_are_told_apart),
		cmocka_unit_test(pointers_are_keys),
	};

	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
