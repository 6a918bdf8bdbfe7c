/* SPDX-License-Identifier: MIT */
/*
 * What the logs make of a wildcard: grants on the keys in use. What they do not show is lost then,
 * and no events is no proof that nobody needs it [10.7], so the user has to take that with the fix
 * (--accept); else the finding stays held, and says what was used.
 */
#include <string.h>

#include "decide.h"
#include "kmsfix/arn.h"
#include "kmsfix/evidence.h"
#include "kmsfix/facts.h"

/* Everybody who has the statement, in the logs. */
struct usage {
	struct planner *pl;
	const struct candidate *c;
	const char *code;    /* of the wildcard */
	str text;            /* the wildcard */
	struct issues holds; /* what is not known, or cannot be granted */
	struct strs keys;    /* addresses of those in use */
	struct strs idle;    /* addresses of principals that used nothing */
};

static const struct key *key_at(const struct model *m, str arn)
{
	for (size_t i = 0; i < m->keys.n; i++)
		if (str_eq(m->keys.v[i]->arn, arn))
			return m->keys.v[i];
	return NULL;
}

/* A key of AWS grants its use through the service by itself [8.1]. */
static bool is_aws_managed(const struct usage *u, str arn)
{
	const struct config *config = u->pl->m->config;
	const struct facts_key *k = config->facts ? facts_key(config->facts, arn) : NULL;
	const struct name *name = name_get(u->c->s->document->unit, arn);
	return (k && facts_key_of_aws(k)) || (name && name->kind == NAME_AWS_MANAGED);
}

/* A key that is not in the model was used. */
static void hold_outside(struct usage *u, const struct principal *p, str key)
{
	const struct unit *unit = u->c->s->document->unit;
	str account = account_id(p->account);
	struct arn arn;
	bool foreign = account.n && arn_parse(key, &arn) && !str_eq(arn.account, account);
	issue_add(u->pl->arena, &u->holds, foreign ? "XACCT" : "KEY-EXTERNAL",
		  "'%.*s' used the key '%.*s', which %s", STR_ARG(p->address), STR_ARG(key),
		  foreign                ? "belongs to another account" :
		  unit->language->absent ? unit->language->absent :
					   "is not known to be one of the repository");
}

/* True when the wildcard meant the key that was used. */
static bool add_use(struct usage *u, const struct principal *p, const struct evidence_use *use)
{
	const struct unit *unit = u->c->s->document->unit;
	struct arena *a = u->pl->arena;
	enum match match = resource_means(unit, u->text, use->key);
	const struct key *k = key_at(u->pl->m, use->key);
	if (match == MATCH_NO || !(use->action & u->c->take) || is_aws_managed(u, use->key))
		return false;
	if (match == MATCH_MAYBE)
		issue_add(
			a, &u->holds, u->code,
			"'%.*s' used '%.*s', and whether the resource means that key is not known",
			STR_ARG(p->address), STR_ARG(use->key));
	else if (!k)
		hold_outside(u, p, use->key);
	else
		strs_add_once(a, &u->keys, k->address);
	return true;
}

/* "3 calls from 2025-03-01T10:00:00Z to 2025-03-02T11:00:00Z" */
static str calls(struct arena *a, const struct evidence_unclear *calls)
{
	char first[21], last[21];
	evidence_time_text(calls->first, first);
	evidence_time_text(calls->last, last);
	if (calls->count == 1)
		return str_fmt(a, "a call at %s", first);
	return str_fmt(a, "%llu calls from %s to %s", (unsigned long long)calls->count, first,
		       last);
}

/* True when a call that the logs do not tell all of may have been for the wildcard. */
static bool add_unclear(struct usage *u, const struct principal *p,
			const struct evidence_unclear *unclear)
{
	struct arena *a = u->pl->arena;
	if (!(unclear->actions & u->c->take))
		return false;
	if (p)
		issue_add(a, &u->holds, u->code,
			  "the logs have %.*s of '%.*s' without the key, or without the whole ARN "
			  "of the role",
			  STR_ARG(calls(a, unclear)), STR_ARG(p->address));
	else
		issue_add(a, &u->holds, u->code, "the logs have %.*s, and nothing tells whose",
			  STR_ARG(calls(a, unclear)));
	return true;
}

