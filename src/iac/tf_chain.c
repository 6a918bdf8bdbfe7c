/* SPDX-License-Identifier: MIT */
/*
 * What a policy gets that loads a text: of an aws_iam_policy_document the chain source documents,
 * own statements, override documents, in which a later statement replaces an earlier one of the
 * same Sid [11.10]. Where the text of a key's policy is one of several, each gives a policy of its
 * own, under what it depends on.
 */
#include "tf_vacancy.h"

#include "document.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "value.h"

/* Documents that load each other deeper than this are not followed. */
#define MAX_CHAIN 16
/* Nor are more texts told apart that one policy may be. */
#define MAX_CASES 8
static const char *const WHY_MANY = "depends on more conditions than are followed";

/* What is assumed of the conditions that a text depends on, and what is not: its opposite. */
struct branch {
	struct strs guards, never;
};

struct branches {
	struct branch *v;
	size_t n, cap;
};

struct chain {
	struct tf_block *user;
	struct policy *policy;
	size_t depth;
	bool unknown_source;
	struct branch here;
	struct branches *others; /* that are still to be read; NULL: no text is one of several */
};

/* ---- which text ---- */

static void add_branch(struct arena *a, struct branch *b, str guard)
{
	strs_add_once(a, &b->guards, guard);
	strs_add_once(a, &b->never, tf_guard_opposite(a, guard));
}

static struct branch branch_copy(struct arena *a, const struct branch *b)
{
	struct branch copy = { 0 };
	strs_add_all(a, &copy.guards, &b->guards);
	strs_add_all(a, &copy.never, &b->never);
	return copy;
}

/* Whether what is under the guard is there: the other way is read later. */
static bool takes(struct chain *c, str guard)
{
	struct arena *a = c->user->module->model->arena;
	if (strs_has(&c->here.guards, guard))
		return true;
	if (strs_has(&c->here.never, guard))
		return false;
	struct branch other = branch_copy(a, &c->here);
	add_branch(a, &other, tf_guard_opposite(a, guard));
	VEC_PUSH(a, c->others, other);
	add_branch(a, &c->here, guard);
	return true;
}

/* The text itself where it is one of two, for policies that can be told apart. */
static const struct value *taken(struct chain *c, const struct value *v)
{
	bool one = false;
	for (; c->others && v->kind == VALUE_UNKNOWN && v->n == 2; one = true) {
		const struct value *first = value_at(v, 0);
		v = takes(c, first->guard) ? first : value_at(v, 1);
	}
	return one ? value_present(c->user->module->model->arena, v) : v;
}

/* ---- the chain ---- */

/* It is there at times of which nothing more is known. */
static void note_maybe(const struct chain *c, const struct value *v)
{
	struct arena *a = c->user->module->model->arena;
	if (v->maybe && v->kind == VALUE_DOCUMENT)
		issue_add(a, &tf_document(v->owner)->issues, "CONDITIONAL",
			  "'%.*s' has the document only under a condition",
			  STR_ARG(c->policy->address));
}

/* Of what else has the text no cases are told apart: what replaces a statement may not be there. */
static bool is_told(const struct policy *p)
{
	return p->kind != POLICY_UNSEEN && p->kind != POLICY_OTHER;
}

static void merge_statement(struct chain *c, struct statement *s)
{
	struct policy *p = c->policy;
	for (size_t i = 0; s->sid.n && is_told(p) && i < p->statements.n; i++) {
		struct statement *old = p->statements.v[i];
		if (!str_eq(old->sid, s->sid) || old->document == s->document)
			continue;
		s->shadows = true;
		for (size_t k = 0; k < old->uses.n; k++)
			if (old->uses.v[k] == p)
				old->uses.v[k] = old->uses.v[--old->uses.n];
		p->statements.v[i] = s;
		VEC_PUSH(c->user->module->model->arena, &s->uses, p);
		return;
	}
	policy_add_statement(c->user->module->model, p, s);
}

static void merge_document(struct chain *c, struct document *d)
{
	struct model *m = c->user->module->model;
	policy_use(m, c->policy, d);
	for (size_t i = 0; i < d->statements.n; i++) {
		struct statement *s = d->statements.v[i];
		s->shadows |= s->sid.n && c->unknown_source;
		merge_statement(c, s);
	}
}

static void merge_value(struct chain *c, struct tf_block *at, const struct value *v,
			const struct node *written);

/* How much of the policy there is where a data block begins. */
struct mark {
	size_t statements, documents;
};

static struct mark mark_of(const struct chain *c)
{
	return (struct mark){ c->policy->statements.n, c->policy->documents.n };
}

static bool is_since(const struct chain *c, const struct mark *m, size_t i)
{
	const struct policy *p = c->policy;
	for (size_t k = m->documents; k < p->documents.n; k++)
		if (p->statements.v[i]->document == p->documents.v[k])
			return true;
	return i >= m->statements;
}

