/* SPDX-License-Identifier: MIT */
/* A text to a document: what kind of text it is, its statements, and where one could be appended.
 */
#include "document.h"

#include "kmsfix/buf.h"
#include "kmsfix/map.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "mention.h"
#include "statement.h"
#include "value.h"

struct document *document_new(const struct reader *r, const struct node *node)
{
	struct model *m = r->model;
	struct document *d = ARENA_NEW(m->arena, struct document);
	d->scope = d->site.scope = r->scope;
	d->unit = r->scope->unit;
	d->address = r->address;
	d->node = node;
	d->file = node->tree->file;
	if (r->guards)
		d->site.guards = *r->guards;
	d->apart = r->block && !node_is_within(node, r->block);
	if (!d->apart && r->block)
		d->site.which = r->which;
	VEC_PUSH(m->arena, &m->documents, d);
	return d;
}

struct statement *document_add(const struct reader *r, struct document *d, const struct node *node)
{
	struct model *m = r->model;
	struct statement *s = ARENA_NEW(m->arena, struct statement);
	s->document = d;
	s->index = d->statements.n;
	s->node = node;
	VEC_PUSH(m->arena, &d->statements, s);
	VEC_PUSH(m->arena, &m->statements, s);
	return s;
}

void policy_add_statement(struct model *m, struct policy *p, struct statement *s)
{
	VEC_PUSH(m->arena, &p->statements, s);
	VEC_PUSH(m->arena, &s->uses, p);
}

const struct strs *policy_when(const struct policy *p, const struct statement *s)
{
	static const struct strs always;
	for (size_t i = 0; p->when && i < p->statements.n; i++)
		if (p->statements.v[i] == s)
			return &p->when[i];
	return &always;
}

void policy_use(struct model *m, struct policy *p, struct document *d)
{
	p->open |= d->open;
	for (size_t i = 0; i < p->documents.n; i++)
		if (p->documents.v[i] == d)
			return;
	VEC_PUSH(m->arena, &p->documents, d);
	VEC_PUSH(m->arena, &d->uses, p);
}

/* ---- plain JSON ---- */

static const struct value *json_items(struct model *m, const struct node *n)
{
	struct value_items items = { 0 };
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c };
		if (c->kind == NODE_PAIR && !pair_key(c, m->arena, &item.key))
			continue;
		item.value = json_value(m, c->kind == NODE_PAIR ? c->last : c);
		VEC_PUSH(m->arena, &items, item);
	}
	return value_items_new(m->arena, n->kind == NODE_MAP ? VALUE_MAP : VALUE_LIST, &items, n);
}

const struct value *json_value(struct model *m, const struct node *n)
{
	str text;
	if (n->kind == NODE_MAP || n->kind == NODE_SEQ)
		return json_items(m, n);
	if (n->kind == NODE_LITERAL && str_eq(node_source(n), S("null")))
		return value_new(m->arena, VALUE_NULL, n);
	if (n->kind == NODE_STRING && (!node_text(n, m->arena, &text) || !text_is_literal(text))) {
		struct value *v = value_new(m->arena, VALUE_UNKNOWN, n);
		v->text = ref_text(m->arena, node_source(n));
		return v;
	}
	if (n->kind != NODE_STRING)
		text = node_source(n);
	return value_text_new(m->arena, text, n);
}

/* ---- reading ---- */

/* The expression may be the text, which is not read. */
static void note_unread(const struct reader *r, const struct node *n, void *d)
{
	mentions_note(r->model, r->scope, n, d);
}

static void add_statement(const struct reader *r, struct document *d, const struct value *v,
			  const struct node *written)
{
	if (v->kind != VALUE_MAP) {
		size_t before = d->statements.n;
		reader_each_own(r, v->origin, note_unread, d);
		document_scan(r, d, written,
			      issue_dynamic("a statement is computed by an expression"));
		if (v->kind != VALUE_NULL || d->statements.n > before)
			d->open = true;
		return;
	}
	struct statement *s = document_add(r, d, v->origin);
	statement_read(r, s, v);
	statement_place(r, s, v, written);
}

