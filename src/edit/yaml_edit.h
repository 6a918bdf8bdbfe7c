/* SPDX-License-Identifier: MIT */
/*
 * yaml_edit - edits in block collections of YAML, where lines and columns are the syntax. In
 * brackets YAML is edited as JSON is.
 */
#ifndef KMSFIX_EDIT_YAML_EDIT_H
#define KMSFIX_EDIT_YAML_EDIT_H

#include "kmsfix/edit.h"
#include "render.h"

/* True for a SEQ or MAP of YAML without brackets. */
bool is_block(const struct node *n);
/* True when what is beside or around the node is a block collection. */
bool in_block(const struct node *n);
/* False with *why when the node is in YAML and must stay as it is. */
bool yaml_may_edit(const struct edits *es, const struct node *n, const char **why);
/* True when the node ends with an empty one of YAML. */
bool ends_empty(const struct node *n);
/* The block scalar that ends with the node, or NULL. */
const struct node *block_scalar(const struct node *n);
/*
 * The column of `at`, when only blanks and dashes stand before it on its line; else false.
 */
bool block_column(const struct node *n, size_t at, size_t *column);

/*
 * A value behind `key:` (in_list false, `column` that of the key) or behind a dash (true, `column`
 * that of the value), with the blank or line ending before it in the former case.
 */
bool yaml_render(const struct style *st, const struct shape *s, bool in_list, size_t column,
		 size_t depth, struct buf *out, const char **why);
/* A line ending and an element or pair at `column`. */
bool yaml_line(const struct style *st, const struct shape_item *item, size_t column, size_t depth,
	       struct buf *out, const char **why);

/* The builders of edit.h for block collections. */
bool yaml_insert_after(struct edits *es, const struct node *child, const struct shape *element,
		       const char **why);
bool yaml_fill_list(struct edits *es, const struct node *seq, const struct shape *element,
		    const char **why);
bool yaml_wrap_append(struct edits *es, const struct node *value, const struct shape *element,
		      const char **why);
bool yaml_add_pair(struct edits *es, const struct node *map, str key, const struct shape *value,
		   const char **why);
bool yaml_insert_pair_after(struct edits *es, const struct node *pair, const struct strs *above,
			    str key, const struct shape *value, const char **why);
bool yaml_replace_strings(struct edits *es, const struct node *value, const struct strs *strings,
			  const char **why);

#endif
