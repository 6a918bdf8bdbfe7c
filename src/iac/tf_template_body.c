/* SPDX-License-Identifier: MIT */
/*
 * Templates of CloudFormation in Terraform [12.13]. One that file() loads is a template like any
 * other. One that templatefile() fills in is not: `${` in it is Terraform's. And one that is
 * written in the module is not read, which is said.
 */
#include "tf_unread.h"

#include "kmsfix/map.h"
#include "kmsfix/syntax.h"

static const char *const stacks[] = { "aws_cloudformation_stack", "aws_cloudformation_stack_set",
				      "awscc_cloudformation_stack",
				      "awscc_cloudformation_stack_set" };

/* ---- files that are filled in ---- */

static void note_filled(struct tf_module *mod, const struct tf_file_call *call)
{
	struct tf_block *from = tf_block_in(mod, call->from);
	tf_settle(from);
	bool data = str_eq(from->kind, S("template_file"));
	if (!data && !str_eq(call->node->name, S("templatefile")))
		return;
	const struct value *v = tf_eval(from, call->node);
	if (v->file)
		map_put(&mod->state->filled, mod->model->arena, v->file->path, mod->state);
}

void tf_filled_files(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->file_calls.n; i++)
		note_filled(mod, &mod->dir->file_calls.v[i]);
}

bool tf_fills_in(const struct tf_state *s, str path)
{
	return str_ends(path, S(".tftpl")) || (s && map_find(&s->filled, path));
}

/* ---- templates that are written here ---- */

static bool is_text(const struct node *n)
{
	return n->kind == NODE_HEREDOC || n->kind == NODE_STRING;
}

/* The first target that a text names. */
static void note_text(struct tf_block *b, const struct node *n)
{
	static const char *const targets[] = { "kms:Decrypt", "kms:ReEncrypt", "KMSDecryptPolicy" };
	size_t first = SIZE_MAX;
	for (size_t i = 0; i < sizeof(targets) / sizeof(*targets); i++) {
		size_t at = str_find(node_source(n), str_from(targets[i]), 0);
		first = at < first ? at : first;
	}
	if (first != SIZE_MAX)
		diag_add(b->module->model->diags, SEVERITY_NOTE, n->tree->file, n->start + first,
			 "TF-DYNAMIC: the template of '%.*s' is written here and not read; what it "
			 "allows is seen where file() loads it",
			 STR_ARG(b->address));
}

/* An object that is encoded has statements; of a text only what it names can be told. */
static void read_body(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	const struct node *body = tf_attr(b->body, S("template_body"), a);
	if (!body)
		return;
	tf_scan_unread(
		b, body,
		(struct issue){ .code = "TF-DYNAMIC",
				.reason = str_fmt(a,
						  "the template of '%.*s' is not read where it "
						  "is written in the module",
						  STR_ARG(b->address)),
				.unlock = "keep the template in a file of its own, which file() "
					  "loads" });
	if (is_text(body))
		note_text(b, body);
}

void tf_template_bodies(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->blocks.n; i++) {
		const struct tf_declared *d = mod->dir->blocks.v[i];
		bool stack = false;
		for (size_t k = 0; k < sizeof(stacks) / sizeof(*stacks); k++)
			stack |= str_eq(d->kind, str_from(stacks[k]));
		if (!stack || !str_eq(d->type, S("resource")))
			continue;
		struct tf_block *b = tf_block_in(mod, i);
		tf_settle(b);
		read_body(b);
	}
}
