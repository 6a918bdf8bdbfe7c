/* SPDX-License-Identifier: MIT */
/*
 * A hand-off between three repositories, from request to removal: two of them ask for grants in the
 * policy of a key that the third one owns. They share nothing but a directory. Wherever it stops,
 * nobody is without access, and every run that is made again changes nothing.
 */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/strs.h"
#include "program.h"

#define PROVIDER                                                      \
	"provider \"aws\" {\n  region              = \"eu-west-1\"\n" \
	"  allowed_account_ids = [\"111122223333\"]\n}\n\n"
#define ROOT                                                                                     \
	"      { Effect = \"Allow\", Principal = { AWS = \"arn:aws:iam::111122223333:root\" }, " \
	"Action = \"kms:*\", Resource = \"*\" },\n"
#define KEYS                                                                                   \
	PROVIDER "resource \"aws_kms_key\" \"data\" {\n  policy = jsonencode({\n"              \
		 "    Version = \"2012-10-17\"\n    Statement = [\n" ROOT "    ]\n  })\n}\n\n" \
		 "resource \"aws_kms_alias\" \"data\" {\n  name          = \"alias/data\"\n"   \
		 "  target_key_id = aws_kms_key.data.key_id\n}\n"
#define USER(name, actions)                                                                    \
	PROVIDER "data \"aws_kms_alias\" \"data\" {\n  name = \"alias/data\"\n}\n\n"           \
		 "resource \"aws_iam_role\" \"it\" {\n  name = \"" name "\"\n"                 \
		 "  assume_role_policy = \"{}\"\n}\n\n"                                        \
		 "resource \"aws_iam_role_policy\" \"it\" {\n  role = aws_iam_role.it.id\n"    \
		 "  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [{\n" \
		 "      Effect   = \"Allow\"\n      Action   = [" actions "]\n"                \
		 "      Resource = data.aws_kms_alias.data.target_key_arn\n    }]\n  })\n}\n"
#define ROLE(name)                                                                              \
	"{\"Path\": \"/\", \"RoleName\": \"" name "\", \"RoleId\": \"AROA" name "\", \"Arn\": " \
	"\"arn:aws:iam::111122223333:role/" name "\", \"AssumeRolePolicyDocument\": {}, "       \
	"\"RolePolicyList\": [], \"AttachedManagedPolicies\": []}"
#define DETAILS                                                                                 \
	"{\"RoleDetailList\": [" ROLE("app") ", " ROLE("batch") "], \"UserDetailList\": "       \
								"[], \"GroupDetailList\": [], " \
								"\"Policies\": []}"

/* Asks for a key of its own by its ARN, beside USER("app", …). */
#define SECOND                                                                              \
	"resource \"aws_iam_role_policy\" \"more\" {\n  role = aws_iam_role.it.id\n"        \
	"  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [{\n"       \
	"      Effect   = \"Allow\"\n      Action   = [\"kms:Encrypt\", \"kms:Decrypt\"]\n" \
	"      Resource = \"arn:aws:kms:eu-west-1:111122223333:key/a\"\n    }]\n  })\n}\n"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"

struct world {
	struct arena *arena;
	const char *dir, *box, *details;
};

/* ---- repositories ---- */

static const char *path(struct world *w, const char *name)
{
	return str_fmt(w->arena, "%s/%s", w->dir, name).p;
}

static void git(struct world *w, const char *repo, const char *const *args)
{
	const char *argv[16] = { "git", "-C", path(w, repo) };

	for (size_t i = 0; args[i]; i++)
		argv[i + 3] = args[i];
	test_must(w->arena, argv);
}

/* What others see of it is what there is. */
static void publish(struct world *w, const char *repo)
{
	git(w, repo, (const char *[]){ "update-ref", "refs/remotes/origin/main", "HEAD", NULL });
}

static void make_repo(struct world *w, const char *name, str text)
{
	const char *dir = path(w, name);
	const char *url = str_fmt(w->arena, "https://me:secret@example.org/org/%s.git", name).p;

	assert_int_equal(mkdir(dir, 0700), 0);
	test_write(str_fmt(w->arena, "%s/main.tf", dir).p, text);
	test_repo(w->arena, dir);
	git(w, name, (const char *[]){ "remote", "add", "origin", url, NULL });
	git(w, name,
	    (const char *[]){ "symbolic-ref", "refs/remotes/origin/HEAD",
			      "refs/remotes/origin/main", NULL });
	publish(w, name);
}

