/* SPDX-License-Identifier: MIT */
/*
 * A value on its way through modules: up by outputs to the module that both ends have in common,
 * down by variables. What a module has already is used: a variable that is given the value, an
 * output that gives it.
 */
#include "kmsfix/carry.h"

#include <string.h>

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "tf_trip.h"

static const char *const WHY_REPEATED = "the module is called with count or for_each";
static const char *const WHY_JSON = "the module is written in JSON";
static const char *const WHY_ESCAPED = "it is written with escapes of JSON";
static const char *const WHY_BOUND = "it means something only inside its own block";
static const char *const WHY_PLACE = "the module has no block beside which it could be declared";
static const char *const WHY_DOCUMENT = "it is made of the text of a policy document";

bool tf_refuse(struct trip *t, const char *why)
{
	t->why = why;
	return false;
}

static bool is_above(const struct tf_module *up, const struct tf_module *m)
{
	for (; m; m = m->parent)
		if (m == up)
			return true;
	return false;
}

static bool is_bound(str source)
{
	return str_has(source, S("each.")) || str_has(source, S("count.index"));
}

/* A template in a string of JSON, as it is written there: read otherwise than in native syntax. */
static bool is_escaped(str source)
{
	return str_starts(source, S("\"")) && str_has(source, S("${")) &&
	       str_has(source, S("\\\""));
}

/* ---- what is there already ---- */

static bool same_value(const struct trip *t, struct tf_block *b)
{
	const struct value *v = tf_value(b);
	str text;
	if (v && t->list)
		v = value_is_known_list(v) && v->n == 1 ? value_at(v, 0) : NULL;
	return v && !v->maybe && value_text(v, &text) && str_eq(text, t->canonical);
}

/* The variable or output of the module that has the value, or NULL. */
static struct tf_block *holder(const struct trip *t, struct tf_module *mod, str type)
{
	for (size_t i = 0; i < mod->dir->borders.n; i++) {
		struct tf_block *b = tf_block_in(mod, mod->dir->borders.v[i]);
		if (str_eq(b->type, type) && same_value(t, b))
			return b;
	}
	return NULL;
}

static str base_name(const struct trip *t)
{
	return t->list ? str_fmt(t->arena, "%.*ss", STR_ARG(t->name)) : t->name;
}

/* ---- additions ---- */

/* The block of the directory that declares what is carried out of it, or NULL. */
static const struct node *declared_by(const struct trip *t, struct tf_dir *dir)
{
	struct tf_source at;
	if (!t->at || t->at->dir != dir || !tf_source(t->at, t->local, &at))
		return NULL;
	const struct node *n = tf_declared(dir, at.block->position)->node;
	return n->kind == NODE_BLOCK ? n : NULL;
}

/* A block can be added after it: not in a file with several paths, which serves other modules. */
static bool is_place(struct tf_dir *dir, size_t i)
{
	return !dir->blocks.v[i]->file->linked && tf_declared(dir, i)->node->kind == NODE_BLOCK;
}

/* The last block of the type in the file that has most of them; else what an output gives, which
 * stays where it is; else the first block of all. */
static const struct node *place_for(const struct trip *t, struct tf_dir *dir, str type)
{
	const struct tf_declared *best = NULL;
	size_t most = 0, n = 0;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		const struct tf_declared *b = dir->blocks.v[i];
		n = i && dir->blocks.v[i - 1]->file == b->file ? n : 0;
		if (!str_eq(b->type, type) || !is_place(dir, i))
			continue;
		if (++n >= most) {
			most = n;
			best = b;
		}
	}
	const struct node *source = best ? NULL : declared_by(t, dir);
	for (size_t i = 0; !best && !source && i < dir->blocks.n; i++)
		if (is_place(dir, i))
			best = dir->blocks.v[i];
	return best ? best->node : source;
}

str tf_description(const struct trip *t, struct tf_dir *dir, str type, const char *text)
{
	size_t all = 0, described = 0;
	for (size_t i = 0; i < dir->blocks.n; i++) {
		if (!str_eq(dir->blocks.v[i]->type, type))
			continue;
		all++;
		described += tf_attr(tf_declared(dir, i)->body, S("description"), t->arena) != NULL;
	}
	if (!all || described * 2 < all)
		return S("");
	return str_fmt(t->arena, "  description = \"%s\"\n", text);
}

