/* SPDX-License-Identifier: MIT */
#include "kmsfix/handoff.h"

#include <stdlib.h>

#include "kmsfix/access.h"
#include "kmsfix/arn.h"
#include "kmsfix/place.h"
#include "kmsfix/vec.h"
#include "writer.h"

/* One request, for all findings that ask for it. */
struct wanted {
	const struct ask *ask;
	str principal, id;
	bool landed;
	struct strs findings; /* ids */
};

struct collector {
	const struct plan *plan;
	str repository;
	struct diags *diags;
	struct arena *arena;
	struct map findings; /* by id */
	struct map by_id;
	struct {
		struct wanted **v;
		size_t n, cap;
	} all;
};

/* The first of each id. */
static void index_findings(struct collector *c)
{
	for (size_t i = 0; i < c->plan->findings.n; i++) {
		struct finding *f = &c->plan->findings.v[i];

		if (!map_find(&c->findings, f->id))
			map_put(&c->findings, c->arena, f->id, f);
	}
}

/* ---- the members ---- */

static void add_values(struct writer *w, const struct strs *values)
{
	if (values->n == 1) {
		writer_text(w, values->v[0]);
		return;
	}
	writer_open(w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < values->n; i++)
		writer_text(w, values->v[i]);
	writer_close(w, ']');
}

/* True for the first entry of its operator. */
static bool is_first(const struct statement *s, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (str_eq(s->conditions.v[i].op, s->conditions.v[at].op))
			return false;
	return true;
}

static void add_operator(struct writer *w, const struct statement *s, size_t first, struct arena *a)
{
	str op = s->conditions.v[first].op;

	writer_key(w, str_z(a, op));
	writer_open(w, '{', LAYOUT_LINE);
	for (size_t i = first; i < s->conditions.n; i++) {
		if (!str_eq(s->conditions.v[i].op, op))
			continue;
		writer_key(w, str_z(a, s->conditions.v[i].key));
		add_values(w, &s->conditions.v[i].values);
	}
	writer_close(w, '}');
}

static void add_condition(struct writer *w, const struct statement *s, struct arena *a)
{
	if (!s->conditions.n)
		return;
	writer_key(w, "condition");
	writer_open(w, '{', LAYOUT_LINE);
	for (size_t i = 0; i < s->conditions.n; i++)
		if (is_first(s, i))
			add_operator(w, s, i, a);
	writer_close(w, '}');
}

/* What is asked for, in the words of a request and of a receipt. */
static void add_grant(struct writer *w, const struct wanted *x, struct arena *a)
{
	writer_member_text(w, "key", x->ask->key->arn);
	writer_member_text(w, "principal", x->principal);
	writer_key(w, "actions");
	writer_open(w, '[', LAYOUT_LINE);
	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if (x->ask->targets & bit)
			writer_name(w, target_name(bit));
	writer_close(w, ']');
	add_condition(w, x->ask->like, a);
}

