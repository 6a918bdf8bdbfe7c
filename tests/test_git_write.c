/* SPDX-License-Identifier: MIT */
/* The work tree: changed exactly, whole, and only where it is what HEAD says. */
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "git_fixture.h"

static bool write_text(struct git_fixture *f, const char *path, str text)
{
	struct file_change change = change_to(f, path, text);

	return repo_write(f->repo, &f->base, &change, 1, NULL, &f->err);
}

/* Changes all three files of make_repo at once. */
static bool write_all(struct git_fixture *f)
{
	struct file_change changes[] = { change_to(f, "a.tf", S("a = 2\n")),
					 change_to(f, "dir/b.tf", S("b = 3\n")),
					 change_to(f, "dir/sub/c.json", S("[]\n")) };

	return repo_write(f->repo, &f->base, changes, 3, NULL, &f->err);
}

/* Work tree, index, HEAD and references. */
static str state_of(struct git_fixture *f)
{
	return sh_out(f, "cd r; find . -path ./.git -prune -o -printf '%%p %%y %%m %%U\\n' | sort;"
			 "find . -path ./.git -prune -o -type f -exec sha1sum {} + | sort;"
			 "cat .git/HEAD; git for-each-ref; sha1sum .git/index");
}

static void files_are_changed_in_place(void **state)
{
	struct git_fixture *f = *state;
	str before;

	make_repo(f);
	sh(f, "cd r; chmod 640 a.tf; chmod 755 dir/b.tf; echo other >untracked; sha1sum .git/index "
	      ">../index");
	must_read(f, "r");
	before = sh_out(f, "find r -path r/.git -prune -o -printf '%%p %%y %%m\\n' | sort");
	assert_works(f, write_all(f));
	assert_str(sh_out(f, "cd r; cat a.tf dir/b.tf dir/sub/c.json"), "a = 2\nb = 3\n[]\n");
	assert_str(sh_out(f, "find r -path r/.git -prune -o -printf '%%p %%y %%m\\n' | sort"),
		   before.p);
	sh(f, "cd r; sha1sum --quiet -c ../index");
	assert_str(sh_out(f, "cd r; git status --porcelain"),
		   " M a.tf\n M dir/b.tf\n M dir/sub/c.json\n?? untracked\n");
}

/* States of repository r in which a.tf must not be touched, and what is said. */
static const struct refusal {
	const char *script, *says;
} refusals[] = {
	{ "echo >>a.tf", "'a.tf' differs from HEAD: commit or stash it first" },
	{ "echo >>a.tf; git add a.tf", "'a.tf' has staged changes" },
	{ "echo >>a.tf; git add a.tf; git show HEAD:a.tf >a.tf", "'a.tf' has staged changes" },
	{ "git rm -q --cached a.tf", "'a.tf' has staged changes" },
	{ "git add -N a.tf; git rm -q --cached a.tf; git add -N a.tf",
	  "'a.tf' has staged changes" },
	{ "rm a.tf", "'a.tf' is not in the work tree" },
	{ "mv a.tf ..; ln -s ../a.tf a.tf", "symbolic link" },
	{ "cp a.tf real; rm a.tf; ln -s real a.tf", "symbolic link" },
	{ "rm a.tf; mkdir a.tf", "'a.tf'" },
	{ "rm a.tf; mkfifo a.tf", "'a.tf' is not a regular file" },
	{ "git checkout -q -b other; echo >>a.tf; git commit -qam 2; git branch -q -f main HEAD~0; "
	  "git checkout -q --detach; echo >>a.tf; git commit -qam 3",
	  "another commit than the base" },
	{ "git sparse-checkout set dir/sub --no-cone", "outside the sparse checkout" },
	{ "printf 'a = 1\\r\\n' >a.tf", "'a.tf' differs from HEAD" },
	{ "git config filter.x.clean 'sed s/B/a/'; git config filter.x.smudge 'sed s/a/B/';"
	  "echo 'a.tf filter=x' >.gitattributes; rm a.tf; git checkout -q a.tf",
	  "'a.tf' differs from HEAD" },
	{ "git config core.bare true", "is bare" },
	{ "git update-index --split-index --cacheinfo 100644,$(git rev-parse HEAD:dir/b.tf),a.tf",
	  "" },
	{ "printf garbage >.git/index", "index" },
};

