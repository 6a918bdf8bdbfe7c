/* SPDX-License-Identifier: MIT */
/* An export as an account: what is refused, how names become paths, and the command's options. */
#include "support.h"

#include <string.h>

#include "kmsfix/account.h"
#include "kmsfix/err.h"
#include "kmsfix/options.h"

struct fixture {
	struct arena *arena;
	const char *dir;
};

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct fixture *f = ARENA_NEW(a, struct fixture);

	*f = (struct fixture){ a, test_mkdir(a) };
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	test_rmdir(f->arena, f->dir);
	arena_destroy(f->arena);
	return 0;
}

static bool read_text(struct fixture *f, str text, struct account *out, struct err *e)
{
	const char *path = str_fmt(f->arena, "%s/x.json", f->dir).p;
	const struct facts *facts = NULL;

	test_write(path, text);
	return facts_read(&facts, &path, 1, f->arena, e) && account_read(out, facts, f->arena, e);
}

/* A role with an inline policy, as the details have it. */
static str role(struct fixture *f, const char *arn, const char *path, const char *name,
		const char *policy)
{
	return str_fmt(f->arena,
		       "{\"RoleDetailList\":[{\"Arn\":\"%s\",\"Path\":\"%s\",\"RoleName\":\"%s\","
		       "\"RoleId\":\"AROAX\",\"RolePolicyList\":[{\"PolicyName\":\"%s\","
		       "\"PolicyDocument\":{\"Statement\":[]}}]}]}",
		       arn, path, name, policy);
}

#define TEN "0123456789"
#define LONG TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define ARN "arn:aws:iam::111122223333:"

/* Nothing that AWS would not have given comes further than this. */
static void names_are_checked(void **state)
{
	static const struct {
		const char *arn, *path, *name, *policy, *want;
	} rows[] = {
		{ ARN "role/a;b", "/", "a;b", "p", "the ARN, name, path and id here" },
		{ ARN "role/a", "/", "b", "p", "the ARN, name, path and id here" },
		{ ARN "role/a b/c", "/a b/", "c", "p", "the ARN, name, path and id here" },
		{ ARN "role/a\\n/c", "/a\\n/", "c", "p", "the ARN, name, path and id here" },
		{ ARN "role/\\u00e9/c", "/\\u00e9/", "c", "p", "the ARN, name, path and id here" },
		{ ARN "user/a", "/", "a", "p", "the ARN, name, path and id here" },
		{ ARN "role/a", "/", "a", "../p", "an inline policy without a proper name" },
		{ ARN "role/a", "/", "a", "$(p)", "an inline policy without a proper name" },
		{ ARN "role/a", "/", "a", "p\\u0000", "an inline policy without a proper name" },
		{ ARN "role/a", "", "a", "p", "the ARN, name, path and id here" },
		{ ARN "rolex/a", "x/", "a", "p", "the ARN, name, path and id here" },
		{ ARN "role/xa", "/x", "a", "p", "the ARN, name, path and id here" },
		{ ARN "role/" LONG, "/", LONG, "p", "the ARN, name, path and id here" },
		{ ARN "role/" LONG LONG LONG LONG "/a", "/" LONG LONG LONG LONG "/", "a", "p",
		  "the ARN, name, path and id here" },
		{ "arn:aws:iam:eu-west-1:111122223333:role/a", "/", "a", "p",
		  "the ARN, name, path and id here" },
		{ "arn:aws:sts::111122223333:role/a", "/", "a", "p",
		  "an entry without the ARN that it must have" },
		{ "arn:a_s:iam::111122223333:role/a", "/", "a", "p",
		  "the ARN, name, path and id here" },
		{ ARN "role/a", "/", "a", LONG, "an inline policy without a proper name" },
		{ ARN "role/\\u007f/c", "/\\u007f/", "c", "p", "the ARN, name, path and id here" },
		{ "arn:aws:iam::1:role/a", "/", "a", "p", "an ARN without an account id" },
	};
	struct fixture *f = *state;
	struct account acct;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };

		if (read_text(f, role(f, rows[i].arn, rows[i].path, rows[i].name, rows[i].policy),
			      &acct, &e))
			test_fail("row %zu is accepted", i);
		assert_int_equal(e.code, ERR_IO);
		if (!strstr(e.msg, rows[i].want) || !strstr(e.msg, "x.json:1:"))
			test_fail("row %zu: %s", i, e.msg);
	}
}

