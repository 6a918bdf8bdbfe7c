/* SPDX-License-Identifier: MIT */
/* The key side: moves become grants, one statement per key, actions and conditions. */
#include "grants.h"

#include "kmsfix/sid.h"
#include "kmsfix/vec.h"

struct pending {
	struct key *key;
	const struct policy *of;
	const struct principal *principal;
	unsigned targets;
	const struct statement *like, *delegation;
	str conditions; /* canonical */
	const struct strs *guards;
	struct strs owners;
};

struct pendings {
	struct pending **v;
	size_t n, cap;
};

/* ---- conditions ---- */

static void add_entry(struct arena *a, struct shape *out, const struct condition_entry *entry)
{
	struct shape *keys = shape_get(out, entry->op), *values;
	if (!keys) {
		keys = shape_object(a);
		shape_set(a, out, entry->op, keys);
	}
	if (shape_get(keys, entry->key))
		return;
	if (entry->values.n == 1) {
		values = shape_text(a, entry->values.v[0]);
	} else {
		values = shape_list(a);
		for (size_t i = 0; i < entry->values.n; i++)
			shape_add(a, values, shape_text(a, entry->values.v[i]));
	}
	shape_set(a, keys, entry->key, values);
}

struct shape *conditions_shape(struct arena *a, const struct statement *s,
			       const struct statement *more)
{
	struct shape *out = shape_object(a);
	for (size_t i = 0; i < s->conditions.n; i++)
		add_entry(a, out, &s->conditions.v[i]);
	for (size_t i = 0; more && i < more->conditions.n; i++)
		add_entry(a, out, &more->conditions.v[i]);
	return out->n ? out : NULL;
}

static void collect(struct arena *a, struct condition_set *set, const struct statement *s,
		    bool written)
{
	for (size_t i = 0; s && i < s->conditions.n; i++) {
		struct condition c = s->conditions.v[i].condition;
		struct strs values = { 0 };
		for (size_t k = 0; written && k < c.values.n; k++)
			strs_add(a, &values, text_unscoped(a, c.values.v[k]));
		if (written)
			c.values = values;
		condition_set_add(a, set, &c);
	}
}

static str conditions_digest(struct arena *a, const struct statement *s,
			     const struct statement *more, bool written)
{
	struct condition_set set = { 0 };
	collect(a, &set, s, written);
	collect(a, &set, more, written);
	condition_set_sort(&set);
	return str_fmt(a, "%016llx", (unsigned long long)condition_set_hash(&set));
}

static str canonical_conditions(struct arena *a, const struct statement *s,
				const struct statement *more)
{
	return conditions_digest(a, s, more, false);
}

/* ---- collecting ---- */

static void add_move(struct planner *pl, struct map *index, struct pendings *all,
		     const struct candidate *c, const struct move *move)
{
	struct arena *a = pl->arena;
	str conditions = canonical_conditions(a, c->s, move->delegation);
	str name = str_fmt(a, "%.*s|%.*s|%p|%.*s|%.*s|%.*s", STR_ARG(move->key->unit->path),
			   STR_ARG(move->key->address), (const void *)move->of,
			   STR_ARG(move->principal->arn), STR_ARG(conditions),
			   STR_ARG(strs_join(a, &move->guards, S("|"))));
	struct pending *p = map_find(index, name);
	if (!p) {
		p = ARENA_NEW(a, struct pending);
		*p = (struct pending){ .key = move->key,
				       .of = move->of,
				       .principal = move->principal,
				       .like = c->s,
				       .delegation = move->delegation,
				       .conditions = conditions,
				       .guards = &move->guards };
		map_put(index, a, name, p);
		VEC_PUSH(a, all, p);
	}
	p->targets |= move->targets;
	if (!p->owners.n || !str_eq(p->owners.v[p->owners.n - 1], c->id)) /* its last move */
		strs_add(a, &p->owners, c->id);
}

/* Under what the statement is there, in words; where that has a name, principals under one
 * condition share one. */
static str condition_of(struct arena *a, const struct pending *p)
{
	const struct language *l = p->key->unit->language;
	str when;
	if (p->guards->n)
		return text_unscoped(a, strs_join(a, p->guards, S(" && ")));
	const struct strs *there = p->of ? &p->of->guards : &p->key->guards;
	return !strs_has_all(there, &p->principal->guards) && l->when &&
			       l->when(p->principal, p->key->scope, &when) ?
		       when :
		       S("");
}

/* The statement is there only when the principal is. */
static bool is_with(const struct pending *p)
{
	const struct strs *who = &p->principal->guards;
	const struct strs *there = p->of ? &p->of->guards : &p->key->guards;
	for (size_t i = 0; i < who->n; i++)
		if (!strs_has(p->guards, who->v[i]) && !strs_has(there, who->v[i]))
			return false;
	return who->n && p->guards->n;
}

