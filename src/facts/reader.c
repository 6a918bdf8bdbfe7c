/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <string.h>

#include "interruption.h"
#include "kmsfix/arena.h"
#include "kmsfix/diag.h"
#include "kmsfix/utf8.h"
#include "member.h"
#include "timestamp.h"

#define PROGRESS_STEP ((uint64_t)8 << 20)
#define MISSING "no CloudTrail event: eventSource or eventName is missing"
/* Events whose trees share one arena: making one costs as much as a small event. */
#define SCRATCH_USES 64

bool reader_fail(struct reader *r, size_t line, uint64_t column, const char *reason)
{
	struct buf path = { 0 };

	buf_add_safe(&path, str_from(r->path));
	err_set(r->err, ERR_IO, "%.*s:%zu:%llu: %s%s", STR_ARG(buf_str(&path)), line,
		(unsigned long long)column, reason,
		r->stream.gzip ? " (in the unpacked text)" : "");
	buf_free(&path);
	return false;
}

void reader_next(struct reader *r)
{
	if (r->scratch && ++r->scratch_uses < SCRATCH_USES)
		return;
	arena_destroy(r->scratch);
	r->scratch = arena_create();
	r->scratch_uses = 0;
}

static void report(struct reader *r, uint64_t done)
{
	r->progress.done = done;
	r->progress.events = r->ledger->ev.totals.events;
	r->progress.path = r->path;
	r->reported = done;
	if (r->options->progress)
		r->options->progress(r->options->ctx, &r->progress);
}

bool reader_more(struct reader *r, size_t drop, size_t line, uint64_t column)
{
	uint64_t done = r->ledger->ev.totals.bytes + r->stream.taken;
	const char *why;

	if (!stream_more(&r->stream, drop, &why))
		return reader_fail(r, line, column, why);
	if (done - r->reported >= PROGRESS_STEP)
		report(r, done);
	return true;
}

/* ---- JSON ---- */

/* An item: its text, the scan that knows its members, and whether it came out of a string. */
struct item {
	const struct scan *scan;
	str text;
	const char *fields; /* what scan_field() wants */
	bool embedded;
	size_t line;
	uint64_t column;
};

static bool item_fail(struct reader *r, const struct item *i, const char *reason)
{
	return reader_fail(r, i->line, i->column, reason);
}

/* An error at an offset of an item's text, which is where it stands unless it was a string. */
static bool syntax_fail(struct reader *r, const struct item *i, const struct syntax_error *e)
{
	size_t line = i->line;
	uint64_t column = i->column;

	for (size_t at = 0; !i->embedded && at < e->offset; at++) {
		column++;
		if (i->text.p[at] == '\n') {
			line++;
			column = 1;
		}
	}
	return reader_fail(r, line, column, e->reason);
}

static const struct node *item_parse(struct reader *r, const struct item *i, struct arena *a)
{
	struct file *f = ARENA_NEW(a, struct file);
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	f->text = i->text;
	if (json_parse(&t, f, a, &e))
		return t->root;
	syntax_fail(r, i, &e);
	return NULL;
}

static bool is_outermost(const struct item *i)
{
	return i->scan->base == 0 && !i->embedded;
}

/* An outermost object that is no event: ours, or of no interest. */
static bool read_document(struct reader *r, const struct item *i)
{
	struct arena *a = r->scratch;
	const struct node *n = item_parse(r, i, a);
	const char *why = NULL;

	if (!n)
		return false;
	if (i->scan->seen & 1u << FIELD_SUMMARY)
		return summary_line(r, n, a, &why) || item_fail(r, i, why);
	if (i->scan->seen & 1u << FIELD_SELECTORS)
		interruption_selectors(r->ledger, n, a);
	r->ledger->ev.totals.documents++;
	return true;
}

static bool read_interruption(struct reader *r, const struct item *i, str name, int64_t time)
{
	const struct node *n = item_parse(r, i, r->scratch);

	if (n)
		interruption_read(r->ledger, n, name, time, r->scratch);
	return n != NULL;
}

/* An event of any service. The scan knows what it is, unless its names have escapes. */
static bool read_event(struct reader *r, const struct item *i)
{
	const struct scan *s = i->scan;
	struct event e = { .source = scan_field(s, i->fields, FIELD_SOURCE),
			   .name = scan_field(s, i->fields, FIELD_NAME) };
	struct syntax_error error = { 0, NULL };

	if (s->odd || event_is_call(e.source, e.name)) {
		if (!event_from_json(&e, i->text, r->scratch, &error) && !(s->odd && !e.source.n))
			return syntax_fail(r, i, &error);
	} else if (!e.source.n || !e.name.n) {
		return item_fail(r, i, MISSING);
	} else if (!timestamp_parse(scan_field(s, i->fields, FIELD_TIME), &e.time)) {
		return item_fail(r, i, "the event's eventTime cannot be read");
	}
	if (!e.source.n && s->odd && is_outermost(i))
		return read_document(r, i);
	if (!e.source.n || !e.name.n)
		return item_fail(r, i, MISSING);
	ledger_time(r->ledger, e.time, event_is_kms(e.source));
	if (interruption_wanted(e.source, e.name))
		return read_interruption(r, i, e.name, e.time);
	return !event_is_call(e.source, e.name) || ledger_event(r->ledger, &e) ||
	       item_fail(r, i, r->ledger->full);
}

