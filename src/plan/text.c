/* SPDX-License-Identifier: MIT */
/* What the statement says: is it understood, and can each part of it move? */
#include "decide.h"

#include "kmsfix/limits.h"
#include "kmsfix/named.h"
#include "kmsfix/vec.h"

/* An expression makes the action together with others that stay, or selects it. */
static bool is_made_with_others(const struct candidate *c, const struct element *e)
{
	const struct elements *all = &c->s->actions;
	if (node_is_selected(e->node) && !c->takes_all)
		return true;
	for (size_t i = 0; i < all->n; i++) {
		const struct element *other = &all->v[i];
		if (!node_is_within(other->node, e->node) || str_eq(other->text, e->text))
			continue;
		if (other->node != e->node || !action_only_targets(other->text) ||
		    action_targets(other->text) & ~c->take)
			return true;
	}
	return all->open && e->node->kind == NODE_SPLAT;
}

static void decide_actions(struct planner *pl, struct candidate *c)
{
	const struct elements *actions = &c->s->actions;
	if (actions->negated) {
		hold(pl, c, "NOTACTION", "NotAction grants everything but its list");
		return;
	}
	for (size_t i = 0; i < actions->n; i++) {
		const struct element *e = &actions->v[i];
		if (i && e->node == e[-1].node && str_eq(e->text, e[-1].text) &&
		    e->maybe == e[-1].maybe)
			continue; /* a list of very many may be made of one */
		switch (action_form(e->text)) {
		case ACTION_STAR:
			hold(pl, c, "ADMIN", "Action \"*\" grants every action of every service");
			break;
		case ACTION_BAD:
			hold(pl, c, "ACTION-FORM", "'%.*s' is no documented form of an action",
			     STR_ARG(e->text));
			break;
		case ACTION_KMS:
			if (!action_targets(e->text))
				break;
			if (is_made_with_others(c, e))
				hold(pl, c, "SHARED-TEXT",
				     "'%.*s' is made by one expression with actions that stay",
				     STR_ARG(e->text));
			if (e->maybe)
				hold(pl, c, "TF-DYNAMIC",
				     e->mentioned ? "the actions are computed, of which '%.*s' may "
						    "be one" :
						    "'%.*s' is in the list only under a condition",
				     STR_ARG(e->text));
			if (pl->strict && !action_only_targets(e->text))
				hold(pl, c, "ACTION-WILD", "'%.*s' also covers other actions",
				     STR_ARG(e->text));
			break;
		case ACTION_PART:
			if (action_possible_targets(e->text))
				hold(pl, c, "TF-DYNAMIC",
				     "which action of KMS '%.*s' is, is not known",
				     STR_ARG(text_written(pl->arena, e->text)));
			break;
		case ACTION_OTHER:
		case ACTION_UNKNOWN:
			break;
		}
	}
	/* IAM refuses a list that is empty [6.6]. */
	if (!is_request(c) && leaves_perhaps_nothing(pl, c))
		hold(pl, c, "EMPTY",
		     "the statement could have no action left: the others may not be there");
}

bool element_is_computed(const struct element *e)
{
	str source;
	if (!text_is_ref(e->text, &source))
		return false;
	ref_scope(source, &source); /* a path may have any characters */
	for (size_t i = 0; i < source.n; i++)
		if (source.p[i] == '(' || source.p[i] == ' ' || source.p[i] == '?')
			return true;
	return false;
}

#define MAX_SHOWN 100 /* of an expression, in bytes */

/* The beginning of a long one. */
static str shortened(struct arena *a, str text)
{
	size_t n = MAX_SHOWN;
	if (text.n <= n)
		return text;
	while (n > 0 && ((unsigned char)text.p[n] & 0xc0) == 0x80) /* within a character */
		n--;
	return STR_CAT(a, str_sub(text, 0, n), S("..."));
}

static void hold_resource(struct planner *pl, struct issues *holds, const struct element *e,
			  const char *code, const char *why)
{
	str text = shortened(pl->arena, resource_written(pl->arena, e->text));
	issue_add(pl->arena, holds, code, "the resource '%.*s' is %s", STR_ARG(text), why);
}

