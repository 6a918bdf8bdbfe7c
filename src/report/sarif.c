/* SPDX-License-Identifier: MIT */
/*
 * SARIF 2.1.0, for code scanning and review bots. Numbers in brackets are sections of the standard.
 */
#include "bundle.h"
#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"
#include "kmsfix/place.h"
#include "rule.h"
#include "writer.h"

#define ROOT "SRCROOT"

struct sarif {
	struct writer w;
	const struct report_input *in;
	struct arena *arena;
	struct finding_list findings;
	struct bundles bundles;
	struct place start, end, ignore;
	struct region *edits; /* by edit */
	size_t *next;         /* the next edit of the same bundle; BUNDLE_NONE: it is the last */
	size_t *heads;        /* the first edit of each bundle */
};

struct region {
	struct position start, end;
};

/* ---- pieces ---- */

/*
 * A message: brackets would make a link [3.11.6] and braces a placeholder [3.11.5], so both are
 * escaped.
 */
static void member_message(struct sarif *s, const char *key, str text)
{
	struct buf safe = { 0 };

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '[' || c == ']' || c == '\\')
			buf_addc(&safe, '\\');
		if (c == '{' || c == '}')
			buf_addc(&safe, c);
		buf_addc(&safe, c);
	}
	writer_key(&s->w, key);
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "text", buf_str(&safe));
	writer_close(&s->w, '}');
	buf_free(&safe);
}

/* A path as a relative URI [3.4]. */
static str path_uri(struct sarif *s, str path)
{
	struct buf uri = { 0 };
	str copy;

	for (size_t i = 0; i < path.n; i++) {
		unsigned char c = (unsigned char)path.p[i];

		if (ascii_is_alnum(path.p[i]) || c == '-' || c == '.' || c == '_' || c == '~' ||
		    c == '/')
			buf_addc(&uri, (char)c);
		else
			buf_printf(&uri, "%%%02X", c);
	}
	copy = str_dup(s->arena, buf_str(&uri));
	buf_free(&uri);
	return copy;
}

static void member_artifact(struct sarif *s, const struct file *f)
{
	writer_key(&s->w, "artifactLocation");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "uri", path_uri(s, f->path));
	writer_member_text(&s->w, "uriBaseId", S(ROOT));
	writer_close(&s->w, '}');
}

static void member_region(struct sarif *s, const char *key, const struct region *r)
{
	writer_key(&s->w, key);
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_number(&s->w, "startLine", r->start.line);
	writer_member_number(&s->w, "startColumn", r->start.column);
	writer_member_number(&s->w, "endLine", r->end.line);
	writer_member_number(&s->w, "endColumn", r->end.column);
	writer_close(&s->w, '}');
}

static struct region find_region(struct sarif *s, const struct file *f, size_t start, size_t end)
{
	return (struct region){ place_find_utf16(&s->start, f, start),
				place_find_utf16(&s->end, f, end) };
}

static void member_locations(struct sarif *s, const struct file *f, size_t start, size_t end,
			     str address)
{
	struct region r = find_region(s, f, start, end);

	writer_key(&s->w, "locations");
	writer_open(&s->w, '[', LAYOUT_LINE);
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, "physicalLocation");
	writer_open(&s->w, '{', LAYOUT_LINE);
	member_artifact(s, f);
	member_region(s, "region", &r);
	writer_close(&s->w, '}');
	if (address.n) {
		writer_key(&s->w, "logicalLocations");
		writer_open(&s->w, '[', LAYOUT_LINE);
		writer_open(&s->w, '{', LAYOUT_LINE);
		writer_member_text(&s->w, "fullyQualifiedName", text_shown(address, s->arena));
		writer_member_text(&s->w, "kind", S("resource"));
		writer_close(&s->w, '}');
		writer_close(&s->w, ']');
	}
	writer_close(&s->w, '}');
	writer_close(&s->w, ']');
}

/* ---- the tool ---- */

static void add_rule(struct sarif *s, const struct rule *r)
{
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "id", str_from(r->id));
	member_message(s, "shortDescription", str_from(r->title));
	member_message(s, "fullDescription", str_from(r->title));
	member_message(s, "help",
		       str_from(r->help ? r->help : "nothing can be done in this place"));
	writer_member_text(&s->w, "helpUri", S(CONTROL_1_URL));
	writer_key(&s->w, "defaultConfiguration");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "level", str_from(r->level));
	writer_close(&s->w, '}');
	writer_key(&s->w, "properties");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, "tags");
	writer_open(&s->w, '[', LAYOUT_LINE);
	writer_text(&s->w, S("security"));
	writer_text(&s->w, S("aws"));
	writer_text(&s->w, S("kms"));
	writer_close(&s->w, ']');
	writer_close(&s->w, '}');
	writer_close(&s->w, '}');
}

