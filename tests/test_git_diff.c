/* SPDX-License-Identifier: MIT */
/* The patch is git's own, byte for byte, and making it writes nothing. */
#include <stdio.h>
#include <string.h>

#include "git_fixture.h"

static void save(struct git_fixture *f, const char *name, str bytes)
{
	FILE *file = fopen(at(f, name), "w");

	fwrite(bytes.p, 1, bytes.n, file);
	fclose(file);
}

/* One line per file and folder of the repository: name, kind, size, time of change. */
static str listing(struct git_fixture *f)
{
	return sh_out(f, "find r -printf '%%p %%y %%s %%T@ %%m\\n' | sort");
}

static void must_be_unchanged(struct git_fixture *f, str before)
{
	save(f, "before", before);
	save(f, "after", listing(f));
	sh(f, "diff before after");
}

static str make_diff(struct git_fixture *f, const struct file_change *changes, size_t n)
{
	struct buf out = { 0 };
	str s;

	assert_works(f, repo_diff(f->repo, &f->base, changes, n, &out, &f->err));
	s = str_dup(f->arena, buf_str(&out));
	buf_free(&out);
	return s;
}

/*
 * The patch is accepted by git apply, and then git's own diff of the same change is the same bytes.
 * Runs in a new clone, so that the repository itself stays as it is.
 */
static void must_be_gits(struct git_fixture *f, str patch)
{
	str theirs;

	save(f, "patch", patch);
	sh(f, "rm -rf clone; git clone -q r clone; cd clone; git apply --check --index ../patch;"
	      "git apply --index ../patch");
	theirs = sh_out(f, "cd clone; git diff --cached --full-index --text");
	save(f, "theirs", theirs);
	if (!str_eq(patch, theirs))
		fail_msg("ours is not git's:\n%s", sh_out(f, "diff patch theirs || true").p);
}

/* Names as they stand in the shell script, and in the set. */
static const char *const odd_names[] = {
	"plain.tf",       "a b.tf",         "tab\there.tf", "new\nline.tf",   "esc\033[31m.tf",
	"quote\".tf",     "back\\slash.tf", "bad\xff.tf",   "caf\xc3\xa9.tf", "-dash.tf",
	"trailing ",      " leading",       "star*.tf",     "{brace}.tf",     "d/e/f.tf",
	"a => b.tf",      "colon:x.tf",     "aux.tf",       "\x7f.tf",        "dev/null",
	"apo'strophe.tf", "$(x).tf",        "b/a/b/x",      "#hash",
};

static void write_odd_names(struct git_fixture *f)
{
	sh(f, "git init -q r; mkdir -p r/d/e r/dev r/b/a/b");
	for (size_t i = 0; i < sizeof(odd_names) / sizeof(*odd_names); i++)
		save(f, str_fmt(f->arena, "r/%s", odd_names[i]).p, S("one\ntwo\nthree\n"));
	sh(f, "cd r; git add .; git commit -qm 1");
}

static void files_of_any_name_give_gits_own_patch(void **state)
{
	struct git_fixture *f = *state;
	struct file_change changes[sizeof(odd_names) / sizeof(*odd_names)];
	size_t n = sizeof(odd_names) / sizeof(*odd_names);
	str before, patch;

	write_odd_names(f);
	must_read(f, "r");
	for (size_t i = 0; i < n; i++)
		changes[i] = change_to(f, odd_names[i], S("one\n2\nthree\n"));
	before = listing(f);
	patch = make_diff(f, changes, n);
	must_be_unchanged(f, before);
	must_be_gits(f, patch);
}

/* Texts before and after, with what makes a patch hard. */
static const struct text_change {
	const char *name;
	str before, after;
} text_changes[] = {
	{ "one line", S("a\n"), S("b\n") },
	{ "no final newline", S("a\nb"), S("a\nc") },
	{ "final newline comes", S("a\nb"), S("a\nb\n") },
	{ "final newline goes", S("a\nb\n"), S("a\nb") },
	{ "CRLF", S("a\r\nb\r\nc\r\n"), S("a\r\nc\r\n") },
	{ "mixed line ends", S("a\r\nb\nc\r"), S("a\r\nx\nc\r") },
	{ "emptied", S("a\n"), S("") },
	{ "filled", S(""), S("a\n") },
	{ "NUL bytes", S("a\0b\nc\n"), S("a\0b\nd\n") },
	{ "bad UTF-8", S("\xff\xfe\n"), S("\xff\xfd\n") },
	{ "byte order mark",
	  S("\xef\xbb\xbf"
	    "a\n"),
	  S("\xef\xbb\xbf"
	    "b\n") },
	{ "blank lines", S("\n\n\n"), S("\n\n\n\n") },
	{ "like a header", S("-- a\n++ b\n"), S("-- a\n-- b\n++ b\n") },
	{ "far apart", S("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n"),
	  S("x\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\ny\n") },
	{ "blocks that slide", S("s {\n  a\n}\n\ns {\n  b\n}\n"),
	  S("s {\n  a\n}\n\ns {\n  n\n}\n\ns {\n  b\n}\n") },
	{ "under a heading", S("resource \"x\" {\n  1\n  2\n  3\n  4\n  5\n}\n"),
	  S("resource \"x\" {\n  1\n  2\n  3\n  4\n  6\n}\n") },
	{ "trailing blanks", S("a \t\nb\n"), S("a \t\n\t \nb\n") },
};

