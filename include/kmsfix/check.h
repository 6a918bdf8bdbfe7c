/* SPDX-License-Identifier: MIT */
/*
 * check - what a change undoes: for CI, which compares the models before (base) and after it
 * (head).
 */
#ifndef KMSFIX_CHECK_H
#define KMSFIX_CHECK_H

#include "kmsfix/plan.h"

/* An identity policy allows somebody a target action that none allowed them, or not always. */
#define CODE_BACK "PERMISSION-BACK"
/* A key policy granted it, the key and the principal are still there, and nothing gives it now. */
#define CODE_DROPPED "GRANT-DROPPED"

/* A file was changed so that it cannot be read, or one is new: what it allows is not known. */
#define CODE_UNREAD "FILE-UNREAD"

struct regression {
	const char *code;
	const struct file
		*file; /* at head: the statement, where the grant would stand, or unread */
	size_t offset;
	const struct file *base_file; /* at base: the grant; NULL: none */
	size_t base_offset;
	str address;            /* of the statement's block, or of the key */
	unsigned targets;       /* enum target bits */
	struct strs principals; /* addresses, or principals as written */
	struct strs keys;       /* addresses, or resources as written */
	str why;                /* it is not read */
};

struct regressions {
	struct regression **v;
	size_t n, cap;
};

/*
 * Compares two models. `plan` is that of the head, made with those options: what it suppresses or
 * does not count may come back, and an entry of the configuration with the code GRANT-DROPPED, the
 * path and the address of the key lets grants go (see struct config_finding). A wider permission at
 * base covers a narrower one at head; conditions may be added, also those under which it is there
 * at all. Units, keys and roles are the same by path and address; a unit that is new and one that
 * is gone are the same where addresses are. Files that cannot be read are told by the diagnostics
 * of the head. Sorted by place.
 */
void check_compare(struct regressions *out, const struct model *base, const struct model *head,
		   const struct plan *plan, const struct plan_options *o, struct arena *a);

#endif
