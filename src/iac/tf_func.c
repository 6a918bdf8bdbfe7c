/* SPDX-License-Identifier: MIT */
/*
 * The functions that policies are written with. Each row evaluates one function or declines (NULL);
 * a declined call is carried as its source.
 */
#include "tf_func.h"

#include "kmsfix/buf.h"
#include "kmsfix/vec.h"

/* ---- texts ---- */

static const struct value *built(const struct args *in, struct buf *b, bool ok)
{
	ok &= b->n <= VALUE_MAX_TEXT;
	str text = ok ? str_dup(in->arena, buf_str(b)) : S("");
	buf_free(b);
	return ok ? value_text_new(in->arena, text, in->call) : NULL;
}

static const struct value *call_join(const struct args *in)
{
	str separator, text;
	if (in->n != 2 || !value_text(in->v[0], &separator) || in->v[1]->kind != VALUE_LIST ||
	    in->v[1]->open)
		return NULL;
	const struct value *only = in->v[1]->n == 1 ? value_at(in->v[1], 0) : NULL;
	if (only && value_text(only, &text))
		return only->maybe ? NULL : only->guarded ? value_tried(in->arena, only) : only;
	if (!value_is_ordered(in->v[1]))
		return NULL;
	struct buf b = { 0 };
	bool ok = true;
	for (size_t i = 0; i < in->v[1]->n && ok && b.n <= VALUE_MAX_TEXT; i++) {
		const struct value *item = value_at(in->v[1], i);
		ok = value_text(item, &text);
		if (i && ok)
			buf_add(&b, separator);
		if (ok)
			buf_add(&b, text);
	}
	return built(in, &b, ok);
}

/* One text by a format with plain %s and %d only, which is how ARNs are put together. */
static bool add_format(str spec, const struct value *const *values, size_t n, struct buf *b)
{
	str text;
	size_t next = 0;
	for (size_t i = 0; i < spec.n && b->n <= VALUE_MAX_TEXT; i++) {
		char verb = i + 1 < spec.n ? spec.p[i + 1] : 0;
		if (spec.p[i] != '%') {
			buf_addc(b, spec.p[i]);
			continue;
		}
		i++;
		if (verb == '%') {
			buf_addc(b, '%');
			continue;
		}
		if ((verb != 's' && verb != 'd') || next >= n || !value_text(values[next++], &text))
			return false;
		buf_add(b, text);
	}
	return next == n;
}

static const struct value *call_format(const struct args *in)
{
	struct buf b = { 0 };
	str spec;
	if (!in->n || in->open || !value_text(in->v[0], &spec) || !text_is_literal(spec))
		return NULL;
	return built(in, &b, add_format(spec, in->v + 1, in->n - 1, &b));
}

/* The list by whose elements a text is made: of several, the last, if all go side by side. */
static const struct value *side_by_side(const struct args *in)
{
	const struct value *list = NULL;
	for (size_t i = 1; i < in->n; i++) {
		const struct value *v = in->v[i];
		if (v->kind != VALUE_LIST)
			continue;
		if (!value_is_whole(v) ||
		    (list && (list->n != v->n || !value_is_ordered(list) || !value_is_ordered(v))))
			return NULL;
		list = v;
	}
	return list;
}

/* The same once for each element of its lists, which are of one length. */
static const struct value *call_formatlist(const struct args *in)
{
	struct value_items items = { 0 };
	const struct value *list = side_by_side(in);
	str spec;
	if (!list || in->open || !value_text(in->v[0], &spec) || !text_is_literal(spec))
		return NULL;
	for (size_t k = 0; k < list->n; k++) {
		if (tf_is_spread(list, k))
			return NULL;
		const struct value **row = arena_array(in->arena, in->n, sizeof(*row));
		struct buf b = { 0 };
		for (size_t i = 1; i < in->n; i++)
			row[i - 1] = in->v[i]->kind == VALUE_LIST ? value_at(in->v[i], k) :
								    in->v[i];
		struct value_item item = { .node = in->call };
		item.value = built(in, &b, add_format(spec, row, in->n - 1, &b));
		if (!item.value)
			return NULL;
		VEC_PUSH(in->arena, &items, item);
	}
	struct value *v = value_items_new(in->arena, VALUE_LIST, &items, in->call);
	v->unordered = list->unordered;
	return v;
}

