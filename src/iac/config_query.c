/* SPDX-License-Identifier: MIT */
/* What the configuration says about a path. */
#include "kmsfix/config.h"
#include "kmsfix/file.h"

/*
 * A path pattern is matched by keeping every place in it that the path read so far can have led to,
 * so that no combination of wildcards takes more than one pass over the path.
 */
struct places {
	bool at[CONFIG_MAX_PATTERN + 1];
};

/* The bytes of the wildcard run at `i`: 0, 1 for '*', 2 for "**". */
static size_t run_length(str pattern, size_t i)
{
	if (i >= pattern.n || pattern.p[i] != '*')
		return 0;
	return i + 1 < pattern.n && pattern.p[i + 1] == '*' ? 2 : 1;
}

/* A run may be empty; where a part of the path begins, so may "**" with its '/'. */
static void skip_runs(str pattern, struct places *p, bool part_begins)
{
	for (size_t i = 0; i < pattern.n; i++) {
		size_t n = run_length(pattern, i);

		if (!p->at[i] || !n)
			continue;
		p->at[i + n] = true;
		if (n == 2 && part_begins && i + 2 < pattern.n && pattern.p[i + 2] == '/')
			p->at[i + 3] = true;
	}
}

static void step(str pattern, struct places *p, char c)
{
	struct places next = { { false } };

	for (size_t i = 0; i < pattern.n; i++) {
		size_t n = run_length(pattern, i);

		if (!p->at[i])
			continue;
		if (n)
			next.at[i] |= n == 2 || c != '/';
		else
			next.at[i + 1] |= pattern.p[i] == c || (pattern.p[i] == '?' && c != '/');
	}
	skip_runs(pattern, &next, c == '/');
	*p = next;
}

bool config_path_matches(str pattern, str path)
{
	struct places p = { { true } };

	if (!pattern.n || pattern.n > CONFIG_MAX_PATTERN)
		return false;
	skip_runs(pattern, &p, true);
	for (size_t i = 0; i < path.n; i++) {
		if (i && path.p[i] == '/' && p.at[pattern.n])
			return true;
		step(pattern, &p, path.p[i]);
	}
	return p.at[pattern.n];
}

bool config_path_below(str dir, str path)
{
	return !dir.n || path_is_in(path, dir);
}

bool config_excludes(const struct config *c, str path)
{
	for (size_t i = 0; i < c->exclude.n; i++) {
		if (config_path_matches(c->exclude.v[i], path))
			return true;
	}
	return false;
}

str config_account_of(const struct config *c, str dir)
{
	const struct config_account *best = NULL;

	for (size_t i = 0; i < c->accounts.n; i++) {
		const struct config_account *each = &c->accounts.v[i];

		if (config_path_below(each->path, dir) && (!best || each->path.n > best->path.n))
			best = each;
	}
	return best ? best->account : S("");
}

static bool is_covered(str wanted, str have)
{
	return !wanted.n || str_eq(wanted, have);
}

const struct config_suppression *config_suppresses(const struct config *c,
						   const struct config_finding *f)
{
	for (size_t i = 0; i < c->suppress.n; i++) {
		const struct config_suppression *s = &c->suppress.v[i];
		bool expired = s->expires.n && f->today.n && str_cmp(s->expires, f->today) < 0;

		if (!expired && is_covered(s->address, f->address) && is_covered(s->sid, f->sid) &&
		    is_covered(s->code, f->code) && config_path_matches(s->path, f->path))
			return s;
	}
	return NULL;
}

bool config_names_key(const struct config_key_names *list, str dir, str address)
{
	for (size_t i = 0; i < list->n; i++) {
		if (str_eq(list->v[i].path, dir) && str_eq(list->v[i].address, address))
			return true;
	}
	return false;
}
