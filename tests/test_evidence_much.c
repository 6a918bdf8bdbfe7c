/* SPDX-License-Identifier: MIT */
/* Evidence with more of something than is kept: what is left out is said, also by a summary. */
#include "evidence_fixture.h"

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define CONTEXT(keys) \
	EVENT(SESSION, "Decrypt", ",\"requestParameters\":{\"encryptionContext\":{" keys "}}")

static str written(struct fixture *f, const struct evidence *ev)
{
	struct buf b = { 0 };
	str text;

	evidence_write(ev, &b);
	text = str_dup(f->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

/* What a summary of the text's evidence says. */
static const struct evidence *read_twice(struct fixture *f, str text)
{
	return read_text(f, written(f, read_text(f, text)));
}

static void a_name_that_is_too_long_is_only_noted(void **state)
{
	const struct evidence *ev = read_twice(*state,
					       S(CONTEXT("\"" HUNDRED HUNDRED HUNDRED "\":\"\"")));

	assert_int_equal(ev->uses[0].context.list.n, 0);
	assert_true(ev->uses[0].context.more);
	assert_int_equal(ev->uses[0].without_context, 0);
}

static void of_many_names_some_are_kept(void **state)
{
	struct fixture *f = *state;
	struct buf b = { 0 };
	const struct evidence *ev;

	for (int i = 0; i < 100; i++)
		buf_printf(&b, "%s\"k%02d\":\"\"", i ? "," : "", i);
	ev = read_twice(f, str_fmt(f->arena,
				   EVENT(SESSION, "Decrypt",
					 ",\"requestParameters\":{\"encryptionContext\":{%.*s}}"),
				   STR_ARG(buf_str(&b))));
	assert_int_equal(ev->uses[0].context.list.n, EVIDENCE_MAX_NAMES);
	assert_true(ev->uses[0].context.more);
	buf_free(&b);
}

static void of_many_interruptions_some_are_kept(void **state)
{
	struct fixture *f = *state;
	struct buf b = { 0 };
	const struct evidence *ev;

	for (int i = 0; i < EVIDENCE_MAX_INTERRUPTIONS + 1; i++)
		buf_add(&b, S("{\"eventSource\":\"cloudtrail.amazonaws.com\",\"eventTime\":"
			      "\"2025-03-02T00:00:00Z\",\"eventName\":\"StopLogging\","
			      "\"requestParameters\":{\"name\":\"u\"}}\n"));
	ev = read_text(f, buf_str(&b));
	assert_int_equal(ev->totals.interruptions, EVIDENCE_MAX_INTERRUPTIONS + 1);
	assert_int_equal(ev->interruption_count, EVIDENCE_MAX_INTERRUPTIONS);
	buf_free(&b);
}

/* Another use than the limit allows is an error, wherever it comes from. */
static void uses_are_limited_in_every_form(void **state)
{
	static const char second[] =
		EVENT("{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/a\"}",
		      "Decrypt", "");
	static const char user[] = "{type=IAMUser, arn=arn:aws:iam::111122223333:user/a}";
	struct fixture *f = *state;
	const struct evidence_options one = { .max_uses = 1 };
	const str texts[] = {
		STR_CAT(f->arena, S(DECRYPT), str_from(second)),
		str_fmt(f->arena, "%s" ROW("%s", RESOURCE), HEADER ROW(STRUCT, RESOURCE), user),
		written(f, read_text(f, STR_CAT(f->arena, S(DECRYPT), str_from(second)))),
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *path = put(f, "x", texts[i]);
		const struct evidence *ev;
		struct err e;

		assert_int_equal(read_text(f, texts[i])->use_count, 2);
		assert_false(evidence_read(&ev, &path, 1, &one, f->arena, &e));
		if (!str_ends(str_from(e.msg), S(": more than 1 different uses of keys")))
			test_fail("%zu: %s", i, e.msg);
	}
}

static void size_of_a_row_is_limited(void **state)
{
	struct fixture *f = *state;
	struct buf b = { 0 };
	const char *path;
	const struct evidence *ev;
	struct err e;

	buf_add(&b, S(HEADER "\""));
	buf_fill(&b, 'x', EVIDENCE_MAX_EVENT + (1u << 20));
	path = put(f, "x", buf_str(&b));
	buf_free(&b);
	assert_false(evidence_read(&ev, &path, 1, NULL, f->arena, &e));
	assert_true(str_has(str_from(e.msg), S(" is larger than 4 MiB")));
}

/* What CloudTrail calls from inside itself is a service, too. */
static void a_call_from_inside_is_one_of_a_service(void **state)
{
	const struct evidence *ev = read_text(
		*state, S(EVENT(SESSION, "Decrypt", ",\"sourceIPAddress\":\"AWS Internal\"")));

	assert_int_equal(ev->uses[0].direct, 0);
	assert_str_eq(ev->uses[0].services.list.v[0], S("AWS Internal"));
}

/* A file that is no event, with a name that is spelt with escapes. */
static void a_document_may_have_escapes(void **state)
{
	const struct evidence *ev = read_text(*state, S("{\"\\u0061\":1}\n" DECRYPT));

	assert_int_equal(ev->totals.documents, 1);
	assert_int_equal(ev->use_count, 1);
}

/* The answer of get-event-selectors of a trail that has everything. */
static void a_trail_that_leaves_nothing_out_is_no_interruption(void **state)
{
	const struct evidence *ev = read_text(
		*state, S("{\"TrailARN\":\"arn\",\"EventSelectors\":[{\"ReadWriteType\":\"All\","
			  "\"ExcludeManagementEventSources\":[]}]}"));

	assert_int_equal(ev->interruption_count, 0);
	assert_int_equal(ev->totals.documents, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(a_name_that_is_too_long_is_only_noted),
		FIXTURE_TEST(of_many_names_some_are_kept),
		FIXTURE_TEST(of_many_interruptions_some_are_kept),
		FIXTURE_TEST(uses_are_limited_in_every_form),
		FIXTURE_TEST(size_of_a_row_is_limited),
		FIXTURE_TEST(a_call_from_inside_is_one_of_a_service),
		FIXTURE_TEST(a_document_may_have_escapes),
		FIXTURE_TEST(a_trail_that_leaves_nothing_out_is_no_interruption),
	};

	return cmocka_run_group_tests_name("evidence_much", tests, NULL, NULL);
}
