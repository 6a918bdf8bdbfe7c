/* SPDX-License-Identifier: MIT */
/*
 * What parameters are given by files of parameters, as `aws cloudformation` and CodePipeline take
 * them. Nothing in such a file says which template it is for, and nothing in a template that it is
 * not deployed with others, too: the configuration says both.
 */
#include "cfn.h"

#include "kmsfix/arena.h"
#include "value.h"

struct given {
	bool known; /* not what is given twice, or is that of the last time */
	str text;
};

static void give(struct map *all, struct arena *a, str name, struct given given)
{
	struct given *g = map_find(all, name);
	if (g) {
		g->known = false;
		return;
	}
	g = ARENA_NEW(a, struct given);
	*g = given;
	map_put(all, a, name, g);
}

static struct given scalar(struct cfn *c, const struct node *n)
{
	struct given g = { .text = S("") };
	g.known = cfn_scalar(c, n, &g.text);
	return g;
}

/* [{"ParameterKey": …, "ParameterValue": …}, …] or ["Name=value", …] */
static void read_list(struct cfn *c, const struct node *list, struct map *all)
{
	struct arena *a = c->model->arena;
	for (const struct node *n = list->first; n; n = n->next) {
		str text;
		if (cfn_scalar(c, n, &text)) {
			size_t at = str_find(text, S("="), 0);
			if (at != SIZE_MAX)
				give(all, a, str_sub(text, 0, at),
				     (struct given){ true, str_sub(text, at + 1, text.n) });
		} else if (cfn_scalar(c, cfn_get(c, n, "ParameterKey"), &text)) {
			give(all, a, text, scalar(c, cfn_get(c, n, "ParameterValue")));
		}
	}
}

/* {"Parameters": {"Name": "value", …}} */
static void read_map(struct cfn *c, const struct node *map, struct map *all)
{
	str name;
	for (const struct node *p = map->first; p; p = p->next)
		if (pair_key(p, c->model->arena, &name))
			give(all, c->model->arena, name, scalar(c, p->last));
}

/* The list or map in the file; NULL when it has none. */
static const struct node *parameters_in(struct cfn *c, str path)
{
	struct tree *tree = cfn_tree(c, path);
	const struct node *n = tree ? tree->root : NULL;
	if (n && n->kind == NODE_SEQ)
		return n;
	n = n ? cfn_get(c, n, "Parameters") : NULL;
	return n && n->kind == NODE_MAP ? n : NULL;
}

/* What the file gives the parameter, or else the template itself. */
static struct given given_by(struct cfn *c, const struct map *file, str name,
			     const struct node *declared)
{
	const struct given *g = map_find(file, name);
	return g ? *g : scalar(c, cfn_get(c, declared, "Default"));
}

/* What one more file gives; where another one gives something else, nothing is known. */
static void add_file(struct cfn_stack *s, str path, struct map *all)
{
	struct cfn *c = s->cfn;
	const struct node *n = parameters_in(c, path);
	struct map file = { 0 };
	str name;
	if (n)
		(n->kind == NODE_SEQ ? read_list : read_map)(c, n, &file);
	for (const struct node *p = s->parameters->first; p; p = p->next) {
		struct given given = { 0 }, *old;
		if (!pair_key(p, c->model->arena, &name))
			continue;
		if (n)
			given = given_by(c, &file, name, p->last);
		old = map_find(all, name);
		if (!old)
			give(all, c->model->arena, name, given);
		else
			old->known &= given.known && str_eq(given.text, old->text);
	}
}

/* All that the files say, read once for each stack. */
static const struct map *read_files(struct cfn_stack *s)
{
	const struct config *config = s->model->config;
	struct map *all = ARENA_NEW(s->model->arena, struct map);
	for (size_t i = 0; i < config->parameters.n; i++)
		if (str_eq(config->parameters.v[i].template, s->of->file->path))
			add_file(s, config->parameters.v[i].file, all);
	return all;
}

const struct value *cfn_given(struct cfn_stack *s, const struct node *n, str name)
{
	if (!s->told)
		s->told = read_files(s);
	const struct given *g = map_find(s->told, name);
	if (!g || !g->known || str_has(g->text, S("{{")))
		return NULL;
	struct value *v = value_text_new(s->model->arena, g->text, n);
	v->scope = s->scope;
	return v;
}

bool cfn_is_given(const struct cfn_stack *s)
{
	const struct config *config = s->model->config;
	for (size_t i = 0; i < config->parameters.n; i++)
		if (str_eq(config->parameters.v[i].template, s->of->file->path))
			return true;
	return false;
}

void cfn_check_parameters(struct cfn *c)
{
	const struct config *config = c->model->config;
	for (size_t i = 0; i < config->parameters.n; i++) {
		const struct config_parameters *p = &config->parameters.v[i];
		const char *why = NULL;
		str path = p->file;
		if (!map_find(&c->by_path, p->template)) {
			path = p->template;
			why = "which is no template in the repository";
		} else if (!fileset_find(c->model->files, path)) {
			why = "which is not in the repository";
		} else if (!parameters_in(c, path)) {
			why = "which has no parameters that can be read";
		}
		if (why)
			diag_add(c->model->diags, SEVERITY_ERROR, NULL, 0, "%.*s: names '%.*s', %s",
				 STR_ARG(config->path), STR_ARG(path), why);
	}
}
