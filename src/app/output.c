/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/fd.h"
#include "terminal.h"

static bool fail(const char *name, struct err *e)
{
	return err_set(e, ERR_IO, "cannot write the output to '%s': %s",
		       name ? name : "standard output", strerror(errno));
}

/* ---- files ---- */

/* *made: it was not there. */
static int open_file(const char *name, bool *made)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	*made = fd >= 0;
	return fd >= 0 || errno != EEXIST ? fd : open(name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
}

/* What was there goes only now. */
static bool write_file(int fd, const char *name, str text, struct err *e)
{
	struct stat st;
	bool ok = fstat(fd, &st) == 0 && (!S_ISREG(st.st_mode) || ftruncate(fd, 0) == 0);

	return (ok && fd_write_all(fd, text)) || fail(name, e);
}

static bool write_stdout(str text, struct err *e)
{
	return (fwrite(text.p, 1, text.n, stdout) == text.n && fflush(stdout) == 0) ||
	       fail(NULL, e);
}

bool output_write(const char *name, str text, struct err *e)
{
	bool made, ok;
	int fd;

	if (!name)
		return write_stdout(text, e);
	fd = open_file(name, &made);
	if (fd < 0)
		return fail(name, e);
	ok = write_file(fd, name, text, e);
	return (close(fd) == 0 || !ok || fail(name, e)) && ok;
}

bool outlets_open(struct outlets *x, const struct options *o, struct err *e)
{
	*x = (struct outlets){ .o = o };
	for (; x->n < o->output_count; x->n++) {
		const char *name = o->outputs[x->n].file;

		x->v[x->n].fd = name ? open_file(name, &x->v[x->n].unused) : -1;
		if (name && x->v[x->n].fd < 0)
			return fail(name, e);
	}
	return true;
}

static bool outlet_write(struct outlets *x, size_t i, str text, struct err *e)
{
	struct outlet *out = &x->v[i];
	const char *name = x->o->outputs[i].file;
	int fd = out->fd;

	if (!name)
		return write_stdout(text, e);
	out->unused = false;
	if (!write_file(fd, name, text, e))
		return false;
	out->fd = -1;
	return close(fd) == 0 || fail(name, e);
}

void outlets_close(struct outlets *x)
{
	for (size_t i = 0; i < x->n; i++) {
		if (x->v[i].fd >= 0)
			close(x->v[i].fd);
		if (x->v[i].unused)
			unlink(x->o->outputs[i].file);
	}
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

/* ---- all of them ---- */

/* What outputs_print() is given. */
struct printer {
	struct outlets *outlets;
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
		ok = render(p, o->format, &out, e) && outlet_write(p->outlets, i, buf_str(&out), e);
		*said |= !o->file && o->format == FORMAT_TEXT;
		buf_free(&out);
	}
	return ok;
}

bool outputs_print(struct outlets *x, struct report_input *in,
		   bool (*diff)(void *ctx, struct buf *out, struct err *e), void *ctx,
		   struct err *e)
{
	const struct printer p = { x, x->o, in, diff, ctx };
	struct buf summary = { 0 };
	bool said = x->o->quiet;
	if (!print(&p, &said, e))
		return false;
	if (!said) {
		report_summary(in, &summary);
		fwrite(summary.p, 1, summary.n, stderr);
	}
	buf_free(&summary);
	return true;
}
