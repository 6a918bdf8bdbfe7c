/* SPDX-License-Identifier: MIT */
/* Revisions and trees: what comes in as files, what is left out, and what stops the run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "git_fixture.h"

static void a_revision_is_named_as_for_git(void **state)
{
	struct git_fixture *f = *state;
	static const char *const names[] = { "HEAD",     "main", "v1", "HEAD~0", "refs/heads/main",
					     "main@{0}", ":/one" };

	make_repo(f);
	sh(f, "git -C r tag -a -m tag v1");
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		assert_works(f, read_repo(f, "r", names[i]));
		assert_int_equal(f->files.n, 3);
	}
}

static void the_base_is_described(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	must_read(f, "r");
	assert_str(sh_out(f, "git -C r rev-parse HEAD HEAD^{tree}"),
		   str_fmt(f->arena, "%s\n%s\n", f->base.commit, f->base.tree).p);
	assert_int_equal(f->base.time, 1700000000);
	assert_int_equal(f->base.offset, 60);
	assert_false(f->base.shallow);
	sh(f, "git -C r commit -q --allow-empty -m 2; git clone -q --depth 1 file://$PWD/r s");
	must_read(f, "s");
	assert_true(f->base.shallow);
}

static const struct bad_revision {
	const char *script, *rev, *says;
} bad_revisions[] = {
	{ "true", "nowhere", "no revision 'nowhere'" },
	{ "true", "", "no revision ''" },
	{ "true", "-x", "no revision '-x'" },
	{ "true", "HEAD^^^", "no revision 'HEAD^^^'" },
	{ "true", "a..b", "no revision 'a..b'" },
	{ "true", "HEAD:", "is not a commit" },
	{ "true", "HEAD:a.tf", "is not a commit" },
	{ "true", "0123456789012345678901234567890123456789", "no revision" },
	{ "cd ..; for i in $(seq 300); do echo $i >$i; done; git -C r hash-object -w $(seq -f "
	  "../%g 300)",
	  "a", "" },
	{ "git commit -q --allow-empty -m 2; git clone -q --depth 1 file://$PWD ../s; cd ..; rm "
	  "-rf r;"
	  "mv s r",
	  "HEAD~1", "git fetch --unshallow" },
	{ "git checkout -q --orphan new", "HEAD", "has no commit yet" },
	{ "git checkout -q --orphan new", "nowhere", "no revision 'nowhere'" },
	{ "echo garbage >.git/HEAD", "HEAD", "r" },
};

static void an_unknown_revision_is_named(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad_revisions) / sizeof(*bad_revisions); i++) {
		const struct bad_revision *b = &bad_revisions[i];

		print_message("         %s '%s'\n", b->script, b->rev);
		sh(f, "rm -rf r");
		make_repo(f);
		sh(f, "cd r; %s", b->script);
		assert_fails(f, read_repo(f, "r", b->rev), b->says);
	}
}

static void a_new_repository_has_no_commit_yet(void **state)
{
	struct git_fixture *f = *state;

	sh(f, "git init -q r");
	assert_fails(f, read_repo(f, "r", NULL), "has no commit yet: make the first one");
}

static void an_empty_tree_is_an_empty_set(void **state)
{
	struct git_fixture *f = *state;

	sh(f, "git init -q r; git -C r commit -q --allow-empty -m 1");
	must_read(f, "r");
	assert_int_equal(f->files.n, 0);
}

static bool ends_in_tf(str path, void *ctx)
{
	(*(int *)ctx)++;
	return str_ends(path, S(".tf"));
}

static void only_wanted_files_are_read(void **state)
{
	struct git_fixture *f = *state;
	int asked = 0;

	make_repo(f);
	sh(f, "cd r; ln -s a.tf x.json; ln -s gone.tf x.tf; git add .; git commit -qm 2;"
	      "rm -f .git/objects/$(git rev-parse HEAD:dir/sub/c.json | sed 's,..,&/,')");
	assert_works(f, open_repo(f, "r"));
	assert_works(f, repo_read(f->repo, NULL, ends_in_tf, &asked, &f->files, &f->base, f->arena,
				  &f->diags, &f->err));
	assert_int_equal(f->files.n, 3);
	assert_int_equal(asked, 5);
	assert_str(diags_text(f),
		   "x.tf: note: not read: a symbolic link that leads to nothing of the tree\n");
}

static void bytes_come_as_stored(void **state)
{
	struct git_fixture *f = *state;

	sh(f, "git init -q r; cd r; printf 'a\\r\\nb' >crlf; printf '\\000\\377\\n' >raw; : >empty;"
	      "git add .; git commit -qm 1; git config core.autocrlf true;"
	      "echo '* text eol=crlf ident' >.gitattributes; rm crlf");
	must_read(f, "r");
	assert_str(fileset_find(&f->files, S("crlf"))->text, "a\r\nb");
	assert_true(str_eq(fileset_find(&f->files, S("raw"))->text, S("\0\377\n")));
	assert_int_equal(fileset_find(&f->files, S("empty"))->text.n, 0);
}

static void submodules_are_another_repository(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "git init -q o; cd o; echo >z.tf; git submodule -q add ../r m; git add .; git commit "
	      "-qm m");
	must_read(f, "o");
	assert_int_equal(f->files.n, 2);
	assert_str(f->files.files[0].path, ".gitmodules");
	assert_str(diags_text(f), "");
}

/* A tree entry as Git stores it. */
static void add_entry(struct buf *tree, const char *mode, const char *name, str hex)
{
	buf_printf(tree, "%s %s%c", mode, name, 0);
	for (size_t i = 0; i < 40; i += 2) {
		char byte[3] = { hex.p[i], hex.p[i + 1], 0 };

		buf_addc(tree, (char)strtoul(byte, NULL, 16));
	}
}

