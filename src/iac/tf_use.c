/* SPDX-License-Identifier: MIT */
/*
 * Who else uses a policy or a document. Every reference to it is looked at: what is not an
 * attachment, a policy text or a mere mention in another policy is a user we must understand before
 * anything is edited [7.2, 7.6, 11.4].
 */
#include "tf.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/vec.h"

/* Locals that lead to locals deeper than this are not followed. */
#define MAX_LOCALS 32

/* ---- what other modules take from an output ---- */

/* True when `rest` of a reference to a module call may take the output. */
static bool takes_output(str rest, str output, struct arena *a)
{
	if (str_starts(rest, S("["))) {
		size_t close = str_find(rest, S("]"), 0);
		rest = close == SIZE_MAX ? S("") : str_sub(rest, close + 1, rest.n);
	}
	if (!str_starts(rest, S(".")))
		return true; /* the module object as a whole */
	str want = str_fmt(a, ".%.*s", STR_ARG(output));
	return str_starts(rest, want) &&
	       (rest.n == want.n || rest.p[want.n] == '.' || rest.p[want.n] == '[');
}

static struct tf_module *find_module(const struct tf_modules *mods, str dir)
{
	for (size_t i = 0; i < mods->n; i++)
		if (str_eq(mods->v[i]->unit->path, dir))
			return mods->v[i];
	return NULL;
}

static const struct tf_block *remote_user(const struct tf_modules *mods, str output)
{
	struct arena *a = mods->v[0]->model->arena;
	str want = str_fmt(a, ".outputs.%.*s", STR_ARG(output));
	for (size_t i = 0; i < mods->n; i++)
		for (size_t k = 0; k < mods->v[i]->blocks.n; k++) {
			const struct tf_block *b = mods->v[i]->blocks.v[k];
			if (!str_eq(b->kind, S("terraform_remote_state")))
				continue;
			for (size_t u = 0; u < b->users.n; u++)
				if (str_eq(b->users.v[u]->rest, want))
					return b->users.v[u]->from;
		}
	return NULL;
}

/* A block of another module that takes the output, or NULL. */
static const struct tf_block *output_user(const struct tf_modules *mods, struct tf_block *output)
{
	struct tf_module *mod = output->module;
	struct arena *a = mod->model->arena;
	for (size_t i = 0; i < mod->calls.n; i++) {
		size_t cut = str_find(mod->calls.v[i], S("\x01"), 0);
		struct tf_module *caller = find_module(mods, str_sub(mod->calls.v[i], 0, cut));
		str name = str_sub(mod->calls.v[i], cut + 1, mod->calls.v[i].n);
		struct tf_block *call =
			caller ? tf_find(caller, str_fmt(a, "module.%.*s", STR_ARG(name))) : NULL;
		for (size_t u = 0; call && u < call->users.n; u++)
			if (takes_output(call->users.v[u]->rest, output->name, a))
				return call->users.v[u]->from;
	}
	return remote_user(mods, output->name);
}

/* ---- managed policies ---- */

enum use { USE_NONE, USE_ATTACHED, USE_BOUNDARY, USE_MENTION, USE_OUTPUT, USE_OTHER };

static bool is_policy_argument(str attr)
{
	static const char *const names[] = { "policy",    "inline_policy", "assume_role_policy",
					     "statement", "access_policy", "tags" };
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(attr, str_from(names[i])))
			return true;
	return false;
}

static enum use classify(const struct tf_ref *ref)
{
	const struct tf_block *from = ref->from;
	if (str_eq(ref->attr, S("depends_on")) || str_eq(ref->attr, S("lifecycle")))
		return USE_NONE;
	if (str_has(ref->attr, S("permissions_boundary")) ||
	    str_eq(from->kind, S("aws_ssoadmin_permissions_boundary_attachment")))
		return USE_BOUNDARY;
	if (tf_is_attachment(from, ref->attr))
		return from->repeat == TF_PLURAL ? USE_OTHER : USE_ATTACHED;
	if (str_eq(from->type, S("output")))
		return USE_OUTPUT;
	if (str_eq(from->type, S("resource")) && is_policy_argument(ref->attr))
		return USE_MENTION;
	if (str_eq(from->kind, S("aws_iam_policy_document")))
		return USE_MENTION;
	return USE_OTHER;
}

static void use_of_policy(const struct tf_modules *mods, struct tf_block *b,
			  const struct tf_ref *ref)
{
	struct model *m = b->module->model;
	struct policy *p = b->policy;
	const struct tf_block *taker;
	switch (classify(ref)) {
	case USE_BOUNDARY:
		p->kind = POLICY_BOUNDARY;
		break;
	case USE_OUTPUT:
		taker = output_user(mods, ref->from);
		if (taker)
			issue_add(m->arena, &p->issues, "ATTACH-UNKNOWN",
				  "'%.*s' is exported and used by '%.*s' in '%.*s'",
				  STR_ARG(b->address), STR_ARG(taker->address),
				  STR_ARG(taker->file->path));
		break;
	case USE_OTHER:
		issue_add(m->arena, &p->issues,
			  str_eq(ref->from->kind,
				 S("aws_ssoadmin_customer_managed_policy_attachment")) ?
				  "SSO" :
				  "ATTACH-UNKNOWN",
			  "'%.*s' is handed to '%.*s', so not every attachment is known",
			  STR_ARG(b->address), STR_ARG(ref->from->address));
		break;
	default:
		break;
	}
}

