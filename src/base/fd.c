/* SPDX-License-Identifier: MIT */
#include "kmsfix/fd.h"

#include <errno.h>
#include <unistd.h>

bool fd_read_all(int fd, struct buf *out)
{
	char block[65536];
	ssize_t n;

	while ((n = read(fd, block, sizeof(block))) != 0) {
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			buf_add(out, (str){ block, (size_t)n });
	}
	return true;
}

bool fd_write_all(int fd, str s)
{
	while (s.n) {
		ssize_t n = write(fd, s.p, s.n);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			s = str_sub(s, (size_t)n, s.n);
	}
	return true;
}
