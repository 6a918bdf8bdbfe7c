/* SPDX-License-Identifier: MIT */
/*
 * What judge.py asks the tool, over a pipe, so that a hundred thousand models need no processes.
 *
 *	fix STRICT PHASED FILES		then for each file "PATH-LENGTH TEXT-LENGTH", path and text
 *	match PATTERN ACTION		answers 0 or 1
 *	glob PATTERN TEXT		the same
 *	actions LENGTH			then Terraform code: the actions of its first statement, as
 *					JSON; of the parts of a text null is one that is not known
 *
 * "fix" answers "failure LENGTH" with its text, for each finding "finding OUTCOME CODE START END
 * PATH-LENGTH REASON-LENGTH" with both, "file PATH-LENGTH TEXT-LENGTH" with both for each changed
 * file, and "end".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "../pipeline.h"
#include "../pipeline_fix.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/glob.h"
#include "kmsfix/iac.h"
#include "kmsfix/text.h"

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
		printf("finding %s %s %zu %zu %zu %zu\n", outcomes[f->outcome],
		       f->holds.n ? f->holds.v[0].code : "-", f->start, f->end, f->file->path.n,
		       f->reason.n);
		put(f->file->path);
		put(f->reason);
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

static cJSON *parts_of(str text)
{
	cJSON *parts = cJSON_CreateArray();
	struct arena *a = arena_create();
	bool ref;
	str part;
	while (text_next(&text, &part, &ref))
		cJSON_AddItemToArray(parts,
				     ref ? cJSON_CreateNull() : cJSON_CreateString(str_z(a, part)));
	arena_destroy(a);
	return parts;
}

static void print_elements(const struct elements *list)
{
	cJSON *out = cJSON_CreateObject(), *all = cJSON_AddArrayToObject(out, "elements");
	cJSON_AddBoolToObject(out, "open", list->open);
	for (size_t i = 0; i < list->n; i++) {
		cJSON *one = cJSON_CreateObject();
		cJSON_AddBoolToObject(one, "maybe", list->v[i].maybe);
		cJSON_AddItemToObject(one, "parts", parts_of(list->v[i].text));
		cJSON_AddItemToArray(all, one);
	}
	char *text = cJSON_PrintUnformatted(out);
	puts(text);
	cJSON_free(text);
	cJSON_Delete(out);
}

static void actions(size_t n)
{
	struct arena *a = arena_create();
	struct fileset files = { 0 };
	fileset_add(&files, a, S("a.tf"), read_bytes(n, a), 0100644);
	fileset_sort(&files);
	const struct model *m = pipeline_model(&files, a);
	if (!m->statements.n)
		abort();
	print_elements(&m->statements.v[0]->actions);
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
		else if (sscanf(line, "actions %zu", &n) == 1)
			actions(n);
		else
			return EXIT_FAILURE;
		if (line[0] == 'f' || line[0] == 'a')
			fflush(stdout);
	}
	return EXIT_SUCCESS;
}
