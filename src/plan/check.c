/* SPDX-License-Identifier: MIT */
#include "kmsfix/check.h"

#include <stdlib.h>

#include "covered.h"
#include "kmsfix/principal.h"
#include "kmsfix/round.h"
#include "kmsfix/vec.h"
#include "stricter.h"

struct check {
	struct arena *arena;
	const struct model *base, *head;
	str today;
	bool all_keys;
	struct twins to_base, to_head;
	struct matrix at_base, at_head;
	struct map held;     /* struct uses of base, by who has them */
	struct map accepted; /* statements of head that are suppressed, by node */
	struct map known;    /* regressions, by what they are about */
	struct regressions *out;
};

/* ---- identity policies ---- */

/* A policy that is a boundary of some may be attached to others. */
static bool is_identity(const struct policy *p)
{
	return p->kind == POLICY_MANAGED || p->kind == POLICY_INLINE || p->kind == POLICY_SET ||
	       p->kind == POLICY_UNSEEN || (p->kind == POLICY_BOUNDARY && p->attachments.n);
}

static unsigned identity_targets(const struct statement *s)
{
	bool used = false;

	for (size_t i = 0; i < s->uses.n; i++)
		used |= is_identity(s->uses.v[i]);
	return used && s->effect != EFFECT_DENY && !s->principals.present ?
		       statement_possible_targets(s) :
		       0;
}

static str holder_name(const struct check *c, const struct principal *p)
{
	return str_fmt(c->arena, "%.*s|%.*s", STR_ARG(p->unit->path), STR_ARG(p->address));
}

/* One that has the policy: a principal, or where that is not known the policy itself. */
struct holder {
	str name, shown;
	const struct attachment *at; /* NULL: the policy */
};

/* That of a policy in a unit that is new is the one that it may have had in another one. */
static str policy_name(const struct check *c, const struct policy *p, bool at_head)
{
	str unit = p->unit->path;

	if (!map_find(at_head ? &c->to_base.units : &c->to_head.units, unit))
		unit = S("(moved)");
	return str_fmt(c->arena, "policy %.*s|%.*s", STR_ARG(unit), STR_ARG(p->address));
}

/* The holders of a policy by the names that they have at base. */
static void add_holders(const struct check *c, const struct policy *p, bool at_head,
			struct holder **list, size_t *n)
{
	size_t count = p->attachments.n + 1;

	*list = arena_array(c->arena, count, sizeof(**list));
	*n = 0;
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct principal *who = p->attachments.v[i].principal;
		const struct principal *twin = who && at_head ? twin_principal(&c->to_base, who) :
								who;

		if (who)
			(*list)[(*n)++] = (struct holder){ holder_name(c, twin ? twin : who),
							   who->address, &p->attachments.v[i] };
	}
	if (!*n)
		(*list)[(*n)++] = (struct holder){ policy_name(c, p, at_head), p->address, NULL };
}

static void index_base(struct check *c)
{
	for (size_t i = 0; i < c->base->statements.n; i++) {
		const struct statement *s = c->base->statements.v[i];

		for (size_t k = 0; identity_targets(s) && k < s->uses.n; k++) {
			struct holder *list;
			size_t n;

			if (!is_identity(s->uses.v[k]))
				continue;
			add_holders(c, s->uses.v[k], false, &list, &n);
			for (size_t h = 0; h < n; h++) {
				const struct use use = { s, s->uses.v[k], list[h].at };
				struct uses *all = map_find(&c->held, list[h].name);

				if (!all) {
					all = ARENA_NEW(c->arena, struct uses);
					map_put(&c->held, c->arena, list[h].name, all);
				}
				VEC_PUSH(c->arena, all, use);
			}
		}
	}
}

/* ---- regressions ---- */

static struct regression *regression_at(struct check *c, const char *code, const void *about,
					const struct file *file, size_t offset, str address)
{
	str key = str_fmt(c->arena, "%s %p", code, about);
	struct regression *r = map_find(&c->known, key);

	if (!r) {
		r = ARENA_NEW(c->arena, struct regression);
		*r = (struct regression){
			.code = code, .file = file, .offset = offset, .address = address
		};
		map_put(&c->known, c->arena, key, r);
		VEC_PUSH(c->arena, c->out, r);
	}
	return r;
}

static void check_wanted(struct check *c, const struct wanted *w, const struct holder *who)
{
	const struct statement *s = w->use->s;
	unsigned targets = uncovered_targets(c->base, &c->to_base, map_find(&c->held, who->name), w,
					     c->arena);
	struct regression *r;

	if (!targets)
		return;
	r = regression_at(c, CODE_BACK, s->node, s->node->tree->file, s->node->start,
			  s->document->address);
	r->targets |= targets;
	strs_add_once(c->arena, &r->principals, who->shown);
	strs_add_once(c->arena, &r->keys,
		      w->key      ? w->key->address :
		      w->resource ? w->resource->text :
				    S("*"));
}

