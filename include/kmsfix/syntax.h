/* SPDX-License-Identifier: MIT */
/*
 * syntax - bytes to nodes. Strict: a parser returns a whole tree or an error with an offset, never
 * a partial tree and never a repair. Nesting is limited to SYNTAX_MAX_DEPTH (expressions, blocks,
 * brackets, collections, and the length of left-deep chains such as `a.b.c` or `1+1+1`), files to
 * SYNTAX_MAX_SIZE.
 */
#ifndef KMSFIX_SYNTAX_H
#define KMSFIX_SYNTAX_H

#include "kmsfix/buf.h"
#include "kmsfix/node.h"

#define SYNTAX_MAX_DEPTH 200
#define SYNTAX_MAX_SIZE (64u << 20)

struct syntax_error {
	size_t offset;
	const char *reason; /* static text, lower case, no full stop */
};

/* HCL native syntax as Terraform reads it. Sets tree->root to the BODY. */
bool hcl_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e);
/* A whole file as a template, as templatefile() reads it. Sets tree->root to a HEREDOC whose body
 * is
 * the file. */
bool hcl_parse_template(struct tree **out, const struct file *f, struct arena *a,
			struct syntax_error *e);
/* RFC 8259, a BOM allowed. Sets tree->root to the value. Strings have FLAG_JSON. */
bool json_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e);
/*
 * Appends the value of a tree of LANG_JSON, each element and member on a line of its own, with an
 * indent of four; strings and numbers as they are written.
 */
void json_layout(const struct node *n, struct buf *out);
/*
 * JSON read in place from the body of a HEREDOC node. A `${…}` inside a JSON string becomes an
 * INTERP node that shares its expression with the HCL tree (whose INTERP stays that expression's
 * parent); so does one in place of a value, which gives any JSON text; elsewhere it is an error,
 * and
 * `%{…}` is an error everywhere. Strings have FLAG_JSON
 * | FLAG_TEMPLATE. The new tree has host = heredoc.
 */
bool json_parse_heredoc(struct tree **out, const struct node *heredoc, struct arena *a,
			struct syntax_error *e);
/*
 * The template inside a JSON string of a .tf.json file: a STRING node with the same span and parent
 * and TEXT, INTERP and DIRECTIVE children (as HCL), flags FLAG_JSON | FLAG_TEMPLATE. Refused: a
 * JSON escape inside an interpolation (its bytes do not map one to one), and one that stands for
 * `$`, `%` or `{`.
 */
bool json_string_template(struct node **out, const struct node *string, struct arena *a,
			  struct syntax_error *e);

/*
 * YAML 1.1 as libyaml and PyYAML read it, tags and all. Sets tree->root to the value of the only
 * document, or to a STREAM. Keys may repeat, see map_has_duplicate(). Refused: UTF-16, and line
 * breaks other than LF and CRLF. libyaml takes time for every pair of a token and a bracket around
 * it, and of two `%TAG` lines: hence the further limits.
 */
#define YAML_MAX_SIZE (16u << 20)
#define YAML_MAX_BRACKETS 64
#define YAML_MAX_DIRECTIVES 64
bool yaml_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e);
/* What a scalar of YAML 1.1 is when no schema says otherwise. CloudFormation wants most as text. */
enum scalar_type {
	SCALAR_STRING,
	SCALAR_NULL,
	SCALAR_BOOL,
	SCALAR_INT,
	SCALAR_FLOAT,
	SCALAR_TIME,
	SCALAR_MERGE,  /* `<<` as a key: the pairs of its value belong to the map */
	SCALAR_VALUE,  /* `=` */
	SCALAR_TAGGED, /* its tag says */
};
/* By style, tag and text of the STRING. */
enum scalar_type yaml_resolve(const struct node *scalar);
/* The same for a plain scalar with this text. */
enum scalar_type yaml_resolve_plain(str text);
/* True when a reader of YAML 1.1 or 1.2 may take the plain scalar for something but a string. */
bool yaml_is_ambiguous(str text);
/*
 * JSON read in place from a literal block scalar (`|`) of YAML, the only style in which every line
 * stands as it is. Strings have FLAG_JSON, the new tree has host = scalar.
 */
bool json_parse_literal(struct tree **out, const struct node *scalar, struct arena *a,
			struct syntax_error *e);
/*
 * The template that Fn::Sub makes of a STRING of YAML or JSON: a STRING with the same span and
 * parent whose children are TEXT (FLAG_DECODED; `${!x}` is the text `${x}`) and INTERP (name = the
 * variable: `Name`, `Resource.Attribute`, `AWS::Region`), none when the text is empty. The parts
 * have spans where the scalar's text stands in the file as it is (with escapes, for JSON), else
 * their spans have no width. Refused: `${` without `}`, a name CloudFormation does not allow.
 */
bool sub_template(struct node **out, const struct node *string, struct arena *a,
		  struct syntax_error *e);

#endif
