/* SPDX-License-Identifier: MIT */
/* summary - the last lines of what a person reads. */
#ifndef KMSFIX_REPORT_SUMMARY_H
#define KMSFIX_REPORT_SUMMARY_H

#include "kmsfix/report.h"

/* Findings, files, and the proof; without a change there is nothing to prove. */
void report_numbers(const struct report_input *in, struct buf *out);
/* What to do now. */
void report_next_step(const struct report_input *in, struct buf *out);

#endif
