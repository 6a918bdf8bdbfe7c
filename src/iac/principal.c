/* SPDX-License-Identifier: MIT */
#include "principal.h"

#include "kmsfix/arn.h"
#include "kmsfix/glob.h"
#include "kmsfix/principal.h"
#include "kmsfix/vec.h"

/* Roles that are not for the customer to make, change or name have paths of their own. */
static const struct {
	const char *path;
	enum principal_kind kind;
} reserved[] = {
	{ "/aws-reserved/sso.amazonaws.com/", PRINCIPAL_IS_SET }, /* [4.6] */
	{ "/aws-service-role/", PRINCIPAL_IS_LINKED },            /* [4.7] */
};

enum principal_kind principal_kind_of(str arn, enum principal_kind kind)
{
	struct principal_ref ref = principal_parse(S("AWS"), arn);
	for (size_t i = 0; i < sizeof(reserved) / sizeof(*reserved); i++)
		if (ref.form == PRINCIPAL_ROLE && str_starts(ref.path, str_from(reserved[i].path)))
			return reserved[i].kind;
	return kind;
}

struct principal *principal_add(struct model *m, const struct scope *scope, str arn,
				enum principal_kind kind)
{
	struct principal *p = ARENA_NEW(m->arena, struct principal);
	struct principal_ref ref = principal_parse(S("AWS"), arn);
	struct arn part = { 0 };
	p->kind = principal_kind_of(arn, kind);
	p->unit = scope->unit;
	p->scope = scope;
	p->address = p->arn = arn;
	p->external = true;
	if (!arn_parse(arn, &part)) /* of one that a path with a wildcard makes no principal, too */
		part.account = ref.account;
	p->account = str_fmt(m->arena, "#%.*s", STR_ARG(part.account));
	p->name = ref.name;
	VEC_PUSH(m->arena, &m->principals, p);
	return p;
}

void principal_has_path(struct model *m, struct principal *p, str path)
{
	if (glob_is_pattern(path))
		issue_add(m->arena, &p->issues, "ROLE-UNRESOLVED",
			  "the path of '%.*s' has a wildcard in it, which a key policy cannot name",
			  STR_ARG(p->address));
}
