/* SPDX-License-Identifier: MIT */
/* A new statement is written as its siblings are. */
#include "editing.h"

#define STATEMENT                                                                         \
	"{\"Sid\": \"K\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"<r.a>\"]}, " \
	"\"Action\": [\"kms:A\"], \"Resource\": \"*\"}"
#define PLAIN                                                                          \
	"{\"Sid\": \"K\", \"Effect\": \"Allow\", \"Action\": [\"kms:A\", \"kms:B\"], " \
	"\"Resource\": [\"*\"]}"

struct row {
	const char *claim, *path, *before, *what, *after;
};

static const struct row rows[] = {
	/* HCL objects */
	{ "bare keys, aligned", "x.tf",
	  "p = {\n  Statement = [\n    {\n      Sid    = \"A\"\n      Effect = \"B\"\n    },\n  "
	  "]\n}"
	  "\n",
	  STATEMENT,
	  "p = {\n  Statement = [\n    {\n      Sid    = \"A\"\n      Effect = \"B\"\n    },\n    "
	  "{\n"
	  "      Sid    = \"K\"\n      Effect = \"Allow\"\n      Principal = {\n"
	  "        AWS = [r.a]\n      }\n      Action   = [\"kms:A\"]\n      Resource = \"*\"\n"
	  "    },\n  ]\n}\n" },
	{ "quoted keys with colons and commas", "x.tf",
	  "p = {\n  \"Statement\" : [\n    {\n      \"Sid\" : \"A\",\n      \"Effect\" : \"B\"\n   "
	  " }\n"
	  "  ]\n}\n",
	  PLAIN,
	  "p = {\n  \"Statement\" : [\n    {\n      \"Sid\" : \"A\",\n      \"Effect\" : \"B\"\n   "
	  " },"
	  "\n    {\n      \"Sid\" : \"K\",\n      \"Effect\" : \"Allow\",\n      \"Action\" : [\n"
	  "        \"kms:A\",\n        \"kms:B\"\n      ],\n      \"Resource\" : [\"*\"]\n    }\n  "
	  "]\n}"
	  "\n" },
	{ "quoted keys with `=`, commas after all", "x.tf",
	  "p = [\n  {\n    \"Sid\"    = \"A\",\n    \"Effect\" = \"B\",\n  },\n]\n", PLAIN,
	  "p = [\n  {\n    \"Sid\"    = \"A\",\n    \"Effect\" = \"B\",\n  },\n  {\n"
	  "    \"Sid\"    = \"K\",\n    \"Effect\" = \"Allow\",\n    \"Action\" = [\n"
	  "      \"kms:A\",\n      \"kms:B\",\n    ],\n    \"Resource\" = [\"*\"],\n  },\n]\n" },
	{ "nothing aligned where nothing is", "x.tf",
	  "p = [\n  {\n    Sid = \"A\"\n    Effect = \"B\"\n  }\n]\n", PLAIN,
	  "p = [\n  {\n    Sid = \"A\"\n    Effect = \"B\"\n  },\n  {\n    Sid = \"K\"\n"
	  "    Effect = \"Allow\"\n    Action = [\n      \"kms:A\",\n      \"kms:B\"\n    ]\n"
	  "    Resource = [\"*\"]\n  }\n]\n" },
	{ "on one line, if that does not get too long", "x.tf",
	  "p = [{ Sid = \"A\", Effect = \"B\" }]\n", PLAIN,
	  "p = [\n  { Sid = \"A\", Effect = \"B\" },\n  { Sid = \"K\", Effect = \"Allow\", Action "
	  "= "
	  "[\"kms:A\", \"kms:B\"], Resource = [\"*\"] }\n]\n" },
	{ "scalars as the siblings have them", "x.tf",
	  "p = [\n  {\n    Action   = \"a\"\n    Resource = r.b\n  }\n]\n",
	  "{\"Action\": [\"kms:A\"], \"Resource\": [\"<r.c>\"]}",
	  "p = [\n  {\n    Action   = \"a\"\n    Resource = r.b\n  },\n  {\n"
	  "    Action   = \"kms:A\"\n    Resource = r.c\n  }\n]\n" },
	{ "lists of one as the siblings have them", "x.tf",
	  "p = [\n  {\n    Action = [\"a\"]\n  }\n]\n", "{\"Action\": \"kms:A\"}",
	  "p = [\n  {\n    Action = [\"a\"]\n  },\n  {\n    Action = [\"kms:A\"]\n  }\n]\n" },
	{ "scalars and lists at each depth of their own", "x.json",
	  "[{\"Action\":[\"a\"],\"Principal\":{\"AWS\":\"b\"},\"Condition\":{\"O\":{\"k\":\"v\"}}}"
	  "]",
	  "{\"Sid\": \"s\", \"Action\": \"a\", \"Principal\": {\"AWS\": [\"b\"]}, "
	  "\"Condition\": {\"O\": {\"k\": [\"v\"], \"l\": [\"v\", \"w\"]}}}",
	  "[{\"Action\":[\"a\"],\"Principal\":{\"AWS\":\"b\"},\"Condition\":{\"O\":{\"k\":\"v\"}}},"
	  "{\"Sid\":\"s\",\"Action\":[\"a\"],\"Principal\":{\"AWS\":\"b\"},"
	  "\"Condition\":{\"O\":{\"k\":\"v\",\"l\":[\"v\",\"w\"]}}}]" },
	{ "lists on one line as the siblings have them", "x.tf",
	  "p = [\n  {\n    Action = [\"a\", \"b\"]\n  }\n]\n",
	  "{\"Action\": [\"kms:A\", \"kms:B\"]}",
	  "p = [\n  {\n    Action = [\"a\", \"b\"]\n  },\n  {\n    Action = [\"kms:A\", "
	  "\"kms:B\"]\n"
	  "  }\n]\n" },
	{ "lists that are too long for a line", "x.tf",
	  "p = [\n  {\n    Action = [\"a\", \"b\"]\n  }\n]\n",
	  "{\"Action\": [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
	  "\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]}",
	  "p = [\n  {\n    Action = [\"a\", \"b\"]\n  },\n  {\n    Action = [\n"
	  "      \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n"
	  "      \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\n    ]\n  }\n]\n" },
	{ "the style of the object around when there is no sibling", "x.tf",
	  "p = {\n  \"Version\" : \"v\",\n  \"Statement\" : []\n}\n", "{\"Action\": \"a\"}",
	  "p = {\n  \"Version\" : \"v\",\n  \"Statement\" : [\n    {\n      \"Action\" : \"a\"\n"
	  "    }\n  ]\n}\n" },

	/* JSON */
	{ "JSON with tabs", "x.json", "[\n\t{\n\t\t\"Sid\": \"A\"\n\t}\n]\n", PLAIN,
	  "[\n\t{\n\t\t\"Sid\": \"A\"\n\t},\n\t{\n\t\t\"Sid\": \"K\",\n\t\t\"Effect\": \"Allow\",\n"
	  "\t\t\"Action\": [\n\t\t\t\"kms:A\",\n\t\t\t\"kms:B\"\n\t\t],\n\t\t\"Resource\": "
	  "[\"*\"]\n"
	  "\t}\n]\n" },
	{ "JSON with blanks before colons", "x.json", "[\n  {\n    \"Sid\" : \"A\"\n  }\n]\n",
	  "{\"Sid\": \"K\"}",
	  "[\n  {\n    \"Sid\" : \"A\"\n  },\n  {\n    \"Sid\" : \"K\"\n  }\n]\n" },
	{ "JSON without blanks", "x.json", "[{\"Sid\":\"A\"}]", PLAIN,
	  "[{\"Sid\":\"A\"},{\"Sid\":\"K\",\"Effect\":\"Allow\",\"Action\":[\"kms:A\",\"kms:B\"],"
	  "\"Resource\":[\"*\"]}]" },
	{ "JSON on one line with blanks", "x.json", "[ { \"Sid\": \"A\" } ]", "{\"Sid\": \"K\"}",
	  "[ { \"Sid\": \"A\" }, { \"Sid\": \"K\" } ]" },
	{ "JSON with a step of four, found inside", "x.json",
	  "{\n\"S\": [{\n            \"A\": {\n                \"b\": \"c\"\n            }\n    "
	  "}]\n}",
	  "{\"D\": {\"e\": \"f\"}}",
	  "{\n\"S\": [{\n            \"A\": {\n                \"b\": \"c\"\n            }\n    }, "
	  "{\n"
	  "            \"D\": {\n                \"e\": \"f\"\n            }\n    }]\n}" },
	{ "JSON with CRLF", "x.json", "[\r\n  {\r\n    \"Sid\": \"A\"\r\n  }\r\n]\r\n",
	  "{\"Sid\": \"K\"}",
	  "[\r\n  {\r\n    \"Sid\": \"A\"\r\n  },\r\n  {\r\n    \"Sid\": \"K\"\r\n  }\r\n]\r\n" },
	{ "JSON in a heredoc, indented as its siblings", "x.tf",
	  "p = <<-E\n    {\n      \"S\": [\n        {\n          \"Sid\": \"A\"\n        }\n      "
	  "]\n"
	  "    }\n    E\n",
	  "{\"Sid\": \"<r.a>\"}",
	  "p = <<-E\n    {\n      \"S\": [\n        {\n          \"Sid\": \"A\"\n        },\n"
	  "        {\n          \"Sid\": \"${r.a}\"\n        }\n      ]\n    }\n    E\n" },
};

