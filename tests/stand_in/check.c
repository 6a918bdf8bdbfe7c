/* SPDX-License-Identifier: MIT */
/* What AWS accepts as a policy. */
#include "stand_in.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

int policy_size(const char *text)
{
	int n = 0;
	bool quoted = false;

	for (; *text; text++) {
		n += quoted || !strchr(" \t\r\n", *text);
		if (*text == '"')
			quoted = !quoted;
		else if (quoted && *text == '\\' && text[1]) {
			text++;
			n++;
		}
	}
	return n;
}

static bool is_texts(const cJSON *object, const char *name)
{
	bool any = false;

	EACH(e, object, name)
	{
		if (!cJSON_IsString(e) || !*e->valuestring)
			return false;
		any = true;
	}
	return any;
}

static bool has(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name) != NULL;
}

static const char *statement_error(const cJSON *s)
{
	static const char *const members[] = { "Sid",       "Effect",       "Principal",
					       "Action",    "NotAction",    "Resource",
					       "Condition", "NotPrincipal", "NotResource" };

	if (!cJSON_IsObject(s))
		return "a statement is no object";
	for (const cJSON *m = s->child; m; m = m->next) {
		bool known = false;

		for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
			known |= !strcmp(m->string, members[i]);
		if (!known)
			return "unknown member of a statement";
	}
	if (strcmp(text_of(s, "Effect"), "Allow") != 0 && strcmp(text_of(s, "Effect"), "Deny") != 0)
		return "no Effect";
	if (!is_texts(s, "Action") && !is_texts(s, "NotAction"))
		return "no Action";
	return NULL;
}

static const char *document_error(const cJSON *d)
{
	bool any = false;

	if (!cJSON_IsObject(d))
		return "Syntax errors in policy.";
	EACH(s, d, "Statement")
	{
		const char *error = statement_error(s);

		if (error)
			return error;
		any = true;
	}
	return any ? NULL : "Syntax errors in policy: no statement"; /* [6.6] */
}

/* [6.4]: letters and digits, and no two alike. */
static const char *sid_error(const cJSON *d)
{
	EACH(s, d, "Statement")
	{
		const char *sid = text_of(s, "Sid");

		for (const char *p = sid; *p; p++)
			if (!isalnum((unsigned char)*p))
				return "Statement IDs (SID) must be alpha-numeric.";
		EACH(other, d, "Statement")
		{
			if (other != s && *sid && !strcmp(sid, text_of(other, "Sid")))
				return "Statement IDs (SID) in a single policy must be unique.";
		}
	}
	return NULL;
}

const char *identity_policy_error(const cJSON *d)
{
	const char *error = document_error(d);

	if (error)
		return error;
	EACH(s, d, "Statement")
	{
		if (has(s, "Principal") || has(s, "NotPrincipal"))
			return "Policy document should not specify a principal.";
		if (!is_texts(s, "Resource") && !is_texts(s, "NotResource"))
			return "Policy statement must contain resources.";
		EACH(r, s, "Resource")
		{
			if (strcmp(r->valuestring, "*") != 0 &&
			    strncmp(r->valuestring, "arn:", 4) != 0)
				return "Resource must be in ARN format or \"*\"."; /* [2.3] */
		}
	}
	return sid_error(d);
}

/* ---- key policies ---- */

static bool is_known(const cJSON *list, const char *arn)
{
	for (const cJSON *e = list ? list->child : NULL; e; e = e->next)
		if (!strcmp(text_of(e, "arn"), arn))
			return true;
	return false;
}

/* [4.1-4.3, 4.5]: accounts, "*", and roles and users that exist. */
static bool is_principal(const cJSON *state, const char *text)
{
	const char *account = text_of(state, "account");

	if (!strcmp(text, "*") || (strlen(text) == 12 && strspn(text, "0123456789") == 12))
		return true;
	if (strncmp(text, "arn:aws:iam::", 13) != 0)
		return false;
	if (strlen(text) > 25 && !strcmp(text + 25, ":root"))
		return true;
	if (strncmp(text + 13, account, 12) != 0)
		return true; /* of another account: as far as the stand-in can tell */
	return is_known(cJSON_GetObjectItem(state, "roles"), text) ||
	       is_known(cJSON_GetObjectItem(state, "users"), text);
}

/* [4.9]: the caller can change the policy again. */
static bool lets_caller_change(const cJSON *state, const cJSON *s)
{
	char root[64];
	const cJSON *principal = cJSON_GetObjectItem(s, "Principal");
	const cJSON *condition = cJSON_GetObjectItem(s, "Condition");
	bool who = false, what = false;

	snprintf(root, sizeof(root), "arn:aws:iam::%s:root", text_of(state, "account"));
	EACH(p, principal, "AWS")
	{
		who |= !strcmp(p->valuestring, root) || !strcmp(p->valuestring, "*") ||
		       !strcmp(p->valuestring, text_of(state, "account")) ||
		       !strcmp(p->valuestring, text_of(state, "caller"));
	}
	EACH(a, s, "Action")
	{
		what |= matches(a->valuestring, "kms:PutKeyPolicy", true);
	}
	return who && what && !strcmp(text_of(s, "Effect"), "Allow") &&
	       (!condition || has(condition->child, "kms:CallerAccount"));
}

const char *key_policy_error(const cJSON *state, const cJSON *d)
{
	const char *error = document_error(d);
	bool changeable = false;

	if (error)
		return error;
	EACH(s, d, "Statement")
	{
		const cJSON *principal = cJSON_GetObjectItem(s, "Principal");

		if (!principal && !has(s, "NotPrincipal"))
			return "Policy contains a statement with no principal";
		EACH(p, principal, "AWS")
		{
			if (!cJSON_IsString(p) || !is_principal(state, p->valuestring))
				return "Policy contains a statement with one or more invalid "
				       "principals.";
		}
		changeable |= lets_caller_change(state, s);
	}
	return changeable ? NULL :
			    "The new key policy will not allow you to update the key policy in the "
			    "future.";
}