/* That nobody of an account is in the logs tells of them, not of who would be. */
static void add_unknown(struct usage *u, const struct principal *p)
{
	str account = account_id(p->account);
	if (account.n && p->name.n)
		issue_add(u->pl->arena, &u->holds, u->code,
			  "the logs show no use of a key by anybody of account %.*s, so they may "
			  "not be the logs of '%.*s'",
			  STR_ARG(account), STR_ARG(p->address));
	else
		issue_add(u->pl->arena, &u->holds, u->code,
			  "which of the principals in the logs '%.*s' is, is not known",
			  STR_ARG(p->address));
}

static void add_principal(struct usage *u, const struct principal *p)
{
	bool any = false;
	if (!p->record) {
		add_unknown(u, p);
		return;
	}
	for (size_t i = 0; i < p->record->unclear.n; i++)
		any |= add_unclear(u, p, p->record->unclear.v[i]);
	for (size_t i = 0; i < p->record->uses.n; i++)
		any |= add_use(u, p, p->record->uses.v[i]);
	if (!any)
		strs_add_once(u->pl->arena, &u->idle, p->address);
}

static void collect(struct usage *u)
{
	const struct statement *s = u->c->s;
	const struct evidence *ev = u->pl->m->config->evidence;
	/* Nobody's come first. */
	if (ev->unclear_count && !ev->unclear[0].principal.n)
		add_unclear(u, NULL, &ev->unclear[0]);
	for (size_t i = 0; i < s->uses.n; i++)
		for (size_t k = 0; k < s->uses.v[i]->attachments.n; k++)
			if (s->uses.v[i]->attachments.v[k].principal)
				add_principal(u, s->uses.v[i]->attachments.v[k].principal);
	strs_sort(&u->keys);
	strs_sort(&u->idle);
}

/* ---- in words ---- */

/* "a, b and 3 more" */
static str listed(struct arena *a, const struct strs *list)
{
	str out = { 0 };
	for (size_t i = 0; i < list->n && i < 4; i++)
		out = str_fmt(a, "%.*s%s%.*s", STR_ARG(out), i ? ", " : "", STR_ARG(list->v[i]));
	if (list->n > 4)
		out = str_fmt(a, "%.*s and %zu more", STR_ARG(out), list->n - 4);
	return out;
}

static str days(const struct planner *pl)
{
	const struct evidence *ev = pl->m->config->evidence;
	char first[11] = "?", last[11] = "?";
	if (ev->day_count) {
		evidence_day_text(ev->days[0].day, first);
		evidence_day_text(ev->days[ev->day_count - 1].day, last);
	}
	return str_fmt(pl->arena, "from %s to %s", first, last);
}

/* ---- what becomes of it ---- */

static unsigned accept_of(const char *code)
{
	return strcmp(code, "RES-ALL") == 0 ? ACCEPT_RES_ALL : ACCEPT_RES_WILD;
}

static void hold_unused(struct planner *pl, struct candidate *c, struct resource_fate *r)
{
	str reason = str_fmt(pl->arena, "nobody used it %.*s", STR_ARG(days(pl)));
	if (!(pl->options->accept & ACCEPT_UNUSED)) {
		issue_add(pl->arena, &r->holds, "UNUSED", "%.*s", STR_ARG(reason));
		return;
	}
	c->rests_on |= RESTS_USE;
	c->dead_code = "UNUSED";
	c->dead_reason = reason;
	r->fate = FATE_DEAD;
}

static void narrow(struct planner *pl, struct candidate *c, struct resource_fate *r,
		   const struct usage *u)
{
	c->rests_on |= RESTS_USE;
	r->fate = FATE_MOVE;
	c->note = str_fmt(pl->arena,
			  "'%.*s' meant more keys; %.*s only these were used: %.*s; the others "
			  "cannot be any longer",
			  STR_ARG(text_readable(pl->arena, u->text)), STR_ARG(days(pl)),
			  STR_ARG(listed(pl->arena, &u->keys)));
	if (u->idle.n)
		c->note = str_fmt(pl->arena, "%.*s; %.*s used nothing", STR_ARG(c->note),
				  STR_ARG(listed(pl->arena, &u->idle)));
}

