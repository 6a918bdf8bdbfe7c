/* SPDX-License-Identifier: MIT */
/*
 * Code that says nothing of KMS is not looked into further: what is said in disguise is found by
 * the bytes, too, wherever a model would find it.
 */
#include <stdio.h>
#include <string.h>

#include "altered.h"
#include "golden_code.h"
#include "kmsfix/buf.h"
#include "kmsfix/iac.h"
#include "support.h"

static bool is_silent(const char *path, const char *text)
{
	struct file f = { .path = str_from(path), .text = str_from(text) };
	const struct fileset files = { .files = &f, .n = 1, .sorted = true };
	return files_are_silent(&files);
}

static const struct {
	const char *path, *text;
	bool silent;
} rows[] = {
	{ "a.tf", "", true },
	{ "a.tf", "resource \"aws_instance\" \"a\" {}\n", true },
	{ "a.tf", "resource \"aws_kms_key\" \"a\" {}\n", false },
	{ "kms/a.tf", "", false },
	{ ".kmsfix.json", "{}", false },
	{ "a.tf", "actions = [\"KMS:Decrypt\"]\n", false },
	{ "a.tf", "actions = [\"kMs:Decrypt\"]\n", false },
	{ "a.tf", "actions = [\"s3:*\"]\n", true },
	{ "a.tf", "actions = [\"k*\"]\n", false },
	{ "a.tf", "actions = [\"*\"]\n", false },
	{ "a.tf", "actions = [\"**\"]\n", false },
	{ "a.tf", "actions = [\"?ms:Decrypt\"]\n", false },
	{ "a.tf", "actions = [\"*:Decrypt\"]\n", false },
	{ "a.tf", "actions = [\n  \"*\"\n]\n", false },
	{ "a.tf", "resources = [\"*\"]\n", true },
	{ "a.tf", "resources = [\n  \"*\"\n]\n", false },
	{ "a.tf", "{ Resource = \"*\", Action = \"*\" }\n", false },
	{ "a.tf", "{ Action = \"s3:GetObject\", Resource = \"*\" }\n", true },
	{ "a.tf", "Principal = \"*\"\n", true },
	{ "a.tf", "resource \"a\" \"b\" { name = \"*\" }\n", false },
	{ "a.tf", "identifiers = [\"*\"]\n", true },
	{ "a.tf", "Principal = { AWS = \"*\" }\n", true },
	{ "a.tf", "not_actions = [\"s3:GetObject\"]\n", false },
	{ "a.tf", "NotAction = \"s3:GetObject\"\n", false },
	{ "a.tf", "a = \"${\"k\"}ms:Decrypt\"\n", false },
	{ "a.tf", "a = \"k${\"ms\"}:Decrypt\"\n", false },
	{ "a.tf", "a = \"km%{ if true }s:Decrypt%{ endif }\"\n", false },
	{ "a.tf", "a = format(\"%sms:Decrypt\", \"k\")\n", false },
	{ "a.tf", "a = format(\"k%ss:Decrypt\", \"m\")\n", false },
	{ "a.tf", "a = { for k, v in var.x : k => v }\n", true },
	{ "a.tf", "a = \"book\"\n", true },
	{ "a.tf", "a = \"\\u006bms:Decrypt\"\n", false },
	{ "a.tf", "a = \"\\U0000006bms:Decrypt\"\n", false },
	{ "a.tf", "a = \"\\u003e=20\"\n", true },
	{ "a.tf", "a = \"\\\\u006b\"\n", true },
	{ "a.tf", "a = 2 *", true },
	{ "a.tf", "*\"", true },
	{ "a.tf", "\"*", true },
	{ "a.tf", "'*\"", true },
	{ "a.tf", "K", true },
	{ "a.tf", "km", true },
	{ "a.yml", "km", false },
	{ "a.tf", "N", true },
	{ "a.tf", "_actions", true },
	{ "a.tf", "\"\\", true },
	{ "a.tf", "\"\\u00", true },
	{ "a.tf", "\"\\u0000\"", true },
	{ "a.tf", "\"\\u212a\"", true },
	{ "a.tf", "\"\\u006g\"", true },
	{ "a.tf", "a = 2 * 3 # * one\n/* two */\n", true },
	{ "a.tf", "a = \"${aws_s3_bucket.b.arn}/*\"\n", true },
	{ "a.yml", "- Action: \"\\x6bms:Decrypt\"\n", false },
	{ "a.yml", "- Action: \"k\\\n  ms:Decrypt\"\n", false },
	{ "a.yml", "- Action: !Join ['', [k, 'ms:Decrypt']]\n", false },
	{ "a.yml", "- Action: !Join\n  - ''\n  - - k\n    - ms:Decrypt\n", false },
	{ "a.yml", "- Action: !Sub 'k${X}s:Decrypt'\n", false },
	{ "a.yml", "- Action: '*'\n", false },
	{ "a.yml", "- Resource: '*'\n", true },
	{ "a.yml", "- Action: ?ms:Decrypt\n", false },
	{ "a.yml", "- Action: k*\n", false },
	{ "a.yml", "a: &name b\nc: *name\n", true },
	{ "a.yml", "run: |\n  terraform init \\\n    -upgrade\n", true },
	{ "a.json", "{\"Statement\":[{\"Resource\":\"*\"},{\"Action\":\"*\"}]}", false },
	{ "a.json", "{\"Statement\":[{\"Action\":\"s3:Get*\",\"Resource\":\"*\"}]}", true },
};

