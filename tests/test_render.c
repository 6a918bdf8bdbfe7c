/* SPDX-License-Identifier: MIT */
/* Each text has one spelling per language, which reads back as the same text. */
#include "editing.h"

#include "kmsfix/text.h"

#define R      \
	"\x01" \
	"r.a[\"k\"].arn\x02"
#define S1     \
	"\x01" \
	"r.a.arn\x02"

static const struct row {
	const char *text; /* canonical */
	/* NULL: refused */
	const char *hcl, *heredoc, *json, *tf_json;
} rows[] = {
	{ "kms:Decrypt", "\"kms:Decrypt\"", "\"kms:Decrypt\"", "\"kms:Decrypt\"",
	  "\"kms:Decrypt\"" },
	{ "", "\"\"", "\"\"", "\"\"", "\"\"" },
	{ "a\"b\\c", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"", "\"a\\\"b\\\\c\"" },
	{ "a\nb\r\tc", "\"a\\nb\\r\\tc\"", "\"a\\nb\\r\\tc\"", "\"a\\nb\\r\\tc\"",
	  "\"a\\nb\\r\\tc\"" },
	{ "a\x03"
	  "b",
	  "\"a\\u0003b\"", "\"a\\u0003b\"", "\"a\\u0003b\"", "\"a\\u0003b\"" },
	{ "\xc3\xa9", "\"\xc3\xa9\"", "\"\xc3\xa9\"", "\"\xc3\xa9\"", "\"\xc3\xa9\"" },
	/* policy variables are literal text [5.8] */
	{ "${aws:username}", "\"$${aws:username}\"", "\"$${aws:username}\"", "\"${aws:username}\"",
	  "\"$${aws:username}\"" },
	{ "%{x}", "\"%%{x}\"", "\"%%{x}\"", "\"%{x}\"", "\"%%{x}\"" },
	{ "$${x}", "\"$$${x}\"", "\"$$${x}\"", "\"$${x}\"", "\"$$${x}\"" },
	{ "a$", "\"a$\"", "\"a$\"", "\"a$\"", "\"a$\"" },
	{ "$x%y&{z}", "\"$x%y&{z}\"", "\"$x%y&{z}\"", "\"$x%y&{z}\"", "\"$x%y&{z}\"" },
	/* references */
	{ S1, "r.a.arn", "\"${r.a.arn}\"", NULL, "\"${r.a.arn}\"" },
	{ R, "r.a[\"k\"].arn", "\"${r.a[\"k\"].arn}\"", NULL, NULL },
	{ S1 "/*", "\"${r.a.arn}/*\"", "\"${r.a.arn}/*\"", NULL, "\"${r.a.arn}/*\"" },
	{ "x:" R ":" S1, "\"x:${r.a[\"k\"].arn}:${r.a.arn}\"", "\"x:${r.a[\"k\"].arn}:${r.a.arn}\"",
	  NULL, NULL },
	{ "${a}" S1, "\"$${a}${r.a.arn}\"", "\"$${a}${r.a.arn}\"", NULL, "\"$${a}${r.a.arn}\"" },
	{ "a$" S1, NULL, NULL, NULL, NULL },
	{ "%" S1, "\"%${r.a.arn}\"", "\"%${r.a.arn}\"", NULL, "\"%${r.a.arn}\"" },
	{ "\x01\x02", NULL, NULL, NULL, NULL },
	{ "\x01"
	  "f(\na)\x02",
	  NULL, NULL, NULL, NULL },
};

static const struct place {
	const char *path, *before, *head, *tail;
} places[] = {
	{ "x.tf", "a = []\n", "a = [", "]\n" },
	{ "x.tf", "a = <<E\n[]\nE\n", "a = <<E\n[", "]\nE\n" },
	{ "x.json", "[]", "[", "]" },
	{ "x.tf.json", "[]", "[", "]" },
};

static void check(struct arena *a, const struct place *p, const char *text, const char *want)
{
	const char *why = NULL;
	struct editing e;
	bool ok;

	editing_start(&e, a, p->path, p->before);
	ok = edit_append_element(&e.edits, editing_node(&e, "["), shape_text(a, str_from(text)),
				 &why);
	if (ok != (want != NULL))
		test_fail("'%s' in %s: %s", text, p->before, ok ? "not refused" : why);
	if (ok)
		editing_expect(&e, text, str_z(a, str_fmt(a, "%s%s%s", p->head, want, p->tail)));
	else
		assert_non_null(why);
}

static void each_text_has_its_spelling(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		check(*state, &places[0], rows[i].text, rows[i].hcl);
		check(*state, &places[1], rows[i].text, rows[i].heredoc);
		check(*state, &places[2], rows[i].text, rows[i].json);
		check(*state, &places[3], rows[i].text, rows[i].tf_json);
	}
}

