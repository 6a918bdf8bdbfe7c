/* SPDX-License-Identifier: MIT */
/* pair - new pairs of JSON objects, for what Terraform reads from .tf.json. */
#ifndef KMSFIX_EDIT_PAIR_H
#define KMSFIX_EDIT_PAIR_H

#include "kmsfix/edit.h"

/* Appends what is in `list` to the list at `key` of `map`, which may be one object or not there
 * yet: then all that comes there must come at once. */
bool pair_append_elements(struct edits *es, const struct node *map, str key, struct shape *list,
			  const char **why);
/* Adds `"key": "…"` to `map`: the document as JSON text in a JSON string. */
bool pair_add_document(struct edits *es, const struct node *map, str key,
		       const struct shape *document, const char **why);
/* Adds `key: value` behind `pair` in its map, with lines of comments above it. */
bool pair_insert_after(struct edits *es, const struct node *pair, const struct strs *above, str key,
		       const struct shape *value, const char **why);

#endif
