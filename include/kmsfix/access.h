/* SPDX-License-Identifier: MIT */
/*
 * access - who may use which key, for which target action, under which conditions (MODEL: access
 * formula). A formula is a set of terms (OR); a term is a set of atoms (AND): canonical condition
 * entries and guards. Only what statements say exactly is in it; everything else must stay
 * untouched, which the proof checks statement by statement.
 */
#ifndef KMSFIX_ACCESS_H
#define KMSFIX_ACCESS_H

#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "kmsfix/model.h"

/* ---- what a Resource text means ---- */

enum meaning_kind {
	MEANS_KEYS,        /* exactly these keys */
	MEANS_NOTHING,     /* no key, such as an alias [2.2]: code and reason */
	MEANS_AWS_MANAGED, /* a key of AWS, used through its service only [8.1] */
	MEANS_OTHER,       /* a resource of another service: never carries a target [2.14] */
	MEANS_HELD,        /* cannot be told: code and reason */
};

struct meaning {
	enum meaning_kind kind;
	struct {
		struct key **v;
		size_t n, cap;
	} keys;
	bool configured; /* by the key map of the configuration */
	bool told;       /* by what the account says about itself */
	bool here_only;  /* a wildcard, taken for the keys that are declared here */
	bool by_use; /* MEANS_HELD: each of `keys` is meant if the principal used it (key_uses) */
	const char *code;
	str reason;
};

/* What the text means as a resource in the document. */
void resource_meaning(const struct model *m, const struct document *d, str text,
		      struct meaning *out);

/* Whether it means every key, as KMS.1 and KMS.2 of Security Hub see it: any Region, any id. */
bool resource_is_all_keys(str text);
/* Whether they would fail a statement with these targets for that. */
bool statement_is_for_all_keys(const struct statement *s, unsigned targets);
/* Whether the text matches a key, as far as its ARN is known. */
enum match resource_means_key(const struct unit *u, str text, const struct key *k);
/* Whether the text matches the ARN of a key; MATCH_MAYBE: that is not known. */
enum match resource_means(const struct unit *u, str text, str key_arn);
/* Whether the key is known to be in another partition, or can be taken to be in this [2.12]. */
bool key_excludes_partition(const struct key *k, str partition);
bool key_in_partition(const struct key *k, str partition);
/* The targets for which the logs say that the principal used the key with that ARN. */
unsigned key_uses(const struct principal *p, str key_arn);

/* ---- key policies ---- */

/*
 * How an Allow statement of a key policy treats the account of the key [3.4]. *lockout is set when
 * the account is taken for the key's own only because nobody else could change the policy [4.9].
 */
bool statement_delegates(const struct key *k, const struct statement *s, bool *lockout);
enum ownership { OWNER_SELF, OWNER_OTHER, OWNER_UNSURE };

/* Whose account a text in the key's policy names: its own, another, or not known to be either. */
enum ownership key_owner(const struct key *k, str account, bool *lockout);
/* True when the statement names the principal, or everybody, directly. */
bool statement_grants(const struct key *k, const struct statement *s, const struct principal *p);
/* The targets an Allow statement covers for sure. */
unsigned statement_targets(const struct statement *s);
/* The same without those that a condition of the statement never lets through [5.9]. */
unsigned statement_live_targets(const struct statement *s);
/* The targets it may cover. */
unsigned statement_possible_targets(const struct statement *s);

/* True when the policy grants something to everybody [3.17, 3.18]. */
bool key_is_public(const struct key *k);

/* ---- formulas ---- */

struct term {
	struct strs atoms; /* sorted */
};

struct formula {
	struct term *v;
	size_t n, cap;
};

/* Adds a term unless a weaker one is there; drops those it makes needless. */
void formula_add(struct arena *a, struct formula *f, const struct term *t);
bool formula_equal(const struct formula *x, const struct formula *y);
/* True when some term of f holds whenever t does. */
bool formula_covers(const struct formula *f, const struct term *t);

