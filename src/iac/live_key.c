/* SPDX-License-Identifier: MIT */
/* Keys of the account by their aliases and ARNs, and the policies they have there [4.9, 11.7]. */
#include "live.h"

#include "kmsfix/arn.h"
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"

/* ---- by alias ---- */

/* The one key that the alias points to; *several is set when there are more, in other Regions. */
static const struct facts_key *key_of_alias(const struct live *l, str account, str region, str name,
					    bool *several)
{
	const struct facts_key *found = NULL;
	for (size_t i = 0; i < l->facts->aliases.n; i++) {
		const struct facts_alias *alias = &l->facts->aliases.v[i];
		struct arn arn;
		if (!alias->key || !str_eq(alias->name, name) || !arn_parse(alias->arn, &arn) ||
		    !str_eq(arn.account, account) ||
		    (text_is_literal(region) && !str_eq(arn.region, region)))
			continue;
		*several |= found && found != alias->key;
		found = alias->key;
	}
	return *several ? NULL : found;
}

static const struct facts_key *key_of_aliases(struct live *l, struct key *k)
{
	const struct facts_key *found = NULL;
	for (size_t i = 0; i < k->aliases.n; i++) {
		bool several = false;
		const struct facts_key *f = key_of_alias(l, account_id(k->account), k->region,
							 k->aliases.v[i], &several);
		if (f && found && f != found) {
			live_drift(l, &k->issues, k->file, k->offset,
				   "the aliases of '%.*s' are those of two keys in account %.*s",
				   STR_ARG(k->address), STR_ARG(f->account));
			return NULL;
		}
		found = f ? f : found;
	}
	return found;
}

/* ---- the policy of the account ---- */

static bool is_one(const struct elements *list, str text)
{
	return list->n == 1 && !list->open && !list->negated && str_eq_fold(list->v[0].text, text);
}

/* AWS's default policy, and nothing else [11.8]. */
static bool is_default(const struct policy *p, str account)
{
	const struct statement *s = p->statements.n == 1 ? p->statements.v[0] : NULL;
	if (!s || s->effect != EFFECT_ALLOW || s->conditions.n || s->conditions.open ||
	    !is_one(&s->actions, S("kms:*")) || !is_one(&s->resources, S("*")) ||
	    s->principals.negated || s->principals.n != 1)
		return false;
	struct principal_ref ref = principal_parse(s->principals.v[0].type,
						   s->principals.v[0].element.text);
	return ref.form == PRINCIPAL_ACCOUNT && str_eq(ref.account, account);
}

void live_key_policy(struct live *l, struct key *k, const struct facts_document *d, str account)
{
	struct policy *p = live_read(l, d);
	if (!p)
		return;
	struct key *live = ARENA_NEW(l->m->arena, struct key);
	*live = (struct key){ .unit = l->scope->unit,
			      .scope = l->scope,
			      .address = k->address,
			      .account = str_fmt(l->m->arena, "#%.*s", STR_ARG(account)),
			      .policy = p };
	k->live = live;
	if (!k->unset)
		return;
	k->told = is_default(p, account);
	if (k->told)
		return;
	live_drift(l, &k->issues, k->file, k->offset,
		   "'%.*s' has no policy in the code, but another one than the default policy in "
		   "account %.*s, which a new one would replace",
		   STR_ARG(k->address), STR_ARG(account));
}

/*
 * The key map of the configuration gives the one key that an ARN means; of several, for as many
 * accounts, the one that the alias points to.
 */
static void name_by_config(struct live *l, struct key *k, const struct facts_key *aliased)
{
	const struct config *c = l->m->config;
	bool named = k->arn.n != 0;
	for (size_t i = 0; i < c->keys.n && !named; i++) {
		const struct config_key_map *map = &c->keys.v[i];
		struct key_arn arn;
		if (k->arn.n && !(aliased && str_eq(map->pattern, aliased->arn)))
			continue;
		if (map->keys.n == 1 && resource_classify(map->pattern) == RESOURCE_KEY &&
		    key_arn_parse(map->pattern, &arn) &&
		    (config_names_key(&map->keys, k->unit->path, k->address) ||
		     config_names_key(&map->keys, k->scope->dir, k->name)))
			k->arn = map->pattern;
	}
}

