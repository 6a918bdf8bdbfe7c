/* SPDX-License-Identifier: MIT */
/*
 * A template is data, not a language: six members, each of which may say one thing or (Sid, Action)
 * one of a few. What is checked here is what keeps the fix exact whatever template is chosen.
 */
#include "kmsfix/template.h"

#include <assert.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "kmsfix/action.h"
#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/input.h"
#include "kmsfix/sid.h"
#include "kmsfix/template_text.h"

#define SID_MAX 64 /* of the pattern; AWS states no limit */
#define ID_SIZE 8  /* of sid_make() */

static bool is_text(const cJSON *v, const char *text)
{
	return cJSON_IsString(v) && !strcmp(v->valuestring, text);
}

static bool is_alphanumeric(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_alnum(s.p[i]))
			return false;
	}
	return true;
}

/* What stands before and after the placeholder; *whole: it is {{sid}}, not {{id}}. */
static bool sid_split(str sid, str *before, str *after, bool *whole)
{
	str placeholder = S("{{sid}}");
	size_t at = str_find(sid, placeholder, 0);

	*whole = at != SIZE_MAX;
	if (!*whole) {
		placeholder = S("{{id}}");
		at = str_find(sid, placeholder, 0);
	}
	if (at == SIZE_MAX)
		return false;
	*before = str_sub(sid, 0, at);
	*after = str_sub(sid, at + placeholder.n, sid.n);
	return true;
}

static bool fits_sid(struct template *t, const cJSON *v)
{
	str before, after;
	bool whole;

	t->sid = str_from(cJSON_GetStringValue(v));
	return t->sid.n <= SID_MAX && sid_split(t->sid, &before, &after, &whole) &&
	       is_alphanumeric(before) && is_alphanumeric(after);
}

static bool fits_effect(struct template *t, const cJSON *v)
{
	(void)t;
	return is_text(v, "Allow");
}

static bool fits_principal(struct template *t, const cJSON *v)
{
	(void)t;
	return cJSON_IsObject(v) && v->child && !v->child->next &&
	       !strcmp(v->child->string, "AWS") && is_text(v->child, "{{principals}}");
}

/* The bit of an action name; 0 for anything else. */
static unsigned target_of(const cJSON *v)
{
	for (unsigned bit = 1; bit <= TARGET_ALL; bit <<= 1) {
		if (is_text(v, target_name(bit)))
			return bit;
	}
	return 0;
}

static bool fits_action(struct template *t, const cJSON *v)
{
	if (is_text(v, "{{actions}}")) {
		t->targets = TARGET_ALL;
		return true;
	}
	if (!cJSON_IsArray(v))
		return (t->targets = target_of(v)) != 0;
	for (const cJSON *element = v->child; element; element = element->next) {
		unsigned bit = target_of(element);

		if (!bit || (t->targets & bit))
			return false;
		t->targets |= bit;
	}
	return t->targets != 0;
}

/* "*" is the key itself; without it the statement has no effect [3.5]. */
static bool fits_resource(struct template *t, const cJSON *v)
{
	(void)t;
	return is_text(v, "*");
}

static bool fits_condition(struct template *t, const cJSON *v)
{
	(void)t;
	return is_text(v, "{{conditions}}");
}

static const struct {
	const char *name;
	bool (*fits)(struct template *t, const cJSON *v);
	const char *must;
} members[] = {
	{ "Sid", fits_sid,
	  "must be letters and digits around one '{{sid}}' or '{{id}}', at most 64 characters" },
	{ "Effect", fits_effect, "must be \"Allow\"" },
	{ "Principal", fits_principal, "must be {\"AWS\": \"{{principals}}\"}" },
	{ "Action", fits_action,
	  "must be \"{{actions}}\" or some of kms:Decrypt, kms:ReEncryptFrom and kms:ReEncryptTo, "
	  "each once" },
	{ "Resource", fits_resource, "must be \"*\", the key itself" },
	{ "Condition", fits_condition, "must be \"{{conditions}}\"" },
};

/* Reads one member into place `at`. */
static bool read_member(struct template *t, size_t at, const cJSON *v, struct err *e)
{
	for (size_t i = 0; i < TEMPLATE_MEMBERS; i++) {
		if (strcmp(members[i].name, v->string))
			continue;
		for (size_t j = 0; j < at; j++) {
			if (str_eq(t->members[j], str_from(v->string)))
				return err_set(e, ERR_CONFIG, "template '%.*s': %s stands twice",
					       STR_ARG(t->name), v->string);
		}
		t->members[at] = str_from(members[i].name);
		if (members[i].fits(t, v))
			return true;
		return err_set(e, ERR_CONFIG, "template '%.*s': %s %s", STR_ARG(t->name), v->string,
			       members[i].must);
	}
	return err_set(e, ERR_CONFIG,
		       "template '%.*s': '%s' cannot be in it; a template has Sid, Effect, "
		       "Principal, Action, Resource and Condition",
		       STR_ARG(t->name), v->string);
}

