/* SPDX-License-Identifier: MIT */
#include "altered.h"

#include "alter.h"
#include "kmsfix/arena.h"
#include "pipeline_fix.h"

#define MOST 3

static void alter(struct fileset *out, const struct fileset *original, uint64_t *seed,
		  struct arena *a)
{
	size_t which[MOST], n = 1 + (alter_random(seed, 3) ? 0 : alter_random(seed, MOST));
	for (size_t i = 0; i < n; i++)
		which[i] = alter_random(seed, original->n);
	for (size_t i = 0; i < original->n; i++) {
		struct file f = original->files[i];
		for (size_t k = 0; k < n; k++)
			f.text = which[k] == i ? alter_text(&f, seed, a) : f.text;
		fileset_add(out, a, f.path, f.text, 0100644);
	}
	fileset_sort(out);
}

static str judge(const struct pipeline_result *r, const struct fileset *files)
{
	bool changes = false;
	if (r->failure.n)
		return r->failure;
	for (size_t i = 0; i < r->plan.findings.n; i++) {
		const struct finding *f = &r->plan.findings.v[i];
		changes |= finding_changes(f);
		if (f->outcome == OUTCOME_HELD && (!f->holds.n || !f->reason.n))
			return S("something is held without a code or a reason");
	}
	for (size_t i = 0; i < files->n && !changes; i++) {
		if (!str_eq(r->files.files[i].text, files->files[i].text))
			return S("nothing is fixed, but a file is edited");
	}
	return S("");
}

str altered_fix(struct fileset *altered, const struct fileset *original, uint64_t seed,
		struct arena *a)
{
	struct pipeline_result result;
	alter(altered, original, &seed, a);
	pipeline_fix(&result, altered, !alter_random(&seed, 4), !alter_random(&seed, 4), a);
	return judge(&result, altered);
}

size_t altered_findings(const struct fileset *files, struct arena *a)
{
	struct pipeline_result result;
	pipeline_fix(&result, files, false, false, a);
	return result.plan.findings.n;
}
