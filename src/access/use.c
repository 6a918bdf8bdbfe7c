/* SPDX-License-Identifier: MIT */
/* Wildcards: beside what the logs say that a principal really used [10], and for all keys. */
#include "kmsfix/access.h"
#include "kmsfix/arena.h"
#include "kmsfix/evidence.h"

/* The id of the account or the Region that it names, where that is known; else empty. */
static str id_of(const struct name *name)
{
	if (name->kind == NAME_ACCOUNT)
		return account_id(name->symbol);
	return name->kind == NAME_REGION && text_is_literal(name->symbol) ? name->symbol : S("");
}

/* Accounts and Regions that are known take the place of their references. */
static str with_ids(const struct unit *u, str text, struct arena *a)
{
	str out = { 0 }, part, rest = text;
	bool ref;
	while (text_next(&rest, &part, &ref)) {
		str whole = ref ? ref_text(a, part) : part;
		const struct name *name = ref ? name_get(u, whole) : NULL;
		if (name && id_of(name).n)
			whole = id_of(name);
		out = str_fmt(a, "%.*s%.*s", STR_ARG(out), STR_ARG(whole));
	}
	return out;
}

enum match resource_means_key(const struct unit *u, str text, const struct key *k)
{
	str id = account_id(k->account);
	const struct key_arn key = { .region = k->region, .account = id.n ? id : k->account };
	struct arena *a;
	enum match match;
	if (k->arn.n || resource_classify(text) == RESOURCE_STAR)
		return resource_means(u, text, k->arn);
	a = arena_create();
	match = resource_match(with_ids(u, text, a), &key);
	arena_destroy(a);
	return match;
}

enum match resource_means(const struct unit *u, str text, str key_arn)
{
	struct key_arn key;
	struct arena *a;
	enum match match;
	if (resource_classify(text) == RESOURCE_STAR)
		return MATCH_YES;
	if (!key_arn_parse(key_arn, &key))
		return MATCH_NO;
	a = arena_create();
	match = resource_match(with_ids(u, text, a), &key);
	arena_destroy(a);
	return match;
}

unsigned key_uses(const struct principal *p, str key_arn)
{
	unsigned targets = 0;
	for (size_t i = 0; p->record && i < p->record->uses.n; i++)
		if (str_eq(p->record->uses.v[i]->key, key_arn))
			targets |= p->record->uses.v[i]->action;
	return targets;
}

bool resource_is_all_keys(str text)
{
	static const char *const regions[] = { "us-east-1", "eu-central-2" };
	struct key_arn have;
	bool all = true;
	if (resource_classify(text) == RESOURCE_STAR)
		return true;
	if (!key_arn_parse(text, &have))
		have = (struct key_arn){ .account = S("111122223333") };
	for (size_t i = 0; i < sizeof(regions) / sizeof(*regions); i++) {
		const struct key_arn key = { .partition = have.partition,
					     .region = str_from(regions[i]),
					     .account = have.account,
					     .id = str_from(regions[i]) };
		all &= resource_match(text, &key) == MATCH_YES;
	}
	return all;
}

/* Security Hub looks neither at conditions nor at ReEncryptTo [9.1, 9.3, 9.4]. */
bool statement_is_for_all_keys(const struct statement *s, unsigned targets)
{
	bool all = s->resources.negated || s->resources.open;
	for (size_t i = 0; i < s->resources.n; i++)
		all |= resource_is_all_keys(s->resources.v[i].text);
	return all && (targets & (TARGET_DECRYPT | TARGET_REENCRYPT_FROM));
}
