/* SPDX-License-Identifier: MIT */
/*
 * What judge.py asks the tool, over a pipe, so that a hundred thousand models need no processes.
 *
 *	fix STRICT PHASED FILES		then for each file "PATH-LENGTH TEXT-LENGTH", path and text
 *	match PATTERN ACTION		answers 0 or 1
 *	glob PATTERN TEXT		the same
 *
 * "fix" answers "failure LENGTH" with its text, a line "finding OUTCOME CODE START END PATH",
 * a tab and the reason for each finding, "file PATH-LENGTH TEXT-LENGTH" with both for each changed
 * file, and "end".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../pipeline_fix.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/glob.h"

#define LINE_SIZE 4096

static str read_bytes(size_t n, struct arena *a)
{
	char *p = arena_array(a, n + 1, 1);
	if (fread(p, 1, n, stdin) != n)
		abort();
	return (str){ p, n };
}

static void read_files(struct fileset *files, size_t n, struct arena *a)
{
	for (size_t i = 0; i < n; i++) {
		size_t path, text;
		char line[LINE_SIZE];
		if (!fgets(line, sizeof(line), stdin) || sscanf(line, "%zu %zu", &path, &text) != 2)
			abort();
		str name = read_bytes(path, a);
		fileset_add(files, a, name, read_bytes(text, a), 0100644);
	}
	fileset_sort(files);
}

static void put(str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static void answer(const struct pipeline_result *r, const struct fileset *before)
{
	static const char *const outcomes[] = { "fixed", "removed", "held", "suppressed" };
	printf("failure %zu\n", r->failure.n);
	put(r->failure);
	for (size_t i = 0; i < r->plan.findings.n; i++) {
		const struct finding *f = &r->plan.findings.v[i];
		printf("finding %s %s %zu %zu %.*s\t%.*s\n", outcomes[f->outcome],
		       f->holds.n ? f->holds.v[0].code : "-", f->start, f->end,
		       STR_ARG(f->file->path), STR_ARG(f->reason));
	}
	for (size_t i = 0; i < r->files.n; i++) {
		const struct file *now = &r->files.files[i];
		const struct file *was = fileset_find(before, now->path);
		if (was && str_eq(was->text, now->text))
			continue;
		printf("file %zu %zu\n", now->path.n, now->text.n);
		put(now->path);
		put(now->text);
	}
	puts("end");
}

static void fix(int strict, int phased, size_t n)
{
	struct arena *a = arena_create();
	struct fileset files = { 0 };
	struct pipeline_result result;
	read_files(&files, n, a);
	pipeline_fix(&result, &files, strict, phased, a);
	answer(&result, &files);
	arena_destroy(a);
}

int main(void)
{
	char line[LINE_SIZE], first[LINE_SIZE], second[LINE_SIZE];
	while (fgets(line, sizeof(line), stdin)) {
		int strict, phased;
		size_t n;
		if (sscanf(line, "fix %d %d %zu", &strict, &phased, &n) == 3)
			fix(strict, phased, n);
		else if (sscanf(line, "match %4095s %4095s", first, second) == 2)
			printf("%d\n", action_matches(str_from(first), str_from(second)));
		else if (sscanf(line, "glob %4095s %4095s", first, second) == 2)
			printf("%d\n", glob_match(str_from(first), str_from(second), GLOB_EXACT));
		else
			return EXIT_FAILURE;
		if (line[0] == 'f')
			fflush(stdout);
	}
	return EXIT_SUCCESS;
}
