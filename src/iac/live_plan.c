/* SPDX-License-Identifier: MIT */
/*
 * What Terraform's plan or state says of the resources of a root module: their ARNs, and so their
 * account, names that are computed, and what data sources and other states found.
 */
#include "kmsfix/arn.h"
#include "kmsfix/vec.h"
#include "live.h"

/* One file, and the root module that it is of. */
struct plan_file {
	struct live *l;
	const struct file *file;
	struct map resources; /* by address */
	const struct unit *unit;
};

/* What was there before a plan says most: what is new has no ARN yet. */
static void add_resource(struct plan_file *p, struct facts_resource *r)
{
	struct facts_resource *have = map_find(&p->resources, r->address);
	if (!have || !facts_value(have, S("arn")).n)
		map_put(&p->resources, p->l->m->arena, r->address, r);
}

/* With the index that the model leaves out of what is there once or not at all. */
static const struct facts_resource *find_resource(const struct plan_file *p, str address)
{
	const struct facts_resource *r = map_find(&p->resources, address);
	return r ? r :
		   map_find(&p->resources, str_fmt(p->l->m->arena, "%.*s[0]", STR_ARG(address)));
}

/* ---- which root module it is ---- */

static size_t count_matches(const struct plan_file *p, const struct unit *u)
{
	const struct model *m = p->l->m;
	size_t n = 0;
	for (size_t i = 0; i < m->principals.n; i++)
		n += m->principals.v[i]->unit == u &&
		     find_resource(p, m->principals.v[i]->address) != NULL;
	for (size_t i = 0; i < m->keys.n; i++)
		n += m->keys.v[i]->unit == u && find_resource(p, m->keys.v[i]->address) != NULL;
	for (size_t i = 0; i < m->policies.n; i++)
		n += m->policies.v[i]->unit == u &&
		     find_resource(p, m->policies.v[i]->address) != NULL;
	return n;
}

/* The one that has the most of its resources. */
static void find_unit(struct plan_file *p)
{
	const struct model *m = p->l->m;
	size_t best = 0;
	bool tie = false;
	for (size_t i = 0; i < m->units.n; i++) {
		size_t n = count_matches(p, m->units.v[i]);
		tie = n > best ? false : tie || (n && n == best);
		if (n > best)
			p->unit = m->units.v[i];
		best = n > best ? n : best;
	}
	if (best && !tie)
		return;
	p->unit = NULL;
	diag_add(m->diags, SEVERITY_WARNING, NULL, 0,
		 "%.*s: it does not tell which root module it is of, so it is not used",
		 STR_ARG(p->file->path));
}

/* The path of the root module that the first model has found; of none when there is none. */
struct plan_of {
	bool found;
	str path;
};

static void recall_unit(struct plan_file *p, const struct plan_of *of)
{
	const struct model *m = p->l->m;
	for (size_t i = 0; of->found && i < m->units.n; i++)
		if (str_eq(m->units.v[i]->path, of->path))
			p->unit = m->units.v[i];
}

static void settle_unit(struct plan_file *p)
{
	struct parsed *parsed = p->l->m->parsed;
	struct plan_of *of = map_find(&parsed->plans, p->file->path);
	if (of) {
		recall_unit(p, of);
		return;
	}
	find_unit(p);
	of = ARENA_NEW(parsed->arena, struct plan_of);
	if (p->unit)
		*of = (struct plan_of){ true, str_dup(parsed->arena, p->unit->path) };
	map_put(&parsed->plans, parsed->arena, p->file->path, of);
}

/* ---- what it says ---- */

/* The account of the ARN is that of the resource, and of all with the same provider. */
static bool set_account(struct live *l, str symbol, str arn)
{
	struct arn part;
	str known = account_id(symbol);
	if (!arn_parse(arn, &part) || !part.account.n)
		return true;
	if (known.n)
		return str_eq(known, part.account);
	if (symbol.n)
		live_settle(l->m, symbol, str_fmt(l->m->arena, "#%.*s", STR_ARG(part.account)));
	return true;
}

static void other_account(struct live *l, struct issues *issues, const struct file *file,
			  size_t offset, str address)
{
	live_drift(l, issues, file, offset,
		   "'%.*s' is in another account in Terraform's plan or state than the code or the "
		   "configuration says",
		   STR_ARG(address));
}

/* The next apply may take it away, or leave it: what ignore_changes says need not be known. */
static void tell_boundary(struct plan_file *p, struct principal *who, str boundary)
{
	if (!boundary.n || who->boundary)
		return;
	if (!who->external)
		live_drift(p->l, NULL, who->file, who->offset,
			   "'%.*s' has the permissions boundary '%.*s' in Terraform's plan or "
			   "state, which the code does not say",
			   STR_ARG(who->address), STR_ARG(boundary));
	who->boundary = true;
}

