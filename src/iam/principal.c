/* SPDX-License-Identifier: MIT */
#include "kmsfix/principal.h"

#include <string.h>

#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "kmsfix/glob.h"
#include "kmsfix/text.h"

#define UNIQUE_ID_MIN 16
/* Of roles and users. */
#define NAME_MAX_LENGTH 64
#define PATH_MAX_LENGTH 512

/* The kinds of resource that an ARN in a Principal may name. */
static const struct {
	const char *service, *type;
	enum principal_form form;
} arn_forms[] = {
	{ "iam", "role/", PRINCIPAL_ROLE },
	{ "iam", "user/", PRINCIPAL_USER },
	{ "sts", "assumed-role/", PRINCIPAL_SESSION },
	{ "sts", "federated-user/", PRINCIPAL_SESSION },
};

#define FORM_COUNT (sizeof(arn_forms) / sizeof(*arn_forms))

static bool is_account(str s)
{
	return !text_is_literal(s) || arn_is_account(s);
}

static bool is_unique_id(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!ascii_is_upper(s.p[i]) && !ascii_is_digit(s.p[i]))
			return false;
	}
	return s.n >= UNIQUE_ID_MIN && (str_starts(s, S("AROA")) || str_starts(s, S("AIDA")));
}

/* "/service-role/app": path "/service-role/" and name "app". */
static void read_name(struct principal_ref *out, str rest)
{
	size_t slash = 0, next;

	while ((next = text_find(rest, '/', slash + 1)) != SIZE_MAX)
		slash = next;
	out->path = str_sub(rest, 0, slash + 1);
	out->name = str_sub(rest, slash + 1, rest.n);
}

static enum principal_form read_resource(struct principal_ref *out, const struct arn *arn)
{
	str resource = arn->resource, head = str_sub(resource, 0, text_find(resource, REF_OPEN, 0));

	if (str_eq(arn->service, S("iam")) && str_eq(resource, S("root")))
		return PRINCIPAL_ACCOUNT;
	for (size_t i = 0; i < FORM_COUNT; i++) {
		str type = str_from(arn_forms[i].type);

		if (!str_eq(arn->service, str_from(arn_forms[i].service)))
			continue;
		if (head.n < resource.n && head.n < type.n && str_starts(type, head))
			return PRINCIPAL_UNKNOWN;
		if (!str_starts(resource, type))
			continue;
		read_name(out, str_sub(resource, type.n - 1, resource.n));
		if (!out->name.n)
			return PRINCIPAL_OTHER;
		return arn_forms[i].form;
	}
	return PRINCIPAL_OTHER;
}

static enum principal_form read_arn(struct principal_ref *out, str text)
{
	struct arn arn;

	if (!arn_parse(text, &arn))
		return text_is_literal(text) ? PRINCIPAL_OTHER : PRINCIPAL_UNKNOWN;
	if (glob_is_pattern(text) || !arn.partition.n)
		return PRINCIPAL_OTHER;
	if (!text_is_literal(arn.service))
		return PRINCIPAL_UNKNOWN;
	if (arn.region.n || !is_account(arn.account))
		return PRINCIPAL_OTHER;
	out->partition = arn.partition;
	out->account = arn.account;
	return read_resource(out, &arn);
}

static enum principal_form read_aws(struct principal_ref *out, str text)
{
	if (str_eq(text, S("*")))
		return PRINCIPAL_STAR;
	if (text_is_ref(text, NULL))
		return PRINCIPAL_REFERENCE;
	if (!text_is_literal(text) || str_starts(text, S("arn:")))
		return read_arn(out, text);
	if (is_account(text)) {
		out->account = text;
		return PRINCIPAL_ACCOUNT;
	}
	if (is_unique_id(text)) {
		out->name = text;
		return PRINCIPAL_UNIQUE_ID;
	}
	return PRINCIPAL_OTHER;
}

static bool is_word(str s, str more)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr(more.p, s.p[i], more.n))
			return false;
	return s.n > 0;
}

bool principal_can_exist(const struct principal_ref *ref)
{
	str path = ref->path;

	for (size_t i = 0; i < path.n; i++)
		if (path.p[i] < '!' || path.p[i] > '~')
			return false;
	return is_word(ref->partition, S("-")) && path.n <= PATH_MAX_LENGTH &&
	       ref->name.n <= NAME_MAX_LENGTH && is_word(ref->name, S("+=,.@-_"));
}

struct principal_ref principal_parse(str type, str text)
{
	struct principal_ref out = { .form = PRINCIPAL_OTHER };

	if (str_eq(type, S("AWS"))) {
		out.form = read_aws(&out, text);
	} else if (str_eq(type, S("Service"))) {
		out.form = PRINCIPAL_SERVICE;
		out.name = text;
	} else if (!text_is_literal(type)) {
		out.form = PRINCIPAL_UNKNOWN;
	} else if (str_eq(type, S("*"))) {
		if (str_eq(text, S("*")))
			out.form = PRINCIPAL_STAR;
		else if (!text_is_literal(text))
			out.form = PRINCIPAL_UNKNOWN;
	}
	return out;
}
