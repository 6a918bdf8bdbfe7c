/* SPDX-License-Identifier: MIT */
/*
 * Arguments and resources that list all that somebody has, or all who have a policy: what something
 * else attaches beside them is taken away whenever they are applied, and comes back the next time
 * [11.2]. Who has such a policy cannot be told from the code.
 */
#include "tf.h"
#include "tf_bystander.h"

#include "kmsfix/arn.h"
#include "kmsfix/vec.h"

/* All policies of a kind that somebody has. */
struct listing {
	struct tf_block *block;
	enum policy_kind kind;
	const struct value *names; /* of inline policies; NULL: those that the block has itself */
};

struct listings {
	struct listing *v;
	size_t n, cap;
};

static const struct exclusive_kind {
	const char *kind, *who, *names;
	enum policy_kind policies;
	enum principal_kind principal;
} exclusive_kinds[] = {
	{ "aws_iam_role_policy_attachments_exclusive", "role_name", NULL, POLICY_MANAGED,
	  PRINCIPAL_IS_ROLE },
	{ "aws_iam_user_policy_attachments_exclusive", "user_name", NULL, POLICY_MANAGED,
	  PRINCIPAL_IS_USER },
	{ "aws_iam_group_policy_attachments_exclusive", "group_name", NULL, POLICY_MANAGED,
	  PRINCIPAL_IS_GROUP },
	{ "aws_iam_role_policies_exclusive", "role_name", "policy_names", POLICY_INLINE,
	  PRINCIPAL_IS_ROLE },
	{ "aws_iam_user_policies_exclusive", "user_name", "policy_names", POLICY_INLINE,
	  PRINCIPAL_IS_USER },
	{ "aws_iam_group_policies_exclusive", "group_name", "policy_names", POLICY_INLINE,
	  PRINCIPAL_IS_GROUP },
};

bool tf_is_exclusive(const struct tf_block *b, str argument)
{
	for (size_t i = 0; i < sizeof(exclusive_kinds) / sizeof(*exclusive_kinds); i++)
		if (str_eq(b->kind, str_from(exclusive_kinds[i].kind)) &&
		    exclusive_kinds[i].names &&
		    str_eq(argument, str_from(exclusive_kinds[i].names)))
			return true;
	return false;
}

/* ---- who lists what ---- */

static void note(struct map *all, struct arena *a, const struct principal *p, struct listing l)
{
	struct listings *of = p ? map_find_at(all, p) : NULL;
	if (!p)
		return;
	if (!of) {
		of = ARENA_NEW(a, struct listings);
		map_put_at(all, a, p, of);
	}
	VEC_PUSH(a, of, l);
}

static const struct value *argument(struct tf_block *b, const char *name)
{
	const struct node *n = tf_attr(b->body, str_from(name), b->module->model->arena);
	const struct value *v = n ? tf_eval(b, n) : NULL;
	return v && v->kind != VALUE_NULL ? v : NULL;
}

static void note_role(struct map *all, struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	struct nodes bodies = { 0 }, nodes = { 0 };
	if (argument(b, "managed_policy_arns") && !tf_ignores_changes(b, "managed_policy_arns"))
		note(all, a, b->principal, (struct listing){ b, POLICY_MANAGED, NULL });
	tf_nested(b->body, S("inline_policy"), a, &bodies, &nodes);
	if ((nodes.n || tf_has_dynamic(b->body, S("inline_policy"), a)) &&
	    !tf_ignores_changes(b, "inline_policy"))
		note(all, a, b->principal, (struct listing){ b, POLICY_INLINE, NULL });
}

static void note_block(struct map *all, struct tf_block *b, const struct exclusive_kind *k)
{
	const struct value *who = argument(b, k->who);
	struct listing l = { b, k->policies, k->names ? argument(b, k->names) : NULL };
	if (who && (!k->names || l.names))
		note(all, b->module->model->arena, tf_attach(b, who, k->principal).principal, l);
}

static void note_module(struct map *all, struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (!str_eq(b->type, S("resource")))
			continue;
		if (str_eq(b->kind, S("aws_iam_role")))
			note_role(all, b);
		for (size_t k = 0; k < sizeof(exclusive_kinds) / sizeof(*exclusive_kinds); k++)
			if (str_eq(b->kind, str_from(exclusive_kinds[k].kind)))
				note_block(all, b, &exclusive_kinds[k]);
	}
}

/* ---- what is beside them ---- */

/* A block attaches a policy to somebody. */
struct held {
	const struct policy *policy;
	const void *by;
	const struct principal *who;
};

static str held_key(const struct held *h)
{
	return (str){ (const char *)h, sizeof(*h) };
}

static void note_held(struct map *held, struct arena *a, const struct policy *p)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct attachment *at = &p->attachments.v[i];
		struct held *h = ARENA_NEW(a, struct held);
		*h = (struct held){ p, at->front, at->principal };
		map_put(held, a, held_key(h), h);
	}
}

static bool attaches(const struct map *held, const struct policy *p, const struct tf_block *b,
		     const struct principal *to)
{
	const struct held wanted = { p, b, to };
	return map_find(held, held_key(&wanted)) != NULL;
}

/* Whether the name that a list has is the policy's. */
static enum match names_it(const struct listing *l, const struct policy *p, const struct value *v)
{
	const struct tf_block *own = p->front;
	struct tf_source at;
	str text;
	if (!value_text(v, &text))
		return MATCH_MAYBE;
	if (text_is_literal(text))
		return str_eq(text, p->name) ? MATCH_YES : MATCH_NO;
	if (!tf_source_of(l->block->module, text, &at))
		return MATCH_MAYBE;
	return at.block->node == own->node ? MATCH_YES : MATCH_NO;
}