/* What is there by now and has a Sid may be replaced by what is not known. */
static void may_replace(const struct chain *c, const struct mark *m)
{
	struct arena *a = c->user->module->model->arena;
	for (size_t i = 0; i < c->policy->statements.n; i++) {
		struct statement *s = c->policy->statements.v[i];
		if (s->sid.n && is_since(c, m, i))
			issue_add(a, &s->issues, "TF-DYNAMIC",
				  "an override document that is not known may replace the "
				  "statement");
	}
	for (size_t k = m->documents; k < c->policy->documents.n; k++)
		c->policy->documents.v[k]->replaceable = true;
}

static const char *const sources[] = { "source_json", "source_policy_documents" };
static const char *const overrides[] = { "override_json", "override_policy_documents" };

/* False when what it adds is not known. */
static bool merge_one(struct chain *c, struct tf_block *data, const struct value *v,
		      const struct node *written)
{
	if (c->others && v->maybe && v->guard.n) {
		if (!takes(c, v->guard))
			return true;
		v = value_present(data->module->model->arena, v);
	}
	v = taken(c, v);
	note_maybe(c, v);
	merge_value(c, data, v, written);
	return v->kind != VALUE_UNKNOWN;
}

/* Of overrides, `since` says what they replace; NULL: nothing. */
static bool merge_list(struct chain *c, struct tf_block *data, const char *const names[2],
		       const struct mark *since)
{
	struct arena *a = data->module->model->arena;
	bool known = true;
	for (size_t i = 0; i < 2; i++) {
		const struct node *n = tf_attr(data->body, str_from(names[i]), a);
		const struct value *v = n ? tf_eval(data, n) : NULL;
		bool all = !v || !v->open;
		if (v && v->kind != VALUE_LIST)
			all &= merge_one(c, data, v, n);
		for (size_t k = 0; v && v->kind == VALUE_LIST && k < v->n; k++) {
			bool one = merge_one(c, data,
					     value_within(a, tf_gate(data, value_item(v, k)), v),
					     value_item(v, k)->node);
			if (!one && since)
				may_replace(c, since);
			known &= one;
		}
		if (!all && since)
			may_replace(c, since);
		known &= all;
		c->policy->open |= v && v->open;
	}
	return known;
}

static void merge_data(struct chain *c, struct tf_block *data)
{
	struct document *d = tf_document(data);
	struct mark before = mark_of(c);
	if (c->depth >= MAX_CHAIN) {
		c->policy->open = true;
		return;
	}
	c->depth++;
	c->unknown_source |= !merge_list(c, data, sources, NULL);
	merge_document(c, d);
	merge_list(c, data, overrides, &before);
	c->depth--;
}

/* A text without statements, which adds nothing. */
static bool is_empty(const struct value *v)
{
	if (v->kind == VALUE_JSON)
		return value_at(v, 0)->kind == VALUE_MAP && !value_at(v, 0)->n &&
		       !value_at(v, 0)->open;
	return v->kind == VALUE_NULL || value_is(v, S("")) || value_is(v, S("{}"));
}

static void merge_value(struct chain *c, struct tf_block *at, const struct value *v,
			const struct node *written)
{
	if (v->kind == VALUE_DOCUMENT) {
		merge_data(c, v->owner);
		return;
	}
	if (is_empty(v))
		return;
	if (v->kind == VALUE_UNKNOWN) {
		c->policy->open = true;
		return;
	}
	struct reader r = tf_reader(at);
	merge_document(c, document_read(&r, v, written));
}

void tf_policy_document(struct policy *policy, struct tf_block *data)
{
	struct chain c = { .user = data, .policy = policy };
	merge_data(&c, data);
}

static void merge_text(struct chain *c, const struct value *v, const struct node *written)
{
	note_maybe(c, v);
	if (v->kind == VALUE_DOCUMENT) {
		merge_data(c, v->owner);
		return;
	}
	if (c->here.guards.n && is_empty(v))
		return;
	struct reader r = tf_reader(c->user);
	struct document *d = document_read(&r, v, written);
	merge_document(c, d);
}

/* The text that is there under the guards of the next branch. */
static const struct value *next_branch(struct chain *c, struct branches *others,
				       const struct node *expr)
{
	c->others = others;
	if (others->n)
		c->here = others->v[--others->n];
	return taken(c, tf_eval(c->user, expr));
}

/* ---- statements that a policy has only at times ---- */

struct statements {
	struct statement **v;
	size_t n, cap;
};

/* What a policy says under some guards. */
struct variant {
	struct strs guards;
	struct statements statements;
};

struct variants {
	struct variant *v;
	size_t n, cap;
};

static bool has_statement(const struct statements *list, const struct statement *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i] == s)
			return true;
	return false;
}

/* The guards that all variants with the statement have in common; false when others have them. */
static bool guards_of(struct arena *a, const struct variants *all, const struct statement *s,
		      struct strs *out)
{
	const struct variant *first = NULL;
	bool exact = true;
	for (size_t i = 0; i < all->n && !first; i++)
		if (has_statement(&all->v[i].statements, s))
			first = &all->v[i];
	for (size_t g = 0; g < first->guards.n; g++) {
		bool common = true;
		for (size_t i = 0; i < all->n; i++)
			common &= !has_statement(&all->v[i].statements, s) ||
				  strs_has(&all->v[i].guards, first->guards.v[g]);
		if (common)
			strs_add(a, out, first->guards.v[g]);
	}
	for (size_t i = 0; i < all->n; i++)
		exact &= has_statement(&all->v[i].statements, s) ||
			 !strs_has_all(&all->v[i].guards, out);
	return exact;
}

