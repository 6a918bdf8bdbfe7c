/* SPDX-License-Identifier: MIT */
#include "evidence_gen.h"

#include <inttypes.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

enum who { WHO_PRINCIPAL, WHO_SERVICE, WHO_NO_SESSION, WHO_ACCOUNT, WHO_ROOT };

/* One event, before it is written in some format. */
struct happening {
	const char *source, *name, *error, *service;
	enum who who;
	size_t principal, from, to;
	unsigned context; /* how many keys of the encryption context; 0: none */
	int64_t time;
	uint64_t shared;
	bool no_key;
	unsigned noise;
};

static uint64_t next(struct gen *g)
{
	g->state += UINT64_C(0x9e3779b97f4a7c15);
	uint64_t z = g->state;
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static size_t below(struct gen *g, size_t n)
{
	return (size_t)(next(g) % n);
}

static bool chance(struct gen *g, unsigned percent)
{
	return below(g, 100) < percent;
}

void gen_start(struct gen *g, uint64_t seed, unsigned kms_percent)
{
	memset(g, 0, sizeof(*g));
	g->state = seed;
	g->kms_percent = kms_percent;
	g->start = INT64_C(1735689600); /* 2025-01-01 */
}

const char *gen_format_name(enum gen_format format)
{
	static const char *const names[] = {
		[GEN_RECORDS] = "records.json", [GEN_PRETTY] = "pretty.json",
		[GEN_LINES] = "lines.jsonl",    [GEN_LOOKUP] = "lookup.json",
		[GEN_STRUCTS] = "structs.csv",  [GEN_CSV_JSON] = "json.csv",
	};

	return names[format];
}

void gen_principal(size_t i, char out[128])
{
	if (i >= GEN_ROLES)
		snprintf(out, 128, "arn:aws:iam::111122223333:user/people/person-%zu", i);
	else if (i % 3)
		snprintf(out, 128, "arn:aws:iam::111122223333:role/role-%zu", i);
	else
		snprintf(out, 128, "arn:aws:iam::111122223333:role/service-role/app=%zu,x@y", i);
}

void gen_key(size_t i, char out[128])
{
	if (i % 5)
		snprintf(out, 128,
			 "arn:aws:kms:eu-west-1:111122223333:key/"
			 "00000000-1111-2222-3333-%012zu",
			 i);
	else
		snprintf(out, 128, "arn:aws:kms:us-east-1:444455556666:key/mrk-%032zu", i);
}

static void count_use(struct gen *g, const struct happening *h, size_t key, size_t action)
{
	struct gen_count *c = &g->counts[h->principal][key][action];

	if (!c->count || h->time < c->first)
		c->first = h->time;
	if (!c->count || h->time > c->last)
		c->last = h->time;
	c->count++;
	c->direct += !h->service;
	c->without_context += !h->context;
}

/* What a reader must make of it. */
static void count(struct gen *g, const struct happening *h)
{
	bool decrypt = !strcmp(h->name, "Decrypt"), reencrypt = !strcmp(h->name, "ReEncrypt");
	struct evidence_totals *t = &g->totals;

	t->events++;
	t->kms += !strcmp(h->source, "kms.amazonaws.com");
	if (strcmp(h->source, "kms.amazonaws.com") || (!decrypt && !reencrypt))
		return;
	t->calls++;
	if (h->error) {
		t->denied++;
	} else if (h->who == WHO_SERVICE) {
		t->service++;
	} else if (h->who == WHO_NO_SESSION) {
		t->no_session++;
	} else if (h->who == WHO_ACCOUNT) {
		t->other_account++;
	} else if (h->who == WHO_ROOT) {
		t->other_principal++;
	} else if (h->no_key) {
		t->no_key++;
	} else {
		t->counted++;
		count_use(g, h, h->from, decrypt ? 0 : 1);
		if (reencrypt)
			count_use(g, h, h->to, 2);
	}
}

static void happen_kms(struct gen *g, struct happening *h)
{
	static const enum who others[] = { WHO_SERVICE, WHO_NO_SESSION, WHO_ACCOUNT, WHO_ROOT };

	h->source = "kms.amazonaws.com";
	h->name = chance(g, 60) ? "Decrypt" : chance(g, 50) ? "ReEncrypt" : "GenerateDataKey";
	h->principal = below(g, GEN_PRINCIPALS);
	h->from = below(g, GEN_KEYS);
	h->to = below(g, GEN_KEYS);
	h->error = chance(g, 10) ? "AccessDenied" : NULL;
	if (chance(g, 15))
		h->who = others[below(g, COUNT(others))];
	h->service = chance(g, 30) ? "s3.amazonaws.com" : NULL;
	h->context = (unsigned)below(g, 3);
	h->no_key = chance(g, 3);
	h->shared = chance(g, 10) ? next(g) | 1 : 0;
}

static struct happening happen(struct gen *g)
{
	static const char *const sources[] = { "s3.amazonaws.com", "ec2.amazonaws.com",
					       "sts.amazonaws.com", "iam.amazonaws.com" };
	static const char *const names[] = { "GetObject", "DescribeInstances", "AssumeRole",
					     "Decrypt" };
	struct happening h = { .noise = (unsigned)below(g, 6) };

	h.time = g->start + (int64_t)below(g, GEN_DAYS * 86400);
	if (chance(g, g->kms_percent)) {
		happen_kms(g, &h);
	} else {
		h.source = sources[below(g, COUNT(sources))];
		h.name = names[below(g, COUNT(names))];
		h.principal = below(g, GEN_PRINCIPALS);
	}
	return h;
}

/* ---- pieces of an event ---- */

/* Compact JSON; `out` is larger than any event. */
struct text {
	char p[8192];
	size_t n;
};

static void add(struct text *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->n += (size_t)vsnprintf(t->p + t->n, sizeof(t->p) - t->n, fmt, ap);
	va_end(ap);
}

/* What a careless reader trips over. */
static const char *const noise[] = {
	"null",
	"{\"note\":\"} ] \\\\\\\" , {\",\"path\":\"C:\\\\\\\\\"}",
	"{\"eventSource\":\"kms.amazonaws.com\",\"eventName\":\"Decrypt\"}",
	"{\"policy\":\"{\\\"Action\\\":\\\"kms:Decrypt\\\",\\\"Service\\\":\\\"kms.amazonaws."
	"com\\\"}\"}",
	"{\"text\":\"\\u007b\\u0022 \xc3\xa9 "
	"\xf0\x9f\x94\x91\",\"list\":[[[{}]],\"]\",-1.5e+3,true]}",
	"{\"bucketName\":\"data\",\"Host\":\"data.s3.eu-west-1.amazonaws.com\",\"key\":\"a/b/c/d/e/"
	"f\"}",
};

static void add_identity(struct text *t, const struct happening *h)
{
	char arn[128];

	gen_principal(h->principal, arn);
	if (h->who == WHO_SERVICE) {
		add(t, "{\"type\":\"AWSService\",\"invokedBy\":\"rds.amazonaws.com\"}");
	} else if (h->who == WHO_ACCOUNT) {
		add(t, "{\"type\":\"AWSAccount\",\"principalId\":\"AROA:x\",\"accountId\":\"9\"}");
	} else if (h->who == WHO_ROOT) {
		add(t, "{\"type\":\"Root\",\"arn\":\"arn:aws:iam::111122223333:root\"}");
	} else if (h->principal >= GEN_ROLES && h->who == WHO_PRINCIPAL) {
		add(t, "{\"type\":\"IAMUser\",\"principalId\":\"AIDA\",\"arn\":\"%s\"", arn);
		add(t, h->service ? ",\"invokedBy\":\"%s\"}" : "}", h->service);
	} else {
		add(t,
		    "{\"type\":\"AssumedRole\",\"principalId\":\"AROA:s\",\"arn\":\"arn:aws:sts::"
		    "111122223333:assumed-role/r/s\",\"accountId\":\"111122223333\"");
		if (h->who == WHO_PRINCIPAL)
			add(t,
			    ",\"sessionContext\":{\"sessionIssuer\":{\"type\":\"Role\","
			    "\"principalId\":\"AROA\",\"arn\":\"%s\",\"accountId\":"
			    "\"111122223333\"},\"attributes\":{\"creationDate\":"
			    "\"2025-01-01T00:00:00Z\",\"mfaAuthenticated\":\"false\"}}",
			    arn);
		add(t, h->service ? ",\"invokedBy\":\"%s\"}" : "}", h->service);
	}
}

static void add_context(struct text *t, const char *name, unsigned n)
{
	if (n)
		add(t, ",\"%s\":{\"aws:s3:arn\":\"arn:aws:s3:::b\"%s}", name,
		    n > 1 ? ",\"team\":\"a, b\"" : "");
}

static void add_parameters(struct text *t, const struct happening *h)
{
	if (!strcmp(h->name, "Decrypt") && !strcmp(h->source, "kms.amazonaws.com")) {
		add(t, "{\"encryptionAlgorithm\":\"SYMMETRIC_DEFAULT\"");
		add_context(t, "encryptionContext", h->context);
		add(t, "}");
	} else if (!strcmp(h->name, "ReEncrypt")) {
		add(t, "{\"destinationKeyId\":\"alias/x\"");
		add_context(t, "sourceEncryptionContext", h->context);
		add_context(t, "destinationEncryptionContext", h->context);
		add(t, "}");
	} else {
		add(t, "%s", noise[h->noise]);
	}
}

static void add_resources(struct text *t, const struct happening *h)
{
	char from[128], to[128];

	gen_key(h->from, from);
	gen_key(h->to, to);
	if (h->no_key || strcmp(h->source, "kms.amazonaws.com"))
		add(t, "[]");
	else if (strcmp(h->name, "ReEncrypt"))
		add(t,
		    "[{\"accountId\":\"111122223333\",\"type\":\"AWS::KMS::Key\",\"ARN\":\"%s\"}]",
		    from);
	else
		add(t,
		    "[{\"ARN\":\"%s\",\"accountId\":\"111122223333\"},{\"ARN\":\"%s\","
		    "\"accountId\":\"444455556666\",\"type\":\"AWS::KMS::Key\"}]",
		    from, to);
}

static void add_event(struct text *t, const struct happening *h)
{
	char when[21];

	evidence_time_text(h->time, when);
	add(t, "{\"eventVersion\":\"1.11\",\"userIdentity\":");
	add_identity(t, h);
	add(t, ",\"eventTime\":\"%s\",\"eventSource\":\"%s\",\"eventName\":\"%s\",", when,
	    h->source, h->name);
	add(t,
	    "\"awsRegion\":\"eu-west-1\",\"sourceIPAddress\":\"%s\",\"userAgent\":\"aws-sdk-java/"
	    "1.12.400 Linux/5.10 OpenJDK_64-Bit_Server_VM/17 \\\"x\\\"\",",
	    h->service ? h->service : "192.0.2.7");
	if (h->error)
		add(t, "\"errorCode\":\"%s\",\"errorMessage\":\"not \\\"allowed\\\"\",", h->error);
	add(t, "\"requestParameters\":");
	add_parameters(t, h);
	add(t, ",\"responseElements\":null,\"requestID\":\"5e0f0c1a-0000-4000-8000-000000000000\","
	       "\"eventID\":\"6f1e1d2b-0000-4000-8000-000000000000\",\"readOnly\":true,"
	       "\"resources\":");
	add_resources(t, h);
	add(t, ",\"eventType\":\"AwsApiCall\",\"managementEvent\":true,\"recipientAccountId\":"
	       "\"111122223333\"");
	if (h->shared)
		add(t, ",\"sharedEventID\":\"%016" PRIx64 "-shared\"", h->shared);
	add(t, ",\"eventCategory\":\"Management\",\"tlsDetails\":{\"tlsVersion\":\"TLSv1.3\","
	       "\"cipherSuite\":\"TLS_AES_128_GCM_SHA256\"}}");
}

/* ---- formats ---- */

static void write_pretty(const struct text *t, FILE *out)
{
	bool quoted = false;
	int depth = 2;

	for (size_t i = 0; i < t->n; i++) {
		char c = t->p[i];

		if (quoted && c == '\\')
			fputc(t->p[i++], out);
		else if (c == '"')
			quoted = !quoted;
		depth += !quoted && (c == '{' || c == '[');
		if (!quoted && (c == '}' || c == ']'))
			fprintf(out, "\r\n%*s", 2 * --depth, "");
		fputc(t->p[i], out);
		if (!quoted && (c == '{' || c == '[' || c == ','))
			fprintf(out, "\r\n%*s", 2 * depth, "");
		else if (!quoted && c == ':')
			fputc(' ', out);
	}
}

static void write_escaped(const struct text *t, FILE *out)
{
	for (size_t i = 0; i < t->n; i++) {
		if (t->p[i] == '"' || t->p[i] == '\\')
			fputc('\\', out);
		fputc(t->p[i], out);
	}
}

static void write_field(const struct text *t, FILE *out)
{
	fputc('"', out);
	for (size_t i = 0; i < t->n; i++) {
		if (t->p[i] == '"')
			fputc('"', out);
		fputc(t->p[i], out);
	}
	fputc('"', out);
}

/* `{"a":"b","c":{"d":"e"}}` as `{a=b, c={d=e}}`, names in lower case. */
static void to_struct(struct text *t)
{
	struct text from = *t;
	bool quoted = false, name = false;

	t->n = 0;
	for (size_t i = 0; i < from.n; i++) {
		char c = from.p[i];

		if (c == '"') {
			quoted = !quoted;
			if (quoted)
				name = from.p[i - 1] == '{' || from.p[i - 1] == ',';
		} else if (quoted && name && c >= 'A' && c <= 'Z') {
			t->p[t->n++] = (char)(c + ('a' - 'A'));
		} else if (!quoted && c == ':') {
			t->p[t->n++] = '=';
		} else {
			t->p[t->n++] = c;
			if (!quoted && c == ',')
				t->p[t->n++] = ' ';
		}
	}
}

static void write_row(const struct happening *h, bool structs, FILE *out)
{
	struct text identity = { .n = 0 }, parameters = { .n = 0 }, resources = { .n = 0 };
	char when[21];

	add_identity(&identity, h);
	add_parameters(&parameters, h);
	add_resources(&resources, h);
	if (structs) {
		to_struct(&identity);
		to_struct(&resources);
	}
	evidence_time_text(h->time, when);
	fprintf(out, "\"%s\",\"%s\",\"%s\",", when, h->source, h->name);
	write_field(&identity, out);
	fprintf(out, ",\"%s\",", h->service ? h->service : "192.0.2.7");
	if (h->error)
		fprintf(out, "\"%s\"", h->error);
	fputc(',', out);
	write_field(&resources, out);
	fputc(',', out);
	write_field(&parameters, out);
	if (h->shared)
		fprintf(out, ",\"%016" PRIx64 "-shared\"\n", h->shared);
	else
		fprintf(out, ",\n");
}

static const struct {
	const char *head, *between, *tail;
} frames[] = {
	[GEN_RECORDS] = { "{\"Records\":[", ",", "]}" },
	[GEN_PRETTY] = { "{\r\n  \"Records\": [\r\n    ", ",\r\n    ", "\r\n  ]\r\n}\r\n" },
	[GEN_LINES] = { "", "\n", "\n" },
	[GEN_LOOKUP] = { "{\n  \"Events\": [\n    ", ",\n    ",
			 "\n  ],\n  \"NextToken\": \"x\"\n}\n" },
	[GEN_STRUCTS] = { "\"eventtime\",\"eventsource\",\"eventname\",\"useridentity\","
			  "\"sourceipaddress\",\"errorcode\",\"resources\",\"requestparameters\","
			  "\"sharedeventid\"\n",
			  "", "" },
	[GEN_CSV_JSON] = { "eventTime,eventSource,eventName,userIdentity,sourceIPAddress,errorCode,"
			   "resources,requestParameters,sharedEventID\r\n",
			   "", "" },
};

static void write_one(const struct happening *h, enum gen_format format, FILE *out)
{
	struct text t = { .n = 0 };

	if (format == GEN_STRUCTS || format == GEN_CSV_JSON) {
		write_row(h, format == GEN_STRUCTS, out);
		return;
	}
	add_event(&t, h);
	if (format == GEN_PRETTY) {
		write_pretty(&t, out);
	} else if (format == GEN_LOOKUP) {
		fprintf(out,
			"{\"EventId\": \"6f1e\", \"EventName\": \"%s\", \"EventTime\": "
			"1735689600.0, \"Resources\": [], \"CloudTrailEvent\": \"",
			h->name);
		write_escaped(&t, out);
		fputs("\"}", out);
	} else {
		fwrite(t.p, 1, t.n, out);
	}
}

void gen_write(struct gen *g, enum gen_format format, size_t events, FILE *out)
{
	fputs(frames[format].head, out);
	for (size_t i = 0; i < events; i++) {
		struct happening h = happen(g);
		struct evidence_totals before = g->totals;

		if (i)
			fputs(frames[format].between, out);
		write_one(&h, format, out);
		count(g, &h);
		if (!h.shared)
			continue;
		fputs(frames[format].between, out);
		write_one(&h, format, out);
		g->totals.events++;
		g->totals.kms++;
		g->totals.calls += g->totals.calls - before.calls;
		g->totals.copies += g->totals.counted - before.counted;
		g->totals.denied += g->totals.denied - before.denied;
		g->totals.service += g->totals.service - before.service;
		g->totals.no_session += g->totals.no_session - before.no_session;
		g->totals.other_account += g->totals.other_account - before.other_account;
		g->totals.other_principal += g->totals.other_principal - before.other_principal;
		g->totals.no_key += g->totals.no_key - before.no_key;
	}
	fputs(frames[format].tail, out);
}
