/* SPDX-License-Identifier: MIT */
/* Which edits are one fix, as SARIF shows it: "0:1" means that the first result has one edit. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "kmsfix/vec.h"
#include "report_fixture.h"

struct row {
	const char *name;
	/* Owners (a letter for each finding) and place of each change. */
	struct {
		const char *owners;
		unsigned start, end;
	} changes[3];
	struct {
		size_t start, end;
		const char *text;
	} edits[3];
	const char *want;
};

static const struct row rows[] = {
	{ "no edit, no fix", { { "a", 2, 5 } }, { { 0 } }, "" },
	{ "one finding, one fix", { { "a", 2, 5 } }, { { 2, 5, "x" } }, "0:1 " },
	{ "two that share nothing have a fix each",
	  { { "a", 2, 5 }, { "b", 9, 12 } },
	  { { 2, 5, "x" }, { 9, 12, "x" } },
	  "0:1 1:1 " },
	{ "one change for two findings unites them",
	  { { "a", 2, 5 }, { "b", 9, 12 }, { "ab", 20, 22 } },
	  { { 2, 5, "x" }, { 9, 12, "x" }, { 22, 22, "y" } },
	  "0:3 " },
	{ "one edit for two changes unites them",
	  { { "a", 2, 5 }, { "b", 9, 12 } },
	  { { 4, 10, "x" } },
	  "0:1 " },
	{ "changes that meet in one place are one",
	  { { "a", 2, 9 }, { "b", 5, 12 } },
	  { { 2, 3, "x" }, { 11, 12, "x" } },
	  "0:2 " },
	{ "the edit of a later finding only", { { "b", 9, 12 } }, { { 9, 12, "x" } }, "1:1 " },
	{ "blanks beside a change go with it",
	  { { "a", 2, 5 }, { "b", 33, 35 } },
	  { { 2, 5, "x" }, { 30, 31, "" }, { 33, 35, "x" } },
	  "0:1 1:2 " },
	{ "an edit far from every change: nothing is sure",
	  { { "a", 2, 5 }, { "b", 30, 32 } },
	  { { 2, 5, "x" }, { 20, 20, "y" }, { 30, 32, "x" } },
	  "0:3 " },
	{ "a change of nobody: nothing is sure",
	  { { "a", 2, 5 }, { "b", 9, 12 }, { "", 20, 22 } },
	  { { 2, 5, "x" }, { 9, 12, "x" }, { 20, 22, "x" } },
	  "0:3 " },
	{ "edits without any change", { { 0 } }, { { 2, 5, "x" } }, "0:1 " },
};

static void add_change(struct world *w, const char *owners, unsigned start, unsigned end)
{
	struct tree *tree = ARENA_NEW(w->arena, struct tree);
	struct node *node = ARENA_NEW(w->arena, struct node);
	const struct node **nodes = arena_array(w->arena, 1, sizeof(*nodes));
	struct change c = { .kind = CHANGE_DROP_ELEMENTS, .nodes = nodes, .n = 1 };

	tree->file = &w->iam;
	*node = (struct node){ .tree = tree, .start = start, .end = end };
	nodes[0] = node;
	for (; *owners; owners++)
		strs_add(w->arena, &c.owners, w->plan.findings.v[*owners - 'a'].id);
	VEC_PUSH(w->arena, &w->plan.changes, c);
}

static void fill(struct world *w, const struct row *row)
{
	w->iam.text = S("0123456789 123456789 123456789 123456789");
	w->plan.findings.n = w->plan.changes.n = w->edits.n = 0;
	world_add(w, OUTCOME_FIXED, &w->iam, 2, "a");
	world_add(w, OUTCOME_REMOVED, &w->iam, 9, "b");
	world_add(w, OUTCOME_HELD, &w->iam, 20, "c");
	for (size_t i = 0; i < COUNT(row->changes) && row->changes[i].owners; i++)
		add_change(w, row->changes[i].owners, row->changes[i].start, row->changes[i].end);
	for (size_t i = 0; i < COUNT(row->edits) && row->edits[i].text; i++)
		edits_add(&w->edits, &w->iam, row->edits[i].start, row->edits[i].end,
			  str_from(row->edits[i].text));
}

/* Which result has a fix of how many edits. */
static str fixes(struct world *w)
{
	cJSON *log = cJSON_ParseWithLength(w->out.p, w->out.n);
	const cJSON *run = cJSON_GetObjectItem(log, "runs")->child, *result;
	str all = S("");
	size_t i = 0;

	cJSON_ArrayForEach(result, cJSON_GetObjectItem(run, "results"))
	{
		const cJSON *list = cJSON_GetObjectItem(result, "fixes");
		const cJSON *change =
			list ? cJSON_GetObjectItem(list->child, "artifactChanges")->child : NULL;

		if (list)
			all = str_fmt(
				w->arena, "%.*s%zu:%d ", STR_ARG(all), i,
				cJSON_GetArraySize(cJSON_GetObjectItem(change, "replacements")));
		i++;
	}
	cJSON_Delete(log);
	return all;
}

static void edits_that_need_each_other_are_one_fix(void **state)
{
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		str got;

		fill(w, &rows[i]);
		w->out.n = 0;
		report_sarif(&w->in, &w->out);
		got = fixes(w);
		if (!str_eq(got, str_from(rows[i].want)))
			fail_msg("%s: %.*s", rows[i].name, STR_ARG(got));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(edits_that_need_each_other_are_one_fix, world_setup,
						world_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
