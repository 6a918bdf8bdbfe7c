/* SPDX-License-Identifier: MIT */
#include "timestamp.h"

#include <stdio.h>

#include "kmsfix/ascii.h"
#include "kmsfix/evidence.h"

/* Exactly `n` digits at `at`; -1 when they are not there. */
static int digits(str s, size_t at, size_t n)
{
	int value = 0;

	if (at > s.n || n > s.n - at)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return -1;
		value = value * 10 + (s.p[i] - '0');
	}
	return value;
}

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month - 1] + (month == 2 && leap(year));
}

/* Days since 1970-01-01; the year is counted from March, so that the leap day is its last. */
static int64_t days_from(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int shifted = month <= 2 ? month + 9 : month - 3;

	return 365 * (int64_t)y + y / 4 - y / 100 + y / 400 + (153 * shifted + 2) / 5 + day -
	       719469;
}

static bool date_parse(str s, int64_t *days)
{
	int year = digits(s, 0, 4), month = digits(s, 5, 2), day = digits(s, 8, 2);

	if (s.n < 10 || s.p[4] != '-' || s.p[7] != '-' || year < 2000 || year > 2199 || month < 1 ||
	    month > 12 || day < 1 || day > month_days(year, month))
		return false;
	*days = days_from(year, month, day);
	return true;
}

static bool clock_parse(str s, int *seconds)
{
	int h = digits(s, 11, 2), m = digits(s, 14, 2), sec = digits(s, 17, 2);

	/* 60: a leap second */
	if (s.n < 19 || s.p[13] != ':' || s.p[16] != ':' || h < 0 || h > 23 || m < 0 || m > 59 ||
	    sec < 0 || sec > 60)
		return false;
	*seconds = h * 3600 + m * 60 + sec;
	return true;
}

/* `Z`, ` UTC`, `+01:00`; nothing only after a blank between date and time. */
static bool zone_parse(str s, bool blank, int *offset)
{
	int h, m;

	*offset = 0;
	if (str_eq(s, S("Z")) || (blank && (!s.n || str_eq(s, S(" UTC")))))
		return true;
	h = digits(s, 1, 2);
	m = digits(s, 4, 2);
	if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || h < 0 || h > 14 ||
	    m < 0 || m > 59)
		return false;
	*offset = (s.p[0] == '-' ? -1 : 1) * (h * 3600 + m * 60);
	return true;
}

bool timestamp_parse(str s, int64_t *out)
{
	int64_t days;
	int seconds, offset;
	size_t at = 19;

	if (s.n < 19 || !date_parse(s, &days) || (s.p[10] != 'T' && s.p[10] != ' ') ||
	    !clock_parse(s, &seconds))
		return false;
	if (at < s.n && s.p[at] == '.') {
		at++;
		while (digits(s, at, 1) >= 0)
			at++;
	}
	if (!zone_parse(str_sub(s, at, s.n), s.p[10] == ' ', &offset))
		return false;
	*out = days * DAY_SECONDS + seconds - offset;
	return true;
}

void evidence_day_text(int32_t day, char out[11])
{
	int year = 1970, month = 1;
	int32_t left = day;

	/* Whole 400 years have always the same number of days. */
	year += left / 146097 * 400;
	left %= 146097;
	for (; left < 0; left += 365 + leap(year))
		year--;
	for (; left >= 365 + leap(year); year++)
		left -= 365 + leap(year);
	for (; left >= month_days(year, month); month++)
		left -= month_days(year, month);
	snprintf(out, 11, "%04u-%02u-%02u", (unsigned)year % 10000, (unsigned)month % 100,
		 (unsigned)(left + 1) % 100);
}

void evidence_time_text(int64_t time, char out[21])
{
	int64_t day = time / DAY_SECONDS - (time % DAY_SECONDS < 0);
	unsigned seconds = (unsigned)(time - day * DAY_SECONDS) % DAY_SECONDS;

	evidence_day_text((int32_t)day, out);
	snprintf(out + 10, 11, "T%02u:%02u:%02uZ", seconds / 3600, seconds / 60 % 60, seconds % 60);
}