/* The largest policy has 32768 characters [6.1], and each part of it at least two. */
#define MAX_PARTS 20000

static void read_statements(const struct reader *r, struct document *d, const struct value *v,
			    const struct node *written)
{
	if (v->size > MAX_PARTS) {
		reader_each_own(r, v->origin, note_unread, d);
		document_scan(r, d, written,
			      issue_dynamic("the policy is larger than any that AWS takes"));
		d->open = true;
		return;
	}
	document_find_site(r, d, v, written);
	d->open |= v->open;
	if (v->kind != VALUE_LIST) {
		add_statement(r, d, v, written);
		return;
	}
	for (size_t i = 0; i < v->n; i++)
		add_statement(r, d, value_inside(r->model->arena, v, i), value_item(v, i)->node);
	if (v->open) /* what the list hides may still be written here, in a branch or a loop */
		document_scan(r, d, written,
			      issue_dynamic("a statement is computed by an expression"));
}

static void read_map(const struct reader *r, struct document *d, const struct value *map)
{
	struct model *m = r->model;
	bool seen = false;
	if (map->open)
		issue_add(m->arena, &d->issues, "TF-DYNAMIC",
			  "the policy document has members with computed or merged names");
	for (size_t i = 0; i < map->n; i++) {
		const struct value_item *item = value_item(map, i);
		str text;
		if (str_eq(item->key, S("Statement")) && !seen) {
			seen = true;
			read_statements(r, d, value_inside(m->arena, map, i),
					item->node->kind == NODE_PAIR ? item->node->last :
									item->node);
		} else if (str_eq(item->key, S("Version")) && value_text(item->value, &text)) {
			d->version = text;
		} else if (!str_eq(item->key, S("Id"))) {
			issue_add(m->arena, &d->issues, "TF-DYNAMIC",
				  "'%.*s' is not understood in a policy document",
				  STR_ARG(item->key));
		}
	}
	if (!seen)
		issue_add(m->arena, &d->issues, "TF-DYNAMIC",
			  "the policy document has no readable Statement");
}

/* A file is parsed once: whoever loads it reads the same nodes. */
static const struct tree *file_tree(struct model *m, const struct file *f, struct syntax_error *e)
{
	struct tree *tree = map_find_at(&m->trees, f);
	if (tree || !json_parse(&tree, f, m->arena, e))
		return tree;
	map_put_at(&m->trees, m->arena, f, tree);
	return tree;
}

/* JSON in a heredoc, parsed once: all instances of its module read the same nodes. */
static struct tree *heredoc_tree(struct model *m, const struct node *heredoc,
				 struct syntax_error *e)
{
	struct tree *tree = map_find_at(&m->trees, heredoc);
	if (tree || !json_parse_heredoc(&tree, heredoc, m->arena, e))
		return tree;
	map_put_at(&m->trees, m->arena, heredoc, tree);
	return tree;
}

/* The same for a template file. */
static const struct tree *template_tree(struct model *m, const struct file *f,
					struct syntax_error *e)
{
	const void **key = arena_array(m->arena, 2, sizeof(*key));
	struct tree *text, *tree;
	key[0] = f;
	str name = { (const char *)key, 2 * sizeof(*key) };
	struct tree *known = map_find(&m->trees, name);
	if (known || !hcl_parse_template(&text, f, m->arena, e) ||
	    !(tree = heredoc_tree(m, text->root, e)))
		return known;
	map_put(&m->trees, m->arena, name, tree);
	return tree;
}

