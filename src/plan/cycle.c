/* SPDX-License-Identifier: MIT */
/*
 * Dependency cycles [11.13, 12.8]: which finding closes one, the shortest way round it, and which
 * policies would have to be detached to open it.
 */
#include <stdlib.h>
#include <string.h>

#include "kmsfix/apart.h"
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "result.h"

/* The unit and all members: the same for the same cycle. */
static str cycle_key(const struct cycle *c, struct arena *a)
{
	struct buf b = { 0 };
	buf_add(&b, c->unit->path);
	for (size_t i = 0; i < c->addresses.n; i++) {
		buf_addc(&b, '\0');
		buf_add(&b, c->addresses.v[i]);
	}
	str key = str_dup(a, buf_str(&b));
	buf_free(&b);
	return key;
}

static void index_cycles(struct map *known, const struct model *m, struct arena *a)
{
	for (size_t i = 0; i < m->cycles.n; i++)
		map_put(known, a, cycle_key(&m->cycles.v[i], a), known);
}

str address_declared(str address)
{
	size_t at = address.n;
	if (!str_ends(address, S("]")))
		return address;
	while (at && address.p[at - 1] != '[')
		at--;
	return str_sub(address, 0, at ? at - 1 : address.n);
}

static bool meets(const struct cycle *c, const struct strs *addresses)
{
	for (size_t i = 0; i < addresses->n; i++)
		if (strs_has(&c->addresses, address_declared(addresses->v[i])))
			return true;
	return false;
}

/* Of a finding whose principals are in it. */
static bool closes(const struct cycle *c, const struct finding *f)
{
	return !c->unit->language->owns_policies || meets(c, &f->keys);
}

/* Numbers of findings of the plan, in their order. */
struct numbers {
	size_t *v;
	size_t n, cap;
};

static str member_key(struct arena *a, str unit, str address)
{
	return STR_CAT(a, unit, S("|"), address);
}

static void index_finding(struct map *index, const struct plan *plan, size_t i, str unit,
			  struct arena *a)
{
	const struct finding *f = &plan->findings.v[i];
	for (size_t p = 0; p < f->principals.n; p++) {
		str key = member_key(a, unit, address_declared(f->principals.v[p]));
		struct numbers *of = map_find(index, key);
		if (!of) {
			of = ARENA_NEW(a, struct numbers);
			map_put(index, a, key, of);
		}
		if (!of->n || of->v[of->n - 1] != i)
			VEC_PUSH(a, of, i);
	}
}

/* The fixed findings by their principals, in their own units and in those of keys that get their
 * grants. */
static void index_findings(struct map *index, const struct plan *plan, struct arena *a)
{
	struct map fixed = { 0 };
	for (size_t i = 0; i < plan->findings.n; i++) {
		struct finding *f = &plan->findings.v[i];
		if (f->outcome != OUTCOME_FIXED)
			continue;
		map_put(&fixed, a, f->id, f);
		index_finding(index, plan, i, f->unit, a);
	}
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		for (size_t k = 0; k < g->owners.n; k++) {
			const struct finding *f = map_find(&fixed, g->owners.v[k]);
			if (f && !str_eq(f->unit, g->key->unit->path))
				index_finding(index, plan, (size_t)(f - plan->findings.v),
					      g->key->unit->path, a);
		}
	}
}

static int by_number(const void *x, const void *y)
{
	size_t a = *(const size_t *)x, b = *(const size_t *)y;
	return (a > b) - (a < b);
}

/* Those whose principals are in the cycle. */
static struct numbers findings_in(const struct cycle *c, const struct map *index, struct arena *a)
{
	struct numbers out = { 0 };
	size_t kept = 0;
	for (size_t i = 0; i < c->addresses.n; i++) {
		const struct numbers *of =
			map_find(index, member_key(a, c->unit->path, c->addresses.v[i]));
		for (size_t k = 0; of && k < of->n; k++)
			VEC_PUSH(a, &out, of->v[k]);
	}
	if (out.n)
		qsort(out.v, out.n, sizeof(*out.v), by_number);
	for (size_t i = 0; i < out.n; i++)
		if (!i || out.v[i] != out.v[kept - 1])
			out.v[kept++] = out.v[i];
	out.n = kept;
	return out;
}

/* ---- the shortest way round ---- */