/* Two modules say different conditions in the same words: what stands in one text for one key is
 * not the same then, though the same seed would say so. */
static str own_seed(struct arena *a, struct map *index, const struct pending *p, str seed)
{
	str own = seed, name;
	for (unsigned k = 2;; k++) {
		name = str_fmt(a, "%p|%p|%u|%.*s", (const void *)p->key, (const void *)p->of,
			       p->targets, STR_ARG(own));
		if (!map_find(index, name))
			break;
		own = str_fmt(a, "%.*s %u", STR_ARG(seed), k);
	}
	map_put(index, a, name, index);
	return own;
}

static void merge(struct planner *pl, struct map *index, const struct pending *p)
{
	struct arena *a = pl->arena;
	str when = condition_of(a, p);
	str name = str_fmt(a, "%.*s|%.*s|%p|%u|%.*s|%.*s", STR_ARG(p->key->unit->path),
			   STR_ARG(p->key->address), (const void *)p->of, p->targets,
			   STR_ARG(p->conditions),
			   STR_ARG(p->guards->n ? strs_join(a, p->guards, S(" && ")) : when));
	size_t *at = map_find(index, name);
	if (!at) {
		struct grant g = { .key = p->key,
				   .of = p->of,
				   .targets = p->targets,
				   .like = p->like,
				   .delegation = p->delegation,
				   .guards = *p->guards,
				   .seed = conditions_digest(a, p->like, p->delegation, true) };
		if (when.n)
			g.seed = str_fmt(a, "%.*s %.*s", STR_ARG(g.seed), STR_ARG(when));
		g.seed = own_seed(a, index, p, g.seed);
		g.sid = sid_make(a, g.targets, g.seed);
		struct issues none = { 0 };
		g.site = grant_site(pl, &none, p->key, p->of, p->principal);
		at = ARENA_NEW(a, size_t);
		*at = pl->plan->grants.n;
		map_put(index, a, name, at);
		VEC_PUSH(a, &pl->plan->grants, g);
	}
	struct grant *g = &pl->plan->grants.v[*at];
	strs_add_once(a, &g->principals, p->principal->arn);
	if (!is_with(p) && !is_always_there(p->principal, p->key, g->site))
		strs_add_once(a, &g->optional, p->principal->arn);
	strs_add_all(a, &g->owners, &p->owners);
}

/* ---- our own statements that are there already ---- */

/* All of them, and at all times. */
static bool is_certain(const struct elements *e)
{
	bool certain = !e->negated && !e->open;
	for (size_t i = 0; certain && i < e->n; i++)
		certain = !e->v[i].maybe;
	return certain;
}

/* As the templates write it, and all of it understood. */
static bool is_whole(const struct statement *s)
{
	return s->effect == EFFECT_ALLOW && !s->issues.n && s->resources.n == 1 &&
	       is_certain(&s->resources) && is_certain(&s->actions) &&
	       str_eq(s->resources.v[0].text, S("*"));
}

/* Nobody else reads what the reference leads to; that it is asked whether there is any stays as it
 * is. */
static bool is_read_once(const struct via *via)
{
	const struct shared *all = via->shared;
	for (size_t i = 0; i < all->n; i++) {
		const struct seen *seen = all->users[i];
		if (seen != via->user && seen->asks != ASKS_ANY && seen->asks != ASKS_NULL)
			return false;
	}
	return true;
}

/* Nor is it given to another instance. */
static bool is_private(const struct via *via)
{
	const struct shared *all = via->shared;
	for (size_t i = 0; i < all->sibling_count; i++)
		if (all->siblings[i] != all && all->siblings[i]->given == all->given)
			return false;
	return is_read_once(via);
}

/* The statement stands apart, where policies that are not known may have it, too. */
static bool has_other_readers(const struct statement *s)
{
	bool once = !s->spoken;
	for (const struct via *via = s->via; via && once; via = via->next)
		once = is_read_once(via);
	return !once;
}

/* The list stands in the statement, or is what the call of its module gives that alone. */
static bool has_own_list(const struct statement *s)
{
	if (!s->principals.list || node_is_within(s->principals.list, s->node))
		return s->principals.list != NULL;
	const struct via *via = s->principals.n ? s->principals.v[0].element.via : NULL;
	const struct node *call = via ? via->shared->given : NULL;
	return call && node_is_within(s->principals.list, call) && is_private(via);
}

/* It is there just when the grant is. */
static bool is_under(const struct statement *s, const struct strs *guards)
{
	if (!s->maybe)
		return !guards->n;
	return s->guards.n && strs_has_all(&s->guards, guards) && strs_has_all(guards, &s->guards);
}

