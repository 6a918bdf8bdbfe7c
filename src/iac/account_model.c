/* SPDX-License-Identifier: MIT */
/*
 * The model of an account. All of it is one unit in which texts are literal, and everything is
 * told: there are no other principals, attachments and boundaries than those of the export.
 */
#include "account_residual.h"
#include "document.h"
#include "live.h"
#include "principal.h"
#include "kmsfix/account.h"
#include "kmsfix/arn.h"
#include "kmsfix/limits.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

struct builder {
	struct model *m;
	const struct account *acct;
	struct scope *scope;
	struct unit *unit;
	const struct node *attachments; /* the root of the file */
	struct map principals;          /* by ARN */
};

static const struct language account_language = {
	.dynamic = "TF-DYNAMIC",
	.whole = "account",
	.perhaps = "TF-DYNAMIC",
	.absent = "has no policy in the export",
};

static const struct value *eval_plain(void *ctx, const struct node *n)
{
	return json_value(ctx, n);
}

/* ---- principals ---- */

static const enum principal_kind kinds[] = { [FACTS_ROLE] = PRINCIPAL_IS_ROLE,
					     [FACTS_USER] = PRINCIPAL_IS_USER,
					     [FACTS_GROUP] = PRINCIPAL_IS_GROUP };

static void add_principal(struct builder *b, const struct facts_principal *f)
{
	struct principal *p = principal_add(b->m, b->scope, f->arn, kinds[f->kind]);
	struct arn part;
	arn_parse(f->arn, &part);
	p->address = part.resource;
	p->external = false;
	p->boundary = f->boundary.n != 0;
	p->live = f;
	p->name = f->name;
	live_literal(b->m, p, f->arn);
	name_set(b->m, b->unit, f->arn, (struct name){ .kind = NAME_PRINCIPAL, .principal = p });
	map_put(&b->principals, b->m->arena, f->arn, p);
}

/* ---- documents ---- */

static struct policy *add_policy(struct builder *b, const struct account_document *d,
				 const struct file *file, enum policy_kind kind)
{
	struct model *m = b->m;
	struct syntax_error e = { 0 };
	struct tree *tree = NULL;
	struct policy *p;
	struct document *document;
	if (!json_parse(&tree, file, m->arena, &e))
		return NULL; /* account_read() has laid it out */
	struct reader r = { .model = m,
			    .scope = b->scope,
			    .address = d->address,
			    .file = file,
			    .block = tree->root,
			    .eval = eval_plain,
			    .ctx = m };
	struct value v = { .kind = VALUE_FILE, .origin = tree->root, .file = file };
	m->files_read++;
	document = document_read(&r, &v, tree->root);
	document->plain = false; /* what is written into it is literal */
	p = ARENA_NEW(m->arena, struct policy);
	p->kind = kind;
	p->unit = b->unit;
	p->scope = b->scope;
	p->address = d->address;
	p->file = file;
	VEC_PUSH(m->arena, &m->policies, p);
	policy_use(m, p, document);
	for (size_t i = 0; i < document->statements.n; i++)
		policy_add_statement(m, p, document->statements.v[i]);
	return p;
}

/* ---- identity policies ---- */

static bool is_boundary(const struct facts *f, const struct facts_policy *p)
{
	bool used = p->boundaries != 0;
	for (size_t i = 0; i < f->principals.n && !used; i++)
		used = str_eq(f->principals.v[i]->boundary, p->arn);
	return used;
}

/* AWS counts the attachments itself: a part of the export may be missing. */
static void check_count(struct builder *b, const struct account_document *d, struct policy *p)
{
	p->told = !d->policy || d->policy->attachments == d->holders.n;
	if (!p->told)
		issue_add(
			b->m->arena, &p->issues, "ATTACH-UNKNOWN",
			"AWS counts %llu attachment%s of '%.*s', and the export shows %zu: export "
			"again without a filter",
			(unsigned long long)d->policy->attachments,
			d->policy->attachments == 1 ? "" : "s", STR_ARG(d->address), d->holders.n);
}

static const size_t inline_limits[] = { [FACTS_ROLE] = LIMIT_INLINE_ROLE,
					[FACTS_USER] = LIMIT_INLINE_USER,
					[FACTS_GROUP] = LIMIT_INLINE_GROUP };

/* A policy that is emptied goes from everybody who has it: IAM keeps none without statements [6.6].
 */
static void set_removal(struct builder *b, struct policy *p, const struct node *pair)
{
	p->removal.possible = p->attachments.n != 0;
	p->removal.reason = S("nobody has it; delete it when you do not need it");
	VEC_PUSH(b->m->arena, &p->removal.elements, pair);
}

static void add_identity(struct builder *b, const struct account_document *d,
			 const struct file *file, const struct node *pair)
{
	enum policy_kind kind = d->kind == ACCOUNT_INLINE              ? POLICY_INLINE :
				is_boundary(b->acct->facts, d->policy) ? POLICY_BOUNDARY :
									 POLICY_MANAGED;
	struct policy *p = add_policy(b, d, file, kind);
	if (!p)
		return;
	p->limit = d->holder ? inline_limits[d->holder->kind] : LIMIT_MANAGED;
	for (size_t i = 0; i < d->holders.n; i++) {
		struct attachment at = {
			.principal = map_find(&b->principals, d->holders.v[i]->arn), .file = file
		};
		VEC_PUSH(b->m->arena, &p->attachments, at);
	}
	check_count(b, d, p);
	set_removal(b, p, pair);
}