static void tell_principal(struct plan_file *p, struct principal *who)
{
	const struct facts_resource *r = find_resource(p, who->address);
	str arn = r ? facts_value(r, S("arn")) : S("");
	str name = r ? facts_value(r, S("name")) : S("");
	if (!arn.n)
		return;
	if (!set_account(p->l, who->account, arn))
		other_account(p->l, &who->issues, who->file, who->offset, who->address);
	if (!who->name.n)
		who->name = name;
	else if (name.n && !str_eq(name, who->name))
		live_drift(p->l, &who->issues, who->file, who->offset,
			   "'%.*s' is named '%.*s' in the code, but '%.*s' in Terraform's plan or "
			   "state",
			   STR_ARG(who->address), STR_ARG(who->name), STR_ARG(name));
	tell_boundary(p, who, facts_value(r, S("permissions_boundary")));
	live_literal(p->l->m, who, arn);
}

static void tell_key(struct plan_file *p, struct key *k)
{
	struct live *l = p->l;
	const struct facts_resource *r = find_resource(p, k->address);
	struct facts_document policy = { 0 };
	struct arn part;
	str arn = r ? facts_value(r, S("arn")) : S("");
	if (!arn_parse(arn, &part))
		return;
	if (!set_account(l, k->account, arn))
		other_account(l, &k->issues, k->file, k->offset, k->address);
	k->arn_told = !k->arn.n;
	k->arn = arn;
	policy.text = facts_value(r, S("policy"));
	policy.place = r->place;
	if (policy.text.n)
		live_key_policy(l, k, &policy, part.account);
}

static void tell_policy(struct plan_file *p, struct policy *policy)
{
	const struct facts_resource *r = find_resource(p, policy->address);
	if (!r || policy->kind == POLICY_KEY)
		return;
	set_account(p->l, policy->account, facts_value(r, S("arn")));
	if (!policy->name.n)
		policy->name = facts_value(r, S("name"));
}

/* `data.aws_kms_alias.x.target_key_arn`: which part of it is the address is tried out. */
static str value_of(const struct plan_file *p, str prefix, str local)
{
	struct arena *a = p->l->m->arena;
	for (size_t i = local.n; i-- > 0;) {
		if (local.p[i] != '.')
			continue;
		const struct facts_resource *r = find_resource(
			p, str_fmt(a, "%.*s%s%.*s", STR_ARG(prefix), prefix.n ? "." : "",
				   STR_ARG(str_sub(local, 0, i))));
		if (r)
			return facts_value(r, str_sub(local, i + 1, local.n));
	}
	return S("");
}

/* The address of the module in the unit whose scope has that id; false for another unit. */
static bool scope_address(const struct unit *u, str id, str *address)
{
	if (!str_starts(id, u->path))
		return false;
	*address = str_sub(id, u->path.n, id.n);
	if (!address->n)
		return true;
	if (address->p[0] != ':')
		return false;
	*address = str_sub(*address, 1, address->n);
	return true;
}

static void tell_name(struct plan_file *p, str text, struct name *name)
{
	str source, local, address;
	if (name->kind != NAME_EXTERNAL || !text_is_ref(text, &source) ||
	    !scope_address(p->unit, ref_scope(source, &local), &address))
		return;
	str value = value_of(p, address, local);
	struct key_arn arn;
	if (!value.n)
		return;
	name->wanted = value;
	name->becomes = key_arn_parse(value, &arn) ? NAME_KEY_ARN : NAME_KEY_ID;
}

static void tell(struct plan_file *p)
{
	struct model *m = p->l->m;
	for (size_t i = 0; i < m->principals.n; i++)
		if (m->principals.v[i]->unit == p->unit)
			tell_principal(p, m->principals.v[i]);
	for (size_t i = 0; i < m->keys.n; i++)
		if (m->keys.v[i]->unit == p->unit)
			tell_key(p, m->keys.v[i]);
	for (size_t i = 0; i < m->policies.n; i++)
		if (m->policies.v[i]->unit == p->unit)
			tell_policy(p, m->policies.v[i]);
	for (size_t i = 0; i < p->unit->names->size; i++)
		if (p->unit->names->slots[i].value)
			tell_name(p, p->unit->names->slots[i].key, p->unit->names->slots[i].value);
}

void live_plans(struct live *l)
{
	const struct facts *f = l->facts;
	for (size_t i = 0, n; i < f->resources.n; i += n) {
		struct plan_file p = { .l = l, .file = f->resources.v[i]->place.file };
		for (n = 0; i + n < f->resources.n && f->resources.v[i + n]->place.file == p.file;
		     n++)
			add_resource(&p, f->resources.v[i + n]);
		settle_unit(&p);
		if (p.unit)
			tell(&p);
	}
}
