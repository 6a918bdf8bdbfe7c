/* SPDX-License-Identifier: MIT */
#include "kmsfix/utf8.h"

/* One row per length: how the first byte looks, and the smallest code point that needs it. */
static const struct {
	unsigned char mask, lead;
	uint32_t least;
} forms[] = {
	{ 0x80, 0x00, 0x0 },
	{ 0xe0, 0xc0, 0x80 },
	{ 0xf0, 0xe0, 0x800 },
	{ 0xf8, 0xf0, 0x10000 },
};

size_t utf8_next(str s, size_t at, uint32_t *point)
{
	size_t form = 0;
	unsigned char first;
	uint32_t c;

	if (at >= s.n)
		return 0;
	first = (unsigned char)s.p[at];
	while (form < 4 && (first & forms[form].mask) != forms[form].lead)
		form++;
	if (form == 4 || form >= s.n - at)
		return 0;
	c = first & (unsigned char)~forms[form].mask;
	for (size_t i = 1; i <= form; i++) {
		unsigned char more = (unsigned char)s.p[at + i];

		if ((more & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (more & 0x3f);
	}
	if (c < forms[form].least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	if (point)
		*point = c;
	return form + 1;
}

bool utf16_is_marked(str s)
{
	return str_starts(s, S("\xff\xfe")) || str_starts(s, S("\xfe\xff"));
}
