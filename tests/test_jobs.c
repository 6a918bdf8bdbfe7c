/* SPDX-License-Identifier: MIT */
#include "kmsfix/jobs.h"

#include "kmsfix/arena.h"
#include "kmsfix/iac.h"
#include "support.h"

/* ---- pieces of work ---- */

struct counts {
	unsigned char times[1000]; /* each is touched by the one thread that has it */
	size_t worker[1000];
};

static void count(void *ctx, size_t worker, size_t i)
{
	struct counts *c = ctx;

	c->times[i]++;
	c->worker[i] = worker;
}

static void each_piece_is_done_once(void **state)
{
	static const size_t jobs[] = { 1, 2, 3, JOBS_MAX + 1 };
	static const size_t sizes[] = { 0, 1, 2, 65, 1000 };

	(void)state;
	for (size_t j = 0; j < COUNT(jobs); j++)
		for (size_t s = 0; s < COUNT(sizes); s++) {
			struct counts c = { { 0 }, { 0 } };

			jobs_run(jobs[j], sizes[s], count, &c);
			for (size_t i = 0; i < COUNT(c.times); i++) {
				assert_int_equal(c.times[i], i < sizes[s]);
				assert_true(c.worker[i] < jobs[j] && c.worker[i] < JOBS_MAX);
			}
		}
	assert_true(jobs_available() >= 1 && jobs_available() <= JOBS_MAX);
}

/* ---- a repository that is worth several threads ---- */

#define ROOTS 320

/* One root in ten does not parse, one has its key in a module. */
static void add_root(struct fileset *files, size_t i, struct arena *a)
{
	str key = i % 10 == 7 ? S("resource \"aws_kms_key\" \"k\" {\n") :
		  i % 10 == 3 ? S("module \"m\" {\n  source = \"../../module\"\n}\n") :
				S("resource \"aws_kms_key\" \"k\" {}\n");
	str policy = str_fmt(a,
			     "resource \"aws_iam_role\" \"r\" {}\n"
			     "resource \"aws_iam_role_policy\" \"p%zu\" {\n"
			     "  role   = aws_iam_role.r.id\n"
			     "  policy = jsonencode({ Statement = [{ Effect = \"Allow\", "
			     "Action = \"kms:Decrypt\", Resource = aws_kms_key.k.arn }] })\n}\n",
			     i);

	fileset_add(files, a, str_fmt(a, "roots/%04zu/iam.tf", i), policy, 0100644);
	fileset_add(files, a, str_fmt(a, "roots/%04zu/kms.tf", i), key, 0100644);
}

/* What the model of the files holds, and what it says of them. */
static str described(const struct fileset *files, size_t jobs, struct arena *a)
{
	struct diags diags = { .arena = a };
	struct parsed parsed = { .jobs = jobs };
	struct config *config;
	struct buf out = { 0 };
	struct model *m;
	struct err e;
	str text;

	assert_true(config_parse(&config, S("{\"version\": 1}"), S("config"), a, &e));
	m = model_build(files, config, &diags, &parsed, a);
	for (size_t i = 0; i < m->keys.n; i++)
		buf_printf(&out, "%.*s %.*s\n", STR_ARG(m->keys.v[i]->unit->path),
			   STR_ARG(m->keys.v[i]->address));
	for (size_t i = 0; i < m->statements.n; i++)
		buf_printf(&out, "%.*s %.*s %zu %zu\n",
			   STR_ARG(m->statements.v[i]->document->file->path),
			   STR_ARG(m->statements.v[i]->document->address),
			   m->statements.v[i]->resources.n,
			   m->statements.v[i]->document->unit->issues.n);
	diags_sort(&diags);
	diags_render(&diags, SEVERITY_NOTE, &out);
	text = str_dup(a, buf_str(&out));
	buf_free(&out);
	return text;
}

static void a_model_does_not_depend_on_threads(void **state)
{
	static const size_t jobs[] = { 2, JOBS_MAX };
	struct arena *a = arena_create();
	struct fileset files = { 0 };
	str first;

	(void)state;
	fileset_add(&files, a, S("module/main.tf"), S("resource \"aws_kms_key\" \"m\" {}\n"),
		    0100644);
	for (size_t i = 0; i < ROOTS; i++)
		add_root(&files, i, a);
	fileset_sort(&files);
	first = described(&files, 0, a);
	assert_true(str_has(first, S("roots/0319 aws_kms_key.k")));
	assert_true(str_has(first, S("roots/0003 module.m.aws_kms_key.m")));
	assert_true(str_has(first, S("roots/0007/kms.tf:2:1: error: ")));
	for (size_t i = 0; i < COUNT(jobs); i++)
		assert_str_eq(described(&files, jobs[i], a), first);
	arena_destroy(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_piece_is_done_once),
		cmocka_unit_test(a_model_does_not_depend_on_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
