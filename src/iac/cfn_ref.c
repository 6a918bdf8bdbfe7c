/* SPDX-License-Identifier: MIT */
/* What references are: of pseudo parameters, parameters, resources, nested stacks and exports. */
#include "cfn.h"

#include "kmsfix/vec.h"
#include "value.h"

static const struct value *reference(struct cfn_stack *s, const struct scope *scope,
				     const struct node *n, str source)
{
	struct value *v = value_text_new(s->model->arena,
					 ref_in_scope(s->model->arena, scope->id, source), n);
	v->scope = s->scope;
	return v;
}

/* Another stack's value for what stands at `n` here. */
static const struct value *elsewhere(struct cfn_stack *other, const struct node *at,
				     const struct node *n)
{
	struct cfn *c = other->cfn;
	struct strs given = other->given;
	if (c->hops >= CFN_MAX_HOPS)
		return NULL;
	c->hops++;
	other->given = (struct strs){ 0 };
	struct value *v = value_copy(c->model->arena, cfn_eval(other, at));
	other->given = given;
	c->hops--;
	v->origin = n;
	return v;
}

/* ---- Ref ---- */

/* What is the same in every stack of a unit. */
static bool is_common(str name)
{
	static const char *const names[] = { "AWS::AccountId", "AWS::Partition", "AWS::Region",
					     "AWS::URLSuffix" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(name, str_from(names[i])))
			return true;
	return false;
}

static const struct value *parameter(struct cfn_stack *s, const struct node *n, str name,
				     const struct node *declared)
{
	const char *z = str_z(s->model->arena, name);
	const struct node *given = cfn_get(s->cfn, s->arguments, z);
	const struct value *v = NULL;
	str type = S("");
	cfn_scalar(s->cfn, cfn_get(s->cfn, declared, "Type"), &type);
	if (str_starts(type, S("AWS::SSM::Parameter::Value"))) /* it is given a name only */
		return reference(s, s->scope, n, name);
	if (given)
		v = elsewhere(s->parent, given, n);
	else if (s->call && cfn_get(s->cfn, declared, "Default"))
		v = elsewhere(s, cfn_get(s->cfn, declared, "Default"), n);
	else if (!s->call)
		v = cfn_given(s, n, name);
	bool list = str_has(type, S("List"));
	if (v && v->kind == VALUE_TEXT && !list)
		return v;
	struct value *own = value_copy(s->model->arena, reference(s, s->scope, n, name));
	if (list)
		own->kind = VALUE_UNKNOWN;
	return own;
}

/* Ref of an alias is its name. */
static const struct value *alias(struct cfn_stack *s, const struct node *n,
				 const struct cfn_resource *r, const struct value *unknown)
{
	const struct node *at = cfn_get(s->cfn, r->properties, "AliasName");
	const struct value *v = at ? elsewhere(s, at, n) : NULL;
	return v && v->kind == VALUE_TEXT && !v->maybe ? v : unknown;
}

const struct value *cfn_ref(struct cfn_stack *s, const struct node *n, str name)
{
	const struct node *declared = cfn_get(s->cfn, s->parameters, str_z(s->model->arena, name));
	if (str_eq(name, S("AWS::NoValue")))
		return value_new(s->model->arena, VALUE_NULL, n);
	if (is_common(name))
		return reference(s, s->top->scope, n, name);
	if (declared)
		return parameter(s, n, name, declared);
	if (str_has(name, S(":")) && !str_starts(name, S("AWS::"))) {
		const struct value *v = str_starts(name, S("self:")) ?
						cfn_self(s, n, str_sub(name, 5, name.n)) :
						NULL;
		return v ? v : cfn_unknown(s, n);
	}
	const struct value *v = reference(s, s->scope, n, name);
	const struct cfn_resource *r = cfn_find(s, name);
	if (r && str_eq(r->type, S("AWS::KMS::Alias")))
		return alias(s, n, r, v);
	if (r && !cfn_is_opaque(r))
		name_set(s->model, s->unit, v->text, (struct name){ .kind = NAME_OTHER });
	return v;
}

/* ---- GetAtt ---- */

static const struct value *output(struct cfn_stack *nested, const struct node *n, str name)
{
	struct cfn *c = nested->cfn;
	const struct node *declared = cfn_get(c, nested->outputs, str_z(c->model->arena, name));
	const struct node *value = cfn_get(c, declared, "Value");
	return value ? elsewhere(nested, value, n) : NULL;
}

/* Attributes of other resources that may be a key, such as MasterUserSecret.KmsKeyArn. */
static bool may_be_key(str attribute)
{
	return str_has(attribute, S("Key")) || str_has(attribute, S("Kms"));
}

