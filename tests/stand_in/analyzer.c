/* SPDX-License-Identifier: MIT */
/* Enough of IAM Access Analyzer to see whether the right questions are asked. */
#include "stand_in.h"

#include <stdlib.h>
#include <string.h>

static cJSON *policy(const struct call *c, const char *name)
{
	cJSON *d = cJSON_Parse(need(c, name));

	if (!d)
		refuse(c, "ValidationException", name);
	return d;
}

static void add_finding(cJSON *list, const char *code)
{
	cJSON *finding = cJSON_CreateObject();

	cJSON_AddStringToObject(finding, "findingType", "ERROR");
	cJSON_AddStringToObject(finding, "issueCode", code);
	cJSON_AddItemToArray(list, finding);
}

static cJSON *validate(struct call *c)
{
	cJSON *d = policy(c, "policy-document"), *answer = cJSON_CreateObject();
	cJSON *list = cJSON_AddArrayToObject(answer, "findings");
	bool identity = !strcmp(need(c, "policy-type"), "IDENTITY_POLICY");
	const char *error = identity ? identity_policy_error(d) : key_policy_error(c->state, d);

	if (error)
		add_finding(list, "SYNTAX");
	cJSON_Delete(d);
	return answer;
}

static bool same_condition(const cJSON *x, const cJSON *y)
{
	x = cJSON_GetObjectItem(x, "Condition");
	y = cJSON_GetObjectItem(y, "Condition");
	return x == y || cJSON_Compare(x, y, true);
}

static bool allows(const cJSON *d, const cJSON *s, const char *action)
{
	EACH(other, d, "Statement")
	{
		EACH(a, other, "Action")
		{
			if (matches(a->valuestring, action, true) && same_condition(s, other))
				return true;
		}
	}
	return false;
}

static cJSON *compare(struct call *c)
{
	cJSON *old = policy(c, "existing-policy-document"), *d = policy(c, "new-policy-document");
	cJSON *answer = cJSON_CreateObject();
	bool pass = true;

	need(c, "policy-type");
	EACH(s, d, "Statement")
	{
		EACH(a, s, "Action")
		{
			pass &= allows(old, s, a->valuestring);
		}
	}
	cJSON_AddStringToObject(answer, "result", pass ? "PASS" : "FAIL");
	cJSON_AddStringToObject(answer, "message", "by the stand-in");
	cJSON_Delete(old);
	cJSON_Delete(d);
	return answer;
}

cJSON *analyzer_call(struct call *c, bool *known)
{
	need(c, "region");
	if (!strcmp(c->operation, "validate-policy"))
		return validate(c);
	if (!strcmp(c->operation, "check-no-new-access"))
		return compare(c);
	*known = false;
	return NULL;
}
