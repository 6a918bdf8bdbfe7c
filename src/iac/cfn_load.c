/* SPDX-License-Identifier: MIT */
/*
 * Finds templates by what they say: the name of the file tells nothing. Files that another program
 * turns into a template are left alone.
 */
#include "cfn.h"

#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"

/* ---- what it may be, before it is parsed ---- */

static bool may_be_template(str text)
{
	return str_has(text, S("Resources")) && str_has(text, S("AWS::"));
}

static bool may_be_serverless(str text)
{
	return str_has(text, S("provider:")) && str_has(text, S("service")) &&
	       (str_has(text, S("functions")) || str_has(text, S("resources")));
}

/* `{{`, which is CloudFormation's own in `{{resolve:`. */
static bool has_braces(str text)
{
	for (size_t at = str_find(text, S("{{"), 0); at != SIZE_MAX;
	     at = str_find(text, S("{{"), at + 2))
		if (!str_starts(str_sub(text, at + 2, text.n), S("resolve:")))
			return true;
	return false;
}

/* Marks of Jinja, ERB, Helm and Go templates. */
static const char *generator(str text)
{
	if (str_has(text, S("{%")))
		return "a Jinja template";
	if (str_has(text, S("<%")))
		return "an ERB template";
	if (has_braces(text))
		return "a Jinja, Helm or Go template";
	return NULL;
}

/* A statement of a template language that stands on a line of its own. */
static bool has_control_line(str text)
{
	static const char *const marks[] = {
		"{%", "<%", "{{-", "{{ if", "{{ range", "{{if", "{{#"
	};
	size_t end;
	for (size_t at = 0; at < text.n; at = end + 1) {
		end = str_find(text, S("\n"), at);
		if (end == SIZE_MAX)
			end = text.n;
		str line = str_trim(str_sub(text, at, end));
		for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
			if (str_starts(line, str_from(marks[i])))
				return true;
	}
	return false;
}

static bool is_generator_name(str path)
{
	static const char *const suffixes[] = { ".j2",     ".jinja", ".jinja2", ".erb",
						".gotmpl", ".tmpl",  ".tpl" };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++)
		if (str_ends(path, str_from(suffixes[i])))
			return true;
	return false;
}

/* Says what is left alone, where that might have held a finding. */
static void leave(struct cfn *c, const struct file *f, size_t offset, const char *why)
{
	if (!str_has(f->text, S("kms:")) && !str_has(f->text, S("KMSDecryptPolicy")))
		return;
	diag_add(c->model->diags, SEVERITY_NOTE, f, offset,
		 "%s, which becomes a template only when it is filled in; it is left alone", why);
	diag_unread(c->model->diags);
}

/* ---- what it is ---- */

/* A map in the place of a key or a text: `{{ name }}` without quotes. */
static bool has_odd_key(const struct node *n)
{
	for (const struct node *c = n->first; c; c = c->next)
		if ((c->kind == NODE_PAIR && c->first->kind != NODE_STRING &&
		     c->first->kind != NODE_ALIAS) ||
		    has_odd_key(c))
			return true;
	return false;
}

static bool has_resources(struct cfn *c, const struct node *map)
{
	str type;
	const struct node *list = cfn_get(c, map, "Resources");
	for (const struct node *p = list && list->kind == NODE_MAP ? list->first : NULL; p;
	     p = p->next)
		if (cfn_scalar(c, cfn_get(c, p->last, "Type"), &type) && str_has(type, S("::")))
			return true;
	return false;
}

static bool is_serverless(struct cfn *c, const struct node *root)
{
	str name;
	const struct node *provider = cfn_get(c, root, "provider");
	if (!cfn_get(c, root, "service") || !provider)
		return false;
	return cfn_scalar(c, cfn_get(c, provider, "name"), &name) ?
		       str_eq(name, S("aws")) :
		       cfn_scalar(c, provider, &name) && str_eq(name, S("aws"));
}

