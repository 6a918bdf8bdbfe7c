/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "terminal.h"

/* So many files take long enough to say so. */
#define PHASE_FILES 1000

void progress_line(const struct evidence_progress *p, size_t width, char out[PROGRESS_MAX])
{
	char whole[PROGRESS_MAX];
	unsigned long long mb = p->done >> 20, events = p->events;
	if (p->total)
		snprintf(whole, sizeof(whole), "reading logs: %u%% of %llu MB, %llu events",
			 (unsigned)((double)p->done / (double)p->total * 100),
			 (unsigned long long)p->total >> 20, events);
	else
		snprintf(whole, sizeof(whole), "reading logs: %llu MB, %llu events", mb, events);
	snprintf(out, PROGRESS_MAX, "%.*s", (int)(width < PROGRESS_MAX ? width : PROGRESS_MAX - 1),
		 whole);
}

/* The columns of the terminal that a line may have; 0: there is none to write it to. */
static size_t columns(const struct progress *progress)
{
	size_t width = progress->quiet ? 0 : terminal_width(STDERR_FILENO);
	return width ? width - 1 : 0;
}

static void show(struct progress *progress, const char *line)
{
	int n = fprintf(stderr, "\r%-*s", (int)progress->shown, line) - 1;
	fflush(stderr);
	progress->shown = n > 0 ? (size_t)n : 0;
}

void progress_phase(struct progress *p, const char *what, size_t files, size_t round)
{
	char whole[PROGRESS_MAX], line[PROGRESS_MAX];
	size_t width = columns(p);
	time_t now = time(NULL);
	if (!p->since)
		p->since = now;
	if (!width || (files < PHASE_FILES && now - p->since < 2))
		return;
	snprintf(whole, sizeof(whole), "%s %zu files, round %zu", what, files, round);
	snprintf(line, sizeof(line), "%.*s", (int)(width < PROGRESS_MAX ? width : PROGRESS_MAX - 1),
		 whole);
	show(p, line);
}

void progress_show(void *ctx, const struct evidence_progress *p)
{
	struct progress *progress = ctx;
	char line[PROGRESS_MAX];
	size_t width = columns(progress);
	if (!width)
		return;
	progress_line(p, width, line);
	show(progress, line);
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fprintf(stderr, "\r%*s\r", (int)progress->shown, "");
	fflush(stderr);
	progress->shown = 0;
}
