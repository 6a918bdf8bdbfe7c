/* SPDX-License-Identifier: MIT */
/* Identity policies and what attaches them [11.1, 11.2]. */
#include "tf_awscc.h"
#include "tf_provider.h"

#include "kmsfix/limits.h"
#include "document.h"
#include "kmsfix/vec.h"
#include "policy_name.h"
#include "value.h"

static const struct identity_kind {
	const char *kind, *text, *who;
	enum policy_kind policy;
	enum principal_kind principal;
	size_t limit;
} identity_kinds[] = {
	{ "aws_iam_policy", "policy", NULL, POLICY_MANAGED, 0, LIMIT_MANAGED },
	{ "aws_iam_role_policy", "policy", "role", POLICY_INLINE, PRINCIPAL_IS_ROLE,
	  LIMIT_INLINE_ROLE },
	{ "aws_iam_user_policy", "policy", "user", POLICY_INLINE, PRINCIPAL_IS_USER,
	  LIMIT_INLINE_USER },
	{ "aws_iam_group_policy", "policy", "group", POLICY_INLINE, PRINCIPAL_IS_GROUP,
	  LIMIT_INLINE_GROUP },
	{ "aws_ssoadmin_permission_set_inline_policy", "inline_policy", "permission_set_arn",
	  POLICY_SET, PRINCIPAL_IS_SET, 0 },
};

/* Arguments that attach managed policies: one ARN or a list of them. */
static const struct attach_kind {
	const char *kind, *arns, *who;
	enum principal_kind principal;
} attach_kinds[] = {
	{ "aws_iam_role_policy_attachment", "policy_arn", "role", PRINCIPAL_IS_ROLE },
	{ "aws_iam_user_policy_attachment", "policy_arn", "user", PRINCIPAL_IS_USER },
	{ "aws_iam_group_policy_attachment", "policy_arn", "group", PRINCIPAL_IS_GROUP },
	{ "aws_iam_policy_attachment", "policy_arn", "roles", PRINCIPAL_IS_ROLE },
	{ "aws_iam_policy_attachment", "policy_arn", "users", PRINCIPAL_IS_USER },
	{ "aws_iam_policy_attachment", "policy_arn", "groups", PRINCIPAL_IS_GROUP },
	{ "aws_iam_role_policy_attachments_exclusive", "policy_arns", "role_name",
	  PRINCIPAL_IS_ROLE },
	{ "aws_iam_user_policy_attachments_exclusive", "policy_arns", "user_name",
	  PRINCIPAL_IS_USER },
	{ "aws_iam_group_policy_attachments_exclusive", "policy_arns", "group_name",
	  PRINCIPAL_IS_GROUP },
	{ "aws_iam_role", "managed_policy_arns", NULL, PRINCIPAL_IS_ROLE },
	/* of awscc alone: */
	{ "aws_iam_user", "managed_policy_arns", NULL, PRINCIPAL_IS_USER },
	{ "aws_iam_group", "managed_policy_arns", NULL, PRINCIPAL_IS_GROUP },
	{ "aws_iam_policy", NULL, "roles", PRINCIPAL_IS_ROLE },
	{ "aws_iam_policy", NULL, "users", PRINCIPAL_IS_USER },
	{ "aws_iam_policy", NULL, "groups", PRINCIPAL_IS_GROUP },
};

bool tf_is_attachment(const struct tf_block *b, str argument)
{
	if (tf_iam_attaches(b, argument))
		return true;
	for (size_t i = 0; i < sizeof(attach_kinds) / sizeof(*attach_kinds); i++)
		if (str_eq(b->kind, str_from(attach_kinds[i].kind)) && attach_kinds[i].arns &&
		    str_eq(argument, str_from(attach_kinds[i].arns)))
			return true;
	return false;
}

