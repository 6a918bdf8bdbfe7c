/* SPDX-License-Identifier: MIT */
#include <cjson/cJSON.h>

#include "kmsfix/evidence.h"
#include "report_fixture.h"

static cJSON *parse_json(struct world *w)
{
	cJSON *root = cJSON_ParseWithLength(w->out.p, w->out.n);

	assert_non_null(root);
	w->out.n = 0;
	return root;
}

static const cJSON *member(const cJSON *v, const char *name)
{
	const cJSON *m = cJSON_GetObjectItemCaseSensitive(v, name);

	assert_non_null(m);
	return m;
}

static const char schema[] =
	"{\n"
	"  \"schema\": 1,\n"
	"  \"kmsfix\": \"0.1.0\",\n"
	"  \"base\": \"1111111111111111111111111111111111111111\",\n"
	"  \"branch\": null,\n"
	"  \"commit\": null,\n"
	"  \"summary\": {\"fixed\": 1, \"removed\": 1, \"held\": 1, \"suppressed\": 1, "
	"\"files_read\": 812, \"files_changed\": 2},\n"
	"  \"proof\": {\"holds\": true, \"principals\": 12, \"keys\": 1, \"checked\": "
	"144, \"rests_on\": [\"repository-is-truth\", \"lockout-check\", \"configuration\"]},\n"
	"  \"findings\": [\n"
	"    {\"id\": \"0000000000000004\", \"outcome\": \"suppressed\", \"code\": null, "
	"\"codes\": [], \"reason\": \"accepted by the team\", \"unlock\": null, "
	"\"rests_on\": [], \"path\": \"b/x.tf\", \"line\": 1, \"column\": 1, "
	"\"range\": [0, 5], \"unit\": \"b\", \"address\": \"aws_iam_policy.ci\", "
	"\"statement\": 0, \"actions\": [\"kms:Decrypt\"], \"principals\": [], "
	"\"keys\": [], \"conditions\": false, \"order\": null, "
	"\"note\": null, "
	"\"suppression\": {\"by\": \"source\", \"expires\": \"2027-12-31\", "
	"\"path\": \"b/x.tf\", \"line\": 1, \"column\": 4}},\n"
	"    {\"id\": \"0000000000000003\", \"outcome\": \"removed\", \"code\": null, "
	"\"codes\": [], \"reason\": \"an alias has no effect\", \"unlock\": null, "
	"\"rests_on\": [\"configuration\"], \"path\": \"b/x.tf\", \"line\": 1, "
	"\"column\": 6, \"range\": [5, 10], \"unit\": \"b\", "
	"\"address\": \"aws_iam_policy.alias\", \"statement\": 2, "
	"\"actions\": [\"kms:Decrypt\"], \"principals\": [], \"keys\": [], "
	"\"conditions\": false, \"order\": null, \"note\": null, \"suppression\": null},\n"
	"    {\"id\": \"0000000000000001\", \"outcome\": \"fixed\", \"code\": null, "
	"\"codes\": [], \"reason\": \"moved to the key policies\", \"unlock\": null, "
	"\"rests_on\": [\"repository-is-truth\", \"lockout-check\"], \"path\": \"iam.tf\", "
	"\"line\": 2, \"column\": 3, \"range\": [9, 14], \"unit\": \"\", "
	"\"address\": \"aws_iam_policy.app\", \"statement\": 0, "
	"\"actions\": [\"kms:Decrypt\"], \"principals\": [\"aws_iam_role.app\"], "
	"\"keys\": [\"aws_kms_key.data\", \"aws_kms_key.logs\"], \"conditions\": true, "
	"\"order\": null, \"note\": \"the grant may come after the removal\", \"suppression\": "
	"null},\n"
	"    {\"id\": \"0000000000000002\", \"outcome\": \"held\", \"code\": \"RES-ALL\", "
	"\"codes\": [\"RES-ALL\", \"ATTACH-UNKNOWN\"], "
	"\"reason\": \"the resource is \\\"*\\\"\", \"unlock\": \"name the keys, or say in "
	"\\\"keys\\\" of .kmsfix.json which keys it is used for, or use --evidence "
	"and --accept RES-ALL\", \"rests_on\": [], "
	"\"path\": \"iam.tf\", \"line\": 3, \"column\": 2, \"range\": [18, 23], "
	"\"unit\": \"\", \"address\": \"aws_iam_policy.all\", \"statement\": 1, "
	"\"actions\": [\"kms:Decrypt\"], \"principals\": [], \"keys\": [], "
	"\"conditions\": false, \"order\": null, \"note\": null, \"suppression\": null}\n"
	"  ],\n"
	"  \"edits\": [\n"
	"    {\"path\": \"b/x.tf\", \"offset\": 0, \"length\": 4, \"text\": \"\"},\n"
	"    {\"path\": \"iam.tf\", \"offset\": 9, \"length\": 6, "
	"\"text\": \"a \\\"b\\\"\\n\\tc\"}\n"
	"  ],\n"
	"  \"diagnostics\": [\n"
	"    {\"severity\": \"note\", \"path\": null, \"line\": null, \"column\": null, "
	"\"message\": \"shallow clone\"},\n"
	"    {\"severity\": \"warning\", \"path\": \"iam.tf\", \"line\": 2, \"column\": 3, "
	"\"message\": \"odd 'x'\"}\n"
	"  ],\n"
	"  \"repository\": null,\n"
	"  \"name\": null,\n"
	"  \"evidence\": null,\n"
	"  \"branches\": []\n"
	"}\n";

