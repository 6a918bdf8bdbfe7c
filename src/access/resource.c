/* SPDX-License-Identifier: MIT */
/* What the text of a Resource element means: exactly which keys, none, or a reason to hold. */
#include <string.h>

#include "kmsfix/access.h"
#include "kmsfix/arn.h"
#include "kmsfix/facts.h"
#include "kmsfix/glob.h"
#include "kmsfix/named.h"
#include "kmsfix/vec.h"

static void hold(struct meaning *out, const char *code, str reason)
{
	out->kind = MEANS_HELD;
	out->code = code;
	out->reason = reason;
}

/* It is no key, so that the permission has no effect. */
static void mean_nothing(struct meaning *out, const char *code, str reason)
{
	hold(out, code, reason);
	out->kind = MEANS_NOTHING;
}

static void mean_alias(struct meaning *out)
{
	mean_nothing(out, "ALIAS-RES",
		     S("an alias is no resource that these actions work on, so the permission has "
		       "no effect"));
}

static void mean_below_key(struct meaning *out)
{
	mean_nothing(
		out, "NO-MATCH",
		S("an id of a key has no '/', so this is the ARN of no key, and the permission "
		  "has no effect"));
}

static void add_keys(const struct model *m, const struct name *name, struct meaning *out)
{
	out->kind = MEANS_KEYS;
	for (size_t i = 0; i < name->key_count; i++)
		VEC_PUSH(m->arena, &out->keys, name->keys[i]);
}

/* An alias that a request names is a reference to itself. */
static str written(const struct model *m, str text)
{
	str source;
	return text_is_ref(text, &source) && str_starts(source, S("arn:")) ?
		       source :
		       text_written(m->arena, text);
}

static void by_name(const struct model *m, const struct unit *u, str text, struct meaning *out)
{
	const struct name *name = name_get(u, text);
	enum name_kind kind = name ? name->kind : NAME_EXTERNAL;
	out->told = name && name->told;
	switch (kind) {
	case NAME_KEY_ARN:
		add_keys(m, name, out);
		break;
	case NAME_KEY_ID:
		hold(out, "RES-FORM",
		     str_fmt(m->arena, "'%.*s' is a key id, which is no ARN and names no key here",
			     STR_ARG(text_written(m->arena, text))));
		break;
	case NAME_KEY_PLURAL:
		hold(out, "KEY-MULTI",
		     str_fmt(m->arena, "'%.*s' is one of several keys",
			     STR_ARG(text_written(m->arena, text))));
		break;
	case NAME_ALIAS:
		mean_alias(out);
		break;
	case NAME_AWS_MANAGED:
		out->kind = MEANS_AWS_MANAGED;
		break;
	case NAME_PRINCIPAL:
	case NAME_OTHER:
		out->kind = MEANS_OTHER;
		break;
	default:
		hold(out, "KEY-EXTERNAL",
		     str_fmt(m->arena, "the key '%.*s' is not declared in this %s",
			     STR_ARG(written(m, text)), u->language->whole));
		break;
	}
}

static bool differs(str pattern, str part)
{
	return pattern.n && part.n && text_is_literal(pattern) && text_is_literal(part) &&
	       !glob_match(pattern, part, GLOB_EXACT);
}

/* The text is known to mean other keys than this one. */
static bool is_another(const struct unit *u, str text, const struct key *k)
{
	struct key_arn have;
	if (k->arn.n)
		return resource_means(u, text, k->arn) == MATCH_NO;
	return key_arn_parse(text, &have) &&
	       (differs(have.region, k->region) || differs(have.account, account_id(k->account)));
}

/* The keys that the configuration names for `text`, which none that is known to be another is. */
static void mean_named(const struct model *m, const struct unit *u,
		       const struct config_key_names *names, str text, struct meaning *out)
{
	out->kind = MEANS_KEYS;
	out->configured = true;
	for (size_t i = 0; i < m->keys.n; i++)
		if (key_is_named(m->keys.v[i], names))
			VEC_PUSH(m->arena, &out->keys, m->keys.v[i]);
	if (out->keys.n != names->n)
		hold(out, "KEY-EXTERNAL",
		     str_fmt(m->arena, "the key map of '%.*s' names a key that is not declared",
			     STR_ARG(text_written(m->arena, text))));
	for (size_t i = 0; i < out->keys.n; i++) {
		const struct key *k = out->keys.v[i];
		if (is_another(u, text, k))
			hold(out, "NO-MATCH",
			     str_fmt(m->arena,
				     "the key map names '%.*s' for '%.*s', which it is not",
				     STR_ARG(k->address), STR_ARG(text_written(m->arena, text))));
	}
}

