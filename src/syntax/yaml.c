/* SPDX-License-Identifier: MIT */
/*
 * libyaml's scanner gives the tokens, of which the tree is built (yaml_build.c); its parser then
 * has to tell the same story in events (yaml_check.c), or the text is refused. The tokens come
 * first, because their nesting is limited here, and libyaml's own is not.
 */
#include "yaml.h"

#include <string.h>

#include "kmsfix/vec.h"

struct node *yaml_fail(struct yaml *p, uint32_t at, const char *reason)
{
	if (p->error->reason)
		return NULL;
	p->error->offset = at;
	p->error->reason = reason;
	return NULL;
}

void yaml_fail_parser(struct yaml *p, const yaml_parser_t *parser)
{
	uint32_t at = marks_offset(&p->marks, parser->problem_mark.index);

	if (parser->error == YAML_READER_ERROR && parser->problem_offset < p->marks.text.n)
		at = p->marks.bom + (uint32_t)parser->problem_offset;
	yaml_fail(p, at, parser->problem ? parser->problem : "out of memory");
}

/* Line breaks to libyaml that nothing else here takes for one; false when there are any. */
static bool check_breaks(struct yaml *p, str text)
{
	for (size_t i = 0; i < text.n; i++) {
		str rest = str_sub(text, i, i + 3);

		if (text.p[i] != '\r' && (unsigned char)text.p[i] < 0xc2)
			continue;
		if ((rest.p[0] == '\r' && !str_starts(rest, S("\r\n"))) ||
		    str_starts(rest, S("\xc2\x85")) || str_eq(rest, S("\xe2\x80\xa8")) ||
		    str_eq(rest, S("\xe2\x80\xa9"))) {
			yaml_fail(p, (uint32_t)i, "a line break that is not LF or CRLF");
			return false;
		}
	}
	return true;
}

/* Between tokens there may be blanks, line ends and comments. */
static bool note_comments(struct yaml *p, uint32_t start, uint32_t end)
{
	str text = p->tree->file->text;

	for (uint32_t i = start; i < end; i++) {
		struct span c = { i, i };

		if (memchr(" \t\r\n", text.p[i], 4))
			continue;
		if (text.p[i] != '#') {
			yaml_fail(p, i, "this byte is not allowed here");
			return false;
		}
		c.end = (uint32_t)file_line_end(text, i);
		VEC_PUSH(p->arena, &p->comments, c);
		i = c.end;
	}
	return true;
}

bool yaml_next(struct yaml *p)
{
	yaml_token_delete(&p->token);
	if (!yaml_parser_scan(&p->parser, &p->token)) {
		yaml_fail_parser(p, &p->parser);
		return false;
	}
	p->start = marks_offset(&p->marks, p->token.start_mark.index);
	p->end = marks_offset(&p->marks, p->token.end_mark.index);
	if (p->start == p->end && p->token.type != YAML_STREAM_END_TOKEN)
		return true;
	if (!note_comments(p, p->last, p->start))
		return false;
	p->last = p->end;
	return true;
}

bool yaml_start(const struct yaml *p, yaml_parser_t *parser)
{
	str text = p->marks.text;

	if (!yaml_parser_initialize(parser))
		return false;
	yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(parser, (const unsigned char *)(text.p ? text.p : ""), text.n);
	return true;
}

static bool build(struct yaml *p, struct node *stream)
{
	bool ok;

	if (!yaml_start(p, &p->parser)) {
		yaml_fail(p, 0, "out of memory");
		return false;
	}
	ok = yaml_next(p) && yaml_build(p, stream);
	yaml_token_delete(&p->token);
	yaml_parser_delete(&p->parser);
	return ok;
}

bool yaml_parse(struct tree **out, const struct file *f, struct arena *a, struct syntax_error *e)
{
	struct yaml p = { .arena = a, .error = e, .tree = ARENA_NEW(a, struct tree) };
	struct node *stream;

	*e = (struct syntax_error){ 0 };
	*p.tree = (struct tree){ .file = f, .lang = LANG_YAML };
	if (f->text.n > YAML_MAX_SIZE) {
		yaml_fail(&p, 0, "the file is too large");
		return false;
	}
	if (!check_breaks(&p, f->text))
		return false;
	marks_init(&p.marks, f->text, a);
	p.last = p.marks.bom;
	stream = node_new(a, p.tree, NODE_STREAM, p.marks.bom);
	if (!build(&p, stream) || !yaml_check(&p, stream))
		return false;
	p.tree->root = stream;
	if (stream->first && stream->first == stream->last) {
		p.tree->root = stream->first;
		p.tree->root->parent = NULL;
	}
	p.tree->comments = p.comments.v;
	p.tree->comment_count = p.comments.n;
	*out = p.tree;
	return true;
}
