/* SPDX-License-Identifier: MIT */
/* branches - what --apply made of branches. */
#ifndef KMSFIX_REPORT_BRANCHES_H
#define KMSFIX_REPORT_BRANCHES_H

#include "kmsfix/report.h"
#include "writer.h"

/* A line for each, for a person. */
void branches_text(const struct report_input *in, struct buf *out);
/* The member "branches" of JSON. */
void branches_json(const struct report_input *in, struct writer *w);

#endif
