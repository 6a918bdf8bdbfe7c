/* SPDX-License-Identifier: MIT */
#include "kmsfix/suggest.h"

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t suggest_edits(str a, str b)
{
	size_t row[SUGGEST_KNOWN_MAX + 1];

	if (b.n > SUGGEST_KNOWN_MAX)
		return SUGGEST_NONE;
	for (size_t j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.n; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.n; j++) {
			size_t above = row[j];
			size_t change = diagonal + (a.p[i - 1] != b.p[j - 1]);

			row[j] = least(change, least(above, row[j - 1]) + 1);
			diagonal = above;
		}
	}
	return row[b.n];
}

size_t suggest_distance(str word, str known)
{
	size_t distance;

	if (word.n > SUGGEST_MAX || known.n > SUGGEST_MAX)
		return SUGGEST_NONE;
	/* A word cut short is nearer than any other. */
	if (word.n && str_starts(known, word))
		return 0;
	distance = suggest_edits(word, known);
	return distance < word.n / 3 + 2 ? distance : SUGGEST_NONE;
}

bool nearest_try(struct nearest *n, str known)
{
	size_t distance = suggest_distance(n->word, known);

	if (distance >= n->distance)
		return false;
	n->best = known;
	n->distance = distance;
	return true;
}
