/* SPDX-License-Identifier: MIT */
/*
 * Directories to modules: a tree from every root module through the local module calls, as
 * `terraform apply` expands it. Registry and remote sources stay opaque. A call whose count or
 * for_each is known makes one module for each instance; one whose instances are not known makes a
 * single module that stands for all of them.
 */
#include "tf.h"

#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"

/* Calls within calls, and modules of all trees together; real repositories need 6 and 5,000. */
#define MAX_DEPTH 32
#define MAX_MODULES 50000
/* Of one root module: a few calls of calls can be any number. */
#define MAX_UNIT_MODULES 1000

struct expansion {
	struct tf_dirs *dirs;
	struct tf_state *state;
	size_t first; /* module of the root that is being expanded */
};

str tf_address(const struct tf_module *mod, str address)
{
	if (!mod->scope->address.n)
		return address;
	return STR_CAT(mod->model->arena, mod->scope->address, S("."), address);
}

struct tf_block *tf_find(struct tf_module *mod, str address)
{
	const struct tf_declared *b = map_find(&mod->dir->index, address);
	return b ? tf_block_in(mod, b->position) : NULL;
}

struct tf_module *tf_root(struct tf_module *mod)
{
	while (mod->parent)
		mod = mod->parent;
	return mod;
}

str tf_unused_name(struct tf_module *mod, const char *kind, str wanted)
{
	struct arena *a = mod->model->arena;
	char *p = arena_alloc(a, wanted.n);
	for (size_t i = 0; i < wanted.n; i++) {
		char c = wanted.p[i];
		p[i] = ascii_is_alnum(c) || c == '-' ? c : '_';
	}
	str base = { p, wanted.n }, name = base;
	for (size_t i = 2;; i++) {
		str address = str_fmt(a, "%s.%.*s", kind, STR_ARG(name));
		if (!map_find(&mod->dir->index, address) && !map_find(&mod->promised, address))
			return name;
		name = str_fmt(a, "%.*s_%zu", STR_ARG(base), i);
	}
}

/* ---- which directories are root modules ---- */

struct tf_dir *tf_callee(const struct tf_dirs *dirs, const struct tf_declared *call)
{
	struct arena *a = call->dir->model->arena;
	const struct node *n = tf_attr(call->body, S("source"), a);
	str source, dir;
	if (!n || !node_text(n, a, &source))
		return NULL;
	if (!str_starts(source, S("./")) && !str_starts(source, S("../")) &&
	    !str_eq(source, S(".")) && !str_eq(source, S("..")))
		return NULL;
	if (!path_join(a, call->dir->path, source, &dir))
		return NULL;
	return map_find(&dirs->index, fileset_real_path(call->dir->model->files, dir, a));
}

static void note_callers(struct tf_dirs *dirs, struct tf_dir *dir)
{
	for (size_t i = 0; i < dir->blocks.n; i++) {
		bool call = str_eq(dir->blocks.v[i]->type, S("module"));
		struct tf_dir *callee = call ? tf_callee(dirs, tf_declared(dir, i)) : NULL;
		if (callee && callee != dir)
			strs_add_once(dir->model->arena, &callee->callers, dir->path);
	}
}

bool tf_is_sample(str path)
{
	static const char *const names[] = { "example", "examples", "test", "tests", "fixtures" };
	while (path.n) {
		size_t slash = str_find(path, S("/"), 0);
		str part = str_sub(path, 0, slash == SIZE_MAX ? path.n : slash);
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (str_eq(part, str_from(names[i])))
				return true;
		path = str_sub(path, slash == SIZE_MAX ? path.n : slash + 1, path.n);
	}
	return false;
}

void tf_settings(struct tf_dir *dir, str name, struct nodes *bodies, struct nodes *nodes)
{
	for (size_t i = 0; i < dir->blocks.n; i++)
		if (str_eq(dir->blocks.v[i]->type, S("terraform")))
			tf_nested(tf_declared(dir, i)->body, name, dir->model->arena, bodies,
				  nodes);
}

