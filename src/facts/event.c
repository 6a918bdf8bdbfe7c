/* SPDX-License-Identifier: MIT */
#include "event.h"

#include <stddef.h>
#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "pick.h"
#include "struct_text.h"
#include "timestamp.h"

/* More keys of one encryption context than this are of no use to anybody. */
#define MAX_CONTEXT 64

/* Not empty, and nothing but letters, digits and `others`. */
static bool is_plain(str s, str others)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_alnum(s.p[i]) && !memchr(others.p, s.p[i], others.n))
			return false;
	}
	return s.n > 0;
}

bool event_is_kms(str source)
{
	return str_starts(source, S("kms.amazonaws.com"));
}

bool event_is_call(str source, str name)
{
	return event_is_kms(source) && (str_eq(name, S("Decrypt")) || str_eq(name, S("ReEncrypt")));
}

bool event_is_key(str arn)
{
	struct key_arn key;

	return arn.n < 256 && key_arn_parse(arn, &key) && is_plain(key.partition, S("-")) &&
	       is_plain(key.region, S("-")) && arn_is_account(key.account) &&
	       is_plain(key.id, S("-"));
}

bool event_is_principal(str arn)
{
	struct arn part;

	return arn.n < 1024 && arn_parse(arn, &part) && is_plain(part.partition, S("-")) &&
	       str_eq(part.service, S("iam")) && !part.region.n && arn_is_account(part.account) &&
	       (str_starts(part.resource, S("role/")) || str_starts(part.resource, S("user/"))) &&
	       !str_ends(part.resource, S("/")) && is_plain(part.resource, S("_+=,.@-/"));
}

bool event_is_role(str arn)
{
	static const str type = { "assumed-role/", 13 };
	struct arn part;

	return arn.n < 1024 && arn_parse(arn, &part) && is_plain(part.partition, S("-")) &&
	       str_eq(part.service, S("sts")) && !part.region.n && arn_is_account(part.account) &&
	       str_starts(part.resource, type) &&
	       is_plain(str_sub(part.resource, type.n, part.resource.n), S("_+=,.@-"));
}

str event_role(const struct event *e)
{
	size_t name = str_find(e->arn, S("/"), 0);
	size_t session = name == SIZE_MAX ? name : str_find(e->arn, S("/"), name + 1);
	str role = str_sub(e->arn, 0, session == SIZE_MAX ? e->arn.n : session);

	return event_is_role(role) ? role : S("");
}

static void add_key(struct event *e, str arn)
{
	if (!event_is_key(arn))
		return;
	if (e->key_count < SIDES)
		e->keys[e->key_count] = arn;
	e->key_count++;
}

/* A re-encryption under the same key may list the key once: then both sides must name it. */
static void complete_keys(struct event *e)
{
	str key = e->keys[0], from = e->key_ids[SIDE_SOURCE], to = e->key_ids[SIDE_DESTINATION];

	if (str_eq(e->name, S("Decrypt")) || e->key_count != 1)
		return;
	if (to.n && str_ends(key, to) && (!from.n || str_ends(key, from))) {
		e->keys[SIDE_DESTINATION] = key;
		e->key_count = 2;
	}
}

/* ---- JSON ---- */

enum place {
	PLACE_NONE,
	PLACE_EVENT,
	PLACE_SOURCE,
	PLACE_NAME,
	PLACE_TIME,
	PLACE_ERROR,
	PLACE_SHARED_ID,
	PLACE_ADDRESS,
	PLACE_IDENTITY,
	PLACE_TYPE,
	PLACE_ARN,
	PLACE_INVOKED_BY,
	PLACE_SESSION,
	PLACE_ISSUER,
	PLACE_ISSUER_ARN,
	PLACE_RESOURCES,
	PLACE_KEY,
	PLACE_PARAMETERS,
	PLACE_CONTEXT,
	PLACE_SOURCE_CONTEXT,
	PLACE_DESTINATION_CONTEXT,
	PLACE_SOURCE_KEY,
	PLACE_DESTINATION_KEY,
	PLACES
};

#define ROW(in, name, to)                                          \
	{                                                          \
		PLACE_##in, { name, sizeof(name) - 1 }, PLACE_##to \
	}
static const struct pick_row rows[] = {
	ROW(EVENT, "eventSource", SOURCE),
	ROW(EVENT, "eventName", NAME),
	ROW(EVENT, "eventTime", TIME),
	ROW(EVENT, "errorCode", ERROR),
	ROW(EVENT, "sharedEventID", SHARED_ID),
	ROW(EVENT, "sourceIPAddress", ADDRESS),
	ROW(EVENT, "userIdentity", IDENTITY),
	ROW(EVENT, "resources", RESOURCES),
	ROW(EVENT, "requestParameters", PARAMETERS),
	ROW(IDENTITY, "type", TYPE),
	ROW(IDENTITY, "arn", ARN),
	ROW(IDENTITY, "invokedBy", INVOKED_BY),
	ROW(IDENTITY, "sessionContext", SESSION),
	ROW(SESSION, "sessionIssuer", ISSUER),
	ROW(ISSUER, "arn", ISSUER_ARN),
	ROW(RESOURCES, "ARN", KEY),
	ROW(PARAMETERS, "encryptionContext", CONTEXT),
	ROW(PARAMETERS, "sourceEncryptionContext", SOURCE_CONTEXT),
	ROW(PARAMETERS, "destinationEncryptionContext", DESTINATION_CONTEXT),
	ROW(PARAMETERS, "sourceKeyId", SOURCE_KEY),
	ROW(PARAMETERS, "destinationKeyId", DESTINATION_KEY),
};
#undef ROW

