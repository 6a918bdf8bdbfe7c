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

bool tf_has_circle(const struct tf_dir *dir, struct arena *scratch)
{
	enum { NEW, ON_WAY, DONE };
	uint32_t *next = arena_array(scratch, dir->blocks.n, sizeof(*next));
	size_t *way = arena_array(scratch, dir->blocks.n, sizeof(*way));
	const uint32_t *end = dir->links.first_from + 1;
	unsigned char *state = arena_alloc(scratch, dir->blocks.n);
	memcpy(next, dir->links.first_from, dir->blocks.n * sizeof(*next));
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
