/* SPDX-License-Identifier: MIT */
#include "kmsfix/facts.h"

#include <stdlib.h>

#include "collect.h"
#include "kmsfix/input.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "kmsfix/utf8.h"
#include "member.h"
#include "walk.h"

static bool collect_identity(struct collector *c, const struct node *n)
{
	collect_account(c, collect_text(c, n, S("Account")));
	return true;
}

static bool collect_nothing(struct collector *c, const struct node *n)
{
	(void)c;
	(void)n;
	return true;
}

/* An answer is known by a member of this kind, whose elements, if there are any, have another. */
static const struct answer {
	str member;
	enum node_kind kind;
	str element;
	bool (*collect)(struct collector *c, const struct node *n);
} answers[] = {
	{ { "RoleDetailList", 14 }, NODE_SEQ, { "Arn", 3 }, collect_details },
	{ { "UserDetailList", 14 }, NODE_SEQ, { "Arn", 3 }, collect_details },
	{ { "GroupDetailList", 15 }, NODE_SEQ, { "Arn", 3 }, collect_details },
	{ { "KeyMetadata", 11 }, NODE_MAP, { "", 0 }, collect_key_metadata },
	/* Lambda has aliases, too, with a Name */
	{ { "Aliases", 7 }, NODE_SEQ, { "AliasName", 9 }, collect_aliases },
	{ { "Keys", 4 }, NODE_SEQ, { "KeyArn", 6 }, collect_key_list },
	{ { "Policy", 6 }, NODE_STRING, { "", 0 }, collect_key_policy },
	{ { "Statement", 9 }, NODE_SEQ, { "", 0 }, collect_raw_policy },
	{ { "Statement", 9 }, NODE_MAP, { "", 0 }, collect_raw_policy },
	{ { "format_version", 14 }, NODE_STRING, { "", 0 }, collect_terraform },
	{ { "Account", 7 }, NODE_STRING, { "", 0 }, collect_identity },
	/* list-key-policies: there is only one, "default" */
	{ { "PolicyNames", 11 }, NODE_SEQ, { "", 0 }, collect_nothing },
};

static bool fits(struct collector *c, const struct answer *answer, const struct node *n)
{
	const struct node *value = member(n, c->scratch, answer->member);

	if (!value || value->kind != answer->kind)
		return false;
	return !answer->element.n || !value->first ||
	       member(value->first, c->scratch, answer->element);
}

static const struct answer *find_answer(struct collector *c, const struct node *n)
{
	for (size_t i = 0; i < sizeof(answers) / sizeof(*answers); i++) {
		if (fits(c, &answers[i], n))
			return &answers[i];
	}
	return NULL;
}

/* One answer, or a list of them: *known is false when it is neither. */
static bool read_answers(struct collector *c, const struct node *root, bool *known)
{
	const struct node *n = root->kind == NODE_SEQ ? root->first : root;

	*known = false;
	for (; n; n = n->next) {
		const struct answer *answer = find_answer(c, n);

		*known = answer != NULL;
		if (!answer)
			return true;
		if (!answer->collect(c, n))
			return false;
	}
	return true;
}

