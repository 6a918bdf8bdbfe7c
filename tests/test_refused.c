/* SPDX-License-Identifier: MIT */
/*
 * What the language of a place has no spelling for, or what is no statement where one is wanted, is
 * refused by every builder, at any depth, with a reason and without an edit: half of a change would
 * be worse than none.
 */
#include "editing.h"

/* `<…>` is a reference. */
#define BREAK "<a\\nb>"  /* HCL has no place for a line break in it, */
#define QUOTE "<a\\\"b>" /* a JSON string none for a quote */
#define NAMED "<a b>"    /* CloudFormation has names only */

enum op {
	APPEND,
	AFTER,
	WRAP,
	ARGUMENT,
	LAST_ARGUMENT,
	POLICY,
	CONCAT,
	PAIR,
	PAIR_AFTER,
	STRINGS,
	STATEMENT,
	OWN_DOCUMENT,
};

static bool edit(struct editing *e, enum op op, const struct node *n, struct shape *s,
		 const char **why)
{
	const struct shape *const statements[] = { s };
	const struct node *body = n->kind == NODE_BLOCK ? n->last : n;
	struct edits *es = &e->edits;
	struct strs strings = { 0 };

	switch (op) {
	case APPEND:
		return edit_append_element(es, n, s, why);
	case AFTER:
		return edit_insert_after(es, n, s, why);
	case WRAP:
		return edit_wrap_append(es, n->last, s, why);
	case ARGUMENT:
		return edit_add_argument(es, body, S("x"), s, why);
	case LAST_ARGUMENT:
		return edit_append_argument(es, body, S("x"), s, why);
	case POLICY:
		return edit_add_policy_argument(es, body, S("policy"), s, why);
	case CONCAT:
		return edit_concat(es, n->last, s, why);
	case PAIR:
		return edit_add_pair(es, n, S("x"), s, why);
	case PAIR_AFTER:
		return edit_insert_pair_after(es, n, S("x"), s, why);
	case STRINGS:
		strs_add(e->arena, &strings, s->v[0].value->text);
		return edit_replace_strings(es, n->last, &strings, why);
	case STATEMENT:
		return edit_append_statement_block(es, body, NULL, s, why);
	case OWN_DOCUMENT:
		return edit_own_document(es, n->last, S("d"), n->parent, statements, 1, why);
	}
	return false;
}

