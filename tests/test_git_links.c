/* SPDX-License-Identifier: MIT */
/* Symbolic links of a tree: what they lead to there, or that they lead nowhere. */
#include <string.h>

#include "git_fixture.h"

#define NOWHERE "a symbolic link that leads to nothing of the tree"

static bool ends_in_tf(str path, void *ctx)
{
	(*(int *)ctx)++;
	return str_ends(path, S(".tf"));
}

/* What is at the other end, or why nothing is. */
static const struct end {
	const char *path, *text, *unread;
} ends[] = {
	{ "a.tf", "a\n", NULL },        { "dir/b.tf", "b\n", NULL },  { "dir/up.tf", "a\n", NULL },
	{ "one.tf", "a\n", NULL },      { "two.tf", "a\n", NULL },    { "text.tf", "text\n", NULL },
	{ "absolute.tf", "", NOWHERE }, { "circle.tf", "", NOWHERE }, { "gone.tf", "", NOWHERE },
	{ "out.tf", "", NOWHERE },      { "run.tf", "run\n", NULL },
};

static void links_are_followed_within_the_tree(void **state)
{
	struct git_fixture *f = *state;
	int asked = 0;

	sh(f,
	   "git init -q r; cd r; mkdir dir; echo a >a.tf; echo b >dir/b.tf; echo text >text;"
	   "ln -s ../a.tf dir/up.tf; ln -s a.tf one.tf; ln -s ./dir/../one.tf two.tf;"
	   "ln -s text text.tf; ln -s $PWD/a.tf absolute.tf; ln -s circle.tf circle.tf;"
	   "echo run >run; chmod +x run; ln -s run run.tf; ln -s nothing.tf gone.tf; ln -s "
	   "../out.tf out.tf; echo out >../out.tf;"
	   "ln -s ../dir dir/again; ln -s dir folder; ln -s . here; git add .; git commit -qm 1");
	assert_works(f, open_repo(f, "r"));
	assert_works(f, repo_read(f->repo, NULL, ends_in_tf, &asked, &f->files, &f->base, f->arena,
				  &f->diags, &f->err));
	assert_int_equal(f->files.n, sizeof(ends) / sizeof(*ends));
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		const struct file *end = fileset_find(&f->files, str_from(ends[i].path));

		assert_non_null(end);
		assert_str(end->text, ends[i].text);
		if (ends[i].unread)
			assert_string_equal(end->unread, ends[i].unread);
		else
			assert_null(end->unread);
		assert_int_equal(end->linked, !str_eq(end->path, S("dir/b.tf")));
	}
}

static void links_to_folders_are_other_names_of_them(void **state)
{
	static const struct {
		const char *path, *real;
	} rows[] = {
		{ "folder", "dir" },
		{ "folder/b.tf", "dir/b.tf" },
		{ "folder2/b.tf", "folder2/b.tf" },
		{ "chain/sub/c.json", "dir/sub/c.json" },
		{ "here/a.tf", "a.tf" },
		{ "here/here/folder/b.tf", "dir/b.tf" },
		{ "dir/sub", "dir/sub" },
	};
	struct git_fixture *f = *state;

	make_repo(f);
	sh(f, "cd r; ln -s dir folder; ln -s folder chain; ln -s . here; git add .;"
	      "git commit -qm 2");
	must_read(f, "r");
	assert_int_equal(f->files.n, 3);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_str(fileset_real_path(&f->files, str_from(rows[i].path), f->arena),
			   rows[i].real);
}

/* The object of a link says where it leads: without it nobody knows what the tree holds. */
static void a_link_that_cannot_be_read_stops_the_run(void **state)
{
	static const struct {
		const char *target, *lost, *error;
	} rows[] = {
		{ "a.tf", "link.tf", "the object of 'link.tf' is missing: run git fsck" },
		{ "dir", "link.tf", "the object of 'link.tf' is missing: run git fsck" },
		{ "text", "text", "the object of 'text' is missing: run git fsck" },
		{ "dir/sub/c.json", "dir/sub", "is missing: run git fsck" },
	};
	struct git_fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		make_repo(f);
		sh(f,
		   "cd r; echo x >text; ln -s %s link.tf; git add .; git commit -qm 1;"
		   "rm -f .git/objects/$(git rev-parse 'HEAD:%s' | sed 's,..,&/,')",
		   rows[i].target, rows[i].lost);
		assert_fails(f, read_repo(f, "r", NULL), rows[i].error);
		sh(f, "rm -rf r");
	}
}

/* Neither a path that Git could not have, nor one that is too long, nor a text that is no path. */
static void a_link_that_is_no_path_leads_nowhere(void **state)
{
	static const char *const texts[] = {
		"", "/a.tf", "a.tf\\000", "$(seq -s/ 2000)", "a.tf/x", "dir/../../a.tf",
	};
	struct git_fixture *f = *state;

	make_repo(f);
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		sh(f,
		   "cd r; id=$(printf \"%s\" | git hash-object -w --stdin);"
		   "git update-index --add --cacheinfo 120000,$id,link%zu.tf",
		   texts[i], i);
	sh(f, "cd r; git commit -qm 1");
	must_read(f, "r");
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct file *l = fileset_find(&f->files, str_fmt(f->arena, "link%zu.tf", i));

		assert_non_null(l);
		assert_string_equal(l->unread, NOWHERE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(links_are_followed_within_the_tree),
		GIT_TEST(links_to_folders_are_other_names_of_them),
		GIT_TEST(a_link_that_cannot_be_read_stops_the_run),
		GIT_TEST(a_link_that_is_no_path_leads_nowhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
