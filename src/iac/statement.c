/* SPDX-License-Identifier: MIT */
/* A statement object, as a value, to a statement [1.10]. */
#include "statement.h"

#include "kmsfix/vec.h"
#include "value.h"

static void not_understood(const struct reader *r, struct statement *s, str member)
{
	issue_add(r->model->arena, &s->issues, "TF-DYNAMIC",
		  "'%.*s' of the statement is not understood", STR_ARG(member));
}

/* A list that an expression makes has no place where one more element could be written. */
static bool is_computed(const struct value *v)
{
	return v->kind == VALUE_LIST && v->origin->kind != NODE_SEQ;
}

/* What is not known may be a list, in which no other list can be; an ARN, by its name, is none. */
static bool may_be_several(const struct value *v)
{
	str source, local = { 0 };
	if (value_may_be_list(v) && text_is_ref(v->text, &source))
		ref_scope(source, &local);
	return value_may_be_list(v) && (str_has(local, S("*")) ||
					!(str_ends(local, S("arn")) || str_ends(local, S("Arn"))));
}

void principals_read(struct model *m, struct statement *s, str type, const struct value *v,
		     bool negated)
{
	struct elements list = { 0 };
	elements_read(m, &list, v, negated);
	s->principals.present = true;
	s->principals.negated = negated;
	s->principals.open |= list.open;
	for (size_t i = 0; i < list.n; i++) {
		struct principal_element p = { .type = type, .element = list.v[i] };
		p.element.maybe &= !p.element.either;
		VEC_PUSH(m->arena, &s->principals, p);
	}
	if (str_eq(type, S("AWS")) && !is_computed(v) && !may_be_several(v)) {
		s->principals.list = v->origin;
		s->principals.scope = v->scope;
	}
}

void condition_read(struct model *m, struct statement *s, str op, str key, const struct value *v)
{
	struct condition_entry entry = { .op = op, .key = key, .node = v->origin };
	struct elements values = { 0 };
	elements_read(m, &values, v, false);
	entry.open = values.open || !values.n || value_may_be_list(v);
	for (size_t i = 0; i < values.n; i++) {
		entry.open |= values.v[i].maybe || values.v[i].lacking;
		strs_add(m->arena, &entry.values, values.v[i].text);
	}
	condition_make(&entry.condition, m->arena, op, key, &entry.values);
	VEC_PUSH(m->arena, &s->conditions, entry);
}

bool statement_conditions(struct arena *a, const struct statement *s, struct condition_set *out)
{
	bool known = !s->conditions.open;
	for (size_t i = 0; i < s->conditions.n; i++) {
		known &= !s->conditions.v[i].open;
		condition_set_add(a, out, &s->conditions.v[i].condition);
	}
	condition_set_sort(out);
	return known;
}

/* One principal that a reference leads to: another one can be written beside the reference. */
static void place_single(struct statement *s, const struct value *map, size_t i)
{
	const struct value *v = value_at(map, i);
	const struct node *pair = value_item(map, i)->node;
	if (!s->principals.list || v->kind == VALUE_LIST || !pair || pair->kind != NODE_PAIR ||
	    !node_is_within(pair, s->node) || node_is_within(v->origin, s->node))
		return;
	s->principals.list = pair->last;
	s->principals.scope = map->scope;
}

static void read_principal(const struct reader *r, struct statement *s, const struct value *v,
			   bool negated)
{
	str text;
	if (value_text(v, &text)) {
		principals_read(r->model, s, S("*"), v, negated);
		return;
	}
	s->principals.present = true;
	s->principals.negated = negated;
	if (v->kind != VALUE_MAP || v->open || v->maybe) {
		s->principals.open = true;
		return;
	}
	for (size_t i = 0; i < v->n; i++) {
		principals_read(r->model, s, value_item(v, i)->key, value_at(v, i), negated);
		if (str_eq(value_item(v, i)->key, S("AWS")))
			place_single(s, v, i);
	}
}

static void read_conditions(const struct reader *r, struct statement *s, const struct value *v)
{
	if (v->kind != VALUE_MAP || v->open || v->maybe) {
		s->conditions.open = true;
		return;
	}
	for (size_t i = 0; i < v->n; i++) {
		const struct value *keys = value_at(v, i);
		if (keys->kind != VALUE_MAP || keys->open || keys->maybe) {
			s->conditions.open = true;
			continue;
		}
		for (size_t k = 0; k < keys->n; k++)
			condition_read(r->model, s, value_item(v, i)->key, value_item(keys, k)->key,
				       value_at(keys, k));
	}
}

