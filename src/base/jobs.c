/* SPDX-License-Identifier: MIT */
/* Signals stay with the first thread: the others block them. */
#include "kmsfix/jobs.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <unistd.h>

struct crew {
	atomic_size_t next;
	size_t n;
	void (*work)(void *ctx, size_t worker, size_t i);
	void *ctx;
};

struct worker {
	struct crew *crew;
	size_t number;
	pthread_t thread;
};

size_t jobs_available(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	if (n < 1)
		return 1;
	return n > JOBS_MAX ? JOBS_MAX : (size_t)n;
}

static void *run(void *arg)
{
	const struct worker *w = arg;
	struct crew *c = w->crew;

	for (size_t i; (i = atomic_fetch_add(&c->next, 1)) < c->n;)
		c->work(c->ctx, w->number, i);
	return NULL;
}

/* How many threads of [1, jobs) there are now. */
static size_t start(struct worker *all, size_t jobs)
{
	sigset_t every, before;
	size_t n = 1;

	sigfillset(&every);
	pthread_sigmask(SIG_BLOCK, &every, &before);
	while (n < jobs && pthread_create(&all[n].thread, NULL, run, &all[n]) == 0)
		n++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return n;
}

void jobs_run(size_t jobs, size_t n, void (*work)(void *ctx, size_t worker, size_t i), void *ctx)
{
	struct crew crew = { .n = n, .work = work, .ctx = ctx };
	struct worker all[JOBS_MAX];
	size_t started;

	if (jobs > JOBS_MAX)
		jobs = JOBS_MAX;
	if (jobs > n)
		jobs = n ? n : 1;
	for (size_t i = 0; i < jobs; i++)
		all[i] = (struct worker){ .crew = &crew, .number = i };
	started = start(all, jobs);
	run(&all[0]);
	for (size_t i = 1; i < started; i++)
		pthread_join(all[i].thread, NULL);
}
