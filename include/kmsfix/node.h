/* SPDX-License-Identifier: MIT */
/*
 * node - one concrete syntax tree for every language (HCL, JSON, JSON in HCL heredocs, YAML).
 *
 * A node is a kind, a byte span in its file and its children in source order. Trees are lossless in
 * the sense that matters for editing: every byte of the file is in a span, between siblings, or in
 * a comment of tree.comments, and nothing is ever printed from a node; edits replace spans.
 * Trees are immutable once parsed and live in the arena given to the parser.
 *
 * Children by kind:
 * MAP       PAIR*           JSON object, HCL object constructor, YAML mapping
 * PAIR      key value       key: STRING (JSON, quoted HCL), NAME (bare HCL key), or any expression
 *                           (HCL `(expr) = v`, `a.b = v`); see pair_key()
 * SEQ       value*          JSON array, HCL tuple, YAML sequence
 * STRING    part*           part: TEXT, INTERP, DIRECTIVE; span with the quotes. No children: the
 *                           bytes between the quotes are one literal (escapes not decoded yet)
 * HEREDOC   part*           no children as for STRING; span from `<<` to the end of the closing
 *                           line (its newline excluded); body is [node.body, node.body_end)
 * TEXT                      literal bytes of a template
 * INTERP    expr            `${expr}` or `${~expr~}`, span with its braces
 * DIRECTIVE expr*           one `%{...}` marker (if, else, endif, for, endfor), flat, in order;
 *                           the condition or collection are its children; name is the keyword
 * NUMBER, LITERAL           LITERAL: true, false, null (HCL: not as a name, attribute or bare key)
 * BODY      (ATTR|BLOCK)*   HCL file or block body; span of a block body excludes its braces
 * BLOCK     LABEL* BODY     name = block type
 * LABEL                     name = label with its quotes removed (labels hold no escapes we accept
 *                           as equal to anything: compare the raw text)
 * ATTR      expr            name = argument name
 * NAME                      an identifier that starts a traversal (`aws_kms_key`, `var`, `each`),
 *                           or a bare object key
 * GETATTR   obj             `obj.name`; name = attribute name
 * INDEX     obj key         `obj[key]`, and legacy `obj.0` (key is a NUMBER then, FLAG_LEGACY set)
 * SPLAT     obj each        `obj[*]…` or `obj.*…` (FLAG_LEGACY); each: the chain applied to every
 *                           element, whose innermost object is an ITEM node of zero width
 * ITEM                      the anonymous element of a SPLAT
 * CALL      arg*            name = function name (with any `ns::`); FLAG_EXPAND for a final `...`
 * PAREN expr, UNARY expr, BINARY left right (both have an op), COND cond then else
 * FOR coll key? value cond? `[for …]`, or `{for …}` with FLAG_OBJECT (then key and value are both
 *                           there); FLAG_GROUP for `...`; FLAG_COND when the last child is an `if`
 *                           condition; name = value variable, name2 = key variable (may be empty)
 *
 * YAML has MAP, PAIR, SEQ and STRING, whose spans begin with their tag and anchor; `body` is where
 * the value itself begins, name the tag (`!Sub`; resolved: `!!str` is `tag:yaml.org,2002:str`),
 * name2 the anchor without its `&`. MAP and SEQ in brackets have FLAG_FLOW. A block SEQ, MAP or
 * scalar ends with its last byte, before its line ending; `mark` of the element of a block SEQ is
 * the offset of its `-`, of a PAIR that of its `:` (0: none). Every scalar is a STRING, with its
 * style in the flags, and is decoded; see yaml_resolve() in syntax.h. Where a key, value or
 * element is left out there is an empty plain STRING of no width. And:
 * ALIAS                     `*name`, another appearance of the node with that anchor
 * STREAM    value*          the root of a file that does not hold exactly one document
 */
#ifndef KMSFIX_NODE_H
#define KMSFIX_NODE_H

#include "kmsfix/tree.h"

enum node_kind {
	NODE_MAP,
	NODE_PAIR,
	NODE_SEQ,
	NODE_STRING,
	NODE_HEREDOC,
	NODE_TEXT,
	NODE_INTERP,
	NODE_DIRECTIVE,
	NODE_NUMBER,
	NODE_LITERAL,
	NODE_BODY,
	NODE_BLOCK,
	NODE_LABEL,
	NODE_ATTR,
	NODE_NAME,
	NODE_GETATTR,
	NODE_INDEX,
	NODE_SPLAT,
	NODE_ITEM,
	NODE_CALL,
	NODE_PAREN,
	NODE_UNARY,
	NODE_BINARY,
	NODE_COND,
	NODE_FOR,
	NODE_ALIAS,
	NODE_STREAM,
	NODE_KINDS
};

