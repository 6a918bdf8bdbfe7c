/* SPDX-License-Identifier: MIT */
/*
 * hcl - the state of the HCL parser and the functions its parts call in each other.
 *
 * There are no tokens: each function looks at the bytes at `pos`. What makes HCL awkward is that a
 * newline ends something in bodies and object constructors, and is white space in every other
 * bracket; `newlines` says which holds, hcl_peek obeys it, and whoever opens a bracket saves, sets
 * and restores it.
 *
 * Nesting: `depth` counts the levels around the construct being parsed, `height` those inside the
 * expression parsed last, and depth + height never exceeds SYNTAX_MAX_DEPTH. So neither the parser
 * nor anybody who walks the finished tree recurses deeper than a small multiple of it, left-deep
 * chains included.
 *
 * Every function that returns a node returns NULL after hcl_fail.
 */
#ifndef SYNTAX_HCL_H
#define SYNTAX_HCL_H

#include "tree.h"

#define HCL_END (-1)

struct spans {
	struct span *v;
	size_t n, cap;
};

struct hcl {
	const char *s;     /* the whole file */
	uint32_t pos, end; /* the next byte to read, the first one not to read */
	bool newlines;     /* newlines count here */
	bool failed;
	unsigned depth, height;
	const struct tree *tree;
	struct arena *arena;
	struct spans comments;
	struct syntax_error *error;
};

/* hcl_lex.c */

/* Notes the first error and returns NULL. */
struct node *hcl_fail(struct hcl *p, uint32_t at, const char *reason);
struct node *hcl_node(struct hcl *p, enum node_kind kind, uint32_t start);
/*
 * Skips blanks, comments and, unless they count, newlines; returns the byte at `pos`, '\n' for a
 * CRLF, HCL_END at the end.
 */
int hcl_peek(struct hcl *p);
/* Whether the bytes at `pos` are these (no skipping). */
bool hcl_at(const struct hcl *p, str bytes);
/* The length of the line ending at `pos`: 0, 1 or 2. */
uint32_t hcl_newline(const struct hcl *p);
/* Reads the name at `pos`; empty, and nothing read, when there is none. */
str hcl_name(struct hcl *p);
/* Reads `word` at `pos` when it is there as a whole name. */
bool hcl_word(struct hcl *p, str word);
/* Reads the number that starts at `pos`. */
struct node *hcl_number(struct hcl *p);
/* One level down; false with an error when that is too deep. */
bool hcl_enter(struct hcl *p);
void hcl_leave(struct hcl *p);
/* One level around expressions that are this high; false with an error when that is too high. */
bool hcl_wrap(struct hcl *p, unsigned height, unsigned other);

/* hcl_expr.c */

/* An expression: operators, `?:` and all. */
struct node *hcl_expr(struct hcl *p);
/* The expression that must come next, appended to `parent`; raises *height to its height. */
struct node *hcl_expr_into(struct hcl *p, struct node *parent, unsigned *height);

/* hcl_term.c */

/* A literal, name, call, bracket or template at `pos`, without what follows it. */
struct node *hcl_term(struct hcl *p);
/* `[…]` and `{…}`, in hcl_bracket.c. */
struct node *hcl_tuple(struct hcl *p);
struct node *hcl_object(struct hcl *p);
/* The rest of `[for …]` or `{for …}` after that word; `open` is the bracket, in hcl_for.c. */
struct node *hcl_for(struct hcl *p, uint32_t open);
/* `v in` or `k, v in`, after a `for`; *key is empty in the first. */
bool hcl_for_intro(struct hcl *p, str *key, str *value);
/* Everything in `.name`, `[key]`, `[*]` form that follows `obj`, in hcl_chain.c. */
struct node *hcl_chain(struct hcl *p, struct node *obj);

/* hcl_template.c */

/* A template being read: its node and where the literal text not yet in a TEXT node began. */
struct hcl_template {
	struct node *node;
	uint32_t text;
	unsigned flags; /* of its TEXT nodes */
	unsigned height;
};

/*
 * Steps over one character of literal text that is special neither to quoted strings nor to
 * heredocs, or over an escaped `$${` or `%%{`. At a `${` or `%{` stays there and sets *part. False:
 * not UTF-8.
 */
bool hcl_text_step(struct hcl *p, bool *part);
/* Reads the `${…}` or `%{…}` at `pos` into the template. */
bool hcl_part(struct hcl *p, struct hcl_template *t);
/* Ends the template at `pos`: false when a directive is not closed. */
bool hcl_template_finish(struct hcl *p, struct hcl_template *t);
/* `"…"` */
struct node *hcl_quoted(struct hcl *p);
/* A quoted block label. */
struct node *hcl_quoted_label(struct hcl *p);
/* `<<MARKER`, in hcl_heredoc.c. */
struct node *hcl_heredoc(struct hcl *p);

#endif
