/* SPDX-License-Identifier: MIT */
/* What an account says about itself, out of the answers of AWS and Terraform. */
#include "support.h"

#include <string.h>

#include "kmsfix/buf.h"
#include "kmsfix/facts.h"
#include "kmsfix/syntax.h"

#define ID "00000000-1111-2222-3333-444444444444"
#define MRK "mrk-0123456789abcdef0123456789abcdef"
#define KEY "arn:aws:kms:eu-west-1:111122223333:key/" ID
#define ROLE "arn:aws:iam::111122223333:role/app/reader"
#define POLICY "arn:aws:iam::111122223333:policy/p"

struct fixture {
	struct arena *arena;
	const char *dir;
};

static int setup(void **state)
{
	struct arena *a = arena_create();
	struct fixture *f = ARENA_NEW(a, struct fixture);

	*f = (struct fixture){ a, test_mkdir(a) };
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	test_rmdir(f->arena, f->dir);
	arena_destroy(f->arena);
	return 0;
}

/* Writes a file, whose directory it makes; its path. */
static const char *put(struct fixture *f, const char *name, const char *text)
{
	str path = str_fmt(f->arena, "%s/%s", f->dir, name), dir = path_dir(path);

	test_must(f->arena, (const char *[]){ "mkdir", "-p", str_z(f->arena, dir), NULL });
	test_write(path.p, str_from(text));
	return path.p;
}

static const struct facts *read_path(struct fixture *f, const char *path)
{
	const struct facts *facts = NULL;
	struct err e;

	if (!facts_read(&facts, &path, 1, f->arena, &e))
		test_fail("%s", e.msg);
	return facts;
}

static const struct facts *read_text(struct fixture *f, const char *text)
{
	return read_path(f, put(f, ID ".json", text));
}

static const char details[] =
	"{\"UserDetailList\":[{\"Path\":\"/\",\"UserName\":\"ada\",\"UserId\":\"AIDA\",\"Arn\":"
	"\"arn:aws:iam::111122223333:user/ada\",\"GroupList\":[\"g1\",\"g2\"],"
	"\"AttachedManagedPolicies\":[]}],"
	"\"GroupDetailList\":[{\"Path\":\"/\",\"GroupName\":\"g1\",\"GroupId\":\"AGPA\",\"Arn\":"
	"\"arn:aws:iam::111122223333:group/g1\",\"GroupPolicyList\":[]}],"
	"\"RoleDetailList\":[{\"Path\":\"/app/"
	"\",\"RoleName\":\"reader\",\"RoleId\":\"AROA\",\"Arn\":\"" ROLE
	"\",\"AssumeRolePolicyDocument\":{\"Version\":\"2012-10-17\"},\"RolePolicyList\":"
	"[{\"PolicyName\":\"in\",\"PolicyDocument\":\"%7B%22Version%22%3A%20%222012-10-17%22%2C%22a"
	"%22%3A%22%2B+%25%22%7D\"}],"
	"\"AttachedManagedPolicies\":[{\"PolicyName\":\"p\",\"PolicyArn\":\"" POLICY
	"\"}],\"PermissionsBoundary\":{\"PermissionsBoundaryType\":\"Policy\","
	"\"PermissionsBoundaryArn\":\"arn:aws:iam::111122223333:policy/b\"}}],"
	"\"Policies\":[{\"PolicyName\":\"p\",\"Arn\":\"" POLICY
	"\",\"Path\":\"/\",\"DefaultVersionId\":\"v2\",\"AttachmentCount\":1,"
	"\"PermissionsBoundaryUsageCount\":3,\"PolicyVersionList\":[{\"Document\":{\"n\":2},"
	"\"VersionId\":\"v2\",\"IsDefaultVersion\":true,\"CreateDate\":\"2025-01-01T00:00:00+00:"
	"00\"},"
	"{\"Document\":\"{\\\"n\\\": "
	"\\\"1%25\\\"}\",\"VersionId\":\"v1\",\"IsDefaultVersion\":false}]}],"
	"\"IsTruncated\":false}";

