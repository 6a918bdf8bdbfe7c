/* SPDX-License-Identifier: MIT */
/*
 * Keys whose policies are in other repositories, with what is told of those policies: by the
 * account, or by receipts for what was asked for there. They are read and never changed.
 */
#include "document.h"
#include "kmsfix/arn.h"
#include "kmsfix/request.h"
#include "kmsfix/vec.h"
#include "live.h"

/* ---- keys ---- */

static const struct scope *place(struct live *l)
{
	static const struct language plain = { .dynamic = "TF-DYNAMIC", .perhaps = "TF-DYNAMIC" };
	if (!l->elsewhere)
		l->elsewhere = unit_scope(l->m, S("(elsewhere)"), &plain);
	return l->elsewhere;
}

/* The key with that ARN, or the ARN of an alias of it; NULL when it is declared here. */
static struct key *key_at(struct live *l, str arn, const struct file *file)
{
	struct key *k = map_find(&l->keys, arn);
	struct arn part;
	if (k || !arn_parse(arn, &part))
		return k && k->elsewhere ? k : NULL;
	k = ARENA_NEW(l->m->arena, struct key);
	k->scope = place(l);
	k->unit = k->scope->unit;
	k->address = k->name = k->arn = arn;
	k->account = str_fmt(l->m->arena, "#%.*s", STR_ARG(part.account));
	k->region = part.region;
	k->multi_region = str_has(part.resource, S("/mrk-"));
	k->elsewhere = true;
	k->file = file;
	VEC_PUSH(l->m->arena, &l->m->keys, k);
	map_put(&l->keys, l->m->arena, arn, k);
	return k;
}

/* ---- what the account says ---- */

static void add_told(struct live *l, const struct facts_key *f)
{
	struct key *k;
	if (!f->arn.n || facts_key_of_aws(f))
		return;
	if (!f->policy.text.n && !l->m->config->asks) {
		if (!map_find(&l->keys, f->arn))
			strs_add(l->m->arena, &l->m->more_keys, f->arn);
		return;
	}
	k = key_at(l, f->arn, f->policy.place.file);
	if (!k)
		return;
	k->arn_told = true;
	k->family = f->primary.n ? 1 + f->replicas.n : 0;
	k->policy = live_read(l, &f->policy);
	k->live = k->policy ? k : NULL;
}

/* ---- what receipts say ---- */

/*
 * A key policy with what the receipt says of it: the grant, and that IAM policies count, so that
 * the proof compares all that they may give with what was granted.
 */
static struct policy *policy_of(struct live *l, const struct request *r)
{
	struct arena *a = l->m->arena;
	struct facts_document d = { .place = { .file = r->file } };
	struct arn part;
	arn_parse(r->key, &part);
	str who = node_source(map_get(r->root, a, S("principal")));
	str when = r->condition ? STR_CAT(a, S(", \"Condition\": "), node_source(r->condition)) :
				  S("");
	d.text = STR_CAT(
		a,
		S("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", "
		  "\"Principal\": {\"AWS\": \""),
		part.account,
		S("\"}, \"Action\": \"kms:*\", \"Resource\": \"*\"}, {\"Effect\": \"Allow\", "
		  "\"Principal\": {\"AWS\": "),
		who, S("}, \"Action\": "), node_source(r->actions), S(", \"Resource\": \"*\""),
		when, S("}]}"));
	return live_read(l, &d);
}

static void add_receipt(struct live *l, const struct request *r)
{
	struct key *k = r->granted ? key_at(l, r->key, r->file) : NULL;
	struct policy *p = k && !k->live ? policy_of(l, r) : NULL;
	if (!p)
		return; /* what the account itself says counts more */
	if (!k->policy)
		k->policy = p;
	else
		for (size_t i = 0; i < p->statements.n; i++)
			policy_add_statement(&l->texts, k->policy, p->statements.v[i]);
}

/* ---- what the code says ---- */

static bool is_exact(const struct key_arn *arn)
{
	return arn->partition.n && arn->region.n && arn->account.n == 12 && arn->id.n;
}

static void add_named(struct live *l, const struct statement *s)
{
	for (size_t i = 0; i < s->resources.n; i++) {
		str text = s->resources.v[i].text;
		struct key_arn arn;
		if (text_is_literal(text) && resource_classify(text) == RESOURCE_KEY &&
		    key_arn_parse(text, &arn) && is_exact(&arn))
			key_at(l, text, s->document->file);
	}
}

str live_wanted_arn(const struct live *l, const struct name *name)
{
	str account = account_id(name->symbol), text = name->wanted;
	if (!text.n || str_starts(text, S("arn:")))
		return text;
	if (!account.n || !name->region.n || !text_is_literal(name->region))
		return (str){ 0 };
	return str_fmt(l->m->arena, "arn:%.*s:kms:%.*s:%.*s:%s%.*s",
		       STR_ARG(arn_partition(name->region)), STR_ARG(name->region),
		       STR_ARG(account), str_starts(text, S("alias/")) ? "" : "key/",
		       STR_ARG(text));
}

void live_elsewhere(struct live *l)
{
	struct model *m = l->m;
	for (size_t i = 0; i < l->facts->keys.n; i++)
		add_told(l, l->facts->keys.v[i]);
	for (size_t i = 0; m->config->receipts && i < m->config->receipts->n; i++)
		add_receipt(l, &m->config->receipts->v[i]);
	for (size_t i = 0; m->config->asks && i < m->statements.n; i++)
		if (!m->statements.v[i]->principals.present)
			add_named(l, m->statements.v[i]);
}

void live_name_elsewhere(struct live *l, const struct name *name, str arn)
{
	struct key_arn part;
	struct arn alias;
	if (l->m->config->asks && arn.n && name->becomes != NAME_KEY_ID &&
	    ((key_arn_parse(arn, &part) && is_exact(&part)) ||
	     (arn_parse(arn, &alias) && str_starts(alias.resource, S("alias/")))))
		key_at(l, arn, NULL);
}
