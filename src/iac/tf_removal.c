/* SPDX-License-Identifier: MIT */
/*
 * What goes away with a policy that has no statement left [6.6]: the resource, its attachments and
 * its document, when nothing else refers to any of them.
 */
#include "tf_bystander.h"

#include "document.h"
#include "kmsfix/vec.h"
#include "policy_name.h"
#include "value.h"

static void refuse(struct policy *p, struct arena *a, str who, const char *does)
{
	p->removal.possible = false;
	p->removal.reason = str_fmt(a, "'%.*s' %s", STR_ARG(who), does);
}

/* lifecycle { prevent_destroy = true }: somebody wants to be asked; { destroy = false }: it stays
 * in the account, with all that it allows. NULL: neither. */
static const char *protection(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	struct nodes bodies = { 0 };
	const char *found = NULL;
	tf_nested(b->body, S("lifecycle"), a, &bodies, NULL);
	for (size_t i = 0; i < bodies.n; i++) {
		const struct node *n = tf_attr(bodies.v[i], S("prevent_destroy"), a);
		const struct node *destroy = tf_attr(bodies.v[i], S("destroy"), a);
		if (n && value_is(tf_eval(b, n), S("true")))
			found = "has prevent_destroy";
		if (destroy && !value_is(tf_eval(b, destroy), S("true")))
			found = "would stay in the account, by its lifecycle";
	}
	return found;
}

/* The node, which is all of the block, goes. */
static void add_node(struct tf_block *b, struct policy *p, const struct node *n)
{
	struct arena *a = b->module->model->arena;
	const struct file *test = tf_test_of(b);
	VEC_PUSH(a, &p->removal.blocks, n);
	if (test)
		refuse(p, a, test->path, str_z(a, STR_CAT(a, S("tests '"), b->address, S("'"))));
	const char *protected = str_eq(b->type, S("resource")) ? protection(b) : NULL;
	if (protected)
		refuse(p, a, b->address, protected);
}

/* The list element of `argument` whose value is exactly the reference or text. */
static bool find_element(struct tf_block *b, str argument, const struct node *ref_node,
			 const struct node **out)
{
	const struct node *list = tf_attr(b->body, argument, b->module->model->arena);
	if (!list || list->kind != NODE_SEQ)
		return false;
	for (const struct node *c = list->first; c; c = c->next)
		if (node_is_within(ref_node, c)) {
			*out = c;
			return true;
		}
	return false;
}

/* Nothing depends on what is not there. */
static bool remove_dependency(struct tf_block *from, struct policy *p, const struct tf_ref *ref)
{
	const struct node *element;
	if (!str_eq(ref->link->attr, S("depends_on")) ||
	    !find_element(from, ref->link->attr, ref->link->node, &element))
		return false;
	VEC_PUSH(from->module->model->arena, &p->removal.elements, element);
	return true;
}

/* It is not known to be anything else than an instance of the block. */
static bool may_mean(struct tf_block *at, const struct node *expr, const struct tf_block *to)
{
	struct tf_source source;
	str text;
	if (!value_text(tf_eval(at, expr), &text))
		return true;
	if (!tf_source_of(at->module, text, &source))
		return !text_is_literal(text);
	return source.block == to || source.block->base == to;
}

/* In each instance of the block. */
static bool may_mean_all(struct tf_block *from, const struct node *expr, const struct tf_block *to)
{
	bool all = may_mean(from, expr, to);
	for (size_t i = 0; all && i < from->instances.n; i++)
		all = may_mean(from->instances.v[i], expr, to);
	return all;
}

/* The expression speaks of nothing else: it is that policy, and no other one, which a literal
 * beside it could be. */
static bool is_alone(struct tf_block *from, const struct tf_ref *ref, const struct node *expr)
{
	const struct tf_refs *refs = tf_refs(from);
	if (!may_mean_all(from, expr, tf_to(ref)))
		return false;
	for (size_t i = 0; i < refs->n; i++)
		if (node_is_within(refs->v[i]->link->node, expr) && tf_to(refs->v[i]) != tf_to(ref))
			return false;
	return node_is_within(ref->link->node, expr);
}

/* A policy that is all of its block, and can go with it. */
static bool is_policy(const struct tf_block *b)
{
	return b->policy && !b->policy->block && b->policy->front == b &&
	       str_eq(b->type, S("resource"));
}