/* It keeps a state of its own. */
static bool has_backend(struct tf_dir *dir)
{
	struct nodes bodies = { 0 };
	tf_settings(dir, S("backend"), &bodies, NULL);
	tf_settings(dir, S("cloud"), &bodies, NULL);
	return bodies.n != 0;
}

static bool is_root(const struct tf_dirs *dirs, struct tf_dir *dir)
{
	bool sample = tf_is_sample(dir->path);
	if (dir->callers.n && tf_is_named(dirs, dir))
		return true;
	for (size_t i = 0; i < dir->callers.n; i++)
		if (sample || !tf_is_sample(dir->callers.v[i]))
			return has_backend(dir);
	return true;
}

/* ---- instances ---- */

static struct scope *scope_new(struct tf_module *mod, str address)
{
	struct model *m = mod->model;
	struct scope *s = ARENA_NEW(m->arena, struct scope);
	s->unit = mod->unit;
	s->parent = mod->parent ? mod->parent->scope : NULL;
	s->address = address;
	s->dir = mod->dir->path;
	s->id = address.n ?
			str_fmt(m->arena, "%.*s:%.*s", STR_ARG(mod->unit->path), STR_ARG(address)) :
			mod->unit->path;
	s->front = mod;
	return s;
}

static struct tf_module *module_new(struct expansion *x, struct tf_dir *dir, struct unit *unit,
				    struct tf_module *parent, struct tf_block *call)
{
	struct arena *a = dir->model->arena;
	struct tf_module *mod = ARENA_NEW(a, struct tf_module);
	str address = { 0 };
	*mod = (struct tf_module){ .model = dir->model,
				   .unit = unit,
				   .dir = dir,
				   .state = x->state,
				   .parent = parent,
				   .call = call };
	if (call) {
		address = str_fmt(a, "module.%.*s%.*s", STR_ARG(call->name), STR_ARG(call->index));
		address = tf_address(parent, address);
		mod->guards = call->guards;
	}
	mod->scope = scope_new(mod, address);
	issues_join(a, &unit->issues, &dir->issues);
	map_put(&x->state->scopes, a, mod->scope->id, mod);
	tf_module_blocks(mod);
	VEC_PUSH(a, &x->state->modules, mod);
	VEC_PUSH(a, &dir->modules, mod);
	return mod;
}

/* The call as one instance of it sees itself. */
static struct tf_block *call_instance(struct tf_block *call, enum tf_repeat repeat, str guard,
				      const struct tf_instance *at)
{
	struct arena *a = call->dir->model->arena;
	struct tf_block *copy = tf_block_at(call, repeat, at);
	copy->guards = (struct strs){ 0 };
	strs_add_all(a, &copy->guards, &call->guards);
	if (guard.n)
		strs_add_once(a, &copy->guards, guard);
	if (at->guard.n)
		strs_add_once(a, &copy->guards, at->guard);
	return copy;
}

static void expand(struct expansion *x, struct tf_module *mod, size_t depth);

static bool calls_itself(const struct tf_module *mod, const struct tf_dir *dir)
{
	for (; mod; mod = mod->parent)
		if (mod->dir == dir)
			return true;
	return false;
}

static void expand_call(struct expansion *x, struct tf_block *call, size_t depth)
{
	struct tf_module *mod = call->module;
	struct arena *a = mod->model->arena;
	struct tf_dir *dir = tf_callee(x->dirs, &call->declared);
	struct tf_instances all = { 0 };
	if (!dir)
		return;
	size_t n = x->state->modules.n;
	if (depth == MAX_DEPTH || n >= MAX_MODULES || n - x->first >= MAX_UNIT_MODULES ||
	    calls_itself(mod, dir)) {
		issue_add(a, &mod->unit->issues, "TF-DYNAMIC",
			  "modules call each other too deeply or too often to be followed");
		return;
	}
	tf_repeat(call, &all);
	call->repeat = all.repeat;
	for (size_t i = 0; i < all.n; i++) {
		struct tf_block *at = call_instance(call, all.repeat, all.guard, &all.v[i]);
		struct tf_module *callee = module_new(x, dir, mod->unit, mod, at);
		VEC_PUSH(a, &call->callees, callee);
		expand(x, callee, depth + 1);
	}
}

