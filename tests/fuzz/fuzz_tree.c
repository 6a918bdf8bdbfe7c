/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as the files of a repository: a NUL ends each, and its first byte says which it is.
 * Whatever they are: planning ends, the edits apply, and the proof holds.
 */
#include "../pipeline_fix.h"
#include "fuzz.h"

#define MOST 8

static const char *const names[] = {
	"main.tf",          "iam.tf", "x.tf.json",    "modules/a/main.tf", "modules/a/outputs.tf",
	"main_override.tf", "t.yml",  "t.json",       "serverless.yml",    "policy.json",
	"b/main.tf",        "t.yaml", "variables.tf", "policy.json.tpl",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	struct fileset files = { 0 };
	struct pipeline_result result;
	str rest = { (const char *)data, size };
	bool seen[sizeof(names) / sizeof(*names)] = { false };

	for (size_t i = 0; i < MOST && rest.n; i++) {
		size_t end = str_find(rest, S("\0"), 0);
		size_t which = (unsigned char)rest.p[0] % (sizeof(names) / sizeof(*names));

		if (!seen[which])
			fileset_add(&files, a, str_from(names[which]), str_sub(rest, 1, end),
				    0100644);
		seen[which] = true;
		rest = end == SIZE_MAX ? S("") : str_sub(rest, end + 1, rest.n);
	}
	fileset_sort(&files);
	pipeline_fix(&result, &files, size & 1, size & 2, a);
	must(!result.failure.n);
	arena_destroy(a);
	return 0;
}
