/* SPDX-License-Identifier: MIT */
#include "options_check.h"

#include <stddef.h>
#include <string.h>

#include "kmsfix/ascii.h"
#include "kmsfix/jobs.h"
#include "kmsfix/round.h"

/* No two formats in one place. */
static bool check_outputs(struct options *out, struct err *e)
{
	out->output_count = out->format_count ? out->format_count : 1;
	if (out->file_count > out->output_count)
		return err_set(e, ERR_USAGE, "more '--output' than '--format': '%s' has none",
			       out->outputs[out->output_count].file);
	for (size_t i = 0; i < out->output_count; i++) {
		const char *file = out->outputs[i].file;

		for (size_t k = 0; k < i; k++) {
			const char *other = out->outputs[k].file;

			if (!file && !other)
				return err_set(e, ERR_USAGE,
					       "only one '--format' can go to standard output; "
					       "give each of the others an '--output' of its own");
			if (file && other && !strcmp(file, other))
				return err_set(e, ERR_USAGE, "two formats go to '%s'", file);
		}
	}
	return true;
}

static bool check_report(const struct options *out, struct err *e)
{
	bool text = !out->format_count || out->outputs[0].format == FORMAT_TEXT;

	if (!out->merge)
		return err_set(e, ERR_USAGE, "'report' needs '--merge' and the files to sum up");
	if (!out->operand_count)
		return err_set(e, ERR_USAGE, "'report --merge' needs at least one FILE");
	if (out->format_count > 1 || (!text && out->outputs[0].format != FORMAT_JSON))
		return err_set(e, ERR_USAGE, "'report' prints one format: text or json");
	return true;
}

/* What a command that has no repository cannot do. */
static bool check_account(const struct options *out, struct err *e)
{
	static const struct {
		const char *name;
		size_t at;
	} others[] = {
		{ "apply", offsetof(struct options, apply) },
		{ "write", offsetof(struct options, write) },
		{ "phased", offsetof(struct options, phased) },
		{ "check", offsetof(struct options, check) },
	};

	if (out->command != COMMAND_ACCOUNT)
		return !out->script || err_set(e, ERR_USAGE,
					       "'--script' belongs to 'account': kmsfix account "
					       "EXPORT --script DIR");
	if (!out->operand_count)
		return err_set(e, ERR_USAGE, "'account' needs the directory of an export");
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (*(const bool *)(const void *)((const char *)out + others[i].at))
			return err_set(e, ERR_USAGE,
				       "'--%s' is about a repository; 'account' has '--script'",
				       others[i].name);
	if (out->account_details.n || out->key_answers.n || out->plan.n)
		return err_set(e, ERR_USAGE,
			       "'account' takes the answers of AWS as its operands: kmsfix account "
			       "EXPORT...");
	if (out->branch || out->base)
		return err_set(e, ERR_USAGE,
			       "'--branch' and '--base' are about a repository; 'account' has "
			       "'--script'");
	return true;
}

static bool check_check(const struct options *out, struct err *e)
{
	bool text = !out->format_count || out->outputs[0].format == FORMAT_TEXT;

	if (out->apply || out->write || out->phased || out->update_baseline)
		return err_set(e, ERR_USAGE,
			       "'--check' only compares: it goes with neither "
			       "'--apply', '--write', '--phased' nor "
			       "'--update-baseline'");
	if (out->strict || out->accept || out->template_name)
		return err_set(e, ERR_USAGE,
			       "'--check' fixes nothing: it goes with neither '--strict', "
			       "'--accept' nor '--template'");
	if (out->format_count > 1 || (!text && out->outputs[0].format != FORMAT_JSON))
		return err_set(e, ERR_USAGE, "'--check' prints one format: text or json");
	return true;
}

/* What only a run that looks at one revision of a repository can do. */
static bool check_mailbox(const struct options *out, struct err *e)
{
	const char *name = out->requests ? "requests" : out->grants ? "grants" : NULL;

	return !name || (out->command == COMMAND_FIX && !out->check) ||
	       err_set(e, ERR_USAGE,
		       "'--%s' is about the fix of a repository: it goes with neither a command "
		       "nor '--check'",
		       name);
}

/* What only makes sense with logs. */
static bool check_evidence(const struct options *out, struct err *e)
{
	const unsigned by_use = ACCEPT_RES_ALL | ACCEPT_RES_WILD | ACCEPT_UNUSED;

	if (out->evidence.n)
		return true;
	if (out->save_evidence)
		return err_set(e, ERR_USAGE, "'--save-evidence' needs '--evidence=FILE'");
	return !(out->accept & by_use) || err_set(e, ERR_USAGE,
						  "'--accept' of RES-ALL, RES-WILD or UNUSED needs "
						  "'--evidence=FILE': it takes "
						  "what the logs show for all that is needed");
}

/* What only makes sense where a branch is made. */
static bool check_branch(const struct options *out, struct err *e)
{
	const char *name = out->branch   ? "branch" :
			   out->force    ? "force" :
			   out->group_by ? "group-by" :
			   out->push     ? "push" :
			   out->prune    ? "prune" :
			   out->sign     ? "sign" :
			   out->signoff  ? "signoff" :
			   out->message  ? "message" :
					   NULL;

	return out->apply || !name ||
	       err_set(e, ERR_USAGE, "'--%s' belongs to '--apply': it is about the branch", name);
}

/* What is done does not depend on it. */
static bool check_jobs(struct options *out, struct err *e)
{
	const char *p = out->jobs_given;

	out->jobs = p ? 0 : jobs_available();
	for (; p && ascii_is_digit(*p) && out->jobs <= JOBS_MAX; p++)
		out->jobs = out->jobs * 10 + (size_t)(*p - '0');
	return ((!p || !*p) && out->jobs >= 1 && out->jobs <= JOBS_MAX) ||
	       err_set(e, ERR_USAGE, "'--jobs' is a number from 1 to %d, not '%s'", JOBS_MAX,
		       out->jobs_given);
}

bool options_check(struct options *out, struct err *e)
{
	if (out->command == COMMAND_REPORT && !check_report(out, e))
		return false;
	if (!check_account(out, e))
		return false;
	if (out->command != COMMAND_REPORT && out->merge)
		return err_set(e, ERR_USAGE,
			       "'--merge' belongs to 'report': kmsfix report --merge FILE...");
	if (out->apply && out->write)
		return err_set(e, ERR_USAGE,
			       "'--apply' and '--write' exclude each other: one "
			       "commits, the other edits the work tree");
	if (out->check && !check_check(out, e))
		return false;
	if (out->update_baseline && !out->baseline)
		return err_set(e, ERR_USAGE, "'--update-baseline' needs '--baseline=FILE'");
	return check_jobs(out, e) && check_mailbox(out, e) && check_branch(out, e) &&
	       check_evidence(out, e) && check_outputs(out, e);
}