static void follow_policy(const struct tf_modules *mods, struct tf_block *policy,
			  const struct tf_block *at, size_t depth)
{
	for (size_t i = 0; i < at->users.n; i++) {
		const struct tf_ref *ref = at->users.v[i];
		if (str_eq(ref->from->type, S("local")) && depth < MAX_LOCALS)
			follow_policy(mods, policy, ref->from, depth + 1);
		else
			use_of_policy(mods, policy, ref);
	}
}

/* The literal name of a managed policy, or empty. */
static str literal_name(struct tf_block *b)
{
	const struct node *n = tf_attr(b->body, S("name"), b->module->model->arena);
	str text;
	bool known = n && value_text(tf_eval(b, n), &text) && text_is_literal(text);
	return known ? text : (str){ 0 };
}

#define BOUNDARY "permissions_boundary"

/* The key of the index of names under which a boundary stands. */
static str boundary_name(struct arena *a, str name)
{
	return str_fmt(a, BOUNDARY " %.*s", STR_ARG(name));
}

/* Everywhere a managed policy is named by a literal: data sources, and attachments by ARN. */
static void add_name(struct map *names, struct tf_block *b, const char *argument)
{
	struct arena *a = b->module->model->arena;
	const struct node *n = b->body ? tf_attr(b->body, str_from(argument), a) : NULL;
	str text;
	if (!n || !value_text(tf_eval(b, n), &text) || str_has(text, S(":aws:policy/")))
		return;
	size_t slash = text.n;
	while (slash && text.p[slash - 1] != '/')
		slash--;
	text = str_sub(text, slash, text.n);
	if (str_eq(str_from(argument), S(BOUNDARY)))
		text = boundary_name(a, text);
	if (text.n && text_is_literal(text) && !map_find(names, text))
		map_put(names, a, text, b);
}

void tf_index_names(struct map *names, const struct tf_module *mod)
{
	for (size_t i = 0; i < mod->blocks.n; i++) {
		struct tf_block *b = mod->blocks.v[i];
		add_name(names, b, BOUNDARY);
		if (str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy"))) {
			add_name(names, b, "name");
			add_name(names, b, "arn");
		} else if (tf_is_attachment(b, S("policy_arn"))) {
			add_name(names, b, "policy_arn");
		}
	}
}

/* Another module, or a data source, may attach a policy of a fixed name by that name. */
static void use_by_name(const struct map *names, struct tf_block *b)
{
	str name = literal_name(b);
	const struct tf_block *other = name.n ? map_find(names, name) : NULL;
	if (name.n && map_find(names, boundary_name(b->module->model->arena, name)))
		b->policy->kind = POLICY_BOUNDARY;
	if (!other || (other->module == b->module && str_eq(other->type, S("resource"))))
		return;
	issue_add(b->module->model->arena, &b->policy->issues, "ATTACH-UNKNOWN",
		  "'%.*s' is also used by its name in '%.*s'", STR_ARG(b->address),
		  STR_ARG(other->file->path));
}

/* ---- documents ---- */

static const char *const document_arguments[] = { "source_policy_documents",
						  "override_policy_documents", "source_json",
						  "override_json" };

static bool is_document_argument(str attr)
{
	for (size_t i = 0; i < sizeof(document_arguments) / sizeof(*document_arguments); i++)
		if (str_eq(attr, str_from(document_arguments[i])))
			return true;
	return false;
}

struct document_use {
	const struct tf_modules *mods;
	struct tf_block *data;
	size_t known, hidden;
};

/* A policy we cannot look into that gets the document's text. */
static void add_unseen(struct document_use *u, const struct tf_ref *ref, enum policy_kind kind,
		       const char *code)
{
	struct model *m = u->data->module->model;
	struct policy *p = tf_policy_new(ref ? ref->from : u->data, kind,
					 ref ? ref->from->address : u->data->address);
	if (kind == POLICY_UNSEEN && ref)
		issue_add(m->arena, &p->issues, code,
			  "the document '%.*s' is handed to '%.*s', which cannot be looked into",
			  STR_ARG(u->data->address), STR_ARG(ref->from->address));
	else if (kind == POLICY_UNSEEN)
		issue_add(m->arena, &p->issues, code,
			  "the document '%.*s' is used by no policy of the repository",
			  STR_ARG(u->data->address));
	tf_policy_document(p, u->data);
}

/* True when the evaluator carried the document to the policy that refers to it. */
static bool was_read(const struct tf_block *data, const struct tf_ref *ref)
{
	const struct document *d = data->document, *parent = ref->from->document;
	for (size_t i = 0; d && i < d->uses.n; i++) {
		if (tf_is_policy_text(ref->from, ref->attr) &&
		    str_eq(d->uses.v[i]->address, ref->from->address))
			return true;
		for (size_t k = 0; parent && k < parent->uses.n; k++)
			if (parent->uses.v[k] == d->uses.v[i])
				return true;
	}
	return is_document_argument(ref->attr) && (!parent || !parent->uses.n);
}

