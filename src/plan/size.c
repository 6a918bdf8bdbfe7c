/* SPDX-License-Identifier: MIT */
/*
 * How large policies become [6.1, 6.2]: of JSON files the very number, of all else about. What was
 * too large before, and does not grow, is nobody's doing here.
 */
#include "canonical.h"
#include "kmsfix/iac.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "result.h"

struct sizes {
	struct plan_options *options;
	const struct model *before, *after;
	const struct plan *plan;
	struct arena *arena;
	struct map sizes;  /* of policies: size_t */
	struct map totals; /* of the inline policies of each principal after it: size_t */
	bool *any;
};

/* ---- one policy ---- */

/* What a reference becomes is not known; ARNs of roles rarely have more characters. */
#define REFERENCE_SIZE 96

static size_t text_size(str text)
{
	size_t n = 0;
	str part;
	bool ref;
	while (text_next(&text, &part, &ref))
		n += ref ? REFERENCE_SIZE : part.n;
	return n;
}

static size_t list_size(const struct strs *list)
{
	size_t n = 2;
	for (size_t i = 0; i < list->n; i++)
		n += text_size(list->v[i]) + 3;
	return n;
}

static size_t statement_size(const struct statement *s, struct arena *a)
{
	struct statement_text t;
	statement_describe(&t, s, a);
	return 72 + t.sid.n + list_size(&t.actions) + list_size(&t.resources) +
	       list_size(&t.principals) + list_size(&t.conditions) + 16 * t.conditions.n;
}

/* A file that is the policy, without anything that a template would fill in. */
static bool is_literal_file(const struct document *d)
{
	str text = d->file ? d->file->text : S("");
	return d->node && !d->node->parent && str_starts(str_trim(text), S("{")) &&
	       !str_has(text, S("${")) && !str_has(text, S("%{"));
}

static size_t policy_size(const struct policy *p, struct arena *a)
{
	size_t n = 40;
	if (p->documents.n == 1 && is_literal_file(p->documents.v[0]))
		return json_minified_size(p->documents.v[0]->file->text);
	for (size_t i = 0; i < p->statements.n; i++)
		n += statement_size(p->statements.v[i], a);
	return n;
}

/* It is asked for alone, and for all that a principal has. */
static size_t size_of(struct sizes *x, const struct policy *p)
{
	size_t *size = map_find_at(&x->sizes, p);
	if (!size) {
		size = ARENA_NEW(x->arena, size_t);
		*size = policy_size(p, x->arena);
		map_put_at(&x->sizes, x->arena, p, size);
	}
	return *size;
}

static const struct policy *same_policy(const struct policy *p, const struct model *m)
{
	for (size_t i = 0; i < m->policies.n; i++)
		if (m->policies.v[i]->kind == p->kind &&
		    str_eq(m->policies.v[i]->address, p->address) &&
		    str_eq(m->policies.v[i]->unit->path, p->unit->path) &&
		    strs_has_all(&m->policies.v[i]->guards, &p->guards))
			return m->policies.v[i];
	return NULL;
}

static bool grows(struct sizes *x, const struct policy *p)
{
	const struct policy *old = same_policy(p, x->before);
	return !old || size_of(x, old) < size_of(x, p);
}

/* ---- inline policies: all of one principal together ---- */

static bool is_inline(const struct policy *p)
{
	return p->kind == POLICY_INLINE && p->limit;
}

static void add_totals(struct sizes *x)
{
	for (size_t i = 0; i < x->after->policies.n; i++) {
		const struct policy *p = x->after->policies.v[i];
		size_t size = is_inline(p) ? size_of(x, p) : 0;
		for (size_t k = 0; size && k < p->attachments.n; k++) {
			const struct principal *who = p->attachments.v[k].principal;
			size_t *total = who ? map_find_at(&x->totals, who) : NULL;
			if (who && !total) {
				total = ARENA_NEW(x->arena, size_t);
				map_put_at(&x->totals, x->arena, who, total);
			}
			if (total)
				*total += size;
		}
	}
}

/* Of the largest one of those who have it. */
static const struct principal *fullest(const struct sizes *x, const struct policy *p, size_t *size)
{
	const struct principal *who = NULL;
	*size = 0;
	for (size_t i = 0; is_inline(p) && i < p->attachments.n; i++) {
		const struct principal *one = p->attachments.v[i].principal;
		const size_t *total = one ? map_find_at(&x->totals, one) : NULL;
		if (total && *total > *size) {
			*size = *total;
			who = one;
		}
	}
	return who;
}

/* ---- what is held ---- */

/* The key of the model before that is called the same in the same unit. */
static bool has_key(const struct finding *f, const struct key *key)
{
	for (size_t i = 0; i < f->declared.n; i++)
		if (str_eq(f->declared.v[i]->address, key->address) &&
		    str_eq(f->declared.v[i]->unit->path, key->unit->path))
			return true;
	return false;
}

static bool concerns(const struct finding *f, const struct policy *p)
{
	if (f->outcome != OUTCOME_FIXED && f->outcome != OUTCOME_GRANTED)
		return false;
	if (p->kind == POLICY_KEY)
		return p->key && has_key(f, p->key);
	if (!str_eq(f->unit, p->unit->path))
		return false;
	for (size_t i = 0; i < f->statement->uses.n; i++)
		if (str_eq(f->statement->uses.v[i]->address, p->address))
			return true;
	return false;
}

static void hold_size(struct sizes *x, const struct policy *p, str reason)
{
	for (size_t i = 0; i < x->plan->findings.n; i++)
		if (concerns(&x->plan->findings.v[i], p))
			result_hold(x->options, x->plan->findings.v[i].id,
				    (struct issue){ "SIZE", reason, NULL }, x->arena, x->any);
}

static void check_size(struct sizes *x, const struct policy *p)
{
	size_t size = p->limit ? size_of(x, p) : 0, together;
	const struct principal *who = fullest(x, p, &together);
	if ((size <= p->limit && together <= p->limit) || !grows(x, p))
		return;
	hold_size(x, p,
		  size > p->limit ?
			  str_fmt(x->arena,
				  "'%.*s' would have about %zu characters, more than the %zu "
				  "allowed",
				  STR_ARG(p->address), size, p->limit) :
			  str_fmt(x->arena,
				  "the inline policies of '%.*s' would have about %zu characters "
				  "together, more than the %zu allowed",
				  STR_ARG(who->address), together, p->limit));
}

void result_sizes(struct plan_options *options, const struct model *before, const struct plan *plan,
		  const struct model *after, struct arena *a, bool *any)
{
	struct sizes x = { .options = options,
			   .before = before,
			   .after = after,
			   .plan = plan,
			   .arena = a,
			   .any = any };
	add_totals(&x);
	for (size_t i = 0; i < after->policies.n; i++)
		check_size(&x, after->policies.v[i]);
}
