/* SPDX-License-Identifier: MIT */
/*
 * scan - finds the events in a stream of JSON without parsing them.
 *
 * The text is any sequence of JSON values: objects, arrays of items, objects with a member
 * "Records" or "Events" that is such an array. An item is an object, or a string that holds one.
 * The scanner delimits items by their brackets and quotes, strictly: brackets pair, strings hold no
 * control characters, and outside of strings there is nothing but JSON's own bytes. It notes the
 * few members by which one can tell whether an item is worth parsing.
 */
#ifndef FACTS_SCAN_H
#define FACTS_SCAN_H

#include "kmsfix/str.h"
#include "kmsfix/syntax.h"

#define SCAN_NONE SIZE_MAX

enum scan_field {
	FIELD_OTHER,
	FIELD_SOURCE,    /* eventSource */
	FIELD_NAME,      /* eventName */
	FIELD_TIME,      /* eventTime */
	FIELD_EMBEDDED,  /* CloudTrailEvent: the event as a string */
	FIELD_LIST,      /* Records, Events */
	FIELD_SUMMARY,   /* SUMMARY_MARK, in lines of our summaries */
	FIELD_SELECTORS, /* EventSelectors, AdvancedEventSelectors */
	FIELD_COUNT
};

enum scan_result { SCAN_MORE, SCAN_ITEM, SCAN_ERROR };

enum scan_expect { EXPECT_FIRST, EXPECT_COMMA, EXPECT_ITEM };

/* Zeroed to start with, but for `item` and `token`, which are SCAN_NONE; see scan_start(). */
struct scan {
	size_t pos;           /* next byte of the window */
	size_t item;          /* where the current item starts, with its quote or brace */
	size_t token;         /* where the string around `pos` starts, or SCAN_NONE */
	bool escaped;         /* the next byte belongs to an escape sequence */
	bool escapes;         /* the string has some */
	unsigned depth, base; /* base: depth around the items */
	enum scan_expect expect;
	uint64_t objects[SYNTAX_MAX_DEPTH / 64 + 1]; /* per level: is it an object? */
	size_t line;
	uint64_t line_start; /* offset in the whole text */
	/* Of the item: */
	enum scan_field key; /* of the member around `pos` */
	bool value;          /* its value, not its key */
	bool text;           /* the item is a string */
	bool odd;            /* what is in fields may be spelt with escapes */
	unsigned seen;       /* bits of the members there */
	struct {
		uint32_t at, n;
	} fields[FIELD_COUNT]; /* of those that are strings; from the item's start */
	size_t item_line;
	uint64_t item_line_start;
	const char *reason; /* of SCAN_ERROR, which is at `pos` */
};

void scan_start(struct scan *s);
/*
 * Goes on in the window `p` of `n` bytes that starts `before` bytes into the text. SCAN_ITEM: an
 * item is [s->item, s->pos); ends with the next call. SCAN_MORE: all bytes are used up; call again
 * with more of them, after scan_shift().
 */
enum scan_result scan_next(struct scan *s, const char *p, size_t n, uint64_t before);
/* The bytes between the quotes of a member of the item; empty when it is not there or no string. */
str scan_field(const struct scan *s, const char *p, enum scan_field field);
/* How much of the window's start is not needed any more. */
size_t scan_keep(const struct scan *s);
/* Follows a window that has dropped `drop` bytes and now stands at `p`. */
void scan_shift(struct scan *s, size_t drop);
/* Offset of the next quote, backslash or control character from `at` on; `n`: there is none. */
size_t scan_string(const char *p, size_t at, size_t n);
/* The same, or of a byte that is not ASCII. */
size_t scan_ascii(const char *p, size_t at, size_t n);
/* NULL when the text may end here. */
const char *scan_end(const struct scan *s);
/* The text is one object and nothing else: fills fields, seen and odd. */
bool scan_whole(struct scan *s, str text);

#endif
