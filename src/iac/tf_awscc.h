/* SPDX-License-Identifier: MIT */
/* tf_awscc - resources of the provider awscc, read as those of aws. */
#ifndef KMSFIX_IAC_TF_AWSCC_H
#define KMSFIX_IAC_TF_AWSCC_H

#include "tf.h"

/* The kind of a resource of the provider aws that is the same thing; else its own. */
str tf_aws_kind(str kind);
/* True for a resource of the provider awscc. */
bool tf_is_awscc(const struct tf_declared *b);
/* What its attribute is called in aws. */
str tf_aws_attribute(const struct tf_declared *b, str attr);
/* Gives the arguments of such resources in the tree the names that they have in aws. */
void tf_as_aws(struct tree *tree, struct arena *a);

#endif
