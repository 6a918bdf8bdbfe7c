/* SPDX-License-Identifier: MIT */
/*
 * Where a value goes: from a block through locals, arguments of module calls and outputs to the
 * blocks that use it in the end.
 */
#include "tf_follow.h"

#include "kmsfix/vec.h"

struct following {
	bool (*takes)(void *ctx, const struct tf_ref *ref); /* NULL: all */
	void (*visit)(void *ctx, const struct tf_ref *ref);
	void *ctx;
	size_t pass;
};

static void follow_users(struct following *f, struct tf_block *b);
static void follow_ref(struct following *f, const struct tf_ref *ref);

static void follow_output(struct following *f, struct tf_block *output, const struct tf_ref *ref)
{
	const struct tf_block *call = output->module->call;
	if (!call) {
		f->visit(f->ctx, ref); /* leaves the root module */
		return;
	}
	const struct tf_refs *users = tf_users(call);
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_ref *user = users->v[i];
		str taken = tf_output_name(user->link->rest);
		if (!taken.n || str_eq(taken, output->name))
			follow_ref(f, user);
	}
}

static bool is_meta(str attr)
{
	static const char *const metas[] = { "count", "for_each", "depends_on", "providers" };
	for (size_t i = 0; i < sizeof(metas) / sizeof(*metas); i++)
		if (str_eq(attr, str_from(metas[i])))
			return true;
	return false;
}

static void follow_argument(struct following *f, const struct tf_ref *ref)
{
	for (size_t i = 0; i < tf_from(ref)->callees.n; i++) {
		struct tf_module *callee = tf_from(ref)->callees.v[i];
		struct tf_block *b = tf_find(callee, str_fmt(callee->model->arena, "var.%.*s",
							     STR_ARG(ref->link->attr)));
		if (b)
			follow_users(f, b);
	}
}

static void follow_ref(struct following *f, const struct tf_ref *ref)
{
	struct tf_block *from = tf_from(ref);
	if (f->takes && !f->takes(f->ctx, ref))
		return;
	if (str_eq(from->type, S("local")))
		follow_users(f, from);
	else if (str_eq(from->type, S("output")))
		follow_output(f, from, ref);
	else if (from->callees.n && !is_meta(ref->link->attr))
		follow_argument(f, ref);
	else
		f->visit(f->ctx, ref);
}

/* Each block once in one pass: what comes back to it in a circle is no new user. */
static void follow_users(struct following *f, struct tf_block *b)
{
	if (b->pass == f->pass)
		return;
	b->pass = f->pass;
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++)
		follow_ref(f, users->v[i]);
}

void tf_follow_those(struct tf_block *b, bool (*takes)(void *ctx, const struct tf_ref *ref),
		     void (*visit)(void *ctx, const struct tf_ref *ref), void *ctx)
{
	struct following f = { takes, visit, ctx, ++b->module->state->passes };
	struct tf_block *base = b->base ? b->base : b;
	follow_users(&f, base);
}

void tf_follow(struct tf_block *b, void (*visit)(void *ctx, const struct tf_ref *ref), void *ctx)
{
	tf_follow_those(b, NULL, visit, ctx);
}