static void add_template(struct cfn *c, const struct file *f, struct tree *tree, enum cfn_kind kind)
{
	struct cfn_template *t = ARENA_NEW(c->model->arena, struct cfn_template);
	tree->dialect = DIALECT_CLOUDFORMATION;
	*t = (struct cfn_template){ .kind = kind, .file = f, .root = tree->root };
	c->model->files_read++;
	map_put(&c->by_path, c->model->arena, f->path, t);
	VEC_PUSH(c->model->arena, &c->templates, t);
}

bool cfn_is_template(const struct cfn *c, str path)
{
	return map_find(&c->by_path, path) != NULL;
}

/* The tree of the file: that of the model before when its text is the very same. */
static bool parse(struct model *m, struct tree **out, const struct file *f, struct syntax_error *e)
{
	struct arena *a = m->parsed->arena;
	str text = str_trim(f->text);
	bool json = str_starts(text, S("{")) || str_ends(f->path, S(".json"));
	*out = parsed_tree(m->parsed, f);
	if (*out)
		return true;
	if (!(json ? json_parse(out, f, a, e) : yaml_parse(out, f, a, e)))
		return false;
	parsed_keep(m->parsed, *out);
	return true;
}

/* What the CDK writes for its own use and for its tests: it would write it again. */
static bool is_output(str path)
{
	return str_starts(path, S("cdk.out/")) || str_has(path, S("/cdk.out/")) ||
	       str_has(path, S(".snapshot/"));
}

static void load(struct cfn *c, const struct file *f)
{
	struct syntax_error e;
	struct tree *tree;
	const char *by = generator(f->text);
	if (is_output(f->path)) {
		if (str_has(f->text, S("kms:")))
			diag_add(c->model->diags, SEVERITY_NOTE, f, 0,
				 "the CDK writes this template; its source is what to change");
		return;
	}
	if (is_generator_name(f->path) || (by && has_control_line(f->text))) {
		leave(c, f, 0, by ? by : "a template of another program");
		return;
	}
	if (!parse(c->model, &tree, f, &e)) {
		if (by) {
			leave(c, f, e.offset, by);
		} else if (str_has(f->text, S("kms:"))) {
			diag_add(c->model->diags, SEVERITY_WARNING, f, e.offset,
				 "%s; the file is left alone", e.reason);
			diag_unread(c->model->diags);
		}
		return;
	}
	cfn_anchors(c, tree->root);
	bool serverless = is_serverless(c, tree->root);
	if (!serverless && !has_resources(c, tree->root))
		return;
	if (by && has_odd_key(tree->root))
		leave(c, f, 0, by);
	else
		add_template(c, f, tree, serverless ? CFN_SERVERLESS : CFN_TEMPLATE);
}

struct tree *cfn_tree(struct cfn *c, str path)
{
	const struct file *f = fileset_find(c->model->files, path);
	struct syntax_error e;
	struct tree *tree = map_find(&c->trees, path);
	if (tree || !f || f->unread)
		return tree;
	if (!parse(c->model, &tree, f, &e))
		return NULL;
	if (map_find(&c->by_path, path))
		return tree; /* a template has been looked at */
	tree->dialect = DIALECT_CLOUDFORMATION;
	cfn_anchors(c, tree->root);
	map_put(&c->trees, c->model->arena, path, tree);
	return tree;
}

/* Files of Terraform and what is written for it. */
static bool is_of_terraform(str path)
{
	static const char *const ends[] = { ".tf", ".tofu", ".tf.json", ".tfvars", ".hcl" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(path, str_from(ends[i])))
			return true;
	return false;
}

void cfn_load(struct cfn *c)
{
	for (size_t i = 0; i < c->model->files->n; i++) {
		const struct file *f = &c->model->files->files[i];
		/* a link is the same template, read where it is */
		if (!is_of_terraform(f->path) && f->mode != FILE_LINK &&
		    (may_be_template(f->text) || may_be_serverless(f->text)))
			load(c, f);
	}
}
