/* SPDX-License-Identifier: MIT */
/* When a place is coloured, and how wide it is taken to be. */
#define _XOPEN_SOURCE 700 /* pseudo terminals */
#define _DEFAULT_SOURCE   /* struct winsize */

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../src/app/terminal.h"
#include "support.h"

struct places {
	int master, terminal, other;
};

static int setup(void **state)
{
	static struct places p;

	p.master = posix_openpt(O_RDWR | O_NOCTTY);
	if (p.master < 0 || grantpt(p.master) || unlockpt(p.master))
		return -1;
	p.terminal = open(ptsname(p.master), O_RDWR | O_NOCTTY);
	p.other = open("/dev/null", O_RDWR);
	*state = &p;
	return p.terminal < 0 || p.other < 0;
}

static int teardown(void **state)
{
	struct places *p = *state;

	close(p->other);
	close(p->terminal);
	close(p->master);
	return 0;
}

static void set(const char *name, const char *value)
{
	if (value)
		setenv(name, value, 1);
	else
		unsetenv(name);
}

static void colours_are_for_terminals_that_have_them(void **state)
{
	static const struct {
		const char *term, *no_color;
		enum color color;
		bool terminal, other;
	} rows[] = {
		{ "xterm", NULL, COLOR_AUTO, true, false },
		{ "xterm", "", COLOR_AUTO, true, false },
		{ "xterm", "1", COLOR_AUTO, false, false },
		{ "dumb", NULL, COLOR_AUTO, false, false },
		{ NULL, NULL, COLOR_AUTO, false, false },
		{ "dumb", "1", COLOR_ALWAYS, true, true },
		{ "xterm", NULL, COLOR_NEVER, false, false },
	};
	struct places *p = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		set("TERM", rows[i].term);
		set("NO_COLOR", rows[i].no_color);
		assert_int_equal(terminal_color(rows[i].color, p->terminal), rows[i].terminal);
		assert_int_equal(terminal_color(rows[i].color, p->other), rows[i].other);
	}
}

static void a_width_is_told_or_asked_for_and_never_tiny(void **state)
{
	static const struct {
		const char *columns;
		unsigned short size;
		size_t width;
	} rows[] = {
		{ "60", 100, 60 }, { "5", 100, 40 }, { NULL, 100, 100 },
		{ "x", 100, 100 }, { NULL, 0, 80 },  { NULL, 7, 40 },
	};
	struct places *p = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct winsize size = { .ws_col = rows[i].size };

		set("COLUMNS", rows[i].columns);
		assert_int_equal(ioctl(p->terminal, TIOCSWINSZ, &size), 0);
		assert_int_equal(terminal_width(p->terminal), rows[i].width);
		assert_int_equal(terminal_width(p->other), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(colours_are_for_terminals_that_have_them),
		cmocka_unit_test(a_width_is_told_or_asked_for_and_never_tiny),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
