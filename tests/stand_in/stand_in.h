/* SPDX-License-Identifier: MIT */
/*
 * stand_in - an account of AWS in a directory, for tests: the few calls of the command line that
 * kmsfix's scripts make, with the validations of AWS that could stop them.
 *
 *	aws seed EXPORT    makes the state from an export
 *	aws export DIR     writes the state as an export
 *	aws SERVICE CALL   as the real one
 *
 * STAND_IN is the directory of the state. After each call that changes something, who has which
 * access is added to its file `access`: a judge that knows nothing of kmsfix.
 *
 * STAND_IN_STOP=N fails the N-th call that changes something (counted in the file `calls`),
 * STAND_IN_HOW says how: "before" it is done, "after" (the answer is lost), or "kill", which ends
 * STAND_IN_VICTIM when it is done.
 */
#ifndef STAND_IN_H
#define STAND_IN_H

#include <cjson/cJSON.h>
#include <stdbool.h>

#define MAX_OPTIONS 16

struct call {
	const char *service, *operation;
	struct {
		const char *name, *value;
	} options[MAX_OPTIONS];
	int n;
	cJSON *state;
	bool changed;
};

/* Ends the process as the command line tool does when AWS refuses. */
void refuse(const struct call *c, const char *code, const char *why) __attribute__((noreturn));
/* Ends it for wrong usage. */
void unusable(const char *why, const char *what) __attribute__((noreturn));
/* The value of an option, "file://" read; NULL when it is not there. */
const char *option(const struct call *c, const char *name);
/* The same, required. */
const char *need(const struct call *c, const char *name);
bool has_flag(const struct call *c, const char *name);
char *read_text(const char *path);

/* The member, required to be there: NoSuchEntity otherwise. */
cJSON *entity(const struct call *c, const char *list, const char *name);
const char *text_of(const cJSON *object, const char *name);

/* iam.c, kms.c, analyzer.c: the answer (NULL: none). `known` is false for no such operation. */
cJSON *iam_call(struct call *c, bool *known);
cJSON *kms_call(struct call *c, bool *known);
cJSON *analyzer_call(struct call *c, bool *known);

/* check.c: what AWS says of a policy; NULL: nothing. */
const char *identity_policy_error(const cJSON *document);
const char *key_policy_error(const cJSON *state, const cJSON *document);
/* Bytes without white space outside of strings. */
int policy_size(const char *text);

/* access.c: who may do what, a line each, sorted. */
char *access_text(const cJSON *state);
bool matches(const char *pattern, const char *text, bool fold);
/* The elements of a member that may be one value or a list. */
#define EACH(e, object, name)                                           \
	for (const cJSON *e##_ = cJSON_GetObjectItem((object), (name)), \
			 *e = cJSON_IsArray(e##_) ? e##_->child : e##_; \
	     e; e = cJSON_IsArray(e##_) ? e->next : NULL)

/* kms.c: a policy as KMS gives it back. */
char *kms_text(const char *policy);

/* seed.c */
void seed(const char *from);
void export_to(const cJSON *state, const char *dir);
void store(const cJSON *state);

#endif
