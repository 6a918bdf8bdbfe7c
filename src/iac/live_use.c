/* SPDX-License-Identifier: MIT */
/* What the logs say that principals used: they name them by ARN, mostly with the path [10.4]. */
#include "kmsfix/arn.h"
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"
#include "live.h"

static enum principal_kind kind_of(const struct principal_ref *ref)
{
	return ref->form == PRINCIPAL_USER ? PRINCIPAL_IS_USER : PRINCIPAL_IS_ROLE;
}

/*
 * Who has the ARN of a role, with or without the path, or of a user: names are unique in an
 * account, whatever the path. NULL when it is none of these.
 */
static struct evidence_record *record_of(struct live *l, str arn)
{
	struct arena *a = l->m->arena;
	struct principal_ref ref = principal_parse(S("AWS"), arn);
	struct evidence_record *record;
	if (ref.form != PRINCIPAL_ROLE && ref.form != PRINCIPAL_USER &&
	    ref.form != PRINCIPAL_SESSION)
		return NULL;
	str name = live_name(a, ref.account, (int)kind_of(&ref), ref.name);
	record = map_find(&l->records, name);
	if (!record) {
		record = ARENA_NEW(a, struct evidence_record);
		map_put(&l->records, a, name, record);
	}
	strs_add_once(a, &l->logged, ref.account);
	strs_add_once(a, &l->accounts, ref.account);
	return record;
}

void live_index_evidence(struct live *l)
{
	const struct evidence *ev = l->evidence;
	struct evidence_record *record = NULL;
	for (size_t i = 0; ev && i < ev->use_count; i++) {
		if (!i || !str_eq(ev->uses[i].principal, ev->uses[i - 1].principal))
			record = record_of(l, ev->uses[i].principal);
		if (record)
			VEC_PUSH(l->m->arena, &record->uses, &ev->uses[i]);
	}
	for (size_t i = 0; ev && i < ev->unclear_count; i++) {
		record = record_of(l, ev->unclear[i].principal);
		if (record)
			VEC_PUSH(l->m->arena, &record->unclear, &ev->unclear[i]);
	}
}

/* Who is not in the logs used nothing only where they have others of that account. */
static void set_record(struct live *l, struct principal *p)
{
	static const struct evidence_record none;
	str account = account_id(p->account);
	if (!p->name.n || !account.n || !strs_has(&l->logged, account) ||
	    (p->kind != PRINCIPAL_IS_ROLE && p->kind != PRINCIPAL_IS_USER))
		return;
	p->record = map_find(&l->records, live_name(l->m->arena, account, (int)p->kind, p->name));
	if (!p->record)
		p->record = &none;
}

void live_set_records(struct live *l)
{
	for (size_t i = 0; l->evidence && i < l->m->principals.n; i++)
		set_record(l, l->m->principals.v[i]);
}
