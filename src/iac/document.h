/* SPDX-License-Identifier: MIT */
/*
 * document - policy texts to documents, for every front end: a front end evaluates nodes to values,
 * this reads the values as IAM policy documents. One text is one document however many policies
 * load it.
 */
#ifndef KMSFIX_IAC_DOCUMENT_H
#define KMSFIX_IAC_DOCUMENT_H

#include "kmsfix/model.h"

/* How a front end evaluates the nodes of a text, and where the text stands. */
struct reader {
	struct model *model;
	const struct scope *scope;
	str address;
	const struct file *file;
	const struct node *block; /* the block the text stands in */
	const void *instance;     /* tells apart known instances of one block; or NULL */
	struct which which;       /* the same in words */
	const struct strs *guards;
	const struct value *(*eval)(void *ctx, const struct node *n);
	/* True when a value that is not known is surely not the text; or NULL. */
	bool (*differs)(void *ctx, const struct value *v, str text);
	void *ctx;
};

/*
 * The document a policy argument evaluates to; never NULL. A text that is not understood gives a
 * document with an issue, and with one statement per statement-like object found in `written`, so
 * that a grant inside it is still a finding.
 */
struct document *document_read(const struct reader *r, const struct value *text,
			       const struct node *written);
/* The object that the text is an encoding of, or whatever else it may be; NULL: it is no JSON. */
const struct value *document_map(const struct reader *r, const struct value *text);
/* A new, empty document at `node`. */
struct document *document_new(const struct reader *r, const struct node *node);
/* document_site.c: where one more can be written, by what its list of statements, which the text
 * has at `written`, is worth. */
void document_find_site(const struct reader *r, struct document *d, const struct value *statements,
			const struct node *written);
/* When all are read: places that several texts share are not where one of them gets a statement,
 * but beside what that one has itself. */
void document_sites_apart(struct model *m);
/*
 * What one more statement stands beside: the list, or the whole of a choice or call that it is in.
 * To Terraform both lists of a choice must be of one type, as must what a call like distinct() is
 * given, and one more statement may not be of it. NULL beside a set, which is no list.
 */
const struct node *document_beside(const struct node *list);
/* Nowhere: the hold code, and why. */
void document_no_site(struct document *d, const char *code, const char *reason);
/* Appends a statement that stands at `node`. */
struct statement *document_add(const struct reader *r, struct document *d, const struct node *node);
/* Reads a value as the elements of Action, Resource, …; `negated` for the Not… form. */
void elements_read(struct model *m, struct elements *out, const struct value *v, bool negated);
/* The same for resources: of a text that is one of two, both, each under its guard. */
void resources_read(struct model *m, struct elements *out, const struct value *v, bool negated);
/* The same for actions, read in `scope`: also a target that is written in what is not known, or
 * that it speaks of, so that it is found. */
void actions_read(struct model *m, struct elements *out, const struct value *v, bool negated,
		  const struct scope *scope);
/* Adds each text in the node that is an action pattern with a target. */
void targets_read(struct model *m, struct elements *out, const struct node *n);
/* Adds principals of one type. */
void principals_read(struct model *m, struct statement *s, str type, const struct value *v,
		     bool negated);
/*
 * Takes over when the statement exists: `v` is the object it was read from. One that is there
 * while a
 * list is not empty, and grants to just what is in the list, is there whenever it grants anything.
 */
void statement_depends(struct arena *a, struct statement *s, const struct value *v);
/* It is there only at times: under the guard, or, when that is empty, nobody knows when. */
void statement_maybe(struct arena *a, struct statement *s, str guard);
/* Adds one condition entry; `v` holds its values. */
void condition_read(struct model *m, struct statement *s, str op, str key, const struct value *v);
/* Adds a statement with the issue for each statement-like object below `n` that names a target
 * [11.10]. */
void document_scan(const struct reader *r, struct document *d, const struct node *n,
		   struct issue issue);
/* The same for what no statement of the model reads; *d is a new document, or NULL when there is
 * nothing. To be called after statements_index(). */
void document_scan_unread(const struct reader *r, struct document **d, const struct node *n,
			  struct issue issue);
/* True for a pair of `{ a = …, b = … }[key]` that has another key than that, which is known. */
bool reader_passes_over(const struct reader *r, const struct node *pair);
/* Visits the parts of the expression that are not passed over, the largest ones. */
void reader_each_own(const struct reader *r, const struct node *n,
		     void (*visit)(const struct reader *r, const struct node *n, void *ctx),
		     void *ctx);
/* Notes which actions the statements so far read. */
void statements_index(struct model *m);
/* Tells statements of which as little is known apart, once all is known of them that will be. */
void statements_tell_apart(struct model *m);
/* The issue of a text that an expression computes. */
struct issue issue_dynamic(const char *reason);
/* A value for JSON that is plain text: no templates in its strings. */
const struct value *json_value(struct model *m, const struct node *n);
/* Makes the document effective in the policy. */
void policy_use(struct model *m, struct policy *p, struct document *d);
/* Makes one statement effective in the policy, or takes it out again (a later one has its Sid). */
void policy_add_statement(struct model *m, struct policy *p, struct statement *s);

#endif
