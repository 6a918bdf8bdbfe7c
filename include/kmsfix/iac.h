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
 * Finds dependency cycles of the model, each once: those of units that the first model had
 * otherwise or, given the model after it, of units that have one there. Only a new cycle is of
 * interest, and searching all was a tenth of a run.
 */
void model_find_cycles(struct model *m, const struct model *after);
/*
 * True when nothing in the files names an action of KMS or could be read as one, so that there is
 * no finding: the bytes say so, without a model.
 */
bool files_are_silent(const struct fileset *files);
/* True for a path whose content a front end may need. */
bool model_wants(str path);

#endif
