/* SPDX-License-Identifier: MIT */
/*
 * Where a whole resource goes, and the text in it with it: through functions, loops, locals,
 * arguments of modules and outputs. What is no step that is known to pick something else may take
 * the text.
 */
#include "tf_whole.h"

#include <stdio.h>

#include "kmsfix/ascii.h"

#define MAX_KEYS 8
#define MAX_PLACES 1000

/* Under which keys of something the resource is found; not known of what is loose. */
struct path {
	bool (*is_taken_by)(str rest);
	bool loose;
	size_t n;
	str keys[MAX_KEYS]; /* the first one to be asked for is the last */
};

static bool is_among(str name, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(name, str_from(names[i])))
			return true;
	return false;
}

/* Attributes that are neither a text of a policy nor what is attached. */
static bool is_other(str name)
{
	static const char *const names[] = { "arn",         "id",       "key_id",   "name",
					     "name_prefix", "path",     "role",     "user",
					     "group",       "tags",     "tags_all", "description",
					     "policy_id",   "unique_id" };
	return is_among(name, names, sizeof(names) / sizeof(*names));
}

/* What has nothing of what it is given but how many there are, and how they are called. */
static bool only_asks(str function)
{
	static const char *const names[] = { "length", "keys", "can" };
	return is_among(function, names, sizeof(names) / sizeof(*names));
}

/* ---- texts of steps ---- */

size_t tf_index_end(str rest, size_t at)
{
	size_t depth = 0;
	for (; at < rest.n; at++) {
		depth += rest.p[at] == '[';
		depth -= rest.p[at] == ']';
		if (!depth)
			return at + 1;
	}
	return at;
}

static bool is_in_name(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-';
}

static size_t name_end(str text, size_t at)
{
	if (at < text.n && text.p[at] == '*')
		return at + 1;
	while (at < text.n && is_in_name(text.p[at]))
		at++;
	return at;
}

str tf_steps(str source, size_t at)
{
	size_t end = at;
	while (end < source.n && (source.p[end] == '.' || source.p[end] == '['))
		if (source.p[end] == '[')
			end = tf_index_end(source, end);
		else
			end = name_end(source, end + 1);
	return str_sub(source, at, end);
}

/* ---- steps: false when what is there by them has nothing of the text ---- */

static bool loosen(struct path *p)
{
	p->loose = true;
	p->n = 0;
	return true;
}

static bool put_under(struct path *p, str key)
{
	if (p->loose || p->n == MAX_KEYS)
		return loosen(p);
	p->keys[p->n++] = key;
	return true;
}

static bool pick(struct path *p, str name)
{
	char step[64];
	if (p->loose)
		return !is_other(name);
	if (p->n)
		return str_eq(p->keys[--p->n], name);
	int n = snprintf(step, sizeof(step), ".%.*s", STR_ARG(name));
	return loosen(p) && (n >= (int)sizeof(step) || p->is_taken_by((str){ step, (size_t)n }));
}

static bool pick_key(struct path *p, str key)
{
	bool is_known = key.n > 1 && key.p[0] == '"' && !str_has(key, S("${")) &&
			str_find(key, S("\""), 1) == key.n - 1;
	return is_known ? pick(p, str_sub(key, 1, key.n - 1)) : loosen(p);
}

/* Neither instances of a resource nor elements of a list are told apart. */
static bool pick_index(struct path *p, str index)
{
	return !p->n || !index.n || ascii_is_digit(index.p[0]) || index.p[0] == '*' ||
	       pick_key(p, index);
}

static bool pick_rest(struct path *p, str rest)
{
	if (p->loose && p->is_taken_by(rest))
		return true;
	for (size_t at = 0, end; at < rest.n; at = end) {
		bool is_index = rest.p[at] == '[';
		end = is_index ? tf_index_end(rest, at) : at + 1;
		while (!is_index && end < rest.n && rest.p[end] != '.' && rest.p[end] != '[')
			end++;
		str step = str_sub(rest, at + 1, is_index ? end - 1 : end);
		bool is_name = !is_index && step.n && step.p[0] != '*' &&
			       !ascii_is_digit(step.p[0]);
		if (!(is_name ? pick(p, step) : pick_index(p, step)))
			return false;
	}
	return true;
}

/* The chain that a splat applies to each. */
static bool pick_of_each(struct path *p, const struct node *each)
{
	for (const struct node *n = each; n; n = n->first)
		if (n->kind == NODE_GETATTR && is_other(n->name))
			return false;
	return loosen(p);
}

/* ---- in one argument ---- */