struct round {
	struct plan_options *options;
	const struct cycle *cycle;
	struct arena *arena;
	size_t *first, *next; /* edges by the node they leave, plus one; 0: no more */
	enum apart *cut;      /* by node: the kind of dependency that is not there any more */
	size_t since;         /* what is detached from here on is new: the cycle does not show it */
	bool nothing_else;    /* no cycle tells whose fault it is */
	/* For find_way(), which leaves `by` empty: the edge by which a node was reached, and the
	 * nodes in turn. */
	const struct cycle_edge **by;
	size_t *queue;
};

/* Edges, each from where the one before leads to. */
struct way {
	const struct cycle_edge **v;
	size_t n, cap;
};

static void index_edges(struct round *r)
{
	const struct cycle *c = r->cycle;
	r->first = arena_array(r->arena, c->addresses.n, sizeof(*r->first));
	r->next = arena_array(r->arena, c->edges.n, sizeof(*r->next));
	r->cut = arena_array(r->arena, c->addresses.n, sizeof(*r->cut));
	r->by = arena_array(r->arena, c->addresses.n, sizeof(*r->by));
	r->queue = arena_array(r->arena, c->addresses.n + 1, sizeof(*r->queue));
	for (size_t i = c->edges.n; i-- > 0;) {
		r->next[i] = r->first[c->edges.v[i].from];
		r->first[c->edges.v[i].from] = i + 1;
	}
}

static bool is_cut(const struct round *r, const struct cycle_edge *e)
{
	return e->apart != APART_NOT && r->cut[e->from] == e->apart;
}

static void reverse(struct way *way)
{
	for (size_t i = 0; i < way->n / 2; i++) {
		const struct cycle_edge *e = way->v[i];
		way->v[i] = way->v[way->n - 1 - i];
		way->v[way->n - 1 - i] = e;
	}
}

/* Breadth first from `at` back to itself; false when there is no way. */
static bool find_way(const struct round *r, size_t at, struct way *out)
{
	size_t head = 0, tail = 0;
	r->queue[tail++] = at;
	for (; head < tail && !r->by[at]; head++)
		for (size_t i = r->first[r->queue[head]]; i && !r->by[at]; i = r->next[i - 1]) {
			const struct cycle_edge *e = &r->cycle->edges.v[i - 1];
			if (r->by[e->to] || is_cut(r, e))
				continue;
			r->by[e->to] = e;
			if (e->to != at)
				r->queue[tail++] = e->to;
		}
	*out = (struct way){ 0 };
	for (const struct cycle_edge *e = r->by[at]; e; e = e->from == at ? NULL : r->by[e->from])
		VEC_PUSH(r->arena, out, e);
	reverse(out);
	while (tail)
		r->by[r->queue[--tail]] = NULL;
	return out->n;
}

static size_t position(const struct cycle *c, str address)
{
	for (size_t i = 0; i < c->addresses.n; i++)
		if (str_eq(c->addresses.v[i], address))
			return i;
	return SIZE_MAX;
}

static str way_text(const struct cycle *c, const struct way *way, struct arena *a)
{
	struct strs names = { 0 };
	strs_add(a, &names, c->addresses.v[way->v[0]->from]);
	for (size_t i = 0; i < way->n; i++)
		strs_add(a, &names, c->addresses.v[way->v[i]->to]);
	return strs_join(a, &names, S(" -> "));
}

/* ---- what to detach ---- */

static struct detached *find_detached(const struct round *r, size_t node, enum apart apart)
{
	for (size_t i = 0; i < r->options->detached.n; i++) {
		struct detached *d = &r->options->detached.v[i];
		if (d->apart == apart && str_eq(d->unit, r->cycle->unit->path) &&
		    str_eq(d->address, r->cycle->addresses.v[node]))
			return d;
	}
	return NULL;
}

/* Not what was refused, or was detached already and did not help. */
static bool may_cut(const struct round *r, const struct cycle_edge *e, enum apart apart)
{
	const struct detached *d;
	if (e->apart != apart)
		return false;
	d = find_detached(r, e->from, apart);
	return !d || (!d->refused && d >= r->options->detached.v + r->since);
}

static void forget_cuts(const struct round *r)
{
	memset(r->cut, 0, r->cycle->addresses.n * sizeof(*r->cut));
}

/* Cuts dependencies of one kind until no way leads round from `at`; false: *left still does. */
static bool cut_ways(struct round *r, size_t at, enum apart apart, struct way *left)
{
	forget_cuts(r);
	while (find_way(r, at, left)) {
		size_t i = 0;
		while (i < left->n && !may_cut(r, left->v[i], apart))
			i++;
		if (i == left->n)
			return false;
		r->cut[left->v[i]->from] = apart;
	}
	return true;
}

