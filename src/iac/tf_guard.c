/* SPDX-License-Identifier: MIT */
/*
 * Guards: conditions under which blocks, statements and elements are there, as canonical texts, so
 * that a condition that reaches a module through a variable is the same as the one it was written
 * from, whether count or an expression says it (guard.c).
 */
#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "tf_trip.h"
#include "value.h"

static const str NULL_TEXT = { "null", 4 };

static const char *const WHY_NO_CONDITION = "the condition cannot be written as an expression";
static const char *const WHY_NULL = "its condition is null where another caller does not set it";
static const char *const WHY_OTHER = "it would be read back as another condition";

static bool is_number(const struct node *n, const char *text)
{
	return n->kind == NODE_NUMBER && str_eq(node_source(n), str_from(text));
}

bool tf_is_zero_or_one(const struct node *n)
{
	if (n->kind != NODE_COND)
		return false;
	const struct node *then = node_unparen(n->first->next), *other = node_unparen(n->last);
	return (is_number(then, "1") && is_number(other, "0")) ||
	       (is_number(then, "0") && is_number(other, "1"));
}

/* ---- conditions as canonical texts ---- */

static bool is_truth(const struct value *v)
{
	return value_is(v, S("true")) || value_is(v, S("false"));
}

/* An expression, and the block whose names it uses. */
struct said {
	struct tf_block *block;
	const struct node *node;
};

/* The output of one instance of a module that the name is of; NULL for any other. */
static struct tf_block *output_of(const struct said *s)
{
	const struct value *v = tf_eval_unasked(s->block, s->node->first);
	struct tf_module *callee = v->kind == VALUE_OBJECT ? v->owner : NULL;
	return callee ?
		       tf_find(callee, STR_CAT(callee->model->arena, S("output."), s->node->name)) :
		       NULL;
}

/* What the expression is when it is nothing but the name of a local, of a variable that the module
 * is given, or of an output; false for any other. */
static bool named(struct said *s)
{
	str address, rest;
	struct arena *a = s->block->dir->model->arena;
	if (s->node->kind != NODE_GETATTR || !tf_traversal(NULL, s->node, a, &address, &rest))
		return false;
	struct tf_block *to = tf_find(s->block->module, address), *call = s->block->module->call;
	if (to && !to->overridden && str_eq(to->type, S("module"))) {
		to = output_of(s);
		rest = S("");
	}
	if (!to || to->overridden || rest.n)
		return false;
	const struct node *n = str_eq(to->type, S("output")) ? tf_attr(to->body, S("value"), a) :
							       to->expr;
	if (call && str_eq(to->type, S("variable"))) {
		n = tf_attr(call->body, to->name, a);
		to = call;
	}
	if (n)
		*s = (struct said){ to, n };
	return n != NULL;
}

/* The part of the expression that all of its value is: `"${x}"` and tostring(x) are x. */
static const struct node *core_of(struct tf_block *b, const struct node *n)
{
	const struct value *v = tf_eval(b, n);
	return v->kind == VALUE_UNKNOWN && node_is_within(v->origin, n) ? v->origin : n;
}

/* A condition is one however it is said: in parentheses, in quotes, by a name. */
static struct said meant(struct tf_block *b, const struct node *n)
{
	struct said s = { b, n };
	for (size_t hops = 0; hops < TF_MAX_HOPS; hops++) {
		s.node = node_unparen(s.node);
		n = core_of(s.block, s.node);
		if (n != s.node)
			s.node = n;
		else if (!named(&s))
			break;
	}
	return s;
}

/* A literal as it is written, with its type, or a reference; empty for anything else. */
static str operand_text(struct tf_block *b, const struct node *n)
{
	str source = node_source(n), text;
	const struct value *v = tf_eval(b, n);
	bool literal = value_is_literal(v);
	if (n->kind == NODE_LITERAL && str_eq(source, NULL_TEXT))
		return source;
	if (literal && !str_has(source, S("{")) &&
	    (n->kind == NODE_NUMBER || str_starts(source, S("\""))))
		return source;
	return !v->maybe && value_text(v, &text) && text_is_ref(text, NULL) ? text : S("");
}

/* A comparison of what is not known, a reference first. */
static bool is_comparison(struct tf_block *b, const struct node *n, str *x, str *y)
{
	if (n->kind != NODE_BINARY || (n->op != OP_EQ && n->op != OP_NE))
		return false;
	*x = operand_text(b, node_unparen(n->first));
	*y = operand_text(b, node_unparen(n->last));
	if (text_is_literal(*x)) {
		str first = *x;
		*x = *y;
		*y = first;
	}
	return text_is_ref(*x, NULL) && y->n;
}