static void add_tool(struct sarif *s)
{
	writer_key(&s->w, "tool");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, "driver");
	writer_open(&s->w, '{', LAYOUT_LINES);
	writer_member_text(&s->w, "name", S("kmsfix"));
	writer_member_text(&s->w, "semanticVersion", s->in->version);
	writer_key(&s->w, "rules");
	writer_open(&s->w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < rule_count(); i++) {
		struct rule r = rule_at(i);

		add_rule(s, &r);
	}
	writer_close(&s->w, ']');
	writer_close(&s->w, '}');
	writer_close(&s->w, '}');
}

static void add_notification(struct sarif *s, const struct diag *d)
{
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "level", str_from(severity_name(d->severity)));
	member_message(s, "message", text_shown(d->text, s->arena));
	if (d->file)
		member_locations(s, d->file, d->offset, d->offset, (str){ 0 });
	writer_close(&s->w, '}');
}

static void add_invocations(struct sarif *s)
{
	writer_key(&s->w, "invocations");
	writer_open(&s->w, '[', LAYOUT_LINE);
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, "executionSuccessful");
	writer_bool(&s->w, true);
	writer_key(&s->w, "toolExecutionNotifications");
	writer_open(&s->w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < s->in->diags->n; i++)
		add_notification(s, &s->in->diags->v[i]);
	writer_close(&s->w, ']');
	writer_close(&s->w, '}');
	writer_close(&s->w, ']');
	s->start = s->end = (struct place){ 0 };
}

/* ---- fixes ---- */

/* Positions of all edits, in their order, and the edits of each bundle as a list. */
static void link_edits(struct sarif *s)
{
	const struct edits *es = s->in->edits;

	s->edits = arena_array(s->arena, es->n, sizeof(*s->edits));
	s->next = arena_array(s->arena, es->n, sizeof(*s->next));
	s->heads = arena_array(s->arena, s->bundles.n, sizeof(*s->heads));
	for (size_t i = 0; i < s->bundles.n; i++)
		s->heads[i] = BUNDLE_NONE;
	for (size_t i = 0; i < es->n; i++)
		s->edits[i] = find_region(s, es->v[i].file, es->v[i].start, es->v[i].end);
	for (size_t i = es->n; i--;) {
		size_t bundle = s->bundles.of_edit[i];

		if (bundle == BUNDLE_NONE)
			continue;
		s->next[i] = s->heads[bundle];
		s->heads[bundle] = i;
	}
	s->start = s->end = (struct place){ 0 };
}

static void add_replacement(struct sarif *s, size_t i)
{
	writer_open(&s->w, '{', LAYOUT_LINE);
	member_region(s, "deletedRegion", &s->edits[i]);
	if (s->in->edits->v[i].text.n) {
		writer_key(&s->w, "insertedContent");
		writer_open(&s->w, '{', LAYOUT_LINE);
		writer_member_text(&s->w, "text", s->in->edits->v[i].text);
		writer_close(&s->w, '}');
	}
	writer_close(&s->w, '}');
}

static void add_fix(struct sarif *s, size_t bundle)
{
	const struct edit *edits = s->in->edits->v;

	writer_key(&s->w, "fixes");
	writer_open(&s->w, '[', LAYOUT_LINE);
	writer_open(&s->w, '{', LAYOUT_LINE);
	member_message(s, "description",
		       S("move the permission to the key policy, for exactly the "
			 "principals that have it"));
	writer_key(&s->w, "artifactChanges");
	writer_open(&s->w, '[', LAYOUT_LINE);
	for (size_t i = s->heads[bundle]; i != BUNDLE_NONE;) {
		const struct file *f = edits[i].file;

		writer_open(&s->w, '{', LAYOUT_LINE);
		member_artifact(s, f);
		writer_key(&s->w, "replacements");
		writer_open(&s->w, '[', LAYOUT_LINE);
		for (; i != BUNDLE_NONE && edits[i].file == f; i = s->next[i])
			add_replacement(s, i);
		writer_close(&s->w, ']');
		writer_close(&s->w, '}');
	}
	writer_close(&s->w, ']');
	writer_close(&s->w, '}');
	writer_close(&s->w, ']');
}

/* ---- results ---- */

static void add_message(struct sarif *s, const struct finding *f)
{
	const char *unlock = finding_unlock(f);
	str reason = text_shown(f->reason, s->arena);
	struct buf text = { 0 };

	buf_add(&text, S("allows "));
	for (size_t i = 0; i < f->actions.n; i++) {
		buf_add(&text, i ? S(", ") : S(""));
		buf_add(&text, text_shown(f->actions.v[i], s->arena));
	}
	buf_printf(&text, "; %s: %.*s", outcome_name(f->outcome), STR_ARG(reason));
	if (unlock)
		buf_printf(&text, "; to unlock: %s", unlock);
	member_message(s, "message", buf_str(&text));
	buf_free(&text);
}

/* Where the kmsfix:ignore is. */
static void member_ignore(struct sarif *s, const struct suppression *by)
{
	struct position pos = place_find_utf16(&s->ignore, by->file, by->offset);
	struct region r = { pos, pos };

	writer_key(&s->w, "location");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, "physicalLocation");
	writer_open(&s->w, '{', LAYOUT_LINE);
	member_artifact(s, by->file);
	member_region(s, "region", &r);
	writer_close(&s->w, '}');
	writer_close(&s->w, '}');
}

