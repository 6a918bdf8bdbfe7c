/* SPDX-License-Identifier: MIT */
/* script - what the files that are handed over are made from. */
#ifndef KMSFIX_REPORT_SCRIPT_H
#define KMSFIX_REPORT_SCRIPT_H

#include "kmsfix/script.h"

/* A policy document that changes. */
struct step {
	const struct account_document *d;
	const struct file *before;
	str after; /* empty: nothing is left of it */
	str drop;  /* of a managed policy with five versions: the one that has to make room */
};

struct steps {
	struct step *v; /* keys first, and then as the documents are */
	size_t n, cap;
	size_t keys; /* how many are of keys */
	struct {
		const struct facts_principal **v;
		size_t n, cap;
	} holders; /* everybody who has one of the policies */
	struct {
		const struct account_document **v;
		size_t n, cap;
	} watched; /* key policies that stay, and on which a removal relies */
};

struct script {
	const struct account *acct;
	struct steps steps;
	const struct plan *plan;
	struct fileset *out;
	struct arena *arena;
};

/* "role", "user", "group": as in the names of AWS's calls. */
const char *script_kind(const struct facts_principal *p);
/* Where the version `s->drop` is kept. */
str script_dropped_path(const struct step *s, struct arena *a);
/* README.md. */
void script_readme(struct script *x);

#endif
