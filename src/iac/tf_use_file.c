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

static void use_of_file(struct tf_module *mod, const struct tf_file_call *call, bool any)
{
	bool opaque = str_eq(tf_vertex(mod, call->from)->type, S("module")) &&
		      !tf_vertex(mod, call->from)->callees.n;
	if (!opaque && !any)
		return;
	struct tf_block *from = tf_block_in(mod, call->from);
	tf_settle(from);
	follow_file(from, call);
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
