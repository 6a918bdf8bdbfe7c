/* SPDX-License-Identifier: MIT */
/* pipeline_fix - pipeline.h for several files, and with all that comes of it. */
#ifndef KMSFIX_TESTS_PIPELINE_FIX_H
#define KMSFIX_TESTS_PIPELINE_FIX_H

#include "kmsfix/fileset.h"
#include "kmsfix/plan.h"

struct pipeline_result {
	str failure; /* empty: all went well, and the proof holds */
	struct plan plan;
	struct fileset files;
};

/* Fixes a set of files, which must be sorted. `strict`, `phased`: as the options. */
void pipeline_fix(struct pipeline_result *out, const struct fileset *files, bool strict,
		  bool phased, struct arena *a);

#endif
