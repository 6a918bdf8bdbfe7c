/* SPDX-License-Identifier: MIT */
/* What the logs say that principals used: they name them by ARN, with the path [10.4]. */
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"
#include "live.h"

static enum principal_kind kind_of(const struct principal_ref *ref)
{
	return ref->form == PRINCIPAL_ROLE ? PRINCIPAL_IS_ROLE : PRINCIPAL_IS_USER;
}

void live_index_uses(struct live *l)
{
	const struct evidence *ev = l->evidence;
	struct arena *a = l->m->arena;
	for (size_t i = 0, n; ev && i < ev->use_count; i += n) {
		struct live_uses *uses = ARENA_NEW(a, struct live_uses);
		struct principal_ref ref = principal_parse(S("AWS"), ev->uses[i].principal);
		for (n = 1; i + n < ev->use_count &&
			    str_eq(ev->uses[i + n].principal, ev->uses[i].principal);)
			n++;
		*uses = (struct live_uses){ &ev->uses[i], n };
		if (ref.form != PRINCIPAL_ROLE && ref.form != PRINCIPAL_USER)
			continue;
		map_put(&l->uses, a, live_name(a, ref.account, (int)kind_of(&ref), ref.name), uses);
		strs_add_once(a, &l->logged, ref.account);
		strs_add_once(a, &l->accounts, ref.account);
	}
}

/* Who is not in the logs used nothing only where they have others of that account. */
static void set_uses(struct live *l, struct principal *p)
{
	str account = account_id(p->account);
	const struct live_uses *uses;
	if (!p->name.n || !account.n || !strs_has(&l->logged, account) ||
	    (p->kind != PRINCIPAL_IS_ROLE && p->kind != PRINCIPAL_IS_USER))
		return;
	uses = live_uses(l, account, p->kind, p->name);
	p->logged = true;
	p->uses = uses ? uses->v : NULL;
	p->use_count = uses ? uses->n : 0;
}

void live_set_uses(struct live *l)
{
	for (size_t i = 0; l->evidence && i < l->m->principals.n; i++)
		set_uses(l, l->m->principals.v[i]);
}
