/* SPDX-License-Identifier: MIT */
#include "stand_in.h"

#include <stdlib.h>
#include <string.h>

static int by_text_down(const void *x, const void *y)
{
	return strcmp((*(cJSON *const *)y)->valuestring, (*(cJSON *const *)x)->valuestring);
}

static void sort_down(cJSON *list)
{
	cJSON *items[64];
	size_t n = 0;

	while (list->child && n < 64)
		items[n++] = cJSON_DetachItemFromArray(list, 0);
	qsort(items, n, sizeof(*items), by_text_down);
	for (size_t i = 0; i < n; i++)
		cJSON_AddItemToArray(list, items[i]);
}

/*
 * KMS keeps principals by their ids and writes the policy anew when it is asked for it: lists of
 * one element become a text, and the order of principals is not the one that was put.
 */
static void rewrite(cJSON *item)
{
	for (cJSON *c = item->child, *next; c; c = next) {
		next = c->next;
		rewrite(c);
		if (cJSON_IsObject(item) && cJSON_GetArraySize(c) == 1 && cJSON_IsArray(c) &&
		    cJSON_IsString(c->child)) {
			cJSON *one = cJSON_DetachItemFromArray(c, 0);
			char *name = strdup(c->string);

			cJSON_ReplaceItemViaPointer(item, c, one);
			one->string = name;
		} else if (cJSON_IsArray(c) && c->string && !strcmp(c->string, "AWS")) {
			sort_down(c);
		}
	}
}

char *kms_text(const char *policy)
{
	cJSON *d = cJSON_Parse(policy);
	char *text;

	rewrite(d);
	text = cJSON_Print(d);
	cJSON_Delete(d);
	return text;
}

static cJSON *get_policy(struct call *c)
{
	cJSON *key = entity(c, "keys", need(c, "key-id")), *answer = cJSON_CreateObject();

	cJSON_AddStringToObject(answer, "Policy", text_of(key, "policy"));
	cJSON_AddStringToObject(answer, "PolicyName", "default");
	return answer;
}

/* [5.12] */
static bool is_in_charset(const char *s)
{
	for (; *s; s++) {
		unsigned char b = (unsigned char)*s;

		if ((b < 0x20 && !strchr("\t\r\n", b)) || b > 0xc3)
			return false;
	}
	return true;
}

static void put_policy(struct call *c)
{
	const char *text = need(c, "policy"), *error;
	cJSON *key = entity(c, "keys", need(c, "key-id")), *d = cJSON_Parse(text);
	char *kept;

	if (strlen(text) > 32768) /* [6.1] */
		refuse(c, "LimitExceededException", "the policy is too long");
	if (!is_in_charset(text))
		refuse(c, "MalformedPolicyDocumentException", "a character is not allowed");
	error = key_policy_error(c->state, d);
	if (error)
		refuse(c, "MalformedPolicyDocumentException", error);
	kept = kms_text(text);
	cJSON_ReplaceItemInObject(key, "policy", cJSON_CreateString(kept));
	free(kept);
	cJSON_Delete(d);
	c->changed = true;
}

cJSON *kms_call(struct call *c, bool *known)
{
	const char *arn = option(c, "key-id"), *region = need(c, "region");
	char part[64] = ":";

	strncat(strncat(part, region, 40), ":", 2);
	if (strcmp(need(c, "policy-name"), "default") != 0 || !arn || !strstr(arn, part))
		refuse(c, "NotFoundException", "no such key in this Region");
	if (!strcmp(c->operation, "get-key-policy"))
		return get_policy(c);
	if (!strcmp(c->operation, "put-key-policy"))
		put_policy(c);
	else
		*known = false;
	return NULL;
}
