/* SPDX-License-Identifier: MIT */
/*
 * condition - one entry of a Condition block and sets of them, in a canonical form in which equal
 * means equal. All entries of a set must hold (AND), one value of an entry must (OR) [5.1].
 */
#ifndef KMSFIX_CONDITION_H
#define KMSFIX_CONDITION_H

#include "kmsfix/strs.h"

struct condition {
	str op;             /* spelled as in AWS's documentation; unknown operators as written */
	str key;            /* lower case (key names have no case [5.11]), but for references */
	struct strs values; /* sorted, each once, byte for byte as written */
};

/*
 * AND of its members: sorted by condition_cmp, each once (condition_set_sort). The empty set
 * always holds.
 */
struct condition_set {
	struct condition *v;
	size_t n, cap;
};

/* Makes the canonical form; `values` is copied, texts are borrowed where they need no change. */
void condition_make(struct condition *out, struct arena *a, str op, str key,
		    const struct strs *values);
/* A total order; 0 means equal. */
int condition_cmp(const struct condition *x, const struct condition *y);
bool condition_equal(const struct condition *x, const struct condition *y);
/* Stable across machines and runs. */
uint64_t condition_hash(const struct condition *c);
/* True when a value holds a policy variable, so that the documents' Versions matter [5.6]. */
bool condition_has_variable(const struct condition *c);

/* Appends; call condition_set_sort() before comparing. */
void condition_set_add(struct arena *a, struct condition_set *set, const struct condition *c);
void condition_set_sort(struct condition_set *set);
/* These take sorted sets. */
bool condition_set_equal(const struct condition_set *x, const struct condition_set *y);
/* True when every member of `part` is in `whole`: then `whole` holds only where `part` does. */
bool condition_set_subset(const struct condition_set *part, const struct condition_set *whole);
uint64_t condition_set_hash(const struct condition_set *set);

enum condition_values {
	CONDITION_UNKNOWN,   /* no operator of IAM */
	CONDITION_ANY_VALUE, /* one of the values must match */
	CONDITION_NO_VALUE,  /* none of them may */
};

/* What an entry with the operator, in any spelling, asks of its values. */
enum condition_values condition_values(str op);

enum condition_verdict {
	CONDITION_MOVES, /* means the same in a key policy: copy it verbatim */
	CONDITION_DEAD,  /* never holds for these targets: the permission has no effect [5.9] */
	CONDITION_HELD,
};

struct condition_ruling {
	enum condition_verdict verdict;
	const char *code; /* "" for MOVES, COND-DEAD for DEAD, any COND-… for HELD */
	const char *why;  /* one sentence, lower case, no full stop; "" for MOVES */
};

/*
 * May the entry be copied from an identity policy to a key policy for these targets? Keys come
 * from an allow-list [5.2, 5.4]; COND-IAMONLY [5.3], COND-FORALL [5.5], COND-DEAD [5.9], anything
 * else COND-UNKNOWN. A statement is dead when one of its entries is.
 */
struct condition_ruling condition_check(const struct condition *c, unsigned targets);

#endif
