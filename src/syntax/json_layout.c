/* SPDX-License-Identifier: MIT */
#include "kmsfix/syntax.h"

#define INDENT 4

static void add_value(const struct node *n, size_t depth, struct buf *out)
{
	bool map = n->kind == NODE_MAP;

	if (!map && n->kind != NODE_SEQ) {
		buf_add(out, node_source(n));
		return;
	}
	buf_addc(out, map ? '{' : '[');
	for (const struct node *c = n->first; c; c = c->next) {
		buf_add(out, c == n->first ? S("\n") : S(",\n"));
		buf_fill(out, ' ', (depth + 1) * INDENT);
		if (map) {
			buf_add(out, node_source(c->first));
			buf_add(out, S(": "));
		}
		add_value(map ? c->last : c, depth + 1, out);
	}
	if (n->first) {
		buf_addc(out, '\n');
		buf_fill(out, ' ', depth * INDENT);
	}
	buf_addc(out, map ? '}' : ']');
}

/* As deep as the parser lets a tree be. */
void json_layout(const struct node *n, struct buf *out)
{
	add_value(n, 0, out);
}
