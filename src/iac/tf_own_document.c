/* SPDX-License-Identifier: MIT */
/*
 * A data block of its own for a key whose policy document or text others use as well, or is a file
 * that no reference can be written into: it has that as its source [11.10], so that a statement can
 * be added for this key alone.
 */
#include "tf_func.h"

#include "document.h"
#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"

#define DATA "data.aws_iam_policy_document"

static bool is_loaded(const struct value *v)
{
	return v->kind == VALUE_FILE || v->kind == VALUE_TEMPLATE;
}

/* What loads a file may take several lines: all it needs is one indent deep in either block. */
static bool can_move(const struct node *expr, const struct value *v)
{
	str text = node_source(expr);
	return !str_has(text, S("\n")) || (is_loaded(v) && !str_has(text, S("<<")));
}

/* The arguments of a block that is one of many are not those of a single data block. */
static bool is_plain(const struct tf_block *b, const struct node *expr, const struct value *v)
{
	return b->repeat == TF_SINGLE && !b->base && !b->overridden && b->body->kind == NODE_BODY &&
	       expr->tree->lang == LANG_HCL && !expr->tree->host && can_move(expr, v);
}

/* "3.27.1", "~> 2.70": the numbers of the first version in a constraint. */
static size_t numbers(str text, unsigned out[3])
{
	size_t n = 0;
	for (size_t i = 0; i < text.n && n < 3; i++) {
		if (!ascii_is_digit(text.p[i]))
			continue;
		for (out[n] = 0; i < text.n && ascii_is_digit(text.p[i]); i++)
			out[n] = out[n] < 10000 ? out[n] * 10 + (unsigned)(text.p[i] - '0') :
						  out[n];
		n++;
		if (i == text.n || text.p[i] != '.')
			break;
	}
	return n;
}

/* The constraint allows no provider that knows source_policy_documents, which came with 3.28. */
static bool is_older(str constraint)
{
	unsigned v[3];
	str text = str_trim(constraint);
	size_t n = numbers(text, v);
	bool open = str_starts(text, S(">")) || str_starts(text, S("!"));
	bool fixed = n == 3 || !str_starts(text, S("~>"));
	return n && !open && (v[0] < 3 || (v[0] == 3 && fixed && (n == 1 || v[1] < 28)));
}

bool tf_asks_for_older(struct tf_dir *dir)
{
	struct arena *a = dir->model->arena;
	struct nodes lists = { 0 };
	str text;
	tf_settings(dir, S("required_providers"), &lists, NULL);
	for (size_t i = 0; i < lists.n; i++) {
		const struct node *aws = tf_attr(lists.v[i], S("aws"), a);
		if (aws && aws->kind == NODE_MAP)
			aws = tf_attr(aws, S("version"), a);
		if (aws && node_text(aws, a, &text) && is_older(text))
			return true;
	}
	return false;
}

/* The new block has no provider argument: the module's own provider must be one in use here. */
static bool has_provider(const struct tf_block *b, const struct tf_block *data)
{
	struct arena *a = b->module->model->arena;
	const struct tf_block *witness = data->module == b->module ? data : b;
	return !tf_attr(witness->body, S("provider"), a);
}

/* The data block that the value is the text of, or the first of those it is one of; NULL when a
 * text is something else, or no source for another one. */
static struct tf_block *source_of(struct tf_block *b, const struct value *v)
{
	if (v->kind == VALUE_UNKNOWN && v->n == 2) {
		struct tf_block *data = source_of(b, value_at(v, 0));
		return data && source_of(b, value_at(v, 1)) ? data : NULL;
	}
	if (v->kind != VALUE_DOCUMENT || !has_provider(b, v->owner))
		return NULL;
	const struct document *d = tf_document(v->owner);
	return d->issues.n || !str_eq(d->version, S("2012-10-17")) ? NULL : v->owner;
}

/* ---- texts that the provider reads as they are ---- */

/* In quotes of JSON that a file of its own says, whatever they hold is one. */
static bool is_quoted(const struct node *n)
{
	const struct node *text = n && n->kind == NODE_PAIR ? n->last : n;
	return text && text->kind == NODE_STRING && text->tree->lang == LANG_JSON &&
	       !tf_is_config(text->tree->file->path);
}

/* It drops a condition with a number or truth, and fails at other values that are no strings. */
static bool is_text(const struct value_item *item)
{
	const struct value *v = item->value;
	return is_quoted(item->node) || (!v->tried && !value_is_scalar(v) && tf_is_attribute(v));
}

static bool is_string(const struct value_item *item)
{
	return !item->value->maybe && is_text(item);
}

/* `${jsonencode([for x in … : "a-${x}"])}`: whatever is in the list, it is strings. */
static bool is_loop_of_strings(const struct node *n)
{
	n = n && n->kind == NODE_PAIR ? n->last : n;
	while (n && n->first == n->last &&
	       (n->kind == NODE_INTERP ||
		(n->kind == NODE_CALL && str_eq(n->name, S("jsonencode")))))
		n = n->first;
	if (!n || n->kind != NODE_FOR || n->flags & FLAG_OBJECT)
		return false;
	n = n->first->next;
	return n->kind == NODE_STRING &&
	       (n->first != n->last || !n->first || n->first->kind == NODE_TEXT);
}

