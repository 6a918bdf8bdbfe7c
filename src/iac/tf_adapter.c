/* SPDX-License-Identifier: MIT */
/*
 * Key modules that are known by their documentation: which output is the key's ARN, which argument
 * takes more statements of its policy, and what the policy says by itself [11.20]. A call of one
 * is a
 * key of the calling module; its text is all in the call.
 */
#include "tf.h"
#include "tf_bystander.h"

#include "document.h"
#include "kmsfix/ascii.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "statement.h"
#include "value.h"

static const struct tf_adapter {
	const char *registry, *repository; /* of the source */
	unsigned first, last;              /* major versions */
	const char *arn, *id;              /* outputs */
	const char *aliases;               /* output: attributes of its aliases by name; or NULL */
	const char *alias[2];              /* outputs that are an alias; NULL */
	const char *statements;            /* argument: a list of statement objects; or NULL */
	const char *condition;             /* its name in such an object */
	const char *policy;                /* argument: the whole policy */
	const char *delegation;            /* argument: false leaves out AWS's default statement */
	const char *more[9];  /* arguments that add statements we need not know; NULL */
	const char *other[4]; /* arguments that make another kind of key; NULL */
} adapters[] = {
	{ "terraform-aws-modules/kms/aws",
	  "github.com/terraform-aws-modules/terraform-aws-kms",
	  1,
	  3,
	  "key_arn",
	  "key_id",
	  "aliases",
	  { NULL },
	  "key_statements",
	  "conditions",
	  "policy",
	  "enable_default_policy",
	  { "key_owners", "key_administrators", "key_users", "key_service_users",
	    "key_service_roles_for_autoscaling", "source_policy_documents",
	    "override_policy_documents", "enable_route53_dnssec" },
	  { "create_external", "create_replica", "create_replica_external" } },
	{ "terraform-aws-modules/kms/aws",
	  "github.com/terraform-aws-modules/terraform-aws-kms",
	  4,
	  4,
	  "key_arn",
	  "key_id",
	  "aliases",
	  { NULL },
	  "key_statements",
	  "condition",
	  "policy",
	  "enable_default_policy",
	  { "key_owners", "key_administrators", "key_users", "key_service_users",
	    "key_service_roles_for_autoscaling", "source_policy_documents",
	    "override_policy_documents", "enable_route53_dnssec" },
	  { "create_external", "create_replica", "create_replica_external" } },
	{ "cloudposse/kms-key/aws",
	  "github.com/cloudposse/terraform-aws-kms-key",
	  0,
	  0,
	  "key_arn",
	  "key_id",
	  NULL,
	  { "alias_arn", "alias_name" },
	  NULL,
	  NULL,
	  "policy",
	  NULL,
	  { NULL },
	  { NULL } },
};

#define ADAPTERS (sizeof(adapters) / sizeof(*adapters))

/* ---- which module a call means ---- */

bool tf_names_module(str source, const char *registry, const char *repository,
		     const char *submodule)
{
	size_t at = str_find(source, str_from(repository), 0);
	str inner = str_from(submodule);
	str rest = source;
	if (at != SIZE_MAX)
		rest = str_sub(rest, at + str_from(repository).n, rest.n);
	else if (str_starts(source, str_from(registry)))
		rest = str_sub(rest, str_from(registry).n, rest.n);
	else
		return false;
	if (str_starts(rest, S(".git")))
		rest = str_sub(rest, 4, rest.n);
	if (str_starts(rest, S("//")))
		rest = str_sub(rest, 2, rest.n);
	if (!str_starts(rest, inner))
		return false;
	return rest.n == inner.n || rest.p[inner.n] == '?';
}

/* The first number behind `from` that a dot or the end follows; false when there is none. */
static bool major_in(str text, unsigned *major)
{
	for (size_t i = 0; i < text.n; i++) {
		if (!ascii_is_digit(text.p[i]))
			continue;
		*major = 0;
		for (; i < text.n && ascii_is_digit(text.p[i]) && *major < 1000; i++)
			*major = *major * 10 + (unsigned)(text.p[i] - '0');
		return i == text.n || text.p[i] == '.' || text.p[i] == ' ' || text.p[i] == ',';
	}
	return false;
}

