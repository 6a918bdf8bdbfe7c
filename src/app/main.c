/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "command.h"
#include "completion.h"
#include "kmsfix/confine.h"
#include "mailbox.h"
#include "output.h"
#include "paths.h"
#include "run.h"

static int fail(const struct err *e)
{
	output_error(e);
	return STATUS_ERROR;
}

static int print(struct buf *b)
{
	struct err e;
	bool ok = output_write(NULL, buf_str(b), &e);
	buf_free(b);
	return ok ? STATUS_DONE : fail(&e);
}

static int say(void (*what)(struct buf *))
{
	struct buf b = { 0 };
	what(&b);
	return print(&b);
}

static int say_completion(str shell)
{
	struct buf b = { 0 };
	completion_print(&b, shell);
	return print(&b);
}

static void version(struct buf *out)
{
	buf_add(out, S("kmsfix " KMSFIX_VERSION "\n"));
}

/* From here on the run can do no more than the options ask for: push and sign run Git's helpers. */
static void confine_to(const struct options *o)
{
	const char *files[OUTPUTS_MAX + 2], *dirs[2];
	struct confinement c = { .writes = o->apply || o->write || o->script,
				 .files = files,
				 .dirs = dirs };
	if (o->push || o->sign)
		return;
	for (size_t i = 0; i < o->output_count; i++)
		if (o->outputs[i].file)
			files[c.n++] = o->outputs[i].file;
	if (o->save_evidence)
		files[c.n++] = o->save_evidence;
	if (o->update_baseline)
		files[c.n++] = o->baseline;
	if (o->requests)
		dirs[c.dir_count++] = o->requests;
	if (o->grants)
		dirs[c.dir_count++] = o->grants;
	confine(&c);
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
	if (!paths_check(&o, &e))
		return fail(&e);
	mailbox_make(&o);
	confine_to(&o);
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
