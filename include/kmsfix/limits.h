/* SPDX-License-Identifier: MIT */
/* limits - how large policies and templates may be, and which characters policies may hold
 * [6.1-6.3, 5.12]. */
#ifndef KMSFIX_LIMITS_H
#define KMSFIX_LIMITS_H

#include "kmsfix/str.h"

enum limit {
	LIMIT_KEY_POLICY = 32768,
	LIMIT_MANAGED = 6144,
	LIMIT_INLINE_ROLE = 10240, /* all of the role together; so user and group */
	LIMIT_INLINE_USER = 2048,
	LIMIT_INLINE_GROUP = 5120,
	LIMIT_SET = 32768,
	LIMIT_SECTION = 200, /* parameters of a template of CloudFormation; so outputs */
};

/*
 * Bytes of the JSON without the white space outside strings. IAM counts characters, so this is
 * never too small. Any text is accepted; an unfinished string reaches to the end.
 */
size_t json_minified_size(str json);
/*
 * True when every character may stand in a policy: tab, LF, CR and U+0020 to U+00FF, in valid
 * UTF-8. References (text.h) are skipped.
 */
bool str_in_charset(str s);

#endif
