/* SPDX-License-Identifier: MIT */
/*
 * The summary: one JSON object per line, each marked and versioned, so that files can be
 * concatenated. The line of totals comes first and announces how many lines follow it.
 *
 *	{"kmsfix_evidence":2,"totals":{...},"first":...,"last":...,"lines":N}
 *	{"kmsfix_evidence":2,"interruption":"stopped","trail":"...","time":...}
 *	{"kmsfix_evidence":2,"day":20119,"events":...,"kms":...,"uses":...}
 *	{"kmsfix_evidence":2,"unclear":"...","actions":["kms:Decrypt"],"count":...,...}
 *	{"kmsfix_evidence":2,"principal":"...","key":"...","action":"kms:Decrypt","count":...,...}
 */
#include <stddef.h>

#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "member.h"
#include "reader.h"
#include "timestamp.h"

#define VERSION 2
#define HEX_DIGITS 16
/* Of 2200-01-01; the years that timestamp.h reads end there. */
#define MAX_TIME UINT64_C(7258118400)

static const struct {
	str name;
	size_t at;
} totals[] = {
#define ROW(field)                                                                      \
	{                                                                               \
		{ #field, sizeof(#field) - 1 }, offsetof(struct evidence_totals, field) \
	}
	ROW(files),           ROW(bytes),
	ROW(events),          ROW(kms),
	ROW(calls),           ROW(counted),
	ROW(denied),          ROW(service),
	ROW(no_session),      ROW(other_account),
	ROW(other_principal), ROW(no_key),
	ROW(copies),          ROW(shared_unchecked),
	ROW(documents),       ROW(skipped),
#undef ROW
};

#define TOTALS (sizeof(totals) / sizeof(*totals))

static const str kinds[] = {
	[EVIDENCE_KMS_EXCLUDED] = { "kms-excluded", 12 },
	[EVIDENCE_STOPPED] = { "stopped", 7 },
	[EVIDENCE_DELETED] = { "deleted", 7 },
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

/* ---- writing ---- */

static void line_start(struct buf *out)
{
	buf_printf(out, "{\"kmsfix_evidence\":%d", VERSION);
}

static void add_string(struct buf *out, str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == '"' || c == '\\')
			buf_printf(out, "\\u%04x", c);
		else
			buf_addc(out, s.p[i]);
	}
	buf_addc(out, '"');
}

static void add_text(struct buf *out, const char *name, str value)
{
	buf_printf(out, ",\"%s\":", name);
	add_string(out, value);
}

static void add_number(struct buf *out, const char *name, uint64_t value)
{
	buf_printf(out, ",\"%s\":%llu", name, (unsigned long long)value);
}

static void add_names(struct buf *out, const char *name, const struct evidence_names *names)
{
	if (names->list.n || names->more)
		buf_printf(out, ",\"%s\":[", name);
	for (size_t i = 0; i < names->list.n; i++) {
		if (i)
			buf_addc(out, ',');
		add_string(out, names->list.v[i]);
	}
	if (names->list.n || names->more)
		buf_printf(out, "],\"more_%s\":%s", name, names->more ? "true" : "false");
}

static unsigned long long total_at(const struct evidence_totals *t, size_t row)
{
	return *(const uint64_t *)(const void *)((const char *)t + totals[row].at);
}

static void add_totals(struct buf *out, const struct evidence *ev)
{
	line_start(out);
	buf_add(out, S(",\"totals\":{"));
	for (size_t i = 0; i < TOTALS; i++)
		buf_printf(out, "%s\"%.*s\":%llu", i ? "," : "", STR_ARG(totals[i].name),
			   total_at(&ev->totals, i));
	buf_addc(out, '}');
	add_number(out, "first", (uint64_t)ev->first);
	add_number(out, "last", (uint64_t)ev->last);
	add_number(out, "lines",
		   ev->interruption_count + ev->day_count + ev->unclear_count + ev->use_count);
	buf_add(out, S("}\n"));
}

static void add_unclear(struct buf *out, const struct evidence_unclear *u)
{
	const char *comma = "";

	line_start(out);
	add_text(out, "unclear", u->principal);
	buf_add(out, S(",\"actions\":["));
	for (unsigned bit = TARGET_DECRYPT; bit < TARGET_ALL; bit <<= 1) {
		if (!(u->actions & bit))
			continue;
		buf_printf(out, "%s\"%s\"", comma, target_name(bit));
		comma = ",";
	}
	buf_addc(out, ']');
	add_number(out, "count", u->count);
	add_number(out, "first", (uint64_t)u->first);
	add_number(out, "last", (uint64_t)u->last);
	buf_add(out, S("}\n"));
}

