/* SPDX-License-Identifier: MIT */
#include "publish.h"

#include "kmsfix/input.h"
#include "kmsfix/vec.h"
#include "parts.h"

#define MESSAGE_MAX_SIZE ((size_t)64 * 1024)

static const char *branch_option(const struct options *o)
{
	return o->branch ? o->branch : BRANCH_DEFAULT;
}

/* Lines of commit messages end as Git's do, however an editor ends those of the template. */
static str with_git_lines(struct arena *a, str text)
{
	struct buf b = { 0 };
	str out;

	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\r' || i + 1 == text.n || text.p[i + 1] != '\n')
			buf_addc(&b, text.p[i]);
	out = str_dup(a, buf_str(&b));
	buf_free(&b);
	return out;
}

static bool read_message(struct publisher *p, struct err *e)
{
	const char *name = p->options->message;

	if (!input_read(&p->message, name, MESSAGE_MAX_SIZE, p->arena, e))
		return false;
	p->message = with_git_lines(p->arena, p->message);
	return report_message_check(p->message, name, e);
}

bool publish_check(struct publisher *p, struct err *e)
{
	const struct options *o = p->options;

	if (o->message && !read_message(p, e))
		return false;
	return !o->push || repo_remote_check(p->repo, o->push, e);
}

/* ---- the commits ---- */

static str full_message(const struct report_input *in, struct arena *a)
{
	struct buf b = { 0 };
	str text;

	report_message(in, &b);
	text = str_dup(a, buf_str(&b));
	buf_free(&b);
	return text;
}

/* The commits to make: one, or under --phased the grants and then the rest. */
static size_t phases(const struct fix *f, const struct report_input *in,
		     struct commit_step steps[2], struct arena *a)
{
	const struct fileset *before = f->files;
	struct file_change *changes;
	size_t n = 0, count = 0;

	/* Nothing but grants is one commit. */
	if (f->phased && files_changed(a, &f->granted, &f->result, &changes))
		count = files_changed(a, before, &f->granted, &changes);
	if (count) {
		steps[n++] = (struct commit_step){ report_grants_message(in, a), changes, count };
		before = &f->granted;
	}
	count = files_changed(a, before, &f->result, &changes);
	steps[n++] = (struct commit_step){ full_message(in, a), changes, count };
	return n;
}

static bool commit_part(struct publisher *p, const struct branch_part *part,
			const struct report_input *in, struct report_branch *out, struct err *e)
{
	const struct branch_options options = { .force = p->options->force,
						.sign = p->options->sign,
						.remote = p->options->push };
	struct report_input own = fix_report(part->fix);
	struct commit_step steps[2];
	struct branch_result result;
	size_t n;

	own.base = in->base;
	own.phased = in->phased;
	own.message = p->message;
	own.signoff = in->signoff;
	own.group = part->group;
	n = phases(part->fix, &own, steps, p->arena);
	if (!repo_commit(p->repo, p->base, part->branch, steps, n, &options, &result, e))
		return false;
	*out = (struct report_branch){
		.name = str_from(part->branch),
		.commit = str_dup(p->arena, str_from(result.id)),
		.group = part->group,
		.findings = part->ids,
		.state = result.state == BRANCH_CREATED ? REPORT_BRANCH_CREATED :
			 result.state == BRANCH_UPDATED ? REPORT_BRANCH_UPDATED :
							  REPORT_BRANCH_SAME,
	};
	return true;
}

static bool commit_all(struct publisher *p, const struct parts *parts, struct report_input *in,
		       struct err *e)
{
	for (size_t i = 0; i < parts->n; i++) {
		if (!repo_branch_check(p->repo, parts->v[i].branch, p->options->force, e))
			return false;
	}
	for (size_t i = 0; i < parts->n; i++) {
		struct report_branch b;

		if (!commit_part(p, &parts->v[i], in, &b, e))
			return i && err_add(e, "; the branches before it are made");
		VEC_PUSH(p->arena, &in->branches, b);
	}
	return true;
}

/* ---- branches of earlier runs ---- */

static bool is_current(const struct report_input *in, str name)
{
	for (size_t i = 0; i < in->branches.n; i++) {
		if (str_eq(in->branches.v[i].name, name))
			return true;
	}
	return false;
}

/* The branch's name is the one that its group has. */
static bool is_named_for_group(const struct publisher *p, const struct branch_info *b)
{
	const char *by = group_by_name((enum group_by)p->options->group_by);
	str prefix = str_fmt(p->arena, "%s ", by), label;

	if (!str_starts(b->group, prefix))
		return false;
	label = str_sub(b->group, prefix.n, b->group.n);
	return str_eq(b->name, str_from(parts_branch(p->arena, branch_option(p->options), label)));
}

/* A branch that a run with these options would have made, but did not. */
static bool is_obsolete(const struct publisher *p, const struct report_input *in,
			const struct branch_info *b)
{
	if (is_current(in, b->name))
		return false;
	if (p->options->group_by != GROUP_ALL)
		return b->ours && is_named_for_group(p, b);
	return str_eq(b->name, str_from(branch_option(p->options)));
}

