/* SPDX-License-Identifier: MIT */
/*
 * The planner on one page: make candidates, let every stage add its holds, let holds spread, and
 * turn what is left into changes; then say for each finding what became of it.
 */
#include <stdarg.h>
#include <stdlib.h>

#include "decide.h"
#include "kmsfix/apart.h"
#include "kmsfix/ascii.h"
#include "kmsfix/buf.h"
#include "kmsfix/request.h"

#include "kmsfix/vec.h"

void hold(struct planner *pl, struct candidate *c, const char *code, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	issue_vadd(pl->arena, &c->holds, code, NULL, fmt, ap);
	va_end(ap);
	pl->held++;
}

void hold_all(struct planner *pl, struct candidate *c, const struct issues *issues)
{
	pl->held++;
	for (size_t i = 0; i < issues->n; i++)
		issue_share(pl->arena, &c->holds, &issues->v[i]);
}

struct candidate *candidate_of(const struct planner *pl, const struct statement *s)
{
	return map_find_at(&pl->by_statement, s);
}

/* ---- which statements are findings ---- */

static bool has_use(const struct statement *s)
{
	for (size_t i = 0; i < s->uses.n; i++) {
		enum policy_kind k = s->uses.v[i]->kind;
		if (k == POLICY_MANAGED || k == POLICY_INLINE || k == POLICY_SET ||
		    k == POLICY_BOUNDARY || k == POLICY_UNSEEN)
			return true;
	}
	return false;
}

static unsigned finding_targets(const struct statement *s)
{
	unsigned targets = 0;
	if (s->actions.negated)
		return statement_possible_targets(s);
	for (size_t i = 0; i < s->actions.n; i++) {
		str text = s->actions.v[i].text;
		enum action_form form = action_form(text);
		targets |= form == ACTION_BAD || form == ACTION_PART ?
				   action_possible_targets(text) :
				   action_targets(text);
	}
	return targets;
}

static void note_typo(const struct model *m, const struct statement *s)
{
	for (size_t i = 0; i < s->actions.n; i++)
		if (action_is_reencrypt_typo(s->actions.v[i].text))
			diag_add(m->diags, SEVERITY_WARNING, s->actions.v[i].node->tree->file,
				 s->actions.v[i].node->start,
				 "there is no action 'kms:ReEncrypt', so this grants nothing; "
				 "'kms:ReEncrypt*' may be meant");
}

/* The address in its own module: the same in every instance of it. */
static str local_address(const struct document *d)
{
	size_t n = d->scope->address.n;
	return n && d->address.n > n ? str_sub(d->address, n + 1, d->address.n) : d->address;
}

/*
 * What the statement says, but for its blanks: a statement before it may go, and what is held has
 * the same id then.
 */
static str finding_id(const struct planner *pl, const struct statement *s)
{
	struct arena *a = pl->arena;
	struct buf b = { 0 };
	s = statement_written(s);
	if (s->document->request)
		return s->document->request->id;
	str source = node_source(s->node);
	buf_printf(&b, "%.*s|%.*s|%.*s|", STR_ARG(s->document->file->path),
		   STR_ARG(local_address(s->document)), STR_ARG(s->sid));
	for (size_t i = 0; i < source.n; i++)
		if (!ascii_is_blank(source.p[i]))
			buf_addc(&b, source.p[i]);
	str id = str_fmt(a, "%016llx", (unsigned long long)str_hash(buf_str(&b)));
	buf_free(&b);
	return id;
}

/* The id, told from those of statements of the scope that say the same at the same address. */
static str unique_id(struct planner *pl, const struct statement *s)
{
	struct arena *a = pl->arena;
	str id = finding_id(pl, s);
	const struct scope *scope = statement_written(s)->document->scope;
	str key = str_fmt(a, "%p %.*s", (const void *)scope, STR_ARG(id));
	size_t *seen = map_find(&pl->ids, key);
	if (seen)
		return str_fmt(a, "%.*s-%zu", STR_ARG(id), ++*seen);
	seen = arena_alloc(a, sizeof(*seen));
	*seen = 1;
	map_put(&pl->ids, a, key, seen);
	return id;
}

