/* SPDX-License-Identifier: MIT */
/*
 * One HTML file that needs nothing else: templates/report.html with its {{names}} filled in.
 */
#include "html.h"

#include "kmsfix/arena.h"
#include "kmsfix/diag.h"
#include "kmsfix/template_text.h"
#include "markup.h"

static str page_text(str name)
{
	for (size_t i = 0; i < page_count; i++) {
		if (str_eq(page_texts[i].name, name))
			return page_texts[i].text;
	}
	return (str){ 0 };
}

static void add_shown(struct html *h, str canonical)
{
	html_text(h->out, text_shown(canonical, h->arena));
}

str html_party_name(struct html *h, const struct party *p)
{
	if (!p->unit.n)
		return p->address;
	return str_fmt(h->arena, "%.*s: %.*s", STR_ARG(p->unit), STR_ARG(p->address));
}

/* ---- the summary ---- */

static void add_title(struct html *h)
{
	size_t fixed = findings_count(h->in->plan, OUTCOME_FIXED);
	size_t held = findings_count(h->in->plan, OUTCOME_HELD);

	if (h->findings.n)
		buf_printf(h->out, "%zu of %zu permissions move to key policies, %zu held", fixed,
			   h->findings.n, held);
	else
		buf_add(h->out, S("no IAM policy allows kms:Decrypt or kms:ReEncrypt*"));
}

static void add_figure(struct html *h, const char *class, const char *label, size_t n)
{
	buf_printf(h->out, "<div class=\"%s\"><dt>%s</dt><dd>%zu</dd></div>\n", class, label, n);
}

static size_t count_known(const struct parties *list)
{
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++)
		n += !list->v[i].unknown;
	return n;
}

static void add_figures(struct html *h)
{
	for (enum outcome o = OUTCOME_FIXED; o < OUTCOMES; o++)
		if (outcome_is_said(o, findings_count(h->in->plan, o)))
			add_figure(h, outcome_name(o), outcome_name(o),
				   findings_count(h->in->plan, o));
	add_figure(h, "", "principals", count_known(&h->picture.principals));
	add_figure(h, "", "keys", count_known(&h->picture.keys));
	add_figure(h, "", "files read", h->in->files_read);
	add_figure(h, "", "files changed", h->in->files_changed);
}

static void add_proof(struct html *h)
{
	const struct proof_summary *p = &h->in->proof;

	if (h->in->edits->n && p->holds) {
		buf_printf(h->out,
			   "<p><strong>Nobody gains and nobody loses access</strong>: %zu "
			   "combinations of principal, key and action were compared before and "
			   "after the change (",
			   p->checked);
		buf_add_count(h->out, p->principals, "principal");
		buf_add(h->out, S(", "));
		buf_add_count(h->out, p->keys, "key");
		buf_add(h->out, S(").</p>\n"));
	}
	if (h->in->edits->n && (plan_rests_on(h->in->plan) & RESTS_USE))
		buf_add(h->out, S("<p>But what the logs do not show in use is given up, as was "
				  "asked for (<code>--accept</code>): no events is no proof that "
				  "nobody needs it.</p>\n"));
	if (h->in->edits->n && (plan_rests_on(h->in->plan) & RESTS_HERE))
		buf_add(h->out, S("<p>But other keys than those declared here are given up where "
				  "wildcards meant them, as was asked for "
				  "(<code>--wildcard-keys</code>).</p>\n"));
}

/* ---- findings ---- */

static void add_fact(struct html *h, const char *label, str canonical)
{
	if (!canonical.n)
		return;
	buf_printf(h->out, "<dt>%s</dt><dd>", label);
	add_shown(h, canonical);
	buf_add(h->out, S("</dd>\n"));
}

static void add_fact_list(struct html *h, const char *label, const struct strs *list)
{
	if (!list->n)
		return;
	buf_printf(h->out, "<dt>%s</dt><dd>", label);
	for (size_t i = 0; i < list->n; i++) {
		buf_add(h->out, i ? S(", <code>") : S("<code>"));
		add_shown(h, list->v[i]);
		buf_add(h->out, S("</code>"));
	}
	buf_add(h->out, S("</dd>\n"));
}

static void add_facts(struct html *h, const struct finding *f)
{
	struct strs codes = finding_codes(f, h->arena), rests_on = { 0 };

	for (unsigned bit = 1; rests_on_name(bit); bit <<= 1) {
		if (f->rests_on & bit)
			strs_add(h->arena, &rests_on, str_from(rests_on_name(bit)));
	}
	buf_add(h->out, S("<dl class=\"facts\">\n"));
	add_fact_list(h, "actions", &f->actions);
	add_fact_list(h, "principals", &f->principals);
	add_fact_list(h, "keys", &f->keys);
	add_fact(h, "unit", f->unit);
	add_fact_list(h, "codes", &codes);
	add_fact(h, "to unlock", str_from(finding_unlock(f)));
	add_fact(h, "note", f->note);
	add_fact_list(h, "rests on", &rests_on);
	buf_add(h->out, S("<dt>id</dt><dd>"));
	add_shown(h, f->id);
	buf_add(h->out, S("</dd>\n</dl>\n"));
}

static void add_finding_line(struct html *h, const struct finding *f, size_t line)
{
	const char *code = finding_code(f);

	buf_printf(h->out, "<summary><span class=\"badge\">%s%s%s</span> <code>",
		   outcome_name(f->outcome), code ? " " : "", code ? code : "");
	html_text(h->out, f->file->path);
	buf_printf(h->out, ":%zu</code> in <code>", line);
	add_shown(h, f->address);
	buf_add(h->out, S("</code>: "));
	add_shown(h, f->reason);
	buf_add(h->out, S("</summary>\n"));
}

