/* SPDX-License-Identifier: MIT */
/*
 * Variables of the Serverless Framework that the repository answers alone: `${self:…}` and
 * `${file(…)}` of YAML and JSON. Each other one stays unknown, and so does a text with one in it.
 */
#include "cfn.h"

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "value.h"

/* Files of services, and how often those that stand in several places are looked at. */
#define MAX_INCLUDES 5000
#define MAX_REPEATS 10000

/* A file of a service: which service it is of, and how many places include it. */
struct include {
	const struct cfn_template *service; /* NULL: several */
	const struct cfn_template *last;    /* in which it was found */
	bool ambiguous;
	size_t places;
	size_t order; /* in which it was found: only later ones are followed, so there is an end */
};

static struct include *include_of(const struct cfn *c, const struct tree *t)
{
	return map_find_at(&c->includes, t);
}

static void put_include(struct cfn *c, const struct tree *t, struct include *i)
{
	map_put_at(&c->includes, c->model->arena, t, i);
}

/* ---- ${file(…)} ---- */

static bool begins_as_file(const struct node *n)
{
	return n->kind == NODE_STRING && str_starts(node_decoded(n), S("${file("));
}

/* The whole text is `${file(path)}` or `${file(path):key}`. */
static bool is_file(const struct node *n, str *path, str *key)
{
	str text = node_decoded(n);
	size_t close = str_find(text, S(")"), 0);
	if (!begins_as_file(n) || close == SIZE_MAX)
		return false;
	*path = str_trim(str_sub(text, 7, close));
	text = str_sub(text, close + 1, text.n);
	*key = S("");
	if (str_starts(text, S(":")) && text.n > 2)
		*key = str_sub(text, 1, text.n - 1);
	return !str_has(*path, S("$")) && !str_has(*key, S("$")) && !str_has(*key, S(",")) &&
	       str_eq(str_sub(text, key->n ? key->n + 1 : 0, text.n), S("}"));
}

static struct tree *file_tree(struct cfn *c, const struct cfn_template *service, str rel)
{
	str path;
	if (!service || !path_join(c->model->arena, path_dir(service->file->path), rel, &path) ||
	    !(str_ends(path, S(".yml")) || str_ends(path, S(".yaml")) ||
	      str_ends(path, S(".json"))))
		return NULL;
	return cfn_tree(c, path);
}

static const struct node *below(struct cfn *c, const struct node *n, str path)
{
	for (size_t at = 0, dot; n && at < path.n; at = dot + 1) {
		dot = str_find(path, S("."), at);
		if (dot == SIZE_MAX)
			dot = path.n;
		n = cfn_get(c, n, str_z(c->model->arena, str_sub(path, at, dot)));
	}
	return n;
}

const struct node *cfn_included(struct cfn *c, const struct node *n)
{
	const struct include *i = begins_as_file(n) ? include_of(c, n->tree) : NULL;
	str path, key;
	if (!i || !is_file(n, &path, &key))
		return NULL;
	const struct tree *t = file_tree(c, i->service, path);
	const struct include *to = t ? include_of(c, t) : NULL;
	if (!to || to->order <= i->order)
		return NULL;
	if (to->places > 1 && c->repeats++ >= MAX_REPEATS)
		return NULL;
	return below(c, t->root, key);
}

/* ---- which files a service has ---- */

static void scan(struct cfn *c, struct cfn_template *service, const struct node *root);

static void note_doubled(struct cfn *c, struct cfn_template *service, const struct include *i,
			 const struct tree *t)
{
	if (i->ambiguous)
		VEC_PUSH(c->model->arena, &service->doubled, t->root);
}

static void add_include(struct cfn *c, struct cfn_template *service, const struct node *n)
{
	str path, key;
	struct tree *t = is_file(n, &path, &key) ? file_tree(c, service, path) : NULL;
	struct include *known = t ? include_of(c, t) : NULL;
	if (!t || c->includes.n >= MAX_INCLUDES)
		return;
	if (known) {
		known->places++;
		if (known->last != service)
			note_doubled(c, service, known, t);
		if (known->service != service)
			known->service = NULL;
		known->last = service;
		return;
	}
	known = ARENA_NEW(c->model->arena, struct include);
	*known = (struct include){ service, service, cfn_is_ambiguous(c, t->root), 1,
				   c->includes.n };
	put_include(c, t, known);
	note_doubled(c, service, known, t);
	struct cfn_template *part = map_find(&c->by_path, t->file->path);
	if (part && part->kind == CFN_TEMPLATE)
		part->part = true;
	scan(c, service, t->root);
}

