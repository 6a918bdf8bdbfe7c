/* SPDX-License-Identifier: MIT */
/*
 * The access picture as SVG. A few edges are drawn as curves between two columns. Many would be a
 * black cloud, so they are cells of a matrix, whose labels stay in place while it scrolls.
 */
#include "html.h"
#include "kmsfix/action.h"
#include "markup.h"
#include "width.h"

#define GRAPH_EDGES 40
#define GRAPH_SIDE 14
#define MATRIX_SIDE 400 /* principals, and keys, that are drawn */

#define LABEL_COLUMNS 44
#define CHAR 7.3 /* width of a monospaced character of 12px */
#define CELL 20
#define ROW 34 /* of a graph */
#define NODE_WIDTH 350
#define GAP 320

static const struct {
	char letter;
	const char *text;
} legend[REACHES] = {
	[REACH_HELD] = { 'H', "held: through an IAM policy, before and after" },
	[REACH_MOVED] = { 'M', "moved: through an IAM policy before, the key policy after" },
	[REACH_REMOVED] = { 'R', "removed: an IAM policy said so, without effect" },
	[REACH_SUPPRESSED] = { 'S', "suppressed: as held, because you say so" },
	[REACH_KEPT] = { 'K', "kept: through the key policy, before and after" },
};

/* ---- pieces ---- */

static void add_legend(struct html *h)
{
	buf_add(h->out, S("<ul class=\"legend\">\n"));
	for (enum reach r = 0; r < REACHES; r++)
		buf_printf(h->out, "<li><b class=\"%s\">%c</b>%s</li>\n", reach_name(r),
			   legend[r].letter, legend[r].text);
	buf_add(h->out, S("</ul>\n"));
}

/* The end of the text, as far as there is room: the beginning is a directory. */
static void add_cut(struct html *h, str s)
{
	size_t room = LABEL_COLUMNS, start = 0;

	if (text_width(s) > room) {
		buf_add(h->out, S("..."));
		start = s.n > 4 * room ? s.n - 4 * room : 0;
		while (start < s.n && (((unsigned char)s.p[start] & 0xc0) == 0x80 ||
				       text_width(str_sub(s, start, s.n)) > room - 3))
			start++;
	}
	html_text(h->out, str_sub(s, start, s.n));
}

/* A label whose whole name shows when it is pointed at; `search` finds its findings. */
static void add_label(struct html *h, const struct party *p, const char *place)
{
	str name = html_party_name(h, p);

	buf_printf(h->out, "<text %s data-search=\"", place);
	if (!p->unknown)
		html_text(h->out, p->address);
	buf_add(h->out, S("\"><title>"));
	html_text(h->out, name);
	buf_add(h->out, S("</title>"));
	add_cut(h, name);
	buf_add(h->out, S("</text>\n"));
}

static void add_targets(struct buf *out, unsigned targets)
{
	const char *before = "";

	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1) {
		if (!(targets & bit))
			continue;
		buf_printf(out, "%s%s", before, target_name(bit));
		before = ", ";
	}
}

/* "role → key: moved (kms:Decrypt); kept (kms:Decrypt)" for edges [at, end). */
static void add_edge_title(struct html *h, size_t at, size_t end)
{
	const struct edge *e = h->picture.edges.v;

	buf_add(h->out, S("<title>"));
	html_text(h->out, html_party_name(h, &h->picture.principals.v[e[at].principal]));
	buf_add(h->out, S(" \xe2\x86\x92 "));
	html_text(h->out, html_party_name(h, &h->picture.keys.v[e[at].key]));
	for (size_t i = at; i < end; i++) {
		buf_printf(h->out, "%s%s (", i > at ? "; " : ": ", reach_name(e[i].reach));
		add_targets(h->out, e[i].targets);
		buf_add(h->out, S(")"));
	}
	buf_add(h->out, S("</title>"));
}

/* Where the edges of the same principal and key end. */
static size_t cell_end(const struct html *h, size_t at)
{
	const struct edge *e = h->picture.edges.v;
	size_t end = at + 1;

	while (end < h->picture.edges.n && e[end].principal == e[at].principal &&
	       e[end].key == e[at].key)
		end++;
	return end;
}

/* ---- the graph ---- */

