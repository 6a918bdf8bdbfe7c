/* SPDX-License-Identifier: MIT */
/*
 * A loose object is a zlib stream of "type size", a NUL and the bytes. libgit2 up to 1.9 never
 * returns from one that is cut off, as a crash or a full disk leaves it, and fills up one that is
 * too short with zeros. Here both are errors.
 */
#include "loose.h"

#include "kmsfix/ascii.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <git2/sys/odb_backend.h>
#include <zlib.h>

/* That of libgit2's packs: among equals the later comes later. Its loose objects have 1. */
#define PRIORITY_PACKS 2
/* "commit", a blank, the size and a NUL. */
#define HEADER_SIZE 32

struct loose {
	git_odb_backend parent;
	const char *objects; /* the directory */
};

struct stream {
	z_stream z;
	int fd;
	bool ended;
	unsigned char in[16384];
};

static int damaged(const char *what)
{
	git_error_set_str(GIT_ERROR_ODB, what);
	return GIT_ERROR;
}

static int stream_open(struct stream *s, const char *objects, const git_oid *id)
{
	char hex[GIT_OID_HEXSZ + 1], name[GIT_OID_HEXSZ + 2];
	int dir, fd = -1;

	git_oid_tostr(hex, sizeof(hex), id);
	memcpy(name, hex, 2);
	name[2] = '/';
	memcpy(name + 3, hex + 2, sizeof(hex) - 2);
	dir = open(objects, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0) {
		fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
		close(dir);
	}
	if (fd < 0) /* also without permission: libgit2's own reader says why */
		return GIT_ENOTFOUND;
	memset(s, 0, sizeof(*s));
	s->fd = fd;
	if (inflateInit(&s->z) == Z_OK)
		return 0;
	close(fd);
	return damaged("out of memory");
}

static void stream_close(struct stream *s)
{
	inflateEnd(&s->z);
	close(s->fd);
}

static bool stream_fill(struct stream *s)
{
	ssize_t n;

	do
		n = read(s->fd, s->in, sizeof(s->in));
	while (n < 0 && errno == EINTR);
	if (n <= 0)
		return false;
	s->z.next_in = s->in;
	s->z.avail_in = (uInt)n;
	return true;
}

/* Up to *n bytes; fewer only at the end of the stream. */
static bool stream_read(struct stream *s, void *out, uInt *n)
{
	s->z.next_out = out;
	s->z.avail_out = *n;
	while (s->z.avail_out && !s->ended) {
		int rc;

		if (!s->z.avail_in && !stream_fill(s))
			return false;
		rc = inflate(&s->z, Z_NO_FLUSH);
		s->ended = rc == Z_STREAM_END;
		if (rc != Z_OK && rc != Z_STREAM_END)
			return false;
	}
	*n -= s->z.avail_out;
	return true;
}

/* Reads the digits up to `end`, where the NUL is. */
static bool parse_size(const char *p, const char *end, size_t *size)
{
	*size = 0;
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!ascii_is_digit(*p) || *size > UINT32_MAX / 16)
			return false;
		*size = *size * 10 + (size_t)(*p - '0');
	}
	return true;
}

/* Takes the header byte by byte, so that the stream is at the object's own bytes afterwards. */
static bool read_header(struct stream *s, size_t *size, git_object_t *type)
{
	char header[HEADER_SIZE];
	char *blank;
	size_t n = 0;

	for (;; n++) {
		uInt one = 1;

		if (n == sizeof(header) || !stream_read(s, header + n, &one) || !one)
			return false;
		if (!header[n])
			break;
	}
	blank = strchr(header, ' ');
	if (!blank || !parse_size(blank + 1, header + n, size))
		return false;
	*blank = '\0';
	*type = git_object_string2type(header);
	return git_object_typeisloose(*type) == 1;
}

/* All of the object, its end included. */
static bool read_body(struct stream *s, void *out, size_t size)
{
	uInt n = (uInt)size, more = 1;
	char extra;

	return stream_read(s, out, &n) && n == size && stream_read(s, &extra, &more) && !more &&
	       s->ended;
}

static int loose_read(void **data, size_t *size, git_object_t *type, git_odb_backend *backend,
		      const git_oid *id)
{
	struct stream s;
	int rc = stream_open(&s, ((struct loose *)backend)->objects, id);

	if (rc < 0)
		return rc;
	*data = NULL;
	if (!read_header(&s, size, type))
		rc = damaged("the object's file is damaged");
	else if (!(*data = git_odb_backend_data_alloc(backend, *size + 1)))
		rc = damaged("out of memory");
	else if (!read_body(&s, *data, *size))
		rc = damaged("the object's file is cut off or damaged");
	else
		((char *)*data)[*size] = '\0';
	if (rc < 0 && *data)
		git_odb_backend_data_free(backend, *data);
	stream_close(&s);
	return rc;
}

static int loose_read_header(size_t *size, git_object_t *type, git_odb_backend *backend,
			     const git_oid *id)
{
	struct stream s;
	int rc = stream_open(&s, ((struct loose *)backend)->objects, id);

	if (rc < 0)
		return rc;
	if (!read_header(&s, size, type))
		rc = damaged("the object's file is damaged");
	stream_close(&s);
	return rc;
}

static void loose_free(git_odb_backend *backend)
{
	(void)backend; /* in the arena */
}

bool loose_add(struct repo *r, struct err *e)
{
	struct loose *l = ARENA_NEW(r->arena, struct loose);

	l->objects = str_fmt(r->arena, "%sobjects", git_repository_commondir(r->git)).p;
	l->parent.version = GIT_ODB_BACKEND_VERSION;
	l->parent.read = loose_read;
	l->parent.read_header = loose_read_header;
	l->parent.free = loose_free;
	return git_odb_add_backend(r->odb, &l->parent, PRIORITY_PACKS) == 0 ||
	       repo_fail(e, "cannot read the objects of '%s'", r->name);
}
