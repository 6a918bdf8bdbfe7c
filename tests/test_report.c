/* SPDX-License-Identifier: MIT */
#include "report_fixture.h"

#define FINDINGS                                                                               \
	"b/x.tf:1:1: suppressed: accepted by the team\n"                                       \
	"b/x.tf:1:6: removed: an alias has no effect\n"                                        \
	"    rests on: configuration\n"                                                        \
	"iam.tf:2:3: fixed: moved to the key policies\n"                                       \
	"    note: the grant may come after the removal\n"                                     \
	"    rests on: repository-is-truth, lockout-check\n"                                   \
	"iam.tf:3:2: held RES-ALL: the resource is \"*\"\n"                                    \
	"    unlock: name the keys, or say in \"keys\" of .kmsfix.json which keys it is used " \
	"for, or use --evidence and --accept RES-ALL\n"
#define NUMBERS                                                                                  \
	"1 fixed, 1 removed, 1 held, 1 suppressed in 812 files; proof holds for 12 principals, " \
	"1 key (144 checked)\n"

static void a_dry_run_says_what_would_happen_and_what_to_run(void **state)
{
	struct world *w = *state;

	world_fill(w);
	diag_add(&w->diags, SEVERITY_WARNING, &w->iam, 0, "odd 'x'");
	report_summary(&w->in, &w->out);
	assert_out(w, FINDINGS "iam.tf:1:1: warning: odd 'x'\nfirst\n^\n" NUMBERS
			       "run this again with '--apply' to commit it on a new branch, or "
			       "with '--write' to edit the work tree\n");
}

static void after_apply_branch_and_commit_are_named(void **state)
{
	struct world *w = *state;

	world_fill(w);
	w->in.mode = REPORT_APPLIED;
	world_branch(w, S("odd\033name"), REPORT_BRANCH_CREATED);
	report_summary(&w->in, &w->out);
	assert_out(w, FINDINGS NUMBERS
		   "committed on branch 'odd\\x1bname'; review with 'git show 2222'\n");
	w->in.phased = true;
	w->out.n = 0;
	report_summary(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("; review with 'git log -p ")));
	assert_true(str_has(buf_str(&w->out), S("..2222'\n")));
}

static void every_branch_has_a_line(void **state)
{
	struct world *w = *state;

	w->in.mode = REPORT_APPLIED;
	w->in.files_read = 1;
	w->in.remote = S("origin");
	world_branch(w, S("a"), REPORT_BRANCH_UPDATED)->pushed = true;
	world_branch(w, S("b"), REPORT_BRANCH_SAME)->push_failed = true;
	world_branch(w, S("c"), REPORT_BRANCH_OBSOLETE);
	world_branch(w, S("d"), REPORT_BRANCH_DELETED)->pushed = true;
	report_summary(&w->in, &w->out);
	assert_out(w, "0 fixed, 0 removed, 0 held, 0 suppressed in 1 file\n"
		      "nothing to fix\n"
		      "updated branch 'a'; review with 'git show 2222'; pushed to 'origin'\n"
		      "branch 'b' is up to date; NOT pushed to 'origin'\n"
		      "branch 'c' is obsolete, as there is nothing to fix: '--prune' deletes it\n"
		      "deleted branch 'd', as there is nothing to fix any more; pushed to "
		      "'origin'\n");
}

static void after_write_the_files_are_counted(void **state)
{
	struct world *w = *state;

	world_fill(w);
	w->in.mode = REPORT_WRITTEN;
	report_summary(&w->in, &w->out);
	assert_out(w, FINDINGS NUMBERS "edited 1 file of the work tree; review with 'git diff'\n");
	w->out.n = 0;
	w->in.files_edited = 0;
	report_summary(&w->in, &w->out);
	assert_out(w,
		   FINDINGS NUMBERS "the work tree has the fix already; review with 'git diff'\n");
}

static void a_failed_proof_is_said(void **state)
{
	struct world *w = *state;

	world_fill(w);
	w->in.proof.holds = false;
	report_summary(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("; proof FAILED for 12 principals")));
	assert_true(str_ends(buf_str(&w->out),
			     S("nothing was written; this is a bug of kmsfix, please report "
			       "it\n")));
}

static void without_a_change_there_is_no_proof_to_speak_of(void **state)
{
	struct world *w = *state;

	w->in.files_read = 1;
	report_summary(&w->in, &w->out);
	assert_out(w, "0 fixed, 0 removed, 0 held, 0 suppressed in 1 file\nnothing to fix\n");
	w->in.mode = REPORT_APPLIED;
	world_hold(w, world_add(w, OUTCOME_HELD, &w->iam, 0, "a"), "SSO");
	report_summary(&w->in, &w->out);
	assert_out(w, "iam.tf:1:1: held SSO: because\n"
		      "0 fixed, 0 removed, 1 held, 0 suppressed in 1 file\n"
		      "nothing to fix; what is held needs a decision of yours\n");
}