static bool is_left_out(const struct planner *pl, const struct candidate *c)
{
	return pl->options->except && map_find(pl->options->except, c->id);
}

static void add_candidate(struct planner *pl, struct statement *s)
{
	struct candidate *c = ARENA_NEW(pl->arena, struct candidate);
	c->s = s;
	c->targets = finding_targets(s);
	c->take = c->targets & pl->tpl->targets;
	c->takes_all = !is_request(c) && leaves_nothing(pl, c);
	c->id = unique_id(pl, s);
	VEC_PUSH(pl->arena, &pl->candidates, c);
	map_put_at(&pl->by_statement, pl->arena, s, c);
	if (is_left_out(pl, c))
		hold(pl, c, "LEFT-OUT", "the statement is not part of this change");
	if (!c->take)
		hold(pl, c, "TEMPLATE", "the statement template '%.*s' does not grant this action",
		     STR_ARG(pl->tpl->name));
	const struct issues *held = map_find(&pl->options->held, c->id);
	if (held)
		hold_all(pl, c, held);
}

static bool is_finding(const struct planner *pl, const struct statement *s)
{
	if (pl->options->all_keys && !statement_is_for_all_keys(s, finding_targets(s)))
		return false;
	return s->effect != EFFECT_DENY && !s->principals.present && has_use(s) &&
	       finding_targets(s);
}

/* ---- findings ---- */

static size_t rank(const char *code)
{
	for (size_t i = 0; i < hold_code_count; i++)
		if (str_eq(str_from(hold_codes[i].code), str_from(code)))
			return i;
	return hold_code_count;
}

static int by_rank(const void *x, const void *y)
{
	const struct issue *a = x, *b = y;
	bool same = str_eq(str_from(a->code), str_from(b->code)); /* as most of a long list are */
	size_t ra = same ? 0 : rank(a->code), rb = same ? 0 : rank(b->code);
	if (ra != rb)
		return ra < rb ? -1 : 1;
	return str_cmp(a->reason, b->reason);
}

static struct finding finding_new(const struct planner *pl, const struct candidate *c)
{
	const struct statement *s = c->s, *written = statement_written(s);
	struct finding f = { .id = c->id,
			     .statement = s,
			     .file = written->node->tree->file,
			     .start = written->node->start,
			     .end = written->node->end,
			     .unit = is_request(c) ? request_unit(c) : s->document->unit->path,
			     .address = written->document->address,
			     .targets = c->targets,
			     .principals = c->principals,
			     .keys = c->keys,
			     .declared = c->declared,
			     .parts = c->parts,
			     .conditions = s->conditions.n || s->conditions.open,
			     .rests_on = c->rests_on };
	for (size_t i = 0; i < s->actions.n; i++)
		if (s->actions.negated || action_possible_targets(s->actions.v[i].text))
			strs_add(pl->arena, &f.actions, s->actions.v[i].text);
	return f;
}

static void add_held(struct planner *pl, const struct candidate *c, struct issues holds,
		     const char *part)
{
	struct finding f = finding_new(pl, c);
	for (size_t i = 0; i < holds.n; i++)
		if (str_eq(str_from(holds.v[i].code), S("TF-DYNAMIC")))
			holds.v[i].code = c->s->document->unit->language->dynamic;
	if (holds.n)
		qsort(holds.v, holds.n, sizeof(*holds.v), by_rank);
	f.outcome = OUTCOME_HELD;
	f.holds = holds;
	f.reason = holds.v[0].reason;
	if (*part)
		f.id = str_fmt(pl->arena, "%.*s-%s", STR_ARG(f.id), part);
	if (c->suppression.by)
		suppress_finding(pl, &f, c);
	else
		suppress_by_code(pl, &f);
	add_asks(pl, c, &f);
	VEC_PUSH(pl->arena, &pl->plan->findings, f);
}

/*
 * What a reviewer should know. Whom only the account knows is named by an ARN that Terraform does
 * not keep up to date [4.5].
 */