static bool is_wild(str text)
{
	const enum resource_kind kind = resource_classify(text);
	return kind == RESOURCE_STAR || kind == RESOURCE_KEY_WILD;
}

/* A policy that the configuration declares says there which keys its wildcards are for: those that
 * a key may match, not all objects of a bucket. */
static bool by_policy(const struct model *m, const struct document *d, str text,
		      struct meaning *out)
{
	const struct config *c = m->config;
	for (size_t i = 0; i < c->policies.n; i++) {
		const struct config_policy *p = &c->policies.v[i];
		if (!p->keys.n || !str_eq(p->file, d->file->path) || !is_wild(text))
			continue;
		mean_named(m, d->unit, &p->keys, text, out);
		return true;
	}
	return false;
}

static bool symbol_is(const struct unit *u, str text, enum name_kind kind, str symbol)
{
	const struct name *name = name_get(u, text);
	if (str_eq(text, symbol))
		return true;
	if (account_same(account_id(symbol), text))
		return true;
	return name && name->kind == kind && account_same(name->symbol, symbol);
}

static void hold_replicas(const struct model *m, str text, struct meaning *out)
{
	hold(out, "MRK",
	     str_fmt(m->arena,
		     "'%.*s' also means replicas in other Regions that are not declared here",
		     STR_ARG(text_written(m->arena, text))));
}

/* A key ARN put together from parts, of which the id refers to a key of the unit [2.5, 2.15]. */
static void composed(const struct model *m, const struct unit *u, const struct key_arn *arn,
		     const struct name *id, str text, struct meaning *out)
{
	struct key *k = id->keys[0];
	bool region_wild = str_eq(arn->region, S("*"));
	bool lockout;
	if (!key_in_partition(k, arn->partition)) {
		hold(out, "PARTITION",
		     str_fmt(m->arena, "the partition in '%.*s' is not known to be that of the key",
			     STR_ARG(text_written(m->arena, text))));
		return;
	}
	if (!str_eq(arn->account, S("*")) &&
	    !symbol_is(u, arn->account, NAME_ACCOUNT, k->account) &&
	    key_owner(k, arn->account, &lockout) != OWNER_SELF) {
		hold(out, "ACCT-UNKNOWN",
		     str_fmt(m->arena, "the account in '%.*s' is not known to be that of the key",
			     STR_ARG(text_written(m->arena, text))));
		return;
	}
	if (!region_wild && !symbol_is(u, arn->region, NAME_REGION, k->region)) {
		bool other = text_is_literal(arn->region) && text_is_literal(k->region);
		hold(out, other ? "NO-MATCH" : "ACCT-UNKNOWN",
		     str_fmt(m->arena, "the Region in '%.*s' is not known to be that of the key",
			     STR_ARG(text_written(m->arena, text))));
		return;
	}
	add_keys(m, id, out);
	if (!region_wild || !k->multi_region)
		return;
	/* A multi-Region id with a Region wildcard: the primary and every replica [2.8]. */
	size_t before = out->keys.n;
	for (size_t i = 0; i < m->keys.n; i++)
		if (m->keys.v[i]->primary == k)
			VEC_PUSH(m->arena, &out->keys, m->keys.v[i]);
	if (out->keys.n == before || k->primary)
		hold_replicas(m, text, out);
}

/*
 * The keys found are all that the pattern can mean: one without replicas, whose id is its own
 * [2.7], or one and all its replicas [2.8].
 */
static bool is_all(const struct meaning *found, bool wild)
{
	const struct key *k = found->keys.n ? found->keys.v[0] : NULL;
	if (!wild || !k || !k->multi_region)
		return found->keys.n == 1;
	return found->keys.n == k->family;
}

/* What a key that is not in the model is. */
static const char *absence(const struct unit *u)
{
	return u->language->absent ? u->language->absent : "is not declared in this repository";
}

/* A literal key ARN, or one with unknown parts: a key of the model by its own literal ARN, or none.
 */
