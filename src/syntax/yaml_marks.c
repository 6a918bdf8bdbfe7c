/* SPDX-License-Identifier: MIT */
#include "yaml.h"

#define MARKS_STEP 64

static bool is_ascii(str s)
{
	unsigned char all = 0;

	for (size_t i = 0; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return all < 0x80;
}

static bool starts_point(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

void marks_init(struct marks *m, str text, struct arena *a)
{
	size_t points = 0;

	m->bom = str_starts(text, S("\xef\xbb\xbf")) ? 3 : 0;
	m->text = str_sub(text, m->bom, text.n);
	m->bytes = NULL;
	if (is_ascii(m->text))
		return;
	m->size = m->text.n / MARKS_STEP + 1;
	m->bytes = arena_array(a, m->size, sizeof(*m->bytes));
	for (size_t i = 0; i < m->text.n; i++) {
		if (starts_point(m->text.p[i]) && points++ % MARKS_STEP == 0)
			m->bytes[(points - 1) / MARKS_STEP] = (uint32_t)i;
	}
	for (size_t i = (points + MARKS_STEP - 1) / MARKS_STEP; i < m->size; i++)
		m->bytes[i] = (uint32_t)m->text.n;
}

uint32_t marks_offset(const struct marks *m, size_t point)
{
	size_t at = point, n = m->text.n;

	if (m->bytes) {
		at = point / MARKS_STEP < m->size ? m->bytes[point / MARKS_STEP] : n;
		for (size_t left = point % MARKS_STEP; left > 0 && at < n; left--) {
			do
				at++;
			while (at < n && !starts_point(m->text.p[at]));
		}
	}
	return m->bom + (uint32_t)(at < n ? at : n);
}