void tf_note_added(struct trip *t, const struct tf_dir *dir, const char *type, str name)
{
	static char there;
	map_put(&t->c->names, t->arena,
		str_fmt(t->arena, "%.*s|%s.%.*s", STR_ARG(dir->path), type, STR_ARG(name)), &there);
}

bool tf_add_block(struct trip *t, struct tf_dir *dir, const char *type, str name, str text)
{
	struct addition add = { .after = place_for(t, dir, str_from(type)), .text = text };
	if (!add.after)
		return tf_refuse(t, WHY_PLACE);
	tf_note_added(t, dir, !strcmp(type, "variable") ? "var" : type, name);
	VEC_PUSH(t->arena, &t->c->additions, add);
	return true;
}

str *tf_remembered(struct trip *t, const struct tf_dir *dir, const char *type, str value)
{
	str key = str_fmt(t->arena, "%.*s>%s|%d|%.*s", STR_ARG(dir->path), type, t->list,
			  STR_ARG(value));
	str *name = map_find(&t->c->names, key);
	if (!name) {
		name = ARENA_NEW(t->arena, str);
		map_put(&t->c->names, t->arena, key, name);
	}
	return name;
}

/* ---- up ---- */

/*
 * The output as the caller takes it. Of a call that may not be there it is a list; try() and not a
 * splat, which would depend on all of the module.
 */
static str call_source(struct trip *t, const struct tf_module *mod, str output)
{
	const struct tf_block *call = mod->call;
	bool optional = t->list_mode && mod->guards.n > mod->parent->guards.n;
	str source = str_fmt(t->arena, "module.%.*s%.*s.%.*s", STR_ARG(call->name),
			     STR_ARG(call->index), STR_ARG(output));
	if (optional)
		source = str_fmt(t->arena, t->list ? "try(%.*s, [])" : "try([%.*s], [])",
				 STR_ARG(source));
	t->list |= optional;
	return source;
}

/* An output is made for every caller of the module. */
static str for_every_caller(const struct trip *t)
{
	return t->list || !tf_some_lacks(t->at->dir, t->local) ?
		       t->local :
		       str_fmt(t->arena, "try(%.*s, null)", STR_ARG(t->local));
}

static bool add_output(struct trip *t, str *name)
{
	struct tf_dir *dir = t->at->dir;
	if (is_bound(t->local))
		return tf_refuse(t, WHY_BOUND);
	*name = tf_free_name(t, dir, "output", base_name(t));
	str says = tf_description(t, dir, S("output"), "For the key policies that name it");
	return tf_add_block(t, dir, "output", *name,
			    str_fmt(t->arena, "output \"%.*s\" {\n%.*s  value%s = %.*s\n}\n",
				    STR_ARG(*name), STR_ARG(says), says.n ? "      " : "",
				    STR_ARG(for_every_caller(t))));
}

/* Where one instance of a block may be missing, all of them are a list of it; see call_source(). */
static void start_list(struct trip *t)
{
	struct tf_source at;
	if (!tf_source(t->at, t->local, &at) || !tf_some_lacks(t->at->dir, t->local) ||
	    (at.block->repeat != TF_OPTIONAL && !at.block->base))
		return;
	bool each = at.block->base || str_eq(at.block->type, S("module"));
	t->local = str_fmt(t->arena, each ? "try([%.*s%s.%.*s], [])" : "%.*s%s.%.*s",
			   STR_ARG(at.block->address),
			   at.block->base ? "" :
			   each           ? "[0]" :
					    "[*]",
			   STR_ARG(at.attr));
	t->list = true;
}

