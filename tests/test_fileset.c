/* SPDX-License-Identifier: MIT */
#include "kmsfix/fileset.h"

#include "support.h"

static void files_are_sorted_by_bytes_and_found(void **state)
{
	/* In order: '.' is less than '/', capitals come first, bytes are unsigned. */
	static const char *const paths[] = { "B.tf", "a.tf", "a/b.tf", "a0", "\xc3\xa4" };
	struct arena *a = arena_create();
	struct fileset set = { 0 };

	(void)state;
	for (size_t i = COUNT(paths); i > 0; i--)
		fileset_add(&set, a, str_from(paths[i - 1]), S("text"), 0100644);
	assert_false(set.sorted);
	fileset_sort(&set);
	assert_int_equal(set.n, COUNT(paths));
	for (size_t i = 0; i < COUNT(paths); i++) {
		assert_str_eq(set.files[i].path, str_from(paths[i]));
		assert_ptr_equal(fileset_find(&set, str_from(paths[i])), &set.files[i]);
	}
	assert_null(fileset_find(&set, S("a")));
	assert_null(fileset_find(&set, S("\xff")));
	assert_null(fileset_find(&set, S("")));
	fileset_add(&set, a, S("0"), S(""), 0100755);
	assert_false(set.sorted);
	fileset_sort(&set);
	assert_int_equal(fileset_find(&set, S("0"))->mode, 0100755);
	arena_destroy(a);
}

static void an_empty_set_holds_nothing(void **state)
{
	struct fileset set = { 0 };

	(void)state;
	fileset_sort(&set);
	assert_null(fileset_find(&set, S("a")));
}

static void order_of_adding_does_not_matter(void **state)
{
	static const char *const texts[] = { "1", "2", "3" };
	struct arena *a = arena_create();

	(void)state;
	for (size_t first = 0; first < COUNT(texts); first++) {
		struct fileset set = { 0 };

		for (size_t i = 0; i < COUNT(texts); i++)
			fileset_add(&set, a, S("same"), str_from(texts[(first + i) % COUNT(texts)]),
				    0100644);
		fileset_sort(&set);
		for (size_t i = 0; i < COUNT(texts); i++)
			assert_str_eq(set.files[i].text, str_from(texts[i]));
		assert_ptr_equal(fileset_find(&set, S("same")), &set.files[0]);
	}
	arena_destroy(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_sorted_by_bytes_and_found),
		cmocka_unit_test(an_empty_set_holds_nothing),
		cmocka_unit_test(order_of_adding_does_not_matter),
	};

	return cmocka_run_group_tests_name("fileset", tests, NULL, NULL);
}
