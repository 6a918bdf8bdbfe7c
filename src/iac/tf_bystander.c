/* SPDX-License-Identifier: MIT */
/*
 * What edited text comes to and is no policy of the access model: all that says the same as before.
 */
#include "bystander.h"

#include "kmsfix/arena.h"
#include "tf_copy.h"
#include "tf_bystander.h"
#include "tf_digest.h"

/* A template is a stack of its own, wherever it is read from. */
static bool is_template(const struct tf_block *b, str attr)
{
	return str_eq(b->kind, S("aws_cloudformation_stack")) && str_eq(attr, S("template_body"));
}

static bool is_policy(const struct tf_block *b, str attr)
{
	return tf_is_policy_text(b, attr) || tf_adapter_takes_statements(b, attr) ||
	       tf_iam_takes_statements(b, attr);
}

/* The model has it, and the proof compares it there. */
static bool is_read(const struct tf_block *b, str attr)
{
	return is_policy(b, attr) || is_template(b, attr) || tf_is_attachment(b, attr) ||
	       tf_is_exclusive(b, attr);
}

bool tf_is_bystander(const struct tf_block *b, str attr)
{
	if (str_eq(b->type, S("local")) || str_eq(b->type, S("variable")) || tf_is_text_source(b) ||
	    tf_is_beside(attr))
		return false;
	if (str_eq(b->type, S("output")))
		return !b->module->call && tf_remote_user(b);
	if (b->callees.n)
		return tf_is_repeat_argument(attr);
	return !is_read(b, attr);
}

/* ---- comparing ---- */

static struct tf_block *twin_of(const struct spread *s, const struct tf_block *b)
{
	struct tf_module *mod = map_find(&s->to->terraform->scopes, b->module->scope->id);
	return mod ? tf_find(mod, b->address) : NULL;
}

static bool says_the_same(const struct spread *s, struct tf_block *x, struct tf_block *y, str attr,
			  struct arena *scratch)
{
	struct buf one = { 0 }, other = { 0 };
	tf_digest(&one, x, attr, s->to->terraform, scratch);
	tf_digest(&other, y, attr, s->from->terraform, scratch);
	bool same = str_eq(buf_str(&one), buf_str(&other));
	buf_free(&one);
	buf_free(&other);
	arena_reset(scratch);
	return same;
}

static str changed_in(const struct spread *s, struct spot at, struct arena *scratch)
{
	struct tf_block *twin = twin_of(s, at.block);
	if (!twin || says_the_same(s, at.block, twin, at.attr, scratch))
		return S("");
	return str_fmt(s->arena, "'%.*s' of '%.*s' in '%.*s'", STR_ARG(at.attr),
		       STR_ARG(at.block->address), STR_ARG(at.block->file->path));
}

/* By steps that nobody follows the text of a policy may be in anything, also in another policy. */
static str changed_behind(const struct spread *s, struct spot at, struct arena *scratch)
{
	const struct tf_block *from = tf_text_taker(at.block);
	str changed = from ? changed_in(s, at, scratch) : S("");
	return changed.n ? str_fmt(s->arena, "what '%.*s' takes of %.*s", STR_ARG(from->address),
				   STR_ARG(changed)) :
			   S("");
}

/* Of the changed text of `x`. */
static str compare(const struct model *x, const struct model *y, struct arena *a)
{
	struct spread s = { .arena = a, .from = x, .to = y };
	struct arena *scratch = arena_create();
	str found = S("");
	tf_spread(&s);
	for (size_t i = 0; i < s.spots.n && !found.n; i++)
		if (tf_is_bystander(s.spots.v[i].block, s.spots.v[i].attr))
			found = changed_in(&s, s.spots.v[i], scratch);
	for (size_t i = 0; i < s.spots.n && !found.n; i++)
		if (is_policy(s.spots.v[i].block, s.spots.v[i].attr))
			found = changed_behind(&s, s.spots.v[i], scratch);
	arena_destroy(scratch);
	return found;
}

/* Both ways, as an edit may make a reader, too. What that takes is not at the expense of whoever
 * plans with the model afterwards. */
str tf_bystander(const struct model *before, const struct model *after, struct arena *a)
{
	struct effort effort = before->terraform->effort;
	str found = compare(before, after, a);
	if (!found.n)
		found = compare(after, before, a);
	before->terraform->effort = effort;
	return found;
}
