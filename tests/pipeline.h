/* SPDX-License-Identifier: MIT */
/* pipeline - the whole way from one file to the proof, without Git. */
#ifndef KMSFIX_TESTS_PIPELINE_H
#define KMSFIX_TESTS_PIPELINE_H

#include "kmsfix/str.h"

/* Fixes a file; empty when all went well and the proof holds, else what went wrong. */
str pipeline_run(str path, str text, struct arena *a);

#endif
