/* SPDX-License-Identifier: MIT */
/*
 * fix - what is to change in one set of files, proved: plan, edit, model the result, until nothing
 * new has to be held.
 */
#ifndef KMSFIX_APP_FIX_H
#define KMSFIX_APP_FIX_H

#include "kmsfix/edit.h"
#include "kmsfix/err.h"
#include "kmsfix/model.h"
#include "kmsfix/options.h"
#include "kmsfix/plan.h"
#include "kmsfix/proof.h"
#include "kmsfix/report.h"
#include "run.h"

struct fix {
	/* Set by the caller: */
	const struct options *options;
	struct arena *arena;
	const struct fileset *files;
	const struct template *tpl;
	bool phased;              /* the grants are applied before the rest */
	const struct map *except; /* ids of findings to leave alone; NULL: none */
	/*
	 * The model of some state of the files, by the front ends that the files are for. It may
	 * refer to the first one, which lives in `arena`, but not to any other.
	 */
	struct model *(*build)(void *ctx, const struct fileset *files, struct diags *diags,
			       struct arena *a);
	void *ctx;
	struct diags *diags; /* what is wrong with the files */
	struct model *model; /* of `files`; NULL: to be built; then of them, or of `detached` */
	/* The outcome: */
	struct plan plan;
	struct edits edits;      /* of the files */
	struct fileset detached; /* --accept CYCLE: with policies apart, the plan is made on it */
	struct fileset result;
	struct fileset granted; /* phased: the result of the grants alone */
	struct proof proof;
};

/*
 * Fills the model and the outcome. False with *e when the proof fails, a bug of ours: then nothing
 * is written.
 */
bool fix_make(struct fix *f, struct err *e);
/* What to report: all but where the files are from, and what became of the change. */
struct report_input fix_report(const struct fix *f);
/* `available`: there is a change, which was not made. */
enum status fix_status(const struct fix *f, bool available);

#endif
