/* SPDX-License-Identifier: MIT */
/*
 * editing - one file under edit, for tests: parse, build edits, see the new text. Every result is
 * parsed again. With KMSFIX_TERRAFORM=1 in the environment terraform judges, too: what was
 * formatted as `terraform fmt` would has to stay so.
 */
#ifndef KMSFIX_TESTS_EDITING_H
#define KMSFIX_TESTS_EDITING_H

#include "kmsfix/edit.h"
#include "kmsfix/syntax.h"
#include "support.h"

struct editing {
	struct arena *arena;
	struct fileset base;
	const struct file *file;
	/* Of the file; of the first heredoc or block that holds JSON, if there is one. */
	const struct tree *tree;
	struct edits edits;
};

/*
 * Parses `text` by the suffix of `path`: .yaml and .template (JSON) are CloudFormation, .json is
 * JSON, all else HCL.
 */
void editing_start(struct editing *e, struct arena *a, const char *path, const char *text);
/*
 * The root of JSON if its source starts with `source`, else the first child of a list, object or
 * body that does so, or a list or object anywhere. Fails the test when there is none.
 */
const struct node *editing_node(const struct editing *e, const char *source);
/* What keys and numbers of elements lead to: "Statement.0.Action"; with a "!" the pair itself. */
const struct node *editing_at(const struct editing *e, const char *path);
/* The new text, which was parsed again. */
str editing_result(struct editing *e);
/* The same, compared with `want`; `what` is named when it differs. */
void editing_expect(struct editing *e, const char *what, const char *want);
/* The result has the comment line still, or it stood above an element that is a map or call,
 * `{ k = "e1" }`, `- x: e1` or `- !T [e1]`, and went with that. */
bool editing_keeps(const struct editing *e, str result, str comment);
/* A shape from JSON text; a string "<x>" is the reference x, and `<x>` inside of a string as well.
 */
struct shape *editing_shape(struct arena *a, const char *json);

#endif
