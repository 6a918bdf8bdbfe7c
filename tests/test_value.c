/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "kmsfix/arena.h"
#include "kmsfix/value.h"

#include "../src/iac/value.h"

#define REF(s) "\x01" s "\x02"

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

/* Parts as "l:…|r:…|". */
static const struct parts_case {
	const char *text, *parts;
	bool literal;
	const char *ref;
} parts_cases[] = {
	{ "", "", true, NULL },
	{ "kms:Decrypt", "l:kms:Decrypt|", true, NULL },
	{ REF("a.b"), "r:a.b|", false, "a.b" },
	{ REF(""), "r:|", false, "" },
	{ "x" REF("a"), "l:x|r:a|", false, NULL },
	{ REF("a") "x", "r:a|l:x|", false, NULL },
	{ REF("a") REF("b"), "r:a|r:b|", false, NULL },
	{ "x" REF("a") "y" REF("b") "z", "l:x|r:a|l:y|r:b|l:z|", false, NULL },
	{ "x\x02y", "l:x\x02y|", true, NULL },
};

static void a_text_is_read_part_by_part(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(parts_cases) / sizeof(*parts_cases); i++) {
		const struct parts_case *c = &parts_cases[i];
		str rest = str_from(c->text), part, source;
		char got[200] = "";
		bool ref;

		while (text_next(&rest, &part, &ref))
			snprintf(got + strlen(got), sizeof(got) - strlen(got), "%c:%.*s|",
				 ref ? 'r' : 'l', STR_ARG(part));
		assert_string_equal(got, c->parts);
		assert_int_equal(text_is_literal(str_from(c->text)), c->literal);
		assert_int_equal(text_is_ref(str_from(c->text), NULL), c->ref != NULL);
		if (c->ref) {
			assert_true(text_is_ref(str_from(c->text), &source));
			assert_true(str_eq(source, str_from(c->ref)));
		}
	}
}

static void a_reference_keeps_its_source_bytes(void **state)
{
	str source, text = ref_text(*state, S("a\0b"));

	assert_int_equal(text.n, 5);
	assert_true(text_is_ref(text, &source));
	assert_true(str_eq(source, S("a\0b")));
	assert_true(str_eq(ref_text(*state, S("")), S("\x01\x02")));
}

static void only_texts_and_unknowns_have_a_text(void **state)
{
	str out;

	(void)state;
	for (int k = VALUE_UNKNOWN; k <= VALUE_DOCUMENT; k++) {
		struct value v = { .kind = (enum value_kind)k, .text = S("t") };

		assert_int_equal(value_text(&v, &out), k == VALUE_UNKNOWN || k == VALUE_TEXT);
	}
}

static void a_doubled_key_is_not_found(void **state)
{
	struct value_item items[] = { { .key = S("a") }, { .key = S("b") }, { .key = S("a") } };
	struct value map = { .kind = VALUE_MAP, .items = items, .n = 3 };

	(void)state;
	assert_ptr_equal(value_get(&map, S("b")), &items[1]);
	assert_null(value_get(&map, S("a")));
	assert_null(value_get(&map, S("c")));
	map.kind = VALUE_LIST;
	assert_null(value_get(&map, S("b")));
}

/* [[a, b]] through two references: all in it has come through both, the outer one first. */
static void what_is_in_a_value_came_the_same_way(void **state)
{
	struct arena *a = *state;
	struct value text = { .kind = VALUE_TEXT, .text = S("a") };
	struct value_item inner[] = { { .value = &text }, { .value = &text } };
	struct value list = { .kind = VALUE_LIST, .items = inner, .n = 2 };
	struct value_item outer[] = { { .key = S("k"), .value = &list } };
	struct value map = { .kind = VALUE_MAP, .items = outer, .n = 1 };
	int first = 1, second = 2;
	struct shared shared = { 0 };
	const struct value *v = value_via(a, value_via(a, &map, &first, NULL), &second, &shared);
	const struct value *item = value_at(value_at(v, 0), 1);

	assert_ptr_equal(v->via->user, &second);
	assert_ptr_equal(item->via->user, &second);
	assert_ptr_equal(item->via->shared, &shared);
	assert_ptr_equal(item->via->next->user, &first);
	assert_null(item->via->next->next);
	assert_true(str_eq(item->text, S("a")));
	assert_ptr_equal(item, value_at(value_at(v, 0), 1));
	assert_ptr_equal(value_get(v, S("k"))->value, value_at(v, 0));
	assert_ptr_equal(value_at(value_copy(a, v), 0), value_at(v, 0));
	assert_ptr_equal(value_at(value_with(a, v, outer, 1), 0), &list);
	assert_null(text.via);
	assert_null(list.via);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_text_is_read_part_by_part, setup, teardown),
		cmocka_unit_test_setup_teardown(a_reference_keeps_its_source_bytes, setup,
						teardown),
		cmocka_unit_test_setup_teardown(only_texts_and_unknowns_have_a_text, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_doubled_key_is_not_found, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_in_a_value_came_the_same_way, setup,
						teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
