/* SPDX-License-Identifier: MIT */
/*
 * text - canonical text: literal bytes, with each reference that has no literal value embedded as
 * REF_OPEN <source> REF_CLOSE, e.g. \x01data.aws_caller_identity.current.account_id\x02. The source
 * may begin with the id of the scope whose names it uses and REF_SCOPE.
 *
 * The functions of this layer treat a reference as an opaque, unknown, non-empty text that holds no
 * ':' and equals only itself; a ':' inside the marks never splits. A REF_OPEN without its REF_CLOSE
 * reaches to the end of the text.
 */
#ifndef KMSFIX_TEXT_H
#define KMSFIX_TEXT_H

#include "kmsfix/str.h"

#define REF_OPEN '\x01'
#define REF_CLOSE '\x02'
#define REF_SCOPE '\x03'

/* One reference as canonical text. */
str ref_text(struct arena *a, str source);
/* True when the whole text is one reference; *source (may be NULL) gets what is inside. */
bool text_is_ref(str text, str *source);
/* A source of `scope` (its id) as canonical text. */
str ref_in_scope(struct arena *a, str scope, str source);
/* Takes the scope off a reference's source; empty when it names none. */
str ref_scope(str source, str *local);
/* The text with every reference as it is written in its own scope. */
str text_unscoped(struct arena *a, str text);
/* The text for a sentence: references by their bare source. */
str text_readable(struct arena *a, str text);
/* The same as code has it: "arn:${data.x.y}:…". */
str text_written(struct arena *a, str text);
/* True when the text holds no reference. */
bool text_is_literal(str text);
/* A reader of parts: returns false at the end; *ref tells whether *part is a reference's source. */
bool text_next(str *rest, str *part, bool *ref);
/* Offset of the first `c` at or after `from` outside references; SIZE_MAX when there is none. */
size_t text_find(str text, char c, size_t from);
/* What follows the last '/' outside references; all of it when there is none. */
str text_base(str text);
/* Offset just after the reference that starts at `at`. */
size_t text_ref_end(str text, size_t at);
/*
 * True when the text holds a policy variable, as IAM reads it: "${". The escapes ${*}, ${?} and
 * ${$} count too, because they also change meaning with the document's Version [5.6].
 */
bool text_has_variable(str text);

/* In a template the source of a reference may be this and the name of an export. */
#define TEXT_IMPORT "Fn::ImportValue "

#endif