static void reads_account_details(void **state)
{
	const struct facts *f = read_text(*state, details);
	const struct facts_principal *role = facts_principal(f, S(ROLE));
	const struct facts_principal *user =
		facts_principal(f, S("arn:aws:iam::111122223333:user/ada"));
	const struct facts_policy *policy = facts_policy(f, S(POLICY));

	assert_int_equal(f->principals.n, 3);
	assert_int_equal(role->kind, FACTS_ROLE);
	assert_str_eq(role->name, S("reader"));
	assert_str_eq(role->id, S("AROA"));
	assert_str_eq(role->path, S("/app/"));
	assert_str_eq(role->account, S("111122223333"));
	assert_str_eq(role->boundary, S("arn:aws:iam::111122223333:policy/b"));
	assert_str_eq(role->attached.v[0], S(POLICY));
	assert_str_eq(role->trust.text, S("{\"Version\":\"2012-10-17\"}"));
	assert_str_eq(role->inlines.v[0].name, S("in"));
	/* '+' is no blank here, and '%25' is decoded once. */
	assert_str_eq(role->inlines.v[0].document.text,
		      S("{\"Version\": \"2012-10-17\",\"a\":\"++%\"}"));
	assert_int_equal(user->kind, FACTS_USER);
	assert_int_equal(user->groups.n, 2);
	assert_str_eq(user->groups.v[1], S("g2"));
	assert_str_eq(user->boundary, S(""));
	assert_int_equal(policy->versions.n, 2);
	assert_str_eq(policy->current->id, S("v2"));
	assert_str_eq(policy->current->document.text, S("{\"n\":2}"));
	/* A text that is JSON already is not decoded. */
	assert_str_eq(policy->versions.v[1].document.text, S("{\"n\": \"1%25\"}"));
	assert_int_equal(policy->boundaries, 3);
	assert_int_equal(f->accounts.n, 1);
	assert_int_equal(f->detail_pages, 1);
	assert_int_equal(f->truncated_pages, 0);
	assert_null(facts_principal(f, S("arn:aws:iam::111122223333:role/reader")));
}

static void pages_are_merged(void **state)
{
	struct fixture *x = *state;
	const struct facts *f;

	put(x, "b/page-1",
	    "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RoleName\":\"reader\"}],"
	    "\"IsTruncated\":true,\"Marker\":\"m\"}");
	put(x, "a.json",
	    "[{\"RoleDetailList\":[{\"Arn\":\"arn:aws:iam::111122223333:role/a\"}]},\n"
	    "{\"RoleDetailList\" : [ {\"Arn\":\"" ROLE "\", \"RoleName\":\"rea\\u0064er\" } ]}]");
	f = read_path(x, x->dir);
	assert_int_equal(f->principals.n, 2);
	assert_str_eq(f->principals.v[0]->arn, S("arn:aws:iam::111122223333:role/a"));
	assert_int_equal(f->detail_pages, 3);
	assert_int_equal(f->truncated_pages, 1);
}

static void keys_come_from_any_answer(void **state)
{
	struct fixture *x = *state;
	const struct facts *f;
	const struct facts_key *key;

	put(x, "1",
	    "{\"Keys\":[{\"KeyId\":\"" ID "\",\"KeyArn\":\"" KEY "\"}],\"Truncated\":false}");
	put(x, "2",
	    "{\"Aliases\":[{\"AliasName\":\"alias/b\",\"AliasArn\":"
	    "\"arn:aws:kms:eu-west-1:111122223333:alias/b\",\"TargetKeyId\":\"" ID "\"},"
	    "{\"AliasName\":\"alias/a\",\"AliasArn\":"
	    "\"arn:aws:kms:eu-west-1:111122223333:alias/a\",\"TargetKeyId\":\"" ID "\"},"
	    "{\"AliasName\":\"alias/aws/x\",\"AliasArn\":"
	    "\"arn:aws:kms:eu-west-1:111122223333:alias/aws/x\"}]}");
	put(x, "3",
	    "{\"KeyMetadata\":{\"Arn\":\"" KEY "\",\"Enabled\":true,\"KeyState\":\"Enabled\","
	    "\"KeyManager\":\"CUSTOMER\",\"Origin\":\"AWS_KMS\",\"KeySpec\":"
	    "\"SYMMETRIC_DEFAULT\",\"KeyUsage\":\"ENCRYPT_DECRYPT\",\"MultiRegion\":false}}");
	put(x, "keys/" ID "/policy.json", "{\"Policy\":\"{\\n \\\"Statement\\\": []\\n}\"}");
	put(x, "other.json", "{\"Aliases\":[{\"Name\":\"live\"}]}");
	put(x, "notes.txt", "hello");
	put(x, "bucket-policy.json", "{\"Statement\":[]}");
	put(x, ".hidden", "{");
	f = read_path(x, x->dir);
	key = facts_key(f, S(KEY));
	assert_int_equal(f->keys.n, 1);
	assert_true(key->described && key->enabled);
	assert_str_eq(key->manager, S("CUSTOMER"));
	assert_str_eq(key->region, S("eu-west-1"));
	assert_str_eq(key->policy.text, S("{\n \"Statement\": []\n}"));
	assert_int_equal(key->aliases.n, 2);
	assert_str_eq(key->aliases.v[0], S("alias/a"));
	assert_ptr_equal(facts_alias_key(f, S("arn:aws:kms:eu-west-1:111122223333:alias/b")), key);
	assert_null(facts_alias_key(f, S("arn:aws:kms:eu-west-1:111122223333:alias/aws/x")));
	assert_int_equal(f->ignored.n, 3);
}