static void scan(struct cfn *c, struct cfn_template *service, const struct node *root)
{
	const struct node *n = root;
	while (n) {
		add_include(c, service, n);
		if (n->first) {
			n = n->first;
			continue;
		}
		while (n != root && !n->next)
			n = n->parent;
		n = n == root ? NULL : n->next;
	}
}

void cfn_includes(struct cfn *c)
{
	for (size_t i = 0; i < c->templates.n; i++) {
		struct cfn_template *t = c->templates.v[i];
		struct include *own = ARENA_NEW(c->model->arena, struct include);
		*own = (struct include){ t, t, false, 1, c->includes.n };
		if (t->kind != CFN_SERVERLESS)
			continue;
		put_include(c, t->root->tree, own);
		scan(c, t, t->root);
	}
}

void cfn_check_repeats(struct cfn_stack *s)
{
	if (s->of->kind == CFN_SERVERLESS && s->cfn->repeats > MAX_REPEATS)
		issue_add(s->model->arena, &s->unit->issues, "SLS-DYNAMIC",
			  "the services include the same files too often");
}

bool cfn_is_shared(const struct cfn *c, const struct node *n)
{
	const struct include *i = include_of(c, n->tree);
	if (node_is_shared(n) || (i && i->places > 1))
		return true;
	for (; n; n = n->parent)
		if (map_find_at(&c->reached, n))
			return true;
	return false;
}

/* ---- ${self:…} ---- */

bool cfn_is_filled(const struct node *n)
{
	return n->kind == NODE_STRING && n->flags & FLAG_DECODED &&
	       str_has(node_decoded(n), S("${self:"));
}

/* What stands there is not of this place alone. */
static void note_reached(struct cfn *c, const struct node *n)
{
	static char there;
	map_put_at(&c->reached, c->model->arena, n, &there);
}

/* The value as that of the variable, which nothing is changed in. */
static const struct value *as_variable(struct cfn_stack *s, const struct value *v,
				       const struct node *n)
{
	struct arena *a = s->model->arena;
	struct value_item *items = arena_array(a, v->n + 1, sizeof(*items));
	if (v->kind == VALUE_MAP)
		return v;
	for (size_t i = 0; i < v->n; i++) {
		items[i] = *value_item(v, i);
		if (items[i].value->kind != VALUE_MAP)
			items[i].node = n;
	}
	struct value *copy = value_with(a, v, items, v->n);
	copy->origin = n;
	return copy;
}

const struct node *cfn_self_node(struct cfn_stack *s, str path)
{
	if (s->of->kind != CFN_SERVERLESS || str_has(path, S("$")) || str_has(path, S(",")))
		return NULL;
	return below(s->cfn, s->of->root, path);
}

const struct value *cfn_self(struct cfn_stack *s, const struct node *n, str path)
{
	struct cfn *c = s->cfn;
	const struct node *at = cfn_self_node(s, path);
	if (!at || c->hops >= CFN_MAX_HOPS)
		return NULL;
	c->hops++;
	const struct value *v = cfn_eval(s, at);
	c->hops--;
	if (at->kind == NODE_MAP || at->kind == NODE_SEQ)
		note_reached(c, at);
	return v->kind == VALUE_UNKNOWN ? NULL : as_variable(s, v, n);
}

/* The literal text of the variable between the braces. */
static bool literal(struct cfn_stack *s, const struct node *n, str variable, str *out)
{
	const struct value *v = str_starts(variable, S("self:")) ?
					cfn_self(s, n, str_sub(variable, 5, variable.n)) :
					NULL;
	if (!v || v->maybe || v->kind != VALUE_TEXT)
		return false;
	*out = v->text;
	return text_is_literal(*out);
}

const struct value *cfn_filled(struct cfn_stack *s, const struct node *n, str text)
{
	struct buf b = { 0 };
	bool known = true;
	size_t at = 0, open;
	if (str_starts(text, S("${self:")) && str_find(text, S("}"), 0) == text.n - 1)
		return cfn_self(s, n, str_sub(text, 7, text.n - 1));
	while (known && (open = str_find(text, S("${"), at)) != SIZE_MAX) {
		size_t close = str_find(text, S("}"), open);
		str part = S("");
		known = close != SIZE_MAX && literal(s, n, str_sub(text, open + 2, close), &part);
		buf_add(&b, str_sub(text, at, open));
		buf_add(&b, part);
		known &= b.n <= VALUE_MAX_TEXT;
		at = close + 1;
	}
	if (known)
		buf_add(&b, str_sub(text, at, text.n));
	str out = str_dup(s->model->arena, buf_str(&b));
	buf_free(&b);
	struct value *v = value_text_new(s->model->arena, out, n);
	v->scope = s->scope;
	return known ? v : NULL;
}