const struct value *cfn_attribute(struct cfn_stack *s, const struct node *n, str source)
{
	size_t dot = str_find(source, S("."), 0);
	str name = str_sub(source, 0, dot), attribute = str_sub(source, dot + 1, source.n);
	const struct cfn_resource *r = dot == SIZE_MAX ? NULL : cfn_find(s, name);
	const struct value *v = NULL;
	if (dot == SIZE_MAX || str_has(source, S(":")))
		return cfn_unknown(s, n);
	if (r && r->nested && str_starts(attribute, S("Outputs.")))
		v = output(r->nested, n, str_sub(attribute, 8, attribute.n));
	if (v && v->kind == VALUE_TEXT && !v->maybe)
		return v;
	v = reference(s, s->scope, n, source);
	if (r && !cfn_is_opaque(r) && !may_be_key(attribute))
		name_set(s->model, s->unit, v->text, (struct name){ .kind = NAME_OTHER });
	return v;
}

/* ---- exports ---- */

struct export
{
	struct cfn_stack *stack;
	const struct node *value;
	struct export *next; /* of the same name, as in the templates of another account */
};

/*
 * The export that the stack means by the name: the only one, but for those that are certainly of
 * another account. What is named after a stack is that of no other.
 */
static const struct export *export_of(const struct cfn_stack *s, str name)
{
	const struct export *found = NULL;
	str own = account_id(s->account);
	if (str_has(name, S("AWS::Stack")))
		return NULL;
	for (const struct export *e = map_find(&s->cfn->exports, name); e; e = e->next) {
		str account = account_id(e->stack->account);
		if (own.n && account.n && !str_eq(own, account))
			continue;
		if (found)
			return NULL;
		found = e;
	}
	return found;
}

/* Names of the other unit, for a text that comes from there. */
static void take_names(struct cfn_stack *s, const struct unit *from, str text)
{
	struct arena *a = s->model->arena;
	str part;
	bool ref;
	while (text_next(&text, &part, &ref)) {
		str one = ref ? ref_text(a, part) : part;
		const struct name *name = ref ? name_get(from, one) : NULL;
		if (name)
			name_set(s->model, s->unit, one, *name);
	}
}

const struct value *cfn_import(struct cfn_stack *s, const struct node *n, str name)
{
	struct arena *a = s->model->arena;
	const struct export *e = export_of(s, text_unscoped(a, name));
	const struct value *v = e && e->stack->unit != s->unit ? elsewhere(e->stack, e->value, n) :
								 NULL;
	if (v && v->kind == VALUE_TEXT && !v->maybe) {
		take_names(s, e->stack->unit, v->text);
		return v;
	}
	/* Brackets keep it from being taken for a name that could be written. */
	return reference(s, s->scope, n,
			 str_fmt(a, "ImportValue[%.*s]", STR_ARG(text_readable(a, name))));
}

static void note_exports(struct cfn_stack *s)
{
	struct arena *a = s->model->arena;
	str name;
	for (const struct node *p = s->outputs ? s->outputs->first : NULL; p; p = p->next) {
		const struct node *export = cfn_get(s->cfn, p->last, "Export");
		const struct node *value = cfn_get(s->cfn, p->last, "Value");
		if (!value || !cfn_text(s, cfn_get(s->cfn, export, "Name"), &name))
			continue;
		name = text_unscoped(a, name);
		struct export *e = ARENA_NEW(a, struct export);
		*e = (struct export){ s, value, map_find(&s->cfn->exports, name) };
		map_put(&s->cfn->exports, a, name, e);
	}
}

bool cfn_exported(struct cfn_stack *s, str text, str *out)
{
	str value;
	for (const struct node *p = s->outputs ? s->outputs->first : NULL; p; p = p->next) {
		const struct node *export = cfn_get(s->cfn, p->last, "Export");
		const struct node *at = cfn_get(s->cfn, p->last, "Value");
		if (!at || cfn_get(s->cfn, p->last, "Condition") || !cfn_text(s, at, &value) ||
		    !str_eq(value, text) || !cfn_text(s, cfn_get(s->cfn, export, "Name"), out) ||
		    !text_is_literal(*out))
			continue;
		if (export_of(s, *out))
			return true;
	}
	return false;
}

/* Exports are of one account and Region: who imports is there too. What is known of one stays. */
static void join_accounts(struct cfn_stack *s, struct cfn_stack *other)
{
	const struct cfn *c = s->cfn;
	const struct cfn_stack *to = account_id(s->account).n ? s : other;
	const struct cfn_stack *from = to == s ? other : s;
	str account = from->account, region = from->region;
	for (size_t i = 0; i < c->stacks.n; i++) {
		struct cfn_stack *each = c->stacks.v[i];
		if (!str_eq(each->account, account) || !str_eq(each->region, region))
			continue;
		each->account = to->account;
		each->region = to->region;
	}
}

