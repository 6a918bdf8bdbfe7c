/* SPDX-License-Identifier: MIT */
#include "editing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/text.h"

/* JSON in the first heredoc or literal block below `n` that holds some. */
static struct tree *json_below(const struct node *n, struct arena *a)
{
	for (const struct node *c = n->first; c; c = c->next) {
		struct syntax_error error;
		struct tree *t = NULL;

		if (c->kind == NODE_HEREDOC && json_parse_heredoc(&t, c, a, &error))
			return t;
		if (c->flags & FLAG_LITERAL && json_parse_literal(&t, c, a, &error)) {
			if (str_eq(c->name, S("!Sub")))
				t->dialect = DIALECT_SUB;
			return t;
		}
		t = json_below(c, a);
		if (t)
			return t;
	}
	return NULL;
}

/* By the suffix of the path; .yaml and .template are CloudFormation. */
static bool parse_file(struct tree **t, const struct file *f, struct arena *a,
		       struct syntax_error *e)
{
	bool yaml = str_ends(f->path, S(".yaml")), template = str_ends(f->path, S(".template"));
	bool ok;

	if (yaml)
		ok = yaml_parse(t, f, a, e);
	else if (template || str_ends(f->path, S(".json")))
		ok = json_parse(t, f, a, e);
	else
		ok = hcl_parse(t, f, a, e);
	if (ok && (yaml || template))
		(*t)->dialect = DIALECT_CLOUDFORMATION;
	return ok;
}

/* The tree of a file; *inner is that of JSON in a heredoc or block, or the same. */
static void parse(const struct file *f, struct arena *a, const struct tree **inner)
{
	struct syntax_error error = { 0 };
	struct tree *t;

	if (!parse_file(&t, f, a, &error))
		test_fail("byte %zu: %s:\n%.*s", error.offset, error.reason, STR_ARG(f->text));
	*inner = t->lang == LANG_JSON ? NULL : json_below(t->root, a);
	if (!*inner)
		*inner = t;
}

void editing_start(struct editing *e, struct arena *a, const char *path, const char *text)
{
	*e = (struct editing){ .arena = a, .edits.arena = a };
	fileset_add(&e->base, a, str_from(path), str_from(text), 0100644);
	fileset_sort(&e->base);
	e->file = &e->base.files[0];
	parse(e->file, a, &e->tree);
}

static bool is_place(const struct node *n, str source)
{
	enum node_kind k = n->parent->kind;
	bool value = n->kind == NODE_SEQ || n->kind == NODE_MAP;

	return str_starts(node_source(n), source) &&
	       (k == NODE_SEQ || k == NODE_MAP || k == NODE_BODY ||
		(value && (k == NODE_PAIR || k == NODE_ATTR || k == NODE_CALL)));
}

static const struct node *find(const struct node *n, str source)
{
	for (const struct node *c = n->first; c; c = c->next) {
		const struct node *found = is_place(c, source) ? c : find(c, source);

		if (found)
			return found;
	}
	return NULL;
}

const struct node *editing_node(const struct editing *e, const char *source)
{
	const struct node *n = e->tree->root;

	if (n->kind == NODE_BODY || !str_starts(node_source(n), str_from(source)))
		n = find(n, str_from(source));
	if (!n)
		test_fail("no node starts with '%s' in:\n%.*s", source, STR_ARG(e->file->text));
	return n;
}

const struct node *editing_at(const struct editing *e, const char *path)
{
	const struct node *n = e->tree->root;
	str rest = str_from(path);
	bool pair = str_ends(rest, S("!"));

	rest.n -= pair;
	while (rest.n && n) {
		size_t dot = str_find(rest, S("."), 0);
		str step = str_sub(rest, 0, dot);
		const struct node *c = n->first;

		rest = dot == SIZE_MAX ? S("") : str_sub(rest, dot + 1, rest.n);
		if (n->kind == NODE_SEQ) {
			n = node_child(n, (size_t)(step.p[0] - '0'));
			continue;
		}
		for (str key; c && !(pair_key(c, e->arena, &key) && str_eq(key, step));)
			c = c->next;
		n = c && !(pair && rest.n == 0) ? c->last : c;
	}
	if (!n)
		test_fail("nothing is at '%s' in:\n%.*s", path, STR_ARG(e->file->text));
	return n;
}

