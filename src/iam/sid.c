/* SPDX-License-Identifier: MIT */
#include "kmsfix/sid.h"

#include "kmsfix/action.h"
#include "kmsfix/arena.h"
#include "kmsfix/ascii.h"

#define HEX_DIGITS 8

/* By the bits of enum target. */
static const char *const names[TARGET_ALL + 1] = {
	NULL,
	"KmsfixDecrypt",
	"KmsfixReEncryptFrom",
	"KmsfixDecryptReEncryptFrom",
	"KmsfixReEncryptTo",
	"KmsfixDecryptReEncryptTo",
	"KmsfixReEncrypt",
	"KmsfixDecryptReEncrypt",
};

str sid_make(struct arena *a, unsigned targets, str seed)
{
	uint64_t hash = str_hash(seed);

	return str_fmt(a, "%s%08lx", names[targets & TARGET_ALL],
		       (unsigned long)((hash ^ hash >> 32) & 0xffffffff));
}

bool sid_is_ours(str sid)
{
	str name = str_sub(sid, 0, sid.n < HEX_DIGITS ? 0 : sid.n - HEX_DIGITS);

	for (size_t i = name.n; i < sid.n; i++) {
		if (!ascii_is_hex(sid.p[i]))
			return false;
	}
	for (unsigned t = 1; t <= TARGET_ALL; t++) {
		if (str_eq(name, str_from(names[t])))
			return true;
	}
	return false;
}