/* Another key where the alias is, so not one that an alias of that name has in another Region. */
static bool is_another(const struct facts_key *aliased, str arn)
{
	struct key_arn part;
	return aliased && key_arn_parse(arn, &part) && str_eq(part.region, aliased->region) &&
	       str_eq(part.account, aliased->account) && !str_eq(arn, aliased->arn);
}

static void match_key(struct live *l, struct key *k)
{
	const struct facts_key *aliased = key_of_aliases(l, k), *f = aliased;
	name_by_config(l, k, aliased);
	if (k->arn.n)
		f = facts_key(l->facts, k->arn);
	if (is_another(aliased, k->arn))
		live_drift(l, &k->issues, k->file, k->offset,
			   "'%.*s' is '%.*s', but its alias points to '%.*s' in account %.*s",
			   STR_ARG(k->address), STR_ARG(k->arn), STR_ARG(aliased->arn),
			   STR_ARG(aliased->account));
	if (!f)
		return;
	k->arn_told = !k->arn.n;
	k->arn = f->arn;
	if (f->described && str_starts(f->state, S("Pending")) && str_has(f->state, S("Deletion")))
		live_drift(l, &k->issues, k->file, k->offset,
			   "'%.*s' is to be deleted in account %.*s", STR_ARG(k->address),
			   STR_ARG(f->account));
	live_key_policy(l, k, &f->policy, f->account);
}

/* ---- what a text of the code means in the account ---- */

static const struct facts_key *key_of_text(const struct live *l, const struct name *name)
{
	str text = name->wanted, account = account_id(name->symbol);
	const struct facts_key *found = NULL;
	bool several = false;
	if (!account.n)
		return NULL;
	if (str_starts(text, S("alias/")))
		return key_of_alias(l, account, name->region, text, &several);
	if (str_starts(text, S("arn:")))
		return str_has(text, S(":alias/")) ? facts_alias_key(l->facts, text) :
						     facts_key(l->facts, text);
	for (size_t i = 0; i < l->facts->keys.n; i++) {
		const struct facts_key *k = l->facts->keys.v[i];
		if (!k->arn.n || !str_eq(k->id, text) || !str_eq(k->account, account) ||
		    (text_is_literal(name->region) && !str_eq(k->region, name->region)))
			continue;
		if (found)
			return NULL; /* a multi-Region key, and which of them is not known */
		found = k;
	}
	return found;
}

static void name_key(struct live *l, struct name *name)
{
	const struct facts_key *f = name->wanted.n ? key_of_text(l, name) : NULL;
	struct key **keys = arena_array(l->m->arena, 1, sizeof(struct key *));
	str arn = f ? f->arn : live_wanted_arn(l, name);
	if (f && facts_key_of_aws(f)) {
		name->kind = NAME_AWS_MANAGED;
		name->told = true;
		return;
	}
	live_name_elsewhere(l, name, arn);
	keys[0] = arn.n ? map_find(&l->keys, arn) : NULL;
	if (keys[0])
		*name = (struct name){ .kind = name->becomes,
				       .keys = keys,
				       .key_count = 1,
				       .told = f || !keys[0]->elsewhere };
}

/* The first of each ARN. */
static void index_key(struct live *l, struct key *k)
{
	if (k->arn.n && !map_find(&l->keys, k->arn))
		map_put(&l->keys, l->m->arena, k->arn, k);
}

void live_keys(struct live *l)
{
	struct model *m = l->m;
	for (size_t i = 0; i < m->keys.n; i++) {
		match_key(l, m->keys.v[i]);
		index_key(l, m->keys.v[i]);
	}
	live_elsewhere(l);
	for (size_t u = 0; u < m->units.n; u++) {
		struct map *names = m->units.v[u]->names;
		if (u && names == m->units.v[u - 1]->names)
			continue; /* the units of Terraform share them */
		for (size_t i = 0; names && i < names->size; i++) {
			struct name *name = names->slots[i].value;
			if (name && name->kind == NAME_EXTERNAL)
				name_key(l, name);
		}
	}
}