/* The use and, as one row of hex digits, the ids of the cross-account calls in it. */
static void add_use(struct buf *out, const struct evidence_use *u,
		    const struct evidence_shared *shared, size_t shared_count)
{
	line_start(out);
	add_text(out, "principal", u->principal);
	add_text(out, "key", u->key);
	add_text(out, "action", str_from(target_name(u->action)));
	add_number(out, "count", u->count);
	add_number(out, "first", (uint64_t)u->first);
	add_number(out, "last", (uint64_t)u->last);
	add_names(out, "services", &u->services);
	add_number(out, "direct", u->direct);
	add_names(out, "context", &u->context);
	add_number(out, "without_context", u->without_context);
	if (shared_count)
		buf_add(out, S(",\"shared\":\""));
	for (size_t i = 0; i < shared_count; i++)
		buf_printf(out, "%016llx", (unsigned long long)shared[i].id);
	buf_add(out, shared_count ? S("\"}\n") : S("}\n"));
}

void evidence_write(const struct evidence *ev, struct buf *out)
{
	size_t shared = 0;

	add_totals(out, ev);
	for (size_t i = 0; i < ev->interruption_count; i++) {
		const struct evidence_interruption *in = &ev->interruptions[i];

		line_start(out);
		add_text(out, "interruption", kinds[in->kind]);
		add_text(out, "trail", in->trail);
		add_number(out, "time", (uint64_t)in->time);
		buf_add(out, S("}\n"));
	}
	for (size_t i = 0; i < ev->day_count; i++) {
		line_start(out);
		add_number(out, "day", (uint64_t)ev->days[i].day);
		add_number(out, "events", ev->days[i].events);
		add_number(out, "kms", ev->days[i].kms);
		add_number(out, "uses", ev->days[i].uses);
		buf_add(out, S("}\n"));
	}
	for (size_t i = 0; i < ev->unclear_count; i++)
		add_unclear(out, &ev->unclear[i]);
	for (size_t i = 0; i < ev->use_count; i++) {
		size_t n = 0;

		while (shared + n < ev->shared_count && ev->shared[shared + n].use == i)
			n++;
		add_use(out, &ev->uses[i], n ? ev->shared + shared : NULL, n);
		shared += n;
	}
}

/* ---- reading ---- */

static bool refuse(const char **why, const char *reason)
{
	*why = reason;
	return false;
}

static bool read_totals(struct reader *r, const struct node *n, struct arena *a, const char **why)
{
	const struct node *map = member_map(n, a, S("totals"));
	struct evidence *ev = &r->ledger->ev;
	bool had = ev->totals.events > 0;
	int64_t first = (int64_t)member_number(n, a, S("first"));
	int64_t last = (int64_t)member_number(n, a, S("last"));
	uint64_t lines = member_number(n, a, S("lines"));

	if (r->summary_lines)
		return refuse(why, "the summary before this one is not complete");
	if (first < 0 || last < first || lines > 1u << 30)
		return refuse(why, "the totals of this summary cannot be right");
	for (size_t i = 0; i < TOTALS; i++)
		*(uint64_t *)(void *)((char *)&ev->totals + totals[i].at) +=
			member_number(map, a, totals[i].name);
	if (member_number(map, a, S("events"))) {
		ev->first = !had || first < ev->first ? first : ev->first;
		ev->last = last > ev->last ? last : ev->last;
	}
	r->summary_lines = (int64_t)lines;
	return true;
}

static bool read_interruption(struct reader *r, const struct node *n, struct arena *a,
			      const char **why)
{
	str kind = member_text(n, a, S("interruption"));
	uint64_t time = member_number(n, a, S("time"));

	for (size_t i = 0; i < KINDS; i++) {
		if (!str_eq(kinds[i], kind) || time > MAX_TIME)
			continue;
		ledger_interruption(r->ledger, (enum evidence_interruption_kind)i,
				    member_text(n, a, S("trail")), (int64_t)time);
		return true;
	}
	return refuse(why, "an interruption that this version does not know");
}