static str term_text(struct tf_block *b, const struct node *n);

/* How many operands of one condition are looked at, by whatever names; real code has a dozen. A
 * name may lead back to itself, which Terraform refuses, and each of a chain may be there twice. */
#define MAX_OPERANDS 256

static bool is_joined(const struct tf_block *b, const struct node *n)
{
	return n->kind == NODE_BINARY && (n->op == OP_OR || n->op == OP_AND) &&
	       b->module->state->operands < MAX_OPERANDS;
}

/* Adds what an expression of the one operator joins, but for what is known. */
static void add_operands(struct tf_block *b, const struct node *n, enum node_op op,
			 struct strs *out)
{
	struct arena *a = b->dir->model->arena;
	struct said s = meant(b, n);
	b->module->state->operands++;
	if (is_joined(s.block, s.node) && s.node->op == op) {
		add_operands(s.block, s.node->first, op, out);
		add_operands(s.block, s.node->last, op, out);
		return;
	}
	str text = term_text(s.block, s.node);
	if (!text_is_literal(text))
		strs_add_once(a, out, text);
}

/* They have one order, and each that is more than a reference stands in parentheses. */
static str joined_text(struct arena *a, struct strs *operands, enum node_op op)
{
	if (operands->n == 1)
		return operands->v[0];
	strs_sort(operands);
	for (size_t i = 0; i < operands->n; i++)
		if (!text_is_ref(operands->v[i], NULL))
			operands->v[i] = STR_CAT(a, S("("), operands->v[i], S(")"));
	return strs_join(a, operands, op == OP_OR ? S(" || ") : S(" && "));
}

/* What is taken out of a map or list is an expression that stands elsewhere: written again it would
 * be read as the parts that it joins, which are not looked at here. */
static bool is_joined_elsewhere(const struct value *v, const struct node *n)
{
	const struct node *origin = node_unparen(v->origin);
	return !node_is_within(v->origin, n) &&
	       (origin->kind == NODE_BINARY || origin->kind == NODE_UNARY ||
		origin->kind == NODE_COND);
}

/* Parsed expressions nest a limited number of times. */
static str term_text(struct tf_block *b, const struct node *n)
{
	struct arena *a = b->dir->model->arena;
	struct strs all = { 0 };
	str x, y;
	const struct said s = meant(b, n);
	const struct value *v = tf_eval(s.block, s.node);
	b = s.block;
	n = s.node;
	if (is_truth(v))
		return v->text;
	if (is_comparison(b, n, &x, &y))
		return STR_CAT(a, x, n->op == OP_EQ ? S(" == ") : S(" != "), y);
	if (is_joined(b, n))
		add_operands(b, n, n->op, &all);
	if (all.n)
		return joined_text(a, &all, n->op);
	return v->kind == VALUE_UNKNOWN && !is_joined_elsewhere(v, n) ? v->text :
									tf_unknown(b, n)->text;
}

/* A comparison of a text that is one of two is decided by what decides between them. */
static str decided(const struct said *s, bool holds)
{
	const struct node *n = s->node;
	if (n->kind != NODE_BINARY || (n->op != OP_EQ && n->op != OP_NE))
		return S("");
	return tf_same_when(s->block->dir->model->arena, tf_eval(s->block, n->first),
			    tf_eval(s->block, n->last), holds == (n->op == OP_EQ));
}

/* Two ways to say the opposite are one guard. */
static str guard_when(struct tf_block *b, const struct node *cond, bool holds)
{
	struct arena *a = b->dir->model->arena;
	struct said s = meant(b, cond);
	const size_t operands = b->module->state->operands;
	str x, y, text;
	for (size_t hops = 0;
	     hops < TF_MAX_HOPS && s.node->kind == NODE_UNARY && s.node->op == OP_NOT; hops++) {
		holds = !holds;
		s = meant(s.block, s.node->first);
	}
	str inner = decided(&s, holds);
	if (inner.n)
		return inner;
	if (is_comparison(s.block, s.node, &x, &y))
		return tf_guard_of(a, STR_CAT(a, x, S(" == "), y), holds == (s.node->op == OP_EQ));
	text = term_text(s.block, s.node);
	b->module->state->operands = operands;
	return tf_guard_of(a, text, holds);
}