static void read_effect(struct statement *s, const struct value *v)
{
	str text;
	s->effect = EFFECT_UNKNOWN;
	if (v->maybe || !value_text(v, &text))
		return;
	if (str_eq(text, S("Allow")))
		s->effect = EFFECT_ALLOW;
	else if (str_eq(text, S("Deny")))
		s->effect = EFFECT_DENY;
}

static bool has_duplicate(const struct value *map)
{
	for (size_t i = 0; i < map->n; i++)
		for (size_t k = i + 1; k < map->n; k++)
			if (str_eq(value_item(map, i)->key, value_item(map, k)->key))
				return true;
	return false;
}

static void read_member(const struct reader *r, struct statement *s, const struct value_item *item)
{
	struct model *m = r->model;
	const struct value *v = item->value;
	str text, key = item->key;
	if (str_eq(key, S("Sid"))) {
		if (value_text(v, &text))
			s->sid = text;
		else
			not_understood(r, s, key);
	} else if (str_eq(key, S("Effect"))) {
		read_effect(s, v);
	} else if (str_eq(key, S("Action")) || str_eq(key, S("NotAction"))) {
		actions_read(m, &s->actions, v, key.n == 9, r->scope);
	} else if (str_eq(key, S("Resource")) || str_eq(key, S("NotResource"))) {
		resources_read(m, &s->resources, v, key.n == 11);
	} else if (str_eq(key, S("Principal")) || str_eq(key, S("NotPrincipal"))) {
		read_principal(r, s, v, key.n == 12);
	} else if (str_eq(key, S("Condition"))) {
		read_conditions(r, s, v);
	} else {
		not_understood(r, s, key);
	}
}

static bool names_principal(const struct statement *s, str text)
{
	for (size_t i = 0; i < s->principals.n; i++)
		if (str_eq(s->principals.v[i].type, S("AWS")) &&
		    str_eq(s->principals.v[i].element.text, text))
			return true;
	return false;
}

void statement_maybe(struct arena *a, struct statement *s, str guard)
{
	bool told = guard.n && (!s->maybe || s->guards.n);
	s->maybe = true;
	if (told)
		strs_add_once(a, &s->guards, guard);
	else
		s->guards = (struct strs){ 0 };
}

/* The statement is there for each of its principals that the list has: for all others at times. */
static bool names_others(const struct statement *s, const struct value *list)
{
	str text;
	for (size_t i = 0; i < s->principals.n; i++) {
		bool listed = false;
		for (size_t k = 0; k < list->n; k++)
			listed |= value_text(value_at(list, k), &text) &&
				  str_eq(text, s->principals.v[i].element.text);
		if (!listed)
			return true;
	}
	return false;
}

void statement_depends(struct arena *a, struct statement *s, const struct value *v)
{
	str text;
	if (v->if_any && names_others(s, v->if_any))
		statement_maybe(a, s, (str){ 0 });
	if (v->maybe && !v->if_any)
		statement_maybe(a, s, v->guard);
	for (size_t i = 0; v->if_any && i < v->if_any->n; i++) {
		const struct value *item = value_at(v->if_any, i);
		if (item->maybe || !value_text(item, &text) || !names_principal(s, text))
			statement_maybe(a, s, (str){ 0 });
	}
}

void statement_read(const struct reader *r, struct statement *s, const struct value *map)
{
	s->effect = EFFECT_UNKNOWN;
	s->via = map->via;
	for (size_t i = 0; i < map->n; i++)
		read_member(r, s, value_item(map, i));
	statement_depends(r->model->arena, s, map);
	if (map->open)
		issue_add(r->model->arena, &s->issues, "TF-DYNAMIC",
			  "the statement has members with computed or merged names");
	if (has_duplicate(map))
		issue_add(r->model->arena, &s->issues, "TF-DYNAMIC",
			  "the statement has the same member twice");
	if (s->effect == EFFECT_UNKNOWN)
		issue_add(r->model->arena, &s->issues, "TF-DYNAMIC",
			  "the statement's Effect is neither Allow nor Deny");
}

void statement_place(const struct reader *r, struct statement *s, const struct value *map,
		     const struct node *item)
{
	const struct node *object = item && item->kind == NODE_PAIR ? item->last : item;
	bool inside = false;
	if (!map->made_of || !object || object->kind != NODE_MAP ||
	    node_is_within(map->origin, object))
		return;
	for (size_t i = 0; i < s->actions.n; i++)
		inside |= node_is_within(s->actions.v[i].node, object);
	if (!inside)
		return;
	s->node = item;
	s->via = via_join(r->model->arena, map->via, map->made_of->via);
}