static void add_finding(struct html *h, size_t i)
{
	const struct finding *f = h->findings.v[i];
	const char *outcome = outcome_name(f->outcome);
	size_t bundle = h->bundles.of_finding[i];
	size_t line = place_find(&h->place, f->file, f->start).line;

	buf_printf(h->out, "<details class=\"finding %s\" data-outcome=\"%s\" id=\"f%zu\">\n",
		   outcome, outcome, i);
	add_finding_line(h, f, line);
	buf_add(h->out, S("<div class=\"body\">\n"));
	add_facts(h, f);
	if (bundle == BUNDLE_NONE)
		html_excerpt(h, f, line);
	else if (h->bundles.first[bundle] == i)
		html_diff(h, bundle);
	else
		buf_printf(h->out,
			   "<p>Fixed together with <a href=\"#f%zu\">another finding</a>, where "
			   "the whole change is shown.</p>\n",
			   h->bundles.first[bundle]);
	buf_add(h->out, S("</div>\n</details>\n"));
}

static void add_findings(struct html *h)
{
	h->place = (struct place){ 0 };
	for (size_t i = 0; i < h->findings.n; i++)
		add_finding(h, i);
}

static void add_diagnostics(struct html *h)
{
	const struct diags *diags = h->in->diags;

	if (!diags->n)
		return;
	buf_add(h->out, S("<section aria-labelledby=\"said\">\n"
			  "<h2 id=\"said\">About files</h2>\n<ul class=\"notes\">\n"));
	h->place = (struct place){ 0 };
	for (size_t i = 0; i < diags->n; i++) {
		const struct diag *d = &diags->v[i];

		buf_printf(h->out, "<li>%s: ", severity_name(d->severity));
		if (d->file) {
			buf_add(h->out, S("<code>"));
			html_text(h->out, d->file->path);
			buf_printf(h->out, ":%zu</code> ",
				   place_find(&h->place, d->file, d->offset).line);
		}
		add_shown(h, d->text);
		buf_add(h->out, S("</li>\n"));
	}
	buf_add(h->out, S("</ul>\n</section>\n"));
}

/* ---- the page ---- */

static void add_css(struct html *h)
{
	buf_add(h->out, page_text(S("report.css")));
}

static void add_js(struct html *h)
{
	buf_add(h->out, page_text(S("report.js")));
}

static void add_version(struct html *h)
{
	html_text(h->out, h->in->version);
}

static void add_base(struct html *h)
{
	buf_add(h->out, h->in->account.n ? S("account ") : S("commit "));
	html_text(h->out, h->in->account.n ? h->in->account : h->in->base);
}

static const struct {
	str name;
	void (*add)(struct html *);
} parts[] = {
	{ { "css", 3 }, add_css },           { { "js", 2 }, add_js },
	{ { "title", 5 }, add_title },       { { "version", 7 }, add_version },
	{ { "base", 4 }, add_base },         { { "figures", 7 }, add_figures },
	{ { "proof", 5 }, add_proof },       { { "picture", 7 }, html_picture },
	{ { "findings", 8 }, add_findings }, { { "diagnostics", 11 }, add_diagnostics },
};

static void add_part(struct html *h, str name)
{
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		if (str_eq(parts[i].name, name))
			parts[i].add(h);
	}
}

static void add_page(struct html *h)
{
	str page = page_text(S("report.html"));
	size_t at = 0, open;

	while ((open = str_find(page, S("{{"), at)) != SIZE_MAX) {
		size_t close = str_find(page, S("}}"), open);

		buf_add(h->out, str_sub(page, at, open));
		add_part(h, str_sub(page, open + 2, close));
		at = close + 2;
	}
	buf_add(h->out, str_sub(page, at, page.n));
}

static size_t count_lines(str text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n';
	return n;
}

/* Line numbers of all edits, each counted from the edit before it. */
static void number_edits(struct html *h)
{
	const struct edits *es = h->in->edits;

	for (size_t i = 0; i < es->n; i++) {
		const struct edit *e = &es->v[i], *last = i ? e - 1 : NULL;
		bool same = last && last->file == e->file;
		size_t from = same ? last->start : 0;

		h->lines[i] = same ? h->lines[i - 1] : 1;
		h->lines[i] += count_lines(str_sub(e->file->text, from, e->start));
		if (same)
			h->shifts[i] =
				h->shifts[i - 1] + (long)count_lines(last->text) -
				(long)count_lines(str_sub(e->file->text, last->start, last->end));
	}
}

static void link_edits(struct html *h)
{
	const struct edits *es = h->in->edits;

	h->next = arena_array(h->arena, es->n, sizeof(*h->next));
	h->heads = arena_array(h->arena, h->bundles.n, sizeof(*h->heads));
	h->lines = arena_array(h->arena, es->n, sizeof(*h->lines));
	h->shifts = arena_array(h->arena, es->n, sizeof(*h->shifts));
	number_edits(h);
	for (size_t i = 0; i < h->bundles.n; i++)
		h->heads[i] = BUNDLE_NONE;
	for (size_t i = es->n; i--;) {
		size_t bundle = h->bundles.of_edit[i];

		if (bundle == BUNDLE_NONE)
			continue;
		h->next[i] = h->heads[bundle];
		h->heads[bundle] = i;
	}
}

void report_html(const struct report_input *in, struct buf *out)
{
	struct html h = { .out = out, .in = in, .arena = arena_create() };

	h.findings = findings_sorted(in->plan, h.arena);
	bundles_make(&h.bundles, in, &h.findings, h.arena);
	picture_make(&h.picture, in, &h.findings, h.arena);
	link_edits(&h);
	add_page(&h);
	arena_destroy(h.arena);
}
