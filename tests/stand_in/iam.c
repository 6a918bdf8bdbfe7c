/* SPDX-License-Identifier: MIT */
#include "stand_in.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What the calls about roles and users differ in. */
struct kind {
	const char *kind, *list, *option, *id, *name, *entities, *answer;
};

static const struct kind kinds[] = {
	{ "role", "roles", "role-name", "RoleId", "RoleName", "PolicyRoles", "Role" },
	{ "user", "users", "user-name", "UserId", "UserName", "PolicyUsers", "User" },
	{ "group", "groups", "group-name", "GroupId", "GroupName", "PolicyGroups", "Group" },
};

#define KINDS (sizeof(kinds) / sizeof(*kinds))

static cJSON *document_of(const struct call *c)
{
	cJSON *d = cJSON_Parse(need(c, "policy-document"));
	const char *error = d ? identity_policy_error(d) : "Syntax errors in policy.";

	if (error)
		refuse(c, "MalformedPolicyDocument", error);
	return d;
}

static void check_name(const struct call *c, const char *name)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)name[i]) && !strchr("+=,.@_-", name[i]))
			refuse(c, "ValidationError", name);
	if (!n || n > 128)
		refuse(c, "ValidationError", name);
}

/* ---- roles, users and groups ---- */

static cJSON *holder(const struct call *c, const struct kind *k)
{
	check_name(c, need(c, k->option));
	return entity(c, k->list, need(c, k->option));
}

static cJSON *get(struct call *c, const struct kind *k)
{
	cJSON *h = holder(c, k), *answer = cJSON_CreateObject();
	cJSON *item = cJSON_AddObjectToObject(answer, k->answer);

	cJSON_AddStringToObject(item, k->name, need(c, k->option));
	cJSON_AddStringToObject(item, k->id, text_of(h, "id"));
	cJSON_AddStringToObject(item, "Arn", text_of(h, "arn"));
	if (*text_of(h, "boundary")) {
		cJSON *b = cJSON_AddObjectToObject(item, "PermissionsBoundary");

		cJSON_AddStringToObject(b, "PermissionsBoundaryArn", text_of(h, "boundary"));
	}
	return answer;
}

static cJSON *list_inline(struct call *c, const struct kind *k)
{
	cJSON *answer = cJSON_CreateObject(),
	      *names = cJSON_AddArrayToObject(answer, "PolicyNames");
	const cJSON *all = cJSON_GetObjectItem(holder(c, k), "inline");

	for (const cJSON *e = all->child; e; e = e->next)
		cJSON_AddItemToArray(names, cJSON_CreateString(e->string));
	return answer;
}

static cJSON *get_inline(struct call *c, const struct kind *k)
{
	const char *name = need(c, "policy-name");
	cJSON *all = cJSON_GetObjectItem(holder(c, k), "inline"), *answer;
	cJSON *d = cJSON_GetObjectItemCaseSensitive(all, name);

	if (!d)
		refuse(c, "NoSuchEntity", name);
	answer = cJSON_CreateObject();
	cJSON_AddStringToObject(answer, k->name, need(c, k->option));
	cJSON_AddStringToObject(answer, "PolicyName", name);
	cJSON_AddItemToObject(answer, "PolicyDocument", cJSON_Duplicate(d, true));
	return answer;
}

/* [6.2] */
static void check_total(const struct call *c, const cJSON *all)
{
	int size = 0;

	for (const cJSON *e = all->child; e; e = e->next) {
		char *text = cJSON_PrintUnformatted(e);

		size += policy_size(text);
		free(text);
	}
	if (size > 10240)
		refuse(c, "LimitExceeded", "Maximum policy size of 10240 bytes exceeded");
}

static cJSON *put_inline(struct call *c, const struct kind *k)
{
	cJSON *all = cJSON_GetObjectItem(holder(c, k), "inline"), *d = document_of(c);
	const char *name = need(c, "policy-name");

	check_name(c, name);
	if (cJSON_GetObjectItemCaseSensitive(all, name))
		cJSON_ReplaceItemInObjectCaseSensitive(all, name, d);
	else
		cJSON_AddItemToObject(all, name, d);
	check_total(c, all);
	c->changed = true;
	return NULL;
}

