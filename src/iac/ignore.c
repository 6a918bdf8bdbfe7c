/* SPDX-License-Identifier: MIT */
/*
 * Collects what is written, finds what each is about, and keeps the ranges sorted: as they are
 * those of nodes of one tree, two of them are apart or one is around the other.
 */
#include "kmsfix/ignore.h"

#include <stdlib.h>

#include "ignore_place.h"
#include "kmsfix/action.h"
#include "kmsfix/model.h"
#include "kmsfix/vec.h"

#define WORD "kmsfix:ignore"

/* The text of a statement or of one of its target actions. */
struct spot {
	const struct file *file;
	size_t start, end;
	bool statement;
};

struct finder {
	struct model *m;
	struct map files; /* by their path: those with an ignore */
	struct {
		struct spot *v;
		size_t n, cap;
	} spots;
	struct {
		struct place_range *v;
		size_t n, cap;
	} ranges; /* of m->ignores, in parallel */
};

static void add(struct finder *f, const struct node *root, size_t offset, str text,
		struct place_range range)
{
	struct ignore one = { .file = root->tree->file, .offset = offset };

	ignore_parse(&one, text, f->m->arena);
	VEC_PUSH(f->m->arena, &f->m->ignores, one);
	VEC_PUSH(f->m->arena, &f->ranges, range);
	map_put(&f->files, f->m->arena, one.file->path, f);
}

/* ---- where they are written ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * The text after the word, when the comment or text is one of ours; of one that is meant to be, but
 * has another word, all.
 */
static bool take_word(str *text)
{
	str s = str_trim(*text), prefix = S("kmsfix:");

	if (!str_starts(s, prefix) || s.n == prefix.n || is_blank(s.p[prefix.n]))
		return false;
	*text = s;
	if (str_starts(s, S(WORD)) && (s.n == S(WORD).n || is_blank(s.p[S(WORD).n])))
		*text = str_sub(s, S(WORD).n, s.n);
	return true;
}

/* Without the marks of a comment, and but its first line. */
static str comment_text(const struct tree *t, const struct span *c)
{
	str s = str_sub(t->file->text, c->start, c->end);
	bool block = str_starts(s, S("/*"));

	s = str_sub(s, str_starts(s, S("#")) ? 1 : 2, s.n - (block ? 2 : 0));
	return str_sub(s, 0, file_line_end(s, 0));
}

static void read_comments(struct finder *f, const struct tree *t)
{
	struct things things = { 0 };

	for (size_t k = 0; k < t->comment_count; k++) {
		str text = comment_text(t, &t->comments[k]);

		if (!take_word(&text))
			continue;
		if (!things.n)
			things_collect(&things, t, f->m->arena);
		add(f, t->root, t->comments[k].start, text, things_at(&things, t, k));
	}
}

static void read_members(struct finder *f, const struct tree *t)
{
	for (const struct node *n = t->root; n; n = node_after(n, t->root)) {
		str text;

		if (pair_key(n, f->m->arena, &text) && str_eq(text, S("//")) &&
		    node_text(n->last, f->m->arena, &text) && take_word(&text))
			add(f, t->root, n->start, text,
			    (struct place_range){ n->parent, n->parent });
	}
}

/* `Metadata: {kmsfix: {ignore: …}}` of a resource or of the template. */
static void read_metadata(struct finder *f, const struct node *of)
{
	struct arena *a = f->m->arena;
	const struct node *metadata = map_get(of, a, S("Metadata"));
	const struct node *ours = metadata ? map_get(metadata, a, S("kmsfix")) : NULL;
	const struct node *ignore = ours ? map_get(ours, a, S("ignore")) : NULL;
	str text;

	if (!ours)
		return;
	if (!ignore || node_count(ours) != 1 || !node_text(ignore, a, &text))
		text = S("kmsfix:");
	add(f, of, ours->start, text, (struct place_range){ of, of });
}

static void read_template(struct finder *f, const struct node *root)
{
	const struct node *list = map_get(root, f->m->arena, S("Resources"));

	read_metadata(f, root);
	for (const struct node *p = list ? list->first : NULL; p; p = p->next)
		if (p->kind == NODE_PAIR)
			read_metadata(f, p->last);
}

static void read_tree(struct finder *f, const struct tree *t)
{
	bool template = t->dialect == DIALECT_CLOUDFORMATION;

	if (t->lang == LANG_HCL || (t->lang == LANG_YAML && template))
		read_comments(f, t);
	if (t->lang == LANG_HCL || !str_has(t->file->text, S("kmsfix")))
		return;
	if (template)
		read_template(f, t->root);
	else if (str_ends(t->file->path, S(".tf.json")))
		read_members(f, t);
}

/* ---- what there is to be about ---- */

static void add_spot(struct finder *f, const struct node *n, bool statement)
{
	struct spot spot = { n->tree->file, n->start, n->end, statement };

	if (map_find(&f->files, spot.file->path))
		VEC_PUSH(f->m->arena, &f->spots, spot);
}

static int by_place(const void *x, const void *y)
{
	const struct spot *a = x, *b = y;
	int c = a->file == b->file ? 0 : str_cmp(a->file->path, b->file->path);

	return c ? c : (a->start > b->start) - (a->start < b->start);
}

