/* SPDX-License-Identifier: MIT */
/*
 * Blocks of a module and the references between them, made when somebody asks for them. Of the
 * blocks of a thousand modules one in ten is looked at, and making all of them was a third of a
 * model; so a reference does not make its ends before somebody goes there. A block is made once,
 * and a reference has one place, so that they can be compared by their address.
 */
#include "tf.h"

#include "kmsfix/vec.h"

/* ---- the references of a directory ---- */

/* The first link of each block, and behind the last one how many there are. */
static uint32_t *first_of_each(const struct tf_dir *dir, const struct tf_links *links,
			       uint32_t (*end)(const struct tf_link *), struct arena *a)
{
	uint32_t *first = arena_array(a, dir->blocks.n + 1, sizeof(*first));
	for (size_t i = 0; i < links->n; i++)
		first[end(&links->v[i]) + 1]++;
	for (size_t i = 0; i < dir->blocks.n; i++)
		first[i + 1] += first[i];
	return first;
}

static uint32_t from(const struct tf_link *l)
{
	return l->from;
}

static uint32_t to(const struct tf_link *l)
{
	return l->to;
}

void tf_index_links(struct tf_dir *dir, struct arena *scratch)
{
	struct tf_links *l = &dir->links;
	struct arena *a = dir->model->arena;
	uint32_t *next = first_of_each(dir, l, to, scratch);
	uint32_t *by_to = arena_array(a, l->n, sizeof(*by_to));
	l->first_from = first_of_each(dir, l, from, a);
	l->first_to = first_of_each(dir, l, to, a);
	for (uint32_t i = 0; i < l->n; i++)
		by_to[next[l->v[i].to]++] = i;
	l->by_to = by_to;
}

/* ---- the blocks of a module ---- */

void tf_module_blocks(struct tf_module *mod)
{
	struct arena *a = mod->model->arena;
	size_t n = mod->dir->blocks.n;
	mod->blocks = arena_array(a, n, sizeof(*mod->blocks));
	mod->refs = arena_array(a, n, sizeof(*mod->refs));
	mod->users = arena_array(a, n, sizeof(*mod->users));
}

struct tf_block *tf_vertex(struct tf_module *mod, size_t position)
{
	struct tf_block *b = mod->blocks[position];
	if (b)
		return b;
	b = mod->blocks[position] = ARENA_NEW(mod->model->arena, struct tf_block);
	b->declared = *mod->dir->blocks.v[position];
	b->module = mod;
	b->dir = mod->dir;
	b->guards = mod->guards;
	b->guards.cap = b->guards.n; /* the list is shared */
	return b;
}

struct tf_block *tf_block_in(struct tf_module *mod, size_t position)
{
	struct tf_block *b = tf_vertex(mod, position);
	if (!b->node) {
		const struct tf_declared *declared = tf_declared(mod->dir, position);
		b->node = declared->node;
		b->body = declared->body;
		b->expr = declared->expr;
	}
	return b;
}

/* ---- the references of a module ---- */

struct tf_block *tf_from(const struct tf_ref *ref)
{
	return tf_block_in(ref->module, ref->link->from);
}

struct tf_block *tf_to(const struct tf_ref *ref)
{
	return tf_block_in(ref->module, ref->link->to);
}

/* Few are asked for, and those are near each other. */
enum { REFS_OF_CHUNK = 32 };

/* How many there are of a resource has to be known before anything is made, also of what depends on
 * a local, an argument of a module or a data source. */
static bool is_late(const struct tf_module *mod, const struct tf_link *link)
{
	return str_eq(tf_declared(mod->dir, link->from)->type, S("resource")) &&
	       !str_eq(link->attr, S("count")) && !str_eq(link->attr, S("for_each")) &&
	       !str_eq(link->attr, S("lifecycle"));
}

static struct tf_ref *ref_at(struct tf_module *mod, size_t link)
{
	struct arena *a = mod->model->arena;
	if (!mod->by_link)
		mod->by_link = arena_array(a, mod->dir->links.n / REFS_OF_CHUNK + 1,
					   sizeof(struct tf_ref *));
	struct tf_ref **chunk = &mod->by_link[link / REFS_OF_CHUNK];
	if (!*chunk)
		*chunk = arena_array(a, REFS_OF_CHUNK, sizeof(struct tf_ref));
	struct tf_ref *ref = &(*chunk)[link % REFS_OF_CHUNK];
	ref->module = mod;
	ref->link = &mod->dir->links.v[link];
	ref->seen.asks = ref->link->asks;
	ref->seen.late = is_late(mod, ref->link);
	return ref;
}

/* The links [first, end) of the module; `by` (NULL: none) tells which ones they are. */
static const struct tf_refs *refs_of(struct tf_module *mod, size_t first, size_t end,
				     const uint32_t *by)
{
	struct arena *a = mod->model->arena;
	struct tf_refs *refs = ARENA_NEW(a, struct tf_refs);
	refs->cap = end - first;
	refs->v = arena_array(a, refs->cap, sizeof(struct tf_ref *));
	for (size_t i = first; i < end; i++)
		refs->v[refs->n++] = ref_at(mod, by ? by[i] : i);
	return refs;
}

const struct tf_refs *tf_refs(const struct tf_block *b)
{
	struct tf_module *mod = b->module;
	const uint32_t *first = mod->dir->links.first_from + b->position;
	if (b->refs)
		return b->refs;
	if (!mod->refs[b->position])
		mod->refs[b->position] = refs_of(mod, first[0], first[1], NULL);
	return mod->refs[b->position];
}

const struct tf_refs *tf_users(const struct tf_block *b)
{
	struct tf_module *mod = b->module;
	const struct tf_links *l = &mod->dir->links;
	const uint32_t *first = l->first_to + b->position;
	if (!mod->users[b->position])
		mod->users[b->position] = refs_of(mod, first[0], first[1], l->by_to);
	return mod->users[b->position];
}
