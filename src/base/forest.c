/* SPDX-License-Identifier: MIT */
#include "kmsfix/forest.h"

size_t *forest_new(struct arena *a, size_t n)
{
	size_t *parent = arena_array(a, n, sizeof(*parent));

	for (size_t i = 0; i < n; i++)
		parent[i] = i;
	return parent;
}

size_t forest_root(size_t *parent, size_t i)
{
	while (parent[i] != i)
		i = parent[i] = parent[parent[i]];
	return i;
}

size_t forest_unite(size_t *parent, size_t x, size_t y)
{
	x = forest_root(parent, x);
	y = forest_root(parent, y);
	parent[x > y ? x : y] = x < y ? x : y;
	return x < y ? x : y;
}
