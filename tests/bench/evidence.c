/* SPDX-License-Identifier: MIT */
/*
 * evidence FORMAT EVENTS KMS_PERCENT FILE: writes generated events, reads them back, compares the
 * result with what was generated, and says how fast it was. See bench_evidence.sh.
 */
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "../evidence_gen.h"
#include "kmsfix/arena.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int measure(const struct gen *g, const char *path)
{
	struct arena *a = arena_create();
	const struct evidence *ev;
	const char *difference;
	struct rusage usage;
	struct stat st = { 0 };
	struct err e;
	double start = now(), seconds;

	if (!evidence_read(&ev, &path, 1, NULL, a, &e)) {
		fprintf(stderr, "%s\n", e.msg);
		return 1;
	}
	seconds = now() - start;
	difference = g ? gen_difference(g, ev) : NULL;
	stat(path, &st);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s: %.0f MB, %llu events, %llu calls: %.0f MB/s, %.2f s, %ld MB memory: %s\n", path,
	       (double)st.st_size / 1e6, (unsigned long long)ev->totals.events,
	       (unsigned long long)ev->totals.calls, (double)st.st_size / 1e6 / seconds, seconds,
	       usage.ru_maxrss / 1024,
	       difference ? difference :
	       g          ? "exact" :
			    "read");
	arena_destroy(a);
	return difference != NULL;
}

int main(int argc, char **argv)
{
	static struct gen g;
	enum gen_format format = GEN_RECORDS;
	FILE *out;

	if (argc == 2)
		return measure(NULL, argv[1]);
	if (argc != 5)
		return 2;
	while (format < GEN_FORMATS &&
	       !str_eq(str_from(gen_format_name(format)), str_from(argv[1])))
		format++;
	out = format < GEN_FORMATS ? fopen(argv[4], "wb") : NULL;
	if (!out)
		return 2;
	gen_start(&g, 1, (unsigned)atoi(argv[3]));
	gen_write(&g, format, (size_t)atoll(argv[2]), out);
	if (fclose(out))
		return 2;
	return measure(&g, argv[4]);
}