/* Where the string at a place goes. */
static const size_t targets[PLACES] = {
	[PLACE_SOURCE] = offsetof(struct event, source),
	[PLACE_NAME] = offsetof(struct event, name),
	[PLACE_TIME] = offsetof(struct event, when),
	[PLACE_ERROR] = offsetof(struct event, error),
	[PLACE_SHARED_ID] = offsetof(struct event, shared_id),
	[PLACE_ADDRESS] = offsetof(struct event, address),
	[PLACE_TYPE] = offsetof(struct event, type),
	[PLACE_ARN] = offsetof(struct event, arn),
	[PLACE_INVOKED_BY] = offsetof(struct event, invoked_by),
	[PLACE_ISSUER_ARN] = offsetof(struct event, issuer),
	[PLACE_SOURCE_KEY] = offsetof(struct event, key_ids[SIDE_SOURCE]),
	[PLACE_DESTINATION_KEY] = offsetof(struct event, key_ids[SIDE_DESTINATION]),
};

struct taker {
	struct event *e;
	struct arena *arena;
};

static void take_string(struct taker *t, unsigned place, str text)
{
	if (place == PLACE_KEY)
		add_key(t->e, text);
	else if (targets[place] || place == PLACE_SOURCE)
		*(str *)(void *)((char *)t->e + targets[place]) = text;
}

static void take_context(struct taker *t, enum event_side side, str key)
{
	if (t->e->context[side].n < MAX_CONTEXT)
		strs_add(t->arena, &t->e->context[side], key);
}

static bool take(void *ctx, unsigned place, enum pick_what what, str raw, const char **why)
{
	struct taker *t = ctx;

	(void)why;
	if (what == PICK_STRING)
		take_string(t, place, pick_decode(raw, t->arena));
	else if (what == PICK_OBJECT)
		t->e->session |= place == PLACE_ISSUER;
	else if (place == PLACE_CONTEXT || place == PLACE_SOURCE_CONTEXT)
		take_context(t, SIDE_SOURCE, pick_decode(raw, t->arena));
	else if (place == PLACE_DESTINATION_CONTEXT)
		take_context(t, SIDE_DESTINATION, pick_decode(raw, t->arena));
	return true;
}

static bool take_json(struct event *e, enum place start, str text, struct arena *a,
		      struct syntax_error *error)
{
	struct taker t = { e, a };
	struct pick pick = { rows, sizeof(rows) / sizeof(*rows), a, take, &t };

	return pick_read(&pick, start, text, error);
}

bool event_from_json(struct event *e, str text, struct arena *a, struct syntax_error *error)
{
	*e = (struct event){ .name = S("") };
	if (!take_json(e, PLACE_EVENT, text, a, error))
		return false;
	if (!timestamp_parse(e->when, &e->time)) {
		*error = (struct syntax_error){ 0, "the event's eventTime cannot be read" };
		return false;
	}
	complete_keys(e);
	return true;
}

/* ---- rows of a query ---- */

/* A column that holds JSON; else the event is as it was. */
static bool row_json(struct event *e, enum place start, char first, str text, struct arena *a)
{
	struct event with = *e;
	struct syntax_error ignored;
	str trimmed = str_trim(text);

	if (!trimmed.n || trimmed.p[0] != first || !take_json(&with, start, trimmed, a, &ignored))
		return false;
	*e = with;
	return true;
}

static bool row_identity(struct event *e, str text, struct arena *a, const char **why)
{
	str session, issuer, all = str_trim(text);

	if (row_json(e, PLACE_IDENTITY, '{', text, a))
		return true;
	if (!struct_field(all, S("type"), &e->type, why) ||
	    !struct_field(all, S("arn"), &e->arn, why) ||
	    !struct_field(all, S("invokedby"), &e->invoked_by, why) ||
	    !struct_field(all, S("sessioncontext"), &session, why))
		return false;
	if (!session.n)
		return true;
	if (!struct_field(session, S("sessionissuer"), &issuer, why))
		return false;
	e->session = issuer.n > 0;
	return !issuer.n || struct_field(issuer, S("arn"), &e->issuer, why);
}

static bool row_resources(struct event *e, str text, struct arena *a, const char **why)
{
	str rest = str_trim(text), item, arn;

	if (row_json(e, PLACE_RESOURCES, '[', text, a))
		return true;
	if (!rest.n || str_eq(rest, S("null")))
		return true;
	if (!struct_list(&rest, why))
		return false;
	while (struct_item(&rest, &item, why)) {
		if (!struct_field(item, S("arn"), &arn, why))
			return false;
		add_key(e, arn);
	}
	return !*why;
}

static str null_is_empty(str s)
{
	return str_eq(s, S("null")) ? S("") : s;
}

bool event_from_row(struct event *e, const str row[COLUMN_COUNT], struct arena *a, const char **why)
{
	*why = NULL;
	*e = (struct event){ .source = row[COLUMN_SOURCE], .name = row[COLUMN_NAME] };
	e->error = null_is_empty(row[COLUMN_ERROR]);
	e->shared_id = null_is_empty(row[COLUMN_SHARED_ID]);
	e->address = null_is_empty(row[COLUMN_ADDRESS]);
	if (!timestamp_parse(row[COLUMN_TIME], &e->time)) {
		*why = "the event's time cannot be read";
		return false;
	}
	if (!row_identity(e, row[COLUMN_IDENTITY], a, why) ||
	    !row_resources(e, row[COLUMN_RESOURCES], a, why))
		return false;
	row_json(e, PLACE_PARAMETERS, '{', row[COLUMN_PARAMETERS], a);
	complete_keys(e);
	return true;
}