str tf_guard_when(struct tf_block *b, const struct node *cond, bool holds)
{
	struct tf_state *state = b->module->state;
	state->tests++;
	str guard = guard_when(b, cond, holds);
	state->tests--;
	return guard;
}

str tf_guard(struct tf_block *b, const char *argument, const struct node *expr)
{
	struct arena *a = b->dir->model->arena;
	str text;
	if (tf_is_zero_or_one(expr))
		return tf_guard_when(b, expr->first,
				     is_number(node_unparen(expr->first->next), "1"));
	const struct value *v = tf_eval(b, expr);
	if (!value_text(v, &text))
		text = tf_unknown(b, expr)->text;
	return str_fmt(a, "%s = %.*s", argument, STR_ARG(text));
}

/* ---- and as expressions again ---- */

/* It is a name: no operator, no call. */
static bool is_plain(str source)
{
	for (size_t i = 0; i < source.n; i++)
		if (str_has(S(" !<>=?:&|+*/%("), str_sub(source, i, i + 1)))
			return false;
	return true;
}

/*
 * What a condition on a key's policy may refer to: what is given from outside, as what is made may
 * wait for the key. An expression is only said where it is written: elsewhere it would be another.
 */
static bool may_refer(const struct scope *to, str source)
{
	static const char *const given[] = { "var.", "data.", "terraform." };
	static const char *const made[] = { "aws_",   "module.", "local.", "each.",
					    "count.", "self.",   "path." };
	str local, scope = ref_scope(source, &local);
	bool from_outside = false;
	for (size_t i = 0; i < sizeof(given) / sizeof(*given); i++)
		from_outside |= str_starts(local, str_from(given[i]));
	if (is_plain(local))
		return from_outside;
	for (size_t i = 0; i < sizeof(made) / sizeof(*made); i++)
		if (str_has(local, str_from(made[i])))
			return false;
	return str_eq(scope, to->id);
}

/* Terraform fails where null, a list, or a text but "true" and "false" is asked if it holds. */
static bool is_no_condition(struct tf_block *b)
{
	const struct value *v = tf_value(b);
	if (v && v->kind == VALUE_TEXT && text_is_literal(v->text))
		return !is_truth(v);
	return v && v->kind != VALUE_UNKNOWN && v->kind != VALUE_TEXT;
}

static bool may_not_ask(const struct scope *to, str source)
{
	struct tf_module *mod = to->front;
	struct tf_source at;
	return tf_source_of(mod, ref_text(mod->model->arena, source), &at) &&
	       is_no_condition(at.block);
}

/* What is asked in one instance of the module is in the others, where it may be null. */
static bool fails_elsewhere(struct tf_module *to, str local)
{
	struct tf_source at;
	for (size_t i = 0; i < to->dir->modules.n; i++)
		if (tf_source(to->dir->modules.v[i], local, &at) && is_no_condition(at.block))
			return true;
	return false;
}

bool carry_has_guards(const struct scope *to, const struct strs *guards, const struct strs *given)
{
	bool holds, ref;
	str cond, part;
	if (to->unit->language->say)
		return to->unit->language->say(to, guards, given, &part);
	if (guards->n != 1 || !tf_guard_condition(guards->v[0], &cond, &holds))
		return false;
	while (text_next(&cond, &part, &ref))
		if (ref && (!may_refer(to, part) || may_not_ask(to, part)))
			return false;
	return true;
}

/* A condition on its way into an expression. */
struct saying {
	str cond;
	bool holds;    /* or its opposite must */
	bool ref;      /* it is nothing but a reference */
	bool compares; /* a reference and what it is compared with... */
	bool null;     /* ...which is null */
	bool fresh;    /* what it names is not there yet */
};

static bool saying_of(str guard, struct saying *s)
{
	if (!tf_guard_condition(guard, &s->cond, &s->holds))
		return false;
	str cond = s->cond;
	size_t end = cond.n && cond.p[0] == REF_OPEN ? text_ref_end(cond, 0) : 0;
	s->ref = text_is_ref(cond, NULL);
	s->compares = end && str_starts(str_sub(cond, end, cond.n), S(" == "));
	s->null = s->compares && str_eq(str_sub(cond, end + 4, cond.n), NULL_TEXT);
	return true;
}

/* A variable or an output that comes with the edit, which it does for what stands elsewhere. */
static bool is_fresh(struct tf_module *to, str ref, str local)
{
	struct tf_source at;
	str there;
	if (str_eq(ref_scope(ref, &there), to->scope->id))
		return false;
	bool given = str_starts(local, S("var.")) && is_plain(local);
	return str_starts(local, S("module.")) || (given && !tf_source(to, local, &at));
}