static void check_resource(struct check *c, const struct use *use, const struct holder *who,
			   const struct element *resource)
{
	struct wanted wanted = { use, resource, NULL };
	struct meaning means = { .kind = MEANS_HELD };

	if (resource)
		resource_meaning(c->head, use->s->document, resource->text, &means);
	for (size_t i = 0; means.kind == MEANS_KEYS && i < means.keys.n; i++) {
		wanted.key = means.keys.v[i];
		check_wanted(c, &wanted, who);
	}
	if (means.kind == MEANS_HELD)
		check_wanted(c, &wanted, who);
}

static void check_use(struct check *c, const struct statement *s, const struct policy *p)
{
	struct holder *list;
	size_t n;

	add_holders(c, p, true, &list, &n);
	for (size_t h = 0; h < n; h++) {
		const struct use use = { s, p, list[h].at };

		for (size_t i = 0; !s->resources.negated && i < s->resources.n; i++)
			check_resource(c, &use, &list[h], &s->resources.v[i]);
		if (s->resources.negated || !s->resources.n)
			check_resource(c, &use, &list[h], NULL);
	}
}

static void check_permissions(struct check *c, const struct plan *plan)
{
	for (size_t i = 0; i < plan->findings.n; i++)
		if (plan->findings.v[i].outcome == OUTCOME_SUPPRESSED)
			map_put_at(&c->accepted, c->arena, plan->findings.v[i].statement->node, c);
	index_base(c);
	for (size_t i = 0; i < c->head->statements.n; i++) {
		const struct statement *s = c->head->statements.v[i];

		if (!identity_targets(s) || map_find_at(&c->accepted, s->node) ||
		    (c->all_keys && !statement_is_for_all_keys(s, identity_targets(s))))
			continue;
		for (size_t k = 0; k < s->uses.n; k++)
			if (is_identity(s->uses.v[k]))
				check_use(c, s, s->uses.v[k]);
	}
}

/* ---- grants ---- */

/* A statement of one text of a key's policy at base, and the key at head. */
struct granted {
	const struct statement *s;
	const struct policy *of;
	const struct key *was, *key;
};

/* The formula gives what the term says, whatever text the key's policy is. */
static bool is_given(const struct check *c, struct matrix *now, const struct key *key,
		     const struct formula *f, const struct term *t)
{
	const struct key_rules *rules = key_rules(&now->rules, c->arena, key);

	for (size_t i = 0; f && i < rules->n; i++) {
		struct term in = { 0 };

		for (size_t k = 0; k < t->atoms.n; k++)
			strs_add(c->arena, &in.atoms, t->atoms.v[k]);
		if (term_in_case(c->arena, &in, &rules->v[i]) && !gives_no_less(f, &in, c->arena))
			return false;
	}
	return f != NULL;
}

/* The targets of what the statement says that nothing gives the principal with the key. */
static unsigned lacking_targets(const struct check *c, struct matrix *in, const struct granted *g,
				const struct principal *who, const struct key *key,
				const struct principal *twin)
{
	unsigned lacking = 0;

	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		const struct formula *f = matrix_find(in, c->arena, key, twin, bit);
		struct term t = { 0 };

		if (!(statement_live_targets(g->s) & bit))
			continue;
		term_conditions(c->arena, &t, g->was, g->s);
		term_guards(c->arena, &t, &who->guards);
		term_guards(c->arena, &t, &twin->guards);
		term_guards(c->arena, &t, &g->of->guards);
		term_without(&t, &g->was->guards, c->arena);
		if (!is_given(c, in, key, f, &t))
			lacking |= bit;
	}
	return lacking;
}

/* The targets of which `now` grants the principal no less than `s` did. */
static unsigned granted_text(const struct check *c, const struct statement *s, str text,
			     const struct statement *now)
{
	for (size_t k = 0; now->effect == EFFECT_ALLOW && k < now->principals.n; k++)
		if (str_eq(now->principals.v[k].element.text, text) &&
		    asks_no_less(now, s, c->arena))
			return statement_live_targets(now);
	return 0;
}

/* The same for a principal that no code declares: by the text of it. */
static unsigned lost_text(const struct check *c, const struct statement *s, str text,
			  const struct key *key)
{
	unsigned all = TARGET_ALL;

	for (const struct policy *p = key->policy; p; p = p->otherwise) {
		unsigned kept = 0;

		for (size_t i = 0; i < p->statements.n; i++)
			kept |= granted_text(c, s, text, p->statements.v[i]);
		all &= kept;
	}
	return statement_live_targets(s) & ~(key->policy ? all : 0);
}

static bool is_allowed(const struct check *c, const struct key *key)
{
	struct config_finding f = { .path = key->file->path,
				    .address = key->address,
				    .code = S(CODE_DROPPED),
				    .today = c->today };

	return config_suppresses(c->head->config, &f) != NULL;
}

static void add_dropped(struct check *c, const struct statement *s, const struct key *key,
			unsigned targets, str who)
{
	const struct document *d = key->policy && key->policy->documents.n ?
					   key->policy->documents.v[0] :
					   NULL;
	struct regression *r;

	if (!targets || is_allowed(c, key))
		return;
	r = regression_at(c, CODE_DROPPED, s, d ? d->node->tree->file : key->file,
			  d ? d->node->start : key->offset, key->address);
	r->base_file = s->node->tree->file;
	r->base_offset = s->node->start;
	r->targets |= targets;
	strs_add_once(c->arena, &r->principals, who);
	strs_add_once(c->arena, &r->keys, key->address);
}