static void use_of_document(struct document_use *u, const struct tf_ref *ref)
{
	const struct tf_block *from = ref->from;
	if (str_eq(ref->attr, S("depends_on")))
		return;
	if (tf_is_policy_text(from, ref->attr) || is_document_argument(ref->attr)) {
		u->known++;
		if (!was_read(u->data, ref))
			add_unseen(u, ref, POLICY_UNSEEN, "TF-DYNAMIC");
		return;
	}
	if (str_eq(from->type, S("output"))) {
		if (output_user(u->mods, ref->from))
			add_unseen(u, ref, POLICY_UNSEEN, "SHARED-DOC");
		return;
	}
	if (str_eq(from->type, S("module"))) {
		u->known++;
		add_unseen(u, ref, POLICY_UNSEEN, "MODULE");
		return;
	}
	u->known++;
	add_unseen(u, ref, POLICY_OTHER, "");
}

static void follow_document(struct document_use *u, const struct tf_block *at, size_t depth)
{
	for (size_t i = 0; i < at->users.n; i++) {
		const struct tf_ref *ref = at->users.v[i];
		if (str_eq(ref->from->type, S("local")) && depth < MAX_LOCALS)
			follow_document(u, ref->from, depth + 1);
		else
			use_of_document(u, ref);
	}
}

/* ---- arguments of module calls that hold policy text themselves ---- */

static void read_module_argument(struct tf_block *call, const struct node *arg)
{
	struct model *m = call->module->model;
	struct reader r = tf_reader(call);
	const struct node *expr = arg->kind == NODE_PAIR ? arg->last : arg->first;
	struct issue issue = { "MODULE", { 0 } };
	if (arg->kind != NODE_ATTR && arg->kind != NODE_PAIR)
		return;
	issue.reason = str_fmt(m->arena,
			       "the statement is handed to '%.*s', which cannot be looked into",
			       STR_ARG(call->address));
	struct document *d = document_new(&r, expr);
	document_scan(&r, d, expr, issue);
	if (!d->statements.n)
		return;
	struct policy *p = tf_policy_new(call, POLICY_UNSEEN, call->address);
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(m, p, d->statements.v[i]);
}

/* A key that leaves the module may get its policy from a writer that we cannot match [11.6]. */
static void use_of_key(const struct tf_modules *mods, struct tf_block *b)
{
	struct model *m = b->module->model;
	const struct policy *writer = NULL;
	bool leaves = false;
	for (size_t i = 0; i < m->policies.n && !writer; i++)
		if (m->policies.v[i]->kind == POLICY_KEY && !m->policies.v[i]->key)
			writer = m->policies.v[i];
	for (size_t i = 0; writer && i < b->users.n; i++) {
		struct tf_block *from = b->users.v[i]->from;
		leaves |= str_eq(from->type, S("module")) ||
			  (str_eq(from->type, S("output")) && output_user(mods, from));
	}
	if (leaves)
		issue_add(m->arena, &b->key->issues, "KEY-2WRITERS",
			  "'%.*s' leaves its module, and '%.*s' writes the policy of a key that "
			  "is not known",
			  STR_ARG(b->address), STR_ARG(writer->address));
}

/* A policy file that is also loaded for something else has a second reader [7.6]. */
static void use_of_file(const struct tf_file_call *call)
{
	struct model *m = call->from->module->model;
	const struct value *v = tf_eval(call->from, call->node);
	const void *key = v->file;
	struct document *d = v->kind == VALUE_FILE ? map_find(&m->by_node, map_pointer(&key)) :
						     NULL;
	if (d && !tf_is_policy_text(call->from, call->attr) && !is_document_argument(call->attr) &&
	    !str_eq(call->from->type, S("local")))
		issue_add(m->arena, &d->issues, "SHARED-DOC", "the file is also loaded by '%.*s'",
			  STR_ARG(call->from->address));
}

void tf_uses(const struct tf_modules *mods, const struct map *names, struct tf_module *mod)
{
	for (size_t i = 0; i < mod->file_calls.n; i++)
		use_of_file(&mod->file_calls.v[i]);
	for (size_t i = 0; i < mod->blocks.n; i++) {
		struct tf_block *b = mod->blocks.v[i];
		if (b->key)
			use_of_key(mods, b);
		if (str_eq(b->kind, S("aws_iam_policy")) && b->policy) {
			follow_policy(mods, b, b, 0);
			use_by_name(names, b);
		}
		if (str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy_document"))) {
			struct document_use u = { mods, b, 0, 0 };
			follow_document(&u, b, 0);
			if (!u.known)
				add_unseen(&u, NULL, POLICY_UNSEEN, "ATTACH-UNKNOWN");
		}
		if (!str_eq(b->type, S("module")) || !b->body)
			continue;
		for (const struct node *c = b->body->first; c; c = c->next)
			read_module_argument(b, c);
	}
}
