/* SPDX-License-Identifier: MIT */
#include "golden_code.h"

#include <string.h>

#include "support.h"

#define LIST "find testdata/golden -path '*/in/*' -type f | LC_ALL=C sort"

/* All paths of a line each belong to the case before `/in/`. */
void golden_each(void (*see)(str dir, const struct fileset *files))
{
	struct arena *a = arena_create();
	str rest = test_must(a, (const char *[]){ "sh", "-c", LIST, NULL }), dir = { 0 };
	struct fileset files = { 0 };
	while (rest.n) {
		size_t end = str_find(rest, S("\n"), 0);
		str path = str_sub(rest, 0, end);
		size_t in = str_find(path, S("/in/"), 0);
		if (files.n && !str_eq(dir, str_sub(path, 0, in))) {
			see(dir, &files);
			files = (struct fileset){ 0 };
		}
		dir = str_sub(path, 0, in);
		fileset_add(&files, a, str_sub(path, in + strlen("/in/"), path.n),
			    test_read(a, str_z(a, path)), 0100644);
		rest = str_sub(rest, end + 1, rest.n);
	}
	if (files.n)
		see(dir, &files);
	arena_destroy(a);
}
