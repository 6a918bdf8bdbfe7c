/* SPDX-License-Identifier: MIT */
/* finding - what all reports share about findings: order, names, how texts are shown. */
#ifndef KMSFIX_REPORT_FINDING_H
#define KMSFIX_REPORT_FINDING_H

#include "kmsfix/buf.h"
#include "kmsfix/plan.h"

/* The plan's findings in the order of every report: path, offset, outcome, id. */
struct finding_list {
	const struct finding **v;
	size_t n;
};

struct finding_list findings_sorted(const struct plan *p, struct arena *a);
size_t findings_count(const struct plan *p, enum outcome outcome);
/* Whether a sum of outcomes names one that is there `n` times. */
bool outcome_is_said(enum outcome outcome, size_t n);
/* "fixed", "removed", "held", "suppressed", "granted". */
const char *outcome_name(enum outcome outcome);
/* The name of one bit of enum rests_on; NULL when there is no such bit. */
const char *rests_on_name(unsigned bit);
/* All that the changes of the plan rest on. */
unsigned plan_rests_on(const struct plan *p);
/* What nobody can any longer because the user said so; NULL: nothing. */
const char *given_up(const struct plan *p);
/* The first hold code; NULL unless held. */
const char *finding_code(const struct finding *f);
/* All hold codes of it, each once, the first first; none unless held. */
struct strs finding_codes(const struct finding *f, struct arena *a);
/* What would unlock a held finding; NULL: nothing would. */
const char *finding_unlock(const struct finding *f);
/* Canonical text as people read it: each reference as ${source}. Other bytes stay as they are. */
str text_shown(str canonical, struct arena *a);
/* "1 key", "2 keys". */
void buf_add_count(struct buf *b, size_t n, const char *noun);

#endif
