/* SPDX-License-Identifier: MIT */
/*
 * Every name stands between single quotes, and documents are files: what an export says is never
 * read by the shell. Names have been checked before (account_read), so none has a line break.
 */
#include "script.h"

#include "kmsfix/ascii.h"
#include "kmsfix/limits.h"
#include "kmsfix/syntax.h"
#include "kmsfix/template_text.h"
#include "kmsfix/vec.h"

/* IAM keeps this many versions of a managed policy. */
#define VERSIONS_MAX 5

/* ---- what changes ---- */

/* Attachments that are left, or NULL. */
static const struct node *attachments(const struct fileset *files, struct arena *a)
{
	const struct file *f = fileset_find(files, S(ACCOUNT_ATTACHMENTS));
	struct syntax_error e;
	struct tree *tree;

	return f && json_parse(&tree, f, a, &e) ? tree->root : NULL;
}

/* Version ids count up: "v9" is older than "v10". */
static bool is_older(str x, str y)
{
	return x.n != y.n ? x.n < y.n : str_cmp(x, y) < 0;
}

/* The oldest version but the default one, when there is no room for one more. */
static const struct facts_version *dropped(const struct facts_policy *p)
{
	const struct facts_version *oldest = NULL;

	for (size_t i = 0; p->versions.n >= VERSIONS_MAX && i < p->versions.n; i++) {
		const struct facts_version *v = &p->versions.v[i];

		if (v != p->current && (!oldest || is_older(v->id, oldest->id)))
			oldest = v;
	}
	return oldest;
}

static void add_step(struct script *x, const struct account_document *d, const struct file *before,
		     str after)
{
	struct step s = { .d = d, .before = before, .after = after };

	if (d->kind == ACCOUNT_MANAGED && after.n && dropped(d->policy))
		s.drop = dropped(d->policy)->id;
	VEC_PUSH(x->arena, &x->steps, s);
	for (size_t i = 0; i < d->holders.n; i++) {
		bool known = false;

		for (size_t k = 0; k < x->steps.holders.n; k++)
			known |= x->steps.holders.v[k] == d->holders.v[i];
		if (!known)
			VEC_PUSH(x->arena, &x->steps.holders, d->holders.v[i]);
	}
}

static void add_steps(struct script *x, const struct fileset *result, bool keys)
{
	const struct node *left = attachments(result, x->arena);

	for (size_t i = 0; i < x->acct->documents.n; i++) {
		const struct account_document *d = x->acct->documents.v[i];
		const struct file *before = fileset_find(&x->acct->files, d->path);
		const struct file *after = fileset_find(result, d->path);

		if ((d->kind == ACCOUNT_KEY) != keys)
			continue;
		if (!keys && !(left && map_get(left, x->arena, d->path)))
			add_step(x, d, before, S(""));
		else if (!str_eq(before->text, after->text))
			add_step(x, d, before, after->text);
	}
}

static bool is_step(const struct script *x, const struct account_document *d)
{
	for (size_t i = 0; i < x->steps.n; i++)
		if (x->steps.v[i].d == d)
			return true;
	return false;
}

/* A permission goes because of what the policy of this key says. */
static bool is_relied_on(const struct plan *plan, const struct account_document *d)
{
	for (size_t i = 0; i < plan->findings.n; i++) {
		const struct finding *f = &plan->findings.v[i];

		if (finding_changes(f) && strs_has(&f->keys, d->address))
			return true;
	}
	return false;
}

static void watch_keys(struct script *x, const struct plan *plan)
{
	for (size_t i = 0; i < x->acct->documents.n; i++) {
		const struct account_document *d = x->acct->documents.v[i];

		if (d->kind == ACCOUNT_KEY && !is_step(x, d) && is_relied_on(plan, d))
			VEC_PUSH(x->arena, &x->steps.watched, d);
	}
}

/* ---- files ---- */

static void add_file(struct script *x, str path, str text, unsigned mode)
{
	fileset_add(x->out, x->arena, path, text, mode);
}

