/* SPDX-License-Identifier: MIT */
#include "kmsfix/node.h"

str node_source(const struct node *n)
{
	return str_sub(n->tree->file->text, n->start, n->end);
}

str node_name2(const struct node *n)
{
	return n->more ? n->more->name2 : (str){ 0 };
}

str node_decoded(const struct node *n)
{
	return n->more ? n->more->text : (str){ 0 };
}

struct node *node_child(const struct node *n, size_t i)
{
	struct node *c = n->first;

	while (c && i-- > 0)
		c = c->next;
	return c;
}

size_t node_count(const struct node *n)
{
	size_t count = 0;

	for (const struct node *c = n->first; c; c = c->next)
		count++;
	return count;
}

struct node *node_prev(const struct node *n)
{
	struct node *c = n->parent ? n->parent->first : NULL;

	if (c == n)
		return NULL;
	while (c && c->next != n)
		c = c->next;
	return c;
}

bool node_is_shared(const struct node *n)
{
	for (; n && n->tree->lang == LANG_YAML; n = n->parent) {
		if (n->kind == NODE_ALIAS || node_name2(n).n)
			return true;
	}
	return false;
}

const struct node *node_after(const struct node *n, const struct node *root)
{
	if (n->first)
		return n->first;
	while (n != root && !n->next)
		n = n->parent;
	return n == root ? NULL : n->next;
}

const char *node_kind_name(enum node_kind k)
{
	static const char *const names[NODE_KINDS] = {
		[NODE_MAP] = "map",         [NODE_PAIR] = "pair",
		[NODE_SEQ] = "seq",         [NODE_STRING] = "string",
		[NODE_HEREDOC] = "heredoc", [NODE_TEXT] = "text",
		[NODE_INTERP] = "interp",   [NODE_DIRECTIVE] = "directive",
		[NODE_NUMBER] = "number",   [NODE_LITERAL] = "literal",
		[NODE_BODY] = "body",       [NODE_BLOCK] = "block",
		[NODE_LABEL] = "label",     [NODE_ATTR] = "attr",
		[NODE_NAME] = "name",       [NODE_GETATTR] = "getattr",
		[NODE_INDEX] = "index",     [NODE_SPLAT] = "splat",
		[NODE_ITEM] = "item",       [NODE_CALL] = "call",
		[NODE_PAREN] = "paren",     [NODE_UNARY] = "unary",
		[NODE_BINARY] = "binary",   [NODE_COND] = "cond",
		[NODE_FOR] = "for",         [NODE_ALIAS] = "alias",
		[NODE_STREAM] = "stream",
	};

	return (unsigned)k < NODE_KINDS ? names[k] : "unknown";
}

const struct node *node_unparen(const struct node *n)
{
	while (n && n->kind == NODE_PAREN)
		n = n->first;
	return n;
}

bool node_is_within(const struct node *n, const struct node *outer)
{
	return outer && n->tree == outer->tree && n->start >= outer->start && n->end <= outer->end;
}

static bool selects(const struct node *n)
{
	return n->kind == NODE_INDEX || n->kind == NODE_SPLAT ||
	       (n->kind == NODE_CALL &&
		(str_eq(n->name, S("element")) || str_eq(n->name, S("one"))));
}

bool node_is_selected(const struct node *n)
{
	if (!n->parent || n->parent->kind != NODE_SEQ)
		return false;
	for (n = n->parent->parent; n; n = n->parent) {
		if (selects(n))
			return true;
		if (n->kind != NODE_CALL && n->kind != NODE_PAREN && n->kind != NODE_COND &&
		    n->kind != NODE_FOR)
			return false;
	}
	return false;
}

const struct node *node_length_of(const struct node *n)
{
	n = node_unparen(n);
	return n->kind == NODE_CALL && str_eq(n->name, S("length")) && n->first && !n->first->next ?
		       n->first :
		       NULL;
}

const struct node *node_concat_of(const struct node *n)
{
	const struct node *call = n->parent;

	return call && call->kind == NODE_CALL && str_eq(call->name, S("concat")) &&
			       !(call->flags & FLAG_EXPAND) ?
		       call :
		       NULL;
}