static void merge_here(struct world *w, const char *repo)
{
	git(w, repo, (const char *[]){ "merge", "-q", "--ff-only", BRANCH, NULL });
	git(w, repo, (const char *[]){ "branch", "-q", "-d", BRANCH, NULL });
}

static void merge(struct world *w, const char *repo)
{
	merge_here(w, repo);
	publish(w, repo);
}

/* ---- runs ---- */

/* The names and bytes of all that is in the mailbox. */
static str box(struct world *w)
{
	return test_must(w->arena, (const char *[]){ "sh", "-c",
						     "cd \"$0\" && ls -A && cat /dev/null $(ls -A)",
						     w->box, NULL });
}

static size_t count(struct world *w, const char *pattern)
{
	const char *script =
		str_fmt(w->arena, "ls -d %s/%s 2>/dev/null | wc -l", w->box, pattern).p;
	str out = test_must(w->arena, (const char *[]){ "sh", "-c", script, NULL });

	return (size_t)(out.p[0] - '0');
}

static void expect_box(struct world *w, size_t requests, size_t receipts)
{
	assert_int_equal(count(w, "kms-grant-*.json"), requests + receipts);
	assert_int_equal(count(w, "kms-grant-*.receipt.json"), receipts);
	assert_int_equal(count(w, ".kms*"), 0);
}

static struct outcome run(struct world *w, const char *repo, const char *more)
{
	bool owner = strcmp(repo, "keys") == 0;
	const char *args[] = { owner ? "--grants" : "--requests",
			       w->box,
			       path(w, repo),
			       owner ? more : "--account-details",
			       owner ? NULL : w->details,
			       more,
			       NULL };

	return program_run(w->arena, args);
}

/* Runs, and once more: the same again, and nothing new in the mailbox. */
static str expect_run(struct world *w, const char *repo, const char *more, int status)
{
	struct outcome first = run(w, repo, more), again;
	str before;

	if (first.status != status)
		test_fail("%s exits with %d: %.*s", repo, first.status, STR_ARG(first.err));
	before = box(w);
	again = run(w, repo, more);
	assert_int_equal(again.status, status);
	assert_str_eq(again.out, first.out);
	assert_str_eq(box(w), before);
	return first.out;
}

/* ---- the story ---- */

static void ask(struct world *w)
{
	str out = expect_run(w, "app", NULL, 3);

	assert_int_equal(out.n, 0);
	expect_box(w, 1, 0);
	expect_run(w, "batch", NULL, 3);
	expect_box(w, 2, 0);
	assert_false(str_has(box(w), S("secret")));
	assert_true(str_has(box(w), S("\"example.org/org/app\"")));
}

/* The grants are on a branch: nobody may rely on them yet. */
static void grant_on_branch(struct world *w)
{
	str diff = expect_run(w, "keys", NULL, 2);

	assert_true(str_has(diff, S("arn:aws:iam::111122223333:role/app")));
	assert_true(str_has(diff, S("arn:aws:iam::111122223333:role/batch")));
	expect_run(w, "keys", "--apply", 0);
	expect_box(w, 2, 0);
	expect_run(w, "app", NULL, 3);
	expect_run(w, "batch", NULL, 3);
}

static void grant(struct world *w)
{
	merge(w, "keys");
	expect_run(w, "app", NULL, 3); /* there is no receipt yet */
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 2, 2);
}

/* Removed on a branch first; until that is merged, everything stays as it is. */
static void remove_from_app(struct world *w)
{
	str diff = expect_run(w, "app", NULL, 2);

	assert_true(str_has(diff, S("-      Action   = [\"kms:Encrypt\", \"kms:Decrypt\"]")));
	expect_run(w, "app", "--apply", 0);
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 2, 2);
	merge(w, "app");
	expect_run(w, "app", NULL, 0);
	expect_box(w, 1, 2);
	expect_run(w, "keys", NULL, 0); /* a grant stays when its request is gone */
	expect_box(w, 1, 1);
}

/* The owner takes the grants back before the second one relied on it. */
static void take_back(struct world *w)
{
	git(w, "keys", (const char *[]){ "revert", "--no-edit", "HEAD", NULL });
	publish(w, "keys");
	expect_run(w, "keys", NULL, 2);
	expect_box(w, 1, 0);
	expect_run(w, "batch", NULL, 3);
	git(w, "keys", (const char *[]){ "revert", "--no-edit", "HEAD", NULL });
	publish(w, "keys");
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 1, 1);
}

