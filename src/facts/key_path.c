/* SPDX-License-Identifier: MIT */
#include "key_path.h"

#include "kmsfix/arn.h"
#include "kmsfix/ascii.h"
#include "kmsfix/file.h"

#define MRK_LENGTH 36 /* as that of a UUID */

/* 'x' stands for a hex digit. */
static bool matches(str s, str pattern)
{
	for (size_t i = 0; i < pattern.n; i++) {
		if (pattern.p[i] == 'x' ? !ascii_is_hex(s.p[i]) : s.p[i] != pattern.p[i])
			return false;
	}
	return true;
}

/* The first id in one part of a path, which does not touch a letter or digit on either side. */
static bool part_id(str part, str *id)
{
	static const str patterns[] = {
		{ "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", MRK_LENGTH },
		{ "mrk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", MRK_LENGTH },
	};

	for (size_t at = 0; at + MRK_LENGTH <= part.n; at++) {
		*id = str_sub(part, at, at + MRK_LENGTH);
		if ((at && ascii_is_alnum(part.p[at - 1])) ||
		    (at + MRK_LENGTH < part.n && ascii_is_alnum(part.p[at + MRK_LENGTH])))
			continue;
		if (matches(*id, patterns[0]) || matches(*id, patterns[1]))
			return true;
	}
	return false;
}

bool key_path_id(str path, str *id)
{
	while (path.n) {
		if (part_id(path_base(path), id))
			return true;
		path = path_dir(path);
	}
	return false;
}

/* Words are of letters, digits and '-'. */
static bool next_word(str *rest, str *word)
{
	size_t start = 0, end;

	while (start < rest->n && !ascii_is_alnum(rest->p[start]))
		start++;
	end = start;
	while (end < rest->n && (ascii_is_alnum(rest->p[end]) || rest->p[end] == '-'))
		end++;
	*word = str_sub(*rest, start, end);
	*rest = str_sub(*rest, end, rest->n);
	return word->n > 0;
}

bool key_path_fits(str path, str account, str region)
{
	bool found = false;
	str word;

	while (next_word(&path, &word)) {
		if (arn_is_account(word) && !str_eq(word, account))
			return false;
		found |= str_eq(word, region);
	}
	return found;
}