/* The same grant of the same repository always has the same one. */
static str id_of(const struct collector *c, const struct wanted *x)
{
	struct buf b = { 0 };
	struct writer w;
	str id;

	writer_init(&w, &b);
	writer_open(&w, '{', LAYOUT_LINE);
	writer_member_text(&w, "repository", c->repository);
	add_grant(&w, x, c->arena);
	writer_close(&w, '}');
	id = str_fmt(c->arena, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
	buf_free(&b);
	return id;
}

static void add_finding(struct writer *w, const struct finding *f, struct place *place)
{
	writer_open(w, '{', LAYOUT_LINE);
	writer_member_text(w, "id", f->id);
	writer_member_text(w, "path", f->file->path);
	writer_member_number(w, "line", place_find(place, f->file, f->start).line);
	writer_member_text(w, "address", f->address);
	writer_close(w, '}');
}

static str request_text(const struct collector *c, const struct wanted *x)
{
	struct place place = { 0 };
	struct buf b = { 0 };
	struct writer w;
	str text;

	writer_init(&w, &b);
	writer_open(&w, '{', LAYOUT_LINES);
	writer_member_number(&w, "version", 1);
	writer_member_text(&w, "kind", S("grant-request"));
	writer_member_text(&w, "id", x->id);
	add_grant(&w, x, c->arena);
	writer_key(&w, "origin");
	writer_open(&w, '{', LAYOUT_LINE);
	writer_member_text(&w, "repository", c->repository);
	writer_key(&w, "findings");
	writer_open(&w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < x->findings.n; i++)
		add_finding(&w, map_find(&c->findings, x->findings.v[i]), &place);
	writer_close(&w, ']');
	writer_close(&w, '}');
	writer_close(&w, '}');
	buf_addc(&b, '\n');
	text = str_dup(c->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

/* ---- what can be asked for ---- */

static bool is_literal(const struct statement *s)
{
	for (size_t i = 0; i < s->conditions.n; i++) {
		const struct condition_entry *e = &s->conditions.v[i];

		for (size_t k = 0; k < e->values.n; k++)
			if (!text_is_literal(e->values.v[k]))
				return false;
		if (!text_is_literal(e->key) || !text_is_literal(e->op))
			return false;
	}
	return true;
}

/* The first reason that is not the key's being elsewhere. */
static str other_hold(const struct finding *f)
{
	for (size_t i = 0; i < f->holds.n; i++)
		if (!str_eq(str_from(f->holds.v[i].code), S("KEY-EXTERNAL")))
			return f->holds.v[i].reason;
	return S("");
}

/* Why there is no request; else empty. */
static str refuse(const struct finding *f, const struct ask *ask, str principal)
{
	struct arn key, who;

	if (ask->vain)
		return other_hold(f);
	if (!principal.n)
		return S("the ARN of the principal is not known; --plan or --account-details tell "
			 "it");
	if (!arn_parse(ask->key->arn, &key) || !arn_parse(principal, &who) ||
	    !str_eq(key.account, who.account))
		return S("the principal and the key are not in one account");
	return is_literal(ask->like) ? S("") : S("a value of its condition is not known here");
}

static void add_ask(struct collector *c, const struct ask *ask)
{
	const struct finding *f = map_find(&c->findings, ask->finding);
	struct wanted *x = ARENA_NEW(c->arena, struct wanted), *known;
	str why;

	x->ask = ask;
	x->landed = ask->landed;
	x->principal = ask->principal->literal;
	if (!x->principal.n && text_is_literal(ask->principal->arn))
		x->principal = ask->principal->arn;
	why = refuse(f, ask, x->principal);
	if (why.n) {
		diag_add(c->diags, SEVERITY_WARNING, f->file, f->start,
			 "'%.*s' is not asked for a grant: %.*s", STR_ARG(ask->key->address),
			 STR_ARG(why));
		return;
	}
	x->id = id_of(c, x);
	known = map_find(&c->by_id, x->id);
	if (!known) {
		map_put(&c->by_id, c->arena, x->id, x);
		VEC_PUSH(c->arena, &c->all, x);
		known = x;
	}
	known->landed &= ask->landed;
	strs_add_once(c->arena, &known->findings, ask->finding);
}

static int by_name(const void *px, const void *py)
{
	const struct handoff_file *x = px, *y = py;

	return str_cmp(x->name, y->name);
}

static void sort(struct handoff *h)
{
	if (h->files.n)
		qsort(h->files.v, h->files.n, sizeof(*h->files.v), by_name);
}

/* ---- requests ---- */

void handoff_requests(struct handoff *out, const struct plan *plan, const char *dir, str repository,
		      const struct requests *there, struct diags *diags, struct arena *a)
{
	struct collector c = { .plan = plan, .repository = repository, .diags = diags, .arena = a };

	*out = (struct handoff){ 0 };
	index_findings(&c);
	for (size_t i = 0; i < plan->asks.n; i++)
		add_ask(&c, &plan->asks.v[i]);
	for (size_t i = 0; i < c.all.n; i++) {
		const struct wanted *x = c.all.v[i];
		struct handoff_file f = { STR_CAT(a, str_from(dir), S("/" REQUEST_PREFIX), x->id,
						  S(REQUEST_SUFFIX)),
					  request_text(&c, x), x->landed };

		out->asked += !x->landed;
		out->landed += x->landed;
		VEC_PUSH(a, &out->files, f);
	}
	for (size_t i = 0; i < there->n; i++) {
		const struct request *r = &there->v[i];
		struct handoff_file f = { .name = r->file->path };

		if (!r->granted && str_eq(r->repository, repository) && !map_find(&c.by_id, r->id))
			VEC_PUSH(a, &out->files, f);
	}
	sort(out);
}

/* ---- receipts ---- */

#define GRANTED ",\n  \"granted\": "

/* "a.json" to "a.receipt.json". */
static str receipt_path(str request, struct arena *a)
{
	return STR_CAT(a, str_sub(request, 0, request.n - S(REQUEST_SUFFIX).n), S(RECEIPT_SUFFIX));
}

static str receipt_text(const struct request *r, const struct finding *f, str repository,
			str commit, struct arena *a)
{
	const struct statement *by = f->granted_by;
	struct place place = { 0 };
	struct buf b = { 0 };
	struct writer w;
	str text;

	writer_init(&w, &b);
	writer_open(&w, '{', LAYOUT_LINE);
	writer_member_text(&w, "repository", repository);
	writer_member_text(&w, "commit", commit);
	writer_member_text(&w, "path", by->node->tree->file->path);
	writer_member_number(&w, "line",
			     place_find(&place, by->node->tree->file, by->node->start).line);
	writer_close(&w, '}');
	/* The request itself, with another kind and what grants it. */
	const struct node *kind = map_get(r->root, a, S("kind"));
	text = STR_CAT(a, str_sub(r->file->text, 0, kind->start), S("\"grant-receipt\""),
		       str_sub(r->file->text, kind->end, r->root->last->end), S(GRANTED),
		       buf_str(&b), S("\n}\n"));
	buf_free(&b);
	return text;
}

/* Findings that are granted, by the files of their requests. */
static struct map index_grants(const struct plan *plan, struct arena *a)
{
	struct map grants = { 0 };

	for (size_t i = 0; i < plan->findings.n; i++) {
		struct finding *f = &plan->findings.v[i];
		const struct request *r = f->granted_by ? f->statement->document->request : NULL;

		if (r && !map_find(&grants, r->file->path))
			map_put(&grants, a, r->file->path, f);
	}
	return grants;
}

static str without_grant(str receipt)
{
	size_t at = SIZE_MAX, next = str_find(receipt, S(GRANTED), 0);

	for (; next != SIZE_MAX; next = str_find(receipt, S(GRANTED), next + 1))
		at = next;
	return str_sub(receipt, 0, at);
}

/* An older one says the same of an older commit; there is no need for a new one. */
static bool is_still_good(const struct requests *there, const struct handoff_file *f)
{
	const struct request *old = requests_at(there, f->name);

	return old && str_eq(without_grant(old->file->text), without_grant(f->text));
}

void handoff_receipts(struct handoff *out, const struct plan *plan, str repository, str commit,
		      const struct requests *there, struct arena *a)
{
	struct map grants = index_grants(plan, a), good = { 0 };

	*out = (struct handoff){ 0 };
	for (size_t i = 0; i < there->n; i++) {
		const struct request *r = &there->v[i];
		const struct finding *f = r->granted ? NULL : map_find(&grants, r->file->path);

		if (!f)
			continue;
		struct handoff_file file = { receipt_path(r->file->path, a),
					     receipt_text(r, f, repository, commit, a), false };
		map_put(&good, a, file.name, out);
		out->granted++;
		if (!is_still_good(there, &file))
			VEC_PUSH(a, &out->files, file);
	}
	for (size_t i = 0; i < there->n; i++) {
		struct handoff_file gone = { .name = there->v[i].file->path };

		if (str_eq(there->v[i].owner, repository) && !map_find(&good, gone.name))
			VEC_PUSH(a, &out->files, gone);
	}
	sort(out);
}
