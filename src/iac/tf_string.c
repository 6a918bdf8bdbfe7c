/* SPDX-License-Identifier: MIT */
/* Strings and templates to canonical texts. */
#include "tf.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "value.h"

static struct arena *arena_of(struct tf_block *scope)
{
	return scope->module->model->arena;
}

/* True for a string of a .tf.json file, which is a template of its own. */
static bool is_json_config(const struct node *n)
{
	return n->tree->lang == LANG_JSON && !n->tree->host && tf_is_config(n->tree->file->path);
}

const struct node *tf_json_template(const struct node *n, struct arena *a)
{
	struct node *template;
	struct syntax_error e;
	bool is_one = n->kind == NODE_STRING && !n->first && is_json_config(n);
	return is_one && json_string_template(&template, n, a, &e) ? template : NULL;
}

static bool add_part(struct tf_block *scope, const struct node *part, struct buf *out)
{
	struct arena *a = arena_of(scope);
	str text;
	if (part->kind == NODE_TEXT) {
		if (!node_text(part, a, &text))
			return false;
		buf_add(out, text);
		return true;
	}
	if (part->kind != NODE_INTERP)
		return false;
	const struct value *v = tf_eval(scope, part->first);
	if (!value_text(v, &text))
		text = tf_unknown(scope, part->first)->text;
	buf_add(out, text);
	return true;
}

/* A text that may be read as a policy later: in the context of its block. */
static const struct value *in_block(struct tf_block *scope, struct value *v)
{
	v->scope = scope->module->scope;
	v->owner = v->origin->kind == NODE_HEREDOC ? scope : NULL;
	return v;
}

static const struct value *text_at(struct tf_block *scope, const struct node *n, str text)
{
	return in_block(scope, value_text_new(arena_of(scope), text, n));
}

/* Of an indented heredoc the text is not known, but what it is parsed to. */
static const struct value *unknown_at(struct tf_block *scope, const struct node *n)
{
	const struct value *v = tf_unknown(scope, n);
	return n->kind == NODE_HEREDOC ? in_block(scope, value_copy(arena_of(scope), v)) : v;
}

static const struct value *eval_template(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	if (n->kind == NODE_STRING && n->first && n->first->kind == NODE_INTERP && !n->first->next)
		return tf_eval(scope, n->first->first);
	struct buf b = { 0 };
	bool ok = true;
	for (const struct node *c = n->first; c && ok; c = c->next)
		ok = add_part(scope, c, &b) && b.n <= VALUE_MAX_TEXT;
	const struct value *v;
	if (ok)
		v = text_at(scope, n, str_dup(a, buf_str(&b)));
	else
		v = unknown_at(scope, n);
	buf_free(&b);
	return v;
}

const struct value *tf_string(struct tf_block *scope, const struct node *n)
{
	struct arena *a = arena_of(scope);
	str text;
	if (n->kind == NODE_STRING && !n->first && is_json_config(n)) {
		struct node *template;
		struct syntax_error e;
		if (!json_string_template(&template, n, a, &e))
			return tf_unknown(scope, n);
		if (template->first) {
			struct value *v = value_copy(a, eval_template(scope, template));
			if (v->origin == template)
				v->origin = n;
			return v;
		}
	}
	if (n->first)
		return eval_template(scope, n);
	if (!node_text(n, a, &text) || !text_is_literal(text))
		return unknown_at(scope, n);
	return text_at(scope, n, text);
}
