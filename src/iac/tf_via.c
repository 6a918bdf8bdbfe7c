/* SPDX-License-Identifier: MIT */
/* Who else sees a text that was reached through a local, a variable or an output. */
#include "tf.h"

#include "kmsfix/arena.h"
#include "value.h"

static void add_users(struct arena *a, struct shared *s, const struct tf_refs *refs, str output)
{
	const struct seen **users = arena_array(a, refs->n, sizeof(*users));
	for (size_t i = 0; i < refs->n; i++) {
		str taken = output.n ? tf_output_name(refs->v[i]->link->rest) : S("");
		if (!taken.n || str_eq(taken, output))
			users[s->n++] = &refs->v[i]->seen;
	}
	s->users = users;
}

static const void *given_by(const struct tf_block *b)
{
	const struct tf_block *call = b->module->call;
	bool given = call && str_eq(b->type, S("variable")) &&
		     tf_attr(call->body, b->name, b->module->model->arena);
	return given ? call->node : NULL;
}

static struct shared *shared_new(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	struct shared *s = ARENA_NEW(a, struct shared);
	s->given = given_by(b);
	s->name = b->name;
	if (!str_eq(b->type, S("output")))
		add_users(a, s, tf_users(b), S(""));
	else if (b->module->call)
		add_users(a, s, tf_users(b->module->call), b->name);
	return s;
}

/* Made for the block in all instances of its directory at once, which have one list of them. */
static const struct shared *shared_of(struct tf_block *b)
{
	const struct tf_modules *twins = &b->dir->modules;
	if (b->shared)
		return b->shared;
	const struct shared **siblings = arena_array(b->module->model->arena, twins->n,
						     sizeof(*siblings));
	for (size_t i = 0; i < twins->n; i++) {
		struct tf_block *twin = tf_block_in(twins->v[i], b->position);
		struct shared *s = shared_new(twin);
		s->siblings = siblings;
		s->sibling_count = twins->n;
		siblings[i] = twin->shared = s;
	}
	return b->shared;
}

/* The reference that stands at `n` in the block, and gives `v` this time. */
static const void *user_at(const struct tf_block *scope, const struct node *n,
			   const struct value *v)
{
	const struct tf_refs *refs = tf_refs(scope);
	bool nothing = value_is_known_list(v) && !v->n;
	for (size_t i = 0; i < refs->n; i++) {
		struct seen *seen = &refs->v[i]->seen;
		if (refs->v[i]->link->node != n)
			continue;
		seen->nothing |= nothing;
		seen->something |= !nothing;
		return seen;
	}
	return n;
}

const struct value *tf_via(struct tf_block *scope, const struct node *n, struct tf_block *through,
			   const struct value *v)
{
	return value_via(scope->module->model->arena, v, user_at(scope, n, v), shared_of(through));
}
