/* SPDX-License-Identifier: MIT */
/*
 * report - what a run found, did and left, for machines (JSON), for people (the summary), and for
 * whoever reads the commit later (its message).
 *
 * All reports show findings in one order: path, offset, outcome, id; the input need not be sorted.
 * Bytes from the repository reach a terminal or a message only through buf_add_safe(), and JSON is
 * valid whatever they are. Canonical texts are shown with ${source} for each reference. Everything
 * is appended to `out` and nothing else is touched; equal inputs give equal bytes.
 */
#ifndef KMSFIX_REPORT_H
#define KMSFIX_REPORT_H

#include "kmsfix/buf.h"
#include "kmsfix/diag.h"
#include "kmsfix/edit.h"
#include "kmsfix/plan.h"

struct evidence;

/* What the access proof compared; all zero when there was nothing to prove. */
struct proof_summary {
	bool holds;
	size_t principals, keys;
	size_t checked; /* (principal, key, action) */
};

/* What became of the change. */
enum report_mode {
	REPORT_DRY_RUN, /* nothing was written */
	REPORT_APPLIED, /* --apply: `commit` on `branch`; no commit when there was nothing to do */
	REPORT_WRITTEN, /* --write: the work tree was edited */
};

/* What became of one branch. */
enum report_branch_state {
	REPORT_BRANCH_CREATED,
	REPORT_BRANCH_UPDATED,
	REPORT_BRANCH_SAME,     /* up to date: nothing was written */
	REPORT_BRANCH_OBSOLETE, /* there is nothing to fix (any more), but it is there */
	REPORT_BRANCH_DELETED,
};

struct report_branch {
	str name, commit;     /* no commit once it is deleted */
	str group;            /* of --group-by: "unit infra/prod"; or empty */
	struct strs findings; /* ids of those that are fixed on it */
	enum report_branch_state state;
	bool pushed, push_failed; /* neither: it was not to be pushed */
};

struct report_branches {
	struct report_branch *v;
	size_t n, cap;
};

struct report_input {
	const struct plan *plan;
	const struct edits *edits; /* sorted (edits_sort) */
	const struct diags *diags; /* sorted (diags_sort) */
	const struct model *model; /* of the base; NULL: grants that are there already are not shown
				    */
	str base;                  /* id of the commit that was read */
	str branch;                /* of --apply; the first of several; empty: null in JSON */
	str commit;                /* id of its tip; empty: null in JSON */
	struct report_branches branches; /* of --apply: all */
	str remote;                      /* of --push, or empty */
	const struct evidence *evidence; /* the logs that were read; NULL: none */
	size_t files_read, files_changed;
	size_t files_edited; /* of --write: those that did not have the change already */
	struct proof_summary proof;
	str version;    /* of kmsfix: KMSFIX_VERSION */
	str repository; /* as named on the command line; empty: null in JSON */
	str name;       /* what the repository calls itself; likewise */
	enum report_mode mode;
	str account;  /* id of the account whose export was read; empty: a repository was read */
	str script;   /* the directory that was written for it; empty: none */
	str group;    /* of --group-by, what the commit is for: "unit infra/prod"; or empty */
	str signoff;  /* "Name <address>" for Signed-off-by, or empty */
	str message;  /* template of the commit message; empty: templates/commit.txt */
	bool phased;  /* two commits: grants, then removals */
	bool color;   /* text: paint it */
	size_t width; /* text: columns of the terminal; 0: do not fold */
};

/*
 * One JSON object, schema 1, with a final newline; one finding, edit or diagnostic a line. Invalid
 * UTF-8 becomes U+FFFD, one for each byte. Lines and columns are those of file_position().
 */
void report_json(const struct report_input *in, struct buf *out);
/*
 * One line for each finding (`path:line:col: held RES-ALL: reason`), what would unlock it below,
 * then the diagnostics, one line of numbers, and what to do next.
 */
void report_summary(const struct report_input *in, struct buf *out);
/*
 * A SARIF 2.1.0 log with one run, whose rules are the hold codes and one for each other outcome.
 * Regions count UTF-16 code units. What must be edited together is one fix, at the first result it
 * is for; the others name that result. Fingerprints are the ids of findings.
 */
void report_sarif(const struct report_input *in, struct buf *out);
/*
 * The body of a pull request, for GitHub and GitLab: what and why, who may use which key before and
 * after, what is held and what to do about it, how to apply and to verify. Nothing of the
 * repository is taken for Markdown or HTML. At most MARKDOWN_MAX bytes; what does not fit is
 * counted.
 */
void report_markdown(const struct report_input *in, struct buf *out);
#define MARKDOWN_MAX 60000 /* GitHub takes 65536 characters */
/*
 * One HTML file that loads nothing: figures, who reaches which key as a picture, and all findings,
 * to be searched, with their edits side by side.
 */
void report_html(const struct report_input *in, struct buf *out);
/*
 * Findings by file, each with the lines of source it is about, carets below, who reaches which key,
 * and what would unlock it; then the same end as report_summary().
 */
void report_text(const struct report_input *in, struct buf *out);
/* The message of the first commit of --phased: the grants, and where they are applied. */
str report_grants_message(const struct report_input *in, struct arena *a);
/*
 * The commit message, out of the template: a subject of at most 72 characters, a body with a table
 * of what moved, and Git trailers (trailer.h).
 */
void report_message(const struct report_input *in, struct buf *out);
/* Whether `text`, the template called `name`, has only parts that there are and ends well. */
bool report_message_check(str text, const char *name, struct err *e);

#endif
