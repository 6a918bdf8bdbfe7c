/* SPDX-License-Identifier: MIT */
/*
 * ignore - what a person wrote into the code so that a finding stays as it is:
 * `kmsfix:ignore REASON [exp:YYYY-MM-DD]` in a comment of HCL or YAML or in a "//" member of a
 * .tf.json file, and the text `ignore` of Metadata.kmsfix in a CloudFormation template, without the
 * first word.
 *
 * A comment is about
 * - the statement it stands in;
 * - else, behind code: what that line opens and leaves open (the innermost), or all that the line
 *   holds, or what it closes;
 * - else, on a line of its own: what begins on the next line, with only comments between; in YAML
 *   what begins there must not be indented less than the comment.
 * Where that is nothing that has to do with a policy (a name, a blank line), it is about the
 * innermost thing around it that has, at most the resource. A "//" is about the object that it is a
 * member of, Metadata about its resource or template. It covers the statements whose text, or whose
 * decrypting actions' text, is in there; not what is named there and written elsewhere.
 */
#ifndef KMSFIX_IGNORE_H
#define KMSFIX_IGNORE_H

#include "kmsfix/node.h"
#include "kmsfix/str.h"

struct model;

struct ignore {
	const struct file *file;
	size_t offset;      /* of what the person wrote */
	struct span covers; /* bytes of the file */
	str reason;
	str expires;       /* its last day as YYYY-MM-DD; empty: it does not expire */
	const char *wrong; /* why it does not count: nothing is suppressed, nothing is edited */
	bool used;         /* the planner saw a finding that it covers */
	struct ignore *around;
};

/* Who says that a finding shall stay as it is. */
enum suppressed_by {
	SUPPRESSED_NOT,
	SUPPRESSED_SOURCE, /* kmsfix:ignore, at `offset` of `file` */
	SUPPRESSED_CONFIG,
	SUPPRESSED_BASELINE,
};

struct suppression {
	enum suppressed_by by;
	const struct file *file;
	size_t offset;
	str expires; /* the last day; empty: none */
};

/* The comments for one ignore to look at, so that many cannot take long. */
#define IGNORE_MAX_COMMENTS 100

struct ignores {
	struct ignore *v;
	size_t n, cap;
};

/*
 * Reads the text after `kmsfix:ignore`: the reason, and the last day. out->wrong is set when there
 * is no reason, or a day that is none, or the text starts with another word of ours.
 */
void ignore_parse(struct ignore *out, str text, struct arena *a);
/* True for YYYY-MM-DD, a day that the calendar has. */
bool is_date(str text);
/*
 * Fills m->ignores, and tells every statement the innermost one that covers it; to be called when
 * all statements are read. Says what is wrong in diags.
 */
void ignores_read(struct model *m);

#endif
