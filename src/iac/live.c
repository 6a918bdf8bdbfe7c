/* SPDX-License-Identifier: MIT */
#include "live.h"

#include <stdarg.h>
#include <stdio.h>

#include "document.h"
#include "kmsfix/arena.h"
#include "kmsfix/arn.h"
#include "kmsfix/syntax.h"

/* ---- finding by name ---- */

str live_name(struct arena *a, str account, int kind, str name)
{
	str key = str_fmt(a, "%.*s %d %.*s", STR_ARG(account), kind, STR_ARG(name));
	char *p = arena_alloc(a, key.n + 1);
	for (size_t i = 0; i < key.n; i++)
		p[i] = (char)(key.p[i] >= 'A' && key.p[i] <= 'Z' ? key.p[i] | 0x20 : key.p[i]);
	return (str){ p, key.n };
}

static const enum facts_kind kinds[] = {
	[PRINCIPAL_IS_ROLE] = FACTS_ROLE,
	[PRINCIPAL_IS_USER] = FACTS_USER,
	[PRINCIPAL_IS_GROUP] = FACTS_GROUP,
	[PRINCIPAL_IS_LINKED] = FACTS_ROLE,
};

const struct facts_principal *live_principal(const struct live *l, str account,
					     enum principal_kind kind, str name)
{
	if (!account.n || !name.n || kind == PRINCIPAL_IS_SET)
		return NULL;
	return map_find(&l->principals, live_name(l->m->arena, account, (int)kinds[kind], name));
}

const struct facts_policy *live_policy(const struct live *l, str account, str name)
{
	if (!account.n || !name.n)
		return NULL;
	return map_find(&l->policies, live_name(l->m->arena, account, 0, name));
}

/* Policies that are only seen on somebody who has them: a filter has left out the rest. */
static void index_attached(struct live *l, const struct facts_principal *who)
{
	struct arena *a = l->m->arena;
	struct arn arn;
	for (size_t i = 0; i < who->attached.n; i++) {
		struct facts_policy *p = ARENA_NEW(a, struct facts_policy);
		if (!arn_parse(who->attached.v[i], &arn) || !str_eq(arn.account, who->account) ||
		    facts_policy(l->facts, who->attached.v[i]))
			continue;
		p->arn = who->attached.v[i];
		p->name = text_base(arn.resource);
		p->account = arn.account;
		map_put(&l->policies, a, live_name(a, p->account, 0, p->name), p);
	}
}

static void index_facts(struct live *l)
{
	struct arena *a = l->m->arena;
	const struct facts *f = l->facts;
	for (size_t i = 0; i < f->principals.n; i++) {
		struct facts_principal *p = f->principals.v[i];
		map_put(&l->principals, a, live_name(a, p->account, (int)p->kind, p->name), p);
		strs_add_once(a, &l->covered, p->account);
		index_attached(l, p);
	}
	for (size_t i = 0; i < f->policies.n; i++) {
		struct facts_policy *p = f->policies.v[i];
		map_put(&l->policies, a, live_name(a, p->account, 0, p->name), p);
	}
	strs_add_all(a, &l->accounts, &f->accounts);
	l->complete = f->detail_pages && f->detail_pages - f->truncated_pages >= l->covered.n;
}

/* ---- accounts ---- */

/* Symbols of the model: those that say the id, and those that do not. */
struct symbols {
	struct strs known, open;
};

static void note_symbol(struct arena *a, struct symbols *s, str symbol)
{
	if (symbol.n)
		strs_add_once(a, account_id(symbol).n ? &s->known : &s->open, symbol);
}

static void collect_symbols(const struct model *m, struct symbols *s)
{
	for (size_t i = 0; i < m->principals.n; i++)
		note_symbol(m->arena, s, m->principals.v[i]->account);
	for (size_t i = 0; i < m->keys.n; i++)
		note_symbol(m->arena, s, m->keys.v[i]->account);
	for (size_t i = 0; i < m->policies.n; i++)
		note_symbol(m->arena, s, m->policies.v[i]->account);
}

static void replace(str *symbol, str from, str to)
{
	if (str_eq(*symbol, from))
		*symbol = to;
}

static bool has_account(const struct model *m, str symbol)
{
	for (size_t i = 0; i < m->principals.n; i++)
		if (str_eq(m->principals.v[i]->account, symbol))
			return true;
	for (size_t i = 0; i < m->keys.n; i++)
		if (str_eq(m->keys.v[i]->account, symbol))
			return true;
	return false;
}