/* What a policy says of another is gone with it. */
static bool goes_with(struct policy *p, const struct tf_block *from, struct arena *a)
{
	if (!is_policy(from))
		return false;
	p->removal.reason = str_fmt(a, "'%.*s' refers to it", STR_ARG(from->address));
	VEC_PUSH(a, &p->removal.with, from->node);
	return true;
}

/* Nobody speaks of the attachment but who waits for it, or goes with the policy. */
static bool lets_go(struct tf_block *attachment, struct policy *p)
{
	const struct tf_refs *users = tf_users(attachment);
	bool all = true;
	for (size_t i = 0; all && i < users->n; i++) {
		struct tf_block *from = tf_from(users->v[i]);
		all = remove_dependency(from, p, users->v[i]) ||
		      goes_with(p, from, from->module->model->arena);
	}
	return all;
}

/* An attachment goes as a whole when it attaches just this policy; a list loses one element. */
static bool remove_use(struct tf_block *b, const struct tf_ref *ref)
{
	struct arena *a = b->module->model->arena;
	struct policy *p = b->policy;
	struct tf_block *from = tf_from(ref);
	const struct node *element;
	if (str_eq(ref->link->attr, S("policy_arn")) && tf_is_attachment(from, ref->link->attr) &&
	    is_alone(from, ref, tf_attr(from->body, ref->link->attr, a)) && lets_go(from, p)) {
		add_node(from, p, from->node);
		return true;
	}
	if ((tf_is_exclusive(from, ref->link->attr) || tf_is_attachment(from, ref->link->attr)) &&
	    find_element(from, ref->link->attr, ref->link->node, &element) &&
	    is_alone(from, ref, element)) {
		VEC_PUSH(a, &p->removal.elements, element);
		if (tf_ignores_changes(from, str_z(a, ref->link->attr)))
			refuse(p, a, from->address, "ignores changes of the list that it is in");
		return true;
	}
	/* What has moved there is gone then, too, which Terraform allows. */
	return str_eq(from->type, S("moved")) || remove_dependency(from, p, ref);
}

/* ---- imports ---- */

/* "module.a.aws_iam_policy.p" of "module.a[0].aws_iam_policy.p[each.key]". */
static str without_indexes(str source, struct arena *a)
{
	char *p = arena_alloc(a, source.n);
	size_t n = 0, depth = 0;
	for (size_t i = 0; i < source.n; i++) {
		char c = source.p[i];
		depth += c == '[';
		if (!depth && c > ' ' && c != '"')
			p[n++] = c;
		depth -= c == ']' && depth;
	}
	return (str){ p, n };
}

/* True when an import names it. Terraform refuses to import what the code does not have; and
 * without the import what is there stays as it is [11.19]. Only root modules have any, and they
 * name resources of the modules that they call, too. */
static bool is_imported(const struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	struct tf_module *root = tf_root(b->module);
	str address = without_indexes(tf_address(b->module, b->address), a);
	for (size_t i = 0; i < root->dir->imports.n; i++) {
		const struct tf_block *import = tf_block_in(root, root->dir->imports.v[i]);
		const struct node *to = tf_attr(import->body, S("to"), a);
		if (to && str_eq(without_indexes(node_source(to), a), address))
			return true;
	}
	return false;
}

/* ---- policies ---- */

/* True when the reference stands in the policy's own block: the resource, or one inline_policy. */
static bool stands_in(const struct tf_ref *ref, const struct tf_block *b, const struct policy *p)
{
	const struct node *own = p->block ? p->block : b->node;
	return tf_from(ref) == (b->base ? b->base : b) && node_is_within(ref->link->node, own);
}

/* What a module is given as an argument, or makes for an output, would be left there. */
static bool is_written_here(const struct tf_block *b, const struct policy *p)
{
	for (size_t i = 0; i < p->statements.n; i++) {
		str path = p->statements.v[i]->node->tree->file->path;
		if (tf_is_config(path) && !str_eq(path_dir(path), b->dir->path))
			return false;
	}
	return true;
}

/* The document of the data block, or of one of its instances. */
static bool is_document_of(const struct tf_block *data, const struct document *d)
{
	for (size_t i = 0; i < data->instances.n; i++)
		if (data->instances.v[i]->document == d)
			return true;
	return data->document == d;
}

