/* SPDX-License-Identifier: MIT */
/*
 * What the key policies must say instead. For each principal, key and target: what the identity
 * statement really gave (its conditions and those of the delegation), less what a direct grant
 * gives already.
 */
#include "kmsfix/carry.h"
#include "kmsfix/named.h"
#include "kmsfix/vec.h"
#include "pair.h"

struct moves {
	struct move *v;
	size_t n, cap;
};

/* A key without a policy that gets one, for itself or for a sibling. */
static void check_unset(const struct pair *p, const struct key *k)
{
	for (size_t i = 0; k != p->key && i < k->issues.n; i++)
		issue_copy(p->pl->arena, p->holds, &k->issues.v[i]);
	if (key_is_named(k, &p->pl->m->config->default_key_policy))
		p->c->rests_on |= RESTS_CONFIG;
	else if (k->told)
		p->c->rests_on |= RESTS_FACTS;
	else if (p->pl->strict)
		issue_add(p->pl->arena, p->holds, "KEY-POLICY-UNSET",
			  "'%.*s' has no policy in the code, and the live one is not known",
			  STR_ARG(k->address));
	else
		p->c->rests_on |= RESTS_REPOSITORY;
}

static void check_key(const struct pair *p)
{
	const struct key *k = p->key;
	const struct siblings *all = key_siblings(p->pl, k);
	for (size_t i = 0; i < k->issues.n; i++)
		issue_copy(p->pl->arena, p->holds, &k->issues.v[i]);
	for (size_t i = 0; i < k->unit->issues.n; i++)
		issue_copy(p->pl->arena, p->holds, &k->unit->issues.v[i]);
	if (!p->pl->options->phased && !is_request(p->c) && k->unit != p->c->s->document->unit)
		issue_add(p->pl->arena, p->holds, "UNIT",
			  "'%.*s' is declared in '%.*s', which is applied separately; with "
			  "--phased the "
			  "grant is committed first",
			  STR_ARG(k->address), STR_ARG(k->unit->path));
	if (k->unit->configured)
		p->c->rests_on |= RESTS_CONFIG;
	for (const struct policy *kp = k->policy; kp; kp = kp->otherwise)
		if (kp->unset)
			check_unset(p, k);
	if (k->unset)
		check_unset(p, k);
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i] != k && all->v[i]->unset)
			check_unset(p, all->v[i]);
	check_writer(p->pl, k, p->holds);
	check_accounts(p->pl, p->c, p->holds, p->at->principal, k);
}

static const struct element *named_by(const struct pair *p)
{
	return p->c->resources.v[p->resource].element;
}

static bool has_guard(const struct pair *p, str guard)
{
	return strs_has(&p->at->principal->guards, guard) || strs_has(&p->key->guards, guard) ||
	       (p->in && strs_has(&p->in->guards, guard));
}

/* The guards that the grant has to carry: neither the key, nor the text of its policy, nor the
 * principal has them. */
static struct strs own_guards(const struct pair *p)
{
	const struct strs element = element_guards(p->pl->arena, named_by(p));
	const struct strs *from[] = { &p->policy->guards, policy_when(p->policy, p->c->s),
				      &p->at->guards, &p->c->s->guards, &element };
	struct strs out = { 0 };
	for (size_t i = 0; i < sizeof(from) / sizeof(*from); i++)
		for (size_t k = 0; k < from[i]->n; k++)
			if (!has_guard(p, from[i]->v[k]))
				strs_add_once(p->pl->arena, &out, from[i]->v[k]);
	strs_sort(&out);
	return out;
}

/* With those of the principal where a name says both: the statement is there when it is, then. */
static struct strs said_guards(const struct pair *p)
{
	struct strs out = own_guards(p);
	const struct strs *who = &p->at->principal->guards;
	for (size_t i = 0; out.n && p->key->unit->language->say && i < who->n; i++)
		if (!strs_has(&p->key->guards, who->v[i]) &&
		    !(p->in && strs_has(&p->in->guards, who->v[i])))
			strs_add_once(p->pl->arena, &out, who->v[i]);
	strs_sort(&out);
	return out;
}

/* Under which the place of the grant is there. */
static struct strs place_guards(const struct pair *p)
{
	struct strs out = { 0 };
	for (size_t i = 0; i < p->key->guards.n; i++)
		strs_add(p->pl->arena, &out, p->key->guards.v[i]);
	if (p->in)
		strs_add_all(p->pl->arena, &out, &p->in->guards);
	return out;
}

