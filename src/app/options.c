/* SPDX-License-Identifier: MIT */
/* One row per option. */
#include "kmsfix/options.h"
#include "kmsfix/suggest.h"
#include "options_check.h"

#include <stddef.h>
#include <string.h>

#define FLAG(name, letter, help, field)                                                      \
	{                                                                                    \
		name, letter, OPTION_FLAG, NULL, help, NULL, offsetof(struct options, field) \
	}
#define VALUE(name, value, help, field)                                                      \
	{                                                                                    \
		name, '\0', OPTION_VALUE, value, help, NULL, offsetof(struct options, field) \
	}
#define LIST(name, value, help, field)                                                      \
	{                                                                                   \
		name, '\0', OPTION_LIST, value, help, NULL, offsetof(struct options, field) \
	}
#define CHOICE(name, value, choices, help, field)                                                \
	{                                                                                        \
		name, '\0', OPTION_CHOICE, value, help, choices, offsetof(struct options, field) \
	}

/* In the order of enum accept. */
#define ACCEPTED "CYCLE|RES-ALL|RES-WILD|UNUSED"
#define ACCEPTED_TEXT "CYCLE, RES-ALL, ..."
#define FORMATS "diff|text|json|sarif|markdown|html"
#define FORMATS_TEXT "diff, text, json, sarif, markdown, html"

const struct option_row option_rows[] = {
	FLAG("apply", '\0', "commit the fix on a branch; change nothing else", apply),
	FLAG("write", '\0', "edit the work tree in place", write),
	FLAG("check", '\0', "compare HEAD with --base: fail on what undoes a fix", check),
	VALUE("branch", "NAME", "branch of --apply (" BRANCH_DEFAULT ")", branch),
	FLAG("force", '\0', "replace what others committed on the branch, too", force),
	CHOICE("group-by", "WHAT", "all|unit|key|file",
	       "branches: one for all, or by unit, key or file", group_by),
	VALUE("push", "REMOTE", "push the branch with git, under a lease", push),
	FLAG("prune", '\0', "delete the branch when nothing is left to fix", prune),
	FLAG("sign", '\0', "sign the commits as git does", sign),
	FLAG("signoff", '\0', "add Signed-off-by to the commits", signoff),
	VALUE("message", "FILE", "template of the commit message", message),
	VALUE("base", "REV", "revision to read and to build on (HEAD)", base),
	FLAG("phased", '\0', "two commits: grants first, then removals", phased),
	FLAG("strict", '\0', "do not take the repository for the whole account", strict),
	{ "accept", '\0', OPTION_SET, "CODE,...", "fix what would be held for it: " ACCEPTED_TEXT,
	  ACCEPTED, offsetof(struct options, accept) },
	CHOICE("match", "WHICH", "any|all-keys",
	       "any statement, or only those for all keys (KMS.1/2)", match),
	CHOICE("wildcard-keys", "WHAT", "hold|repo",
	       "hold wildcards, or take them for the keys here", wildcard_keys),
	VALUE("config", "FILE", "configuration, instead of .kmsfix.json", config),
	LIST("account-details", "FILE", "IAM of an account: get-account-authorization-details",
	     account_details),
	LIST("key-answers", "DIR", "answers of aws kms get-key-policy, list-aliases, ...",
	     key_answers),
	LIST("plan", "FILE", "terraform show -json of a plan or state", plan),
	LIST("evidence", "FILE|DIR", "logs of CloudTrail: which keys are in use", evidence),
	VALUE("save-evidence", "FILE", "keep what the logs say, to be read instead of them",
	      save_evidence),
	VALUE("requests", "DIR", "ask there for grants in keys of other repositories", requests),
	VALUE("grants", "DIR", "grant what is asked for there, and write receipts", grants),
	VALUE("baseline", "FILE", "accept the held findings listed there", baseline),
	FLAG("update-baseline", '\0', "write all that is held to it first", update_baseline),
	VALUE("template", "NAME|FILE", "shape of the key-policy statement (exact)", template_name),
	{ "format", '\0', OPTION_FORMAT, "FORMAT", "what to print: " FORMATS_TEXT, FORMATS, 0 },
	{ "output", '\0', OPTION_FILE, "FILE", "where to print the n-th --format to", NULL, 0 },
	CHOICE("color", "WHEN", "auto|always|never", "colours in text: auto, always or never",
	       color),
	VALUE("jobs", "N", "threads that read the repository (one a processor)", jobs_given),
	FLAG("quiet", 'q', "no summary on standard error", quiet),
	VALUE("script", "DIR", "account: write the AWS calls and documents to DIR", script),
	FLAG("merge", '\0', "report: sum up the JSON results in FILE...", merge),
	{ "completion", '\0', OPTION_VALUE, "SHELL", "print completions for bash, zsh or fish",
	  "bash|zsh|fish", offsetof(struct options, shell) },
	FLAG("help", 'h', "print this and exit", help),
	FLAG("version", '\0', "print the version and exit", version),
};