static void remove_from_batch(struct world *w)
{
	run(w, "batch", "--write");
	test_commit(w->arena, path(w, "batch"), "fix");
	expect_run(w, "batch", NULL, 0);
	expect_box(w, 0, 1);
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 0, 0);
}

static void three_repositories_hand_over(void **state)
{
	struct world *w = *state;

	ask(w);
	grant_on_branch(w);
	grant(w);
	remove_from_app(w);
	take_back(w);
	remove_from_batch(w);
}

/* ---- what else may happen ---- */

static void the_files_are_as_their_schemas_say(void **state)
{
	struct world *w = *state;
	const char *files[4], *json = path(w, "result.json");
	str rest;

	ask(w);
	run(w, "keys", "--apply");
	merge(w, "keys");
	program_run(w->arena, (const char *[]){ "--grants", w->box, "--format", "json", "--output",
						json, path(w, "keys"), NULL });
	program_validate(w->arena, "templates/kmsfix.schema.json", &json, 1);
	expect_box(w, 2, 2);
	rest = test_must(w->arena, (const char *[]){ "sh", "-c", "ls $0/*", w->box, NULL });
	for (size_t i = 0; i < COUNT(files); i++) {
		size_t end = str_find(rest, S("\n"), 0);

		files[i] = str_z(w->arena, str_sub(rest, 0, end));
		rest = str_sub(rest, end + 1, rest.n);
	}
	program_validate(w->arena, "templates/kmsfix-grant.schema.json", files, COUNT(files));
}

/* There is nothing to be removed in a second commit. */
static void grants_alone_are_one_commit(void **state)
{
	struct world *w = *state;
	struct outcome o;

	ask(w);
	o = program_run(w->arena, (const char *[]){ "--grants", w->box, "--phased", "--apply",
						    path(w, "keys"), NULL });
	assert_int_equal(o.status, 0);
	assert_true(str_has(o.err, S("2 granted")));
	assert_str_eq(
		test_must(w->arena, (const char *[]){ "git", "-C", path(w, "keys"), "rev-list",
						      "--count", "main.." BRANCH, NULL }),
		S("1\n"));
	o = test_run(w->arena, (const char *[]){ "git", "-C", path(w, "keys"), "log", "-1",
						 "--format=%B", BRANCH, NULL });
	assert_true(
		str_has(o.out, S("fix(kms): grant kms:Decrypt and kms:ReEncrypt* as requested")));
	assert_true(str_has(o.out, S("What other repositories ask for is taken for what IAM")));
}

/* Whoever does not want the permission any more takes the request back by that. */
static void a_request_goes_with_its_permission(void **state)
{
	struct world *w = *state;

	ask(w);
	test_write(path(w, "app/main.tf"), S(USER("app", "\"kms:Encrypt\"")));
	test_commit(w->arena, path(w, "app"), "by hand");
	expect_run(w, "app", NULL, 0);
	expect_box(w, 1, 0);
	assert_true(str_has(box(w), S("role/batch")));
}

/* The clone of somebody who has not pushed: what only he has is no grant for others. */
static void no_receipt_for_what_is_not_published(void **state)
{
	struct world *w = *state;

	ask(w);
	run(w, "keys", "--apply");
	merge_here(w, "keys");
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 2, 0);
	publish(w, "keys");
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 2, 2);
}

/* A clone for one branch: whether it is the default one, nobody says. */
static void no_receipt_without_a_default_branch(void **state)
{
	struct world *w = *state;

	ask(w);
	run(w, "keys", "--apply");
	merge(w, "keys");
	git(w, "keys", (const char *[]){ "remote", "set-head", "origin", "--delete", NULL });
	expect_run(w, "keys", NULL, 0);
	expect_box(w, 2, 0);
}

static void expect_error(struct world *w, const char *repo, str error)
{
	str before = box(w);
	struct outcome o = run(w, repo, "--apply");

	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, error));
	assert_int_equal(o.out.n, 0);
	assert_str_eq(box(w), before);
	o = test_run(w->arena, (const char *[]){ "git", "-C", path(w, repo), "rev-parse", "-q",
						 "--verify", BRANCH, NULL });
	assert_int_not_equal(o.status, 0);
}

static void a_broken_file_ends_every_run(void **state)
{
	struct world *w = *state;

	ask(w);
	test_write(path(w, "box/kms-grant-x.json"), S("{\"version\": 1,\n \"kind\": "));
	expect_error(w, "keys", S("box/kms-grant-x.json:2:"));
	expect_error(w, "app", S("box/kms-grant-x.json:2:"));
}

