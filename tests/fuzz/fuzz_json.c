/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

/* Strings are read as templates too, as in a .tf.json file. */
static void read_strings(struct node *n, struct arena *a)
{
	struct syntax_error e = { 0, NULL };
	struct node *template;

	if (n->kind == NODE_STRING) {
		if (json_string_template(&template, n, a, &e)) {
			must(!node_problem(template, 0));
			fuzz_read(template, a);
		} else {
			must(e.reason && e.offset > n->start && e.offset < n->end);
		}
	}
	for (struct node *c = n->first; c; c = c->next)
		read_strings(c, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file f = { .path = S("x.json"), .text = { (const char *)data, size } };
	struct arena *a = arena_create();
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	if (json_parse(&t, &f, a, &e)) {
		must(!tree_problem(t));
		fuzz_read(t->root, a);
		read_strings(t->root, a);
		must(!tree_problem(t));
	} else {
		must(e.reason && e.offset <= size);
	}
	arena_destroy(a);
	return 0;
}
