/* SPDX-License-Identifier: MIT */
/* markdown - what the sections of the pull-request body share. */
#ifndef KMSFIX_REPORT_MARKDOWN_H
#define KMSFIX_REPORT_MARKDOWN_H

#include "kmsfix/place.h"
#include "picture.h"

#define NAME_MAX_SIZE 160 /* bytes of one text */
#define NAMES_MAX 5       /* of one list */

struct markdown {
	struct buf *out;
	const struct report_input *in;
	struct arena *arena;
	struct finding_list findings;
	struct picture picture;
	struct place place;
	size_t start;
};

/* The text, or its beginning and "...". */
str markdown_short(struct markdown *m, str s);
/* True while the body is shorter than `end`. */
bool markdown_has_room(const struct markdown *m, size_t end);
/* Says that `left` things are not listed, if any. */
void markdown_more(struct markdown *m, size_t left);
/* The section about who may use which key. */
void markdown_access(struct markdown *m);

#endif
