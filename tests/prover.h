/* SPDX-License-Identifier: MIT */
/* prover - the plan for one file of Terraform, what it makes of it, and the proof of that. */
#ifndef TESTS_PROVER_H
#define TESTS_PROVER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* after the four above */
#include <cmocka.h>

#include "kmsfix/iac.h"
#include "kmsfix/proof.h"
#include "kmsfix/template.h"

struct prover {
	struct arena *arena;
	struct config *config;
	struct template tpl;
	struct parsed parsed;
	struct plan_options options;
	struct model *before;
	struct plan plan;
	str fixed; /* the text, as it should be */
	struct proof proof;
};

/* One without code. */
struct prover *prover_create(void);
/* The teardown of a test whose state is one. */
int prover_end(void **state);
/* The model of that text. */
struct model *prover_build(struct prover *p, str text);
/* Plans for the code, and notes what should come of it. */
void prover_plan(struct prover *p, str code);
/* The code with the edits of the plan, as it is now. */
str prover_apply(struct prover *p);
/* Proves that `result` is what the plan makes of the code. */
const struct proof *prover_prove(struct prover *p, str result);

#endif
