/* SPDX-License-Identifier: MIT */
/*
 * What something else takes from the argument of a resource: the text of a policy, as in `policy =
 * aws_kms_key.k.policy`, which changes with it, or what is attached by it. What that is good for
 * there is not looked at [7.2].
 */
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

struct search {
	bool (*is_taken_by)(str rest);
	const struct tf_block *found;
};

/* Behind a local or a variable that is the whole resource. */
static void look_behind(void *ctx, const struct tf_ref *ref)
{
	struct search *s = ctx;
	const struct tf_block *from = tf_from(ref);
	if (!s->found && s->is_taken_by(ref->link->rest) && !str_eq(from->type, S("output")))
		s->found = from;
}

static const struct tf_block *taker(const struct tf_block *b, bool (*is_taken_by)(str rest))
{
	struct search s = { is_taken_by, NULL };
	struct tf_block *whole = tf_block_in(b->module, b->position);
	const struct tf_refs *users = tf_users(whole);
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_link *link = users->v[i]->link;
		const struct tf_block *from = tf_from(users->v[i]);
		if (!is_taken_by(link->rest) || str_eq(link->attr, S("lifecycle")) ||
		    str_eq(from->type, S("check")))
			continue;
		if (!str_eq(from->type, S("output")) || is_taken(from))
			return from;
	}
	if (b->key || str_eq(b->kind, S("aws_iam_policy")))
		tf_follow(whole, look_behind, &s);
	return s.found;
}

static void note_taker(struct arena *a, struct issues *issues, const struct tf_block *b)
{
	const struct tf_block *from = taker(b, is_text);
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
