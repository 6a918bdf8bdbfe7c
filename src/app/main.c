/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "command.h"
#include "completion.h"
#include "output.h"
#include "run.h"

static int fail(const struct err *e)
{
	output_error(e);
	return STATUS_ERROR;
}

static int say(void (*what)(struct buf *))
{
	struct buf b = { 0 };
	what(&b);
	bool ok = fwrite(b.p, 1, b.n, stdout) == b.n && fflush(stdout) == 0;
	buf_free(&b);
	return ok ? STATUS_DONE : STATUS_ERROR;
}

static int say_completion(str shell)
{
	struct buf b = { 0 };
	completion_print(&b, shell);
	bool ok = fwrite(b.p, 1, b.n, stdout) == b.n && fflush(stdout) == 0;
	buf_free(&b);
	return ok ? STATUS_DONE : STATUS_ERROR;
}

static void version(struct buf *out)
{
	buf_add(out, S("kmsfix " KMSFIX_VERSION "\n"));
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	struct err e = { 0 };
	enum status status = STATUS_DONE;
	if (!options_parse(&o, argc, argv, &e))
		return fail(&e);
	if (o.help)
		return say(options_help);
	if (o.version)
		return say(version);
	if (o.shell)
		return say_completion(str_from(o.shell));
	switch (o.command) {
	case COMMAND_FIX:
		return (o.check ? run_check : run)(&o, &status, &e) ? (int)status : fail(&e);
	case COMMAND_EXPLAIN:
		return command_explain(&o, &e) ? STATUS_DONE : fail(&e);
	case COMMAND_ACCOUNT:
		return command_account(&o, &status, &e) ? (int)status : fail(&e);
	case COMMAND_REPORT:
		return command_report(&o, &e) ? STATUS_DONE : fail(&e);
	}
	return STATUS_ERROR;
}
