/* SPDX-License-Identifier: MIT */
#include "kmsfix/check_report.h"

#include "finding.h"
#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/place.h"
#include "writer.h"

#define SCHEMA 1

static bool is_of(const struct regression *r, const char *code)
{
	return str_eq(str_from(r->code), str_from(code));
}

static bool is_back(const struct regression *r)
{
	return is_of(r, CODE_BACK);
}

/* "a, b and c", each as it is shown. */
static void add_names(struct buf *out, const struct strs *names, struct arena *a)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_add(out, i == 0 ? S("") : i + 1 == names->n ? S(" and ") : S(", "));
		buf_add_safe(out, text_shown(names->v[i], a));
	}
}

static struct strs target_names(const struct regression *r, struct arena *a)
{
	struct strs names = { 0 };

	for (unsigned bit = 1; bit < TARGET_ALL; bit <<= 1)
		if (r->targets & bit)
			strs_add(a, &names, str_from(target_name(bit)));
	return names;
}

/* "lets A use kms:Decrypt on K by an IAM policy, where none did before" */
static void add_sentence(struct buf *out, const struct regression *r, struct arena *a)
{
	struct strs targets = target_names(r, a);

	if (r->why.n) {
		buf_add(out, S("what it allows is not known: "));
		buf_add_safe(out, r->why);
		return;
	}
	buf_add(out, is_back(r) ? S("lets ") : S("takes "));
	add_names(out, is_back(r) ? &r->principals : &targets, a);
	buf_add(out, is_back(r) ? S(" use ") : S(" from "));
	add_names(out, is_back(r) ? &targets : &r->principals, a);
	if (is_back(r)) {
		buf_add(out, S(" on "));
		add_names(out, &r->keys, a);
		buf_add(out, S(" by an IAM policy, where none did before"));
	}
}

static void add_place(struct buf *out, struct place *p, const struct file *f, size_t offset)
{
	struct position pos = place_find(p, f, offset);

	buf_add_safe(out, f->path);
	buf_printf(out, ":%zu:%zu", pos.line, pos.column);
}

void check_text(const struct check_report *in, struct buf *out)
{
	struct arena *a = arena_create();
	struct place head = { 0 }, base = { 0 };

	for (size_t i = 0; i < in->found->n; i++) {
		const struct regression *r = in->found->v[i];

		add_place(out, &head, r->file, r->offset);
		buf_printf(out, ": %s ", r->code);
		buf_add_safe(out, text_shown(r->address, a));
		buf_add(out, S(": "));
		add_sentence(out, r, a);
		if (r->base_file) {
			buf_add(out, S(", granted before at "));
			add_place(out, &base, r->base_file, r->base_offset);
		}
		buf_addc(out, '\n');
	}
	arena_destroy(a);
}

static void member_names(struct writer *w, const char *key, const struct strs *names,
			 struct arena *a)
{
	writer_key(w, key);
	writer_open(w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < names->n; i++)
		writer_text(w, text_shown(names->v[i], a));
	writer_close(w, ']');
}

static void member_place(struct writer *w, const char *key, struct place *p, const struct file *f,
			 size_t offset)
{
	struct position pos;

	writer_key(w, key);
	if (!f) {
		writer_null(w);
		return;
	}
	pos = place_find(p, f, offset);
	writer_open(w, '{', LAYOUT_LINE);
	writer_member_text(w, "path", f->path);
	writer_member_number(w, "line", pos.line);
	writer_member_number(w, "column", pos.column);
	writer_close(w, '}');
}

/* The last places asked for. */
struct places {
	struct place head, base;
};

static void add_regression(struct writer *w, const struct regression *r, struct places *places,
			   struct arena *a)
{
	struct strs targets = target_names(r, a);
	struct buf sentence = { 0 };

	add_sentence(&sentence, r, a);
	writer_open(w, '{', LAYOUT_LINE);
	writer_member_text(w, "code", str_from(r->code));
	writer_member_text(w, "message", buf_str(&sentence));
	writer_member_text(w, "address", text_shown(r->address, a));
	member_place(w, "head", &places->head, r->file, r->offset);
	member_place(w, "base", &places->base, r->base_file, r->base_offset);
	member_names(w, "actions", &targets, a);
	member_names(w, "principals", &r->principals, a);
	member_names(w, "keys", &r->keys, a);
	writer_close(w, '}');
	buf_free(&sentence);
}

void check_json(const struct check_report *in, struct buf *out)
{
	struct arena *a = arena_create();
	struct places places = { 0 };
	struct writer w;

	writer_init(&w, out);
	writer_open(&w, '{', LAYOUT_LINES);
	writer_member_number(&w, "schema", SCHEMA);
	writer_member_text(&w, "kmsfix", in->version);
	writer_member_text(&w, "base", in->base);
	writer_member_text(&w, "head", in->head);
	writer_key(&w, "regressions");
	writer_open(&w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < in->found->n; i++)
		add_regression(&w, in->found->v[i], &places, a);
	writer_close(&w, ']');
	writer_close(&w, '}');
	buf_addc(out, '\n');
	arena_destroy(a);
}

void check_summary(const struct check_report *in, struct buf *out)
{
	size_t back = 0, unread = 0;

	for (size_t i = 0; i < in->found->n; i++) {
		back += is_back(in->found->v[i]);
		unread += is_of(in->found->v[i], CODE_UNREAD);
	}
	buf_add_count(out, back, "permission");
	buf_add(out, S(" back, "));
	buf_add_count(out, in->found->n - back - unread, "grant");
	buf_add(out, S(" dropped"));
	if (unread) {
		buf_add(out, S(", "));
		buf_add_count(out, unread, "changed file");
		buf_add(out, S(" not read"));
	}
	buf_printf(out, " since %.*s\n", STR_ARG(str_sub(in->base, 0, 12)));
	if (in->found->n)
		buf_printf(out,
			   "run 'kmsfix explain " CODE_BACK " " CODE_DROPPED
			   "%s' to learn what to do about it\n",
			   unread ? " " CODE_UNREAD : "");
}
