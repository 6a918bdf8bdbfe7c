/* SPDX-License-Identifier: MIT */
/* An export to a state and back: details.json, and keys/<Region>/<id>/{describe,policy}.json. */
#include "stand_in.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const struct {
	const char *from, *to, *name, *id, *inlines;
} lists[] = {
	{ "RoleDetailList", "roles", "RoleName", "RoleId", "RolePolicyList" },
	{ "UserDetailList", "users", "UserName", "UserId", "UserPolicyList" },
	{ "GroupDetailList", "groups", "GroupName", "GroupId", "GroupPolicyList" },
};

/* Never freed: the process is a short one. */
static const char *join(const char *dir, const char *name)
{
	size_t n = strlen(dir) + strlen(name) + 2;
	char *path = malloc(n);

	if (!path)
		unusable("no memory for", name);
	snprintf(path, n, "%s/%s", dir, name);
	return path;
}

static cJSON *parse_file(const char *path)
{
	char *text = read_text(path);
	cJSON *json = cJSON_Parse(text);

	if (!json)
		unusable("no JSON", path);
	free(text);
	return json;
}

/* ---- in ---- */

static void add_holder(cJSON *to, const cJSON *from, size_t list)
{
	cJSON *h = cJSON_AddObjectToObject(to, text_of(from, lists[list].name));
	cJSON *inlines, *attached;

	cJSON_AddStringToObject(h, "arn", text_of(from, "Arn"));
	cJSON_AddStringToObject(h, "id", text_of(from, lists[list].id));
	cJSON_AddStringToObject(h, "path", text_of(from, "Path"));
	inlines = cJSON_AddObjectToObject(h, "inline");
	attached = cJSON_AddArrayToObject(h, "attached");
	EACH(p, from, lists[list].inlines)
	{
		cJSON_AddItemToObject(
			inlines, text_of(p, "PolicyName"),
			cJSON_Duplicate(cJSON_GetObjectItem(p, "PolicyDocument"), true));
	}
	EACH(p, from, "AttachedManagedPolicies")
	{
		cJSON_AddItemToArray(attached, cJSON_CreateString(text_of(p, "PolicyArn")));
	}
	if (cJSON_GetObjectItem(from, "GroupList"))
		cJSON_AddItemToObject(
			h, "groups", cJSON_Duplicate(cJSON_GetObjectItem(from, "GroupList"), true));
	if (cJSON_GetObjectItem(from, "PermissionsBoundary"))
		cJSON_AddStringToObject(h, "boundary",
					text_of(cJSON_GetObjectItem(from, "PermissionsBoundary"),
						"PermissionsBoundaryArn"));
}

static void add_policy(cJSON *to, const cJSON *from)
{
	cJSON *p = cJSON_AddObjectToObject(to, text_of(from, "Arn")), *versions;
	int next = 0;

	cJSON_AddStringToObject(p, "id", text_of(from, "PolicyId"));
	cJSON_AddStringToObject(p, "name", text_of(from, "PolicyName"));
	cJSON_AddStringToObject(p, "path", text_of(from, "Path"));
	cJSON_AddStringToObject(p, "default", text_of(from, "DefaultVersionId"));
	versions = cJSON_AddObjectToObject(p, "versions");
	EACH(v, from, "PolicyVersionList")
	{
		const char *id = text_of(v, "VersionId");

		next = atoi(id + 1) > next ? atoi(id + 1) : next;
		cJSON_AddItemToObject(versions, id,
				      cJSON_Duplicate(cJSON_GetObjectItem(v, "Document"), true));
	}
	cJSON_AddNumberToObject(p, "next", next + 1);
}

static void add_key(cJSON *keys, const char *dir)
{
	cJSON *describe = parse_file(join(dir, "describe.json"));
	cJSON *policy = parse_file(join(dir, "policy.json")), *key;
	const cJSON *data = cJSON_GetObjectItem(describe, "KeyMetadata");

	key = cJSON_AddObjectToObject(keys, text_of(data, "Arn"));
	cJSON_AddItemToObject(key, "policy",
			      cJSON_CreateString(kms_text(text_of(policy, "Policy"))));
	cJSON_AddItemToObject(key, "describe", describe);
	cJSON_Delete(policy);
}

/* Calls add_key() for each directory at this depth. */
static void walk_keys(cJSON *keys, const char *dir, int depth)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	while (d && (e = readdir(d))) {
		if (strchr(e->d_name, '.'))
			continue;
		if (depth)
			walk_keys(keys, join(dir, e->d_name), depth - 1);
		else
			add_key(keys, join(dir, e->d_name));
	}
	if (d)
		closedir(d);
}

void seed(const char *from)
{
	cJSON *state = cJSON_CreateObject(), *policies;
	cJSON *details = parse_file(join(from, "details.json"));

	cJSON_AddStringToObject(state, "account", "111122223333");
	cJSON_AddStringToObject(state, "caller", "arn:aws:iam::111122223333:role/admin");
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		cJSON *list = cJSON_AddObjectToObject(state, lists[i].to);

		EACH(e, details, lists[i].from)
		{
			add_holder(list, e, i);
		}
	}
	policies = cJSON_AddObjectToObject(state, "policies");
	EACH(e, details, "Policies")
	{
		add_policy(policies, e);
	}
	walk_keys(cJSON_AddObjectToObject(state, "keys"), join(from, "keys"), 1);
	store(state);
	cJSON_Delete(details);
	cJSON_Delete(state);
}

