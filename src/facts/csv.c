/* SPDX-License-Identifier: MIT */
/*
 * The CSV that Athena and CloudTrail Lake give for a query: RFC 4180 with a header. Fields may be
 * quoted or not; quoted ones hold line ends and doubled quotes.
 */
#include <stdio.h>
#include <string.h>

#include "kmsfix/arena.h"
#include "reader.h"
#include "timestamp.h"

#define MAX_FIELDS 512

static const struct {
	str name;
	bool required;
} columns[COLUMN_COUNT] = {
	[COLUMN_TIME] = { { "eventtime", 9 }, true },
	[COLUMN_SOURCE] = { { "eventsource", 11 }, true },
	[COLUMN_NAME] = { { "eventname", 9 }, true },
	[COLUMN_IDENTITY] = { { "useridentity", 12 }, true },
	[COLUMN_RESOURCES] = { { "resources", 9 }, true },
	/* Without it a denied call looks like a use. */
	[COLUMN_ERROR] = { { "errorcode", 9 }, true },
	[COLUMN_SHARED_ID] = { { "sharedeventid", 13 }, false },
	[COLUMN_ADDRESS] = { { "sourceipaddress", 15 }, false },
	[COLUMN_PARAMETERS] = { { "requestparameters", 17 }, false },
};

/* A field of the record, without its quotes; `doubled`: it has quotes in it, written twice. */
struct field {
	size_t at, n;
	bool doubled;
};

struct csv {
	struct reader *r;
	size_t pos;  /* in the window: the record, then the first byte after it */
	size_t line; /* of the record */
	uint64_t line_start;
	struct field fields[MAX_FIELDS];
	size_t n;
	size_t width;               /* of the header */
	size_t where[COLUMN_COUNT]; /* field of a column; SIZE_MAX: not there */
};

enum csv_result { CSV_RECORD, CSV_PART, CSV_ERROR };

/* An error at a byte of the window, in a record that starts at csv.pos. */
static enum csv_result fail_at(struct csv *c, size_t at, const char *reason)
{
	struct stream *s = &c->r->stream;
	uint64_t start = c->line_start;
	size_t line = c->line;

	for (size_t i = c->pos; i < at && i < s->n; i++) {
		if (s->p[i] == '\n') {
			line++;
			start = s->before + i + 1;
		}
	}
	reader_fail(c->r, line, s->before + at - start + 1, reason);
	return CSV_ERROR;
}

/* From the first byte in quotes to behind the closing one; SIZE_MAX: not in the window. */
static size_t quoted_end(const struct stream *s, size_t at, bool *doubled)
{
	for (;;) {
		const char *quote = at < s->n ? memchr(s->p + at, '"', s->n - at) : NULL;

		if (!quote)
			return SIZE_MAX;
		at = (size_t)(quote - s->p) + 1;
		if (at == s->n && !s->ended)
			return SIZE_MAX; /* its twin may follow */
		if (at == s->n || s->p[at] != '"')
			return at;
		*doubled = true;
		at++;
	}
}

static size_t plain_end(const struct stream *s, size_t at)
{
	while (at < s->n && s->p[at] != ',' && s->p[at] != '\n' && s->p[at] != '"')
		at++;
	return at;
}

/* One field at *at, which goes behind it. */
static enum csv_result read_field(struct csv *c, size_t *at, struct field *f)
{
	const struct stream *s = &c->r->stream;
	bool quoted = *at < s->n && s->p[*at] == '"';
	size_t end;

	*f = (struct field){ .at = *at + quoted };
	end = quoted ? quoted_end(s, f->at, &f->doubled) : plain_end(s, f->at);
	if (end == SIZE_MAX || (end == s->n && !s->ended))
		return end == SIZE_MAX && s->ended ? fail_at(c, *at, "this quote is not closed") :
						     CSV_PART;
	f->n = end - f->at - quoted;
	if (end < s->n && s->p[end] == '"')
		return fail_at(c, end, "a quote inside of a field without quotes");
	if (!quoted && end < s->n && s->p[end] == '\n' && f->n && s->p[end - 1] == '\r')
		f->n--;
	if (quoted && end + 1 < s->n && s->p[end] == '\r' && s->p[end + 1] == '\n')
		end++;
	if (quoted && end == s->n - 1 && s->p[end] == '\r' && !s->ended)
		return CSV_PART;
	if (end < s->n && s->p[end] != ',' && s->p[end] != '\n')
		return fail_at(c, end, "expected ',' or the end of the line after a field");
	*at = end;
	return CSV_RECORD;
}

/* The fields of the record at csv.pos; *end: the byte after its line end. */
static enum csv_result read_record(struct csv *c, size_t *end)
{
	const struct stream *s = &c->r->stream;
	size_t at = c->pos;

