/* SPDX-License-Identifier: MIT */
/* Entries of the configuration that are about nothing. */
#include <unistd.h>

#include "program.h"

#define CONFIG(members) "{\"version\": 1, " members "}"

static const struct row {
	const char *config;
	const char *says; /* of the configuration; NULL: nothing */
} rows[] = {
	{ CONFIG("\"account\": \"123456789012\""), NULL },
	{ CONFIG("\"suppress\": [{\"path\": \"none.tf\", \"code\": \"RES-ALL\", \"reason\": "
		 "\"x\"}, "
		 "{\"path\": \"none.tf\", \"code\": \"GRANT-DROPPED\", \"reason\": \"x\"}]"),
	  NULL },
	{ CONFIG("\"suppress\": [{\"path\": \"none.tf\", \"reason\": \"x\"}, "
		 "{\"path\": \"none.tf\", \"code\": \"RES-AL\", \"reason\": \"x\"}]"),
	  "suppress[1]: there is no code 'RES-AL'; did you mean 'RES-ALL'?" },
	{ CONFIG("\"suppress\": [{\"path\": \"none.tf\", \"code\": \"Q-1\", \"reason\": \"x\"}]"),
	  "suppress[0]: there is no code 'Q-1'\n" },
	{ CONFIG("\"keys\": [{\"pattern\": \"*\", \"keys\": [\"aws_kms_key.data\"]}, {\"pattern\": "
		 "\"arn:aws:kms:eu-west-1:123456789012:key/mrk-1\", \"keys\": "
		 "[\"aws_kms_key.data\"]}]"),
	  NULL },
	{ CONFIG("\"keys\": [{\"pattern\": \"*\", \"keys\": [\"aws_kms_key.data\", "
		 "\"aws_kms_key.dta\"]}]"),
	  "keys[0]: no key 'aws_kms_key.dta' is declared in '.'" },
	{ CONFIG("\"keys\": [{\"pattern\": \"var.x\", \"keys\": [\"aws_kms_key.data\"]}]"),
	  "keys[0]: no statement has the resource 'var.x'" },
	{ CONFIG("\"keys\": [{\"pattern\": \"*\", \"path\": \"infra\", \"keys\": "
		 "[{\"key\": \"aws_kms_key.data\", \"path\": \"\"}]}]"),
	  "keys[0]: no statement has the resource '*'" },
	{ CONFIG("\"default_key_policy\": [\"aws_kms_key.data\"]"), NULL },
	{ CONFIG("\"default_key_policy\": [{\"key\": \"aws_kms_key.data\", \"path\": \"infra\"}]"),
	  "default_key_policy: no key 'aws_kms_key.data' is declared in 'infra'" },
	{ CONFIG("\"attachments\": [{\"policy\": \"aws_iam_policy.app\", \"complete\": true}]"),
	  NULL },
	{ CONFIG("\"attachments\": [{\"policy\": \"aws_iam_policy.ap\", \"complete\": true}]"),
	  "attachments[0]: no policy 'aws_iam_policy.ap' about KMS is declared in '.'" },
	{ CONFIG("\"accounts\": [{\"path\": \"infra\", \"account\": \"123456789012\"}]"),
	  "accounts: no file that is read is in 'infra'" },
};

static void what_is_about_nothing_is_said(void **state)
{
	struct arena *a = arena_create();
	const char *repo = program_repo(a, "testdata/demo");

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str said;

		test_write(str_fmt(a, "%s/.kmsfix.json", repo).p, str_from(rows[i].config));
		test_commit(a, repo, "configure");
		said = program_run(a, (const char *[]){ repo, NULL }).err;
		if (rows[i].says ? !str_has(said, str_fmt(a, "\nwarning: .kmsfix.json: %s",
							  rows[i].says)) :
				   str_has(said, S(".kmsfix.json:")))
			test_fail("%s: %.*s", rows[i].config, STR_ARG(said));
	}
	test_rmdir(a, repo);
	arena_destroy(a);
}

/* HEAD is read: that is said to who edits the configuration and does not commit it. */
static void a_configuration_that_is_not_committed_is_said(void **state)
{
	static const struct {
		const char *work, *option, *says;
	} runs[] = {
		{ "{\"version\": 1}", "--jobs=1",
		  ".kmsfix.json of the work tree is not committed" },
		{ "{\"version\": 1}", "--base=HEAD", NULL },
		{ "", "--jobs=1", NULL }, /* committed now */
		{ "{\"version\": 1}\r\n", "--jobs=1", NULL },
		{ "{\"version\": 1, \"exclude\": [\"x\"]}\n", "--jobs=1",
		  ".kmsfix.json of the work tree is not what HEAD has; HEAD is read: commit it, or "
		  "name it with --config" },
		{ "{\"version\": 1, \"exclude\": [\"x\"]}\n", "--apply", NULL },
	};
	static const struct {
		const char *make;
		bool differs;
	} odd[] = {
		{ "cd \"$0\"; rm -f .kmsfix.json; mkfifo .kmsfix.json", false },
		{ "cd \"$0\"; rm -f .kmsfix.json; mkdir .kmsfix.json", false },
		{ "cd \"$0\"; rmdir .kmsfix.json; head -c 2000000 /dev/zero >.kmsfix.json", true },
		{ "cd \"$0\"; git config core.bare true", false },
	};
	struct arena *a = arena_create();
	const char *repo = program_repo(a, "testdata/demo");
	const char *file = str_fmt(a, "%s/.kmsfix.json", repo).p;

	(void)state;
	unlink(file);
	test_commit(a, repo, "without");
	for (size_t i = 0; i < COUNT(runs); i++) {
		str said;

		if (*runs[i].work) {
			test_write(file, str_from(runs[i].work));
		} else {
			test_write(file, S("{\"version\": 1}\n"));
			test_commit(a, repo, "configure");
		}
		said = program_run(a, (const char *[]){ runs[i].option, repo, NULL }).err;
		if (runs[i].says ? !str_has(said, str_from(runs[i].says)) :
				   str_has(said, S("of the work tree is")))
			test_fail("%zu: %.*s", i, STR_ARG(said));
	}
	unlink(file);
	test_must(a, (const char *[]){ "ln", "-s", "iam.tf", file, NULL });
	assert_false(str_has(program_run(a, (const char *[]){ repo, NULL }).err,
			     S("of the work tree is")));
	for (size_t i = 0; i < COUNT(odd); i++) {
		test_must(a, (const char *[]){ "sh", "-c", odd[i].make, repo, NULL });
		assert_int_equal(str_has(program_run(a, (const char *[]){ repo, NULL }).err,
					 S("of the work tree is not what HEAD has")),
				 odd[i].differs);
	}
	test_rmdir(a, repo);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_about_nothing_is_said),
		cmocka_unit_test(a_configuration_that_is_not_committed_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