static str note_of(const struct planner *pl, const struct candidate *c)
{
	if (c->note.n)
		return c->note;
	for (size_t i = 0; i < c->moves.n; i++) {
		const struct principal *p = c->moves.v[i].principal;
		if (p->external && (p->live || is_request(c)) && text_is_literal(p->arn))
			return str_fmt(pl->arena,
				       "the grant names '%.*s' itself; when that is deleted and "
				       "made again, the key policy has to be applied again, too",
				       STR_ARG(p->arn));
	}
	return pl->m->config->evidence && c->moves.n ? unused_note(pl, c) : (str){ 0 };
}

static void add_done(struct planner *pl, const struct candidate *c)
{
	struct finding f = finding_new(pl, c);
	bool grants = c->moves.n || c->granted_already;
	f.outcome = grants ? OUTCOME_FIXED : OUTCOME_REMOVED;
	f.targets = c->take;
	if (c->moves.n)
		f.reason = S("moved to the key policy");
	else if (grants)
		f.reason = S("the key policy already grants it directly");
	else if (c->dead_code)
		f.reason = c->dead_reason;
	else if (!c->principals.n)
		f.reason = S("nobody has the policy");
	else
		f.reason =
			S("no resource of the statement is a key, so the permission has no effect");
	if (is_request(c))
		grant_finding(c, &f);
	f.note = note_of(pl, c);
	add_asks(pl, c, &f);
	VEC_PUSH(pl->arena, &pl->plan->findings, f);
	if (c->take != c->targets) {
		struct issues holds = { 0 };
		issue_add(pl->arena, &holds, "TEMPLATE",
			  "the statement template '%.*s' does not grant the rest",
			  STR_ARG(pl->tpl->name));
		add_held(pl, c, holds, "template");
	}
	if (c->rest_of)
		add_held(pl, c->rest_of, c->rest, "rest");
}

static int by_place(const void *x, const void *y)
{
	const struct candidate *a = *(struct candidate *const *)x,
			       *b = *(struct candidate *const *)y;
	int c = str_cmp(a->s->node->tree->file->path, b->s->node->tree->file->path);
	if (c)
		return c;
	if (a->s->node->start != b->s->node->start)
		return a->s->node->start < b->s->node->start ? -1 : 1;
	/* which instance speaks for all must not change with what the text says */
	c = str_cmp(a->s->document->address, b->s->document->address);
	return c ? c : str_cmp(a->id, b->id);
}

/* One place of the code in several instances of its module is one finding. */
static bool same_place(const struct candidate *x, const struct candidate *y)
{
	bool own = x->s->node != x->s->document->node; /* else the text of all its statements */
	return x->s->node == y->s->node && (own || x->s->index == y->s->index);
}

/* Instances that hold each other say nothing; what holds one of them does. */
static void drop_shared(struct issues *holds)
{
	struct issues kept = *holds;
	kept.n = 0;
	for (size_t i = 0; i < holds->n; i++)
		if (!str_eq(holds->v[i].reason, S(SHARED_REASON)))
			kept.v[kept.n++] = holds->v[i];
	if (kept.n)
		holds->n = kept.n;
}

static void add_part(struct planner *pl, struct candidate *to, const struct candidate *from)
{
	struct reach_part part = { from->s->document->unit->path, from->principals, from->keys,
				   from->declared };
	VEC_PUSH(pl->arena, &to->parts, part);
}

/* The names of all instances. */
static void join_parts(struct planner *pl, struct candidate *c)
{
	c->principals = c->keys = (struct strs){ 0 };
	c->declared = (struct key_list){ 0 };
	for (size_t i = 0; i < c->parts.n; i++) {
		const struct reach_part *part = &c->parts.v[i];
		for (size_t k = 0; k < part->principals.n; k++)
			strs_add(pl->arena, &c->principals, part->principals.v[k]);
		for (size_t k = 0; k < part->keys.n; k++)
			strs_add(pl->arena, &c->keys, part->keys.v[k]);
		for (size_t k = 0; k < part->declared.n; k++)
			VEC_PUSH(pl->arena, &c->declared, part->declared.v[k]);
	}
	strs_sort(&c->principals);
	strs_sort(&c->keys);
	key_list_sort(&c->declared);
}

