/* SPDX-License-Identifier: MIT */
#include "kmsfix/arn.h"

#include "kmsfix/ascii.h"
#include "kmsfix/glob.h"
#include "kmsfix/text.h"

#define ARN_PARTS 6

enum { PART_ARN, PART_PARTITION, PART_SERVICE, PART_REGION, PART_ACCOUNT, PART_RESOURCE };

/* Splits at the first five ':' outside references; the rest is the last part. */
static size_t split(str text, str part[ARN_PARTS])
{
	size_t n = 0, start = 0, colon;

	while (n < PART_RESOURCE && (colon = text_find(text, ':', start)) != SIZE_MAX) {
		part[n++] = str_sub(text, start, colon);
		start = colon + 1;
	}
	part[n++] = str_sub(text, start, text.n);
	return n;
}

bool arn_parse(str text, struct arn *out)
{
	str part[ARN_PARTS];

	if (split(text, part) < ARN_PARTS || !str_eq(part[PART_ARN], S("arn")))
		return false;
	*out = (struct arn){ part[PART_PARTITION], part[PART_SERVICE], part[PART_REGION],
			     part[PART_ACCOUNT], part[PART_RESOURCE] };
	return true;
}

bool arn_is_account(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!ascii_is_digit(text.p[i]))
			return false;
	return text.n == 12;
}

str arn_partition(str region)
{
	static const struct {
		const char *regions, *partition;
	} others[] = {
		{ "cn-", "aws-cn" },         { "us-gov-", "aws-us-gov" },
		{ "us-iso-", "aws-iso" },    { "us-isob-", "aws-iso-b" },
		{ "eu-isoe-", "aws-iso-e" }, { "us-isof-", "aws-iso-f" },
		{ "eusc-", "aws-eusc" },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
		if (str_starts(region, str_from(others[i].regions)))
			return str_from(others[i].partition);
	}
	return S("aws");
}

bool key_arn_parse(str text, struct key_arn *out)
{
	struct arn arn;
	str prefix = S("key/");

	if (!arn_parse(text, &arn) || !str_eq(arn.service, S("kms")) ||
	    !str_starts(arn.resource, prefix) || arn.resource.n == prefix.n)
		return false;
	*out = (struct key_arn){ arn.partition, arn.region, arn.account,
				 str_sub(arn.resource, prefix.n, arn.resource.n) };
	return true;
}

static bool has_variable(str s)
{
	return text_has_variable(s) || str_has(s, S("&{"));
}

/* What stands before the first wildcard, reference or variable. */
static str literal_head(str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] != '*' && s.p[n] != '?' && s.p[n] != REF_OPEN &&
	       !has_variable(str_sub(s, n, n + 2)))
		n++;
	return str_sub(s, 0, n);
}

/* Can texts that begin like this be equal? */
static bool heads_agree(str x, str y)
{
	return x.n < y.n ? str_starts(y, x) : str_starts(x, y);
}

/* A part of the pattern and the key's, which is not empty even where it is unknown. */
static enum match part_match(str pattern, str part)
{
	if (!pattern.n)
		return MATCH_NO;
	if (has_variable(pattern))
		return heads_agree(literal_head(pattern), literal_head(part)) ? MATCH_MAYBE :
										MATCH_NO;
	if (glob_contains(pattern, S("*"), GLOB_EXACT))
		return MATCH_YES;
	if (!part.n)
		return MATCH_MAYBE;
	if (glob_match(pattern, part, GLOB_EXACT))
		return MATCH_YES;
	return glob_may_match(pattern, part, GLOB_EXACT) ? MATCH_MAYBE : MATCH_NO;
}

/* What nobody has spelled out is the partition of the whole module, nearly always `aws` [2.12]. */
static enum match partition_match(str pattern, str partition)
{
	enum match m = part_match(pattern, partition);
	str aws = S("aws");

	if (m != MATCH_MAYBE)
		return m;
	if (str_eq(pattern, aws))
		return MATCH_YES;
	return text_is_ref(pattern, NULL) && (!partition.n || str_eq(partition, aws)) ? MATCH_YES :
											MATCH_MAYBE;
}

bool arn_is_below(str rest)
{
	return !has_variable(rest) && text_find(rest, '/', 0) != SIZE_MAX;
}

/* The last part of an ARN is "key/<id>" and goes on, as no key's does. */
static bool is_below_key(str resource)
{
	str key = S("key/");

	return str_starts(resource, key) && arn_is_below(str_sub(resource, key.n, resource.n));
}

/* The last part of the pattern and "key/<id>". */
static enum match key_match(str pattern, str id)
{
	str key = S("key/"), head = literal_head(pattern);

