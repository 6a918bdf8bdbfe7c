/* SPDX-License-Identifier: MIT */
/*
 * Who may do what with which key, as AWS would evaluate it, out of the state alone: a line for each
 * principal, key, action and set of conditions under which it is allowed. A line is left out when
 * another one says the same under fewer conditions. Deny is not evaluated: nobody writes one.
 */
#include "stand_in.h"

#include <ctype.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_TERMS 64
#define MAX_ATOMS 16
#define MAX_LINES 4096

static const char *const actions[] = { "kms:Decrypt",     "kms:ReEncryptFrom",
				       "kms:ReEncryptTo", "kms:Encrypt",
				       "kms:DescribeKey", "kms:GenerateDataKey",
				       "kms:CreateGrant", "kms:PutKeyPolicy" };

/* Conditions that all have to hold, as texts. */
struct term {
	char *atoms[MAX_ATOMS];
	int n;
};

struct terms {
	struct term v[MAX_TERMS];
	int n;
};

static void fold(char *to, const char *from, size_t size)
{
	size_t i = 0;

	for (; from[i] && i + 1 < size; i++)
		to[i] = (char)tolower((unsigned char)from[i]);
	to[i] = '\0';
}

bool matches(const char *pattern, const char *text, bool folded)
{
	char p[2048], t[2048];

	if (!folded)
		return fnmatch(pattern, text, FNM_NOESCAPE) == 0;
	fold(p, pattern, sizeof(p));
	fold(t, text, sizeof(t));
	return fnmatch(p, t, FNM_NOESCAPE) == 0;
}

static bool any_matches(const cJSON *s, const char *member, const char *text, bool folded)
{
	bool any = false;

	EACH(e, s, member)
	{
		any |= cJSON_IsString(e) && matches(e->valuestring, text, folded);
	}
	return any;
}

static bool acts(const cJSON *s, const char *action)
{
	if (strcmp(text_of(s, "Effect"), "Allow") != 0)
		return false;
	if (cJSON_GetObjectItem(s, "NotAction"))
		return !any_matches(s, "NotAction", action, true);
	return any_matches(s, "Action", action, true);
}

static bool covers(const cJSON *s, const char *arn)
{
	if (cJSON_GetObjectItem(s, "NotResource"))
		return !any_matches(s, "NotResource", arn, false);
	return any_matches(s, "Resource", arn, false);
}

/* ---- terms ---- */

static int by_text(const void *x, const void *y)
{
	return strcmp(*(char *const *)x, *(char *const *)y);
}

static void add_atom(struct term *t, const char *text)
{
	for (int i = 0; i < t->n; i++)
		if (!strcmp(t->atoms[i], text))
			return;
	if (t->n == MAX_ATOMS)
		unusable("too many conditions", text);
	t->atoms[t->n++] = strdup(text);
	qsort(t->atoms, (size_t)t->n, sizeof(*t->atoms), by_text);
}

/* Principals of the account are callers of the account [3.17]. */
static bool always_holds(const cJSON *state, const cJSON *key)
{
	return !strcmp(key->string, "kms:CallerAccount") && cJSON_IsString(key) &&
	       !strcmp(key->valuestring, text_of(state, "account"));
}

static void add_conditions(const cJSON *state, struct term *t, const cJSON *s)
{
	const cJSON *all = cJSON_GetObjectItem(s, "Condition");

	for (const cJSON *op = all ? all->child : NULL; op; op = op->next) {
		for (const cJSON *key = op->child; key; key = key->next) {
			char text[4096];
			int n = snprintf(text, sizeof(text), "%s %s", op->string, key->string);

			if (always_holds(state, key))
				continue;
			EACH(v, op, key->string)
			{
				n += snprintf(text + n, sizeof(text) - (size_t)n, " %s",
					      v->valuestring);
			}
			add_atom(t, text);
		}
	}
}

static bool is_within(const struct term *few, const struct term *many)
{
	for (int i = 0; i < few->n; i++) {
		bool there = false;

		for (int k = 0; k < many->n; k++)
			there |= !strcmp(few->atoms[i], many->atoms[k]);
		if (!there)
			return false;
	}
	return true;
}

static void add_term(struct terms *all, const struct term *t)
{
	int kept = 0;

	for (int i = 0; i < all->n; i++)
		if (is_within(&all->v[i], t))
			return;
	for (int i = 0; i < all->n; i++)
		if (!is_within(t, &all->v[i]))
			all->v[kept++] = all->v[i];
	all->n = kept;
	if (all->n == MAX_TERMS)
		unusable("too many ways", "to the same key");
	all->v[all->n++] = *t;
}

/* ---- key policies ---- */