static void a_statement_is_written_as_its_siblings_are(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *why = NULL;
		struct editing e;

		editing_start(&e, *state, rows[i].path, rows[i].before);
		if (!edit_append_element(&e.edits, editing_node(&e, "["),
					 editing_shape(*state, rows[i].what), &why))
			test_fail("%s: %s", rows[i].claim, why);
		editing_expect(&e, rows[i].claim, rows[i].after);
	}
}

#define FULL                                                                            \
	"{\"Sid\": \"K\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"<r.a>\"}, " \
	"\"Action\": [\"kms:A\", \"kms:B\"], \"Resource\": \"*\", \"Condition\": "      \
	"{\"StringLike\": {\"k\": \"v${aws:username}\"}}}"

static const struct row documents[] = {
	{ "the order of the documentation when there is no sibling", "x.tf",
	  "data \"a\" \"b\" {\n}\n", FULL,
	  "data \"a\" \"b\" {\n  statement {\n    sid    = \"K\"\n    effect = \"Allow\"\n\n"
	  "    principals {\n      type        = \"AWS\"\n      identifiers = [r.a]\n    }\n\n"
	  "    actions = [\n      \"kms:A\",\n      \"kms:B\"\n    ]\n    resources = [\"*\"]\n\n"
	  "    condition {\n      test     = \"StringLike\"\n      variable = \"k\"\n"
	  "      values   = [\"v&{aws:username}\"]\n    }\n  }\n}\n" },
	{ "an empty block on one line", "x.tf", "data \"a\" \"b\" {}\n", "{\"Sid\": \"K\"}",
	  "data \"a\" \"b\" {\n  statement {\n    sid = \"K\"\n  }\n}\n" },
	{ "after the arguments", "x.tf", "data \"a\" \"b\" {\n  version = \"v\"\n}\n",
	  "{\"Sid\": \"K\"}",
	  "data \"a\" \"b\" {\n  version = \"v\"\n\n  statement {\n    sid = \"K\"\n  }\n}\n" },
	{ "the order and spacing of the sibling", "x.tf",
	  "data \"a\" \"b\" {\n  statement {\n    actions   = [\"x\", \"y\"]\n"
	  "    resources = [\"z\"]\n    principals {\n      type        = \"AWS\"\n"
	  "      identifiers = [\"*\"]\n    }\n    effect = \"Allow\"\n  }\n}\n",
	  FULL,
	  "data \"a\" \"b\" {\n  statement {\n    actions   = [\"x\", \"y\"]\n"
	  "    resources = [\"z\"]\n    principals {\n      type        = \"AWS\"\n"
	  "      identifiers = [\"*\"]\n    }\n    effect = \"Allow\"\n  }\n\n  statement {\n"
	  "    sid       = \"K\"\n    actions   = [\"kms:A\", \"kms:B\"]\n    resources = [\"*\"]\n"
	  "    condition {\n      test     = \"StringLike\"\n      variable = \"k\"\n"
	  "      values   = [\"v&{aws:username}\"]\n    }\n    principals {\n"
	  "      type        = \"AWS\"\n      identifiers = [r.a]\n    }\n    effect = \"Allow\"\n"
	  "  }\n}\n" },
	{ "after the last statement, as close as the siblings stand", "x.tf",
	  "data \"a\" \"b\" {\n  statement {\n    sid = \"A\"\n  }\n  statement {\n    sid = "
	  "\"B\"\n"
	  "  } # c\n  version = \"v\"\n}\n",
	  "{\"Sid\": \"K\"}",
	  "data \"a\" \"b\" {\n  statement {\n    sid = \"A\"\n  }\n  statement {\n    sid = "
	  "\"B\"\n"
	  "  } # c\n  statement {\n    sid = \"K\"\n  }\n  version = \"v\"\n}\n" },
	{ "after a dynamic statement", "x.tf",
	  "data \"a\" \"b\" {\n  dynamic \"statement\" {\n    for_each = x\n    content {\n    }\n"
	  "  }\n}\n",
	  "{\"Sid\": \"K\"}",
	  "data \"a\" \"b\" {\n  dynamic \"statement\" {\n    for_each = x\n    content {\n    }\n"
	  "  }\n\n  statement {\n    sid = \"K\"\n  }\n}\n" },
	{ "with tabs, CRLF and the comma of the sibling", "x.tf",
	  "data \"a\" \"b\" {\r\n\tstatement {\r\n\t\tactions = "
	  "[\r\n\t\t\t\"x\",\r\n\t\t\t\"y\",\r\n"
	  "\t\t]\r\n\t}\r\n}\r\n",
	  "{\"Action\": [\"v\", \"w\"]}",
	  "data \"a\" \"b\" {\r\n\tstatement {\r\n\t\tactions = "
	  "[\r\n\t\t\t\"x\",\r\n\t\t\t\"y\",\r\n"
	  "\t\t]\r\n\t}\r\n\r\n\tstatement {\r\n\t\tactions = [\r\n\t\t\t\"v\",\r\n\t\t\t\"w\",\r\n"
	  "\t\t]\r\n\t}\r\n}\r\n" },
	{ "all principals", "x.tf", "data \"a\" \"b\" {\n}\n",
	  "{\"NotPrincipal\": {\"AWS\": [\"x\"], \"Service\": [\"y\", \"z\"]}, "
	  "\"NotAction\": [\"a\"], \"NotResource\": [\"b\"], \"Principal\": \"*\"}",
	  "data \"a\" \"b\" {\n  statement {\n    principals {\n      type        = \"*\"\n"
	  "      identifiers = [\"*\"]\n    }\n\n    not_principals {\n      type        = "
	  "\"AWS\"\n"
	  "      identifiers = [\"x\"]\n    }\n\n    not_principals {\n      type = \"Service\"\n"
	  "      identifiers = [\n        \"y\",\n        \"z\"\n      ]\n    }\n\n"
	  "    not_actions   = [\"a\"]\n    not_resources = [\"b\"]\n  }\n}\n" },
	{ "a member without a form", "x.tf", "data \"a\" \"b\" {\n}\n", "{\"Foo\": \"*\"}", NULL },
	{ "a principal without a form", "x.tf", "data \"a\" \"b\" {\n}\n", "{\"Principal\": \"x\"}",
	  NULL },
	{ "a literal that the provider would change", "x.tf", "data \"a\" \"b\" {\n}\n",
	  "{\"Resource\": \"&{x}\"}", NULL },
	{ "a .tf.json document with a list", "x.tf.json",
	  "{\n  \"statement\": [\n    {\n      \"sid\": \"A\"\n    }\n  ]\n}\n", FULL,
	  "{\n  \"statement\": [\n    {\n      \"sid\": \"A\"\n    },\n    {\n      \"sid\": "
	  "\"K\",\n"
	  "      \"effect\": \"Allow\",\n      \"principals\": [\n        {\n"
	  "          \"type\": \"AWS\",\n          \"identifiers\": [\"${r.a}\"]\n        }\n"
	  "      ],\n      \"actions\": [\n        \"kms:A\",\n        \"kms:B\"\n      ],\n"
	  "      \"resources\": [\"*\"],\n      \"condition\": [\n        {\n"
	  "          \"test\": \"StringLike\",\n          \"variable\": \"k\",\n"
	  "          \"values\": [\"v&{aws:username}\"]\n        }\n      ]\n    }\n  ]\n}\n" },
	{ "a .tf.json document with one object", "x.tf.json",
	  "{\n  \"statement\": {\n    \"sid\": \"A\"\n  }\n}\n", "{\"Sid\": \"K\"}",
	  "{\n  \"statement\": [{\n    \"sid\": \"A\"\n  }, {\n    \"sid\": \"K\"\n  }]\n}\n" },
	{ "a .tf.json document without statements", "x.tf.json", "{\n  \"version\": \"v\"\n}\n",
	  "{\"Sid\": \"K\"}",
	  "{\n  \"version\": \"v\",\n  \"statement\": [\n    {\n      \"sid\": \"K\"\n    }\n  "
	  "]\n}\n" },
	{ "a .tf.json document with two keys", "x.tf.json",
	  "{\"statement\": {}, \"statement\": {}}", "{\"Sid\": \"K\"}", NULL },
};

