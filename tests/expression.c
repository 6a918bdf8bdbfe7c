/* SPDX-License-Identifier: MIT */
#include "expression.h"

#include "kmsfix/buf.h"
#include "kmsfix/iac.h"
#include "pipeline.h"
#include "support.h"

static str show(const struct elements *list, struct arena *a)
{
	struct buf b = { 0 };
	str text;

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&b, "%s%s%.*s", i ? " " : "", list->v[i].maybe ? "?" : "",
			   STR_ARG(text_readable(a, list->v[i].text)));
	if (list->open)
		buf_printf(&b, "%s...", b.n ? " " : "");
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

static str worth(const char *file, str code, struct arena *a)
{
	struct fileset files = { 0 };
	const struct model *m;

	fileset_add(&files, a, str_from(file), code, 0100644);
	fileset_sort(&files);
	m = pipeline_model(&files, a);
	for (size_t i = 0; i < m->statements.n; i++)
		if (m->statements.v[i]->resources.n)
			return show(&m->statements.v[i]->actions, a);
	return S("no statement");
}

/* The code with the text in the place of its %s. */
static str filled(const char *code, const char *text, struct arena *a)
{
	str all = str_from(code);
	size_t at = str_find(all, S("%s"), 0);

	assert_true(at != SIZE_MAX);
	return STR_CAT(a, str_sub(all, 0, at), str_from(text), str_sub(all, at + 2, all.n));
}

void expressions_check(const struct expression *rows, size_t n, const char *file, const char *code,
		       bool (*is_source)(str shown, str text))
{
	for (size_t i = 0; i < n; i++) {
		const struct expression *r = &rows[i];
		struct arena *a = arena_create();
		str is = worth(file, filled(code, r->text, a), a);

		if (r->worth ? !str_eq(is, str_from(r->worth)) : !is_source(is, str_from(r->text)))
			test_fail("%s: %.*s", r->text, STR_ARG(is));
		arena_destroy(a);
	}
}

bool expression_is_source(str shown, str text)
{
	return str_eq(shown, text) || str_eq(shown, str_sub(text, 1, text.n - 1));
}