/* Stores bytes as a tree, without git's own checks, and gives its id. */
static str store_tree(struct git_fixture *f, struct buf *tree)
{
	FILE *file = fopen(at(f, "tree"), "w");

	fwrite(tree->p, 1, tree->n, file);
	fclose(file);
	buf_free(tree);
	*tree = (struct buf){ 0 };
	return sh_out(f, "git -C r hash-object -w -t tree --literally ../tree");
}

/* Commits a tree whose one extra entry, a file or a folder, has a name that git itself refuses. */
static void commit_name(struct git_fixture *f, bool folder, const char *name)
{
	struct buf tree = { 0 };
	str blob, inner;

	sh(f, "rm -rf r; git init -q r");
	blob = sh_out(f, "cd r; echo x | git hash-object -w --stdin");
	add_entry(&tree, "100644", "y.tf", blob);
	inner = store_tree(f, &tree);
	add_entry(&tree, folder ? "40000" : "100644", name, folder ? inner : blob);
	add_entry(&tree, "100644", "x.tf", blob);
	inner = store_tree(f, &tree);
	sh(f, "cd r; git update-ref HEAD $(echo m | git commit-tree %.40s)", inner.p);
}

static void names_that_git_forbids_are_left_out(void **state)
{
	static const char *const names[] = { "..", ".", ".git", ".GIT", "a/b", "" };
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		for (int folder = 0; folder < 2; folder++) {
			print_message("         %s '%s'\n", folder ? "folder" : "file", names[i]);
			commit_name(f, folder, names[i]);
			if (*names[i] == '\0') {
				assert_false(read_repo(f, "r", NULL));
				continue;
			}
			must_read(f, "r");
			assert_int_equal(f->files.n, 1);
			assert_str(f->files.files[0].path, "x.tf");
			assert_str(diags_text(f),
				   str_fmt(f->arena,
					   "%s: warning: not read: Git forbids this name\n",
					   names[i])
					   .p);
		}
	}
}

static void a_name_that_is_there_twice_is_refused(void **state)
{
	struct git_fixture *f = *state;

	commit_name(f, false, "x.tf");
	assert_fails(f, read_repo(f, "r", NULL), "holds 'x.tf' twice");
}

