/* SPDX-License-Identifier: MIT */
/* Answers of `aws iam get-account-authorization-details`. */
#include "collect.h"
#include "kmsfix/arn.h"
#include "kmsfix/vec.h"
#include "member.h"

/* What the lists of principals differ in. */
static const struct kind {
	enum facts_kind kind;
	const char *what;
	str list, name, id, inlines;
} kinds[] = {
	{ FACTS_ROLE,
	  "the role",
	  { "RoleDetailList", 14 },
	  { "RoleName", 8 },
	  { "RoleId", 6 },
	  { "RolePolicyList", 14 } },
	{ FACTS_USER,
	  "the user",
	  { "UserDetailList", 14 },
	  { "UserName", 8 },
	  { "UserId", 6 },
	  { "UserPolicyList", 14 } },
	{ FACTS_GROUP,
	  "the group",
	  { "GroupDetailList", 15 },
	  { "GroupName", 9 },
	  { "GroupId", 7 },
	  { "GroupPolicyList", 15 } },
};

static str account_of(str arn)
{
	struct arn part;

	return arn_parse(arn, &part) ? part.account : S("");
}

static bool expect_arn(struct collector *c, const struct node *n, str arn)
{
	struct arn part;

	return (arn_parse(arn, &part) && str_eq(part.service, S("iam"))) ||
	       collect_fail(c, n->start, "an entry without the ARN that it must have");
}

/* What is no list would be taken for an empty one. */
static bool read_list(struct collector *c, const struct node *map, str name,
		      const struct node **list)
{
	*list = member(map, c->scratch, name);
	return !*list || (*list)->kind == NODE_SEQ ||
	       collect_fail(c, (*list)->start, "expected a list");
}

static bool read_inlines(struct collector *c, const struct node *map, str name,
			 struct facts_principal *p)
{
	const struct node *list;

	if (!read_list(c, map, name, &list))
		return false;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		struct facts_inline in = { .name = collect_text(c, n, S("PolicyName")) };

		if (!in.name.n)
			return collect_fail(c, n->start, "an inline policy without a name");
		if (!collect_document(c, member(n, c->scratch, S("PolicyDocument")), &in.document))
			return false;
		VEC_PUSH(c->arena, &p->inlines, in);
	}
	return true;
}

static bool read_attached(struct collector *c, const struct node *map, struct facts_principal *p)
{
	const struct node *list;

	if (!read_list(c, map, S("AttachedManagedPolicies"), &list))
		return false;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		str arn = collect_text(c, n, S("PolicyArn"));

		if (!arn.n)
			return collect_fail(c, n->start, "an attached policy without PolicyArn");
		strs_add(c->arena, &p->attached, arn);
	}
	return true;
}

static bool read_groups(struct collector *c, const struct node *map, struct facts_principal *p)
{
	const struct node *list;

	if (!read_list(c, map, S("GroupList"), &list))
		return false;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		str name = string_text(n, c->arena);

		if (!name.n)
			return collect_fail(c, n->start, "expected the name of a group");
		strs_add(c->arena, &p->groups, name);
	}
	return true;
}

static bool read_principal(struct collector *c, const struct kind *k, const struct node *n)
{
	const struct node *boundary = member_map(n, c->scratch, S("PermissionsBoundary"));
	struct facts_principal *p = ARENA_NEW(c->arena, struct facts_principal), *known;

	p->kind = k->kind;
	p->place = collect_place(c, n);
	p->arn = collect_text(c, n, S("Arn"));
	p->name = collect_text(c, n, k->name);
	p->id = collect_text(c, n, k->id);
	p->path = collect_text(c, n, S("Path"));
	p->account = account_of(p->arn);
	p->boundary = collect_text(c, boundary, S("PermissionsBoundaryArn"));
	if (!expect_arn(c, n, p->arn))
		return false;
	if (boundary && !p->boundary.n)
		return collect_fail(c, boundary->start, "a boundary without its ARN");
	known = map_find(&c->facts->by_arn[BY_PRINCIPAL], p->arn);
	if (known)
		return collect_same(c, k->what, p->arn, &p->place, &known->place);
	map_put(&c->facts->by_arn[BY_PRINCIPAL], c->arena, p->arn, p);
	VEC_PUSH(c->arena, &c->facts->principals, p);
	collect_account(c, p->account);
	return read_inlines(c, n, k->inlines, p) && read_attached(c, n, p) &&
	       read_groups(c, n, p) &&
	       collect_document(c, member(n, c->scratch, S("AssumeRolePolicyDocument")), &p->trust);
}