/* However often variants have added it, or replaced it by another. */
static void use_once(struct arena *a, struct statement *s, struct policy *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < s->uses.n; i++)
		if (s->uses.v[i] != p)
			s->uses.v[kept++] = s->uses.v[i];
	s->uses.n = kept;
	VEC_PUSH(a, &s->uses, p);
}

/* The policy has what any of the variants has, each statement under its guards. */
static void join_variants(struct model *m, struct policy *p, const struct variants *all)
{
	struct statements list = { 0 };
	for (size_t i = 0; i < all->n; i++)
		for (size_t k = 0; k < all->v[i].statements.n; k++)
			if (!has_statement(&list, all->v[i].statements.v[k]))
				VEC_PUSH(m->arena, &list, all->v[i].statements.v[k]);
	struct strs *when = arena_array(m->arena, list.n, sizeof(*when));
	p->statements.n = 0;
	for (size_t i = 0; i < list.n; i++) {
		struct statement *s = list.v[i];
		VEC_PUSH(m->arena, &p->statements, s);
		use_once(m->arena, s, p);
		if (!guards_of(m->arena, all, s, &when[i]))
			issue_add(m->arena, &s->issues, "CONDITIONAL",
				  "the statement is in '%.*s' under several conditions",
				  STR_ARG(p->address));
	}
	p->when = when;
}

/* A text that is not known may be any of the files that are named in it: none is taken for loaded.
 */
static void doubt_files(struct tf_block *b, const struct value *v, const struct node *expr)
{
	struct parsed *known = b->module->model->parsed;
	struct strs names = { 0 };
	if (v->kind != VALUE_UNKNOWN || v->n)
		return;
	tf_files(b, expr, &names);
	for (size_t i = 0; i < names.n; i++)
		map_put(&known->doubted, known->arena, str_dup(known->arena, names.v[i]), known);
}

void tf_policy_text(struct tf_block *b, struct policy *policy, const struct node *expr)
{
	struct arena *a = b->module->model->arena;
	struct branches others = { 0 };
	struct variants all = { 0 };
	do {
		struct chain c = { .user = b, .policy = policy };
		policy->statements.n = 0;
		const struct value *text = next_branch(&c, &others, expr);
		merge_text(&c, text, expr);
		if (!policy->statements.n)
			doubt_files(b, text, expr);
		struct variant v = { .guards = c.here.guards };
		for (size_t i = 0; i < policy->statements.n; i++)
			VEC_PUSH(a, &v.statements, policy->statements.v[i]);
		VEC_PUSH(a, &all, v);
	} while (others.n && all.n < MAX_CASES);
	if (others.n)
		issue_add(a, &policy->issues, "CONDITIONAL", "'%.*s' %s", STR_ARG(b->address),
			  WHY_MANY);
	if (all.n > 1)
		join_variants(b->module->model, policy, &all);
}

/* ---- policies of keys ---- */

/* The provider takes null and an empty text of a key for no policy, so that AWS gives its own; a
 * literal that is written there can become one. What a module makes of it is not known. */
static bool leave_unset(const struct tf_block *b, struct policy *p, const struct node *expr,
			const struct value *v)
{
	if (v->kind != VALUE_NULL && !value_is(v, S("")))
		return false;
	p->unset = tf_is_key(b);
	p->open = !p->unset;
	if (p->unset)
		p->blank = tf_blank_in(expr, v);
	return true;
}

static struct policy *key_policy(struct tf_block *b, struct key *key, struct branches *others,
				 const struct node *expr)
{
	struct arena *a = b->module->model->arena;
	struct policy *p = tf_policy_new(b, POLICY_KEY);
	struct chain c = { .user = b, .policy = p };
	struct strs guards = { 0 };
	p->key = key;
	p->limit = LIMIT_KEY_POLICY;
	const struct value *v = next_branch(&c, others, expr);
	if (!c.here.guards.n || !leave_unset(b, p, expr, v))
		merge_text(&c, v, expr);
	strs_add_all(a, &guards, &p->guards);
	strs_add_all(a, &guards, &c.here.guards);
	p->guards = guards;
	p->never = c.here.never;
	return p;
}

void tf_key_policy_text(struct tf_block *b, struct key *key, const struct node *expr)
{
	struct branches others = { 0 };
	struct policy **next = &key->policy;
	size_t n = 0;
	do {
		*next = key_policy(b, key, &others, expr);
		next = &(*next)->otherwise;
	} while (others.n && ++n < MAX_CASES);
	if (others.n)
		issue_add(b->module->model->arena, &key->issues, "CONDITIONAL",
			  "the policy of '%.*s' %s", STR_ARG(key->address), WHY_MANY);
	tf_own_document(b, key->policy, expr, tf_eval(b, expr));
}