static void add_node(struct html *h, const struct party *p, unsigned x, unsigned y)
{
	buf_printf(h->out,
		   "<rect class=\"node\" x=\"%u\" y=\"%u\" width=\"%d\" height=\"24\" rx=\"4\"/>\n",
		   x, y, NODE_WIDTH);
	add_label(h, p, str_fmt(h->arena, "x=\"%u\" y=\"%u\"", x + 8, y + 16).p);
}

static void add_arc(struct html *h, size_t at)
{
	const struct edge *e = &h->picture.edges.v[at];
	bool alone = !at || e[-1].principal != e->principal || e[-1].key != e->key;
	int x = 10 + NODE_WIDTH, shift = alone ? 0 : 6;
	int y1 = 22 + ROW * (int)e->principal + shift, y2 = 22 + ROW * (int)e->key + shift;
	/* The letter stands in another place of each curve, because curves meet and cross. */
	double t = 0.3 + 0.1 * (double)(at % 5), u = 1 - t;
	double right = GAP * (1.5 * u * u * t + 1.5 * u * t * t + t * t * t);
	double down = (y2 - y1) * (3 * t * t - 2 * t * t * t);

	buf_printf(h->out,
		   "<g class=\"%s\"><path class=\"arc %s\" d=\"M%d %d C%d %d %d %d %d %d\">",
		   reach_name(e->reach), reach_name(e->reach), x, y1, x + GAP / 2, y1, x + GAP / 2,
		   y2, x + GAP, y2);
	add_edge_title(h, at, at + 1);
	buf_printf(h->out, "</path><text class=\"arc-name\" x=\"%d\" y=\"%d\">%c</text></g>\n",
		   x + (int)right, y1 + (int)down + 4, legend[e->reach].letter);
}

static void add_graph(struct html *h)
{
	const struct picture *p = &h->picture;
	size_t rows = p->principals.n > p->keys.n ? p->principals.n : p->keys.n;

	buf_printf(h->out,
		   "<div class=\"picture\" tabindex=\"0\" role=\"group\" aria-label=\"principals, "
		   "keys, and who reaches which\">\n"
		   "<svg width=\"%d\" height=\"%zu\" role=\"img\" aria-labelledby=\"picture\">\n",
		   2 * NODE_WIDTH + GAP + 20, rows * ROW + 14);
	for (size_t i = 0; i < p->edges.n; i++)
		add_arc(h, i);
	for (size_t i = 0; i < p->principals.n; i++)
		add_node(h, &p->principals.v[i], 10, 10 + ROW * (unsigned)i);
	for (size_t i = 0; i < p->keys.n; i++)
		add_node(h, &p->keys.v[i], 10 + NODE_WIDTH + GAP, 10 + ROW * (unsigned)i);
	buf_add(h->out, S("</svg>\n</div>\n"));
}

/* ---- the matrix ---- */

static size_t drawn(const struct parties *list)
{
	return list->n < MATRIX_SIDE ? list->n : MATRIX_SIDE;
}

/* Pixels for the longest label. */
static unsigned label_room(struct html *h, const struct parties *list)
{
	size_t columns = 8;

	for (size_t i = 0; i < drawn(list); i++) {
		size_t width = text_width(html_party_name(h, &list->v[i]));

		columns = width > columns ? width : columns;
	}
	return (unsigned)((double)(columns < LABEL_COLUMNS ? columns : LABEL_COLUMNS) * CHAR) + 16;
}

static void add_row_labels(struct html *h, unsigned width)
{
	size_t n = drawn(&h->picture.principals);

	buf_printf(h->out, "<svg class=\"rows\" width=\"%u\" height=\"%zu\">\n", width, n * CELL);
	for (size_t i = 0; i < n; i++) {
		if (i % 2)
			buf_printf(
				h->out,
				"<rect class=\"stripe\" y=\"%zu\" width=\"%u\" height=\"%d\"/>\n",
				i * CELL, width, CELL);
		add_label(h, &h->picture.principals.v[i],
			  str_fmt(h->arena, "x=\"8\" y=\"%zu\"", i * CELL + 14).p);
	}
	buf_add(h->out, S("</svg>\n"));
}

static void add_column_labels(struct html *h, unsigned height)
{
	size_t n = drawn(&h->picture.keys);

	buf_printf(h->out, "<svg class=\"columns\" width=\"%zu\" height=\"%u\">\n", n * CELL,
		   height);
	for (size_t i = 0; i < n; i++)
		add_label(h, &h->picture.keys.v[i],
			  str_fmt(h->arena, "transform=\"translate(%zu %u) rotate(-90)\"",
				  i * CELL + 14, height - 8)
				  .p);
	buf_add(h->out, S("</svg>\n"));
}

