/* SPDX-License-Identifier: MIT */
#include "branches.h"

#include "finding.h"

static const struct {
	const char *name, *before, *after;
} states[] = {
	[REPORT_BRANCH_CREATED] = { "created", "committed on branch", "" },
	[REPORT_BRANCH_UPDATED] = { "updated", "updated branch", "" },
	[REPORT_BRANCH_SAME] = { "up-to-date", "branch", " is up to date" },
	[REPORT_BRANCH_OBSOLETE] = { "obsolete", "branch",
				     " is obsolete, as there is nothing to fix: '--prune' deletes "
				     "it" },
	[REPORT_BRANCH_DELETED] = { "deleted", "deleted branch",
				    ", as there is nothing to fix any more" },
};

static void add_branch(const struct report_input *in, const struct report_branch *b,
		       struct buf *out)
{
	bool made = b->state == REPORT_BRANCH_CREATED || b->state == REPORT_BRANCH_UPDATED;

	buf_printf(out, "%s '", states[b->state].before);
	buf_add_safe(out, b->name);
	buf_printf(out, "'%s", states[b->state].after);
	if (b->findings.n && b->group.n) {
		buf_add(out, S(" ("));
		buf_add_count(out, b->findings.n, "finding");
		buf_add(out, S(" of "));
		buf_add_safe(out, b->group);
		buf_addc(out, ')');
	}
	if (made) {
		buf_add(out, S("; review with 'git "));
		buf_add(out, in->phased ? S("log -p ") : S("show "));
		buf_add_safe(out, in->phased ? in->base : S(""));
		buf_add(out, in->phased ? S("..") : S(""));
		buf_add_safe(out, b->commit);
		buf_addc(out, '\'');
	}
	if (b->pushed || b->push_failed) {
		buf_add(out, b->pushed ? S("; pushed to '") : S("; NOT pushed to '"));
		buf_add_safe(out, in->remote);
		buf_addc(out, '\'');
	}
	buf_addc(out, '\n');
}

void branches_text(const struct report_input *in, struct buf *out)
{
	for (size_t i = 0; i < in->branches.n; i++)
		add_branch(in, &in->branches.v[i], out);
}

void branches_json(const struct report_input *in, struct writer *w)
{
	writer_key(w, "branches");
	writer_open(w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < in->branches.n; i++) {
		const struct report_branch *b = &in->branches.v[i];

		writer_open(w, '{', LAYOUT_LINE);
		writer_member_text(w, "name", b->name);
		writer_member_text(w, "state", str_from(states[b->state].name));
		writer_member_optional(w, "commit", b->commit);
		writer_member_optional(w, "group", b->group);
		writer_key(w, "findings");
		writer_open(w, '[', LAYOUT_LINE);
		for (size_t k = 0; k < b->findings.n; k++)
			writer_text(w, b->findings.v[k]);
		writer_close(w, ']');
		writer_key(w, "pushed");
		if (b->pushed || b->push_failed)
			writer_bool(w, b->pushed);
		else
			writer_null(w);
		writer_close(w, '}');
	}
	writer_close(w, ']');
}
