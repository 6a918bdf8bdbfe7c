/* SPDX-License-Identifier: MIT */
/*
 * Reads only what a summary needs; members that are not known are left alone, so results of a later
 * version can be summed up as long as they are of the same schema.
 */
#include "kmsfix/merge.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

#include "finding.h"
#include "kmsfix/diag.h"
#include "kmsfix/map.h"
#include "kmsfix/vec.h"
#include "writer.h"

#define SCHEMA 1
#define NUMBER_MAX 9e15 /* a double holds every whole number up to this */

/* How many findings are held for a code. */
struct tally {
	str code;
	size_t n;
};

struct tallies {
	struct tally *v;
	size_t n, cap;
};

struct result {
	str repository; /* as given on the command line, or empty */
	str name;       /* of the repository, else where the result was read */
	str key;        /* equal: the same repository; empty: who knows */
	str base, branch, commit;
	size_t counts[OUTCOMES];
	size_t files_read, files_changed, errors;
	bool proven; /* or nothing to prove */
	struct tallies codes;
};

struct merge {
	struct arena *arena;
	struct {
		struct result *v;
		size_t n, cap;
	} results;
	struct map by_repository; /* index in results */
	size_t replaced;
};

struct merge *merge_create(struct arena *a)
{
	struct merge *m = ARENA_NEW(a, struct merge);

	m->arena = a;
	return m;
}

/* ---- reading ---- */

static bool read_number(const cJSON *object, const char *name, size_t *out)
{
	const cJSON *n = cJSON_GetObjectItemCaseSensitive(object, name);

	if (!cJSON_IsNumber(n) || n->valuedouble < 0 || n->valuedouble > NUMBER_MAX ||
	    (double)(uint64_t)n->valuedouble != n->valuedouble)
		return false;
	*out = (size_t)n->valuedouble;
	return true;
}

/* A text member, or an empty text when it is null or absent. */
static str read_text(struct merge *m, const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	return str_dup(m->arena, str_from(text));
}

static void count_code(struct arena *a, struct tallies *codes, str code, size_t n)
{
	for (size_t i = 0; i < codes->n; i++) {
		if (str_eq(codes->v[i].code, code)) {
			codes->v[i].n += n;
			return;
		}
	}
	VEC_PUSH(a, codes, ((struct tally){ str_dup(a, code), n }));
}

static bool read_findings(struct merge *m, const cJSON *root, struct result *r)
{
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "findings"), *f;

	cJSON_ArrayForEach(f, list)
	{
		const cJSON *outcome = cJSON_GetObjectItemCaseSensitive(f, "outcome");
		const cJSON *code = cJSON_GetObjectItemCaseSensitive(f, "code");
		const char *held = cJSON_GetStringValue(code);

		if (!cJSON_IsString(outcome))
			return false;
		/* Any text might be a code here; only ours are counted by name. */
		if (str_eq(str_from(outcome->valuestring), S("held")))
			count_code(m->arena, &r->codes,
				   held && hold_code_find(held) ? str_from(held) : S("(other)"), 1);
	}
	return cJSON_IsArray(list);
}

static void read_diagnostics(const cJSON *root, struct result *r)
{
	const cJSON *d;

	cJSON_ArrayForEach(d, cJSON_GetObjectItemCaseSensitive(root, "diagnostics"))
	{
		const char *severity =
			cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(d, "severity"));

		r->errors += str_eq(str_from(severity), S("error"));
	}
}

/* "." is another place for each who says it. */
static bool is_relative(str path)
{
	return path.n && path.p[0] == '.' && (path.n == 1 || path.p[1] == '/' || path.p[1] == '.');
}

/*
 * What the repository calls itself; else where it is, if that is no matter of where one stands.
 * Results of versions that did not say have only what was given.
 */
static void name_result(struct merge *m, const cJSON *root, struct result *r)
{
	bool said = cJSON_HasObjectItem(root, "name");
	str path = r->repository;

	r->name = path;
	r->key = read_text(m, root, "name");
	if (!path.n || is_relative(path))
		r->name = r->key;
	if (!r->key.n && (said ? str_starts(path, S("/")) : !is_relative(path)))
		r->key = path;
}

static bool read_result(struct merge *m, const cJSON *root, struct result *r)
{
	const cJSON *summary = cJSON_GetObjectItemCaseSensitive(root, "summary");
	const cJSON *proof = cJSON_GetObjectItemCaseSensitive(root, "proof");
	size_t schema;

	if (!read_number(root, "schema", &schema) || schema != SCHEMA ||
	    !read_number(summary, "files_read", &r->files_read) ||
	    !read_number(summary, "files_changed", &r->files_changed) || !read_findings(m, root, r))
		return false;
	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++) {
		if (!read_number(summary, outcome_name(o), &r->counts[o]) && o != OUTCOME_GRANTED)
			return false;
	}
	r->proven = !r->files_changed ||
		    cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(proof, "holds"));
	r->repository = read_text(m, root, "repository");
	r->base = read_text(m, root, "base");
	r->branch = read_text(m, root, "branch");
	r->commit = read_text(m, root, "commit");
	name_result(m, root, r);
	read_diagnostics(root, r);
	return true;
}