static const struct value *change_case(const struct args *in, char first, char last, int by)
{
	struct buf b = { 0 };
	if (in->n != 1 || !value_is_literal(in->v[0]))
		return NULL;
	str text = in->v[0]->text;
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] >= 0x80)
			return NULL;
		buf_addc(&b, (char)(text.p[i] >= first && text.p[i] <= last ? text.p[i] + by :
									      text.p[i]));
	}
	return built(in, &b, true);
}

static const struct value *call_lower(const struct args *in)
{
	return change_case(in, 'A', 'Z', 'a' - 'A');
}

static const struct value *call_upper(const struct args *in)
{
	return change_case(in, 'a', 'z', 'A' - 'a');
}

/* ---- replace ---- */

/* What replace() looks for: a text, or of regular expressions one set of characters. */
struct pattern {
	str text;
	bool is_set, negated, many;
	bool set[128];
};

static bool is_plain(char c)
{
	return (unsigned char)c < 0x80 && c != '\\' && c != '[' && c != ']' && c != '^' && c != '&';
}

/* `[^a-z0-9]+` and the like: no classes, no escapes. */
static bool read_set(struct pattern *p, str text)
{
	size_t i = 1;
	if (!str_starts(text, S("[")))
		return false;
	p->negated = i < text.n && text.p[i] == '^';
	for (i += p->negated; i < text.n && text.p[i] != ']'; i++) {
		size_t first = (unsigned char)text.p[i], last = first;
		bool range = i + 2 < text.n && text.p[i + 1] == '-' && text.p[i + 2] != ']';
		if (range)
			last = (unsigned char)text.p[i += 2];
		if (!is_plain((char)first) || !is_plain((char)last) || last < first)
			return false;
		for (; first <= last; first++)
			p->set[first] = true;
	}
	p->is_set = p->many = str_eq(str_sub(text, i, text.n), S("]+"));
	p->is_set |= str_eq(str_sub(text, i, text.n), S("]"));
	return p->is_set;
}

static bool read_pattern(struct pattern *p, str text)
{
	bool regular = text.n > 1 && str_starts(text, S("/")) && str_ends(text, S("/"));
	if (regular)
		return read_set(p, str_sub(text, 1, text.n - 1));
	p->text = text;
	return text.n > 0;
}

/* How much of the text is found at `at`; 0: nothing. */
static size_t found_at(const struct pattern *p, str text, size_t at)
{
	size_t end = at;
	if (!p->is_set)
		return str_starts(str_sub(text, at, text.n), p->text) ? p->text.n : 0;
	while (end < text.n && p->set[(unsigned char)text.p[end]] != p->negated &&
	       (p->many || end == at))
		end++;
	return end - at;
}

static bool is_ascii(str text)
{
	for (size_t i = 0; i < text.n; i++)
		if ((unsigned char)text.p[i] >= 0x80)
			return false;
	return true;
}

static const struct value *call_replace(const struct args *in)
{
	struct pattern p = { 0 };
	struct buf b = { 0 };
	str v[3];
	if (in->n != 3)
		return NULL;
	for (size_t i = 0; i < 3; i++)
		if (in->v[i]->maybe || !value_text(in->v[i], &v[i]) || !text_is_literal(v[i]) ||
		    !is_ascii(v[i]))
			return NULL;
	if (!read_pattern(&p, v[1]) || (p.is_set && str_has(v[2], S("$"))))
		return NULL;
	for (size_t i = 0, n; i < v[0].n && b.n <= VALUE_MAX_TEXT; i += n ? n : 1) {
		n = found_at(&p, v[0], i);
		if (n)
			buf_add(&b, v[2]);
		else
			buf_addc(&b, v[0].p[i]);
	}
	return built(in, &b, true);
}

/* Its arguments may change places, as order has no meaning in a policy. */
#define MOVES (1U << 31)
#define LIST (1U << VALUE_LIST)
#define MAP (1U << VALUE_MAP)
#define TEXT (1U << VALUE_TEXT)
#define ANY (MOVES - 1)

