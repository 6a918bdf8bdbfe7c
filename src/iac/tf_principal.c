/* SPDX-License-Identifier: MIT */
/* Roles, users, groups, and how an argument such as `role = …` says which one is meant. */
#include "tf_provider.h"

#include "kmsfix/vec.h"
#include "principal.h"

static const struct {
	const char *kind;
	enum principal_kind principal;
} principal_kinds[] = {
	{ "aws_iam_role", PRINCIPAL_IS_ROLE },
	{ "aws_iam_user", PRINCIPAL_IS_USER },
	{ "aws_iam_group", PRINCIPAL_IS_GROUP },
	{ "aws_ssoadmin_permission_set", PRINCIPAL_IS_SET },
};

/* The argument that is its name. */
static const char *own_name(const struct principal *p)
{
	if (!p->external || p->kind == PRINCIPAL_IS_ROLE)
		return "name";
	return p->kind == PRINCIPAL_IS_USER ? "user_name" : "group_name";
}

static void add_principal(struct tf_block *b, enum principal_kind kind, str arn, bool boundary)
{
	struct model *m = b->module->model;
	struct principal *p = ARENA_NEW(m->arena, struct principal);
	const struct node *path = tf_attr(b->body, S("path"), m->arena);
	str text;
	p->kind = kind;
	p->unit = b->module->unit;
	p->scope = b->module->scope;
	p->address = tf_address(b->module, b->address);
	p->external = str_eq(b->type, S("data"));
	p->boundary = boundary;
	p->boundary_ignored = tf_ignores_changes(b, "permissions_boundary");
	p->account = tf_account(b);
	if (!str_eq(b->type, S("module"))) /* there it may be a prefix */
		p->name = tf_literal(b, own_name(p));
	p->guards = b->guards;
	p->file = b->file;
	p->offset = b->node->start;
	p->block = b->node;
	const char *index = b->repeat == TF_OPTIONAL ? "[0]" : "";
	p->arn = ref_in_scope(
		m->arena, p->scope->id,
		str_fmt(m->arena, "%.*s%s.%.*s", STR_ARG(b->address), index, STR_ARG(arn)));
	if (b->repeat == TF_PLURAL)
		issue_add(m->arena, &p->issues, "CONDITIONAL",
			  "'%.*s' has count or for_each, so it is not one principal",
			  STR_ARG(b->address));
	if (path && value_text(tf_eval(b, path), &text))
		principal_has_path(m, p, text);
	if (b->overridden)
		issue_add(m->arena, &p->issues, "TF-OVERRIDE",
			  "an override file or a second declaration changes '%.*s'",
			  STR_ARG(b->address));
	b->principal = p;
	VEC_PUSH(m->arena, &m->principals, p);
}

void tf_principals(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		bool boundary = tf_argument(b, "permissions_boundary") != NULL;
		str arn = S("arn");
		if (str_eq(b->type, S("module")) && tf_iam_role(b, &arn, &boundary))
			add_principal(b, PRINCIPAL_IS_ROLE, arn, boundary);
		if (!str_eq(b->type, S("resource")) && !str_eq(b->type, S("data")))
			continue;
		for (size_t k = 0; k < sizeof(principal_kinds) / sizeof(*principal_kinds); k++)
			if (str_eq(b->kind, str_from(principal_kinds[k].kind)))
				add_principal(b, principal_kinds[k].principal, arn, boundary);
	}
}

/* The principal of that kind whose own name is the same text. */
static struct principal *principal_named(struct tf_module *mod, enum principal_kind kind, str text)
{
	struct arena *a = mod->model->arena;
	struct principal *found = NULL;
	str name;
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		if (!b->principal || b->principal->kind != kind || b->repeat == TF_PLURAL)
			continue;
		const struct node *n = tf_attr(b->body, S("name"), a);
		if (!n || !value_text(tf_eval(b, n), &name) || !str_eq(name, text))
			continue;
		if (found && found->external == b->principal->external)
			return NULL;
		if (!found || found->external)
			found = b->principal;
	}
	return found;
}

static struct principal *principal_ref(struct tf_module *mod, enum principal_kind kind, str text)
{
	struct tf_source at;
	if (!tf_source_of(mod, text, &at) || !at.block->principal)
		return NULL;
	if (at.block->principal->kind != kind)
		return NULL;
	bool set = kind == PRINCIPAL_IS_SET && str_eq(at.attr, S("arn"));
	bool named = str_eq(at.block->type, S("module")) ?
			     tf_iam_output_name(at.block, at.attr) :
			     str_eq(at.attr, S("name")) || str_eq(at.attr, S("id")) ||
				     str_eq(at.attr, str_from(own_name(at.block->principal)));
	/* Several instances are one principal with an issue; the issue decides. */
	return set || named ? at.block->principal : NULL;
}

/* A name is that of whoever has it in the account that the block works in [11.18]. */
static void check_account(struct tf_block *b, struct attachment *at)
{
	const struct principal *p = at->principal;
	if (account_same(p->account, tf_account(b)))
		return;
	issue_add(b->module->model->arena, &at->issues, "ACCT-UNKNOWN",
		  "'%.*s' has another provider than '%.*s', so perhaps it is attached in another "
		  "account",
		  STR_ARG(b->address), STR_ARG(p->address));
}

/* A value of which the code does not tell what it is, rather than the name of something. */
static bool is_computed(const struct node *n)
{
	static const char *const roots[] = { "var.", "local.", "each.", "count.", "module." };
	str source = str_trim(node_source(n));
	bool computed = n->kind != NODE_GETATTR && n->kind != NODE_INDEX;
	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
		computed |= str_starts(source, str_from(roots[i]));
	return computed;
}

struct attachment tf_attach(struct tf_block *b, const struct value *who, enum principal_kind kind)
{
	struct model *m = b->module->model;
	struct attachment at = {
		.front = b,
		.file = b->file,
		.offset = b->node->start,
		.guards = b->guards,
		.kind = kind,
	};
	str text;
	if (value_text(who, &text)) {
		at.name = text_is_literal(text) ? text : S("");
		at.principal = principal_ref(b->module, kind, text);
		if (!at.principal)
			at.principal = principal_named(b->module, kind, text);
	}
	if (at.principal)
		check_account(b, &at);
	else
		issue_add(m->arena, &at.issues,
			  kind == PRINCIPAL_IS_GROUP ? "GROUP" :
			  kind == PRINCIPAL_IS_SET   ? "SSO" :
						       "ROLE-UNRESOLVED",
			  !at.name.n && is_computed(who->origin) ?
				  "'%.*s' is attached to '%.*s', and the code does not tell what "
				  "that is" :
				  "'%.*s' is attached to '%.*s', which is not declared in this "
				  "module",
			  STR_ARG(b->address), STR_ARG(str_trim(node_source(who->origin))));
	if (b->repeat == TF_PLURAL)
		issue_add(m->arena, &at.issues, "CONDITIONAL",
			  "the attachment '%.*s' has count or for_each", STR_ARG(b->address));
	if (b->overridden)
		issue_add(m->arena, &at.issues, "TF-OVERRIDE",
			  "an override file or a second declaration changes '%.*s'",
			  STR_ARG(b->address));
	return at;
}
