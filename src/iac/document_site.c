/* SPDX-License-Identifier: MIT */
/* Where in a document one more statement can be written. */
#include "document.h"

static void set_site(struct document *d, enum site_kind kind, const struct node *node)
{
	d->site.kind = kind;
	d->site.node = node;
}

void document_no_site(struct document *d, const char *code, const char *reason)
{
	d->site.kind = SITE_NONE;
	d->site.why = code;
	d->site.reason = str_from(reason);
}

/* A call that joins lists of whatever elements. */
static bool joins(const struct node *n)
{
	return n->kind == NODE_CALL &&
	       (str_eq(n->name, S("concat")) || str_eq(n->name, S("flatten")));
}

/* The first literal list of `concat([…], …)`, or of a call in it, that may get one more element. */
static const struct node *first_list(const struct node *n)
{
	const struct node *list = NULL;
	if (n->kind == NODE_PAREN)
		return first_list(n->first);
	if (!joins(n) || n->flags & FLAG_EXPAND)
		return NULL;
	for (const struct node *c = n->first; c && !list; c = c->next)
		list = c->kind == NODE_SEQ ? c : first_list(c);
	return list;
}

static bool makes_set(const struct node *n)
{
	return n->kind == NODE_CALL &&
	       (str_eq(n->name, S("toset")) || str_starts(n->name, S("set")));
}

const struct node *document_beside(const struct node *list)
{
	const struct node *whole = list;
	for (const struct node *n = list->kind == NODE_SEQ ? list->parent : list;
	     n && (n->kind == NODE_COND || n->kind == NODE_PAREN || n->kind == NODE_CALL);
	     n = n->parent)
		if (n->kind != NODE_PAREN && !joins(n))
			whole = n;
	return makes_set(whole) ? NULL : whole;
}

static void set_list(struct document *d, const struct node *list)
{
	const struct node *whole = document_beside(list);
	bool written = list->kind == NODE_SEQ && whole == list;
	if (whole)
		set_site(d, written ? SITE_LIST : SITE_BESIDE, whole);
	else
		document_no_site(d, "TF-DYNAMIC", "the statements are a set");
}

/* What is written there may be an error, and then something else is what counts. */
static bool is_tried(const struct node *n)
{
	while (n && !(n->kind == NODE_CALL && str_eq(n->name, S("try"))))
		n = n->parent;
	return n;
}

void document_find_site(const struct reader *r, struct document *d, const struct value *statements)
{
	const struct node *n = statements->origin;
	if (statements->scope)
		d->site.scope = statements->scope; /* a module may be given them */
	if (!node_is_within(n, r->block))
		d->site.which = (struct which){ 0 }; /* a local knows no each.key */
	if (statements->kind == VALUE_LIST && n->kind == NODE_SEQ)
		set_list(d, n);
	else if (statements->kind == VALUE_MAP && n->kind == NODE_MAP &&
		 !(n->parent && n->parent->kind == NODE_SPLAT))
		set_site(d, SITE_SINGLE, n);
	else if (first_list(n))
		set_list(d, first_list(n));
	else if (statements->kind == VALUE_LIST && n->tree->lang == LANG_HCL)
		set_list(d, n);
	else
		document_no_site(d, "TF-DYNAMIC", "the list of statements is computed");
	if (d->site.kind != SITE_NONE && is_tried(d->site.node))
		document_no_site(d, "TF-DYNAMIC", "the policy stands in try()");
}
