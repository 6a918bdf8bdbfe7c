/* SPDX-License-Identifier: MIT */
/* Tests of a module, which name what is in it: they stand beside it or in a directory of it. */
#include "kmsfix/ascii.h"
#include "kmsfix/vec.h"
#include "tf.h"

bool tf_is_test(str path)
{
	static const char *const ends[] = { ".tftest.hcl", ".tftest.json", ".tofutest.hcl",
					    ".tofutest.json" };
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (str_ends(path, str_from(ends[i])))
			return true;
	return false;
}

void tf_tests_find(struct tf_state *state, const struct model *m)
{
	for (size_t i = 0; i < m->files->n; i++)
		if (tf_is_test(m->files->files[i].path))
			VEC_PUSH(m->arena, &state->test_files, &m->files->files[i]);
}

static bool is_word(char c)
{
	return ascii_is_alnum(c) || c == '_' || c == '-';
}

static bool names(str text, str address)
{
	for (size_t at = 0; (at = str_find(text, address, at)) != SIZE_MAX; at += address.n) {
		size_t end = at + address.n;
		if ((!at || (!is_word(text.p[at - 1]) && text.p[at - 1] != '.')) &&
		    (end == text.n || !is_word(text.p[end])))
			return true;
	}
	return false;
}

const struct file *tf_test_of(const struct tf_block *b)
{
	const struct tf_state *state = b->module->state;
	for (size_t i = 0; i < state->test_files.n; i++) {
		const struct file *f = state->test_files.v[i];
		str dir = path_dir(f->path);
		bool near = str_eq(dir, b->dir->path) ||
			    (dir.n && str_eq(path_dir(dir), b->dir->path));
		if (near && names(f->text, b->address))
			return f;
	}
	return NULL;
}
