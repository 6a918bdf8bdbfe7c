/* SPDX-License-Identifier: MIT */
/*
 * What judge.py asks the tool, over a pipe, so that a hundred thousand models need no processes.
 *
 *	fix STRICT PHASED CYCLE FILES	(CYCLE: --accept CYCLE) then for each file "PATH-LENGTH
 *					TEXT-LENGTH IS-LINK", path and text, which is of a
 *					link the path from the root that it leads to
 *	match PATTERN ACTION		answers 0 or 1
 *	glob PATTERN TEXT		the same
 *	actions LENGTH			then Terraform code: the actions of its first statement, as
 *					JSON; of the parts of a text null is one that is not known
 *
 * "fix" answers "failure LENGTH" with its text, for each finding "finding OUTCOME CODE START END
 * PATH-LENGTH REASON-LENGTH" with both, "file PATH-LENGTH TEXT-LENGTH" with both for each changed
 * file, before those "granted ..." alike for what the grants alone make of it if PHASED, and "end".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "../../src/app/fix.h"
#include "../pipeline.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/config.h"
#include "kmsfix/glob.h"
#include "kmsfix/iac.h"
#include "kmsfix/round.h"
#include "kmsfix/template.h"
#include "kmsfix/text.h"

#define LINE_SIZE 4096

static str read_bytes(size_t n, struct arena *a)
{
	char *p = arena_array(a, n + 1, 1);
	if (fread(p, 1, n, stdin) != n)
		abort();
	return (str){ p, n };
}

/* As link_read does it: a directory is in `links`, of a file both have several paths. */
static void follow(struct fileset *files, const struct dir_link *l, struct dir_link *dirs,
		   struct arena *a)
{
	const struct file *there = fileset_find(files, l->target);
	if (!there) {
		dirs[files->link_count++] = *l;
		return;
	}
	files->files[there - files->files].linked = true;
	fileset_put(files, a,
		    &(struct file){ .path = l->path,
				    .mode = FILE_LINK,
				    .linked = true,
				    .text = str_dup(a, there->text) });
	fileset_sort(files);
}

static void read_files(struct fileset *files, size_t n, struct arena *a)
{
	struct dir_link *links = arena_array(a, n + 1, sizeof(*links)),
			*dirs = arena_array(a, n + 1, sizeof(*dirs));
	size_t link_count = 0;
	for (size_t i = 0; i < n; i++) {
		size_t path, text;
		int is_link;
		char line[LINE_SIZE];
		if (!fgets(line, sizeof(line), stdin) ||
		    sscanf(line, "%zu %zu %d", &path, &text, &is_link) != 3)
			abort();
		str name = read_bytes(path, a), inside = read_bytes(text, a);
		if (is_link)
			links[link_count++] = (struct dir_link){ name, inside };
		else
			fileset_add(files, a, name, inside, 0100644);
	}
	fileset_sort(files);
	for (size_t i = 0; i < link_count; i++)
		follow(files, &links[i], dirs, a);
	files->links = dirs;
}

static void put(str s)
{
	fwrite(s.p, 1, s.n, stdout);
}

static void put_files(const char *kind, const struct fileset *now, const struct fileset *before)
{
	for (size_t i = 0; i < now->n; i++) {
		const struct file *f = &now->files[i], *was = fileset_find(before, f->path);
		if (was && str_eq(was->text, f->text))
			continue;
		printf("%s %zu %zu\n", kind, f->path.n, f->text.n);
		put(f->path);
		put(f->text);
	}
}

static void answer(const struct fix *fix, str failure)
{
	static const char *const outcomes[] = { "fixed", "removed", "held", "suppressed" };
	printf("failure %zu\n", failure.n);
	put(failure);
	for (size_t i = 0; i < fix->plan.findings.n; i++) {
		const struct finding *f = &fix->plan.findings.v[i];
		printf("finding %s %s %zu %zu %zu %zu\n", outcomes[f->outcome],
		       f->holds.n ? f->holds.v[0].code : "-", f->start, f->end, f->file->path.n,
		       f->reason.n);
		put(f->file->path);
		put(f->reason);
	}
	put_files("granted", &fix->granted, fix->files);
	put_files("file", &fix->result, fix->files);
	puts("end");
}

struct job {
	struct config *config;
	struct parsed parsed;
};

static struct model *build(void *ctx, const struct fileset *files, struct diags *diags,
			   struct arena *a)
{
	struct job *j = ctx;
	return model_build(files, j->config, diags, &j->parsed, a);
}

/* The way of the program itself, but for Git. */
static void fix(struct options *options, size_t n)
{
	struct arena *a = arena_create();
	struct fileset files = { 0 };
	struct template tpl;
	struct job j = { 0 };
	struct diags unsaid = { .arena = a };
	struct err e = { 0 };
	str failure = S("");
	read_files(&files, n, a);
	if (!config_parse(&j.config, S("{\"version\": 1}"), S("config"), a, &e) ||
	    !template_load(&tpl, S(TEMPLATE_DEFAULT), a, &e))
		abort();
	struct fix f = { .options = options,
			 .arena = a,
			 .files = &files,
			 .tpl = &tpl,
			 .phased = options->phased,
			 .build = build,
			 .ctx = &j,
			 .diags = &unsaid };
	if (!fix_make(&f, &e))
		failure = str_from(e.msg);
	else if (f.plan.findings.n && files_are_silent(&files))
		failure = S("code with findings is not looked into");
	answer(&f, failure);
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
		int strict, phased, cycle;
		size_t n;
		if (sscanf(line, "fix %d %d %d %zu", &strict, &phased, &cycle, &n) == 4)
			fix(&(struct options){ .strict = strict,
					       .phased = phased,
					       .accept = cycle ? ACCEPT_CYCLE : 0 },
			    n);
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
