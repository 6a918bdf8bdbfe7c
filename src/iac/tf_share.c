/* SPDX-License-Identifier: MIT */
/*
 * Lists of values in the words of a module: as one expression, or, where a module has several
 * instances that need different ones, as a variable that each call sets.
 */
#include "kmsfix/buf.h"
#include "kmsfix/vec.h"
#include "tf_trip.h"

static const char *const WHY_DEEP = "too many modules share the calls that lead there";
static const char *const WHY_ROOT = "a root module has no caller that could name it";
static const char *const WHY_REPEATED = "the module is called with count or for_each";
static const char *const WHY_JSON = "the call is written in JSON";

/* Modules that share a caller which is shared itself, and so on; real code has one or two. */
#define MAX_SHARING 8

/* ---- one list in one module ---- */

struct words {
	struct strs plain, lists; /* sources of elements, and of lists */
};

static str expression(struct arena *a, const struct words *w)
{
	str plain = strs_join(a, &w->plain, S(", ")), lists = strs_join(a, &w->lists, S(", "));
	if (!w->lists.n)
		return str_fmt(a, "[%.*s]", STR_ARG(plain));
	if (!w->plain.n && w->lists.n == 1)
		return lists;
	if (!w->plain.n)
		return str_fmt(a, "concat(%.*s)", STR_ARG(lists));
	return str_fmt(a, "concat([%.*s], %.*s)", STR_ARG(plain), STR_ARG(lists));
}

static enum carried add_words(struct carrier *c, const struct strs *texts, bool sometimes,
			      struct tf_module *to, struct words *w, const char **why)
{
	struct trip t;
	for (size_t i = 0; i < texts->n; i++) {
		enum carried result = tf_trip(&t, c, texts->v[i], sometimes, to);
		if (result != CARRIED) {
			*why = t.why ? t.why : "it is no reference";
			return result;
		}
		strs_add_once(c->arena, t.list ? &w->lists : &w->plain, t.local);
	}
	strs_sort(t.list ? &w->lists : &w->plain);
	return CARRIED;
}

static enum carried list_words(struct carrier *c, const struct carry_list *list,
			       struct tf_module *to, struct words *w, const char **why)
{
	enum carried result = CARRIED;
	if (list->always.n)
		result = add_words(c, &list->always, false, to, w, why);
	if (result == CARRIED && list->sometimes.n)
		result = add_words(c, &list->sometimes, true, to, w, why);
	return result;
}

static bool says_each(struct carrier *c, const struct strs *texts, const struct scope *to, str *out,
		      const char **why)
{
	for (size_t i = 0; i < texts->n; i++)
		if (!to->unit->language->carry(c, texts->v[i], to, out, why))
			return false;
	return true;
}

/*
 * Where there are no list expressions, every text must be said by itself: principals that are all
 * there under one condition, under that.
 */
static enum carried carry_each(struct carrier *c, const struct carry_list *list,
			       const struct scope *to, str *out, bool *empty, const char **why)
{
	str condition = S("");
	if (!says_each(c, &list->always, to, out, why) ||
	    !says_each(c, &list->sometimes, to, out, why))
		return CARRY_NEVER;
	*why = "it exists only under a condition";
	for (size_t i = 0; i < list->sometimes.n; i++) {
		const struct name *n = name_get(to->unit, list->sometimes.v[i]);
		if (list->always.n || !n || n->kind != NAME_PRINCIPAL ||
		    !to->unit->language->when || !to->unit->language->when(n->principal, to, out) ||
		    (i && !str_eq(*out, condition)))
			return CARRY_NEVER;
		condition = *out;
	}
	*empty = list->sometimes.n > 0;
	return CARRIED;
}

enum carried carry_list(struct carrier *c, const struct carry_list *list, const struct scope *to,
			str *out, bool *empty, const char **why)
{
	struct words w = { 0 };
	enum carried result;
	if (to->unit->language->carry)
		return carry_each(c, list, to, out, empty, why);
	result = list_words(c, list, to->front, &w, why);
	if (result != CARRIED)
		return result;
	*out = expression(c->arena, &w);
	*empty = !w.plain.n;
	return CARRIED;
}

