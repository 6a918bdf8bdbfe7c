/* SPDX-License-Identifier: MIT */
#include "adoption.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "kmsfix/arena.h"
#include "kmsfix/baseline.h"
#include "kmsfix/input.h"
#include "output.h"

/* A year of four digits. */
#define EPOCH_MAX 253402300799

bool today(str *out, struct arena *a, struct err *e)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	long long now = (long long)time(NULL);
	char *end = NULL, text[11];
	struct tm day;
	time_t when;

	if (epoch && *epoch) {
		now = strtoll(epoch, &end, 10);
		if (*end || now < 0 || now > EPOCH_MAX)
			return err_set(e, ERR_USAGE,
				       "cannot read the date SOURCE_DATE_EPOCH='%s': write it as "
				       "'1709206200'",
				       epoch);
	}
	when = (time_t)now;
	if (!gmtime_r(&when, &day) || !strftime(text, sizeof(text), "%Y-%m-%d", &day))
		return err_set(e, ERR_USAGE, "the clock gives no date");
	*out = str_dup(a, str_from(text));
	return true;
}

static bool update(const struct options *o, const struct plan *p, struct err *e)
{
	struct buf text = { 0 };
	bool ok;

	baseline_print(p, &text);
	ok = output_write(o->baseline, buf_str(&text), e);
	buf_free(&text);
	return ok;
}

bool accept_baseline(const struct options *o, struct plan *p, struct diags *diags, struct err *e)
{
	struct map accepted = { 0 };
	struct strs ids = { 0 };
	str text;
	size_t n;

	if (o->update_baseline && !update(o, p, e))
		return false;
	if (!input_read(&text, o->baseline, BASELINE_MAX_SIZE, diags->arena, e) ||
	    !baseline_read(&ids, text, str_from(o->baseline), diags->arena, e))
		return false;
	strs_sort(&ids);
	for (size_t i = 0; i < ids.n; i++)
		map_put(&accepted, diags->arena, ids.v[i], &ids);
	n = plan_accept(p, &accepted);
	if (n < ids.n)
		diag_add(diags, SEVERITY_NOTE, NULL, 0,
			 "%s: %zu of %zu accepted findings are not held any more; "
			 "--update-baseline drops them",
			 o->baseline, ids.n - n, ids.n);
	return true;
}