static cJSON *delete_inline(struct call *c, const struct kind *k)
{
	cJSON *all = cJSON_GetObjectItem(holder(c, k), "inline");
	const char *name = need(c, "policy-name");

	if (!cJSON_GetObjectItemCaseSensitive(all, name))
		refuse(c, "NoSuchEntity", name);
	cJSON_DeleteItemFromObjectCaseSensitive(all, name);
	c->changed = true;
	return NULL;
}

static int attachment(const cJSON *holder, const char *arn)
{
	int i = 0;

	EACH(e, holder, "attached")
	{
		if (!strcmp(e->valuestring, arn))
			return i;
		i++;
	}
	return -1;
}

static cJSON *list_attached(struct call *c, const struct kind *k)
{
	cJSON *answer = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(answer, "AttachedPolicies");
	cJSON *h = holder(c, k);

	EACH(e, h, "attached")
	{
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "PolicyArn", e->valuestring);
		cJSON_AddItemToArray(list, item);
	}
	return answer;
}

static cJSON *attach(struct call *c, const struct kind *k)
{
	cJSON *h = holder(c, k);
	const char *arn = need(c, "policy-arn");

	entity(c, "policies", arn);
	if (attachment(h, arn) < 0)
		cJSON_AddItemToArray(cJSON_GetObjectItem(h, "attached"), cJSON_CreateString(arn));
	c->changed = true;
	return NULL;
}

static cJSON *detach(struct call *c, const struct kind *k)
{
	cJSON *h = holder(c, k);
	const char *arn = need(c, "policy-arn");

	if (attachment(h, arn) < 0)
		refuse(c, "NoSuchEntity", arn);
	cJSON_DeleteItemFromArray(cJSON_GetObjectItem(h, "attached"), attachment(h, arn));
	c->changed = true;
	return NULL;
}

/* ---- managed policies ---- */

static cJSON *versions_of(cJSON *policy)
{
	return cJSON_GetObjectItem(policy, "versions");
}

static cJSON *version(const struct call *c, cJSON *policy)
{
	const char *id = need(c, "version-id");
	cJSON *d = cJSON_GetObjectItemCaseSensitive(versions_of(policy), id);

	if (!d)
		refuse(c, "NoSuchEntity", id);
	return d;
}

static bool is_bounded_by(const cJSON *holder, const char *arn)
{
	return !strcmp(text_of(holder, "boundary"), arn);
}

static int boundaries(const struct call *c, const char *arn)
{
	int n = 0;

	for (size_t i = 0; i < KINDS; i++)
		for (const cJSON *h = cJSON_GetObjectItem(c->state, kinds[i].list)->child; h;
		     h = h->next)
			n += is_bounded_by(h, arn);
	return n;
}

static cJSON *get_policy(struct call *c, cJSON *policy)
{
	cJSON *answer = cJSON_CreateObject(), *item = cJSON_AddObjectToObject(answer, "Policy");

	cJSON_AddNumberToObject(item, "PermissionsBoundaryUsageCount",
				boundaries(c, need(c, "policy-arn")));
	cJSON_AddStringToObject(item, "PolicyId", text_of(policy, "id"));
	cJSON_AddStringToObject(item, "DefaultVersionId", text_of(policy, "default"));
	return answer;
}

static void describe_version(cJSON *item, const cJSON *policy, const char *id)
{
	cJSON_AddStringToObject(item, "VersionId", id);
	cJSON_AddBoolToObject(item, "IsDefaultVersion", !strcmp(id, text_of(policy, "default")));
}

static cJSON *get_version(struct call *c, cJSON *policy)
{
	cJSON *d = version(c, policy), *answer = cJSON_CreateObject();
	cJSON *item = cJSON_AddObjectToObject(answer, "PolicyVersion");

	cJSON_AddItemToObject(item, "Document", cJSON_Duplicate(d, true));
	describe_version(item, policy, need(c, "version-id"));
	return answer;
}

static cJSON *list_versions(struct call *c, cJSON *policy)
{
	cJSON *answer = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(answer, "Versions");

	(void)c;
	for (const cJSON *e = versions_of(policy)->child; e; e = e->next) {
		cJSON *item = cJSON_CreateObject();

		describe_version(item, policy, e->string);
		cJSON_AddItemToArray(list, item);
	}
	return answer;
}

