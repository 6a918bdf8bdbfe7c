/* SPDX-License-Identifier: MIT */
/*
 * fuzz - what the fuzz targets share: `make fuzz` builds them with clang's fuzzer and runs them
 * (fuzz.sh); linked with replay.c and any compiler they read the files they are given, as the tests
 * do with all that was ever found (found/).
 */
#ifndef KMSFIX_TESTS_FUZZ_H
#define KMSFIX_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "../tree_check.h"
#include "kmsfix/arena.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A crash, so that the fuzzer keeps the input. */
static inline void must(bool holds)
{
	if (!holds)
		abort();
}

/* Calls everything that reads nodes, on all of them. */
static inline void fuzz_read(struct node *n, struct arena *a)
{
	str text;

	must(node_source(n).n == n->end - n->start);
	node_text(n, a, &text);
	if (n->kind == NODE_MAP) {
		map_has_duplicate(n, a);
		map_get(n, a, S("Statement"));
	}
	for (struct node *c = n->first; c; c = c->next)
		fuzz_read(c, a);
}

#endif
