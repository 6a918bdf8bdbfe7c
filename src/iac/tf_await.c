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

/* What has both the condition and the statement that is there under it and no other, as it is
 * written when we do; or NULL. */
static const struct node *choice_of(const struct node *statement, str condition, struct arena *a)
{
	struct tf_dynamic block;
	const struct node *found = NULL;
	const struct node *n = statement;
	if (n->kind == NODE_BLOCK)
		return tf_dynamic(n, S("statement"), a, &block) && block.each &&
				       is_choice(block.each, condition) ?
			       n :
			       NULL;
	for (; n && n->kind != NODE_ATTR; n = n->parent) {
		bool choice = is_choice(n, condition);
		if (choice ? found != NULL : !is_plain(n))
			return NULL;
		found = choice ? n : found;
	}
	return n ? found : NULL;
}

/* The list is for the statement and its condition. What else asks whether there is any would change
 * with the first, too: another resource would come. */
static bool is_only_there(const struct tf_block *variable, const struct node *choice)
{
	const struct tf_refs *users = tf_users(variable);
	for (size_t i = 0; i < users->n; i++)
		if (!node_is_within(users->v[i]->link->node, choice))
			return false;
	return users->n == 2;
}

str carry_awaited(const struct statement *s, const struct scope *to, struct arena *a)
{
	const struct via *via = s->principals.n ? s->principals.v[0].element.via : NULL;
	struct tf_module *mod = to->front;
	if (to->unit->language->carry || !mod || !mod->call || !via || !via->shared->given)
		return (str){ 0 };
	str name = via->shared->name, variable = STR_CAT(a, S("var."), name);
	struct tf_block *b = tf_find(mod, variable);
	const struct value *v = b ? tf_value(b) : NULL;
	const struct node *choice = choice_of(s->node, carry_any(a, variable), a);
	bool unset = v && value_is_known_list(v) && !v->n && !tf_attr(mod->call->body, name, a);
	return unset && choice && is_only_there(b, choice) ? name : (str){ 0 };
}
