/* SPDX-License-Identifier: MIT */
/* Each shell's file is a fixed frame with lines for options and codes in it. */
#include "completion.h"

#include "kmsfix/explain.h"
#include "kmsfix/options.h"
#include "kmsfix/template_text.h"

/* True when the value is, or may be, a file or directory. */
static bool is_file(const struct option_row *row)
{
	str value = str_from(row->value);

	return str_has(value, S("FILE")) || str_has(value, S("DIR"));
}

/* The words that the value may be, with blanks between; empty: not known. */
static void add_words(struct buf *out, const struct option_row *row)
{
	if (row->choices) {
		for (size_t i = 0; option_choice(row->choices, i).n; i++)
			buf_printf(out, "%s%.*s", i ? " " : "",
				   STR_ARG(option_choice(row->choices, i)));
	} else if (row->value && str_starts(str_from(row->value), S("NAME|"))) {
		for (size_t i = 0; i < template_count; i++)
			buf_printf(out, "%s%.*s", i ? " " : "", STR_ARG(template_texts[i].name));
	}
}

static void add_codes(struct buf *out)
{
	for (size_t i = 0; i < explain_count(); i++)
		buf_printf(out, "%s%.*s", i ? " " : "", STR_ARG(explain_at(i).code));
}

/* ---- bash ---- */

static void bash_case(struct buf *out, const struct option_row *row)
{
	buf_printf(out, "\t--%s)\n\t\tCOMPREPLY=($(compgen ", row->name);
	if (is_file(row))
		buf_add(out, S("-f "));
	buf_add(out, S("-W '"));
	add_words(out, row);
	buf_add(out, S("' -- \"$cur\"))\n\t\treturn\n\t\t;;\n"));
}

static void print_bash(struct buf *out)
{
	buf_add(out,
		S("# bash completion for kmsfix\n"
		  "_kmsfix()\n{\n"
		  "\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n\n"
		  "\tCOMPREPLY=()\n"
		  "\t# --option=value is three words\n"
		  "\tif [[ $cur == = ]]; then\n"
		  "\t\tcur=\n"
		  "\telif [[ $prev == = ]]; then\n"
		  "\t\tprev=${COMP_WORDS[COMP_CWORD - 2]}\n"
		  "\tfi\n"
		  "\tcase $prev in\n"));
	for (size_t i = 0; i < option_row_count; i++) {
		if (option_rows[i].value)
			bash_case(out, &option_rows[i]);
	}
	buf_add(out, S("\tesac\n"
		       "\tif [[ $cur == -* ]]; then\n"
		       "\t\tCOMPREPLY=($(compgen -W '"));
	for (size_t i = 0; i < option_row_count; i++) {
		buf_printf(out, "--%s ", option_rows[i].name);
	}
	buf_add(out, S("' -- \"$cur\"))\n"
		       "\telif [[ ${COMP_WORDS[1]} == explain && $COMP_CWORD -gt 1 ]]; then\n"
		       "\t\tCOMPREPLY=($(compgen -W '"));
	add_codes(out);
	buf_add(out, S("' -- \"${cur^^}\"))\n"
		       "\telif [[ ${COMP_WORDS[1]} == report && $COMP_CWORD -gt 1 ]]; then\n"
		       "\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n"
		       "\telse\n"
		       "\t\tCOMPREPLY=($(compgen -d -- \"$cur\"))\n"
		       "\t\t[[ $COMP_CWORD -gt 1 ]] ||\n"
		       "\t\t\tCOMPREPLY+=($(compgen -W 'account explain report' -- \"$cur\"))\n"
		       "\tfi\n"
		       "}\n"
		       "complete -o filenames -F _kmsfix kmsfix\n"));
}

/* ---- zsh ---- */

/* A text inside of '--option[text]': brackets and colons have a meaning there. */
static void zsh_text(struct buf *out, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]:\\", *text))
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
}

