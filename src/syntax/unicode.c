/* SPDX-License-Identifier: MIT */
#include "unicode.h"

#include "unicode_names.h"

static bool is_space(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

size_t unicode_space(str s, size_t at)
{
	uint32_t point;
	size_t width = utf8_next(s, at, &point);

	return width && is_space(point) ? width : 0;
}

static bool in_ranges(const struct code_range *r, size_t count, uint32_t point)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (point > r[mid].last)
			low = mid + 1;
		else if (point < r[mid].first)
			high = mid;
		else
			return true;
	}
	return false;
}

bool unicode_starts_name(uint32_t point)
{
	return in_ranges(name_start, sizeof(name_start) / sizeof(name_start[0]), point);
}

bool unicode_continues_name(uint32_t point)
{
	return unicode_starts_name(point) ||
	       in_ranges(name_more, sizeof(name_more) / sizeof(name_more[0]), point);
}
