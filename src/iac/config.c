/* SPDX-License-Identifier: MIT */
/* One table for each object of the file; the order of this page is that of config.h. */
#include "kmsfix/config.h"

#include <string.h>

#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "kmsfix/file.h"
#include "kmsfix/glob.h"
#include "kmsfix/ignore.h"
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"

#include "config_reader.h"

/* ---- values ---- */

static bool read_bool(struct config_reader *r, const struct config_value *v, void *out)
{
	if (!cJSON_IsBool(v->json))
		return config_fail(r, v, "expected true or false");
	*(bool *)out = cJSON_IsTrue(v->json);
	return true;
}

static bool read_version(struct config_reader *r, const struct config_value *v, void *out)
{
	(void)out;
	if (!cJSON_IsNumber(v->json) || v->json->valuedouble != 1)
		return config_fail(r, v, "expected 1, the only version this kmsfix reads");
	return true;
}

/* A directory; "" and "." are the root. */
static bool read_directory(struct config_reader *r, const struct config_value *v, void *out)
{
	str text = S("");

	if (!cJSON_IsString(v->json))
		return config_fail(r, v, "expected a text");
	if (v->json->valuestring[0] && !config_text(r, v, &text))
		return false;
	if (!path_join(r->arena, S(""), text, out))
		return config_fail(r, v, "expected a path below the root of the repository");
	return true;
}

static bool read_file(struct config_reader *r, const struct config_value *v, void *out)
{
	str *path = out;

	if (!config_text(r, v, path))
		return false;
	if (!path_join(r->arena, S(""), *path, path) || !path->n)
		return config_fail(r, v, "expected the path of a file in the repository");
	return true;
}

/* Kept as written but for "./" at its start and '/' at its end, which would match nothing. */
static bool read_pattern(struct config_reader *r, const struct config_value *v, void *out)
{
	str *pattern = out;

	if (!config_text(r, v, pattern))
		return false;
	if (pattern->n > CONFIG_MAX_PATTERN)
		return config_fail(r, v, "longer than %d bytes", CONFIG_MAX_PATTERN);
	while (str_starts(*pattern, S("./")))
		*pattern = str_sub(*pattern, 2, pattern->n);
	while (str_ends(*pattern, S("/")) && pattern->n > 1)
		pattern->n--;
	if (!pattern->n || pattern->p[0] == '/')
		return config_fail(r, v, "expected a path below the root of the repository");
	return true;
}

static bool add_pattern(struct config_reader *r, const struct config_value *v, void *out)
{
	str pattern;

	if (!read_pattern(r, v, &pattern))
		return false;
	strs_add(r->arena, out, pattern);
	return true;
}

/* ---- names of AWS ---- */

static bool is_account(str text)
{
	struct principal_ref ref = principal_parse(S("AWS"), text);

	return ref.form == PRINCIPAL_ACCOUNT && !ref.partition.n;
}

static bool read_account_id(struct config_reader *r, const struct config_value *v, void *out)
{
	str *account = out;

	if (!config_text(r, v, account))
		return false;
	if (!is_account(*account))
		return config_fail(r, v, "expected the 12 digits of an account as a text");
	return true;
}

static bool is_group(str text)
{
	struct arn arn;

	return arn_parse(text, &arn) && str_eq(arn.service, S("iam")) && is_account(arn.account) &&
	       str_starts(arn.resource, S("group/"));
}

static bool is_principal(str text, enum principal_form form)
{
	struct principal_ref ref = principal_parse(S("AWS"), text);

	return ref.form == form && principal_can_exist(&ref);
}

static bool is_role(str text)
{
	return is_principal(text, PRINCIPAL_ROLE);
}

static bool is_user(str text)
{
	return is_principal(text, PRINCIPAL_USER);
}

static bool add_arn(struct config_reader *r, const struct config_value *v, void *out,
		    bool (*is_kind)(str text), const char *kind)
{
	str text;

	if (!config_text(r, v, &text))
		return false;
	if (!is_kind(text))
		return config_fail(r, v, "expected the ARN of a %s with its account and path",
				   kind);
	strs_add_once(r->arena, out, text);
	return true;
}

static bool add_role(struct config_reader *r, const struct config_value *v, void *out)
{
	return add_arn(r, v, out, is_role, "role");
}

static bool add_user(struct config_reader *r, const struct config_value *v, void *out)
{
	return add_arn(r, v, out, is_user, "user");
}

static bool add_group(struct config_reader *r, const struct config_value *v, void *out)
{
	return add_arn(r, v, out, is_group, "group");
}

static bool read_key_arn(struct config_reader *r, const struct config_value *v, void *out)
{
	struct key_arn arn;
	str *text = out;

	if (!config_text(r, v, text))
		return false;
	if (!key_arn_parse(*text, &arn) || glob_is_pattern(*text) || !is_account(arn.account) ||
	    !arn.partition.n || !arn.region.n)
		return config_fail(r, v,
				   "expected the ARN of one key, "
				   "arn:aws:kms:<region>:<account>:key/<id>");
	return true;
}

/* ---- names of keys ---- */

