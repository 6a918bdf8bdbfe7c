/* SPDX-License-Identifier: MIT */
/* Who uses a policy file: what else it is loaded for would change with it [7.6]. */
#include "document.h"
#include "tf_bystander.h"
#include "tf_digest.h"
#include "tf_func.h"

/* The text of a file handed to a module we cannot look into. */
static void file_to_module(struct tf_block *call, const struct value *v, const struct node *written)
{
	struct model *m = call->module->model;
	struct reader r = tf_reader(call);
	struct document *d = document_read(&r, v, written);
	bool statements = false;
	for (size_t i = 0; i < d->statements.n; i++)
		statements |= !d->statements.v[i]->principals.present;
	if (!statements)
		return;
	struct policy *p = tf_policy_new(call, POLICY_UNSEEN);
	issue_add(m->arena, &p->issues, "MODULE",
		  "the policy is handed to '%.*s', which cannot be looked into",
		  STR_ARG(call->address));
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(m, p, d->statements.v[i]);
}

static bool is_policy_file(const struct model *m, const struct file *f)
{
	for (size_t i = 0; i < m->documents.n; i++)
		if (m->documents.v[i]->file == f)
			return true;
	return false;
}

static void hold_documents(const struct model *m, const struct file *f, const struct tf_block *by)
{
	for (size_t i = 0; i < m->documents.n; i++)
		if (m->documents.v[i]->file == f)
			issue_add(m->arena, &m->documents.v[i]->issues, "SHARED-DOC",
				  "the file is also loaded by '%.*s'", STR_ARG(by->address));
}

/* Whoever gets it in the end, through locals, modules and outputs, and is no policy. */
static void follow_file(struct tf_block *from, const struct tf_file_call *call)
{
	struct model *m = from->module->model;
	const struct file *f = tf_loaded_file(from, call->node);
	if (!f || !is_policy_file(m, f))
		return;
	struct spread s = { .arena = m->arena, .from = m, .to = m };
	tf_spread_from(&s, from, call->attr);
	for (size_t i = 0; i < s.spots.n; i++) {
		struct spot at = s.spots.v[i];
		if (tf_is_bystander(at.block, at.attr) && tf_may_say(at.block, at.attr, f))
			hold_documents(m, f, at.block);
	}
}

/* Such a policy names no resources, as those do that are edited. */
static bool is_trust(str attr)
{
	return str_eq(attr, S("assume_role_policy"));
}

/* The argument that is reached by a file has not been seen to be worth something else. */
static bool may_have(struct tf_block *b, str attr)
{
	const struct node *n = tf_attr(b->body, attr, b->module->model->arena);
	const struct value *v = n ? tf_eval(b, n) : NULL;
	for (size_t i = 0; i < b->instances.n; i++)
		if (may_have(b->instances.v[i], attr))
			return true;
	if (b->instances.n)
		return false;
	if (tf_is_policy_text(b, attr))
		return v && v->kind == VALUE_UNKNOWN;
	return tf_is_bystander(b, attr) && !is_trust(attr) && !(v && value_is_literal(v));
}

static const struct tf_block *unread_taker(struct tf_block *from, str attr)
{
	struct model *m = from->module->model;
	struct spread s = { .arena = m->arena, .from = m, .to = m };
	tf_spread_from(&s, from, attr);
	for (size_t i = 0; i < s.spots.n; i++)
		if (s.spots.v[i].block->repeat != TF_ABSENT &&
		    may_have(s.spots.v[i].block, s.spots.v[i].attr))
			return s.spots.v[i].block;
	return NULL;
}

static bool may_load(struct tf_block *from, const struct node *call, const struct file *f)
{
	for (size_t i = 0; i < from->instances.n; i++)
		if (tf_may_load(from->instances.v[i], call, f))
			return true;
	return !from->instances.n && tf_may_load(from, call, f);
}

/* By a path that is not known, any file may be loaded that it may be the path of. */
static void follow_path(struct tf_block *from, const struct tf_file_call *call)
{
	const struct model *m = from->module->model;
	const struct tf_block *taker = NULL;
	for (size_t i = 0; i < m->documents.n && !is_trust(call->attr); i++) {
		const struct file *f = m->documents.v[i]->file;
		if (tf_is_config(f->path) || !may_load(from, call->node, f))
			continue;
		taker = taker ? taker : unread_taker(from, call->attr);
		if (!taker)
			return;
		issue_add(m->arena, &m->documents.v[i]->issues, "SHARED-DOC",
			  "the file may also be loaded by '%.*s', by a path that is not known",
			  STR_ARG(taker->address));
	}
}

static void use_of_file(struct tf_module *mod, const struct tf_file_call *call, bool any)
{
	bool opaque = str_eq(tf_vertex(mod, call->from)->type, S("module")) &&
		      !tf_vertex(mod, call->from)->callees.n;
	if (!opaque && !any)
		return;
	struct tf_block *from = tf_block_in(mod, call->from);
	tf_settle(from);
	follow_file(from, call);
	follow_path(from, call);
	if (!opaque || tf_is_policy_text(from, call->attr))
		return;
	const struct value *v = tf_eval(from, call->node);
	if (v->kind == VALUE_FILE || v->kind == VALUE_TEMPLATE)
		file_to_module(from, v, call->node);
}

/* Some document is a file of its own. */
static bool has_policy_files(const struct model *m)
{
	for (size_t i = 0; i < m->documents.n; i++)
		if (!tf_is_config(m->documents.v[i]->file->path))
			return true;
	return false;
}

void tf_file_uses(struct tf_module *mod)
{
	bool any = mod->dir->file_calls.n && has_policy_files(mod->model);
	for (size_t i = 0; i < mod->dir->file_calls.n; i++)
		use_of_file(mod, &mod->dir->file_calls.v[i], any);
}
