/* SPDX-License-Identifier: MIT */
/*
 * References between the blocks of a directory. A traversal is normalised to an address and the
 * steps after it ("aws_kms_key.k" and "[0].arn"), so that `k.0.arn`, `k[0].arn` and `k [ 0 ].arn`
 * are one text.
 */
#include "tf_func.h"

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

/* ---- traversals ---- */

struct steps {
	const struct node *v[SYNTAX_MAX_DEPTH + 2]; /* outermost last; v[0] is the NAME */
	size_t n;
};

/* `resource.aws_x.y` is another way to say `aws_x.y`. */
static void drop_prefix(struct steps *steps)
{
	if (steps->n < 3 || !str_eq(steps->v[0]->name, S("resource")) ||
	    steps->v[1]->kind != NODE_GETATTR)
		return;
	steps->n--;
	memmove(steps->v, steps->v + 1, steps->n * sizeof(*steps->v));
}

/* The chain from its NAME outwards; false when it starts with something else. */
static bool collect_steps(const struct node *n, struct steps *steps)
{
	size_t depth = 0;
	for (const struct node *c = n;; c = c->first) {
		if (depth > SYNTAX_MAX_DEPTH)
			return false;
		depth++;
		if (c->kind == NODE_NAME)
			break;
		if (c->kind != NODE_GETATTR && c->kind != NODE_INDEX && c->kind != NODE_SPLAT)
			return false;
	}
	steps->n = depth;
	for (const struct node *c = n; depth > 0; c = c->first)
		steps->v[--depth] = c;
	drop_prefix(steps);
	return true;
}

struct rendering {
	struct tf_block *scope; /* what indexes are evaluated in; NULL: not at all */
	const struct tf_block *to;
	struct arena *arena;
	struct buf out;
};

/* An index that is known: a number of count, a key of for_each. */
static bool known_index(struct rendering *r, const struct node *key)
{
	str text;
	if (key->kind == NODE_STRING && node_text(key, r->arena, &text)) {
		buf_printf(&r->out, "\"%.*s\"", STR_ARG(text));
		return true;
	}
	if (!r->scope || key->kind == NODE_NUMBER)
		return false;
	const struct value *v = tf_eval(r->scope, key);
	if (!value_is_literal(v))
		return false;
	bool by_key = r->to ? r->to->by_key : !v->text.n || !ascii_is_digit(v->text.p[0]);
	buf_printf(&r->out, by_key ? "\"%.*s\"" : "%.*s", STR_ARG(v->text));
	return true;
}

static void render_step(struct rendering *r, const struct node *n);

/* The chain that a splat applies to each element, down to its ITEM. */
static void render_each(struct rendering *r, const struct node *n)
{
	if (n->kind == NODE_ITEM)
		return;
	render_each(r, n->first);
	render_step(r, n);
}

static void render_step(struct rendering *r, const struct node *n)
{
	if (n->kind == NODE_GETATTR) {
		buf_addc(&r->out, '.');
		buf_add(&r->out, n->name);
	} else if (n->kind == NODE_INDEX) {
		buf_addc(&r->out, '[');
		if (!known_index(r, n->last))
			buf_add(&r->out, node_source(n->last));
		buf_addc(&r->out, ']');
	} else {
		buf_add(&r->out, S("[*]"));
		render_each(r, n->last);
	}
}

/*
 * `a.b.c` without a blank or an index, as nearly all are, is normal already: its source is taken
 * apart where it stands (a third of noting the references of a directory).
 */
static bool is_plain(const struct steps *steps)
{
	size_t n = steps->v[0]->name.n;
	for (size_t i = 1; i < steps->n; i++) {
		if (steps->v[i]->kind != NODE_GETATTR)
			return false;
		n += 1 + steps->v[i]->name.n;
	}
	return n == node_source(steps->v[steps->n - 1]).n;
}

