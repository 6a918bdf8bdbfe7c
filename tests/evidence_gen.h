/* SPDX-License-Identifier: MIT */
/*
 * evidence_gen - CloudTrail events out of a random number generator, in every format that evidence
 * comes in, and what a reader must make of them. The same seed gives the same events in all
 * formats.
 */
#ifndef KMSFIX_TESTS_EVIDENCE_GEN_H
#define KMSFIX_TESTS_EVIDENCE_GEN_H

#include <stdio.h>

#include "kmsfix/evidence.h"

#define GEN_PRINCIPALS 40 /* the first 30 are roles */
#define GEN_ROLES 30
#define GEN_KEYS 25
#define GEN_DAYS 60

enum gen_format {
	GEN_RECORDS,  /* {"Records":[…]} as delivered, one line */
	GEN_PRETTY,   /* the same, indented, as people reformat it */
	GEN_LINES,    /* JSON lines */
	GEN_LOOKUP,   /* lookup-events: the event is a string */
	GEN_STRUCTS,  /* CSV with structs as Athena prints them */
	GEN_CSV_JSON, /* CSV with JSON in its columns */
	GEN_FORMATS
};

struct gen_count {
	uint64_t count, direct, without_context;
	int64_t first, last;
};

struct gen {
	uint64_t state;
	unsigned kms_percent; /* of the events */
	int64_t start;        /* time of the first day */
	struct gen_count counts[GEN_PRINCIPALS][GEN_KEYS][3];
	struct evidence_totals totals; /* events to copies */
};

void gen_start(struct gen *g, uint64_t seed, unsigned kms_percent);
/* Writes a file of about `events` events (a copy of a cross-account call is one more). */
void gen_write(struct gen *g, enum gen_format format, size_t events, FILE *out);
const char *gen_format_name(enum gen_format format);
void gen_principal(size_t i, char out[128]);
void gen_key(size_t i, char out[128]);
/* NULL when the evidence is exactly what was generated, else what differs (static text). */
const char *gen_difference(const struct gen *g, const struct evidence *ev);

#endif
