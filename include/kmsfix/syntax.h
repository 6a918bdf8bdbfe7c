/* SPDX-License-Identifier: MIT */
/*
 * syntax - bytes to nodes. Strict: a parser returns a whole tree or an error with an offset, never
 * a partial tree and never a repair. Nesting is limited to SYNTAX_MAX_DEPTH (expressions, blocks,
 * brackets, and the length of left-deep chains such as `a.b.c` or `1+1+1`), files to
 * SYNTAX_MAX_SIZE.
 */
#ifndef KMSFIX_SYNTAX_H
#define KMSFIX_SYNTAX_H

#include "kmsfix/node.h"

#define SYNTAX_MAX_DEPTH 200
#define SYNTAX_MAX_SIZE (64u << 20)

struct syntax_error {
	size_t offset;
	const char *reason; /* static text, lower case, no full stop */
};

/* HCL native syntax as Terraform reads it. Sets tree->root to the BODY. */
bool hcl_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e);
/* RFC 8259, a BOM allowed. Sets tree->root to the value. Strings have FLAG_JSON. */
bool json_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e);
/*
 * JSON read in place from the body of a HEREDOC node. A `${…}` inside a JSON string becomes an
 * INTERP node that shares its expression with the HCL tree (whose INTERP stays that expression's
 * parent); anywhere else it is an error, and `%{…}` is an error everywhere. Strings have FLAG_JSON
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

#endif
