/* SPDX-License-Identifier: MIT */
/* What a person may have changed and not committed yet: one file, not the status of all. */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kmsfix/fd.h"
#include "repo.h"

/* Nobody is asked what takes longer to read than to look at. */
#define LARGE ((off_t)1 << 20)

/* The bytes without what Git may have made of line ends. */
static void add_lines(struct buf *out, str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r')
			buf_addc(out, text.p[i]);
}

static bool has_lines(str text, str of)
{
	struct buf a = { 0 }, b = { 0 };
	bool same;

	add_lines(&a, text);
	add_lines(&b, of);
	same = str_eq(buf_str(&a), buf_str(&b));
	buf_free(&a);
	buf_free(&b);
	return same;
}

/* Whether the file is one, and has other lines. */
static bool differs(int fd, str committed)
{
	struct buf text = { 0 };
	struct stat st;
	bool other;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return false;
	other = st.st_size > LARGE ||
		(fd_read_all(fd, &text) && !has_lines(buf_str(&text), committed));
	buf_free(&text);
	return other;
}

bool repo_is_uncommitted(struct repo *r, const char *name, str committed)
{
	int fd = -1;
	bool other;

	if (r->work)
		fd = open(str_fmt(r->arena, "%s%s", r->work, name).p,
			  O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	other = fd >= 0 && differs(fd, committed);
	if (fd >= 0)
		close(fd);
	return other;
}