/* A path may hold any printable character; names do not leave their directory, nor hide. */
static void names_become_paths(void **state)
{
	struct fixture *f = *state;
	struct account acct;
	struct err e = { 0 };

	if (!read_text(f, role(f, ARN "role/it's`$(x)`/..", "/it's`$(x)`/", "..", ".p"), &acct, &e))
		test_fail("%s", e.msg);
	assert_int_equal(acct.documents.n, 1);
	assert_str_eq(acct.documents.v[0]->path, S("roles/%2E./%2Ep.json"));
	assert_str_eq(acct.documents.v[0]->address, S("role/it's`$(x)`/.. .p"));
	assert_str_eq(acct.id, S("111122223333"));
	assert_ptr_equal(account_find(&acct, S("roles/%2E./%2Ep.json")), acct.documents.v[0]);
	assert_str_eq(fileset_find(&acct.files, S(ACCOUNT_ATTACHMENTS))->text,
		      S("{\n    \"roles/%2E./%2Ep.json\": [\"role/it's`$(x)`/..\"]\n}\n"));
	assert_str_eq(fileset_find(&acct.files, S("roles/%2E./%2Ep.json"))->text,
		      S("{\n    \"Statement\": []\n}\n"));
}

static void an_export_is_of_one_account(void **state)
{
	struct fixture *f = *state;
	struct account acct;
	struct err e = { 0 };

	assert_false(read_text(f, S("{\"RoleDetailList\":[]}"), &acct, &e));
	assert_non_null(strstr(e.msg, "no roles or users in the export"));
	assert_false(read_text(f,
			       S("{\"RoleDetailList\":[{\"Arn\":\"" ARN "role/a\",\"Path\":\"/\","
				 "\"RoleName\":\"a\",\"RoleId\":\"A\"},"
				 "{\"Arn\":\"arn:aws:iam::444455556666:role/a\",\"Path\":\"/\","
				 "\"RoleName\":\"a\",\"RoleId\":\"B\"}]}"),
			       &acct, &e));
	assert_non_null(strstr(e.msg, "a second account"));
}

static void managed_policies_are_checked(void **state)
{
	static const char *const rows[][2] = {
		{ "\"PolicyId\":\"A\",\"DefaultVersionId\":\"v1\"", "no default version" },
		{ "\"PolicyId\":\"\",\"DefaultVersionId\":\"v1\"", "do not fit together" },
		{ "\"PolicyId\":\"A\",\"DefaultVersionId\":\"v;\",\"PolicyVersionList\":"
		  "[{\"VersionId\":\"v;\",\"Document\":{}}]",
		  "no proper id" },
		{ "\"PolicyId\":\"A\",\"DefaultVersionId\":\"v\",\"PolicyVersionList\":"
		  "[{\"VersionId\":\"v\",\"Document\":{}}]",
		  "no proper id" },
		{ "\"PolicyId\":\"A\",\"DefaultVersionId\":\"1.2\",\"PolicyVersionList\":"
		  "[{\"VersionId\":\"1.2\",\"Document\":{}}]",
		  "no proper id" },
		{ "\"PolicyId\":\"A\",\"DefaultVersionId\":\"v1\",\"PolicyVersionList\":"
		  "[{\"VersionId\":\"v1\"}]",
		  "no default version with a document" },
	};
	struct fixture *f = *state;
	struct account acct;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };
		str text = str_fmt(f->arena,
				   "{\"RoleDetailList\":[{\"Arn\":\"" ARN "role/a\",\"Path\":"
				   "\"/\",\"RoleName\":\"a\",\"RoleId\":\"A\"}],\"Policies\":["
				   "{\"Arn\":\"" ARN "policy/p\",\"Path\":\"/\",\"PolicyName\":"
				   "\"p\",%s}]}",
				   rows[i][0]);

		assert_false(read_text(f, text, &acct, &e));
		if (!strstr(e.msg, rows[i][1]))
			test_fail("row %zu: %s", i, e.msg);
	}
}

#define ID "1234abcd-12ab-34cd-56ef-1234567890ab"
#define ROLE(more) \
	"{\"Arn\":\"" ARN "role/a\",\"Path\":\"/\",\"RoleName\":\"a\",\"RoleId\":\"A\"" more "}"
#define EXPORT(role, policies) "{\"RoleDetailList\":[" role "],\"Policies\":[" policies "]}"
#define MANAGED(account, path, arn_name)                                                 \
	"{\"Arn\":\"arn:aws:iam::" account ":policy" path arn_name "\",\"Path\":\"" path \
	"\",\"PolicyName\":\"p\",\"PolicyId\":\"A\",\"DefaultVersionId\":\"v1\","        \
	"\"PolicyVersionList\":[{\"VersionId\":\"v1\",\"Document\":{\"Statement\":[]}}]}"
#define OURS "111122223333"

/* With a key of that ARN, and its policy. */
static bool read_with_key(struct fixture *f, const char *text, const char *arn, struct account *out,
			  struct err *e)
{
	const char *paths[] = { str_fmt(f->arena, "%s/x.json", f->dir).p,
				str_fmt(f->arena, "%s/key.json", f->dir).p,
				str_fmt(f->arena, "%s/" ID ".json", f->dir).p };
	const struct facts *facts = NULL;

	test_write(paths[0], str_from(text));
	test_write(paths[1], str_fmt(f->arena, "{\"KeyMetadata\":{\"Arn\":\"%s\"}}", arn));
	test_write(paths[2], S("{\"PolicyName\":\"default\",\"Policy\":\"{}\"}"));
	return facts_read(&facts, paths, COUNT(paths), f->arena, e) &&
	       account_read(out, facts, f->arena, e);
}

