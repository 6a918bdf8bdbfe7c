/* SPDX-License-Identifier: MIT */
/*
 * handoff - the files that go from one repository to another (request.h): what a plan asks for, and
 * what the base of a plan grants of what was asked for.
 */
#ifndef KMSFIX_HANDOFF_H
#define KMSFIX_HANDOFF_H

#include "kmsfix/diag.h"
#include "kmsfix/fileset.h"
#include "kmsfix/plan.h"
#include "kmsfix/request.h"

/* A file to be there, or not. */
struct handoff_file {
	str name;  /* its path */
	str text;  /* empty: the file is to go */
	bool keep; /* only where it is there already: what it asks for has landed */
};

struct handoff {
	struct {
		struct handoff_file *v;
		size_t n, cap;
	} files;                       /* by name */
	size_t asked, landed, granted; /* how many requests and receipts they are */
};

/*
 * The requests of repository `repository` (its name), in `dir`: one for each principal, key and
 * condition that findings of the plan ask for. What cannot be asked for is said in `diags`.
 * Requests of the same repository in `there` that are asked for no more are to go.
 */
void handoff_requests(struct handoff *out, const struct plan *plan, const char *dir, str repository,
		      const struct requests *there, struct diags *diags, struct arena *a);
/*
 * The receipts: one beside each request of `there` that the policy of its key, as `commit` has it,
 * grants. Receipts without that are to go.
 */
void handoff_receipts(struct handoff *out, const struct plan *plan, str repository, str commit,
		      const struct requests *there, struct arena *a);

#endif
