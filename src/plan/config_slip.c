/* SPDX-License-Identifier: MIT */
#include "kmsfix/config_slip.h"

#include <stdarg.h>
#include <stdio.h>

#include "kmsfix/access.h"
#include "kmsfix/arn.h"
#include "kmsfix/check.h"
#include "kmsfix/named.h"
#include "kmsfix/plan.h"
#include "kmsfix/suggest.h"

struct slips {
	const struct model *m;
	const struct config *c;
	struct diags *diags;
};

/* `place` is that of the entry in the file, as "keys[0]". */
static void warn(const struct slips *s, str place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void warn(const struct slips *s, str place, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	diag_add(s->diags, SEVERITY_WARNING, NULL, 0, "%.*s: %.*s: %s", STR_ARG(s->c->path),
		 STR_ARG(place), text);
}

static str place_of(const struct slips *s, const char *member, size_t i)
{
	return str_fmt(s->m->arena, "%s[%zu]", member, i);
}

/* ---- codes ---- */

static str nearest_code(str code)
{
	struct nearest near = { .word = code, .distance = SUGGEST_NONE };

	for (size_t i = 0; i < hold_code_count; i++)
		nearest_try(&near, str_from(hold_codes[i].code));
	return near.best;
}

static void check_codes(const struct slips *s)
{
	for (size_t i = 0; i < s->c->suppress.n; i++) {
		str code = s->c->suppress.v[i].code;
		str meant;

		if (!code.n || str_eq(code, S(CODE_DROPPED)) ||
		    hold_code_find(str_z(s->m->arena, code)))
			continue;
		meant = nearest_code(code);
		warn(s, place_of(s, "suppress", i), "there is no code '%.*s'%s%.*s%s",
		     STR_ARG(code), meant.n ? "; did you mean '" : "", STR_ARG(meant),
		     meant.n ? "'?" : "");
	}
}

/* ---- keys ---- */

static void check_names(const struct slips *s, const struct config_key_names *names, str place)
{
	for (size_t i = 0; i < names->n; i++) {
		struct config_key_names one = { .v = &names->v[i], .n = 1 };
		str path = names->v[i].path;
		bool known = false;

		for (size_t k = 0; !known && k < s->m->keys.n; k++)
			known = key_is_named(s->m->keys.v[k], &one);
		if (!known)
			warn(s, place, "no key '%.*s' is declared in '%.*s'",
			     STR_ARG(names->v[i].address), STR_ARG(path.n ? path : S(".")));
	}
}

/* Some statement has what is written as `pattern` as a resource. */
static bool is_resource(const struct slips *s, const struct config_key_map *map)
{
	for (size_t i = 0; i < s->m->statements.n; i++) {
		const struct statement *st = s->m->statements.v[i];

		for (size_t k = 0; k < st->resources.n; k++)
			if (key_map_is_for(s->m, map, st->document, st->resources.v[k].text))
				return true;
	}
	return false;
}

/* That of one key also says what the key's ARN is. */
static void check_keys(const struct slips *s)
{
	for (size_t i = 0; i < s->c->keys.n; i++) {
		const struct config_key_map *map = &s->c->keys.v[i];
		str place = place_of(s, "keys", i);

		check_names(s, &map->keys, place);
		if (resource_classify(map->pattern) != RESOURCE_KEY && !is_resource(s, map))
			warn(s, place, "no statement has the resource '%.*s'",
			     STR_ARG(map->pattern));
	}
	for (size_t i = 0; i < s->c->policies.n; i++)
		check_names(s, &s->c->policies.v[i].keys, place_of(s, "policies", i));
	check_names(s, &s->c->default_key_policy, S("default_key_policy"));
}

/* ---- the rest ---- */

static void check_attachments(const struct slips *s)
{
	for (size_t i = 0; i < s->c->attachments.n; i++) {
		const struct config_attachment *at = &s->c->attachments.v[i];
		bool known = false;

		for (size_t k = 0; !known && k < s->m->policies.n; k++)
			known = policy_is_named(s->m, s->m->policies.v[k], at->path, at->policy);
		if (!known)
			warn(s, place_of(s, "attachments", i),
			     "no policy '%.*s' about KMS is declared in '%.*s'",
			     STR_ARG(at->policy), STR_ARG(at->path.n ? at->path : S(".")));
	}
}

static void check_accounts(const struct slips *s)
{
	for (size_t i = 0; i < s->c->accounts.n; i++) {
		str path = s->c->accounts.v[i].path;
		bool known = !path.n;

		for (size_t k = 0; !known && k < s->m->files->n; k++)
			known = config_path_below(path, s->m->files->files[k].path);
		if (!known)
			warn(s, S("accounts"), "no file that is read is in '%.*s'", STR_ARG(path));
	}
}

void config_slips(const struct model *m, struct diags *d)
{
	struct slips s = { m, m->config, d };

	check_codes(&s);
	check_keys(&s);
	check_attachments(&s);
	check_accounts(&s);
}