static bool read_day(struct reader *r, const struct node *n, struct arena *a, const char **why)
{
	uint64_t day = member_number(n, a, S("day"));
	struct evidence_day *d;

	if (!day || day > MAX_TIME / DAY_SECONDS)
		return refuse(why, "a day that cannot be");
	d = ledger_day(r->ledger, (int32_t)day);
	d->events += member_number(n, a, S("events"));
	d->kms += member_number(n, a, S("kms"));
	d->uses += member_number(n, a, S("uses"));
	return true;
}

static void read_names(struct evidence_names *out, const struct node *list, bool more,
		       struct arena *a)
{
	out->more = more;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next)
		strs_add(a, &out->list, string_text(n, a));
}

static bool read_ids(str hex, uint64_t *ids)
{
	for (size_t i = 0; i < hex.n; i++) {
		char c = hex.p[i];

		if (!ascii_is_hex(c))
			return false;
		ids[i / HEX_DIGITS] = ids[i / HEX_DIGITS] << 4 |
				      (uint64_t)(ascii_is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return hex.n % HEX_DIGITS == 0;
}

static enum target action_of(str name)
{
	for (unsigned bit = TARGET_DECRYPT; bit < TARGET_ALL; bit <<= 1) {
		if (str_eq(str_from(target_name(bit)), name))
			return (enum target)bit;
	}
	return (enum target)0;
}

static bool read_unclear(struct reader *r, const struct node *n, struct arena *a, const char **why)
{
	const struct node *actions = member_list(n, a, S("actions"));
	uint64_t first = member_number(n, a, S("first")), last = member_number(n, a, S("last"));
	struct evidence_unclear u = {
		.principal = member_text(n, a, S("unclear")),
		.count = member_number(n, a, S("count")),
		.first = (int64_t)first,
		.last = (int64_t)last,
	};

	for (const struct node *c = actions ? actions->first : NULL; c; c = c->next)
		u.actions |= action_of(string_text(c, a));
	if ((u.principal.n && !event_is_principal(u.principal) && !event_is_role(u.principal)) ||
	    !u.actions || !u.count || first > last || last > MAX_TIME)
		return refuse(why, "a call that cannot be");
	ledger_merge_unclear(r->ledger, &u);
	return true;
}

static bool read_use(struct reader *r, const struct node *n, struct arena *a, const char **why)
{
	str hex = member_text(n, a, S("shared"));
	uint64_t *ids = arena_array(a, hex.n / HEX_DIGITS + 1, sizeof(*ids));
	uint64_t first = member_number(n, a, S("first")), last = member_number(n, a, S("last"));
	struct evidence_use u = {
		.principal = member_text(n, a, S("principal")),
		.key = member_text(n, a, S("key")),
		.action = action_of(member_text(n, a, S("action"))),
		.count = member_number(n, a, S("count")),
		.first = (int64_t)first,
		.last = (int64_t)last,
		.direct = member_number(n, a, S("direct")),
		.without_context = member_number(n, a, S("without_context")),
	};

	read_names(&u.services, member_list(n, a, S("services")),
		   member_true(n, a, S("more_services")), a);
	read_names(&u.context, member_list(n, a, S("context")),
		   member_true(n, a, S("more_context")), a);
	if (!event_is_principal(u.principal) || !event_is_key(u.key) || !u.action || !u.count ||
	    first > last || last > MAX_TIME || !read_ids(hex, ids))
		return refuse(why, "a use that cannot be");
	return ledger_merge(r->ledger, &u, ids, hex.n / HEX_DIGITS) || refuse(why, r->ledger->full);
}

static const struct {
	str member;
	bool (*read)(struct reader *r, const struct node *n, struct arena *a, const char **why);
} rows[] = {
	{ { "totals", 6 }, read_totals }, { { "interruption", 12 }, read_interruption },
	{ { "day", 3 }, read_day },       { { "unclear", 7 }, read_unclear },
	{ { "principal", 9 }, read_use },
};

bool summary_line(struct reader *r, const struct node *n, struct arena *a, const char **why)
{
	if (member_number(n, a, S("kmsfix_evidence")) != VERSION)
		return refuse(why, "a summary of another version: make it again from the logs");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		if (!member(n, a, rows[i].member))
			continue;
		if (i > 0 && r->summary_lines-- <= 0)
			return refuse(why, "more lines than this summary has announced");
		return rows[i].read(r, n, a, why);
	}
	return refuse(why, "a line that no summary has");
}
