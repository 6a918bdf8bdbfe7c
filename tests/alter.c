/* SPDX-License-Identifier: MIT */
#include "alter.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* `@` stands for what was there, `#` for something else of its kind in the file. */
static const char *const hcl_values[] = {
	"var.unknown",
	"null",
	"\"\"",
	"[]",
	"{}",
	"\"*\"",
	"5",
	"true",
	"[@]",
	"(@)",
	"\"${@}\"",
	"\"a${@}b\"",
	"@...",
	"[@, @]",
	"[@, var.unknown]",
	"var.unknown ? @ : null",
	"true ? @ : #",
	"var.unknown ? @ : #",
	"try(@, null)",
	"[for x in @ : x]",
	"[for x in @ : x if x != \"\"]",
	"{ for k, v in @ : k => v }",
	"jsonencode(@)",
	"jsondecode(@)",
	"merge(@, var.unknown)",
	"merge(@, #)",
	"concat(@, var.unknown)",
	"concat(@, #)",
	"distinct(flatten([@]))",
	"toset(@)",
	"element(@, 0)",
	"@[0]",
	"@[*]",
	"one(@[*])",
	"@[var.unknown]",
	"@[\"a\"]",
	"@.arn",
	"@.id",
	"@.name",
	"each.value",
	"each.key",
	"count.index",
	"self.arn",
	"module.none.arn",
	"module.none",
	"local.none",
	"data.aws_caller_identity.none.account_id",
	"data.none.none.arn",
	"path.module",
	"terraform.workspace",
	"lower(@)",
	"replace(@, \"a\", \"b\")",
	"format(\"%s\", @)",
	"join(\",\", [@])",
	"split(\",\", @)",
	"trimspace(@)",
	"coalesce(@, #)",
	"compact([@])",
	"keys(@)",
	"values(@)",
	"lookup(@, \"a\", #)",
	"file(@)",
	"templatefile(@, {})",
	"sensitive(@)",
	"tostring(@)",
	"none(@)",
	"#",
	"#",
	"#",
	"#",
	"-@",
	"!@",
	"@ == #",
	"@ && var.unknown",
	"@ + 1",
	"<<EOT\n${@}\nEOT\n",
	"provider::none::f(@)",
	"slice(@, 0, 1)",
	"setproduct(@, #)",
	"zipmap(@, #)",
	"length(@)",
	"contains(@, #)",
	"substr(@, 0, 3)",
	"regex(\"a\", @)",
	"range(2)",
	"tolist(@)",
	"tomap(@)",
	"can(@)",
};

static const char *const json_values[] = {
	"null",
	"\"\"",
	"[]",
	"{}",
	"\"*\"",
	"5",
	"true",
	"[@]",
	"[@, @]",
	"[@, #]",
	"{\"a\": @}",
	"#",
	"#",
	"#",
	"{\"Ref\": \"None\"}",
	"{\"Fn::Sub\": @}",
	"{\"Fn::GetAtt\": @}",
	"{\"Ref\": @}",
	"{\"Fn::If\": [\"C\", @, {\"Ref\": \"AWS::NoValue\"}]}",
	"{\"Fn::Join\": [\"\", [@]]}",
	"{\"Fn::ImportValue\": @}",
	"\"${var.unknown}\"",
	"\"${None}\"",
	"{\"Fn::Select\": [0, [@, #]]}",
	"{\"Fn::Transform\": @}",
};

static const char *const template_values[] = {
	"${var.unknown}",
	"\"${var.unknown}\"",
	"null",
	"\"\"",
	"[]",
	"{}",
	"\"*\"",
	"[@]",
	"[@, @]",
	"[@, #]",
	"#",
	"#",
	"\"$${a}\"",
	"5",
	"\"\\u002a\"",
};

static const char *const yaml_values[] = {
	"~",
	"''",
	"[]",
	"{}",
	"\"*\"",
	"5",
	"true",
	"[@]",
	"[@, #]",
	"#",
	"#",
	"#",
	"!Ref None",
	"!Ref AWS::NoValue",
	"!GetAtt None.Arn",
	"!Sub '${None}'",
	"!Sub @",
	"!Ref @",
	"!GetAtt @",
	"!If [C, @, !Ref AWS::NoValue]",
	"!If [C, @, #]",
	"!Join ['', [@]]",
	"!ImportValue @",
	"!Select [0, [@, #]]",
	"!None @",
	"&a @",
	"*a",
	"!Split [',', @]",
	"!FindInMap [M, a, b]",
	"!Base64 @",
	"{Fn::If: [C, @, #]}",
	"{Ref: @}",
	"${self:custom.none}",
	"${file(none.yml)}",
	"${env:NONE}",
	"{'Fn::Sub': [@, {A: #}]}",
	"!Cidr [@, 1, 2]",
	"!Equals [@, #]",
};

