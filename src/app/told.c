/* SPDX-License-Identifier: MIT */
#include "told.h"

#include "kmsfix/facts.h"

bool told_read(struct config *config, const struct options *o, struct arena *a, struct err *e)
{
	const struct option_list *const lists[] = { &o->account_details, &o->key_answers };
	const char *paths[sizeof(lists) / sizeof(*lists) * OPTION_TIMES];
	size_t n = 0;
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		for (size_t k = 0; k < lists[i]->n; k++)
			paths[n++] = lists[i]->v[k];
	return !n || facts_read(&config->facts, paths, n, a, e);
}
