/* SPDX-License-Identifier: MIT */
/* aws_iam_policy_document [11.10]: its own statements make one document. */
#include "tf.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "value.h"

/* One key that is not known may be that of any other. */
static bool keys_are_known(const struct tf_block *base)
{
	for (size_t i = 0; i < base->instances.n; i++)
		if (!text_is_literal(base->instances.v[i]->each_key->text))
			return false;
	return true;
}

/* How a known instance is told in its own block; its key stands in quotes there. */
static struct which which_of(const struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	if (!b->base || !keys_are_known(b->base) || str_has(b->each_key->text, S("{")))
		return (struct which){ 0 };
	str key = b->each_key->text;
	if (!b->by_key)
		return (struct which){ S("count.index"), key };
	return (struct which){ S("each.key"), str_fmt(a, "\"%.*s\"", STR_ARG(key)) };
}

static bool differs(void *ctx, const struct value *v, str text)
{
	return tf_is_other(ctx, v, text);
}

struct reader tf_reader(struct tf_block *b)
{
	struct reader r = { .model = b->module->model,
			    .scope = b->module->scope,
			    .address = tf_address(b->module, b->address),
			    .file = b->file,
			    .block = b->node,
			    .guards = &b->guards,
			    .instance = b->base ? b : NULL,
			    .which = which_of(b),
			    .ctx = b };
	r.eval = tf_eval_node;
	r.differs = differs;
	return r;
}

const struct value *tf_eval_node(void *ctx, const struct node *n)
{
	return tf_eval(ctx, n);
}

/* ---- the statements of a data block ---- */

/* The provider turns &{ into ${ in these texts [5.8]. False when an expression that is not known
 * has one: it means something else anywhere else. */
static bool unescape_variables(struct arena *a, str *text)
{
	struct buf b = { 0 };
	str part, rest = *text;
	bool ref, known = true;
	if (!str_has(*text, S("&{")))
		return true;
	while (text_next(&rest, &part, &ref)) {
		known &= !ref || !str_has(part, S("&{"));
		if (ref)
			part = ref_text(a, part);
		for (size_t i = 0; i < part.n; i++) {
			bool starts = !ref && i + 1 < part.n && part.p[i] == '&' &&
				      part.p[i + 1] == '{';
			buf_addc(&b, starts ? '$' : part.p[i]);
		}
	}
	*text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return known;
}

static void unescape_list(struct model *m, struct elements *out)
{
	for (size_t i = 0; i < out->n; i++)
		unescape_variables(m->arena, &out->v[i].text);
}

static void unescape_condition(struct model *m, struct condition_entry *entry)
{
	for (size_t i = 0; i < entry->values.n; i++)
		entry->open |= !unescape_variables(m->arena, &entry->values.v[i]);
	condition_make(&entry->condition, m->arena, entry->op, entry->key, &entry->values);
}

void tf_unescape(struct model *m, struct statement *s)
{
	unescape_list(m, &s->actions);
	unescape_list(m, &s->resources);
	for (size_t i = 0; i < s->conditions.n; i++)
		unescape_condition(m, &s->conditions.v[i]);
}

static void read_list(struct tf_block *b, const struct node *body, const char *name,
		      struct elements *out)
{
	struct model *m = b->module->model;
	const struct node *n = tf_attr(body, str_from(name), m->arena);
	const struct value *v = n ? tf_eval(b, n) : NULL;
	bool negated = str_starts(str_from(name), S("not_"));
	if (!v || v->kind == VALUE_NULL)
		return;
	if (str_ends(str_from(name), S("actions")))
		actions_read(m, out, v, negated, b->module->scope);
	else
		resources_read(m, out, v, negated);
	unescape_list(m, out);
}

static void read_principals(struct tf_block *b, struct statement *s, const struct node *body,
			    const char *name, bool negated)
{
	struct model *m = b->module->model;
	struct nodes bodies = { 0 };
	if (tf_has_dynamic(body, str_from(name), m->arena)) {
		s->principals.present = s->principals.open = true;
		s->principals.negated = negated;
	}
	tf_nested(body, str_from(name), m->arena, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *type = tf_attr(bodies.v[i], S("type"), m->arena);
		const struct node *ids = tf_attr(bodies.v[i], S("identifiers"), m->arena);
		str text;
		if (type && ids && value_text(tf_eval(b, type), &text)) {
			principals_read(m, s, text, tf_eval(b, ids), negated);
		} else {
			s->principals.present = s->principals.open = true;
			s->principals.negated = negated;
		}
	}
}