/* ---- one list in each of several modules ---- */

struct sharing {
	struct carrier *c;
	str name;
	bool known; /* the first module has that variable */
	size_t depth;
	const char **why;
};

struct shares {
	struct carry_share *v;
	size_t n, cap;
};

static enum carried share(struct sharing *s, struct carry_share *shares, size_t n, str *variable);

static enum carried refuse(struct sharing *s, const char *why)
{
	*s->why = why;
	return CARRY_NEVER;
}

/* `lookup({ "a" = […], … }, each.key, [])`: each instance of one call gets its own. */
static str by_instance(struct arena *a, const struct tf_module *mod, const struct strs *keys,
		       const struct strs *values)
{
	struct strs pairs = { 0 };
	for (size_t i = 0; i < keys->n; i++)
		strs_add(a, &pairs,
			 str_fmt(a, "\"%.*s\" = %.*s", STR_ARG(keys->v[i]), STR_ARG(values->v[i])));
	return str_fmt(a, "lookup({ %.*s }, %s, [])", STR_ARG(strs_join(a, &pairs, S(", "))),
		       mod->call->by_key ? "each.key" : "count.index");
}

/* `[each.key]` in place of `["a"]`; false when the text has none. */
static bool by_own_key(struct arena *a, const struct tf_block *call, str key, str text, str *out)
{
	str index = str_fmt(a, call->by_key ? "[\"%.*s\"]" : "[%.*s]", STR_ARG(key));
	const char *own = call->by_key ? "[each.key]" : "[count.index]";
	struct buf b = { 0 };
	size_t from = 0, at;
	while ((at = str_find(text, index, from)) != SIZE_MAX) {
		buf_printf(&b, "%.*s%s", (int)(at - from), text.p + from, own);
		from = at + index.n;
	}
	buf_add(&b, str_sub(text, from, text.n));
	*out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return from > 0;
}

/* What the instances of the call are selected by is known. */
static bool has_known_keys(const struct tf_module *mod)
{
	const struct tf_modules *all = &mod->call->base->callees;
	for (size_t i = 0; i < all->n; i++)
		if (!text_is_literal(all->v[i]->call->each_key->text))
			return false;
	return true;
}

/* The argument of one call: what each instance of it is given, in each instance of its module. */
struct given {
	struct strs values, keys; /* keys are empty where the call has no instances */
	struct shares callers;
	const struct tf_module *mod; /* one of them; NULL: none */
	size_t instances;            /* that the call has in all callers */
	bool known;                  /* all keys are */
};

/* `[aws_iam_role.x[each.key].arn]`: every instance of the call has the same of its own. */
static bool by_each(struct arena *a, const struct given *g, str *out)
{
	str text = { 0 };
	if (g->keys.n != g->instances)
		return false;
	for (size_t i = 0; i < g->keys.n; i++)
		if (!by_own_key(a, g->mod->call, g->keys.v[i], g->values.v[i], i ? &text : out) ||
		    (i && !str_eq(text, *out)))
			return false;
	return true;
}

/* Keeps one of each key; false when one is given different values, or some caller has it not. */
static bool join_keys(struct arena *a, struct given *g)
{
	struct strs keys = { 0 }, values = { 0 };
	bool same = true;
	for (size_t i = 0; i < g->keys.n; i++) {
		size_t at = 0;
		while (at < keys.n && !str_eq(keys.v[at], g->keys.v[i]))
			at++;
		same &= at == keys.n || str_eq(values.v[at], g->values.v[i]);
		if (at < keys.n)
			continue;
		strs_add(a, &keys, g->keys.v[i]);
		strs_add(a, &values, g->values.v[i]);
	}
	same &= g->keys.n == keys.n * g->callers.n;
	g->keys = keys;
	g->values = values;
	return same;
}

