/* SPDX-License-Identifier: MIT */
#include "progress.h"

#include <stdio.h>
#include <unistd.h>

#include "terminal.h"

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

void progress_show(void *ctx, const struct evidence_progress *p)
{
	struct progress *progress = ctx;
	char line[PROGRESS_MAX];
	size_t width = progress->quiet ? 0 : terminal_width(STDERR_FILENO);
	int n;
	if (!width)
		return;
	progress_line(p, width - 1, line);
	n = fprintf(stderr, "\r%-*s", (int)progress->shown, line) - 1;
	fflush(stderr);
	progress->shown = n > 0 ? (size_t)n : 0;
}

void progress_end(struct progress *progress)
{
	if (progress->shown)
		fprintf(stderr, "\r%*s\r", (int)progress->shown, "");
	fflush(stderr);
	progress->shown = 0;
}
