/* SPDX-License-Identifier: MIT */
/* The line that shows how far a long read is. */
#include "support.h"

#include <string.h>

#include "../src/app/progress.h"

static void says_how_much_of_it(void **state)
{
	const struct evidence_progress p = { .done = 3u << 20, .total = 12u << 20, .events = 42 };
	char line[PROGRESS_MAX];

	(void)state;
	progress_line(&p, 80, line);
	assert_string_equal(line, "reading logs: 25% of 12 MB, 42 events");
}

static void says_how_much_where_the_end_is_not_known(void **state)
{
	const struct evidence_progress p = { .done = 3u << 20, .events = 1 };
	char line[PROGRESS_MAX];

	(void)state;
	progress_line(&p, 80, line);
	assert_string_equal(line, "reading logs: 3 MB, 1 events");
}

static void fits_into_the_terminal(void **state)
{
	const struct evidence_progress p = { .done = 1, .total = UINT64_MAX, .events = UINT64_MAX };
	char line[PROGRESS_MAX];

	(void)state;
	for (size_t width = 0; width < 2 * PROGRESS_MAX; width++) {
		progress_line(&p, width, line);
		assert_true(strlen(line) <= width && strlen(line) < PROGRESS_MAX);
	}
	progress_line(&p, 10, line);
	assert_string_equal(line, "reading lo");
}

/* Standard error of the tests is no terminal. */
static void nothing_is_shown_elsewhere(void **state)
{
	const struct evidence_progress p = { .done = 1, .total = 2 };
	struct progress progress = { 0 };

	(void)state;
	progress_show(&progress, &p);
	assert_int_equal(progress.shown, 0);
	progress_end(&progress);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says_how_much_of_it),
		cmocka_unit_test(says_how_much_where_the_end_is_not_known),
		cmocka_unit_test(fits_into_the_terminal),
		cmocka_unit_test(nothing_is_shown_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
