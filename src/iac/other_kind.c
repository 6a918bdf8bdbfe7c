/* SPDX-License-Identifier: MIT */
/*
 * Policies in files of other kinds: manifests for Crossplane or ACK, playbooks, inputs of
 * Terragrunt, policies in YAML. That nothing was found in them must not look as if nothing were
 * there.
 */
#include "other_kind.h"

#include <string.h>

#include "cfn.h"
#include "raw_json.h"
#include "tf.h"

/* An action of ours from `from` on, in quotes or behind a blank: not in the markup of prose. */
static size_t find_action(str text, size_t from)
{
	size_t at = str_find(text, S("kms:"), from);
	for (; at != SIZE_MAX; at = str_find(text, S("kms:"), at + 1)) {
		str rest = str_sub(text, at, text.n);
		bool ours = str_starts(rest, S("kms:Decrypt")) ||
			    str_starts(rest, S("kms:ReEncrypt"));
		if (ours && at > 0 && memchr("\"' \t", text.p[at - 1], 4))
			break;
	}
	return at;
}

/* From the Effect before `at`, which may be of the statement before, to the line behind the next
 * one, where a Principal may be told. */
struct neighbourhood {
	size_t start, end;
};

static void come_to(struct neighbourhood *n, str text, size_t at)
{
	while (n->end <= at) {
		n->start = n->end;
		n->end = str_find(text, S("Effect"), n->end + 1);
	}
}

static bool names_principal(const struct neighbourhood *n, str text)
{
	size_t end = n->end;
	for (int lines = 0; lines < 2 && end < text.n; lines++)
		end = file_line_end(text, end) + 1;
	return str_has(str_sub(text, n->start, end), S("Principal"));
}

/* One of ours, in a statement that is not of a key's policy and says nothing of who is trusted. */
static bool speaks_of_target(str text, size_t *at)
{
	struct neighbourhood n = { 0 };
	size_t asked = SIZE_MAX;
	for (*at = find_action(text, 0); *at != SIZE_MAX; *at = find_action(text, *at + 1)) {
		come_to(&n, text, *at);
		if (n.start != asked && !names_principal(&n, text))
			return true;
		asked = n.start;
	}
	return false;
}

/* Files that a policy was found in, or of which somebody has said why they are left alone. */
static struct map known_files(const struct model *m)
{
	struct map known = { 0 };
	for (size_t i = 0; i < m->documents.n; i++) {
		const struct document *d = m->documents.v[i];
		map_put(&known, m->arena, d->file->path, m->arena);
		for (size_t k = 0; k < d->statements.n; k++)
			map_put(&known, m->arena, d->statements.v[k]->node->tree->file->path,
				m->arena);
	}
	for (size_t i = 0; i < m->diags->n; i++)
		if (m->diags->v[i].file)
			map_put(&known, m->arena, m->diags->v[i].file->path, m->arena);
	return known;
}

/* Code that somebody else wrote, or that only tests. */
static bool is_apart(str path)
{
	return tf_is_generated(path) || str_has(path, S("node_modules/")) ||
	       str_has(path, S("site-packages/")) || tf_is_test(path);
}

/* Where a permission may stand that nobody reads. */
static bool is_other(const struct model *m, const struct file *f, size_t *at)
{
	return !f->unread && f->mode != FILE_LINK && !tf_is_config(f->path) &&
	       speaks_of_target(f->text, at) && str_has(f->text, S("Effect")) &&
	       str_has(f->text, S("Allow")) && !is_apart(f->path) &&
	       !cfn_is_template(m->cloudformation, f->path);
}

void other_kinds_note(struct model *m)
{
	const struct file *first = NULL;
	size_t n = 0, at, offset = 0;
	struct map known = { 0 };
	for (size_t i = 0; i < m->files->n; i++) {
		const struct file *f = &m->files->files[i];
		if (!is_other(m, f, &at))
			continue;
		if (!known.n)
			known = known_files(m);
		if (map_find(&known, f->path) || raw_json_is_loaded(m, f) || n++)
			continue;
		first = f;
		offset = at;
	}
	if (n)
		diag_add(m->diags, SEVERITY_NOTE, first, offset,
			 "files of this kind are not read, and this one says that somebody is "
			 "allowed "
			 "an action (%zu such file%s); it is left alone",
			 n, n == 1 ? "" : "s");
}
