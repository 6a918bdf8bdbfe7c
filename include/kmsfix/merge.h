/* SPDX-License-Identifier: MIT */
/*
 * merge - one summary of the results of many repositories, each as report_json() prints it. Texts
 * with several results, one after the other (JSON lines, or not), are as good as one for each.
 */
#ifndef KMSFIX_MERGE_H
#define KMSFIX_MERGE_H

#include "kmsfix/buf.h"
#include "kmsfix/err.h"

#define MERGE_MAX_SIZE ((size_t)512 * 1024 * 1024) /* of one text */

struct merge;

struct merge *merge_create(struct arena *a);
/*
 * Adds all results in `text`; `name` is used in messages. Of several results of one repository the
 * last one counts; one that names no repository is one of its own. False with *e (ERR_IO)
 * "<name>:<line>: …" when something in it is no result.
 */
bool merge_add(struct merge *m, str text, str name, struct err *e);
/* Appends the summary for a person: numbers, hold codes, and the repositories with findings. */
void merge_text(const struct merge *m, struct buf *out);
/* Appends one JSON object, schema 1, with a final newline; one repository a line. */
void merge_json(const struct merge *m, str version, struct buf *out);

#endif