	for (c->n = 0;; at++) {
		enum csv_result got;

		if (c->n == MAX_FIELDS)
			return fail_at(c, at, "too many fields");
		got = read_field(c, &at, &c->fields[c->n]);
		if (got != CSV_RECORD)
			return got;
		c->n++;
		if (at == s->n || s->p[at] == '\n')
			break;
	}
	*end = at < s->n ? at + 1 : at;
	return CSV_RECORD;
}

/* The text of a field. Doubled quotes are taken out in place: the record is complete by now. */
static str field_text(const struct csv *c, struct field *f)
{
	char *p = c->r->stream.p + f->at;
	size_t kept = 0;

	for (size_t i = 0; f->doubled && i < f->n; i++) {
		p[kept++] = p[i];
		i += p[i] == '"';
	}
	if (f->doubled)
		f->n = kept;
	f->doubled = false;
	return (str){ p, f->n };
}

static bool read_header(struct csv *c)
{
	c->width = c->n;
	for (size_t k = 0; k < COLUMN_COUNT; k++)
		c->where[k] = SIZE_MAX;
	for (size_t i = 0; i < c->n; i++) {
		str name = str_trim(field_text(c, &c->fields[i]));

		for (size_t k = 0; k < COLUMN_COUNT; k++) {
			if (!str_eq_fold(name, columns[k].name))
				continue;
			if (c->where[k] != SIZE_MAX)
				return fail_at(c, c->fields[i].at, "a column twice") != CSV_ERROR;
			c->where[k] = i;
		}
	}
	for (size_t k = 0; k < COLUMN_COUNT; k++) {
		char reason[160];

		if (!columns[k].required || c->where[k] != SIZE_MAX)
			continue;
		snprintf(reason, sizeof(reason),
			 "neither JSON nor a CSV of events: there is no column '%s'; select "
			 "eventtime, eventsource, eventname, useridentity, resources, errorcode",
			 columns[k].name.p);
		return fail_at(c, c->pos, reason) != CSV_ERROR;
	}
	return true;
}

static bool row_fail(struct csv *c, enum column k, const char *reason)
{
	return fail_at(c, c->fields[c->where[k]].at, reason) != CSV_ERROR;
}

static bool read_row(struct csv *c)
{
	struct ledger *l = c->r->ledger;
	str row[COLUMN_COUNT] = { { NULL, 0 } };
	const char *why = NULL;
	struct event e;
	int64_t time;

	if (c->n != c->width)
		return fail_at(c, c->pos, "not as many fields as the header has") != CSV_ERROR;
	for (size_t k = 0; k < COLUMN_COUNT; k++)
		row[k] = c->where[k] == SIZE_MAX ? S("") : field_text(c, &c->fields[c->where[k]]);
	if (!timestamp_parse(row[COLUMN_TIME], &time))
		return row_fail(c, COLUMN_TIME, "the event's time cannot be read");
	ledger_time(l, time, event_is_kms(row[COLUMN_SOURCE]));
	if (!event_is_call(row[COLUMN_SOURCE], row[COLUMN_NAME]))
		return true;
	reader_next(c->r);
	if (!event_from_row(&e, row, c->r->scratch, &why))
		return row_fail(c, COLUMN_IDENTITY, why);
	return ledger_event(l, &e) || row_fail(c, COLUMN_IDENTITY, l->full);
}

/* Goes behind the record. */
static void step(struct csv *c, size_t end)
{
	const struct stream *s = &c->r->stream;

	for (size_t i = c->pos; i < end; i++) {
		if (s->p[i] == '\n') {
			c->line++;
			c->line_start = s->before + i + 1;
		}
	}
	c->pos = end;
}

static bool is_empty(const struct csv *c)
{
	return c->n == 1 && !c->fields[0].n;
}

/* More of a record that the window does not hold whole. */
static bool more(struct csv *c)
{
	const struct stream *s = &c->r->stream;
	size_t at = c->pos;

	if (s->n - at > EVIDENCE_MAX_EVENT)
		return fail_at(c, at, "a record is larger than 4 MiB") != CSV_ERROR;
	if (!reader_more(c->r, at, c->line, s->before + at - c->line_start + 1))
		return false;
	c->pos = 0;
	return true;
}

bool reader_csv(struct reader *r)
{
	static const str bom = { "\xef\xbb\xbf", 3 };
	struct csv *c = ARENA_NEW(r->ledger->arena, struct csv);
	const struct stream *s = &r->stream;
	size_t end = 0;

	c->r = r;
	c->line = 1;
	c->pos = str_starts((str){ s->p, s->n }, bom) ? bom.n : 0;
	while (c->pos < s->n || !s->ended) {
		enum csv_result got = c->pos < s->n ? read_record(c, &end) : CSV_PART;

		if (got == CSV_ERROR || (got == CSV_PART && !more(c)))
			return false;
		if (got == CSV_PART)
			continue;
		if (!is_empty(c) && !(c->width ? read_row(c) : read_header(c)))
			return false;
		step(c, end);
	}
	return true;
}
