/* SPDX-License-Identifier: MIT */
/*
 * The access matrix, sparse: only pairs that some statement touches, and for every key two
 * strangers: a principal of the account with an unlimited identity policy, and everybody else.
 *
 * An open key is one whose policy grants something to everybody [3.17, 3.18]. A principal that is
 * just one of everybody has a cell there once it is asked for: it follows from what strangers are
 * given and from the principal's guards, which are compared instead. To make them all was nine
 * tenths of the cells, and most of the proof, of 180 repositories in one.
 */
#include "kmsfix/access.h"
#include "kmsfix/vec.h"

#define STRANGER "(stranger)"

/* ---- names ---- */

/* The one place of that name. */
static str *name_once(struct matrix *mx, struct arena *a, str text)
{
	str *name = map_find(mx->names, text);
	if (name)
		return name;
	name = ARENA_NEW(a, str);
	*name = text;
	map_put(mx->names, a, text, name);
	return name;
}

static const str *note_name(struct matrix *mx, struct arena *a, const void *thing, str text)
{
	str *name = name_once(mx, a, text);
	map_put_at(&mx->known, a, thing, name);
	return name;
}

static const str *key_name(struct matrix *mx, struct arena *a, const struct key *k)
{
	const str *known = map_find_at(&mx->known, k);
	return known ? known : note_name(mx, a, k, STR_CAT(a, k->unit->path, S("|"), k->address));
}

/* Those of one ARN are one, wherever they are declared. */
static const str *principal_name(struct matrix *mx, struct arena *a, const struct principal *p)
{
	const str *known = map_find_at(&mx->known, p);
	if (known)
		return known;
	const struct principal *first = map_find(&mx->model->literals, p->literal);
	const struct principal *one = first ? first : p;
	return note_name(mx, a, p, STR_CAT(a, one->unit->path, S(":"), one->address));
}

str cell_name(struct arena *a, const struct cell *cell, unsigned target)
{
	return STR_CAT(a, *cell->key, S("|"), *cell->who, S("|"), str_from(target_name(target)));
}

/* ---- everybody ---- */

/* A data source that finds a role of the repository is another name of it, not somebody else. */
static bool is_other_name(const struct principal *p)
{
	const struct name *name = name_get(p->unit, p->arn);
	return name && name->kind == NAME_PRINCIPAL && name->principal != p;
}

/* Principals of one name cannot be asked for by it. Each text that means another leads to it, see
 * add_named. */
static void find_everybody(struct matrix *mx, const struct model *m)
{
	struct arena *a = m->arena;
	for (size_t i = 0; i < m->principals.n; i++) {
		struct principal *p = m->principals.v[i];
		const str *name = principal_name(mx, a, p);
		if (is_other_name(p))
			continue;
		if (map_find_at(&mx->everybody, name))
			map_put_at(&mx->special, a, name, p);
		map_put_at(&mx->everybody, a, name, p);
	}
	for (size_t i = 0; i < m->principals.n; i++) {
		const struct principal *p = m->principals.v[i];
		if (is_other_name(p))
			continue;
		if (map_find_at(&mx->special, principal_name(mx, a, p)))
			VEC_PUSH(a, &mx->specials, p);
		else
			VEC_PUSH(a, &mx->plain, p);
	}
}

/* One that is no more than one of everybody; NULL: there is none of that name. */
static const struct principal *find_plain(const struct matrix *mx, const str *name)
{
	return map_find_at(&mx->special, name) ? NULL : map_find_at(&mx->everybody, name);
}

/* Open keys have one text of a policy that is always there, and a name of their own. */
static void find_open(struct matrix *mx, const struct model *m)
{
	struct map seen = { 0 }, shared = { 0 };
	for (size_t i = 0; i < m->keys.n; i++) {
		const str *name = key_name(mx, m->arena, m->keys.v[i]);
		map_put_at(map_find_at(&seen, name) ? &shared : &seen, m->arena, name, mx);
	}
	for (size_t i = 0; i < m->keys.n; i++) {
		struct key *k = m->keys.v[i];
		const struct key_rules *rules = key_rules(&mx->rules, m->arena, k);
		const str *name = key_name(mx, m->arena, k);
		if (key_is_public(k) && rules->n == 1 && !rules->v[0].guards.n &&
		    !map_find_at(&shared, name))
			map_put_at(&mx->open, m->arena, name, k);
	}
}

/* ---- cells ---- */

static str cell_key(const struct cell *cell)
{
	return (str){ (const char *)cell, offsetof(struct cell, targets) };
}

const str *matrix_stranger(const struct matrix *mx)
{
	return map_find(mx->names, S(STRANGER));
}

