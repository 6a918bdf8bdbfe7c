/* SPDX-License-Identifier: MIT */
/*
 * A list of blocks, newest first; pieces are cut from the newest block until one does not fit. A
 * piece larger than a quarter of a block gets a block of its own, put behind the newest, so that it
 * does not end a block that still has room. With KMSFIX_ARENA_DEBUG every piece has its own block.
 *
 * The first block is small, each next one twice as large. The largest are mapped, as fresh pages
 * are zero already: clearing what malloc had used before was a seventh of a large run. Each is a
 * huge page where the system has them: looking up small pages was two thirds of the run over 5,000
 * files without findings, a third of one with many. Where it has none, its pages are asked for all
 * at once, as a page fault for each was a fifth.
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise() */
#include "kmsfix/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "kmsfix/memory.h"

#define FIRST_BLOCK ((size_t)64 * 1024)
#define LAST_BLOCK ((size_t)2 * 1024 * 1024) /* a huge page of most machines */

#ifdef KMSFIX_ARENA_DEBUG
#define LARGE_PIECE ((size_t)0)
#else
#define LARGE_PIECE (FIRST_BLOCK / 4)
#endif

struct block {
	struct block *next;
	size_t size;   /* of `bytes` */
	size_t mapped; /* bytes; 0: it is from malloc */
	bool large;    /* it is one piece */
	alignas(max_align_t) unsigned char bytes[];
};

struct arena {
	struct block *blocks;
	size_t used, size;   /* bytes given out from the first block, and all it has */
	struct block *spare; /* zeroed, smallest first */
};

static _Noreturn void memory_exhausted(void)
{
	fputs("kmsfix: out of memory\n", stderr);
	exit(1);
}

void *memory_resize(void *p, size_t size)
{
	void *grown = realloc(p, size);

	if (!grown)
		memory_exhausted();
	return grown;
}

static struct block *block_create(size_t size)
{
	struct block *b;

	if (size > SIZE_MAX - sizeof(*b))
		memory_exhausted();
	b = calloc(1, sizeof(*b) + size);
	if (!b)
		memory_exhausted();
	b->size = size;
	return b;
}

/* Both are requests of Linux that may be refused; the pages come one by one then. */
static void ask_for_pages(void *p, size_t size)
{
#ifdef MADV_HUGEPAGE
	madvise(p, size, MADV_HUGEPAGE);
#endif
#ifdef MADV_POPULATE_WRITE
	madvise(p, size, MADV_POPULATE_WRITE);
#endif
	(void)p;
	(void)size;
}

/* At a multiple of its size, as only that can be a huge page; what is mapped around it goes. */
static struct block *block_map(size_t size)
{
	unsigned char *all = mmap(NULL, 2 * size, PROT_READ | PROT_WRITE,
				  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t before;
	struct block *b;

	if (all == MAP_FAILED)
		memory_exhausted();
	before = size - ((uintptr_t)all & (size - 1));
	b = (void *)(all + before);
	munmap(all, before);
	if (before < size)
		munmap(all + before + size, size - before);
	ask_for_pages(b, size);
	b->size = size - sizeof(*b);
	b->mapped = size;
	return b;
}

static void block_free(struct block *b)
{
	if (b->mapped)
		munmap(b, b->mapped);
	else
		free(b);
}

struct arena *arena_create(void)
{
	struct arena *a = memory_resize(NULL, sizeof(*a));

	*a = (struct arena){ 0 };
	return a;
}

static void blocks_free(struct block *b)
{
	struct block *next;

	for (; b; b = next) {
		next = b->next;
		block_free(b);
	}
}

void arena_destroy(struct arena *a)
{
	if (!a)
		return;
	blocks_free(a->blocks);
	blocks_free(a->spare);
	free(a);
}

/* Behind the newest block of `a`, from which it goes on cutting. */
void arena_join(struct arena *a, struct arena *from)
{
	struct block **last = &from->blocks;

	while (*last)
		last = &(*last)->next;
	if (a->blocks) {
		*last = a->blocks->next;
		a->blocks->next = from->blocks;
	} else {
		a->blocks = from->blocks;
		a->used = from->used;
		a->size = from->size;
	}
	from->blocks = NULL;
	arena_destroy(from);
}

/*
 * What was cut into pieces is cleared, which is far cheaper than new pages from the system; what
 * was one large piece goes back to it.
 */
void arena_reset(struct arena *a)
{
	bool newest = true;
	struct block *next;

	for (struct block *b = a->blocks; b; b = next) {
		next = b->next;
		if (b->large) {
			block_free(b);
			continue;
		}
		memset(b->bytes, 0, newest ? a->used : b->size);
		newest = false;
		b->next = a->spare;
		a->spare = b;
	}
	a->blocks = NULL;
	a->used = a->size = 0;
}

static void *arena_alloc_large(struct arena *a, size_t size)
{
	struct block *b = block_create(size);
	struct block **at = a->blocks ? &a->blocks->next : &a->blocks;

	b->large = true;
	b->next = *at;
	*at = b;
	return b->bytes;
}

static void add_block(struct arena *a)
{
	size_t size = a->size ? a->size * 2 : FIRST_BLOCK;
	struct block *b = a->spare;

	if (b)
		a->spare = b->next;
	else
		b = size < LAST_BLOCK ? block_create(size) : block_map(LAST_BLOCK);
	b->next = a->blocks;
	a->blocks = b;
	a->size = b->size;
	a->used = 0;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	void *piece;

	if (!size)
		size = 1; /* a pointer that nobody else gets */
	if (size > LARGE_PIECE)
		return arena_alloc_large(a, size);
	size = (size + align - 1) & ~(align - 1);
	if (size > a->size - a->used)
		add_block(a);
	piece = a->blocks->bytes + a->used;
	a->used += size;
	return piece;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		memory_exhausted();
	return arena_alloc(a, count * size);
}
