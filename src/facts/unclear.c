/* SPDX-License-Identifier: MIT */
/* Calls that were made, of which the logs do not say by whom, or with which key. */
#include "ledger.h"

#include <stdlib.h>

#include "kmsfix/vec.h"

/* Those who have no IAM policies, and callers from elsewhere, whom the logs there name [10.6]. */
static const char *const others[] = {
	"AWSAccount", "AWSService", "Directory",       "IdentityCenterUser",
	"Root",       "SAMLUser",   "WebIdentityUser",
};

static bool is_others(str type)
{
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (str_eq(type, str_from(others[i])))
			return true;
	return false;
}

/* Of too many principals, the calls are nobody's: nobody is told to have made none. */
static struct evidence_unclear *unclear_get(struct ledger *l, str principal)
{
	struct evidence_unclear new = { .principal = principal };

	for (size_t i = 0; i < l->unclear.n; i++)
		if (str_eq(l->unclear.v[i].principal, principal))
			return &l->unclear.v[i];
	if (principal.n && l->unclear.n >= EVIDENCE_MAX_UNCLEAR)
		return unclear_get(l, S(""));
	new.principal = str_dup(l->arena, principal);
	VEC_PUSH(l->arena, &l->unclear, new);
	return &l->unclear.v[l->unclear.n - 1];
}

void ledger_merge_unclear(struct ledger *l, const struct evidence_unclear *u)
{
	struct evidence_unclear *to = unclear_get(l, u->principal);

	if (!to->count || u->first < to->first)
		to->first = u->first;
	if (!to->count || u->last > to->last)
		to->last = u->last;
	to->actions |= u->actions;
	to->count += u->count;
}

void ledger_unclear(struct ledger *l, const struct event *e, str principal)
{
	struct evidence_unclear u = {
		.principal = principal.n ? principal : event_role(e),
		.actions = str_eq(e->name, S("Decrypt")) ?
				   TARGET_DECRYPT :
				   TARGET_REENCRYPT_FROM | TARGET_REENCRYPT_TO,
		.count = 1,
		.first = e->time,
		.last = e->time,
	};

	if (principal.n || !is_others(e->type))
		ledger_merge_unclear(l, &u);
}

static int unclear_order(const void *pa, const void *pb)
{
	const struct evidence_unclear *a = pa, *b = pb;

	return str_cmp(a->principal, b->principal);
}

void ledger_finish_unclear(struct ledger *l)
{
	if (l->unclear.n)
		qsort(l->unclear.v, l->unclear.n, sizeof(*l->unclear.v), unclear_order);
	l->ev.unclear = l->unclear.v;
	l->ev.unclear_count = l->unclear.n;
}
