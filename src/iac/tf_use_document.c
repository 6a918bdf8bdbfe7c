/* SPDX-License-Identifier: MIT */
/* Who uses a document: an aws_iam_policy_document block, a file, or text handed to a module. */
#include "tf_follow.h"
#include "tf_bystander.h"
#include "tf_unread.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/vec.h"

static const char *const document_arguments[] = { "source_policy_documents",
						  "override_policy_documents", "source_json",
						  "override_json" };

static bool is_document(const struct tf_block *b)
{
	return str_eq(b->type, S("data")) && str_eq(b->kind, S("aws_iam_policy_document"));
}

/* Of a document that takes in others. */
static bool takes_documents(const struct tf_block *b, str attr)
{
	bool found = false;
	for (size_t i = 0; i < sizeof(document_arguments) / sizeof(*document_arguments); i++)
		found |= str_eq(attr, str_from(document_arguments[i]));
	return found && is_document(b);
}

struct document_use {
	struct tf_block *data;
	size_t known;
};

/* A policy we cannot look into that gets the document's text. */
static void add_unseen(struct tf_block *data, const struct tf_ref *ref, enum policy_kind kind,
		       const char *code)
{
	struct model *m = data->module->model;
	struct policy *p = tf_policy_new(ref ? tf_from(ref) : data, kind);
	if (ref && str_starts(tf_from(ref)->kind, S("aws_ssoadmin_")))
		code = "SSO"; /* whatever it makes of the document */
	if (kind == POLICY_UNSEEN && ref && !str_eq(tf_from(ref)->type, S("module")) &&
	    str_eq(str_from(code), S("TF-DYNAMIC")))
		issue_add(m->arena, &p->issues, code,
			  "what '%.*s' makes of the document '%.*s' is not understood",
			  STR_ARG(tf_from(ref)->address), STR_ARG(data->address));
	else if (kind == POLICY_UNSEEN && ref)
		issue_add(m->arena, &p->issues, code,
			  "the document '%.*s' is handed to '%.*s', which cannot be looked into",
			  STR_ARG(data->address), STR_ARG(tf_from(ref)->address));
	else if (kind == POLICY_UNSEEN)
		issue_add(m->arena, &p->issues, code,
			  "the document '%.*s' is used by no policy of the repository",
			  STR_ARG(data->address));
	tf_policy_document(p, data);
}

static bool made_by(const struct policy *p, const struct tf_block *b)
{
	const struct tf_block *front = p->front;
	return front == b || (front && front->base == b);
}

static bool uses_any(const struct document *d, const struct document *parent)
{
	for (size_t i = 0; parent && i < d->uses.n; i++)
		for (size_t k = 0; k < parent->uses.n; k++)
			if (parent->uses.v[k] == d->uses.v[i])
				return true;
	return false;
}

/* It is known to the last statement. */
static bool is_known(const struct policy *p)
{
	for (size_t k = 0; k < p->documents.n; k++)
		if (p->documents.v[k]->issues.n)
			return false;
	return !p->open && p->kind != POLICY_UNSEEN;
}

/* It stands in the policy of a key, which is null: of `condition ? document : null`, null. */
static bool is_in_none(const struct tf_block *key, const struct node *n)
{
	const struct key *k = key->key;
	bool none = k && k->unset && k->argument && n && node_is_within(n, k->argument);
	for (size_t i = 0; i < key->instances.n && !none; i++)
		none = is_in_none(key->instances.v[i], n);
	return none;
}

/* The policies of the block that refers to it are known, so this document is not in them. */
static bool is_elsewhere(const struct tf_ref *ref)
{
	const struct tf_block *from = tf_from(ref);
	const struct model *m = from->module->model;
	bool any = is_in_none(from, ref->link->node);
	for (size_t i = 0; i < m->policies.n; i++) {
		const struct policy *p = m->policies.v[i];
		if (!made_by(p, from))
			continue;
		any = true;
		if (!is_known(p))
			return false;
	}
	return any;
}

/* All policies that the document is in are known. */
static bool has_known_uses(const struct document *d)
{
	for (size_t i = 0; d && i < d->uses.n; i++)
		if (!is_known(d->uses.v[i]))
			return false;
	return true;
}

/* True when the evaluator carried the document to the policy that refers to it. */
static bool was_read(const struct tf_block *data, const struct tf_ref *ref)
{
	const struct document *d = data->document;
	const struct tf_block *from = tf_from(ref);
	if (from->repeat == TF_ABSENT)
		return true;
	for (size_t i = 0; d && i < d->uses.n; i++)
		if (tf_is_policy_text(from, ref->link->attr) && made_by(d->uses.v[i], from))
			return true;
	if (!takes_documents(from, ref->link->attr))
		return tf_is_policy_text(from, ref->link->attr) && is_elsewhere(ref);
	bool known = has_known_uses(from->document);
	for (size_t i = 0; i < from->instances.n; i++)
		known &= has_known_uses(from->instances.v[i]->document);
	for (size_t i = 0; d && i < from->instances.n; i++)
		if (uses_any(d, from->instances.v[i]->document))
			return true;
	return known || (d && uses_any(d, from->document));
}

/* What takes a part of the document is no policy, but would take another part once it changes. */
static void note_part(struct tf_block *data, const struct tf_block *from)
{
	issue_add(data->module->model->arena, &tf_document(data)->issues, "SHARED-DOC",
		  "'%.*s' takes a part of the document '%.*s'", STR_ARG(from->address),
		  STR_ARG(data->address));
}