static bool is_strings(const struct value_item *item)
{
	const struct value *v = item->value;
	if (is_loop_of_strings(item->node))
		return !v->maybe;
	if (v->kind != VALUE_LIST)
		return is_string(item);
	for (size_t i = 0; i < v->n; i++)
		if (!is_text(value_item(v, i)))
			return false;
	return value_is_known_list(v);
}

static bool is_map_of(const struct value_item *item, bool (*each)(const struct value_item *))
{
	const struct value *v = item->value;
	for (size_t i = 0; v->kind == VALUE_MAP && i < v->n; i++)
		if (!each(value_item(v, i)))
			return false;
	return v->kind == VALUE_MAP && !v->open && !v->covered && !v->maybe;
}

static bool is_operator(const struct value_item *item)
{
	return is_map_of(item, is_strings);
}

static bool is_conditions(const struct value_item *item)
{
	return is_map_of(item, is_operator);
}

static bool is_principals(const struct value_item *item)
{
	return is_string(item) || is_map_of(item, is_strings);
}

/* Of two statements with one Sid it takes one, or fails. */
static bool is_only(struct arena *a, struct strs *sids, const struct value_item *sid)
{
	str text = sid->value->text;
	bool known = is_string(sid) && value_is_literal(sid->value) && !strs_has(sids, text);
	strs_add(a, sids, text);
	return known;
}

static bool is_read_whole(struct arena *a, struct strs *sids, const struct value *statement)
{
	static const struct {
		const char *key;
		bool (*is)(const struct value_item *);
	} parts[] = { { "Principal", is_principals },
		      { "NotPrincipal", is_principals },
		      { "Condition", is_conditions } };
	const struct value_item *sid = value_get(statement, S("Sid")), *item;
	if (!value_is_plain_map(a, statement) || (sid && !is_only(a, sids, sid)))
		return false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		item = value_get(statement, str_from(parts[i].key));
		if (item && !parts[i].is(item))
			return false;
	}
	return true;
}

/* jsonencode() of a policy or a file with one, of which the provider makes the same when it is a
 * source. */
static bool is_source(struct tf_block *b, const struct policy *p, const struct value *v)
{
	struct arena *a = b->module->model->arena;
	struct reader r = tf_reader(b);
	const struct value *map = v->kind == VALUE_JSON || is_loaded(v) ? document_map(&r, v) :
									  NULL;
	const struct value_item *list = map && map->kind == VALUE_MAP ?
						value_get(map, S("Statement")) :
						NULL;
	struct strs sids = { 0 };
	if (!list || !value_is_known_list(list->value) || v->maybe || p->otherwise || p->open ||
	    p->documents.n != 1 || p->documents.v[0]->issues.n ||
	    !str_eq(p->documents.v[0]->version, S("2012-10-17")) || !has_provider(b, b))
		return false;
	for (size_t i = 0; i < list->value->n; i++)
		if (!is_read_whole(a, &sids, value_at(list->value, i)))
			return false;
	return true;
}

void tf_own_document(struct tf_block *b, struct policy *p, const struct node *expr,
		     const struct value *v)
{
	struct arena *a = b->module->model->arena;
	const struct tf_block *data = source_of(b, v);
	if (!is_plain(b, expr, v) || (!data && !is_source(b, p, v)))
		return;
	for (const struct tf_module *m = b->module; m; m = m->parent)
		if (m->dir->older)
			return;
	struct document *d = p->key->own = ARENA_NEW(a, struct document);
	str name = tf_unused_name(b->module, DATA, b->name);
	str address = STR_CAT(a, S(DATA "."), name);
	map_put(&b->module->promised, a, address, d);
	d->scope = b->module->scope;
	d->unit = d->scope->unit;
	d->address = tf_address(b->module, address);
	d->node = expr;
	d->file = b->file;
	d->version = S("2012-10-17");
	d->site = (struct site){ .kind = SITE_OWN_DOCUMENT,
				 .node = expr,
				 .scope = d->scope,
				 .name = str_z(a, name),
				 .like = data && data->body->kind == NODE_BODY ? data->body :
										 b->body,
				 .guards = b->guards };
	VEC_PUSH(a, &d->uses, p);
}

/* ---- keys of one block ---- */

void tf_own_documents_agree(struct model *m)
{
	struct map lacking = { 0 };
	for (size_t i = 0; i < m->keys.n; i++)
		if (!m->keys.v[i]->own && m->keys.v[i]->argument)
			map_put_at(&lacking, m->arena, m->keys.v[i]->argument, m);
	for (size_t i = 0; i < m->keys.n; i++)
		if (m->keys.v[i]->own && map_find_at(&lacking, m->keys.v[i]->argument)) {
			m->keys.v[i]->own = NULL;
			m->keys.v[i]->crowded = true;
		}
}