bool tf_traversal(struct tf_block *scope, const struct node *n, struct arena *a, str *address,
		  str *rest)
{
	struct steps steps;
	struct rendering r = { .scope = scope, .arena = a };
	if (!collect_steps(n, &steps))
		return false;
	str root = steps.v[0]->name;
	size_t named = str_eq(root, S("data")) ? 3 : 2;
	if (steps.n < named)
		return false;
	if (is_plain(&steps)) {
		str source = node_source(n);
		size_t end = node_source(steps.v[named - 1]).n;
		*address = str_sub(source, 0, end);
		*rest = str_sub(source, end, source.n);
		return true;
	}
	buf_add(&r.out, root);
	for (size_t i = 1; i < named; i++) {
		if (steps.v[i]->kind != NODE_GETATTR) {
			buf_free(&r.out);
			return false;
		}
		render_step(&r, steps.v[i]);
	}
	*address = str_dup(a, buf_str(&r.out));
	r.out.n = 0;
	r.to = scope ? tf_find(scope->module, *address) : NULL;
	for (size_t i = named; i < steps.n; i++)
		render_step(&r, steps.v[i]);
	*rest = str_dup(a, buf_str(&r.out));
	buf_free(&r.out);
	return true;
}

/* ---- links ---- */

struct walk {
	const struct tf_declared *from;
	struct arena *scratch;
	/* The next ones whose nodes are to be found; NULL: they are new. */
	struct tf_link *again;
	struct tf_file_call *again_call;
	str attr;
};

/* Terraform refuses a module that refers to what an edit took away, but for where it has moved. */
static void check_gone(const struct walk *w, str address)
{
	struct tf_dir *dir = w->from->dir;
	if (dir->was && map_find(&dir->was->index, address) && !str_eq(w->from->type, S("moved")))
		issue_add(dir->model->arena, &dir->issues, "TF-DYNAMIC",
			  "'%.*s' refers to '%.*s', which is gone", STR_ARG(w->from->address),
			  STR_ARG(address));
}

static const struct node *around(const struct node *n)
{
	do
		n = n->parent;
	while (n && n->kind == NODE_PAREN);
	return n;
}

static bool compares(const struct node *n, const char *with)
{
	return n && n->kind == NODE_BINARY && str_eq(node_source(n->last), str_from(with)) &&
	       (n->op == OP_EQ || n->op == OP_NE || (n->op == OP_GT && *with == '0'));
}

/* What the traversal, which is all of the local, variable or output, is asked for. */
static enum asks asks_of(const struct node *n, str rest, bool output)
{
	const struct node *up = around(n);
	str within = output && rest.n ? str_sub(rest, 1, rest.n) : rest;
	if (output ? !within.n || str_has(within, S(".")) || str_has(within, S("[")) : within.n)
		return ASKS_ALL;
	if (compares(up, "null"))
		return ASKS_NULL;
	if (compares(up, "\"\""))
		return ASKS_ANY;
	if (!up || up->kind != NODE_CALL || !str_eq(up->name, S("length")))
		return ASKS_ALL;
	return compares(around(up), "0") ? ASKS_ANY : ASKS_COUNT;
}

static void link_ref(struct walk *w, const struct node *n, str address, str rest)
{
	struct tf_dir *dir = w->from->dir;
	const struct tf_declared *to = map_find(&dir->index, address);
	struct tf_link link = { w->from->position, 0, w->attr, rest, ASKS_ALL, n };
	if (!to && !w->again)
		check_gone(w, address);
	if (!to)
		return;
	if (w->again) {
		w->again++->node = n;
		return;
	}
	link.to = to->position;
	link.asks = asks_of(n, rest, str_eq(to->type, S("module")));
	VEC_PUSH(w->scratch, &dir->links, link);
}

/* "aws_x.y" or "data.x.y" as plain text: see has_plain_names(). */
static void link_plain(struct walk *w, const struct node *n, str text)
{
	if (str_starts(text, S("resource.")))
		text = str_sub(text, sizeof("resource.") - 1, text.n);
	size_t dots = str_starts(text, S("data.")) ? 3 : 2, end = 0;
	while (end < text.n && text.p[end] != '[') {
		if (text.p[end] == '.' && --dots == 0)
			break;
		end++;
	}
	link_ref(w, n, str_sub(text, 0, end), str_sub(text, end, text.n));
}

static bool is_word(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-' || c == '.';
}

/* Each word of a template that cannot be read may be a reference. */
static void link_words(struct walk *w, const struct node *n, str text)
{
	for (size_t i = 0, start = 0; i <= text.n; i++) {
		if (i < text.n && is_word(text.p[i]))
			continue;
		if (i > start)
			link_plain(w, n, str_sub(text, start, i));
		start = i + 1;
	}
}