/* A file within `depth` folders. */
static void commit_depth(struct git_fixture *f, int depth)
{
	sh(f,
	   "rm -rf r; git init -q r; cd r\n"
	   "printf 'commit refs/heads/main\\ncommitter T <t@e> 0 +0000\\ndata 1\\nm\\n"
	   "M 644 inline %%sx.tf\\ndata 1\\nx\\n' $(printf 'd/%%.0s' $(seq %d)) | "
	   "git fast-import --quiet",
	   depth);
}

static void folders_are_read_up_to_the_limit_and_not_beyond(void **state)
{
	struct git_fixture *f = *state;

	commit_depth(f, GIT_TREE_DEPTH);
	must_read(f, "r");
	assert_int_equal(f->files.n, 1);
	assert_int_equal(f->diags.n, 0);
	commit_depth(f, GIT_TREE_DEPTH + 1);
	must_read(f, "r");
	assert_int_equal(f->files.n, 0);
	assert_int_equal(f->diags.n, 1);
	assert_has(diags_text(f).p, "too many folders within folders");
}

static void a_file_over_the_limit_is_left_out(void **state)
{
	struct git_fixture *f = *state;

	sh(f,
	   "git init -q r; cd r; git config core.compression 1; head -c 6291456 /dev/zero >at.tf;"
	   "head -c 6291457 /dev/zero >over.tf; git add .; git commit -qm 1");
	must_read(f, "r");
	assert_int_equal(f->files.n, 2);
	assert_null(fileset_find(&f->files, S("at.tf"))->unread);
	assert_string_equal(fileset_find(&f->files, S("over.tf"))->unread, "larger than 6 MiB");
	assert_str(diags_text(f), "over.tf: warning: not read: larger than 6 MiB\n");
}

/* What Git unpacks on the way to a file may be larger than a file may be. */
static void a_small_file_kept_as_part_of_a_large_one_is_read(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "cd r; seq 2000000 > a.tf; git add .; git commit -qm large; seq 100000 > a.tf; "
	      "git add .; git commit -qm small; git repack -adfq; "
	      "git rev-parse HEAD:a.tf | git cat-file --batch-check='%%(deltabase)' | "
	      "grep -q \"$(git rev-parse HEAD~:a.tf)\"");
	must_read(f, "r");
	assert_int_equal(fileset_find(&f->files, S("a.tf"))->text.n, 588895);
	assert_works(f, read_repo(f, "r", "HEAD~"));
	assert_string_equal(fileset_find(&f->files, S("a.tf"))->unread, "larger than 6 MiB");
}

/* Damage to the one object of dir/sub/c.json, to its folder, or to the pack. */
static const struct damage {
	const char *script, *says;
} damages[] = {
	{ "chmod +w $o; printf x >$o", "cannot read 'dir/sub/c.json'" },
	{ "chmod +w $o; head -c 10 $o >t; cat t >$o", "cannot read 'dir/sub/c.json'" },
	{ "chmod +w $o; head -c 3 $o >t; cat t >$o", "cannot read 'dir/sub/c.json'" },
	{ "chmod +w $t; head -c -1 $t >t; cat t >$t", "cannot read 'dir/sub'" },
	{ "o=.git/objects/$(git rev-parse HEAD | sed 's,..,&/,'); chmod +w $o; head -c -5 $o >t; "
	  "cat t >$o",
	  "revision" },
	{ "chmod +w $o; : >$o", "cannot read 'dir/sub/c.json'" },
	{ "rm -f $o", "the object of 'dir/sub/c.json' is missing: run git fsck" },
	{ "rm -f $t", "the object of 'dir/sub' is missing: run git fsck" },
	{ "chmod +w $t; printf x >$t", "cannot read 'dir/sub'" },
	{ "git gc -q; chmod +w .git/objects/pack/*.pack; truncate -s 60 .git/objects/pack/*.pack",
	  "" },
	{ "git gc -q; rm -f .git/objects/pack/*.pack", "" },
};

static void a_missing_or_corrupt_object_stops_the_run(void **state)
{
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		print_message("         %s\n", damages[i].script);
		sh(f, "rm -rf r");
		make_repo(f);
		sh(f,
		   "cd r; o=.git/objects/$(git rev-parse HEAD:dir/sub/c.json | sed 's,..,&/,');"
		   "t=.git/objects/$(git rev-parse HEAD:dir/sub | sed 's,..,&/,'); %s",
		   damages[i].script);
		assert_fails(f, read_repo(f, "r", NULL), damages[i].says);
	}
}

