/* SPDX-License-Identifier: MIT */
/*
 * jobs - one piece of work for each of many things, on several processors. What a piece does may
 * depend on nothing but its number: which thread does it, and when, is chance.
 */
#ifndef KMSFIX_JOBS_H
#define KMSFIX_JOBS_H

#include <stddef.h>

#define JOBS_MAX 64

/* How many processors this process may use, at most JOBS_MAX. */
size_t jobs_available(void);
/*
 * Calls work(ctx, worker, i) once for each i < n, on at most `jobs` (>= 1) threads, of which the
 * caller's is one; `worker` < `jobs` is the same for all calls of a thread. Returns when all are
 * done. Where a thread cannot be made, the others do its work.
 */
void jobs_run(size_t jobs, size_t n, void (*work)(void *ctx, size_t worker, size_t i), void *ctx);

#endif