static void read_conditions(struct tf_block *b, struct statement *s, const struct node *body)
{
	struct model *m = b->module->model;
	struct nodes bodies = { 0 };
	s->conditions.open |= tf_has_dynamic(body, S("condition"), m->arena);
	tf_nested(body, S("condition"), m->arena, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *test = tf_attr(bodies.v[i], S("test"), m->arena);
		const struct node *key = tf_attr(bodies.v[i], S("variable"), m->arena);
		const struct node *values = tf_attr(bodies.v[i], S("values"), m->arena);
		str op, name;
		if (!test || !key || !values || !value_text(tf_eval(b, test), &op) ||
		    !value_text(tf_eval(b, key), &name)) {
			s->conditions.open = true;
			continue;
		}
		size_t at = s->conditions.n;
		condition_read(m, s, op, name, tf_eval(b, values));
		struct condition_entry *entry = &s->conditions.v[at];
		entry->open |= tf_eval(b, values)->kind != VALUE_LIST;
		unescape_condition(m, entry);
	}
}

static void read_effect(struct tf_block *b, struct statement *s, const struct node *body)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = tf_attr(body, S("effect"), a);
	str text = { 0 };
	s->effect = EFFECT_ALLOW; /* the provider's default */
	if (n && (!value_text(tf_eval(b, n), &text) || !str_eq(text, S("Allow"))))
		s->effect = str_eq(text, S("Deny")) ? EFFECT_DENY : EFFECT_UNKNOWN;
	if (s->effect == EFFECT_UNKNOWN)
		issue_add(a, &s->issues, "TF-DYNAMIC",
			  "the statement's effect is neither Allow nor Deny");
}

static void read_statement(struct tf_block *b, struct statement *s, const struct node *body)
{
	struct arena *a = b->module->model->arena;
	const struct node *sid = tf_attr(body, S("sid"), a);
	str text;
	if (sid && tf_eval(b, sid)->kind != VALUE_NULL) {
		if (value_text(tf_eval(b, sid), &text))
			s->sid = text;
		else
			issue_add(a, &s->issues, "TF-DYNAMIC", "the statement's sid is computed");
	}
	read_effect(b, s, body);
	read_list(b, body, "actions", &s->actions);
	read_list(b, body, "not_actions", &s->actions);
	read_list(b, body, "resources", &s->resources);
	read_list(b, body, "not_resources", &s->resources);
	read_principals(b, s, body, "principals", false);
	read_principals(b, s, body, "not_principals", true);
	read_conditions(b, s, body);
}

/* ---- dynamic blocks: a statement for each element of a collection that is known ---- */

struct reading {
	struct tf_block *b;
	struct document *d;
	struct tf_dynamic dynamic;
};

static bool have_target(const struct elements *actions)
{
	bool found = false;
	for (size_t i = 0; !found && i < actions->n; i++)
		found = action_targets(actions->v[i].text) != 0;
	return found;
}

/* What they are made of may have a target that they do not show. */
static bool are_unknown(const struct elements *actions)
{
	bool unknown = !actions->n || actions->open;
	for (size_t i = 0; !unknown && i < actions->n; i++)
		unknown = action_possible_targets(actions->v[i].text) != 0;
	return unknown;
}

/* In the block itself, or where its actions are. */
static bool may_have_target(const struct reading *g)
{
	struct elements all = { 0 };
	targets_read(g->b->module->model, &all, g->dynamic.block);
	read_list(g->b, g->dynamic.content, "actions", &all);
	return have_target(&all);
}

/* What is not known one by one is seen, and never edited. */
static void read_unknown(const struct reading *g)
{
	struct reader r = tf_reader(g->b);
	g->d->open = true;
	if (!may_have_target(g))
		return;
	struct statement *s = document_add(&r, g->d, g->dynamic.block);
	read_statement(g->b, s, g->dynamic.content);
	if (!have_target(&s->actions) && are_unknown(&s->actions))
		targets_read(r.model, &s->actions, g->dynamic.block);
	s->maybe = true;
	s->principals.open = s->resources.open = s->conditions.open = true;
	issue_add(r.model->arena, &s->issues, "TF-DYNAMIC",
		  "the statement is generated by a dynamic block");
}

/* The statement stands where its actions were written: in the element, or in the block. */
static const struct node *place_of(const struct statement *s, const struct value_item *item,
				   const struct node *block)
{
	for (size_t i = 0; item->node && i < s->actions.n; i++)
		if (node_is_within(s->actions.v[i].node, item->node) && item->node != block &&
		    !node_is_within(block, item->node))
			return item->node;
	return block;
}

/* A set's elements are their own keys; those of a list have numbers. */
static const struct value *key_of(const struct reading *g, const struct value *coll, size_t i)
{
	struct arena *a = g->b->module->model->arena;
	if (coll->kind == VALUE_MAP)
		return value_text_new(a, value_item(coll, i)->key, coll->origin);
	if (coll->unordered)
		return value_at(coll, i);
	return value_is_ordered(coll) ? value_text_new(a, str_fmt(a, "%zu", i), coll->origin) :
					tf_unknown(g->b, g->dynamic.each);
}

/* What tells the element from others, and is the same when the statement changes. */
static const struct node *told_by(const struct value_item *item, const struct node *block)
{
	const struct node *n = item->node ? item->node : block;
	return n->kind == NODE_PAIR ? n->first : n;
}