static void a_partial_clone_is_told_what_to_run(void **state)
{
	struct git_fixture *f = *state;
	static const char *const filters[] = { "blob:none", "tree:0" };

	make_repo(f);
	sh(f, "git -C r config uploadpack.allowFilter true;"
	      "git -C r config uploadpack.allowAnySHA1InWant true");
	for (size_t i = 0; i < sizeof(filters) / sizeof(*filters); i++) {
		const char *command;

		sh(f, "rm -rf p; git clone -q --no-checkout --filter=%s file://$PWD/r p",
		   filters[i]);
		assert_fails(f, read_repo(f, "p", NULL), "this is a partial clone");
		assert_null(strstr(f->err.msg, "''"));
		sh(f, "cd p; git config --rename-section remote.origin saved.origin;"
		      "git config core.repositoryformatversion 1;"
		      "git config extensions.partialClone origin");
		assert_fails(f, read_repo(f, "p", NULL), "this is a partial clone");
		sh(f, "cd p; git config --rename-section saved.origin remote.origin");
		command = strstr(f->err.msg, "git fetch");
		assert_non_null(command);
		sh(f, "cd p; %.*s", (int)strcspn(command, ","), command);
		must_read(f, "p");
		assert_int_equal(f->files.n, 3);
	}
}

static void replaced_objects_are_announced(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "cd r; git replace $(git rev-parse HEAD:a.tf) $(echo other | git hash-object -w "
	      "--stdin)");
	must_read(f, "r");
	assert_str(f->files.files[0].text, "a = 1\n");
	assert_has(diags_text(f).p, "warning: refs/replace is ignored");
}

static void a_pointer_of_git_lfs_is_announced(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f,
	   "cd r; printf 'version https://git-lfs.github.com/spec/v1\\noid sha256:0\\nsize 9\\n' "
	   ">a.tf; git commit -qam lfs");
	must_read(f, "r");
	assert_has(f->files.files[0].text.p, "version https://git-lfs");
	assert_str(diags_text(f),
		   "a.tf: warning: a pointer of Git LFS: what the file says is not in "
		   "the repository\n");
}

static void an_edit_beside_a_forbidden_name_leaves_that_alone(void **state)
{
	struct git_fixture *f = *state;
	const struct branch_options options = { 0 };
	struct branch_result result;
	struct file_change change;
	struct commit_step step = { S("m"), &change, 1 };

	commit_name(f, true, ".git");
	must_read(f, "r");
	change = change_to(f, "x.tf", S("y\n"));
	assert_works(f, repo_commit(f->repo, &f->base, "k", &step, 1, &options, &result, &f->err));
	assert_str(sh_out(f, "cd r; git ls-tree -r --name-only k"), ".git/y.tf\nx.tf\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(a_revision_is_named_as_for_git),
		GIT_TEST(the_base_is_described),
		GIT_TEST(an_unknown_revision_is_named),
		GIT_TEST(a_new_repository_has_no_commit_yet),
		GIT_TEST(an_empty_tree_is_an_empty_set),
		GIT_TEST(only_wanted_files_are_read),
		GIT_TEST(bytes_come_as_stored),
		GIT_TEST(submodules_are_another_repository),
		GIT_TEST(names_that_git_forbids_are_left_out),
		GIT_TEST(an_edit_beside_a_forbidden_name_leaves_that_alone),
		GIT_TEST(a_name_that_is_there_twice_is_refused),
		GIT_TEST(folders_are_read_up_to_the_limit_and_not_beyond),
		GIT_TEST(a_file_over_the_limit_is_left_out),
		GIT_TEST(a_small_file_kept_as_part_of_a_large_one_is_read),
		GIT_TEST(a_missing_or_corrupt_object_stops_the_run),
		GIT_TEST(a_partial_clone_is_told_what_to_run),
		GIT_TEST(replaced_objects_are_announced),
		GIT_TEST(a_pointer_of_git_lfs_is_announced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
