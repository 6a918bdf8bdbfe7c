/* SPDX-License-Identifier: MIT */
/* reach - who reaches which key, as a finding names them. */
#ifndef KMSFIX_REACH_H
#define KMSFIX_REACH_H

#include "kmsfix/strs.h"

struct key;

/* Keys, each once, by address and unit. */
struct key_list {
	const struct key **v;
	size_t n, cap;
};

/* One instance of a statement: each of the principals reaches each of the keys. */
struct reach_part {
	str unit; /* that has the statement */
	struct strs principals, keys;
	struct key_list declared; /* those that `keys` are the addresses of */
};

struct reach_parts {
	struct reach_part *v;
	size_t n, cap;
};

/* Brings the keys in order, each once. */
void key_list_sort(struct key_list *list);

#endif
