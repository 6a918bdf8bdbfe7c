/* SPDX-License-Identifier: MIT */
/*
 * yaml - what the YAML parser's files share.
 */
#ifndef SYNTAX_YAML_H
#define SYNTAX_YAML_H

#include <yaml.h>

#include "tree.h"

/* Offsets of libyaml's marks, which count code points. `bytes` is NULL in a text of ASCII. */
struct marks {
	str text;
	uint32_t bom;    /* bytes before the text that libyaml sees */
	uint32_t *bytes; /* the offset of every 64th code point */
	size_t size;
};

struct comments {
	struct span *v;
	size_t n, cap;
};

struct yaml {
	yaml_parser_t parser;
	yaml_token_t token;  /* the next one to read */
	uint32_t start, end; /* its span */
	uint32_t last;       /* end of the last token that has bytes */
	unsigned depth, brackets, directives;
	struct marks marks;
	struct comments comments;
	struct tree *tree;
	struct arena *arena;
	struct syntax_error *error;
};

/* Prepares offsets for `text`. */
void marks_init(struct marks *m, str text, struct arena *a);
uint32_t marks_offset(const struct marks *m, size_t point);

/* Notes the error and returns NULL. */
struct node *yaml_fail(struct yaml *p, uint32_t at, const char *reason);
/* Notes libyaml's error. */
void yaml_fail_parser(struct yaml *p, const yaml_parser_t *parser);
/* Gives libyaml the text. */
bool yaml_start(const struct yaml *p, yaml_parser_t *parser);
/* Reads the next token, noting the comments before it. */
bool yaml_next(struct yaml *p);
/* The documents as children of `stream`, in yaml_build.c. */
bool yaml_build(struct yaml *p, struct node *stream);
/* The scalar of the current token, in yaml_scalar.c. */
struct node *yaml_scalar(struct yaml *p);
/* Compares libyaml's events with the documents, and sets tags and anchors; in yaml_check.c. */
bool yaml_check(struct yaml *p, struct node *stream);

#endif