/* All instances of the module that the call stands in are among those that need it. */
static bool is_in_all(const struct given *g)
{
	return g->callers.n == g->mod->parent->dir->modules.n;
}

/* What the caller is to have so that it can hand down what its callees of this call need. */
static void add_to_caller(struct arena *a, struct shares *callers, const struct carry_share *from)
{
	const struct tf_module *mod = from->scope->front;
	struct carry_share *to = NULL;
	for (size_t i = 0; i < callers->n; i++)
		if (callers->v[i].scope == mod->parent->scope)
			to = &callers->v[i];
	if (!to) {
		struct carry_share fresh = { .scope = mod->parent->scope };
		VEC_PUSH(a, callers, fresh);
		to = &callers->v[callers->n - 1];
	}
	strs_add_all(a, &to->list.always, &from->list.always);
	strs_add_all(a, &to->list.sometimes, &from->list.sometimes);
}

static const struct node *call_of(const struct carry_share *share)
{
	const struct tf_module *mod = share->scope->front;
	return mod->call ? mod->call->node : NULL;
}

/* Several keys of one module are all given the same. */
static bool is_repeated(const struct carry_share *all, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (all[k].scope == all[i].scope)
			return true;
	return false;
}

static enum carried gather(struct sharing *s, const struct carry_share *all, size_t n,
			   const struct node *call, struct given *g)
{
	struct arena *a = s->c->arena;
	enum carried result = CARRIED;
	g->known = true;
	for (size_t i = 0; i < n && result != CARRY_NEVER; i++) {
		struct words w = { 0 };
		const struct tf_module *each = all[i].scope->front;
		if (call_of(&all[i]) != call || is_repeated(all, i))
			continue;
		g->mod = each;
		enum carried one = list_words(s->c, &all[i].list, each->parent, &w, s->why);
		result = one == CARRIED ? result : one;
		size_t callers = g->callers.n;
		/* what one call cannot name, all are given */
		add_to_caller(a, &g->callers, &all[i]);
		if (g->callers.n > callers && each->call->repeat == TF_KNOWN)
			g->instances += each->call->base->callees.n;
		strs_add(a, &g->values, expression(a, &w));
		strs_add(a, &g->keys, each->call->each_key ? each->call->each_key->text : S(""));
		g->known &= each->call->repeat == TF_KNOWN && has_known_keys(each);
	}
	return result;
}

/* The argument of one call, for all instances of it that need one. */
static enum carried call_value(struct sharing *s, const struct carry_share *all, size_t n,
			       const struct node *call, str *value)
{
	struct arena *a = s->c->arena;
	struct given g = { 0 };
	enum carried result = gather(s, all, n, call, &g);
	if (!g.mod)
		return refuse(s, WHY_ROOT);
	if (result == CARRY_NEVER)
		return result;
	bool instances = g.mod->call->repeat == TF_KNOWN;
	bool said = result == CARRIED && is_in_all(&g);
	if (said && instances && g.known && by_each(a, &g, value))
		return CARRIED;
	said &= join_keys(a, &g);
	if (said && !instances && g.values.n == 1) {
		*value = g.values.v[0];
		return CARRIED;
	}
	if (said && instances && g.known) {
		*value = by_instance(a, g.mod, &g.keys, &g.values);
		return CARRIED;
	}
	if (instances)
		return refuse(s, WHY_REPEATED);
	return share(s, g.callers.v, g.callers.n, value);
}

static enum carried set_argument(struct sharing *s, const struct carry_share *all, size_t n,
				 const struct tf_block *call, str variable)
{
	struct addition add = { .body = call->body, .name = variable };
	enum carried result;
	if (call->body->kind != NODE_BODY)
		return refuse(s, WHY_JSON);
	result = call_value(s, all, n, call->node, &add.value);
	if (result == CARRIED)
		VEC_PUSH(s->c->arena, &s->c->additions, add);
	return result;
}

