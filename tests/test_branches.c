/* SPDX-License-Identifier: MIT */
/* --apply as a bot uses it: night after night, on a base that moves, beside people. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git_fixture.h"
#include "program.h"

#define BRANCH "kmsfix/kms-decrypt-to-key-policy"

/* Runs the program on repository `r` with --apply and up to six other arguments. */
static struct outcome apply(struct git_fixture *f, const char *const *more)
{
	const char *args[PROGRAM_ARGS + 1] = { "--apply", at(f, "r") };

	for (size_t i = 0; more && more[i]; i++)
		args[i + 2] = more[i];
	return program_run(f->arena, args);
}

#define APPLY(f, ...) apply((f), (const char *const[]){ __VA_ARGS__ NULL })

static void expect_status(struct outcome o, int status)
{
	if (o.status != status)
		test_fail("exits with %d, not %d: %.*s", o.status, status, STR_ARG(o.err));
}

static void expect_says(struct outcome o, const char *part)
{
	if (!str_has(o.err, str_from(part)))
		test_fail("'%.*s' does not say '%s'", STR_ARG(o.err), part);
}

/* One root module: a role that may use a key. */
#define MODULE                                                                       \
	"data \"aws_caller_identity\" \"x\" {}\n"                                    \
	"resource \"aws_kms_key\" \"k\" {\n  policy = jsonencode({\n"                \
	"    Version = \"2012-10-17\"\n    Statement = [\n      {\n"                 \
	"        Effect    = \"Allow\"\n"                                            \
	"        Principal = { AWS = \"arn:aws:iam::111122223333:root\" }\n"         \
	"        Action    = \"kms:*\"\n        Resource  = \"*\"\n      }\n    ]\n" \
	"  })\n}\n"                                                                  \
	"resource \"aws_iam_role\" \"r\" {\n  name = \"r\"\n"                        \
	"  assume_role_policy = \"{}\"\n}\n"                                         \
	"resource \"aws_iam_role_policy\" \"p\" {\n  role   = aws_iam_role.r.name\n" \
	"  policy = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [\n" \
	"      {\n        Effect   = \"Allow\"\n"                                    \
	"        Action   = [\"kms:Encrypt\", \"kms:Decrypt\"]\n"                    \
	"        Resource = aws_kms_key.k.arn\n      }\n    ]\n  })\n}\n"

/* Repository r with one such module in each of the folders. */
static void make_modules(struct git_fixture *f, const char *folders)
{
	test_write(at(f, "module.tf"), S(MODULE));
	sh(f,
	   "git init -q r; for d in %s; do mkdir -p r/$d; cp module.tf r/$d/main.tf; done; cd r;"
	   "git add .; git commit -qm one",
	   folders);
}

/* What git says about r. */
#define GIT(f, command) sh_out((f), "cd r; " command)

/* ---- one branch ---- */

/* All files of the repository, and when they were written; objects may be touched. */
static str files_of(struct git_fixture *f)
{
	return GIT(f,
		   "find .git ! -name index ! -path '*/objects/*' -type f -printf '%%p %%T@\n' | "
		   "sort; find .git/objects | sort");
}

static void a_second_run_changes_nothing(void **state)
{
	struct git_fixture *f = *state;
	str before;

	make_modules(f, "a b");
	expect_says(apply(f, NULL), "committed on branch '" BRANCH "'");
	before = files_of(f);
	expect_says(apply(f, NULL), "branch '" BRANCH "' is up to date\n");
	expect_status(APPLY(f, "-q", ), 0);
	assert_str(files_of(f), before.p);
}

static void every_clone_makes_the_same_commit(void **state)
{
	struct git_fixture *f = *state;
	str first;

	make_modules(f, "a b");
	sh(f, "git clone -q r s; true");
	expect_status(APPLY(f, "--signoff", ), 0);
	first = GIT(f, "git rev-parse " BRANCH);
	sh(f, "rm -rf r; mv s r");
	expect_status(APPLY(f, "--signoff", ), 0);
	assert_str(GIT(f, "git rev-parse " BRANCH), first.p);
}

