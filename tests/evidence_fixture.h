/* SPDX-License-Identifier: MIT */
/* evidence_fixture - one event in many spellings, and a directory to put it into. */
#ifndef KMSFIX_TESTS_EVIDENCE_FIXTURE_H
#define KMSFIX_TESTS_EVIDENCE_FIXTURE_H

#include "kmsfix/evidence.h"
#include "support.h"

#define KEY "arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444444444444"
#define KEY2 "arn:aws:kms:us-east-1:444455556666:key/mrk-0123456789abcdef0123456789abcdef"
#define ROLE "arn:aws:iam::111122223333:role/app/reader"
#define SESSION                                                                   \
	"{\"type\":\"AssumedRole\",\"principalId\":\"AROAX:s\",\"arn\":"          \
	"\"arn:aws:sts::111122223333:assumed-role/reader/s\",\"sessionContext\":" \
	"{\"sessionIssuer\":{\"type\":\"Role\",\"arn\":\"" ROLE "\"}}}"
#define EVENT(identity, name, more)                                                               \
	"{\"eventSource\":\"kms.amazonaws.com\",\"eventTime\":\"2025-03-01T10:00:00Z\","          \
	"\"eventName\":\"" name "\",\"userIdentity\":" identity ",\"resources\":[{\"ARN\":\"" KEY \
	"\"}]" more "}"
#define DECRYPT EVENT(SESSION, "Decrypt", "")

#define HEADER "eventtime,eventsource,eventname,useridentity,resources,errorcode\n"
#define ROW(identity, resources) \
	"2025-03-01 10:00:00.000,kms.amazonaws.com,Decrypt,\"" identity "\",\"" resources "\",\n"
#define STRUCT                                                                                  \
	"{type=AssumedRole, principalid=A:x=1,y, arn=arn:aws:sts::111122223333:assumed-role/r/" \
	"x=1,y, accountid=1, invokedby=null, sessioncontext={attributes={creationdate=2025-01-" \
	"01 00:00:00.000, mfaauthenticated=false}, sessionissuer={type=Role, arn=" ROLE         \
	", username=r}, webidfederationdata=null}}"
#define RESOURCE "[{accountid=1, type=AWS::KMS::Key, arn=" KEY "}]"

struct fixture {
	struct arena *arena;
	const char *dir;
};

#define FIXTURE_TEST(f) cmocka_unit_test_setup_teardown(f, fixture_setup, fixture_teardown)
int fixture_setup(void **state);
int fixture_teardown(void **state);
const char *path_of(struct fixture *f, const char *name);
/* Writes a file; its path. */
const char *put(struct fixture *f, const char *name, str text);
/* What is read from a path, or a text; fails when that is an error. */
const struct evidence *read_path(struct fixture *f, const char *path);
const struct evidence *read_text(struct fixture *f, str text);

#endif
