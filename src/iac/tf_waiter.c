/* SPDX-License-Identifier: MIT */
/* Who is told by depends_on to wait for a policy: for itself, for what attaches it, or for a module
 * that it is in. */
#include "tf.h"

#include "kmsfix/vec.h"

static void add_users(const struct tf_block *b, struct arena *a, struct waiters *out)
{
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_link *link = users->v[i]->link;
		if (!str_eq(link->attr, S("depends_on")))
			continue;
		const struct tf_block *from = tf_from(users->v[i]);
		struct waiter w = { .front = from,
				    .scope = from->module->scope,
				    .name = from->address,
				    .address = tf_address(from->module, from->address),
				    .at = link->node,
				    .acts = !from->policy &&
					    !tf_is_attachment(from, S("policy_arn")) };
		VEC_PUSH(a, out, w);
	}
}

void tf_waiters(const struct policy *p, struct arena *a, struct waiters *out)
{
	const struct tf_block *b = p->front;
	if (!b)
		return;
	add_users(b, a, out);
	for (size_t i = 0; i < p->attachments.n; i++) {
		const struct tf_block *by = p->attachments.v[i].front;
		if (by && by != b && !by->principal)
			add_users(by, a, out);
	}
	for (const struct tf_module *mod = b->module; mod->call; mod = mod->parent)
		add_users(mod->call, a, out);
}