/* Holds what is there only under guards that the policy of the key could not say. */
static void check_guards(const struct pair *p)
{
	const struct strs guards = own_guards(p), said = said_guards(p), given = place_guards(p);
	if (!guards.n || (!p->key->elsewhere && carry_has_guards(p->key->scope, &said, &given)))
		return;
	for (size_t i = 0; i < guards.n; i++)
		issue_add(p->pl->arena, p->holds, "CONDITIONAL",
			  "the permission exists only under '%.*s', the key '%.*s' does not",
			  STR_ARG(text_readable(p->pl->arena, guards.v[i])),
			  STR_ARG(p->key->address));
}

/* ---- the grant ---- */

/* The guards as the place of the grant would say them. */
static void check_guard_words(const struct pair *p, const struct strs *guards,
			      const struct document *site)
{
	struct carrier carrier = { .arena = p->pl->arena };
	const char *why = "a statement that is there only at times cannot be written there";
	str out;
	if (!guards->n ||
	    (takes_lists(site) &&
	     carry_guards(&carrier, guards, site ? site->site.scope : p->key->vacancy.scope, &out,
			  &why) != CARRY_NEVER))
		return;
	issue_add(p->pl->arena, p->holds, "CONDITIONAL",
		  "the permission exists only under '%.*s', which the policy of '%.*s' cannot say: "
		  "%s",
		  STR_ARG(text_readable(p->pl->arena, guards->v[0])), STR_ARG(p->key->address),
		  why);
}

/* The principal, as the place of the grant would say it. */
static void check_who(const struct pair *p, const struct document *site, const struct scope *to,
		      struct carrier *carrier)
{
	struct arena *a = p->pl->arena;
	const struct principal *who = p->at->principal;
	struct carry_list list = { 0 };
	const char *why = "";
	str out;
	bool empty, always = is_always_there(who, p->key, site);
	strs_add(a, always ? &list.always : &list.sometimes, who->arn);
	if (text_is_literal(who->arn) ||
	    carry_list(carrier, &list, to, &out, &empty, &why) != CARRY_NEVER)
		return;
	issue_add_unlock(a, p->holds,
			 carrier->full ? "SIZE" :
			 always        ? "ROLE-UNRESOLVED" :
					 "CONDITIONAL",
			 always && !carrier->full ?
				 "give the role a plain name, or an output or export, by which "
				 "the key policy can name it" :
				 NULL,
			 "'%.*s' cannot be named in the policy of '%.*s': %s",
			 STR_ARG(who->address), STR_ARG(p->key->address), why);
}

/* The principal and the values of the conditions. */
static void check_words(const struct pair *p, const struct document *site)
{
	struct arena *a = p->pl->arena;
	const struct scope *to = site ? site->site.scope : p->key->vacancy.scope;
	struct carrier carrier = { .arena = a };
	const char *why = "";
	str out;
	check_who(p, site, to, &carrier);
	for (size_t i = 0; i < p->c->s->conditions.n; i++) {
		const struct condition_entry *e = &p->c->s->conditions.v[i];
		for (size_t k = 0; k < e->values.n; k++)
			if (carry_text(&carrier, e->values.v[k], to, &out, &why) == CARRY_NEVER)
				issue_add_unlock(
					a, p->holds, "TF-DYNAMIC",
					"write the value so that the policy of the key can say it, "
					"too",
					"a value of condition key '%.*s' cannot be written in the "
					"policy of '%.*s': %s",
					STR_ARG(e->key), STR_ARG(p->key->address), why);
	}
}

/* Whether direct grants, there or planned, give it; if not, it is a want of the candidate. */
static bool is_granted(const struct pair *p, const struct term *need, const struct formula *grants)
{
	struct want w = { .key = p->key,
			  .principal = p->at->principal,
			  .target = p->target,
			  .term = *need,
			  .owner = p->c->s,
			  .resource = p->resource };
	struct formula all = { 0 };
	for (size_t i = 0; i < grants->n; i++)
		formula_add(p->pl->arena, &all, &grants->v[i]);
	planned_grants(p->pl, &w, &all);
	if (!formula_covers(&all, need)) {
		VEC_PUSH(p->pl->arena, &p->c->wants, w);
		return false;
	}
	p->c->granted_already = true;
	return true;
}

