/* SPDX-License-Identifier: MIT */
/*
 * options - the command line, as one table that parses it, prints the help and is compared with
 * the manual page. Options and REPO may come in any order; `--` ends the options; the last of a
 * repeated option counts, but --format and --output may be repeated: the n-th --output is the file
 * of the n-th --format; and those that name files to read name one more each time.
 */
#ifndef KMSFIX_OPTIONS_H
#define KMSFIX_OPTIONS_H

#include "kmsfix/buf.h"
#include "kmsfix/err.h"

enum command {
	COMMAND_FIX,     /* none given: look at a repository */
	COMMAND_EXPLAIN, /* say what codes mean */
	COMMAND_REPORT,  /* sum up results */
	COMMAND_ACCOUNT, /* look at the export of an account */
};

enum color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* In the order of the words of --format. */
enum format { FORMAT_DIFF, FORMAT_TEXT, FORMAT_JSON, FORMAT_SARIF, FORMAT_MARKDOWN, FORMAT_HTML };

#define OUTPUTS_MAX 16

struct output {
	enum format format;
	const char *file; /* NULL: standard output */
};

/* An option that counts each time it is given. */
#define OPTION_TIMES 64

struct option_list {
	const char *v[OPTION_TIMES];
	size_t n;
};

/* Texts point into argv; NULL: not given. */
struct options {
	enum command command;
	char **operands; /* of a command that is not COMMAND_FIX */
	size_t operand_count;
	bool merge;         /* of COMMAND_REPORT */
	const char *script; /* of COMMAND_ACCOUNT: the directory to write; NULL: none */
	const char *repo;   /* NULL: GIT_DIR, else the current directory */
	bool apply, write;  /* never both */
	bool check;         /* compare HEAD with base */
	const char *branch;
	bool force, prune, sign, signoff; /* with `apply` only, as the next two */
	unsigned group_by;                /* enum group_by */
	const char *push;                 /* the remote, or NULL */
	const char *message;              /* file: template of the commit message; NULL: ours */
	const char *base;                 /* NULL: HEAD */
	bool strict;
	unsigned accept;               /* enum accept of round.h */
	unsigned match, wildcard_keys; /* which word: 0 is the default */
	bool phased;                   /* two commits: grants, then removals */
	const char *baseline;          /* held findings that are accepted; NULL: none */
	bool update_baseline;          /* write it first */
	const char *config;            /* NULL: .kmsfix.json of the base, if any */
	/* What accounts say about themselves. */
	struct option_list account_details, key_answers, plan;
	struct option_list evidence; /* logs of CloudTrail, or what was saved of them */
	const char *requests;        /* directory: to ask there for grants elsewhere; NULL: not */
	const char *grants;          /* directory: what is asked for here; NULL: nothing */
	const char *save_evidence;   /* where to save what is read of them; NULL: nowhere */
	const char *template_name;   /* for template_load(); NULL: TEMPLATE_DEFAULT */
	/* What to print where: at least one; without --format a diff. */
	struct output outputs[OUTPUTS_MAX];
	size_t output_count;
	size_t format_count, file_count; /* as given: how many --format and --output */
	unsigned color;                  /* enum color */
	bool quiet;
	const char *jobs_given; /* a number, or NULL */
	size_t jobs;            /* what it says; without it the number of processors */
	bool help, version;     /* asked for: do nothing else */
	const char *shell;      /* likewise: print completions for "bash", "zsh" or "fish" */
};

/* The i-th word of `choices`; empty when there are no more. */
str option_choice(const char *choices, size_t i);

#define BRANCH_DEFAULT "kmsfix/kms-decrypt-to-key-policy"

enum option_kind {
	OPTION_FLAG,
	OPTION_VALUE,
	OPTION_LIST,   /* one more value each time */
	OPTION_CHOICE, /* one of a few words */
	OPTION_SET,    /* some of them, with commas between: an unsigned with a bit for each */
	OPTION_FORMAT, /* the same, and each time it is one more of the outputs */
	OPTION_FILE,   /* the file of the next of the outputs */
};

struct option_row {
	const char *name; /* without "--" */
	char letter;      /* its short form, or NUL */
	enum option_kind kind;
	const char *value;   /* what the value is called in the help; NULL for a flag */
	const char *help;    /* one line */
	const char *choices; /* all that it may be: words with '|' between; NULL: anything */
	size_t at; /* offset of its bool, const char * or unsigned (which word) in struct options */
};

extern const struct option_row option_rows[];
extern const size_t option_row_count;

/*
 * Reads the arguments; argv[0] is skipped. False with *e (ERR_USAGE) for what is unknown, repeated
 * where that makes no sense, or contradictory. --help and --version end the reading: what follows
 * is not looked at. "explain" or "report" as the first argument is a command, and what follows it
 * are its operands; argv is reordered then. The message may hold raw bytes of arguments (escape
 * when printing).
 */
bool options_parse(struct options *out, int argc, char **argv, struct err *e);
/* Appends what --help prints: one screen. */
void options_help(struct buf *out);

#endif