/* ---- statements as modules take them: the names of aws_iam_policy_document ---- */

static const struct value *member_of(const struct value *map, const char *name)
{
	const struct value_item *item = value_get(map, str_from(name));
	return item && item->value->kind != VALUE_NULL ? item->value : NULL;
}

static void read_principal_objects(struct model *m, struct statement *s, const struct value *list,
				   bool negated)
{
	str type;
	s->principals.present = true;
	s->principals.negated = negated;
	s->principals.open |= !value_is_known_list(list);
	for (size_t i = 0; list->kind == VALUE_LIST && i < list->n; i++) {
		const struct value *v = value_at(list, i);
		const struct value *t = member_of(v, "type"), *ids = member_of(v, "identifiers");
		if (t && ids && !v->maybe && value_text(t, &type))
			principals_read(m, s, type, ids, negated);
		else
			s->principals.open = true;
	}
}

static void read_condition_objects(struct model *m, struct statement *s, const struct value *list)
{
	str op, key;
	s->conditions.open |= !value_is_known_list(list);
	for (size_t i = 0; list->kind == VALUE_LIST && i < list->n; i++) {
		const struct value *v = value_at(list, i);
		const struct value *test = member_of(v, "test"), *name = member_of(v, "variable"),
				   *values = member_of(v, "values");
		if (test && name && values && !v->maybe && value_text(test, &op) &&
		    value_text(name, &key))
			condition_read(m, s, op, key, values);
		else
			s->conditions.open = true;
	}
}

static const struct {
	const char *name;
	bool negated;
} action_members[] = { { "actions", false }, { "not_actions", true } },
  resource_members[] = { { "resources", false }, { "not_resources", true } };

void statement_read_object(const struct reader *r, struct statement *s, const struct value *map)
{
	struct model *m = r->model;
	const struct value *v = member_of(map, "effect");
	str text;
	s->effect = map->open ? EFFECT_UNKNOWN : EFFECT_ALLOW;
	if (v && !v->maybe && value_text(v, &text))
		s->effect = str_eq(text, S("Allow")) ? EFFECT_ALLOW :
			    str_eq(text, S("Deny"))  ? EFFECT_DENY :
						       EFFECT_UNKNOWN;
	else if (v)
		s->effect = EFFECT_UNKNOWN;
	if ((v = member_of(map, "sid")) && value_text(v, &text))
		s->sid = text;
	for (size_t i = 0; i < 2; i++) {
		if ((v = member_of(map, action_members[i].name)))
			actions_read(m, &s->actions, v, action_members[i].negated, r->scope);
		if ((v = member_of(map, resource_members[i].name)))
			resources_read(m, &s->resources, v, resource_members[i].negated);
	}
	if ((v = member_of(map, "principals")))
		read_principal_objects(m, s, v, false);
	if ((v = member_of(map, "not_principals")))
		read_principal_objects(m, s, v, true);
	if ((v = member_of(map, "condition")) || (v = member_of(map, "conditions")))
		read_condition_objects(m, s, v);
	s->via = map->via;
	statement_depends(r->model->arena, s, map);
	if (map->open || s->effect == EFFECT_UNKNOWN)
		issue_add(m->arena, &s->issues, "TF-DYNAMIC",
			  "a statement handed to a module is computed");
}

/* ---- statements in text that is not understood ---- */

struct scan {
	const struct reader *r;
	struct document *d; /* made for the first statement when NULL */
	const struct node *root;
	struct issue issue;
	bool unread; /* only what no statement of the model reads */
};

struct issue issue_dynamic(const char *reason)
{
	return (struct issue){ .code = "TF-DYNAMIC", .reason = str_from(reason) };
}

static bool is_member(str key, const char *lower)
{
	return str_eq_fold(key, str_from(lower));
}

static const struct node *member(struct scan *w, const struct node *map, const char *lower)
{
	str key;
	for (const struct node *pair = map->first; pair; pair = pair->next)
		if (pair_key(pair, w->r->model->arena, &key) && is_member(key, lower))
			return pair->last;
	return NULL;
}

/* Some statement of the scope has one of the actions that stand here, or what is made of it. */
static bool is_read(const struct scan *w, const struct statement *probe)
{
	for (size_t i = 0; i < probe->actions.n; i++)
		for (const struct node *n = probe->actions.v[i].node; n && n != w->root;
		     n = n->parent)
			if (map_find_at(&w->r->model->read, n))
				return true;
	return false;
}