static void use_of_document(void *ctx, const struct tf_ref *ref)
{
	struct document_use *u = ctx;
	const struct tf_block *from = tf_from(ref);
	if (str_eq(ref->link->attr, S("depends_on")) || str_eq(ref->link->attr, S("count")))
		return;
	if (tf_is_policy_text(from, ref->link->attr) || takes_documents(from, ref->link->attr)) {
		u->known++;
		if (!was_read(u->data, ref))
			add_unseen(u->data, ref, POLICY_UNSEEN, "TF-DYNAMIC");
		return;
	}
	if (is_document(from) || str_starts(ref->link->rest, S(".statement"))) {
		u->known += is_document(from);
		note_part(u->data, from);
		return;
	}
	if (str_eq(from->type, S("output"))) {
		if (tf_remote_user(from))
			add_unseen(u->data, ref, POLICY_UNSEEN, "SHARED-DOC");
		return;
	}
	u->known++;
	if (str_eq(from->type, S("module")))
		add_unseen(u->data, ref, POLICY_UNSEEN, "MODULE");
	else
		add_unseen(u->data, ref, POLICY_OTHER, "");
}

/* ---- text in arguments of module calls and in locals that nobody was seen to read ---- */

void tf_scan_unread(struct tf_block *b, const struct node *expr, struct issue issue)
{
	struct model *m = b->module->model;
	struct reader r = tf_reader(b);
	struct document *d = NULL;
	document_scan_unread(&r, &d, expr, issue);
	if (!d)
		return;
	struct policy *p = tf_policy_new(b, POLICY_UNSEEN);
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(m, p, d->statements.v[i]);
}

static struct issue issue_of_call(const struct tf_block *call)
{
	struct arena *a = call->module->model->arena;
	if (call->callees.n)
		return (struct issue){
			.code = "TF-DYNAMIC",
			.reason = str_fmt(a, "what '%.*s' makes of the statement is not understood",
					  STR_ARG(call->address))
		};
	return (struct issue){
		.code = "MODULE",
		.reason = str_fmt(a,
				  "the statement is handed to '%.*s', which cannot be looked into",
				  STR_ARG(call->address))
	};
}

static void scan_call(struct tf_block *call)
{
	struct issue issue = issue_of_call(call);
	for (const struct node *c = call->body ? call->body->first : NULL; c; c = c->next)
		if (c->kind == NODE_ATTR || c->kind == NODE_PAIR)
			tf_scan_unread(call, c->kind == NODE_PAIR ? c->last : c->first, issue);
}

/* Who gets what a local says, and may make policies of it. */
struct takers {
	const struct tf_block *call, *policy;
};

static bool has_identity(const struct document *d)
{
	for (size_t i = 0; d && d->open && i < d->uses.n; i++)
		if (d->uses.v[i]->kind == POLICY_MANAGED || d->uses.v[i]->kind == POLICY_INLINE ||
		    d->uses.v[i]->kind == POLICY_UNSEEN)
			return true;
	return false;
}

/* A policy document with statements that are not known, in an identity policy. */
static bool is_open_identity(const struct tf_block *data)
{
	bool any = has_identity(data->document);
	for (size_t i = 0; i < data->instances.n; i++)
		any |= has_identity(data->instances.v[i]->document);
	return any;
}

static void find_takers(void *ctx, const struct tf_ref *ref)
{
	struct takers *t = ctx;
	const struct tf_block *from = tf_from(ref);
	if (str_eq(from->type, S("module")) && !str_eq(ref->link->attr, S("depends_on")))
		t->call = from;
	else if (str_starts(from->kind, S("aws_iam_")) && str_eq(from->type, S("resource")) &&
		 tf_is_policy_text(from, ref->link->attr) && from->repeat != TF_ABSENT &&
		 !is_elsewhere(ref))
		t->policy = from;
	else if (str_eq(from->type, S("data")) &&
		 (str_eq(ref->link->attr, S("dynamic")) ||
		  str_eq(ref->link->attr, S("for_each"))) &&
		 is_open_identity(from))
		t->policy = from;
}

static void scan_local(struct tf_block *local)
{
	struct takers t = { 0 };
	struct arena *a = local->module->model->arena;
	tf_follow(local, find_takers, &t);
	if (t.call)
		tf_scan_unread(local, local->expr, issue_of_call(t.call));
	else if (t.policy)
		tf_scan_unread(local, local->expr,
			       (struct issue){ .code = "TF-DYNAMIC",
					       .reason = str_fmt(
						       a,
						       "what '%.*s' makes of the statement is not "
						       "understood",
						       STR_ARG(t.policy->address)) });
}

static bool is_for_key(const struct document *d)
{
	for (size_t i = 0; d && i < d->uses.n; i++)
		if (d->uses.v[i]->kind == POLICY_KEY)
			return true;
	return false;
}

void tf_document_uses(struct tf_module *mod)
{
	tf_file_uses(mod);
	for (size_t i = 0; i < mod->entities.n; i++) {
		struct tf_block *b = mod->entities.v[i];
		struct document_use u = { b, 0 };
		if (!is_document(b))
			continue;
		tf_follow(b, use_of_document, &u);
		if (!u.known)
			add_unseen(b, NULL, POLICY_UNSEEN, "ATTACH-UNKNOWN");
		const struct tf_block *early = is_for_key(b->document) ? tf_early(b) : NULL;
		if (early)
			b->document->early = tf_address(early->module, early->address);
	}
}

void tf_unread(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->calls.n; i++)
		scan_call(tf_block_in(mod, mod->dir->calls.v[i]));
	for (size_t i = 0; i < mod->dir->texts.n; i++)
		scan_local(tf_block_in(mod, mod->dir->texts.v[i]));
}
