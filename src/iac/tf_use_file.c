/* SPDX-License-Identifier: MIT */
/* Who uses a policy file: what else it is loaded for would change with it [7.6]. */
#include "document.h"
#include "tf_bystander.h"
#include "tf_digest.h"
#include "tf_func.h"

#include "kmsfix/vec.h"

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
	if (!f || !map_find_at(&from->module->state->policy_files.files, f))
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

static void hold_fitting(struct tf_block *from, const struct tf_file_call *call,
			 const struct tf_path *path)
{
	struct model *m = from->module->model;
	const struct policy_files *all = &from->module->state->policy_files;
	const struct tf_block *taker = NULL;
	for (size_t i = 0; i < all->n; i++) {
		if (!tf_path_fits(path, all->v[i]->file->path))
			continue;
		taker = taker ? taker : unread_taker(from, call->attr);
		if (!taker)
			return;
		issue_add(m->arena, &all->v[i]->issues, "SHARED-DOC",
			  "the file may also be loaded by '%.*s', by a path that is not known",
			  STR_ARG(taker->address));
	}
}

/* By a path that is not known, any file may be loaded that it may be the path of. */
static void follow_path(struct tf_block *from, const struct tf_file_call *call)
{
	struct tf_path path;
	for (size_t i = 0; i < from->instances.n; i++)
		if (tf_path_known(from->instances.v[i], call->node, &path))
			hold_fitting(from, call, &path);
	if (!from->instances.n && tf_path_known(from, call->node, &path))
		hold_fitting(from, call, &path);
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

/* What modules that nobody can look into make of other files comes later, and is held. */
static void list_policy_files(struct policy_files *out, const struct model *m)
{
	for (size_t i = 0; i < m->documents.n && !out->listed; i++) {
		struct document *d = m->documents.v[i];
		if (tf_is_config(d->file->path))
			continue;
		VEC_PUSH(m->arena, out, d);
		map_put_at(&out->files, m->arena, d->file, d);
	}
	out->listed = true;
}

void tf_file_uses(struct tf_module *mod)
{
	if (!mod->dir->file_calls.n)
		return;
	list_policy_files(&mod->state->policy_files, mod->model);
	for (size_t i = 0; i < mod->dir->file_calls.n; i++)
		use_of_file(mod, &mod->dir->file_calls.v[i], mod->state->policy_files.n > 0);
}
