/* SPDX-License-Identifier: MIT */
/*
 * The shapes of trees, as text. testdata/syntax/<name>.txt holds cases:
 *
 *	== title
 *	source
 *	---
 *	(the tree as an s-expression, or an error)
 *
 * UPDATE=1 writes what came out into the files; review with git diff.
 */
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "tree_check.h"

static void print_source(struct buf *out, str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\n')
			buf_add(out, S("\\n"));
		else
			buf_addc(out, s.p[i]);
	}
}

static void print_flags(struct buf *out, const struct node *n)
{
	static const struct {
		unsigned flag;
		const char *name;
	} names[] = {
		{ FLAG_LEGACY, "legacy" },     { FLAG_EXPAND, "expand" }, { FLAG_OBJECT, "object" },
		{ FLAG_GROUP, "group" },       { FLAG_COND, "cond" },     { FLAG_COLON, "colon" },
		{ FLAG_INDENTED, "indented" }, { FLAG_PLAIN, "plain" },   { FLAG_SINGLE, "single" },
		{ FLAG_LITERAL, "literal" },   { FLAG_FOLDED, "folded" }, { FLAG_FLOW, "flow" },
	};

	for (size_t i = 0; i < COUNT(names); i++)
		if (n->flags & names[i].flag)
			buf_printf(out, " +%s", names[i].name);
}

static const char *op_text(enum node_op op)
{
	static const char *const texts[] = {
		[OP_NONE] = "",  [OP_NOT] = "!", [OP_NEG] = "-", [OP_OR] = "||",
		[OP_AND] = "&&", [OP_EQ] = "==", [OP_NE] = "!=", [OP_LT] = "<",
		[OP_LE] = "<=",  [OP_GT] = ">",  [OP_GE] = ">=", [OP_ADD] = "+",
		[OP_SUB] = "-",  [OP_MUL] = "*", [OP_DIV] = "/", [OP_MOD] = "%",
	};

	return texts[op];
}

static bool shows_source(const struct node *n)
{
	return !n->first && (n->kind == NODE_STRING || n->kind == NODE_HEREDOC ||
			     n->kind == NODE_TEXT || n->kind == NODE_NUMBER);
}

/* A text that is not simply the source. */
static bool shows_text(const struct node *n)
{
	return !n->first && (n->flags & FLAG_DECODED) && !str_eq(node_decoded(n), node_source(n));
}

/* One node on a line, its children indented below it. A comma follows what has one. */
static void print_node(struct buf *out, const struct node *n, unsigned level)
{
	buf_fill(out, ' ', (size_t)level * 2);
	buf_printf(out, "(%s", node_kind_name(n->kind));
	if (n->op)
		buf_printf(out, " %s", op_text(n->op));
	if (node_name2(n).n)
		buf_printf(out, " %.*s,", STR_ARG(node_name2(n)));
	if (n->name.n)
		buf_printf(out, " %.*s", STR_ARG(n->name));
	print_flags(out, n);
	if (shows_source(n)) {
		buf_addc(out, ' ');
		print_source(out, node_source(n));
	}
	if (shows_text(n)) {
		buf_add(out, S(" = "));
		print_source(out, node_decoded(n));
	}
	for (const struct node *c = n->first; c; c = c->next) {
		buf_addc(out, '\n');
		print_node(out, c, level + 1);
	}
	buf_add(out, n->comma ? S("),") : S(")"));
}

static const struct node *find_kind(const struct node *n, enum node_kind kind)
{
	const struct node *found = n->kind == kind ? n : NULL;

	for (const struct node *c = n->first; c && !found; c = c->next)
		found = find_kind(c, kind);
	return found;
}

/* The JSON in the first heredoc. */
static bool parse_heredoc(struct tree **out, const struct file *f, struct arena *a,
			  struct syntax_error *e)
{
	struct tree *host;

	return hcl_parse(&host, f, a, e) &&
	       json_parse_heredoc(out, find_kind(host->root, NODE_HEREDOC), a, e);
}

/* The template in the first string. */
static bool parse_template(struct tree **out, const struct file *f, struct arena *a,
			   struct syntax_error *e)
{
	if (!json_parse(out, f, a, e))
		return false;
	return json_string_template(&(*out)->root, find_kind((*out)->root, NODE_STRING), a, e);
}

