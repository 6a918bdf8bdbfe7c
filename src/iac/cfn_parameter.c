/* SPDX-License-Identifier: MIT */
/*
 * What parameters are given by files of parameters, as `aws cloudformation` and CodePipeline take
 * them. Nothing in such a file says which template it is for, and nothing in a template that it is
 * not deployed with others, too: the configuration says both.
 */
#include "cfn.h"

#include "value.h"

enum given { GIVEN_NOT, GIVEN_TEXT, GIVEN_UNKNOWN };

/* [{"ParameterKey": …, "ParameterValue": …}, …] or ["Name=value", …] */
static enum given in_list(struct cfn *c, const struct node *list, str name, str *out)
{
	enum given given = GIVEN_NOT;
	for (const struct node *n = list->first; n; n = n->next) {
		str key, value;
		bool plain = cfn_scalar(c, n, &key), told;
		if (plain && str_starts(key, name) && key.n > name.n && key.p[name.n] == '=') {
			value = str_sub(key, name.n + 1, key.n);
			told = true;
		} else if (!plain && cfn_scalar(c, cfn_get(c, n, "ParameterKey"), &key) &&
			   str_eq(key, name)) {
			told = cfn_scalar(c, cfn_get(c, n, "ParameterValue"), &value);
		} else {
			continue;
		}
		if (given != GIVEN_NOT || !told)
			return GIVEN_UNKNOWN; /* twice, or that of the last time */
		given = GIVEN_TEXT;
		*out = value;
	}
	return given;
}

/* {"Parameters": {"Name": "value", …}} */
static enum given in_map(struct cfn *c, const struct node *map, str name, str *out)
{
	const struct node *n = cfn_get(c, map, str_z(c->model->arena, name));
	if (!n)
		return GIVEN_NOT;
	return cfn_scalar(c, n, out) ? GIVEN_TEXT : GIVEN_UNKNOWN;
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

static enum given in_file(struct cfn *c, str path, const struct node *declared, str name, str *out)
{
	const struct node *n = parameters_in(c, path), *otherwise = cfn_get(c, declared, "Default");
	enum given given = GIVEN_UNKNOWN;
	if (n)
		given = (n->kind == NODE_SEQ ? in_list : in_map)(c, n, name, out);
	if (given == GIVEN_NOT && cfn_scalar(c, otherwise, out))
		given = GIVEN_TEXT;
	return given;
}

const struct value *cfn_given(struct cfn_stack *s, const struct node *n, str name,
			      const struct node *declared)
{
	const struct config *config = s->model->config;
	str text = S(""), other;
	bool any = false;
	for (size_t i = 0; i < config->parameters.n; i++) {
		const struct config_parameters *p = &config->parameters.v[i];
		if (!str_eq(p->template, s->of->file->path))
			continue;
		if (in_file(s->cfn, p->file, declared, name, &other) != GIVEN_TEXT ||
		    (any && !str_eq(text, other)))
			return NULL;
		text = other;
		any = true;
	}
	if (!any || str_has(text, S("{{")))
		return NULL;
	struct value *v = value_text_new(s->model->arena, text, n);
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
