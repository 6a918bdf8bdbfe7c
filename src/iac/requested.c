/* SPDX-License-Identifier: MIT */
#include "requested.h"

#include "document.h"
#include "kmsfix/arn.h"
#include "kmsfix/facts.h"
#include "kmsfix/principal.h"
#include "kmsfix/request.h"
#include "kmsfix/vec.h"
#include "live.h"
#include "principal.h"
#include "statement.h"
#include "value.h"

static const struct language request_language = { .dynamic = "TF-DYNAMIC",
						  .whole = "repository",
						  .perhaps = "TF-DYNAMIC" };

/* ---- who asks ---- */

static bool has_account(const struct facts *f, str account)
{
	for (size_t i = 0; i < f->principals.n; i++)
		if (str_eq(f->principals.v[i]->account, account))
			return true;
	return false;
}

/* What the account says of somebody whose account it is. */
static void set_live(struct model *m, struct principal *p, str account)
{
	const struct facts *f = m->config->facts;
	p->live = f ? facts_principal(f, p->arn) : NULL;
	if (p->live)
		p->boundary = p->live->boundary.n != 0;
	else if (f && has_account(f, account))
		issue_add(m->arena, &p->issues, "DRIFT", "account %.*s says nothing of '%.*s'",
			  STR_ARG(account), STR_ARG(p->arn));
}

/* Only roles and users can be named [4.1]. */
static void check_form(struct model *m, struct principal *p, enum principal_form form)
{
	if (form != PRINCIPAL_ROLE && form != PRINCIPAL_USER)
		issue_add(m->arena, &p->issues, "ROLE-UNRESOLVED",
			  "'%.*s' is not the ARN of one role or user that can be granted anything",
			  STR_ARG(p->arn));
}

static struct principal *principal_at(struct model *m, struct scope *scope, str arn)
{
	const struct name *known = name_get(scope->unit, arn);
	struct principal_ref ref = principal_parse(S("AWS"), arn);
	struct principal *p;
	if (known)
		return known->principal;
	p = principal_add(m, scope, arn,
			  ref.form == PRINCIPAL_USER ? PRINCIPAL_IS_USER : PRINCIPAL_IS_ROLE);
	check_form(m, p, ref.form);
	set_live(m, p, ref.account);
	live_literal(m, p, arn);
	name_set(m, scope->unit, arn, (struct name){ .kind = NAME_PRINCIPAL, .principal = p });
	return p;
}

/* ---- for which key ---- */

static bool has_alias(const struct key *k, const struct arn *alias)
{
	return strs_has(&k->aliases, alias->resource) &&
	       str_eq(account_id(k->account), alias->account) && str_eq(k->region, alias->region);
}

static struct key *key_of_alias(const struct model *m, str text, const struct arn *alias)
{
	const struct facts *facts = m->config->facts;
	const struct facts_key *told = facts ? facts_alias_key(facts, text) : NULL;
	for (size_t i = 0; i < m->keys.n; i++) {
		struct key *k = m->keys.v[i];
		if (told ? str_eq(k->arn, told->arn) : has_alias(k, alias))
			return k;
	}
	return NULL;
}

/* An alias is no resource [2.2]: here it names the key that has it, by the code or the account. */
static str resource_of(struct model *m, struct scope *scope, str text)
{
	struct key **keys = arena_array(m->arena, 1, sizeof(struct key *));
	str ref = ref_text(m->arena, text);
	struct arn arn;
	if (!arn_parse(text, &arn) || !str_starts(arn.resource, S("alias/")))
		return text;
	keys[0] = key_of_alias(m, text, &arn);
	if (keys[0])
		name_set(m, scope->unit, ref,
			 (struct name){ .kind = NAME_KEY_ARN, .keys = keys, .key_count = 1 });
	return ref;
}

/* ---- the statement ---- */

static struct value_item member(struct arena *a, const char *key, str text, const struct node *n)
{
	struct value *v = value_text_new(a, text, n);
	return (struct value_item){ .key = str_from(key), .node = n, .value = v };
}

static void read_statement(const struct reader *r, struct statement *s, const struct request *q,
			   str resource)
{
	struct model *m = r->model;
	const struct node *key = map_get(q->root, m->arena, S("key"));
	struct value_items items = { 0 };
	struct value_item lists[] = {
		member(m->arena, "Effect", S("Allow"), q->root),
		member(m->arena, "Resource", resource, key),
		{ .key = S("Action"), .node = q->actions, .value = json_value(m, q->actions) },
		{ .key = S("Condition"), .node = q->condition },
	};
	if (q->condition)
		lists[3].value = json_value(m, q->condition);
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (lists[i].value)
			VEC_PUSH(m->arena, &items, lists[i]);
	statement_read(r, s, value_items_new(m->arena, VALUE_MAP, &items, q->root));
}

/* What asks for a key of another partition is no principal there, whichever key here is meant. */
static void check_partition(struct model *m, struct policy *p, const struct request *q)
{
	struct arn key, principal;
	if (arn_parse(q->key, &key) && arn_parse(q->principal, &principal) &&
	    !str_eq(key.partition, principal.partition))
		issue_add(m->arena, &p->issues, "PARTITION",
			  "'%.*s' is in another partition than '%.*s'", STR_ARG(q->principal),
			  STR_ARG(q->key));
}

/* A request for more than IAM policies give would widen access: the account may show that. */
static void check_live(struct live *l, struct policy *p, const struct statement *s)
{
	const struct facts_principal *who = p->attachments.v[0].principal->live;
	const struct name *alias = name_get(p->unit, s->resources.v[0].text);
	struct live_need need = { alias ? alias->keys[0]->arn : s->resources.v[0].text, { 0 } };
	statement_conditions(l->m->arena, s, &need.conditions);
	p->live = who != NULL;
	p->live_targets = who ? live_may(l, who, &need) : 0;
}

static void add(struct live *l, struct scope *scope, const struct request *q)
{
	struct model *m = l->m;
	struct attachment at = { .principal = principal_at(m, scope, q->principal),
				 .file = q->file };
	str address = STR_CAT(m->arena, S("request of "), q->repository);
	struct reader r = {
		.model = m, .scope = scope, .address = address, .file = q->file, .block = q->root
	};
	struct document *d = document_new(&r, q->root);
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	d->request = q;
	d->version = S("2012-10-17");
	d->site.kind = SITE_NONE;
	p->kind = POLICY_INLINE;
	p->unit = scope->unit;
	p->scope = scope;
	p->address = address;
	p->file = q->file;
	VEC_PUSH(m->arena, &p->attachments, at);
	VEC_PUSH(m->arena, &m->policies, p);
	struct statement *s = document_add(&r, d, q->root);
	read_statement(&r, s, q, resource_of(m, scope, q->key));
	policy_use(m, p, d);
	policy_add_statement(m, p, s);
	check_partition(m, p, q);
	check_live(l, p, s);
}

void requested_load(struct model *m)
{
	const struct requests *all = m->config->requests;
	struct scope *scope = all && all->n ? unit_scope(m, S("(requests)"), &request_language) :
					      NULL;
	struct live l;
	if (scope)
		live_open(&l, m);
	for (size_t i = 0; scope && i < all->n; i++)
		if (!all->v[i].granted)
			add(&l, scope, &all->v[i]);
}
