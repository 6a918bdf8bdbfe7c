/* SPDX-License-Identifier: MIT */
#include "kmsfix/limits.h"

#include "kmsfix/text.h"

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

size_t json_minified_size(str json)
{
	size_t size = 0;
	bool in_string = false;

	for (size_t i = 0; i < json.n; i++) {
		char c = json.p[i];

		if (!in_string && is_white(c))
			continue;
		size++;
		if (c == '"')
			in_string = !in_string;
		if (in_string && c == '\\' && i + 1 < json.n) {
			size++;
			i++;
		}
	}
	return size;
}

/* U+0080 to U+00FF are the pairs C2 80 … C3 BF. */
static bool is_latin1_pair(unsigned char first, unsigned char second)
{
	return (first == 0xc2 || first == 0xc3) && (second & 0xc0) == 0x80;
}

bool str_in_charset(str s)
{
	str part;
	bool ref;

	while (text_next(&s, &part, &ref)) {
		for (size_t i = 0; !ref && i < part.n; i++) {
			unsigned char c = (unsigned char)part.p[i];

			if (c < 0x80 && (c >= 0x20 || is_white(part.p[i])))
				continue;
			if (i + 1 == part.n || !is_latin1_pair(c, (unsigned char)part.p[i + 1]))
				return false;
			i++;
		}
	}
	return true;
}