/* Locals that lead from a policy to its document; real code has one. */
#define MAX_LOCALS 8
/* References of locals that are looked through for them: each may have all others in it. */
#define MAX_STEPS 10000

/* The block that the reference leads to on the way to the document; else NULL. */
static struct tf_block *step_to(const struct tf_ref *ref, const struct document *d, size_t depth,
				size_t *steps)
{
	struct tf_block *to = tf_to(ref);
	const struct tf_refs *refs = tf_refs(to);
	if (is_document_of(to, d))
		return to;
	if (!str_eq(to->type, S("local")) || depth == MAX_LOCALS)
		return NULL;
	for (size_t i = 0; i < refs->n && ++*steps <= MAX_STEPS; i++)
		if (step_to(refs->v[i], d, depth + 1, steps))
			return to;
	return NULL;
}

/* A local; with all that stands there when it is the only one. */
static const struct node *goes_as(const struct tf_block *b)
{
	const struct node *body = b->node->parent;
	bool only = str_eq(b->type, S("local")) && body && body->kind == NODE_BODY &&
		    body->first == body->last && body->parent;
	return only ? body->parent : b->node;
}

/* A document that is not the policy's text would lose who speaks of it, too; not who only waits. */
static const struct tf_block *spoken_of(const struct tf_block *b)
{
	const struct tf_refs *refs = tf_refs(b);
	for (size_t i = 0; i < refs->n; i++) {
		const struct tf_block *to = tf_to(refs->v[i]);
		str attr = refs->v[i]->link->attr;
		if (str_eq(to->kind, S("aws_iam_policy_document")) &&
		    !str_eq(attr, S("depends_on")) && !tf_is_policy_text(b, attr))
			return to;
	}
	return NULL;
}

/* A local of nobody but policies, with which it may go. */
static bool may_go(const struct tf_block *b)
{
	const struct tf_refs *users = tf_users(b);
	bool all = str_eq(b->type, S("local"));
	for (size_t i = 0; all && i < users->n; i++)
		all = is_policy(tf_from(users->v[i]));
	return all;
}

/* A policy with the same text, which goes when that has nothing left. */
static bool is_alike(const struct tf_block *b, const struct policy *p)
{
	const struct policy *other = b->policy;
	return other && other->documents.n && other->documents.v[0] == p->documents.v[0];
}

/* Nobody else uses it but what goes with it; of a local, nobody who would stay without it. */
static bool is_only_user(const struct tf_block *to, const struct tf_block *from,
			 const struct policy *p)
{
	const struct tf_refs *users = tf_users(to);
	bool local = str_eq(to->type, S("local"));
	for (size_t i = 0; i < users->n; i++) {
		const struct tf_block *user = tf_from(users->v[i]);
		if (user != from && !(local && is_policy(user)) && !may_go(user) &&
		    !is_alike(user, p))
			return false;
	}
	return true;
}

/* A document that the text is under another condition would be left, and nobody's. */
static const struct tf_block *left_alone(struct tf_block *b, const struct policy *p,
					 struct tf_block *from, size_t depth)
{
	const struct tf_refs *refs = tf_refs(from);
	const struct tf_block *found = NULL;
	for (size_t i = 0; i < refs->n && !found; i++) {
		struct tf_block *to = tf_to(refs->v[i]);
		bool local = str_eq(to->type, S("local")) && depth < MAX_LOCALS;
		bool document = str_eq(to->kind, S("aws_iam_policy_document"));
		/* A key may be referred to by each of very many statements. */
		if ((!local && !document) || !(from != b || stands_in(refs->v[i], b, p)) ||
		    !is_only_user(to, from, p) || is_document_of(to, p->documents.v[0]))
			continue;
		found = document ? to : left_alone(b, p, to, depth + 1);
	}
	return found;
}

