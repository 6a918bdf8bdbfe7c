/* SPDX-License-Identifier: MIT */
#include "bystander.h"

/* What no edit touched is the same bytes. */
bool bystander_differs(const struct file *x, const struct file *y)
{
	return !x || !y || x->text.p != y->text.p || x->text.n != y->text.n;
}

/* An account on its own is no code, and has nothing but policies. */
str bystander_changed(const struct model *before, const struct model *after, struct arena *a)
{
	str found = S("");
	if (before->terraform && after->terraform)
		found = tf_bystander(before, after, a);
	if (!found.n && before->cloudformation && after->cloudformation)
		found = cfn_bystander(before, after, a);
	return found;
}