const size_t option_row_count = sizeof(option_rows) / sizeof(*option_rows);

/* The option that somebody who wrote `name` may have meant, or NULL. */
static const struct option_row *nearest_option(str name)
{
	struct nearest near = { .word = name, .distance = SUGGEST_NONE };
	const struct option_row *best = NULL;

	for (size_t i = 0; i < option_row_count; i++)
		if (nearest_try(&near, str_from(option_rows[i].name)))
			best = &option_rows[i];
	return best;
}

static const struct option_row *find_option(str name)
{
	for (size_t i = 0; i < option_row_count; i++) {
		if (str_eq(str_from(option_rows[i].name), name))
			return &option_rows[i];
	}
	return NULL;
}

static const struct option_row *find_letter(char letter)
{
	for (size_t i = 0; i < option_row_count; i++) {
		if (letter && option_rows[i].letter == letter)
			return &option_rows[i];
	}
	return NULL;
}

/* The rest of the arguments. */
struct args {
	char **v;
	size_t n, at;
};

/* The value of `row`: `inlined` (after "="), or the next argument. */
static bool take_value(const struct option_row *row, const char *inlined, struct args *args,
		       const char **out, struct err *e)
{
	const char *value = inlined;

	if (!value && args->at < args->n) {
		value = args->v[args->at++];
		if (value[0] == '-' && value[1])
			return err_set(e, ERR_USAGE,
				       "option '--%s' needs a value before '%s'; one that starts "
				       "with '-' is written as '--%s=%s'",
				       row->name, value, row->name, value);
	}
	if (!value || !*value)
		return err_set(e, ERR_USAGE, "option '--%s' needs a value: --%s=%s", row->name,
			       row->name, row->value);
	*out = value;
	return true;
}

str option_choice(const char *choices, size_t i)
{
	str rest = str_from(choices);

	for (;; i--) {
		size_t end = str_find(rest, S("|"), 0);

		if (!i || end == SIZE_MAX)
			return i ? (str){ 0 } : str_sub(rest, 0, end);
		rest = str_sub(rest, end + 1, rest.n);
	}
}

/* "auto, always or never" */
static void add_choices(struct buf *out, const char *choices)
{
	for (size_t i = 0; option_choice(choices, i).n; i++) {
		const char *comma = option_choice(choices, i + 1).n ? ", " : " or ";

		buf_printf(out, "%s%.*s", i ? comma : "", STR_ARG(option_choice(choices, i)));
	}
}

/* Says what the value may be. */
static bool refuse_choice(const struct option_row *row, str value, struct err *e)
{
	struct nearest near = { .word = value, .distance = SUGGEST_NONE };
	struct buf all = { 0 };

	for (size_t i = 0; option_choice(row->choices, i).n; i++)
		nearest_try(&near, option_choice(row->choices, i));
	add_choices(&all, row->choices);
	if (near.best.n)
		err_set(e, ERR_USAGE, "option '--%s' cannot be '%.*s'; did you mean '%.*s'?",
			row->name, STR_ARG(value), STR_ARG(near.best));
	else
		err_set(e, ERR_USAGE, "option '--%s' cannot be '%.*s'; use %.*s", row->name,
			STR_ARG(value), STR_ARG(buf_str(&all)));
	buf_free(&all);
	return false;
}

static bool find_choice(const struct option_row *row, str value, unsigned *out, struct err *e)
{
	for (unsigned i = 0; option_choice(row->choices, i).n; i++) {
		if (str_eq(option_choice(row->choices, i), value)) {
			*out = i;
			return true;
		}
	}
	return refuse_choice(row, value, e);
}

static bool take_choice(const struct option_row *row, const char *inlined, struct args *args,
			unsigned *out, struct err *e)
{
	const char *value;

	return take_value(row, inlined, args, &value, e) &&
	       find_choice(row, str_from(value), out, e);
}

/* Words with commas between. */
static bool take_set(const struct option_row *row, const char *inlined, struct args *args,
		     unsigned *out, struct err *e)
{
	const char *value;

	if (!take_value(row, inlined, args, &value, e))
		return false;
	for (str rest = str_from(value); rest.p;) {
		size_t comma = str_find(rest, S(","), 0);
		unsigned word;

		if (!find_choice(row, str_sub(rest, 0, comma), &word, e))
			return false;
		*out |= 1u << word;
		rest = comma == SIZE_MAX ? (str){ 0 } : str_sub(rest, comma + 1, rest.n);
	}
	return true;
}

static bool add_format(struct options *out, const struct option_row *row, const char *inlined,
		       struct args *args, struct err *e)
{
	unsigned format;

	if (out->format_count == OUTPUTS_MAX)
		return err_set(e, ERR_USAGE, "more than %d times '--%s'", OUTPUTS_MAX, row->name);
	if (!take_choice(row, inlined, args, &format, e))
		return false;
	out->outputs[out->format_count++].format = (enum format)format;
	return true;
}

static bool add_file(struct options *out, const struct option_row *row, const char *inlined,
		     struct args *args, struct err *e)
{
	const char *file;

