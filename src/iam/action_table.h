/* SPDX-License-Identifier: MIT */
/* action_table - every IAM action of KMS that is known today. */
#ifndef KMSFIX_IAM_ACTION_TABLE_H
#define KMSFIX_IAM_ACTION_TABLE_H

#include <stddef.h>

/* Names without "kms:", sorted. */
extern const char *const action_table[];
extern const size_t action_table_size;

#endif