static void what_does_not_fit_together_is_refused(void **state)
{
	static const char *const key = "arn:aws:kms:eu-west-1:" OURS ":key/" ID;
	static const struct {
		const char *text, *key, *want;
	} rows[] = {
		{ EXPORT(ROLE(""), MANAGED("444455556666", "/", "p")), key,
		  "this policy belongs to another account" },
		{ EXPORT(ROLE(""), MANAGED(OURS, "/", "q")), key,
		  "the ARN, name, path and id of this policy" },
		{ EXPORT(ROLE(""), MANAGED(OURS, "/b/", "p") "," MANAGED(OURS, "/a/", "p")), key,
		  "a second policy of this name" },
		{ EXPORT(ROLE(",\"RolePolicyList\":[{\"PolicyName\":\"p\"}]"), ""), key,
		  "an inline policy without its document" },
		{ "{\"RoleDetailList\":[{\"Arn\":\"" ARN
		  "role/a\",\"Path\":\"/\",\"RoleName\":\"a\","
		  "\"RoleId\":\"-\"}]}",
		  key, "the ARN, name, path and id here" },
		{ EXPORT(ROLE(""), ""), "arn:aws:kms:eu_west:" OURS ":key/" ID, "none of AWS's" },
		{ EXPORT(ROLE(""), ""), "arn:a_s:kms:eu-west-1:" OURS ":key/" ID, "none of AWS's" },
	};
	struct fixture *f = *state;
	struct account acct;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };

		if (read_with_key(f, rows[i].text, rows[i].key, &acct, &e))
			test_fail("row %zu is accepted", i);
		if (!strstr(e.msg, rows[i].want))
			test_fail("row %zu: %s", i, e.msg);
	}
}

/* What the account cannot change is left out of it. */
static void what_is_of_others_is_no_document(void **state)
{
	struct fixture *f = *state;
	struct account acct;
	struct err e = { 0 };

	if (!read_with_key(f, EXPORT(ROLE(""), ""), "arn:aws:kms:eu-west-1:444455556666:key/" ID,
			   &acct, &e))
		test_fail("%s", e.msg);
	assert_int_equal(acct.documents.n, 0);
	if (!read_text(f, role(f, ARN "role/a\\\"\\\\b/c", "/a\\\"\\\\b/", "c", "p"), &acct, &e))
		test_fail("%s", e.msg);
	assert_str_eq(fileset_find(&acct.files, S(ACCOUNT_ATTACHMENTS))->text,
		      S("{\n    \"roles/c/p.json\": [\"role/a\\\"\\\\b/c\"]\n}\n"));
}

/* ---- options ---- */

static bool parse(struct options *o, struct err *e, const char *const *words)
{
	static char texts[8][64];
	char *argv[9] = { texts[0] };
	int argc = 1;

	for (; words[argc - 1]; argc++) {
		strncpy(texts[argc], words[argc - 1], sizeof(texts[argc]) - 1);
		argv[argc] = texts[argc];
	}
	return options_parse(o, argc, argv, e);
}

static void the_command_takes_exports(void **state)
{
	static const struct {
		const char *words[6], *want;
	} rows[] = {
		{ { "account" }, "'account' needs the directory of an export" },
		{ { "account", "a", "--phased" },
		  "'--phased' is about a repository; 'account' has '--script'" },
		{ { "account", "a", "--base=x" },
		  "'--branch' and '--base' are about a repository; 'account' has '--script'" },
		{ { "account", "--key-answers=x", "a" },
		  "'account' takes the answers of AWS as its operands: kmsfix account EXPORT..." },
		{ { "--script=x" },
		  "'--script' belongs to 'account': kmsfix account EXPORT --script DIR" },
	};
	struct options o;
	struct err e = { 0 };

	(void)state;
	assert_true(
		parse(&o, &e,
		      (const char *[]){ "account", "a", "b", "--script", "c", "--strict", NULL }));
	assert_int_equal(o.command, COMMAND_ACCOUNT);
	assert_int_equal(o.operand_count, 2);
	assert_string_equal(o.script, "c");
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_false(parse(&o, &e, rows[i].words));
		assert_int_equal(e.code, ERR_USAGE);
		assert_string_equal(e.msg, rows[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(names_are_checked, setup, teardown),
		cmocka_unit_test_setup_teardown(names_become_paths, setup, teardown),
		cmocka_unit_test_setup_teardown(an_export_is_of_one_account, setup, teardown),
		cmocka_unit_test_setup_teardown(managed_policies_are_checked, setup, teardown),
		cmocka_unit_test_setup_teardown(what_does_not_fit_together_is_refused, setup,
						teardown),
		cmocka_unit_test_setup_teardown(what_is_of_others_is_no_document, setup, teardown),
		cmocka_unit_test(the_command_takes_exports),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
