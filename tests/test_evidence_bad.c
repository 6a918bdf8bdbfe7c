/* SPDX-License-Identifier: MIT */
/* Evidence that is malformed, cut off or too large: an error with its place, and nothing else. */
#include "evidence_fixture.h"

#include <string.h>

#include "kmsfix/syntax.h"

/* Fails with exactly this after the path. */
static void assert_error(struct fixture *f, str text, const char *want)
{
	const char *path = put(f, "x", text);
	const struct evidence *ev = NULL;
	struct err e = { .code = ERR_NONE };
	size_t n = strlen(path);

	if (evidence_read(&ev, &path, 1, NULL, f->arena, &e)) {
		test_fail("accepted: %.*s", (int)(text.n < 200 ? text.n : 200), text.p);
		return;
	}
	assert_int_equal(e.code, ERR_IO);
	assert_null(ev);
	assert_memory_equal(e.msg, path, n);
	assert_str_eq(str_from(e.msg + n), str_from(want));
}

static const struct {
	const char *text, *error;
} bad[] = {
	{ "{", ":1:2: the file ends too early" },
	{ "{\"Records\":[", ":1:13: the file ends too early" },
	{ "{\"a\":\"b", ":1:8: the file ends inside a string" },
	{ "[\n{}]", ":2:1: no CloudTrail event: eventSource or eventName is missing" },
	{ "[1]", ":1:2: expected an event: a JSON object" },
	{ "[{\"eventSource\":\"a\",\"eventName\":\"b\",\"eventTime\":\"2025-01-01T00:00:00Z\"} {}]",
	  ":1:73: expected ',' or ']'" },
	{ "[,]", ":1:2: expected an event: a JSON object" },
	{ "[{\"eventSource\":\"a\",\"eventName\":\"b\",\"eventTime\":\"2025-01-01T00:00:00Z\"},]",
	  ":1:73: expected an event: a JSON object" },
	{ "{]", ":1:2: this bracket does not match the one that it would close" },
	{ "{\"a\":[}", ":1:7: this bracket does not match the one that it would close" },
	{ "{\"a\":\n\x01}", ":2:1: this is no JSON" },
	{ "{\"a\n\":1}", ":1:4: a control character in a string" },
	{ "{\"a\\\n\":1}", ":1:5: a control character in a string" },
	{ "{}\n]", ":2:1: expected a JSON object" },
	{ "{}\nx", ":2:1: expected a JSON object" },
	{ "[\"{}\"]", ":1:2: no CloudTrail event: eventSource or eventName is missing" },
	{ "[\"x\"]", ":1:2: the string holds no JSON object" },
	{ "[\"\\x\"]", ":1:2: this escape sequence is not valid" },
	{ "{\"Events\":[{\"CloudTrailEvent\":1}]}",
	  ":1:12: CloudTrailEvent is empty or no string" },
	{ "{\"Events\":[{\"CloudTrailEvent\":\"\\\"\"}]}",
	  ":1:12: the string holds no JSON object" },
	{ "{\"eventSource\":\"a\",\"eventName\":\"b\",\"eventTime\":\"yesterday\"}",
	  ":1:1: the event's eventTime cannot be read" },
	{ "{\"eventSource\":\"a\",\"eventName\":\"b\",\"eventTime\":\"2025-02-29T00:00:00Z\"}",
	  ":1:1: the event's eventTime cannot be read" },
	{ "\n {\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\",\n\"a\" 1}",
	  ":3:5: expected ':' after the key" },
	{ "{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\",\"x\":\"\xff\"}",
	  ":1:63: this is not valid UTF-8" },
	{ "{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\",\"resources\":[01]}",
	  ":1:72: expected ',' or ']'" },
	{ "{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\",\"errorCode\":\"a\","
	  "\"errorCode\":null}",
	  ":1:74: this member is there twice" },
	{ "{\"eventSource\":\"a\"}",
	  ":1:1: no CloudTrail event: eventSource or eventName is missing" },
	{ "{\"event\\u0053ource\":\"a\",\"eventTime\":\"2025-01-01T00:00:00Z\"}",
	  ":1:1: no CloudTrail event: eventSource or eventName is missing" },
	{ "[{\"\\u0061\":1}]", ":1:2: no CloudTrail event: eventSource or eventName is missing" },
	{ "[{\"eventName\":\"a\",\"x\":\"y\"}]",
	  ":1:2: no CloudTrail event: eventSource or eventName is missing" },
	{ "{\"event\\u0053ource\":\"a\",\"errorCode\":\"a\",\"errorCode\":null}",
	  ":1:41: this member is there twice" },
	{ "a,b\n1,2\n",
	  ":1:1: neither JSON nor a CSV of events: there is no column 'eventtime'; select "
	  "eventtime, eventsource, eventname, useridentity, resources, errorcode" },
	{ "\xff\xfe{", ":1:1: this is UTF-16, as PowerShell writes it; write UTF-8" },
	{ "eventtime,eventtime\n", ":1:11: a column twice" },
	{ HEADER "\n1,2\n", ":3:1: not as many fields as the header has" },
	{ HEADER "x,,,,,\n", ":2:1: the event's time cannot be read" },
	{ HEADER "\"x", ":2:1: this quote is not closed" },
	{ HEADER "x\"", ":2:2: a quote inside of a field without quotes" },
	{ HEADER "\"x\"y", ":2:4: expected ',' or the end of the line after a field" },
	{ HEADER ROW("{type=a, type=b}", ""), ":2:52: a struct has the same field twice" },
	{ HEADER ROW("{type={{a}", ""), ":2:52: the brackets of a struct do not match" },
	{ HEADER ROW("{type}", ""), ":2:52: expected 'name=value' in a struct" },
	{ HEADER ROW("{\"\"type\"\":1", ""),
	  ":2:52: neither JSON nor a struct as Athena prints it" },
	{ HEADER ROW("{type=a}", "{}"), ":2:52: neither JSON nor a list as Athena prints it" },
	{ HEADER ROW("{type=a}", "[{]"), ":2:52: a list of structs is not closed" },
	{ HEADER ROW("{type=a", ""), ":2:52: neither JSON nor a struct as Athena prints it" },
	{ HEADER ROW("}", ""), ":2:52: neither JSON nor a struct as Athena prints it" },
	{ HEADER ROW("{type=a]}", ""), ":2:52: the brackets of a struct do not match" },
	{ HEADER ROW("{type=a, arn=b, arn=b}", ""), ":2:52: a struct has the same field twice" },
	{ HEADER ROW("{invokedby=a, invokedby=b}", ""),
	  ":2:52: a struct has the same field twice" },
	{ HEADER ROW("{sessioncontext=a, sessioncontext=b}", ""),
	  ":2:52: a struct has the same field twice" },
	{ HEADER ROW("{sessioncontext=x}", ""),
	  ":2:52: neither JSON nor a struct as Athena prints it" },
	{ HEADER ROW("{sessioncontext={sessionissuer=x}}", ""),
	  ":2:52: neither JSON nor a struct as Athena prints it" },
	{ HEADER ROW("{type=a}", "["), ":2:52: neither JSON nor a list as Athena prints it" },
	{ HEADER ROW("{type=a}", "[x]"), ":2:52: a list of structs is not closed" },
	{ HEADER ROW("{type=a}", "[x}]"), ":2:52: a list of structs is not closed" },
	{ HEADER ROW("{type=a}", "[{arn}]"), ":2:52: expected 'name=value' in a struct" },
	{ HEADER ROW("{type=a}", "[{arn=x} {arn=y}]"), ":2:52: expected ', ' between structs" },
	{ HEADER "\"x\"\r\n", ":2:1: not as many fields as the header has" },
	{ HEADER "\"x\"\r", ":2:4: expected ',' or the end of the line after a field" },
	{ HEADER "\"x\ny\"z", ":3:3: expected ',' or the end of the line after a field" },
	{ "{\"kmsfix_evidence\":3}",
	  ":1:1: a summary of another version: make it again from the logs" },
	{ "{\"kmsfix_evidence\":2}", ":1:1: a line that no summary has" },
	{ "{\"kmsfix_evidence\":2,\"day\":1}", ":1:1: more lines than this summary has announced" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"lines\":1}",
	  ": the summary is not complete: make it again from the logs" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"lines\":1}\n"
	  "{\"kmsfix_evidence\":2,\"principal\":\"x\"}",
	  ":2:1: a use that cannot be" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"lines\":1}\n"
	  "{\"kmsfix_evidence\":2,\"day\":99999999}",
	  ":2:1: a day that cannot be" },
};