#define TWO_KEYS                                                                                  \
	"{\"Keys\":[{\"KeyArn\":\"arn:aws:kms:eu-west-1:111122223333:key/" MRK "\"},{\"KeyArn\":" \
	"\"arn:aws:kms:us-east-1:111122223333:key/" MRK "\"}]}"

static void a_policy_finds_its_multi_region_key(void **state)
{
	struct fixture *x = *state;
	const struct facts *f;

	put(x, "list", TWO_KEYS);
	put(x, "us-east-1/" MRK, "{\"Statement\":[],\"Id\":\"us\"}");
	put(x, "arn:aws:kms:eu-west-1:111122223333:key_" MRK ".json", "{\"Statement\":{}}");
	f = read_path(x, x->dir);
	assert_int_equal(f->keys.n, 2);
	assert_str_eq(f->keys.v[0]->policy.text, S("{\"Statement\":{}}"));
	assert_str_eq(f->keys.v[1]->policy.text, S("{\"Statement\":[],\"Id\":\"us\"}"));
}

static void a_policy_of_an_unknown_key_is_kept_by_its_id(void **state)
{
	const struct facts *f = read_text(*state, "{\"Policy\":\"{}\"}");

	assert_int_equal(f->keys.n, 1);
	assert_str_eq(f->keys.v[0]->id, S(ID));
	assert_str_eq(f->keys.v[0]->arn, S(""));
}

static const char plan[] =
	"{\"format_version\":\"1.2\",\"prior_state\":{\"values\":{\"root_module\":{\"resources\":["
	"{\"address\":\"data.aws_caller_identity.me\",\"mode\":\"data\",\"type\":"
	"\"aws_caller_identity\",\"name\":\"me\",\"values\":{\"account_id\":\"111122223333\"}}]}}},"
	"\"planned_values\":{\"root_module\":{\"child_modules\":[{\"address\":\"module.a\","
	"\"child_modules\":[{\"resources\":[{\"address\":\"module.a.module.b.aws_iam_role.r["
	"\\\"x\\\"]\","
	"\"mode\":\"managed\",\"type\":\"aws_iam_role\",\"name\":\"r\",\"provider_name\":\"aws\","
	"\"values\":{\"name\":\"reader\",\"max\":3600,\"force\":false,\"description\":null,"
	"\"secret\":\"s\",\"inline_policy\":[{\"name\":\"i\",\"policy\":\"{}\"},{\"name\":"
	"\"hidden\"}],"
	"\"managed_policy_arns\":[\"a\",\"b\"]},\"sensitive_values\":{\"secret\":true,"
	"\"inline_policy\":[{},{\"name\":true}]}},{\"address\":\"x\",\"type\":\"y\",\"deposed_"
	"key\":"
	"\"1\"}]}]}]}}}";

