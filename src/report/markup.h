/* SPDX-License-Identifier: MIT */
/*
 * markup - texts of any bytes inside of markup languages, where they must stay texts. All of these
 * make them one line without control characters first (buf_add_safe).
 */
#ifndef KMSFIX_REPORT_MARKUP_H
#define KMSFIX_REPORT_MARKUP_H

#include "kmsfix/buf.h"

/*
 * Markdown, as prose: no markup, no HTML, no link, and neither `@name` nor `#1` calls anybody on
 * GitHub or GitLab.
 */
void markdown_text(struct buf *out, str s);
/* Markdown, as a code span, where nothing has a meaning; `cell`: in a table, where '|' has one. */
void markdown_code(struct buf *out, str s, bool cell);
/* Mermaid, between the quotes of a label. */
void mermaid_label(struct buf *out, str s);
/* HTML and SVG, as text or inside of a quoted attribute. */
void html_text(struct buf *out, str s);
/* The same for source code: its tabs and line ends stay. */
void html_source(struct buf *out, str s);

#endif
