/* SPDX-License-Identifier: MIT */
/*
 * live - what the account says about itself (facts.h) beside what the repository says: it completes
 * the model, and where the two contradict each other, that is said, and held (DRIFT).
 *
 * Nothing is taken from an account that is not known to be the one the code is applied to: by the
 * configuration, the provider, or because there is only one of each.
 */
#ifndef KMSFIX_IAC_LIVE_H
#define KMSFIX_IAC_LIVE_H

#include "kmsfix/evidence.h"
#include "kmsfix/facts.h"
#include "kmsfix/model.h"

struct live {
	struct model *m;
	const struct facts *facts;       /* perhaps empty */
	const struct evidence *evidence; /* NULL: none */
	struct map principals, policies; /* of facts, by name; policies without a place are only
					    seen on those who have them */
	struct map records;              /* of evidence: struct evidence_record by name */
	struct strs accounts;            /* that the facts or the evidence are of */
	struct strs logged;              /* whose principals the evidence has */
	struct strs covered;             /* accounts whose details are here */
	bool complete;                   /* all of them */
	struct model texts;              /* policies of the account, read like those of the code */
	struct scope *scope;             /* of those texts */
	struct map keys;                 /* those with a known ARN, by it */
	const struct scope *elsewhere;   /* of keys that are not declared here; NULL: none yet */
};

/* Where texts of the account can be read beside the model. */
void live_open(struct live *l, struct model *m);
/* Completes the model by what the account says. The front ends are done. */
void live_complete(struct model *m);

const struct facts_principal *live_principal(const struct live *l, str account,
					     enum principal_kind kind, str name);
const struct facts_policy *live_policy(const struct live *l, str account, str name);
/* The name of a principal or policy in a map: unique in an account whatever its case. */
str live_name(struct arena *a, str account, int kind, str name);
/* Something that the code and the account contradict each other in: says so, and holds. */
void live_drift(struct live *l, struct issues *issues, const struct file *f, size_t offset,
		const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* A policy of the account; NULL when there is none, or it is no JSON. */
struct policy *live_read(struct live *l, const struct facts_document *d);

/* The account of everything that has the symbol is `to`. */
void live_settle(struct model *m, str symbol, str to);
/* Notes the ARN of the principal. */
void live_literal(struct model *m, struct principal *p, str arn);
/* live_who.c: principals, and who has which managed policy. */
void live_principals(struct live *l);
void live_attachments(struct live *l);
/* live_may.c: the targets that a statement of the account may allow. */
unsigned live_targets(const struct statement *s);
/* A key (empty: whichever), under conditions (sorted). */
struct live_need {
	str key;
	struct condition_set conditions;
};
/* The targets that the principal may have by its IAM policies, whenever the conditions hold. */
unsigned live_may(struct live *l, const struct facts_principal *f, const struct live_need *need);
/* live_plan.c: what Terraform's plans and states say. Comes first. */
void live_plans(struct live *l);
/* live_use.c: what the logs say that principals used. */
void live_index_evidence(struct live *l);
void live_set_records(struct live *l);
/* live_key.c: keys by their aliases, their policies, and what else names a key. */
void live_keys(struct live *l);
/* live_elsewhere.c: keys of other repositories. */
void live_elsewhere(struct live *l);
/* The ARN of the key or alias that a name stands for, as far as the code tells it; else empty. */
str live_wanted_arn(const struct live *l, const struct name *name);
/* Adds the key that has the ARN when it is to be asked for. */
void live_name_elsewhere(struct live *l, const struct name *name, str arn);
/* The policy that the key has in the account. */
void live_key_policy(struct live *l, struct key *k, const struct facts_document *d, str account);

#endif