	if (out->file_count == OUTPUTS_MAX)
		return err_set(e, ERR_USAGE, "more than %d times '--%s'", OUTPUTS_MAX, row->name);
	if (!take_value(row, inlined, args, &file, e))
		return false;
	out->outputs[out->file_count++].file = strcmp(file, "-") ? file : NULL;
	return true;
}

static bool add_value(struct option_list *list, const struct option_row *row, const char *inlined,
		      struct args *args, struct err *e)
{
	if (list->n == OPTION_TIMES)
		return err_set(e, ERR_USAGE, "more than %d times '--%s'", OPTION_TIMES, row->name);
	return take_value(row, inlined, args, &list->v[list->n], e) && ++list->n;
}

static bool set_option(struct options *out, const struct option_row *row, const char *inlined,
		       struct args *args, struct err *e)
{
	char *field = (char *)out + row->at;
	const char **text = (const char **)(void *)field;
	unsigned any;

	switch (row->kind) {
	case OPTION_VALUE:
		return take_value(row, inlined, args, text, e) &&
		       (!row->choices || find_choice(row, str_from(*text), &any, e));
	case OPTION_LIST:
		return add_value((struct option_list *)(void *)field, row, inlined, args, e);
	case OPTION_FORMAT:
		return add_format(out, row, inlined, args, e);
	case OPTION_FILE:
		return add_file(out, row, inlined, args, e);
	case OPTION_SET:
		return take_set(row, inlined, args, (unsigned *)(void *)field, e);
	case OPTION_CHOICE:
		return take_choice(row, inlined, args, (unsigned *)(void *)field, e);
	case OPTION_FLAG:
		break;
	}
	if (inlined)
		return err_set(e, ERR_USAGE, "option '--%s' takes no value", row->name);
	*(bool *)(void *)field = true;
	return true;
}

static bool read_long(struct options *out, const char *arg, struct args *args, struct err *e)
{
	const char *equals = strchr(arg, '=');
	str name = equals ? (str){ arg, (size_t)(equals - arg) } : str_from(arg);
	const struct option_row *row = find_option(name);

	if (row)
		return set_option(out, row, equals ? equals + 1 : NULL, args, e);
	row = nearest_option(name);
	if (row)
		return err_set(e, ERR_USAGE, "unknown option '--%.*s'; did you mean '--%s'?",
			       STR_ARG(name), row->name);
	return err_set(e, ERR_USAGE, "unknown option '--%.*s'; run 'kmsfix --help' for all options",
		       STR_ARG(name));
}

static bool read_short(struct options *out, const char *arg, struct args *args, struct err *e)
{
	const struct option_row *row = arg[1] ? NULL : find_letter(arg[0]);

	if (row)
		return set_option(out, row, NULL, args, e);
	/* -apply: one dash too few */
	row = arg[1] ? find_option(str_from(arg)) : NULL;
	if (row)
		return err_set(e, ERR_USAGE, "unknown option '-%s'; did you mean '--%s'?", arg,
			       row->name);
	return err_set(e, ERR_USAGE, "unknown option '-%s'; run 'kmsfix --help' for all options",
		       arg);
}

/* A command is the first argument; what follows are its operands. */
static bool add_operand(struct options *out, struct args *args, char *arg)
{
	static const char *const commands[] = {
		[COMMAND_EXPLAIN] = "explain",
		[COMMAND_REPORT] = "report",
		[COMMAND_ACCOUNT] = "account",
	};

	if (out->command) {
		out->operands[out->operand_count++] = arg;
		return true;
	}
	for (size_t i = 1; args->at == 2 && i < sizeof(commands) / sizeof(*commands); i++) {
		if (strcmp(commands[i], arg) != 0)
			continue;
		out->command = (enum command)i;
		out->operands = args->v + args->at;
		return true;
	}
	return false;
}

static bool set_repo(struct options *out, const char *arg, struct err *e)
{
	if (!*arg)
		return err_set(e, ERR_USAGE,
			       "the repository's path is empty; '.' is the current "
			       "directory");
	if (out->repo)
		return err_set(e, ERR_USAGE, "more than one repository: '%s' and '%s'", out->repo,
			       arg);
	out->repo = arg;
	return true;
}

bool options_parse(struct options *out, int argc, char **argv, struct err *e)
{
	struct args args = { argv, argc > 0 ? (size_t)argc : 0, 1 };
	bool operands = false;

	*out = (struct options){ 0 };
	while (args.at < args.n) {
		char *arg = args.v[args.at++];
		bool ok = true;

		if (operands || arg[0] != '-' || !arg[1])
			ok = add_operand(out, &args, arg) || set_repo(out, arg, e);
		else if (arg[1] != '-')
			ok = read_short(out, arg + 1, &args, e);
		else if (arg[2])
			ok = read_long(out, arg + 2, &args, e);
		else
			operands = true;
		if (!ok)
			return false;
		if (out->help || out->version || out->shell)
			return true;
	}
	return options_check(out, e);
}