/* The event that a JSON string, given with its quotes, holds. */
static bool read_embedded(struct reader *r, const struct item *i, str string)
{
	struct item in = *i, quoted = *i;
	const struct node *n;
	struct scan scan;

	quoted.text = string;
	quoted.embedded = true;
	n = item_parse(r, &quoted, r->scratch);
	if (!n)
		return false;
	in.text = str_trim(string_text(n, r->scratch));
	in.fields = in.text.p;
	in.embedded = true;
	in.scan = &scan;
	if (!scan_whole(&scan, in.text))
		return item_fail(r, i, "the string holds no JSON object");
	return read_event(r, &in);
}

static bool read_item(struct reader *r, const struct item *i)
{
	const struct scan *s = i->scan;

	if (s->text)
		return read_embedded(r, i, i->text);
	if (s->seen & 1u << FIELD_EMBEDDED) {
		str raw = scan_field(s, i->fields, FIELD_EMBEDDED);

		if (!raw.n)
			return item_fail(r, i, "CloudTrailEvent is empty or no string");
		return read_embedded(r, i, (str){ raw.p - 1, raw.n + 2 });
	}
	if (is_outermost(i) && !s->odd && !(s->seen & 1u << FIELD_SOURCE))
		return read_document(r, i);
	return read_event(r, i);
}

static bool json_item(struct reader *r, const struct scan *s)
{
	const char *p = r->stream.p;
	struct item i = { .scan = s,
			  .text = { p + s->item, s->pos - s->item },
			  .fields = p,
			  .line = s->item_line,
			  .column = r->stream.before + s->item - s->item_line_start + 1 };

	reader_next(r);
	return read_item(r, &i);
}

static uint64_t scan_column(const struct reader *r, const struct scan *s)
{
	return r->stream.before + s->pos - s->line_start + 1;
}

static bool scan_fail(struct reader *r, const struct scan *s, const char *reason)
{
	return reader_fail(r, s->line, scan_column(r, s), reason);
}

static bool read_json(struct reader *r, size_t start)
{
	struct scan s;

	scan_start(&s);
	s.pos = start;
	for (;;) {
		enum scan_result got = scan_next(&s, r->stream.p, r->stream.n, r->stream.before);
		size_t keep = scan_keep(&s);

		if (got == SCAN_ERROR)
			return scan_fail(r, &s, s.reason);
		if (s.pos - keep > EVIDENCE_MAX_EVENT)
			return scan_fail(r, &s, "an event is larger than 4 MiB");
		if (got == SCAN_ITEM) {
			if (!json_item(r, &s))
				return false;
			continue;
		}
		if (!reader_more(r, keep, s.line, scan_column(r, &s)))
			return false;
		scan_shift(&s, keep);
		if (r->stream.ended)
			break;
	}
	return !scan_end(&s) || scan_fail(r, &s, scan_end(&s));
}

/* ---- files ---- */

static bool is_blank(str s)
{
	return !str_trim(s).n;
}

/* Reads until there is something to tell the format by. */
static bool read_text(struct reader *r)
{
	str bom = S("\xef\xbb\xbf");
	size_t start;

	do {
		if (!reader_more(r, 0, 1, 1))
			return false;
	} while (!r->stream.ended && r->stream.n < EVIDENCE_MAX_EVENT &&
		 is_blank((str){ r->stream.p, r->stream.n }));
	if (utf16_is_marked((str){ r->stream.p, r->stream.n }))
		return reader_fail(r, 1, 1, UTF16_REFUSED);
	start = str_starts((str){ r->stream.p, r->stream.n }, bom) ? bom.n : 0;
	for (size_t i = start; i < r->stream.n; i++) {
		char c = r->stream.p[i];

		if (c == '{' || c == '[')
			return read_json(r, start);
		if (!is_blank((str){ &c, 1 }))
			return reader_csv(r);
	}
	return read_json(r, start); /* nothing but blanks */
}

bool reader_file(struct reader *r, const char *path, bool walked)
{
	bool ok;

	r->path = path;
	r->summary_lines = 0;
	if (!stream_open(&r->stream, path, walked, r->err))
		return false;
	ok = read_text(r);
	if (ok && r->summary_lines)
		ok = err_set(r->err, ERR_IO,
			     "%s: the summary is not complete: make it again from the logs", path);
	if (ok) {
		r->ledger->ev.totals.files++;
		r->ledger->ev.totals.bytes += r->stream.taken;
		report(r, r->ledger->ev.totals.bytes);
	}
	stream_close(&r->stream);
	return ok;
}
