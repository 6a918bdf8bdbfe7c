/* SPDX-License-Identifier: MIT */
#include "support.h"

#include "../src/git/date.h"

static const struct row {
	const char *text;
	bool valid;
	int64_t time;
	int offset;
} rows[] = {
	{ "@0", true, 0, 0 },
	{ "@1700000000 +0100", true, 1700000000, 60 },
	{ "1700000000 -0330", true, 1700000000, -210 },
	{ "1700000000", true, 1700000000, 0 },
	{ " @5 ", true, 5, 0 },
	{ "1970-01-01T00:00:00Z", true, 0, 0 },
	{ "2024-02-29T12:30:00Z", true, 1709209800, 0 },
	{ "2024-02-29 12:30:00", true, 1709209800, 0 },
	{ "2024-02-29T12:30", true, 1709209800, 0 },
	{ "2024-02-29T12:30:00+01:00", true, 1709206200, 60 },
	{ "2024-02-29 12:30:00 -0100", true, 1709213400, -60 },
	{ "2000-03-01T00:00:00Z", true, 951868800, 0 },
	{ "2100-03-01T00:00:00Z", true, 4107542400, 0 },
	{ "2023-12-31T23:59:60Z", true, 1704067200, 0 },
	{ "Thu, 29 Feb 2024 12:30:00 +0000", true, 1709209800, 0 },
	{ "Thu, 7 Apr 2005 22:13:13 +0200", true, 1112904793, 120 },
	{ "29 Feb 2024 12:30:00 GMT", true, 1709209800, 0 },
	{ "2024-02-29T12:30:00 UTC", true, 1709209800, 0 },
	{ "2024-12-31T00:00:00Z", true, 1735603200, 0 },
	{ "2024-01-01T00-00", false, 0, 0 },
	{ "2024-01-01T0:00", false, 0, 0 },
	{ "2024-01-01T00:0", false, 0, 0 },
	{ "2024-01-01T00:00:1", false, 0, 0 },
	{ "2024-01-01T00:60:00Z", false, 0, 0 },
	{ "2024-01-01T00:00:61Z", false, 0, 0 },
	{ "2024-01-01T00:00:00Zulu", false, 0, 0 },
	{ "2024-01-01T00:00:00 +1", false, 0, 0 },
	{ "2024-01-01T00:00:00 CET", false, 0, 0 },
	{ "2024-01-01x00:00:00", false, 0, 0 },
	{ "2024-01-0T00:00:00", false, 0, 0 },
	{ "2024-0101T00:00:00", false, 0, 0 },
	{ "2024-1-01T00:00:00", false, 0, 0 },
	{ "2024-01-00T00:00:00Z", false, 0, 0 },
	{ "x Jan 2024 00:00:00", false, 0, 0 },
	{ "1Jan 2024 00:00:00", false, 0, 0 },
	{ "1 Jan2024 00:00:00", false, 0, 0 },
	{ "1 Jan 24 00:00:00", false, 0, 0 },
	{ "1 Jan 2024", false, 0, 0 },
	{ "1 Jan 2024 00:00:00 x", false, 0, 0 },
	{ "1 Jan 1969 00:00:00", false, 0, 0 },
	{ "1 Jan 2024 24:00:00", false, 0, 0 },
	{ "", false, 0, 0 },
	{ "now", false, 0, 0 },
	{ "5", false, 0, 0 },
	{ "20240229", false, 0, 0 },
	{ "@", false, 0, 0 },
	{ "@5 +01", false, 0, 0 },
	{ "@5 +9900", false, 0, 0 },
	{ "@5 +0160", false, 0, 0 },
	{ "@5 +0100x", false, 0, 0 },
	{ "@-5", false, 0, 0 },
	{ "@9999999999999999999999", false, 0, 0 },
	{ "2024-13-01T00:00:00Z", false, 0, 0 },
	{ "2024-00-01T00:00:00Z", false, 0, 0 },
	{ "2024-01-32T00:00:00Z", false, 0, 0 },
	{ "2024-02-30T00:00:00Z", false, 0, 0 },
	{ "2023-02-29T00:00:00Z", false, 0, 0 },
	{ "2024-01-01T24:00:00Z", false, 0, 0 },
	{ "2024-01-01", false, 0, 0 },
	{ "1969-12-31T23:00:00Z", false, 0, 0 },
	{ "1970-01-01T00:00:00+01:00", false, 0, 0 },
	{ "Xxx, 1 Jan 2024 00:00:00", false, 0, 0 },
	{ "1 Foo 2024 00:00:00", false, 0, 0 },
	{ "Thu 1 Jan 2024 00:00:00", false, 0, 0 },
};

static void dates_are_read_as_git_reads_them_or_not_at_all(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t time = 0;
		int offset = 0;
		bool valid = date_parse(str_from(rows[i].text), &time, &offset);

		if (valid != rows[i].valid)
			fail_msg("'%s' is %s", rows[i].text, valid ? "read" : "refused");
		if (valid && (time != rows[i].time || offset != rows[i].offset))
			fail_msg("'%s' is %lld %d", rows[i].text, (long long)time, offset);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_are_read_as_git_reads_them_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
