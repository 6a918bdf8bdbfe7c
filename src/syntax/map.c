/* SPDX-License-Identifier: MIT */
#include "kmsfix/node.h"

#include "names.h"

bool pair_key(const struct node *pair, struct arena *a, str *out)
{
	const struct node *key = pair->first;

	return pair->kind == NODE_PAIR && (key->kind == NODE_STRING || key->kind == NODE_NAME) &&
	       node_text(key, a, out);
}

struct node *map_get(const struct node *map, struct arena *a, str key)
{
	struct node *found = NULL;

	for (const struct node *pair = map->first; pair; pair = pair->next) {
		str text;

		if (!pair_key(pair, a, &text) || !str_eq(text, key))
			continue;
		if (found)
			return NULL;
		found = pair->last;
	}
	return found;
}

bool map_has_duplicate(const struct node *map, struct arena *a)
{
	struct name few[NAMES_FEW];
	struct names names = NAMES_IN(few);

	for (const struct node *pair = map->first; pair; pair = pair->next) {
		str text;

		if (pair_key(pair, a, &text))
			names_add(&names, a, text, pair->start);
	}
	return names_duplicate(&names) != NULL;
}
