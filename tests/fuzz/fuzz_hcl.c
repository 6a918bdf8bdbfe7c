/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

/* Heredocs are read as JSON too. */
static void read_heredocs(const struct node *n, struct arena *a)
{
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	if (n->kind == NODE_HEREDOC) {
		if (json_parse_heredoc(&t, n, a, &e)) {
			must(!tree_problem(t));
			fuzz_read(t->root, a);
		} else {
			must(e.reason && e.offset >= n->start && e.offset <= n->end);
		}
	}
	for (const struct node *c = n->first; c; c = c->next)
		read_heredocs(c, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file f = { .path = S("x.tf"), .text = { (const char *)data, size } };
	struct arena *a = arena_create();
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	if (hcl_parse(&t, &f, a, &e)) {
		must(!tree_problem(t));
		fuzz_read(t->root, a);
		read_heredocs(t->root, a);
		must(!tree_problem(t));
	} else {
		must(e.reason && e.offset <= size);
	}
	arena_destroy(a);
	return 0;
}
