/* SPDX-License-Identifier: MIT */
/*
 * Strings of .tf.json files are HCL templates, read by Terraform after the JSON escapes are
 * decoded. Here they are read in place, so an escape may stand for nothing that matters to the
 * template: not for its punctuation, and not for anything inside a `${…}`.
 */
#include "hcl.h"

#include <string.h>

/* Whether the escape at `pos` stands for '$', '%' or '{'. */
static bool escapes_punctuation(const struct hcl *p)
{
	static const char *const codes[] = { "0024", "0025", "007b", "007B" };

	if (p->s[p->pos + 1] != 'u')
		return false;
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (memcmp(p->s + p->pos + 2, codes[i], 4) == 0)
			return true;
	return false;
}

static bool step(struct hcl *p, bool *part)
{
	*part = false;
	if (p->s[p->pos] != '\\')
		return hcl_text_step(p, part);
	if (escapes_punctuation(p)) {
		hcl_fail(p, p->pos, "template punctuation written as a JSON escape");
		return false;
	}
	p->pos += p->s[p->pos + 1] == 'u' ? 6 : 2;
	return true;
}

/* The part at `pos`. A backslash in it is an error that may have shown as another one. */
static bool parse_part(struct hcl *p, struct hcl_template *t)
{
	uint32_t start = p->pos;
	bool ok = hcl_part(p, t);
	size_t end = ok ? p->pos : p->error->offset + 1;
	const char *escape = memchr(p->s + start, '\\', (end < p->end ? end : p->end) - start);

	if (escape) {
		p->error->offset = (size_t)(escape - p->s);
		p->error->reason = "a JSON escape inside a template sequence";
	}
	return ok && !escape;
}

bool json_string_template(struct node **out, const struct node *string, struct arena *a,
			  struct syntax_error *e)
{
	struct hcl p = {
		.s = string->tree->file->text.p,
		.pos = string->start + 1,
		.end = string->end - 1,
		.tree = string->tree,
		.arena = a,
		.error = e,
	};
	struct hcl_template t = { .text = p.pos, .flags = FLAG_JSON | FLAG_TEMPLATE };

	t.node = hcl_node(&p, NODE_STRING, string->start);
	t.node->end = string->end;
	t.node->flags = t.flags;
	t.node->parent = string->parent;
	while (p.pos < p.end) {
		bool part;

		if (!step(&p, &part) || (part && !parse_part(&p, &t)))
			return false;
	}
	if (!hcl_template_finish(&p, &t) || p.failed)
		return false;
	*out = t.node;
	return true;
}