static bool says_the_same(struct planner *pl, const struct grant *g, const struct statement *s)
{
	for (size_t i = 0; i < s->actions.n; i++)
		if (!action_only_targets(s->actions.v[i].text))
			return false;
	return is_under(s, &g->guards) && template_sid_is_ours(pl->tpl, s->sid) && is_whole(s) &&
	       !has_other_readers(s) && !s->conditions.open && !s->principals.negated &&
	       !s->principals.open && has_own_list(s) && statement_targets(s) == g->targets &&
	       str_eq(canonical_conditions(pl->arena, s, NULL),
		      canonical_conditions(pl->arena, g->like, g->delegation));
}

static str sid_name(struct arena *a, const void *whose, str sid)
{
	return str_fmt(a, "%p %.*s", whose, STR_ARG(sid));
}

/* In some instance of the module that it stands in, or in one that may come; of one text for all
 * there is one Sid. */
static bool text_has_sid(const struct model *m, const struct node *text, str sid)
{
	if (str_has(node_source(text), sid))
		return true;
	for (size_t i = 0; i < m->documents.n; i++) {
		const struct document *d = m->documents.v[i];
		for (size_t k = 0; d->node == text && k < d->statements.n; k++)
			if (str_eq(d->statements.v[k]->sid, sid))
				return true;
	}
	return false;
}

/* By a statement of the text that takes the grant, or by another grant that it gets: conditions
 * that are said in the same words in two modules give two grants one Sid. */
static bool sid_taken(struct planner *pl, const struct map *given, const struct grant *g, str sid)
{
	struct arena *a = pl->arena;
	const struct key *k = g->key;
	const void *own = g->of ? (const void *)g->of : (const void *)&k->policy;
	if (map_find(given, sid_name(a, k, sid)) || map_find(given, sid_name(a, own, sid)))
		return true;
	for (const struct policy *p = g->of ? g->of : k->policy; p; p = g->of ? NULL : p->otherwise)
		for (size_t i = 0; i < p->statements.n; i++)
			if (str_eq(p->statements.v[i]->sid, sid))
				return true;
	return g->site && text_has_sid(pl->m, g->site->node, sid);
}

/* All of the key's texts have it, or one of them has. */
static void give_sid(struct map *given, const struct grant *g, str sid, struct arena *a)
{
	map_put(given, a, sid_name(a, g->of ? (const void *)g->of : g->key, sid), g->key);
	if (g->of)
		map_put(given, a, sid_name(a, &g->key->policy, sid), g->key);
}

/* In another instance of the text, whose call gives it its list; what its conditions say there they
 * may not say here. */
static const struct statement *said_elsewhere(struct planner *pl, const struct grant *g)
{
	const struct model *m = pl->m;
	for (size_t i = 0; g->site && i < m->documents.n; i++) {
		const struct document *d = m->documents.v[i];
		for (size_t k = 0; d->node == g->site->node && k < d->statements.n; k++) {
			const struct statement *s = d->statements.v[k];
			if (!s->conditions.n && says_the_same(pl, g, s) &&
			    !node_is_within(s->principals.list, s->node))
				return s;
		}
	}
	return NULL;
}

static void settle(struct planner *pl, struct grant *g, struct map *given)
{
	strs_sort(&g->principals);
	/* who may be missing needs a statement that may be missing */
	for (size_t i = 0; g->site && !g->optional.n && i < g->site->statements.n && !g->extend;
	     i++)
		if (says_the_same(pl, g, g->site->statements.v[i]))
			g->extend = g->site->statements.v[i];
	g->fills = g->extend ? NULL : said_elsewhere(pl, g);
	str sid = template_sid(pl->tpl, g->sid, pl->arena);
	for (unsigned k = 2; sid_taken(pl, given, g, sid) && k < 100; k++) {
		g->sid = sid_make(pl->arena, g->targets,
				  str_fmt(pl->arena, "%.*s %u", STR_ARG(g->sid), k));
		sid = template_sid(pl->tpl, g->sid, pl->arena);
	}
	g->sid = sid;
	give_sid(given, g, sid, pl->arena);
}

void plan_grants(struct planner *pl)
{
	struct map moves = { 0 }, grants = { 0 }, given = { 0 };
	struct pendings all = { 0 };
	for (size_t i = 0; i < pl->candidates.n; i++) {
		const struct candidate *c = pl->candidates.v[i];
		for (size_t k = 0; k < c->moves.n && !c->holds.n; k++)
			add_move(pl, &moves, &all, c, &c->moves.v[k]);
	}
	for (size_t i = 0; i < all.n; i++)
		merge(pl, &grants, all.v[i]);
	for (size_t i = 0; i < pl->plan->grants.n; i++)
		settle(pl, &pl->plan->grants.v[i], &given);
	place_grants(pl);
}