/* The targets that the statement granted the principal, and that nothing gives it any more. Where
 * it gave them at times only, or not all of them, what it says has to be there still. */
static unsigned lost_targets(struct check *c, const struct granted *g, const struct principal *who,
			     const struct principal *twin, str text)
{
	unsigned lost = lacking_targets(c, &c->at_head, g, who, g->key, twin);

	if (lost && lacking_targets(c, &c->at_base, g, who, g->was, who) & lost)
		lost &= lost_text(c, g->s, text, g->key);
	return lost;
}

static void check_grant(struct check *c, const struct granted *g)
{
	const struct statement *s = g->s;

	for (size_t i = 0; i < s->principals.n; i++) {
		str text = s->principals.v[i].element.text;
		const struct name *name = name_get(g->was->unit, text);
		const struct principal *who = name && name->kind == NAME_PRINCIPAL ?
						      name->principal :
						      NULL;
		const struct principal *twin = who ? twin_principal(&c->to_head, who) : NULL;
		enum principal_form form = principal_parse(s->principals.v[i].type, text).form;

		if (twin)
			add_dropped(c, s, g->key, lost_targets(c, g, who, twin, text),
				    twin->address);
		else if (!who && (form == PRINCIPAL_ROLE || form == PRINCIPAL_USER))
			add_dropped(c, s, g->key, lost_text(c, s, text, g->key), text);
	}
}

static void check_key_grants(struct check *c, const struct key *was, const struct key *key)
{
	for (const struct policy *p = was->policy; p; p = p->otherwise) {
		for (size_t i = 0; i < p->statements.n; i++) {
			const struct granted g = { p->statements.v[i], p, was, key };

			if (g.s->effect == EFFECT_ALLOW && !g.s->principals.negated &&
			    statement_live_targets(g.s))
				check_grant(c, &g);
		}
	}
}

static void check_grants(struct check *c)
{
	struct map names = { 0 };

	matrix_build(&c->at_base, c->base, &names);
	matrix_build(&c->at_head, c->head, &names);
	for (size_t i = 0; i < c->base->keys.n; i++) {
		const struct key *was = c->base->keys.v[i], *key = twin_key(&c->to_head, was);

		if (key)
			check_key_grants(c, was, key);
	}
}

/* ---- what nobody looked at ---- */

/* One that is as it was cannot bring anything back (of a text that is never read nobody knows), nor
 * does one that is excluded. */
static bool is_no_matter(const struct check *c, const struct file *f)
{
	const struct file *was = fileset_find(c->base->files, f->path);

	if (!fileset_find(c->head->files, f->path))
		return true;
	return was && !was->unread == !f->unread && str_eq(was->text, f->text);
}

/* A note is about what is never read, such as the text of another program; unless it was. */
static bool is_by_design(const struct check *c, const struct diag *d)
{
	const struct model *base = c->base;
	bool was_read = false;

	for (size_t i = 0; i < base->documents.n && !was_read; i++) {
		const struct file *f = base->documents.v[i]->file;
		was_read = f && str_eq(f->path, d->file->path);
	}
	return d->severity == SEVERITY_NOTE && !was_read;
}

static void check_unread(struct check *c)
{
	for (size_t i = 0; i < c->head->diags->n; i++) {
		const struct diag *d = &c->head->diags->v[i];

		if (d->unread && !is_by_design(c, d) && !is_no_matter(c, d->file))
			regression_at(c, CODE_UNREAD, d->file, d->file, d->offset, d->file->path)
				->why = d->text;
	}
}

/* ---- all together ---- */

static int by_place(const void *x, const void *y)
{
	const struct regression *a = *(struct regression *const *)x,
				*b = *(struct regression *const *)y;
	int c = str_cmp(a->file->path, b->file->path);

	if (!c)
		c = (a->offset > b->offset) - (a->offset < b->offset);
	if (!c)
		c = (a->base_offset > b->base_offset) - (a->base_offset < b->base_offset);
	return c ? c : str_cmp(str_from(a->code), str_from(b->code));
}

void check_compare(struct regressions *out, const struct model *base, const struct model *head,
		   const struct plan *plan, const struct plan_options *o, struct arena *a)
{
	struct check c = { .arena = a,
			   .base = base,
			   .head = head,
			   .today = o->today,
			   .all_keys = o->all_keys,
			   .out = out };

	*out = (struct regressions){ 0 };
	twins_index(&c.to_base, base, head, head, a);
	twins_index(&c.to_head, head, base, head, a);
	check_permissions(&c, plan);
	check_grants(&c);
	check_unread(&c);
	for (size_t i = 0; i < out->n; i++) {
		strs_sort(&out->v[i]->principals);
		strs_sort(&out->v[i]->keys);
	}
	if (out->n)
		qsort(out->v, out->n, sizeof(*out->v), by_place);
}