static void note_file_call(struct walk *w, const struct node *n)
{
	struct tf_dir *dir = w->from->dir;
	struct tf_file_call call = { w->from->position, w->attr, n };
	if (!tf_loads_file(n))
		return;
	if (w->again)
		w->again_call++->node = n;
	else
		VEC_PUSH(dir->model->arena, &dir->file_calls, call);
}

static bool is_traversal(const struct node *n)
{
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT ||
	       n->kind == NODE_NAME;
}

/* Where .tf.json has names as plain texts: in lifecycle those of replace_triggered_by. */
static bool has_plain_names(str attr)
{
	static const char *const attrs[] = { "depends_on", "provider", "lifecycle" };
	for (size_t i = 0; i < sizeof(attrs) / sizeof(*attrs); i++)
		if (str_eq(attr, str_from(attrs[i])))
			return true;
	return false;
}

/* Depth is bounded by the parser's limit; a template inside a JSON string adds at most as much
 * again. */
static void walk_node(struct walk *w, const struct node *n)
{
	struct arena *a = w->from->dir->model->arena;
	str address, rest, text;
	if (n->kind == NODE_STRING && n->tree->lang == LANG_JSON && !n->tree->host && !n->first) {
		struct node *template;
		struct syntax_error e;
		if (!json_string_template(&template, n, a, &e)) {
			link_words(w, n, node_source(n));
		} else if (template->first) {
			for (const struct node *c = template->first; c; c = c->next)
				walk_node(w, c);
		} else if (has_plain_names(w->attr) && node_text(n, a, &text)) {
			link_plain(w, n, text);
		}
		return;
	}
	if (n->kind == NODE_STRING && str_eq(w->attr, S("depends_on")) && node_text(n, a, &text))
		link_plain(w, n, text); /* as they once were written */
	if (n->kind == NODE_CALL)
		note_file_call(w, n);
	if (is_traversal(n) && tf_traversal(NULL, n, a, &address, &rest))
		link_ref(w, n, address, rest);
	for (const struct node *c = n; c && is_traversal(c); c = c->first) {
		if (c->kind == NODE_INDEX || c->kind == NODE_SPLAT)
			walk_node(w, c->last);
		n = c;
	}
	if (n->kind == NODE_NAME)
		return;
	const struct node *first = n->first;
	if (is_traversal(n))
		return walk_node(w, first); /* the chain starts with a call, a bracket, … */
	if (n->kind == NODE_PAIR && first->kind == NODE_NAME)
		first = first->next; /* a bare key is no reference */
	for (const struct node *c = first; c; c = c->next)
		walk_node(w, c);
}

/* What an override file says of a block belongs to it, and is waited for with it [11.19]. */
static void link_override(struct walk *w, const struct tf_declared *b)
{
	for (uint32_t i = 1; i <= b->overrides; i++)
		link_ref(w, b->node, tf_override_of(b, i), S(""));
}

static void link_block(struct walk *w, const struct tf_declared *b)
{
	w->from = b;
	w->attr = S("");
	link_override(w, b);
	if (b->expr) {
		walk_node(w, b->expr);
		return;
	}
	if (str_eq(b->type, S("variable")))
		return;
	for (const struct node *c = b->body->first; c; c = c->next) {
		str key;
		w->attr = c->name;
		if (pair_key(c, b->dir->model->arena, &key))
			w->attr = key;
		walk_node(w, c->kind == NODE_PAIR ? c->last : c);
	}
}

void tf_link(struct tf_dir *dir, struct arena *scratch)
{
	struct walk w = { .scratch = scratch };
	struct tf_links *l = &dir->links;
	for (size_t i = 0; i < dir->blocks.n; i++)
		link_block(&w, dir->blocks.v[i]);
	/* They are many, so they get no more room than they need. */
	struct tf_link *v = arena_array(dir->model->arena, l->n, sizeof(*v));
	if (l->n)
		memcpy(v, l->v, l->n * sizeof(*v));
	l->v = v;
	l->cap = l->n;
}

void tf_link_again(struct tf_dir *dir, size_t first, size_t end)
{
	struct walk w = { .again = dir->links.v + dir->links.first_from[first],
			  .again_call = dir->file_calls.v };
	for (size_t i = 0; i < dir->file_calls.n && dir->file_calls.v[i].from < first; i++)
		w.again_call++;
	for (size_t i = first; i < end; i++)
		link_block(&w, dir->blocks.v[i]);
}