static void by_arn(const struct model *m, const struct unit *u, const struct key_arn *arn, str text,
		   struct meaning *out)
{
	for (size_t i = 0; i < m->keys.n; i++) {
		struct key *k = m->keys.v[i];
		struct key_arn have;
		if (!k->arn.n || !key_arn_parse(k->arn, &have))
			continue;
		if (resource_match(text, &have) != MATCH_YES)
			continue;
		VEC_PUSH(m->arena, &out->keys, k);
		out->told |= k->arn_told;
	}
	bool wild = str_has(text, S("*")) || str_has(text, S("?"));
	const struct name *name = name_get(u, text);
	if (name && name->kind == NAME_AWS_MANAGED) {
		out->kind = MEANS_AWS_MANAGED;
		return;
	}
	if (is_all(out, wild)) {
		out->kind = MEANS_KEYS;
		return;
	}
	if (out->keys.n && wild && out->keys.v[0]->multi_region) {
		hold_replicas(m, text, out);
		return;
	}
	const struct facts_key *told = m->config->facts ? facts_key(m->config->facts, text) : NULL;
	if (told && facts_key_of_aws(told)) {
		out->kind = MEANS_AWS_MANAGED;
		out->told = true;
		return;
	}
	str own = u->account.n ? u->account : config_account_of(m->config, u->path);
	bool foreign = own.n && text_is_literal(arn->account) && arn->account.n == own.n &&
		       !str_eq(arn->account, own);
	hold(out, foreign ? "XACCT" : "KEY-EXTERNAL",
	     str_fmt(m->arena,
		     foreign ? "the key '%.*s' belongs to another account" : "the key '%.*s' %s",
		     STR_ARG(text_written(m->arena, text)), absence(u)));
}

static void key_pattern(const struct model *m, const struct unit *u, str text, bool wild,
			struct meaning *out)
{
	struct key_arn arn;
	if (!key_arn_parse(text, &arn)) {
		hold(out, "RES-WILD",
		     str_fmt(m->arena, "'%.*s' matches present and future keys",
			     STR_ARG(text_written(m->arena, text))));
		return;
	}
	const struct name *id = name_get(u, arn.id);
	if (id && id->kind == NAME_AWS_MANAGED) {
		out->kind = MEANS_AWS_MANAGED;
	} else if (id && id->kind == NAME_KEY_ID) {
		composed(m, u, &arn, id, text, out);
	} else if (id && id->kind == NAME_KEY_PLURAL) {
		hold(out, "KEY-MULTI",
		     str_fmt(m->arena, "'%.*s' is one of several keys",
			     STR_ARG(text_written(m->arena, text))));
	} else if (wild && (str_has(arn.id, S("*")) || str_has(arn.id, S("?")))) {
		hold(out, "RES-WILD",
		     str_fmt(m->arena, "'%.*s' matches present and future keys",
			     STR_ARG(text_written(m->arena, text))));
	} else {
		by_arn(m, u, &arn, text, out);
	}
}

/* The name is of one key, whichever that is. */
static bool is_key(const struct name *name)
{
	return name->kind == NAME_KEY_ARN || name->kind == NAME_AWS_MANAGED;
}

/* Text that begins with a reference and goes on, such as the objects of a bucket. */
static void composite(const struct model *m, const struct unit *u, str text, struct meaning *out)
{
	str rest = text, part;
	bool ref = false;
	if (text_next(&rest, &part, &ref) && ref) {
		const struct name *name = name_get(u, ref_text(m->arena, part));
		if (name && (name->kind == NAME_OTHER || name->kind == NAME_PRINCIPAL)) {
			out->kind = MEANS_OTHER;
			return;
		}
		if (name && is_key(name) && arn_is_below(rest)) {
			mean_below_key(out);
			return;
		}
	}
	hold(out, "KEY-EXTERNAL",
	     str_fmt(m->arena, "which keys '%.*s' means is not known",
		     STR_ARG(text_written(m->arena, text))));
}

static void by_text(const struct model *m, const struct unit *u, str text, struct meaning *out)
{
	switch (resource_classify(text)) {
	case RESOURCE_STAR:
		hold(out, "RES-ALL", S("Resource \"*\" means every key the principal can reach"));
		break;
	case RESOURCE_ALIAS:
		mean_alias(out);
		break;
	case RESOURCE_BELOW_KEY:
		mean_below_key(out);
		break;
	case RESOURCE_OTHER_SERVICE:
		out->kind = MEANS_OTHER;
		break;
	case RESOURCE_VARIABLE:
		hold(out, "RES-VAR",
		     str_fmt(m->arena, "'%.*s' depends on a policy variable",
			     STR_ARG(text_written(m->arena, text))));
		break;
	case RESOURCE_BAD:
		hold(out, "RES-FORM",
		     str_fmt(m->arena,
			     str_starts(text, S("arn:")) ?
				     "'%.*s' is no ARN of a key, which says a Region, an account "
				     "and key/ with an id" :
				     "'%.*s' is not an ARN",
			     STR_ARG(text_written(m->arena, text))));
		break;
	case RESOURCE_REFERENCE:
		by_name(m, u, text, out);
		break;
	case RESOURCE_UNKNOWN:
		composite(m, u, text, out);
		break;
	case RESOURCE_KEY:
		key_pattern(m, u, text, false, out);
		break;
	case RESOURCE_KEY_WILD:
		key_pattern(m, u, text, true, out);
		break;
	}
}