static const struct config_member key_name_members[] = {
	{ "key", config_text, offsetof(struct config_key_name, address), CONFIG_REQUIRED },
	{ "path", read_directory, offsetof(struct config_key_name, path), CONFIG_OPTIONAL },
};

/* A text, or an object where the directory must be said; without one, path.p stays NULL. */
static bool add_key_name(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_key_names *list = out;
	struct config_key_name name = { .path = { NULL, 0 } };

	if (cJSON_IsString(v->json)) {
		if (!config_text(r, v, &name.address))
			return false;
	} else if (!cJSON_IsObject(v->json)) {
		return config_fail(r, v, "expected the address of a key, or an object");
	} else if (!config_object(r, v, CONFIG_TABLE(key_name_members), &name)) {
		return false;
	}
	VEC_PUSH(r->arena, list, name);
	return true;
}

static void set_directory(struct config_key_names *list, str dir)
{
	for (size_t i = 0; i < list->n; i++) {
		if (!list->v[i].path.p)
			list->v[i].path = dir;
	}
}

static const struct config_member key_map_members[] = {
	{ "pattern", config_text, offsetof(struct config_key_map, pattern), CONFIG_REQUIRED },
	{ "keys", add_key_name, offsetof(struct config_key_map, keys), CONFIG_LIST },
	{ "path", read_directory, offsetof(struct config_key_map, path), CONFIG_OPTIONAL },
};

static bool add_key_map(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_key_map map = { .path = S("") };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(key_map_members), &map))
		return false;
	if (!map.keys.n)
		return config_fail(r, v, "'keys' is missing or empty");
	set_directory(&map.keys, map.path);
	VEC_PUSH(r->arena, &config->keys, map);
	return true;
}

/* ---- documents ---- */

static bool read_kind(struct config_reader *r, const struct config_value *v, void *out)
{
	static const char *const kinds[] = {
		[CONFIG_IDENTITY] = "identity",
		[CONFIG_BOUNDARY] = "boundary",
		[CONFIG_OTHER] = "other",
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (cJSON_IsString(v->json) && strcmp(v->json->valuestring, kinds[i]) == 0) {
			*(enum config_policy_kind *)out = (enum config_policy_kind)i;
			return true;
		}
	}
	return config_fail(r, v, "expected \"identity\", \"boundary\" or \"other\"");
}

static const struct config_member policy_members[] = {
	{ "file", read_file, offsetof(struct config_policy, file), CONFIG_REQUIRED },
	{ "kind", read_kind, offsetof(struct config_policy, kind), CONFIG_OPTIONAL },
	{ "name", config_text, offsetof(struct config_policy, name), CONFIG_OPTIONAL },
	{ "roles", add_role, offsetof(struct config_policy, roles), CONFIG_LIST },
	{ "users", add_user, offsetof(struct config_policy, users), CONFIG_LIST },
	{ "groups", add_group, offsetof(struct config_policy, groups), CONFIG_LIST },
	{ "keys", add_key_name, offsetof(struct config_policy, keys), CONFIG_LIST },
};

static bool add_policy(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_policy policy = { .kind = CONFIG_IDENTITY };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(policy_members), &policy))
		return false;
	if (policy.kind != CONFIG_IDENTITY &&
	    (policy.roles.n || policy.users.n || policy.groups.n || policy.keys.n))
		return config_fail(r, v, "roles, users, groups and keys are of identity policies");
	for (size_t i = 0; i < config->policies.n; i++) {
		if (str_eq(config->policies.v[i].file, policy.file))
			return config_fail(r, v, "'file' is that of policies[%zu]", i);
	}
	set_directory(&policy.keys, S(""));
	VEC_PUSH(r->arena, &config->policies, policy);
	return true;
}

static const struct config_member key_policy_members[] = {
	{ "file", read_file, offsetof(struct config_key_policy, file), CONFIG_REQUIRED },
	{ "key_arn", read_key_arn, offsetof(struct config_key_policy, key_arn), CONFIG_REQUIRED },
};

static bool add_key_policy(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_key_policy policy = { 0 };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(key_policy_members), &policy))
		return false;
	for (size_t i = 0; i < config->key_policies.n; i++) {
		if (str_eq(config->key_policies.v[i].key_arn, policy.key_arn))
			return config_fail(r, v, "'key_arn' is that of key_policies[%zu]", i);
	}
	VEC_PUSH(r->arena, &config->key_policies, policy);
	return true;
}

/* ---- assertions ---- */

static const struct config_member parameters_members[] = {
	{ "template", read_file, offsetof(struct config_parameters, template), CONFIG_REQUIRED },
	{ "file", read_file, offsetof(struct config_parameters, file), CONFIG_REQUIRED },
};

static bool add_parameters(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_parameters parameters = { 0 };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(parameters_members), &parameters))
		return false;
	VEC_PUSH(r->arena, &config->parameters, parameters);
	return true;
}

static const struct config_member attachment_members[] = {
	{ "policy", config_text, offsetof(struct config_attachment, policy), CONFIG_REQUIRED },
	{ "path", read_directory, offsetof(struct config_attachment, path), CONFIG_OPTIONAL },
	{ "complete", read_bool, offsetof(struct config_attachment, complete), CONFIG_REQUIRED },
};