/* Where it is wanted, and as `%s` what has no spelling there. */
static const struct place {
	const char *path, *text, *node;
	enum op op;
	const char *poison;
} places[] = {
	{ "x.tf", "a = [\n  \"a\",\n]\n", "[", APPEND, BREAK },
	{ "x.tf", "a = [\"a\"]\n", "[", APPEND, BREAK },
	{ "x.tf", "a = []\n", "[", APPEND, BREAK },
	{ "x.tf", "a = [{\n  b = \"1\"\n}]\n", "[", APPEND, BREAK },
	{ "x.tf", "a = [{\n  b = \"1\"\n}]\n", "{", AFTER, BREAK },
	{ "x.tf", "a = [\n  \"a\",\n  \"b\"\n]\n", "\"a\"", AFTER, BREAK },
	{ "x.tf", "a = {\n  b = \"1\"\n}\n", "b = ", WRAP, BREAK },
	{ "x.tf", "a = {\n  b = {\n    c = 1\n  }\n}\n", "b = ", WRAP, BREAK },
	{ "x.tf", "a \"b\" {\n  c = 1\n}\n", "a", ARGUMENT, BREAK },
	{ "x.tf", "a \"b\" {\n}\n", "a", ARGUMENT, BREAK },
	{ "x.tf", "a \"b\" {\n  c = 1\n}\n", "a", LAST_ARGUMENT, BREAK },
	{ "x.tf", "a \"b\" {\n  c = 1\n}\n", "a", POLICY, BREAK },
	{ "x.tf", "a = [\n  1\n]\n", "a", CONCAT, BREAK },
	{ "x.tf", "a = b\n", "a", CONCAT, BREAK },
	{ "x.tf.json", "{\"a\": [\"a\"]}", "[", APPEND, QUOTE },
	{ "x.tf.json", "{\"a\": [\n  \"q\"\n]}", "\"q", AFTER, QUOTE },
	{ "x.tf.json", "{\n  \"a\": \"b\"\n}", "\"a\"", WRAP, BREAK },
	{ "x.tf.json", "{\n  \"a\": \"b\"\n}", "{", POLICY, BREAK },
	{ "x.tf.json", "{\n  \"a\": \"b\"\n}", "{", PAIR, BREAK },
	{ "x.json", "{\"a\": [\"a\"]}", "[", APPEND, NAMED },
	{ "x.json", "{\"a\": []}", "[", APPEND, NAMED },
	{ "x.json", "{\"a\": \"b\"}", "\"a\"", WRAP, NAMED },
	{ "x.json", "{\"a\": \"b\"}", "{", PAIR, NAMED },
	{ "x.json", "{\"a\": \"b\"}", "\"a\"", PAIR_AFTER, NAMED },
	{ "x.template", "{\"a\": [\"a\"]}", "[", APPEND, NAMED },
	{ "x.template", "{\n  \"a\": [\n    \"a\"\n  ]\n}", "[", APPEND, NAMED },
	{ "x.template", "{\"a\": \"b\"}", "\"a\"", WRAP, NAMED },
	{ "x.template", "{\n  \"a\": \"b\"\n}", "{", PAIR, NAMED },
	{ "x.template", "{\n  \"a\": \"b\"\n}", "{", POLICY, NAMED },
	{ "x.template", "{\n  \"a\": \"b\"\n}", "\"a\"", PAIR_AFTER, NAMED },
	{ "x.yaml", "a: [a]\n", "[", APPEND, NAMED },
	{ "x.yaml", "a: []\n", "[", APPEND, NAMED },
	{ "x.yaml", "a:\n  - q\n", "- q", APPEND, NAMED },
	{ "x.yaml", "a:\n  - b: c\n    d: e\n", "- b", APPEND, NAMED },
	{ "x.yaml", "a:\n  - q\n  - b\n", "q", AFTER, NAMED },
	{ "x.yaml", "z: 1\na: b\n", "a", WRAP, NAMED },
	{ "x.yaml", "z: 1\na:\n  b: c\n", "a:", WRAP, NAMED },
	{ "x.yaml", "z: 1\na: {b: c}\n", "a:", WRAP, NAMED },
	{ "x.yaml", "a:\n  b: c\n", "b: c", PAIR, NAMED },
	{ "x.yaml", "a: {b: c}\n", "{", PAIR, NAMED },
	{ "x.yaml", "a: {}\n", "{", PAIR, NAMED },
	{ "x.yaml", "a:\n  b: c\n", "b: c", ARGUMENT, NAMED },
	{ "x.yaml", "a:\n  b: c\n", "b: c", POLICY, NAMED },
	{ "x.yaml", "z: 1\na:\n  b: c\nd: e\n", "a", PAIR_AFTER, NAMED },
};

/* What holds it, at any depth. */
static const char *const holders[] = {
	"\"%s\"",
	"\"x%sy\"",
	"[\"%s\"]",
	"[\"a\", \"%s\"]",
	"{\"a\": \"%s\"}",
	"{\"a\": \"b\", \"c\": \"%s\"}",
	"{\"a\": [\"%s\", \"b\"]}",
	"{\"a\": [\"b\", \"x%s\"]}",
	"{\"a\": {\"b\": \"%s\"}}",
	"{\"a\": {\"b\": [\"c\", \"%s\"], \"d\": \"e\"}}",
	"{\"a\": [{\"b\": \"c\"}, {\"b\": \"%s\"}]}",
	"[{\"a\": \"%s\"}]",
};