static void anything_but_what_head_holds_is_refused(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
		str before;

		print_message("         %s\n", refusals[i].script);
		sh(f, "rm -rf r a.tf");
		make_repo(f);
		must_read(f, "r");
		sh(f, "cd r; %s", refusals[i].script);
		assert_works(f, open_repo(f, "r"));
		before = state_of(f);
		assert_fails(f, write_all(f), refusals[i].says);
		assert_str(state_of(f), before.p);
	}
}

static void a_bare_repository_has_nothing_to_edit(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "git clone -q --bare r b.git");
	must_read(f, "b.git");
	assert_fails(f, write_all(f), "is bare, there is nothing to edit: use --apply");
}

static void another_base_than_head_is_refused(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "cd r; git commit -q --allow-empty -m 2");
	assert_works(f, read_repo(f, "r", "HEAD~1"));
	assert_fails(f, write_all(f), "the work tree is at another commit than the base");
}

static void a_folder_that_is_a_symbolic_link_is_not_followed(void **state)
{
	struct git_fixture *f = *state;
	str before;

	make_repo(f);
	must_read(f, "r");
	sh(f, "cd r; mv dir ../outside; ln -s ../outside dir");
	before = sh_out(f, "cat outside/b.tf");
	assert_fails(f, write_text(f, "dir/b.tf", S("x\n")),
		     "'dir/b.tf': it is reached through a symbolic");
	assert_fails(f, write_text(f, "dir/sub/c.json", S("x\n")), "symbolic link");
	assert_str(sh_out(f, "cat outside/b.tf"), before.p);
}

/* Checked-out forms of the file `x` whose blob is "a\nb\n", and its bytes after the change to
 * "a\nc\n". */
static const struct form {
	const char *name, *script, *want; /* NULL: refused */
} forms[] = {
	{ "no conversion", "true", "a\nc\n" },
	{ "autocrlf", "git config core.autocrlf true; rm x; git checkout -q x", "a\r\nc\r\n" },
	{ "autocrlf of the user", "git config --global core.autocrlf true; rm x; git checkout -q x",
	  "a\r\nc\r\n" },
	{ "eol=crlf", "echo '* text eol=crlf' >.gitattributes; rm x; git checkout -q x",
	  "a\r\nc\r\n" },
	{ "autocrlf, but checked out before", "git config core.autocrlf true", "a\nc\n" },
	{ "autocrlf=input", "git config core.autocrlf input", "a\nc\n" },
	{ "mixed by an editor", "git config core.autocrlf true; printf 'a\\r\\nb\\n' >x", NULL },
	{ "CRLF by an editor", "printf 'a\\r\\nb\\r\\n' >x", NULL },
	{ "a filter of the user",
	  "git config filter.up.smudge 'tr a-z A-Z'; git config filter.up.clean "
	  "'tr A-Z a-z'; echo '* filter=up' >.gitattributes; rm x; git checkout -q x",
	  NULL },
};

static void the_line_ends_of_the_checkout_are_kept(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		print_message("         %s\n", forms[i].name);
		sh(f,
		   "rm -rf r; git config --global --unset core.autocrlf || true; git init -q r; cd "
		   "r;"
		   "printf 'a\\nb\\n' >x; git add .; git commit -qm 1; %s",
		   forms[i].script);
		must_read(f, "r");
		if (!forms[i].want) {
			assert_fails(f, write_text(f, "x", S("a\nc\n")), "'x' differs from HEAD");
			continue;
		}
		assert_works(f, write_text(f, "x", S("a\nc\n")));
		assert_str(sh_out(f, "cat r/x"), forms[i].want);
		assert_str(sh_out(f, "cd r; git diff --numstat x 2>/dev/null"), "1\t1\tx\n");
	}
}