static void a_moved_base_gets_the_commit_anew(void **state)
{
	static const char *const phased[] = { "--phased", NULL };
	struct git_fixture *f = *state;

	make_modules(f, "a");
	for (int i = 0; i < 2; i++) {
		const char *const *more = i ? phased : NULL;

		expect_status(apply(f, more), 0);
		sh(f, "cd r; echo '# %d' >>a/main.tf; git commit -qam moved", i);
		expect_says(apply(f, more), "updated branch");
		assert_str(GIT(f, "git rev-list --count main.." BRANCH), i ? "2\n" : "1\n");
		GIT(f, "git merge-base --is-ancestor main " BRANCH);
		expect_says(apply(f, more), "is up to date");
	}
}

static void what_people_commit_is_left_alone(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;
	str theirs;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; git checkout -q " BRANCH "; echo '# x' >>a/main.tf; git commit -qam 'my own';"
	      "git checkout -q main");
	theirs = GIT(f, "git rev-parse " BRANCH);
	o = apply(f, NULL);
	expect_status(o, 1);
	expect_says(o, "has a commit that kmsfix did not write");
	assert_str(GIT(f, "git rev-parse " BRANCH), theirs.p);
	expect_status(APPLY(f, "--force", ), 0);
	assert_str(GIT(f, "git rev-list --count main.." BRANCH), "1\n");
}

static void a_branch_without_a_purpose_is_said_and_pruned(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; git merge -q " BRANCH);
	o = APPLY(f, "--format=json", );
	expect_status(o, 0);
	expect_says(o, "branch '" BRANCH "' is obsolete, as there is nothing to fix");
	assert_true(str_has(o.out, S("\"state\": \"obsolete\"")));
	assert_str(GIT(f, "git branch --list 'kmsfix/*' | wc -l"), "1\n");
	o = APPLY(f, "--prune", );
	expect_status(o, 0);
	expect_says(o, "deleted branch '" BRANCH "'");
	assert_str(GIT(f, "git branch --list 'kmsfix/*' | wc -l"), "0\n");
	o = APPLY(f, "--prune", );
	expect_status(o, 0);
	assert_false(str_has(o.err, S("branch")));
}

/* Put on a base that moved, it is still ours; with anything of a person in it, it is not. */
static void a_branch_that_somebody_rebased_is_ours(void **state)
{
	struct git_fixture *f = *state;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; echo 1 >b; git add b; git commit -qm two; git rebase -q main " BRANCH
	      "; git checkout -q main");
	expect_says(apply(f, NULL), "branch '" BRANCH "' is up to date");
	sh(f, "cd r; echo 2 >b; git commit -qam three");
	expect_says(apply(f, NULL), "updated branch '" BRANCH "'");
	sh(f, "cd r; echo 3 >b; git commit -qam four; git rebase -q main " BRANCH
	      "; chmod +x a/main.tf; git commit -qa --amend --no-edit; git checkout -q main");
	expect_says(apply(f, NULL), "has a commit that kmsfix did not write");
	sh(f, "cd r; git checkout -q " BRANCH
	      "; chmod -x a/main.tf; echo >>a/main.tf; git commit -qa --amend --no-edit; git "
	      "checkout -q main");
	expect_says(apply(f, NULL), "has a commit that kmsfix did not write");
}

/* Replacing the branch would lose it, unless another one has it. */
static void what_a_person_put_beneath_is_theirs(void **state)
{
	struct git_fixture *f = *state;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; git checkout -q -b mine; echo 1 >b; git add b; git commit -qm mine; git "
	      "rebase -q mine " BRANCH "; git checkout -q main; git branch -q -D mine");
	expect_says(apply(f, NULL), "has a commit that kmsfix did not write");
	sh(f, "cd r; git branch mine " BRANCH "^");
	expect_says(apply(f, NULL), "updated branch '" BRANCH "'");
}

