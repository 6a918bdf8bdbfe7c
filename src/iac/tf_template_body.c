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

static bool is_stack(const struct tf_declared *d)
{
	bool stack = false;
	for (size_t i = 0; i < sizeof(stacks) / sizeof(*stacks); i++)
		stack |= str_eq(d->kind, str_from(stacks[i]));
	return stack && str_eq(d->type, S("resource"));
}

/* ---- files that are filled in ---- */

/* The module has a stack, or hands on what it fills in. */
static bool may_be_template(const struct tf_module *mod, const struct tf_block *from)
{
	bool may = str_eq(from->type, S("module"));
	for (size_t i = 0; !may && i < mod->dir->blocks.n; i++)
		may = is_stack(mod->dir->blocks.v[i]);
	return may;
}

/* How the path ends, whatever the rest of it is: `"${var.name}.yaml"`. */
static str tail_of(const struct node *path, struct arena *a)
{
	const struct node *last = path && path->kind == NODE_STRING && path->last ? path->last :
										    path;
	str text;
	return last && node_text(last, a, &text) ? text : S("");
}

static void note_filled(struct tf_module *mod, const struct tf_file_call *call)
{
	struct arena *a = mod->model->arena;
	struct tf_block *from = tf_block_in(mod, call->from);
	tf_settle(from);
	bool data = str_eq(from->kind, S("template_file"));
	if (!data && !str_eq(call->node->name, S("templatefile")))
		return;
	const struct value *v = tf_eval(from, call->node);
	if (v->file)
		map_put(&mod->state->filled, a, v->file->path, mod->state);
	else if (may_be_template(mod, from))
		strs_add_once(a, &mod->state->filled_tails, tail_of(call->node->first, a));
}

void tf_filled_files(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->dir->file_calls.n; i++)
		note_filled(mod, &mod->dir->file_calls.v[i]);
}

bool tf_fills_in(const struct tf_state *s, str path)
{
	bool filled = str_ends(path, S(".tftpl")) || (s && map_find(&s->filled, path));
	for (size_t i = 0; s && !filled && i < s->filled_tails.n; i++)
		filled = str_ends(path, s->filled_tails.v[i]);
	return filled;
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
		if (!is_stack(mod->dir->blocks.v[i]))
			continue;
		struct tf_block *b = tf_block_in(mod, i);
		tf_settle(b);
		read_body(b);
	}
}