static void reads_terraform_plans_and_states(void **state)
{
	const struct facts *f = read_text(*state, plan);
	const struct facts_resource *r = f->resources.v[1];

	assert_int_equal(f->resources.n, 2);
	assert_int_equal(f->resources.v[0]->when, FACTS_PRIOR);
	assert_true(f->resources.v[0]->data);
	assert_str_eq(facts_value(f->resources.v[0], S("account_id")), S("111122223333"));
	assert_int_equal(r->when, FACTS_PLANNED);
	assert_str_eq(r->address, S("module.a.module.b.aws_iam_role.r[\"x\"]"));
	assert_str_eq(facts_value(r, S("name")), S("reader"));
	assert_str_eq(facts_value(r, S("max")), S("3600"));
	assert_str_eq(facts_value(r, S("force")), S("false"));
	assert_str_eq(facts_value(r, S("inline_policy.0.policy")), S("{}"));
	assert_str_eq(facts_value(r, S("managed_policy_arns.1")), S("b"));
	assert_str_eq(facts_value(r, S("secret")), S(""));
	assert_str_eq(facts_value(r, S("inline_policy.1.name")), S(""));
	assert_int_equal(r->attributes.n, 7);
	f = read_text(*state,
		      "{\"format_version\":\"0.1\",\"values\":{\"root_module\":{\"resources\":"
		      "[{\"address\":\"a\",\"type\":\"b\",\"values\":{\"arn\":\"c\"}}]}}}");
	assert_int_equal(f->resources.v[0]->when, FACTS_STATE);
	f = read_text(*state,
		      "{\"format_version\":\"0.1\",\"values\":{\"root_module\":{\"resources\":"
		      "[{\"address\":\"a.b\",\"type\":\"a\",\"index\":0},{\"address\":\"a.b\","
		      "\"type\":\"a\",\"index\":\"k\"},{\"address\":\"a.b[1]\",\"type\":\"a\","
		      "\"index\":1}],"
		      "\"child_modules\":[{\"address\":\"module.m\",\"resources\":"
		      "[{\"address\":\"a.b\",\"type\":\"a\"}]}]}}}");
	assert_int_equal(f->resources.n, 4);
	assert_str_eq(f->resources.v[0]->address, S("a.b[\"k\"]"));
	assert_str_eq(f->resources.v[1]->address, S("a.b[0]"));
	assert_str_eq(f->resources.v[2]->address, S("a.b[1]"));
	assert_str_eq(f->resources.v[3]->address, S("module.m.a.b"));
}