static struct cell *cell_of(struct matrix *mx, struct arena *a, const struct key *k, const str *who)
{
	const struct cell wanted = { .key = key_name(mx, a, k), .who = who };
	struct cell *cell = map_find(&mx->index, cell_key(&wanted));
	if (!cell) {
		cell = ARENA_NEW(a, struct cell);
		*cell = wanted;
		map_put(&mx->index, a, cell_key(cell), cell);
		VEC_PUSH(a, &mx->cells, cell);
	}
	return cell;
}

static size_t bit_of(unsigned target)
{
	size_t i = 0;
	while (target >> (i + 1))
		i++;
	return i;
}

static struct formula *cell_formula(struct matrix *mx, struct cell *cell, unsigned target)
{
	mx->checked += !cell->counted && !(cell->targets & target);
	cell->targets |= target;
	return &cell->formulas[bit_of(target)];
}

/* That of a principal: a plain one has what an open key gives everybody. */
static struct cell *principal_cell(struct matrix *mx, const struct key *k,
				   const struct principal *p)
{
	struct arena *a = mx->model->arena;
	const str *who = principal_name(mx, a, p);
	struct cell *cell = cell_of(mx, a, k, who);
	if (cell->targets || !map_find_at(&mx->open, cell->key) || !find_plain(mx, who))
		return cell;
	cell->counted = true;
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		key_grants(a, key_rules(&mx->rules, a, k), p, bit, cell_formula(mx, cell, bit));
	return cell;
}

const struct cell *matrix_twin(struct matrix *mx, const struct cell *cell)
{
	const struct cell *twin = map_find(&mx->index, cell_key(cell));
	const struct principal *p = find_plain(mx, cell->who);
	const struct key *k = map_find_at(&mx->open, cell->key);
	return twin || !p || !k ? twin : principal_cell(mx, k, p);
}

/* Whether `mx` has the principal, which is plain elsewhere, just as it is there. */
static bool has_same(const struct matrix *mx, const struct principal *p, const str *name)
{
	const struct principal *q = find_plain(mx, name);
	if (!q) /* a special one has its cells */
		return map_find_at(&mx->special, name) != NULL;
	return p->guards.n == q->guards.n && strs_has_all(&q->guards, &p->guards);
}

const str *matrix_lost(struct matrix *x, const struct matrix *y)
{
	for (size_t i = 0; x->given && i < x->plain.n; i++) {
		const struct principal *p = x->plain.v[i];
		const str *name = principal_name(x, x->model->arena, p);
		if (!has_same(y, p, name))
			return name;
	}
	return NULL;
}

/* What the statement gives where one text of the key's policy delegates to the account. */
static void add_delegated(struct formula *f, struct arena *a, const struct key_case *c,
			  const struct term *own, unsigned target)
{
	struct formula delegation = { 0 };
	bool lockout = false;
	key_delegation(a, c, target, &delegation, &lockout);
	for (size_t d = 0; d < delegation.n; d++) {
		struct term t = { 0 };
		strs_add_all(a, &t.atoms, &delegation.v[d].atoms);
		strs_add_all(a, &t.atoms, &own->atoms);
		strs_sort(&t.atoms);
		if (term_in_case(a, &t, c))
			formula_add(a, f, &t);
	}
}

/* An identity statement reaches a key where the key's policy delegates to the account. */
static void add_reach(struct matrix *mx, const struct model *m, const struct statement *s,
		      const struct element *resource, const struct policy *p,
		      const struct attachment *at, struct key *k, unsigned targets)
{
	struct arena *a = m->arena;
	const struct strs element = element_guards(a, resource);
	const struct key_rules *rules = key_rules(&mx->rules, a, k);
	struct cell *cell = principal_cell(mx, k, at->principal);
	struct term own = { 0 };
	term_conditions(a, &own, k, s);
	term_guards(a, &own, &element);
	term_guards(a, &own, &p->guards);
	term_guards(a, &own, policy_when(p, s));
	term_guards(a, &own, &at->guards);
	term_guards(a, &own, &at->principal->guards);
	term_without(&own, &k->guards, a);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		struct formula *f;
		if (!(targets & bit))
			continue;
		f = cell_formula(mx, cell, bit);
		key_grants(a, rules, at->principal, bit, f);
		for (size_t i = 0; i < rules->n; i++)
			add_delegated(f, a, &rules->v[i], &own, bit);
	}
}

/* What a wildcard reaches is compared as far as it is known to be used. */
static void add_pair(struct matrix *mx, const struct model *m, const struct statement *s,
		     const struct element *resource, const struct policy *p,
		     const struct attachment *at, struct key *k, const struct meaning *meaning)
{
	unsigned targets = statement_live_targets(s);
	if (!at->principal)
		return;
	if (meaning->by_use)
		targets &= key_uses(at->principal, k->arn);
	else if (meaning->kind != MEANS_KEYS)
		return;
	add_reach(mx, m, s, resource, p, at, k, targets);
}

