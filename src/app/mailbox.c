/* SPDX-License-Identifier: MIT */
#include "mailbox.h"

#include <sys/stat.h>

#include "kmsfix/arena.h"
#include "kmsfix/handoff.h"
#include "kmsfix/vec.h"
#include "revision.h"

/* ---- reading ---- */

void mailbox_make(const struct options *o)
{
	if (o->requests)
		mkdir(o->requests, 0777);
}

static bool read_dir(const struct requests **out, const char *dir, struct arena *a, struct err *e)
{
	struct requests *all = ARENA_NEW(a, struct requests);

	*out = all;
	return requests_read(all, dir, a, e);
}

bool mailbox_read(struct config *config, const struct options *o, struct arena *a, struct err *e)
{
	config->asks = o->requests != NULL;
	return (!o->grants || read_dir(&config->requests, o->grants, a, e)) &&
	       (!o->requests || read_dir(&config->receipts, o->requests, a, e));
}

/* ---- writing ---- */

/* Files of other repositories lie beside ours: by this name all know whose is whose. */
static bool name_of(str *out, const struct fix *f, struct repo *repo, struct err *e)
{
	return revision_name(out, f->model->config, repo) ||
	       err_set(e, ERR_CONFIG,
		       "what is this repository called? it has no remote 'origin'; say so in "
		       "\"repository\" of .kmsfix.json");
}

static void say(struct mailbox *m, str note)
{
	VEC_PUSH(m->fix->arena, &m->notes, note);
}

static bool ask(struct mailbox *m, str name, struct err *e)
{
	const struct fix *f = m->fix;
	const char *dir = f->options->requests;
	const struct requests *there = f->model->config->receipts;
	struct handoff h;

	handoff_requests(&h, &f->plan, dir, name, there, f->diags, f->arena);
	say(m,
	    str_fmt(f->arena, "'%s' asks for %zu grant%s in other repositories; %zu more %s there",
		    dir, h.asked, h.asked == 1 ? "" : "s", h.landed, h.landed == 1 ? "is" : "are"));
	outbox_add(&m->out, &h, there);
	return outbox_lock(&m->out, dir, there, e);
}

static bool answer(struct mailbox *m, str name, struct err *e)
{
	const struct fix *f = m->fix;
	const char *dir = f->options->grants, *commit = m->base->commit;
	const struct requests *there = f->model->config->requests;
	struct handoff h;

	if (!repo_is_published(m->repo, commit)) {
		diag_add(f->diags, SEVERITY_WARNING, NULL, 0,
			 "no receipts are written to '%s': commit %.12s is not known to be part of "
			 "the default branch of 'origin' ('git remote set-head origin --auto' asks "
			 "which that is)",
			 dir, commit);
		return true;
	}
	handoff_receipts(&h, &f->plan, name, str_from(commit), there, f->arena);
	say(m, str_fmt(f->arena, "%zu of the grants that '%s' asks for %s in commit %.12s",
		       h.granted, dir, h.granted == 1 ? "is" : "are", commit));
	outbox_add(&m->out, &h, there);
	return outbox_lock(&m->out, dir, there, e);
}

bool mailbox_prepare(struct mailbox *m, struct err *e)
{
	const struct options *o = m->fix->options;
	str name;

	if (!o->requests && !o->grants)
		return true;
	m->out.arena = m->fix->arena;
	return name_of(&name, m->fix, m->repo, e) && (!o->requests || ask(m, name, e)) &&
	       (!o->grants || answer(m, name, e)) && outbox_prepare(&m->out, e);
}

bool mailbox_commit(struct mailbox *m, struct err *e)
{
	if (!outbox_commit(&m->out, e))
		return false;
	for (size_t i = 0; i < m->notes.n; i++)
		diag_add(m->fix->diags, SEVERITY_NOTE, NULL, 0, "%.*s", STR_ARG(m->notes.v[i]));
	return true;
}

void mailbox_close(struct mailbox *m)
{
	outbox_close(&m->out);
}