/* `version = "~> 3.1"`, `?ref=v3.1.0`, or the version in the comment behind a commit id. */
bool tf_module_version(const struct tf_declared *call, unsigned *major)
{
	struct arena *a = call->dir->model->arena;
	const struct node *source = tf_attr(call->body, S("source"), a);
	const struct node *version = tf_attr(call->body, S("version"), a);
	str file = source->tree->file->text, wanted, text;
	if (!node_text(source, a, &text))
		return false;
	size_t ref = str_find(text, S("ref=v"), 0);
	if (version)
		return node_text(version, a, &wanted) && !str_starts(str_trim(wanted), S(">")) &&
		       !str_starts(str_trim(wanted), S("!")) && major_in(wanted, major);
	if (ref != SIZE_MAX)
		return major_in(str_sub(text, ref, text.n), major);
	size_t end = file_line_end(file, source->end);
	size_t v = str_find(str_sub(file, source->end, end), S("v"), 0);
	return v != SIZE_MAX && major_in(str_sub(file, source->end + v, end), major);
}

static const struct tf_adapter *adapter_of(const struct tf_declared *call)
{
	struct arena *a = call->dir->model->arena;
	const struct node *n = tf_attr(call->body, S("source"), a);
	const struct tf_adapter *any = NULL;
	unsigned major = 0;
	str source;
	if (!str_eq(call->type, S("module")) || !n || !node_text(n, a, &source))
		return NULL;
	bool known = tf_module_version(call, &major);
	for (size_t i = 0; i < ADAPTERS; i++) {
		const struct tf_adapter *m = &adapters[i];
		if (!tf_names_module(source, m->registry, m->repository, ""))
			continue;
		if (known && m->first <= major && major <= m->last)
			return m;
		any = m;
	}
	return known ? NULL : any;
}

bool tf_is_key_module(const struct tf_declared *call)
{
	return adapter_of(call) != NULL;
}

/* What follows the one alias in `aliases["name"].arn`: all of them are of the key. */
static bool alias_member(const struct tf_adapter *m, str output, str *member)
{
	str name = str_from(m->aliases);
	size_t dot = str_find(output, S("."), name.n + 1);
	if (!name.n || dot == SIZE_MAX || !str_starts(output, name) ||
	    (output.p[name.n] != '[' && output.p[name.n] != '.'))
		return false;
	for (size_t next; (next = str_find(output, S("."), dot + 1)) != SIZE_MAX;)
		dot = next; /* the name may have dots */
	*member = str_sub(output, dot + 1, output.n);
	return !str_has(*member, S("]"));
}

bool tf_adapter_output(struct tf_block *call, str output, enum name_kind *kind)
{
	const struct tf_adapter *m = adapter_of(&call->declared);
	const struct {
		const char *output;
		enum name_kind kind;
	} known[] = {
		{ m->arn, NAME_KEY_ARN },
		{ m->id, NAME_KEY_ID },
		{ m->alias[0], NAME_ALIAS },
		{ m->alias[1], NAME_ALIAS },
	};
	str member;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (known[i].output && str_eq(output, str_from(known[i].output))) {
			*kind = known[i].kind;
			return true;
		}
	if (!alias_member(m, output, &member))
		return false;
	*kind = str_eq(member, S("target_key_arn")) ? NAME_KEY_ARN :
		str_eq(member, S("target_key_id"))  ? NAME_KEY_ID :
						      NAME_ALIAS;
	return true;
}

/* ---- the key ---- */

const struct value *tf_argument(struct tf_block *call, const char *name)
{
	const struct node *n =
		name ? tf_attr(call->body, str_from(name), call->module->model->arena) : NULL;
	const struct value *v = n ? tf_eval(call, n) : NULL;
	return v && v->kind == VALUE_NULL ? NULL : v;
}

str tf_literal(struct tf_block *b, const char *name)
{
	const struct value *v = tf_argument(b, name);
	str text;
	return v && value_text(v, &text) && text_is_literal(text) ? text : S("");
}

static bool is_text(const struct value *v, const char *text)
{
	str s;
	return value_text(v, &s) && str_eq(s, str_from(text));
}

void tf_adapter_key(struct tf_block *call, struct key *k)
{
	const struct tf_adapter *m = adapter_of(&call->declared);
	struct arena *a = call->module->model->arena;
	for (size_t i = 0; m->other[i]; i++) {
		const struct value *v = tf_argument(call, m->other[i]);
		if (v && !is_text(v, "false"))
			issue_add(a, &k->issues, "MODULE",
				  "'%.*s' makes an external or replica key",
				  STR_ARG(call->address));
	}
	if (tf_argument(call, "create") && !is_text(tf_argument(call, "create"), "true"))
		issue_add(a, &k->issues, "MODULE", "'%.*s' makes the key only at times",
			  STR_ARG(call->address));
}

/* ---- its policy ---- */