static void a_reference_in_a_plain_json_file_is_refused_by_name(void **state)
{
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, "x.json", "[]");
	assert_false(edit_append_element(&e.edits, editing_node(&e, "["), shape_text(*state, S(S1)),
					 &why));
	assert_string_equal(why, "a reference cannot be written into a plain JSON file");
}

/* What a literal is written as reads back as that literal. */
static void literals_read_back(void **state)
{
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct node *n;
		const char *why = NULL;
		struct editing e, again;
		str got;

		if (!text_is_literal(str_from(rows[i].text)) || !rows[i].hcl)
			continue;
		for (size_t p = 0; p < 3; p++) {
			editing_start(&e, a, places[p].path, places[p].before);
			assert_true(edit_append_element(&e.edits, editing_node(&e, "["),
							shape_text(a, str_from(rows[i].text)),
							&why));
			editing_start(&again, a, places[p].path, str_z(a, editing_result(&e)));
			n = editing_node(&again, "\"");
			assert_true(node_text(n, a, &got));
			assert_str_eq(got, str_from(rows[i].text));
		}
	}
}

static const struct key_row {
	const char *key, *hcl, *json;
} keys[] = {
	{ "Action", "Action = \"v\"", "\"Action\": \"v\"" },
	{ "aws:SourceArn", "\"aws:SourceArn\" = \"v\"", "\"aws:SourceArn\": \"v\"" },
	{ "kms:EncryptionContext:a b", "\"kms:EncryptionContext:a b\" = \"v\"",
	  "\"kms:EncryptionContext:a b\": \"v\"" },
	{ "for", "\"for\" = \"v\"", "\"for\": \"v\"" },
	{ "a-b_1", "a-b_1 = \"v\"", "\"a-b_1\": \"v\"" },
	{ "1a", "\"1a\" = \"v\"", "\"1a\": \"v\"" },
	{ "", "\"\" = \"v\"", "\"\": \"v\"" },
	{ "a\"${b}", "\"a\\\"$${b}\" = \"v\"", "\"a\\\"$${b}\": \"v\"" },
	{ S1, "\"${r.a.arn}\" = \"v\"", "\"${r.a.arn}\": \"v\"" },
};

static void keys_are_quoted_where_they_must(void **state)
{
	struct arena *a = *state;

	for (size_t i = 0; i < COUNT(keys); i++) {
		for (size_t p = 0; p < 2; p++) {
			struct shape *s = shape_object(a);
			const char *why = NULL;
			struct editing e;
			const char *want = p ? keys[i].json : keys[i].hcl;
			const char *in = "\n  {\n    ", *out = "\n  }\n";

			shape_set(a, s, str_from(keys[i].key), shape_text(a, S("v")));
			editing_start(&e, a, places[p].path, places[p].before);
			assert_true(edit_append_element(&e.edits, editing_node(&e, "["), s, &why));
			want = str_z(a, str_fmt(a, "%s%s%s%s%s", places[p].head, in, want, out,
						places[p].tail));
			editing_expect(&e, keys[i].key, want);
		}
	}
}

static void empty_shapes_have_brackets(void **state)
{
	struct arena *a = *state;
	const char *why = NULL;
	struct editing e;

	editing_start(&e, a, "x.json", "[\n  1\n]");
	assert_true(edit_append_element(&e.edits, editing_node(&e, "["),
					editing_shape(a, "{\"a\": [], \"b\": {}}"), &why));
	editing_expect(&e, "empty", "[\n  1,\n  {\n    \"a\": [],\n    \"b\": {}\n  }\n]");
}

static void values_are_aligned_in_groups(void **state)
{
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, "x.tf", "a = [\n  {\n  }\n]\n");
	assert_true(edit_append_element(
		&e.edits, editing_node(&e, "["),
		editing_shape(*state, "{\"a\": \"1\", \"long\": \"2\", \"tall\": {\"x\": \"3\"}, "
				      "\"\xc3\xa9\": \"4\", \"b\": \"5\"}"),
		&why));
	editing_expect(
		&e, "groups",
		"a = [\n  {\n  },\n  {\n    a    = \"1\"\n    long = \"2\"\n    tall = {\n"
		"      x = \"3\"\n    }\n    \"\xc3\xa9\" = \"4\"\n    b   = \"5\"\n  }\n]\n");
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(each_text_has_its_spelling),
		TEST(a_reference_in_a_plain_json_file_is_refused_by_name),
		TEST(literals_read_back),
		TEST(keys_are_quoted_where_they_must),
		TEST(empty_shapes_have_brackets),
		TEST(values_are_aligned_in_groups),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
