/* SPDX-License-Identifier: MIT */
/* Evidence against what was generated. */
#include "evidence_gen.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *totals_difference(const struct evidence_totals *a,
				     const struct evidence_totals *b)
{
	return a->events != b->events                   ? "events" :
	       a->kms != b->kms                         ? "kms" :
	       a->calls != b->calls                     ? "calls" :
	       a->counted != b->counted                 ? "counted" :
	       a->denied != b->denied                   ? "denied" :
	       a->service != b->service                 ? "service" :
	       a->no_session != b->no_session           ? "no_session" :
	       a->other_account != b->other_account     ? "other_account" :
	       a->other_principal != b->other_principal ? "other_principal" :
	       a->no_key != b->no_key                   ? "no_key" :
	       a->copies != b->copies                   ? "copies" :
							  NULL;
}

static const struct evidence_use *find(const struct evidence *ev, size_t p, size_t k, enum target t)
{
	char principal[128], key[128];
	const struct evidence_use *u;
	size_t n;

	gen_principal(p, principal);
	gen_key(k, key);
	u = evidence_of(ev, str_from(principal), &n);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(u[i].key, str_from(key)) && u[i].action == t)
			return &u[i];
	}
	return NULL;
}

const char *gen_difference(const struct gen *g, const struct evidence *ev)
{
	static const enum target actions[] = { TARGET_DECRYPT, TARGET_REENCRYPT_FROM,
					       TARGET_REENCRYPT_TO };
	size_t uses = 0;

	for (size_t i = 0; i < GEN_PRINCIPALS * GEN_KEYS * COUNT(actions); i++) {
		size_t p = i / (GEN_KEYS * COUNT(actions)), k = i / COUNT(actions) % GEN_KEYS;
		const struct gen_count *c = &g->counts[p][k][i % COUNT(actions)];
		const struct evidence_use *u = find(ev, p, k, actions[i % COUNT(actions)]);

		if (!c->count != !u)
			return "a use that is there too much or not";
		if (u && (u->count != c->count || u->first != c->first || u->last != c->last ||
			  u->direct != c->direct || u->without_context != c->without_context))
			return "the numbers of a use";
		uses += u != NULL;
	}
	if (uses != ev->use_count)
		return "more uses than there are";
	return totals_difference(&g->totals, &ev->totals);
}
