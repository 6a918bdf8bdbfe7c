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
	bool open; /* the call expands a list that is not known */
};

typedef const struct value *tf_function(const struct args *in);

/* tf_collect.c: lists, sets and maps. */
tf_function call_coalesce, call_coalescelist, call_compact, call_concat, call_contains,
	call_element, call_flatten, call_keys, call_length, call_lookup, call_merge, call_one,
	call_same, call_setsubtract, call_setunion, call_try, call_unordered, call_values,
	call_zipmap;
/* tf_file.c: files and encodings. */
tf_function call_file, call_templatefile, call_jsonencode, call_jsondecode;

#endif
