/* SPDX-License-Identifier: MIT */
#include "kmsfix/issue.h"

#include <stdio.h>

#include "kmsfix/vec.h"

void issue_add(struct arena *a, struct issues *list, const char *code, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	issue_vadd(a, list, code, NULL, fmt, ap);
	va_end(ap);
}

void issue_add_unlock(struct arena *a, struct issues *list, const char *code, const char *unlock,
		      const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	issue_vadd(a, list, code, unlock, fmt, ap);
	va_end(ap);
}

void issue_vadd(struct arena *a, struct issues *list, const char *code, const char *unlock,
		const char *fmt, va_list ap)
{
	char text[ISSUE_LENGTH + 1];
	vsnprintf(text, sizeof(text), fmt, ap);
	struct issue issue = { .code = code, .reason = str_from(text), .unlock = unlock };
	issue_copy(a, list, &issue);
}

/* The place of the issue in the list; NULL: it need not be there. */
static struct issue *place(struct arena *a, struct issues *list, const struct issue *issue)
{
	struct issue *same = NULL;
	list->told++;
	for (size_t i = 0; i < list->n && !same; i++)
		if ((list->brief || str_eq(list->v[i].reason, issue->reason)) &&
		    str_eq(str_from(list->v[i].code), str_from(issue->code)))
			same = &list->v[i];
	if (same)
		return str_cmp(same->reason, issue->reason) <= 0 ? NULL : same;
	VEC_PUSH(a, list, *issue);
	return &list->v[list->n - 1];
}

void issue_share(struct arena *a, struct issues *list, const struct issue *issue)
{
	struct issue *at = place(a, list, issue);
	if (at)
		*at = *issue;
}

void issue_copy(struct arena *a, struct issues *list, const struct issue *issue)
{
	struct issue *at = place(a, list, issue);
	if (!at)
		return;
	*at = *issue;
	at->reason = str_dup(a, issue->reason);
}

void issues_join(struct arena *a, struct issues *list, const struct issues *from)
{
	for (size_t i = 0; i < from->n; i++)
		issue_copy(a, list, &from->v[i]);
	list->told += from->told - from->n;
}