/* A name in the mailbox that leads elsewhere is replaced, and what it leads to stays. */
static void no_link_is_followed(void **state)
{
	struct world *w = *state;
	const char *victim = path(w, "victim"), *name;

	ask(w);
	name = str_z(
		w->arena,
		str_trim(test_must(w->arena, (const char *[]){ "sh", "-c", "ls $0/*.json | head -1",
							       w->box, NULL })));
	test_write(victim, S("mine"));
	assert_int_equal(unlink(name), 0);
	assert_int_equal(symlink(victim, name), 0);
	expect_run(w, "app", NULL, 3);
	expect_run(w, "batch", NULL, 3);
	assert_str_eq(test_read(w->arena, victim), S("mine"));
	expect_box(w, 2, 0);
}

static void all_files_or_none(void **state)
{
	struct world *w = *state;
	str name;

	ask(w);
	name = str_trim(test_must(w->arena, (const char *[]){ "sh", "-c", "ls $0", w->box, NULL }));
	name = str_sub(name, 0, str_find(name, S("\n"), 0));
	test_must(w->arena,
		  (const char *[]){ "sh", "-c", "rm $0/*; mkdir \"$0/$1\" && touch \"$0/$1/a\"",
				    w->box, str_z(w->arena, name), NULL });
	run(w, "app", NULL);
	run(w, "batch", NULL);
	assert_int_equal(count(w, ".kms*"), 0);
	assert_int_equal(count(w, "kms-grant-*"), 2);
}

/* Two requests, and the second cannot be written: the first is not there either, or as before. */
static void what_was_replaced_is_put_back(void **state)
{
	struct world *w = *state;
	str all, last;

	test_write(path(w, "app/more.tf"), S(SECOND));
	test_commit(w->arena, path(w, "app"), "more");
	run(w, "app", NULL);
	expect_box(w, 2, 0);
	all = str_trim(test_must(w->arena, (const char *[]){ "ls", w->box, NULL }));
	last = str_sub(all, str_find(all, S("\n"), 0) + 1, all.n);
	for (size_t fresh = 0; fresh < 2; fresh++) {
		test_must(w->arena,
			  (const char *[]){
				  "sh", "-c",
				  "cd $0 && rm -rf $1 && mkdir $1 && touch $1/a && "
				  "for f in *.json; do [ -d $f ] || if [ $2 = 1 ]; then rm "
				  "$f; else sed -i 's/\"line\": /\"line\": 9/' $f; fi; done",
				  w->box, str_z(w->arena, last), fresh ? "1" : "0", NULL });
		str before = test_must(w->arena,
				       (const char *[]){ "sh", "-c",
							 "cd $0; ls -A; cat $(ls -p | grep "
							 "-v /) </dev/null",
							 w->box, NULL });
		assert_int_equal(run(w, "app", NULL).status, 1);
		assert_str_eq(test_must(w->arena, (const char *[]){ "sh", "-c",
								    "cd $0; ls -A; cat $(ls -p | "
								    "grep -v /) </dev/null",
								    w->box, NULL }),
			      before);
	}
}

static void a_repository_has_a_name(void **state)
{
	struct world *w = *state;
	struct outcome o;

	git(w, "app", (const char *[]){ "remote", "remove", "origin", NULL });
	o = run(w, "app", NULL);
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("\"repository\" of .kmsfix.json")));
	assert_int_equal(count(w, "*"), 0);
}

/* ---- */

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct world *w = ARENA_NEW(a, struct world);

	w->arena = a;
	w->dir = test_mkdir(a);
	w->box = path(w, "box");
	w->details = path(w, "details.json");
	test_write(w->details, S(DETAILS));
	make_repo(w, "keys", S(KEYS));
	make_repo(w, "app", S(USER("app", "\"kms:Encrypt\", \"kms:Decrypt\"")));
	make_repo(w, "batch", S(USER("batch", "\"kms:Encrypt\", \"kms:ReEncrypt*\"")));
	*state = w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	test_rmdir(w->arena, w->dir);
	arena_destroy(w->arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(three_repositories_hand_over),
		TEST(the_files_are_as_their_schemas_say),
		TEST(grants_alone_are_one_commit),
		TEST(a_request_goes_with_its_permission),
		TEST(no_receipt_for_what_is_not_published),
		TEST(no_receipt_without_a_default_branch),
		TEST(a_broken_file_ends_every_run),
		TEST(no_link_is_followed),
		TEST(all_files_or_none),
		TEST(what_was_replaced_is_put_back),
		TEST(a_repository_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
