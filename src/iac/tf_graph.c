/* SPDX-License-Identifier: MIT */
/*
 * Dependency cycles over all modules of a unit, as Terraform's graph sees them: a module is no node
 * of its own; what enters it are its variables, what leaves it are its outputs.
 */
#include "tf.h"

#include "kmsfix/apart.h"
#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"

/* ---- edges ---- */

/* ".key_arn", "[0].key_arn", "[\"a\"].x.y": the output a reference to a module call takes. */
str tf_output_name(str rest)
{
	if (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		rest = str_sub(rest, close + 1, rest.n);
	}
	if (!str_starts(rest, S(".")))
		return S("");
	size_t end = 1;
	while (end < rest.n && rest.p[end] != '.' && rest.p[end] != '[')
		end++;
	return str_sub(rest, 1, end);
}

static void add_all(struct graph_edges *e, struct tf_module *callee)
{
	for (size_t i = 0; i < callee->dir->blocks.n; i++)
		graph_add(e, tf_vertex(callee, i));
}

/* Only `module.m.x` and a literal index are a reference to one output; else it is to all of the
 * module. */
static bool is_whole(str rest)
{
	if (!tf_output_name(rest).n)
		return true;
	return rest.p[0] == '[' && rest.p[1] != '"' && !ascii_is_digit(rest.p[1]);
}

/* The node of a role that a known module makes: it depends on less than the module as a whole. */
static struct tf_block *core_of(struct arena *a, struct tf_block *call, str output)
{
	const struct tf_refs *all = tf_refs(call);
	if (call->core)
		return call->core;
	struct tf_block *core = call->core = ARENA_NEW(a, struct tf_block);
	*core = *call;
	struct tf_refs *refs = ARENA_NEW(a, struct tf_refs);
	core->refs = refs;
	core->mark = (struct graph_mark){ 0 };
	for (size_t i = 0; i < all->n; i++)
		if (!tf_iam_apart(call, output, all->v[i]->link->attr))
			VEC_PUSH(a, refs, all->v[i]);
	return core;
}

static void add_ref(struct graph_edges *e, const struct tf_ref *ref)
{
	struct tf_block *to = tf_vertex(ref->module, ref->link->to);
	str output = str_eq(to->type, S("module")) && !to->callees.n && !is_whole(ref->link->rest) ?
			     tf_output_name(ref->link->rest) :
			     S("");
	if (output.n)
		to = tf_to(ref);
	if (output.n && (tf_iam_output_arn(to, output) || tf_iam_output_name(to, output)))
		to = core_of(e->arena, to, output);
	if (!to->callees.n) {
		graph_add(e, to);
		return;
	}
	bool whole = str_eq(ref->link->attr, S("depends_on")) || is_whole(ref->link->rest);
	str name = tf_output_name(ref->link->rest);
	if (!whole)
		name = STR_CAT(e->arena, S("output."), name);
	for (size_t i = 0; i < to->callees.n; i++)
		if (whole)
			add_all(e, to->callees.v[i]);
		else
			graph_add(e, tf_find(to->callees.v[i], name));
}

static bool is_meta(str attr)
{
	return str_eq(attr, S("count")) || str_eq(attr, S("for_each")) ||
	       str_eq(attr, S("depends_on"));
}

/* An argument of a call for a block in it: of a call around that one it is not the value. */
static bool concerns(const struct tf_block *b, const struct tf_block *call, str attr)
{
	return is_meta(attr) ||
	       (call == b->module->call && str_eq(b->type, S("variable")) && str_eq(attr, b->name));
}

/* What the block waits for: what it refers to, and what each call that leads to it waits for. */
static void edges_of(const void *node, struct graph_edges *e)
{
	const struct tf_block *b = node;
	bool is_call = b->callees.n != 0;
	const struct tf_refs *refs = tf_refs(b);
	for (size_t i = 0; i < refs->n; i++) {
		e->apart = tf_apart(b, refs->v[i]->link->attr);
		if (!is_call || is_meta(refs->v[i]->link->attr))
			add_ref(e, refs->v[i]);
	}
	e->apart = APART_NOT;
	for (const struct tf_block *call = b->module->call; call; call = call->module->call) {
		refs = tf_refs(call);
		for (size_t i = 0; i < refs->n; i++)
			if (concerns(b, call, refs->v[i]->link->attr))
				add_ref(e, refs->v[i]);
	}
}