static bool declare(struct sharing *s, struct tf_dir *dir, str *name)
{
	struct arena *a = s->c->arena;
	struct trip t = { .c = s->c, .arena = a };
	*name = s->name;
	if (s->known)
		return true;
	*name = tf_free_name(&t, dir, "var", s->name);
	str says = tf_description(&t, dir, S("variable"),
				  "ARNs of the principals that the key policy lets use the key");
	if (tf_add_block(&t, dir, "variable", *name,
			 str_fmt(a,
				 "variable \"%.*s\" {\n%.*s  type    %s= list(string)\n  "
				 "default %s= []\n}\n",
				 STR_ARG(*name), STR_ARG(says), says.n ? "    " : "",
				 says.n ? "    " : "")))
		return true;
	*s->why = t.why;
	return false;
}

/* It is a root module, too, or may be called in ways that are not seen: what its variables are then
 * is not known. */
static bool may_be_root(const struct tf_dir *dir)
{
	for (size_t i = 0; i < dir->modules.n; i++)
		if (!dir->modules.v[i]->call)
			return true;
	return false;
}

/* What one call cannot be given, none of its instances is. */
static void blame(struct carry_share *shares, size_t n, const struct node *call, const char *why)
{
	for (size_t i = 0; i < n; i++)
		if (call_of(&shares[i]) == call)
			shares[i].refused = why;
}

static enum carried share(struct sharing *s, struct carry_share *shares, size_t n, str *variable)
{
	struct arena *a = s->c->arena;
	struct tf_module *first = shares[0].scope->front;
	enum carried result = CARRIED;
	str name;
	if (++s->depth > MAX_SHARING)
		return refuse(s, WHY_DEEP);
	if (may_be_root(first->dir))
		return refuse(s, WHY_ROOT);
	if (!declare(s, first->dir, &name))
		return CARRY_NEVER;
	s->known = false; /* of the callers' modules nothing is known */
	for (size_t i = 0; i < n; i++) {
		const struct tf_module *mod = shares[i].scope->front;
		bool seen = false;
		for (size_t k = 0; k < i; k++)
			seen |= call_of(&shares[k]) == call_of(&shares[i]);
		if (seen)
			continue;
		enum carried one = set_argument(s, shares, n, mod->call, name);
		if (one == CARRIED)
			continue;
		blame(shares, n, call_of(&shares[i]), *s->why);
		result = one;
	}
	*variable = str_fmt(a, "var.%.*s", STR_ARG(name));
	return result;
}

enum carried carry_shared(struct carrier *c, struct carry_share *shares, size_t n, str name,
			  bool known, str *out, const char **why)
{
	struct sharing s = { .c = c, .name = name, .known = known, .why = why };
	bool optional = c->optional;
	*why = "what is written there is for other keys, too";
	if (n && shares[0].scope->unit->language->carry)
		return CARRY_NEVER;
	/* The list is what one caller sets and others do not: no variable for each of its parts. */
	c->optional = false;
	enum carried result = share(&s, shares, n, out);
	c->optional = optional;
	return result;
}

str carry_which(struct arena *a, const struct which *const *all, size_t n)
{
	struct strs values = { 0 };
	for (size_t i = 0; i < n; i++)
		strs_add_once(a, &values, all[i]->value);
	strs_sort(&values);
	if (values.n == 1)
		return str_fmt(a, "%.*s == %.*s", STR_ARG(all[0]->name), STR_ARG(values.v[0]));
	return str_fmt(a, "contains([%.*s], %.*s)", STR_ARG(strs_join(a, &values, S(", "))),
		       STR_ARG(all[0]->name));
}

static str within(struct arena *a, str condition)
{
	return str_has(condition, S(" || ")) ? STR_CAT(a, S("("), condition, S(")")) : condition;
}

str carry_both(struct arena *a, str x, str y)
{
	if (!x.n || !y.n)
		return x.n ? x : y;
	return STR_CAT(a, within(a, x), S(" && "), within(a, y));
}

str carry_any(struct arena *a, str list)
{
	return str_fmt(a, "length(%.*s) > 0", STR_ARG(list));
}