/* A reference that means something only inside its own block. */
static bool is_bound(str text)
{
	str part;
	bool ref;
	while (text_next(&text, &part, &ref))
		if (ref && (str_has(part, S("self.")) || str_has(part, S("each.")) ||
			    str_has(part, S("count.index"))))
			return true;
	return false;
}

/*
 * It is the same wherever it is read. Of what differs between instances, an entry of the
 * configuration would say all that any of them means.
 */
static bool is_one_value(const struct statement *s, str text)
{
	str source;
	return text_is_ref(text, &source) && !is_bound(text) &&
	       str_eq(ref_scope(source, &source), s->document->unit->path);
}

static void hold_computed(struct planner *pl, struct candidate *c, struct issues *holds,
			  const struct element *e)
{
	str text = resource_written(pl->arena, e->text);
	bool can_say = text.n <= MAX_SHOWN && is_one_value(c->s, e->text);
	issue_add_unlock(pl->arena, holds, "TF-DYNAMIC",
			 can_say ? "say in \"keys\" of .kmsfix.json which keys it means, or write "
				   "them out" :
				   NULL,
			 "the resource '%.*s' is computed by an expression",
			 STR_ARG(shortened(pl->arena, text)));
}

/* It can stay without the others. Under a guard it may be something else that is known. */
static bool stands_alone(const struct resource_fate *r)
{
	return r->meaning.kind == MEANS_HELD && !r->element->maybe && !r->element->lacking;
}

static void add_resource(struct planner *pl, struct candidate *c, const struct element *e)
{
	struct resource_fate r = { .element = e };
	resource_meaning(pl->m, c->s->document, e->text, &r.meaning);
	if (element_is_computed(e) && !(r.meaning.configured && is_one_value(c->s, e->text)))
		hold_computed(pl, c, stands_alone(&r) ? &r.holds : &c->holds, e);
	if (e->maybe && !e->either && !e->guard.n && r.meaning.kind != MEANS_OTHER)
		hold_resource(pl, &c->holds, e, c->s->document->unit->language->perhaps,
			      "there only under a condition");
	if (r.meaning.told)
		c->rests_on |= RESTS_FACTS;
	switch (r.meaning.kind) {
	case MEANS_OTHER:
		r.fate = FATE_OTHER;
		break;
	case MEANS_NOTHING:
		r.fate = FATE_DEAD;
		if (!c->dead_code) {
			c->dead_code = r.meaning.code;
			c->dead_reason = r.meaning.reason;
		}
		break;
	case MEANS_AWS_MANAGED:
		r.fate = FATE_DEAD;
		c->dead_code = "AWS-MANAGED";
		c->dead_reason = S("the key belongs to AWS and grants its use through the service "
				   "by itself");
		break;
	case MEANS_KEYS:
		r.fate = FATE_MOVE;
		if (r.meaning.configured)
			c->rests_on |= RESTS_CONFIG;
		if (r.meaning.here_only)
			decide_here_only(pl, c, &r);
		break;
	case MEANS_HELD:
		r.fate = FATE_STAY;
		if (r.meaning.by_use) {
			decide_use(pl, c, &r);
			break;
		}
		if (!element_is_computed(e)) /* else that is the reason */
			issue_share(pl->arena, &r.holds,
				    &(struct issue){ r.meaning.code,
						     str_sub(r.meaning.reason, 0, ISSUE_LENGTH),
						     NULL });
		break;
	}
	VEC_PUSH(pl->arena, &c->resources, r);
}

static void decide_resources(struct planner *pl, struct candidate *c)
{
	const struct elements *resources = &c->s->resources;
	if (resources->negated) {
		hold(pl, c, "NOTRESOURCE", "NotResource means every key but its list");
		return;
	}
	if (resources->open && !c->s->issues.n) /* which say why */
		hold(pl, c, "TF-DYNAMIC", "the list of resources is computed");
	else if (!resources->open && !resources->n)
		hold(pl, c, "RES-FORM", "the statement names no resource");
	for (size_t i = 0; i < resources->n; i++)
		add_resource(pl, c, &resources->v[i]);
}

/* A value has a policy variable [5.6], or an expression with one that is not known. */
static bool has_variable(const struct condition *c)
{
	str rest, part;
	bool ref;
	for (size_t i = 0; i < c->values.n; i++) {
		rest = c->values.v[i];
		while (text_next(&rest, &part, &ref))
			if (ref && str_has(part, S("${")))
				return true;
	}
	return condition_has_variable(c);
}

