/* SPDX-License-Identifier: MIT */
#include "date.h"

/* What is still to be read; every take_* leaves it as it was when it returns false. */
struct cursor {
	const char *p, *end;
};

struct civil {
	int64_t year, month, day, hour, minute, second;
};

static void skip_blanks(struct cursor *c)
{
	while (c->p < c->end && *c->p == ' ')
		c->p++;
}

static bool take_char(struct cursor *c, char wanted)
{
	if (c->p == c->end || *c->p != wanted)
		return false;
	c->p++;
	return true;
}

/* Between `min` and `max` digits. */
static bool take_number(struct cursor *c, int min, int max, int64_t *out)
{
	const char *p = c->p;
	int64_t value = 0;

	while (p < c->end && p - c->p < max && *p >= '0' && *p <= '9')
		value = value * 10 + (*p++ - '0');
	if (p - c->p < min)
		return false;
	*out = value;
	c->p = p;
	return true;
}

static bool take_word(struct cursor *c, str word)
{
	str rest = { c->p, (size_t)(c->end - c->p) };

	if (!str_eq_fold(str_sub(rest, 0, word.n), word))
		return false;
	c->p += word.n;
	return true;
}

static bool take_clock(struct cursor *c, struct civil *t)
{
	t->second = 0;
	if (!take_number(c, 2, 2, &t->hour) || !take_char(c, ':') ||
	    !take_number(c, 2, 2, &t->minute))
		return false;
	if (take_char(c, ':') && !take_number(c, 2, 2, &t->second))
		return false;
	return t->hour < 24 && t->minute < 60 && t->second <= 60;
}

/* The zone and the end of the text. */
static bool take_zone(struct cursor *c, int *offset)
{
	int64_t hours, minutes;
	bool west;

	*offset = 0;
	skip_blanks(c);
	if (c->p == c->end)
		return true;
	if (take_char(c, 'Z') || take_word(c, S("UTC")) || take_word(c, S("GMT")))
		return c->p == c->end;
	west = take_char(c, '-');
	if (!west && !take_char(c, '+'))
		return false;
	if (!take_number(c, 2, 2, &hours) || (take_char(c, ':'), !take_number(c, 2, 2, &minutes)))
		return false;
	if (hours > 14 || minutes > 59 || c->p != c->end)
		return false;
	*offset = (int)(hours * 60 + minutes) * (west ? -1 : 1);
	return true;
}

/* Days from 1970-01-01, counting years from March so that the leap day comes last. */
static int64_t days_from_civil(int64_t year, int64_t month, int64_t day)
{
	int64_t y = month > 2 ? year : year - 1;
	int64_t m = (month + 9) % 12;

	return 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719468;
}

static int64_t days_in_month(int64_t year, int64_t month)
{
	int64_t next = month == 12 ? days_from_civil(year + 1, 1, 1) :
				     days_from_civil(year, month + 1, 1);

	return next - days_from_civil(year, month, 1);
}

static bool civil_time(const struct civil *t, int offset, int64_t *time)
{
	if (t->year < 1970 || t->month < 1 || t->month > 12 || t->day < 1 ||
	    t->day > days_in_month(t->year, t->month))
		return false;
	*time = days_from_civil(t->year, t->month, t->day) * 86400 + t->hour * 3600 +
		(t->minute - offset) * 60 + t->second;
	return *time >= 0;
}

static bool parse_seconds(struct cursor c, int64_t *time, int *offset)
{
	bool marked = take_char(&c, '@');

	/* Without '@', short numbers could be a year or a day. */
	return take_number(&c, marked ? 1 : 9, 12, time) && take_zone(&c, offset);
}

static bool parse_iso(struct cursor c, int64_t *time, int *offset)
{
	struct civil t;

	return take_number(&c, 4, 4, &t.year) && take_char(&c, '-') &&
	       take_number(&c, 2, 2, &t.month) && take_char(&c, '-') &&
	       take_number(&c, 2, 2, &t.day) && (take_char(&c, 'T') || take_char(&c, ' ')) &&
	       take_clock(&c, &t) && take_zone(&c, offset) && civil_time(&t, *offset, time);
}

static bool take_name(struct cursor *c, const char *const names[], int n, int64_t *index)
{
	for (int i = 0; i < n; i++) {
		if (take_word(c, str_from(names[i]))) {
			*index = i;
			return true;
		}
	}
	return false;
}

static bool parse_mail(struct cursor c, int64_t *time, int *offset)
{
	static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
					      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct civil t;
	int64_t weekday;

	if (take_name(&c, days, 7, &weekday) && !take_char(&c, ','))
		return false;
	skip_blanks(&c);
	if (!take_number(&c, 1, 2, &t.day) || !take_char(&c, ' ') ||
	    !take_name(&c, months, 12, &t.month) || !take_char(&c, ' '))
		return false;
	t.month++;
	return take_number(&c, 4, 4, &t.year) && take_char(&c, ' ') && take_clock(&c, &t) &&
	       take_zone(&c, offset) && civil_time(&t, *offset, time);
}

bool date_parse(str text, int64_t *time, int *offset)
{
	str s = str_trim(text);
	struct cursor c = { s.p, s.p + s.n };

	return s.n && (parse_seconds(c, time, offset) || parse_iso(c, time, offset) ||
		       parse_mail(c, time, offset));
}
