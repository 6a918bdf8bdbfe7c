/* SPDX-License-Identifier: MIT */
#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/ignore.h"

/* The number that `n` digits at `at` are; -1 when they are none. */
static int digits(str s, size_t at, size_t n)
{
	int value = 0;

	for (size_t i = at; i < at + n; i++) {
		if (!ascii_is_digit(s.p[i]))
			return -1;
		value = value * 10 + (s.p[i] - '0');
	}
	return value;
}

static int days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return month == 2 && leap ? 29 : days[month - 1];
}

bool is_date(str text)
{
	int year, month, day;

	if (text.n != 10 || text.p[4] != '-' || text.p[7] != '-')
		return false;
	year = digits(text, 0, 4);
	month = digits(text, 5, 2);
	day = digits(text, 8, 2);
	return year >= 0 && month >= 1 && month <= 12 && day >= 1 &&
	       day <= days_in_month(year, month);
}

/* The next word of *rest, without the blanks around it; empty at the end. */
static str take_word(str *rest)
{
	size_t end = 0;
	str word;

	*rest = str_trim(*rest);
	while (end < rest->n && rest->p[end] != ' ' && rest->p[end] != '\t')
		end++;
	word = str_sub(*rest, 0, end);
	*rest = str_sub(*rest, end, rest->n);
	return word;
}

void ignore_parse(struct ignore *out, str text, struct arena *a)
{
	struct buf reason = { 0 };

	out->wrong = NULL;
	out->expires = S("");
	for (str word = take_word(&text); word.n; word = take_word(&text)) {
		if (!str_starts(word, S("exp:"))) {
			buf_add(&reason, reason.n ? S(" ") : S(""));
			buf_add(&reason, word);
			continue;
		}
		if (out->expires.n)
			out->wrong = "it has two last days";
		out->expires = str_sub(word, 4, word.n);
		if (!is_date(out->expires))
			out->wrong = "its last day is no date such as exp:2027-12-31";
	}
	out->reason = str_dup(a, buf_str(&reason));
	buf_free(&reason);
	if (str_starts(out->reason, S("kmsfix:")))
		out->wrong = "it is not written as kmsfix:ignore REASON [exp:YYYY-MM-DD], or in "
			     "Metadata.kmsfix as ignore: REASON [exp:YYYY-MM-DD]";
	if (!out->reason.n)
		out->wrong = "it has no reason: kmsfix:ignore REASON [exp:YYYY-MM-DD]";
}
