/* SPDX-License-Identifier: MIT */
/*
 * Directories that are called otherwise than by a local module call: by Terragrunt, by the address
 * of their repository, by a source that is computed, by a test. What such a caller gives is not
 * known. It is told by the end of a path: which part of the repository that stands in is not.
 */
#include "kmsfix/arena.h"
#include "tf.h"

/* What follows the host and the repository in a remote source; empty when nothing does. */
static str path_in(str source)
{
	bool remote = str_has(source, S("::")) || str_has(source, S("@")) ||
		      str_has(source, S("://"));
	for (size_t i = remote ? source.n : 0; i > 2; i--)
		if (source.p[i - 1] == '/' && source.p[i - 2] == '/' && source.p[i - 3] != ':' &&
		    source.p[i - 3] != '/')
			return str_sub(source, i, source.n);
	return remote ? S("") : source;
}

/* The names at its end that are told for sure: "modules/app" of "${var.root}/../modules//app". */
static str end_of(struct arena *a, str source)
{
	str out = { 0 };
	size_t query = str_find(source, S("?"), 0), slash;
	str rest = path_in(str_sub(source, 0, query == SIZE_MAX ? source.n : query));
	for (; rest.n; rest = str_sub(rest, slash == SIZE_MAX ? rest.n : slash + 1, rest.n)) {
		slash = str_find(rest, S("/"), 0);
		str part = str_sub(rest, 0, slash == SIZE_MAX ? rest.n : slash);
		if (str_eq(part, S(".")) || str_eq(part, S("..")) || str_has(part, S("{")) ||
		    str_has(part, S("}")))
			out.n = 0;
		else if (part.n)
			out = out.n ? STR_CAT(a, out, S("/"), part) : part;
	}
	return out;
}

/* Each text of the expression may be what the source is, or how it ends. */
static void name_all(struct tf_dirs *dirs, str expression, const struct tf_caller *by)
{
	struct arena *a = dirs->v[0]->model->arena;
	for (size_t end; expression.n; expression = str_sub(expression, end + 1, expression.n)) {
		end = str_find(expression, S("\""), 0);
		end = end == SIZE_MAX ? expression.n - 1 : end;
		str text = str_sub(expression, 0, end), name = { 0 };
		if (str_has(text, S("/")))
			name = end_of(a, text);
		const struct tf_caller *known = name.n ? map_find(&dirs->named, name) : NULL;
		if (name.n && (!known || known->sample)) {
			struct tf_caller *copy = ARENA_NEW(a, struct tf_caller);
			*copy = *by;
			map_put(&dirs->named, a, name, copy);
		}
	}
}

/* The rest of the next line on which a source is said; false at the end. */
static bool next_source(str text, size_t *at, str *line)
{
	while ((*at = str_find(text, S("source"), *at)) != SIZE_MAX) {
		size_t start = *at, end = str_find(text, S("\n"), *at);
		while (start > 0 && text.p[start - 1] != '\n')
			start--;
		end = end == SIZE_MAX ? text.n : end;
		str whole = str_trim(str_sub(text, start, end));
		*line = str_sub(text, *at, end);
		*at = end;
		if (!str_starts(whole, S("#")) && !str_starts(whole, S("//")))
			return true;
	}
	return false;
}

static void mark_tested(struct tf_dirs *dirs, str path)
{
	struct tf_dir *dir = map_find(&dirs->index, path);
	if (dir)
		dir->tested = true;
}

/* It stands in the module it runs or in a directory of it, and may run others. */
static void read_test(struct tf_dirs *dirs, const struct file *f)
{
	struct arena *a = dirs->v[0]->model->arena;
	str own = path_dir(f->path), line, dir;
	size_t at = 0;
	if (!map_find(&dirs->index, own))
		own = path_dir(own);
	mark_tested(dirs, own);
	while (next_source(f->text, &at, &line)) {
		size_t open = str_find(line, S("."), 0), end = str_find(line, S("\""), open);
		if (end != SIZE_MAX && path_join(a, own, str_sub(line, open, end), &dir))
			mark_tested(dirs, dir);
	}
}

static void read_calls(struct tf_dirs *dirs, struct tf_dir *dir)
{
	struct tf_caller by = { .sample = tf_is_sample(dir->path) };
	for (size_t i = 0; i < dir->calls.n; i++) {
		struct tf_declared *call = tf_declared(dir, dir->calls.v[i]);
		const struct node *n = tf_attr(call->body, S("source"), dir->model->arena);
		str source = n ? node_source(n) : S("");
		if (str_has(source, S("//")) || str_has(source, S("${")))
			name_all(dirs, source, &by);
	}
}

void tf_named(struct tf_dirs *dirs)
{
	const struct fileset *files = dirs->v[0]->model->files;
	for (size_t i = 0; i < files->n; i++) {
		const struct file *f = &files->files[i];
		struct tf_caller by = { .sample = tf_is_sample(f->path) };
		size_t at = 0;
		str line;
		if (tf_is_test(f->path))
			read_test(dirs, f);
		else if (str_ends(f->path, S(".hcl")))
			while (next_source(f->text, &at, &line))
				name_all(dirs, line, &by);
	}
	for (size_t i = 0; i < dirs->n; i++)
		read_calls(dirs, dirs->v[i]);
}

bool tf_is_named(const struct tf_dirs *dirs, const struct tf_dir *dir)
{
	bool sample = tf_is_sample(dir->path);
	for (str path = dir->path; path.n;) {
		const struct tf_caller *by = map_find(&dirs->named, path);
		size_t slash = str_find(path, S("/"), 0);
		if (by && (sample || !by->sample))
			return true;
		path = str_sub(path, slash == SIZE_MAX ? path.n : slash + 1, path.n);
	}
	return false;
}