/* ---- out ---- */

static void write_json(const char *path, cJSON *json)
{
	char *text = cJSON_Print(json);
	FILE *f = fopen(path, "wb");

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		unusable("cannot write", path);
	free(text);
	cJSON_Delete(json);
}

static void export_holder(cJSON *list, const cJSON *h, size_t kind)
{
	cJSON *out = cJSON_CreateObject(), *inlines, *attached;

	cJSON_AddItemToArray(list, out);
	cJSON_AddStringToObject(out, "Path", text_of(h, "path"));
	cJSON_AddStringToObject(out, lists[kind].name, h->string);
	cJSON_AddStringToObject(out, lists[kind].id, text_of(h, "id"));
	cJSON_AddStringToObject(out, "Arn", text_of(h, "arn"));
	inlines = cJSON_AddArrayToObject(out, lists[kind].inlines);
	for (const cJSON *p = cJSON_GetObjectItem(h, "inline")->child; p; p = p->next) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "PolicyName", p->string);
		cJSON_AddItemToObject(item, "PolicyDocument", cJSON_Duplicate(p, true));
		cJSON_AddItemToArray(inlines, item);
	}
	attached = cJSON_AddArrayToObject(out, "AttachedManagedPolicies");
	EACH(e, h, "attached")
	{
		cJSON *item = cJSON_CreateObject();

		cJSON_AddStringToObject(item, "PolicyArn", e->valuestring);
		cJSON_AddItemToArray(attached, item);
	}
	if (cJSON_GetObjectItem(h, "groups"))
		cJSON_AddItemToObject(out, "GroupList",
				      cJSON_Duplicate(cJSON_GetObjectItem(h, "groups"), true));
	if (*text_of(h, "boundary")) {
		cJSON *b = cJSON_AddObjectToObject(out, "PermissionsBoundary");

		cJSON_AddStringToObject(b, "PermissionsBoundaryArn", text_of(h, "boundary"));
	}
}

static int count(const cJSON *state, const char *arn, bool boundary)
{
	int n = 0;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		const cJSON *h = cJSON_GetObjectItem(state, lists[i].to)->child;

		for (; h; h = h->next) {
			n += boundary && !strcmp(text_of(h, "boundary"), arn);
			EACH(e, h, "attached")
			{
				n += !boundary && !strcmp(e->valuestring, arn);
			}
		}
	}
	return n;
}

static void export_policy(cJSON *list, const cJSON *state, const cJSON *p)
{
	cJSON *out = cJSON_CreateObject(), *versions;

	cJSON_AddItemToArray(list, out);
	cJSON_AddStringToObject(out, "PolicyName", text_of(p, "name"));
	cJSON_AddStringToObject(out, "PolicyId", text_of(p, "id"));
	cJSON_AddStringToObject(out, "Arn", p->string);
	cJSON_AddStringToObject(out, "Path", text_of(p, "path"));
	cJSON_AddStringToObject(out, "DefaultVersionId", text_of(p, "default"));
	cJSON_AddNumberToObject(out, "AttachmentCount", count(state, p->string, false));
	cJSON_AddNumberToObject(out, "PermissionsBoundaryUsageCount",
				count(state, p->string, true));
	versions = cJSON_AddArrayToObject(out, "PolicyVersionList");
	for (const cJSON *v = cJSON_GetObjectItem(p, "versions")->child; v; v = v->next) {
		cJSON *item = cJSON_CreateObject();

		cJSON_AddItemToObject(item, "Document", cJSON_Duplicate(v, true));
		cJSON_AddStringToObject(item, "VersionId", v->string);
		cJSON_AddBoolToObject(item, "IsDefaultVersion",
				      !strcmp(v->string, text_of(p, "default")));
		cJSON_AddItemToArray(versions, item);
	}
}

static void export_key(const cJSON *k, const char *dir)
{
	const cJSON *data = cJSON_GetObjectItem(cJSON_GetObjectItem(k, "describe"), "KeyMetadata");
	char region[64] = "";
	const char *keys = join(dir, "keys"), *base;
	cJSON *policy = cJSON_CreateObject();

	sscanf(k->string, "arn:aws:kms:%63[^:]", region);
	base = join(join(keys, region), text_of(data, "KeyId"));
	mkdir(keys, 0777);
	mkdir(join(keys, region), 0777);
	mkdir(base, 0777);
	write_json(join(base, "describe.json"),
		   cJSON_Duplicate(cJSON_GetObjectItem(k, "describe"), true));
	cJSON_AddStringToObject(policy, "Policy", text_of(k, "policy"));
	write_json(join(base, "policy.json"), policy);
}

void export_to(const cJSON *state, const char *dir)
{
	cJSON *details = cJSON_CreateObject(), *policies;

	mkdir(dir, 0777);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++) {
		cJSON *list = cJSON_AddArrayToObject(details, lists[i].from);

		for (const cJSON *h = cJSON_GetObjectItem(state, lists[i].to)->child; h;
		     h = h->next)
			export_holder(list, h, i);
	}
	policies = cJSON_AddArrayToObject(details, "Policies");
	for (const cJSON *p = cJSON_GetObjectItem(state, "policies")->child; p; p = p->next)
		export_policy(policies, state, p);
	write_json(join(dir, "details.json"), details);
	for (const cJSON *k = cJSON_GetObjectItem(state, "keys")->child; k; k = k->next)
		export_key(k, dir);
}