void tf_statement_objects(struct tf_block *call, struct document *d, const struct value *list)
{
	struct reader r = tf_reader(call);
	bool known = list->kind == VALUE_LIST || list->kind == VALUE_MAP;
	d->open |= list->open || !known;
	for (size_t i = 0; known && i < list->n; i++) {
		const struct value *v = value_inside(r.model->arena, list, i);
		if (v->kind != VALUE_MAP) {
			d->open = true;
			continue;
		}
		struct statement *s = document_add(&r, d, value_item(list, i)->node);
		statement_read_object(&r, s, v);
		tf_unescape(r.model, s); /* the module makes a data source of them */
	}
}

/* A list that is written in full, of elements of whatever type. */
static bool is_written(const struct value *list)
{
	return list->kind == VALUE_LIST && list->origin->kind == NODE_SEQ &&
	       document_beside(list->origin) == list->origin;
}

/* Where one more statement can be written: the list in the call, or an argument that is not there.
 * */
static void find_site(struct tf_block *call, struct document *d, const struct value *list,
		      const struct tf_adapter *m)
{
	const struct node *argument = tf_attr(call->body, str_from(m->statements),
					      call->module->model->arena);
	unsigned major;
	d->site.condition = m->condition;
	if (!tf_module_version(&call->declared, &major)) {
		/* A condition by the name of another version is ignored: a grant to everything. */
		d->site.kind = SITE_NONE;
		d->site.why = "MODULE";
		d->site.reason = S("which version of the module is used is not known, and a "
				   "condition has another name in another version");
	} else if (!list && argument) {
		d->site.kind = SITE_NONE;
		d->site.why = "MODULE";
		d->site.reason = S("the argument for statements is there already, and is null");
	} else if (!list && call->body->kind == NODE_BODY) {
		d->site.kind = SITE_ARGUMENT;
		d->site.node = call->body;
		d->site.name = m->statements;
	} else if (list && is_written(list)) {
		d->site.kind = SITE_OBJECTS;
		d->site.node = list->origin;
	} else if (list && list->kind == VALUE_LIST && document_beside(list->origin) &&
		   call->body->kind == NODE_BODY) {
		/* With whatever the argument is for the other callers of the module. */
		d->site.kind = SITE_CONCAT;
		d->site.node = d->node = argument;
		d->site.scope = call->module->scope;
		d->file = call->file;
	} else {
		d->site.kind = SITE_NONE;
		d->site.why = "MODULE";
		d->site.reason = S("the statements handed to the module are computed");
	}
}

static void read_statements(struct tf_block *call, struct policy *p, const struct tf_adapter *m)
{
	struct reader r = tf_reader(call);
	const struct value *list = tf_argument(call, m->statements);
	struct document *d = document_new(&r, list ? list->origin : call->node);
	if (list && list->scope)
		d->scope = d->site.scope = list->scope;
	d->version = S("2012-10-17");
	if (list)
		tf_statement_objects(call, d, list);
	find_site(call, d, list, m);
	if (list && list->via && d->site.kind != SITE_CONCAT) /* which is the call's own text */
		VEC_PUSH(r.model->arena, &d->vias, list->via);
	policy_use(r.model, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(r.model, p, d->statements.v[i]);
}

bool tf_adapter_takes_text(const struct tf_block *call, str argument)
{
	const struct tf_adapter *m = str_eq(call->type, S("module")) &&
						     tf_is_key_module(&call->declared) ?
					     adapter_of(&call->declared) :
					     NULL;
	return m && str_eq(argument, str_from(m->policy));
}

bool tf_adapter_takes_statements(const struct tf_block *call, str argument)
{
	const struct tf_adapter *m = adapter_of(&call->declared);
	return m && m->statements && str_eq(argument, str_from(m->statements));
}

void tf_adapter_policy(struct tf_block *call)
{
	const struct tf_adapter *m = adapter_of(&call->declared);
	struct key *k = call->key;
	const struct node *text = tf_attr(call->body, str_from(m->policy),
					  call->module->model->arena);
	const struct value *delegation = tf_argument(call, m->delegation);
	k->argument = text;
	if (!tf_argument(call, m->policy) && !m->statements) {
		k->unset = !text && !k->policy; /* a module above may write it */
		return;
	}
	if (k->policy) {
		tf_two_writers(call, k);
		return;
	}
	if (tf_argument(call, m->policy)) {
		tf_key_policy_text(call, k, text);
		return;
	}
	struct policy *p = tf_policy_new(call, POLICY_KEY);
	p->key = k;
	p->limit = LIMIT_KEY_POLICY;
	k->policy = p;
	k->delegates = !delegation || is_text(delegation, "true");
	p->open |= delegation && !k->delegates && !is_text(delegation, "false");
	for (size_t i = 0; m->more[i]; i++)
		p->open |= tf_argument(call, m->more[i]) != NULL;
	read_statements(call, p, m);
}