/* JSON without the white space that only people need. */
static str minified(str json, struct arena *a)
{
	struct buf b = { 0 };
	bool quoted = false;

	for (size_t i = 0; i < json.n; i++) {
		char c = json.p[i];

		if (!quoted && ascii_is_blank(c))
			continue;
		buf_addc(&b, c);
		if (c == '"')
			quoted = !quoted;
		else if (quoted && c == '\\' && i + 1 < json.n)
			buf_addc(&b, json.p[++i]);
	}
	json = str_dup(a, buf_str(&b));
	buf_free(&b);
	return json;
}

/* KMS counts white space, as far as is known [6.1]. */
static str fitted(const struct step *s, str text, struct arena *a)
{
	return s->d->kind == ACCOUNT_KEY && text.n > LIMIT_KEY_POLICY ? minified(text, a) : text;
}

str script_dropped_path(const struct step *s, struct arena *a)
{
	return str_fmt(a, "versions/%.*s/%.*s.json", STR_ARG(path_base(s->d->path)),
		       STR_ARG(s->drop));
}

static void add_documents(struct script *x)
{
	struct arena *a = x->arena;

	for (size_t i = 0; i < x->steps.watched.n; i++) {
		str path = x->steps.watched.v[i]->path;

		add_file(x, str_fmt(a, "before/%.*s", STR_ARG(path)),
			 fileset_find(&x->acct->files, path)->text, 0100644);
	}
	for (size_t i = 0; i < x->steps.n; i++) {
		const struct step *s = &x->steps.v[i];

		add_file(x, str_fmt(a, "before/%.*s", STR_ARG(s->d->path)),
			 fitted(s, s->before->text, a), 0100644);
		if (s->after.n)
			add_file(x, str_fmt(a, "after/%.*s", STR_ARG(s->d->path)),
				 fitted(s, s->after, a), 0100644);
		if (s->drop.n)
			add_file(x, str_fmt(a, "before/%.*s", STR_ARG(script_dropped_path(s, a))),
				 dropped(s->d->policy)->document.text, 0100644);
	}
}

/* ---- shell ---- */

static void add_word(struct buf *out, str s)
{
	buf_addc(out, ' ');
	buf_add_quoted(out, s);
}

const char *script_kind(const struct facts_principal *p)
{
	static const char *const kinds[] = {
		[FACTS_ROLE] = "role", [FACTS_USER] = "user", [FACTS_GROUP] = "group"
	};

	return kinds[p->kind];
}

static void add_ids(struct buf *out, const struct account_document *d)
{
	for (size_t i = 0; i < d->holders.n; i++)
		add_word(out, d->holders.v[i]->id);
}

static void key_call(struct buf *out, const char *function, const struct account_document *d)
{
	buf_add(out, str_from(function));
	add_word(out, d->key->arn);
	add_word(out, d->key->region);
	add_word(out, d->path);
	buf_addc(out, '\n');
}

static void inline_call(struct buf *out, const char *function, const struct step *s)
{
	buf_printf(out, "%s %s", function, script_kind(s->d->holder));
	add_word(out, s->d->holder->name);
	add_word(out, s->d->name);
	add_word(out, s->d->path);
	buf_addc(out, '\n');
}

static void version_words(struct buf *out, const struct step *s)
{
	add_word(out, s->d->policy->arn);
	add_word(out, s->d->policy->id);
	add_word(out, s->d->policy->current->id);
	add_word(out, s->d->path);
}

/* For each who has the policy. */
static void attachment_calls(struct buf *out, const char *function, const struct step *s)
{
	for (size_t i = 0; i < s->d->holders.n; i++) {
		buf_printf(out, "%s %s", function, script_kind(s->d->holders.v[i]));
		add_word(out, s->d->holders.v[i]->name);
		add_word(out, s->d->policy->arn);
		buf_addc(out, '\n');
	}
}

static void version_call(struct buf *out, const char *function, const struct step *s)
{
	buf_add(out, str_from(function));
	version_words(out, s);
	add_ids(out, s->d);
	buf_addc(out, '\n');
}

