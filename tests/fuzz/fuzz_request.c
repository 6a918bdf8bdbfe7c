/* SPDX-License-Identifier: MIT */
/*
 * Any bytes as a request or receipt: an error with its place, or one that asks for exactly what can
 * be granted, and whose grant is proved.
 */
#include <string.h>

#include "../pipeline.h"
#include "fuzz.h"
#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "kmsfix/request.h"
#include "kmsfix/vec.h"

static const char code[] =
	"provider \"aws\" {\n  region = \"eu-west-1\"\n"
	"  allowed_account_ids = [\"111122223333\"]\n}\n"
	"resource \"aws_kms_key\" \"a\" {\n  policy = jsonencode({\n"
	"    Version = \"2012-10-17\"\n    Statement = [\n      {\n"
	"        Effect = \"Allow\"\n"
	"        Principal = { AWS = \"arn:aws:iam::111122223333:root\" }\n"
	"        Action = \"kms:*\"\n        Resource = \"*\"\n      }\n    ]\n  })\n}\n"
	"resource \"aws_kms_alias\" \"a\" {\n  name = \"alias/data\"\n"
	"  target_key_id = aws_kms_key.a.key_id\n}\n"
	"resource \"aws_iam_role_policy\" \"a\" {\n  role = \"app\"\n"
	"  policy = jsonencode({ Statement = [{ Effect = \"Allow\", Action = \"kms:Decrypt\","
	" Resource = \"arn:aws:kms:eu-west-1:111122223333:key/a\" }] })\n}\n";

static void check(const struct request *r)
{
	struct arn key, who;

	must(r->id.n == REQUEST_ID_SIZE && r->targets && !(r->targets & ~(unsigned)TARGET_ALL));
	must(arn_parse(r->key, &key) && arn_parse(r->principal, &who));
	must(!str_has(r->key, S("*")) && !str_has(r->principal, S("*")));
	must(r->granted == (r->owner.n != 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *a = arena_create();
	struct file f = { .path = S("r.json"), .text = { (const char *)data, size } };
	struct fileset files = { 0 };
	struct requests all = { 0 };
	struct request r;
	struct err e = { .code = ERR_NONE };

	if (request_parse(&r, &f, a, &e)) {
		check(&r);
		VEC_PUSH(a, &all, r);
		fileset_add(&files, a, S("main.tf"), S(code), 0100644);
		fileset_sort(&files);
		must(!pipeline_handoff(&files, &all, a).n);
	} else {
		must(e.code == ERR_IO && !strncmp(e.msg, "r.json:", 7) && !strchr(e.msg, '\n'));
	}
	arena_destroy(a);
	return 0;
}