static bool go_up(struct trip *t)
{
	struct tf_block *have = holder(t, t->at, S("output"));
	str *name = tf_remembered(t, t->at->dir, "output", t->local);
	if (t->at->call->repeat == TF_PLURAL)
		return tf_refuse(t, WHY_REPEATED);
	if (have)
		*name = have->name;
	else if (!name->n && !add_output(t, name))
		return false;
	if (t->nameless)
		t->name = str_fmt(t->arena, "%.*s_%.*s", STR_ARG(t->at->call->name),
				  STR_ARG(t->name));
	t->nameless = false;
	t->from = t->at->call->name;
	t->local = call_source(t, t->at, *name);
	t->at = t->at->parent;
	return true;
}

/* ---- down ---- */

/* More than one call makes the module, or a test does. */
static bool has_others(const struct tf_dir *dir)
{
	return dir->modules.n != 1 || dir->tested;
}

/* One call of several that make the module, and it makes just this instance. */
static bool is_optional(const struct trip *t, const struct tf_module *to)
{
	return t->c->optional && !t->list && has_others(to->dir) && to->call->repeat == TF_SINGLE &&
	       to->parent->dir->modules.n == 1;
}

/* The type that the caller's own variable has, for what may be no text. */
static str type_of(const struct trip *t)
{
	const struct tf_declared *b = str_starts(t->local, S("var.")) ?
					      map_find(&t->at->dir->index, t->local) :
					      NULL;
	const struct node *type = b ? tf_attr(b->body, S("type"), t->arena) : NULL;
	if (t->list || !t->c->any)
		return t->list ? S("list(string)") : S("string");
	return type && type->kind == NODE_NAME ? node_source(type) : S("any");
}

static bool add_variable(struct trip *t, struct tf_module *to, str *name)
{
	struct tf_dir *dir = to->dir;
	struct addition add = { .body = to->call->body };
	bool optional = is_optional(t, to);
	if (has_others(dir) && !optional) {
		t->shared = true;
		return tf_refuse(t, to->call->base->callees.n > 1 ? WHY_REPEATED : WHY_SHARED);
	}
	if (is_bound(t->local))
		return tf_refuse(t, WHY_BOUND);
	if (to->call->body->kind != NODE_BODY)
		return tf_refuse(t, WHY_JSON);
	str base = base_name(t);
	if (t->from.n && t->declared.n && map_find(&dir->index, t->declared) &&
	    !str_starts(base, t->from)) /* else it would read as that of the module itself */
		base = str_fmt(t->arena, "%.*s_%.*s", STR_ARG(t->from), STR_ARG(base));
	*name = tf_free_name(t, dir, "var", base);
	add.name = *name;
	add.value = t->local;
	VEC_PUSH(t->arena, &t->c->additions, add);
	str says = tf_description(t, dir, S("variable"), "For the key policy, which names it");
	const char *pad = says.n ? "       " : optional ? "   " : "";
	str unset = str_fmt(t->arena, "  default%s = %s\n", says.n ? "    " : "",
			    t->c->holds ? "false" : "null");
	return tf_add_block(t, dir, "variable", *name,
			    str_fmt(t->arena, "variable \"%.*s\" {\n%.*s  type%s = %.*s\n%.*s}\n",
				    STR_ARG(*name), STR_ARG(says), pad, STR_ARG(type_of(t)),
				    STR_ARG(optional ? unset : S(""))));
}

static bool go_down(struct trip *t, struct tf_module *to)
{
	struct tf_block *have = holder(t, to, S("variable"));
	/* what only one call sets serves that one alone */
	str meaning = is_optional(t, to) ? STR_CAT(t->arena, to->scope->id, S(" "), t->canonical) :
					   t->canonical;
	str *name = tf_remembered(t, to->dir, "variable", meaning);
	if (have)
		*name = have->name;
	else if (!name->n && !add_variable(t, to, name))
		return false;
	t->local = str_fmt(t->arena, "var.%.*s", STR_ARG(*name));
	t->at = to;
	return true;
}

/* The module below `up` on the way to `to`. */
static struct tf_module *next_below(const struct tf_module *up, struct tf_module *to)
{
	while (to->parent != up)
		to = to->parent;
	return to;
}

/* ---- the whole way ---- */

/* What another root module declares is looked up where it is needed, else in the root of that
 * module, which hands it down. */
