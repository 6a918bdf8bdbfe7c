/* SPDX-License-Identifier: MIT */
/*
 * Raw JSON policies: content alone cannot tell an identity policy from a boundary or a service
 * control policy [7.5], so only what the configuration declares is changed. All of them are one
 * unit: texts are literal, and roles and keys are named by their ARNs.
 */
#include "raw_json.h"

#include "document.h"
#include "live.h"
#include "principal.h"
#include "kmsfix/arn.h"
#include "kmsfix/limits.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

const struct value *raw_json_eval(void *ctx, const struct node *n)
{
	return json_value(ctx, n);
}

const struct language raw_json_language = {
	.dynamic = "TF-DYNAMIC", .whole = "file", .instead = "as an object", .perhaps = "TF-DYNAMIC"
};

/* The document in the file; NULL with a diagnostic when there is none. */
static struct document *load(struct model *m, struct scope *u, str path)
{
	struct syntax_error e;
	struct tree *tree;
	const struct file *f = fileset_find(m->files, path);
	if (!f) {
		diag_add(m->diags, SEVERITY_ERROR, NULL, 0,
			 "%.*s: names '%.*s', which is not in the repository",
			 STR_ARG(m->config->path), STR_ARG(path));
		return NULL;
	}
	m->files_read++;
	if (!json_parse(&tree, f, m->arena, &e)) {
		diag_add(m->diags, SEVERITY_ERROR, f, e.offset, "%s; the file is left alone",
			 e.reason);
		diag_unread(m->diags);
		return NULL;
	}
	struct reader r = { .model = m,
			    .scope = u,
			    .address = path,
			    .file = f,
			    .block = tree->root,
			    .eval = raw_json_eval,
			    .ctx = m };
	struct value v = { .kind = VALUE_FILE, .origin = tree->root, .file = f };
	struct document *d = document_read(&r, &v, tree->root);
	d->plain = false; /* its own unit writes literal ARNs */
	return d;
}

static struct principal *principal_at(struct model *m, struct scope *u, str arn,
				      enum principal_kind kind)
{
	const struct name *known = name_get(u->unit, arn);
	if (known && known->kind == NAME_PRINCIPAL)
		return known->principal;
	struct principal *p = principal_add(m, u, arn, kind);
	live_literal(m, p, arn); /* the keys of any unit name it so */
	name_set(m, u->unit, arn, (struct name){ .kind = NAME_PRINCIPAL, .principal = p });
	return p;
}

static void attach_all(struct model *m, struct scope *u, struct policy *p, const struct strs *arns,
		       enum principal_kind kind)
{
	for (size_t i = 0; i < arns->n; i++) {
		struct attachment at = { .principal = principal_at(m, u, arns->v[i], kind),
					 .file = p->file,
					 .offset = 0 };
		VEC_PUSH(m->arena, &p->attachments, at);
	}
}

static struct policy *add_policy(struct model *m, struct scope *u, struct document *d, str address,
				 enum policy_kind kind)
{
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	p->kind = kind;
	p->unit = u->unit;
	p->scope = u;
	p->address = address;
	p->file = d->file;
	p->removal.reason = S("an empty document cannot be removed from a plain JSON file");
	VEC_PUSH(m->arena, &m->policies, p);
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(m, p, d->statements.v[i]);
	return p;
}

static void add_identity(struct model *m, struct scope *u, const struct config_policy *c)
{
	static const enum policy_kind kinds[] = { [CONFIG_IDENTITY] = POLICY_MANAGED,
						  [CONFIG_BOUNDARY] = POLICY_BOUNDARY,
						  [CONFIG_OTHER] = POLICY_OTHER };
	struct document *d = load(m, u, c->file);
	if (!d)
		return;
	struct policy *p = add_policy(m, u, d, c->name.n ? c->name : c->file, kinds[c->kind]);
	p->limit = LIMIT_MANAGED;
	/* that it is an identity policy does not say that nobody has it */
	p->configured = c->roles.n + c->users.n + c->groups.n > 0;
	attach_all(m, u, p, &c->roles, PRINCIPAL_IS_ROLE);
	attach_all(m, u, p, &c->users, PRINCIPAL_IS_USER);
	attach_all(m, u, p, &c->groups, PRINCIPAL_IS_GROUP);
}

static void add_key(struct model *m, struct scope *u, const struct config_key_policy *c)
{
	struct document *d = load(m, u, c->file);
	struct key_arn arn;
	if (!d || !key_arn_parse(c->key_arn, &arn))
		return;
	struct key *k = ARENA_NEW(m->arena, struct key);
	k->unit = u->unit;
	k->scope = u;
	k->address = k->name = c->key_arn;
	k->account = str_fmt(m->arena, "#%.*s", STR_ARG(arn.account));
	k->multi_region = str_starts(arn.id, S("mrk-"));
	k->file = d->file;
	k->block = d->node;
	k->arn = c->key_arn;
	k->policy = add_policy(m, u, d, c->file, POLICY_KEY);
	k->policy->key = k;
	k->policy->limit = LIMIT_KEY_POLICY;
	struct key **keys = arena_array(m->arena, 1, sizeof(struct key *));
	keys[0] = k;
	name_set(m, u->unit, c->key_arn,
		 (struct name){ .kind = NAME_KEY_ARN, .keys = keys, .key_count = 1 });
	VEC_PUSH(m->arena, &m->keys, k);
}

void raw_json_load(struct model *m)
{
	if (!m->config->policies.n && !m->config->key_policies.n)
		return;
	struct scope *u = unit_scope(m, S("(json)"), &raw_json_language);
	for (size_t i = 0; i < m->config->key_policies.n; i++)
		add_key(m, u, &m->config->key_policies.v[i]);
	for (size_t i = 0; i < m->config->policies.n; i++)
		add_identity(m, u, &m->config->policies.v[i]);
}