static void scan_map(struct scan *w, const struct node *map, const struct node *actions)
{
	struct arena *a = w->r->model->arena;
	const struct node *effect = member(w, map, "effect");
	str text;
	struct statement probe = { 0 };
	targets_read(w->r->model, &probe.actions, actions);
	probe.actions.present = probe.actions.open = true;
	if (!probe.actions.n || (w->unread && is_read(w, &probe)))
		return;
	if (!w->d)
		w->d = document_new(w->r, w->root);
	struct statement *s = document_add(w->r, w->d, map);
	s->actions = probe.actions;
	s->effect = EFFECT_ALLOW;
	if (effect && node_text(effect, a, &text) && str_eq_fold(text, S("deny")))
		s->effect = EFFECT_DENY;
	s->principals.present = member(w, map, "principal") || member(w, map, "notprincipal") ||
				member(w, map, "principals");
	s->principals.open = s->resources.open = s->conditions.open = true;
	s->maybe = true;
	VEC_PUSH(a, &s->issues, w->issue);
}

static bool already_read(const struct document *d, const struct node *map)
{
	for (size_t i = 0; i < d->statements.n; i++)
		if (d->statements.v[i]->node == map)
			return true;
	return false;
}

/* The arm of a condition that is known to be the other one. */
static const struct node *dead_arm(const struct scan *w, const struct node *n)
{
	if (n->kind != NODE_COND || w->unread)
		return NULL;
	const struct value *v = w->r->eval(w->r->ctx, n->first);
	if (value_is(v, S("true")))
		return n->last;
	return value_is(v, S("false")) ? n->first->next : NULL;
}

static void scan_node(struct scan *w, const struct node *n)
{
	const struct node *dead = dead_arm(w, n);
	if (!w->unread && reader_passes_over(w->r, n))
		return;
	if (n->kind == NODE_MAP) {
		const struct node *actions = member(w, n, "action");
		if (!actions)
			actions = member(w, n, "actions");
		if (actions && !(w->d && already_read(w->d, n))) {
			scan_map(w, n, actions);
			return;
		}
	}
	for (const struct node *c = n->first; c; c = c->next)
		if (c != dead)
			scan_node(w, c);
}

void document_scan(const struct reader *r, struct document *d, const struct node *n,
		   struct issue issue)
{
	struct scan w = { .r = r, .d = d, .root = n, .issue = issue };
	scan_node(&w, n);
}

void document_scan_unread(const struct reader *r, struct document **d, const struct node *n,
			  struct issue issue)
{
	struct scan w = { .r = r, .root = n, .issue = issue, .unread = true };
	scan_node(&w, n);
	*d = w.d;
}

void statements_index(struct model *m)
{
	for (size_t i = 0; i < m->statements.n; i++) {
		struct statement *s = m->statements.v[i];
		for (size_t k = 0; k < s->actions.n; k++)
			map_put_at(&m->read, m->arena, s->actions.v[k].node, s);
	}
}

/* ---- which one it is ---- */

/* It may be there, or hold, at other times than another one that says the same. */
static bool is_vague(const struct statement *s)
{
	return (s->maybe && !s->guards.n) || s->conditions.open;
}

/* What stands between blanks: moved to another place a text has others. */
static str without_blanks(str text, struct arena *a)
{
	char *p = arena_alloc(a, text.n);
	size_t n = 0;
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != ' ' && text.p[i] != '\t' && text.p[i] != '\n')
			p[n++] = text.p[i];
	return (str){ p, n };
}

/* Where a statement stands in its document may change by an edit, its text does not; the same text
 * may stand there several times. */
void statements_tell_apart(struct model *m)
{
	struct arena *a = m->arena;
	struct map before = { 0 }; /* how many there were of a text in a document */
	for (size_t i = 0; i < m->statements.n; i++) {
		struct statement *s = m->statements.v[i];
		if (!is_vague(s))
			continue;
		str text = node_source(s->node);
		str name = STR_CAT(a, (str){ (const char *)&s->document, sizeof(s->document) },
				   text);
		size_t *n = map_find(&before, name);
		if (!n) {
			n = ARENA_NEW(a, size_t);
			map_put(&before, a, name, n);
		}
		s->which = str_fmt(a, "%016llx %zu",
				   (unsigned long long)str_hash(without_blanks(text, a)), (*n)++);
	}
}
