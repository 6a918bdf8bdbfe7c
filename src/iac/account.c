/* SPDX-License-Identifier: MIT */
/* An export as files. What a name of AWS may hold is checked here, once, for everyone after. */
#include "kmsfix/account.h"

#include <stdlib.h>

#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

struct export
{
	struct account *acct;
	struct arena *arena;
	struct err *err;
	struct map by_policy; /* documents of managed policies, by ARN */
};

static bool refuse(struct export *x, const struct facts_place *at, const char *what)
{
	struct position pos = { 0 };

	if (!at->file)
		return err_set(x->err, ERR_IO, "%s", what);
	pos = file_position(at->file, at->offset);
	return err_set(x->err, ERR_IO, "%.*s:%zu:%zu: %s", STR_ARG(at->file->path), pos.line,
		       pos.column, what);
}

/* ---- what names and ids may hold ---- */

static bool is_word(str s, const char *more)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && (!s.p[i] || !strchr(more, s.p[i])))
			return false;
	return s.n > 0;
}

static bool is_iam_name(str s)
{
	return s.n <= 128 && is_word(s, "+=,.@-_");
}

/* "/" or "/a/b/", of any printable characters. */
static bool is_iam_path(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '!' || s.p[i] > '~')
			return false;
	return s.n && s.n <= 512 && s.p[0] == '/' && s.p[s.n - 1] == '/';
}

/* The ARN is that of this name: "arn:aws:iam::111122223333:role/path/name". */
static bool is_arn_of(struct export *x, str arn, const char *type, str path, str name)
{
	struct arn part;

	return is_iam_name(name) && is_iam_path(path) && arn_parse(arn, &part) &&
	       is_word(part.partition, "-") && str_eq(part.service, S("iam")) && !part.region.n &&
	       str_eq(part.account, x->acct->id) &&
	       str_eq(part.resource,
		      str_fmt(x->arena, "%s%.*s%.*s", type, STR_ARG(path), STR_ARG(name)));
}

/* "v3" */
static bool is_version(str s)
{
	return s.n > 1 && s.p[0] == 'v' && is_word(s, "-.");
}

/* ---- documents ---- */

static str layout(struct export *x, const struct file *f)
{
	struct syntax_error e;
	struct tree *tree;
	struct buf b = { 0 };
	str out = { 0 };

	if (json_parse(&tree, f, x->arena, &e)) {
		json_layout(tree->root, &b);
		buf_addc(&b, '\n');
		out = str_dup(x->arena, buf_str(&b));
	}
	buf_free(&b);
	return out;
}

static struct account_document *add_document(struct export *x, struct account_document document)
{
	const struct file source = { .text = document.source->text };
	struct account_document *d = ARENA_NEW(x->arena, struct account_document);

	*d = document;
	fileset_add(&x->acct->files, x->arena, d->path, layout(x, &source), 0100644);
	map_put(&x->acct->by_path, x->arena, d->path, d);
	VEC_PUSH(x->arena, &x->acct->documents, d);
	return d;
}

/* A name as a part of a path: none is "." or "..", nor hidden. */
static str path_part(struct export *x, str name)
{
	if (!str_starts(name, S(".")))
		return name;
	return str_fmt(x->arena, "%%2E%.*s", STR_ARG(str_sub(name, 1, name.n)));
}

static bool add_key(struct export *x, const struct facts_key *k)
{
	if (!k->policy.text.n || !k->arn.n || !str_eq(k->account, x->acct->id) ||
	    facts_key_of_aws(k))
		return true;
	if (!is_word(k->region, "-") || !is_word(k->id, "-") || !is_word(k->partition, "-"))
		return refuse(x, &k->policy.place, "the ARN of this key is none of AWS's");
	add_document(x, (struct account_document){
				.kind = ACCOUNT_KEY,
				.path = str_fmt(x->arena, "keys/%.*s/%.*s.json", STR_ARG(k->region),
						STR_ARG(k->id)),
				/* all keys of a multi-Region family have one id [2.7] */
				.address = str_fmt(x->arena, "%.*s:key/%.*s", STR_ARG(k->region),
						   STR_ARG(k->id)),
				.key = k,
				.source = &k->policy });
	return true;
}

static bool add_managed(struct export *x, const struct facts_policy *p)
{
	struct arn part;

	if (!str_eq(p->account, x->acct->id))
		return str_eq(p->account, S("aws")) ||
		       refuse(x, &p->place, "this policy belongs to another account");
	if (!is_arn_of(x, p->arn, "policy", p->path, p->name) || !is_word(p->id, ""))
		return refuse(x, &p->place,
			      "the ARN, name, path and id of this policy do not fit together");
	for (size_t i = 0; i < p->versions.n; i++)
		if (!is_version(p->versions.v[i].id))
			return refuse(x, &p->place, "a version of this policy has no proper id");
	if (!p->current || !p->current->document.text.n)
		return refuse(x, &p->place, "this policy has no default version with a document");
	arn_parse(p->arn, &part);
	map_put(&x->by_policy, x->arena, p->arn,
		add_document(x, (struct account_document){
					.kind = ACCOUNT_MANAGED,
					.path = str_fmt(x->arena, "policies/%.*s.json",
							STR_ARG(path_part(x, p->name))),
					.address = part.resource,
					.policy = p,
					.source = &p->current->document }));
	return true;
}