#define SUMMARY "{\"kmsfix_evidence\":2,\"totals\":{},\"lines\":2}\n{\"kmsfix_evidence\":2,"
#define USE_OF(key, action, numbers, shared)                                        \
	SUMMARY "\"principal\":\"arn:aws:iam::111122223333:role/r\",\"key\":\"" key \
		"\",\"action\":\"" action "\"," numbers ",\"shared\":\"" shared "\"}"
#define A_KEY "arn:aws:kms:eu-west-1:111122223333:key/k"
#define ONCE "\"count\":1,\"first\":1,\"last\":2"

/* Lines of a summary that no run of ours has written. */
static const struct {
	const char *text, *error;
} forged[] = {
	{ SUMMARY "\"totals\":{},\"lines\":1}",
	  ":2:1: the summary before this one is not complete" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"first\":5,\"last\":3,\"lines\":1}",
	  ":1:1: the totals of this summary cannot be right" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"lines\":2000000000}",
	  ":1:1: the totals of this summary cannot be right" },
	{ SUMMARY "\"interruption\":\"x\"}",
	  ":2:1: an interruption that this version does not know" },
	{ SUMMARY "\"interruption\":\"stopped\",\"time\":99999999999999}",
	  ":2:1: an interruption that this version does not know" },
	{ SUMMARY "\"day\":0}", ":2:1: a day that cannot be" },
	{ "{\"kmsfix_evidence\":2,\"totals\":{},\"first\":18446744073709551605,\"lines\":1}",
	  ":1:1: the totals of this summary cannot be right" },
	{ SUMMARY
	  "\"unclear\":\"\",\"actions\":[\"kms:Decrypt\"],\"count\":1,\"first\":3,\"last\":2}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"\",\"actions\":[\"kms:Decrypt\"],\"count\":1,\"last\":9999999999}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"\"," ONCE "}", ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"arn:aws:sts:eu-west-1:111122223333:assumed-role/r\",\"actions\":["
		  "\"kms:Decrypt\"]," ONCE "}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"arn:aws:sts::111122223333:federated-user/r\",\"actions\":["
		  "\"kms:Decrypt\"]," ONCE "}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"arn:aws:sts::111122223333:assumed-role/r*\",\"actions\":["
		  "\"kms:Decrypt\"]," ONCE "}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"x\",\"actions\":[\"kms:Decrypt\"]," ONCE "}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"\",\"actions\":[\"kms:Encrypt\"]," ONCE "}",
	  ":2:1: a call that cannot be" },
	{ SUMMARY "\"unclear\":\"\",\"actions\":[\"kms:Decrypt\"],\"count\":0}",
	  ":2:1: a call that cannot be" },
	{ USE_OF("x", "kms:Decrypt", ONCE, ""), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Encrypt", ONCE, ""), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", "\"count\":0", ""), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", "\"count\":1,\"first\":3,\"last\":2", ""),
	  ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", "\"count\":1,\"last\":99999999999999", ""),
	  ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", ONCE, "0123456789ABCDEF"), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", ONCE, "g123456789abcdef"), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", ONCE, "/123456789abcdef"), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", ONCE, "012"), ":2:1: a use that cannot be" },
	{ USE_OF(A_KEY, "kms:Decrypt", ONCE, ""),
	  ": the summary is not complete: make it again from the logs" },
};