static void read_item(const struct reading *g, const struct value *coll, size_t i)
{
	struct arena *a = g->b->module->model->arena;
	struct reader r = tf_reader(g->b);
	const struct value_item *item = value_item(coll, i);
	struct tf_binding binding;
	const struct tf_binding *outer = g->b->bindings;
	struct value_items pair = { 0 };
	struct value_item key = { .key = S("key"),
				  .node = item->node,
				  .value = key_of(g, coll, i) };
	struct value_item value = { .key = S("value"),
				    .node = item->node,
				    .value = value_present(a, item->value) };
	VEC_PUSH(a, &pair, key);
	VEC_PUSH(a, &pair, value);
	tf_bind(g->b, &binding, g->dynamic.iterator,
		value_items_new(a, VALUE_MAP, &pair, told_by(item, g->dynamic.block)));
	struct statement *s = document_add(&r, g->d, g->dynamic.block);
	read_statement(g->b, s, g->dynamic.content);
	s->node = place_of(s, item, g->dynamic.block);
	s->via = item->value->via;
	statement_depends(a, s, tf_gate(g->b, item));
	if (coll->maybe)
		statement_maybe(a, s, coll->guard);
	g->b->bindings = outer;
}

static void read_dynamic(struct tf_block *b, struct document *d, const struct tf_dynamic *dynamic)
{
	const struct reading g = { b, d, *dynamic };
	const struct value *coll = dynamic->each ? tf_eval(b, dynamic->each) : NULL;
	if (!coll || coll->open || (coll->kind != VALUE_LIST && coll->kind != VALUE_MAP)) {
		read_unknown(&g);
		return;
	}
	for (size_t i = 0; i < coll->n; i++)
		read_item(&g, coll, i);
}

static void read_native(struct tf_block *b, struct document *d)
{
	struct reader r = tf_reader(b);
	struct tf_dynamic dynamic;
	for (const struct node *c = b->body->first; c; c = c->next)
		if (tf_dynamic(c, S("statement"), r.model->arena, &dynamic))
			read_dynamic(b, d, &dynamic);
		else if (c->kind == NODE_BLOCK && str_eq(c->name, S("statement")))
			read_statement(b, document_add(&r, d, c), c->last);
}

/* "dynamic": {"statement": {"for_each": …, "content": …}}, whose elements are not told apart. */
static void read_json_dynamic(struct tf_block *b, struct document *d)
{
	struct arena *a = b->module->model->arena;
	struct nodes labels = { 0 }, blocks = { 0 };
	tf_nested(b->body, S("dynamic"), a, &labels, NULL);
	for (size_t i = 0; i < labels.n; i++)
		tf_nested(labels.v[i], S("statement"), a, &blocks, NULL);
	for (size_t i = 0; i < blocks.n; i++) {
		struct nodes contents = { 0 };
		tf_nested(blocks.v[i], S("content"), a, &contents, NULL);
		struct reading g = { .b = b, .d = d, .dynamic.block = blocks.v[i] };
		g.dynamic.content = contents.n ? contents.v[0] : NULL;
		read_unknown(&g);
	}
}

static void read_blocks(struct tf_block *b, struct document *d)
{
	struct reader r = tf_reader(b);
	struct nodes bodies = { 0 }, nodes = { 0 };
	if (b->body->kind == NODE_BODY) {
		read_native(b, d);
		return;
	}
	d->open |= tf_has_dynamic(b->body, S("statement"), r.model->arena);
	read_json_dynamic(b, d);
	tf_nested(b->body, S("statement"), r.model->arena, &bodies, &nodes);
	for (size_t i = 0; i < bodies.n; i++)
		read_statement(b, document_add(&r, d, nodes.v[i]), bodies.v[i]);
}

struct document *tf_document(struct tf_block *b)
{
	if (b->document)
		return b->document;
	struct reader r = tf_reader(b);
	struct document *d = b->document = document_new(&r, b->node);
	const struct node *version = tf_attr(b->body, S("version"), r.model->arena);
	str text;
	d->version = S("2012-10-17");
	if (version)
		d->version = value_text(tf_eval(b, version), &text) ? text : (str){ 0 };
	d->site.kind = SITE_BLOCKS;
	d->site.node = b->body;
	if (b->overridden)
		issue_add(r.model->arena, &d->issues, "TF-OVERRIDE",
			  "an override file or a second declaration changes '%.*s'",
			  STR_ARG(b->address));
	if (b->repeat == TF_PLURAL) {
		issue_add(r.model->arena, &d->issues, "TF-DYNAMIC", "'%.*s' has count or for_each",
			  STR_ARG(b->address));
		d->site.kind = SITE_NONE;
		d->site.why = "KEY-MULTI";
		d->site.reason = S("the key policy document has count or for_each");
	}
	read_blocks(b, d);
	return d;
}
