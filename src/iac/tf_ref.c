/* SPDX-License-Identifier: MIT */
/*
 * References between blocks, and the cycles they make. A traversal is normalised to an address and
 * the steps after it ("aws_kms_key.k" and "[0].arn"), so that `k.0.arn`, `k[0].arn` and `k [ 0
 * ].arn` are one text.
 */
#include <stdlib.h>

#include "tf.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

/* ---- traversals ---- */

struct steps {
	const struct node *v[SYNTAX_MAX_DEPTH + 2]; /* outermost last; v[0] is the NAME */
	size_t n;
};

/* The chain from its NAME outwards; false when it starts with something else. */
static bool collect_steps(const struct node *n, struct steps *steps)
{
	size_t depth = 0;
	for (const struct node *c = n; c; c = c->first) {
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
	return steps->n > 0 && steps->v[0]->kind == NODE_NAME;
}

static void render_index(const struct node *key, struct arena *a, struct buf *out)
{
	str text;
	buf_addc(out, '[');
	if (key->kind == NODE_STRING && node_text(key, a, &text))
		buf_printf(out, "\"%.*s\"", STR_ARG(text));
	else
		buf_add(out, node_source(key));
	buf_addc(out, ']');
}

static void render_step(const struct node *n, struct arena *a, struct buf *out);

/* The chain that a splat applies to each element, down to its ITEM. */
static void render_each(const struct node *n, struct arena *a, struct buf *out)
{
	if (!n || n->kind == NODE_ITEM)
		return;
	render_each(n->first, a, out);
	render_step(n, a, out);
}

static void render_step(const struct node *n, struct arena *a, struct buf *out)
{
	if (n->kind == NODE_GETATTR) {
		buf_addc(out, '.');
		buf_add(out, n->name);
	} else if (n->kind == NODE_INDEX) {
		render_index(n->last, a, out);
	} else if (n->kind == NODE_SPLAT) {
		buf_add(out, S("[*]"));
		render_each(n->last, a, out);
	}
}

bool tf_traversal(const struct node *n, struct arena *a, str *address, str *rest)
{
	struct steps steps;
	if (!collect_steps(n, &steps))
		return false;
	str root = steps.v[0]->name;
	size_t named = str_eq(root, S("data")) ? 3 : 2;
	if (steps.n < named)
		return false;
	struct buf b = { 0 };
	buf_add(&b, root);
	for (size_t i = 1; i < named; i++) {
		if (steps.v[i]->kind != NODE_GETATTR) {
			buf_free(&b);
			return false;
		}
		render_step(steps.v[i], a, &b);
	}
	*address = str_dup(a, buf_str(&b));
	b.n = 0;
	for (size_t i = named; i < steps.n; i++)
		render_step(steps.v[i], a, &b);
	*rest = str_dup(a, buf_str(&b));
	buf_free(&b);
	return true;
}

/* ---- links ---- */

struct walk {
	struct tf_block *from;
	str attr;
};

static void link_ref(struct walk *w, const struct node *n, str address, str rest)
{
	struct arena *a = w->from->module->model->arena;
	struct tf_block *to = tf_find(w->from->module, address);
	if (!to)
		return;
	struct tf_ref *ref = ARENA_NEW(a, struct tf_ref);
	*ref = (struct tf_ref){
		.from = w->from, .to = to, .attr = w->attr, .rest = rest, .node = n
	};
	VEC_PUSH(a, &w->from->refs, ref);
	VEC_PUSH(a, &to->users, ref);
}

/* "aws_x.y" or "data.x.y" as plain text: how .tf.json spells depends_on. */
static void link_plain(struct walk *w, const struct node *n, str text)
{
	size_t dots = str_starts(text, S("data.")) ? 3 : 2, end = 0;
	while (end < text.n && text.p[end] != '[') {
		if (text.p[end] == '.' && --dots == 0)
			break;
		end++;
	}
	link_ref(w, n, str_sub(text, 0, end), str_sub(text, end, text.n));
}

static void note_file_call(struct walk *w, const struct node *n)
{
	struct tf_module *mod = w->from->module;
	struct tf_file_call call = { w->from, w->attr, n };
	if (str_eq(n->name, S("file")) || str_eq(n->name, S("templatefile")))
		VEC_PUSH(mod->model->arena, &mod->file_calls, call);
}

static bool is_traversal(const struct node *n)
{
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT ||
	       n->kind == NODE_NAME;
}

/* Depth is bounded by the parser's limit; a template inside a JSON string adds at most as much
 * again. */
static void walk_node(struct walk *w, const struct node *n)
{
	struct arena *a = w->from->module->model->arena;
	str address, rest, text;
	if (n->kind == NODE_STRING && n->tree->lang == LANG_JSON && !n->tree->host && !n->first) {
		struct node *template;
		struct syntax_error e;
		if (json_string_template(&template, n, a, &e) && template->first) {
			for (const struct node *c = template->first; c; c = c->next)
				walk_node(w, c);
		} else if ((str_eq(w->attr, S("depends_on")) || str_eq(w->attr, S("provider"))) &&
			   node_text(n, a, &text)) {
			link_plain(w, n, text);
		}
		return;
	}
	if (n->kind == NODE_CALL)
		note_file_call(w, n);
	if (is_traversal(n) && tf_traversal(n, a, &address, &rest))
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

static void link_block(struct tf_block *b)
{
	struct walk w = { .from = b };
	if (b->expr) {
		walk_node(&w, b->expr);
		return;
	}
	if (!b->body || str_eq(b->type, S("variable")))
		return;
	for (const struct node *c = b->body->first; c; c = c->next) {
		str key;
		w.attr = c->name;
		if (c->kind == NODE_PAIR && pair_key(c, b->module->model->arena, &key))
			w.attr = key;
		walk_node(&w, c->kind == NODE_PAIR ? c->last : c);
	}
}

void tf_link(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->blocks.n; i++)
		link_block(mod->blocks.v[i]);
}

/* ---- cycles: Tarjan's algorithm with its own stack, because the input chooses the depth ---- */

struct frame {
	struct tf_block *block;
	size_t next;
};

struct search {
	struct tf_module *mod;
	struct frame *frames;
	struct tf_block **stack;
	size_t depth, stacked, counter;
};

static int by_address(const void *x, const void *y)
{
	const struct tf_block *a = *(struct tf_block *const *)x, *b = *(struct tf_block *const *)y;
	return str_cmp(a->address, b->address);
}

static bool refers_to_itself(const struct tf_block *b)
{
	for (size_t i = 0; i < b->refs.n; i++)
		if (b->refs.v[i]->to == b)
			return true;
	return false;
}

static void record_cycle(struct search *s, size_t first)
{
	struct model *m = s->mod->model;
	size_t n = s->stacked - first;
	struct cycle cycle = { .unit = s->mod->unit };
	if (n == 1 && !refers_to_itself(s->stack[first]))
		return;
	qsort(s->stack + first, n, sizeof(*s->stack), by_address);
	for (size_t i = first; i < s->stacked; i++)
		strs_add(m->arena, &cycle.addresses, s->stack[i]->address);
	VEC_PUSH(m->arena, &m->cycles, cycle);
}

static void enter(struct search *s, struct tf_block *b)
{
	b->mark = b->low = ++s->counter;
	b->on_stack = true;
	s->stack[s->stacked++] = b;
	s->frames[s->depth++] = (struct frame){ b, 0 };
}

static void leave(struct search *s)
{
	struct tf_block *b = s->frames[--s->depth].block;
	if (b->low == b->mark) {
		size_t first = s->stacked;
		while (s->stack[--first] != b)
			s->stack[first]->on_stack = false;
		b->on_stack = false;
		record_cycle(s, first);
		s->stacked = first;
	}
	if (s->depth) {
		struct tf_block *parent = s->frames[s->depth - 1].block;
		if (b->low < parent->low)
			parent->low = b->low;
	}
}

static void step(struct search *s)
{
	struct frame *top = &s->frames[s->depth - 1];
	if (top->next == top->block->refs.n) {
		leave(s);
		return;
	}
	struct tf_block *to = top->block->refs.v[top->next++]->to;
	if (!to->mark)
		enter(s, to);
	else if (to->on_stack && to->mark < top->block->low)
		top->block->low = to->mark;
}

void tf_cycles(struct tf_module *mod)
{
	struct arena *a = mod->model->arena;
	struct search s = { .mod = mod };
	s.frames = arena_array(a, mod->blocks.n + 1, sizeof(*s.frames));
	s.stack = arena_array(a, mod->blocks.n + 1, sizeof(struct tf_block *));
	for (size_t i = 0; i < mod->blocks.n; i++) {
		if (mod->blocks.v[i]->mark)
			continue;
		enter(&s, mod->blocks.v[i]);
		while (s.depth)
			step(&s);
	}
}
