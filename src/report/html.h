/* SPDX-License-Identifier: MIT */
/* html - what the sections of the HTML report share. */
#ifndef KMSFIX_REPORT_HTML_H
#define KMSFIX_REPORT_HTML_H

#include "kmsfix/place.h"
#include "bundle.h"
#include "picture.h"

struct html {
	struct buf *out;
	const struct report_input *in;
	struct arena *arena;
	struct finding_list findings;
	struct bundles bundles;
	struct picture picture;
	struct place place;
	size_t *next;  /* the next edit of the same bundle; BUNDLE_NONE: it is the last */
	size_t *heads; /* the first edit of each bundle */
	size_t *lines; /* by edit: the line it starts on */
	long *shifts;  /* by edit: lines that the edits before it in its file add */
};

/* "address", or "unit: address" outside of the root. */
str html_party_name(struct html *h, const struct party *p);
/* The access picture: a drawing when it is small, else a matrix. */
void html_picture(struct html *h);
/* All edits of a bundle, side by side with what they replace. */
void html_diff(struct html *h, size_t bundle);
/* The lines of a finding that nothing is edited for; `line` is the first. */
void html_excerpt(struct html *h, const struct finding *f, size_t line);

#endif
