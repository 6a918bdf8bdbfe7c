/* SPDX-License-Identifier: MIT */
/*
 * One row per option. A later version's options are rows too, so that a script written for it
 * learns that this version is too old instead of a guess at a typing error.
 */
#include "kmsfix/options.h"

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
#define CHOICE(name, value, choices, help, field)                                                \
	{                                                                                        \
		name, '\0', OPTION_CHOICE, value, help, choices, offsetof(struct options, field) \
	}
#define LATER(name)                                           \
	{                                                     \
		name, '\0', OPTION_LATER, NULL, NULL, NULL, 0 \
	}

const struct option_row option_rows[] = {
	FLAG("apply", '\0', "commit the fix on a new branch; change nothing else", apply),
	FLAG("write", '\0', "edit the work tree in place", write),
	VALUE("branch", "NAME", "branch of --apply (" BRANCH_DEFAULT ")", branch),
	VALUE("base", "REV", "revision to read and to build on (HEAD)", base),
	FLAG("strict", '\0', "do not take the repository for the whole account", strict),
	VALUE("config", "FILE", "configuration, instead of .kmsfix.json", config),
	VALUE("template", "NAME|FILE", "shape of the key-policy statement (exact)", template_name),
	VALUE("format", "FORMAT", "print the fix as diff, text or json (diff)", format_name),
	VALUE("output", "FILE", "print to FILE instead of standard output", output),
	CHOICE("color", "WHEN", "auto|always|never", "colours in text: auto, always or never",
	       color),
	FLAG("quiet", 'q', "no summary on standard error", quiet),
	FLAG("help", 'h', "print this and exit", help),
	FLAG("version", '\0', "print the version and exit", version),
	LATER("phased"),
	LATER("match"),
	LATER("accept"),
	LATER("wildcard-keys"),
	LATER("account-details"),
	LATER("evidence"),
	LATER("plan"),
};

const size_t option_row_count = sizeof(option_rows) / sizeof(*option_rows);

static const struct {
	str name;
	bool later;
	enum format format;
} formats[] = {
	{ { "diff", 4 }, false, FORMAT_DIFF },    { { "text", 4 }, false, FORMAT_TEXT },
	{ { "json", 4 }, false, FORMAT_JSON },    { { "sarif", 5 }, true, FORMAT_DIFF },
	{ { "markdown", 8 }, true, FORMAT_DIFF }, { { "html", 4 }, true, FORMAT_DIFF },
};

/* Longer arguments resemble no option. */
#define NAME_MAX_LENGTH 32

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* How many letters to insert, delete or replace to make `b` of `a` (Levenshtein). */
static size_t name_distance(str a, str b)
{
	size_t row[NAME_MAX_LENGTH + 1];

	if (a.n > NAME_MAX_LENGTH || b.n > NAME_MAX_LENGTH)
		return SIZE_MAX;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j];
			size_t change = diagonal + (a.p[i - 1] != b.p[j - 1]);

			row[j] = least(change, least(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[b.n];
}

/* The option that somebody who wrote `name` may have meant, or NULL. */
static const struct option_row *nearest_option(str name)
{
	const struct option_row *best = NULL;
	size_t best_distance = name.n / 3 + 2; /* more is another word */

	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		str known = str_from(row->name);
		/* A word cut short is nearer than any other. */
		size_t distance = name.n && str_starts(known, name) ? 0 :
								      name_distance(name, known);

		if (row->kind != OPTION_LATER && distance < best_distance) {
			best = row;
			best_distance = distance;
		}
	}
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

/* The i-th word of `choices`; empty when there are no more. */
static str choice_at(const char *choices, size_t i)
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
	for (size_t i = 0; choice_at(choices, i).n; i++) {
		const char *comma = choice_at(choices, i + 1).n ? ", " : " or ";

		buf_printf(out, "%s%.*s", i ? comma : "", STR_ARG(choice_at(choices, i)));
	}
}

