/* SPDX-License-Identifier: MIT */
#include "fuzz.h"

/* Scalars are read as JSON and as templates, too. */
static void read_scalars(struct node *n, struct arena *a)
{
	struct syntax_error e = { 0, NULL };
	struct node *template;
	struct tree *t;

	if (n->kind == NODE_STRING) {
		yaml_resolve(n);
		if (sub_template(&template, n, a, &e)) {
			must(!node_problem(template, 0));
			fuzz_read(template, a);
		} else {
			must(e.reason && e.offset >= n->start && e.offset <= n->end);
		}
		if (json_parse_literal(&t, n, a, &e))
			must(!tree_problem(t));
		else
			must(e.reason && e.offset >= n->start && e.offset <= n->tree->file->text.n);
	}
	for (struct node *c = n->first; c; c = c->next)
		read_scalars(c, a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file f = { .path = S("x.yaml"), .text = { (const char *)data, size } };
	struct arena *a = arena_create();
	struct syntax_error e = { 0, NULL };
	struct tree *t;

	if (yaml_parse(&t, &f, a, &e)) {
		must(!tree_problem(t));
		fuzz_read(t->root, a);
		read_scalars(t->root, a);
	} else {
		must(e.reason && e.offset <= size);
	}
	arena_destroy(a);
	return 0;
}