static const struct node *parsed(struct arena *a, str expression)
{
	struct file *f = ARENA_NEW(a, struct file);
	struct syntax_error e;
	struct tree *tree;
	*f = (struct file){ .path = S("x.tf"), .text = STR_CAT(a, S("x = "), expression, S("\n")) };
	return hcl_parse(&tree, f, a, &e) ? tree->root->first->first : NULL;
}

/* What is written is the same condition where it is read again. */
static bool reads_as(struct tf_module *to, str guard, str expression)
{
	const struct node *n = parsed(to->model->arena, expression);
	return n && str_eq(tf_guard_when(tf_block_in(to, 0), n, true), guard);
}

/* It is asked for each pair of a policy and a key, and most are under few conditions. */
static bool reads_back(struct tf_module *to, str guard, str expression)
{
	static char yes, no;
	str asked = STR_CAT(to->model->arena, guard, S("\n"), expression);
	char *known = map_find(&to->read_back, asked);
	if (!known) {
		known = reads_as(to, guard, expression) ? &yes : &no;
		map_put(&to->read_back, to->model->arena, asked, known);
	}
	return known == &yes;
}

bool tf_never(const struct scope *there, str condition)
{
	struct tf_module *mod = there->front;
	const struct node *n = parsed(mod->model->arena, condition);
	return n && value_is(tf_eval(tf_block_in(mod, 0), n), S("false"));
}

/* What is more than a name stands in parentheses when something is beside it. */
static enum carried add_reference(struct carrier *c, struct saying *s, str ref,
				  struct tf_module *to, struct buf *out, const char **why)
{
	struct trip t;
	enum carried result = tf_trip(&t, c, ref_text(c->arena, ref), false, to);
	bool whole = s->ref && s->holds && !str_has(t.local, S("?"));
	bool bare = result == CARRIED && (is_plain(t.local) || whole);
	if (result == CARRIED)
		buf_printf(out, bare ? "%.*s" : "(%.*s)", STR_ARG(t.local));
	else if (t.why)
		*why = t.why;
	if (result == CARRIED && s->ref && fails_elsewhere(to, t.local)) {
		*why = WHY_NULL;
		return CARRY_NEVER;
	}
	s->fresh |= result == CARRIED && is_fresh(to, ref, t.local);
	return result;
}

/*
 * Terraform fails where null is asked whether it holds, but not where it is compared. Other calls
 * leave a variable out only then, or where it is the whole condition and false for them.
 */
static enum carried say(struct carrier *c, struct saying *s, struct tf_module *to, struct buf *out,
			const char **why)
{
	enum carried result = CARRIED;
	str cond = s->cond, part;
	bool optional = c->optional, ref;
	c->any = true;
	c->holds = s->ref;
	c->optional &= s->ref || (s->compares && !s->null);
	while (result == CARRIED && text_next(&cond, &part, &ref)) {
		if (ref)
			result = add_reference(c, s, part, to, out, why);
		else if (s->compares && !s->holds && str_starts(part, S(" == ")))
			buf_printf(out, " != %.*s", STR_ARG(str_sub(part, 4, part.n)));
		else
			buf_add(out, part);
	}
	c->any = c->holds = false;
	c->optional = optional;
	return result;
}

enum carried carry_guards(struct carrier *c, const struct strs *guards, const struct scope *to,
			  str *out, const char **why)
{
	static const struct strs none;
	struct buf b = { 0 };
	struct saying s = { 0 };
	*why = WHY_NO_CONDITION;
	if (to->unit->language->say)
		return to->unit->language->say(to, guards, &none, out) ? CARRIED : CARRY_NEVER;
	if (guards->n != 1 || !saying_of(guards->v[0], &s))
		return CARRY_NEVER;
	str guard = guards->v[0];
	bool opposite = !s.holds && !s.compares, parens = opposite && !s.ref;
	buf_printf(&b, "%s%s", opposite ? "!" : "", parens ? "(" : "");
	enum carried result = say(c, &s, to->front, &b, why);
	buf_printf(&b, "%s", parens ? ")" : "");
	*out = str_dup(c->arena, buf_str(&b));
	buf_free(&b);
	if (result != CARRIED || s.fresh || reads_back(to->front, guard, *out))
		return result;
	*why = WHY_OTHER;
	return CARRY_NEVER;
}
