/* SPDX-License-Identifier: MIT */
/* Who may use which key, as a table and as a Mermaid graph of before and after. */
#include "kmsfix/action.h"
#include "markdown.h"
#include "markup.h"

#define COLUMNS_MAX 6 /* keys of a table that has one column for each */
#define GRAPH_MAX 40  /* edges that a drawing can hold */
#define TABLE_END 24000

/* ---- the table ---- */

static void add_party(struct markdown *m, const struct party *p)
{
	str name = p->address;

	if (p->unit.n)
		name = str_fmt(m->arena, "%.*s: %.*s", STR_ARG(markdown_short(m, p->unit)),
			       STR_ARG(markdown_short(m, p->address)));
	if (p->unknown)
		markdown_text(m->out, name);
	else
		markdown_code(m->out, markdown_short(m, name), true);
}

static void add_targets(struct buf *out, unsigned targets)
{
	const unsigned both = TARGET_REENCRYPT_FROM | TARGET_REENCRYPT_TO;
	const char *between = " ";

	if (targets & TARGET_DECRYPT) {
		buf_add(out, S(" Decrypt"));
		between = ", ";
	}
	if (targets & both)
		buf_printf(out, "%sReEncrypt%s", between,
			   (targets & both) == both                  ? "\\*" :
			   (targets & both) == TARGET_REENCRYPT_FROM ? "From" :
								       "To");
}

/* The edges of one principal, from `at` on: one column for each key. Where the next one's begin. */
static size_t add_cells(struct markdown *m, size_t at)
{
	const struct edge *e = m->picture.edges.v;
	size_t n = m->picture.edges.n, principal = e[at].principal;

	for (size_t k = 0; k < m->picture.keys.n; k++) {
		const char *before = "";

		buf_add(m->out, S(" | "));
		for (; at < n && e[at].principal == principal && e[at].key == k; at++) {
			buf_printf(m->out, "%s**%s**", before, reach_name(e[at].reach));
			add_targets(m->out, e[at].targets);
			before = "; ";
		}
	}
	return at;
}

/* The same for many keys: their names, by what becomes of the edge. */
static size_t add_key_lists(struct markdown *m, size_t at)
{
	const struct edge *e = m->picture.edges.v;
	size_t n = m->picture.edges.n, principal = e[at].principal, end = at;

	while (end < n && e[end].principal == principal)
		end++;
	for (enum reach r = 0; r < REACHES; r++) {
		size_t shown = 0, all = 0;

		buf_add(m->out, S(" | "));
		for (size_t i = at; i < end; i++) {
			if (e[i].reach != r || ++all > NAMES_MAX)
				continue;
			buf_add(m->out, shown++ ? S(", ") : S(""));
			add_party(m, &m->picture.keys.v[e[i].key]);
		}
		if (all > shown)
			buf_printf(m->out, " and %zu more", all - shown);
	}
	return end;
}

static void add_table_head(struct markdown *m, bool wide)
{
	size_t columns = wide ? m->picture.keys.n : REACHES;

	buf_add(m->out, S("\n### Who may use which key\n\n| Principal"));
	for (size_t i = 0; i < columns; i++) {
		buf_add(m->out, S(" | "));
		if (wide)
			add_party(m, &m->picture.keys.v[i]);
		else
			buf_add(m->out, str_from(reach_name((enum reach)i)));
	}
	buf_add(m->out, S(" |\n| ---"));
	for (size_t i = 0; i < columns; i++)
		buf_add(m->out, S(" | ---"));
	buf_add(m->out, S(" |\n"));
}

static void add_table(struct markdown *m)
{
	const struct picture *p = &m->picture;
	bool wide = p->keys.n <= COLUMNS_MAX;
	size_t at = 0, rows = 0;

	if (!p->edges.n)
		return;
	add_table_head(m, wide);
	while (at < p->edges.n && markdown_has_room(m, TABLE_END)) {
		buf_add(m->out, S("| "));
		add_party(m, &p->principals.v[p->edges.v[at].principal]);
		at = wide ? add_cells(m, at) : add_key_lists(m, at);
		buf_add(m->out, S(" |\n"));
		rows++;
	}
	markdown_more(m, p->principals.n - rows);
	buf_add(m->out,
		S("\n**moved**: through an IAM policy before, through the key policy after. "
		  "**kept**: through the key policy, before and after. **held**: through an IAM "
		  "policy, before and after. **removed**: an IAM policy said so, without "
		  "effect.\n"));
}

/* ---- the graph ---- */

/* How an edge is drawn; NULL: not at all. */
static const char *arrow(enum reach reach, bool after)
{
	static const char *const arrows[REACHES][2] = {
		[REACH_HELD] = { "-.->|IAM policy|", "-.->|IAM policy, held|" },
		[REACH_MOVED] = { "-->|IAM policy|", "==>|key policy|" },
		[REACH_REMOVED] = { "--x|no effect|", NULL },
		[REACH_SUPPRESSED] = { "-.->|IAM policy|", "-.->|IAM policy, suppressed|" },
		[REACH_KEPT] = { "-->|key policy|", "-->|key policy|" },
	};

	return arrows[reach][after];
}

static void add_node(struct markdown *m, char kind, size_t i, const struct party *p)
{
	str name = markdown_short(m, p->address);

	buf_printf(m->out, "%c%zu%s\"", kind, i, kind == 'k' ? "[(" : "[");
	if (p->unit.n) {
		mermaid_label(m->out, markdown_short(m, p->unit));
		mermaid_label(m->out, S(": "));
	}
	mermaid_label(m->out, name);
	buf_printf(m->out, "\"%s", kind == 'k' ? ")]" : "]");
}

static void add_graph_side(struct markdown *m, bool after)
{
	buf_printf(m->out, "\n%s:\n\n```mermaid\nflowchart LR\n", after ? "After" : "Before");
	for (size_t i = 0; i < m->picture.edges.n; i++) {
		const struct edge *e = &m->picture.edges.v[i];

		if (!arrow(e->reach, after))
			continue;
		buf_add(m->out, S("  "));
		add_node(m, 'p', e->principal, &m->picture.principals.v[e->principal]);
		buf_printf(m->out, " %s ", arrow(e->reach, after));
		add_node(m, 'k', e->key, &m->picture.keys.v[e->key]);
		buf_addc(m->out, '\n');
	}
	buf_add(m->out, S("```\n"));
}

static void add_graph(struct markdown *m)
{
	if (!m->picture.edges.n)
		return;
	if (m->picture.edges.n > GRAPH_MAX) {
		buf_add(m->out, S("\nThis is too much for a drawing here; `kmsfix --format html` "
				  "makes one.\n"));
		return;
	}
	add_graph_side(m, false);
	add_graph_side(m, true);
}

void markdown_access(struct markdown *m)
{
	add_table(m);
	add_graph(m);
}