static void a_summary_holds_only_what_we_write(void **state)
{
	for (size_t i = 0; i < COUNT(forged); i++)
		assert_error(*state, str_from(forged[i].text), forged[i].error);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_error(*state, str_from(bad[i].text), bad[i].error);
	assert_error(*state, S("{\"a\":1}\0"), ":1:8: expected a JSON object");
}

static void a_time_is_whole_and_exists(void **state)
{
	static const char *const times[] = {
		"",
		"2025-01-01",
		"2025/01-01T00:00:00Z",
		"2025-01/01T00:00:00Z",
		"1999-01-01T00:00:00Z",
		"2200-01-01T00:00:00Z",
		"2025-00-01T00:00:00Z",
		"2025-13-01T00:00:00Z",
		"2025-01-00T00:00:00Z",
		"2025-04-31T00:00:00Z",
		"2100-02-29T00:00:00Z",
		"2025-01-01x00:00:00Z",
		"2025-01-01T00-00:00Z",
		"2025-01-01T00:00-00Z",
		"2025-01-01T24:00:00Z",
		"2025-01-01T00:60:00Z",
		"2025-01-01T00:00:61Z",
		"2025-01-01Tx0:00:00Z",
		"2025-01-01T00:x0:00Z",
		"2025-01-01T00:00:x0Z",
		"2025-01-01T00:00:00",

		"2025-01-01T00:00:00+15:00",
		"2025-01-01T00:00:00+00:60",
		"2025-01-01T00:00:00+0000",
		"2025-01-01T00:00:00*00:00",
		"2025-01-01T00:00:00+x0:00",
		"2025-01-01T00:00:00+00:x0",
		"2025-01-01T00:00:00 UTC",
		"2025-01-01T00:00:00+00-00",
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(times); i++)
		assert_error(f,
			     str_fmt(f->arena,
				     "{\"eventSource\":\"a\",\"eventName\":\"b\","
				     "\"eventTime\":\"%s\"}",
				     times[i]),
			     ":1:1: the event's eventTime cannot be read");
}

