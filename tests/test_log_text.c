/* SPDX-License-Identifier: MIT */
/* Points in time and structs as logs write them. */
#define _DEFAULT_SOURCE /* timegm() */
#include "../src/facts/struct_text.h"
#include "../src/facts/timestamp.h"

#include <time.h>

#include "kmsfix/evidence.h"
#include "support.h"

static const struct {
	const char *text;
	int64_t time; /* -1: none */
} times[] = {
	{ "2025-01-31T23:59:59Z", 1738367999 },
	{ "2025-01-31T23:59:59.123456Z", 1738367999 },
	{ "2025-01-31T23:59:59.", -1 },
	{ "2025-01-31 23:59:59", 1738367999 },
	{ "2025-01-31 23:59:59.5 UTC", 1738367999 },
	{ "2025-01-31 23:59:59Z", 1738367999 },
	{ "2025-01-31 23:59:59 CET", -1 },
	{ "2025-01-31T23:59:59+01:00", 1738364399 },
	{ "2025-01-31T23:59:59-14:59", 1738421939 },
	{ "2016-12-31T23:59:60Z", 1483228800 },
	{ "2000-02-29T00:00:00Z", 951782400 },
	{ "2199-12-31T23:59:59Z", 7258118399 },
	{ "2025-01-31T23:59:59", -1 },
	{ "2025-01-31T23:59:59 UTC", -1 },
	{ "2025-01-31t23:59:59Z", -1 },
	{ "2025-01-31T23:59:5", -1 },
	{ "1999-01-31T23:59:59Z", -1 },
	{ "2200-01-31T23:59:59Z", -1 },
	{ "20/5-01-31T23:59:59Z", -1 },
	{ "20:5-01-31T23:59:59Z", -1 },
	{ "2025/01-31T23:59:59Z", -1 },
	{ "2025-01/31T23:59:59Z", -1 },
	{ "2025-00-31T23:59:59Z", -1 },
	{ "2025-13-31T23:59:59Z", -1 },
	{ "2025-01-00T23:59:59Z", -1 },
	{ "2025-04-31T23:59:59Z", -1 },
	{ "2100-02-29T23:59:59Z", -1 },
	{ "2025-01-31T24:00:00Z", -1 },
	{ "2025-01-31T-1:00:00Z", -1 },
	{ "2025-01-31T23-59:59Z", -1 },
	{ "2025-01-31T23:60:59Z", -1 },
	{ "2025-01-31T23:x9:59Z", -1 },
	{ "2025-01-31T23:59-59Z", -1 },
	{ "2025-01-31T23:59:61Z", -1 },
	{ "2025-01-31T23:59:x9Z", -1 },
	{ "2025-01-31T23:59:59+0100", -1 },
	{ "2025-01-31T23:59:59*01:00", -1 },
	{ "2025-01-31T23:59:59+01-00", -1 },
	{ "2025-01-31T23:59:59+15:00", -1 },
	{ "2025-01-31T23:59:59+x1:00", -1 },
	{ "2025-01-31T23:59:59+01:60", -1 },
	{ "2025-01-31T23:59:59+01:x0", -1 },
};

static void the_table_of_times_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(times); i++) {
		int64_t time = -1;
		bool ok = timestamp_parse(str_from(times[i].text), &time);
		if (ok != (times[i].time >= 0) || time != times[i].time)
			test_fail("%s is %lld", times[i].text, (long long)time);
	}
}

static void each_day_is_that_of_the_c_library(void **state)
{
	(void)state;
	for (int64_t day = 10957; day < 84006; day++) { /* 2000 to 2199 */
		time_t when = day * DAY_SECONDS + 43200;
		struct tm t;
		char text[21], want[40];
		int64_t time = 0;
		assert_non_null(gmtime_r(&when, &t));
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &t);
		evidence_time_text(when, text);
		assert_string_equal(text, want);
		assert_true(timestamp_parse(str_from(text), &time));
		assert_int_equal(time, when);
	}
}

static void days_before_1970_have_a_text(void **state)
{
	char text[21];
	(void)state;
	evidence_time_text(-1, text);
	assert_string_equal(text, "1969-12-31T23:59:59Z");
}

static const struct {
	const char *text, *name, *value; /* NULL: refused */
} fields[] = {
	{ "{a=b, C_1=d, e=f}", "c_1", "d" },
	{ "{a=b, Z9={x=[1, {y=2}], z=3}, e=f}", "z9", "{x=[1, {y=2}], z=3}" },
	{ "{a=b,c, d, e=f}", "a", "b,c, d" },
	{ "{a=b,}", "a", "b," },
	{ "{a=b, }", "a", "b, " },
	{ "{a=b, =c}", "a", "b, =c" },
	{ "{a=null}", "a", "" },
	{ "{a=}", "a", "" },
	{ "{}", "a", "" },
	{ "null", "a", "" },
	{ "", "a", "" },
	{ "{a=b}", "x", "" },
	{ "a=b}", "a", NULL },
	{ "{a=b", "a", NULL },
	{ "{", "a", NULL },
	{ "{a}", "a", NULL },
	{ "{=b}", "a", NULL },
	{ "{a:b}", "a", NULL },
	{ "{[a=b}", "a", NULL },
	{ "{a=[b}", "a", NULL },
	{ "{a=b]}", "a", NULL },
	{ "{a=b, A=c}", "a", NULL },
	{ "{a=[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}", "a", "[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]" },
	{ "{a=[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}", "a", NULL },
};

static void the_table_of_structs_holds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(fields); i++) {
		const char *why = NULL;
		str value;
		bool ok = struct_field(str_from(fields[i].text), str_from(fields[i].name), &value,
				       &why);
		if (ok != !!fields[i].value || ok == !!why ||
		    (ok && !str_eq(value, str_from(fields[i].value))))
			test_fail("%s: %.*s, %s", fields[i].text, STR_ARG(value), why ? why : "");
	}
}

static const struct {
	const char *text, *items; /* each followed by ';', and by '!' what is refused */
} lists[] = {
	{ "[{a=b}, {c={d}}]", "{a=b};{c={d}};" },
	{ "[]", "" },
	{ "[{a}x]", "!" },
	{ "[x{a}]", "!" },
	{ "[}{a}]", "!" },
	{ "[{a]", "!" },
	{ "[{a{b}]", "!" },
	{ "{a}", "!" },
	{ "[{a}", "!" },
	{ "[", "!" },
};

static void the_table_of_lists_holds(void **state)
{
	struct arena *a = arena_create();
	(void)state;
	for (size_t i = 0; i < COUNT(lists); i++) {
		str rest = str_from(lists[i].text), item, got = S("");
		const char *why = NULL;
		if (struct_list(&rest, &why))
			while (struct_item(&rest, &item, &why))
				got = STR_CAT(a, got, item, S(";"));
		if (why)
			got = STR_CAT(a, got, S("!"));
		assert_str_eq(got, str_from(lists[i].items));
	}
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_of_times_holds),
		cmocka_unit_test(each_day_is_that_of_the_c_library),
		cmocka_unit_test(days_before_1970_have_a_text),
		cmocka_unit_test(the_table_of_structs_holds),
		cmocka_unit_test(the_table_of_lists_holds),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