/*
 * The policy may be one of the names: a list that is not known may have any, and the name of an
 * inline_policy block is not asked for.
 */
static bool is_named(const struct policy *p, const struct listing *l)
{
	const struct tf_block *own = p->front;
	if (!value_is_known_list(l->names) || str_eq(own->kind, S("aws_iam_role")))
		return true;
	for (size_t i = 0; i < l->names->n; i++)
		if (names_it(l, p, value_at(l->names, i)) != MATCH_NO)
			return true;
	return false;
}

/* A choice that is not known: the name is one branch of it at most. */
static bool is_choice(const struct value *v)
{
	str source;
	return value_text(v, &source) && !text_is_literal(source) && str_has(source, S("?"));
}

/* The name is there under a condition that is none of the policy's: at other times it goes. */
static bool may_lack(const struct policy *p, const struct listing *l, const struct attachment *at)
{
	bool some = is_choice(l->names), sure = false;
	for (size_t i = 0; !l->names->open && i < l->names->n; i++) {
		const struct value *v = value_at(l->names, i);
		bool choice = is_choice(v);
		if (!choice && names_it(l, p, v) != MATCH_YES)
			continue;
		some = true;
		sure |= !choice && (!v->maybe || v->either ||
				    (v->guard.n && (strs_has(&p->guards, v->guard) ||
						    strs_has(&at->guards, v->guard))));
	}
	return some && !sure;
}

static bool takes_away(const struct map *held, const struct listing *l, const struct policy *p,
		       const struct attachment *at)
{
	if (l->kind != p->kind || attaches(held, p, l->block, at->principal))
		return false;
	return !l->names || !is_named(p, l) || may_lack(p, l, at);
}

static void disagree(struct model *m, struct policy *p, const struct tf_block *b)
{
	issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
		  "'%.*s' is attached beside what '%.*s' says is all, which takes it away again",
		  STR_ARG(p->address), STR_ARG(b->address));
}

/* Everybody who has a policy is listed by one block; another one that attaches it disagrees. */
static void check_policy(const struct map *held, struct model *m, struct policy *p)
{
	const struct tf_block *last = NULL;
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct tf_block *b = p->attachments.v[i].front;
		if (!b || b == last || !str_eq(b->kind, S("aws_iam_policy_attachment")))
			continue;
		last = b; /* those of a block come one after the other */
		for (size_t k = 0; k < p->attachments.n; k++)
			if (p->attachments.v[k].front != b &&
			    !attaches(held, p, b, p->attachments.v[k].principal)) {
				disagree(m, p, b);
				return;
			}
	}
}

static void check_listings(const struct map *all, const struct map *held, struct model *m,
			   struct policy *p)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct attachment *at = &p->attachments.v[i];
		const struct listings *of = at->principal ? map_find_at(all, at->principal) : NULL;
		for (size_t k = 0; of && k < of->n; k++)
			if (takes_away(held, &of->v[k], p, at)) {
				disagree(m, p, of->v[k].block);
				return;
			}
	}
}

/* ---- without one of them ---- */

/* The element of the list is the policy's name, in words that do not go with the policy's block. */
static bool is_its_name(const struct listing *l, const struct policy *p, const struct node *element,
			bool *known)
{
	const struct tf_block *own = p->front;
	const struct tf_refs *refs = tf_refs(l->block);
	str text;
	for (size_t i = 0; i < refs->n; i++)
		if (node_is_within(refs->v[i]->link->node, element) &&
		    tf_to(refs->v[i])->node == own->node)
			return false;
	const struct value *v = tf_eval(l->block, element);
	*known &= names_it(l, p, v) != MATCH_MAYBE;
	return *known && value_text(v, &text) && str_eq(text, p->name);
}

/* The list is written out, for this policy's principal alone. */
static bool unlist(const struct listing *l, struct policy *p)
{
	const struct tf_block *own = p->front;
	struct arena *a = own->module->model->arena;
	const struct node *list = tf_attr(l->block->body, S("policy_names"), a);
	bool known = text_is_literal(p->name) && l->block->repeat == TF_SINGLE &&
		     l->block->module == own->module && list->kind == NODE_SEQ;
	if (!is_named(p, l))
		return true;
	for (const struct node *c = list->first; known && c; c = c->next)
		if (is_its_name(l, p, c, &known))
			VEC_PUSH(a, &p->removal.elements, c);
	return known;
}

const struct tf_block *tf_unlist(struct tf_state *state, struct policy *p)
{
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct principal *who = p->attachments.v[i].principal;
		const struct listings *of = who ? map_find_at(&state->listings, who) : NULL;
		for (size_t k = 0; of && k < of->n; k++)
			if (of->v[k].names && !unlist(&of->v[k], p))
				return of->v[k].block;
	}
	return NULL;
}

void tf_exclusives(struct tf_state *state, struct model *m)
{
	struct map held = { 0 };
	for (size_t i = 0; i < state->modules.n; i++)
		note_module(&state->listings, state->modules.v[i]);
	for (size_t i = 0; i < m->policies.n; i++) {
		note_held(&held, m->arena, m->policies.v[i]);
		check_listings(&state->listings, &held, m, m->policies.v[i]);
		check_policy(&held, m, m->policies.v[i]);
	}
}
