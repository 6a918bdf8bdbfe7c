/* SPDX-License-Identifier: MIT */
#include "member.h"

#include "kmsfix/ascii.h"

static bool is_null(const struct node *n)
{
	return n->kind == NODE_LITERAL && str_eq(n->name, S("null"));
}

const struct node *member(const struct node *map, struct arena *a, str name)
{
	const struct node *n = map && map->kind == NODE_MAP ? map_get(map, a, name) : NULL;

	return n && !is_null(n) ? n : NULL;
}

static const struct node *member_of(const struct node *map, struct arena *a, str name,
				    enum node_kind kind)
{
	const struct node *n = member(map, a, name);

	return n && n->kind == kind ? n : NULL;
}

const struct node *member_map(const struct node *map, struct arena *a, str name)
{
	return member_of(map, a, name, NODE_MAP);
}

const struct node *member_list(const struct node *map, struct arena *a, str name)
{
	return member_of(map, a, name, NODE_SEQ);
}

str string_text(const struct node *n, struct arena *a)
{
	str text;

	return n && n->kind == NODE_STRING && node_text(n, a, &text) ? text : S("");
}

str member_text(const struct node *map, struct arena *a, str name)
{
	return string_text(member(map, a, name), a);
}

bool member_true(const struct node *map, struct arena *a, str name)
{
	const struct node *n = member_of(map, a, name, NODE_LITERAL);

	return n && str_eq(n->name, S("true"));
}

uint64_t member_number(const struct node *map, struct arena *a, str name)
{
	const struct node *n = member_of(map, a, name, NODE_NUMBER);
	str digits = n ? node_source(n) : S("");
	uint64_t value = 0;

	for (size_t i = 0; i < digits.n; i++) {
		if (!ascii_is_digit(digits.p[i]) || value > (UINT64_MAX - 9) / 10)
			return 0;
		value = value * 10 + (uint64_t)(digits.p[i] - '0');
	}
	return value;
}