/* True when terraform would leave the text as it is. */
static bool is_formatted(struct arena *a, str text)
{
	const char *dir = test_mkdir(a);
	const char *path = str_z(a, str_fmt(a, "%s/x.tf", dir));
	const char *const argv[] = { "terraform", "fmt", "-check", path, NULL };
	int status;

	test_write(path, text);
	status = test_run(a, argv).status;
	test_rmdir(a, dir);
	return status == 0;
}

static void judge(struct editing *e, str result)
{
	const char *wanted = getenv("KMSFIX_TERRAFORM");

	if (!wanted || strcmp(wanted, "1") != 0 || !str_ends(e->file->path, S(".tf")))
		return;
	if (is_formatted(e->arena, e->file->text) && !is_formatted(e->arena, result))
		test_fail("terraform fmt would change:\n%.*s", STR_ARG(result));
}

str editing_result(struct editing *e)
{
	struct fileset out = { 0 };
	const struct tree *tree;
	struct err err;

	if (!edits_sort(&e->edits, &err))
		test_fail("%s:\n%.*s", err.msg, STR_ARG(e->file->text));
	edits_tidy(&e->edits);
	if (!edits_sort(&e->edits, &err) || !edits_apply(&out, &e->base, &e->edits, e->arena, &err))
		test_fail("%s", err.msg);
	parse(&out.files[0], e->arena, &tree);
	judge(e, out.files[0].text);
	return out.files[0].text;
}

void editing_expect(struct editing *e, const char *what, const char *want)
{
	str got = editing_result(e);

	if (!str_eq(got, str_from(want)))
		test_fail("%s: got:\n%.*s\nwant:\n%s", what, STR_ARG(got), want);
}

/* Whether a text has the name, and not only one that begins like it. */
static bool has_name(str text, str name)
{
	size_t at = 0;

	while ((at = str_find(text, name, at)) < text.n)
		if (!ascii_is_digit(str_sub(text, at + name.n, text.n).n ? text.p[at + name.n] :
									   ' '))
			return true;
		else
			at += name.n;
	return false;
}

/* The name of the element that the line at `at` begins, e.g. "e12", when it is a map. */
static str map_name(str text, size_t at)
{
	str rest = str_trim(str_sub(text, at, text.n));
	size_t n = 1;

	if (str_starts(rest, S("- ")))
		rest = str_trim(str_sub(rest, 2, rest.n));
	if (!str_starts(rest, S("{")) && !str_starts(rest, S("x:")) && !str_starts(rest, S("!T")))
		return S("");
	while (rest.n > 1 && !(rest.p[0] == 'e' && ascii_is_digit(rest.p[1])))
		rest = str_sub(rest, 1, rest.n);
	while (n < rest.n && ascii_is_digit(rest.p[n]))
		n++;
	return str_sub(rest, 0, n);
}

bool editing_keeps(const struct editing *e, str result, str comment)
{
	str text = e->file->text, name;
	size_t at = str_find(text, comment, 0);

	if (str_has(result, comment))
		return true;
	while (at < text.n && str_starts(str_trim(str_sub(text, at, text.n)), S("#")))
		at = str_find(text, S("\n"), at) + 1;
	name = map_name(text, at);
	return name.n && !has_name(result, name);
}

/* `<x>` made the reference x. */
static str canonical(struct arena *a, str text)
{
	struct buf b = { 0 };
	str out;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		buf_addc(&b, c == '<' ? REF_OPEN : c == '>' ? REF_CLOSE : c);
	}
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static struct shape *shape_of(struct arena *a, const struct node *n)
{
	struct shape *s = n->kind == NODE_MAP ? shape_object(a) : shape_list(a);
	str text;

	if (n->kind == NODE_STRING) {
		assert_true(node_text(n, a, &text));
		return shape_text(a, canonical(a, text));
	}
	for (const struct node *c = n->first; c; c = c->next) {
		if (n->kind == NODE_SEQ) {
			shape_add(a, s, shape_of(a, c));
			continue;
		}
		assert_true(pair_key(c, a, &text));
		shape_set(a, s, canonical(a, text), shape_of(a, c->last));
	}
	return s;
}

struct shape *editing_shape(struct arena *a, const char *json)
{
	struct file *f = ARENA_NEW(a, struct file);
	const struct tree *t;

	*f = (struct file){ .path = S("shape.json"), .text = str_from(json), .mode = 0100644 };
	parse(f, a, &t);
	return shape_of(a, t->root);
}
