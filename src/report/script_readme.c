/* SPDX-License-Identifier: MIT */
/* README.md of what is handed over: how to use the scripts, and the same by hand in the console. */
#include "kmsfix/arn.h"
#include "markup.h"
#include "script.h"

static void add_code(struct buf *out, str s)
{
	markdown_code(out, s, false);
}

/* The name of the file, as a command line would take it. */
static void add_path(struct script *x, struct buf *out, const char *dir, str path)
{
	add_code(out, str_fmt(x->arena, "%s/%.*s", dir, STR_ARG(path)));
}

static const char *console_list(const struct facts_principal *p)
{
	static const char *const lists[] = {
		[FACTS_ROLE] = "Roles", [FACTS_USER] = "Users", [FACTS_GROUP] = "User groups"
	};

	return lists[p->kind];
}

/* ---- what changes ---- */

static void add_row(struct script *x, struct buf *out, const struct step *s)
{
	static const char *const what[][2] = {
		[ACCOUNT_KEY] = { "key policy", "" },
		[ACCOUNT_MANAGED] = { "managed policy", "taken from everybody" },
		[ACCOUNT_INLINE] = { "inline policy", "deleted" },
	};

	(void)x;
	buf_printf(out, "| %s | ", what[s->d->kind][0]);
	markdown_code(out, s->d->address, true);
	buf_printf(out, " | %s |\n",
		   s->d->kind == ACCOUNT_KEY ? "gets grants" :
		   s->after.n                ? "loses permissions" :
					       what[s->d->kind][1]);
}

static void add_table(struct script *x, struct buf *out)
{
	buf_add(out, S("| What | Which | What becomes of it |\n| --- | --- | --- |\n"));
	for (size_t i = 0; i < x->steps.n; i++)
		add_row(x, out, &x->steps.v[i]);
}

/* ---- the console ---- */

static void paste(struct script *x, struct buf *out, const char *dir, const struct step *s)
{
	buf_add(out, S("replace everything by the content of "));
	add_path(x, out, dir, s->d->path);
}

static void key_step(struct script *x, struct buf *out, const struct step *s, const char *dir)
{
	buf_add(out, S("KMS, Region "));
	add_code(out, s->d->key->region);
	buf_add(out, S(", *Customer managed keys*, "));
	add_code(out, s->d->key->id);
	buf_add(out, S(", *Key policy*, *Switch to policy view*, *Edit*: "));
	paste(x, out, dir, s);
	buf_add(out, S("; *Save changes*.\n"));
}

static void managed_place(struct buf *out, const struct step *s)
{
	buf_add(out, S("IAM, *Policies*, "));
	add_code(out, s->d->policy->name);
}

static void managed_step(struct script *x, struct buf *out, const struct step *s)
{
	managed_place(out, s);
	if (!s->after.n) {
		buf_add(out, S(", *Entities attached*: select all, *Detach*.\n"));
		return;
	}
	if (s->drop.n) {
		buf_add(out, S(", *Policy versions*: delete "));
		add_code(out, s->drop);
		buf_add(out, S(" (kept in "));
		add_path(x, out, "before", script_dropped_path(s, x->arena));
		buf_add(out, S("), as there is no room for a sixth version; then"));
	}
	buf_add(out, S(", *Permissions*, *Edit*, *JSON*: "));
	paste(x, out, "after", s);
	buf_add(out, S("; *Next*, *Set this new version as the default*, *Save changes*.\n"));
}

static void inline_place(struct buf *out, const struct step *s)
{
	buf_printf(out, "IAM, *%s*, ", console_list(s->d->holder));
	add_code(out, s->d->holder->name);
	buf_add(out, S(", *Permissions*, "));
	add_code(out, s->d->name);
}

static void inline_step(struct script *x, struct buf *out, const struct step *s)
{
	inline_place(out, s);
	if (!s->after.n) {
		buf_add(out, S(": *Remove*.\n"));
		return;
	}
	buf_add(out, S(", *Edit*, *JSON*: "));
	paste(x, out, "after", s);
	buf_add(out, S("; *Next*, *Save changes*.\n"));
}

static void add_holders(struct buf *out, const struct step *s)
{
	for (size_t i = 0; i < s->d->holders.n; i++) {
		buf_printf(out, "%s%s ", i ? ", " : "", script_kind(s->d->holders.v[i]));
		add_code(out, s->d->holders.v[i]->name);
	}
}

static void undo_managed(struct script *x, struct buf *out, const struct step *s)
{
	managed_place(out, s);
	if (!s->after.n) {
		buf_add(out, S(", *Entities attached*, *Attach*: "));
		add_holders(out, s);
		buf_add(out, S(".\n"));
		return;
	}
	buf_add(out, S(", *Policy versions*: select "));
	add_code(out, s->d->policy->current->id);
	buf_add(out, S(", *Set as default*; delete the newest version"));
	if (s->drop.n) {
		buf_add(out, S("; make one again from "));
		add_path(x, out, "before", script_dropped_path(s, x->arena));
		buf_add(out, S(", without setting it as the default"));
	}
	buf_add(out, S(".\n"));
}

static void undo_inline(struct script *x, struct buf *out, const struct step *s)
{
	inline_place(out, s);
	buf_add(out, s->after.n ? S(", *Edit*, *JSON*: ") :
				  S(": is gone; *Create inline policy* of that name, *JSON*: "));
	paste(x, out, "before", s);
	buf_add(out, S("; *Next*, *Save changes*.\n"));
}

