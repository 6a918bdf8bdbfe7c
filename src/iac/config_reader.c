/* SPDX-License-Identifier: MIT */
#include "config_reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kmsfix/arena.h"
#include "kmsfix/buf.h"
#include "kmsfix/diag.h"
#include "kmsfix/suggest.h"
#include "kmsfix/utf8.h"

#define NAME_MAX_SHOWN 40

/* policies[0].roles; nothing for the whole file. Recursion is limited by the file's depth. */
static void place_add(struct buf *b, const struct config_value *v)
{
	if (!v || !v->up)
		return;
	place_add(b, v->up);
	if (!v->member)
		buf_printf(b, "[%zu]", v->index);
	else
		buf_printf(b, "%s%s", v->up->up ? "." : "", v->member);
}

bool config_fail(struct config_reader *r, const struct config_value *v, const char *fmt, ...)
{
	struct buf b = { 0 };
	va_list ap;

	buf_add_safe(&b, r->path);
	buf_add(&b, S(": "));
	place_add(&b, v);
	if (v && v->up)
		buf_add(&b, S(": "));
	va_start(ap, fmt);
	buf_vprintf(&b, fmt, ap);
	va_end(ap);
	err_set(r->err, ERR_CONFIG, "%.*s", STR_ARG(buf_str(&b)));
	buf_free(&b);
	return false;
}

/* Brackets within brackets; the JSON parser recurses once for each. */
static size_t depth_of(str text)
{
	size_t depth = 0, deepest = 0;
	bool in_string = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (in_string && c == '\\')
			i++;
		else if (c == '"')
			in_string = !in_string;
		else if (!in_string && (c == '[' || c == '{'))
			deepest = ++depth > deepest ? depth : deepest;
		else if (!in_string && (c == ']' || c == '}') && depth)
			depth--;
	}
	return deepest;
}

/* A NUL, also an escaped one, would end the parser's strings early and unseen. */
static bool has_nul(str text)
{
	return str_has(text, S("\0")) || str_has(text, S("\\u0000"));
}

static cJSON *fail_at(struct config_reader *r, str text, const char *end, const char *what)
{
	struct file f = { .path = r->path, .text = text };
	struct position at = file_position(&f, (size_t)(end - text.p));

	struct buf b = { 0 };

	buf_add_safe(&b, r->path);
	buf_printf(&b, ":%zu:%zu: %s", at.line, at.column, what);
	err_set(r->err, ERR_CONFIG, "%.*s", STR_ARG(buf_str(&b)));
	buf_free(&b);
	return NULL;
}

cJSON *config_load(struct config_reader *r, str text)
{
	const char *end = NULL;
	cJSON *value;

	if (text.n > CONFIG_MAX_SIZE) {
		config_fail(r, NULL, "larger than %u bytes", CONFIG_MAX_SIZE);
		return NULL;
	}
	if (utf16_is_marked(text)) {
		config_fail(r, NULL, UTF16_REFUSED);
		return NULL;
	}
	if (has_nul(text)) {
		config_fail(r, NULL, "holds a NUL character; remove it");
		return NULL;
	}
	if (depth_of(text) > CONFIG_MAX_DEPTH) {
		config_fail(r, NULL, "nested deeper than %d levels", CONFIG_MAX_DEPTH);
		return NULL;
	}
	text = str_dup(r->arena, text);
	value = cJSON_ParseWithOpts(text.p, &end, false);
	if (!value)
		return fail_at(r, text, end ? end : text.p, "not valid JSON");
	end += strspn(end, " \t\r\n");
	if (*end) {
		cJSON_Delete(value);
		return fail_at(r, text, end, "unexpected text after the configuration");
	}
	return value;
}

/* The member that was probably meant: at most every third letter is wrong. */
static const char *nearest(struct config_table table, str name)
{
	const char *best = NULL;
	size_t limit = name.n / 3 + 1;

	if (name.n > NAME_MAX_SHOWN)
		return NULL;
	for (size_t i = 0; i < table.n; i++) {
		size_t d = suggest_edits(name, str_from(table.v[i].name));

		if (d < limit) {
			limit = d;
			best = table.v[i].name;
		}
	}
	return best;
}

static bool fail_unknown(struct config_reader *r, const struct config_value *v,
			 struct config_table table, str name)
{
	const char *meant = nearest(table, name);
	struct buf shown = { 0 };

	buf_add_safe(&shown, str_sub(name, 0, NAME_MAX_SHOWN));
	config_fail(r, v, "unknown member '%.*s'%s%s%s", STR_ARG(buf_str(&shown)),
		    meant ? "; did you mean '" : "", meant ? meant : "", meant ? "'" : "");
	buf_free(&shown);
	return false;
}

static const struct config_member *find_member(struct config_table table, const char *name)
{
	for (size_t i = 0; i < table.n; i++) {
		if (strcmp(table.v[i].name, name) == 0)
			return &table.v[i];
	}
	return NULL;
}

static bool has_member_before(const cJSON *object, const cJSON *member)
{
	for (const cJSON *m = object->child; m != member; m = m->next) {
		if (strcmp(m->string, member->string) == 0)
			return true;
	}
	return false;
}

static bool read_list(struct config_reader *r, const struct config_value *v, config_read_fn read,
		      void *out)
{
	struct config_value each = { .up = v };

	if (!cJSON_IsArray(v->json))
		return config_fail(r, v, "expected a list");
	for (each.json = v->json->child; each.json; each.json = each.json->next) {
		if (!read(r, &each, out))
			return false;
		each.index++;
	}
	return true;
}

static bool read_member(struct config_reader *r, const struct config_value *v, const cJSON *json,
			struct config_table table, void *out)
{
	const struct config_member *row = find_member(table, json->string);
	struct config_value member = { .json = json, .up = v };

	if (!row)
		return fail_unknown(r, v, table, str_from(json->string));
	member.member = row->name;
	if (has_member_before(v->json, json))
		return config_fail(r, &member, "given twice");
	out = (char *)out + row->offset;
	return row->need == CONFIG_LIST ? read_list(r, &member, row->read, out) :
					  row->read(r, &member, out);
}

bool config_object(struct config_reader *r, const struct config_value *v, struct config_table table,
		   void *out)
{
	if (!cJSON_IsObject(v->json))
		return config_fail(r, v, "expected an object");
	for (const cJSON *m = v->json->child; m; m = m->next) {
		if (!read_member(r, v, m, table, out))
			return false;
	}
	for (size_t i = 0; i < table.n; i++) {
		if (table.v[i].need == CONFIG_REQUIRED &&
		    !cJSON_GetObjectItemCaseSensitive(v->json, table.v[i].name))
			return config_fail(r, v, "'%s' is missing", table.v[i].name);
	}
	return true;
}

bool config_text(struct config_reader *r, const struct config_value *v, void *out)
{
	str text;

	if (!cJSON_IsString(v->json))
		return config_fail(r, v, "expected a text");
	text = str_from(v->json->valuestring);
	if (!str_trim(text).n)
		return config_fail(r, v, "is empty");
	for (size_t i = 0; i < text.n; i++) {
		if ((unsigned char)text.p[i] < 0x20)
			return config_fail(r, v, "holds a control character; remove it");
	}
	*(str *)out = str_dup(r->arena, text);
	return true;
}
