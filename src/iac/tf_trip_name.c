/* SPDX-License-Identifier: MIT */
/* What the outputs, variables and blocks are called that carry a value. */
#include "tf_trip.h"

#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"

static bool is_added(const struct trip *t, const struct tf_dir *dir, str address)
{
	str key = str_fmt(t->arena, "%.*s|%.*s", STR_ARG(dir->path), STR_ARG(address));
	return map_find(&t->c->names, key) != NULL;
}

/* A call gives the module an argument of that name, of which it has no variable. */
static bool is_argument(const struct trip *t, const struct tf_dir *dir, str name)
{
	for (size_t i = 0; i < dir->modules.n; i++) {
		const struct tf_block *call = dir->modules.v[i]->call;
		if (call && tf_attr(call->body, name, t->arena))
			return true;
	}
	return false;
}

str tf_free_name(struct trip *t, const struct tf_dir *dir, const char *type, str base)
{
	str name = base;
	for (size_t i = 2;; i++) {
		str address = str_fmt(t->arena, "%s.%.*s", type, STR_ARG(name));
		bool taken = map_find(&dir->index, address) || is_added(t, dir, address) ||
			     (!strcmp(type, "var") && is_argument(t, dir, name));
		if (!taken)
			return name;
		name = str_fmt(t->arena, "%.*s_%zu", STR_ARG(base), i);
	}
}

static bool is_plain_name(str name)
{
	return str_eq(name, S("this")) || str_eq(name, S("main")) || str_eq(name, S("default"));
}

/* Letters, digits and dashes; what is between them is one underscore. */
static str as_name(struct arena *a, struct buf *b)
{
	char *p = arena_alloc(a, b->n);
	size_t n = 0;
	for (size_t i = 0; i < b->n; i++)
		if (ascii_is_alnum(b->p[i]) || b->p[i] == '-' || b->p[i] == '_')
			p[n++] = b->p[i];
		else if (n && p[n - 1] != '_')
			p[n++] = '_';
	while (n > 1 && p[n - 1] == '_')
		n--;
	buf_free(b);
	return (str){ p, n };
}

/* "local.x" and "module.x.y" without what they are. */
static str without_kind(str source)
{
	static const char *const kinds[] = { "var.", "local.", "module." };
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_starts(source, str_from(kinds[i])))
			return str_sub(source, strlen(kinds[i]), source.n);
	return source;
}

str tf_first_name(struct trip *t, str source)
{
	struct tf_source at;
	struct buf b = { 0 };
	if (!tf_source(t->at, source, &at) || !at.block->kind.n || !at.attr.n) {
		buf_add(&b, without_kind(source));
		return as_name(t->arena, &b);
	}
	str noun = at.block->kind, name = at.block->base ? at.block->base->name : at.block->name;
	for (size_t i = 0; i < at.block->kind.n; i++)
		if (at.block->kind.p[i] == '_')
			noun = str_sub(at.block->kind, i + 1, at.block->kind.n);
	t->declared = str_fmt(t->arena, "%.*s.%.*s", STR_ARG(at.block->kind), STR_ARG(name));
	t->nameless = is_plain_name(name);
	if (!t->nameless)
		buf_add(&b, name);
	if (b.n && !str_ends(name, noun))
		buf_addc(&b, '_');
	if (!b.n || !str_ends(name, noun))
		buf_add(&b, noun);
	buf_addc(&b, '_');
	buf_add(&b, at.attr);
	return as_name(t->arena, &b);
}
