/* SPDX-License-Identifier: MIT */
#include "stand_in.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void refuse(const struct call *c, const char *code, const char *why)
{
	fprintf(stderr, "\nAn error occurred (%s) when calling %s: %s\n", code, c->operation, why);
	exit(254);
}

void unusable(const char *why, const char *what)
{
	fprintf(stderr, "aws: error: %s: %s\n", why, what);
	exit(252);
}

char *read_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	size_t n;
	char *text;

	if (!f)
		unusable("cannot read", path);
	fseek(f, 0, SEEK_END);
	n = (size_t)ftell(f);
	rewind(f);
	text = calloc(1, n + 1);
	if (!text || fread(text, 1, n, f) != n)
		unusable("cannot read", path);
	fclose(f);
	return text;
}

static const char *raw_option(const struct call *c, const char *name)
{
	for (int i = 0; i < c->n; i++)
		if (!strcmp(c->options[i].name, name))
			return c->options[i].value;
	return NULL;
}

const char *option(const struct call *c, const char *name)
{
	const char *value = raw_option(c, name);

	return value && !strncmp(value, "file://", 7) ? read_text(value + 7) : value;
}

const char *need(const struct call *c, const char *name)
{
	const char *value = option(c, name);

	if (!value)
		unusable("a required argument is missing", name);
	return value;
}

bool has_flag(const struct call *c, const char *name)
{
	return raw_option(c, name) != NULL;
}

const char *text_of(const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	return text ? text : "";
}

cJSON *entity(const struct call *c, const char *list, const char *name)
{
	cJSON *item = cJSON_GetObjectItemCaseSensitive(cJSON_GetObjectItem(c->state, list), name);

	if (!item)
		refuse(c, "NoSuchEntity", name);
	return item;
}

/* ---- the state ---- */

static const char *in_state(const char *name)
{
	static char path[4][4096];
	static int next;
	const char *dir = getenv("STAND_IN");

	if (!dir)
		unusable("not set", "STAND_IN");
	next = (next + 1) % 4;
	snprintf(path[next], sizeof(path[next]), "%s/%s", dir, name);
	return path[next];
}

static void write_text(const char *path, const char *text, const char *mode)
{
	FILE *f = fopen(path, mode);

	if (!f || fputs(text, f) < 0 || fclose(f) != 0)
		unusable("cannot write", path);
}

void store(const cJSON *state)
{
	char *text = cJSON_Print(state), *access = access_text(state);

	write_text(in_state("state.json.new"), text, "wb");
	rename(in_state("state.json.new"), in_state("state.json"));
	write_text(in_state("access"), access, "ab");
	write_text(in_state("access"), "----\n", "ab");
	free(text);
	free(access);
}

/* ---- calls ---- */

static void parse(struct call *c, int argc, char **argv)
{
	c->service = argv[1];
	c->operation = argv[2];
	for (int i = 3; i < argc; i++) {
		char *equals = strchr(argv[i], '=');

		if (strncmp(argv[i], "--", 2) != 0 || c->n == MAX_OPTIONS)
			unusable("unknown options", argv[i]);
		c->options[c->n].name = argv[i] + 2;
		if (equals) {
			*equals = '\0';
			c->options[c->n].value = equals + 1;
		} else if (i + 1 < argc && strncmp(argv[i + 1], "--", 2) != 0) {
			c->options[c->n].value = argv[++i];
		} else {
			c->options[c->n].value = "";
		}
		c->n++;
	}
}

static cJSON *identity(struct call *c)
{
	cJSON *answer = cJSON_CreateObject();

	cJSON_AddStringToObject(answer, "Account", text_of(c->state, "account"));
	cJSON_AddStringToObject(answer, "Arn", text_of(c->state, "caller"));
	return answer;
}

static cJSON *dispatch(struct call *c)
{
	bool known = true;
	cJSON *answer = NULL;

	if (!strcmp(c->service, "iam"))
		answer = iam_call(c, &known);
	else if (!strcmp(c->service, "kms"))
		answer = kms_call(c, &known);
	else if (!strcmp(c->service, "accessanalyzer"))
		answer = analyzer_call(c, &known);
	else if (!strcmp(c->service, "sts") && !strcmp(c->operation, "get-caller-identity"))
		answer = identity(c);
	else
		known = false;
	if (!known)
		unusable("no such call", c->operation);
	return answer;
}

/* Whether this is the call that fails. */
static bool is_stopped(void)
{
	const char *stop = getenv("STAND_IN_STOP");
	int n = 0;
	FILE *f = fopen(in_state("calls"), "rb");
	char text[32];

	if (f) {
		n = fscanf(f, "%d", &n) == 1 ? n : 0;
		fclose(f);
	}
	n++;
	snprintf(text, sizeof(text), "%d", n);
	write_text(in_state("calls"), text, "wb");
	return stop && atoi(stop) == n;
}

static void stop(const struct call *c, const char *how)
{
	const char *victim = getenv("STAND_IN_VICTIM");

	if (!strcmp(how, "kill") && victim && atoi(victim) > 1)
		kill((pid_t)atoi(victim), SIGKILL);
	refuse(c, "ServiceUnavailable", how);
}

/* Calls that only read change nothing, so to be stopped at one is to be stopped before the next. */
static bool is_reading(const struct call *c)
{
	static const char *const verbs[] = { "get-", "list-", "validate-", "check-" };

	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (!strncmp(c->operation, verbs[i], strlen(verbs[i])))
			return true;
	return false;
}

static void run(struct call *c)
{
	const char *how = getenv("STAND_IN_HOW");
	bool stopped = !is_reading(c) && is_stopped();
	cJSON *answer;

	if (stopped && how && !strcmp(how, "before"))
		stop(c, how);
	answer = dispatch(c);
	if (c->changed)
		store(c->state);
	if (stopped)
		stop(c, how ? how : "after");
	if (answer) {
		char *text = cJSON_Print(answer);

		puts(text);
		free(text);
	}
	cJSON_Delete(answer);
}

int main(int argc, char **argv)
{
	struct call c = { 0 };
	char *text;

	if (argc < 3)
		unusable("usage", "aws SERVICE CALL");
	if (!strcmp(argv[1], "seed")) {
		seed(argv[2]);
		return 0;
	}
	text = read_text(in_state("state.json"));
	c.state = cJSON_Parse(text);
	free(text);
	if (!strcmp(argv[1], "export")) {
		export_to(c.state, argv[2]);
	} else {
		parse(&c, argc, argv);
		run(&c);
	}
	cJSON_Delete(c.state);
	return 0;
}