/* Why a part of the statement stays, in whichever of its instances; others may have none. */
static void add_rest(struct planner *pl, struct candidate *to, const struct candidate *from)
{
	if (from->split && !to->rest_of)
		to->rest_of = from;
	for (size_t i = 0; from->split && i < from->resources.n; i++) {
		const struct issues *holds = &from->resources.v[i].holds;
		for (size_t k = 0; k < holds->n; k++)
			issue_share(pl->arena, &to->rest, &holds->v[k]);
	}
}

static void merge_into(struct planner *pl, struct candidate *to, const struct candidate *from)
{
	struct arena *a = pl->arena;
	hold_all(pl, to, &from->holds);
	add_rest(pl, to, from);
	drop_shared(&to->holds);
	add_part(pl, to, from);
	for (size_t i = 0; i < from->moves.n; i++)
		VEC_PUSH(a, &to->moves, from->moves.v[i]);
	for (size_t i = 0; i < from->asks.n; i++)
		VEC_PUSH(a, &to->asks, from->asks.v[i]);
	if (!from->suppression.by)
		to->suppression.by = SUPPRESSED_NOT;
	to->rests_on |= from->rests_on;
	to->granted_already |= from->granted_already;
	to->note = to->note.n ? to->note : from->note;
	if (!to->dead_code) {
		to->dead_code = from->dead_code;
		to->dead_reason = from->dead_reason;
	}
}

static void merge_instances(struct planner *pl)
{
	size_t kept = 0, n = pl->candidates.n, end;
	for (size_t i = 0; i < n; i = end) {
		struct candidate *c = pl->candidates.v[i];
		add_rest(pl, c, c);
		for (end = i + 1; end < n && same_place(c, pl->candidates.v[end]); end++) {
			if (end == i + 1)
				add_part(pl, c, c);
			merge_into(pl, c, pl->candidates.v[end]);
		}
		if (c->parts.n)
			join_parts(pl, c);
		pl->candidates.v[kept++] = c;
	}
	pl->candidates.n = kept;
}

static void decide_all(struct planner *pl)
{
	const struct model *m = pl->m;
	*pl->plan = (struct plan){ 0 };
	for (size_t i = 0; i < m->statements.n; i++)
		if (is_finding(pl, m->statements.v[i]))
			add_candidate(pl, m->statements.v[i]);
	if (pl->candidates.n)
		qsort(pl->candidates.v, pl->candidates.n, sizeof(*pl->candidates.v), by_place);
	for (size_t i = 0; i < pl->candidates.n; i++) {
		decide_suppressed(pl, pl->candidates.v[i]);
		decide_text(pl, pl->candidates.v[i]);
		decide_who(pl, pl->candidates.v[i]);
		decide_moves(pl, pl->candidates.v[i]);
	}
	decide_shared(pl);
}

bool finding_changes(const struct finding *f)
{
	return f->outcome == OUTCOME_FIXED || f->outcome == OUTCOME_REMOVED ||
	       (f->outcome == OUTCOME_GRANTED && f->pending);
}

void plan_make(struct plan *out, const struct model *m, const struct plan_options *options,
	       struct arena *a)
{
	struct planned planned = { 0 };
	struct planner pl;
	for (size_t i = 0; i < m->statements.n; i++)
		note_typo(m, m->statements.v[i]);
	do {
		pl = (struct planner){ .m = m,
				       .arena = a,
				       .tpl = options->tpl,
				       .strict = options->strict,
				       .plan = out,
				       .options = options,
				       .planned = &planned };
		decide_all(&pl);
	} while (planned_more(&pl));
	report_ignores(&pl);
	plan_waits(&pl);
	plan_changes(&pl);
	merge_instances(&pl);
	for (size_t i = 0; i < pl.candidates.n; i++) {
		const struct candidate *c = pl.candidates.v[i];
		if (is_left_out(&pl, c))
			continue;
		if (c->holds.n)
			add_held(&pl, c, c->holds, "");
		else
			add_done(&pl, c);
	}
}
