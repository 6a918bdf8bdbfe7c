/* SPDX-License-Identifier: MIT */
/*
 * template_text - the files of templates/, as the build put them into the program.
 */
#ifndef KMSFIX_TEMPLATE_TEXT_H
#define KMSFIX_TEMPLATE_TEXT_H

#include "kmsfix/str.h"

struct template_text {
	str name; /* the file's name without ".json" */
	str text; /* its bytes, followed by a NUL that is not counted */
};

/* Sorted by file name. */
extern const struct template_text template_texts[];
extern const size_t template_count;

/* The pieces of pages and long texts, by their whole names, sorted. */
extern const struct template_text page_texts[];
extern const size_t page_count;

#endif
