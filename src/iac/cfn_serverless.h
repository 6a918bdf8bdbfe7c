/* SPDX-License-Identifier: MIT */
/* cfn_serverless - who has a role in a service of the Serverless Framework [12.12]. */
#ifndef KMSFIX_IAC_CFN_SERVERLESS_H
#define KMSFIX_IAC_CFN_SERVERLESS_H

#include "cfn.h"

/* The role of all functions that have none of their own. */
#define SLS_ROLE "IamRoleLambdaExecution"
#define SLS_PLUGIN "serverless-iam-roles-per-function"

/* Pairs of functions. */
struct sls_functions {
	const struct node **v;
	size_t n, cap;
};

struct sls_functions sls_functions(struct cfn_stack *s);
const struct node *sls_provider(struct cfn_stack *s);
/* `iam.role` of the provider, or of a function; NULL without one. */
const struct node *sls_iam_role(struct cfn_stack *s, const struct node *of);
/* The pair that lists the statements of all functions; NULL without one. */
const struct node *sls_statements(struct cfn_stack *s);
/* The pair that lists those of one function. */
const struct node *sls_own_statements(struct cfn_stack *s, const struct node *function);
/* True when the framework makes one role for all functions that have none of their own. */
bool sls_is_shared(struct cfn_stack *s);
/* True when it makes one for each function, also for those that say nothing. */
bool sls_is_per_function(struct cfn_stack *s);
/* The role that is made for the function alone; NULL when none is. */
struct cfn_resource *sls_own_role(struct cfn_stack *s, const struct node *function);
/* Whether the own role of a function has the statements of the provider, too. */
enum sls_inherits { SLS_APART, SLS_INHERITS, SLS_MAY_INHERIT };
enum sls_inherits sls_inherits(struct cfn_stack *s, const struct node *function);

#endif
