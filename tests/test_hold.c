/* SPDX-License-Identifier: MIT */
#include "kmsfix/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The groups of codes by rank; within a group the order is free. */
static const char *const groups[] = {
	/* text */ "TF-DYNAMIC CFN-DYNAMIC SLS-DYNAMIC TF-OVERRIDE SHARED-TEXT IGNORE-FORM",
	/* document */ "BOUNDARY-DOC SHARED-DOC JSON-KIND",
	/* action */ "ADMIN NOTACTION ACTION-FORM ACTION-WILD",
	/* resource */ "NOTRESOURCE RES-ALL RES-WILD UNUSED RES-VAR RES-FORM ALIAS-RES NO-MATCH",
	/* key */ "KEY-EXTERNAL XACCT ACCT-UNKNOWN PARTITION MRK UNIT MODULE AWS-MANAGED",
	/* key policy */
	("KEY-POLICY-UNSET KEY-2WRITERS KEY-STATE KEY-IGNORED KEY-MULTI KEY-TEXT DELEG-COND "
	 "DELEG-RES "
	 "NO-DELEGATION"),
	/* who */ "DRIFT ATTACH-UNKNOWN ROLE-UNRESOLVED USER GROUP SSO SERVICE-LINKED",
	/* condition */ "COND-IAMONLY COND-UNKNOWN COND-FORALL COND-DEAD VAR-VERSION",
	/* result */ "CONDITIONAL EMPTY SIZE CHARSET CYCLE PARTIAL TEMPLATE",
};

/* True when the words of `list` hold `word`. */
static bool has_word(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = list; (at = strstr(at, word)); at += n) {
		if ((at == list || at[-1] == ' ') && (at[n] == ' ' || !at[n]))
			return true;
	}
	return false;
}

static size_t word_count(const char *list)
{
	size_t n = 1;

	for (; *list; list++)
		n += *list == ' ';
	return n;
}

static size_t group_of(const char *code)
{
	for (size_t i = 0; i < COUNT(groups); i++) {
		if (has_word(groups[i], code))
			return i;
	}
	fail_msg("no group has %s", code);
	return 0;
}

static void every_code_is_there_once(void **state)
{
	size_t wanted = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(groups); i++)
		wanted += word_count(groups[i]);
	assert_int_equal(hold_code_count, wanted);
	for (size_t i = 0; i < hold_code_count; i++) {
		group_of(hold_codes[i].code);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(hold_codes[i].code, hold_codes[j].code);
	}
}

static void codes_rank_from_text_to_result(void **state)
{
	(void)state;
	for (size_t i = 1; i < hold_code_count; i++)
		assert_true(group_of(hold_codes[i - 1].code) <= group_of(hold_codes[i].code));
}

/* The order in which the codes of one group are tried. */
static void a_group_keeps_its_stated_order(void **state)
{
	static const char *const pairs[][2] = {
		{ "ADMIN", "NOTACTION" },
		{ "ACTION-FORM", "ACTION-WILD" },
		{ "NOTRESOURCE", "RES-ALL" },
		{ "RES-ALL", "RES-WILD" },
		{ "KEY-EXTERNAL", "XACCT" },
		{ "XACCT", "ACCT-UNKNOWN" },
		{ "MRK", "UNIT" },
		{ "ATTACH-UNKNOWN", "ROLE-UNRESOLVED" },
		{ "USER", "GROUP" },
		{ "GROUP", "SSO" },
		{ "CONDITIONAL", "EMPTY" },
		{ "CHARSET", "CYCLE" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++)
		assert_true(hold_code_find(pairs[i][0]) < hold_code_find(pairs[i][1]));
}

static void a_code_is_found_by_its_exact_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < hold_code_count; i++)
		assert_ptr_equal(hold_code_find(hold_codes[i].code), &hold_codes[i]);
	assert_null(hold_code_find("res-all"));
	assert_null(hold_code_find("RES"));
	assert_null(hold_code_find(""));
	assert_null(hold_code_find("RESIDUAL")); /* a report, not a hold */
}

static void texts_are_one_line_without_full_stop(void **state)
{
	(void)state;
	for (size_t i = 0; i < hold_code_count; i++) {
		const char *texts[] = { hold_codes[i].title, hold_codes[i].unlock };

		assert_non_null(texts[0]);
		for (size_t t = 0; t < 2 && texts[t]; t++) {
			assert_true(strlen(texts[t]) > 10 && strlen(texts[t]) <= 130);
			assert_null(strchr(texts[t], '\n'));
			assert_int_not_equal(texts[t][strlen(texts[t]) - 1], '.');
		}
	}
}

static void nothing_unlocks_what_is_never_safe(void **state)
{
	static const char *const never[] = { "GROUP", "SSO", "XACCT", "BOUNDARY-DOC" };

	(void)state;
	for (size_t i = 0; i < COUNT(never); i++)
		assert_null(hold_code_find(never[i])->unlock);
}

/* The manual page has each code, in order, and its title as a sentence. */
static void the_manual_page_explains_every_code(void **state)
{
	static char page[65536], want[512];
	FILE *f = fopen("src/app/kmsfix.1", "rb");
	const char *at = page;
	size_t n;

	(void)state;
	assert_non_null(f);
	n = fread(page, 1, sizeof(page) - 1, f);
	fclose(f);
	assert_true(n > 0 && n < sizeof(page) - 1);
	at = strstr(page, ".Sh HOLD CODES");
	assert_non_null(at);
	for (size_t i = 0; i < hold_code_count; i++) {
		const char *title = hold_codes[i].title;
		char first = title[0];

		if (first >= 'a' && first <= 'z')
			first = (char)(first - 'a' + 'A');
		snprintf(want, sizeof(want), ".It Sy %s\n%c%s.\n", hold_codes[i].code, first,
			 title + 1);
		at = strstr(at, ".It Sy ");
		assert_non_null(at);
		if (strncmp(at, want, strlen(want)))
			fail_msg("the manual page lacks: %s", want);
		at += strlen(want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_is_there_once),
		cmocka_unit_test(codes_rank_from_text_to_result),
		cmocka_unit_test(a_group_keeps_its_stated_order),
		cmocka_unit_test(a_code_is_found_by_its_exact_name),
		cmocka_unit_test(texts_are_one_line_without_full_stop),
		cmocka_unit_test(nothing_unlocks_what_is_never_safe),
		cmocka_unit_test(the_manual_page_explains_every_code),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