static bool enter_unit(struct trip *t, struct tf_module *to)
{
	struct tf_module *root = to;
	while (root->parent)
		root = root->parent;
	if (tf_look_up(t, to))
		return true;
	if (root == to)
		return false;
	t->shared = false;
	if (!tf_look_up(t, root))
		return false;
	t->canonical = ref_in_scope(t->arena, root->scope->id, t->local);
	return true;
}

static bool travel(struct trip *t, struct tf_module *to)
{
	if (is_escaped(t->local))
		return tf_refuse(t, WHY_ESCAPED);
	if (t->list_mode)
		start_list(t);
	struct tf_block *have = holder(t, to, S("variable"));
	if (t->at == to || (t->at->unit == to->unit && str_eq(t->local, S(WORKSPACE))))
		return true;
	if (t->at->unit != to->unit && !enter_unit(t, to))
		return false;
	if (have) {
		t->local = str_fmt(t->arena, "var.%.*s", STR_ARG(have->name));
		return true;
	}
	while (!is_above(t->at, to))
		if (!go_up(t))
			return false;
	while (t->at != to)
		if (!go_down(t, next_below(t->at, to)))
			return false;
	return true;
}

/* `aws_iam_role.x[0].arn`, and nothing around it that would make up for a missing instance. */
static bool names_instance(struct tf_block *call, const struct node *argument)
{
	struct arena *a = call->module->model->arena;
	str address, rest;
	if (!argument || !tf_traversal(call, argument, a, &address, &rest) ||
	    !str_starts(rest, S("[")) || str_starts(rest, S("[*]")))
		return false;
	struct tf_block *to = tf_find(call->module, address);
	return to && str_eq(to->type, S("resource"));
}

bool carry_lacks(const struct scope *to, str arn)
{
	str source, local;
	struct tf_module *at;
	if (to->unit->language->carry || !to->front || !text_is_ref(arn, &source))
		return false;
	at = map_find(&((struct tf_module *)to->front)->state->scopes, ref_scope(source, &local));
	return at && at->dir->modules.n > 1 && tf_some_lacks(at->dir, local);
}

bool carry_given(const struct scope *to, str arn)
{
	struct tf_module *mod = to->front;
	struct trip t = { .canonical = arn };
	if (to->unit->language->carry || !mod || !mod->call)
		return false;
	struct tf_block *b = holder(&t, mod, S("variable"));
	return b && names_instance(mod->call, tf_attr(mod->call->body, b->name, mod->model->arena));
}

enum carried tf_trip(struct trip *t, struct carrier *c, str text, bool list, struct tf_module *to)
{
	str source, id;
	*t = (struct trip){ .c = c, .arena = c->arena, .canonical = text, .list_mode = list };
	/* Who uses a document says what it is: it cannot get one user more. */
	if (!text_is_ref(text, &source) || str_has(source, S("data.aws_iam_policy_document."))) {
		t->why = WHY_DOCUMENT;
		return CARRY_NEVER;
	}
	id = ref_scope(source, &t->local);
	t->at = to ? map_find(&to->state->scopes, id) : NULL;
	t->name = t->at ? tf_first_name(t, t->local) : t->local;
	if (!t->at || travel(t, to))
		return CARRIED;
	return t->shared ? CARRY_SHARED : CARRY_NEVER;
}

enum carried carry_text(struct carrier *c, str text, const struct scope *to, str *out,
			const char **why)
{
	enum carried result = CARRIED;
	struct buf b = { 0 };
	struct trip t;
	str part;
	bool ref;
	if (to->unit->language->carry)
		return to->unit->language->carry(c, text, to, out, why) ? CARRIED : CARRY_NEVER;
	while (result == CARRIED && text_next(&text, &part, &ref)) {
		if (!ref) {
			buf_add(&b, part);
			continue;
		}
		result = tf_trip(&t, c, ref_text(c->arena, part), false, to->front);
		if (result == CARRIED)
			buf_add(&b, ref_in_scope(c->arena, to->id, t.local));
		else
			*why = t.why;
	}
	if (result == CARRIED)
		*out = str_dup(c->arena, buf_str(&b));
	buf_free(&b);
	return result;
}