enum node_flag {
	FLAG_LEGACY = 1,     /* INDEX, SPLAT: the dotted form */
	FLAG_EXPAND = 2,     /* CALL: last argument is expanded */
	FLAG_OBJECT = 4,     /* FOR: builds an object */
	FLAG_GROUP = 8,      /* FOR: grouping mode */
	FLAG_COND = 16,      /* FOR: has an if condition */
	FLAG_COLON = 32,     /* PAIR in HCL: written with ':' instead of '=' */
	FLAG_INDENTED = 64,  /* HEREDOC: `<<-` */
	FLAG_JSON = 128,     /* STRING: escapes are JSON's (trees of LANG_JSON), else HCL's */
	FLAG_TEMPLATE = 256, /* STRING, TEXT of JSON in a template: `$${`, `%%{` are escapes */
	FLAG_DECODED = 512,  /* STRING, TEXT: node_decoded() is its text, whatever the bytes are */
	FLAG_PLAIN = 1024,   /* scalar of YAML without quotes; one in double quotes has no flag */
	FLAG_SINGLE = 2048,  /* scalar of YAML in single quotes */
	FLAG_LITERAL = 4096, /* block scalar of YAML: `|` */
	FLAG_FOLDED = 8192,  /* block scalar of YAML: `>` */
	FLAG_FLOW = 16384,   /* MAP, SEQ of YAML in brackets; MAP without braces: `[a: b]` */
};

enum node_op {
	OP_NONE,
	OP_NOT,
	OP_NEG,
	OP_OR,
	OP_AND,
	OP_EQ,
	OP_NE,
	OP_LT,
	OP_LE,
	OP_GT,
	OP_GE,
	OP_ADD,
	OP_SUB,
	OP_MUL,
	OP_DIV,
	OP_MOD,
};

/* What few nodes have. */
struct node_more {
	str name2;
	str text; /* with FLAG_DECODED */
};

/* A run holds a million of them: their size is half of its memory. */
struct node {
	enum node_kind kind : 8;
	enum node_op op : 8;
	unsigned flags;      /* enum node_flag */
	uint32_t start, end; /* byte span in tree->file */
	uint32_t comma;      /* offset of the ',' after this child of a MAP, SEQ or CALL; 0: none */
	uint32_t body, body_end; /* HEREDOC: content; BLOCK: offsets of '{' and just after '}' */
	uint32_t mark;           /* YAML: offset of the element's '-' or of the pair's ':' */
	str name;
	struct node_more *more; /* for node_name2() and node_decoded() */
	const struct tree *tree;
	struct node *parent, *first, *last, *next;
};

/* The bytes of the node. */
str node_source(const struct node *n);
/* Its second name, and with FLAG_DECODED its text; empty where it has none. */
str node_name2(const struct node *n);
str node_decoded(const struct node *n);
/* The i-th child, or NULL. */
struct node *node_child(const struct node *n, size_t i);
size_t node_count(const struct node *n);
/* The child before `n`, or NULL. */
struct node *node_prev(const struct node *n);
/* The expression within parentheses (n may be NULL). */
const struct node *node_unparen(const struct node *n);
/* True when the node is `outer`, or stands in it; false when that is NULL. */
bool node_is_within(const struct node *n, const struct node *outer);
/* What `length(x)`, perhaps in parentheses, is asked of; NULL for anything else. */
const struct node *node_length_of(const struct node *n);
/* The call of concat() that the node is one argument of, or NULL. */
const struct node *node_concat_of(const struct node *n);
/* True when the node is in a list that something is selected from, as it is with `[…][0]`. */
bool node_is_selected(const struct node *n);
/* The next node of a walk through everything below `root`, parents first; NULL after the last. */
const struct node *node_after(const struct node *n, const struct node *root);
/* "map", "pair", … */
const char *node_kind_name(enum node_kind k);

/*
 * The decoded text of a STRING, HEREDOC, TEXT or LABEL without template parts, or of a NAME,
 * allocated in `a` when it differs from the source. False when it holds an INTERP or DIRECTIVE, or
 * is another kind; for a lone surrogate escape in JSON; for a TEXT that a `~` marker beside it
 * strips, or of a `<<-` heredoc. The indent of a whole `<<-` HEREDOC is stripped as Terraform does.
 */
bool node_text(const struct node *n, struct arena *a, str *out);
/* The key of a PAIR as text: a STRING or bare NAME; false for computed keys and other nodes. */
bool pair_key(const struct node *pair, struct arena *a, str *out);
/* The value of the only PAIR in `map` whose decoded key is `key`; NULL when absent or doubled. */
struct node *map_get(const struct node *map, struct arena *a, str key);
/* True when two pairs of the map have the same decoded key. */
bool map_has_duplicate(const struct node *map, struct arena *a);
/* True when the node is an ALIAS, or an anchor on it or around it may put it in several places. */
bool node_is_shared(const struct node *n);

#endif
