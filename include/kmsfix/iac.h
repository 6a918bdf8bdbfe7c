/* SPDX-License-Identifier: MIT */
/* iac - infrastructure code to the access model. */
#ifndef KMSFIX_IAC_H
#define KMSFIX_IAC_H

#include "kmsfix/model.h"

/*
 * Builds the model of everything in `files` (sorted) with every front end. What is wrong with the
 * user's files is added to `diags`; nothing fails.
 */
struct model *model_build(const struct fileset *files, const struct config *config,
			  struct diags *diags, struct parsed *parsed, struct arena *a);
/*
 * Finds the dependency cycles of the model, once. With `changed` not those of units that the first
 * model had the very same: where only a new cycle is of interest, as searching was a tenth of a
 * run.
 */
void model_find_cycles(struct model *m, bool changed);
/* True for a path whose content a front end may need. */
bool model_wants(str path);

#endif