static const struct {
	const char *name;
	tf_function *call;
	unsigned total; /* the kinds of arguments for which it never fails; MOVES */
} functions[] = {
	{ "coalesce", call_coalesce, 0 },
	{ "coalescelist", call_coalescelist, 0 },
	{ "compact", call_compact, LIST },
	{ "concat", call_concat, LIST | MOVES },
	{ "contains", call_contains, ANY },
	{ "distinct", call_unordered, LIST },
	{ "element", call_element, 0 },
	{ "file", call_file, ANY },
	{ "flatten", call_flatten, LIST },
	{ "format", call_format, ANY },
	{ "formatlist", call_formatlist, ANY },
	{ "join", call_join, ANY },
	{ "jsondecode", call_jsondecode, ANY },
	{ "jsonencode", call_jsonencode, ANY },
	{ "keys", call_keys, MAP },
	{ "length", call_length, ANY },
	{ "lookup", call_lookup, 0 },
	{ "lower", call_lower, ANY },
	{ "merge", call_merge, MAP },
	{ "nonsensitive", call_same, ANY },
	{ "one", call_one, 0 },
	{ "replace", call_replace, ANY },
	{ "sensitive", call_same, ANY },
	{ "setsubtract", call_setsubtract, LIST },
	{ "setunion", call_setunion, LIST | MOVES },
	{ "sort", call_unordered, LIST },
	{ "templatefile", call_templatefile, 0 },
	{ "tobool", call_same, 0 },
	{ "tolist", call_same, LIST },
	{ "tomap", call_same, MAP },
	{ "tonumber", call_same, 0 },
	{ "toset", call_unordered, LIST },
	{ "tostring", call_same, TEXT },
	{ "try", call_try, 0 },
	{ "upper", call_upper, ANY },
	{ "values", call_values, MAP },
	{ "zipmap", call_zipmap, 0 },
};

/* The last argument of `f(x, y...)` gives its elements. */
static void expand_last(struct args *in)
{
	const struct value *list = in->v[--in->n];
	in->open = list->kind != VALUE_LIST || list->open;
	in->unordered = list->kind == VALUE_LIST && list->n &&
			(!value_is_whole(list) || (list->unordered && list->n > 1));
	for (size_t i = 0; list->kind == VALUE_LIST && i < list->n; i++)
		VEC_PUSH(in->arena, in, value_at(list, i));
}

/* Whether the call, of which those are the arguments as they are written, may be an error. */
static bool may_fail(const struct args *in, unsigned total)
{
	bool safe = !(in->call->flags & FLAG_EXPAND);
	for (size_t i = 0; safe && i < in->n; i++)
		safe = total >> in->v[i]->kind & 1 && tf_is_sure(in->v[i]);
	return !safe;
}

/* What all of an expression is: where that is missing, nothing else is lost with it. */
static const struct node *whole_of(const struct node *n)
{
	n = node_unparen(n);
	while (n->kind == NODE_SEQ && n->first && !n->first->next)
		n = node_unparen(n->first);
	return n;
}

/* Of each argument of try() it is asked whether it may be an error. */
static void add_asked(struct args *in, const struct node *n)
{
	struct tf_state *state = in->scope->module->state;
	struct tf_asking asking = state->asking;
	state->asking = (struct tf_asking){ in->scope, whole_of(n), &in->may_fail[in->n] };
	VEC_PUSH(in->arena, in, tf_eval(in->scope, n));
	state->asking = asking;
}

static void add_arguments(struct args *in, tf_function *call)
{
	if (call == call_try)
		in->may_fail = arena_array(in->arena, node_count(in->call), sizeof(bool));
	for (const struct node *c = in->call->first; c; c = c->next)
		if (in->may_fail)
			add_asked(in, c);
		else
			VEC_PUSH(in->arena, in, tf_eval(in->scope, c));
}

static const struct value *call_row(struct args *in, tf_function *call, unsigned total)
{
	add_arguments(in, call);
	if (in->scope->module->state->asking.scope == in->scope)
		tf_doubt(in->scope, may_fail(in, total));
	if (in->n && (in->call->flags & FLAG_EXPAND))
		expand_last(in);
	return in->unordered && !(total & MOVES) ? NULL : call(in);
}

const struct value *tf_call(struct tf_block *scope, const struct node *call)
{
	struct args in = { .scope = scope, .arena = scope->module->model->arena, .call = call };
	const struct value *v = NULL;
	if (str_eq(call->name, S("element")) && node_count(call) == 2 &&
	    (v = tf_counted_item(scope, call)))
		return v;
	for (size_t i = 0; i < sizeof(functions) / sizeof(*functions); i++)
		if (str_eq(call->name, str_from(functions[i].name))) {
			v = call_row(&in, functions[i].call, functions[i].total);
			break;
		}
	tf_doubt(scope, !v || v->kind == VALUE_UNKNOWN);
	return v;
}