/* What a block may begin with besides. */
static const char *const hcl_arguments[] = {
	"count = 0",
	"count = 1",
	"count = 2",
	"count = var.unknown",
	"count = var.unknown ? 1 : 0",
	"for_each = { a = 1, b = 2 }",
	"for_each = toset([\"a\"])",
	"for_each = var.unknown",
	"provider = aws.other",
	"depends_on = [aws_kms_key.none]",
	"lifecycle {\nignore_changes = all\n}",
	"lifecycle {\nignore_changes = [policy]\n}",
	"policy = null",
	"path = \"/a/\"",
	"name_prefix = \"a\"",
	"statement {\n}",
	"permissions_boundary = var.unknown",
	"multi_region = true",
	"effect = \"Deny\"",
	"dynamic \"statement\" {\nfor_each = var.unknown\ncontent {\n}\n}",
	"inline_policy {\n}",
	"managed_policy_arns = []",
	"source = \"none\"",
	"condition {\ntest = \"Null\"\nvariable = \"aws:PrincipalTag/a\"\nvalues = [\"b\"]\n}",
};

static const char *const yaml_members[] = {
	"Condition: C",
	"DependsOn: None",
	"DeletionPolicy: Retain",
	"Policies: []",
	"PermissionsBoundary: !Ref None",
	"ManagedPolicyArns: [!Ref None]",
	"Roles: [a]",
	"Fn::If: [C, {}, {}]",
	"Fn::Transform: a",
	"<<: {a: b}",
	"Sid: a",
	"RoleName: a",
	"Effect: Deny",
	"NotAction: a",
	"Condition: {StringEquals: {a: b}}",
	"Users: [a]",
};

struct altered {
	struct arena *arena;
	const struct file *file;
	uint64_t *seed;
	struct buf out;
};

struct picks {
	const struct node **v;
	size_t n, cap;
};

size_t alter_random(uint64_t *seed, size_t limit)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return limit ? (size_t)((*seed >> 11) % limit) : 0;
}

/* All nodes of a tree that have bytes; those it shares with another are the other's. */
static void collect(struct arena *a, struct picks *all, const struct node *n,
		    const struct node *like)
{
	if (n->end > n->start && (!like || (n->kind == like->kind && n != like)))
		VEC_PUSH(a, all, n);
	for (const struct node *c = n->first; c; c = c->next) {
		if (c->tree == n->tree)
			collect(a, all, c, like);
	}
}

/* One of the nodes of a tree, of the kind of `like`, if there is one. */
static const struct node *pick(struct altered *c, const struct node *root, const struct node *like)
{
	struct picks all = { 0 };
	collect(c->arena, &all, root, like);
	return all.n ? all.v[alter_random(c->seed, all.n)] : like;
}

static bool is_expression(const struct node *n)
{
	switch (n->kind) {
	case NODE_BODY:
	case NODE_BLOCK:
	case NODE_LABEL:
	case NODE_ATTR:
	case NODE_PAIR:
	case NODE_TEXT:
	case NODE_INTERP:
	case NODE_DIRECTIVE:
	case NODE_ITEM:
	case NODE_STREAM:
		return false;
	default:
		return true;
	}
}

/* `form` in place of the node. */
static void put_form(struct altered *c, const struct node *n, const char *form)
{
	const struct node *root = n->tree->root;
	buf_add(&c->out, str_sub(c->file->text, 0, n->start));
	for (; *form; form++) {
		if (*form == '@')
			buf_add(&c->out, node_source(n));
		else if (*form == '#')
			buf_add(&c->out, node_source(pick(c, root, n)));
		else
			buf_addc(&c->out, *form);
	}
	buf_add(&c->out, str_sub(c->file->text, n->end, c->file->text.n));
}

/* The text with `between` put at an offset in place of what ends at `end`. */
static void put(struct altered *c, size_t start, size_t end, str between)
{
	buf_add(&c->out, str_sub(c->file->text, 0, start));
	buf_add(&c->out, between);
	buf_add(&c->out, str_sub(c->file->text, end, c->file->text.n));
}

static str one_of(struct altered *c, const char *const *list, size_t n)
{
	return str_from(list[alter_random(c->seed, n)]);
}

static size_t line_start(str text, size_t at)
{
	while (at && text.p[at - 1] != '\n')
		at--;
	return at;
}

