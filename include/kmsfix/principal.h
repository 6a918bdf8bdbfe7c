/* SPDX-License-Identifier: MIT */
/*
 * principal - what one entry of a policy's Principal element names. Texts are canonical (text.h).
 */
#ifndef KMSFIX_PRINCIPAL_H
#define KMSFIX_PRINCIPAL_H

#include "kmsfix/str.h"

enum principal_form {
	PRINCIPAL_STAR,    /* "*": everybody [3.18] */
	PRINCIPAL_ACCOUNT, /* root ARN or 12 digits: delegates to the account [3.4] */
	PRINCIPAL_ROLE,
	PRINCIPAL_USER,
	PRINCIPAL_SESSION,   /* assumed-role or federated-user session: bypasses boundaries [3.9] */
	PRINCIPAL_UNIQUE_ID, /* AROA…, AIDA…: what is left of a deleted role or user [4.5] */
	PRINCIPAL_SERVICE,
	PRINCIPAL_OTHER,     /* none of these: federated, canonical user, group, malformed */
	PRINCIPAL_REFERENCE, /* the whole text is one reference: resolve it by name */
	PRINCIPAL_UNKNOWN,   /* a reference stands where it decides the form */
};

/* Who has policies. */
enum principal_kind {
	PRINCIPAL_IS_ROLE,
	PRINCIPAL_IS_USER,
	PRINCIPAL_IS_GROUP,
	PRINCIPAL_IS_SET,    /* a permission set, or a role that one made */
	PRINCIPAL_IS_LINKED, /* a service-linked role */
};

struct principal_ref {
	enum principal_form form;
	str partition; /* ARN forms */
	str account;   /* ACCOUNT, ROLE, USER, SESSION; 12 digits or text with a reference */
	str path; /* ROLE, USER: "/" or "/service-role/" … [4.4]; SESSION: the role as "/app/" */
	str name; /* ROLE, USER, SESSION: without the path; SERVICE, UNIQUE_ID: the text */
};

/*
 * Reads `text` listed under `type` ("AWS", "Service", "Federated", "CanonicalUser"; "*" for a bare
 * `"Principal": "*"`). Never fails; slices borrow from `text`. An ARN with a wildcard is OTHER:
 * no policy accepts it [4.2].
 */
struct principal_ref principal_parse(str type, str text);

/* Whether IAM gives roles and users such a path and name; for ROLE and USER of literal text. */
bool principal_can_exist(const struct principal_ref *ref);

#endif
