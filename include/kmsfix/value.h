/* SPDX-License-Identifier: MIT */
/*
 * value - what an expression of infrastructure code evaluates to, as far as it can be known. Never
 * guessed: what cannot be evaluated is carried as its own source text.
 *
 * Canonical text: literal bytes, with each reference that has no literal value embedded as
 * REF_OPEN <scope> REF_SCOPE <source> REF_CLOSE: the source as it is written in that scope. Equal
 * canonical texts are equal values, so texts can be compared, hashed and sorted as bytes.
 */
#ifndef KMSFIX_VALUE_H
#define KMSFIX_VALUE_H

#include "kmsfix/node.h"
#include "kmsfix/text.h"

enum value_kind {
	VALUE_UNKNOWN, /* text = one reference with its source; its items, if it has any: the two
			  texts of policies of which it is one, each under its guard */
	VALUE_NULL,
	VALUE_TEXT, /* text; strings, numbers and booleans alike (IAM does not tell them apart) */
	VALUE_LIST,
	VALUE_MAP,
	VALUE_JSON,     /* a JSON encoding of items[0].value (jsonencode) */
	VALUE_FILE,     /* the content of `file` */
	VALUE_TEMPLATE, /* `file` as a template, its variables bound in `owner` */
	VALUE_DOCUMENT, /* the text of the document a data block describes; `owner` */
	VALUE_OBJECT,   /* a module as a whole, whose outputs are its members; `owner` */
};

/* What a reference wants of all that it refers to. */
enum asks {
	ASKS_ALL,
	ASKS_COUNT, /* `length(x)` */
	ASKS_ANY,   /* `length(x) > 0`, `x != ""` */
	ASKS_NULL,  /* `x == null` */
};

/* What a reference gave each time: an empty list, which has nothing of any text, or more. */
struct seen {
	bool nothing, something;
	bool late; /* it is for an argument of a resource, which may not be known before the end */
	enum asks asks;
};

/*
 * Every reference to one shared text (a local, a variable, an output): who else sees it when it
 * changes. `siblings` are the same text in the other instances of its module,
 * itself among them; of a variable, those that one call gives it, or that none does.
 */
struct shared {
	const void *given; /* the call that gives the variable; NULL: it stands in the module */
	str name;          /* of the local, variable or output */
	const struct seen *const *users;
	size_t n;
	const struct shared *const *siblings;
	size_t sibling_count;
};

/* A reference that evaluation went through, the outermost first. */
struct via {
	const void *user;
	const struct shared *shared;
	const struct via *next;
};

struct scope;
struct value;
struct value_below;
struct choice;

struct value_item {
	str key;                 /* of a map */
	const struct node *node; /* the child of the SEQ or MAP that wrote it (a PAIR in a map) */
	const struct value *value;
};

/* What a value may hold, all that is in it counted: beyond it is known only in part. */
#define VALUE_MAX_SIZE 100000
#define VALUE_MAX_TEXT ((size_t)1 << 20)

struct value {
	enum value_kind kind;
	bool open;                  /* LIST, MAP: more items may exist that we cannot see */
	bool covered;               /* MAP: an item may be replaced by one whose key is not known */
	bool unordered;             /* LIST: nor is known which item is where, or there twice */
	bool maybe;                 /* exists only under a condition we do not evaluate */
	bool either;                /* `maybe`, but each branch of that condition has its equal */
	bool guarded;               /* an item that is there only when what it refers to is */
	bool loose;                 /* `guarded`, but what it refers to may be there without that */
	bool tried;                 /* try() has something else where that is missing */
	bool failed;                /* NULL: evaluating it is an error, which try() catches */
	str guard;                  /* of `maybe`: all that it depends on (model.h); or empty */
	const struct value *if_any; /* of `maybe`: exists just while this list is not empty */
	const struct node *origin;  /* the expression where a person wrote it */
	const struct scope *scope;  /* and whose names that expression uses; NULL: literal text */
	const struct via *via;
	const struct value *made_of; /* MAP that a loop made: the item it made it of */
	struct choice *choice;       /* UNKNOWN: the two texts of which it is one; or NULL */
	str text;
	const struct value_item *items; /* for value_item() */
	struct value_below *below;      /* what makes them ready; NULL: they are */
	size_t n;
	size_t size; /* of all items, in it and in them; nothing for a text */
	const struct file *file;
	void *owner; /* DOCUMENT, OBJECT, TEMPLATE, the TEXT of a heredoc: the front end's block */
};

/* The guards are found when somebody asks for them: a condition may lead back to the choice. */
struct choice {
	const struct value *both[2];
	str guards[2];
	void (*find)(struct choice *c); /* NULL: they are there */
	void *block;                    /* for that, the front end's */
	const struct node *condition;
};

/* The text of a TEXT or UNKNOWN value (UNKNOWN gives one reference); false for other kinds. */
bool value_text(const struct value *v, str *out);
/* A LIST that is certainly there, with nothing in it that cannot be seen. */
bool value_is_known_list(const struct value *v);
/* Item i (< n) of a LIST, MAP or JSON, or of what is one of two, and its value; the same each time.
 */
const struct value_item *value_item(const struct value *v, size_t i);
const struct value *value_at(const struct value *v, size_t i);
/* The item of a MAP with that key; NULL when absent, doubled or another kind. */
const struct value_item *value_get(const struct value *v, str key);

#endif
