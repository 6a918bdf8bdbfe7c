/* SPDX-License-Identifier: MIT */
/*
 * picture - who reaches which key, and what becomes of it: the edges of all findings, and those
 * that key policies grant already.
 */
#ifndef KMSFIX_REPORT_PICTURE_H
#define KMSFIX_REPORT_PICTURE_H

#include "finding.h"
#include "kmsfix/map.h"
#include "kmsfix/report.h"

/* The most telling first: where several hold for a principal and a key, a table shows the first. */
enum reach {
	REACH_HELD,       /* through an IAM policy, before and after */
	REACH_MOVED,      /* through an IAM policy before, through the key policy after */
	REACH_REMOVED,    /* an IAM policy says so, without effect; after it, nothing does */
	REACH_SUPPRESSED, /* as held, because the user says so */
	REACH_KEPT,       /* through the key policy, before and after */
	REACHES
};

/* A principal or a key. */
struct party {
	str unit, address; /* address as shown; "" as unit is the root */
	bool unknown;      /* whoever or whatever a held finding cannot name */
};

struct parties {
	struct party *v;
	size_t n, cap;
	struct map index;
};

struct edge {
	size_t principal, key;
	unsigned targets;
	enum reach reach;
};

struct picture {
	struct parties principals, keys; /* sorted by unit and address, unknown ones last */
	struct {
		struct edge *v;
		size_t n, cap;
	} edges;  /* sorted by principal, key and reach; each combination once */
	bool cut; /* there are more than EDGES_MAX */
};

#define EDGES_MAX 200000

void picture_make(struct picture *out, const struct report_input *in,
		  const struct finding_list *findings, struct arena *a);
/* "held", "moved", … */
const char *reach_name(enum reach reach);

#endif