static const struct node *pair_of(struct builder *b, str path)
{
	const struct node *value = b->attachments ? map_get(b->attachments, b->m->arena, path) :
						    NULL;
	return value ? value->parent : NULL;
}

/* ---- keys ---- */

/* KMS keeps the ids of principals that are no more, and takes no policy that names one [4.5]. */
static bool is_lost_principal(str text)
{
	static const char *const prefixes[] = { "AROA", "AIDA" };
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
		if (str_starts(text, str_from(prefixes[i])))
			return true;
	return false;
}

/* A key that waits for its deletion is left alone [8.6]. */
static void check_state(struct builder *b, struct key *k, const struct facts_key *f)
{
	const struct policy *p = k->policy;
	if (str_starts(f->state, S("Pending")) && !str_eq(f->state, S("PendingImport")))
		issue_add(b->m->arena, &k->closed, "KEY-STATE", "'%.*s' is in state %.*s",
			  STR_ARG(k->address), STR_ARG(f->state));
	for (size_t i = 0; i < p->statements.n; i++)
		for (size_t j = 0; j < p->statements.v[i]->principals.n; j++) {
			str text = p->statements.v[i]->principals.v[j].element.text;
			if (is_lost_principal(text))
				issue_add(b->m->arena, &k->closed, "KEY-STATE",
					  "the policy of '%.*s' names a principal that was "
					  "deleted ('%.*s'), and KMS takes no policy with one",
					  STR_ARG(k->address), STR_ARG(text));
		}
}

static void add_key(struct builder *b, const struct account_document *d, const struct file *file)
{
	struct model *m = b->m;
	const struct facts_key *f = d->key;
	struct policy *p = add_policy(b, d, file, POLICY_KEY);
	struct key *k = ARENA_NEW(m->arena, struct key);
	struct key **keys = arena_array(m->arena, 1, sizeof(struct key *));
	if (!p)
		return;
	k->unit = b->unit;
	k->scope = b->scope;
	k->address = k->name = d->address;
	k->account = str_fmt(m->arena, "#%.*s", STR_ARG(f->account));
	k->region = f->region;
	k->multi_region = f->multi_region || str_starts(f->id, S("mrk-"));
	k->family = f->primary.n ? 1 + f->replicas.n : 0;
	k->arn = f->arn;
	k->file = file;
	k->block = p->documents.v[0]->node;
	k->policy = p;
	p->key = k;
	p->limit = LIMIT_KEY_POLICY;
	check_state(b, k, f);
	keys[0] = k;
	name_set(m, b->unit, f->arn,
		 (struct name){ .kind = NAME_KEY_ARN, .keys = keys, .key_count = 1 });
	VEC_PUSH(m->arena, &m->keys, k);
}

/* Keys of AWS, which need no policy here [8.1], and those whose policies the export leaves out. */
static void name_more_keys(struct builder *b)
{
	for (size_t i = 0; i < b->acct->facts->keys.n; i++) {
		const struct facts_key *f = b->acct->facts->keys.v[i];
		if (!f->arn.n)
			continue;
		if (facts_key_of_aws(f))
			name_set(b->m, b->unit, f->arn, (struct name){ .kind = NAME_AWS_MANAGED });
		else if (str_eq(f->account, b->acct->id) && !name_get(b->unit, f->arn))
			strs_add(b->m->arena, &b->m->more_keys, f->arn);
	}
}

/* ---- the whole ---- */

static void start(struct builder *b, const struct fileset *files)
{
	struct arena *a = b->m->arena;
	struct syntax_error e;
	struct tree *tree;
	const struct file *list = fileset_find(files, S(ACCOUNT_ATTACHMENTS));
	b->unit = ARENA_NEW(a, struct unit);
	b->scope = ARENA_NEW(a, struct scope);
	b->unit->path = b->unit->account = b->acct->id;
	b->unit->language = &account_language;
	b->unit->names = ARENA_NEW(a, struct map);
	b->scope->unit = b->unit;
	b->scope->id = b->unit->path;
	if (list && json_parse(&tree, list, a, &e))
		b->attachments = tree->root;
	VEC_PUSH(a, &b->m->units, b->unit);
}

struct model *account_model(const struct account *acct, const struct fileset *files,
			    const struct config *config, struct diags *diags, struct arena *a)
{
	struct model *m = ARENA_NEW(a, struct model);
	struct builder b = { .m = m, .acct = acct };
	m->arena = a;
	m->files = files;
	m->config = config;
	m->diags = diags;
	m->meanings = ARENA_NEW(a, struct map);
	start(&b, files);
	for (size_t i = 0; i < acct->facts->principals.n; i++)
		add_principal(&b, acct->facts->principals.v[i]);
	for (size_t i = 0; i < acct->documents.n; i++) {
		const struct account_document *d = acct->documents.v[i];
		const struct file *file = fileset_find(files, d->path);
		const struct node *pair = pair_of(&b, d->path);
		if (config_excludes(config, d->path))
			continue;
		if (d->kind == ACCOUNT_KEY && file)
			add_key(&b, d, file);
		else if (file && pair)
			add_identity(&b, d, file, pair);
	}
	name_more_keys(&b);
	account_residual(acct->facts, b.scope, m);
	statements_index(m);
	live_complete(m);
	statements_tell_apart(m);
	return m;
}