static bool looks_like_json(str text)
{
	str start;

	if (str_starts(text, S("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.n);
	start = str_trim(text);
	return str_starts(start, S("{")) || str_starts(start, S("["));
}

/* With `--output text` the name of a key policy follows it. */
static str without_name(str text)
{
	str trimmed = str_trim(text), name = S("\tdefault");

	return str_ends(trimmed, name) ? str_sub(trimmed, 0, trimmed.n - name.n) : text;
}

/* Files are found under several names. */
static str identity(struct arena *a, const struct walk_file *f)
{
	return str_fmt(a, "%llu %llu", (unsigned long long)f->device, (unsigned long long)f->inode);
}

static bool read_file(struct collector *c, const struct walk_file *wf)
{
	struct file *f = ARENA_NEW(c->arena, struct file);
	struct syntax_error e = { 0, "this is no JSON" };
	struct tree *t = NULL;
	size_t ignored = c->facts->ignored.n;
	bool known = false;

	f->path = str_from(wf->path);
	c->file = f;
	c->walked = wf->walked;
	c->resources = (struct map){ 0 };
	if (!input_read(&f->text, wf->path, SYNTAX_MAX_SIZE, c->arena, c->err))
		return false;
	if (utf16_is_marked(f->text))
		return collect_fail(c, 0, UTF16_REFUSED);
	f->text = without_name(f->text);
	if (looks_like_json(f->text)) {
		if (!json_parse(&t, f, c->scratch, &e))
			return collect_fail(c, e.offset, "%s", e.reason);
		if (!read_answers(c, t->root, &known))
			return false;
	}
	if (known && c->facts->ignored.n == ignored)
		map_put(&c->told, c->arena, identity(c->arena, wf), c);
	if (known)
		return true;
	if (!wf->walked)
		return collect_fail(c, 0, "%s",
				    t ? "none of the answers that are known here" : e.reason);
	strs_add(c->arena, &c->facts->ignored, f->path);
	return true;
}

/* ---- order ---- */

static int principal_order(const void *pa, const void *pb)
{
	const struct facts_principal *const *a = pa, *const *b = pb;

	return str_cmp((*a)->arn, (*b)->arn);
}

static int policy_order(const void *pa, const void *pb)
{
	const struct facts_policy *const *a = pa, *const *b = pb;

	return str_cmp((*a)->arn, (*b)->arn);
}

static int key_order(const void *pa, const void *pb)
{
	const struct facts_key *const *a = pa, *const *b = pb;
	int order = str_cmp((*a)->arn, (*b)->arn);

	return order ? order : str_cmp((*a)->id, (*b)->id);
}

static int alias_order(const void *pa, const void *pb)
{
	const struct facts_alias *a = pa, *b = pb;

	return str_cmp(a->arn, b->arn);
}

static int resource_order(const void *pa, const void *pb)
{
	const struct facts_resource *a = *(const struct facts_resource *const *)pa;
	const struct facts_resource *b = *(const struct facts_resource *const *)pb;
	int order = str_cmp(a->place.file->path, b->place.file->path);

	if (!order)
		order = (a->when > b->when) - (a->when < b->when);
	return order ? order : str_cmp(a->address, b->address);
}

#define SORT(list, order)                                                      \
	do {                                                                   \
		if ((list).n)                                                  \
			qsort((list).v, (list).n, sizeof(*(list).v), (order)); \
	} while (0)

static void sort_all(struct facts *f)
{
	SORT(f->principals, principal_order);
	SORT(f->policies, policy_order);
	SORT(f->keys, key_order);
	SORT(f->aliases, alias_order);
	SORT(f->resources, resource_order);
	strs_sort(&f->accounts);
	strs_sort(&f->ignored);
	for (size_t i = 0; i < f->keys.n; i++)
		strs_sort(&f->keys.v[i]->aliases);
}

#undef SORT

/* ---- the way in ---- */

static bool any_name(str name)
{
	(void)name;
	return true;
}

/* Notes a path none of whose files told anything: all of it may be a mistake. */
static void note_silent(struct collector *c, const char *path)
{
	struct walk files = { 0 };
	struct err gone;

	if (!walk_add(&files, path, any_name, c->arena, &gone))
		return;
	for (size_t i = 0; i < files.n; i++) {
		if (map_find(&c->told, identity(c->arena, &files.v[i])))
			return;
	}
	strs_add(c->arena, &c->facts->silent, str_from(path));
}

static bool read_all(struct collector *c, const char *const *paths, size_t n)
{
	struct walk files = { 0 };
	bool ok = true;

	for (size_t i = 0; i < n; i++) {
		if (!walk_add(&files, paths[i], any_name, c->arena, c->err))
			return false;
	}
	walk_sort(&files);
	for (size_t i = 0; ok && i < files.n; i++) {
		c->scratch = arena_create();
		ok = read_file(c, &files.v[i]);
		arena_destroy(c->scratch);
	}
	if (!ok)
		return false;
	for (size_t i = 0; i < n; i++)
		note_silent(c, paths[i]);
	c->scratch = arena_create();
	ok = collect_pending(c);
	arena_destroy(c->scratch);
	return ok;
}

bool facts_read(const struct facts **out, const char *const *paths, size_t n, struct arena *a,
		struct err *e)
{
	struct facts *f = ARENA_NEW(a, struct facts);
	struct collector c = { .facts = f, .arena = a, .err = e };

	if (!read_all(&c, paths, n))
		return false;
	sort_all(f);
	*out = f;
	return true;
}

const struct facts_principal *facts_principal(const struct facts *f, str arn)
{
	return map_find(&f->by_arn[BY_PRINCIPAL], arn);
}

const struct facts_policy *facts_policy(const struct facts *f, str arn)
{
	return map_find(&f->by_arn[BY_POLICY], arn);
}

const struct facts_key *facts_key(const struct facts *f, str arn)
{
	return map_find(&f->by_arn[BY_KEY], arn);
}

const struct facts_key *facts_alias_key(const struct facts *f, str arn)
{
	size_t low = 0, high = f->aliases.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_cmp(f->aliases.v[mid].arn, arn) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->aliases.n && str_eq(f->aliases.v[low].arn, arn) ? f->aliases.v[low].key :
									  NULL;
}

bool facts_key_of_aws(const struct facts_key *k)
{
	for (size_t i = 0; i < k->aliases.n; i++)
		if (str_starts(k->aliases.v[i], S("alias/aws/")))
			return true;
	return str_eq(k->manager, S("AWS"));
}

str facts_value(const struct facts_resource *r, str name)
{
	for (size_t i = 0; i < r->attributes.n; i++) {
		if (str_eq(r->attributes.v[i].name, name))
			return r->attributes.v[i].value;
	}
	return S("");
}