	if (is_below_key(pattern))
		return MATCH_NO;
	if (str_starts(pattern, key))
		return part_match(str_sub(pattern, key.n, pattern.n), id);
	if (str_ends(pattern, S("*")) && glob_match(pattern, key, GLOB_EXACT))
		return MATCH_YES;
	return head.n < pattern.n && heads_agree(head, key) ? MATCH_MAYBE : MATCH_NO;
}

static enum match one_match(size_t i, str pattern, str part)
{
	if (i == PART_PARTITION)
		return partition_match(pattern, part);
	return i == PART_RESOURCE ? key_match(pattern, part) : part_match(pattern, part);
}

/*
 * Six parts stand side by side with the key's. With fewer, a wildcard must cross a colon: what
 * stands before the first one still stands side by side, what follows only if a final '*' takes
 * the rest.
 */
static enum match parts_match(const str part[ARN_PARTS], size_t n, const str key[ARN_PARTS])
{
	enum match all = MATCH_YES;
	bool crosses = false;

	for (size_t i = 0; i < n; i++) {
		enum match m = one_match(i, part[i], key[i]);
		str head = literal_head(part[i]);
		bool opens = n < ARN_PARTS && head.n < part[i].n;

		if (m == MATCH_NO && !crosses &&
		    !(opens && heads_agree(head, literal_head(key[i]))))
			return MATCH_NO;
		if (m != MATCH_YES)
			all = MATCH_MAYBE;
		if (has_variable(part[i]))
			return MATCH_MAYBE;
		crosses |= opens;
	}
	if (n == ARN_PARTS)
		return all;
	if (!crosses)
		return MATCH_NO;
	return str_ends(part[n - 1], S("*")) ? all : MATCH_MAYBE;
}

enum match resource_match(str pattern, const struct key_arn *key)
{
	const str parts[ARN_PARTS] = { S("arn"),    key->partition, S("kms"),
				       key->region, key->account,   key->id };
	str part[ARN_PARTS], head = literal_head(pattern), arn = S("arn:");

	if (str_eq(pattern, S("*")))
		return MATCH_YES;
	if (str_starts(pattern, arn))
		return parts_match(part, split(pattern, part), parts);
	return head.n < pattern.n && heads_agree(head, arn) ? MATCH_MAYBE : MATCH_NO;
}

/* An ARN that certainly matches no key. */
static enum resource_kind classify_other(const str part[ARN_PARTS], size_t n)
{
	str head;

	if (n > PART_SERVICE && part_match(part[PART_SERVICE], S("kms")) != MATCH_YES)
		return RESOURCE_OTHER_SERVICE;
	if (n < ARN_PARTS)
		return RESOURCE_BAD;
	if (is_below_key(part[PART_RESOURCE]))
		return RESOURCE_BELOW_KEY;
	head = literal_head(part[PART_RESOURCE]);
	if (heads_agree(head, S("key/")))
		return RESOURCE_BAD;
	return heads_agree(head, S("alias/")) ? RESOURCE_ALIAS : RESOURCE_OTHER_SERVICE;
}

/* An ARN that may match a key. */
static enum resource_kind classify_key(const str part[ARN_PARTS], size_t n)
{
	bool exact = n == ARN_PARTS && str_starts(part[PART_RESOURCE], S("key/"));
	bool wild = false;

	if (n == ARN_PARTS && (part_match(part[PART_SERVICE], S("kms")) != MATCH_YES ||
			       (!exact && !text_is_literal(part[PART_RESOURCE]))))
		return RESOURCE_UNKNOWN;
	for (size_t i = n == ARN_PARTS ? PART_SERVICE : PART_ARN; i < n; i++)
		wild |= glob_is_pattern(part[i]);
	if (wild)
		return RESOURCE_KEY_WILD;
	return exact ? RESOURCE_KEY : RESOURCE_UNKNOWN;
}

enum resource_kind resource_classify(str pattern)
{
	const struct key_arn any = { 0 };
	str part[ARN_PARTS];
	size_t n = split(pattern, part);
	bool may = resource_match(pattern, &any) != MATCH_NO;

	if (str_eq(pattern, S("*")))
		return RESOURCE_STAR;
	if (text_is_ref(pattern, NULL))
		return RESOURCE_REFERENCE;
	if (may && has_variable(pattern))
		return RESOURCE_VARIABLE;
	if (!str_starts(pattern, S("arn:")))
		return may && !text_is_literal(pattern) ? RESOURCE_UNKNOWN : RESOURCE_BAD;
	return may ? classify_key(part, n) : classify_other(part, n);
}