static void a_crlf_file_keeps_its_bytes(void **state)
{
	struct git_fixture *f = *state;

	sh(f, "git init -q r; cd r; printf 'a\\r\\nb\\r\\n' >x; git add .; git commit -qm 1");
	must_read(f, "r");
	assert_works(f, write_text(f, "x", S("a\r\nc\r\n")));
	assert_str(sh_out(f, "cat r/x"), "a\r\nc\r\n");
}

static void the_owner_is_kept(void **state)
{
	struct git_fixture *f = *state;

	if (geteuid() != 0)
		skip();
	make_repo(f);
	sh(f, "chown 1234:2345 r/a.tf");
	must_read(f, "r");
	assert_works(f, write_text(f, "a.tf", S("new\n")));
	assert_str(sh_out(f, "stat -c %%u:%%g r/a.tf"), "1234:2345\n");
}

static void a_hard_link_elsewhere_keeps_its_bytes(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "ln r/a.tf linked");
	must_read(f, "r");
	assert_works(f, write_text(f, "a.tf", S("new\n")));
	assert_str(sh_out(f, "cat linked"), "a = 1\n");
}

static void one_refused_file_leaves_all_as_they_are(void **state)
{
	struct git_fixture *f = *state;
	str before;

	make_repo(f);
	must_read(f, "r");
	sh(f, "echo >>r/dir/sub/c.json");
	before = state_of(f);
	assert_fails(f, write_all(f), "'dir/sub/c.json' differs from HEAD");
	assert_str(state_of(f), before.p);
}

/* The new bytes of the last file do not fit: a limit of the process stands for a full disk. */
static void a_file_that_cannot_be_stored_leaves_all_as_they_are(void **state)
{
	struct git_fixture *f = *state;
	struct rlimit old, small;
	struct file_change changes[2];
	str before, big;
	bool ok;

	make_repo(f);
	must_read(f, "r");
	before = state_of(f);
	big = (str){ arena_alloc(f->arena, 1 << 20), 1 << 20 };
	changes[0] = change_to(f, "a.tf", S("a = 2\n"));
	changes[1] = change_to(f, "dir/sub/c.json", big);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = old;
	small.rlim_cur = 4096;
	setrlimit(RLIMIT_FSIZE, &small);
	ok = repo_write(f->repo, &f->base, changes, 2, NULL, &f->err);
	setrlimit(RLIMIT_FSIZE, &old);
	assert_fails(f, ok, "cannot write beside 'dir/sub/c.json': File too large");
	assert_str(state_of(f), before.p);
}

/* The last file is a mount point, which nothing can be renamed to. */
static void a_file_that_cannot_be_replaced_takes_the_others_back(void **state)
{
	struct git_fixture *f = *state;
	str before;
	bool ok;

	make_repo(f);
	must_read(f, "r");
	sh(f, "cd r/dir/sub; mount --bind c.json c.json || touch ../../../no");
	if (access(at(f, "no"), F_OK) == 0)
		skip();
	before = state_of(f);
	ok = write_all(f);
	assert_str(state_of(f), before.p);
	sh(f, "umount r/dir/sub/c.json");
	assert_fails(f, ok, "cannot replace 'dir/sub/c.json': Device or resource busy");
}

/* What a run leaves that was killed while it exchanged files: 1: the first one is exchanged. */
static void interrupt(struct git_fixture *f, const char *name, int exchanged)
{
	sh(f,
	   "cd r; printf 'new\\n' >.kmsfix-1-0.tmp; printf 'new\\n' >dir/.kmsfix-1-1.tmp\n"
	   "{ printf 'kmsfix-write 1\\n'; for p in a.tf:.kmsfix-1-0.tmp dir/b.tf:.kmsfix-1-1.tmp\n"
	   "do printf '%%s %%s %%s\\0%%s\\0' $(git rev-parse HEAD:${p%%%%:*}) "
	   "$(echo new | git hash-object --stdin) ${p#*:} ${p%%%%:*}; done; } >.git/%s\n"
	   "if [ %d = 1 ]; then mv a.tf t; mv .kmsfix-1-0.tmp a.tf; mv t .kmsfix-1-0.tmp; fi",
	   name, exchanged);
}