static void add_result(struct merge *m, const struct result *r)
{
	size_t *known = r->key.n ? map_find(&m->by_repository, r->key) : NULL;

	if (known) {
		m->results.v[*known] = *r;
		m->replaced++;
		return;
	}
	VEC_PUSH(m->arena, &m->results, *r);
	if (r->key.n) {
		size_t *index = ARENA_NEW(m->arena, size_t);

		*index = m->results.n - 1;
		map_put(&m->by_repository, m->arena, r->key, index);
	}
}

static size_t count_lines(str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* The next result, which starts at `at`; `at` moves behind it. */
static bool read_next(struct merge *m, str text, size_t *at, struct result *r)
{
	const char *end = NULL;
	cJSON *root = cJSON_ParseWithLengthOpts(text.p + *at, text.n - *at, &end, 0);
	bool ok = cJSON_IsObject(root) && read_result(m, root, r);

	cJSON_Delete(root);
	if (ok)
		*at = (size_t)(end - text.p);
	return ok;
}

bool merge_add(struct merge *m, str text, str name, struct err *e)
{
	size_t at = 0, line = 1, counted = 0;

	for (;;) {
		struct result r = { 0 };

		while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t' ||
				       text.p[at] == '\n' || text.p[at] == '\r'))
			at++;
		if (at == text.n)
			return true;
		line += count_lines(str_sub(text, counted, at));
		counted = at;
		if (!read_next(m, text, &at, &r))
			return err_set(e, ERR_IO,
				       "%.*s:%zu: this is no result of kmsfix --format json",
				       STR_ARG(name), line);
		if (!r.name.n)
			r.name = str_fmt(m->arena, "%.*s:%zu", STR_ARG(name), line);
		add_result(m, &r);
	}
}

/* ---- summing up ---- */

enum state { STATE_FIX, STATE_APPLIED, STATE_HELD, STATE_CLEAN, STATES };

struct total {
	size_t states[STATES];
	size_t counts[OUTCOMES];
	size_t files_read, files_changed, errors, unproven;
	struct tallies codes;
};

static enum state state_of(const struct result *r)
{
	if (r->commit.n)
		return STATE_APPLIED;
	if (r->files_changed)
		return STATE_FIX;
	return r->counts[OUTCOME_HELD] ? STATE_HELD : STATE_CLEAN;
}

static int most_first(const void *px, const void *py)
{
	const struct tally *x = px, *y = py;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return str_cmp(x->code, y->code);
}

static void add_up(const struct merge *m, struct total *t)
{
	*t = (struct total){ 0 };
	for (size_t i = 0; i < m->results.n; i++) {
		const struct result *r = &m->results.v[i];

		t->states[state_of(r)]++;
		for (size_t o = 0; o < OUTCOMES; o++)
			t->counts[o] += r->counts[o];
		t->files_read += r->files_read;
		t->files_changed += r->files_changed;
		t->errors += r->errors;
		t->unproven += !r->proven;
		for (size_t c = 0; c < r->codes.n; c++)
			count_code(m->arena, &t->codes, r->codes.v[c].code, r->codes.v[c].n);
	}
	if (t->codes.n)
		qsort(t->codes.v, t->codes.n, sizeof(*t->codes.v), most_first);
}

static int by_name(const void *px, const void *py)
{
	const struct result *x = *(const struct result *const *)px,
			    *y = *(const struct result *const *)py;

	return str_cmp(x->name, y->name);
}

static const struct result **sorted(const struct merge *m)
{
	const struct result **list = arena_array(m->arena, m->results.n, sizeof(*list));

	for (size_t i = 0; i < m->results.n; i++)
		list[i] = &m->results.v[i];
	qsort(list, m->results.n, sizeof(*list), by_name);
	return list;
}

/* ---- for a person ---- */

static void add_counts(struct buf *out, const size_t *counts)
{
	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++)
		if (outcome_is_said(o, counts[o]))
			buf_printf(out, "%s%zu %s", o ? ", " : "", counts[o], outcome_name(o));
}

static void add_codes(struct buf *out, const struct tallies *codes)
{
	if (codes->n)
		buf_add(out, S("\nheld, by code:\n"));
	for (size_t i = 0; i < codes->n; i++) {
		const struct tally *t = &codes->v[i];
		char name[32] = { 0 };

		for (size_t k = 0; k < t->code.n && k < sizeof(name) - 1; k++)
			name[k] = t->code.p[k];
		buf_printf(out, "%7zu  %-16s  %s\n", t->n, name,
			   hold_code_find(name) ? hold_code_find(name)->title : "");
	}
}