static const struct {
	const char *text, *error;
} bad[] = {
	{ "", ":1:1: this is no JSON" },
	{ "hello", ":1:1: this is no JSON" },
	{ "\xff\xfe{", ":1:1: this is UTF-16, as PowerShell writes it; write UTF-8" },
	{ "\xfe\xff", ":1:1: this is UTF-16, as PowerShell writes it; write UTF-8" },
	{ "{", ":1:2: expected a key in double quotes" },
	{ "{\"a\":1}\n{}", ":2:1: expected the end of the JSON text" },
	{ "{\"a\":1}", ":1:1: none of the answers that are known here" },
	{ "[]", ":1:1: none of the answers that are known here" },
	{ "{\"RoleDetailList\":{}}", ":1:1: none of the answers that are known here" },
	{ "{\"RoleDetailList\":{},\"UserDetailList\":[]}", ":1:19: expected a list" },
	{ "{\"RoleDetailList\":[],\"Policies\":{}}", ":1:33: expected a list" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RolePolicyList\":{}}]}",
	  ":1:88: expected a list" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AttachedManagedPolicies\":1}]}",
	  ":1:97: expected a list" },
	{ "{\"UserDetailList\":[{\"Arn\":\"" ROLE "\",\"GroupList\":\"g\"}]}",
	  ":1:83: expected a list" },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"" POLICY
	  "\",\"PolicyVersionList\":{}}]}",
	  ":1:98: expected a list" },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"" POLICY
	  "\",\"DefaultVersionId\":\"v2\",\"PolicyVersionList\":[{\"VersionId\":\"v1\","
	  "\"IsDefaultVersion\":true},{\"VersionId\":\"v2\"}]}]}",
	  ":1:34: a policy whose DefaultVersionId is 'v2', but whose default version is 'v1'" },
	{ "[{\"Account\":\"1\"},2]", ":1:1: none of the answers that are known here" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"x\"}]}",
	  ":1:20: an entry without the ARN that it must have" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RolePolicyList\":[{}]}]}",
	  ":1:89: an inline policy without a name" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RolePolicyList\":[{\"PolicyName\":\"a\","
	  "\n\"PolicyDocument\":\"%7\"}]}]}",
	  ":2:18: a policy document whose URL encoding is wrong" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RolePolicyList\":[{\"PolicyName\":\"a\","
	  "\n\"PolicyDocument\":\"%7B%22\"}]}]}",
	  ":2:18: a policy document: byte 1: the string is not closed" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"RolePolicyList\":[{\"PolicyName\":\"a\","
	  "\n\"PolicyDocument\":[]}]}]}",
	  ":2:18: expected a policy document" },
	{ "{\"Policy\":\"[]\"}", ":1:11: a policy document that is no object" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\"},\n{\"Arn\":\"" ROLE "\",\"Path\":\"/\"}]}",
	  NULL },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"" POLICY
	  "\",\"PolicyVersionList\":[{\"VersionId\":\"1\",\"IsDefaultVersion\":true},"
	  "{\"VersionId\":\"2\",\"IsDefaultVersion\":true}]}]}",
	  ":1:34: a policy with two default versions" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"arn:aws:s3:::b\"}]}",
	  ":1:20: an entry without the ARN that it must have" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"PermissionsBoundary\":{}}]}",
	  ":1:93: a boundary without its ARN" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AttachedManagedPolicies\":[{}]}]}",
	  ":1:98: an attached policy without PolicyArn" },
	{ "{\"UserDetailList\":[{\"Arn\":\"" ROLE "\",\"GroupList\":[1]}]}",
	  ":1:84: expected the name of a group" },
	{ "{\"UserDetailList\":[{\"Arn\":\"" ROLE "\",\"GroupList\":[\"\"]}]}",
	  ":1:84: expected the name of a group" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AssumeRolePolicyDocument\":\"%zz\"}]}",
	  ":1:98: a policy document whose URL encoding is wrong" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AssumeRolePolicyDocument\":\"%7G\"}]}",
	  ":1:98: a policy document whose URL encoding is wrong" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AssumeRolePolicyDocument\":\"%G7\"}]}",
	  ":1:98: a policy document whose URL encoding is wrong" },
	{ "{\"RoleDetailList\":[{\"Arn\":\"" ROLE "\",\"AssumeRolePolicyDocument\":1}]}",
	  ":1:98: expected a policy document" },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"x\"}]}",
	  ":1:34: an entry without the ARN that it must have" },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"" POLICY
	  "\",\"PolicyVersionList\":[{}]}]}",
	  ":1:99: a policy version without VersionId" },
	{ "{\"RoleDetailList\":[],\"Policies\":[{\"Arn\":\"" POLICY
	  "\",\"PolicyVersionList\":[{\"VersionId\":\"v1\",\"Document\":\"%\"}]}]}",
	  ":1:128: a policy document whose URL encoding is wrong" },
	{ "{\"Aliases\":[{\"AliasName\":\"a\",\"AliasArn\":\"arn:aws:s3:::alias/a\"}]}",
	  ":1:13: an alias without its name and ARN" },
	{ "{\"Aliases\":[{\"AliasName\":\"\",\"AliasArn\":\"arn:aws:kms:eu-west-1:111122223333:"
	  "alias/a\"}]}",
	  ":1:13: an alias without its name and ARN" },
	{ "{\"Aliases\":[{\"AliasName\":\"a\",\"AliasArn\":\"arn:aws:kms:eu-west-1:111122223333:"
	  "alias/"
	  "a\",\"TargetKeyId\":\"k\"},{\"AliasName\":\"a\",\"AliasArn\":\"arn:aws:kms:eu-west-1:"
	  "111122223333:alias/a\",\"TargetKeyId\":\"l\"}]}",
	  ":1:105: this alias pointed elsewhere before" },
	{ "{\"Aliases\":[{\"AliasName\":\"a\",\"AliasArn\":\"arn:aws:kms:eu-west-1:111122223333:"
	  "alias/a\"},{\"AliasName\":\"a\",\"AliasArn\":\"arn:aws:kms:eu-west-1:111122223333:alias/"
	  "a\",\"TargetKeyId\":\"l\"}]}",
	  ":1:87: this alias pointed elsewhere before" },
	{ "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":[{\"address\":"
	  "\"a\"}]}}}",
	  ":1:63: a resource without address and type" },
	{ "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"child_modules\":[{"
	  "\"resources\":[{\"type\":\"a\"}]}]}}}",
	  ":1:81: a resource without address and type" },
	{ "{\"format_version\":\"1.0\",\"prior_state\":{\"values\":{\"root_module\":{\"resources\":"
	  "[{}]}}}}",
	  ":1:78: a resource without address and type" },
	{ "{\"format_version\":\"1.0\",\"planned_values\":{\"root_module\":{\"resources\":[{}]}}}",
	  ":1:71: a resource without address and type" },
	{ "{\"KeyMetadata\":{}}", ":1:16: a key without its ARN" },
	{ "{\"Keys\":[{\"KeyArn\":\"a\"}]}", ":1:10: a key without its ARN" },
	{ "{\"Aliases\":[{\"AliasName\":\"a\"}]}", ":1:13: an alias without its name and ARN" },
	{ "{\"format_version\":\"2.0\"}", ":1:1: a format_version of Terraform that is not known" },
	{ "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":[{}]}}}",
	  ":1:63: a resource without address and type" },
	{ "{\"format_version\":\"1.0\",\"values\":{\"root_module\":{\"resources\":["
	  "{\"address\":\"a\",\"type\":\"b\"},{\"address\":\"a\",\"type\":\"b\"}]}}}",
	  ":1:90: a resource that is here twice" },
};