static void set_text(cJSON *object, const char *name, const char *text)
{
	cJSON_ReplaceItemInObject(object, name, cJSON_CreateString(text));
}

static cJSON *create_version(struct call *c, cJSON *policy)
{
	cJSON *d = document_of(c), *next = cJSON_GetObjectItem(policy, "next");
	char *text = cJSON_PrintUnformatted(d), id[32];

	if (cJSON_GetArraySize(versions_of(policy)) >= 5)
		refuse(c, "LimitExceeded", "A managed policy can have up to 5 versions.");
	if (policy_size(text) > 6144)
		refuse(c, "LimitExceeded", "Cannot exceed quota for PolicySize: 6144");
	free(text);
	snprintf(id, sizeof(id), "v%d", next->valueint);
	cJSON_SetNumberValue(next, next->valueint + 1);
	cJSON_AddItemToObject(versions_of(policy), id, d);
	if (has_flag(c, "set-as-default"))
		set_text(policy, "default", id);
	c->changed = true;
	return NULL;
}

static cJSON *delete_version(struct call *c, cJSON *policy)
{
	version(c, policy);
	if (!strcmp(need(c, "version-id"), text_of(policy, "default")))
		refuse(c, "DeleteConflict", "Cannot delete the default version of a policy.");
	cJSON_DeleteItemFromObjectCaseSensitive(versions_of(policy), need(c, "version-id"));
	c->changed = true;
	return NULL;
}

static cJSON *set_default(struct call *c, cJSON *policy)
{
	version(c, policy);
	set_text(policy, "default", need(c, "version-id"));
	c->changed = true;
	return NULL;
}

static void list_holders(struct call *c, const struct kind *k, const char *arn, cJSON *answer)
{
	cJSON *list = cJSON_AddArrayToObject(answer, k->entities);

	for (const cJSON *h = cJSON_GetObjectItem(c->state, k->list)->child; h; h = h->next) {
		cJSON *item;

		if (attachment(h, arn) < 0 && !is_bounded_by(h, arn))
			continue;
		item = cJSON_CreateObject();
		cJSON_AddStringToObject(item, k->name, h->string);
		cJSON_AddStringToObject(item, k->id, text_of(h, "id"));
		cJSON_AddItemToArray(list, item);
	}
}

static cJSON *list_entities(struct call *c, cJSON *policy)
{
	cJSON *answer = cJSON_CreateObject();

	(void)policy;
	for (size_t i = 0; i < KINDS; i++)
		list_holders(c, &kinds[i], need(c, "policy-arn"), answer);
	return answer;
}

/* ---- all calls ---- */

static const struct {
	const char *verb, *rest; /* around the kind */
	cJSON *(*run)(struct call *c, const struct kind *k);
} holder_calls[] = {
	{ "get-", "", get },
	{ "list-", "-policies", list_inline },
	{ "get-", "-policy", get_inline },
	{ "put-", "-policy", put_inline },
	{ "delete-", "-policy", delete_inline },
	{ "list-attached-", "-policies", list_attached },
	{ "attach-", "-policy", attach },
	{ "detach-", "-policy", detach },
};

static const struct {
	const char *name;
	cJSON *(*run)(struct call *c, cJSON *policy);
} policy_calls[] = {
	{ "get-policy", get_policy },
	{ "get-policy-version", get_version },
	{ "list-policy-versions", list_versions },
	{ "create-policy-version", create_version },
	{ "delete-policy-version", delete_version },
	{ "set-default-policy-version", set_default },
	{ "list-entities-for-policy", list_entities },
};

cJSON *iam_call(struct call *c, bool *known)
{
	for (size_t i = 0; i < sizeof(policy_calls) / sizeof(*policy_calls); i++)
		if (!strcmp(c->operation, policy_calls[i].name))
			return policy_calls[i].run(c, entity(c, "policies", need(c, "policy-arn")));
	for (size_t k = 0; k < KINDS; k++) {
		for (size_t i = 0; i < sizeof(holder_calls) / sizeof(*holder_calls); i++) {
			char name[64];

			snprintf(name, sizeof(name), "%s%s%s", holder_calls[i].verb, kinds[k].kind,
				 holder_calls[i].rest);
			if (!strcmp(c->operation, name))
				return holder_calls[i].run(c, &kinds[k]);
		}
	}
	*known = false;
	return NULL;
}