static bool names(const cJSON *s, const char *principal)
{
	const cJSON *p = cJSON_GetObjectItem(s, "Principal");
	bool named = cJSON_IsString(p) && !strcmp(p->valuestring, "*");

	EACH(e, p, "AWS")
	{
		named |= !strcmp(e->valuestring, principal) || !strcmp(e->valuestring, "*");
	}
	return named;
}

/* [3.4] */
static bool delegates(const cJSON *state, const cJSON *s)
{
	char root[64];
	const char *account = text_of(state, "account");
	bool named = false;

	snprintf(root, sizeof(root), "arn:aws:iam::%s:root", account);
	EACH(e, cJSON_GetObjectItem(s, "Principal"), "AWS")
	{
		named |= !strcmp(e->valuestring, root) || !strcmp(e->valuestring, account);
	}
	return named;
}

/* ---- one principal, one key, one action ---- */

struct question {
	const cJSON *state, *holder, *key_policy;
	const char *arn, *key, *action;
	struct terms *out;
};

/* What an identity policy allows, the key's policy must let count [3.1]. */
static void through_identity(const struct question *q, const cJSON *document)
{
	EACH(s, document, "Statement")
	{
		if (!acts(s, q->action) || !covers(s, q->key))
			continue;
		EACH(d, q->key_policy, "Statement")
		{
			struct term t = { 0 };

			if (!acts(d, q->action) || !covers(d, q->key) || !delegates(q->state, d))
				continue;
			add_conditions(q->state, &t, s);
			add_conditions(q->state, &t, d);
			/* [3.8] a boundary of a user binds this, and no direct grant */
			if (*text_of(q->holder, "boundary"))
				add_atom(&t, "within the boundary");
			add_term(q->out, &t);
		}
	}
}

static void through_policies(const struct question *q, const cJSON *holder)
{
	const cJSON *all = cJSON_GetObjectItem(holder, "inline");

	for (const cJSON *d = all ? all->child : NULL; d; d = d->next)
		through_identity(q, d);
	EACH(e, holder, "attached")
	{
		const cJSON *p = cJSON_GetObjectItemCaseSensitive(
			cJSON_GetObjectItem(q->state, "policies"), e->valuestring);

		if (p)
			through_identity(q, cJSON_GetObjectItemCaseSensitive(
						    cJSON_GetObjectItem(p, "versions"),
						    text_of(p, "default")));
	}
}

static void ask(const struct question *q)
{
	through_policies(q, q->holder);
	EACH(g, q->holder, "groups")
	{
		through_policies(
			q, cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItem(q->state, "groups"),
							    g->valuestring));
	}
	EACH(s, q->key_policy, "Statement")
	{
		struct term t = { 0 };

		if (!acts(s, q->action) || !covers(s, q->key) || !names(s, q->arn))
			continue;
		add_conditions(q->state, &t, s);
		add_term(q->out, &t);
	}
}

/* ---- everybody ---- */

static char *lines[MAX_LINES];
static int line_count;

static void add_lines(const struct question *q, const char *who)
{
	for (int i = 0; i < q->out->n; i++) {
		char line[8192];
		int n = snprintf(line, sizeof(line), "%s %s %s", who, q->action, q->key);

		for (int k = 0; k < q->out->v[i].n; k++)
			n += snprintf(line + n, sizeof(line) - (size_t)n, " | %s",
				      q->out->v[i].atoms[k]);
		if (line_count == MAX_LINES)
			unusable("too many", "lines");
		lines[line_count++] = strdup(line);
	}
}

static void ask_all(const cJSON *state, const cJSON *holder, const char *who)
{
	const cJSON *keys = cJSON_GetObjectItem(state, "keys");

	for (const cJSON *k = keys->child; k; k = k->next) {
		cJSON *policy = cJSON_Parse(text_of(k, "policy"));

		for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++) {
			struct terms terms = { .n = 0 };
			struct question q = { state,     holder,     policy, text_of(holder, "arn"),
					      k->string, actions[i], &terms };

			ask(&q);
			add_lines(&q, who);
		}
		cJSON_Delete(policy);
	}
}

char *access_text(const cJSON *state)
{
	static const char *const lists[] = { "roles", "users" };
	size_t size = 1, at = 0;
	char *out;

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (const cJSON *h = cJSON_GetObjectItem(state, lists[i])->child; h; h = h->next)
			ask_all(state, h, text_of(h, "arn"));
	ask_all(state, NULL, "(a stranger)");
	qsort(lines, (size_t)line_count, sizeof(*lines), by_text);
	for (int i = 0; i < line_count; i++)
		size += strlen(lines[i]) + 1;
	out = calloc(1, size);
	for (int i = 0; i < line_count; i++)
		at += (size_t)snprintf(out + at, size - at, "%s\n", lines[i]);
	return out;
}
