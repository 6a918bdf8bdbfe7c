/* SPDX-License-Identifier: MIT */
/* Principals of the account, their boundaries, and who has which managed policy [11.4, 7.2]. */
#include "live.h"
#include "principal.h"

#include "kmsfix/vec.h"

static bool is_covered(const struct live *l, str account)
{
	return account.n && l->complete && strs_has(&l->covered, account);
}

/* ---- principals ---- */

void live_literal(struct model *m, struct principal *p, str arn)
{
	struct principal *first = map_find(&m->literals, arn);
	p->kind = principal_kind_of(arn, p->kind);
	if (p->literal.n)
		return;
	p->literal = arn;
	if (!first) {
		map_put(&m->literals, m->arena, p->literal, p);
		return;
	}
	p->twin = first->twin;
	first->twin = p;
}

static void set_live(struct live *l, struct principal *p, const struct facts_principal *f)
{
	p->live = f;
	live_literal(l->m, p, f->arn);
}

static void check_boundary(struct live *l, struct principal *p)
{
	bool live = p->live->boundary.n != 0;
	if (!p->external && live && !p->boundary)
		live_drift(l, NULL, p->file, p->offset,
			   "'%.*s' has the permissions boundary '%.*s' in account %.*s, which the "
			   "code does not say",
			   STR_ARG(p->address), STR_ARG(p->live->boundary),
			   STR_ARG(p->live->account));
	if (!p->external && !live && p->boundary)
		live_drift(l, NULL, p->file, p->offset,
			   "'%.*s' has a permissions boundary in the code, but not in account %.*s",
			   STR_ARG(p->address), STR_ARG(p->live->account));
	/* Either of them may count after the next apply. */
	p->boundary = live || (p->boundary && !p->external);
}

static void match_principal(struct live *l, struct principal *p)
{
	str account = account_id(p->account);
	const struct facts_principal *f = live_principal(l, account, p->kind, p->name);
	if (f) {
		set_live(l, p, f);
		check_boundary(l, p);
	} else if (p->external && p->name.n && p->kind != PRINCIPAL_IS_SET &&
		   is_covered(l, account)) {
		live_drift(l, &p->issues, p->file, p->offset,
			   "'%.*s' is not declared in the code, and account %.*s has no '%.*s'",
			   STR_ARG(p->address), STR_ARG(account), STR_ARG(p->name));
	}
}

void live_principals(struct live *l)
{
	for (size_t i = 0; i < l->m->principals.n; i++)
		match_principal(l, l->m->principals.v[i]);
}

/* ---- attachments ---- */

static enum principal_kind kind_of(const struct facts_principal *f)
{
	return f->kind == FACTS_ROLE ? PRINCIPAL_IS_ROLE :
	       f->kind == FACTS_USER ? PRINCIPAL_IS_USER :
				       PRINCIPAL_IS_GROUP;
}

/* Somebody whom only the account knows. */
static struct principal *add_external(struct live *l, const struct policy *p,
				      const struct facts_principal *f)
{
	struct principal *who = principal_add(l->m, p->scope, f->arn, kind_of(f));
	who->name = f->name;
	who->boundary = f->boundary.n != 0;
	who->file = p->file;
	who->offset = p->offset;
	set_live(l, who, f);
	return who;
}

static struct principal *principal_of(struct live *l, const struct policy *p,
				      const struct facts_principal *f)
{
	struct principal *found = NULL;
	for (struct principal *w = map_find(&l->m->literals, f->arn); w; w = w->twin)
		if (w->unit == p->unit && (!found || (found->external && !w->external)))
			found = w;
	return found ? found : add_external(l, p, f);
}

static void drop_issue(struct issues *list, str code)
{
	size_t kept = 0;
	for (size_t i = 0; i < list->n; i++)
		if (!str_eq(str_from(list->v[i].code), code))
			list->v[kept++] = list->v[i];
	list->n = kept;
}

/* `role = "app"`: the account knows the ARN, with its path [4.4]. */
static void name_attachment(struct live *l, struct policy *p, struct attachment *at)
{
	const struct facts_principal *f = at->principal ? NULL :
							  live_principal(l, account_id(p->account),
									 at->kind, at->name);
	if (!f)
		return;
	at->principal = principal_of(l, p, f);
	drop_issue(&at->issues, S("ROLE-UNRESOLVED"));
	drop_issue(&at->issues, S("GROUP"));
}

static bool has_principal(const struct policy *p, const struct facts_principal *f)
{
	for (size_t i = 0; i < p->attachments.n; i++)
		if (p->attachments.v[i].principal && p->attachments.v[i].principal->live == f)
			return true;
	return false;
}

