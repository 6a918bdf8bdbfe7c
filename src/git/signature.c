/* SPDX-License-Identifier: MIT */
#include "signature.h"

#include <stdlib.h>

#include "date.h"
#include "settings.h"

static const struct source {
	const char *name_env, *name_setting;
	const char *mail_env, *mail_setting;
	const char *date_env;
} sources[] = {
	[ROLE_AUTHOR] = { "GIT_AUTHOR_NAME", "author.name", "GIT_AUTHOR_EMAIL", "author.email",
			  "GIT_AUTHOR_DATE" },
	[ROLE_COMMITTER] = { "GIT_COMMITTER_NAME", "committer.name", "GIT_COMMITTER_EMAIL",
			     "committer.email", "GIT_COMMITTER_DATE" },
};

/* The first that is there and not empty. */
static const char *choose(struct repo *r, const char *env, const char *setting, const char *general,
			  const char *otherwise)
{
	const char *value = getenv(env);

	if (!value || !*value)
		value = settings_get(r->config, setting, r->arena);
	if (!value || !*value)
		value = settings_get(r->config, general, r->arena);
	return value && *value ? value : otherwise;
}

static bool bad_date(const char *name, const char *value, const char *form, struct err *e)
{
	return err_set(e, ERR_USAGE, "cannot read the date %s='%s': write it as '%s'", name, value,
		       form);
}

static bool choose_date(const char *env, const struct base_info *base, struct arena *a,
			int64_t *time, int *offset, struct err *e)
{
	const char *date = getenv(env);
	const char *epoch = getenv("SOURCE_DATE_EPOCH");

	*time = base->time;
	*offset = base->offset;
	if (date && *date)
		return date_parse(str_from(date), time, offset) ||
		       bad_date(env, date, "2024-02-29T12:30:00+01:00", e);
	if (!epoch || !*epoch)
		return true;
	/* '@': any number of digits is seconds here. */
	return date_parse(str_fmt(a, "@%s", epoch), time, offset) ||
	       bad_date("SOURCE_DATE_EPOCH", epoch, "1709206200", e);
}

bool signature_make(git_signature **out, enum role role, struct repo *r,
		    const struct base_info *base, struct err *e)
{
	const struct source *s = &sources[role];
	const char *name = choose(r, s->name_env, s->name_setting, "user.name", "kmsfix");
	const char *mail = choose(r, s->mail_env, s->mail_setting, "user.email",
				  "kmsfix@localhost");
	int64_t time;
	int offset;

	if (!choose_date(s->date_env, base, r->arena, &time, &offset, e))
		return false;
	if (git_signature_new(out, name, mail, time, offset) < 0)
		return err_set(e, ERR_USAGE, "cannot commit as '%s <%s>': set %s and %s", name,
			       mail, s->name_env, s->mail_env);
	return true;
}