static bool read_versions(struct collector *c, const struct node *map, struct facts_policy *p)
{
	const struct node *list;

	if (!read_list(c, map, S("PolicyVersionList"), &list))
		return false;
	for (const struct node *n = list ? list->first : NULL; n; n = n->next) {
		struct facts_version v = { .id = collect_text(c, n, S("VersionId")),
					   .created = collect_text(c, n, S("CreateDate")) };

		v.is_default = member_true(n, c->scratch, S("IsDefaultVersion"));
		if (!v.id.n)
			return collect_fail(c, n->start, "a policy version without VersionId");
		if (!collect_document(c, member(n, c->scratch, S("Document")), &v.document))
			return false;
		VEC_PUSH(c->arena, &p->versions, v);
	}
	return true;
}

/* By DefaultVersionId; where that is not told, by the mark of the version. Both are of one time. */
static bool set_current(struct collector *c, const struct node *n, struct facts_policy *p)
{
	str id = collect_text(c, n, S("DefaultVersionId"));

	for (size_t i = 0; i < p->versions.n; i++) {
		const struct facts_version *v = &p->versions.v[i];

		if (id.n && v->is_default && !str_eq(v->id, id))
			return collect_fail(c, n->start,
					    "a policy whose DefaultVersionId is '%.*s', but whose "
					    "default version is '%.*s'",
					    STR_ARG(id), STR_ARG(v->id));
		if (id.n ? !str_eq(v->id, id) : !v->is_default)
			continue;
		if (p->current)
			return collect_fail(c, n->start, "a policy with two default versions");
		p->current = v;
	}
	return true;
}

static bool read_policy(struct collector *c, const struct node *n)
{
	struct facts_policy *p = ARENA_NEW(c->arena, struct facts_policy), *known;

	p->place = collect_place(c, n);
	p->arn = collect_text(c, n, S("Arn"));
	p->name = collect_text(c, n, S("PolicyName"));
	p->id = collect_text(c, n, S("PolicyId"));
	p->path = collect_text(c, n, S("Path"));
	p->account = account_of(p->arn);
	p->attachments = member_number(n, c->scratch, S("AttachmentCount"));
	p->boundaries = member_number(n, c->scratch, S("PermissionsBoundaryUsageCount"));
	if (!expect_arn(c, n, p->arn))
		return false;
	known = map_find(&c->facts->by_arn[BY_POLICY], p->arn);
	/* AWS's own policies count their attachments in each account. */
	if (known)
		return str_eq(p->account, S("aws")) ||
		       collect_same(c, "the policy", p->arn, &p->place, &known->place);
	map_put(&c->facts->by_arn[BY_POLICY], c->arena, p->arn, p);
	VEC_PUSH(c->arena, &c->facts->policies, p);
	if (!str_eq(p->account, S("aws")))
		collect_account(c, p->account);
	return read_versions(c, n, p) && set_current(c, n, p);
}

bool collect_details(struct collector *c, const struct node *n)
{
	const struct node *list;

	c->facts->detail_pages++;
	c->facts->truncated_pages += member_true(n, c->scratch, S("IsTruncated"));
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		if (!read_list(c, n, kinds[i].list, &list))
			return false;
		for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
			if (!read_principal(c, &kinds[i], item))
				return false;
		}
	}
	if (!read_list(c, n, S("Policies"), &list))
		return false;
	for (const struct node *item = list ? list->first : NULL; item; item = item->next) {
		if (!read_policy(c, item))
			return false;
	}
	return true;
}
