/* SPDX-License-Identifier: MIT */
/* pipeline - the whole way from files to the proof, without Git. */
#ifndef KMSFIX_TESTS_PIPELINE_H
#define KMSFIX_TESTS_PIPELINE_H

#include "kmsfix/fileset.h"
#include "kmsfix/request.h"

struct model;

/*
 * Fixes the files, which must be sorted; empty when all went well and the proof holds, else what
 * went wrong. `phased` as the option.
 */
str pipeline_run(const struct fileset *files, bool phased, struct arena *a);
/* The same, with requests to be granted and receipts for what is asked for. */
str pipeline_handoff(const struct fileset *files, const struct requests *all, struct arena *a);

/* The model of the files, which must be sorted, with nothing configured. */
struct model *pipeline_model(const struct fileset *files, struct arena *a);

#endif
