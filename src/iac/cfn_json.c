/* SPDX-License-Identifier: MIT */
/*
 * Policies as JSON in a literal block scalar, alone or as the text of Fn::Sub: read in place, where
 * it can be edited. Functions are plain objects there.
 */
#include "cfn.h"

#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

struct json_text {
	struct cfn_stack *stack;
	bool sub;
	const struct node *map; /* the variables of Fn::Sub, or NULL */
};

static const struct value *read_value(const struct json_text *t, const struct node *n);

static const struct value *read_items(const struct json_text *t, const struct node *n)
{
	struct arena *a = t->stack->model->arena;
	struct value_items items = { 0 };
	struct value *v;
	bool open = false;
	for (const struct node *c = n->first; c; c = c->next) {
		struct value_item item = { .node = c };
		if (c->kind == NODE_PAIR)
			open |= !pair_key(c, a, &item.key) || str_has(item.key, S("${"));
		item.value = read_value(t, c->kind == NODE_PAIR ? c->last : c);
		VEC_PUSH(a, &items, item);
	}
	v = value_items_new(a, n->kind == NODE_MAP ? VALUE_MAP : VALUE_LIST, &items, n);
	v->scope = t->stack->scope;
	v->open |= open && t->sub;
	return v;
}

static const struct value *read_string(const struct json_text *t, const struct node *n)
{
	const struct value *v = NULL;
	str text;
	if (t->sub)
		v = cfn_sub(t->stack, n, n, t->map);
	else if (node_text(n, t->stack->model->arena, &text) && text_is_literal(text))
		v = str_has(text, S("{{")) ? cfn_resolve(t->stack, n, text) :
					     value_text_new(t->stack->model->arena, text, n);
	return v ? v : cfn_unknown(t->stack, n);
}

static const struct value *read_value(const struct json_text *t, const struct node *n)
{
	struct arena *a = t->stack->model->arena;
	if (n->kind == NODE_MAP || n->kind == NODE_SEQ)
		return read_items(t, n);
	if (n->kind == NODE_STRING)
		return read_string(t, n);
	if (str_eq(node_source(n), S("null")))
		return value_new(a, VALUE_NULL, n);
	return value_text_new(a, node_source(n), n);
}

/* The scalar of the node, and how it is read; NULL when it is none. */
static const struct node *scalar_of(struct json_text *t, const struct node *n)
{
	struct cfn *c = t->stack->cfn;
	struct cfn_call call;
	if (cfn_is_call(c, n, &call)) {
		if (!str_eq(call.function, S("Sub")))
			return NULL;
		t->sub = true;
		n = call.arg;
		if (n->kind == NODE_SEQ && node_count(n) == 2) {
			t->map = cfn_follow(c, n->last);
			n = cfn_follow(c, n->first);
			if (t->map->kind != NODE_MAP)
				return NULL;
		}
	}
	return n->kind == NODE_STRING && n->flags & FLAG_LITERAL && !node_is_shared(n) ? n : NULL;
}

/* The text is parsed once: all stacks of its template read the same nodes. */
static struct tree *tree_of(struct model *m, const struct node *scalar, bool sub)
{
	struct syntax_error e;
	struct tree *tree = map_find_at(&m->trees, scalar);
	if (tree || !json_parse_literal(&tree, scalar, m->arena, &e))
		return tree;
	tree->dialect = sub ? DIALECT_SUB : DIALECT_NATIVE;
	map_put_at(&m->trees, m->arena, scalar, tree);
	return tree;
}

const struct value *cfn_json(struct cfn_stack *s, const struct node *n, const char **closed)
{
	struct json_text t = { .stack = s };
	const struct node *scalar = scalar_of(&t, cfn_follow(s->cfn, n));
	struct tree *tree = scalar ? tree_of(s->model, scalar, t.sub) : NULL;
	*closed = !t.sub ? "it is plain text, into which no reference can be written" :
		  t.map  ? "its text has variables of its own" :
			   NULL;
	return tree && tree->root->kind == NODE_MAP ? read_value(&t, tree->root) : NULL;
}