/* Nothing is left to fix on the branch itself, which is no reason to delete it. */
static void the_branch_that_is_read_is_not_pruned(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; git checkout -q --detach " BRANCH);
	o = APPLY(f, "--prune", );
	expect_status(o, 0);
	expect_says(o,
		    "branch '" BRANCH "' is left alone, as it is what was read: say with --base");
	expect_says(APPLY(f, "--prune", "--base=" BRANCH, ), "' is left alone, as it is what");
	expect_says(APPLY(f, "--prune", "--base=main", ), "branch '" BRANCH "' is up to date");
	sh(f, "cd r; git branch -f main " BRANCH);
	expect_says(APPLY(f, "--prune", "--base=main", ), "deleted branch '" BRANCH "'");
}

static void a_branch_of_others_is_not_pruned(void **state)
{
	struct git_fixture *f = *state;

	make_modules(f, "a");
	expect_status(apply(f, NULL), 0);
	sh(f, "cd r; git merge -q " BRANCH
	      "; git commit -q --allow-empty -m mine; git branch -f " BRANCH);
	expect_says(APPLY(f, "--prune", ),
		    "branch '" BRANCH "' is left alone, as kmsfix did not write its last commit; "
		    "--prune deletes it with --force\n");
	assert_str(GIT(f, "git branch --list 'kmsfix/*' | wc -l"), "1\n");
	expect_says(APPLY(f, "--prune", "--force", ), "deleted branch");
}

/* ---- several branches ---- */

/* Merges all branches, in the order of `sort`, and compares the result with all in one. */
static void expect_merged(struct git_fixture *f, const char *order, const char *count)
{
	assert_str(sh_out(f,
			  "cd r; git checkout -q --detach main; n=0;"
			  "for b in $(git for-each-ref --format='%%(refname)' 'refs/heads/" BRANCH
			  "-*' | sort %s); do "
			  "test $(git rev-list --count main..$b) = 1; git merge -q --no-edit $b "
			  ">/dev/null;"
			  "n=$((n + 1)); done;"
			  "git diff --stat HEAD " BRANCH "; git checkout -q main; echo $n",
			  order),
		   count);
}

static void each_unit_has_a_branch_that_stands_alone(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, ". infra/prod infra-prod B");
	expect_status(apply(f, NULL), 0);
	o = APPLY(f, "--group-by=unit", "--format=json", );
	expect_status(o, 0);
	assert_true(str_has(o.out, S("\"group\": \"unit infra/prod\"")));
	assert_str(GIT(f, "git branch --format='%%(refname:short)' --list '" BRANCH "-*'"),
		   BRANCH "-b-86022805\n" BRANCH "-infra-prod\n" BRANCH
			  "-infra-prod-6a58519b\n" BRANCH "-root-86018bb1\n");
	expect_merged(f, "", "4\n");
	expect_merged(f, "-r", "4\n");
	assert_str(GIT(f, "git diff --name-only main " BRANCH "-infra-prod"),
		   "infra-prod/main.tf\n");
	assert_str(GIT(f, "git log -1 --format='%%(trailers:key=Kmsfix-Group,valueonly)' " BRANCH
			  "-b-86022805"),
		   "unit B\n\n");
	expect_says(APPLY(f, "--group-by=unit", ),
		    "branch '" BRANCH "-infra-prod' is up to date (1 finding of unit infra-prod)");
}