static void add_repository(struct buf *out, const struct result *r)
{
	buf_add(out, S("  "));
	buf_add_safe(out, r->name);
	buf_add(out, S(": "));
	add_counts(out, r->counts);
	if (r->commit.n) {
		buf_add(out, S("; on branch '"));
		buf_add_safe(out, r->branch);
		buf_addc(out, '\'');
	}
	if (r->errors) {
		buf_add(out, S("; "));
		buf_add_count(out, r->errors, "error");
	}
	buf_add(out, r->proven ? S("\n") : S("; proof FAILED\n"));
}

void merge_text(const struct merge *m, struct buf *out)
{
	const struct result **list = sorted(m);
	struct total t;

	add_up(m, &t);
	buf_printf(out,
		   "%zu %s: %zu with a fix available, %zu with a fix on a branch, %zu with held "
		   "findings only, %zu with nothing to do\n",
		   m->results.n, m->results.n == 1 ? "repository" : "repositories",
		   t.states[STATE_FIX], t.states[STATE_APPLIED], t.states[STATE_HELD],
		   t.states[STATE_CLEAN]);
	add_counts(out, t.counts);
	buf_printf(out, " in %zu files, of which %zu change", t.files_read, t.files_changed);
	if (t.errors) {
		buf_add(out, S("; "));
		buf_add_count(out, t.errors, "error");
	}
	buf_add(out, t.unproven ? S("; a proof FAILED\n") : S("; all proofs hold\n"));
	if (m->replaced)
		buf_printf(out, "%zu result%s replaced by a later one of the same repository\n",
			   m->replaced, m->replaced == 1 ? " was" : "s were");
	add_codes(out, &t.codes);
	buf_add(out, m->results.n > t.states[STATE_CLEAN] ? S("\nrepositories:\n") : S(""));
	for (size_t i = 0; i < m->results.n; i++) {
		if (state_of(list[i]) != STATE_CLEAN)
			add_repository(out, list[i]);
	}
}

/* ---- for machines ---- */

static void member_summary(struct writer *w, const size_t *counts, size_t read, size_t changed)
{
	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++)
		if (outcome_is_said(o, counts[o]))
			writer_member_number(w, outcome_name(o), counts[o]);
	writer_member_number(w, "files_read", read);
	writer_member_number(w, "files_changed", changed);
}

static void write_totals(struct writer *w, const struct merge *m, const struct total *t)
{
	static const char *const names[] = {
		[STATE_FIX] = "fix_available",
		[STATE_APPLIED] = "fix_on_branch",
		[STATE_HELD] = "held_only",
		[STATE_CLEAN] = "nothing_to_do",
	};

	writer_key(w, "summary");
	writer_open(w, '{', LAYOUT_LINE);
	writer_member_number(w, "repositories", m->results.n);
	for (size_t i = 0; i < STATES; i++)
		writer_member_number(w, names[i], t->states[i]);
	member_summary(w, t->counts, t->files_read, t->files_changed);
	writer_member_number(w, "errors", t->errors);
	writer_member_number(w, "replaced", m->replaced);
	writer_key(w, "proven");
	writer_bool(w, !t->unproven);
	writer_close(w, '}');
	writer_key(w, "codes");
	writer_open(w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < t->codes.n; i++) {
		writer_open(w, '{', LAYOUT_LINE);
		writer_member_text(w, "code", t->codes.v[i].code);
		writer_member_number(w, "held", t->codes.v[i].n);
		writer_close(w, '}');
	}
	writer_close(w, ']');
}

static void write_result(struct writer *w, const struct result *r)
{
	writer_open(w, '{', LAYOUT_LINE);
	writer_member_text(w, "name", r->name);
	writer_member_optional(w, "repository", r->repository);
	writer_member_optional(w, "base", r->base);
	writer_member_optional(w, "branch", r->branch);
	writer_member_optional(w, "commit", r->commit);
	member_summary(w, r->counts, r->files_read, r->files_changed);
	writer_member_number(w, "errors", r->errors);
	writer_key(w, "proven");
	writer_bool(w, r->proven);
	writer_close(w, '}');
}

void merge_json(const struct merge *m, str version, struct buf *out)
{
	const struct result **list = sorted(m);
	struct writer w;
	struct total t;

	add_up(m, &t);
	writer_init(&w, out);
	writer_open(&w, '{', LAYOUT_LINES);
	writer_member_number(&w, "schema", SCHEMA);
	writer_member_text(&w, "kmsfix", version);
	write_totals(&w, m, &t);
	writer_key(&w, "repositories");
	writer_open(&w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < m->results.n; i++)
		write_result(&w, list[i]);
	writer_close(&w, ']');
	writer_close(&w, '}');
	buf_addc(out, '\n');
}