/* A call that has to do with the new version, for which `drop` makes room. */
static void change_call(struct buf *out, const char *function, const struct step *s)
{
	buf_add(out, str_from(function));
	add_word(out, s->drop.n ? s->drop : S("-"));
	version_words(out, s);
	add_ids(out, s->d);
	buf_addc(out, '\n');
}

static void check(struct buf *out, const struct step *s, bool applies)
{
	if (s->d->kind == ACCOUNT_KEY)
		key_call(out, "check_key", s->d);
	else if (s->d->kind == ACCOUNT_INLINE)
		inline_call(out, "check_inline", s);
	else if (!s->after.n)
		version_call(out, "check_emptied", s);
	else if (applies)
		change_call(out, "check_change", s);
	else
		version_call(out, "check_version", s);
}

static void apply(struct buf *out, const struct step *s)
{
	if (s->d->kind == ACCOUNT_KEY) {
		key_call(out, "put_key", s->d);
	} else if (s->d->kind == ACCOUNT_INLINE) {
		inline_call(out, s->after.n ? "put_inline" : "delete_inline", s);
	} else if (!s->after.n) {
		version_call(out, "check_emptied", s);
		attachment_calls(out, "detach", s);
	} else {
		change_call(out, "put_version", s);
	}
}

static void restore_version(struct buf *out, const struct step *s, struct arena *a)
{
	str ids = { 0 };

	for (size_t i = 0; i < s->d->holders.n; i++)
		ids = str_fmt(a, "%.*s%s%.*s", STR_ARG(ids), i ? " " : "",
			      STR_ARG(s->d->holders.v[i]->id));
	buf_add(out, S("restore_version"));
	add_word(out, s->drop.n ? s->drop : S("-"));
	add_word(out, ids);
	version_words(out, s);
	for (size_t i = 0; i < s->d->policy->versions.n; i++)
		add_word(out, s->d->policy->versions.v[i].id);
	buf_addc(out, '\n');
}

static void restore(struct buf *out, const struct step *s, struct arena *a)
{
	if (s->d->kind == ACCOUNT_KEY)
		key_call(out, "restore_key", s->d);
	else if (s->d->kind == ACCOUNT_INLINE)
		inline_call(out, "restore_inline", s);
	else if (s->after.n)
		restore_version(out, s, a);
	else
		attachment_calls(out, "attach", s);
}

/* ---- the scripts ---- */

static str home_region(const struct script *x)
{
	for (size_t i = 0; i < x->acct->documents.n; i++)
		if (x->acct->documents.v[i]->kind == ACCOUNT_KEY)
			return x->acct->documents.v[i]->key->region;
	return S("us-east-1");
}

static void head(struct buf *out, const struct script *x, const char *what)
{
	buf_printf(out, "#!/bin/sh\n# %s\n# It can be stopped anywhere and run again.\n", what);
	buf_add(out, S("set -eu\nunset CDPATH\ncd -- \"$(dirname -- \"$0\")\"\n"
		       ". ./functions.sh\nbegin"));
	add_word(out, x->acct->id);
	add_word(out, home_region(x));
	buf_add(out, S(" \"$@\"\n"));
}

static void add_checks(struct buf *out, const struct script *x, bool applies)
{
	buf_add(out, S("\n# Nothing that matters has changed since the export.\n"));
	for (size_t i = 0; i < x->steps.holders.n; i++) {
		const struct facts_principal *p = x->steps.holders.v[i];

		if (p->kind == FACTS_GROUP)
			continue;
		buf_printf(out, "%s_%s", p->kind == FACTS_USER && !applies ? "same" : "check",
			   script_kind(p));
		add_word(out, p->name);
		add_word(out, p->id);
		buf_addc(out, '\n');
	}
	for (size_t i = 0; i < x->steps.n; i++)
		check(out, &x->steps.v[i], applies);
}