static void json_has_the_documented_schema(void **state)
{
	struct world *w = *state;

	world_fill(w);
	diag_add(&w->diags, SEVERITY_NOTE, NULL, 0, "shallow clone");
	diag_add(&w->diags, SEVERITY_WARNING, &w->iam, 9, "odd '%s'", "x");
	report_json(&w->in, &w->out);
	assert_out(w, schema);
}

static void json_of_an_empty_run_has_every_member(void **state)
{
	struct world *w = *state;

	w->in.branch = S("fix");
	w->in.commit = S("22");
	w->in.repository = S("../infra");
	w->in.name = S("h/infra");
	report_json(&w->in, &w->out);
	assert_out(w, "{\n"
		      "  \"schema\": 1,\n"
		      "  \"kmsfix\": \"0.1.0\",\n"
		      "  \"base\": \"1111111111111111111111111111111111111111\",\n"
		      "  \"branch\": \"fix\",\n"
		      "  \"commit\": \"22\",\n"
		      "  \"summary\": {\"fixed\": 0, \"removed\": 0, \"held\": 0, "
		      "\"suppressed\": 0, \"files_read\": 812, \"files_changed\": 0},\n"
		      "  \"proof\": {\"holds\": false, \"principals\": 0, \"keys\": 0, "
		      "\"checked\": 0, \"rests_on\": []},\n"
		      "  \"findings\": [],\n"
		      "  \"edits\": [],\n"
		      "  \"diagnostics\": [],\n"
		      "  \"repository\": \"../infra\",\n"
		      "  \"name\": \"h/infra\",\n"
		      "  \"evidence\": null,\n"
		      "  \"branches\": []\n"
		      "}\n");
}

static void every_branch_is_an_item(void **state)
{
	struct world *w = *state;
	struct report_branch *b;
	cJSON *root, *list;
	char *text;

	b = world_branch(w, S("k-a"), REPORT_BRANCH_UPDATED);
	b->group = S("unit a");
	b->pushed = true;
	strs_add(w->arena, &b->findings, S("01"));
	b = world_branch(w, S("k-b"), REPORT_BRANCH_DELETED);
	b->commit = (str){ 0 };
	report_json(&w->in, &w->out);
	root = parse_json(w);
	list = cJSON_DetachItemFromObject(root, "branches");
	text = cJSON_PrintUnformatted(list);
	assert_string_equal(text, "[{\"name\":\"k-a\",\"state\":\"updated\",\"commit\":\"2222\","
				  "\"group\":\"unit a\",\"findings\":[\"01\"],\"pushed\":true},"
				  "{\"name\":\"k-b\",\"state\":\"deleted\",\"commit\":null,"
				  "\"group\":null,\"findings\":[],\"pushed\":null}]");
	cJSON_free(text);
	cJSON_Delete(list);
	cJSON_Delete(root);
}