static void find_imports(struct cfn_stack *s)
{
	const struct node *n = s->of->root;
	struct cfn_call call;
	str name;
	while (n) {
		if (cfn_is_call(s->cfn, n, &call) && str_eq(call.function, S("ImportValue")) &&
		    value_text(cfn_eval_arg(s, &call), &name)) {
			const struct export *e = export_of(s, text_unscoped(s->model->arena, name));
			if (e)
				join_accounts(s, e->stack);
			if (e && e->stack->unit != s->unit)
				VEC_PUSH(s->model->arena, &s->top->imports, e->stack->top);
		}
		if (n->first) {
			n = n->first;
			continue;
		}
		while (n != s->of->root && !n->next)
			n = n->parent;
		n = n == s->of->root ? NULL : n->next;
	}
}

void cfn_exports(struct cfn *c)
{
	for (size_t i = 0; i < c->stacks.n; i++)
		note_exports(c->stacks.v[i]);
	for (size_t i = 0; c->exports.n && i < c->stacks.n; i++)
		find_imports(c->stacks.v[i]);
}

/* ---- names ---- */

static void name_key(struct cfn_resource *r)
{
	struct model *m = r->stack->model;
	static const char *const attributes[] = { ".Arn", "", ".KeyId" };
	struct key **keys = arena_array(m->arena, 1, sizeof(struct key *));
	keys[0] = r->key;
	for (size_t i = 0; i < 3; i++) {
		str text =
			ref_in_scope(m->arena, r->stack->scope->id,
				     str_fmt(m->arena, "%.*s%s", STR_ARG(r->name), attributes[i]));
		name_set(m, r->stack->unit, text,
			 (struct name){ .kind = i ? NAME_KEY_ID : NAME_KEY_ARN,
					.keys = keys,
					.key_count = 1 });
	}
}

/* The role without a path, as an ARN that is put together. */
static void name_composed(struct cfn_resource *r)
{
	struct cfn_stack *s = r->stack;
	struct arena *a = s->model->arena;
	str top = s->top->scope->id, path = S("/"), name = S("");
	const struct name is = { .kind = NAME_PRINCIPAL, .principal = r->principal };
	const char *kind = r->principal->kind == PRINCIPAL_IS_USER ? "user" : "role";
	const char *member = r->principal->kind == PRINCIPAL_IS_USER ? "UserName" : "RoleName";
	str account = ref_in_scope(a, top, S("AWS::AccountId"));
	const struct node *at = cfn_get(s->cfn, r->properties, "Path");
	if (at && (!cfn_text(s, at, &path) || !str_eq(path, S("/"))))
		return;
	cfn_text(s, cfn_get(s->cfn, r->properties, member), &name);
	for (int i = 0; i < 4; i++) {
		str partition = i & 1 ? ref_in_scope(a, top, S("AWS::Partition")) : S("aws");
		str who = i & 2 ? name : ref_in_scope(a, s->scope->id, r->name);
		if (who.n)
			name_set(s->model, s->unit,
				 str_fmt(a, "arn:%.*s:iam::%.*s:%s/%.*s", STR_ARG(partition),
					 STR_ARG(account), kind, STR_ARG(who)),
				 is);
	}
}

static void name_resource(struct cfn_resource *r)
{
	struct model *m = r->stack->model;
	if (r->key)
		name_key(r);
	if (r->principal) {
		name_set(m, r->stack->unit, r->principal->arn,
			 (struct name){ .kind = NAME_PRINCIPAL, .principal = r->principal });
		name_composed(r);
	}
	if (str_eq(r->type, S("AWS::KMS::Alias")))
		name_set(m, r->stack->unit, ref_in_scope(m->arena, r->stack->scope->id, r->name),
			 (struct name){ .kind = NAME_ALIAS });
}

void cfn_names(struct cfn_stack *s)
{
	str top = s->top->scope->id;
	struct arena *a = s->model->arena;
	name_set(s->model, s->unit, ref_in_scope(a, top, S("AWS::AccountId")),
		 (struct name){ .kind = NAME_ACCOUNT, .symbol = s->account });
	name_set(s->model, s->unit, ref_in_scope(a, top, S("AWS::Region")),
		 (struct name){ .kind = NAME_REGION, .symbol = s->region });
	for (size_t i = 0; i < s->resources.n; i++)
		name_resource(s->resources.v[i]);
}