bool tf_is_policy_text(const struct tf_block *b, str argument)
{
	if (tf_iam_takes_text(b, argument) || tf_adapter_takes_text(b, argument))
		return true;
	if (str_eq(b->kind, S("aws_iam_role")) &&
	    (str_eq(argument, S("inline_policy")) ||
	     (str_eq(argument, S("dynamic")) &&
	      tf_has_dynamic(b->body, S("inline_policy"), b->module->model->arena))))
		return true;
	if (tf_is_awscc(&b->declared) && b->principal && str_eq(argument, S("policies")))
		return true;
	bool each = str_eq(argument, S("for_each")); /* whose elements are texts, by each.value */
	if ((tf_is_key(b) || str_eq(b->kind, S("aws_kms_key_policy"))) &&
	    (each || str_eq(argument, S("policy"))))
		return true;
	for (size_t i = 0; i < sizeof(identity_kinds) / sizeof(*identity_kinds); i++)
		if (str_eq(b->kind, str_from(identity_kinds[i].kind)) &&
		    (each || str_eq(argument, str_from(identity_kinds[i].text))))
			return true;
	return false;
}

struct policy *tf_policy_new(struct tf_block *b, enum policy_kind kind)
{
	struct model *m = b->module->model;
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	p->kind = kind;
	p->unit = b->module->unit;
	p->scope = b->module->scope;
	p->address = tf_address(b->module, b->address);
	p->front = b;
	p->file = b->file;
	p->offset = b->node->start;
	p->guards = b->guards;
	p->account = tf_account(b);
	if (b->repeat == TF_PLURAL)
		issue_add(m->arena, &p->issues, "CONDITIONAL", "'%.*s' has count or for_each",
			  STR_ARG(b->address));
	if (b->overridden)
		issue_add(m->arena, &p->issues, "TF-OVERRIDE",
			  "an override file or a second declaration changes '%.*s'",
			  STR_ARG(b->address));
	VEC_PUSH(m->arena, &m->policies, p);
	return p;
}

void tf_call_policy(struct tf_block *b, struct policy *p)
{
	struct model *m = b->module->model;
	const struct node *n = tf_attr(b->body, S("name"), m->arena);
	struct strs names = { 0 };
	str text = { 0 };
	if (!n)
		return;
	if (value_text(tf_eval(b, n), &text))
		policy_call(m, p, text_unscoped(m->arena, text));
	tf_texts(b, n, &names);
	for (size_t i = 0; i < names.n; i++)
		if (!text_is_ref(names.v[i], NULL) && !str_eq(names.v[i], text))
			policy_call(m, p, text_unscoped(m->arena, names.v[i]));
}

static void add_identity(struct tf_block *b, const struct identity_kind *k)
{
	struct model *m = b->module->model;
	const struct node *text = tf_attr(b->body, str_from(k->text), m->arena);
	const struct node *who = k->who ? tf_attr(b->body, str_from(k->who), m->arena) : NULL;
	if (!text)
		return;
	struct policy *p = tf_policy_new(b, k->policy);
	p->name = tf_literal(b, "name");
	tf_call_policy(b, p);
	p->limit = k->limit;
	b->policy = p;
	if (tf_ignores_changes(b, k->text))
		issue_add(m->arena, &p->issues, "KEY-IGNORED",
			  "'%.*s' ignores changes of its policy, so the edit would have no effect",
			  STR_ARG(b->address));
	tf_policy_text(b, p, text);
	if (who) {
		struct attachment at = tf_attach(b, tf_eval(b, who), k->principal);
		VEC_PUSH(m->arena, &p->attachments, at);
	}
}

static struct attachment inline_attachment(struct tf_block *role, const struct node *block)
{
	return (struct attachment){ .principal = role->principal,
				    .front = role,
				    .file = role->file,
				    .offset = block->start,
				    .guards = role->guards };
}

