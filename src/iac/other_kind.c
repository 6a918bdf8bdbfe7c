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

/* An action of ours, in quotes or behind a blank: not in the markup of prose. */
static bool speaks_of_target(str text, size_t *at)
{
	static const char *const actions[] = { "kms:Decrypt", "kms:ReEncrypt" };
	*at = SIZE_MAX;
	for (size_t i = 0; i < 2; i++) {
		size_t found = str_find(text, str_from(actions[i]), 0);
		if (found < *at && found > 0 && memchr("\"' \t", text.p[found - 1], 4))
			*at = found;
	}
	return *at != SIZE_MAX;
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
	return str_has(path, S(".terraform/")) || str_has(path, S("node_modules/")) ||
	       str_has(path, S("site-packages/")) || tf_is_test(path);
}

/* Where a permission may stand that nobody reads; a policy of a key, or whoever is trusted, is no
 * finding. */
static bool is_other(const struct model *m, const struct file *f, size_t *at)
{
	return !f->unread && f->mode != FILE_LINK && !tf_is_config(f->path) &&
	       speaks_of_target(f->text, at) && str_has(f->text, S("Effect")) &&
	       str_has(f->text, S("Allow")) && !str_has(f->text, S("Principal")) &&
	       !is_apart(f->path) && !cfn_is_template(m->cloudformation, f->path);
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
