/* SPDX-License-Identifier: MIT */
#ifndef KMSFIX_IAC_OTHER_KIND_H
#define KMSFIX_IAC_OTHER_KIND_H

#include "kmsfix/model.h"

/* One note, after all else, where files that no part of the model read say that somebody is allowed
 * an action of ours. */
void other_kinds_note(struct model *m);

#endif
