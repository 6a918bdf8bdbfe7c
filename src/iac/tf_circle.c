/* SPDX-License-Identifier: MIT */
/*
 * Whether the blocks of a directory can be part of a dependency cycle at all, seen coarsely: a call
 * of a module is one node that waits for all its arguments. A cycle of the exact graph that leads
 * through the modules of several directories becomes a circle of the outermost of them when each
 * way through a called module is replaced by the call. So where no directory has a circle, there is
 * no cycle in any module of theirs; that is so for nearly all, and told with the links at hand.
 */
#include "tf.h"

#include "kmsfix/arena.h"

/* The links of a directory stand in the order of the blocks they leave. */
static size_t *first_links(const struct tf_dir *dir)
{
	size_t *first = arena_array(dir->model->arena, dir->blocks.n + 1, sizeof(*first));
	for (size_t i = 0; i < dir->links.n; i++)
		first[dir->links.v[i].from + 1] = i + 1;
	for (size_t i = 1; i <= dir->blocks.n; i++)
		if (!first[i])
			first[i] = first[i - 1];
	return first;
}

bool tf_has_circle(const struct tf_dir *dir)
{
	enum { NEW, ON_WAY, DONE };
	struct arena *a = dir->model->arena;
	size_t *next = first_links(dir), *way = arena_array(a, dir->blocks.n, sizeof(*way));
	const size_t *end = first_links(dir) + 1;
	unsigned char *state = arena_alloc(a, dir->blocks.n);
	for (size_t i = 0; i < dir->blocks.n; i++) {
		size_t depth = 0;
		if (state[i] != NEW)
			continue;
		way[depth++] = i;
		state[i] = ON_WAY;
		while (depth) {
			size_t at = way[depth - 1];
			if (next[at] == end[at]) {
				state[at] = DONE;
				depth--;
				continue;
			}
			size_t to = dir->links.v[next[at]++].to;
			if (state[to] == ON_WAY)
				return true;
			if (state[to] == NEW) {
				way[depth++] = to;
				state[to] = ON_WAY;
			}
		}
	}
	return false;
}