/* The key policy is elsewhere: all that can be done is to ask, and to wait. */
static void decide_away(const struct pair *p, unsigned targets)
{
	const struct ask ask = { .key = p->key,
				 .principal = p->at->principal,
				 .targets = targets,
				 .resource = p->resource };
	if (!targets)
		return;
	check_guards(p);
	decide_elsewhere(p->pl, p->c, p->holds, &ask);
}

/* The statement's conditions; and nobody needs anything while missing. */
static void add_need(const struct pair *p, struct term *need)
{
	struct arena *a = p->pl->arena;
	const struct strs element = element_guards(a, named_by(p));
	term_conditions(a, need, p->key, p->c->s);
	term_guards(a, need, &element);
	term_guards(a, need, &p->policy->guards);
	term_guards(a, need, policy_when(p->policy, p->c->s));
	term_guards(a, need, &p->at->guards);
	term_guards(a, need, &p->at->principal->guards);
	term_without(need, &p->key->guards, a);
}

/* They carry the same conditions and guards. */
static bool is_alike(const struct move *x, const struct move *y)
{
	return x->delegation == y->delegation && !strs_missing(&x->guards, &y->guards) &&
	       !strs_missing(&y->guards, &x->guards);
}

/* One move for all targets, where they come one after the other. */
static void add_move(const struct pair *p, const struct move *move)
{
	struct move *last = p->c->moves.n ? &p->c->moves.v[p->c->moves.n - 1] : NULL;
	if (last && last->key == move->key && last->of == move->of &&
	    last->principal == move->principal && last->resource == move->resource &&
	    is_alike(last, move))
		last->targets |= move->targets;
	else
		VEC_PUSH(p->pl->arena, &p->c->moves, *move);
}

/* The move as the document that takes it lets it be said. */
static void settle_move(const struct pair *p, const struct move *move)
{
	struct document *site = grant_site(p->pl, p->holds, p->key, move->of, p->at->principal);
	for (size_t i = 0; i < p->key->closed.n; i++)
		issue_copy(p->pl->arena, p->holds, &p->key->closed.v[i]);
	if (site && !str_eq(site->version, S("2012-10-17")) && statement_has_variables(p->c->s))
		issue_add(p->pl->arena, p->holds, "VAR-VERSION",
			  "the condition has a policy variable, but the Version of the policy of "
			  "'%.*s' is not 2012-10-17",
			  STR_ARG(p->key->address));
	check_words(p, site);
	check_guard_words(p, &move->guards, site);
	add_move(p, move);
}

/* What one delegation gave: a direct grant does already, or a new one must. */
static void decide_grant(const struct pair *p, const struct term *delegation,
			 const struct formula *grants, struct moves *out)
{
	struct arena *a = p->pl->arena;
	struct term need = { 0 };
	struct move move = { .key = p->key,
			     .of = p->in->policy,
			     .principal = p->at->principal,
			     .targets = p->target,
			     .guards = said_guards(p),
			     .resource = p->resource };
	strs_add_all(a, &need.atoms, &delegation->atoms);
	add_need(p, &need);
	term_in_case(a, &need, p->in);
	if (delegation->atoms.n && is_granted(p, &need, grants))
		return; /* without conditions it has just been asked */
	if (delegation->atoms.n)
		move.delegation = conditional_delegation(p, delegation);
	VEC_PUSH(a, out, move);
}

/* Nobody needs it, and so no grant shows that it may go. */
static void hold_never(const struct pair *p)
{
	issue_add_unlock(p->pl->arena, p->holds, "CONDITIONAL",
			 "remove the text that is never in effect",
			 "the permission never reaches '%.*s': their conditions exclude each other",
			 STR_ARG(p->at->principal->address));
}

/* What the text of the key's policy must say instead. */
static void decide_case(const struct pair *p, const struct formula *grants, struct moves *out)
{
	struct arena *a = p->pl->arena;
	struct formula delegation = { 0 };
	struct term need = { 0 };
	bool lockout = false;
	add_need(p, &need);
	if (!term_in_case(a, &need, p->in))
		return; /* the one is there when the other is not */
	if (term_is_never(a, &need, p->c->s->document->unit->language)) {
		hold_never(p);
		return;
	}
	check_guards(p);
	key_delegation(a, p->in, p->target, &delegation, &lockout);
	check_drift(p->pl, p->holds, p->key, p->target, &delegation);
	if (is_granted(p, &need, grants))
		return;
	if (!delegation.n) {
		judge_undelegated(p);
		return;
	}
	if (lockout)
		p->c->rests_on |= RESTS_LOCKOUT;
	judge_delegated(p, &delegation);
	for (size_t i = 0; i < delegation.n; i++)
		decide_grant(p, &delegation.v[i], grants, out);
}