static struct policy *inline_policy(struct tf_block *role, const struct node *block)
{
	struct model *m = role->module->model;
	struct policy *p = tf_policy_new(role, POLICY_INLINE);
	struct attachment at = inline_attachment(role, block);
	p->offset = block->start;
	p->limit = LIMIT_INLINE_ROLE;
	const char *argument = tf_is_awscc(&role->declared) ? "policies" : "inline_policy";
	if (tf_ignores_changes(role, argument))
		issue_add(m->arena, &p->issues, "KEY-IGNORED", "'%.*s' ignores changes of %s",
			  STR_ARG(role->address), argument);
	VEC_PUSH(m->arena, &p->attachments, at);
	return p;
}

/* aws_iam_role { inline_policy { name, policy } } */
static void add_inline_blocks(struct tf_block *b)
{
	struct model *m = b->module->model;
	struct nodes bodies = { 0 }, nodes = { 0 };
	tf_nested(b->body, S("inline_policy"), m->arena, &bodies, &nodes);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *text = tf_attr(bodies.v[i], S("policy"), m->arena);
		if (!text)
			continue;
		struct policy *p = inline_policy(b, nodes.v[i]);
		p->block = nodes.v[i];
		if (tf_eval(b, text)->tried) /* the provider makes no policy of null */
			issue_add(m->arena, &p->issues, "CONDITIONAL",
				  "'%.*s' has the inline policy only under a condition",
				  STR_ARG(b->address));
		tf_policy_text(b, p, text);
	}
}

/* One of those, or what makes them. */
static void add_listed(struct tf_block *b, const struct node *n)
{
	struct model *m = b->module->model;
	const struct node *text = n->kind == NODE_MAP ? map_get(n, m->arena, S("policy_document")) :
							NULL;
	struct policy *p = inline_policy(b, n);
	p->open = !text;
	tf_policy_text(b, p, text ? text : n);
	if (!text)
		issue_add(m->arena, &p->issues, "TF-DYNAMIC",
			  "the policies of '%.*s' are not written out in a list",
			  STR_ARG(b->address));
	p->removal.possible = text && p->documents.n == 1 &&
			      node_is_within(p->documents.v[0]->node, n);
	p->removal.reason = S("its text stands apart from the list that it is in");
	VEC_PUSH(m->arena, &p->removal.elements, n);
}

/* awscc: policies = [{ policy_name, policy_document }] of a role, user or group */
static void add_list(struct tf_block *b)
{
	const struct node *list = tf_attr(b->body, S("policies"), b->module->model->arena);
	bool written = list && list->kind == NODE_SEQ;
	for (const struct node *c = written ? list->first : list; c; c = written ? c->next : NULL)
		add_listed(b, c);
}

/* ---- dynamic "inline_policy" ---- */

struct making {
	struct tf_block *role;
	const struct node *text; /* what `policy` is in the content */
	struct tf_dynamic dynamic;
};

/* The policy that the block makes of one element. */
static void add_element(const struct making *g, const struct value *element)
{
	struct arena *a = g->role->module->model->arena;
	const struct tf_binding *outer = g->role->bindings;
	struct tf_binding binding;
	struct value_items members = { 0 };
	struct value_item value = { .key = S("value"),
				    .node = g->dynamic.block,
				    .value = element->guard.n ? value_present(a, element) :
								element };
	struct policy *p = inline_policy(g->role, g->dynamic.block);
	p->removal.reason = S("a dynamic block makes it");
	if (element->guard.n) {
		struct strs guards = { 0 };
		strs_add_all(a, &guards, &p->guards);
		strs_add_once(a, &guards, element->guard);
		p->guards = guards;
	}
	VEC_PUSH(a, &members, value);
	tf_bind(g->role, &binding, g->dynamic.iterator,
		value_items_new(a, VALUE_MAP, &members, g->dynamic.block));
	tf_policy_text(g->role, p, g->text);
	g->role->bindings = outer;
}

/* Text that stands in the block is one text for all elements: what it is for each is not known. */
static bool tells_apart(const struct making *g)
{
	const struct node *n = node_unparen(g->text);
	return n->kind == NODE_GETATTR || n->kind == NODE_INDEX;
}

