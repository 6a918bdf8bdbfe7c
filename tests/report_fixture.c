/* SPDX-License-Identifier: MIT */
#include "report_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kmsfix/vec.h"

int world_setup(void **state)
{
	struct arena *a = arena_create();
	struct world *w = ARENA_NEW(a, struct world);

	w->arena = a;
	w->iam = (struct file){ .path = S("iam.tf"),
				.text = S("first\n\xc3\xa4 second\r\nthird\n"),
				.mode = 0100644 };
	w->other = (struct file){ .path = S("b/x.tf"), .text = S("only line"), .mode = 0100644 };
	for (size_t i = 0; i < COUNT(w->statements); i++)
		w->statements[i].index = i;
	w->edits.arena = w->diags.arena = a;
	w->in = (struct report_input){
		.plan = &w->plan,
		.edits = &w->edits,
		.diags = &w->diags,
		.base = S("1111111111111111111111111111111111111111"),
		.files_read = 812,
		.version = S("0.1.0"),
	};
	*state = w;
	return 0;
}

int world_teardown(void **state)
{
	struct world *w = *state;

	buf_free(&w->out);
	arena_destroy(w->arena);
	return 0;
}

struct finding *world_add(struct world *w, enum outcome outcome, const struct file *f, size_t start,
			  const char *address)
{
	struct finding new = {
		.id = str_fmt(w->arena, "%016zx", w->plan.findings.n + 1),
		.outcome = outcome,
		.statement = &w->statements[w->plan.findings.n % COUNT(w->statements)],
		.file = f,
		.start = start,
		.end = start + 5,
		.unit = path_dir(f->path),
		.address = str_from(address),
		.targets = TARGET_DECRYPT,
		.reason = S("because"),
	};

	strs_add(w->arena, &new.actions, S("kms:Decrypt"));
	VEC_PUSH(w->arena, &w->plan.findings, new);
	return &w->plan.findings.v[w->plan.findings.n - 1];
}

void world_hold(struct world *w, struct finding *f, const char *code)
{
	struct issue issue = { .code = code, .reason = S("why") };

	VEC_PUSH(w->arena, &f->holds, issue);
}

struct report_branch *world_branch(struct world *w, str name, enum report_branch_state state)
{
	VEC_PUSH(w->arena, &w->in.branches,
		 ((struct report_branch){ .name = name, .commit = S("2222"), .state = state }));
	return &w->in.branches.v[w->in.branches.n - 1];
}

void world_fill(struct world *w)
{
	struct finding *f = world_add(w, OUTCOME_FIXED, &w->iam, 9, "aws_iam_policy.app");

	strs_add(w->arena, &f->principals, S("aws_iam_role.app"));
	strs_add(w->arena, &f->keys, S("aws_kms_key.data"));
	strs_add(w->arena, &f->keys, S("aws_kms_key.logs"));
	f->conditions = true;
	f->rests_on = RESTS_REPOSITORY | RESTS_LOCKOUT;
	f->reason = S("moved to the key policies");
	f->note = S("the grant may come after the removal");
	f = world_add(w, OUTCOME_HELD, &w->iam, 18, "aws_iam_policy.all");
	f->reason = S("the resource is \"*\"");
	world_hold(w, f, "RES-ALL");
	world_hold(w, f, "ATTACH-UNKNOWN");
	f = world_add(w, OUTCOME_REMOVED, &w->other, 5, "aws_iam_policy.alias");
	f->reason = S("an alias has no effect");
	f->rests_on = RESTS_CONFIG;
	f = world_add(w, OUTCOME_SUPPRESSED, &w->other, 0, "aws_iam_policy.ci");
	f->reason = S("accepted by the team");
	f->suppression = (struct suppression){ SUPPRESSED_SOURCE, &w->other, 3, S("2027-12-31") };
	edits_add(&w->edits, &w->other, 0, 4, S(""));
	edits_add(&w->edits, &w->iam, 9, 15, S("a \"b\"\n\tc"));
	w->in.files_changed = 2;
	w->in.files_edited = 1;
	w->in.proof = (struct proof_summary){ true, 12, 1, 144 };
}

/* What would be markup, a link, a script or a mention, if it were let. */
static const char *const hostile[] = {
	"<script>alert(1)</script>",
	"](javascript:alert(1)) [x",
	"![x](http://evil.example/x.png)",
	"`code` ``more`` <img src=x onerror=alert(1)>",
	"| cell | <b>bold</b> \\| x",
	"\n\n# heading\n\n- [x] done\n",
	"```\n```mermaid\nclick A \"javascript:alert(1)\"\n",
	"@octocat closes #1, www.evil.example https://evil.example a@evil.example",
	"<!-- --><details><summary>&lt;b&gt;",
	"\"]; click bp0 \"javascript:alert(1)\"; x[\"%%{init: {}}%%",
	"$\\href{javascript:alert(1)}{x}$ \\",
	"\xff\x1b]0;x\x07\xe2\x80\xae",
	"end",
	" ",
	"",
};

void world_fill_hostile(struct world *w)
{
	for (size_t i = 0; i < COUNT(hostile); i++) {
		str text = str_from(hostile[i]);
		enum outcome outcome = (enum outcome)(i % 4);
		struct file *file = ARENA_NEW(w->arena, struct file);
		struct finding *f;

		*file = (struct file){ .path = str_fmt(w->arena, "a%s", hostile[i]),
				       .text = S("x\n"),
				       .mode = 0100644 };
		f = world_add(w, outcome, file, 0, hostile[i]);
		f->unit = f->reason = f->note = text;
		strs_add(w->arena, &f->principals, text);
		strs_add(w->arena, &f->keys, text);
		strs_add(w->arena, &f->actions, text);
		if (outcome == OUTCOME_HELD)
			world_hold(w, f, "RES-ALL");
	}
	edits_add(&w->edits, &w->iam, 0, 1, S(""));
}

void assert_out(struct world *w, const char *want)
{
	buf_addc(&w->out, '\0');
	assert_string_equal(w->out.p, want);
	w->out.n = 0;
}

static bool is_there(struct world *w, const char *command)
{
	const char *must = getenv("KMSFIX_VALIDATE");
	bool there = !system(str_fmt(w->arena, "command -v %s >/dev/null", command).p);

	if (!there && must && !strcmp(must, "1"))
		fail_msg("%s is not there", command);
	if (!there)
		print_message("%s is not there\n", command);
	return there;
}

static str read_all(struct world *w, FILE *f)
{
	struct buf all = { 0 };
	char piece[4096];
	str copy;

	for (size_t n; (n = fread(piece, 1, sizeof(piece), f));)
		buf_add(&all, (str){ piece, n });
	copy = str_dup(w->arena, buf_str(&all));
	buf_free(&all);
	return copy;
}

str world_pipe(struct world *w, const char *command, const char *arguments)
{
	char name[] = "/tmp/kmsfix-test-XXXXXX";
	int fd;
	FILE *f;
	str all;

	if (!is_there(w, command))
		skip();
	fd = mkstemp(name);
	assert_true(fd >= 0 && write(fd, w->out.p, w->out.n) == (ssize_t)w->out.n);
	assert_int_equal(close(fd), 0);
	f = popen(str_fmt(w->arena, "%s %s %s", command, arguments, name).p, "r");
	assert_non_null(f);
	all = read_all(w, f);
	assert_int_equal(pclose(f), 0);
	assert_int_equal(remove(name), 0);
	return all;
}