/* Every text that the key's policy may be needs it, and one place does for all of them. */
static bool is_for_all(const struct pair *p, const struct move *move, const struct moves *all,
		       const struct key_rules *rules)
{
	for (size_t i = 0; i < rules->n && rules->n > 1; i++) {
		bool found = false;
		for (size_t k = 0; k < all->n; k++)
			found |= all->v[k].of == rules->v[i].policy && is_alike(&all->v[k], move);
		if (!found)
			return false;
	}
	return has_common_site(p->key, p->at->principal);
}

static void settle_moves(const struct pair *p, const struct moves *all,
			 const struct key_rules *rules)
{
	for (size_t i = 0; i < all->n; i++) {
		struct move move = all->v[i];
		if (is_for_all(p, &move, all, rules)) {
			if (move.of != rules->v[0].policy)
				continue; /* said once */
			move.of = NULL;
		}
		settle_move(p, &move);
	}
}

static void decide_pair(const struct pair *pair)
{
	struct arena *a = pair->pl->arena;
	struct pair p = *pair;
	struct formula grants = { 0 };
	struct moves moves = { 0 };
	const struct key_rules *rules = key_rules(&p.pl->key_rules, a, p.key);
	check_key(&p);
	key_grants(a, rules, p.at->principal, p.target, &grants);
	note_landed(p.pl, p.c, p.key, p.at->principal, p.target);
	for (size_t i = 0; i < rules->n; i++) {
		p.in = &rules->v[i];
		decide_case(&p, &grants, &moves);
	}
	settle_moves(&p, &moves, rules);
}

static void decide_attachment(struct pair *p)
{
	const struct meaning *meaning = &p->c->resources.v[p->resource].meaning;
	const struct principal *who = p->at->principal;
	unsigned used = TARGET_ALL;
	if (!who || (who->kind != PRINCIPAL_IS_ROLE && who->kind != PRINCIPAL_IS_USER))
		return; /* held already */
	if (meaning->by_use)
		used = key_uses(who, p->key->arn);
	if (p->key->elsewhere) {
		decide_away(p, p->c->take & used);
		return;
	}
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		p->target = bit;
		if (p->c->take & used & bit)
			decide_pair(p);
	}
}

static void decide_resource(struct planner *pl, struct candidate *c, size_t index)
{
	struct resource_fate *r = &c->resources.v[index];
	struct pair p = { .pl = pl, .c = c, .holds = &r->holds, .resource = index };
	for (size_t k = 0; k < r->meaning.keys.n; k++) {
		p.key = r->meaning.keys.v[k];
		if (r->meaning.by_use && !key_in_use(c, p.key))
			continue;
		strs_add(pl->arena, &c->keys, p.key->address);
		VEC_PUSH(pl->arena, &c->declared, p.key);
		for (size_t i = 0; i < c->s->uses.n; i++) {
			p.policy = c->s->uses.v[i];
			if (p.policy->kind != POLICY_MANAGED && p.policy->kind != POLICY_INLINE)
				continue;
			for (size_t j = 0; j < p.policy->attachments.n; j++) {
				p.at = &p.policy->attachments.v[j];
				decide_attachment(&p);
			}
		}
	}
	if (r->holds.n)
		r->fate = FATE_STAY;
}

void decide_moves(struct planner *pl, struct candidate *c)
{
	bool dead = c->dead_code && str_eq(str_from(c->dead_code), S("COND-DEAD"));
	for (size_t i = 0; i < c->resources.n && !dead; i++)
		if (c->resources.v[i].fate == FATE_MOVE)
			decide_resource(pl, c, i);
	strs_sort(&c->keys);
	key_list_sort(&c->declared);
	decide_split(pl, c);
	if (is_request(c))
		hold_request(pl, c);
	else if (pl->strict && c->dead_code)
		hold(pl, c, c->dead_code, "%.*s", STR_ARG(c->dead_reason));
}
