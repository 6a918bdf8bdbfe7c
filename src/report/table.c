/* SPDX-License-Identifier: MIT */
#include "table.h"

#include "kmsfix/vec.h"

/* Longer cells do not move the columns behind them. */
#define WIDTH_MAX 40

void table_add(struct table *t, str cell)
{
	VEC_PUSH(t->arena, &t->cells, cell);
}

static void print_row(struct buf *out, const str *cells, const size_t *width, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		size_t n = cells[i].n;

		buf_add(out, i ? S(" | ") : S("| "));
		buf_add(out, cells[i]);
		buf_fill(out, ' ', n < width[i] ? width[i] - n : 0);
	}
	buf_add(out, S(" |\n"));
}

static void print_rule(struct buf *out, const size_t *width, size_t columns)
{
	for (size_t i = 0; i < columns; i++) {
		buf_add(out, i ? S(" | ") : S("| "));
		buf_fill(out, '-', width[i]);
	}
	buf_add(out, S(" |\n"));
}

void table_print(const struct table *t, struct buf *out)
{
	size_t width[TABLE_COLUMNS] = { 0 };

	for (size_t i = 0; i < t->cells.n; i++) {
		size_t n = t->cells.v[i].n, *w = &width[i % t->columns];

		if (n > *w && (n <= WIDTH_MAX || i < t->columns))
			*w = n;
	}
	for (size_t i = 0; i < t->cells.n; i += t->columns) {
		print_row(out, &t->cells.v[i], width, t->columns);
		if (!i)
			print_rule(out, width, t->columns);
	}
}
