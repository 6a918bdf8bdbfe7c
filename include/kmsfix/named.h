/* SPDX-License-Identifier: MIT */
/* named - which key, policy or resource an entry of a configuration is about. */
#ifndef KMSFIX_NAMED_H
#define KMSFIX_NAMED_H

#include "kmsfix/config.h"
#include "kmsfix/model.h"

/* True when the configuration means the key: by its address in its unit, or in its own directory.
 * */
bool key_is_named(const struct key *k, const struct config_key_names *names);
/* The same for a policy. */
bool policy_is_named(const struct model *m, const struct policy *p, str dir, str name);
/* A resource as it is written, which is what messages say: one that is not understood is a
 * reference in parentheses, as no other is. */
str resource_written(struct arena *a, str text);
/* The entry is about that resource of a statement of the document: it is for the directory of its
 * unit, or for the one in which it is written. */
bool key_map_is_for(const struct model *m, const struct config_key_map *map,
		    const struct document *d, str text);

#endif
