/* SPDX-License-Identifier: MIT */
/*
 * json - what the JSON parser's files share.
 */
#ifndef SYNTAX_JSON_H
#define SYNTAX_JSON_H

#include "tree.h"

struct json {
	const char *s;     /* the whole file */
	uint32_t pos, end; /* the next byte to read, the first one not to read */
	unsigned depth;
	const struct node *part; /* heredoc: its next INTERP at or after `pos` */
	unsigned flags;          /* of every STRING */
	struct tree *tree;
	struct arena *arena;
	struct syntax_error *error;
};

/* Notes the error and returns NULL. */
struct node *json_fail(struct json *p, uint32_t at, const char *reason);
/* The string whose quote is at `pos`, in json_string.c. */
struct node *json_string(struct json *p);

/* Steps over the INTERP of the heredoc at `pos`. */
struct node *json_interp(struct json *p);

#endif
