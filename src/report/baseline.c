/* SPDX-License-Identifier: MIT */
#include "kmsfix/baseline.h"

#include <cjson/cJSON.h>

#include "finding.h"
#include "kmsfix/arena.h"
#include "writer.h"

static const cJSON *member(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool read_json(struct strs *ids, const cJSON *root, str path, struct arena *a, struct err *e)
{
	const cJSON *version = member(root, "version"), *list = member(root, "accepted"), *item;
	size_t i = 0;

	if (!cJSON_IsNumber(version) || version->valuedouble != 1 || !cJSON_IsArray(list))
		return err_set(e, ERR_CONFIG,
			       "%.*s: this is no baseline of version 1; write one with "
			       "--update-baseline",
			       STR_ARG(path));
	cJSON_ArrayForEach(item, list)
	{
		const char *id = cJSON_GetStringValue(member(item, "id"));

		if (!id)
			return err_set(e, ERR_CONFIG, "%.*s: accepted[%zu] has no text 'id'",
				       STR_ARG(path), i);
		strs_add(a, ids, str_dup(a, str_from(id)));
		i++;
	}
	return true;
}

bool baseline_read(struct strs *ids, str text, str path, struct arena *a, struct err *e)
{
	const char *end = text.p;
	cJSON *root = cJSON_ParseWithLengthOpts(text.p ? text.p : "", text.n, &end, false);
	struct file f = { .path = path, .text = text };
	bool ok;

	if (!root) {
		struct position at = file_position(&f, end ? (size_t)(end - text.p) : 0);

		return err_set(e, ERR_CONFIG, "%.*s:%zu:%zu: this is not JSON", STR_ARG(path),
			       at.line, at.column);
	}
	ok = read_json(ids, root, path, a, e);
	cJSON_Delete(root);
	return ok;
}

void baseline_print(const struct plan *p, struct buf *out)
{
	struct arena *a = arena_create();
	struct finding_list list = findings_sorted(p, a);
	struct writer w;

	writer_init(&w, out);
	writer_open(&w, '{', LAYOUT_LINE);
	writer_member_number(&w, "version", 1);
	writer_key(&w, "accepted");
	writer_open(&w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < list.n; i++) {
		const struct finding *f = list.v[i];

		if (f->outcome != OUTCOME_HELD)
			continue;
		writer_open(&w, '{', LAYOUT_LINE);
		writer_member_text(&w, "id", f->id);
		writer_member_text(&w, "code", str_from(finding_code(f)));
		writer_member_text(&w, "path", f->file->path);
		writer_member_text(&w, "address", text_shown(f->address, a));
		writer_close(&w, '}');
	}
	writer_close(&w, ']');
	writer_close(&w, '}');
	buf_addc(out, '\n');
	arena_destroy(a);
}
