/* SPDX-License-Identifier: MIT */
/* Where in a document one more statement can be written. */
#include "document.h"

#include "kmsfix/arena.h"

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

static bool is_try(const struct node *n)
{
	return n && n->kind == NODE_CALL && str_eq(n->name, S("try"));
}

/* What is written there may be an error, and then something else is what counts: unless it stands
 * in what is tried last. */
static bool is_tried(const struct node *n)
{
	bool tried = is_try(n);
	for (; n && !tried; n = n->parent)
		tried = is_try(n->parent) && n->next;
	return tried;
}

/* ---- places that several reach ---- */

/* The references that lead to the place, in its scope. */
static struct map *readers_of(struct model *m, const struct site *site)
{
	const void **key = arena_array(m->arena, 2, sizeof(*key));
	key[0] = site->node;
	key[1] = site->scope;
	str name = { (const char *)key, 2 * sizeof(*key) };
	struct map *readers = map_find(&m->sites, name);
	if (!readers) {
		readers = ARENA_NEW(m->arena, struct map);
		map_put(&m->sites, m->arena, name, readers);
	}
	return readers;
}

/* Behind what the text itself has as its statements. */
static const struct site *site_beside(struct arena *a, const struct document *d,
				      const struct site *own, const struct node *written)
{
	const struct node *whole = document_beside(written);
	if (!whole || !node_is_within(written, d->node) ||
	    written->tree->dialect != DIALECT_NATIVE || written->tree->host)
		return NULL;
	struct site *site = ARENA_NEW(a, struct site);
	*site = *own;
	site->kind = SITE_BESIDE;
	site->node = whole;
	return site;
}

static void note_readers(struct model *m, struct document *d, const struct via *via,
			 const struct site *own, const struct node *written)
{
	const struct via *text = d->vias.n ? d->vias.v[d->vias.n - 1] : NULL;
	for (; via && text && via->user == text->user; text = text->next)
		via = via->next;
	if (!via)
		return;
	struct map *readers = readers_of(m, &d->site);
	d->site.via = via;
	d->site.readers = readers;
	if (d->site.kind == SITE_LIST || d->site.kind == SITE_BESIDE)
		d->beside = site_beside(m->arena, d, own, written);
	for (; via; via = via->next)
		map_put_at(readers, m->arena, via->user, d);
}

/* Nothing but this text leads to its place. */
static bool is_alone(const struct document *d)
{
	for (const struct via *via = d->site.via; via; via = via->next)
		for (size_t i = 0; i < via->shared->n; i++) {
			const struct document *other = map_find_at(d->site.readers,
								   via->shared->users[i]);
			if (!other || other->node != d->node)
				return false;
		}
	return true;
}

void document_sites_apart(struct model *m)
{
	for (size_t i = 0; i < m->documents.n; i++) {
		struct document *d = m->documents.v[i];
		if (d->beside && d->site.kind != SITE_NONE && !is_alone(d))
			d->site = *d->beside;
	}
}

/* ---- the place ---- */

void document_find_site(const struct reader *r, struct document *d, const struct value *statements,
			const struct node *written)
{
	const struct node *n = statements->origin;
	const struct site own = d->site;
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
	note_readers(r->model, d, statements->via, &own, written);
}
