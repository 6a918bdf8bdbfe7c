/* SPDX-License-Identifier: MIT */
/* Calls of which the logs do not say whose they are, or on which key. */
#include "evidence_fixture.h"

#define NAMELESS "arn:aws:sts::111122223333:assumed-role/reader"
#define UNISSUED "{\"type\":\"AssumedRole\",\"arn\":\"" NAMELESS "/s\"}"
#define REENCRYPT EVENT(SESSION, "ReEncrypt", "")
#define USER(arn) EVENT("{\"type\":\"IAMUser\",\"arn\":\"" arn "\"}", "Decrypt", "")

/* What is unclear about one call: nothing, where there is no principal. */
static const struct {
	const char *title, *event, *principal;
	unsigned actions;
} calls[] = {
	{ "a use", DECRYPT, NULL, 0 },
	{ "one key for two", REENCRYPT, ROLE, TARGET_REENCRYPT_FROM | TARGET_REENCRYPT_TO },
	{ "a session without an issuer", EVENT(UNISSUED, "Decrypt", ""), NAMELESS, TARGET_DECRYPT },
	{ "a session of no role",
	  EVENT("{\"type\":\"AssumedRole\",\"arn\":\"arn:aws:sts::1:assumed-role/r/s\"}", "Decrypt",
		""),
	  "", TARGET_DECRYPT },
	{ "a session without a name", EVENT("{\"type\":\"AssumedRole\"}", "Decrypt", ""), "",
	  TARGET_DECRYPT },
	{ "a federated session of nobody", EVENT("{\"type\":\"FederatedUser\"}", "Decrypt", ""), "",
	  TARGET_DECRYPT },
	{ "nobody", EVENT("null", "Decrypt", ""), "", TARGET_DECRYPT },
	{ "a user that is none", USER("arn:aws:iam::1:user/a"), "", TARGET_DECRYPT },
	{ "root", EVENT("{\"type\":\"Root\"}", "Decrypt", ""), NULL, 0 },
	{ "a service", EVENT("{\"type\":\"AWSService\"}", "Decrypt", ""), NULL, 0 },
	{ "another account", EVENT("{\"type\":\"AWSAccount\"}", "Decrypt", ""), NULL, 0 },
	{ "denied", EVENT(UNISSUED, "Decrypt", ",\"errorCode\":\"AccessDenied\""), NULL, 0 },
};

static void what_a_call_does_not_say_is_kept(void **state)
{
	for (size_t i = 0; i < COUNT(calls); i++) {
		const struct evidence *ev = read_text(*state, str_from(calls[i].event));
		const struct evidence_unclear *u = ev->unclear;

		if (ev->unclear_count != (calls[i].principal ? 1 : 0) ||
		    (calls[i].principal && (!str_eq(u->principal, str_from(calls[i].principal)) ||
					    u->actions != calls[i].actions || u->count != 1)))
			test_fail("%s: not kept as that", calls[i].title);
	}
}

static void calls_of_one_principal_are_kept_together(void **state)
{
	const struct evidence *ev = read_text(
		*state, S(REENCRYPT EVENT(UNISSUED, "Decrypt", "") EVENT("null", "Decrypt", "")
				  EVENT(UNISSUED, "ReEncrypt", "")));
	struct buf first = { 0 }, second = { 0 };

	assert_int_equal(ev->unclear_count, 3);
	assert_str_eq(ev->unclear[0].principal, S(""));
	assert_str_eq(ev->unclear[1].principal, S(ROLE));
	assert_str_eq(ev->unclear[2].principal, S(NAMELESS));
	assert_int_equal(ev->unclear[2].count, 2);
	assert_int_equal(ev->unclear[2].actions, TARGET_ALL);
	assert_int_equal(ev->unclear[2].first, 1740823200);
	evidence_write(ev, &first);
	ev = read_text(*state, buf_str(&first));
	evidence_write(ev, &second);
	assert_str_eq(str_sub(buf_str(&second), str_find(buf_str(&second), S("\n"), 0), second.n),
		      str_sub(buf_str(&first), str_find(buf_str(&first), S("\n"), 0), first.n));
	buf_free(&first);
	buf_free(&second);
}

/* Else nobody would know that one of those who are left out made calls. */
static void calls_of_too_many_are_nobodys(void **state)
{
	struct fixture *f = *state;
	struct buf text = { 0 };

	for (int i = 0; i < EVIDENCE_MAX_UNCLEAR + 2; i++)
		buf_printf(&text,
			   EVENT("{\"type\":\"AssumedRole\",\"arn\":\"" NAMELESS "%d/s\"}",
				 "Decrypt", ""),
			   i);
	const struct evidence *ev = read_text(f, buf_str(&text));
	assert_int_equal(ev->unclear_count, EVIDENCE_MAX_UNCLEAR + 1);
	assert_str_eq(ev->unclear[0].principal, S(""));
	assert_int_equal(ev->unclear[0].count, 2);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(what_a_call_does_not_say_is_kept),
		FIXTURE_TEST(calls_of_one_principal_are_kept_together),
		FIXTURE_TEST(calls_of_too_many_are_nobodys),
	};

	return cmocka_run_group_tests_name("evidence_unclear", tests, NULL, NULL);
}