static bool take_choice(const struct option_row *row, const char *inlined, struct args *args,
			unsigned *out, struct err *e)
{
	const char *value;
	struct buf all = { 0 };

	if (!take_value(row, inlined, args, &value, e))
		return false;
	for (unsigned i = 0; choice_at(row->choices, i).n; i++) {
		if (str_eq(choice_at(row->choices, i), str_from(value))) {
			*out = i;
			return true;
		}
	}
	add_choices(&all, row->choices);
	err_set(e, ERR_USAGE, "option '--%s' cannot be '%s'; use %.*s", row->name, value,
		STR_ARG(buf_str(&all)));
	buf_free(&all);
	return false;
}

static bool set_option(struct options *out, const struct option_row *row, const char *inlined,
		       struct args *args, struct err *e)
{
	char *field = (char *)out + row->at;

	switch (row->kind) {
	case OPTION_LATER:
		return err_set(e, ERR_USAGE, "option '--%s' is not available in this version",
			       row->name);
	case OPTION_VALUE:
		return take_value(row, inlined, args, (const char **)(void *)field, e);
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
	if (row && row->kind != OPTION_LATER)
		return err_set(e, ERR_USAGE, "unknown option '-%s'; did you mean '--%s'?", arg,
			       row->name);
	return err_set(e, ERR_USAGE, "unknown option '-%s'; run 'kmsfix --help' for all options",
		       arg);
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

static bool set_format(struct options *out, struct err *e)
{
	str name = str_from(out->format_name);

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
		if (!str_eq(formats[i].name, name))
			continue;
		if (formats[i].later)
			return err_set(e, ERR_USAGE,
				       "format '%s' is not available in this version; use diff, "
				       "text or json",
				       out->format_name);
		out->format = formats[i].format;
		return true;
	}
	return err_set(e, ERR_USAGE, "unknown format '%s'; use diff, text or json",
		       out->format_name);
}

/* What only the whole line tells. */
static bool check_options(struct options *out, struct err *e)
{
	if (out->apply && out->write)
		return err_set(e, ERR_USAGE,
			       "'--apply' and '--write' exclude each other: one "
			       "commits, the other edits the work tree");
	return !out->format_name || set_format(out, e);
}

bool options_parse(struct options *out, int argc, char **argv, struct err *e)
{
	struct args args = { argv, argc > 0 ? (size_t)argc : 0, 1 };
	bool operands = false;

	*out = (struct options){ 0 };
	while (args.at < args.n) {
		const char *arg = args.v[args.at++];
		bool ok = true;

		if (operands || arg[0] != '-' || !arg[1])
			ok = set_repo(out, arg, e);
		else if (arg[1] != '-')
			ok = read_short(out, arg + 1, &args, e);
		else if (arg[2])
			ok = read_long(out, arg + 2, &args, e);
		else
			operands = true;
		if (!ok)
			return false;
		if (out->help || out->version)
			return true;
	}
	return check_options(out, e);
}

/* Column where the help texts start. */
#define HELP_COLUMN 25

void options_help(struct buf *out)
{
	buf_add(out,
		S("usage: kmsfix [options] [REPO]\n"
		  "\n"
		  "Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to KMS key policies,\n"
		  "in the Git repository REPO (the current directory). Without --apply and\n"
		  "--write it changes nothing and prints the fix as a unified diff.\n"
		  "\n"));
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		size_t start = out->n;

		if (row->kind == OPTION_LATER)
			continue;
		buf_add(out, S("  "));
		if (row->letter)
			buf_printf(out, "-%c, ", row->letter);
		buf_printf(out, "--%s", row->name);
		if (row->value)
			buf_printf(out, " %s", row->value);
		buf_fill(out, ' ', HELP_COLUMN - (out->n - start));
		buf_printf(out, "%s\n", row->help);
	}
	buf_add(out, S("\n"
		       "Exit status: 0 nothing to do, or done; 1 error; 2 a fix is available;\n"
		       "3 findings are held and nothing else is left to do.\n"));
}