/* Calls without count and for_each first: those of the others may refer to their outputs. */
static void expand(struct expansion *x, struct tf_module *mod, size_t depth)
{
	struct arena *a = mod->model->arena;
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < mod->dir->calls.n; i++) {
			struct tf_block *b = tf_block_in(mod, mod->dir->calls.v[i]);
			bool repeated = tf_attr(b->body, S("count"), a) ||
					tf_attr(b->body, S("for_each"), a);
			if (repeated == (pass == 1))
				expand_call(x, b, depth);
		}
}

static const struct language terraform = {
	.dynamic = "TF-DYNAMIC",
	.whole = "module",
	.instead = "with jsonencode or as a heredoc",
	.perhaps = "TF-DYNAMIC",
	.repeats = true,
	.presence = tf_presence,
	.opposite = tf_guard_opposite,
	.never = tf_never,
	.mentions = tf_mentions,
	.wait = &tf_wait,
	.detach = tf_detach,
};

static void expand_root(struct expansion *x, struct tf_dir *dir)
{
	struct model *m = dir->model;
	struct unit *unit = ARENA_NEW(m->arena, struct unit);
	unit->path = dir->path;
	unit->language = &terraform;
	unit->names = &m->names;
	unit->issues.brief = true;
	VEC_PUSH(m->arena, &m->units, unit);
	x->first = x->state->modules.n;
	struct tf_module *mod = module_new(x, dir, unit, NULL, NULL);
	unit->front = mod;
	expand(x, mod, 0);
}

/* What was evaluated while not all modules were there may be known better now. */
static void forget_values(const struct tf_modules *modules)
{
	for (size_t i = 0; i < modules->n; i++) {
		const struct tf_module *mod = modules->v[i];
		for (size_t k = 0; k < mod->dir->blocks.n; k++)
			if (mod->blocks[k])
				mod->blocks[k]->value = NULL;
	}
}

/* What each.value is to the instances of the call. */
static void renew_instances(struct tf_block *call)
{
	struct tf_instances all = { 0 };
	tf_repeat(call, &all);
	if (all.repeat != call->repeat || all.n != call->callees.n)
		return;
	for (size_t i = 0; i < all.n; i++) {
		struct tf_block *at = call->callees.v[i]->call;
		if (str_eq(at->index, all.v[i].index))
			at->each_value = all.v[i].value;
	}
}

/* It may speak of modules that were not there yet, and of what they were given. */
static void renew_values(const struct tf_modules *modules)
{
	forget_values(modules);
	for (size_t i = 0; i < modules->n; i++) {
		struct tf_module *mod = modules->v[i];
		for (size_t k = 0; k < mod->dir->calls.n; k++) {
			struct tf_block *call = tf_block_in(mod, mod->dir->calls.v[k]);
			if (call->callees.n && call->repeat != TF_SINGLE)
				renew_instances(call);
		}
	}
}

struct tf_state *tf_expand(struct tf_dirs *dirs)
{
	struct expansion x = { .dirs = dirs };
	if (!dirs->n)
		return NULL;
	x.state = ARENA_NEW(dirs->v[0]->model->arena, struct tf_state);
	tf_tests_find(x.state, dirs->v[0]->model);
	for (size_t i = 0; i < dirs->n; i++)
		note_callers(dirs, dirs->v[i]);
	tf_named(dirs);
	for (size_t i = 0; i < dirs->n; i++)
		if (is_root(dirs, dirs->v[i]))
			expand_root(&x, dirs->v[i]);
	/* Directories that only call each other in a circle. */
	for (size_t i = 0; i < dirs->n; i++)
		if (!dirs->v[i]->modules.n)
			expand_root(&x, dirs->v[i]);
	renew_values(&x.state->modules);
	x.state->expanded = true; /* and now resources are what count and for_each make of them */
	renew_values(&x.state->modules);
	forget_values(&x.state->modules);
	for (size_t i = 0; i < x.state->modules.n; i++)
		tf_entities(x.state->modules.v[i]);
	return x.state;
}
