/* SPDX-License-Identifier: MIT */
#include "allocator.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <git2.h>
#include <git2/sys/alloc.h>

#include "kmsfix/memory.h"

#define PLACE const char *file, int line

/* libgit2 hands no context to its allocator. */
static _Thread_local size_t most = SIZE_MAX;

void allocator_limit(size_t n)
{
	most = n;
}

static void *ours_realloc(void *p, size_t n, PLACE)
{
	(void)file;
	(void)line;
	return n > most ? NULL : memory_resize(p, n ? n : 1);
}

static void *ours_malloc(size_t n, PLACE)
{
	return ours_realloc(NULL, n, file, line);
}

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR < 7

static size_t product(size_t n, size_t size)
{
	/* Too much for anyone: memory_resize() says so. */
	return size && n > SIZE_MAX / 2 / size ? SIZE_MAX / 2 : n * size;
}

static void *ours_calloc(size_t n, size_t size, PLACE)
{
	void *p = ours_malloc(product(n, size), file, line);

	return p ? memset(p, 0, product(n, size)) : NULL;
}

static char *ours_substrdup(const char *s, size_t n, PLACE)
{
	char *p = ours_malloc(n + 1, file, line);

	if (p) {
		memcpy(p, s, n);
		p[n] = '\0';
	}
	return p;
}

static char *ours_strndup(const char *s, size_t n, PLACE)
{
	return ours_substrdup(s, strnlen(s, n), file, line);
}

static char *ours_strdup(const char *s, PLACE)
{
	return ours_substrdup(s, strlen(s), file, line);
}

static void *ours_reallocarray(void *p, size_t n, size_t size, PLACE)
{
	return ours_realloc(p, product(n, size), file, line);
}

static void *ours_mallocarray(size_t n, size_t size, PLACE)
{
	return ours_malloc(product(n, size), file, line);
}

static git_allocator ours = {
	.gmalloc = ours_malloc,
	.gcalloc = ours_calloc,
	.gstrdup = ours_strdup,
	.gstrndup = ours_strndup,
	.gsubstrdup = ours_substrdup,
	.grealloc = ours_realloc,
	.greallocarray = ours_reallocarray,
	.gmallocarray = ours_mallocarray,
	.gfree = free,
};

#else

static git_allocator ours = { .gmalloc = ours_malloc, .grealloc = ours_realloc, .gfree = free };

#endif

void allocator_ours(void)
{
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, &ours);
}

void allocator_theirs(void)
{
	git_libgit2_opts(GIT_OPT_SET_ALLOCATOR, NULL);
}
