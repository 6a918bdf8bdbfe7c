/* SPDX-License-Identifier: MIT */
/*
 * The policy document form of a statement: aws_iam_policy_document names the same things otherwise
 * and has blocks where JSON has objects. The order of arguments and blocks follows the siblings.
 */
#include "kmsfix/text.h"
#include "kmsfix/vec.h"
#include "render.h"
#include "trivia.h"

static const char *const WHY_MEMBER = "a policy document block has no form for this statement";
static const char *const WHY_AMPERSAND = "a policy document block cannot hold a literal '&{'";

enum form { FORM_TEXT, FORM_LIST, FORM_PRINCIPALS, FORM_CONDITIONS };

/* The members of a statement, in the order of the provider's documentation. */
static const struct member {
	str json, name;
	enum form form;
} members[] = {
	{ { "Sid", 3 }, { "sid", 3 }, FORM_TEXT },
	{ { "Effect", 6 }, { "effect", 6 }, FORM_TEXT },
	{ { "Principal", 9 }, { "principals", 10 }, FORM_PRINCIPALS },
	{ { "NotPrincipal", 12 }, { "not_principals", 14 }, FORM_PRINCIPALS },
	{ { "Action", 6 }, { "actions", 7 }, FORM_LIST },
	{ { "NotAction", 9 }, { "not_actions", 11 }, FORM_LIST },
	{ { "Resource", 8 }, { "resources", 9 }, FORM_LIST },
	{ { "NotResource", 11 }, { "not_resources", 13 }, FORM_LIST },
	{ { "Condition", 9 }, { "condition", 9 }, FORM_CONDITIONS },
};

#define MEMBERS (sizeof(members) / sizeof(*members))

/* `${` in a literal is `&{` here: the provider turns it back [5.8]. */
static bool document_text(struct arena *a, str text, str *out, const char **why)
{
	struct buf b = { 0 };
	str part;
	bool ref, ok = true;

	while (text_next(&text, &part, &ref)) {
		*why = WHY_AMPERSAND;
		ok &= ref || !str_has(part, S("&{"));
		if (ref)
			part = ref_text(a, part);
		for (size_t i = 0; i < part.n; i++) {
			bool variable = !ref && part.p[i] == '$' && i + 1 < part.n &&
					part.p[i + 1] == '{';

			buf_addc(&b, variable ? '&' : part.p[i]);
		}
	}
	*out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return ok;
}

static bool add_text(struct arena *a, struct shape *list, const struct shape *s, const char **why)
{
	str text;

	if (s->kind != SHAPE_TEXT || !document_text(a, s->text, &text, why))
		return false;
	shape_add(a, list, shape_text(a, text));
	return true;
}

/* A text or a list of texts as a list; NULL for anything else. */
static struct shape *text_list(struct arena *a, const struct shape *s, const char **why)
{
	struct shape *list = shape_list(a);

	*why = WHY_MEMBER;
	if (s->kind == SHAPE_TEXT)
		return add_text(a, list, s, why) ? list : NULL;
	if (s->kind != SHAPE_LIST)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		if (!add_text(a, list, s->v[i].value, why))
			return NULL;
	}
	return list;
}

static bool add_principal(struct arena *a, struct shape *blocks, str type, const struct shape *s,
			  const char **why)
{
	struct shape *block = shape_object(a), *identifiers;

	identifiers = s->kind == SHAPE_EXPRESSION ? shape_expression(a, s->text) :
						    text_list(a, s, why);
	if (!identifiers)
		return false;
	shape_set(a, block, S("type"), shape_text(a, type));
	shape_set(a, block, S("identifiers"), identifiers);
	shape_add(a, blocks, block);
	return true;
}

static struct shape *principals(struct arena *a, const struct shape *s, const char **why)
{
	struct shape *blocks = shape_list(a);

	*why = WHY_MEMBER;
	if (s->kind == SHAPE_TEXT && str_eq(s->text, S("*")))
		return add_principal(a, blocks, S("*"), s, why) ? blocks : NULL;
	if (s->kind != SHAPE_OBJECT)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		if (!add_principal(a, blocks, s->v[i].key, s->v[i].value, why))
			return NULL;
	}
	return blocks;
}

static bool add_condition(struct arena *a, struct shape *blocks, str test,
			  const struct shape_item *key, const char **why)
{
	struct shape *block = shape_object(a), *values = text_list(a, key->value, why);
	str variable;

	if (!values || !document_text(a, key->key, &variable, why))
		return false;
	shape_set(a, block, S("test"), shape_text(a, test));
	shape_set(a, block, S("variable"), shape_text(a, variable));
	shape_set(a, block, S("values"), values);
	shape_add(a, blocks, block);
	return true;
}

