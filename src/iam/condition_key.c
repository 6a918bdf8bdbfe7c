/* SPDX-License-Identifier: MIT */
#include "condition_key.h"

#include "kmsfix/action.h"

#define ALL TARGET_ALL
#define REENCRYPT (TARGET_REENCRYPT_FROM | TARGET_REENCRYPT_TO)

static const struct condition_key table[] = {
	/* KMS, on the targets [5.2] */
	{ "kms:calleraccount", KEY_BOTH, ALL },
	{ "kms:encryptionalgorithm", KEY_BOTH, ALL },
	{ "kms:encryptioncontext:", KEY_BOTH, ALL },
	{ "kms:encryptioncontextkeys", KEY_BOTH, ALL },
	{ "kms:keyorigin", KEY_BOTH, ALL },
	{ "kms:keyspec", KEY_BOTH, ALL },
	{ "kms:keyusage", KEY_BOTH, ALL },
	{ "kms:multiregion", KEY_BOTH, ALL },
	{ "kms:multiregionkeytype", KEY_BOTH, ALL },
	{ "kms:recipientattestation:", KEY_BOTH, TARGET_DECRYPT },
	{ "kms:reencryptonsamekey", KEY_BOTH, REENCRYPT },
	{ "kms:requestalias", KEY_BOTH, ALL },
	{ "kms:viaservice", KEY_BOTH, ALL },
	{ "kms:resourcealiases", KEY_IAM_ONLY, ALL },
	/* KMS, on other actions only: never in a request for a target [5.9] */
	{ "kms:bypasspolicylockoutsafetycheck", KEY_BOTH, 0 },
	{ "kms:datakeypairspec", KEY_BOTH, 0 },
	{ "kms:expirationmodel", KEY_BOTH, 0 },
	{ "kms:grantconstraintsourcearn", KEY_BOTH, 0 },
	{ "kms:grantconstrainttype", KEY_BOTH, 0 },
	{ "kms:granteeprincipal", KEY_BOTH, 0 },
	{ "kms:granteeserviceprincipal", KEY_BOTH, 0 },
	{ "kms:grantisforawsresource", KEY_BOTH, 0 },
	{ "kms:grantoperations", KEY_BOTH, 0 },
	{ "kms:keyagreementalgorithm", KEY_BOTH, 0 },
	{ "kms:macalgorithm", KEY_BOTH, 0 },
	{ "kms:messagetype", KEY_BOTH, 0 },
	{ "kms:primaryregion", KEY_BOTH, 0 },
	{ "kms:replicaregion", KEY_BOTH, 0 },
	{ "kms:retiringprincipal", KEY_BOTH, 0 },
	{ "kms:retiringserviceprincipal", KEY_BOTH, 0 },
	{ "kms:rotationperiodindays", KEY_BOTH, 0 },
	{ "kms:schedulekeydeletionpendingwindowindays", KEY_BOTH, 0 },
	{ "kms:signingalgorithm", KEY_BOTH, 0 },
	{ "kms:trailingdayswithoutkeyusage", KEY_BOTH, 0 },
	{ "kms:validto", KEY_BOTH, 0 },
	{ "kms:wrappingalgorithm", KEY_BOTH, 0 },
	{ "kms:wrappingkeyspec", KEY_BOTH, 0 },
	/* global: the resource [5.3] */
	{ "aws:resourceaccount", KEY_IAM_ONLY, ALL },
	{ "aws:resourceorgid", KEY_IAM_ONLY, ALL },
	{ "aws:resourceorgpaths", KEY_IAM_ONLY, ALL },
	{ "aws:resourcetag/", KEY_IAM_ONLY, ALL },
	/* global: tags in the request [5.5] */
	{ "aws:requesttag/", KEY_REQUEST, ALL },
	/* global: principal, session, network, request [5.4] */
	{ "aws:calledvia", KEY_BOTH, ALL },
	{ "aws:calledviafirst", KEY_BOTH, ALL },
	{ "aws:calledvialast", KEY_BOTH, ALL },
	{ "aws:currenttime", KEY_BOTH, ALL },
	{ "aws:ec2instancesourceprivateipv4", KEY_BOTH, ALL },
	{ "aws:ec2instancesourcevpc", KEY_BOTH, ALL },
	{ "aws:epochtime", KEY_BOTH, ALL },
	{ "aws:federatedprovider", KEY_BOTH, ALL },
	{ "aws:multifactorauthage", KEY_BOTH, ALL },
	{ "aws:multifactorauthpresent", KEY_BOTH, ALL },
	{ "aws:principalaccount", KEY_BOTH, ALL },
	{ "aws:principalarn", KEY_BOTH, ALL },
	{ "aws:principalisawsservice", KEY_BOTH, ALL },
	{ "aws:principalorgid", KEY_BOTH, ALL },
	{ "aws:principalorgpaths", KEY_BOTH, ALL },
	{ "aws:principaltag/", KEY_BOTH, ALL },
	{ "aws:principaltype", KEY_BOTH, ALL },
	{ "aws:referer", KEY_BOTH, ALL },
	{ "aws:requestedregion", KEY_BOTH, ALL },
	{ "aws:securetransport", KEY_BOTH, ALL },
	{ "aws:sourceaccount", KEY_BOTH, ALL },
	{ "aws:sourcearn", KEY_BOTH, ALL },
	{ "aws:sourceidentity", KEY_BOTH, ALL },
	{ "aws:sourceip", KEY_BOTH, ALL },
	{ "aws:sourceorgid", KEY_BOTH, ALL },
	{ "aws:sourceorgpaths", KEY_BOTH, ALL },
	{ "aws:sourcevpc", KEY_BOTH, ALL },
	{ "aws:sourcevpce", KEY_BOTH, ALL },
	{ "aws:tokenissuetime", KEY_BOTH, ALL },
	{ "aws:useragent", KEY_BOTH, ALL },
	{ "aws:userid", KEY_BOTH, ALL },
	{ "aws:username", KEY_BOTH, ALL },
	{ "aws:viaawsservice", KEY_BOTH, ALL },
	{ "aws:vpcsourceip", KEY_BOTH, ALL },
};

static bool is_row_of(const struct condition_key *row, str key)
{
	str name = str_from(row->name);
	char last = name.p[name.n - 1];

	if (last == ':' || last == '/')
		return key.n > name.n && str_starts(key, name);
	return str_eq(key, name);
}

const struct condition_key *condition_key_find(str key)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		if (is_row_of(&table[i], key))
			return &table[i];
	}
	return NULL;
}