static void add_dynamic(const struct making *g)
{
	struct arena *a = g->role->module->model->arena;
	const struct value *all = tf_eval(g->role, g->dynamic.each);
	bool known = (all->kind == VALUE_LIST || all->kind == VALUE_MAP) && !all->open;
	if (known && tells_apart(g)) {
		for (size_t i = 0; i < all->n; i++)
			add_element(g, value_within(a, tf_gate(g->role, value_item(all, i)), all));
		return;
	}
	struct policy *p = inline_policy(g->role, g->dynamic.block);
	p->open = true;
	tf_policy_text(g->role, p, g->text);
	issue_add(a, &p->issues, "TF-DYNAMIC", "a dynamic block makes the policies of '%.*s'",
		  STR_ARG(g->role->address));
}

static void add_dynamic_blocks(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	for (const struct node *c = b->body->first; c; c = c->next) {
		struct making g = { .role = b };
		if (!tf_dynamic(c, S("inline_policy"), a, &g.dynamic))
			continue;
		g.text = tf_attr(g.dynamic.content, S("policy"), a);
		if (g.dynamic.each && g.text)
			add_dynamic(&g);
	}
}

void tf_identities(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (str_eq(b->type, S("module")))
			tf_iam_policies(b);
		if (!str_eq(b->type, S("resource")))
			continue;
		for (size_t k = 0; k < sizeof(identity_kinds) / sizeof(*identity_kinds); k++)
			if (str_eq(b->kind, str_from(identity_kinds[k].kind)))
				add_identity(b, &identity_kinds[k]);
		if (tf_is_awscc(&b->declared) && b->principal)
			add_list(b);
		if (str_eq(b->kind, S("aws_iam_role")))
			add_inline_blocks(b);
		if (str_eq(b->kind, S("aws_iam_role")) && b->body->kind == NODE_BODY)
			add_dynamic_blocks(b);
	}
}

/* ---- attachments of managed policies ---- */

/* aws_iam_policy of the module that an ARN text means: by reference, or by a literal name at its
 * end. */
static struct tf_block *policy_by_arn(struct tf_module *mod, str text)
{
	struct arena *a = mod->model->arena;
	str source, name;
	struct tf_source at;
	if (text_is_ref(text, &source)) {
		if (!tf_source_of(mod, text, &at))
			return NULL;
		bool found = str_eq(at.block->type, S("module")) ?
				     tf_iam_output_arn(at.block, at.attr) :
				     str_eq(at.block->type, S("resource")) &&
					     str_eq(at.block->kind, S("aws_iam_policy")) &&
					     (str_eq(at.attr, S("arn")) ||
					      str_eq(at.attr, S("id")));
		return found ? at.block : NULL;
	}
	str base = text_base(text);
	if (base.n == text.n || !str_starts(text, S("arn:")) || str_has(text, S(":aws:policy/")))
		return NULL;
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		const struct node *n;
		if (!b->policy || !str_eq(b->kind, S("aws_iam_policy")) ||
		    !(n = tf_attr(b->body, S("name"), a)))
			continue;
		if (value_text(tf_eval(b, n), &name) && str_eq(name, base))
			return b;
	}
	return NULL;
}

/* The block attaches to the role it makes. */
static struct attachment own_attachment(struct tf_block *b)
{
	struct attachment at = { .principal = b->principal,
				 .front = b,
				 .file = b->file,
				 .offset = b->node->start,
				 .guards = b->guards };
	if (!b->principal)
		issue_add(b->module->model->arena, &at.issues, "ROLE-UNRESOLVED",
			  "whether '%.*s' makes the role is not known", STR_ARG(b->address));
	return at;
}

/* The attachment is there with what it names: under a guard that is known, or at times. */
static void attach_with(struct arena *a, struct attachment *at, const struct value *v)
{
	struct strs guards = { 0 };
	if (!v)
		return;
	strs_add_all(a, &guards, &at->guards);
	if (v->guard.n)
		strs_add_once(a, &guards, v->guard);
	at->guards = guards;
	at->maybe |= v->maybe && !v->guard.n;
}