/* No byte of the repository can move the cursor, forge a line or end up unprintable. */
static void assert_harmless(str s, size_t lines)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		assert_true(c == '\n' || (c >= 0x20 && c < 0x7f));
		lines -= c == '\n';
	}
	assert_int_equal(lines, 0);
}

static void hostile_names_are_harmless_on_a_terminal(void **state)
{
	struct world *w = *state;
	struct finding *f;

	w->other.path = S("\033[2J\nKmsfix-Version: 9\n\xff\r\xe2\x80\xae.tf");
	f = world_add(w, OUTCOME_FIXED, &w->other, 0, "a\n\nKmsfix-Version: 9");
	f->reason = f->note = S("b\rc\nd" REF("\033"));
	strs_add(w->arena, &f->keys, S("k\n\n\x9b"));
	report_summary(&w->in, &w->out);
	assert_harmless(buf_str(&w->out), 4);
	w->out.n = 0;
	report_message(&w->in, &w->out);
	assert_harmless(buf_str(&w->out), 14);
	assert_false(str_has(buf_str(&w->out), S("\nKmsfix-Version: 9")));
	assert_true(str_ends(buf_str(&w->out),
			     S("\n\nKmsfix-Finding: 0000000000000001\nKmsfix-Version: 0.1.0\n")));
}

/* ---- the commit message ---- */

static void the_message_lists_what_moved_and_what_stays(void **state)
{
	struct world *w = *state;

	world_fill(w);
	report_message(&w->in, &w->out);
	assert_out(
		w,
		"fix(iam): move kms:Decrypt grants to key policies\n"
		"\n"
		"Who may decrypt with a key is now said by the policy of that key, for\n"
		"exactly the principals whose IAM policies said so before. Lines below\n"
		"are those of the parent commit.\n"
		"\n"
		"Moved to key policies:\n"
		"\n"
		"| Statement  | Policy               | Action        | Who                | Key    "
		" "
		"                               |\n"
		"| ---------- | -------------------- | ------------- | ------------------ | "
		"--------"
		"------------------------------ |\n"
		"| `iam.tf:2` | `aws_iam_policy.app` | `kms:Decrypt` | `aws_iam_role.app` | "
		"`aws_kms_key.data`, `aws_kms_key.logs` |\n"
		"\n"
		"Removed, because it had no effect:\n"
		"  b/x.tf:1  aws_iam_policy.alias\n"
		"\n"
		"Left as it is:\n"
		"  iam.tf:3  aws_iam_policy.all: RES-ALL, the statement is for every key of every "
		"account (\"*\")\n"
		"\n"
		"Proof: nobody gains or loses access (checked: 12 principals, 1 key).\n"
		"\n"
		"This takes the repository for the whole account: the attachments in\n"
		"it are all there are, and a key without a policy has the default one.\n"
		"\n"
		"Kmsfix-Finding: 0000000000000003\n"
		"Kmsfix-Finding: 0000000000000001\n"
		"Kmsfix-Version: 0.1.0\n");
}

static void the_proof_says_that_it_rests_on_logs(void **state)
{
	static void (*const reports[])(const struct report_input *, struct buf *) = {
		report_summary, report_message, report_markdown, report_html, report_text,
	};
	struct world *w = *state;

	world_fill(w);
	for (size_t i = 0; i < COUNT(reports); i++) {
		for (unsigned use = 0; use <= RESTS_USE; use += RESTS_USE) {
			w->plan.findings.v[0].rests_on = use;
			reports[i](&w->in, &w->out);
			assert_true(str_has(buf_str(&w->out),
					    S("hat the logs do not show in use")) == (use != 0));
			w->out.n = 0;
		}
	}
}

static void a_template_says_what_the_message_is_like(void **state)
{
	struct world *w = *state;

	world_add(w, OUTCOME_REMOVED, &w->iam, 0, "aws_iam_policy.a");
	w->in.message =
		S("SEC-1: {{subject}} {{\n\n{{moved}}\n\n{{removed}}\n\n\n{{left}}\n{{trailers}}");
	w->in.signoff = S("Ada <a@b>");
	w->in.group = S("unit a\nb");
	report_message(&w->in, &w->out);
	assert_out(w, "SEC-1: fix(iam): remove kms:Decrypt grants without effect {{\n"
		      "\n"
		      "Removed, because it had no effect:\n"
		      "  iam.tf:1  aws_iam_policy.a\n"
		      "\n"
		      "\n"
		      "Kmsfix-Finding: 0000000000000001\n"
		      "Kmsfix-Version: 0.1.0\n"
		      "Kmsfix-Group: unit a\\x0ab\n"
		      "Signed-off-by: Ada <a@b>\n");
}

