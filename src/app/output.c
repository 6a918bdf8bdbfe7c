/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "terminal.h"

bool output_write(const char *name, str text, struct err *e)
{
	FILE *f = name ? fopen(name, "wb") : stdout;
	bool ok = f && fwrite(text.p, 1, text.n, f) == text.n && fflush(f) == 0;
	if (f && f != stdout && fclose(f) != 0)
		ok = false;
	if (!ok)
		return err_set(e, ERR_IO, "cannot write the output to '%s': %s",
			       name ? name : "standard output", strerror(errno));
	return true;
}

void output_error(const struct err *e)
{
	struct buf b = { 0 };
	buf_add(&b, S("kmsfix: "));
	buf_add_safe(&b, str_from(e->msg));
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, stderr);
	buf_free(&b);
}

/* What outputs_print() is given. */
struct printer {
	const struct options *o;
	struct report_input *in;
	bool (*diff)(void *ctx, struct buf *out, struct err *e);
	void *ctx;
};

static bool render(const struct printer *p, enum format format, struct buf *out, struct err *e)
{
	static void (*const reports[])(const struct report_input *, struct buf *) = {
		[FORMAT_TEXT] = report_text,   [FORMAT_JSON] = report_json,
		[FORMAT_SARIF] = report_sarif, [FORMAT_MARKDOWN] = report_markdown,
		[FORMAT_HTML] = report_html,
	};
	if (format != FORMAT_DIFF) {
		reports[format](p->in, out);
		return true;
	}
	/* What was written is there to be looked at; a diff is printed when asked for. */
	if (p->in->mode != REPORT_DRY_RUN && !p->o->format_count)
		return true;
	return p->diff(p->ctx, out, e);
}

/* *said: one of the outputs is for a person at the terminal. */
static bool print(const struct printer *p, bool *said, struct err *e)
{
	bool ok = true;
	for (size_t i = 0; ok && i < p->o->output_count; i++) {
		const struct output *o = &p->o->outputs[i];
		struct buf out = { 0 };
		p->in->color = o->file ? p->o->color == COLOR_ALWAYS :
					 terminal_color(p->o->color, STDOUT_FILENO);
		p->in->width = o->file ? 0 : terminal_width(STDOUT_FILENO);
		ok = render(p, o->format, &out, e) && output_write(o->file, buf_str(&out), e);
		*said |= !o->file && o->format == FORMAT_TEXT;
		buf_free(&out);
	}
	return ok;
}

bool outputs_print(const struct options *o, struct report_input *in,
		   bool (*diff)(void *ctx, struct buf *out, struct err *e), void *ctx,
		   struct err *e)
{
	const struct printer p = { o, in, diff, ctx };
	struct buf summary = { 0 };
	bool said = o->quiet;
	if (!print(&p, &said, e))
		return false;
	if (!said) {
		report_summary(in, &summary);
		fwrite(summary.p, 1, summary.n, stderr);
	}
	buf_free(&summary);
	return true;
}
