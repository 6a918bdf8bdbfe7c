/* SPDX-License-Identifier: MIT */
#include "finding.h"

#include <stdlib.h>

#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/text.h"

static int finding_order(const void *pa, const void *pb)
{
	const struct finding *a = *(const struct finding *const *)pa;
	const struct finding *b = *(const struct finding *const *)pb;
	int order = str_cmp(a->file->path, b->file->path);

	if (!order)
		order = (a->start > b->start) - (a->start < b->start);
	if (!order)
		order = (a->outcome > b->outcome) - (a->outcome < b->outcome);
	return order ? order : str_cmp(a->id, b->id);
}

struct finding_list findings_sorted(const struct plan *p, struct arena *a)
{
	struct finding_list list = { arena_array(a, p->findings.n, sizeof(*list.v)), 0 };

	for (size_t i = 0; i < p->findings.n; i++)
		list.v[list.n++] = &p->findings.v[i];
	qsort(list.v, list.n, sizeof(*list.v), finding_order);
	return list;
}

size_t findings_count(const struct plan *p, enum outcome outcome)
{
	size_t n = 0;

	for (size_t i = 0; i < p->findings.n; i++)
		n += p->findings.v[i].outcome == outcome;
	return n;
}

bool outcome_is_said(enum outcome outcome, size_t n)
{
	return n || outcome != OUTCOME_GRANTED;
}

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[] = {
		[OUTCOME_FIXED] = "fixed",     [OUTCOME_REMOVED] = "removed",
		[OUTCOME_HELD] = "held",       [OUTCOME_SUPPRESSED] = "suppressed",
		[OUTCOME_GRANTED] = "granted",
	};

	return names[outcome];
}

const char *rests_on_name(unsigned bit)
{
	switch (bit) {
	case RESTS_REPOSITORY:
		return "repository-is-truth";
	case RESTS_LOCKOUT:
		return "lockout-check";
	case RESTS_CONFIG:
		return "configuration";
	case RESTS_FACTS:
		return "account-facts";
	case RESTS_USE:
		return "usage-evidence";
	case RESTS_REQUEST:
		return "grant-request";
	case RESTS_RECEIPT:
		return "grant-receipt";
	case RESTS_HERE:
		return "wildcard-keys";
	default:
		return NULL;
	}
}

const char *given_up(const struct plan *p)
{
	static const char *const texts[] = { NULL, "what the logs do not show in use",
					     "keys that are not declared here",
					     "what the logs do not show in use and keys that are "
					     "not declared here" };
	unsigned rests_on = plan_rests_on(p);
	return texts[(rests_on & RESTS_USE ? 1 : 0) + (rests_on & RESTS_HERE ? 2 : 0)];
}

unsigned plan_rests_on(const struct plan *p)
{
	unsigned all = 0;

	for (size_t i = 0; i < p->findings.n; i++) {
		const struct finding *f = &p->findings.v[i];

		if (finding_changes(f))
			all |= f->rests_on;
	}
	return all;
}

const char *finding_code(const struct finding *f)
{
	const char *code = f->holds.n ? f->holds.v[0].code : NULL;

	return code && hold_code_find(code) ? code : NULL;
}

struct strs finding_codes(const struct finding *f, struct arena *a)
{
	struct strs codes = { 0 };

	for (size_t i = 0; finding_code(f) && i < f->holds.n; i++)
		if (hold_code_find(f->holds.v[i].code)) /* and not that it is suppressed */
			strs_add_once(a, &codes, str_from(f->holds.v[i].code));
	return codes;
}

/* What helps where there is no code, but an export. */
static const char *account_unlock(const char *code)
{
	static const char *const rows[][2] = {
		{ "ATTACH-UNKNOWN",
		  "export the account again, without a filter and with all pages" },
		{ "KEY-EXTERNAL",
		  "add the answers of get-key-policy and describe-key for the key to the export" },
		{ "MRK", "add the answers for the key of each Region to the export" },
		{ "EMPTY", "delete the policy" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i][0], code))
			return rows[i][1];
	return NULL;
}

static bool is_of_account(const struct finding *f)
{
	const struct document *d = f->statement ? f->statement->document : NULL;

	return d && d->unit && d->unit->account.n;
}

/* Who asks for what has no effect is better off without it. */
static bool is_vain_request(const struct finding *f, const char *code)
{
	return f->statement && f->statement->document && f->statement->document->request &&
	       (!strcmp(code, "NO-DELEGATION") || !strcmp(code, "COND-DEAD"));
}

const char *finding_unlock(const struct finding *f)
{
	const char *code = finding_code(f);
	const struct hold_code *row = code ? hold_code_find(code) : NULL;

	if (code && is_vain_request(f, code))
		return "let the other repository remove the permission: it has no effect there";
	if (code && is_of_account(f) && account_unlock(code))
		return account_unlock(code);
	if (row && f->holds.v[0].unlock)
		return f->holds.v[0].unlock;
	return row ? row->unlock : NULL;
}

str text_shown(str canonical, struct arena *a)
{
	struct buf shown = { 0 };
	str part, copy;
	bool ref;

	if (text_is_literal(canonical))
		return canonical;
	canonical = text_unscoped(a, canonical);
	while (text_next(&canonical, &part, &ref)) {
		buf_add(&shown, ref ? S("${") : S(""));
		buf_add(&shown, part);
		buf_add(&shown, ref ? S("}") : S(""));
	}
	copy = str_dup(a, buf_str(&shown));
	buf_free(&shown);
	return copy;
}

void buf_add_count(struct buf *b, size_t n, const char *noun)
{
	buf_printf(b, "%zu %s%s", n, noun, n == 1 ? "" : "s");
}
