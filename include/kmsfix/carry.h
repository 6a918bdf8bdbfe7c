/* SPDX-License-Identifier: MIT */
/*
 * carry - how a value of one scope is written in another one of the same unit: by what the code
 * there has for it already, else by an output, a variable and an argument that are added on the
 * way.
 */
#ifndef KMSFIX_CARRY_H
#define KMSFIX_CARRY_H

#include "kmsfix/model.h"
#include "kmsfix/shape.h"

/* Text that has to be added to the code so that a value can be said elsewhere. */
struct addition {
	const struct node *after; /* a block: `text` is a new block behind it; or NULL */
	str text;
	const struct node *body; /* where the argument `name` is added; or NULL */
	str name;
	str value;           /* its source; or, in a template, */
	struct shape *shape; /* what it says */
};

/* A zeroed carrier but for `arena` is empty. What is added once serves everybody. */
struct carrier {
	struct arena *arena;
	struct {
		struct addition *v;
		size_t n, cap;
	} additions;
	struct map names; /* what was added, by its meaning */
	/* A new variable of a module with several callers is null but for the call on the way: for
	 * what only a statement says that the others do not get. */
	bool optional;
	bool any;   /* a new variable is for what may be no text */
	bool holds; /* it is asked whether it holds, which null must not be: it is false instead */
	bool full;  /* the last failure: a template on the way takes nothing more */
};

enum carried {
	CARRIED,
	CARRY_SHARED, /* only by a variable that every caller of a module would have to set */
	CARRY_NEVER,
};

/*
 * The canonical `text` as it is written in scope `to`: every reference in *out is one of that
 * scope.
 * When that cannot be said, *why is static text and *out is not set; what was added on the way
 * stays
 * in the carrier then, so a failure ends its use.
 */
enum carried carry_text(struct carrier *c, str text, const struct scope *to, str *out,
			const char **why);

/*
 * The scope is given the ARN of a resource as it is, by an argument that names one instance: where
 * that one is missing, Terraform stops.
 */
bool carry_given(const struct scope *to, str arn);

/*
 * Another instance of the module that the ARN is of may lack what has it: what names it in one
 * instance names it in all.
 */
bool carry_lacks(const struct scope *to, str arn);

/* A list of texts; those that may be missing count as elements only where they are there. */
struct carry_list {
	struct strs always, sometimes; /* canonical */
};

/*
 * The list as an expression of scope `to`. *empty tells whether it may be empty: when nothing in
 * it is
 * always there.
 */
enum carried carry_list(struct carrier *c, const struct carry_list *list, const struct scope *to,
			str *expression, bool *empty, const char **why);

/* What one instance of a module is to be given. */
struct carry_share {
	const struct scope *scope;
	struct carry_list list;
	const char *refused; /* by carry_shared(): why it cannot have it, whatever the others do */
};

/*
 * One list in the words of a module with several instances (all of one directory), each of which
 * gets
 * its own: a new variable, empty by default, that each call which needs it sets. *expression is the
 * variable; it may be empty. With `known`, the variable that is there already is set instead.
 */
enum carried carry_shared(struct carrier *c, struct carry_share *shares, size_t n, str name,
			  bool known, str *expression, const char **why);

/*
 * The variable of `to` for such a list, which the call of `to` does not set: once it does, the
 * statement, which another instance of the module has, is there as well. Empty: there is none.
 */
str carry_awaited(const struct statement *s, const struct scope *to, struct arena *a);

/* Guards (model.h) that an expression of the scope can say, if what they refer to can be carried
 * there, and that may hold or not where those given hold. */
bool carry_has_guards(const struct scope *to, const struct strs *guards, const struct strs *given);
/* The condition in words of scope `to` that holds just while all the guards do. */
enum carried carry_guards(struct carrier *c, const struct strs *guards, const struct scope *to,
			  str *out, const char **why);

/* A condition that just these instances of a block meet, in its words. */
str carry_which(struct arena *a, const struct which *const *all, size_t n);
/* The condition that both hold; an empty one always does. */
str carry_both(struct arena *a, str x, str y);
/* The condition that the list expression is not empty. */
str carry_any(struct arena *a, str list);

#endif