static void a_group_that_is_done_is_pruned(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, "a b");
	expect_status(APPLY(f, "--group-by=unit", ), 0);
	sh(f, "cd r; git merge -q " BRANCH "-a; git branch " BRANCH "-mine");
	o = APPLY(f, "--group-by=unit", "--prune", );
	expect_status(o, 0);
	expect_says(o, "deleted branch '" BRANCH "-a', as there is nothing to fix any more");
	expect_says(o, "updated branch '" BRANCH "-b'");
	assert_str(GIT(f, "git branch --format='%%(refname:short)' --list 'kmsfix/*'"),
		   BRANCH "-b\n" BRANCH "-mine\n");
	/* those of another kind of group are not ours to judge */
	expect_status(APPLY(f, "--group-by=file", "--prune", ), 0);
	assert_str(GIT(f, "git branch --list '" BRANCH "-b' | wc -l"), "1\n");
}

#define ROLE(r) "resource \"aws_iam_role\" \"" r "\" {\n  assume_role_policy = \"{}\"\n}\n"
#define KEY_WITH(k, policy) "resource \"aws_kms_key\" \"" k "\" {\n" policy "}\n"
#define KEY(k) KEY_WITH(k, "")
#define ROOT                                                                                      \
	"{ Effect = \"Allow\", Principal = { AWS = \"arn:aws:iam::111122223333:root\" }, Action " \
	"= \"kms:*\", Resource = \"*\" }"
#define STATEMENT(k) \
	"{ Effect = \"Allow\", Action = [\"kms:Decrypt\"], Resource = aws_kms_key." k ".arn },"
#define OTHER "{ Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\" },"
#define DOCUMENT(s) "jsonencode({ Version = \"2012-10-17\", Statement = [" s "] })"
#define USE(p, text)                                                                       \
	"resource \"aws_iam_role_policy\" \"" p "\" {\n  role = aws_iam_role." p ".name\n" \
	"  policy = " text "\n}\n"
#define POLICY(p, r, s)                                                                    \
	"resource \"aws_iam_role_policy\" \"" p "\" {\n  role = aws_iam_role." r ".name\n" \
	"  policy = " DOCUMENT(s) "\n}\n"
#define CONTEXT                                    \
	"data \"aws_caller_identity\" \"me\" {}\n" \
	"data \"aws_partition\" \"me\" {}\n"

/* Files a.tf and b.tf, and how many branches there are then. */
static const struct layout {
	const char *name, *a, *b;
	int by_file, by_key;
} layouts[] = {
	{ "apart", CONTEXT ROLE("a") KEY("a") POLICY("a", "a", STATEMENT("a")),
	  ROLE("b") KEY("b") POLICY("b", "b", STATEMENT("b")), 2, 2 },
	{ "two in one file",
	  CONTEXT ROLE("a") KEY("a") POLICY("a", "a", STATEMENT("a")) ROLE("b") KEY("b")
		  POLICY("b", "b", STATEMENT("b")),
	  "", 1, 2 },
	{ "one key", CONTEXT ROLE("a") KEY("a") POLICY("a", "a", STATEMENT("a")),
	  ROLE("b") POLICY("b", "b", STATEMENT("a")), 1, 1 },
	{ "one policy",
	  CONTEXT ROLE("a") KEY("a") KEY("b") POLICY("a", "a", STATEMENT("a") STATEMENT("b")), "",
	  1, 1 },
	/* a merge cannot tell apart what is changed on both sides of nothing but blank lines */
	{ "side by side",
	  CONTEXT ROLE("a") ROLE("b") KEY("a") KEY("b") POLICY("a", "a", STATEMENT("a"))
		  POLICY("b", "b", STATEMENT("b")),
	  "", 1, 1 },
	{ "two lines",
	  CONTEXT ROLE("a") KEY("a") "locals {\n  x = " DOCUMENT(STATEMENT(
		  "a") OTHER) "\n  y = " DOCUMENT(STATEMENT("b") OTHER) "\n}\n" USE("a", "local.x"),
	  ROLE("b") KEY("b") USE("b", "local.y"), 1, 1 },
	{ "beside what comes",
	  ROLE("a") KEY("a") POLICY("b", "b", STATEMENT("b")) ROLE("c")
		  POLICY("a", "a", STATEMENT("a")),
	  ROLE("b") KEY_WITH("b", "policy = " DOCUMENT(ROOT) "\n"), 1, 1 },
	/* the data sources that a default policy needs are written once */
	{ "one context", ROLE("a") KEY("a") POLICY("a", "a", STATEMENT("a")),
	  ROLE("b") KEY("b") POLICY("b", "b", STATEMENT("b")), 1, 1 },
	/* a list in a local that two statements share is one edit */
	{ "one list",
	  CONTEXT ROLE("a")
		  KEY("a") "locals {\n  x = [\"kms:Encrypt\", \"kms:Decrypt\"]\n}\n" POLICY(
			  "a", "a",
			  "{ Effect = \"Allow\", Action = local.x, Resource = aws_kms_key.a.arn }"),
	  ROLE("b") KEY("b")
		  POLICY("b", "b",
			 "{ Effect = \"Allow\", Action = local.x, Resource = aws_kms_key.b.arn }"),
	  1, 1 },
};