static void what_is_wrong_is_said_with_its_place(void **state)
{
	struct fixture *x = *state;

	for (size_t i = 0; i < COUNT(bad); i++) {
		const char *path = put(x, ID ".json", bad[i].text);
		const struct facts *f = NULL;
		struct err e = { .code = ERR_NONE };
		str want = bad[i].error ? str_from(bad[i].error) :
					  str_fmt(x->arena,
						  ":2:1: the role '" ROLE
						  "' is not what %s:1:20 says: take "
						  "all answers again",
						  path);

		if (facts_read(&f, &path, 1, x->arena, &e))
			test_fail("accepted: %s", bad[i].text);
		assert_int_equal(e.code, ERR_IO);
		assert_null(f);
		assert_str_eq(str_from(e.msg), str_fmt(x->arena, "%s%.*s", path, STR_ARG(want)));
	}
}

static void a_policy_without_a_key_is_an_error(void **state)
{
	struct fixture *x = *state;
	const char *path = put(x, "policy.json", "{\"Policy\":\"{}\"}");
	const struct facts *f;
	struct err e;

	assert_false(facts_read(&f, &path, 1, x->arena, &e));
	assert_true(
		str_has(str_from(e.msg), S("policy.json:1:11: a key policy, but of which key?")));
	put(x, "list", TWO_KEYS);
	test_must(x->arena, (const char *[]){ "rm", path, NULL });
	put(x, MRK, "{\"Statement\":[]}");
	assert_false(facts_read(&f, (const char *[]){ x->dir }, 1, x->arena, &e));
	assert_true(str_has(str_from(e.msg), S(":1:1: there are 2 keys with this id")));
}

static void depth_is_limited(void **state)
{
	struct fixture *x = *state;
	struct buf b = { 0 };
	const char *path;
	const struct facts *f;
	struct err e;

	for (size_t depth = SYNTAX_MAX_DEPTH; depth <= SYNTAX_MAX_DEPTH + 1; depth++) {
		b.n = 0;
		buf_add(&b, S("{\"format_version\":\"1.0\",\"x\":"));
		buf_fill(&b, '[', depth - 1);
		buf_fill(&b, ']', depth - 1);
		buf_add(&b, S("}"));
		buf_addc(&b, '\0');
		path = put(x, "x", b.p);
		assert_int_equal(facts_read(&f, &path, 1, x->arena, &e), depth == SYNTAX_MAX_DEPTH);
	}
	assert_true(str_ends(str_from(e.msg), S(": nested too deeply")));
	buf_free(&b);
}

/* With `--output text`, newer versions of the command line tool put its name behind it. */
static void a_policy_comes_as_text(void **state)
{
	struct fixture *x = *state;
	const struct facts *f = read_text(x, "{\"Statement\":[]}\tdefault\n");

	assert_int_equal(f->keys.n, 1);
	assert_str_eq(f->keys.v[0]->policy.text, S("{\"Statement\":[]}"));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(reads_account_details),
		TEST(pages_are_merged),
		TEST(keys_come_from_any_answer),
		TEST(a_policy_finds_its_multi_region_key),
		TEST(a_policy_of_an_unknown_key_is_kept_by_its_id),
		TEST(reads_terraform_plans_and_states),
		TEST(what_is_wrong_is_said_with_its_place),
		TEST(a_policy_without_a_key_is_an_error),
		TEST(a_policy_comes_as_text),
		TEST(depth_is_limited),
	};

	return cmocka_run_group_tests_name("facts", tests, NULL, NULL);
}
