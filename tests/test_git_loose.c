/* SPDX-License-Identifier: MIT */
/* Damaged loose objects: every one ends in the right bytes or in an error, and soon. */
#include <stdio.h>
#include <string.h>

#include <zlib.h>

#include "git_fixture.h"
#include "support.h"

/* The file of the object of a.tf, which holds "a = 1\n". */
static const char *object_path(struct git_fixture *f)
{
	str path = sh_out(f, "cd r; git rev-parse HEAD:a.tf | sed 's,..,&/,'");

	return str_fmt(f->arena, "%s/r/.git/objects/%.41s", f->dir, path.p).p;
}

static void put_object(struct git_fixture *f, str bytes)
{
	const char *path = object_path(f);

	remove(path);
	test_write(path, bytes);
}

/* Object texts, before compression. */
static const struct row {
	str text;
	const char *says; /* NULL: read */
} rows[] = {
	{ S("blob 6\0a = 1\n"), NULL },
	{ S("blob 6\0a = 9\n"), NULL }, /* verified only when edited */
	{ S("blob 0\0"), NULL },
	{ S("blob 6\0a = "), "cannot read 'a.tf'" },
	{ S("blob 6\0"), "cannot read 'a.tf'" },
	{ S("blob 2\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob 6x\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob -6\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob \0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob6\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blub 6\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("ofs_delta 6\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("\0blob 6\0a = 1\n"), "cannot read 'a.tf'" },
	{ S(""), "cannot read 'a.tf'" },
	{ S("blob 6"), "cannot read 'a.tf'" },
	{ S("blob 00000000000000000000000000000000000006\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob 99999999999999999999\0a = 1\n"), "cannot read 'a.tf'" },
	{ S("blob 18446744073709551615\0a = 1\n"), "cannot read 'a.tf'" },
};

static str pack(struct git_fixture *f, str text)
{
	uLongf n = compressBound((uLong)text.n);
	unsigned char *p = arena_alloc(f->arena, n);

	assert_int_equal(compress(p, &n, (const unsigned char *)text.p, (uLong)text.n), Z_OK);
	return (str){ (const char *)p, n };
}

static void an_object_whose_size_is_wrong_is_damaged(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		print_message("         %s\n", rows[i].text.p);
		put_object(f, pack(f, rows[i].text));
		if (rows[i].says)
			assert_fails(f, read_repo(f, "r", NULL), rows[i].says);
		else
			must_read(f, "r");
	}
	put_object(f, pack(f, S("tree 0\0")));
	must_read(f, "r");
	assert_str(diags_text(f), "a.tf: warning: not read: an object that is not a file's\n");
}

/* A size that is claimed but not there must not be believed for long, nor past the limit. */
static void a_size_beyond_the_limit_is_not_unpacked(void **state)
{
	struct git_fixture *f = *state;

	make_repo(f);
	put_object(f, pack(f, S("blob 6291457\0a")));
	must_read(f, "r");
	assert_str(diags_text(f), "a.tf: warning: not read: larger than 6 MiB\n");
	put_object(f, pack(f, S("blob 6291456\0a")));
	assert_fails(f, read_repo(f, "r", NULL), "cannot read 'a.tf'");
}

static void every_cut_and_every_flipped_byte_ends_well(void **state)
{
	struct git_fixture *f = *state;
	str whole;

	make_repo(f);
	whole = pack(f, S("blob 6\0a = 1\n"));
	for (size_t n = 0; n < whole.n; n++) {
		put_object(f, str_sub(whole, 0, n));
		assert_fails(f, read_repo(f, "r", NULL), "cannot read 'a.tf'");
	}
	for (size_t i = 0; i < whole.n; i++) {
		str bytes = str_dup(f->arena, whole);
		char *p = arena_alloc(f->arena, whole.n);

		memcpy(p, bytes.p, bytes.n);
		p[i] = (char)~p[i];
		put_object(f, (str){ p, whole.n });
		if (!read_repo(f, "r", NULL))
			assert_has(f->err.msg, "cannot read 'a.tf'");
	}
}

/* Deflate blocks that hold nothing, before the first byte. */
static void empty_blocks_are_passed(void **state)
{
	struct git_fixture *f = *state;
	struct buf b = { 0 };
	str whole;

	make_repo(f);
	whole = pack(f, S("blob 6\0a = 1\n"));
	buf_add(&b, str_sub(whole, 0, 2));
	for (int i = 0; i < 5000; i++)
		buf_add(&b, S("\0\0\0\xff\xff"));
	put_object(f, buf_str(&b));
	assert_fails(f, read_repo(f, "r", NULL), "cannot read 'a.tf'");
	buf_add(&b, str_sub(whole, 2, whole.n));
	put_object(f, buf_str(&b));
	buf_free(&b);
	must_read(f, "r");
	assert_str(f->files.files[0].text, "a = 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		GIT_TEST(an_object_whose_size_is_wrong_is_damaged),
		GIT_TEST(a_size_beyond_the_limit_is_not_unpacked),
		GIT_TEST(every_cut_and_every_flipped_byte_ends_well),
		GIT_TEST(empty_blocks_are_passed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