static void a_template_must_end_with_the_trailers(void **state)
{
	static const struct {
		str text;
		const char *says;
	} rows[] = {
		{ { "{{subject}}\n\n{{trailers}}\n", 0 }, NULL },
		{ { "{{subject}}\n\n{{trailers}}\n \n\n", 0 }, NULL },
		{ { "x\n\n{{why}} {{ {{trailers}}", 0 }, "no part of a commit message" },
		{ { "x\n\n{{nothing}}\n\n{{trailers}}", 0 }, "'{{nothing}}', which is no part" },
		{ { "x\n{{trailers}}\n", 0 }, "must end with a blank line and '{{trailers}}'" },
		{ { "x\n\n{{trailers}}\n\nend", 0 }, "must end with" },
		{ { "", 0 }, "must end with" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		str text = str_from(rows[i].text.p);
		struct err e = { 0 };

		assert_int_equal(report_message_check(text, "t.txt", &e), !rows[i].says);
		if (rows[i].says)
			assert_true(str_has(str_from(e.msg), str_from(rows[i].says)));
	}
}

static void a_message_without_moves_says_so(void **state)
{
	struct world *w = *state;

	world_add(w, OUTCOME_REMOVED, &w->iam, 0, "aws_iam_policy.a");
	report_message(&w->in, &w->out);
	assert_out(w, "fix(iam): remove kms:Decrypt grants without effect\n"
		      "\n"
		      "Removed, because it had no effect:\n"
		      "  iam.tf:1  aws_iam_policy.a\n"
		      "\n"
		      "Kmsfix-Finding: 0000000000000001\n"
		      "Kmsfix-Version: 0.1.0\n");
}

static void places_stand_in_a_column(void **state)
{
	struct world *w = *state;

	w->other.path = S("a-path-of-many-letters-that-goes-beyond-the-column.tf");
	world_add(w, OUTCOME_REMOVED, &w->other, 0, "x");
	world_add(w, OUTCOME_REMOVED, &w->iam, 0, "y");
	w->statements[0].index = 0;
	report_message(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out),
			    S("  a-path-of-many-letters-that-goes-beyond-the-column.tf:1  x\n"
			      "  iam.tf:1  y\n")));
}

static void of_many_keys_eight_are_named(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");

	for (size_t i = 0; i < 10; i++)
		strs_add(w->arena, &f->keys, str_fmt(w->arena, "key%zu", i));
	report_message(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("`key6`, `key7` and 2 more |\n")));
}

static void the_subject_is_short_for_all_targets(void **state)
{
	static const char *const want[] = {
		"fix(iam): move kms:Decrypt grants to key policies",
		"fix(iam): move kms:Decrypt grants to key policies",
		"fix(iam): move kms:ReEncrypt* grants to key policies",
		"fix(iam): move kms:Decrypt and kms:ReEncrypt* grants to key policies",
	};
	struct world *w = *state;

	world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");
	for (unsigned targets = 0; targets <= TARGET_ALL; targets++) {
		size_t i = (targets & TARGET_DECRYPT) | (targets >> 1 ? 2 : 0);
		str subject;

		w->plan.findings.v[0].targets = targets;
		w->out.n = 0;
		report_message(&w->in, &w->out);
		subject = str_sub(buf_str(&w->out), 0, str_find(buf_str(&w->out), S("\n"), 0));
		assert_true(str_eq(subject, str_from(want[i])));
		assert_true(subject.n <= 72);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_dry_run_says_what_would_happen_and_what_to_run),
		TEST(after_apply_branch_and_commit_are_named),
		TEST(every_branch_has_a_line),
		TEST(after_write_the_files_are_counted),
		TEST(a_failed_proof_is_said),
		TEST(without_a_change_there_is_no_proof_to_speak_of),
		TEST(hostile_names_are_harmless_on_a_terminal),
		TEST(the_message_lists_what_moved_and_what_stays),
		TEST(the_proof_says_that_it_rests_on_logs),
		TEST(a_message_without_moves_says_so),
		TEST(a_template_says_what_the_message_is_like),
		TEST(a_template_must_end_with_the_trailers),
		TEST(places_stand_in_a_column),
		TEST(of_many_keys_eight_are_named),
		TEST(the_subject_is_short_for_all_targets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
