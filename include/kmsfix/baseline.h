/* SPDX-License-Identifier: MIT */
/*
 * baseline - the findings that were held when a repository adopted kmsfix, so that only new ones
 * count. A file for Git: JSON with one finding a line, in the order of files, nothing that changes
 * without need:
 *
 *	{"version": 1, "accepted": [
 *	  {"id": "…", "code": "RES-ALL", "path": "iam.tf", "address": "aws_iam_policy.ci"}
 *	]}
 *
 * Only the ids count; they stay when lines move, and change with the text of the statement.
 */
#ifndef KMSFIX_BASELINE_H
#define KMSFIX_BASELINE_H

#include "kmsfix/buf.h"
#include "kmsfix/err.h"
#include "kmsfix/strs.h"

struct plan;

#define BASELINE_MAX_SIZE (16u << 20)

/*
 * Adds the ids in `text`, for plan_accept(); `path` is used in messages. False with *e (ERR_CONFIG)
 * when it is no baseline.
 */
bool baseline_read(struct strs *ids, str text, str path, struct arena *a, struct err *e);
/* Appends the baseline that accepts everything held. */
void baseline_print(const struct plan *p, struct buf *out);

#endif