/* What the logs say beside the reason why the wildcard is held. */
static str finding_use(const struct usage *u)
{
	struct arena *a = u->pl->arena;
	str when = days(u->pl);
	if (u->keys.n)
		return str_fmt(a, "; %.*s it was used on %.*s", STR_ARG(when),
			       STR_ARG(listed(a, &u->keys)));
	if (u->holds.n || !u->idle.n)
		return S("");
	return str_fmt(a, "; %.*s nobody used it", STR_ARG(when));
}

void decide_use(struct planner *pl, struct candidate *c, struct resource_fate *r)
{
	struct usage u = { .pl = pl, .c = c, .code = r->meaning.code, .text = r->element->text };
	bool accepted = pl->options->accept & accept_of(u.code);
	collect(&u);
	bool known = !u.holds.n && u.keys.n + u.idle.n;
	accepted |= known && !u.keys.n && (pl->options->accept & ACCEPT_UNUSED);
	if (!accepted || (!known && !u.holds.n)) {
		str more = finding_use(&u);
		issue_add(pl->arena, &r->holds, u.code, "%.*s%.*s", STR_ARG(r->meaning.reason),
			  STR_ARG(more));
	}
	for (size_t i = 0; i < u.holds.n; i++)
		issue_add(pl->arena, &r->holds, u.holds.v[i].code, "%.*s",
			  STR_ARG(u.holds.v[i].reason));
	if (known && !u.keys.n)
		hold_unused(pl, c, r);
	else if (known && accepted)
		narrow(pl, c, r, &u);
}

void decide_here_only(struct planner *pl, struct candidate *c, struct resource_fate *r)
{
	struct usage u = { .pl = pl, .c = c, .code = "RES-ALL", .text = r->element->text };
	struct strs keys = { 0 };
	for (size_t i = 0; i < r->meaning.keys.n; i++)
		strs_add_once(pl->arena, &keys, r->meaning.keys.v[i]->address);
	if (pl->m->config->evidence)
		collect(&u);
	for (size_t i = 0; i < u.holds.n; i++)
		issue_add(pl->arena, &r->holds, u.holds.v[i].code, "%.*s",
			  STR_ARG(u.holds.v[i].reason));
	c->rests_on |= RESTS_HERE;
	c->note = str_fmt(
		pl->arena,
		"'%.*s' is taken for the keys that are declared here: %.*s; others cannot "
		"be used by it any longer",
		STR_ARG(text_readable(pl->arena, u.text)), STR_ARG(listed(pl->arena, &keys)));
}

bool key_in_use(const struct candidate *c, const struct key *k)
{
	for (size_t i = 0; i < c->s->uses.n; i++)
		for (size_t j = 0; j < c->s->uses.v[i]->attachments.n; j++) {
			const struct principal *p = c->s->uses.v[i]->attachments.v[j].principal;
			if (p && (key_uses(p, k->arn) & c->take))
				return true;
		}
	return false;
}

/* What the logs do not have of the principal was not done. */
static bool is_clear(const struct planner *pl, const struct principal *p)
{
	const struct evidence *ev = pl->m->config->evidence;
	return p->record && !p->record->unclear.n &&
	       !(ev->unclear_count && !ev->unclear[0].principal.n);
}

str unused_note(const struct planner *pl, const struct candidate *c)
{
	for (size_t i = 0; i < c->moves.n; i++) {
		const struct move *move = &c->moves.v[i];
		if (!is_clear(pl, move->principal) || !move->key->arn.n ||
		    (key_uses(move->principal, move->key->arn) & move->targets))
			return (str){ 0 };
	}
	return str_fmt(pl->arena, "nobody used it %.*s, so it may not be needed at all",
		       STR_ARG(days(pl)));
}
