/* SPDX-License-Identifier: MIT */
#include "kmsfix/evidence.h"

#include "kmsfix/arena.h"
#include "reader.h"
#include "walk.h"

static bool is_log(str name)
{
	static const str endings[] = {
		{ ".json", 5 }, { ".jsonl", 6 }, { ".ndjson", 7 }, { ".log", 4 }, { ".csv", 4 },
	};

	if (str_ends(name, S(".gz")))
		return true;
	for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
		if (str_ends(name, endings[i]))
			return true;
	}
	return false;
}

static bool find_files(struct walk *w, const char *const *paths, size_t n, struct arena *a,
		       struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		if (!walk_add(w, paths[i], is_log, a, e))
			return false;
	}
	walk_sort(w);
	return true;
}

/* 0 when the size of one is not known. */
static uint64_t total_size(const struct walk *w)
{
	uint64_t total = 0;

	for (size_t i = 0; i < w->n; i++) {
		if (!w->v[i].size && !w->v[i].walked)
			return 0;
		total += w->v[i].size;
	}
	return total;
}

bool evidence_read(const struct evidence **out, const char *const *paths, size_t n,
		   const struct evidence_options *o, struct arena *a, struct err *e)
{
	static const struct evidence_options defaults;
	struct ledger *l = ARENA_NEW(a, struct ledger);
	struct reader r = { .ledger = l, .options = o ? o : &defaults, .err = e };
	struct walk files = { 0 };
	bool ok = find_files(&files, paths, n, a, e);

	ledger_start(l, a, o && o->max_uses ? o->max_uses : EVIDENCE_MAX_USES);
	l->ev.totals.skipped = files.skipped;
	r.progress.total = total_size(&files);
	for (size_t i = 0; ok && i < files.n; i++)
		ok = reader_file(&r, files.v[i].path, files.v[i].walked);
	arena_destroy(r.scratch);
	if (!ok)
		return false;
	ledger_finish(l);
	*out = &l->ev;
	return true;
}

const struct evidence_use *evidence_of(const struct evidence *ev, str principal, size_t *n)
{
	size_t low = 0, high = ev->use_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_cmp(ev->uses[mid].principal, principal) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*n = 0;
	while (low + *n < ev->use_count && str_eq(ev->uses[low + *n].principal, principal))
		++*n;
	return *n ? &ev->uses[low] : NULL;
}
