/* SPDX-License-Identifier: MIT */
/* What the entries of a configuration are about. */
#include "kmsfix/named.h"

bool key_is_named(const struct key *k, const struct config_key_names *names)
{
	return config_names_key(names, k->unit->path, k->address) ||
	       config_names_key(names, k->scope->dir, k->name);
}

/* "aws_iam_policy.p" of "module.m.aws_iam_policy.p". */
static str name_in_scope(const struct policy *p)
{
	size_t n = p->scope->address.n;
	bool inside = n && str_starts(p->address, p->scope->address) && p->address.n > n + 1;
	return inside ? str_sub(p->address, n + 1, p->address.n) : p->address;
}

bool policy_is_named(const struct model *m, const struct policy *p, str dir, str name)
{
	if (str_eq(dir, p->unit->path) && str_eq(name, p->address))
		return true;
	if (!str_eq(dir, p->scope->dir) || !str_eq(name, name_in_scope(p)))
		return false;
	for (size_t i = 0; i < m->policies.n; i++) {
		const struct policy *other = m->policies.v[i];
		if (other->file != p->file && str_eq(dir, other->scope->dir) &&
		    str_eq(name, name_in_scope(other)))
			return false; /* a template beside it has one of the name, too */
	}
	return true;
}

/* ---- resources ---- */

/* Where the parenthesis at the head is closed. */
static size_t closing(str source)
{
	size_t depth = 0;
	for (size_t i = 0; i < source.n; i++) {
		depth += source.p[i] == '(';
		if (source.p[i] == ')' && depth && !--depth)
			return i;
	}
	return SIZE_MAX;
}

str resource_written(struct arena *a, str text)
{
	str source;
	if (!text_is_ref(text, &source))
		return text_written(a, text);
	ref_scope(source, &source);
	if (str_starts(source, S("(")) && closing(source) == source.n - 1)
		return str_sub(source, 1, source.n - 1);
	return text_written(a, text);
}

/* As messages say it; a reference also by its source alone. */
bool key_map_is_for(const struct model *m, const struct config_key_map *map,
		    const struct document *d, str text)
{
	str source;
	if (!config_path_below(map->path, d->unit->path) &&
	    !(d->file && config_path_below(map->path, d->file->path)))
		return false;
	return str_eq(map->pattern, resource_written(m->arena, text)) ||
	       (text_is_ref(text_unscoped(m->arena, text), &source) &&
		str_eq(map->pattern, source));
}