void live_settle(struct model *m, str from, str to)
{
	if (has_account(m, to))
		strs_add_once(m->arena, &m->joined, to);
	for (size_t i = 0; i < m->principals.n; i++)
		replace(&m->principals.v[i]->account, from, to);
	for (size_t i = 0; i < m->keys.n; i++)
		replace(&m->keys.v[i]->account, from, to);
	for (size_t i = 0; i < m->policies.n; i++)
		replace(&m->policies.v[i]->account, from, to);
	for (size_t u = 0; u < m->units.n; u++) {
		struct map *names = m->units.v[u]->names;
		if (u && names == m->units.v[u - 1]->names)
			continue; /* the units of Terraform share them */
		for (size_t i = 0; names && i < names->size; i++)
			if (names->slots[i].value)
				replace(&((struct name *)names->slots[i].value)->symbol, from, to);
	}
}

/* One account of the facts and one of the code, neither known to be another: they are the same. */
static void settle_accounts(struct live *l)
{
	struct model *m = l->m;
	const struct strs *told = &l->accounts;
	struct symbols s = { 0 };
	collect_symbols(m, &s);
	if (!s.open.n || !told->n)
		return;
	str only = str_fmt(m->arena, "#%.*s", STR_ARG(told->v[0]));
	if (s.open.n == 1 && told->n == 1 && !strs_has(&s.known, only))
		live_settle(m, s.open.v[0], only);
	else
		diag_add(m->diags, SEVERITY_WARNING, NULL, 0,
			 "what account %.*s%s says about itself is not used where the code does "
			 "not say to which account it is applied; say so in \"account\" or "
			 "\"accounts\" of .kmsfix.json",
			 STR_ARG(told->v[0]), told->n > 1 ? " (and others)" : "");
}

/* ---- contradictions ---- */

void live_drift(struct live *l, struct issues *issues, const struct file *f, size_t offset,
		const char *fmt, ...)
{
	char text[480];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_add(l->m->diags, SEVERITY_WARNING, f, offset, "drift: %s", text);
	if (issues)
		issue_add(l->m->arena, issues, "DRIFT", "%s", text);
}

/* ---- texts ---- */

struct policy *live_read(struct live *l, const struct facts_document *d)
{
	struct model *m = &l->texts;
	if (!d->text.n)
		return NULL; /* not told, and so nowhere */
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	struct file *f = ARENA_NEW(m->arena, struct file);
	struct syntax_error e;
	struct tree *tree;
	*f = (struct file){ .path = d->place.file->path, .text = d->text };
	if (!json_parse(&tree, f, m->arena, &e))
		return NULL;
	struct reader r = {
		.model = m, .scope = l->scope, .address = f->path, .file = f, .block = tree->root
	};
	struct value v = { .kind = VALUE_FILE, .origin = tree->root, .file = f };
	p->unit = l->scope->unit;
	policy_use(m, p, document_read(&r, &v, tree->root));
	for (size_t i = 0; i < p->documents.v[0]->statements.n; i++)
		policy_add_statement(m, p, p->documents.v[0]->statements.v[i]);
	return p;
}

/* ---- the way in ---- */

/* Where the texts of the account stand. */
static void open_texts(struct live *l)
{
	static const struct language plain = { .dynamic = "TF-DYNAMIC", .perhaps = "TF-DYNAMIC" };
	struct arena *a = l->m->arena;
	struct diags *unsaid = ARENA_NEW(a, struct diags);
	unsaid->arena = a;
	l->texts = (struct model){ .arena = a, .config = l->m->config, .diags = unsaid };
	l->scope = unit_scope(&l->texts, S("(account)"), &plain);
}

void live_open(struct live *l, struct model *m)
{
	static const struct facts none;
	*l = (struct live){ .m = m,
			    .facts = m->config->facts ? m->config->facts : &none,
			    .evidence = m->config->evidence };
	index_facts(l);
	open_texts(l);
}

void live_complete(struct model *m)
{
	struct live l;
	if (!m->config->facts && !m->config->evidence && !m->config->receipts && !m->config->asks)
		return;
	live_open(&l, m);
	live_index_evidence(&l);
	live_plans(&l);
	settle_accounts(&l);
	live_principals(&l);
	live_attachments(&l);
	live_keys(&l);
	live_set_records(&l);
}
