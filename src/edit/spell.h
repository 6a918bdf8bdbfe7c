/* SPDX-License-Identifier: MIT */
/*
 * spell - one canonical text as a string, or one bare reference, of a language. Each gives false
 * and a reason in *why when the language has no exact spelling for it there.
 */
#ifndef KMSFIX_EDIT_SPELL_H
#define KMSFIX_EDIT_SPELL_H

#include "kmsfix/buf.h"
#include "style.h"

/* A value, in the language of the style. */
bool spell_text(const struct style *st, str text, struct buf *out, const char **why);
/* The key of an object. */
bool spell_key(const struct style *st, str text, struct buf *out, const char **why);
/* `text` as a JSON string without its quotes. */
void spell_json_bytes(str text, struct buf *out);

#endif