static void a_row_has_few_fields(void **state)
{
	struct fixture *f = *state;
	struct buf b = { 0 };

	buf_add(&b, S("eventtime"));
	buf_fill(&b, ',', 512);
	assert_error(f, str_dup(f->arena, buf_str(&b)), ":1:522: too many fields");
	buf_free(&b);
}

static str nested(struct fixture *f, size_t depth)
{
	struct buf b = { 0 };
	str text;

	buf_add(&b, S("{\"a\":"));
	buf_fill(&b, '[', depth - 1);
	buf_fill(&b, ']', depth - 1);
	buf_addc(&b, '}');
	text = str_dup(f->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static void depth_is_limited(void **state)
{
	const struct evidence *ev = read_text(*state, nested(*state, SYNTAX_MAX_DEPTH));

	assert_int_equal(ev->totals.documents, 1);
	assert_error(*state, nested(*state, SYNTAX_MAX_DEPTH + 1), ":1:205: nested too deeply");
	assert_error(*state, nested(*state, 100000), ":1:205: nested too deeply");
}

/* An event whose text has `size` bytes. */
static str padded(struct fixture *f, size_t size)
{
	static const char head[] = "{\"eventSource\":\"a\",\"eventName\":\"b\",\"eventTime\":"
				   "\"2025-01-01T00:00:00Z\",\"x\":\"";
	struct buf b = { 0 };
	str text;

	buf_add(&b, S(head));
	buf_fill(&b, 'x', size - (sizeof(head) - 1) - 2);
	buf_add(&b, S("\"}"));
	text = str_dup(f->arena, buf_str(&b));
	buf_free(&b);
	return text;
}

static void size_of_an_event_is_limited(void **state)
{
	const struct evidence *ev = read_text(*state, padded(*state, EVIDENCE_MAX_EVENT));
	const char *path = put(*state, "x", padded(*state, EVIDENCE_MAX_EVENT + 1));
	struct fixture *f = *state;
	struct err e;

	assert_int_equal(ev->totals.events, 1);
	assert_false(evidence_read(&ev, &path, 1, NULL, f->arena, &e));
	assert_true(str_ends(str_from(e.msg), S(": an event is larger than 4 MiB")));
}

static void number_of_uses_is_limited(void **state)
{
	struct fixture *f = *state;
	const char *path =
		put(f, "x",
		    S(DECRYPT "\n" DECRYPT EVENT(
			    "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:user/a\"}",
			    "Decrypt", "")));
	struct evidence_options o = { .max_uses = 2 };
	const struct evidence *ev;
	struct err e;

	assert_true(evidence_read(&ev, &path, 1, &o, f->arena, &e));
	assert_int_equal(ev->use_count, 2);
	o.max_uses = 1;
	assert_false(evidence_read(&ev, &path, 1, &o, f->arena, &e));
	assert_true(str_ends(str_from(e.msg), S(": more than 1 different uses of keys")));
}

static void what_cannot_be_read_is_an_error(void **state)
{
	struct fixture *f = *state;
	const char *path = path_of(f, "nothing");
	const struct evidence *ev;
	struct err e;

	assert_false(evidence_read(&ev, &path, 1, NULL, f->arena, &e));
	assert_true(str_ends(str_from(e.msg), S("/nothing': No such file or directory")));
}

static void gzip_is_read_and_damage_is_seen(void **state)
{
	struct fixture *f = *state;
	const char *path = put(f, "x", S("\n" DECRYPT "\n"));
	str packed, damaged;

	test_must(f->arena, (const char *[]){ "gzip", "-9", "-n", path, NULL });
	packed = test_read(f->arena, path_of(f, "x.gz"));
	assert_int_equal(read_text(f, packed)->uses[0].count, 1);
	/* Two members are one text. */
	put(f, "y", packed);
	put(f, "z", packed);
	assert_int_equal(
		read_text(f, test_must(f->arena, (const char *[]){ "cat", path_of(f, "y"),
								   path_of(f, "z"), NULL }))
			->uses[0]
			.count,
		2);
	damaged = str_dup(f->arena, packed);
	for (size_t cut = 2; cut < packed.n; cut++) {
		path = put(f, "x", str_sub(packed, 0, cut));
		const struct evidence *ev = NULL;
		struct err e;

		assert_false(evidence_read(&ev, &path, 1, NULL, f->arena, &e));
	}
	assert_error(f, str_sub(packed, 0, packed.n - 1),
		     ":3:1: the gzip data ends too early (in the unpacked text)");
	((char *)(uintptr_t)damaged.p)[packed.n - 5] ^= 1;
	assert_error(f, damaged, ":3:1: the gzip data is damaged here (in the unpacked text)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_is_wrong_is_said_with_its_place),
		FIXTURE_TEST(a_summary_holds_only_what_we_write),
		FIXTURE_TEST(a_time_is_whole_and_exists),
		FIXTURE_TEST(a_row_has_few_fields),
		FIXTURE_TEST(depth_is_limited),
		FIXTURE_TEST(size_of_an_event_is_limited),
		FIXTURE_TEST(number_of_uses_is_limited),
		FIXTURE_TEST(what_cannot_be_read_is_an_error),
		FIXTURE_TEST(gzip_is_read_and_damage_is_seen),
	};

	return cmocka_run_group_tests_name("evidence_bad", tests, NULL, NULL);
}
