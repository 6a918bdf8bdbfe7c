/* SPDX-License-Identifier: MIT */
#include "kmsfix/arena.h"

#include <stdalign.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kmsfix/vec.h"
#include "support.h"

static bool is_zero(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i])
			return false;
	}
	return true;
}

static void pieces_are_zeroed_aligned_and_apart(void **state)
{
	/* Around the sizes at which the arena behaves differently. */
	static const size_t sizes[] = { 1,     7,     16,    17,    4000,   16383,
					16384, 16385, 65536, 65537, 1000000 };
	struct arena *a = arena_create();
	unsigned char *pieces[COUNT(sizes) * 3];

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		size_t size = sizes[i % COUNT(sizes)];

		pieces[i] = arena_alloc(a, size);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
		assert_true(is_zero(pieces[i], size));
		memset(pieces[i], (int)i + 1, size);
	}
	for (size_t i = 0; i < COUNT(pieces); i++) {
		size_t size = sizes[i % COUNT(sizes)];

		assert_int_equal(pieces[i][0], i + 1);
		assert_int_equal(pieces[i][size - 1], i + 1);
	}
	arena_destroy(a);
}

static void nothing_is_a_piece_too(void **state)
{
	struct arena *a = arena_create();
	void *p = arena_alloc(a, 0), *q = arena_alloc(a, 0);

	(void)state;
	assert_non_null(p);
	assert_ptr_not_equal(p, q);
	assert_ptr_not_equal(arena_array(a, 0, 8), arena_array(a, 8, 0));
	arena_destroy(a);
	arena_destroy(NULL);
}

/* As many rounds as blocks of all sizes need to be used again, more and less than before. */
static void what_was_taken_back_is_zeroed(void **state)
{
	static const size_t counts[] = { 3, 400, 9000, 2, 9000, 500, 12000, 0, 1 };
	struct arena *a = arena_create();

	(void)state;
	for (size_t round = 0; round < COUNT(counts); round++) {
		for (size_t i = 0; i < counts[round]; i++) {
			size_t size = i % 400 ? 8 + i % 700 : 20000;
			unsigned char *p = arena_alloc(a, size);

			assert_true(is_zero(p, size));
			memset(p, 0xff, size);
		}
		arena_reset(a);
	}
	arena_destroy(a);
}

/* What joins is cleared with the rest, also in an arena that had given out nothing itself. */
static void what_joins_stays_until_the_arena_goes(void **state)
{
	static const size_t counts[][2] = { { 0, 3 }, { 3, 0 }, { 5000, 9000 }, { 2, 9000 } };

	(void)state;
	for (size_t row = 0; row < COUNT(counts); row++) {
		struct arena *both[] = { arena_create(), arena_create() };
		unsigned char *last[2] = { NULL, NULL };

		for (size_t k = 0; k < 2; k++)
			for (size_t i = 0; i < counts[row][k]; i++) {
				last[k] = arena_alloc(both[k], 100);
				memset(last[k], 0xff, 100);
			}
		arena_join(both[0], both[1]);
		for (size_t k = 0; k < 2; k++)
			assert_true(!last[k] || last[k][99] == 0xff);
		for (size_t round = 0; round < 2; round++) {
			for (size_t i = 0; i < 15000; i++) {
				unsigned char *p = arena_alloc(both[0], 100);

				assert_true(is_zero(p, 100));
				memset(p, 0xff, 100);
			}
			arena_reset(both[0]);
		}
		arena_destroy(both[0]);
	}
}

static void many_small_pieces_span_blocks(void **state)
{
	struct arena *a = arena_create();
	size_t *last = NULL;

	(void)state;
	for (size_t i = 0; i < 20000; i++) {
		size_t *p = ARENA_NEW(a, size_t);

		assert_int_equal(*p, 0);
		*p = i;
		assert_true(!last || *last == i - 1);
		last = p;
	}
	arena_destroy(a);
}

/* The exit status of a child that asks for `count` times `size` bytes. */
static int status_of_array(size_t count, size_t size)
{
	struct arena *a = arena_create();
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (!child) {
		close(2);
		arena_array(a, count, size);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	arena_destroy(a);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void overflow_is_out_of_memory(void **state)
{
	(void)state;
	assert_int_equal(status_of_array(SIZE_MAX / 2 + 1, 2), 1);
	assert_int_equal(status_of_array(SIZE_MAX, SIZE_MAX), 1);
	assert_int_equal(status_of_array(SIZE_MAX, 1), 1);
	assert_int_equal(status_of_array(2, 3), 0);
}

static void a_vec_grows_and_keeps_its_items(void **state)
{
	struct {
		int *v;
		size_t n, cap;
	} list = { 0 };
	struct arena *a = arena_create();

	(void)state;
	for (int i = 0; i < 1000; i++)
		VEC_PUSH(a, &list, i);
	assert_int_equal(list.n, 1000);
	assert_true(list.cap >= 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list.v[i], i);
	arena_destroy(a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
		cmocka_unit_test(nothing_is_a_piece_too),
		cmocka_unit_test(what_was_taken_back_is_zeroed),
		cmocka_unit_test(what_joins_stays_until_the_arena_goes),
		cmocka_unit_test(many_small_pieces_span_blocks),
		cmocka_unit_test(overflow_is_out_of_memory),
		cmocka_unit_test(a_vec_grows_and_keeps_its_items),
	};

	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
