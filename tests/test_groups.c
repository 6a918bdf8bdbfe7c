/* SPDX-License-Identifier: MIT */
/* Golden cases as branches of their own for each group: merged, they are the whole fix. */
#include <string.h>

#include "git_fixture.h"
#include "program.h"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"

static const struct row {
	const char *dir, *by, *more; /* more: one option, or NULL */
	const char *count;           /* of branches */
} rows[] = {
	{ "empties/policy-and-attachment-go", "key", NULL, "1" },
	{ "empties/depends-on", "key", NULL, "1" },
	{ "empties/last-inline-block", "file", NULL, "1" },
	{ "empties/both-inline-blocks", "key", NULL, "1" },
	{ "empties/goes-with-another", "key", NULL, "1" },
	{ "empties/document-goes-too", "file", NULL, "1" },
	{ "resources/alias-arn", "key", NULL, "1" },
	{ "resources/arns-in-many-ways", "key", NULL, "4" },
	{ "resources/arns-in-many-ways", "unit", NULL, "4" },
	{ "modules/instances-with-own-roles", "key", NULL, "1" },
	{ "modules/shared-in-many-ways", "unit", NULL, "8" },
	{ "modules/shared-in-many-ways", "key", NULL, "8" },
	{ "modules/carried-in-many-ways", "file", NULL, "7" },
	{ "terraform/cycle-accept-inline", "key", "--accept=CYCLE", "1" },
	{ "terraform/texts-in-many-ways", "unit", NULL, "9" },
	{ "cloudformation/values-in-many-ways", "key", NULL, "10" },
	{ "cloudformation/cycle-accept-in-many-ways", "file", "--accept=CYCLE", "1" },
};

static struct outcome apply(struct git_fixture *f, const struct row *r, const char *by)
{
	const char *args[] = { "--apply", at(f, "r"), by, r->more, NULL };
	struct outcome o = program_run(f->arena, args);

	if (o.status != 0 && o.status != 3)
		test_fail("%s: exits with %d: %.*s", r->dir, o.status, STR_ARG(o.err));
	return o;
}

static void expect_whole(struct git_fixture *f, const struct row *r)
{
	test_copy(f->arena, str_fmt(f->arena, "testdata/golden/%s/in", r->dir).p, at(f, "r"));
	sh(f, "git init -q r; cd r; git add .; git commit -qm one");
	apply(f, r, r->more ? r->more : "--jobs=1");
	apply(f, r, str_fmt(f->arena, "--group-by=%s", r->by).p);
	str got = sh_out(f, "cd r; git checkout -q --detach main; n=0;"
			    "for b in $(git for-each-ref --format='%%(refname)' 'refs/heads/" BRANCH
			    "-*'); do git merge -q --no-edit $b >/dev/null; n=$((n + 1)); done;"
			    "git diff --stat HEAD " BRANCH "; echo $n");
	if (!str_eq(got, str_fmt(f->arena, "%s\n", r->count)))
		test_fail("%s by %s: %.*s", r->dir, r->by, STR_ARG(got));
	sh(f, "rm -rf r");
}

static void groups_together_are_the_fix(void **state)
{
	for (size_t i = 0; i < COUNT(rows); i++)
		expect_whole(*state, &rows[i]);
}

/* A key is one group, whichever root modules use it. */
static void a_group_has_the_name_of_its_key(void **state)
{
	struct git_fixture *f = *state;

	test_copy(f->arena, "testdata/golden/modules/other-root-phased/in", at(f, "r"));
	sh(f, "cp -R r/app r/app2;"
	      "sed -i 's/\"app\"/\"app2\"/; s/role.app/role.app2/' r/app2/main.tf;"
	      "echo '{\"version\": 1, \"account\": \"111122223333\"}' >r/.kmsfix.json");
	sh(f, "git init -q r; cd r; git add .; git commit -qm one");
	assert_int_equal(
		program_run(f->arena, (const char *[]){ "--apply", "--phased", "--group-by=key",
							at(f, "r"), NULL })
			.status,
		0);
	assert_str(sh_out(f, "cd r; git log --format='%%(trailers:key=Kmsfix-Group,valueonly,"
			     "separator=%%x2c)' --branches='kmsfix/*' --not HEAD"),
		   "key keys/aws_kms_key.data\nkey keys/aws_kms_key.data\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(groups_together_are_the_fix),
		GIT_TEST(a_group_has_the_name_of_its_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