static void add_suppression(struct sarif *s, const struct finding *f)
{
	writer_key(&s->w, "suppressions");
	writer_open(&s->w, '[', LAYOUT_LINE);
	if (f->outcome == OUTCOME_SUPPRESSED) {
		writer_open(&s->w, '{', LAYOUT_LINE);
		writer_member_text(&s->w, "kind",
				   f->suppression.file ? S("inSource") : S("external"));
		writer_member_text(&s->w, "status", S("accepted"));
		writer_member_text(&s->w, "justification", text_shown(f->reason, s->arena));
		if (f->suppression.file)
			member_ignore(s, &f->suppression);
		writer_close(&s->w, '}');
	}
	writer_close(&s->w, ']');
}

static void member_list(struct sarif *s, const char *key, const struct strs *list)
{
	writer_key(&s->w, key);
	writer_open(&s->w, '[', LAYOUT_LINE);
	for (size_t i = 0; i < list->n; i++)
		writer_text(&s->w, text_shown(list->v[i], s->arena));
	writer_close(&s->w, ']');
}

/* What no other member can say. */
static void add_properties(struct sarif *s, size_t i)
{
	const struct finding *f = s->findings.v[i];
	size_t bundle = s->bundles.of_finding[i];

	writer_key(&s->w, "properties");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "outcome", str_from(outcome_name(f->outcome)));
	member_list(s, "actions", &f->actions);
	member_list(s, "principals", &f->principals);
	member_list(s, "keys", &f->keys);
	if (bundle != BUNDLE_NONE && s->bundles.first[bundle] != i)
		writer_member_text(&s->w, "fixedWith", s->findings.v[s->bundles.first[bundle]]->id);
	writer_close(&s->w, '}');
}

static void add_result(struct sarif *s, size_t i)
{
	const struct finding *f = s->findings.v[i];
	size_t rule = rule_of(f), bundle = s->bundles.of_finding[i];
	struct rule r = rule_at(rule);

	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "ruleId", str_from(r.id));
	writer_member_number(&s->w, "ruleIndex", rule);
	writer_member_text(&s->w, "level",
			   str_from(f->outcome == OUTCOME_SUPPRESSED ? "note" : r.level));
	add_message(s, f);
	member_locations(s, f->file, f->start, f->end, f->address);
	writer_key(&s->w, "partialFingerprints");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "kmsfixFinding/v1", f->id);
	writer_close(&s->w, '}');
	if (bundle != BUNDLE_NONE && s->bundles.first[bundle] == i)
		add_fix(s, bundle);
	add_suppression(s, f);
	add_properties(s, i);
	writer_close(&s->w, '}');
}

static void add_run(struct sarif *s)
{
	writer_open(&s->w, '{', LAYOUT_LINES);
	add_tool(s);
	add_invocations(s);
	writer_key(&s->w, "originalUriBaseIds");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_key(&s->w, ROOT);
	writer_open(&s->w, '{', LAYOUT_LINE);
	member_message(s, "description", S("the root of the repository"));
	writer_close(&s->w, '}');
	writer_close(&s->w, '}');
	writer_member_text(&s->w, "columnKind", S("utf16CodeUnits"));
	writer_key(&s->w, "newlineSequences");
	writer_open(&s->w, '[', LAYOUT_LINE);
	writer_text(&s->w, S("\r\n"));
	writer_text(&s->w, S("\n"));
	writer_text(&s->w, S("\r"));
	writer_close(&s->w, ']');
	writer_key(&s->w, "results");
	writer_open(&s->w, '[', LAYOUT_LINES);
	for (size_t i = 0; i < s->findings.n; i++)
		add_result(s, i);
	writer_close(&s->w, ']');
	writer_key(&s->w, "properties");
	writer_open(&s->w, '{', LAYOUT_LINE);
	writer_member_text(&s->w, "base", s->in->base);
	writer_close(&s->w, '}');
	writer_close(&s->w, '}');
}

void report_sarif(const struct report_input *in, struct buf *out)
{
	struct sarif s = { .in = in, .arena = arena_create() };

	s.findings = findings_sorted(in->plan, s.arena);
	bundles_make(&s.bundles, in, &s.findings, s.arena);
	link_edits(&s);
	writer_init(&s.w, out);
	writer_open(&s.w, '{', LAYOUT_LINES);
	writer_member_text(&s.w, "$schema", S("https://json.schemastore.org/sarif-2.1.0.json"));
	writer_member_text(&s.w, "version", S("2.1.0"));
	writer_key(&s.w, "runs");
	writer_open(&s.w, '[', LAYOUT_LINE);
	add_run(&s);
	writer_close(&s.w, ']');
	writer_close(&s.w, '}');
	buf_addc(out, '\n');
	arena_destroy(s.arena);
}