static void a_code_that_nothing_unlocks_has_null(void **state)
{
	struct world *w = *state;
	cJSON *root;

	world_hold(w, world_add(w, OUTCOME_HELD, &w->iam, 0, "a"), "GROUP");
	report_json(&w->in, &w->out);
	root = parse_json(w);
	assert_string_equal(member(member(root, "findings")->child, "code")->valuestring, "GROUP");
	assert_true(cJSON_IsNull(member(member(root, "findings")->child, "unlock")));
	cJSON_Delete(root);
}

static void references_are_shown_as_templates(void **state)
{
	struct world *w = *state;
	struct finding *f = world_add(w, OUTCOME_FIXED, &w->iam, 0, "a");
	cJSON *root;

	strs_add(w->arena, &f->keys, S("arn:aws:kms:" REF("local.region") ":1:key/" REF("x.y")));
	f->reason = S("'" REF("var.a") "'");
	report_json(&w->in, &w->out);
	root = parse_json(w);
	assert_string_equal(member(member(root, "findings")->child, "keys")->child->valuestring,
			    "arn:aws:kms:${local.region}:1:key/${x.y}");
	assert_string_equal(member(member(root, "findings")->child, "reason")->valuestring,
			    "'${var.a}'");
	cJSON_Delete(root);
}

static void json_is_valid_whatever_the_bytes_are(void **state)
{
	static const struct {
		str in;
		const char *want;
	} rows[] = {
		{ { "\0", 1 }, "\"\\u0000\"" },
		{ { "\x01\x1f", 2 }, "\"\\u0001\\u001f\"" },
		{ { "\x7f", 1 }, "\"\\u007f\"" },
		{ { "\xc2\x9b", 2 }, "\"\\u009b\"" },
		{ { "\xe2\x80\xa8", 3 }, "\"\\u2028\"" },
		{ { "\r\n\t\"\\/", 6 }, "\"\\r\\n\\t\\\"\\\\/\"" },
		{ { "\xc3\xa4\xf0\x9f\x98\x80", 6 }, "\"\xc3\xa4\xf0\x9f\x98\x80\"" },
		{ { "a\xff\xc3", 3 }, "\"a\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ { "\xed\xa0\x80", 3 }, "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
		{ { "\xc0\x80", 2 }, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	};
	struct world *w = *state;

	edits_add(&w->edits, &w->iam, 0, 0, S(""));
	for (size_t i = 0; i < COUNT(rows); i++) {
		w->edits.v[0].text = rows[i].in;
		w->out.n = 0;
		report_json(&w->in, &w->out);
		assert_true(str_has(buf_str(&w->out), str_from(rows[i].want)));
		cJSON_Delete(parse_json(w));
	}
}

static void every_text_of_json_may_hold_any_byte(void **state)
{
	struct world *w = *state;
	struct finding *f;
	char bytes[256];
	str any = { bytes, sizeof(bytes) };

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(255 - i);
	w->iam.path = w->iam.text = any;
	f = world_add(w, OUTCOME_HELD, &w->iam, 200, "");
	world_hold(w, f, "UNKNOWN-CODE");
	f->id = f->unit = f->address = f->reason = f->note = any;
	strs_add(w->arena, &f->actions, any);
	strs_add(w->arena, &f->principals, any);
	strs_add(w->arena, &f->keys, any);
	edits_add(&w->edits, &w->iam, 0, 1, any);
	diag_add(&w->diags, SEVERITY_ERROR, &w->iam, 256, "x");
	w->diags.v[0].text = any;
	w->in.base = w->in.branch = w->in.commit = w->in.version = any;
	report_json(&w->in, &w->out);
	for (size_t i = 0; i < w->out.n; i++)
		assert_true(w->out.p[i] == '\n' || (unsigned char)w->out.p[i] >= 0x20);
	cJSON_Delete(parse_json(w));
}

static void positions_are_those_of_the_file(void **state)
{
	struct world *w = *state;
	const cJSON *v;
	cJSON *root;
	size_t i = 0;

	w->iam.text = S("a\nb\r\nc\rd\r\r\n\n\xc3\xa4\xc3(\xf0\x9f\x98\x80\xff\xffx\xe2\x82\n\xac"
			"\xc3\xa4\xc3\xa4y\r");
	for (size_t at = 0; at <= w->iam.text.n + 1; at++)
		world_add(w, OUTCOME_FIXED, &w->iam, at, "a");
	report_json(&w->in, &w->out);
	root = parse_json(w);
	for (v = member(root, "findings")->child; v; v = v->next, i++) {
		struct position want = file_position(&w->iam, i);

		assert_int_equal(member(v, "range")->child->valueint, i);
		assert_int_equal(member(v, "line")->valueint, want.line);
		assert_int_equal(member(v, "column")->valueint, want.column);
	}
	assert_int_equal(i, w->iam.text.n + 2);
	cJSON_Delete(root);
}

/* A minified policy is one line of megabytes; counting anew for each finding would take minutes. */
static void many_findings_in_one_long_line_are_no_burden(void **state)
{
	struct world *w = *state;
	struct buf line = { 0 };

	buf_fill(&line, 'x', (size_t)2 << 20);
	w->iam.text = buf_str(&line);
	for (size_t i = 0; i < 20000; i++)
		world_add(w, OUTCOME_FIXED, &w->iam, line.n - i * 100, "a");
	report_json(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out), S("\"line\": 1, \"column\": 2097153,")));
	buf_free(&line);
}

