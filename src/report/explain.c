/* SPDX-License-Identifier: MIT */
/*
 * The long texts are in one file, in which every line "= CODE" starts a section and every line
 * "why:" a part. A code without a section still has the title and the advice of its row.
 */
#include "kmsfix/explain.h"

#include "kmsfix/check.h"
#include "kmsfix/file.h"
#include "kmsfix/plan.h"
#include "kmsfix/template_text.h"

static const str controls[] = {
	{ "KMS.1", 5 },
	{ "KMS.2", 5 },
	{ CODE_BACK, sizeof(CODE_BACK) - 1 },
	{ CODE_DROPPED, sizeof(CODE_DROPPED) - 1 },
	{ CODE_UNREAD, sizeof(CODE_UNREAD) - 1 },
};

#define CONTROLS (sizeof(controls) / sizeof(*controls))

size_t explain_count(void)
{
	return CONTROLS + hold_code_count;
}

static str code_at(size_t i)
{
	return i < CONTROLS ? controls[i] : str_from(hold_codes[i - CONTROLS].code);
}

static str long_texts(void)
{
	for (size_t i = 0; i < page_count; i++) {
		if (str_eq(page_texts[i].name, S("explain.txt")))
			return page_texts[i].text;
	}
	return (str){ 0 };
}

/* The part that a line starts, or NULL. */
static str *find_part(struct explanation *e, str line)
{
	const struct {
		str name;
		str *part;
	} parts[] = {
		{ S("what:"), &e->what },
		{ S("why:"), &e->why },
		{ S("do:"), &e->action },
		{ S("example:"), &e->example },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (str_eq(parts[i].name, line))
			return parts[i].part;
	}
	return NULL;
}

/* Reads the parts of the code's section: lines, without blank ones behind them. */
static void read_section(struct explanation *e)
{
	str text = long_texts(), *part = NULL;
	bool inside = false;

	for (size_t at = 0, end; at < text.n; at = end + 1) {
		str line;

		end = file_line_end(text, at);
		line = str_sub(text, at, end);
		if (str_starts(line, S("= "))) {
			inside = str_eq(str_sub(line, 2, line.n), e->code);
			part = NULL;
		} else if (inside && find_part(e, line)) {
			part = find_part(e, line);
			*part = str_sub(text, end + 1, end + 1);
		} else if (part && line.n) {
			part->n = (size_t)(line.p + line.n - part->p);
		}
	}
}

struct explanation explain_at(size_t i)
{
	struct explanation e = { .code = code_at(i) };

	read_section(&e);
	e.what = i < CONTROLS ? str_trim(e.what) : str_from(hold_codes[i - CONTROLS].title);
	return e;
}

size_t explain_find(str code)
{
	for (size_t i = 0; i < explain_count(); i++) {
		if (str_eq_fold(code_at(i), code))
			return i;
	}
	return SIZE_MAX;
}

static void add_part(struct buf *out, str heading, str part)
{
	if (!part.n)
		return;
	buf_addc(out, '\n');
	buf_add(out, heading);
	buf_add(out, S(":\n"));
	buf_add(out, part);
	buf_addc(out, '\n');
}

void explain_print(struct buf *out, size_t i)
{
	struct explanation e = explain_at(i);
	bool held = i >= CONTROLS;
	const char *unlock = held ? hold_codes[i - CONTROLS].unlock : NULL;

	buf_printf(out, "%.*s: %.*s\n", STR_ARG(e.code), STR_ARG(e.what));
	add_part(out, held ? S("Why it is held") : S("What it looks at"), e.why);
	add_part(out, S("What to do"), e.action);
	if (!e.action.n && unlock)
		buf_printf(out, "\nWhat to do:\n  %s\n", unlock);
	add_part(out, S("Example"), e.example);
}

void explain_list(struct buf *out)
{
	size_t width = 0;

	for (size_t i = 0; i < explain_count(); i++)
		width = code_at(i).n > width ? code_at(i).n : width;
	for (size_t i = 0; i < explain_count(); i++) {
		struct explanation e = explain_at(i);

		buf_add(out, e.code);
		buf_fill(out, ' ', width - e.code.n + 2);
		buf_add(out, e.what);
		buf_addc(out, '\n');
	}
}
