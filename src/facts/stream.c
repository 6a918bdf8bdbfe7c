/* SPDX-License-Identifier: MIT */
#include "stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define IN_SIZE ((size_t)128 << 10)
/* Text read at once. */
#define PIECE ((size_t)256 << 10)

/* Fills the empty input buffer; false when reading fails. */
static bool input_more(struct stream *s)
{
	ssize_t n;

	s->in_at = s->in_n = 0;
	do
		n = read(s->fd, s->in, IN_SIZE);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return false;
	s->in_n = (size_t)n;
	s->taken += (size_t)n;
	s->input_ended = n == 0;
	return true;
}

static bool open_fd(struct stream *s, const char *path, bool walked)
{
	/* O_NONBLOCK: what became a FIFO since the directory was read must not hang us. */
	int flags = O_RDONLY | O_CLOEXEC | (walked ? O_NOFOLLOW | O_NONBLOCK : 0);
	struct stat st;

	s->fd = open(path, flags);
	if (s->fd < 0 || fstat(s->fd, &st) < 0)
		return false;
	if (walked && !S_ISREG(st.st_mode)) {
		errno = EINVAL;
		return false;
	}
	s->size = S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
	return true;
}

bool stream_open(struct stream *s, const char *path, bool walked, struct err *e)
{
	*s = (struct stream){ .fd = -1 };
	s->in = malloc(IN_SIZE);
	if (!s->in)
		errno = ENOMEM;
	if (!s->in || !open_fd(s, path, walked) || !input_more(s)) {
		err_set(e, ERR_IO, "cannot read '%s': %s", path, strerror(errno));
		stream_close(s);
		return false;
	}
	s->gzip = s->in_n >= 2 && s->in[0] == 0x1f && s->in[1] == 0x8b;
	if (s->gzip && inflateInit2(&s->z, 16 + MAX_WBITS) != Z_OK) {
		s->gzip = false;
		err_set(e, ERR_IO, "cannot read '%s': no memory for gzip", path);
		stream_close(s);
		return false;
	}
	s->member = s->gzip;
	return true;
}

void stream_close(struct stream *s)
{
	if (s->gzip)
		inflateEnd(&s->z);
	if (s->fd >= 0)
		close(s->fd);
	free(s->in);
	free(s->p);
	*s = (struct stream){ .fd = -1 };
}

/* What is in the buffer first, then straight from the file. */
static bool read_plain(struct stream *s, size_t room, size_t *got, const char **why)
{
	ssize_t n;

	*got = s->in_n - s->in_at;
	if (*got) {
		*got = *got < room ? *got : room;
		memcpy(s->p + s->n, s->in + s->in_at, *got);
		s->in_at += *got;
		return true;
	}
	do
		n = s->input_ended ? 0 : read(s->fd, s->p + s->n, room);
	while (n < 0 && errno == EINTR);
	if (n < 0) {
		*why = strerror(errno);
		return false;
	}
	*got = (size_t)n;
	s->taken += (size_t)n;
	return true;
}

static const char *inflate_problem(int code)
{
	return code == Z_MEM_ERROR ? "no memory for gzip" : "the gzip data is damaged here";
}

/* One step of inflate; *got may be 0 without being at the end. */
static bool inflate_some(struct stream *s, size_t room, size_t *got, const char **why)
{
	int code;

	s->z.next_in = s->in + s->in_at;
	s->z.avail_in = (uInt)(s->in_n - s->in_at);
	s->z.next_out = (unsigned char *)s->p + s->n;
	s->z.avail_out = (uInt)room;
	code = s->member ? Z_OK : inflateReset(&s->z);
	s->member = true;
	if (code == Z_OK)
		code = inflate(&s->z, Z_NO_FLUSH);
	s->in_at = s->in_n - s->z.avail_in;
	*got = room - s->z.avail_out;
	if (code == Z_STREAM_END)
		s->member = false;
	else if (code != Z_OK && code != Z_BUF_ERROR)
		*why = inflate_problem(code);
	return !*why;
}

/* Text that came before the damage is handed out first: it may hold an earlier error. */
static bool read_gzip(struct stream *s, size_t room, size_t *got, const char **why)
{
	while (!*got) {
		if (s->in_at == s->in_n && !s->input_ended && !input_more(s)) {
			*why = strerror(errno);
			return false;
		}
		if (s->in_at == s->in_n && !s->member)
			return true;
		if (!inflate_some(s, room, got, why))
			return *got > 0;
		if (!*got && s->member && s->in_at == s->in_n && s->input_ended) {
			*why = "the gzip data ends too early";
			return false;
		}
	}
	return true;
}

static bool grow(struct stream *s)
{
	size_t cap = s->cap ? s->cap * 2 : PIECE * 2;
	char *p = realloc(s->p, cap);

	if (!p)
		return false;
	s->p = p;
	s->cap = cap;
	return true;
}

bool stream_more(struct stream *s, size_t drop, const char **why)
{
	size_t got = 0;

	if (drop) {
		s->n -= drop;
		memmove(s->p, s->p + drop, s->n);
		s->before += drop;
	}
	if (s->cap - s->n < PIECE && !grow(s)) {
		*why = "out of memory";
		return false;
	}
	*why = NULL;
	if (!(s->gzip ? read_gzip : read_plain)(s, PIECE, &got, why))
		return false;
	s->n += got;
	s->ended = !got;
	return true;
}
