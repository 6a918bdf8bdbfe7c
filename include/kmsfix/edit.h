/* SPDX-License-Identifier: MIT */
/*
 * edit - which bytes change. An edit replaces [start, end) of one file by new text; all edits of a
 * run apply to one baseline. Builders turn one meaning ("drop these elements", "append this
 * statement") into edits in the style of the place; they never touch a byte they do not have to.
 */
#ifndef KMSFIX_EDIT_H
#define KMSFIX_EDIT_H

#include "kmsfix/err.h"
#include "kmsfix/fileset.h"
#include "kmsfix/map.h"
#include "kmsfix/node.h"
#include "kmsfix/shape.h"
#include "kmsfix/strs.h"

struct edit {
	const struct file *file;
	size_t start, end;
	str text;
	const struct node *list; /* the list that lost elements by it; NULL: another edit */
};

struct edited {
	const struct node **v;
	size_t n, cap;
};

/* Set only `arena`. */
struct edits {
	struct edit *v;
	size_t n, cap;
	struct arena *arena;
	struct map removed;    /* elements, by their lists: one more may change how the others go */
	struct map leaving;    /* statements that another edit takes out */
	struct edited wrapped; /* values of YAML whose lines are moved */
};

void edits_add(struct edits *es, const struct file *f, size_t start, size_t end, str text);
/* The statement goes, by an edit now or later: nothing is to be put behind it. */
void edits_note_leaving(struct edits *es, const struct node *statement);
bool edits_leaves(const struct edits *es, const struct node *statement);
/*
 * Sorts by path and offset (stable: insertions at one point keep their order), drops exact
 * duplicates, and refuses out-of-bounds or overlapping edits (ERR_PROOF: a bug of ours).
 */
bool edits_sort(struct edits *es, struct err *e);
/*
 * Makes sorted edits leave a tidy text, to be called between edits_sort and edits_apply: blank
 * lines that met where lines went become as few as they were, a list that outgrew its line gets a
 * line for each element, and in HCL the `=` and end-of-line comments that terraform fmt aligned
 * before are aligned again. Only blanks and line endings change; the edits stay sorted and
 * disjoint.
 */
void edits_tidy(struct edits *es);
/*
 * `base` with all edits applied (sorted ones). Files without an edit keep their bytes, nothing is
 * copied for them. Fails (ERR_PROOF) when an edited file is not in `base`.
 */
bool edits_apply(struct fileset *out, const struct fileset *base, const struct edits *es,
		 struct arena *a, struct err *e);

/*
 * Adds to `out` the edits that make of `base` at once what `first` and then, on its result
 * `between`, `second` make of it. Both are sorted; so is the result.
 */
void edits_compose(struct edits *out, const struct fileset *base, const struct edits *first,
		   const struct fileset *between, const struct edits *second);

/*
 * The builders. Each returns false without adding anything when the place cannot be edited exactly
 * (a comment that belongs to something else would go, a compact form we do not rewrite, a text the
 * language has no spelling for); *why then names the reason (static text).
 *
 * Several calls may meet in one list, in any order, as long as no element is both removed and
 * replaced, changed inside or inserted after.
 *
 * In YAML nothing is edited that an anchor or alias may put in several places, and nothing removed
 * that holds one.
 */

/*
 * Removes `n` children (in any order) of one SEQ, MAP or BODY: whole lines with the comma and the
 * comment on that line where the elements stand alone on their lines, else the inline text. Comment
 * lines above stay. When the last element goes, the new last one keeps the list's trailing-comma
 * habit (none in JSON). Removing all children leaves `[]` or `{}` (also in place of a block
 * collection of YAML), and only the comment lines between the brackets if there are any.
 */
bool edit_remove_children(struct edits *es, const struct node *const *children, size_t n,
			  const char **why);
/*
 * Removes a BLOCK with its lines; comments directly above it (no blank line between) go with it.
 * For .tf.json: a PAIR or element.
 */
bool edit_remove_block(struct edits *es, const struct node *block, const char **why);
/*
 * Replaces a STRING, one child of a SEQ or a whole scalar value, by at least one string (canonical
 * text): elements in the style of the list; for a scalar one string stays a scalar, several become
 * a list.
 */
bool edit_replace_strings(struct edits *es, const struct node *value, const struct strs *strings,
			  const char **why);