static void texts_of_any_form_give_gits_own_patch(void **state)
{
	struct git_fixture *f = *state;
	struct file_change changes[sizeof(text_changes) / sizeof(*text_changes)];
	size_t n = sizeof(text_changes) / sizeof(*text_changes);
	str before, patch;

	sh(f, "git init -q r");
	for (size_t i = 0; i < n; i++)
		save(f, str_fmt(f->arena, "r/%s", text_changes[i].name).p, text_changes[i].before);
	sh(f, "cd r; chmod +x *s; git add .; git commit -qm 1");
	must_read(f, "r");
	for (size_t i = 0; i < n; i++)
		changes[i] = change_to(f, text_changes[i].name, text_changes[i].after);
	before = listing(f);
	patch = make_diff(f, changes, n);
	must_be_unchanged(f, before);
	must_be_gits(f, patch);
}

static void no_configuration_changes_the_patch(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;
	str before, after;

	make_repo(f);
	must_read(f, "r");
	change = change_to(f, "dir/b.tf", S("b = 1\nb = 3\n"));
	before = make_diff(f, &change, 1);
	sh(f,
	   "git config --global diff.noprefix true; git config --global diff.context 0;"
	   "git config --global diff.mnemonicPrefix true; git config --global core.quotePath false;"
	   "git config --global core.autocrlf true; echo '* -diff' >r/.gitattributes;"
	   "git config --global diff.algorithm histogram; echo '* binary' >r/.git/info/attributes");
	must_read(f, "r");
	change = change_to(f, "dir/b.tf", S("b = 1\nb = 3\n"));
	after = make_diff(f, &change, 1);
	assert_true(str_eq(before, after));
	assert_has(before.p, "+b = 3\n");
}

static void nothing_changed_is_an_empty_patch(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;

	make_repo(f);
	must_read(f, "r");
	assert_int_equal(make_diff(f, NULL, 0).n, 0);
	change = change_to(f, "a.tf", S("a = 1\n"));
	assert_int_equal(make_diff(f, &change, 1).n, 0);
}

static void a_patch_needs_no_permission_to_write(void **state)
{
	struct git_fixture *f = *state;
	struct file_change change;

	make_repo(f);
	sh(f, "chmod -R a-w r");
	must_read(f, "r");
	change = change_to(f, "a.tf", S("a = 2\n"));
	assert_has(make_diff(f, &change, 1).p, "+a = 2\n");
}

static void objects_of_alternates_worktrees_and_bare_repositories_are_found(void **state)
{
	struct git_fixture *f = *state;
	static const char *const names[] = { "s", "w", "b.git" };

	make_repo(f);
	sh(f,
	   "git clone -q --shared r s; git -C r worktree add -q ../w; git clone -q --bare r b.git");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct file_change change;

		must_read(f, names[i]);
		change = change_to(f, "a.tf", S("a = 2\n"));
		assert_has(make_diff(f, &change, 1).p, "+a = 2\n");
	}
}

static void what_was_read_is_verified(void **state)
{
	struct git_fixture *f = *state;
	struct buf out = { 0 };
	struct file_change change;
	struct file other;

	make_repo(f);
	must_read(f, "r");
	change = change_to(f, "a.tf", S("a = 2\n"));
	other = *change.before;
	other.text = S("a = 9\n");
	change.before = &other;
	assert_fails(f, repo_diff(f->repo, &f->base, &change, 1, &out, &f->err),
		     "the object of 'a.tf' does not match its id: run git fsck");
	other.path = S("nowhere.tf");
	assert_fails(f, repo_diff(f->repo, &f->base, &change, 1, &out, &f->err), "'nowhere.tf'");
	other.path = S("dir/sub");
	assert_fails(f, repo_diff(f->repo, &f->base, &change, 1, &out, &f->err), "'dir/sub'");
	assert_int_equal(out.n, 0);
}

/* The object of a.tf becomes the (well-formed) object of other bytes: git fsck would tell. */
static void a_corrupt_object_is_found_before_its_file_is_changed(void **state)
{
	struct git_fixture *f = *state;
	struct buf out = { 0 };
	struct file_change change;

	make_repo(f);
	sh(f, "cd r; n=$(echo 'a = 9' | git hash-object -w --stdin | sed 's,..,&/,');"
	      "cp -f .git/objects/$n .git/objects/$(git rev-parse HEAD:a.tf | sed 's,..,&/,')");
	must_read(f, "r");
	assert_str(f->files.files[0].text, "a = 9\n");
	change = change_to(f, "a.tf", S("a = 2\n"));
	assert_fails(f, repo_diff(f->repo, &f->base, &change, 1, &out, &f->err),
		     "the object of 'a.tf' does not match its id");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(files_of_any_name_give_gits_own_patch),
		GIT_TEST(texts_of_any_form_give_gits_own_patch),
		GIT_TEST(no_configuration_changes_the_patch),
		GIT_TEST(nothing_changed_is_an_empty_patch),
		GIT_TEST(a_patch_needs_no_permission_to_write),
		GIT_TEST(objects_of_alternates_worktrees_and_bare_repositories_are_found),
		GIT_TEST(what_was_read_is_verified),
		GIT_TEST(a_corrupt_object_is_found_before_its_file_is_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
