/* SPDX-License-Identifier: MIT */
/*
 * Heredocs: `<<MARKER` or `<<-MARKER` and a newline at once, then lines up to one that holds only
 * the marker and white space. That line must end with a newline, and is looked for only at true
 * line starts: not in what follows a `${…}`. A backslash is just a character.
 */
#include "hcl.h"

#include <string.h>

#include "unicode.h"

/* Whether the line [i, eol) is the closing one. */
static bool line_closes(const struct hcl *p, size_t i, size_t eol, str marker)
{
	str text = { p->s, eol };
	size_t width;

	while ((width = unicode_space(text, i)))
		i += width;
	if (eol - i < marker.n || memcmp(p->s + i, marker.p, marker.n) != 0)
		return false;
	i += marker.n;
	while ((width = unicode_space(text, i)))
		i += width;
	return i == eol;
}

/* A CR that no LF follows, in [i, eol) with an LF at eol. */
static bool has_lone_cr(const struct hcl *p, uint32_t i, uint32_t eol)
{
	const char *cr = memchr(p->s + i, '\r', eol - i);

	return cr && cr + 1 != p->s + eol;
}

/* Reads the rest of a line with its newline; what is inside `${…}` may span more of them. */
static bool scan_line(struct hcl *p, struct hcl_template *t)
{
	while (p->pos < p->end) {
		char c = p->s[p->pos];
		bool part;

		if (c == '\n') {
			p->pos++;
			return true;
		}
		if (c == '\r' && hcl_newline(p) == 0) {
			hcl_fail(p, p->pos, "a carriage return without a newline");
			return false;
		}
		if (!hcl_text_step(p, &part) || (part && !hcl_part(p, t)))
			return false;
	}
	hcl_fail(p, t->node->start, "the heredoc is not closed");
	return false;
}

/* Reads the body and the closing line, without its newline. */
static bool scan_body(struct hcl *p, struct hcl_template *t, str marker)
{
	struct node *n = t->node;

	for (;;) {
		const char *nl = memchr(p->s + p->pos, '\n', p->end - p->pos);
		uint32_t eol = nl ? (uint32_t)(nl - p->s) : p->end;

		if (nl && line_closes(p, p->pos, eol, marker)) {
			if (has_lone_cr(p, p->pos, eol)) {
				hcl_fail(p, p->pos, "a carriage return without a newline");
				return false;
			}
			n->body_end = p->pos;
			if (!hcl_template_finish(p, t))
				return false;
			p->pos = n->end = p->s[eol - 1] == '\r' ? eol - 1 : eol;
			return true;
		}
		if (!scan_line(p, t))
			return false;
	}
}

struct node *hcl_heredoc(struct hcl *p)
{
	struct node *n = hcl_node(p, NODE_HEREDOC, p->pos);
	struct hcl_template t = { .node = n };
	str marker;

	if (!hcl_at(p, S("<<")))
		return hcl_fail(p, p->pos, "expected an expression");
	p->pos += 2;
	if (hcl_at(p, S("-"))) {
		n->flags = FLAG_INDENTED;
		p->pos++;
	}
	marker = hcl_name(p);
	if (marker.n == 0 || hcl_newline(p) == 0)
		return hcl_fail(p, n->start, "expected a heredoc marker and a newline after '<<'");
	p->pos += hcl_newline(p);
	n->body = t.text = p->pos;
	return scan_body(p, &t, marker) ? n : NULL;
}

/* The text of the file, part by part. */
static bool scan_file(struct hcl *p, struct hcl_template *t)
{
	while (p->pos < p->end) {
		bool part;

		if (!hcl_text_step(p, &part) || (part && !hcl_part(p, t)))
			return false;
	}
	t->node->body_end = t->node->end = p->pos;
	return hcl_template_finish(p, t) && !p->failed;
}

bool hcl_parse_template(struct tree **out, const struct file *f, struct arena *a,
			struct syntax_error *e)
{
	struct hcl p = { .s = f->text.p, .arena = a, .error = e };
	struct tree *tree = ARENA_NEW(a, struct tree);
	struct hcl_template t = { 0 };

	if (f->text.n > SYNTAX_MAX_SIZE) {
		hcl_fail(&p, 0, "the file is too large");
		return false;
	}
	tree->file = f;
	tree->lang = LANG_HCL;
	p.tree = tree;
	p.end = (uint32_t)f->text.n;
	t.node = tree->root = hcl_node(&p, NODE_HEREDOC, 0);
	if (!scan_file(&p, &t))
		return false;
	*out = tree;
	return true;
}
