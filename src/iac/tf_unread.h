/* SPDX-License-Identifier: MIT */
/* tf_unread - what is written in Terraform and not read there: statements, and templates. */
#ifndef KMSFIX_IAC_TF_UNREAD_H
#define KMSFIX_IAC_TF_UNREAD_H

#include "tf.h"

/* Adds as findings what module calls are given and nobody was seen to read. */
void tf_unread(struct tf_module *mod);
/* The same for what one expression says. */
void tf_scan_unread(struct tf_block *b, const struct node *expr, struct issue issue);
/* The same for the templates of CloudFormation that are written in the module. */
void tf_template_bodies(struct tf_module *mod);
/* Notes which files are no templates before they are filled in. */
void tf_filled_files(struct tf_module *mod);
bool tf_fills_in(const struct tf_state *s, str path);

#endif