/* The cycle goes with its model, what is to be detached stays for the rounds to come. */
static void add_detached(const struct round *r, size_t node)
{
	const struct cycle *c = r->cycle;
	struct detached new = { .unit = str_dup(r->arena, c->unit->path),
				.address = str_dup(r->arena, c->addresses.v[node]),
				.apart = r->cut[node] };
	for (size_t i = 0; i < c->addresses.n; i++)
		strs_add(r->arena, &new.circle, str_dup(r->arena, c->addresses.v[i]));
	VEC_PUSH(r->arena, &r->options->detached, new);
}

static void detach(const struct round *r, str id)
{
	for (size_t i = 0; i < r->cycle->addresses.n; i++) {
		struct detached *d = r->cut[i] ? find_detached(r, i, r->cut[i]) : NULL;
		if (!r->cut[i])
			continue;
		if (!d) {
			add_detached(r, i);
			d = &r->options->detached.v[r->options->detached.n - 1];
		}
		strs_add_once(r->arena, &d->owners, id);
	}
}

/* An inline policy stays the role's; a key is for a moment without the policy that is detached.
 * False: *left leads round all the same. */
static bool can_open(struct round *r, size_t at, struct way *left)
{
	struct way other;
	return r->cycle->unit->language->detach &&
	       (cut_ways(r, at, APART_INLINE, left) || cut_ways(r, at, APART_KEY, &other));
}

/* Why the way was not opened although that was accepted; empty when it was not tried. */
static str why_not(const struct round *r, const struct way *way)
{
	for (size_t i = 0; i < way->n; i++) {
		const struct detached *d = find_detached(r, way->v[i]->from, way->v[i]->apart);
		if (d && d->refused)
			return str_fmt(r->arena, "; the policies of '%.*s' cannot be detached: %s",
				       STR_ARG(d->address), d->refused);
	}
	return S("");
}

static bool passes(const struct cycle *c, const struct way *way, const struct strs *addresses)
{
	for (size_t i = 0; i < way->n; i++)
		for (size_t k = 0; k < addresses->n; k++)
			if (str_eq(c->addresses.v[way->v[i]->from],
				   address_declared(addresses->v[k])))
				return true;
	return false;
}

/*
 * Where the way round begins: at the principal, or where that way has none of the finding's keys,
 * at a key. A module that cannot be looked into is one node, round which ways lead that were there
 * before, and are none in truth.
 */
static size_t start_of(const struct round *r, const struct finding *f, size_t principal)
{
	struct way way;
	if (!find_way(r, principal, &way) || passes(r->cycle, &way, &f->keys))
		return principal;
	for (size_t i = 0; i < f->keys.n; i++) {
		size_t key = position(r->cycle, address_declared(f->keys.v[i]));
		if (key != SIZE_MAX && find_way(r, key, &way))
			return key;
	}
	return principal;
}

/* What to do about a way on which there is nothing to declare apart. */
static const char *unlock_in_vain(const struct round *r, const struct finding *f)
{
	static const char *const end =
		"end one of these dependencies, such as a depends_on or DependsOn: declaring "
		"policies apart does not open it";
	struct strs outside = { 0 };
	for (size_t i = 0; i < f->keys.n; i++)
		if (position(r->cycle, address_declared(f->keys.v[i])) == SIZE_MAX)
			strs_add(r->arena, &outside, f->keys.v[i]);
	if (!outside.n || outside.n == f->keys.n)
		return end;
	str names = strs_join(r->arena, &outside, S("', '"));
	return str_fmt(r->arena,
		       "write a statement of its own for '%.*s', which can go then; or %s",
		       STR_ARG(names), end)
		.p;
}

/* One of the finding's principals that the cycle leads through. */
static void settle(struct round *r, const struct finding *f, size_t at, bool *any)
{
	struct way way, left = { 0 };
	forget_cuts(r);
	at = start_of(r, f, at);
	if (!find_way(r, at, &way))
		return;
	bool opens = can_open(r, at, &left);
	if (opens && r->options->accept & ACCEPT_CYCLE) {
		detach(r, f->id);
		*any = true;
		return;
	}
	str why = why_not(r, &way);
	bool in_vain = !opens && !why.n && left.n;
	str text = way_text(r->cycle, in_vain ? &left : &way, r->arena);
	struct issue issue = {
		"CYCLE",
		str_fmt(r->arena,
			"naming the role in the key policy would close a dependency cycle: "
			"%.*s%.*s",
			STR_ARG(text), STR_ARG(why)),
		in_vain ? unlock_in_vain(r, f) : NULL,
	};
	result_hold(r->options, f->id, issue, r->arena, any);
}

