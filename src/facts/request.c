/* SPDX-License-Identifier: MIT */
#include "kmsfix/request.h"

#include <stdarg.h>

#include "kmsfix/action.h"
#include "kmsfix/arn.h"
#include "kmsfix/buf.h"
#include "kmsfix/diag.h"
#include "kmsfix/input.h"
#include "kmsfix/principal.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "collect.h"
#include "walk.h"

struct parser {
	struct request *out;
	struct arena *arena;
	struct err *err;
};

static bool fail(struct parser *p, size_t offset, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static bool fail(struct parser *p, size_t offset, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfail_at(p->err, p->out->file, offset, fmt, ap);
	va_end(ap);
	return false;
}

/* ---- texts ---- */

/* A text that is not empty and has no control characters. */
static bool read_text(struct parser *p, const struct node *n, str *out)
{
	if (n->kind != NODE_STRING || !node_text(n, p->arena, out) || !out->n)
		return fail(p, n->start, "a text is expected here");
	for (size_t i = 0; i < out->n; i++)
		if ((unsigned char)out->p[i] < 0x20 || out->p[i] == 0x7f)
			return fail(p, n->start, "the text holds a control character");
	return true;
}

static bool is_hex(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!memchr("0123456789abcdef", text.p[i], 16))
			return false;
	return text.n == REQUEST_ID_SIZE;
}

static bool read_id(struct parser *p, const struct node *n)
{
	return read_text(p, n, &p->out->id) &&
	       (is_hex(p->out->id) ||
		fail(p, n->start, "an id of %d hex digits is expected here", REQUEST_ID_SIZE));
}

/* An ARN of one thing of the service in a certain account. */
static bool read_arn(struct parser *p, const struct node *n, str service, str *out)
{
	struct arn arn;

	if (!read_text(p, n, out))
		return false;
	if (str_has(*out, S("*")) || str_has(*out, S("?")) || str_has(*out, S("${")) ||
	    !str_starts(*out, S("arn:")) || !arn_parse(*out, &arn) || !arn.resource.n ||
	    !str_eq(arn.service, service) || !arn_is_account(arn.account))
		return fail(p, n->start, "the ARN of one %s is expected here",
			    str_eq(service, S("kms")) ? "key or alias" : "role or user");
	return true;
}

static bool read_key(struct parser *p, const struct node *n)
{
	struct arn arn;

	if (!read_arn(p, n, S("kms"), &p->out->key))
		return false;
	arn_parse(p->out->key, &arn);
	return (arn.region.n &&
		(str_starts(arn.resource, S("key/")) || str_starts(arn.resource, S("alias/")))) ||
	       fail(p, n->start, "the ARN of one key or alias is expected here");
}

static bool read_principal(struct parser *p, const struct node *n)
{
	struct principal_ref ref;

	if (!read_arn(p, n, S("iam"), &p->out->principal))
		return false;
	ref = principal_parse(S("AWS"), p->out->principal);
	return (ref.form != PRINCIPAL_ROLE && ref.form != PRINCIPAL_USER) ||
	       principal_can_exist(&ref) ||
	       fail(p, n->start, "the ARN of one role or user is expected here");
}

/* ---- what is asked for ---- */

static unsigned target_of(str name)
{
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if (str_eq(name, str_from(target_name(bit))))
			return bit;
	return 0;
}

static bool read_actions(struct parser *p, const struct node *n)
{
	str name;

	p->out->actions = n;
	if (n->kind != NODE_SEQ || !n->first)
		return fail(p, n->start, "a list of actions is expected here");
	for (const struct node *c = n->first; c; c = c->next) {
		unsigned bit;

		if (!read_text(p, c, &name))
			return false;
		bit = target_of(name);
		if (!bit || (p->out->targets & bit))
			return fail(p, c->start,
				    bit ? "the action is there twice" :
					  "only kms:Decrypt, kms:ReEncryptFrom and "
					  "kms:ReEncryptTo can be asked for");
		p->out->targets |= bit;
	}
	return true;
}

static bool check_values(struct parser *p, const struct node *n)
{
	str text;

	if (n->kind == NODE_NUMBER || n->kind == NODE_LITERAL)
		return !str_eq(node_source(n), S("null")) ||
		       fail(p, n->start, "a value is expected here");
	if (n->kind != NODE_SEQ)
		return read_text(p, n, &text);
	if (!n->first)
		return fail(p, n->start, "a list of at least one value is expected here");
	for (const struct node *c = n->first; c; c = c->next) {
		if (c->kind == NODE_SEQ)
			return fail(p, c->start, "a value is expected here");
		if (!check_values(p, c))
			return false;
	}
	return true;
}

/* An object with at least one pair, no key of which is there twice. */
static bool check_object(struct parser *p, const struct node *n)
{
	str key;

	if (n->kind != NODE_MAP || !n->first)
		return fail(p, n->start, "an object with members is expected here");
	for (const struct node *c = n->first; c; c = c->next)
		if (!read_text(p, c->first, &key))
			return false;
	return !map_has_duplicate(n, p->arena) ||
	       fail(p, n->start, "the object has the same member twice");
}

static bool read_condition(struct parser *p, const struct node *n)
{
	if (!check_object(p, n))
		return false;
	p->out->condition = n;
	for (const struct node *op = n->first; op; op = op->next) {
		if (!check_object(p, op->last))
			return false;
		for (const struct node *key = op->last->first; key; key = key->next)
			if (!check_values(p, key->last))
				return false;
	}
	return true;
}

/* ---- objects by their members ---- */

struct member_row {
	const char *name;
	bool required;
	bool (*read)(struct parser *p, const struct node *n);
};

