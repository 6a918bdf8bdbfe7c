/* SPDX-License-Identifier: MIT */
/* interruption - what the logs say about a trail that stops logging the use of keys [10.7]. */
#ifndef FACTS_INTERRUPTION_H
#define FACTS_INTERRUPTION_H

#include "ledger.h"

/* Is it one of the events of CloudTrail itself that interruption_read() wants to see? */
bool interruption_wanted(str source, str name);
/* Notes what such an event does; a denied one does nothing. */
void interruption_read(struct ledger *l, const struct node *event, str name, int64_t time,
		       struct arena *a);
/* The same of a get-event-selectors answer. */
void interruption_selectors(struct ledger *l, const struct node *answer, struct arena *a);

#endif
