/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "kmsfix/syntax.h"

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

/* The root of a JSON text, or the value of the first argument of an HCL file. */
static struct node *value_of(struct arena *a, str text)
{
	struct file *f = ARENA_NEW(a, struct file);
	struct syntax_error e = { 0, NULL };
	struct tree *t = NULL;
	bool hcl = str_starts(text, S("a = "));

	f->path = S("x");
	f->text = text;
	if (!(hcl ? hcl_parse : json_parse)(&t, f, a, &e))
		test_fail("[%.*s]: %s", STR_ARG(text), e.reason);
	return hcl ? t->root->first->first : t->root;
}

static void children_are_counted_and_found(void **state)
{
	const struct node *seq = value_of(*state, S("[1, [2, 3], 4]"));

	assert_int_equal(node_count(seq), 3);
	assert_int_equal(node_count(seq->first), 0);
	assert_ptr_equal(node_child(seq, 0), seq->first);
	assert_ptr_equal(node_child(seq, 2), seq->last);
	assert_null(node_child(seq, 3));
	assert_null(node_child(seq->first, 0));
	assert_str_eq(node_source(node_child(seq, 1)), S("[2, 3]"));
}

static void siblings_are_found_backwards(void **state)
{
	const struct node *seq = value_of(*state, S("[1, 2, 3]"));

	assert_null(node_prev(seq));
	assert_null(node_prev(seq->first));
	assert_ptr_equal(node_prev(seq->last), seq->first->next);
}

static void every_kind_has_a_name(void **state)
{
	(void)state;
	for (unsigned k = 0; k < NODE_KINDS; k++)
		assert_non_null(node_kind_name((enum node_kind)k));
	assert_string_equal(node_kind_name(NODE_MAP), "map");
	assert_string_equal(node_kind_name(NODE_FOR), "for");
	assert_string_equal(node_kind_name(NODE_KINDS), "unknown");
}

static void keys_are_texts_unless_computed(void **state)
{
	const struct {
		str map, key; /* key.p NULL: computed */
	} cases[] = {
		{ S("{\"Act\\u0069on\": 1}"), S("Action") },
		{ S("a = { b = 1 }"), S("b") },
		{ S("a = { null = 1 }"), S("null") },
		{ S("a = { \"b\\t\" = 1 }"), S("b\t") },
		{ S("a = { \"$${b}\" = 1 }"), S("${b}") },
		{ S("a = { \"${b}\" = 1 }"), { NULL, 0 } },
		{ S("a = { (b) = 1 }"), { NULL, 0 } },
		{ S("a = { b.c = 1 }"), { NULL, 0 } },
		{ S("a = { 1 = 1 }"), { NULL, 0 } },
		{ S("{\"\\ud800\": 1}"), { NULL, 0 } },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct node *map = value_of(*state, cases[i].map);
		str key;

		assert_int_equal(pair_key(map->first, *state, &key), cases[i].key.p != NULL);
		if (cases[i].key.p)
			assert_str_eq(key, cases[i].key);
	}
}

static void a_value_is_found_by_its_key_alone(void **state)
{
	struct node *map = value_of(*state,
				    S("{\"a\": 1, \"b\": 2, \"\\u0061\": 3, \"c\": {\"d\": 4}}"));

	assert_str_eq(node_source(map_get(map, *state, S("b"))), S("2"));
	assert_null(map_get(map, *state, S("a")));
	assert_null(map_get(map, *state, S("d")));
	assert_null(map_get(map, *state, S("B")));
	assert_null(map_get(map, *state, S("")));
}

static void doubled_keys_are_found_whatever_their_spelling(void **state)
{
	const struct {
		str map;
		bool doubled;
	} cases[] = {
		{ S("{}"), false },
		{ S("{\"a\": 1}"), false },
		{ S("{\"a\": 1, \"A\": 2}"), false },
		{ S("{\"b\": 1, \"a\": 1, \"c\": 1, \"a\": 1}"), true },
		{ S("{\"Action\": 1, \"\\u0041ction\": 2}"), true },
		{ S("{\"a\": {\"a\": 1}}"), false },
		{ S("a = { b = 1, \"b\" = 2 }"), true },
		{ S("a = { \"b\" : 1\n \"\\u0062\" : 2 }"), true },
		{ S("a = { (b) = 1, (b) = 2, b = 3 }"), false },
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		assert_int_equal(map_has_duplicate(value_of(*state, cases[i].map), *state),
				 cases[i].doubled);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(children_are_counted_and_found, setup, teardown),
		cmocka_unit_test_setup_teardown(siblings_are_found_backwards, setup, teardown),
		cmocka_unit_test_setup_teardown(every_kind_has_a_name, setup, teardown),
		cmocka_unit_test_setup_teardown(keys_are_texts_unless_computed, setup, teardown),
		cmocka_unit_test_setup_teardown(a_value_is_found_by_its_key_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(doubled_keys_are_found_whatever_their_spelling,
						setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
