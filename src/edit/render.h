/* SPDX-License-Identifier: MIT */
/*
 * render - shapes as code in a style. All of these append to `out`, whose first line continues the
 * line it is put on; further lines start with `indent`. False with *why when a text cannot be
 * spelled.
 */
#ifndef KMSFIX_EDIT_RENDER_H
#define KMSFIX_EDIT_RENDER_H

#include "kmsfix/shape.h"
#include "kmsfix/strs.h"
#include "spell.h"

/* One `key = value` of a group of lines; only values on one line take part in aligning. */
struct row {
	str key, value;
	bool apart; /* a blank line stands before it */
	bool block; /* `key { … }`, the value being the braces */
};

struct rows {
	struct row *v;
	size_t n, cap;
};

/* A value. `depth` is that of the pairs in an object (STYLE_DEPTHS); 0 outside of statements. */
bool render_value(const struct style *st, const struct shape *s, str indent, size_t depth,
		  struct buf *out, const char **why);
/* The same as a slice in the style's arena. */
bool render_slice(const struct style *st, const struct shape *s, str indent, size_t depth, str *out,
		  const char **why);
/* The value of a pair, made a list or a scalar as the siblings at that depth have it. */
const struct shape *as_siblings(const struct style *st, const struct shape_item *item,
				size_t depth);
/* The depth of the pairs of a new element: 1 in a statement, whose names have capitals. */
size_t depth_of(const struct shape *s);
/* Lines of HCL, each with indent and line ending, `=` aligned as terraform fmt does. */
void render_rows(const struct style *st, const struct rows *rows, str indent, struct buf *out);
/* Columns: code points, a tab counting as one (as terraform fmt counts). */
size_t columns(str s);

/*
 * A statement as the arguments and blocks of an aws_iam_policy_document: names in lower case, every
 * list a list, blocks as lists of objects, `${` in literals as `&{` [5.8]. NULL with *why when the
 * document has no form for it.
 */
struct shape *document_shape(struct arena *a, const struct shape *statement, const char **why);
/* `statement { … }` in the style of its sibling blocks in `body`; no line ending at the end. */
bool render_statement_block(struct arena *a, const struct node *body, const struct shape *document,
			    str indent, str eol, str *out, const char **why);

/*
 * The bytes of a value whose lines move to another indentation, but for those of heredocs, which
 * count. For YAML only in brackets.
 */
str source_moved(const struct style *st, const struct node *value, str indent);
/*
 * The bytes behind the `:` of a new key at `column` for a value of YAML, wherever it stood; with
 * the blank or line ending before it. For an element of a list in another list: those at `column`.
 */
str yaml_source_moved(const struct style *st, const struct node *value, bool in_list,
		      size_t column);

/* True where the language has expressions: not in JSON or a heredoc. */
bool has_expressions(const struct style *st);
/* `x ? [{ … }] : []` for an element with a `when`. */
bool render_optional(const struct style *st, const struct shape *s, str indent, size_t depth,
		     struct buf *out, const char **why);

/* `text` with the brace that ends it, alone on its line, indented so. */
str with_brace_at(struct arena *a, str text, str indent);
/* The same for a text that ends with `}] : []`. */
str optional_at(struct arena *a, str text, str indent);
/*
 * Such a text as it stands when another one follows: terraform fmt indents the brace like the pairs
 * in front of it then.
 */
str optional_between(struct arena *a, str text);

#endif
