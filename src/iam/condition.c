/* SPDX-License-Identifier: MIT */
#include "kmsfix/condition.h"

#include <stdlib.h>

#include "kmsfix/text.h"
#include "kmsfix/vec.h"

#include "condition_op.h"

/* Lower case but for references, whose sources have case. */
static str key_canonical(struct arena *a, str key)
{
	char *p = arena_alloc(a, key.n);
	bool in_ref = false;

	for (size_t i = 0; i < key.n; i++) {
		char c = key.p[i];

		in_ref |= c == REF_OPEN;
		p[i] = !in_ref && c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
		in_ref &= c != REF_CLOSE;
	}
	return (str){ p, key.n };
}

void condition_make(struct condition *out, struct arena *a, str op, str key,
		    const struct strs *values)
{
	struct condition_op known;

	*out = (struct condition){
		.op = condition_op_parse(op, &known) ? condition_op_text(a, &known) : op,
		.key = key_canonical(a, key),
	};
	for (size_t i = 0; i < values->n; i++)
		strs_add(a, &out->values, values->v[i]);
	strs_sort(&out->values);
}

static int values_cmp(const struct strs *x, const struct strs *y)
{
	for (size_t i = 0; i < x->n && i < y->n; i++) {
		int c = str_cmp(x->v[i], y->v[i]);

		if (c)
			return c;
	}
	return (x->n > y->n) - (x->n < y->n);
}

int condition_cmp(const struct condition *x, const struct condition *y)
{
	int c = str_cmp(x->op, y->op);

	if (!c)
		c = str_cmp(x->key, y->key);
	return c ? c : values_cmp(&x->values, &y->values);
}

bool condition_equal(const struct condition *x, const struct condition *y)
{
	return condition_cmp(x, y) == 0;
}

/* Order matters, so that (op, key) and (key, op) differ. */
static uint64_t mix(uint64_t hash, uint64_t next)
{
	return (hash ^ next) * UINT64_C(0x9e3779b97f4a7c15) + (hash >> 29);
}

uint64_t condition_hash(const struct condition *c)
{
	uint64_t hash = mix(mix(c->values.n, str_hash(c->op)), str_hash(c->key));

	for (size_t i = 0; i < c->values.n; i++)
		hash = mix(hash, str_hash(c->values.v[i]));
	return hash;
}

bool condition_has_variable(const struct condition *c)
{
	for (size_t i = 0; i < c->values.n; i++) {
		if (text_has_variable(c->values.v[i]))
			return true;
	}
	return false;
}

void condition_set_add(struct arena *a, struct condition_set *set, const struct condition *c)
{
	VEC_PUSH(a, set, *c);
}

static int compare(const void *x, const void *y)
{
	return condition_cmp(x, y);
}

void condition_set_sort(struct condition_set *set)
{
	size_t kept = 0;

	if (!set->n)
		return;
	qsort(set->v, set->n, sizeof(*set->v), compare);
	for (size_t i = 1; i < set->n; i++) {
		if (!condition_equal(&set->v[i], &set->v[kept]))
			set->v[++kept] = set->v[i];
	}
	set->n = kept + 1;
}

bool condition_set_equal(const struct condition_set *x, const struct condition_set *y)
{
	return x->n == y->n && condition_set_subset(x, y);
}

bool condition_set_subset(const struct condition_set *part, const struct condition_set *whole)
{
	size_t k = 0;

	for (size_t i = 0; i < part->n; i++) {
		while (k < whole->n && condition_cmp(&whole->v[k], &part->v[i]) < 0)
			k++;
		if (k == whole->n || !condition_equal(&whole->v[k], &part->v[i]))
			return false;
	}
	return true;
}

uint64_t condition_set_hash(const struct condition_set *set)
{
	uint64_t hash = set->n;

	for (size_t i = 0; i < set->n; i++)
		hash = mix(hash, condition_hash(&set->v[i]));
	return hash;
}
