/* SPDX-License-Identifier: MIT */
#include "kmsfix/action.h"

#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/glob.h"
#include "kmsfix/text.h"

#include "action_table.h"

static const struct {
	enum target bit;
	const char *name;
} targets_by_bit[] = {
	{ TARGET_DECRYPT, "kms:Decrypt" },
	{ TARGET_REENCRYPT_FROM, "kms:ReEncryptFrom" },
	{ TARGET_REENCRYPT_TO, "kms:ReEncryptTo" },
};

#define TARGET_COUNT (sizeof(targets_by_bit) / sizeof(*targets_by_bit))
/* "kms:" and the longest name of the table fit. */
#define NAME_SIZE 64

const char *target_name(unsigned bit)
{
	for (size_t i = 0; i < TARGET_COUNT; i++) {
		if (targets_by_bit[i].bit == bit)
			return targets_by_bit[i].name;
	}
	return NULL;
}

/* The part before the first ':'; the whole pattern when there is none. */
static str prefix_of(str pattern)
{
	return str_sub(pattern, 0, text_find(pattern, ':', 0));
}

static str name_of(str pattern)
{
	return str_sub(pattern, prefix_of(pattern).n + 1, pattern.n);
}

static bool is_star(str pattern)
{
	return str_eq(pattern, S("*"));
}

/* A literal prefix names one service; only that much can rule KMS out. */
static bool has_plain_prefix(str pattern)
{
	str prefix = prefix_of(pattern);

	return prefix.n < pattern.n && text_is_literal(prefix) && !glob_is_pattern(prefix);
}

static bool is_kms(str pattern)
{
	return has_plain_prefix(pattern) && str_eq_fold(prefix_of(pattern), S("kms"));
}

/* What the pattern says of names of KMS actions; false where it means none, or it is not known. */
static bool names_of_kms(str pattern, str *names)
{
	*names = is_star(pattern) ? pattern : name_of(pattern);
	return is_star(pattern) || (text_is_literal(pattern) && is_kms(pattern));
}

/* Of one that is written with "kms:". */
static str bare_name(const char *name)
{
	return str_from(name + sizeof("kms:") - 1);
}

/* The bytes of "kms:<name>" in `space`. */
static str full_name(char space[NAME_SIZE], const char *name)
{
	str prefix = S("kms:"), rest = str_from(name);
	size_t n = 0;

	for (size_t i = 0; i < prefix.n; i++)
		space[n++] = prefix.p[i];
	for (size_t i = 0; i < rest.n && n < NAME_SIZE; i++)
		space[n++] = rest.p[i];
	return (str){ space, n };
}

/*
 * Neither the 'k' of "kms:" nor what may stand for it comes first, so that under every reading no
 * action of KMS is meant. Nearly all patterns are of other services: a fifth of a run went by in
 * comparing them with each action.
 */
static bool is_elsewhere(str pattern)
{
	char first = pattern.n ? pattern.p[0] : '-';

	return first != 'k' && first != 'K' && first != '*' && first != '?' && first != REF_OPEN;
}

/* Read as a plain wildcard over the whole text, which is more than IAM documents [1.2]. */
static bool may_match_kms(str pattern)
{
	char space[NAME_SIZE];

	for (size_t i = 0; i < action_table_size; i++) {
		if (glob_may_match(pattern, full_name(space, action_table[i]), GLOB_FOLD))
			return true;
	}
	return false;
}

enum action_form action_form(str pattern)
{
	if (is_elsewhere(pattern))
		return ACTION_OTHER;
	if (is_star(pattern))
		return ACTION_STAR;
	if (is_kms(pattern) && text_is_literal(pattern))
		return ACTION_KMS;
	if (!may_match_kms(pattern))
		return ACTION_OTHER;
	if (is_kms(pattern))
		return ACTION_PART;
	return text_is_literal(pattern) ? ACTION_BAD : ACTION_UNKNOWN;
}

bool action_matches(str pattern, str action)
{
	if (is_star(pattern))
		return true;
	return text_is_literal(pattern) && has_plain_prefix(pattern) && has_plain_prefix(action) &&
	       str_eq_fold(prefix_of(pattern), prefix_of(action)) &&
	       glob_match(name_of(pattern), name_of(action), GLOB_FOLD);
}

/* Of an action by its whole name. */
static unsigned target_of(str name)
{
	for (size_t i = 0; i < TARGET_COUNT; i++) {
		if (str_eq(name, bare_name(targets_by_bit[i].name)))
			return targets_by_bit[i].bit;
	}
	return 0;
}

unsigned action_targets(str pattern)
{
	unsigned found = 0;
	str names;

	if (is_elsewhere(pattern) || !names_of_kms(pattern, &names))
		return 0;
	for (size_t i = 0; i < TARGET_COUNT; i++) {
		if (glob_match(names, bare_name(targets_by_bit[i].name), GLOB_FOLD))
			found |= targets_by_bit[i].bit;
	}
	return found;
}

unsigned action_possible_targets(str pattern)
{
	unsigned found = 0;

	for (size_t i = 0; !is_elsewhere(pattern) && i < TARGET_COUNT; i++) {
		if (glob_may_match(pattern, str_from(targets_by_bit[i].name), GLOB_FOLD))
			found |= targets_by_bit[i].bit;
	}
	return found;
}

/* The known KMS actions besides `except` that the pattern matches, one by one. */
static const char *next_action(str pattern, unsigned except, size_t *i)
{
	str names;

	if (!names_of_kms(pattern, &names))
		return NULL;
	while (*i < action_table_size) {
		str name = str_from(action_table[(*i)++]);

		if (!(target_of(name) & except) && glob_match(names, name, GLOB_FOLD))
			return name.p;
	}
	return NULL;
}

bool action_only_targets(str pattern)
{
	size_t i = 0;

	if (!action_targets(pattern))
		return false;
	return !glob_is_pattern(pattern) || !next_action(pattern, TARGET_ALL, &i);
}

bool action_is_reencrypt_typo(str pattern)
{
	return str_eq_fold(pattern, S("kms:ReEncrypt"));
}

/* The first word of a name: a capital and what follows in small letters. */
static str verb_of(const char *name)
{
	size_t n = 1;

	while (ascii_is_lower(name[n]))
		n++;
	return (str){ name, n };
}

static size_t verb_count(str verb)
{
	size_t n = 0;

	for (size_t i = 0; i < action_table_size; i++)
		n += str_eq(verb_of(action_table[i]), verb);
	return n;
}

/* What to keep of `pattern` for the action `name`: its verb as a wildcard where that is exact. */
static str kept_pattern(str pattern, const char *name, struct arena *a)
{
	str verb = verb_of(name);
	str wide = str_fmt(a, "kms:%.*s*", STR_ARG(verb));

	if (verb_count(verb) > 1 && !action_targets(wide) &&
	    glob_contains(name_of(pattern), name_of(wide), GLOB_FOLD))
		return wide;
	return str_fmt(a, "kms:%s", name);
}

bool action_subtract(str pattern, unsigned targets, struct arena *a, struct strs *out)
{
	const char *name;

	if (action_form(pattern) != ACTION_KMS)
		return false;
	if (!(action_targets(pattern) & targets)) {
		strs_add_once(a, out, pattern);
		return true;
	}
	if (!glob_is_pattern(pattern))
		return true; /* it names one action, as most patterns do */
	for (size_t i = 0; (name = next_action(pattern, targets, &i));)
		strs_add_once(a, out, kept_pattern(pattern, name, a));
	return true;
}