/* `arn` is what says that it is this policy; NULL where the policy's own block attaches it. */
static void attach_to(struct tf_block *b, const struct attach_kind *k, struct policy *p,
		      const struct value *arn)
{
	struct model *m = b->module->model;
	struct attachment at;
	if (k->who) {
		const struct node *who = tf_attr(b->body, str_from(k->who), m->arena);
		const struct value *v = who ? tf_eval(b, who) : NULL;
		if (!v || v->kind == VALUE_NULL)
			return;
		for (size_t i = 0; v->kind == VALUE_LIST && i < v->n; i++) {
			const struct value *one = value_inside(m->arena, v, i);
			at = tf_attach(b, one, k->principal);
			attach_with(m->arena, &at, one);
			attach_with(m->arena, &at, arn);
			VEC_PUSH(m->arena, &p->attachments, at);
		}
		if (v->kind == VALUE_LIST && !v->open)
			return;
		at = tf_attach(b, v, k->principal);
	} else {
		at = own_attachment(b);
	}
	attach_with(m->arena, &at, arn);
	VEC_PUSH(m->arena, &p->attachments, at);
}

static void attach(struct tf_block *b, const struct attach_kind *k, const struct value *arn)
{
	str text;
	struct tf_block *target = value_text(arn, &text) ? policy_by_arn(b->module, text) : NULL;
	if (target && target->policy)
		attach_to(b, k, target->policy, arn);
}

void tf_attach_own(struct tf_block *b, const struct value *arn)
{
	static const struct attach_kind own = { NULL, NULL, NULL, PRINCIPAL_IS_ROLE };
	attach(b, &own, arn);
}

/* A literal, or a reference to one resource: certainly that policy and no other. */
static bool is_known_arn(const struct value *v)
{
	str text, source, local;
	if (!value_text(v, &text) || v->maybe)
		return false;
	if (!text_is_ref(text, &source))
		return text_is_literal(text);
	ref_scope(source, &local);
	return (str_starts(local, S("aws_iam_policy.")) || str_starts(local, S("module.")) ||
		str_starts(local, S("data.aws_iam_policy."))) &&
	       !str_has(local, S("each.")) && !str_has(local, S("count.")) &&
	       !str_has(local, S("[*]"));
}

bool tf_knows_arns(const struct value *v)
{
	if (v->kind != VALUE_LIST && v->kind != VALUE_MAP)
		return is_known_arn(v);
	for (size_t i = 0; i < v->n; i++)
		if (!is_known_arn(value_at(v, i)))
			return false;
	return !v->open && !v->maybe;
}

static void attach_all(struct tf_block *b, const struct attach_kind *k)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = k->arns ? tf_attr(b->body, str_from(k->arns), a) : NULL;
	if (!k->arns && b->policy)
		attach_to(b, k, b->policy, NULL);
	if (!n)
		return;
	const struct value *v = tf_eval(b, n);
	struct tf_block *base = b->base ? b->base : b;
	bool known = tf_knows_arns(v);
	for (size_t i = 0; v->kind == VALUE_LIST && i < v->n; i++)
		attach(b, k, value_inside(a, v, i));
	if (v->kind != VALUE_LIST)
		attach(b, k, v);
	base->attaches_known = known &&
			       (base == b || base->instances.v[0] == b || base->attaches_known);
}

void tf_attachments(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (str_eq(b->type, S("module")))
			tf_iam_attachments(b);
		if (!str_eq(b->type, S("resource")))
			continue;
		for (size_t k = 0; k < sizeof(attach_kinds) / sizeof(*attach_kinds); k++)
			if (str_eq(b->kind, str_from(attach_kinds[k].kind)))
				attach_all(b, &attach_kinds[k]);
	}
}