static void add_console(struct script *x, struct buf *out)
{
	size_t n = 0;

	buf_add(out,
		S("\n## In the console\n\n"
		  "The same by hand. Keep the order: the keys come first, so that nobody is "
		  "without access for a moment. Before each edit compare what is there with "
		  "the file in `before`: if it is something else, stop, and export again.\n\n"));
	for (size_t i = 0; i < x->steps.n; i++) {
		const struct step *s = &x->steps.v[i];

		if (i && i == x->steps.keys)
			buf_printf(out, "%zu. Wait two minutes, until that is in effect.\n", ++n);
		buf_printf(out, "%zu. ", ++n);
		if (s->d->kind == ACCOUNT_KEY)
			key_step(x, out, s, "after");
		else if (s->d->kind == ACCOUNT_MANAGED)
			managed_step(x, out, s);
		else
			inline_step(x, out, s);
	}
}

static void add_undoing(struct script *x, struct buf *out)
{
	size_t n = 0;

	buf_add(out, S("\nTo undo it:\n\n"));
	for (size_t i = x->steps.keys; i < x->steps.n; i++) {
		buf_printf(out, "%zu. ", ++n);
		if (x->steps.v[i].d->kind == ACCOUNT_MANAGED)
			undo_managed(x, out, &x->steps.v[i]);
		else
			undo_inline(x, out, &x->steps.v[i]);
	}
	if (x->steps.keys)
		buf_printf(out, "%zu. Wait two minutes.\n", ++n);
	for (size_t i = 0; i < x->steps.keys; i++) {
		buf_printf(out, "%zu. ", ++n);
		key_step(x, out, &x->steps.v[i], "before");
	}
}

/* ---- the whole ---- */

static const char intro[] =
	"\nEvery principal keeps exactly the access it has, and nobody gets any: kmsfix has proved "
	"it on these documents. `before` holds the policies as they were exported, `after` as they "
	"will be.\n\n";

static const char unused[] =
	"**But for wildcards**, of which only what the logs of CloudTrail show in use is kept, as "
	"`--accept` asked for: whoever needs more will be denied.\n\n";

static const char here_only[] = "**But for wildcards**, of which only the keys of the export are "
				"kept, as `--wildcard-keys` "
				"asked for: whoever needs others will be denied.\n\n";

static const char usage[] =
	"\n## With the command line\n\n"
	"Needs `aws` and `jq`, as in CloudShell, and credentials of the account.\n\n"
	"1. `diff -r before after` shows what changes, `./apply.sh --dry-run` the calls.\n"
	"2. `./analyze.sh` lets IAM Access Analyzer judge it. It changes nothing; AWS charges for "
	"each check.\n"
	"3. `./apply.sh` does it: the key policies, then two minutes until they are in effect "
	"everywhere (`KMSFIX_WAIT=300` makes it five), then the IAM policies. It first compares "
	"everything with the export, and stops if somebody has changed something. It may be "
	"interrupted anywhere, and run again. What it replaces is kept in `backup`.\n"
	"4. `./rollback.sh` undoes it, in the reverse order. A version of a managed policy that "
	"had "
	"to be deleted to make room comes back under a new number.\n\n"
	"The calls need `sts:GetCallerIdentity`; `kms:GetKeyPolicy` and `PutKeyPolicy`; and of IAM "
	"`GetRole`, `GetUser`, `GetPolicy`, `GetPolicyVersion`, `ListPolicyVersions`, "
	"`ListEntitiesForPolicy`, `CreatePolicyVersion`, `DeletePolicyVersion`, "
	"`SetDefaultPolicyVersion`, and for roles and users `ListRolePolicies`, `GetRolePolicy`, "
	"`PutRolePolicy`, `DeleteRolePolicy`, `ListAttachedRolePolicies`, `AttachRolePolicy`, "
	"`DetachRolePolicy` and their like for users. KMS refuses a key policy that its caller "
	"could "
	"not change again, so run it as somebody who administers the keys. `analyze.sh` needs "
	"`access-analyzer:ValidatePolicy` and `CheckNoNewAccess`.\n";

static const char emptied[] =
	"\nA managed policy of which nothing would be left is taken from everybody who has it, and "
	"stays: attaching it again undoes that. Delete it when you are sure.\n";

void script_readme(struct script *x)
{
	struct buf b = { 0 };
	bool empties = false;
	unsigned rests_on = 0;

	buf_add(&b, S("# kms:Decrypt moves to key policies: account "));
	markdown_text(&b, x->acct->id);
	buf_addc(&b, '\n');
	buf_add(&b, str_from(intro));
	for (size_t i = 0; i < x->plan->findings.n; i++)
		rests_on |= x->plan->findings.v[i].rests_on;
	buf_add(&b, str_from(rests_on & RESTS_USE ? unused : ""));
	buf_add(&b, str_from(rests_on & RESTS_HERE ? here_only : ""));
	add_table(x, &b);
	for (size_t i = 0; i < x->steps.n; i++)
		empties |= x->steps.v[i].d->kind == ACCOUNT_MANAGED && !x->steps.v[i].after.n;
	buf_add(&b, str_from(empties ? emptied : ""));
	buf_add(&b, str_from(usage));
	add_console(x, &b);
	add_undoing(x, &b);
	fileset_add(x->out, x->arena, S("README.md"), str_dup(x->arena, buf_str(&b)), 0100644);
	buf_free(&b);
}
