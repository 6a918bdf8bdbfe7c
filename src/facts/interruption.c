/* SPDX-License-Identifier: MIT */
#include "interruption.h"

#include "member.h"

static const struct {
	str name;
	enum evidence_interruption_kind kind;
} events[] = {
	{ { "PutEventSelectors", 17 }, EVIDENCE_KMS_EXCLUDED },
	{ { "StopLogging", 11 }, EVIDENCE_STOPPED },
	{ { "DeleteTrail", 11 }, EVIDENCE_DELETED },
};

#define EVENTS (sizeof(events) / sizeof(*events))

static size_t event_row(str name)
{
	size_t i = 0;

	while (i < EVENTS && !str_eq(events[i].name, name))
		i++;
	return i;
}

bool interruption_wanted(str source, str name)
{
	return str_starts(source, S("cloudtrail.amazonaws.com")) && event_row(name) < EVENTS;
}

/* A text somewhere below; the depth of a tree is bounded by its parser. */
static bool holds(const struct node *n, str text, struct arena *a)
{
	if (n->kind == NODE_STRING)
		return str_eq(string_text(n, a), text);
	for (const struct node *c = n->first; c; c = c->next) {
		if (holds(c, text, a))
			return true;
	}
	return false;
}

/*
 * The members by which selectors, plain and advanced, leave out the use of keys: it is an event of
 * KMS, and a read-only one. Events spell the names eventSelectors, answers EventSelectors.
 */
static bool excludes(const struct node *n, struct arena *a)
{
	str key;

	if (n->kind == NODE_MAP && str_eq(member_text(n, a, S("field")), S("readOnly")))
		return holds(n, S("false"), a);
	if (n->kind == NODE_MAP && str_eq(member_text(n, a, S("Field")), S("readOnly")))
		return holds(n, S("false"), a);
	if (pair_key(n, a, &key)) {
		if (str_eq_fold(key, S("excludeManagementEventSources")) ||
		    str_eq_fold(key, S("notEquals")))
			return holds(n->last, S("kms.amazonaws.com"), a);
		if (str_eq_fold(key, S("readWriteType")))
			return holds(n->last, S("WriteOnly"), a);
	}
	for (const struct node *c = n->first; c; c = c->next) {
		if (excludes(c, a))
			return true;
	}
	return false;
}

static str trail_name(const struct node *parameters, struct arena *a)
{
	static const str names[] = { { "trailName", 9 }, { "name", 4 }, { "TrailARN", 8 } };
	str trail = S("");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names) && !trail.n; i++)
		trail = member_text(parameters, a, names[i]);
	return trail;
}

void interruption_read(struct ledger *l, const struct node *event, str name, int64_t time,
		       struct arena *a)
{
	const struct node *parameters = member_map(event, a, S("requestParameters"));
	size_t row = event_row(name);

	if (row == EVENTS || member(event, a, S("errorCode")) ||
	    (events[row].kind == EVIDENCE_KMS_EXCLUDED && !(parameters && excludes(parameters, a))))
		return;
	ledger_interruption(l, events[row].kind, trail_name(parameters, a), time);
}

void interruption_selectors(struct ledger *l, const struct node *answer, struct arena *a)
{
	if (excludes(answer, a))
		ledger_interruption(l, EVIDENCE_KMS_EXCLUDED, trail_name(answer, a), 0);
}