static void zsh_option(struct buf *out, const struct option_row *row)
{
	bool again = row->kind == OPTION_FORMAT || row->kind == OPTION_FILE;
	struct buf spec = { 0 }, words = { 0 };

	buf_printf(&spec, "%s--%s%s[", again ? "*" : "", row->name, row->value ? "=" : "");
	zsh_text(&spec, row->help);
	buf_addc(&spec, ']');
	add_words(&words, row);
	if (row->value)
		buf_printf(&spec, ":%s:", row->value);
	if (is_file(row))
		buf_add(&spec, S("_files"));
	else if (row->value)
		buf_printf(&spec, "(%.*s)", STR_ARG(buf_str(&words)));
	buf_addc(out, '\t');
	buf_add_quoted(out, buf_str(&spec));
	buf_add(out, S(" \\\n"));
	if (row->letter)
		buf_printf(out, "\t'-%c[%s]' \\\n", row->letter, row->help);
	buf_free(&spec);
	buf_free(&words);
}

static void print_zsh(struct buf *out)
{
	buf_add(out, S("#compdef kmsfix\n\n"
		       "_kmsfix_operand()\n{\n"
		       "\tif [[ ${words[2]} == explain && $CURRENT -gt 2 ]]; then\n"
		       "\t\tlocal -a codes=(\n"));
	for (size_t i = 0; i < explain_count(); i++) {
		struct explanation e = explain_at(i);

		buf_printf(out, "\t\t\t%.*s:", STR_ARG(e.code));
		buf_add_quoted(out, e.what);
		buf_addc(out, '\n');
	}
	buf_add(out, S("\t\t)\n"
		       "\t\t_describe code codes -M 'm:{a-z}={A-Z}'\n"
		       "\telif [[ ${words[2]} == report && $CURRENT -gt 2 ]]; then\n"
		       "\t\t_files\n"
		       "\telse\n"
		       "\t\t[[ $CURRENT -gt 2 ]] || compadd account explain report\n"
		       "\t\t_directories\n"
		       "\tfi\n"
		       "}\n\n"
		       "_arguments -S \\\n"));
	for (size_t i = 0; i < option_row_count; i++) {
		zsh_option(out, &option_rows[i]);
	}
	buf_add(out, S("\t'*:repository:_kmsfix_operand'\n"));
}

/* ---- fish ---- */

static void fish_option(struct buf *out, const struct option_row *row)
{
	struct buf words = { 0 };

	add_words(&words, row);
	buf_printf(out, "complete -c kmsfix -l %s", row->name);
	if (row->letter)
		buf_printf(out, " -s %c", row->letter);
	if (row->value)
		buf_add(out, is_file(row) ? S(" -r -F") : S(" -x"));
	if (words.n)
		buf_printf(out, " -a '%.*s'", STR_ARG(buf_str(&words)));
	buf_add(out, S(" -d "));
	buf_add_quoted(out, str_from(row->help));
	buf_addc(out, '\n');
	buf_free(&words);
}

static void print_fish(struct buf *out)
{
	buf_add(out, S("# fish completion for kmsfix\n"
		       "complete -c kmsfix -f -a '(__fish_complete_directories)'\n"
		       "complete -c kmsfix -n __fish_use_subcommand -a account -d 'look at an "
		       "account without code'\n"
		       "complete -c kmsfix -n __fish_use_subcommand -a explain -d 'say what a code "
		       "means'\n"
		       "complete -c kmsfix -n __fish_use_subcommand -a report -d 'sum up "
		       "results'\n"
		       "complete -c kmsfix -n '__fish_seen_subcommand_from report' -F\n"));
	for (size_t i = 0; i < option_row_count; i++) {
		fish_option(out, &option_rows[i]);
	}
	for (size_t i = 0; i < explain_count(); i++) {
		struct explanation e = explain_at(i);

		buf_printf(
			out,
			"complete -c kmsfix -n '__fish_seen_subcommand_from explain' -a %.*s -d ",
			STR_ARG(e.code));
		buf_add_quoted(out, e.what);
		buf_addc(out, '\n');
	}
}

void completion_print(struct buf *out, str shell)
{
	static const struct {
		str shell;
		void (*print)(struct buf *);
	} shells[] = {
		{ { "bash", 4 }, print_bash },
		{ { "zsh", 3 }, print_zsh },
		{ { "fish", 4 }, print_fish },
	};

	for (size_t i = 0; i < sizeof(shells) / sizeof(*shells); i++) {
		if (str_eq(shells[i].shell, shell))
			shells[i].print(out);
	}
}