static void add_attachment(struct live *l, struct policy *p, const struct facts_principal *f)
{
	struct attachment at = { .principal = principal_of(l, p, f),
				 .file = p->file,
				 .offset = p->offset };
	live_drift(l, NULL, p->file, p->offset,
		   "'%.*s' is attached to '%.*s' in account %.*s, which the code does not say",
		   STR_ARG(p->address), STR_ARG(f->arn), STR_ARG(f->account));
	VEC_PUSH(l->m->arena, &p->attachments, at);
	p->removal.possible = false;
	p->removal.reason = str_fmt(l->m->arena, "it is attached to '%.*s' outside of the code",
				    STR_ARG(f->arn));
}

/* What the code attaches and the account does not: the grant would be new there. */
static void check_attachment(struct live *l, struct policy *p, const struct facts_policy *f,
			     struct attachment *at)
{
	if (at->principal && at->principal->live &&
	    !strs_has(&at->principal->live->attached, f->arn))
		live_drift(l, &at->issues, at->file, at->offset,
			   "'%.*s' is attached to '%.*s' in the code, but not in account %.*s",
			   STR_ARG(p->address), STR_ARG(at->principal->address),
			   STR_ARG(f->account));
}

/* Adds those who have it by the account alone; how many have it. */
static size_t add_attachments(struct live *l, struct policy *p, const struct facts_policy *f)
{
	size_t holders = 0;
	for (size_t i = 0; i < l->facts->principals.n; i++) {
		const struct facts_principal *who = l->facts->principals.v[i];
		if (!strs_has(&who->attached, f->arn))
			continue;
		holders++;
		if (!has_principal(p, who))
			add_attachment(l, p, who);
	}
	return holders;
}

/*
 * AWS counts the attachments itself: a part of the answer may be missing. The code can be taken for
 * the whole truth where it attaches the policy, and that count does not say otherwise.
 */
static void check_count(struct live *l, struct policy *p, const struct facts_policy *f,
			size_t holders, bool declared)
{
	bool listed = f->place.file != NULL;
	p->told = listed && is_covered(l, f->account) && holders >= f->attachments;
	if (holders < f->attachments)
		issue_add(l->m->arena, &p->issues, "ATTACH-UNKNOWN",
			  "AWS counts %llu attachment%s of '%.*s', and the account details show "
			  "%zu: ask again, without a filter and for all pages",
			  (unsigned long long)f->attachments, f->attachments == 1 ? "" : "s",
			  STR_ARG(p->address), holders);
	else if (!declared && !p->told)
		issue_add(l->m->arena, &p->issues, "ATTACH-UNKNOWN",
			  "who else has '%.*s' is not known: %s", STR_ARG(p->address),
			  listed ? "more pages of the account details follow, which are not here" :
				   "the account details leave out the policy; ask again, without "
				   "a filter");
}

/* ---- what it allows ---- */

static void set_targets(struct live *l, struct policy *p, const struct facts_document *d)
{
	const struct policy *live = d ? live_read(l, d) : NULL;
	if (!live || live->open)
		return;
	for (size_t i = 0; i < live->statements.n; i++)
		p->live_targets |= live_targets(live->statements.v[i]);
	p->live = true;
}

/* The policy of that name that the one who has it has in the account. */
static const struct facts_document *inline_text(const struct policy *p)
{
	const struct principal *who = p->attachments.n == 1 ? p->attachments.v[0].principal : NULL;
	for (size_t i = 0; p->name.n && who && who->live && i < who->live->inlines.n; i++)
		if (str_eq(who->live->inlines.v[i].name, p->name))
			return &who->live->inlines.v[i].document;
	return NULL;
}

/* ---- both ---- */

static void match_policy(struct live *l, struct policy *p)
{
	const struct facts_policy *f = live_policy(l, account_id(p->account), p->name);
	bool declared = p->attachments.n != 0;
	for (size_t i = 0; i < p->attachments.n; i++)
		name_attachment(l, p, &p->attachments.v[i]);
	if (p->kind == POLICY_INLINE)
		set_targets(l, p, inline_text(p));
	if (!f || (p->kind != POLICY_MANAGED && p->kind != POLICY_BOUNDARY))
		return;
	set_targets(l, p, f->current ? &f->current->document : NULL);
	for (size_t i = 0; i < p->attachments.n; i++)
		check_attachment(l, p, f, &p->attachments.v[i]);
	check_count(l, p, f, add_attachments(l, p, f), declared);
	if (!f->boundaries || p->kind == POLICY_BOUNDARY)
		return;
	p->kind = POLICY_BOUNDARY;
	live_drift(l, NULL, p->file, p->offset,
		   "'%.*s' is used as a permissions boundary in account %.*s, which the code does "
		   "not say",
		   STR_ARG(p->address), STR_ARG(f->account));
}

void live_attachments(struct live *l)
{
	for (size_t i = 0; i < l->m->policies.n; i++)
		if (l->m->policies.v[i]->kind != POLICY_KEY)
			match_policy(l, l->m->policies.v[i]);
}
