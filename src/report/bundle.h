/* SPDX-License-Identifier: MIT */
/*
 * bundle - which edits belong together, because a finding is only fixed when all of them are made:
 * a permission must not go before what replaces it comes. Findings that share an edit are in one
 * bundle. Where the edits do not tell, there is one bundle only.
 */
#ifndef KMSFIX_REPORT_BUNDLE_H
#define KMSFIX_REPORT_BUNDLE_H

#include "finding.h"
#include "kmsfix/report.h"

#define BUNDLE_NONE SIZE_MAX

struct bundles {
	size_t n;
	size_t *of_finding; /* by index in the list; BUNDLE_NONE: nothing is edited for it */
	size_t *of_edit;    /* by index in in->edits */
	size_t *first;      /* the first finding of each bundle */
};

void bundles_make(struct bundles *out, const struct report_input *in,
		  const struct finding_list *findings, struct arena *a);

#endif