static struct shape *conditions(struct arena *a, const struct shape *s, const char **why)
{
	struct shape *blocks = shape_list(a);

	*why = WHY_MEMBER;
	if (s->kind != SHAPE_OBJECT)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		const struct shape *keys = s->v[i].value;

		if (keys->kind != SHAPE_OBJECT)
			return NULL;
		for (size_t k = 0; k < keys->n; k++) {
			if (!add_condition(a, blocks, s->v[i].key, &keys->v[k], why))
				return NULL;
		}
	}
	return blocks;
}

static struct shape *member_shape(struct arena *a, enum form form, const struct shape *s,
				  const char **why)
{
	str text;

	switch (form) {
	case FORM_TEXT:
		*why = WHY_MEMBER;
		if (s->kind != SHAPE_TEXT || !document_text(a, s->text, &text, why))
			return NULL;
		return shape_text(a, text);
	case FORM_LIST:
		return text_list(a, s, why);
	case FORM_PRINCIPALS:
		return principals(a, s, why);
	case FORM_CONDITIONS:
		return conditions(a, s, why);
	}
	return NULL;
}

struct shape *document_shape(struct arena *a, const struct shape *statement, const char **why)
{
	struct shape *out = shape_object(a);
	size_t known = 0;

	*why = WHY_MEMBER;
	if (statement->kind != SHAPE_OBJECT)
		return NULL;
	for (size_t i = 0; i < MEMBERS; i++) {
		const struct shape *value = shape_get(statement, members[i].json);
		struct shape *s;

		if (!value)
			continue;
		s = member_shape(a, members[i].form, value, why);
		if (!s)
			return NULL;
		shape_set(a, out, members[i].name, s);
		known++;
	}
	*why = WHY_MEMBER;
	out->when = statement->when;
	return known == statement->n ? out : NULL;
}

/* The order of arguments and blocks: members that no sibling shows follow their neighbour above. */
struct order {
	str v[MEMBERS];
	size_t n;
};

static size_t order_find(const struct order *o, str name)
{
	size_t i = 0;

	while (i < o->n && !str_eq(o->v[i], name))
		i++;
	return i;
}

static void order_insert(struct order *o, size_t at, str name)
{
	for (size_t i = o->n++; i > at; i--)
		o->v[i] = o->v[i - 1];
	o->v[at] = name;
}

static bool is_member(str name)
{
	for (size_t i = 0; i < MEMBERS; i++) {
		if (str_eq(name, members[i].name))
			return true;
	}
	return false;
}

static void learn_order(struct order *o, const struct node *sibling)
{
	for (const struct node *c = sibling ? sibling->last->first : NULL; c; c = c->next) {
		if (is_member(c->name) && order_find(o, c->name) == o->n)
			order_insert(o, o->n, c->name);
	}
	for (size_t i = 0; i < MEMBERS; i++) {
		size_t at = i ? order_find(o, members[i - 1].name) + 1 : 0;

		if (order_find(o, members[i].name) == o->n)
			order_insert(o, at, members[i].name);
	}
}

/* Lists of the sibling: several texts on one line, a trailing comma where each has a line. */
static void learn_lists(struct style *st, const struct node *body)
{
	bool tall = false, flat = false;

	for (const struct node *c = body->first; c; c = c->next) {
		const struct node *v = c->first;

		if (c->kind != NODE_ATTR || v->kind != NODE_SEQ || v->first == v->last)
			continue;
		if (has_newline(node_source(v))) {
			tall = true;
			st->list_comma = v->last->comma != 0;
		} else {
			flat = true;
		}
	}
	st->flat_lists = flat && !tall;
}

static bool blank_before(const struct node *c)
{
	str text = c->tree->file->text;
	size_t line = file_line_start(text, c->start);

	return line > 0 && str_trim(str_sub(text, file_line_start(text, line - 1), line)).n == 0;
}

/* True unless the sibling puts its nested blocks directly below the line above. */
static bool blocks_apart(const struct node *sibling)
{
	for (const struct node *c = sibling ? sibling->last->first : NULL; c && c->next;
	     c = c->next) {
		if (c->next->kind == NODE_BLOCK)
			return blank_before(c->next);
	}
	return true;
}

/* The sibling with the most arguments and blocks; the last one of these. */
static const struct node *richest(const struct node *body)
{
	const struct node *best = NULL;

	for (const struct node *c = body->first; c; c = c->next) {
		if (c->kind == NODE_BLOCK && str_eq(c->name, S("statement")) &&
		    (!best || node_count(c->last) >= node_count(best->last)))
			best = c;
	}
	return best;
}