static void add_statement(struct matrix *mx, const struct model *m, const struct statement *s,
			  const struct policy *p)
{
	if (s->effect != EFFECT_ALLOW || s->actions.negated || s->resources.negated ||
	    !statement_targets(s))
		return;
	for (size_t r = 0; r < s->resources.n; r++) {
		const struct element *e = &s->resources.v[r];
		struct meaning meaning;
		resource_meaning(m, s->document, e->text, &meaning);
		for (size_t k = 0; k < meaning.keys.n; k++)
			for (size_t i = 0; i < p->attachments.n; i++)
				add_pair(mx, m, s, e, p, &p->attachments.v[i], meaning.keys.v[k],
					 &meaning);
	}
}

static void add_grants(struct matrix *mx, const struct model *m, const struct key *k,
		       const struct principal *p)
{
	const struct key_rules *rules = key_rules(&mx->rules, m->arena, k);
	struct cell *cell = principal_cell(mx, k, p);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		key_grants(m->arena, rules, p, bit, cell_formula(mx, cell, bit));
}

/* Every principal that a statement of a key's policy names. */
static void add_named(struct matrix *mx, const struct model *m, struct key *k,
		      const struct statement *s)
{
	for (size_t j = 0; j < s->principals.n; j++) {
		str text = s->principals.v[j].element.text;
		const struct name *name = name_get(k->unit, text);
		for (const struct principal *p = map_find(&m->literals, text); p; p = p->twin)
			add_grants(mx, m, k, p);
		if (name && name->kind == NAME_PRINCIPAL)
			add_grants(mx, m, k, name->principal);
	}
}

static bool gives(const struct cell *cell)
{
	bool any = false;
	for (size_t i = 0; i < TARGET_COUNT; i++)
		any |= cell->formulas[i].n > 0;
	return any;
}

/* A key that is for everybody. The cells of plain principals are counted, not made. */
static void add_everybody(struct matrix *mx, const struct model *m, const struct key *k,
			  const struct cell *stranger)
{
	bool open = map_find_at(&mx->open, stranger->key) != NULL;
	mx->given |= open && gives(stranger);
	mx->checked += open ? mx->plain.n * TARGET_COUNT : 0;
	for (size_t i = 0; !open && i < mx->plain.n; i++)
		add_grants(mx, m, k, mx->plain.v[i]);
	for (size_t i = 0; i < mx->specials.n; i++)
		add_grants(mx, m, k, mx->specials.v[i]);
}

/* Every principal that a key policy names, and the strangers. */
static void add_key(struct matrix *mx, const struct model *m, struct key *k)
{
	const struct key_rules *rules = key_rules(&mx->rules, m->arena, k);
	struct principal nobody = { .unit = k->unit };
	struct cell *anyone = cell_of(mx, m->arena, k, name_once(mx, m->arena, S("(anyone)")));
	struct cell *stranger = cell_of(mx, m->arena, k, name_once(mx, m->arena, S(STRANGER)));
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		static const struct term nothing;
		for (size_t i = 0; i < rules->n; i++)
			add_delegated(cell_formula(mx, anyone, bit), m->arena, &rules->v[i],
				      &nothing, bit);
		key_grants(m->arena, rules, &nobody, bit, cell_formula(mx, stranger, bit));
	}
	if (key_is_public(k))
		add_everybody(mx, m, k, stranger);
	for (const struct policy *p = k->policy; p; p = p->otherwise)
		for (size_t i = 0; i < p->statements.n; i++)
			add_named(mx, m, k, p->statements.v[i]);
}

void matrix_build(struct matrix *out, const struct model *m, struct map *names)
{
	*out = (struct matrix){
		.model = m, .principals = m->principals.n, .keys = m->keys.n, .names = names
	};
	find_everybody(out, m);
	find_open(out, m);
	for (size_t i = 0; i < m->keys.n; i++)
		add_key(out, m, m->keys.v[i]);
	for (size_t i = 0; i < m->policies.n; i++) {
		const struct policy *p = m->policies.v[i];
		if (p->kind != POLICY_MANAGED && p->kind != POLICY_INLINE)
			continue;
		for (size_t s = 0; s < p->statements.n; s++)
			add_statement(out, m, p->statements.v[s], p);
	}
}

const struct formula *matrix_find(struct matrix *mx, struct arena *a, const struct key *k,
				  const struct principal *p, unsigned target)
{
	const struct cell wanted = { .key = key_name(mx, a, k), .who = principal_name(mx, a, p) };
	const struct cell *cell = matrix_twin(mx, &wanted);

	return cell && (cell->targets & target) ? &cell->formulas[bit_of(target)] : NULL;
}