static void add_watched(struct buf *out, const struct script *x)
{
	for (size_t i = 0; i < x->steps.watched.n; i++)
		key_call(out, "same_key", x->steps.watched.v[i]);
}

static void add_keys(struct buf *out, const struct script *x, const char *function)
{
	for (size_t i = 0; i < x->steps.keys; i++)
		key_call(out, function, x->steps.v[i].d);
}

static void add_script(struct script *x, str path, struct buf *b)
{
	add_file(x, path, str_dup(x->arena, buf_str(b)), 0100755);
	buf_free(b);
}

static void add_apply(struct script *x)
{
	struct buf b = { 0 };

	head(&b, x, "Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to key policies.");
	add_checks(&b, x, true);
	add_watched(&b, x);
	if (x->steps.keys)
		buf_add(&b, S("\n# From here on the key policies allow it, too.\n"));
	add_keys(&b, x, "put_key");
	add_keys(&b, x, "confirm_key after");
	if (x->steps.keys)
		buf_add(&b, S("settle \"$removals\"\n"));
	buf_add(&b, S("\n# Only now it is taken out of the IAM policies.\n"));
	add_watched(&b, x);
	for (size_t i = x->steps.keys; i < x->steps.n; i++)
		apply(&b, &x->steps.v[i]);
	buf_add(&b, S("finish\n"));
	add_script(x, S("apply.sh"), &b);
}

static void add_rollback(struct script *x)
{
	struct buf b = { 0 };

	head(&b, x, "Undoes what apply.sh has done, all of it or a part.");
	add_checks(&b, x, false);
	buf_add(&b, S("\n# The IAM policies allow again what they did.\n"));
	for (size_t i = x->steps.keys; i < x->steps.n; i++)
		restore(&b, &x->steps.v[i], x->arena);
	if (x->steps.keys)
		buf_add(&b, S("settle \"$grants\"\n\n# Only now it is taken out of the key "
			      "policies.\n"));
	add_keys(&b, x, "restore_key");
	add_keys(&b, x, "confirm_key before");
	buf_add(&b, S("finish\n"));
	add_script(x, S("rollback.sh"), &b);
}

/* A key policy must lose nothing, an IAM policy gain nothing. */
static void validate(struct script *x, struct buf *out, const struct step *s)
{
	bool key = s->d->kind == ACCOUNT_KEY;
	const char *type = key ? "RESOURCE_POLICY" : "IDENTITY_POLICY";
	str before = str_fmt(x->arena, "before/%.*s", STR_ARG(s->d->path));
	str after = str_fmt(x->arena, "after/%.*s", STR_ARG(s->d->path));

	if (!s->after.n)
		return;
	buf_printf(out, "validate %s", type);
	add_word(out, s->d->path);
	buf_printf(out, "\nno_new_access %s", type);
	add_word(out, key ? after : before);
	add_word(out, key ? before : after);
	buf_addc(out, '\n');
}

static void add_analyze(struct script *x)
{
	struct buf b = { 0 };

	head(&b, x, "Lets IAM Access Analyzer judge the policies; changes nothing.");
	for (size_t i = 0; i < x->steps.n; i++)
		validate(x, &b, &x->steps.v[i]);
	buf_add(&b, S("verdict\n"));
	add_script(x, S("analyze.sh"), &b);
}

static void add_functions(struct script *x)
{
	for (size_t i = 0; i < page_count; i++)
		if (str_eq(page_texts[i].name, S("account.sh")))
			add_file(x, S("functions.sh"), page_texts[i].text, 0100644);
}

void script_make(struct fileset *out, const struct account *acct, const struct plan *plan,
		 const struct fileset *result, struct arena *a)
{
	struct script x = { .acct = acct, .plan = plan, .out = out, .arena = a };

	add_steps(&x, result, true);
	x.steps.keys = x.steps.n;
	add_steps(&x, result, false);
	watch_keys(&x, plan);
	add_documents(&x);
	add_functions(&x);
	add_analyze(&x);
	add_rollback(&x);
	script_readme(&x);
	add_apply(&x);
}
