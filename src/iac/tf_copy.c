/* SPDX-License-Identifier: MIT */
/*
 * What something else takes from the argument of a resource: the text of a policy, as in `policy =
 * aws_kms_key.k.policy`, which changes with it, or what is attached by it. What that is good for
 * there is not looked at [7.2].
 */
#include "kmsfix/ascii.h"
#include "tf_copy.h"
#include "tf_whole.h"

/* The outputs of modules of registries are called the same. */
static bool is_text(str rest)
{
	return str_ends(rest, S(".policy")) || str_ends(rest, S("[\"policy\"]")) ||
	       str_ends(rest, S(".key_policy")) || str_has(rest, S("inline_policy"));
}

static bool is_arn(str rest)
{
	return str_ends(rest, S(".policy_arn")) || str_ends(rest, S("[\"policy_arn\"]")) ||
	       str_has(rest, S("policy_arns"));
}

/* The block as it is, or instances of it. */
static bool is_whole(str rest)
{
	for (size_t at = 0; at < rest.n;)
		if (rest.p[at] == '[')
			at = tf_index_end(rest, at);
		else if (str_starts(str_sub(rest, at, rest.n), S(".*")))
			at += 2;
		else
			return false;
	return true;
}

static bool begins_steps(str source, size_t at)
{
	char before = at ? source.p[at - 1] : ' ';
	bool is_index = ascii_is_alnum(before) || before == '_' || before == '-' || before == ')' ||
			before == ']' || before == '*';
	return source.p[at] == '.' || (source.p[at] == '[' && is_index);
}

/* Somewhere in the text, but not in the reference itself, by steps that begin so. */
static bool takes_in(const struct node *n, const struct node *own, str first,
		     bool (*is_taken_by)(str rest))
{
	str text = str_sub(n->tree->file->text, 0, n->end);
	for (size_t at = n->start; at < n->end; at++) {
		bool begins = (at < own->start || at >= own->end) && begins_steps(text, at);
		str steps = begins ? tf_steps(text, at) : S("");
		if (begins && str_starts(steps, first) && is_taken_by(steps))
			return true;
	}
	return false;
}

/* From the block, or somewhere else in the argument: `[for p in aws_iam_policy.all : p.policy]`; of
 * the one that repeats a block, in all of that: `each.value.policy`. */
static bool takes(const struct tf_ref *ref, bool (*is_taken_by)(str rest))
{
	const struct node *n = ref->link->node, *own = n;
	if (is_taken_by(ref->link->rest))
		return true;
	if (!own || !is_whole(ref->link->rest))
		return false;
	while (n->kind != NODE_ATTR && n->parent)
		n = n->parent;
	if (str_eq(n->name, S("for_each")) && n->parent &&
	    takes_in(n->parent, own, S(".value"), is_taken_by))
		return true;
	return takes_in(n, own, S(""), is_taken_by);
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

/* The `aws_kms_key.k[0]` of an argument that is `aws_kms_key.k[0].policy`; else empty. */
static str owner(const struct tf_block *b, const char *argument, str attribute, str *address)
{
	struct arena *a = b->module->model->arena;
	const struct node *expr = tf_attr(b->body, str_from(argument), a);
	str rest;
	if (!expr || expr->kind != NODE_GETATTR || !str_eq(expr->name, attribute) ||
	    !tf_traversal(NULL, expr, a, address, &rest))
		return (str){ 0 };
	return node_source(expr->first);
}

struct tf_block *tf_repeated_key(struct tf_block *writer)
{
	static const char *const ids[] = { "key_id", "id", "arn" };
	str address, of_id, key = owner(writer, "policy", S("policy"), &address);
	struct tf_block *b = key.n ? tf_find(writer->module, address) : NULL;
	if (!b || !tf_is_key(b) || !str_eq(writer->kind, S("aws_kms_key_policy")) ||
	    !tf_attr(b->body, S("policy"), b->module->model->arena) || writer->overridden ||
	    tf_ignores_changes(writer, "policy"))
		return NULL;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++)
		if (str_eq(owner(writer, "key_id", str_from(ids[i]), &of_id), key))
			return b;
	return NULL;
}

/* What only asks about the text has nothing of it, nor has what gives it to the same key. */
static bool has_nothing(const struct tf_ref *ref)
{
	struct tf_block *from = tf_from(ref);
	return str_eq(ref->link->attr, S("lifecycle")) || str_eq(from->type, S("check")) ||
	       tf_repeated_key(from);
}

static const struct tf_block *direct_taker(const struct tf_block *b, bool (*is_taken_by)(str rest))
{
	const struct tf_refs *users = tf_users(tf_block_in(b->module, b->position));
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_block *from = tf_from(users->v[i]);
		if (!takes(users->v[i], is_taken_by) || has_nothing(users->v[i]))
			continue;
		if (!str_eq(from->type, S("output")) || is_taken(from))
			return from;
	}
	return NULL;
}

/* What takes all of it. */
static const struct tf_block *whole_taker(const struct tf_block *b, bool (*is_taken_by)(str rest))
{
	const struct tf_block *found = NULL;
	const struct tf_refs *users = tf_users(tf_block_in(b->module, b->position));
	for (size_t i = 0; i < users->n && !found; i++)
		if (is_whole(users->v[i]->link->rest) && !has_nothing(users->v[i]))
			found = tf_whole_taker(users->v[i], is_taken_by);
	return found;
}

static const struct tf_block *taker(const struct tf_block *b, bool (*is_taken_by)(str rest))
{
	const struct tf_block *from = direct_taker(b, is_taken_by);
	return from ? from : whole_taker(b, is_taken_by);
}

const struct tf_block *tf_text_taker(const struct tf_block *b)
{
	return taker(b, is_text);
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
	const struct tf_block *from = direct_taker(b, is_text);
	const struct tf_block *of_all = from ? NULL : whole_taker(b, is_text);
	if (looks_at_itself(b))
		issue_add(a, issues, "SHARED-TEXT",
			  "a postcondition of '%.*s' looks at the text of its policy",
			  STR_ARG(b->address));
	if (from)
		issue_add(a, issues, "SHARED-TEXT", "'%.*s' takes the text of the policy of '%.*s'",
			  STR_ARG(from->address), STR_ARG(b->address));
	if (of_all)
		issue_add(a, issues, "SHARED-TEXT",
			  "'%.*s' takes all of '%.*s', and may have the text of its policy",
			  STR_ARG(of_all->address), STR_ARG(b->address));
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