static void leave(struct publisher *p, const struct branch_info *b, const char *why)
{
	diag_add(p->fix->diags, SEVERITY_WARNING, NULL, 0,
		 "there is nothing to fix, but branch '%.*s' is left alone, as %s",
		 STR_ARG(b->name), why);
}

/* What a person committed there goes with --force only, and who asked for --prune is told. */
static bool is_theirs(struct publisher *p, const struct branch_info *b)
{
	if (b->ours || p->options->force)
		return false;
	leave(p, b, "kmsfix did not write its last commit; --prune deletes it with --force");
	return true;
}

/* What is read may be the branch itself, on which nothing is left to fix. */
static bool is_read(struct publisher *p, const struct branch_info *b, str tip)
{
	if (!str_eq(tip, str_from(p->base->commit)) ||
	    !repo_branch_is_meant(p->repo, str_z(p->arena, b->name), p->options->base))
		return false;
	diag_add(p->fix->diags, SEVERITY_WARNING, NULL, 0,
		 "branch '%.*s' is left alone, as it is what was read: say with --base what is to "
		 "be "
		 "fixed",
		 STR_ARG(b->name));
	return true;
}

/* As with what a person committed: the other branches are seen to all the same. */
static bool is_checked_out(struct publisher *p, const struct branch_info *b)
{
	if (!p->options->prune || !repo_branch_is_checked_out(p->repo, str_z(p->arena, b->name)))
		return false;
	leave(p, b, "it is checked out (git worktree list says where)");
	return true;
}

static bool prune(struct publisher *p, const struct branch_info *b, struct report_branch *out,
		  struct err *e)
{
	const char *name = str_z(p->arena, b->name);

	if (b->here && !repo_branch_delete(p->repo, name, p->options->force, e))
		return false;
	out->state = REPORT_BRANCH_DELETED;
	out->commit = (str){ 0 };
	return true;
}

static bool find_obsolete(struct publisher *p, struct report_input *in, struct err *e)
{
	struct branch_list list;

	if (!repo_branches(p->repo, branch_option(p->options), p->options->push, &list, e))
		return false;
	for (size_t i = 0; i < list.n; i++) {
		struct report_branch b = { .name = list.v[i].name,
					   .group = list.v[i].group,
					   .state = REPORT_BRANCH_OBSOLETE };
		char id[GIT_ID_SIZE];

		if (!is_obsolete(p, in, &list.v[i]) || is_theirs(p, &list.v[i]))
			continue;
		if (repo_branch_tip(p->repo, str_z(p->arena, b.name), id))
			b.commit = str_dup(p->arena, str_from(id));
		if (is_read(p, &list.v[i], b.commit) || is_checked_out(p, &list.v[i]))
			continue;
		if (p->options->prune && !prune(p, &list.v[i], &b, e))
			return false;
		/* what only the remote has is there to be deleted; what only we have is not */
		b.pushed = !list.v[i].remote;
		VEC_PUSH(p->arena, &in->branches, b);
	}
	return true;
}

/* ---- where others see them ---- */

static void push_one(struct publisher *p, struct report_branch *b)
{
	bool gone = b->state == REPORT_BRANCH_DELETED;
	const char *name = str_z(p->arena, b->name);
	struct err e = { 0 };

	b->pushed = repo_push(p->repo, p->options->push, name,
			      gone ? NULL : str_z(p->arena, b->commit), p->options->force, &e);
	b->push_failed = !b->pushed;
	if (b->pushed || p->unpushed.code)
		return;
	err_set(&p->unpushed, e.code, "branch '%s' is %s here, but not on '%s': %s", name,
		gone ? "deleted" : "done", p->options->push, e.msg);
}

void publish_push(struct publisher *p, struct report_input *in)
{
	for (size_t i = 0; i < in->branches.n; i++) {
		struct report_branch *b = &in->branches.v[i];
		bool unknown = b->pushed; /* of a branch that is to go: it is not there */

		b->pushed = false;
		if (p->options->push && b->state != REPORT_BRANCH_OBSOLETE && !unknown)
			push_one(p, b);
	}
}

bool publish(struct publisher *p, struct report_input *in, struct err *e)
{
	const struct options *o = p->options;
	struct parts parts;

	in->mode = REPORT_APPLIED;
	in->remote = str_from(o->push);
	if (o->signoff && !repo_committer(p->repo, p->base, &in->signoff, e))
		return false;
	if (!parts_make(&parts, p->fix, branch_option(o), (enum group_by)o->group_by, p->arena,
			e) ||
	    !commit_all(p, &parts, in, e))
		return false;
	if (parts.n) {
		in->branch = in->branches.v[0].name;
		in->commit = in->branches.v[0].commit;
	}
	return find_obsolete(p, in, e) || (parts.n && err_add(e, "; the fix itself is made"));
}