/* The data block, and the locals that lead to it, go too when nothing else loads them. */
static void remove_source(struct tf_block *b, struct policy *p, struct tf_block *from, size_t depth)
{
	struct arena *a = b->module->model->arena;
	const struct tf_refs *refs = tf_refs(from);
	struct tf_block *to = NULL;
	size_t steps = 0;
	for (size_t i = 0; i < refs->n && !to; i++)
		to = step_to(refs->v[i], p->documents.v[0], depth, &steps);
	if (!to)
		return;
	const struct tf_refs *users = tf_users(to);
	for (size_t i = 0; i < users->n; i++) {
		struct tf_block *user = tf_from(users->v[i]);
		bool own = from == b ? stands_in(users->v[i], b, p) : user == from;
		if (!own && !remove_dependency(user, p, users->v[i]) && !goes_with(p, user, a)) {
			refuse(p, a, user->address, "uses its document as well");
			return;
		}
	}
	const struct tf_block *other = to->document || to->instances.n ? spoken_of(to) : NULL;
	if (other) {
		refuse(p, a, other->address, "is a policy document that its own one speaks of");
		return;
	}
	add_node(to, p, goes_as(to));
	if (!is_document_of(to, p->documents.v[0])) /* which may wait for itself */
		remove_source(b, p, to, depth + 1);
}

static void remove_document(struct tf_block *b, struct policy *p)
{
	struct arena *a = b->module->model->arena;
	const struct tf_block *other = p->documents.n ? left_alone(b, p, b, 0) : NULL;
	if (!is_written_here(b, p))
		refuse(p, a, b->address, "has its text from another module");
	else if (other)
		refuse(p, a, other->address, "would be left without a user");
	else if (p->documents.n)
		remove_source(b, p, b, 0);
}

static void plan_resource(struct tf_block *b)
{
	struct arena *a = b->module->model->arena;
	struct policy *p = b->policy;
	p->removal.possible = true;
	if (p->documents.n > 1) {
		refuse(p, a, b->address, "is built from several documents");
		return;
	}
	if (is_imported(b)) {
		refuse(p, a, S("import"), "refers to it");
		return;
	}
	const struct tf_block *document = spoken_of(b);
	if (document) {
		refuse(p, a, document->address, "is a policy document that it speaks of");
		return;
	}
	add_node(b, p, b->node);
	const struct tf_refs *users = tf_users(b);
	for (size_t i = 0; i < users->n; i++) {
		struct tf_block *from = tf_from(users->v[i]);
		if (!remove_use(b, users->v[i]) && !goes_with(p, from, a)) {
			refuse(p, a, from->address, "refers to it");
			return;
		}
	}
	const struct tf_block *lists = tf_unlist(b->module->state, p);
	if (lists)
		refuse(p, a, lists->address, "lists its name");
	else
		remove_document(b, p);
}

/* Without any inline_policy block Terraform stops managing inline policies, so the last one stays,
 * empty. */
static void plan_inline(struct tf_block *role, struct policy *p)
{
	struct arena *a = role->module->model->arena;
	struct nodes bodies = { 0 };
	p->removal.possible = role->body->kind == NODE_BODY;
	p->removal.reason = S("the role is written in JSON");
	if (p->documents.n > 1) {
		refuse(p, a, role->address, "has an inline policy built from several documents");
		return;
	}
	tf_nested(role->body, S("inline_policy"), a, &bodies, NULL);
	p->removal.nested = p->block;
	p->removal.parent = role->node;
	p->removal.siblings = bodies.n + tf_has_dynamic(role->body, S("inline_policy"), a);
	remove_document(role, p);
}

void tf_index_inline(struct tf_state *state, const struct model *m)
{
	for (size_t i = 0; i < m->policies.n; i++) {
		struct policy *p = m->policies.v[i];
		struct policies *list = map_find_at(&state->inline_policies, p->unit);
		if (!p->block)
			continue;
		if (!list) {
			list = ARENA_NEW(m->arena, struct policies);
			map_put_at(&state->inline_policies, m->arena, p->unit, list);
		}
		VEC_PUSH(m->arena, list, p);
	}
}

void tf_removals(struct tf_module *mod)
{
	const struct policies *list = map_find_at(&mod->state->inline_policies, mod->unit);
	for (size_t i = 0; i < mod->entities.n; i++)
		if (mod->entities.v[i]->policy && str_eq(mod->entities.v[i]->type, S("resource")))
			plan_resource(mod->entities.v[i]);
	for (size_t i = 0; list && i < list->n; i++) {
		struct tf_block *role = tf_find(mod, list->v[i]->address);
		if (role)
			plan_inline(role, list->v[i]);
	}
}
