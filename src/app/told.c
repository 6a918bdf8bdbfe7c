/* SPDX-License-Identifier: MIT */
#include "told.h"

#include "kmsfix/evidence.h"
#include "mailbox.h"
#include "output.h"
#include "progress.h"

void told_say_gaps(const struct facts *f, struct diags *diags)
{
	if (f->truncated_pages && f->truncated_pages >= f->detail_pages)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "the account details say that more pages follow, which are not here");
	if (f->list_truncated)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "a list of keys or aliases says that it goes on, which is not here");
	for (size_t i = 0; i < f->silent.n; i++)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "'%.*s' holds none of the answers that are known here",
			 STR_ARG(f->silent.v[i]));
	for (size_t i = 0; i < f->errored.n; i++)
		diag_add(
			diags, SEVERITY_WARNING, NULL, 0,
			"'%.*s' is a plan that Terraform could not finish: it may leave out a part",
			STR_ARG(f->errored.v[i]));
	for (size_t i = 0; i < f->keys.n; i++)
		if (!f->keys.v[i]->arn.n)
			diag_add(diags, SEVERITY_WARNING, NULL, 0,
				 "no answer tells the ARN of key '%.*s': its policy is not used",
				 STR_ARG(f->keys.v[i]->id));
}

static bool read_facts(struct config *config, const struct options *o, struct diags *diags,
		       struct arena *a, struct err *e)
{
	const struct option_list *const lists[] = { &o->account_details, &o->key_answers,
						    &o->plan };
	const char *paths[sizeof(lists) / sizeof(*lists) * OPTION_TIMES];
	size_t n = 0;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			paths[n++] = lists[i]->v[k];
	if (n && !facts_read(&config->facts, paths, n, a, e))
		return false;
	if (n)
		told_say_gaps(config->facts, diags);
	return true;
}

/* ---- logs ---- */

/* Of more of one kind, only how many there are. */
#define SAID_MAX 5

static void say_gaps(const struct evidence *ev, struct diags *diags)
{
	char first[11], last[11];
	for (size_t i = 0; i < ev->kms_gap_count && i < SAID_MAX; i++) {
		evidence_day_text(ev->kms_gaps[i].first, first);
		evidence_day_text(ev->kms_gaps[i].last, last);
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "the logs have no event of KMS from %s to %s", first, last);
	}
	if (ev->kms_gap_count > SAID_MAX)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "the logs have %zu more gaps without an event of KMS",
			 ev->kms_gap_count - SAID_MAX);
}

static void say_interruptions(const struct evidence *ev, struct diags *diags)
{
	static const char *const what[] = {
		[EVIDENCE_KMS_EXCLUDED] = "leaves out events of KMS",
		[EVIDENCE_STOPPED] = "was stopped",
		[EVIDENCE_DELETED] = "was deleted",
	};
	char time[21];
	for (size_t i = 0; i < ev->interruption_count && i < SAID_MAX; i++) {
		const struct evidence_interruption *x = &ev->interruptions[i];
		evidence_time_text(x->time, time);
		diag_add(diags, SEVERITY_WARNING, NULL, 0, "trail '%.*s' %s%s%s", STR_ARG(x->trail),
			 what[x->kind], x->time ? " since " : "", x->time ? time : "");
	}
	if (ev->totals.interruptions > SAID_MAX)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "the logs were interrupted %llu more times",
			 (unsigned long long)ev->totals.interruptions - SAID_MAX);
}

static void say_evidence(const struct evidence *ev, struct diags *diags)
{
	const struct evidence_totals *t = &ev->totals;
	char first[11] = "?", last[11] = "?";
	if (!ev->day_count) {
		diag_add(diags, SEVERITY_WARNING, NULL, 0, "the logs have no event at all");
		return;
	}
	evidence_day_text(ev->days[0].day, first);
	evidence_day_text(ev->days[ev->day_count - 1].day, last);
	diag_add(diags, SEVERITY_NOTE, NULL, 0,
		 "the logs cover %zu day%s from %s to %s, with %llu use%s of keys", ev->day_count,
		 ev->day_count == 1 ? "" : "s", first, last, (unsigned long long)t->counted,
		 t->counted == 1 ? "" : "s");
	unsigned long long unclear = t->no_session + t->no_key + t->other_account;
	if (unclear)
		diag_add(diags, SEVERITY_WARNING, NULL, 0,
			 "%llu call%s not count, because the logs do not say which role or which "
			 "key it was",
			 unclear, unclear == 1 ? " does" : "s do");
	say_gaps(ev, diags);
	say_interruptions(ev, diags);
}

static bool save(const struct evidence *ev, const char *file, struct err *e)
{
	struct buf b = { 0 };
	evidence_write(ev, &b);
	bool ok = output_write(file, buf_str(&b), e);
	buf_free(&b);
	return ok;
}

static bool read_evidence(struct config *config, const struct options *o, struct diags *diags,
			  struct arena *a, struct err *e)
{
	struct progress progress = { .quiet = o->quiet };
	const struct evidence_options how = { .progress = progress_show, .ctx = &progress };
	bool ok = evidence_read(&config->evidence, o->evidence.v, o->evidence.n, &how, a, e);
	progress_end(&progress);
	if (!ok)
		return false;
	say_evidence(config->evidence, diags);
	return !o->save_evidence || save(config->evidence, o->save_evidence, e);
}

bool told_read(struct config *config, const struct options *o, struct diags *diags, struct arena *a,
	       struct err *e)
{
	config->here_only = o->wildcard_keys;
	return read_facts(config, o, diags, a, e) && mailbox_read(config, o, a, e) &&
	       (!o->evidence.n || read_evidence(config, o, diags, a, e));
}
