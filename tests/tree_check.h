/* SPDX-License-Identifier: MIT */
/*
 * tree_check - what holds for every tree that a parser returns; for tests and fuzz targets.
 */
#ifndef KMSFIX_TESTS_TREE_CHECK_H
#define KMSFIX_TESTS_TREE_CHECK_H

#include "kmsfix/syntax.h"

/* A level of nesting is at most a MAP and a PAIR, a STRING and an INTERP, or the like. */
#define TREE_MAX_HEIGHT (3 * SYNTAX_MAX_DEPTH)

static inline const char *comma_problem(const struct node *n)
{
	if (n->comma == 0)
		return NULL;
	if (n->comma < n->end || (n->next && n->comma >= n->next->start))
		return "a comma out of place";
	return n->tree->file->text.p[n->comma] == ',' ? NULL : "a comma that is none";
}

/* NULL when the node and all below it are well-formed, else what is wrong. */
static inline const char *node_problem(const struct node *n, unsigned height)
{
	/* The expression of an INTERP may belong to another tree. */
	bool borrowed = n->kind == NODE_INTERP && n->tree->host;
	uint32_t at = n->start;
	const char *problem = comma_problem(n);

	if (problem)
		return problem;
	if (height > TREE_MAX_HEIGHT)
		return "a tree that is too high";
	if (n->end < n->start || n->end > n->tree->file->text.n)
		return "a span that is none";
	for (const struct node *c = n->first; c; c = c->next) {
		if (c->parent != n && !borrowed)
			return "a child of somebody else";
		if (c->start < at || c->end > n->end)
			return "children out of order or of their parent";
		if (!c->next && n->last != c)
			return "a last child that is not the last";
		at = c->end;
		problem = node_problem(c, height + 1);
		if (problem)
			return problem;
	}
	return NULL;
}

static inline const char *tree_problem(const struct tree *t)
{
	const char *text = t->file->text.p;
	uint32_t at = 0;

	for (size_t i = 0; i < t->comment_count; i++) {
		struct span c = t->comments[i];

		if (c.start < at || c.end <= c.start || c.end > t->file->text.n)
			return "comments out of order";
		if (text[c.start] != '#' && text[c.start] != '/')
			return "a comment that is none";
		at = c.end;
	}
	return node_problem(t->root, 0);
}

#endif