static void what_shares_an_edit_shares_a_branch(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < COUNT(layouts); i++) {
		const struct layout *l = &layouts[i];

		print_message("         %s\n", l->name);
		sh(f, "rm -rf r; git init -q r");
		test_write(at(f, "r/a.tf"), str_from(l->a));
		test_write(at(f, "r/b.tf"), str_from(l->b));
		sh(f, "cd r; git add .; git commit -qm one");
		expect_status(apply(f, NULL), 0);
		expect_status(APPLY(f, "--group-by=file", ), 0);
		expect_merged(f, "", str_fmt(f->arena, "%d\n", l->by_file).p);
		sh(f, "cd r; git branch -q -D $(git for-each-ref --format='%%(refname:short)' "
		      "'refs/heads/" BRANCH "-*')");
		expect_status(APPLY(f, "--group-by=key", ), 0);
		expect_merged(f, "-r", str_fmt(f->arena, "%d\n", l->by_key).p);
	}
}

/* ---- the commit ---- */

static void the_message_is_what_the_template_says(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, "a");
	test_write(at(f, "t"), S("SEC-1 {{subject}}\n\n{{moved}}\n\n{{trailers}}\n"));
	expect_status(APPLY(f, "--message", at(f, "t"), "--signoff", ), 0);
	assert_str(GIT(f, "git log -1 --format=%%s " BRANCH),
		   "SEC-1 fix(iam): move kms:Decrypt grants to key policies\n");
	assert_has(
		GIT(f, "git log -1 --format=%%B " BRANCH).p,
		"| `a/main.tf:24` | `aws_iam_role_policy.p` | `kms:Decrypt` | `aws_iam_role.r` | "
		"`aws_kms_key.k` |\n");
	assert_str(GIT(f, "git log -1 --format='%%(trailers:only,unfold)' " BRANCH
			  " | sed 's/: [0-9a-f.]*$//'"),
		   "Kmsfix-Finding\nKmsfix-Version\nSigned-off-by: Ada <ada@example.com>\n"
		   "Kmsfix-Tree\nKmsfix-Change\n\n");
	/* lines as an editor of Windows ends them */
	test_write(at(f, "t"), S("SEC-2 {{subject}}\r\n\r\n{{moved}}\r\n\r\n{{trailers}}\r\n"));
	expect_status(APPLY(f, "--message", at(f, "t"), "--branch=other", ), 0);
	assert_str(GIT(f, "git log -1 --format=%%B other | tr -dc '\\r'; git log -1 --format=%%s "
			  "other"),
		   "SEC-2 fix(iam): move kms:Decrypt grants to key policies\n");
	test_write(at(f, "t"), S("{{subject}}\n"));
	o = APPLY(f, "--message", at(f, "t"), );
	expect_status(o, 1);
	expect_says(o, "must end with a blank line and '{{trailers}}'");
}

