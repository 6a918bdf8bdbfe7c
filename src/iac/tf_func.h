/* SPDX-License-Identifier: MIT */
/* tf_func - functions of the language: each evaluates a call, or declines it (NULL). */
#ifndef KMSFIX_IAC_TF_FUNC_H
#define KMSFIX_IAC_TF_FUNC_H

#include "tf.h"
#include "value.h"

struct args {
	struct tf_block *scope;
	struct arena *arena;
	const struct node *call;
	const struct value **v;
	size_t n, cap;
	bool *may_fail; /* try(): which of its arguments, as they are written, may be an error */
	bool open;      /* the call expands a list that is not known */
	bool unordered; /* or one of which is not known which item is where */
};

typedef const struct value *tf_function(const struct args *in);

/* tf_collect.c: lists, sets and maps. */
tf_function call_compact, call_concat, call_contains, call_element, call_flatten, call_keys,
	call_length, call_lookup, call_merge, call_same, call_setsubtract, call_setunion,
	call_unordered, call_values, call_zipmap;
/* tf_try.c: the first that will do. */
tf_function call_coalesce, call_coalescelist, call_one, call_try;
/* tf_file.c: files and encodings. */
tf_function call_file, call_templatefile, call_jsonencode, call_jsondecode;

/* Whether something else may stand for argument `i`: another than nothing. */
bool tf_has_other(const struct args *in, size_t i);
/* A reference to something of the repository: where it exists it is neither null nor empty. */
bool tf_is_attribute(const struct value *v);
/* True of an item that flatten() could not look into: it stands for as many as it has. */
bool tf_is_spread(const struct value *list, size_t i);
/* True for a call of a function that gives what is in a file, and that file; NULL: it is not
 * known. */
bool tf_loads_file(const struct node *n);
const struct file *tf_loaded_file(struct tf_block *scope, const struct node *call);
/* What is known of the path of a file that is not: where it begins, and how it ends. */
struct tf_path {
	str dir, first, last;
	bool anchored; /* in the directory, by `first` */
};
/* False when the file is known, or nothing of its path is. */
bool tf_path_known(struct tf_block *scope, const struct node *call, struct tf_path *out);
bool tf_path_fits(const struct tf_path *p, str path);

#endif