static bool write_both(struct git_fixture *f)
{
	struct file_change changes[] = { change_to(f, "a.tf", S("new\n")),
					 change_to(f, "dir/b.tf", S("new\n")) };

	return repo_write(f->repo, &f->base, changes, 2, NULL, &f->err);
}

static void an_interrupted_change_is_finished_or_taken_back(void **state)
{
	struct git_fixture *f = *state;

	for (int i = 0; i < 4; i++) {
		sh(f, "rm -rf r");
		make_repo(f);
		must_read(f, "r");
		interrupt(f, i < 2 ? "kmsfix-write" : "kmsfix-write.begun", i == 1);
		if (i == 3)
			assert_works(f, write_text(f, "dir/sub/c.json", S("x\n")));
		else
			assert_works(f, write_both(f));
		assert_str(sh_out(f, "cat r/a.tf r/dir/b.tf"),
			   i == 3 ? "a = 1\nb = 1\nb = 2\n" : "new\nnew\n");
		assert_str(sh_out(f, "cd r; find . -name '.kmsfix*' -o -name 'kmsfix-write*'"), "");
	}
}

static void what_changed_since_the_interruption_stays(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	interrupt(f, "kmsfix-write", 0);
	sh(f, "cd r; echo mine >dir/b.tf");
	assert_fails(f, write_both(f), "'dir/b.tf' differs from HEAD");
	assert_str(sh_out(f, "cat r/a.tf r/dir/b.tf; cd r; find . -name '.kmsfix*'"),
		   "new\nmine\n");
}

#define ZEROS "0000000000000000000000000000000000000000"

/* An entry of a journal; the ids are those of "x\n" and of whatever. */
#define ENTRY(temp, path) \
	"587be6b4c3f93f93c489c0111bba5596147a26cb " ZEROS " " temp "\\000" path "\\000"
#define GOOD_TEMP ".kmsfix-7-0.tmp"

/* The first entry is one of ours: it must stay as it is, too. */
static void a_journal_that_is_not_ours_is_not_followed(void **state)
{
	static const struct {
		const char *entry, *says;
	} rows[] = {
		{ "x\\000y\\000", "is damaged" },
		{ ENTRY("../victim", "a.tf"), "is damaged" },
		{ ENTRY("a.tf", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-/../../victim", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-7", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-7-", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-7-.tmp", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix--0.tmp", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-7-0.tmpx", "a.tf"), "is damaged" },
		{ ENTRY(".kmsfix-notes.tf", "a.tf"), "is damaged" },
		{ ENTRY(GOOD_TEMP, "../out/victim"), "'../out/victim', which is not a file" },
		{ ENTRY(GOOD_TEMP, "dir/../../out/victim"), "which is not a file" },
		{ ENTRY(GOOD_TEMP, "/tmp/victim"), "'/tmp/victim', which is not a file" },
		{ ENTRY(GOOD_TEMP, "link/victim"), "'link/victim', which is not a file" },
		{ ENTRY(GOOD_TEMP, ".git/config"), "'.git/config', which is not a file" },
		{ ENTRY(GOOD_TEMP, "dir/.GIT/config"), "which is not a file" },
		{ ENTRY(GOOD_TEMP, "./a.tf"), "which is not a file" },
		{ ENTRY(GOOD_TEMP, "dir//b.tf"), "which is not a file" },
		{ ENTRY(GOOD_TEMP, "dir/"), "which is not a file" },
		{ ENTRY(GOOD_TEMP, ""), "which is not a file" },
		{ ENTRY(GOOD_TEMP, "a.tf/b"), "which is not a file" },
	};
	struct git_fixture *f = *state;

	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(*rows); i++) {
		sh(f, "rm -rf r out; mkdir out; for d in out out/dir; do mkdir -p $d; echo x "
		      ">$d/victim;"
		      "echo bad >$d/" GOOD_TEMP "; done; echo x >victim");
		make_repo(f);
		must_read(f, "r");
		sh(f,
		   "cd r; ln -s ../out link; echo new >" GOOD_TEMP "; cp " GOOD_TEMP " .git;"
		   "echo x >.kmsfix-; echo x >.kmsfix-notes.tf;"
		   "printf 'kmsfix-write 1\\n%s%s' >.git/kmsfix-write%s",
		   ENTRY(GOOD_TEMP, "a.tf"), rows[i / 2].entry, i % 2 ? ".begun" : "");
		assert_fails(f, write_both(f), rows[i / 2].says);
		assert_str(sh_out(f, "cat victim out/victim out/dir/victim out/" GOOD_TEMP
				     " r/" GOOD_TEMP " r/.git/" GOOD_TEMP " r/.kmsfix-"
				     " r/.kmsfix-notes.tf; git -C r diff; ls r/.git/kmsfix*"),
			   i % 2 ? "x\nx\nx\nbad\nnew\nnew\nx\nx\nr/.git/kmsfix-write.begun\n" :
				   "x\nx\nx\nbad\nnew\nnew\nx\nx\nr/.git/kmsfix-write\n");
	}
}

