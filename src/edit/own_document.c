/* SPDX-License-Identifier: MIT */
/* A data block for one user of a policy document that has others. */
#include "kmsfix/buf.h"
#include "kmsfix/edit.h"
#include "render.h"

#define INDENT "  "

static const struct node *block_around(const struct node *n)
{
	while (n->parent && n->parent->parent)
		n = n->parent;
	return n;
}

static bool add_statements(struct edits *es, const struct node *like,
			   const struct shape *const *statements, size_t n, struct buf *b,
			   const char **why)
{
	for (size_t i = 0; i < n; i++) {
		const struct shape *document = document_shape(es->arena, statements[i], why);
		str text;
		if (!document || !render_statement_block(es->arena, like, document, S(INDENT),
							 S("\n"), &text, why))
			return false;
		buf_printf(b, "\n" INDENT "%.*s\n", STR_ARG(text));
	}
	return true;
}

bool edit_own_document(struct edits *es, const struct node *policy, str name,
		       const struct node *like, const struct shape *const *statements, size_t n,
		       const char **why)
{
	struct buf b = { 0 };
	bool ok;
	buf_printf(&b,
		   "data \"aws_iam_policy_document\" \"%.*s\" {\n" INDENT
		   "source_policy_documents = [%.*s]\n",
		   STR_ARG(name), STR_ARG(node_source(policy)));
	ok = add_statements(es, like, statements, n, &b, why);
	buf_add(&b, S("}\n"));
	ok = ok && edit_insert_blocks_after(es, block_around(policy),
					    str_dup(es->arena, buf_str(&b)), why);
	buf_free(&b);
	if (ok)
		edits_add(es, policy->tree->file, policy->start, policy->end,
			  str_fmt(es->arena, "data.aws_iam_policy_document.%.*s.json",
				  STR_ARG(name)));
	return ok;
}