static bool decrypts(const struct statement *s, size_t action)
{
	return s->actions.negated || action_possible_targets(s->actions.v[action].text);
}

static void collect_spots(struct finder *f)
{
	for (size_t i = 0; i < f->m->statements.n; i++) {
		const struct statement *s = f->m->statements.v[i];

		add_spot(f, s->node, true);
		for (size_t k = 0; k < s->actions.n; k++)
			if (decrypts(s, k))
				add_spot(f, s->actions.v[k].node, false);
	}
	if (f->spots.n)
		qsort(f->spots.v, f->spots.n, sizeof(*f->spots.v), by_place);
}

/* The first spot at or after `start`. */
static size_t first_spot(const struct finder *f, const struct file *file, size_t start)
{
	struct spot wanted = { .file = file, .start = start };
	size_t low = 0, high = f->spots.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_place(&f->spots.v[mid], &wanted) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_policy(const struct finder *f, const struct file *file, size_t start, size_t end)
{
	size_t i = first_spot(f, file, start);

	return i < f->spots.n && f->spots.v[i].file == file && f->spots.v[i].end <= end;
}

static const struct node *statement_around(const struct finder *f, const struct node *n)
{
	for (; n; n = n->parent) {
		const struct file *file = n->tree->file;

		for (size_t i = first_spot(f, file, n->start);
		     i < f->spots.n && f->spots.v[i].file == file &&
		     f->spots.v[i].start == n->start;
		     i++)
			if (f->spots.v[i].statement && f->spots.v[i].end == n->end)
				return n;
	}
	return NULL;
}

static struct span settle(const struct finder *f, struct place_range range)
{
	const struct node *n = range.first ? statement_around(f, range.first) : NULL;

	if (n)
		return (struct span){ n->start, n->end };
	n = range.first;
	if (!n || is_policy(f, n->tree->file, n->start, range.last->end))
		return n ? (struct span){ n->start, range.last->end } : (struct span){ 0, 0 };
	for (n = thing_around(n); n; n = thing_around(n))
		if (is_policy(f, n->tree->file, n->start, n->end))
			return (struct span){ n->start, n->end };
	return (struct span){ 0, 0 };
}

/* ---- all together ---- */

static void report(struct model *m, const struct ignore *one)
{
	if (one->wrong)
		diag_add(m->diags, SEVERITY_ERROR, one->file, one->offset,
			 WORD " does not count, and what it is about is held: %s", one->wrong);
	if (!one->covers.end)
		diag_add(m->diags, SEVERITY_WARNING, one->file, one->offset,
			 WORD " is about no policy here; write it above or behind the statement "
			      "or the resource");
}

static int by_range(const void *x, const void *y)
{
	const struct ignore *a = x, *b = y;
	int c = a->file == b->file ? 0 : str_cmp(a->file->path, b->file->path);

	if (!c)
		c = (a->covers.start > b->covers.start) - (a->covers.start < b->covers.start);
	if (!c)
		c = (a->covers.end < b->covers.end) - (a->covers.end > b->covers.end);
	return c ? c : (a->offset > b->offset) - (a->offset < b->offset);
}

static bool covers(const struct ignore *one, const struct node *n)
{
	return one->file == n->tree->file && one->covers.start <= n->start &&
	       n->end <= one->covers.end;
}

static void nest(struct ignores *list)
{
	struct ignore *open = NULL;

	for (size_t i = 0; i < list->n; i++) {
		struct ignore *one = &list->v[i];

		while (open && (open->file != one->file || open->covers.end < one->covers.end))
			open = open->around;
		one->around = open;
		open = one;
	}
}

/* The innermost that covers the node. */
static struct ignore *ignore_at(const struct ignores *list, const struct node *n)
{
	struct ignore wanted = { .file = n->tree->file, .covers = { n->start, n->end } };
	struct ignore *one = NULL;
	size_t low = 0, high = list->n;

	wanted.offset = SIZE_MAX;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (by_range(&list->v[mid], &wanted) <= 0) {
			one = &list->v[mid];
			low = mid + 1;
		} else {
			high = mid;
		}
	}
	while (one && !covers(one, n))
		one = one->around;
	return one;
}

static struct ignore *ignore_of(const struct ignores *list, const struct statement *s)
{
	struct ignore *one = ignore_at(list, s->node);

	for (size_t k = 0; !one && k < s->actions.n; k++)
		if (decrypts(s, k))
			one = ignore_at(list, s->actions.v[k].node);
	return one;
}

void ignores_read(struct model *m)
{
	struct finder f = { .m = m };

	for (size_t i = 0; i < m->files->n; i++) {
		const struct tree *t = parsed_tree(m->parsed, &m->files->files[i]);

		if (t)
			read_tree(&f, t);
	}
	if (!m->ignores.n)
		return;
	collect_spots(&f);
	for (size_t i = 0; i < m->ignores.n; i++) {
		m->ignores.v[i].covers = settle(&f, f.ranges.v[i]);
		report(m, &m->ignores.v[i]);
	}
	qsort(m->ignores.v, m->ignores.n, sizeof(*m->ignores.v), by_range);
	nest(&m->ignores);
	for (size_t i = 0; i < m->statements.n; i++)
		m->statements.v[i]->ignore = ignore_of(&m->ignores, m->statements.v[i]);
}