static bool pass_call(struct path *p, const struct node *call, const struct node *n)
{
	static const char *const same[] = { "merge", "try",       "coalesce",
					    "tomap", "sensitive", "nonsensitive" };
	if (str_eq(call->name, S("lookup")) && n == call->first && n->next)
		return pick_key(p, node_source(n->next));
	return is_among(call->name, same, sizeof(same) / sizeof(*same)) ||
	       (!only_asks(call->name) && loosen(p));
}

static bool pass_pair(struct path *p, const struct node *pair, struct arena *a)
{
	str key;
	return pair_key(pair, a, &key) ? put_under(p, key) : loosen(p);
}

/* What `n` is may be in what its parent is; of a loop over it that is asked elsewhere. */
static bool passes(struct path *p, const struct node *n, struct arena *a)
{
	const struct node *in = n->parent;
	switch (in->kind) {
	case NODE_PAIR:
		return pass_pair(p, in, a);
	case NODE_GETATTR:
		return pick(p, in->name);
	case NODE_SPLAT:
		return n == in->first && pick_of_each(p, in->last);
	case NODE_INDEX:
		return n == in->first && pick_index(p, node_source(in->last));
	case NODE_CALL:
		return pass_call(p, in, n);
	case NODE_COND:
		return n != in->first;
	case NODE_BINARY:
	case NODE_UNARY:
		return false;
	case NODE_FOR:
		return (!(in->flags & FLAG_COND) || n != in->last) && loosen(p);
	default:
		return true;
	}
}

static bool is_loop_over(const struct node *loop, const struct node *n)
{
	return loop->kind == NODE_FOR && n == loop->first;
}

/* An item that comes out of the loop, or goes into another one. */
static bool leaves(struct path p, const struct node *item, const struct node *loop, struct arena *a)
{
	for (const struct node *n = item; n != loop; n = n->parent)
		if (!passes(&p, n, a))
			return false;
		else if (n->parent != loop && is_loop_over(n->parent, n))
			return true;
	return true;
}

static bool gives_items(struct path *p, const struct node *loop, struct arena *a)
{
	loosen(p);
	for (const struct node *part = loop->first->next; part; part = part->next)
		for (const struct node *n = part; n; n = node_after(n, part))
			if (n->kind == NODE_NAME && str_eq(n->name, loop->name) &&
			    leaves(*p, n, loop, a))
				return true;
	return false;
}

/* The argument whose value may have what the expression is worth; else NULL. */
static const struct node *arrives(struct path *p, const struct node *n, struct arena *a)
{
	for (; n->kind != NODE_ATTR && n->parent; n = n->parent)
		if (is_loop_over(n->parent, n) ? !gives_items(p, n->parent, a) : !passes(p, n, a))
			return NULL;
	return n;
}

/* ---- from block to block ---- */

struct search {
	struct arena *arena;
	struct map seen; /* blocks with the paths that they were reached by */
	size_t places;
	const struct tf_block *found;
};

static void follow_ref(struct search *s, struct path p, const struct tf_ref *ref, str rest);

/* Of very many places it is not asked any more what exactly comes there. */
static bool is_new(struct search *s, struct path *p, const struct tf_block *b)
{
	str name = str_fmt(s->arena, "%p", (const void *)b);
	if (s->places++ > MAX_PLACES)
		loosen(p);
	for (size_t i = 0; i < p->n; i++)
		name = STR_CAT(s->arena, name, S("\n"), p->keys[i]);
	name = STR_CAT(s->arena, name, p->loose ? S("*") : S(""));
	if (map_find(&s->seen, name))
		return false;
	map_put(&s->seen, s->arena, name, s);
	return true;
}

static void follow_users(struct search *s, struct path p, struct tf_block *b)
{
	const struct tf_refs *users = is_new(s, &p, b) ? tf_users(b) : NULL;
	for (size_t i = 0; users && i < users->n && !s->found; i++)
		follow_ref(s, p, users->v[i], users->v[i]->link->rest);
}

/* Another root module takes it out of the state. */
static void follow_state(struct search *s, struct path p, const struct tf_block *output,
			 struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		if (!str_eq(mod->dir->blocks.v[i]->kind, S("terraform_remote_state")))
			continue;
		const struct tf_refs *users = tf_users(tf_block_in(mod, i));
		for (size_t k = 0; k < users->n && !s->found; k++) {
			str behind, name = tf_remote_output(users->v[k]->link->rest, &behind);
			struct path taken = p;
			if (!name.n)
				loosen(&taken);
			if (!name.n || str_eq(name, output->name))
				follow_ref(s, taken, users->v[k], behind);
		}
	}
}

static void follow_states(struct search *s, struct path p, const struct tf_block *output)
{
	const struct tf_modules *all = &output->module->state->modules;
	if (!tf_remote_user(output) || !is_new(s, &p, output))
		return;
	for (size_t i = 0; i < all->n && !s->found; i++)
		follow_state(s, p, output, all->v[i]);
}