bool statement_has_variables(const struct statement *s)
{
	for (size_t i = 0; i < s->conditions.n; i++)
		if (has_variable(&s->conditions.v[i].condition))
			return true;
	return false;
}

static void decide_condition(struct planner *pl, struct candidate *c,
			     const struct condition_entry *entry)
{
	struct condition_ruling ruling = condition_check(&entry->condition, c->targets);
	if (entry->open)
		hold(pl, c, "TF-DYNAMIC", "the values of condition key '%.*s' are computed",
		     STR_ARG(entry->key));
	if (ruling.verdict == CONDITION_HELD)
		hold(pl, c, ruling.code, "'%.*s %.*s': %s", STR_ARG(entry->op), STR_ARG(entry->key),
		     ruling.why);
	if (ruling.verdict == CONDITION_DEAD) {
		c->dead_code = ruling.code;
		c->dead_reason = str_from(ruling.why);
	}
	if (!str_eq(c->s->document->version, S("2012-10-17")) && has_variable(&entry->condition))
		hold(pl, c, "VAR-VERSION",
		     "the condition has a policy variable, but the document's Version is not "
		     "2012-10-17");
	for (size_t i = 0; i < entry->values.n; i++) {
		if (!str_in_charset(entry->values.v[i]))
			hold(pl, c, "CHARSET",
			     "a condition value has characters that key policies "
			     "do not allow");
		if (c->s->document->unit->language->repeats && is_bound(entry->values.v[i]))
			hold(pl, c, "TF-DYNAMIC",
			     "a condition value refers to count or each of its block");
	}
	if (!str_in_charset(entry->key))
		hold(pl, c, "CHARSET",
		     "a condition key has characters that key policies do not "
		     "allow");
}

static void decide_conditions(struct planner *pl, struct candidate *c)
{
	if (c->s->conditions.open && !c->s->issues.n)
		hold(pl, c, "TF-DYNAMIC", "the conditions are computed");
	for (size_t i = 0; i < c->s->conditions.n; i++) {
		const struct condition_entry *x = &c->s->conditions.v[i];
		decide_condition(pl, c, x);
		for (size_t k = 0; k < i; k++) {
			const struct condition_entry *y = &c->s->conditions.v[k];
			if (str_eq(x->condition.op, y->condition.op) &&
			    str_eq(x->condition.key, y->condition.key))
				hold(pl, c, "COND-UNKNOWN", "'%.*s %.*s' is there twice",
				     STR_ARG(x->op), STR_ARG(x->key));
		}
	}
}

/* What kind of document this is depends only on who uses it [7.6]. */
static void decide_kind(struct planner *pl, struct candidate *c)
{
	bool identity = false, other = false;
	for (size_t i = 0; i < c->s->uses.n; i++) {
		const struct policy *p = c->s->uses.v[i];
		switch (p->kind) {
		case POLICY_MANAGED:
		case POLICY_INLINE:
			identity = true;
			break;
		case POLICY_BOUNDARY:
			hold(pl, c, "BOUNDARY-DOC",
			     "'%.*s' is a permissions boundary, which must keep what it allows",
			     STR_ARG(p->address));
			break;
		case POLICY_SET:
			hold(pl, c, "SSO", "'%.*s' belongs to a permission set",
			     STR_ARG(p->address));
			break;
		case POLICY_KEY:
		case POLICY_OTHER:
			other = true;
			break;
		case POLICY_UNSEEN:
			hold_all(pl, c, &p->issues);
			break;
		}
	}
	if (other && identity)
		hold(pl, c, "SHARED-DOC",
		     "the document is also used as something else than an identity policy");
}

void decide_text(struct planner *pl, struct candidate *c)
{
	const struct statement *s = c->s;
	hold_all(pl, c, &s->document->unit->issues);
	hold_all(pl, c, &s->document->issues);
	hold_all(pl, c, &s->issues);
	if (s->maybe && !s->guards.n)
		hold(pl, c, "CONDITIONAL", "the statement exists only under a condition");
	decide_kind(pl, c);
	decide_actions(pl, c);
	decide_resources(pl, c);
	decide_conditions(pl, c);
}
