/* SPDX-License-Identifier: MIT */
/* style - how the code around a place is written, so that new code can be written the same way. */
#ifndef KMSFIX_EDIT_STYLE_H
#define KMSFIX_EDIT_STYLE_H

#include "kmsfix/node.h"

/* Wider lines are broken where the style leaves a choice. */
#define STYLE_WIDTH 100
/* Pairs lie 1 (statement), 2 (Principal, operators) or 3 (condition keys) deep; 0 is elsewhere. */
#define STYLE_DEPTHS 4

/* How one string is written where a list may stand. */
enum single { SINGLE_AS_GIVEN, SINGLE_SCALAR, SINGLE_LIST };

/* How a scalar of YAML is written. */
enum quote { QUOTE_PLAIN, QUOTE_SINGLE, QUOTE_DOUBLE };

/* What only YAML has. */
struct yaml_style {
	bool long_form;         /* `Fn::Sub:` instead of `!Sub` */
	enum quote text, key;   /* where YAML does not demand quotes */
	enum quote forced, sub; /* where it does; in the text of Fn::Sub */
	size_t map_step;        /* from the column of a key to that of the keys in its value */
	size_t seq_step;        /* and to the dashes in its value */
	str dash, text_dash;    /* a dash and the blanks behind it, before a map and a text */
};

struct style {
	struct arena *arena;
	enum lang lang;
	enum dialect dialect;
	struct yaml_style yaml;
	bool template;    /* JSON that Terraform reads as a template: `${…}` is a reference */
	bool json_string; /* the template stands in a JSON string of a .tf.json file */
	str eol, unit;    /* line ending; one step of indentation */
	bool quoted;      /* HCL: keys are quoted even where they need not be */
	bool colon;       /* HCL: `key : value`; always in JSON */
	bool align;       /* HCL: the `=` of neighbouring lines stand below each other */
	bool commas;      /* between pairs that have lines of their own; always in JSON */
	bool pair_comma, list_comma; /* after the last one */
	bool flat;                   /* objects on one line */
	bool flat_lists;             /* several strings on one line where they fit */
	bool tall_calls, tall_args;  /* JSON: a function, or its list, takes lines of its own */
	enum single single[STYLE_DEPTHS];
	str before, after;             /* the blanks around the colon or `=` */
	str object_pad, list_pad, gap; /* the blanks inside flat brackets and after a comma there */
};

/*
 * The style for a new element of `seq`, learned from the elements there, or where these tell
 * nothing, from the object around it and the language. Any other node gives the style of the object
 * around it.
 */
void style_learn(struct style *st, const struct node *seq, struct arena *a);
/* The style for new code in a language when there is no code to learn from but the file's. */
void style_init(struct style *st, const struct tree *t, size_t offset, struct arena *a);
/* What nodes near to `place` show of it. */
void yaml_style_learn(struct style *st, const struct node *place);
/* The same for the functions in JSON of CloudFormation. */
void calls_style_learn(struct style *st, const struct node *place);
/* When `inner` is deeper than `outer`: the step between; else false. */
bool indent_step(str inner, str outer, str *unit);
/* False for the pairs of a statement that are never a list: Sid, Effect, a whole principal. */
bool may_be_list(str key);
/* The offset behind the opening bracket of a list or object. */
size_t inside(const struct node *n);
/* True for a file that Terraform reads as JSON. */
bool is_terraform_json(const struct tree *t);
/* True for a map that is a function of CloudFormation: {"Ref": …}, {"Fn::…": …}. */
bool is_intrinsic(const struct node *map);

#endif