/* The offset after a node, a comma and the line ending. */
static size_t after(const struct node *n, str text)
{
	size_t at = n->comma ? n->comma + 1 : n->end;
	while (at < text.n && text.p[at] == ' ')
		at++;
	return at < text.n && text.p[at] == '\n' ? at + 1 : at;
}

/* Not there, or there twice. */
static void drop_or_double(struct altered *c, const struct node *n)
{
	str text = c->file->text;
	size_t start = n->mark && n->tree->lang == LANG_YAML && n->parent->kind == NODE_SEQ ?
			       n->mark :
			       n->start;
	size_t end = after(n, text);
	if (alter_random(c->seed, 2))
		put(c, start, end, S(""));
	else
		put(c, end, end, str_sub(text, line_start(text, start), end));
}

static void alter_hcl(struct altered *c, const struct node *n)
{
	str more;
	if (n->kind == NODE_BLOCK && alter_random(c->seed, 3)) {
		more = one_of(c, hcl_arguments, COUNT(hcl_arguments));
		put(c, n->body + 1, n->body + 1, str_fmt(c->arena, "\n%.*s\n", STR_ARG(more)));
	} else if (n->kind == NODE_BLOCK || n->kind == NODE_ATTR || n->kind == NODE_PAIR) {
		drop_or_double(c, n);
	} else if (is_expression(n)) {
		put_form(c, n, one_of(c, hcl_values, COUNT(hcl_values)).p);
	} else {
		put_form(c, n, "#");
	}
}

static void alter_json(struct altered *c, const struct node *n)
{
	bool template = n->tree->host && n->tree->host->kind == NODE_HEREDOC;
	if (n->kind == NODE_PAIR)
		drop_or_double(c, n);
	else if (!is_expression(n))
		put_form(c, n, "#");
	else if (template)
		put_form(c, n, one_of(c, template_values, COUNT(template_values)).p);
	else
		put_form(c, n, one_of(c, json_values, COUNT(json_values)).p);
}

static void alter_yaml(struct altered *c, const struct node *n)
{
	str text = c->file->text, more;
	size_t indent = n->start - line_start(text, n->start);
	if (n->kind == NODE_PAIR && alter_random(c->seed, 2)) {
		more = one_of(c, yaml_members, COUNT(yaml_members));
		put(c, n->start, n->start,
		    str_fmt(c->arena, "%.*s\n%*s", STR_ARG(more), (int)indent, ""));
	} else if (n->kind == NODE_PAIR ||
		   (n->parent && n->parent->kind == NODE_SEQ && alter_random(c->seed, 2))) {
		drop_or_double(c, n);
	} else if (is_expression(n)) {
		put_form(c, n, one_of(c, yaml_values, COUNT(yaml_values)).p);
	} else {
		put_form(c, n, "#");
	}
}

static bool parse(struct tree **tree, const struct file *f, struct arena *a)
{
	struct syntax_error e;
	if (str_ends(f->path, S(".tf")))
		return hcl_parse(tree, f, a, &e);
	if (str_ends(f->path, S(".json")))
		return json_parse(tree, f, a, &e);
	return (str_ends(f->path, S(".yml")) || str_ends(f->path, S(".yaml"))) &&
	       yaml_parse(tree, f, a, &e);
}

/* The JSON in a heredoc or block, if the node is one. */
static const struct node *inside(struct altered *c, const struct node *n)
{
	struct tree *tree;
	struct syntax_error e;
	if (n->kind == NODE_HEREDOC && json_parse_heredoc(&tree, n, c->arena, &e))
		return pick(c, tree->root, NULL);
	if (n->kind == NODE_STRING && n->flags & FLAG_LITERAL &&
	    json_parse_literal(&tree, n, c->arena, &e))
		return pick(c, tree->root, NULL);
	return n;
}

str alter_text(const struct file *f, uint64_t *seed, struct arena *a)
{
	struct altered c = { .arena = a, .file = f, .seed = seed };
	struct tree *tree;
	const struct node *n;
	str out;
	if (!f->text.n || !parse(&tree, f, a) || !(n = pick(&c, tree->root, NULL)))
		return f->text;
	n = alter_random(seed, 4) ? inside(&c, n) : n;
	if (n->tree->lang == LANG_HCL)
		alter_hcl(&c, n);
	else if (n->tree->lang == LANG_JSON)
		alter_json(&c, n);
	else
		alter_yaml(&c, n);
	out = str_dup(a, buf_str(&c.out));
	buf_free(&c.out);
	return out;
}