/* Each statement that has the text asks, in the plan and in the proof. */
static struct meaning by_text_once(const struct model *m, const struct unit *u, str text)
{
	struct map *known = map_find_at(m->meanings, u);
	if (!known) {
		known = ARENA_NEW(m->arena, struct map);
		map_put_at(m->meanings, m->arena, u, known);
	}
	struct meaning *meaning = map_find(known, text);
	if (!meaning) {
		meaning = ARENA_NEW(m->arena, struct meaning);
		by_text(m, u, text, meaning);
		map_put(known, m->arena, text, meaning);
	}
	return *meaning;
}

/* The key map of the configuration names every key that a text means; one that is no key, as an
 * alias is none, stays that: who has it would gain access. */
static void by_config(const struct model *m, const struct document *d, str text,
		      struct meaning *out)
{
	for (size_t i = 0; i < m->config->keys.n && out->kind != MEANS_NOTHING; i++) {
		const struct config_key_map *map = &m->config->keys.v[i];
		if (!key_map_is_for(m, map, d, text))
			continue;
		*out = (struct meaning){ 0 };
		mean_named(m, d->unit, &map->keys, text, out);
		return;
	}
}

/* A wildcard: the keys that it matches, of those whose ARNs are known. */
static void by_use(const struct model *m, const struct unit *u, str text, struct meaning *out)
{
	if (!m->config->evidence || out->kind != MEANS_HELD ||
	    (strcmp(out->code, "RES-ALL") != 0 && strcmp(out->code, "RES-WILD") != 0))
		return;
	out->by_use = true;
	out->keys.n = 0;
	for (size_t i = 0; i < m->keys.n; i++)
		if (m->keys.v[i]->arn.n && resource_means(u, text, m->keys.v[i]->arn) == MATCH_YES)
			VEC_PUSH(m->arena, &out->keys, m->keys.v[i]);
}

/* A key that the account has besides, and that the text means, too; empty: none is known. */
static str one_more(const struct model *m, const struct unit *u, str text)
{
	for (size_t i = 0; i < m->more_keys.n; i++)
		if (resource_means(u, text, m->more_keys.v[i]) != MATCH_NO)
			return m->more_keys.v[i];
	return (str){ 0 };
}

/* The user says that there are no other keys: a wildcard means those that it matches here. */
static void by_declared(const struct model *m, const struct unit *u, str text, struct meaning *out)
{
	if (!m->config->here_only || out->kind != MEANS_HELD ||
	    (strcmp(out->code, "RES-ALL") != 0 && strcmp(out->code, "RES-WILD") != 0))
		return;
	out->keys.n = 0;
	for (size_t i = 0; i < m->keys.n; i++) {
		struct key *k = m->keys.v[i];
		enum match match = resource_means_key(u, text, k);
		if (match == MATCH_YES && !k->elsewhere) {
			VEC_PUSH(m->arena, &out->keys, k);
		} else if (match != MATCH_NO) {
			hold(out, out->code,
			     str_fmt(m->arena,
				     k->elsewhere ?
					     "%.*s, also '%.*s', which is not declared here" :
					     "%.*s, and whether '%.*s' is one of them is not known",
				     STR_ARG(out->reason), STR_ARG(k->address)));
			return;
		}
	}
	str more = one_more(m, u, text);
	if (more.n)
		hold(out, out->code,
		     str_fmt(m->arena, "%.*s, also '%.*s', which %s", STR_ARG(out->reason),
			     STR_ARG(more), absence(u)));
	else if (!out->keys.n)
		hold(out, out->code,
		     str_fmt(m->arena, "%.*s, and none that it matches is declared here",
			     STR_ARG(out->reason)));
	if (!out->keys.n || more.n)
		return;
	out->kind = MEANS_KEYS;
	out->here_only = true;
}

void resource_meaning(const struct model *m, const struct document *d, str text,
		      struct meaning *out)
{
	const struct unit *u = d->unit;
	*out = (struct meaning){ 0 };
	if (by_policy(m, d, text, out))
		return;
	*out = by_text_once(m, u, text);
	by_config(m, d, text, out);
	by_declared(m, u, text, out);
	by_use(m, u, text, out);
}