static void bytes_tell(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_silent(rows[i].path, rows[i].text) != rows[i].silent)
			test_fail("%s: %s", rows[i].path, rows[i].text);
	char far[2000], wide[400];
	snprintf(far, sizeof(far), "resources = [%1500s\"*\"]", "");
	assert_false(is_silent("a.tf", far));
	memset(wide, 'x', sizeof(wide));
	memcpy(wide + 397, "*\n", 3);
	assert_false(is_silent("a.tf", wide));
	struct file f = { .path = S("a.tf"), .text = { "a\0b", 3 } };
	assert_false(files_are_silent(&(struct fileset){ .files = &f, .n = 1, .sorted = true }));
}

/* ---- golden cases in disguise ---- */

static const struct {
	const char *from, *to;
} disguises[] = {
	{ "kms:", "${\"k\"}ms:" },
	{ "kms:", "k${\"ms\"}:" },
	{ "kms:", "${\"km\"}${\"s\"}:" },
	{ "kms:", "\\u006bms:" },
	{ "kms:", "k\\u006ds:" },
	{ "kms:", "\\x6bms:" },
	{ "kms:", "?ms:" },
	{ "kms:", "*:" },
	{ "kms:Decrypt", "*" },
	{ "kms:Decrypt", "k*" },
	{ "kms:Decrypt", "K*:*crypt" },
	{ "kms:ReEncrypt*", "*s:re*" },
	{ "\"kms:Decrypt\"", "format(\"%s:Decrypt\", join(\"\", [\"k\", \"ms\"]))" },
	{ "kms:Decrypt", "!Join [':', [!Join ['', [k, ms]], Decrypt]]" },
};

/* With one in place of another, and without any other word of KMS. */
static str disguised(struct arena *a, str text, size_t how)
{
	str from = str_from(disguises[how].from), to = str_from(disguises[how].to), out;
	struct buf b = { 0 };
	for (size_t i = 0; i < text.n;) {
		str rest = str_sub(text, i, text.n);
		bool word = rest.n >= 3 &&
			    (str_starts(rest, S("kms")) || str_starts(rest, S("Kms")) ||
			     str_starts(rest, S("KMS")));
		if (str_starts(rest, from)) {
			buf_add(&b, to);
			i += from.n;
		} else if (word) {
			buf_add(&b, S("Xxx"));
			i += 3;
		} else {
			buf_addc(&b, text.p[i++]);
		}
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static size_t found, silent;

static void check_case(str dir, const struct fileset *files, size_t how)
{
	struct arena *a = arena_create();
	struct fileset other = { 0 };
	for (size_t i = 0; i < files->n; i++)
		fileset_add(&other, a, disguised(a, files->files[i].path, how),
			    disguised(a, files->files[i].text, how), 0100644);
	fileset_sort(&other);
	if (files_are_silent(&other)) {
		silent++;
		if (altered_findings(&other, a))
			test_fail("%.*s says nothing as '%s', but has findings", STR_ARG(dir),
				  disguises[how].to);
	} else {
		found++;
	}
	arena_destroy(a);
}

static void check_all(str dir, const struct fileset *files)
{
	for (size_t i = 0; i < sizeof(disguises) / sizeof(*disguises); i++)
		check_case(dir, files, i);
}

static void disguises_are_seen(void **state)
{
	(void)state;
	golden_each(check_all);
	assert_true(found > 1000 && silent > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_tell),
		cmocka_unit_test(disguises_are_seen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
