/* SPDX-License-Identifier: MIT */
/*
 * Policies in JSON files that nothing loads [7.5]: a script may, or Terraform by a name that is not
 * known. What kind of policy one is cannot be told, and what nobody sees nobody fixes.
 */
#include "raw_json.h"

#include "document.h"
#include "kmsfix/action.h"
#include "kmsfix/ascii.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "tf.h"

struct search {
	struct model *m;
	struct scope *unit;
};

static void note_loaded(struct model *m)
{
	struct parsed *known = m->parsed;
	for (size_t i = 0; i < m->documents.n; i++) {
		const struct document *d = m->documents.v[i];
		map_put(&known->loaded, known->arena, d->file->path, known);
		for (size_t k = 0; k < d->statements.n; k++)
			map_put(&known->loaded, known->arena,
				d->statements.v[k]->node->tree->file->path, known);
	}
}

static bool is_name_byte(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/* Code that names a file loads it, and knows what it makes of it. */
static void note_names(struct parsed *known, str text)
{
	for (size_t at = 0; (at = str_find(text, S(".json"), at)) != SIZE_MAX; at++) {
		size_t start = at;
		while (start > 0 && is_name_byte(text.p[start - 1]))
			start--;
		map_put(&known->called, known->arena, str_sub(text, start, at + strlen(".json")),
			known);
	}
}

static bool is_code(const struct file *f)
{
	return tf_is_config(f->path) || str_has(f->text, S("${file("));
}

/* Whatever is looked at more closely: few files are. */
static bool may_be_policy(const struct file *f)
{
	return !f->unread && f->mode != FILE_LINK && str_ends(f->path, S(".json")) &&
	       !tf_is_config(f->path) && !tf_is_generated(f->path) &&
	       str_has(f->text, S("\"Statement\"")) && str_has(f->text, S("Action\"")) &&
	       !str_has(f->text, S("\"Resources\""));
}

static bool has_target(const struct statement *s)
{
	bool found = s->actions.negated;
	for (size_t i = 0; i < s->actions.n && !found; i++)
		found = action_possible_targets(s->actions.v[i].text) != 0;
	return found && s->effect == EFFECT_ALLOW && !s->principals.present;
}

static bool document_has_target(const struct document *d)
{
	for (size_t i = 0; i < d->statements.n; i++)
		if (has_target(d->statements.v[i]))
			return true;
	return false;
}

static struct document *read(struct search *s, const struct file *f)
{
	struct syntax_error e;
	struct tree *tree;
	if (!json_parse(&tree, f, s->m->arena, &e) || tree->root->kind != NODE_MAP ||
	    !map_get(tree->root, s->m->arena, S("Statement")))
		return NULL;
	if (!s->unit)
		s->unit = unit_scope(s->m, S("(json files)"), &raw_json_language);
	struct reader r = { .model = s->m,
			    .scope = s->unit,
			    .address = f->path,
			    .file = f,
			    .block = tree->root,
			    .eval = raw_json_eval,
			    .ctx = s->m };
	struct value v = { .kind = VALUE_FILE, .origin = tree->root, .file = f };
	return document_read(&r, &v, tree->root);
}

static void add_policy(struct search *s, const struct file *f)
{
	struct model *m = s->m;
	struct document *d = read(s, f);
	if (!d || !document_has_target(d))
		return;
	struct policy *p = ARENA_NEW(m->arena, struct policy);
	p->kind = POLICY_UNSEEN;
	p->unit = s->unit->unit;
	p->scope = s->unit;
	p->address = f->path;
	p->file = f;
	issue_add(m->arena, &p->issues, "JSON-KIND",
		  "nothing in the repository says what kind of policy '%.*s' is", STR_ARG(f->path));
	VEC_PUSH(m->arena, &m->policies, p);
	policy_use(m, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(m, p, d->statements.v[i]);
	m->files_read++;
}

/* As the first model has it: what loaded a file may be what goes. */
static void know_loads(struct model *m)
{
	if (m->parsed->loads_known)
		return;
	m->parsed->loads_known = true;
	note_loaded(m);
	for (size_t i = 0; i < m->files->n; i++)
		if (is_code(&m->files->files[i]))
			note_names(m->parsed, m->files->files[i].text);
}

bool raw_json_is_loaded(struct model *m, const struct file *f)
{
	const struct parsed *known = m->parsed;
	str name = path_base(f->path);
	know_loads(m);
	return map_find(&known->loaded, f->path) ||
	       (map_find(&known->called, name) && !map_find(&known->doubted, name));
}

void raw_json_find(struct model *m)
{
	struct search s = { .m = m };
	for (size_t i = 0; i < m->files->n; i++) {
		const struct file *f = &m->files->files[i];
		if (may_be_policy(f) && !raw_json_is_loaded(m, f))
			add_policy(&s, f);
	}
}
