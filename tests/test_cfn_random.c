/* SPDX-License-Identifier: MIT */
/*
 * The templates of the golden cases with lines and words moved about: whatever comes of it,
 * planning ends, the edits apply, and the proof holds. KMSFIX_ROUNDS is how many, 3000 without it.
 */
#include <stdlib.h>
#include <string.h>

#include "pipeline.h"
#include "support.h"

#define MAX_FILES 5

/* The files of one repository. */
static const char *const seeds[][MAX_FILES] = {
	{ "policy/in/template.yaml" },
	{ "sam/in/t.yml" },
	{ "managed-policy/in/t.yml" },
	{ "managed-policy-arns/in/t.yml" },
	{ "references/in/t.yml" },
	{ "inline-one-of-two/in/t.yml" },
	{ "conditions/in/element.yml" },
	{ "conditions/in/same.yml" },
	{ "serverless/in/serverless.yml" },
	{ "style/in/t.yml" },
	{ "json/in/t.template" },
	{ "policies-of-one/in/t.yml" },
	{ "anchors/in/t.yml" },
	{ "unset-policy/in/t.yml" },
	{ "json-text/in/t.yml" },
	{ "find-in-map/in/t.yml" },
	{ "long-forms/in/t.yml" },
	{ "comments/in/t.yml" },
	{ "serverless-self/in/a/serverless.yml" },
	{ "serverless-files/in/api/serverless.yml", "serverless-files/in/api/iam.yml",
	  "serverless-files/in/api/functions.yml", "serverless-files/in/api/resources/keys.yml" },
	{ "nested-carry-across/in/infra/main.yml", "nested-carry-across/in/infra/stacks/keys.yml",
	  "nested-carry-across/in/infra/stacks/roles.yml" },
	{ "nested-carry-json/in/parent.json", "nested-carry-json/in/keys.json",
	  "nested-carry-json/in/roles.json" },
	{ "export-phased/in/app.yml", "export-phased/in/keys.yml" },
	{ "conditional-role/in/t.yml" },
	{ "conditional-role-json/in/t.json" },
	{ "cycle-accept-sam-templates/in/t.yml" },
};

static const char *const words[] = {
	"kms:Decrypt",
	"kms:*",
	"kms:ReEncrypt*",
	"\"*\"",
	"!GetAtt DataKey.Arn",
	"!Ref AppRole",
	"!Ref DataKey",
	"AppRole",
	"DataKey",
	"IsProd",
	"!If [IsProd, a, !Ref AWS::NoValue]",
	"&a",
	"*a",
	"[]",
	"{}",
	"${DataKey.Arn}",
	"- ",
	"Condition: IsProd",
	"{{x}}",
	"${self:custom.key}",
	"!Ref AppRoleArn",
	"!GetAtt Keys.Outputs.KeyArn",
	"Outputs:",
	"Parameters:",
};

struct mutant {
	struct arena *arena;
	uint64_t state;
	str text;
};

static size_t pick(struct mutant *m, size_t n)
{
	m->state = m->state * 6364136223846793005u + 1442695040888963407u;
	return n ? (size_t)(m->state >> 33) % n : 0;
}

static void replace(struct mutant *m, size_t start, size_t end, str by)
{
	m->text = str_fmt(m->arena, "%.*s%.*s%.*s", (int)start, m->text.p, STR_ARG(by),
			  (int)(m->text.n - end), m->text.p + end);
}

/* Some line, with its ending. */
static str line_at(struct mutant *m, size_t *start)
{
	size_t at = pick(m, m->text.n), end;
	while (at > 0 && m->text.p[at - 1] != '\n')
		at--;
	end = str_find(m->text, S("\n"), at);
	*start = at;
	return str_sub(m->text, at, end == SIZE_MAX ? m->text.n : end + 1);
}

/* Some run of anything but blanks. */
static str word_at(struct mutant *m, size_t *start)
{
	size_t at = pick(m, m->text.n), end = at;
	while (at > 0 && !strchr(" \n", m->text.p[at - 1]))
		at--;
	while (end < m->text.n && !strchr(" \n", m->text.p[end]))
		end++;
	*start = at;
	return str_sub(m->text, at, end);
}

static void mutate(struct mutant *m)
{
	size_t at, other;
	str line, word;
	switch (pick(m, 6)) {
	case 0:
		word = word_at(m, &at);
		replace(m, at, at + word.n, str_from(words[pick(m, COUNT(words))]));
		break;
	case 1:
		line = line_at(m, &at);
		replace(m, at, at + line.n, S(""));
		break;
	case 2:
		line = line_at(m, &at);
		line_at(m, &other);
		replace(m, other, other, line);
		break;
	case 3:
		line_at(m, &at);
		replace(m, at, at + (pick(m, 2) ? 2 : 0), pick(m, 2) ? S("  ") : S(""));
		break;
	case 4:
		word = word_at(m, &at);
		word = str_dup(m->arena, word);
		word_at(m, &other);
		replace(m, other, other, word);
		break;
	default:
		at = pick(m, m->text.n);
		replace(m, at, at + 1, S(""));
		break;
	}
}

/* One of the files, mutated, with the others as they are. */
static void fix_mutant(struct mutant *m, const char *const *seed)
{
	struct fileset files = { 0 };
	size_t n = 0;
	while (n < MAX_FILES && seed[n])
		n++;
	for (size_t i = 0, which = pick(m, n); i < n; i++) {
		str path = str_fmt(m->arena, "testdata/golden/cloudformation/%s", seed[i]);
		m->text = test_read(m->arena, path.p);
		for (size_t k = 0, all = 1 + pick(m, 5); i == which && k < all && m->text.n; k++)
			mutate(m);
		fileset_add(&files, m->arena, path, m->text, 0100644);
	}
	fileset_sort(&files);
	str failure = pipeline_run(&files, pick(m, 2), m->arena);
	for (size_t i = 0; failure.n && i < files.n; i++)
		print_message("%.*s:\n%.*s\n", STR_ARG(files.files[i].path),
			      STR_ARG(files.files[i].text));
	if (failure.n)
		test_fail("%.*s", STR_ARG(failure));
}

static void proof_holds_for_mutants(void **state)
{
	const char *rounds = getenv("KMSFIX_ROUNDS");
	unsigned long n = rounds ? strtoul(rounds, NULL, 10) : 3000;
	(void)state;
	for (unsigned long i = 0; i < n; i++) {
		struct mutant m = { .arena = arena_create(), .state = i };
		fix_mutant(&m, seeds[pick(&m, COUNT(seeds))]);
		arena_destroy(m.arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(proof_holds_for_mutants),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