static bool add_attachment(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_attachment attachment = { .path = S("") };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(attachment_members), &attachment))
		return false;
	VEC_PUSH(r->arena, &config->attachments, attachment);
	return true;
}

static bool push_account(struct config_reader *r, const struct config_value *v,
			 struct config *config, struct config_account account)
{
	for (size_t i = 0; i < config->accounts.n; i++) {
		if (str_eq(config->accounts.v[i].path, account.path))
			return config_fail(r, v, "the account of this directory is given twice");
	}
	VEC_PUSH(r->arena, &config->accounts, account);
	return true;
}

static const struct config_member account_members[] = {
	{ "path", read_directory, offsetof(struct config_account, path), CONFIG_REQUIRED },
	{ "account", read_account_id, offsetof(struct config_account, account), CONFIG_REQUIRED },
};

static bool add_account(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_account account = { 0 };

	return config_object(r, v, CONFIG_TABLE(account_members), &account) &&
	       push_account(r, v, out, account);
}

static bool read_root_account(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_account account = { .path = S("") };

	return read_account_id(r, v, &account.account) && push_account(r, v, out, account);
}

/* ---- suppressions ---- */

/* Which codes there are is the planner's business; this catches what cannot be one. */
static bool read_code(struct config_reader *r, const struct config_value *v, void *out)
{
	str *code = out;

	if (!config_text(r, v, code))
		return false;
	for (size_t i = 0; i < code->n; i++) {
		char c = code->p[i];

		if (!ascii_is_upper(c) && !ascii_is_digit(c) && c != '-')
			return config_fail(r, v, "expected a code such as RES-ALL");
	}
	return true;
}

static bool read_date(struct config_reader *r, const struct config_value *v, void *out)
{
	str *date = out;

	if (!config_text(r, v, date))
		return false;
	return is_date(*date) || config_fail(r, v, "expected a day such as 2027-12-31");
}

static const struct config_member suppression_members[] = {
	{ "path", read_pattern, offsetof(struct config_suppression, path), CONFIG_REQUIRED },
	{ "address", config_text, offsetof(struct config_suppression, address), CONFIG_OPTIONAL },
	{ "sid", config_text, offsetof(struct config_suppression, sid), CONFIG_OPTIONAL },
	{ "code", read_code, offsetof(struct config_suppression, code), CONFIG_OPTIONAL },
	{ "reason", config_text, offsetof(struct config_suppression, reason), CONFIG_REQUIRED },
	{ "expires", read_date, offsetof(struct config_suppression, expires), CONFIG_OPTIONAL },
};

static bool add_suppression(struct config_reader *r, const struct config_value *v, void *out)
{
	struct config_suppression suppression = { .address = S("") };
	struct config *config = out;

	if (!config_object(r, v, CONFIG_TABLE(suppression_members), &suppression))
		return false;
	VEC_PUSH(r->arena, &config->suppress, suppression);
	return true;
}

/* ---- the whole file ---- */

/* Offset 0: these readers are given the whole configuration. */
static const struct config_member members[] = {
	{ "version", read_version, 0, CONFIG_REQUIRED },
	{ "account", read_root_account, 0, CONFIG_OPTIONAL },
	{ "accounts", add_account, 0, CONFIG_LIST },
	{ "keys", add_key_map, 0, CONFIG_LIST },
	{ "policies", add_policy, 0, CONFIG_LIST },
	{ "key_policies", add_key_policy, 0, CONFIG_LIST },
	{ "parameters", add_parameters, 0, CONFIG_LIST },
	{ "attachments", add_attachment, 0, CONFIG_LIST },
	{ "default_key_policy", add_key_name, offsetof(struct config, default_key_policy),
	  CONFIG_LIST },
	{ "suppress", add_suppression, 0, CONFIG_LIST },
	{ "repository", config_text, offsetof(struct config, repository), CONFIG_OPTIONAL },
	{ "exclude", add_pattern, offsetof(struct config, exclude), CONFIG_LIST },
};

/* One document cannot be both. */
static bool check_documents(struct config_reader *r, const struct config *config)
{
	for (size_t i = 0; i < config->key_policies.n; i++) {
		for (size_t k = 0; k < config->policies.n; k++) {
			if (str_eq(config->key_policies.v[i].file, config->policies.v[k].file))
				return config_fail(r, NULL,
						   "key_policies[%zu] and policies[%zu] "
						   "name the same file",
						   i, k);
		}
	}
	return true;
}

bool config_parse(struct config **out, str text, str path, struct arena *a, struct err *e)
{
	struct config_reader r = { .arena = a, .path = path, .err = e };
	struct config *config = ARENA_NEW(a, struct config);
	cJSON *json = config_load(&r, text);
	bool done;

	if (!json)
		return false;
	config->path = str_dup(a, path);
	done = config_object(&r, &(struct config_value){ .json = json }, CONFIG_TABLE(members),
			     config) &&
	       check_documents(&r, config);
	cJSON_Delete(json);
	if (!done)
		return false;
	set_directory(&config->default_key_policy, S(""));
	*out = config;
	return true;
}