static void add_cell(struct html *h, size_t at, size_t end)
{
	const struct edge *e = &h->picture.edges.v[at];
	size_t x = e->key * CELL, y = e->principal * CELL;

	buf_printf(h->out,
		   "<g class=\"cell %s\" data-at=\"%zu,%zu\"><rect x=\"%zu\" y=\"%zu\" "
		   "width=\"%d\" height=\"%d\" rx=\"3\"/><text x=\"%zu\" y=\"%zu\">%c</text>",
		   reach_name(e->reach), e->principal, e->key, x + 2, y + 2, CELL - 4, CELL - 4,
		   x + CELL / 2, y + 14, legend[e->reach].letter);
	if (end - at > 1) /* something else holds too */
		buf_printf(h->out, "<circle class=\"also\" cx=\"%zu\" cy=\"%zu\" r=\"2\"/>",
			   x + CELL - 5, y + 5);
	add_edge_title(h, at, end);
	buf_add(h->out, S("</g>\n"));
}

static void add_cells(struct html *h)
{
	const struct picture *p = &h->picture;
	size_t rows = drawn(&p->principals), columns = drawn(&p->keys), end;

	buf_printf(
		h->out,
		"<svg class=\"cells\" data-size=\"%d\" width=\"%zu\" height=\"%zu\" role=\"img\" "
		"aria-labelledby=\"picture\">\n",
		CELL, columns * CELL, rows * CELL);
	for (size_t i = 1; i < rows; i += 2)
		buf_printf(h->out,
			   "<rect class=\"stripe\" y=\"%zu\" width=\"%zu\" height=\"%d\"/>\n",
			   i * CELL, columns * CELL, CELL);
	for (size_t i = 0; i <= columns; i++)
		buf_printf(h->out, "<path class=\"line\" d=\"M%zu.5 0V%zu\"/>\n", i * CELL,
			   rows * CELL);
	for (size_t at = 0; at < p->edges.n; at = end) {
		end = cell_end(h, at);
		if (p->edges.v[at].principal < rows && p->edges.v[at].key < columns)
			add_cell(h, at, end);
	}
	buf_printf(h->out,
		   "<rect class=\"cursor\" width=\"%d\" height=\"%d\" rx=\"3\" "
		   "visibility=\"hidden\"/>\n</svg>\n",
		   CELL - 2, CELL - 2);
}

static void add_matrix(struct html *h)
{
	unsigned width = label_room(h, &h->picture.principals);
	unsigned height = label_room(h, &h->picture.keys);

	buf_add(h->out, S("<p class=\"quiet\" id=\"how\">Principals are rows, keys are columns. "
			  "Point at a cell, or move with the arrow keys; a click or Enter finds "
			  "its findings.</p>\n"
			  "<div class=\"picture\" tabindex=\"0\" role=\"group\" "
			  "aria-labelledby=\"picture\" aria-describedby=\"how spot\">\n"
			  "<div class=\"matrix\">\n"));
	buf_printf(h->out, "<svg class=\"corner\" width=\"%u\" height=\"%u\"></svg>\n", width,
		   height);
	add_column_labels(h, height);
	add_row_labels(h, width);
	add_cells(h);
	buf_add(h->out, S("</div>\n</div>\n<p id=\"spot\" role=\"status\"></p>\n"));
	if (h->picture.cut || drawn(&h->picture.principals) < h->picture.principals.n ||
	    drawn(&h->picture.keys) < h->picture.keys.n)
		buf_printf(h->out,
			   "<p class=\"quiet\">This shows %zu of %zu principals and %zu of %zu "
			   "keys.</p>\n",
			   drawn(&h->picture.principals), h->picture.principals.n,
			   drawn(&h->picture.keys), h->picture.keys.n);
}

void html_picture(struct html *h)
{
	const struct picture *p = &h->picture;

	if (!p->edges.n) {
		buf_add(h->out, S("<p>There is nothing to show.</p>\n"));
		return;
	}
	add_legend(h);
	if (p->edges.n <= GRAPH_EDGES && p->principals.n <= GRAPH_SIDE && p->keys.n <= GRAPH_SIDE)
		add_graph(h);
	else
		add_matrix(h);
}