/* The guard or condition of an atom, without what says which of these it is. */
str atom_text(str atom);
void term_guards(struct arena *a, struct term *t, const struct strs *guards);
/* Under which an element is there, as far as that is known. */
struct strs element_guards(struct arena *a, const struct element *e);
/* It has a guard and its opposite. */
bool term_is_never(struct arena *a, const struct term *t, const struct language *l);
/* Takes guards out again: what exists only together with the key needs no guard on it. */
void term_without(struct term *t, const struct strs *guards, struct arena *a);
/* The conditions of a statement, without those that always hold in the key's own account [3.17]. */
void term_conditions(struct arena *a, struct term *t, const struct key *k,
		     const struct statement *s);

/* A statement of a key's policy that allows targets, and its conditions. */
struct key_rule {
	const struct statement *s;
	unsigned targets; /* live ones */
	bool delegates, lockout;
	struct term term;
};

/* One text that the policy of a key may be; nearly always there is only one. */
struct key_case {
	const struct key *key;
	const struct policy *policy; /* NULL: it has none */
	struct strs guards;          /* under which it is this one, beside those of the key */
	struct key_rule *v;
	size_t n, cap;
};

/* What a key's policy says, read once for all principals: that was two fifths of a large run. */
struct key_rules {
	const struct key *key;
	struct key_case *v;
	size_t n, cap;
};

/* Those of the key; `known` has those that were read before, by keys. */
const struct key_rules *key_rules(struct map *known, struct arena *a, const struct key *k);
/*
 * How one text of a key's policy delegates the target to the account: one term per delegation,
 * without the guards of that text; empty: not at all. *lockout as for statement_delegates().
 */
void key_delegation(struct arena *a, const struct key_case *c, unsigned target, struct formula *out,
		    bool *lockout);
/* True when what the term says may hold while the key has that text; adds what that depends on. */
bool term_in_case(struct arena *a, struct term *t, const struct key_case *c);
/* What the key's policy grants the principal directly for the target. */
void key_grants(struct arena *a, const struct key_rules *rules, const struct principal *p,
		unsigned target, struct formula *out);

/* ---- the matrix ---- */

#define TARGET_COUNT 3 /* bits of TARGET_ALL */

/* A key and a principal, by names that are stable over a change of the files. */
struct cell {
	const str *key, *who;
	unsigned targets; /* of which the formulas say something */
	bool counted;     /* they are in `checked` without it */
	struct formula formulas[TARGET_COUNT];
};

struct matrix {
	const struct model *model;
	struct map index;
	struct {
		struct cell **v;
		size_t n, cap;
	} cells;
	/* Whom a key that is for everybody is for, see matrix.c. */
	struct {
		const struct principal **v;
		size_t n, cap;
	} plain, specials;
	struct map everybody, special; /* by name */
	struct map open;               /* keys for everybody, by name */
	bool given;                    /* some open key gives everybody something */
	size_t principals, keys;
	size_t checked;    /* targets of all cells, also of those that nobody has asked for */
	struct map *names; /* each is there once, so that names are compared by their address */
	struct map known;  /* the names of keys and principals */
	struct map rules;  /* key_rules() */
};

/* Matrices with the same `names` (empty before the first) can be compared; all live in the arenas
 * of their models. */
void matrix_build(struct matrix *out, const struct model *m, struct map *names);
/* The name, in cells, of a principal that no statement is about; NULL: there is no key. */
const str *matrix_stranger(const struct matrix *mx);
/* The cell of `mx` that has the same names; NULL: it has none. */
const struct cell *matrix_twin(struct matrix *mx, const struct cell *cell);
/* The name of a principal of `x` whose cells need not be asked for, but that is not the same in
 * `y`; NULL: there is none. */
const str *matrix_lost(struct matrix *x, const struct matrix *y);
/* "key|principal|action" for a target of the cell. */
str cell_name(struct arena *a, const struct cell *cell, unsigned target);
/* The formula of a key and a principal of the model; NULL: no statement gives it anything. */
const struct formula *matrix_find(struct matrix *mx, struct arena *a, const struct key *k,
				  const struct principal *p, unsigned target);

#endif
