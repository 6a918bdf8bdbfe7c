/* SPDX-License-Identifier: MIT */
/*
 * What an argument is worth; and where that is not all known, the text of it and of all that it
 * refers to, however far away: of what nobody understands only the same text is known to say the
 * same.
 */
#include "tf_digest.h"

#include "kmsfix/vec.h"
#include "texts.h"
#include "tf_func.h"

/* ---- texts ---- */

struct closure {
	struct buf *out;
	struct texts texts;
	const struct tf_state *other; /* of the model that this one is compared with */
	struct {
		const struct file **v;
		size_t n, cap;
	} files; /* that are loaded */
};

/* One that only this model has was not there to be taken, and nobody names it. */
static bool is_shared(const struct closure *c, const struct tf_block *output)
{
	const struct tf_module *mod = map_find(&c->other->scopes, output->module->scope->id);
	return !mod || map_find(&mod->dir->index, output->address);
}

static void add_outputs(struct closure *c, const struct tf_block *call, str rest)
{
	str name = tf_output_name(rest);
	for (size_t i = 0; i < call->callees.n; i++) {
		struct tf_module *callee = call->callees.v[i];
		for (size_t k = 0; k < callee->dir->borders.n; k++) {
			struct tf_block *b = tf_block_in(callee, callee->dir->borders.v[k]);
			if (str_eq(b->type, S("output")) &&
			    (name.n ? str_eq(b->name, name) : is_shared(c, b)))
				texts_add(&c->texts, callee,
					  tf_attr(b->body, S("value"), c->texts.arena));
		}
	}
}

static void add_variable(struct closure *c, const struct tf_block *b)
{
	const struct tf_block *call = b->module->call;
	struct arena *a = c->texts.arena;
	const struct node *given = call ? tf_attr(call->body, b->name, a) : NULL;
	if (given)
		texts_add(&c->texts, call->module, given);
	else
		texts_add(&c->texts, b->module, tf_attr(b->body, S("default"), a));
	texts_add(&c->texts, b->module, tf_attr(b->body, S("type"), a)); /* has defaults, too */
}

/* An argument of a resource that is asked for as its attribute; of a data source, all of it. */
static void add_attributes(struct closure *c, const struct tf_block *b, str rest)
{
	struct arena *a = c->texts.arena;
	if (str_eq(b->type, S("data"))) {
		texts_add(&c->texts, b->module, b->body);
		return;
	}
	for (const struct node *n = b->body->first; n; n = n->next) {
		str name = n->name;
		if ((n->kind != NODE_PAIR || pair_key(n, a, &name)) &&
		    str_has(rest, STR_CAT(a, S("."), name)))
			texts_add(&c->texts, b->module, n->last);
	}
}

static void add_reference(struct closure *c, struct tf_module *mod, const struct node *n)
{
	str address, rest;
	const struct tf_block *b = tf_traversal(NULL, n, c->texts.arena, &address, &rest) ?
					   tf_find(mod, address) :
					   NULL;
	if (!b)
		return;
	if (b->expr)
		texts_add(&c->texts, mod, b->expr);
	else if (str_eq(b->type, S("variable")))
		add_variable(c, b);
	else if (str_eq(b->type, S("module")))
		add_outputs(c, b, rest);
	else if (b->body)
		add_attributes(c, b, rest);
}

/* Of a text that is known nothing else counts, such as what else there is in its object. */
static bool say_known(struct closure *c, struct tf_module *mod, const struct node *n)
{
	const struct value *v = tf_eval_unasked(tf_block_in(mod, 0), n);
	if (v->kind != VALUE_TEXT || v->maybe || v->guarded || v->choice ||
	    !text_is_literal(v->text))
		return false;
	buf_add(c->out, v->text);
	return true;
}

static bool is_step(const struct node *n)
{
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX || n->kind == NODE_SPLAT;
}

static void add_file(struct closure *c, const struct file *f)
{
	if (f)
		VEC_PUSH(c->texts.arena, &c->files, f);
}

static void add_references(struct closure *c, struct tf_module *mod, const struct node *root)
{
	for (const struct node *n = root; n; n = node_after(n, root)) {
		/* values are known by their nodes, so these stay */
		const struct node *template = tf_json_template(n, mod->model->arena);
		for (const struct node *part = template ? template->first : NULL; part;
		     part = part->next)
			add_references(c, mod, part);
		if (tf_loads_file(n))
			add_file(c, tf_loaded_file(tf_block_in(mod, 0), n));
		else if (is_step(n) &&
			 !(n->parent && is_step(n->parent) && n->parent->first == n) &&
			 !say_known(c, mod, n))
			add_reference(c, mod, n);
	}
}

static void close_over(struct closure *c)
{
	for (size_t i = 0; i < c->texts.n; i++)
		add_references(c, c->texts.v[i].where, c->texts.v[i].node);
}

/* ---- values ---- */

struct digest {
	struct buf *out;
	struct arena *scratch; /* of closures, which may be large */
	const struct tf_state *other;
	struct closure closure;  /* what the value does not say by itself */
	bool partial;            /* something of it is not known */
	const struct file *file; /* that is looked for; or NULL */
	bool found;
};