static struct graph_mark *mark_of(void *node)
{
	return &((struct tf_block *)node)->mark;
}

static int by_address(const void *x, const void *y)
{
	const struct tf_block *a = *(struct tf_block *const *)x, *b = *(struct tf_block *const *)y;
	int c = str_cmp(a->module->scope->id, b->module->scope->id);
	return c ? c : str_cmp(a->address, b->address);
}

static const struct unit *unit_of(const void *node)
{
	return ((const struct tf_block *)node)->module->unit;
}

static str address_of(const void *node)
{
	const struct tf_block *b = node;
	return tf_address(b->module, b->address);
}

static const struct graph_nodes blocks = { .mark = mark_of,
					   .edges = edges_of,
					   .order = by_address,
					   .unit = unit_of,
					   .address = address_of };

/* ---- order ---- */

static bool waits(const void *front, const void *other)
{
	const struct tf_block *from = front, *to = other;
	return from && to &&
	       graph_waits(from->module->model, &blocks, from->base ? from->base : from,
			   to->base ? to->base : to);
}

/* Of what a value says, an output may wait, too. */
static bool can_wait(const struct tf_block *b)
{
	return str_eq(b->type, S("resource")) || str_eq(b->type, S("output"));
}

/* By a resource beside it: a whole module would have to wait for more than it needs, and what data
 * sources wait for is not known while a key is changed. */
static bool wait_site(const void *front, const struct key *k, struct arena *a,
		      struct wait_site *out)
{
	const struct tf_block *from = front, *to = k->policy ? k->policy->front : NULL;
	if (!k->policy && from && k->scope == from->module->scope)
		to = tf_find(from->module, k->name);
	if (!from || !to || from->module != to->module || from->overridden || !can_wait(from) ||
	    !str_eq(to->type, S("resource")))
		return false;
	from = from->base ? from->base : from;
	to = to->base ? to->base : to;
	*out = (struct wait_site){ from->body, tf_attr(from->body, S("depends_on"), a),
				   "depends_on", to->address };
	return !out->list || out->list->kind == NODE_SEQ;
}

static const void *wait_find(const struct scope *like, str id, str name)
{
	const struct tf_module *mod = like->front;
	struct tf_module *in = mod ? map_find(&mod->state->scopes, id) : NULL;
	return in ? tf_find(in, name) : NULL;
}

const struct wait_hooks tf_wait = { waits, wait_site, wait_find, tf_waiters, false };

/* ---- cycles ---- */

/* Its text is that of the first model, and it loads no file that may not be. */
static bool is_as_before(const struct tf_module *mod)
{
	return mod->dir->known && !(mod->model->loads_changed && mod->dir->file_calls.n);
}

/* The modules of one unit: no edge leaves them. */
static void search_unit(struct unit *unit, struct tf_module *const *mods, size_t count,
			const struct map *units)
{
	struct graph g = { .model = mods[0]->model, .nodes = &blocks };
	bool wanted = units && map_find(units, unit->path), circle = false;
	for (size_t i = 0; i < count; i++) {
		wanted |= !units && !is_as_before(mods[i]);
		circle |= mods[i]->dir->circle;
	}
	if (!wanted || !circle || unit->searched)
		return;
	unit->searched = true;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < mods[i]->dir->blocks.n; k++)
			graph_cycles(&g, tf_vertex(mods[i], k));
}

void tf_cycles(const struct tf_modules *mods, const struct map *units)
{
	size_t end;
	for (size_t i = 0; i < mods->n; i = end) {
		for (end = i; end < mods->n && mods->v[end]->unit == mods->v[i]->unit; end++)
			;
		search_unit(mods->v[i]->unit, &mods->v[i], end - i, units);
	}
}
