/* SPDX-License-Identifier: MIT */
/*
 * What something else takes from the argument of a resource: the text of a policy, as in `policy =
 * aws_kms_key.k.policy`, which changes with it, or what is attached by it. What that is good for
 * there is not looked at [7.2].
 */
#include "kmsfix/ascii.h"
#include "tf.h"

/* The outputs of modules of registries are called the same. */
static bool is_text(str rest)
{
	return str_ends(rest, S(".policy")) || str_ends(rest, S(".key_policy")) ||
	       str_has(rest, S(".inline_policy"));
}

static bool is_arn(str rest)
{
	return str_ends(rest, S(".policy_arn")) || str_has(rest, S(".policy_arns")) ||
	       str_has(rest, S(".managed_policy_arns"));
}

/* The block as it is, or instances of it. */
static bool is_whole(str rest)
{
	return !rest.n || (rest.p[0] == '[' && !str_has(rest, S("].")));
}

/* `.policy` of `source`, where nothing is picked out of it. */
static str last_step(str source, size_t at)
{
	size_t end = at + 1;
	while (end < source.n && (ascii_is_alnum(source.p[end]) || source.p[end] == '_'))
		end++;
	bool more = end < source.n && (source.p[end] == '.' || source.p[end] == '[');
	return more ? (str){ 0 } : str_sub(source, at, end);
}

/* From the block, or somewhere else in the argument: `[for p in aws_iam_policy.all : p.policy]`. */
static bool takes(const struct tf_ref *ref, bool (*is_taken_by)(str rest))
{
	const struct node *n = ref->link->node, *own = n;
	if (!own || !is_whole(ref->link->rest))
		return is_taken_by(ref->link->rest);
	while (n->kind != NODE_ATTR && n->parent)
		n = n->parent;
	str text = n->tree->file->text;
	for (size_t at = n->start; at < n->end; at++)
		if (text.p[at] == '.' && (at < own->start || at >= own->end) &&
		    is_taken_by(last_step(str_sub(text, 0, n->end), at)))
			return true;
	return false;
}

/* Somebody takes the output, in the module that calls this one or in another root module. */
static bool is_taken(const struct tf_block *output)
{
	const struct tf_refs *users = output->module->call ? tf_users(output->module->call) : NULL;
	for (size_t i = 0; users && i < users->n; i++) {
		str name = tf_output_name(users->v[i]->link->rest);
		if (!name.n || str_eq(name, output->name))
			return true;
	}
	return tf_remote_user(output) != NULL;
}

/* What only asks about the text has nothing of it. */
static bool only_asks(const struct tf_ref *ref)
{
	return str_eq(ref->link->attr, S("lifecycle")) || str_eq(tf_from(ref)->type, S("check"));
}

struct search {
	bool (*is_taken_by)(str rest);
	const struct tf_block *found;
};

/* Behind a local or a variable that is the whole resource. */
static void look_behind(void *ctx, const struct tf_ref *ref)
{
	struct search *s = ctx;
	const struct tf_block *from = tf_from(ref);
	if (!s->found && !only_asks(ref) && takes(ref, s->is_taken_by) &&
	    !str_eq(from->type, S("output")))
		s->found = from;
}

static const struct tf_block *taker(const struct tf_block *b, bool (*is_taken_by)(str rest))
{
	struct search s = { is_taken_by, NULL };
	struct tf_block *whole = tf_block_in(b->module, b->position);
	const struct tf_refs *users = tf_users(whole);
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_block *from = tf_from(users->v[i]);
		if (!takes(users->v[i], is_taken_by) || only_asks(users->v[i]))
			continue;
		if (!str_eq(from->type, S("output")) || is_taken(from))
			return from;
	}
	tf_follow(whole, look_behind, &s);
	return s.found;
}

/* A postcondition looks at the text, and may fail when it changes. */
static bool looks_at_itself(const struct tf_block *b)
{
	struct nodes bodies = { 0 };
	bool found = false;
	tf_nested(b->body, S("lifecycle"), b->module->model->arena, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++)
		found |= str_has(node_source(bodies.v[i]), S("self.policy")) ||
			 str_has(node_source(bodies.v[i]), S("self.inline_policy"));
	return found;
}

/* lifecycle { replace_triggered_by = [aws_kms_key.k] }: any change is enough. */
static bool is_trigger(const struct tf_ref *ref, struct arena *a)
{
	str key, rest = ref->link->rest;
	if (!str_eq(ref->link->attr, S("lifecycle")) || (!is_whole(rest) && !is_text(rest)))
		return false;
	for (const struct node *n = ref->link->node; n; n = n->parent)
		if (str_eq(n->name, S("replace_triggered_by")) ||
		    (pair_key(n, a, &key) && str_eq(key, S("replace_triggered_by"))))
			return true;
	return false;
}

/* Destroyed and made anew when the policy of the block changes. */
static const struct tf_block *replaced_with(const struct tf_block *b, struct arena *a)
{
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++)
		if (is_trigger(users->v[i], a))
			return tf_from(users->v[i]);
	return NULL;
}

static void note_taker(struct arena *a, struct issues *issues, const struct tf_block *b)
{
	const struct tf_block *replaced = replaced_with(b, a);
	if (replaced)
		issue_add(a, issues, "SHARED-TEXT",
			  "'%.*s' would be replaced: its replace_triggered_by names all of "
			  "'%.*s', or its policy, where it may name its arn",
			  STR_ARG(replaced->address), STR_ARG(b->address));
	const struct tf_block *from = taker(b, is_text);
	if (looks_at_itself(b))
		issue_add(a, issues, "SHARED-TEXT",
			  "a postcondition of '%.*s' looks at the text of its policy",
			  STR_ARG(b->address));
	if (from)
		issue_add(a, issues, "SHARED-TEXT", "'%.*s' takes the text of the policy of '%.*s'",
			  STR_ARG(from->address), STR_ARG(b->address));
}

static void note_attacher(struct arena *a, struct policy *p, const struct tf_block *b)
{
	const struct tf_block *from = b ? taker(b, is_arn) : NULL;
	if (from)
		issue_add(a, &p->issues, "ATTACH-UNKNOWN",
			  "'%.*s' takes what '%.*s' attaches, so not every attachment is known",
			  STR_ARG(from->address), STR_ARG(b->address));
}

/* A default policy that is written out is taken, too. */
void tf_copies(struct tf_module *mod)
{
	for (size_t i = 0; i < mod->entities.n; i++) {
		const struct tf_block *b = mod->entities.v[i];
		if (b->key)
			note_taker(mod->model->arena, &b->key->issues, b);
	}
}

void tf_copies_of_policies(struct model *m)
{
	for (size_t i = 0; i < m->policies.n; i++) {
		struct policy *p = m->policies.v[i];
		note_taker(m->arena, p->key ? &p->key->issues : &p->issues, p->front);
		for (size_t k = 0; k < p->attachments.n; k++)
			note_attacher(m->arena, p, p->attachments.v[k].front);
	}
}
