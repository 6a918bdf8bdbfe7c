/* SPDX-License-Identifier: MIT */
/* The partition that a key is in, where anything tells it [2.12]. */
#include "kmsfix/access.h"
#include "kmsfix/arn.h"

static void partition_in(const struct statement *s, str partition, bool *same, bool *other)
{
	for (size_t i = 0; i < s->principals.n; i++) {
		struct arn arn;
		if (!arn_parse(s->principals.v[i].element.text, &arn) || !arn.partition.n ||
		    !text_is_literal(arn.partition))
			continue;
		*(str_eq(arn.partition, partition) ? same : other) = true;
	}
}

/* Whether the policy of the key has a principal of that partition, or of another one: then the key
 * is there, as nobody else could be named. */
static void partition_told(const struct key *k, str partition, bool *same, bool *other)
{
	*same = *other = false;
	for (const struct policy *kp = k->policy; kp; kp = kp->otherwise)
		for (size_t i = 0; i < kp->statements.n; i++)
			partition_in(kp->statements.v[i], partition, same, other);
}

/* That of the ARN or of a literal Region, which belongs to one [2.12]; else empty. */
static str known_partition(const struct key *k)
{
	struct arn arn;
	if (arn_parse(k->arn, &arn))
		return arn.partition;
	return text_is_literal(k->region) ? arn_partition(k->region) : S("");
}

bool key_excludes_partition(const struct key *k, str partition)
{
	str known = known_partition(k);
	bool same, other;
	partition_told(k, partition, &same, &other);
	return known.n ? !str_eq(partition, known) : other && !same;
}

/* Where nothing tells it, it is nearly always `aws`. */
bool key_in_partition(const struct key *k, str partition)
{
	bool same, other;
	if (!text_is_literal(partition) || str_has(partition, S("*")))
		return true;
	str known = known_partition(k);
	if (known.n)
		return str_eq(partition, known);
	partition_told(k, partition, &same, &other);
	return same || (!other && str_eq(partition, S("aws")));
}