/* The JSON in a document that is one block scalar. */
static bool parse_literal(struct tree **out, const struct file *f, struct arena *a,
			  struct syntax_error *e)
{
	struct tree *host;

	return yaml_parse(&host, f, a, e) && json_parse_literal(out, host->root, a, e);
}

/* What Fn::Sub makes of the document. */
static bool parse_sub(struct tree **out, const struct file *f, struct arena *a,
		      struct syntax_error *e)
{
	return yaml_parse(out, f, a, e) && sub_template(&(*out)->root, (*out)->root, a, e);
}

typedef bool parser(struct tree **out, const struct file *f, struct arena *a,
		    struct syntax_error *e);

static str parse_case(struct arena *a, parser *parse, str source)
{
	struct file f = { .path = S("case"), .text = source };
	struct syntax_error e = { 0, "no reason" };
	struct buf out = { 0 };
	struct tree *t;
	str text;

	if (parse(&t, &f, a, &e)) {
		const char *problem = tree_problem(t);

		if (problem)
			test_fail("%s", problem);
		print_node(&out, t->root, 0);
	} else {
		struct position at = file_position(&f, e.offset);

		buf_printf(&out, "error at %zu:%zu: %s", at.line, at.column, e.reason);
	}
	buf_addc(&out, '\n');
	text = str_dup(a, buf_str(&out));
	buf_free(&out);
	return text;
}

/* The part of the file from *at to the line `end` (or the end of the file), which is skipped. */
static str cut(str file, size_t *at, str end)
{
	size_t stop = str_find(file, end, *at);
	str part = str_sub(file, *at, stop == SIZE_MAX ? file.n : stop + 1);

	*at = stop == SIZE_MAX ? file.n : stop + end.n;
	return part;
}

struct corpus {
	const char *name;
	parser *parse;
};

static void run(void **state)
{
	const struct corpus *c = *state;
	struct arena *a = arena_create();
	str path = str_fmt(a, "testdata/syntax/%s.txt", c->name);
	str file = test_read(a, str_z(a, path));
	struct buf updated = { 0 };
	size_t failed = 0, at = 3;

	assert_true(str_starts(file, S("== ")));
	while (at < file.n) {
		str title = cut(file, &at, S("\n"));
		str source = cut(file, &at, S("\n---\n"));
		str want = cut(file, &at, S("\n== "));
		str got = parse_case(a, c->parse, source);

		buf_printf(&updated, "== %.*s%.*s---\n%.*s", STR_ARG(title), STR_ARG(source),
			   STR_ARG(got));
		if (str_eq(got, want))
			continue;
		failed++;
		print_error("%.*sgot:\n%.*s\n", STR_ARG(title), STR_ARG(got));
	}
	if (getenv("UPDATE"))
		test_write(str_z(a, path), buf_str(&updated));
	buf_free(&updated);
	arena_destroy(a);
	if (failed)
		test_fail("%s: %zu cases differ", c->name, failed);
}

int main(void)
{
	static struct corpus hcl = { "hcl", hcl_parse };
	static struct corpus json = { "json", json_parse };
	static struct corpus heredoc = { "heredoc", parse_heredoc };
	static struct corpus template = { "template", parse_template };
	static struct corpus yaml = { "yaml", yaml_parse };
	static struct corpus literal = { "literal", parse_literal };
	static struct corpus sub = { "sub", parse_sub };
	const struct CMUnitTest tests[] = {
		{ "HCL has the trees of testdata", run, NULL, NULL, &hcl },
		{ "JSON has the trees of testdata", run, NULL, NULL, &json },
		{ "JSON in heredocs has the trees of testdata", run, NULL, NULL, &heredoc },
		{ "templates in JSON strings have the trees of testdata", run, NULL, NULL,
		  &template },
		{ "YAML has the trees of testdata", run, NULL, NULL, &yaml },
		{ "JSON in literal blocks has the trees of testdata", run, NULL, NULL, &literal },
		{ "Fn::Sub has the trees of testdata", run, NULL, NULL, &sub },
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