/* The ARN of something is known by its name; what else a reference is, by what it leads to. */
static void say_text(struct digest *d, const struct value *v)
{
	buf_add(d->out, v->text);
	if (text_is_literal(v->text))
		return;
	if (v->kind == VALUE_UNKNOWN && v->scope && is_step(v->origin))
		texts_add(&d->closure.texts, v->scope->front, v->origin);
	else
		d->partial = true;
}

static void say_value(struct digest *d, const struct value *v);

static void say_items(struct digest *d, const struct value *v)
{
	d->partial |= v->open || v->covered;
	buf_addc(d->out, '(');
	for (size_t i = 0; i < v->n; i++) {
		buf_printf(d->out, "%.*s:", STR_ARG(value_item(v, i)->key));
		say_value(d, value_at(v, i));
		buf_addc(d->out, ',');
	}
	buf_addc(d->out, ')');
}

static void say_value(struct digest *d, const struct value *v)
{
	d->partial |= v->maybe || v->guarded || v->choice;
	buf_printf(d->out, "%d", (int)v->kind);
	switch (v->kind) {
	case VALUE_NULL:
		d->partial |= v->failed;
		break;
	case VALUE_TEXT:
	case VALUE_UNKNOWN:
		say_text(d, v);
		break;
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_JSON:
		say_items(d, v);
		break;
	case VALUE_TEMPLATE:
	case VALUE_FILE:
		buf_add(d->out, v->file->text);
		d->found |= v->file == d->file;
		d->partial |= v->kind == VALUE_TEMPLATE;
		break;
	case VALUE_DOCUMENT:
	case VALUE_OBJECT:
		d->partial = true;
		break;
	}
}

static void say(struct digest *d, struct tf_block *b, const struct node *n)
{
	const struct value *v = tf_eval(b, n);
	d->closure = (struct closure){ .out = d->out,
				       .texts = { .arena = d->scratch },
				       .other = d->other };
	d->partial = !effort_was_free(&b->module->state->effort);
	if (!d->partial)
		say_value(d, v);
	if (d->partial)
		texts_add(&d->closure.texts, b->module, n);
	close_over(&d->closure);
	texts_say(d->out, &d->closure.texts, 0);
	for (size_t i = 0; i < d->closure.files.n; i++) {
		buf_add(d->out, d->closure.files.v[i]->text);
		d->found |= d->closure.files.v[i] == d->file;
	}
}

/* ---- arguments ---- */

static void say_body(struct digest *d, struct tf_block *b, const struct node *body)
{
	for (const struct node *c = body->first; c; c = c->next) {
		buf_printf(d->out, "%.*s=", STR_ARG(c->name));
		if (c->kind == NODE_BLOCK || c->kind == NODE_BODY)
			say_body(d, b, c);
		else if (c->last)
			say(d, b, c->last);
	}
}

/* Of a map its keys: what stands there is said by whatever takes it from `each.value`. */
static void say_keys(struct digest *d, struct tf_block *b, const struct node *n)
{
	const struct value *v = tf_eval(b, n);
	if (v->kind != VALUE_MAP || v->open || v->covered) {
		say(d, b, n);
		return;
	}
	for (size_t i = 0; i < v->n; i++)
		buf_printf(d->out, "%.*s?%.*s,", STR_ARG(value_item(v, i)->key),
			   STR_ARG(value_at(v, i)->guard));
}

static void say_argument(struct digest *d, struct tf_block *b, str attr)
{
	for (const struct node *c = b->body->first; c; c = c->next) {
		str name = c->name;
		if (c->kind == NODE_PAIR && !pair_key(c, b->module->model->arena, &name))
			continue;
		if (!str_eq(name, attr))
			continue;
		if (c->kind == NODE_BLOCK)
			say_body(d, b, c);
		else if (str_eq(attr, S("for_each")))
			say_keys(d, b, c->last);
		else
			say(d, b, c->last);
	}
}

static void say_instances(struct digest *d, struct tf_block *b, str attr)
{
	tf_settle(b);
	for (size_t i = 0; i < b->instances.n; i++) {
		buf_printf(d->out, "%.*s:", STR_ARG(b->instances.v[i]->index));
		say_argument(d, b->instances.v[i], attr);
	}
	if (!b->instances.n && b->repeat != TF_ABSENT)
		say_argument(d, b, attr);
}

void tf_digest(struct buf *out, struct tf_block *b, str attr, const struct tf_state *other,
	       struct arena *scratch)
{
	struct digest d = { .out = out, .scratch = scratch, .other = other };
	say_instances(&d, b, attr);
}

bool tf_may_say(struct tf_block *b, str attr, const struct file *f)
{
	struct buf out = { 0 };
	struct arena *scratch = arena_create();
	struct digest d = { .out = &out, .scratch = scratch, .other = b->module->state, .file = f };
	say_instances(&d, b, attr);
	arena_destroy(scratch);
	buf_free(&out);
	return d.found;
}
