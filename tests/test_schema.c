/* SPDX-License-Identifier: MIT */
/* What the program prints for other programs is what its schema says. */
#include <cjson/cJSON.h>
#include <string.h>

#include "program.h"

#define SCHEMA "templates/kmsfix.schema.json"

/* Together they have every outcome, every member that may be null, and broken input. */
static const char *const cases[] = {
	"testdata/demo",
	"testdata/golden/bad-input/broken-file/in",
	"testdata/golden/config/suppressed/in",
	"testdata/golden/kinds/boundary/in",
	"testdata/golden/split/two-keys/in",
	"testdata/golden/actions/reencrypt-typo-is-no-finding/in",
};

struct run {
	struct arena *arena;
	const char *dir; /* for files */
};

/* Prints one case as JSON into a file. */
static const char *print_json(struct run *r, size_t i, const char *mode)
{
	const char *file = str_fmt(r->arena, "%s/%zu%s", r->dir, i, mode ? mode : "").p;
	const char *repo = program_repo(r->arena, cases[i]);
	const char *args[] = { "-q", "--format", "json", "--output", file, repo, mode, NULL };
	struct outcome o = program_run(r->arena, args);

	if (o.status == 1)
		test_fail("%s: %.*s", cases[i], STR_ARG(o.err));
	test_rmdir(r->arena, repo);
	return file;
}

static void json_is_as_its_schema_says(void **state)
{
	struct run *r = *state;
	const char *files[COUNT(cases) + 1];

	for (size_t i = 0; i < COUNT(cases); i++)
		files[i] = print_json(r, i, NULL);
	files[COUNT(cases)] = print_json(r, 0, "--apply");
	program_validate(r->arena, SCHEMA, files, COUNT(files));
}

static void the_validator_refuses_what_is_not_in_the_schema(void **state)
{
	struct run *r = *state;
	const char *file = print_json(r, 0, NULL), *bad = str_fmt(r->arena, "%s/bad", r->dir).p;
	cJSON *root = cJSON_Parse(test_read(r->arena, file).p);
	cJSON *finding = cJSON_GetObjectItem(root, "findings")->child;
	struct outcome o;
	char *text;

	cJSON_AddStringToObject(finding, "unheard", "of");
	text = cJSON_Print(root);
	test_write(bad, str_from(text));
	cJSON_free(text);
	cJSON_Delete(root);
	program_validate(r->arena, SCHEMA, &file, 1);
	o = test_run(r->arena, (const char *[]){ "/usr/bin/python3", "-m", "jsonschema", "-i", bad,
						 SCHEMA, NULL });
	assert_int_equal(o.status, 1);
	assert_true(str_has(o.err, S("unheard")) || str_has(o.out, S("unheard")));
}

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct run *r = ARENA_NEW(a, struct run);

	*r = (struct run){ a, test_mkdir(a) };
	*state = r;
	return 0;
}

static int teardown(void **state)
{
	struct run *r = *state;

	test_rmdir(r->arena, r->dir);
	arena_destroy(r->arena);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(json_is_as_its_schema_says),
		TEST(the_validator_refuses_what_is_not_in_the_schema),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
