/* SPDX-License-Identifier: MIT */
#include "unicode.h"

#include "unicode_names.h"

static const struct code_range spaces[] = {
	{ '\t', '\r' },     { ' ', ' ' },       { 0x85, 0x85 },     { 0xa0, 0xa0 },
	{ 0x1680, 0x1680 }, { 0x2000, 0x200a }, { 0x2028, 0x2029 }, { 0x202f, 0x202f },
	{ 0x205f, 0x205f }, { 0x3000, 0x3000 },
};

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

size_t unicode_space(str s, size_t at)
{
	uint32_t point;
	size_t width = utf8_next(s, at, &point);

	return width && in_ranges(spaces, sizeof(spaces) / sizeof(spaces[0]), point) ? width : 0;
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
