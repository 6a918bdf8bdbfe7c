/* SPDX-License-Identifier: MIT */
/* Any bytes as .kmsfix.json: a configuration that answers, or an error that names the file. */
#include <string.h>

#include "fuzz.h"
#include "kmsfix/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	str text = { (const char *)data, size };
	struct config *c = NULL;
	struct err e = { .code = ERR_NONE };
	const struct config_finding finding = { .path = S("a/b.tf"),
						.address = S("aws_iam_policy.a"),
						.code = S("RES-ALL") };

	if (config_parse(&c, text, S("c.json"), a, &e)) {
		config_excludes(c, S("a/b.tf"));
		config_account_of(c, S("a"));
		config_suppresses(c, &finding);
		config_names_key(&c->default_key_policy, S("a"), S("aws_kms_key.a"));
	} else {
		must(e.code != ERR_NONE && strstr(e.msg, "c.json") && !strchr(e.msg, '\n'));
	}
	config_path_matches(text, S("a/b/c.tf"));
	arena_destroy(a);
	return 0;
}