static void a_statement_block_is_written_as_its_siblings_are(void **state)
{
	for (size_t i = 0; i < COUNT(documents); i++) {
		const struct row *row = &documents[i];
		const char *why = NULL;
		const struct node *body;
		struct editing e;
		bool ok;

		editing_start(&e, *state, row->path, row->before);
		body = e.tree->lang == LANG_HCL ? editing_node(&e, "data")->last : e.tree->root;
		ok = edit_append_statement_block(&e.edits, body, NULL,
						 editing_shape(*state, row->what), &why);
		if (ok != (row->after != NULL))
			test_fail("%s: %s", row->claim, ok ? "not refused" : why);
		if (ok)
			editing_expect(&e, row->claim, row->after);
	}
}

static void a_statement_block_follows_the_one_it_was_split_from(void **state)
{
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, "x.tf",
		      "data \"a\" \"b\" {\n  statement {\n    sid = \"A\"\n  }\n\n  statement {\n"
		      "    sid = \"B\"\n  }\n}\n");
	assert_true(edit_append_statement_block(&e.edits, editing_node(&e, "data")->last,
						editing_node(&e, "statement {\n    sid = \"A\""),
						editing_shape(*state, "{\"Sid\": \"K\"}"), &why));
	editing_expect(&e, "split",
		       "data \"a\" \"b\" {\n  statement {\n    sid = \"A\"\n  }\n\n  statement {\n"
		       "    sid = \"K\"\n  }\n\n  statement {\n    sid = \"B\"\n  }\n}\n");
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
		TEST(a_statement_is_written_as_its_siblings_are),
		TEST(a_statement_block_is_written_as_its_siblings_are),
		TEST(a_statement_block_follows_the_one_it_was_split_from),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
