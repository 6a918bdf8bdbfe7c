/* SPDX-License-Identifier: MIT */
/*
 * config_reader - reads a JSON value into structs by tables of members, and says exactly where a
 * value is not what was expected.
 */
#ifndef KMSFIX_IAC_CONFIG_READER_H
#define KMSFIX_IAC_CONFIG_READER_H

#include <cjson/cJSON.h>

#include "kmsfix/config.h"

struct config_reader {
	struct arena *arena;
	str path; /* of the file, for messages */
	struct err *err;
};

/* A value of the file and where it stands: a member of `up`, or an element when member is NULL. */
struct config_value {
	const cJSON *json;
	const struct config_value *up; /* NULL: this is the whole file */
	const char *member;
	size_t index;
};

typedef bool (*config_read_fn)(struct config_reader *r, const struct config_value *v, void *out);

enum config_need {
	CONFIG_OPTIONAL,
	CONFIG_REQUIRED,
	CONFIG_LIST, /* optional; a list, whose elements are all read into the same place */
};

struct config_member {
	const char *name;
	config_read_fn read;
	size_t offset; /* of what `read` fills, in the struct being read */
	enum config_need need;
};

struct config_table {
	const struct config_member *v;
	size_t n;
};

#define CONFIG_TABLE(members) ((struct config_table){ members, sizeof(members) / sizeof(*members) })

/* The whole text as one JSON value, to be freed with cJSON_Delete(); NULL with *r->err. */
cJSON *config_load(struct config_reader *r, str text);
/* Reports "<path>: <place of v>: <text>"; v NULL: the whole file. Returns false. */
bool config_fail(struct config_reader *r, const struct config_value *v, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* Reads an object: every member by its row, no other member, none twice, none required missing. */
bool config_object(struct config_reader *r, const struct config_value *v, struct config_table table,
		   void *out);
/* Reads a text that is not blank and holds no control characters into a str. */
bool config_text(struct config_reader *r, const struct config_value *v, void *out);

#endif
