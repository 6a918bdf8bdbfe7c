/* SPDX-License-Identifier: MIT */
/*
 * Statements of our own in a module with several callers (tf_share.c): each is there for those that
 * give it a list, and waits for the others to.
 */
#include "kmsfix/carry.h"
#include "tf.h"

static bool is_empty_list(const struct node *n)
{
	return n->kind == NODE_SEQ && !n->first;
}

/* `condition ? [x] : []` */
static bool is_choice(const struct node *n, str condition)
{
	return n->kind == NODE_COND && str_eq(node_source(n->first), condition) &&
	       n->first->next->kind == NODE_SEQ && node_count(n->first->next) == 1 &&
	       is_empty_list(n->last);
}

/* What the statement may stand in beside that. */
static bool is_plain(const struct node *n)
{
	return n->kind == NODE_SEQ || n->kind == NODE_MAP || n->kind == NODE_PAIR ||
	       (n->kind == NODE_CALL &&
		(str_eq(n->name, S("concat")) || str_eq(n->name, S("jsonencode"))));
}

/* The statement is there under that condition, as it is written when we do, and no other. */
static bool is_under(const struct node *statement, str condition, struct arena *a)
{
	struct tf_dynamic block;
	size_t found = 0;
	const struct node *n = statement;
	if (n->kind == NODE_BLOCK)
		return tf_dynamic(n, S("statement"), a, &block) && block.each &&
		       is_choice(block.each, condition);
	for (; n && n->kind != NODE_ATTR; n = n->parent) {
		if (!is_plain(n) && !is_choice(n, condition))
			return false;
		found += n->kind == NODE_COND;
	}
	return n && found == 1;
}

/* The list is for the statement and its condition. Whatever else asks whether there is any would
 * change with the first, too: another resource would come. */
static bool is_for_it_alone(const struct shared *list)
{
	return list->n == 2;
}

str carry_awaited(const struct statement *s, const struct scope *to, struct arena *a)
{
	const struct via *via = s->principals.n ? s->principals.v[0].element.via : NULL;
	struct tf_module *mod = to->front;
	if (to->unit->language->carry || !mod || !mod->call || !via || !via->shared->given ||
	    !is_for_it_alone(via->shared))
		return (str){ 0 };
	str name = via->shared->name, variable = STR_CAT(a, S("var."), name);
	struct tf_block *b = tf_find(mod, variable);
	const struct value *v = b ? tf_value(b) : NULL;
	bool unset = v && value_is_known_list(v) && !v->n && !tf_attr(mod->call->body, name, a);
	return unset && is_under(s->node, carry_any(a, variable), a) ? name : (str){ 0 };
}