static str fill_in(struct arena *a, const char *holder, const char *poison)
{
	str text = str_from(holder);
	size_t at = str_find(text, S("%s"), 0);

	return str_fmt(a, "%.*s%s%s", (int)at, holder, poison, holder + at + 2);
}

static void must_refuse(struct arena *a, const struct place *p, str json)
{
	const char *why = NULL;
	struct editing e;

	editing_start(&e, a, p->path, p->text);
	if (edit(&e, p->op, editing_node(&e, p->node), editing_shape(a, json.p), &why))
		test_fail("not refused: %s in\n%s", json.p, p->text);
	if (!why || !*why || e.edits.n)
		test_fail("no reason, or an edit: %s in\n%s", json.p, p->text);
}

static void what_has_no_spelling_is_refused_at_any_depth(void **state)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		for (size_t k = 0; k < COUNT(holders); k++)
			must_refuse(*state, &places[i],
				    fill_in(*state, holders[k], places[i].poison));
	}
}

static const struct place documents[] = {
	{ "x.tf", "data \"d\" \"d\" {\n  statement {\n    sid = \"a\"\n  }\n}\n", "data", STATEMENT,
	  BREAK },
	{ "x.tf", "data \"d\" \"d\" {}\n", "data", STATEMENT, BREAK },
	{ "x.tf", "data \"d\" \"d\" {\n}\n", "data", STATEMENT, BREAK },
	{ "x.tf.json", "{\n  \"statement\": [{\n    \"sid\": \"a\"\n  }]\n}", "{", STATEMENT,
	  BREAK },
	{ "x.tf.json", "{\n  \"statement\": {\n    \"sid\": \"a\"\n  }\n}", "{", STATEMENT, BREAK },
	{ "x.tf.json", "{\n  \"a\": \"b\"\n}", "{", STATEMENT, BREAK },
	{ "x.tf", "resource \"r\" \"r\" {\n  policy = a.b\n}\n", "policy", OWN_DOCUMENT, BREAK },
};

/* Statements with it, and (without `%s`) what is no statement. */
static const char *const statements[] = {
	"{\"Sid\": \"%s\"}",
	"{\"Sid\": [\"a\"]}",
	"{\"Effect\": {\"a\": \"b\"}}",
	"{\"Action\": \"%s\"}",
	"{\"Action\": [\"a\", \"%s\"]}",
	"{\"Action\": {\"a\": \"b\"}}",
	"{\"Action\": [{\"a\": \"b\"}]}",
	"{\"Resource\": [\"&{x}\"]}",
	"{\"Sid\": \"&{x}\"}",
	"{\"Principal\": {\"AWS\": \"%s\"}}",
	"{\"Principal\": {\"AWS\": [\"a\", \"%s\"]}}",
	"{\"Principal\": {\"AWS\": {\"a\": \"b\"}}}",
	"{\"Principal\": [\"a\"]}",
	"{\"Principal\": [{\"a\": \"b\"}]}",
	"{\"Condition\": \"a\"}",
	"{\"Condition\": {\"StringEquals\": \"a\"}}",
	"{\"Condition\": {\"StringEquals\": {\"a\": \"%s\"}}}",
	"{\"Condition\": {\"StringEquals\": {\"a\": {\"b\": \"c\"}}}}",
	"{\"Condition\": {\"StringEquals\": {\"&{a}\": \"b\"}}}",
	"{\"Other\": \"a\"}",
	"\"a\"",
	"[\"a\"]",
};

static void what_is_no_statement_gets_no_block(void **state)
{
	for (size_t i = 0; i < COUNT(documents); i++) {
		for (size_t k = 0; k < COUNT(statements); k++) {
			const char *poison = documents[i].poison;

			must_refuse(*state, &documents[i],
				    str_has(str_from(statements[k]), S("%s")) ?
					    fill_in(*state, statements[k], poison) :
					    str_from(statements[k]));
		}
	}
}

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_has_no_spelling_is_refused_at_any_depth, setup,
						teardown),
		cmocka_unit_test_setup_teardown(what_is_no_statement_gets_no_block, setup,
						teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