/* ---- signatures ---- */

static void expect_signed(struct git_fixture *f)
{
	str id;

	expect_status(apply(f, NULL), 0);
	expect_says(APPLY(f, "--sign", ), "updated branch"); /* that one is not signed */
	GIT(f, "git verify-commit " BRANCH);
	assert_str(GIT(f, "git log -1 --format='%%an %%ae %%at %%cn %%ct %%P' " BRANCH),
		   str_fmt(f->arena, "Ada ada@example.com 1700000000 Ada 1700000000 %s",
			   GIT(f, "git rev-parse main").p)
			   .p);
	id = GIT(f, "git rev-parse " BRANCH);
	expect_says(APPLY(f, "--sign", ), "is up to date");
	assert_str(GIT(f, "git rev-parse " BRANCH), id.p);
	expect_says(APPLY(f, "--sign", "--phased", ), "updated branch");
	GIT(f, "git verify-commit " BRANCH " " BRANCH "~1; git fsck --strict");
}

static void commits_are_signed_with_an_ssh_key(void **state)
{
	struct git_fixture *f = *state;

	make_modules(f, "a");
	if (system("command -v ssh-keygen >/dev/null")) {
		program_lacks("ssh-keygen");
		return;
	}
	sh(f,
	   "ssh-keygen -q -t ed25519 -N '' -f key; echo \"ada@example.com $(cat key.pub)\" "
	   ">allowed;"
	   "cd r; git config gpg.format ssh; git config user.signingkey '%s';"
	   "git config gpg.ssh.allowedSignersFile '%s'",
	   at(f, "key.pub"), at(f, "allowed"));
	expect_signed(f);
}

static void commits_are_signed_with_an_openpgp_key(void **state)
{
	struct git_fixture *f = *state;

	make_modules(f, "a");
	if (system("command -v gpg >/dev/null")) {
		program_lacks("gpg");
		return;
	}
	setenv("GNUPGHOME", at(f, "gnupg"), 1);
	sh(f, "mkdir -m 700 gnupg; gpg --batch --quiet --passphrase '' --quick-gen-key "
	      "'Ada <ada@example.com>' ed25519 sign never");
	expect_signed(f); /* by the committer's name and address */
	sh(f, "gpgconf --kill all");
	unsetenv("GNUPGHOME");
}

static void a_commit_that_cannot_be_signed_is_not_made(void **state)
{
	struct git_fixture *f = *state;
	struct outcome o;

	make_modules(f, "a");
	sh(f, "cd r; git config gpg.format ssh; git config user.signingkey /nonexistent");
	o = APPLY(f, "--sign", );
	expect_status(o, 1);
	expect_says(o, "the commit cannot be signed: git commit-tree exited with");
	assert_str(GIT(f, "git branch --format='%%(refname)'"), "refs/heads/main\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_second_run_changes_nothing),
		GIT_TEST(every_clone_makes_the_same_commit),
		GIT_TEST(a_moved_base_gets_the_commit_anew),
		GIT_TEST(what_people_commit_is_left_alone),
		GIT_TEST(a_branch_without_a_purpose_is_said_and_pruned),
		GIT_TEST(a_branch_that_somebody_rebased_is_ours),
		GIT_TEST(what_a_person_put_beneath_is_theirs),
		GIT_TEST(the_branch_that_is_read_is_not_pruned),
		GIT_TEST(a_branch_of_others_is_not_pruned),
		GIT_TEST(each_unit_has_a_branch_that_stands_alone),
		GIT_TEST(a_group_that_is_done_is_pruned),
		GIT_TEST(what_shares_an_edit_shares_a_branch),
		GIT_TEST(the_message_is_what_the_template_says),
		GIT_TEST(commits_are_signed_with_an_ssh_key),
		GIT_TEST(commits_are_signed_with_an_openpgp_key),
		GIT_TEST(a_commit_that_cannot_be_signed_is_not_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