static void the_order_of_findings_does_not_depend_on_the_plan(void **state)
{
	struct world *w = *state;
	struct buf first = { 0 };
	struct finding swap;
	size_t n;

	world_fill(w);
	world_add(w, OUTCOME_HELD, &w->iam, 9, "aws_iam_policy.app");
	report_json(&w->in, &first);
	n = w->plan.findings.n;
	for (size_t i = 0; i < n / 2; i++) {
		swap = w->plan.findings.v[i];
		w->plan.findings.v[i] = w->plan.findings.v[n - 1 - i];
		w->plan.findings.v[n - 1 - i] = swap;
	}
	report_json(&w->in, &w->out);
	assert_true(str_eq(buf_str(&first), buf_str(&w->out)));
	buf_free(&first);
}

static void logs_say_which_days_they_cover(void **state)
{
	struct evidence_day days[] = { { 20514, 9, 2, 1 }, { 20517, 1, 1, 1 } };
	struct evidence_gap gap = { 20515, 20516 };
	const struct evidence ev = { .days = days,
				     .day_count = 2,
				     .kms_gaps = &gap,
				     .kms_gap_count = 1,
				     .totals = { .events = 10,
						 .counted = 2,
						 .no_session = 3,
						 .no_key = 4,
						 .interruptions = 1 } };
	struct world *w = *state;

	world_fill(w);
	w->plan.findings.v[0].rests_on = RESTS_FACTS | RESTS_USE;
	w->in.evidence = &ev;
	report_json(&w->in, &w->out);
	assert_true(str_has(buf_str(&w->out),
			    S("\"evidence\": {\"first\": \"2026-03-02\", \"last\": "
			      "\"2026-03-05\", \"days\": 2, \"events\": 10, \"uses\": 2, "
			      "\"uncounted\": 7, \"interruptions\": 1, \"gaps\": "
			      "[{\"first\": \"2026-03-03\", \"last\": \"2026-03-04\"}]}")));
	assert_true(str_has(buf_str(&w->out), S("\"rests_on\": [\"configuration\", "
						"\"account-facts\", \"usage-evidence\"]}")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(json_has_the_documented_schema),
		TEST(json_of_an_empty_run_has_every_member),
		TEST(every_branch_is_an_item),
		TEST(a_code_that_nothing_unlocks_has_null),
		TEST(references_are_shown_as_templates),
		TEST(json_is_valid_whatever_the_bytes_are),
		TEST(every_text_of_json_may_hold_any_byte),
		TEST(positions_are_those_of_the_file),
		TEST(many_findings_in_one_long_line_are_no_burden),
		TEST(the_order_of_findings_does_not_depend_on_the_plan),
		TEST(logs_say_which_days_they_cover),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
