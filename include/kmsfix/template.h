/* SPDX-License-Identifier: MIT */
/*
 * template - the shape of the key-policy statements we write: a JSON object whose members, in their
 * order, are those of the statement, with placeholders for what differs between statements:
 *
 *	{"Sid": "{{sid}}", "Effect": "Allow", "Principal": {"AWS": "{{principals}}"},
 *	 "Action": "{{actions}}", "Resource": "*", "Condition": "{{conditions}}"}
 *
 * Sid	letters and digits around one {{sid}} (what sid_make() gives) or {{id}} (its 8 hex digits)
 * Action	"{{actions}}", or a list of the only actions that this template grants
 *
 * All six members are required and nothing else may be in it, so no template can grant more than
 * the permission that moves: no other principal or action, no narrower or missing condition.
 */
#ifndef KMSFIX_TEMPLATE_H
#define KMSFIX_TEMPLATE_H

#include "kmsfix/err.h"
#include "kmsfix/shape.h"
#include "kmsfix/strs.h"

#define TEMPLATE_DEFAULT "exact"
#define TEMPLATE_MAX_SIZE ((size_t)64 * 1024)
#define TEMPLATE_MEMBERS 6

struct template
{
	str name;
	str members[TEMPLATE_MEMBERS]; /* names, in the order in which they are written */
	str sid;                       /* with its placeholder */
	unsigned targets; /* the TARGET_ bits it can grant; never 0. All others: hold TEMPLATE */
};

/*
 * Reads the template in `text`; `name` is used in messages. Everything is copied into `a`. False
 * with *e (ERR_CONFIG) when anything is not as described above.
 */
bool template_parse(struct template *out, str text, str name, struct arena *a, struct err *e);
/*
 * The template called `name`: one built in, or, where `name` holds a '/' or ends in ".json", the
 * file at that path. False with *e: ERR_CONFIG, or ERR_IO when the file cannot be read.
 */
bool template_load(struct template *out, str name, struct arena *a, struct err *e);

/* The Sid that a statement gets; `sid` is from sid_make(). Letters and digits only. */
str template_sid(const struct template *t, str sid, struct arena *a);
/* True when template_sid() may have made `sid`. */
bool template_sid_is_ours(const struct template *t, str sid);
/*
 * The statement that grants `targets` (not 0, all of them in t->targets) to `principals` (canonical
 * texts, at least one). A single action or principal is a text, several are a list in the given
 * order (actions: Decrypt, ReEncryptFrom, ReEncryptTo). `sid` is written as it is: it comes from
 * template_sid(). Without `conditions` (NULL) there is no Condition member.
 */
struct shape *template_render(const struct template *t, unsigned targets, str sid,
			      const struct strs *principals, struct shape *conditions,
			      struct arena *a);

#endif
