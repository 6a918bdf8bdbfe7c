/* SPDX-License-Identifier: MIT */
#include "revision.h"

#include "kmsfix/iac.h"
#include "kmsfix/input.h"
#include "told.h"

static bool wanted(str path, void *ctx)
{
	(void)ctx;
	return str_eq(path, S(CONFIG_NAME)) || model_wants(path);
}

static bool load_config(struct revision *r, const struct options *o, struct arena *a, struct err *e)
{
	str text = S("{\"version\": 1}"), path = S(CONFIG_NAME);
	const struct file *f = fileset_find(&r->files, path);
	if (o->config) {
		path = str_from(o->config);
		if (!input_read(&text, o->config, CONFIG_MAX_SIZE, a, e))
			return false;
	} else if (f && f->unread) {
		return err_set(e, ERR_CONFIG, "'" CONFIG_NAME "' is %s: make it a file", f->unread);
	} else if (f) {
		text = f->text;
	}
	return config_parse(&r->config, text, path, a, e);
}

static void exclude_files(struct revision *r)
{
	size_t kept = 0;
	for (size_t i = 0; i < r->files.n; i++)
		if (!config_excludes(r->config, r->files.files[i].path))
			r->files.files[kept++] = r->files.files[i];
	r->files.n = kept;
}

bool revision_read(struct revision *out, struct repo *repo, const struct options *o,
		   const char *rev, struct arena *a, struct diags *diags, struct err *e)
{
	*out = (struct revision){ 0 };
	if (!repo_read(repo, rev, wanted, NULL, &out->files, &out->info, a, diags, e) ||
	    !load_config(out, o, a, e) || !told_read(out->config, o, diags, a, e))
		return false;
	exclude_files(out);
	return true;
}

bool revision_name(str *out, const struct config *c, struct repo *repo)
{
	*out = c->repository;
	return out->n || repo_name(repo, out);
}