/* How near a grant is to a cycle: in the policy of a key of it, with a condition, which may refer
 * to what leads back; in such a policy; in its unit. */
enum suspicion { SUSPECT_CONDITION, SUSPECT_KEY, SUSPECT_UNIT };

static bool may_close(const struct round *r, const struct grant *g, enum suspicion how)
{
	if (!str_eq(g->key->unit->path, r->cycle->unit->path))
		return false;
	return how == SUSPECT_UNIT ||
	       (position(r->cycle, address_declared(g->key->address)) != SIZE_MAX &&
		(how == SUSPECT_KEY || g->like->conditions.n));
}

/* False when there is none of those grants. */
static bool hold_grants(struct round *r, const struct plan *plan, enum suspicion how,
			struct issue issue, bool *any)
{
	bool held = false;
	for (size_t i = 0; i < plan->grants.n; i++) {
		const struct grant *g = &plan->grants.v[i];
		for (size_t k = 0; may_close(r, g, how) && k < g->owners.n; k++) {
			result_hold(r->options, g->owners.v[k], issue, r->arena, any);
			held = true;
		}
	}
	return held;
}

/* No principal leads round. Where no grant is nearer to the cycle, whichever finding of the unit it
 * is, or grant in it, none of them may close it. */
static void hold_suspects(struct round *r, const struct plan *plan, bool *any)
{
	struct issue issue = { "CYCLE",
			       str_fmt(r->arena, "the fix would close a dependency cycle at '%.*s'",
				       STR_ARG(r->cycle->addresses.v[0])),
			       NULL };
	if (hold_grants(r, plan, SUSPECT_CONDITION, issue, any) || !r->nothing_else ||
	    hold_grants(r, plan, SUSPECT_KEY, issue, any))
		return;
	for (size_t i = 0; i < plan->findings.n; i++)
		if (str_eq(plan->findings.v[i].unit, r->cycle->unit->path) &&
		    plan->findings.v[i].outcome == OUTCOME_FIXED)
			result_hold(r->options, plan->findings.v[i].id, issue, r->arena, any);
	hold_grants(r, plan, SUSPECT_UNIT, issue, any);
}

static void settle_cycle(struct round *r, const struct plan *plan, const struct map *index,
			 bool *any)
{
	struct numbers in = findings_in(r->cycle, index, r->arena);
	bool found = false;
	index_edges(r);
	for (size_t i = 0; i < in.n; i++) {
		const struct finding *f = &plan->findings.v[in.v[i]];
		for (size_t p = 0; closes(r->cycle, f) && p < f->principals.n; p++) {
			size_t at = position(r->cycle, address_declared(f->principals.v[p]));
			if (at == SIZE_MAX)
				continue;
			found = true;
			settle(r, f, at, any);
		}
	}
	if (!found)
		hold_suspects(r, plan, any);
}

/* Those that the model before did not have. */
static void settle_cycles(struct round *r, const struct plan *plan, const struct model *after,
			  const struct map *known, const struct map *index, bool *any)
{
	for (size_t i = 0; i < after->cycles.n; i++) {
		r->cycle = &after->cycles.v[i];
		if (!map_find(known, cycle_key(r->cycle, r->arena)) &&
		    !(r->options->granting && r->cycle->between))
			settle_cycle(r, plan, index, any);
	}
}

void result_cycles(struct plan_options *options, const struct model *before,
		   const struct plan *plan, const struct model *after, struct arena *a, bool *any)
{
	struct round r = { .options = options, .arena = a, .since = options->detached.n };
	struct map known = { 0 }, index = { 0 };
	if (!after->cycles.n)
		return;
	index_cycles(&known, before, a);
	index_findings(&index, plan, a);
	settle_cycles(&r, plan, after, &known, &index, any);
	/* What is held in one unit may be all that closed the cycles of others. */
	r.nothing_else = true;
	if (!*any)
		settle_cycles(&r, plan, after, &known, &index, any);
}
