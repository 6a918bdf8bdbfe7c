/* SPDX-License-Identifier: MIT */
/* What --help prints. */
#include "kmsfix/options.h"

/* Column where the help texts start. */
#define HELP_COLUMN 25

void options_help(struct buf *out)
{
	buf_add(out,
		S("usage: kmsfix [options] [REPO]\n"
		  "       kmsfix account EXPORT... [--script DIR]\n"
		  "       kmsfix explain [CODE...] | kmsfix report --merge FILE...\n"
		  "Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to KMS key policies, in\n"
		  "the Git repository REPO (.). Without --apply and --write it prints a diff.\n"
		  "\n"));
	for (size_t i = 0; i < option_row_count; i++) {
		const struct option_row *row = &option_rows[i];
		size_t start = out->n;

		buf_add(out, S("  "));
		if (row->letter)
			buf_printf(out, "-%c, ", row->letter);
		buf_printf(out, "--%s", row->name);
		if (row->value)
			buf_printf(out, " %s", row->value);
		buf_fill(out, ' ', HELP_COLUMN - (out->n - start));
		buf_printf(out, "%s\n", row->help);
	}
	buf_add(out,
		S("\n"
		  "Exit status: 0 nothing to do, or done; 1 error; 2 a fix is available; 3 only\n"
		  "held findings are left to do; 4 committed, but not pushed; 5 --check "
		  "failed.\n"));
}