static str braces(const struct style *st, const struct rows *rows, str indent)
{
	str inner = str_fmt(st->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st->unit)), out;
	struct buf b = { 0 };

	buf_addc(&b, '{');
	buf_add(&b, st->eol);
	render_rows(st, rows, inner, &b);
	buf_add(&b, indent);
	buf_addc(&b, '}');
	out = str_dup(st->arena, buf_str(&b));
	buf_free(&b);
	return out;
}

static bool argument_row(const struct style *st, const struct shape_item *item, str indent,
			 struct row *row, const char **why)
{
	*row = (struct row){ .key = item->key };
	return render_slice(st, item->value, indent, 0, &row->value, why);
}

static bool block_row(const struct style *st, str name, const struct shape *block, str indent,
		      struct row *row, const char **why)
{
	str inner = str_fmt(st->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st->unit));
	struct rows rows = { 0 };

	for (size_t i = 0; i < block->n; i++) {
		struct row r;

		if (!argument_row(st, &block->v[i], inner, &r, why))
			return false;
		VEC_PUSH(st->arena, &rows, r);
	}
	*row = (struct row){ .key = name, .value = braces(st, &rows, indent), .block = true };
	return true;
}

/* True for the blocks: a list of objects. */
static bool is_blocks(const struct shape *s)
{
	return s->kind == SHAPE_LIST && s->n && s->v[0].value->kind == SHAPE_OBJECT;
}

static bool member_rows(const struct style *st, const struct shape_item *item, str indent,
			bool apart, struct rows *rows, const char **why)
{
	struct row row;
	bool blocks = is_blocks(item->value);

	for (size_t i = 0; i < (blocks ? item->value->n : 1); i++) {
		bool ok = blocks ? block_row(st, item->key, item->value->v[i].value, indent, &row,
					     why) :
				   argument_row(st, item, indent, &row, why);

		if (!ok)
			return false;
		row.apart = apart && rows->n && (row.block || rows->v[rows->n - 1].block);
		VEC_PUSH(st->arena, rows, row);
	}
	return true;
}

/* The rows of a statement, at `inner`. */
static bool statement_rows(const struct style *st, const struct node *sibling,
			   const struct shape *document, str inner, struct rows *rows,
			   const char **why)
{
	struct order order = { 0 };

	learn_order(&order, sibling);
	for (size_t i = 0; i < order.n; i++) {
		struct shape_item item = { order.v[i], shape_get(document, order.v[i]) };

		if (item.value && !member_rows(st, &item, inner, blocks_apart(sibling), rows, why))
			return false;
	}
	return true;
}

/* The block of a statement that is there only under a condition. */
static str dynamic_block(const struct style *st, const struct shape *document,
			 const struct rows *content, str indent)
{
	str inner = str_fmt(st->arena, "%.*s%.*s", STR_ARG(indent), STR_ARG(st->unit));
	struct row each = { .key = S("for_each") }, block = { .key = S("content"), .block = true };
	struct rows rows = { 0 };

	each.value = str_fmt(st->arena, "%.*s ? [1] : []", STR_ARG(document->when));
	block.value = braces(st, content, inner);
	block.apart = true;
	VEC_PUSH(st->arena, &rows, each);
	VEC_PUSH(st->arena, &rows, block);
	return str_fmt(st->arena, "dynamic \"statement\" %.*s", STR_ARG(braces(st, &rows, indent)));
}

bool render_statement_block(struct arena *a, const struct node *body, const struct shape *document,
			    str indent, str eol, str *out, const char **why)
{
	const struct node *sibling = richest(body);
	struct rows rows = { 0 };
	struct style st;
	str inner;

	style_init(&st, body->tree, body->start, a);
	st.eol = eol;
	if (sibling) {
		str text = body->tree->file->text;

		learn_lists(&st, sibling->last);
		if (sibling->last->first && at_line_head(text, sibling->last->first->start))
			indent_step(line_indent(text, sibling->last->first->start),
				    line_indent(text, sibling->start), &st.unit);
	}
	inner = str_fmt(a, "%.*s%.*s%.*s", STR_ARG(indent), STR_ARG(st.unit),
			STR_ARG(document->when.n ? st.unit : S("")));
	if (!statement_rows(&st, sibling, document, inner, &rows, why))
		return false;
	*out = document->when.n ? dynamic_block(&st, document, &rows, indent) :
				  str_fmt(a, "statement %.*s", STR_ARG(braces(&st, &rows, indent)));
	return true;
}
