/* SPDX-License-Identifier: MIT */
/*
 * Many generated events, in every format, against what was generated: exactly the same. The number
 * of events per format is in KMSFIX_EVENTS; tests/bench_evidence.sh does a million each.
 */
#include "support.h"

#include <stdlib.h>

#include "evidence_gen.h"

#define EVENTS 2500

static size_t event_count(void)
{
	const char *n = getenv("KMSFIX_EVENTS");

	return n ? (size_t)strtoull(n, NULL, 10) : EVENTS;
}

static void generate(struct gen *g, enum gen_format format, const char *path)
{
	FILE *out = fopen(path, "wb");

	if (!out) {
		test_fail("cannot write '%s'", path);
		return;
	}
	gen_write(g, format, event_count(), out);
	fclose(out);
}

static const struct evidence *read_files(struct arena *a, const char *const *paths, size_t n)
{
	const struct evidence *ev = NULL;
	struct err e;

	if (!evidence_read(&ev, paths, n, NULL, a, &e))
		test_fail("%s", e.msg);
	return ev;
}

static void assert_exact(const struct gen *g, const struct evidence *ev, const char *title)
{
	const char *difference = gen_difference(g, ev);

	if (difference)
		test_fail("%s: %s", title, difference);
}

static void every_format_gives_exactly_the_truth(void **state)
{
	struct arena *a = arena_create();
	const char *dir = test_mkdir(a);
	struct gen *g = ARENA_NEW(a, struct gen);

	(void)state;
	for (enum gen_format f = 0; f < GEN_FORMATS; f++) {
		const char *path = str_fmt(a, "%s/%s", dir, gen_format_name(f)).p;

		gen_start(g, f + 1, 50);
		generate(g, f, path);
		assert_exact(g, read_files(a, &path, 1), gen_format_name(f));
		test_must(a, (const char *[]){ "gzip", "-1", path, NULL });
		path = str_fmt(a, "%s.gz", path).p;
		assert_exact(g, read_files(a, &path, 1), path);
	}
	test_rmdir(a, dir);
	arena_destroy(a);
}

/* All formats in one directory, and then the summaries of them one by one. */
static void parts_add_up_to_the_whole(void **state)
{
	struct arena *a = arena_create();
	const char *dir = test_mkdir(a), *summaries[GEN_FORMATS];
	struct gen *g = ARENA_NEW(a, struct gen);

	(void)state;
	gen_start(g, 7, 80);
	for (enum gen_format f = 0; f < GEN_FORMATS; f++) {
		const char *path = str_fmt(a, "%s/%s", dir, gen_format_name(f)).p;
		struct buf b = { 0 };

		generate(g, f, path);
		evidence_write(read_files(a, &path, 1), &b);
		summaries[f] = str_fmt(a, "%s/summary-%d", dir, (int)f).p;
		test_write(summaries[f], buf_str(&b));
		buf_free(&b);
	}
	assert_exact(g, read_files(a, summaries, GEN_FORMATS), "summaries");
	for (enum gen_format f = 0; f < GEN_FORMATS; f++)
		test_must(a, (const char *[]){ "rm", summaries[f], NULL });
	assert_exact(g, read_files(a, &dir, 1), "a directory");
	test_rmdir(a, dir);
	arena_destroy(a);
}

struct seen {
	uint64_t done, total, calls;
};

static void on_progress(void *ctx, const struct evidence_progress *p)
{
	struct seen *s = ctx;

	assert_true(p->done >= s->done && p->done <= p->total);
	*s = (struct seen){ p->done, p->total, s->calls + 1 };
}

static void progress_is_reported(void **state)
{
	struct arena *a = arena_create();
	const char *dir = test_mkdir(a);
	const char *path = str_fmt(a, "%s/x", dir).p;
	struct gen *g = ARENA_NEW(a, struct gen);
	struct seen seen = { 0 };
	struct evidence_options o = { .progress = on_progress, .ctx = &seen };
	const struct evidence *ev;
	struct err e;

	(void)state;
	gen_start(g, 3, 10);
	generate(g, GEN_RECORDS, path);
	assert_true(evidence_read(&ev, &path, 1, &o, a, &e));
	assert_true(seen.calls > 0);
	assert_int_equal(seen.done, seen.total);
	assert_int_equal(seen.done, ev->totals.bytes);
	test_rmdir(a, dir);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_format_gives_exactly_the_truth),
		cmocka_unit_test(parts_add_up_to_the_whole),
		cmocka_unit_test(progress_is_reported),
	};

	return cmocka_run_group_tests_name("evidence_bulk", tests, NULL, NULL);
}