/* Appends one element to a SEQ, in the style of the elements there. */
bool edit_append_element(struct edits *es, const struct node *seq, const struct shape *element,
			 const char **why);
/* Inserts one element after a child of a SEQ, in the style of the elements there. */
bool edit_insert_after(struct edits *es, const struct node *child, const struct shape *element,
		       const char **why);
/*
 * Makes the single value `value` (of Statement, or Principal.AWS) a list of it and `element`.
 * Called again for the same value, adds to that list. In YAML the lines of the value may move:
 * other edits inside of it are refused then.
 */
bool edit_wrap_append(struct edits *es, const struct node *value, const struct shape *element,
		      const char **why);
/* Either of them: `value` is a list, or to become one. */
bool edit_append_to(struct edits *es, const struct node *value, const struct shape *element,
		    const char **why);
/*
 * Adds a `statement { … }` block (the aws_iam_policy_document form of a statement shape) to the
 * BODY of a data block: after the BLOCK `after`, or when it is NULL after the last statement block,
 * else at the end. For .tf.json (MAP body) an element of "statement"; `after` is ignored then.
 */
bool edit_append_statement_block(struct edits *es, const struct node *body,
				 const struct node *after, const struct shape *statement,
				 const char **why);
/* Several behind the last: in .tf.json an object takes them only at once. */
bool edit_append_statement_blocks(struct edits *es, const struct node *body,
				  const struct shape **statements, size_t n, const char **why);
/*
 * Adds the argument `name = jsonencode(document)` to the BODY of a resource that has none, after
 * its last argument on one line before nested blocks; for .tf.json (MAP body) a pair whose value is
 * the document in a JSON string; in CloudFormation a pair whose value is the document.
 */
bool edit_add_policy_argument(struct edits *es, const struct node *body, str name,
			      const struct shape *document, const char **why);
/* The same in place of the literal `value`, in HCL. */
bool edit_set_policy_text(struct edits *es, const struct node *value, const struct shape *document,
			  const char **why);
/* Adds the argument `name = value` to a BODY, in the same place; in CloudFormation a pair. */
bool edit_add_argument(struct edits *es, const struct node *body, str name,
		       const struct shape *value, const char **why);
/* The same at the end of the BODY, behind a blank line. */
bool edit_append_argument(struct edits *es, const struct node *body, str name,
			  const struct shape *value, const char **why);
/* Makes the expression `value`, a list in HCL, a concat() of it and `list`. */
bool edit_concat(struct edits *es, const struct node *value, const struct shape *list,
		 const char **why);
/*
 * Adds the pair `key: value` at the end of a MAP of YAML or JSON that has no such key. An empty
 * value of YAML (`Properties:` and nothing) counts as a MAP without pairs.
 */
bool edit_add_pair(struct edits *es, const struct node *map, str key, const struct shape *value,
		   const char **why);
/* Removes a BLOCK, ATTR, PAIR or element with its lines and the comment lines directly above. */
bool edit_take_out(struct edits *es, const struct node *n, const char **why);
/*
 * Adds a resource behind another one, the BLOCK or PAIR `after`, of which `from` is taken out: the
 * comments above that one come above the resource. HCL: `resource "type" "name"`, the
 * arguments being the items of `body`; CloudFormation: the pair `name: body`. Values that move
 * (SHAPE_SOURCE) keep their bytes but for the indentation of their lines.
 */
bool edit_add_resource(struct edits *es, const struct node *after, const struct node *from,
		       str type, str name, const struct shape *body, const char **why);
/* Adds `key: value` behind a PAIR of a MAP of YAML or JSON. */
bool edit_insert_pair_after(struct edits *es, const struct node *pair, str key,
			    const struct shape *value, const char **why);
/*
 * Inserts whole blocks (rendered with LF and an indent of two) after the top-level BLOCK, one blank
 * line between.
 */
bool edit_insert_blocks_after(struct edits *es, const struct node *block, str text,
			      const char **why);

/*
 * Makes the expression `policy` a reference to a new data block `name`, behind the top-level block
 * it stands in: an aws_iam_policy_document with the expression as its source, and the statements in
 * the style of those in the BODY `like`.
 */
bool edit_own_document(struct edits *es, const struct node *policy, str name,
		       const struct node *like, const struct shape *const *statements, size_t n,
		       const char **why);

#endif