static void writing_what_is_there_already_works(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	assert_works(f, write_both(f));
	assert_works(f, write_both(f));
	sh(f, "cd r; git checkout -q dir/b.tf");
	assert_works(f, write_both(f));
	assert_str(sh_out(f, "cat r/a.tf r/dir/b.tf"), "new\nnew\n");
}

static void linked_worktrees_and_subdirectories_are_written(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "git -C r worktree add -q ../w");
	must_read(f, "w/dir");
	assert_works(f, write_all(f));
	assert_str(sh_out(f, "cat w/a.tf r/a.tf"), "a = 2\na = 1\n");
}

static void many_files_need_no_more_descriptors(void **state)
{
	struct git_fixture *f = *state;
	struct file_change *changes;
	struct rlimit limit, low;

	sh(f, "git init -q r; cd r; for i in $(seq 120); do echo $i >$i.tf; done; git add .; git "
	      "commit -qm 1; git repack -adq");
	must_read(f, "r");
	changes = arena_array(f->arena, f->files.n, sizeof(*changes));
	for (size_t i = 0; i < f->files.n; i++)
		changes[i] = (struct file_change){ &f->files.files[i], S("new\n") };
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	low = (struct rlimit){ 60, limit.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	assert_works(f, repo_write(f->repo, &f->base, changes, f->files.n, NULL, &f->err));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	assert_str(sh_out(f, "cd r; git status --porcelain | wc -l; ls -A | wc -l"), "120\n121\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(files_are_changed_in_place),
		GIT_TEST(anything_but_what_head_holds_is_refused),
		GIT_TEST(a_bare_repository_has_nothing_to_edit),
		GIT_TEST(another_base_than_head_is_refused),
		GIT_TEST(a_folder_that_is_a_symbolic_link_is_not_followed),
		GIT_TEST(the_line_ends_of_the_checkout_are_kept),
		GIT_TEST(a_crlf_file_keeps_its_bytes),
		GIT_TEST(the_owner_is_kept),
		GIT_TEST(a_hard_link_elsewhere_keeps_its_bytes),
		GIT_TEST(one_refused_file_leaves_all_as_they_are),
		GIT_TEST(a_file_that_cannot_be_stored_leaves_all_as_they_are),
		GIT_TEST(a_file_that_cannot_be_replaced_takes_the_others_back),
		GIT_TEST(an_interrupted_change_is_finished_or_taken_back),
		GIT_TEST(what_changed_since_the_interruption_stays),
		GIT_TEST(a_journal_that_is_not_ours_is_not_followed),
		GIT_TEST(writing_what_is_there_already_works),
		GIT_TEST(linked_worktrees_and_subdirectories_are_written),
		GIT_TEST(many_files_need_no_more_descriptors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