/* A JSON text to its value; NULL when it does not parse or is not JSON text at all. */
static const struct value *json_text(const struct reader *r, const struct value *text,
				     struct syntax_error *e)
{
	struct model *m = r->model;
	if (text->kind == VALUE_FILE) {
		const struct tree *file = file_tree(m, text->file, e);
		return file ? json_value(m, file->root) : NULL;
	}
	if (text->kind == VALUE_TEMPLATE) {
		const struct tree *file = template_tree(m, text->file, e);
		return file ? r->eval(text->owner, file->root) : NULL;
	}
	if ((text->kind == VALUE_TEXT || text->kind == VALUE_UNKNOWN) &&
	    text->origin->kind == NODE_HEREDOC) {
		const struct tree *json = heredoc_tree(m, text->origin, e);
		return json ? r->eval(text->owner ? text->owner : r->ctx, json->root) : NULL;
	}
	e->offset = text->origin->start;
	e->reason = "the policy is not written as JSON that can be edited in place";
	return NULL;
}

static const struct value *map_of(const struct reader *r, const struct value *text,
				  struct syntax_error *e)
{
	e->offset = text->origin->start;
	e->reason = "the policy is computed by an expression";
	if (text->kind == VALUE_JSON)
		return value_at(text, 0);
	return json_text(r, text, e);
}

const struct value *document_map(const struct reader *r, const struct value *text)
{
	struct reader at = *r;
	struct syntax_error e;
	if (text->scope)
		at.scope = text->scope;
	return map_of(&at, text, &e);
}

static void add_escaped(struct buf *b, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c < ' ')
			buf_printf(b, "\\u%04x", c);
		else if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else
			buf_addc(b, s.p[i]);
	}
}