static void follow_output(struct search *s, struct path p, const struct tf_block *output)
{
	const struct tf_block *call = output->module->call;
	const struct tf_refs *users = call && is_new(s, &p, output) ? tf_users(call) : NULL;
	for (size_t i = 0; users && i < users->n && !s->found; i++) {
		str rest = users->v[i]->link->rest, name = tf_output_name(rest);
		struct path taken = p;
		if (name.n && !str_eq(name, output->name))
			continue;
		if (name.n)
			rest = str_sub(rest, (size_t)(name.p + name.n - rest.p), rest.n);
		else
			loosen(&taken);
		follow_ref(s, taken, users->v[i], rest);
	}
	if (!call)
		follow_states(s, p, output);
}

/* An object that is converted has only what its type names. */
static bool drops(const struct tf_block *variable)
{
	const struct node *type = tf_attr(variable->body, S("type"),
					  variable->module->model->arena);
	str source = type ? node_source(type) : S("");
	return str_has(source, S("object(")) && !str_has(source, S("policy")) &&
	       !str_has(source, S("policies")) && !str_has(source, S("any"));
}

static void follow_argument(struct search *s, struct path p, const struct tf_block *call, str name)
{
	for (size_t i = 0; i < call->callees.n; i++) {
		struct tf_module *callee = call->callees.v[i];
		struct tf_block *b = tf_find(callee,
					     STR_CAT(callee->model->arena, S("var."), name));
		if (b && !drops(b))
			follow_users(s, p, b);
	}
}

static void follow_into(struct search *s, struct path p, struct tf_block *b, str argument)
{
	if (str_eq(b->type, S("local")))
		follow_users(s, p, b);
	else if (str_eq(b->type, S("output")))
		follow_output(s, p, b);
	else if (b->callees.n)
		follow_argument(s, p, b, argument);
	else if (b->repeat != TF_ABSENT &&
		 (str_eq(b->type, S("resource")) || str_eq(b->type, S("data")) ||
		  str_eq(b->type, S("module"))))
		s->found = b;
}

/* What takes an item of what repeats the block, or a nested one. */
static void follow_items(struct search *s, struct path p, struct tf_block *b,
			 const struct node *each)
{
	const struct node *body = each->parent;
	const struct node *label = body->parent ? body->parent->first : NULL;
	struct tf_dynamic d = { .iterator = S("each") };
	if (label && str_eq(body->parent->name, S("dynamic")))
		tf_dynamic(body->parent, label->name, s->arena, &d);
	loosen(&p);
	for (const struct node *n = body; n && !s->found; n = node_after(n, body)) {
		struct path item = p;
		bool is_item = n->kind == NODE_GETATTR && n->first->kind == NODE_NAME &&
			       str_eq(n->name, S("value")) && str_eq(n->first->name, d.iterator);
		const struct node *to = is_item ? arrives(&item, n, s->arena) : NULL;
		if (to)
			follow_into(s, item, b, to->name);
	}
}

static bool is_meta(str attr)
{
	return str_eq(attr, S("count")) || str_eq(attr, S("providers")) || tf_is_beside(attr);
}

static bool is_traversal(const struct node *n)
{
	return n->kind == NODE_NAME || n->kind == NODE_GETATTR || n->kind == NODE_INDEX ||
	       n->kind == NODE_SPLAT;
}

/* In a string of JSON that is not taken apart. */
static bool speaks_of(const struct path *p, const struct node *n, const struct tf_ref *ref)
{
	str text = node_source(n), address = tf_to(ref)->address;
	for (size_t at = str_find(text, address, 0); at != SIZE_MAX;
	     at = str_find(text, address, at + 1)) {
		struct path one = *p;
		if (pick_rest(&one, tf_steps(text, at + address.n)))
			return true;
	}
	return false;
}

static void follow_ref(struct search *s, struct path p, const struct tf_ref *ref, str rest)
{
	const struct node *to = ref->link->node;
	if (!to || is_meta(ref->link->attr) || !pick_rest(&p, rest))
		return;
	to = is_traversal(to) ? arrives(&p, to, s->arena) : speaks_of(&p, to, ref) ? to : NULL;
	if (to && str_eq(to->name, S("for_each")))
		follow_items(s, p, tf_from(ref), to);
	else if (to && !str_eq(ref->link->attr, S("for_each")))
		follow_into(s, p, tf_from(ref), ref->link->attr);
}

const struct tf_block *tf_whole_taker(const struct tf_ref *ref, bool (*is_taken_by)(str rest))
{
	struct search s = { .arena = ref->module->model->arena };
	follow_ref(&s, (struct path){ .is_taken_by = is_taken_by }, ref, ref->link->rest);
	return s.found;
}
