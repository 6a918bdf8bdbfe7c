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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_text_is_read_part_by_part, setup, teardown),
		cmocka_unit_test_setup_teardown(a_reference_keeps_its_source_bytes, setup,
						teardown),
		cmocka_unit_test_setup_teardown(only_texts_and_unknowns_have_a_text, setup,
						teardown),
		cmocka_unit_test_setup_teardown(a_doubled_key_is_not_found, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