/* The JSON text with its references as they are in canonical texts, so that they stay unknown. */
static str escaped_references(struct arena *a, str text)
{
	struct buf b = { 0 };
	str part;
	bool ref;
	while (text_next(&text, &part, &ref)) {
		if (ref)
			add_escaped(&b, ref_text(a, part));
		else
			buf_add(&b, part);
	}
	str out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

/* A policy as a quoted JSON string: readable, but not editable in place. */
static const struct value *quoted_json(const struct reader *r, const struct value *text)
{
	struct model *m = r->model;
	struct tree *tree = NULL;
	struct syntax_error e;
	if (text->kind != VALUE_TEXT || !str_starts(str_trim(text->text), S("{")))
		return NULL;
	struct file *f = ARENA_NEW(m->arena, struct file);
	*f = *text->origin->tree->file;
	f->text = escaped_references(m->arena, text->text);
	return json_parse(&tree, f, m->arena, &e) ? json_value(m, tree->root) : NULL;
}

static struct document *read_quoted(const struct reader *r, const struct value *text,
				    const struct value *map)
{
	struct document *d = document_new(r, text->origin);
	read_map(r, d, map);
	for (size_t i = 0; i < d->statements.n; i++) {
		d->statements.v[i]->node = text->origin;
		issue_add(r->model->arena, &d->statements.v[i]->issues, "TF-DYNAMIC",
			  "the policy is a quoted JSON string, which is not edited; write it %s",
			  r->scope->unit->language->instead);
	}
	document_no_site(d, "KEY-TEXT", "the policy is a quoted JSON string, which is not edited");
	return d;
}

/* ---- texts that cannot be read ---- */

/* Where a target may be named, and whether it is. */
struct text_scan {
	const struct reader *r;
	bool found;
	bool own; /* it is the text itself, not what it speaks of elsewhere */
};

static bool names_target(str source)
{
	return !str_has(source, S("Principal")) &&
	       (str_has(source, S("kms:Decrypt")) || str_has(source, S("kms:ReEncrypt")));
}

/* What the expression is made of: texts, and files that it loads. */
static void scan_node(void *scan, const struct node *n)
{
	struct text_scan *x = scan;
	const struct value *v = NULL;
	if (x->own && reader_passes_over(x->r, n))
		return;
	if (n->kind == NODE_CALL && str_has(n->name, S("file")))
		v = x->r->eval(x->r->ctx, n);
	if (n->kind == NODE_STRING || n->kind == NODE_HEREDOC)
		x->found |= names_target(node_source(n));
	else if (v && v->file)
		x->found |= names_target(v->file->text);
	for (const struct node *c = n->first; c && !x->found; c = c->next)
		scan_node(scan, c);
}

static void scan_mentioned(const struct reader *r, const struct node *n, void *scan)
{
	mentions_visit(r->model, r->scope, n, scan_node, scan);
}

/* A text that is no JSON but names a target, or is made of one that does: one finding for the whole
 * of it. */
static void scan_text(const struct reader *r, struct document *d, const struct value *text,
		      const struct node *written)
{
	struct text_scan x = { r, text->file && names_target(text->file->text), true };
	struct element e = { .text = S("kms:Decrypt"), .node = written };
	if (!text->file)
		scan_node(&x, text->origin);
	x.own = false;
	if (!x.found && !text->file)
		reader_each_own(r, text->origin, scan_mentioned, &x);
	if (!x.found)
		return;
	/* Beside it there may be the texts of other instances, which change. */
	bool within = node_is_within(text->origin, written);
	struct statement *s = document_add(r, d, within ? text->origin : written);
	VEC_PUSH(r->model->arena, &s->actions, e);
	s->actions.present = s->actions.open = s->maybe = true;
	s->resources.open = s->conditions.open = true;
	issue_add(r->model->arena, &s->issues, d->unit->language->dynamic,
		  "the text of the policy is no JSON that can be read");
}

/* The name of a text in model.by_node: the same node is another text in another scope. */
static str text_key(const struct reader *r, const struct value *text, const struct node *node)
{
	const void **key = arena_array(r->model->arena, 3, sizeof(*key));
	key[0] = text->file ? (const void *)text->file : node;
	key[1] = r->scope;
	key[2] = text->kind == VALUE_TEMPLATE ? text->owner : r->instance;
	return (str){ (const char *)key, 3 * sizeof(*key) };
}

/* Reads the text into a new document. */
static void read_text(const struct reader *r, struct document *d, const struct value *text,
		      const struct value *map, const char *why, const struct node *written)
{
	struct model *m = r->model;
	if (map && map->kind == VALUE_MAP) {
		read_map(r, d, map);
	} else {
		d->open = true;
		document_no_site(d, "TF-DYNAMIC", why);
		issue_add(m->arena, &d->issues, "TF-DYNAMIC", "%s", why);
		document_scan(r, d, written, issue_dynamic(why));
		reader_each_own(r, text->origin, note_unread, d);
		if (!d->statements.n)
			scan_text(r, d, text, written);
	}
	if (text->file && d->site.kind != SITE_NONE)
		d->plain = true;
	if (text->maybe)
		issue_add(m->arena, &d->issues, "CONDITIONAL",
			  "the policy is this text only under a condition");
}

struct document *document_read(const struct reader *reader, const struct value *text,
			       const struct node *written)
{
	struct reader r = *reader;
	struct model *m = r.model;
	struct syntax_error e = { 0 };
	if (text->scope)
		r.scope = text->scope; /* the text uses the names of the place it is written in */
	const struct value *map = map_of(&r, text, &e);
	if (!map && (map = quoted_json(&r, text)))
		return read_quoted(&r, text, map);
	const struct node *node = map && map->kind == VALUE_MAP ? map->origin : written;
	str key = text_key(&r, text, node);
	struct document *d = map_find(&m->by_node, key);
	bool known = d != NULL;
	if (!known)
		d = document_new(&r, node);
	const struct via *via = map && map->via ? map->via : text->via;
	if (via)
		VEC_PUSH(m->arena, &d->vias, via);
	if (known)
		return d;
	map_put(&m->by_node, m->arena, key, d);
	read_text(&r, d, text, map, e.reason, written);
	return d;
}
