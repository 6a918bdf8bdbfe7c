/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as files of facts, one after the other with a NUL between them: plain data whose
 * documents are JSON, or an error with a place.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"
#include "kmsfix/facts.h"
#include "kmsfix/syntax.h"

#define FILES 3
/* Names that a key policy can have its key from. */
static const char *const names[FILES] = {
	"mrk-0123456789abcdef0123456789abcdef",
	"us-east-1/mrk-0123456789abcdef0123456789abcdef",
	"00000000-1111-2222-3333-444444444444",
};

static char dir[64];

static void make_dir(void)
{
	char sub[128];

	if (dir[0])
		return;
	snprintf(dir, sizeof(dir), "/dev/shm/kmsfix-fuzz-%d", (int)getpid());
	snprintf(sub, sizeof(sub), "%s/us-east-1", dir);
	must(mkdir(dir, 0700) == 0 && mkdir(sub, 0700) == 0);
}

static void write_file(const char *name, str text)
{
	char path[256];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	out = fopen(path, "wb");
	must(out && fwrite(text.p, 1, text.n, out) == text.n && fclose(out) == 0);
}

static void must_be_json(str text, struct arena *a)
{
	struct file f = { .text = text };
	struct syntax_error e;
	struct tree *t;

	must(!text.n || json_parse(&t, &f, a, &e));
}

static void check(const struct facts *f, struct arena *a)
{
	for (size_t i = 0; i < f->principals.n; i++) {
		const struct facts_principal *p = f->principals.v[i];

		must(facts_principal(f, p->arn) == p);
		must_be_json(p->trust.text, a);
		for (size_t k = 0; k < p->inlines.n; k++)
			must_be_json(p->inlines.v[k].document.text, a);
	}
	for (size_t i = 0; i < f->policies.n; i++) {
		must(facts_policy(f, f->policies.v[i]->arn) == f->policies.v[i]);
		for (size_t k = 0; k < f->policies.v[i]->versions.n; k++)
			must_be_json(f->policies.v[i]->versions.v[k].document.text, a);
	}
	for (size_t i = 0; i < f->keys.n; i++) {
		const struct facts_key *k = f->keys.v[i];

		must(!k->arn.n || facts_key(f, k->arn) == k);
		must_be_json(k->policy.text, a);
	}
	for (size_t i = 0; i < f->aliases.n; i++)
		facts_alias_key(f, f->aliases.v[i].arn);
	for (size_t i = 0; i < f->resources.n; i++)
		facts_value(f->resources.v[i], S("arn"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	str rest = { (const char *)data, size };
	const char *paths[] = { dir };
	const struct facts *f;
	struct err e = { .code = ERR_NONE };

	make_dir();
	for (size_t i = 0; i < FILES; i++) {
		size_t end = i + 1 < FILES ? str_find(rest, S("\0"), 0) : SIZE_MAX;

		write_file(names[i], str_sub(rest, 0, end));
		rest = end == SIZE_MAX ? S("") : str_sub(rest, end + 1, rest.n);
	}
	if (facts_read(&f, paths, 1, a, &e))
		check(f, a);
	else
		must(e.code == ERR_IO && strncmp(e.msg, dir, strlen(dir)) == 0);
	arena_destroy(a);
	return 0;
}