static const struct {
	const char *type, *dir;
} kinds[] = {
	[FACTS_ROLE] = { "role", "roles" },
	[FACTS_USER] = { "user", "users" },
	[FACTS_GROUP] = { "group", "groups" },
};

static bool add_inline(struct export *x, const struct facts_principal *p,
		       const struct facts_inline *in)
{
	struct account_document *d;

	if (!is_iam_name(in->name))
		return refuse(x, &in->document.place, "an inline policy without a proper name");
	if (!in->document.text.n)
		return refuse(x, &p->place, "an inline policy without its document");
	d = add_document(
		x,
		(struct account_document){
			.kind = ACCOUNT_INLINE,
			.path = str_fmt(x->arena, "%s/%.*s/%.*s.json", kinds[p->kind].dir,
					STR_ARG(path_part(x, p->name)),
					STR_ARG(path_part(x, in->name))),
			.address = str_fmt(x->arena, "%s%.*s%.*s %.*s", kinds[p->kind].type,
					   STR_ARG(p->path), STR_ARG(p->name), STR_ARG(in->name)),
			.holder = p,
			.name = in->name,
			.source = &in->document });
	VEC_PUSH(x->arena, &d->holders, p);
	return true;
}

static bool add_principal(struct export *x, const struct facts_principal *p)
{
	if (!str_eq(p->account, x->acct->id))
		return refuse(x, &p->place,
			      "a second account: give each account a directory of its own");
	if (!is_arn_of(x, p->arn, kinds[p->kind].type, p->path, p->name) || !is_word(p->id, ""))
		return refuse(x, &p->place, "the ARN, name, path and id here do not fit together");
	for (size_t i = 0; i < p->inlines.n; i++)
		if (!add_inline(x, p, &p->inlines.v[i]))
			return false;
	for (size_t i = 0; i < p->attached.n; i++) {
		struct account_document *d = map_find(&x->by_policy, p->attached.v[i]);
		if (d)
			VEC_PUSH(x->arena, &d->holders, p);
	}
	return true;
}

/* ---- attachments.json ---- */

static void add_string(struct buf *out, str s)
{
	buf_addc(out, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_addc(out, '\\');
		buf_addc(out, s.p[i]);
	}
	buf_addc(out, '"');
}

static void add_holders(struct buf *out, const struct account_document *d)
{
	for (size_t i = 0; i < d->holders.n; i++) {
		struct arn part;

		arn_parse(d->holders.v[i]->arn, &part);
		buf_add(out, i ? S(", ") : S(""));
		add_string(out, part.resource);
	}
}

static void add_attachments(struct export *x)
{
	struct buf b = { 0 };
	bool first = true;

	buf_addc(&b, '{');
	for (size_t i = 0; i < x->acct->documents.n; i++) {
		const struct account_document *d = x->acct->documents.v[i];

		if (d->kind == ACCOUNT_KEY)
			continue;
		buf_add(&b, first ? S("\n    ") : S(",\n    "));
		add_string(&b, d->path);
		buf_add(&b, S(": ["));
		add_holders(&b, d);
		buf_addc(&b, ']');
		first = false;
	}
	buf_add(&b, first ? S("}\n") : S("\n}\n"));
	fileset_add(&x->acct->files, x->arena, S(ACCOUNT_ATTACHMENTS),
		    str_dup(x->arena, buf_str(&b)), 0100644);
	buf_free(&b);
}

/* ---- the whole ---- */

static int by_path(const void *px, const void *py)
{
	const struct account_document *const *x = px, *const *y = py;

	return str_cmp((*x)->path, (*y)->path);
}

static bool add_all(struct export *x, const struct facts *f)
{
	for (size_t i = 0; i < f->policies.n; i++)
		if (!add_managed(x, f->policies.v[i]))
			return false;
	for (size_t i = 0; i < f->principals.n; i++)
		if (!add_principal(x, f->principals.v[i]))
			return false;
	for (size_t i = 0; i < f->keys.n; i++)
		if (!add_key(x, f->keys.v[i]))
			return false;
	return true;
}

/* Names differ by more than their case [IAM: "cannot differ only by case"]; keys by their id. */
static bool check_paths(struct export *x)
{
	for (size_t i = 1; i < x->acct->documents.n; i++)
		if (str_eq(x->acct->documents.v[i]->path, x->acct->documents.v[i - 1]->path))
			return refuse(x, &x->acct->documents.v[i]->source->place,
				      "a second policy of this name");
	return true;
}

bool account_read(struct account *out, const struct facts *f, struct arena *a, struct err *e)
{
	struct export x = { .acct = out, .arena = a, .err = e };

	*out = (struct account){ .facts = f };
	if (!f->principals.n)
		return err_set(e, ERR_IO,
			       "no roles or users in the export; add the answer of 'aws iam "
			       "get-account-authorization-details'");
	out->id = f->principals.v[0]->account;
	if (!arn_is_account(out->id))
		return refuse(&x, &f->principals.v[0]->place, "an ARN without an account id");
	if (!add_all(&x, f))
		return false;
	if (out->documents.n)
		qsort(out->documents.v, out->documents.n, sizeof(*out->documents.v), by_path);
	add_attachments(&x);
	fileset_sort(&out->files);
	return check_paths(&x);
}

const struct account_document *account_find(const struct account *acct, str path)
{
	return map_find(&acct->by_path, path);
}