static bool read_member(struct parser *p, const struct node *pair, const struct member_row *rows,
			size_t n)
{
	struct buf shown = { 0 };
	str key = { 0 };

	pair_key(pair, p->arena, &key);
	for (size_t i = 0; i < n; i++)
		if (str_eq(key, str_from(rows[i].name)))
			return rows[i].read(p, pair->last);
	buf_add_safe(&shown, str_sub(key, 0, 40));
	fail(p, pair->start, "unknown member '%.*s'", STR_ARG(buf_str(&shown)));
	buf_free(&shown);
	return false;
}

static bool read_object(struct parser *p, const struct node *n, const struct member_row *rows,
			size_t count)
{
	if (!check_object(p, n))
		return false;
	for (const struct node *pair = n->first; pair; pair = pair->next)
		if (!read_member(p, pair, rows, count))
			return false;
	for (size_t i = 0; i < count; i++)
		if (rows[i].required && !map_get(n, p->arena, str_from(rows[i].name)))
			return fail(p, n->start, "'%s' is missing", rows[i].name);
	return true;
}

#define ROWS(list) list, sizeof(list) / sizeof(*(list))

static bool any_text(struct parser *p, const struct node *n)
{
	str text;

	return read_text(p, n, &text);
}

static bool any_number(struct parser *p, const struct node *n)
{
	return n->kind == NODE_NUMBER || fail(p, n->start, "a number is expected here");
}

static bool read_findings(struct parser *p, const struct node *n)
{
	static const struct member_row rows[] = {
		{ "id", true, any_text },
		{ "path", true, any_text },
		{ "line", true, any_number },
		{ "address", false, any_text },
	};

	if (n->kind != NODE_SEQ || !n->first)
		return fail(p, n->start, "a list of findings is expected here");
	for (const struct node *c = n->first; c; c = c->next)
		if (!read_object(p, c, ROWS(rows)))
			return false;
	return true;
}

static bool read_repository(struct parser *p, const struct node *n)
{
	return read_text(p, n, &p->out->repository);
}

static bool read_origin(struct parser *p, const struct node *n)
{
	static const struct member_row rows[] = {
		{ "repository", true, read_repository },
		{ "findings", true, read_findings },
	};

	return read_object(p, n, ROWS(rows));
}

static bool read_owner(struct parser *p, const struct node *n)
{
	return read_text(p, n, &p->out->owner);
}

static bool read_granted(struct parser *p, const struct node *n)
{
	static const struct member_row rows[] = {
		{ "repository", true, read_owner },
		{ "commit", true, any_text },
		{ "path", true, any_text },
		{ "line", true, any_number },
	};

	p->out->granted = true;
	return read_object(p, n, ROWS(rows));
}

static bool read_version(struct parser *p, const struct node *n)
{
	return (n->kind == NODE_NUMBER && str_eq(node_source(n), S("1"))) ||
	       fail(p, n->start, "only version 1 is known here");
}

static bool is_receipt(str kind)
{
	return str_eq(kind, S("grant-receipt"));
}

static bool read_kind(struct parser *p, const struct node *n)
{
	str kind;

	return read_text(p, n, &kind) &&
	       (is_receipt(kind) || str_eq(kind, S("grant-request")) ||
		fail(p, n->start, "'grant-request' or 'grant-receipt' is expected here"));
}

/* "kind" and "granted" say the same. */
static bool check_kind(struct parser *p)
{
	const struct node *n = map_get(p->out->root, p->arena, S("kind"));
	str kind = { 0 };

	node_text(n, p->arena, &kind);
	if (is_receipt(kind) == p->out->granted)
		return true;
	return fail(p, n->start,
		    p->out->granted ? "a request has no 'granted'" : "'granted' is missing");
}

bool request_parse(struct request *out, const struct file *f, struct arena *a, struct err *e)
{
	static const struct member_row rows[] = {
		{ "version", true, read_version },
		{ "kind", true, read_kind },
		{ "id", true, read_id },
		{ "key", true, read_key },
		{ "principal", true, read_principal },
		{ "actions", true, read_actions },
		{ "condition", false, read_condition },
		{ "origin", true, read_origin },
		{ "granted", false, read_granted },
	};
	struct parser p = { out, a, e };
	struct syntax_error wrong;
	struct tree *t;

	*out = (struct request){ .file = f };
	if (!json_parse(&t, f, a, &wrong))
		return fail(&p, wrong.offset, "%s", wrong.reason);
	out->root = t->root;
	return read_object(&p, t->root, ROWS(rows)) && check_kind(&p);
}

/* ---- the way in ---- */

static bool is_wanted(str name)
{
	return str_ends(name, S(REQUEST_SUFFIX));
}

bool requests_read(struct requests *out, const char *dir, struct arena *a, struct err *e)
{
	struct walk files = { 0 };

	*out = (struct requests){ 0 };
	if (!walk_add(&files, dir, is_wanted, a, e))
		return false;
	walk_sort(&files);
	for (size_t i = 0; i < files.n; i++) {
		struct file *f = ARENA_NEW(a, struct file);
		struct request r;

		f->path = str_from(files.v[i].path);
		if (!input_read(&f->text, files.v[i].path, REQUEST_MAX_SIZE, a, e) ||
		    !request_parse(&r, f, a, e))
			return false;
		VEC_PUSH(a, out, r);
	}
	return true;
}

const struct request *requests_at(const struct requests *all, str path)
{
	size_t first = 0, end = all->n;

	while (first < end) {
		size_t middle = first + (end - first) / 2;
		int c = str_cmp(all->v[middle].file->path, path);

		if (!c)
			return &all->v[middle];
		if (c < 0)
			first = middle + 1;
		else
			end = middle;
	}
	return NULL;
}