static bool read_members(struct template *t, const cJSON *root, struct err *e)
{
	size_t n = 0;

	for (const cJSON *v = root->child; v; v = v->next) {
		if (!read_member(t, n++, v, e))
			return false;
	}
	for (size_t i = 0; i < TEMPLATE_MEMBERS; i++) {
		if (!cJSON_GetObjectItemCaseSensitive(root, members[i].name))
			return err_set(e, ERR_CONFIG, "template '%.*s': %s is missing",
				       STR_ARG(t->name), members[i].name);
	}
	return true;
}

bool template_parse(struct template *out, str text, str name, struct arena *a, struct err *e)
{
	struct template t = { .name = str_dup(a, name) };
	const char *bytes = str_z(a, text);
	cJSON *root = NULL;
	bool ok;

	if (text.n > TEMPLATE_MAX_SIZE)
		return err_set(e, ERR_CONFIG, "template '%.*s' is too large: at most %zu bytes",
			       STR_ARG(name), TEMPLATE_MAX_SIZE);
	/* cJSON ends texts at a NUL, whether it stands there or is written as an escape. */
	if (strlen(bytes) == text.n && !str_has(text, S("\\u0000")))
		root = cJSON_ParseWithLengthOpts(bytes, text.n + 1, NULL, 1);
	if (!cJSON_IsObject(root))
		ok = err_set(e, ERR_CONFIG, "template '%.*s' is not one JSON object",
			     STR_ARG(name));
	else
		ok = read_members(&t, root, e);
	if (ok) {
		*out = t;
		out->sid = str_dup(a, t.sid);
	}
	cJSON_Delete(root);
	return ok;
}

/* An error that names what there is. */
static bool refuse_name(str name, struct err *e)
{
	struct buf known = { 0 };

	for (size_t i = 0; i < template_count; i++)
		buf_printf(&known, "%s'%.*s'", i ? ", " : "", STR_ARG(template_texts[i].name));
	err_set(e, ERR_CONFIG,
		"no template is called '%.*s'; there are %.*s, or give the path of a file with '/' "
		"or '.json' in it",
		STR_ARG(name), STR_ARG(buf_str(&known)));
	buf_free(&known);
	return false;
}

bool template_load(struct template *out, str name, struct arena *a, struct err *e)
{
	str text;

	if (str_has(name, S("/")) || str_ends(name, S(".json")))
		return input_read(&text, str_z(a, name), TEMPLATE_MAX_SIZE, a, e) &&
		       template_parse(out, text, name, a, e);
	for (size_t i = 0; i < template_count; i++) {
		if (str_eq(template_texts[i].name, name))
			return template_parse(out, template_texts[i].text, name, a, e);
	}
	return refuse_name(name, e);
}

str template_sid(const struct template *t, str sid, struct arena *a)
{
	str before, after;
	bool whole;

	if (!sid_split(t->sid, &before, &after, &whole))
		return sid;
	if (!whole && sid.n > ID_SIZE)
		sid = str_sub(sid, sid.n - ID_SIZE, sid.n);
	return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(sid), STR_ARG(after));
}

static bool is_id(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_hex(s.p[i]))
			return false;
	}
	return s.n == ID_SIZE;
}

bool template_sid_is_ours(const struct template *t, str sid)
{
	str before, after, middle;
	bool whole;

	if (!sid_split(t->sid, &before, &after, &whole) || sid.n < before.n + after.n ||
	    !str_starts(sid, before) || !str_ends(sid, after))
		return false;
	middle = str_sub(sid, before.n, sid.n - after.n);
	return whole ? sid_is_ours(middle) : is_id(middle);
}

/* One text stays a text, several are a list. */
static struct shape *render_texts(const struct strs *texts, struct arena *a)
{
	struct shape *list;

	if (texts->n == 1)
		return shape_text(a, texts->v[0]);
	list = shape_list(a);
	for (size_t i = 0; i < texts->n; i++)
		shape_add(a, list, shape_text(a, texts->v[i]));
	return list;
}

static struct shape *render_actions(unsigned targets, struct arena *a)
{
	struct strs names = { 0 };

	for (unsigned bit = 1; bit <= TARGET_ALL; bit <<= 1) {
		if (targets & bit)
			strs_add(a, &names, str_from(target_name(bit)));
	}
	return render_texts(&names, a);
}

struct shape *template_render(const struct template *t, unsigned targets, str sid,
			      const struct strs *principals, struct shape *conditions,
			      struct arena *a)
{
	struct shape *statement = shape_object(a), *principal = shape_object(a);
	struct shape *effect = shape_text(a, S("Allow")), *resource = shape_text(a, S("*"));
	const struct shape_item values[] = {
		{ S("Sid"), shape_text(a, sid) }, { S("Effect"), effect },
		{ S("Principal"), principal },    { S("Action"), render_actions(targets, a) },
		{ S("Resource"), resource },      { S("Condition"), conditions },
	};

	assert(targets && !(targets & ~t->targets) && principals->n);
	shape_set(a, principal, S("AWS"), render_texts(principals, a));
	for (size_t i = 0; i < TEMPLATE_MEMBERS; i++) {
		for (size_t j = 0; j < TEMPLATE_MEMBERS; j++) {
			if (values[j].value && str_eq(values[j].key, t->members[i]))
				shape_set(a, statement, values[j].key, values[j].value);
		}
	}
	return statement;
}
