/* SPDX-License-Identifier: MIT */
/*
 * evidence - who really used kms:Decrypt and kms:ReEncrypt* on which key, out of CloudTrail [10].
 *
 * Reads, told apart by content and never by name: log files as delivered to S3 and the console's
 * JSON download ({"Records": [...]}), `aws cloudtrail lookup-events` answers (the event is a JSON
 * string in CloudTrailEvent), JSON lines and any other sequence or array of events, the CSV of an
 * Athena or CloudTrail Lake query, answers of `aws cloudtrail get-event-selectors` (for what a
 * trail leaves out), and the summaries that evidence_write() makes. Each plain or gzip. Other JSON
 * documents, such as digest files, are counted and left.
 *
 * Everything is streamed: memory depends on the number of different (principal, key, action), not
 * on the size of the logs. Input that is not what it should be ends the run with path:line:column
 * (lines end at LF, columns are bytes; of a gzip file: of the text inside) and there is no result.
 *
 * What counts as a use: an event of kms.amazonaws.com named Decrypt or ReEncrypt without an
 * errorCode [10.5], made by a role session (counted for the role, with its path [10.4]), an IAM
 * user, or a federated session of a user (counted for the user). A ReEncrypt is a use of the first
 * key of `resources` as source and of the second as destination [10.2]. Of the copies that the
 * accounts of a cross-account call log under one sharedEventID, one counts [10.6].
 *
 * No events is never proof that nobody uses a key: logs may be missing (gaps, kms_gaps), and trails
 * may be told to leave KMS out (interruptions) [10.7].
 */
#ifndef KMSFIX_EVIDENCE_H
#define KMSFIX_EVIDENCE_H

#include "kmsfix/action.h"
#include "kmsfix/buf.h"
#include "kmsfix/err.h"

/* More different uses than this are an error. Each takes less than 1 KB: 500 MB at the limit. */
#define EVIDENCE_MAX_USES 500000
/* Of more principals than this, unclear calls are nobody's. */
#define EVIDENCE_MAX_UNCLEAR 1000
/* The longest event, and CSV record, in bytes; CloudTrail's own limit is 1 MiB. */
#define EVIDENCE_MAX_EVENT (4u << 20)
/* Services and context keys remembered for each use. */
#define EVIDENCE_MAX_NAMES 16
/* Remembered ids of cross-account calls; of more, the copies are not found. */
#define EVIDENCE_MAX_SHARED (1u << 20)
/* Remembered interruptions; more are only counted. */
#define EVIDENCE_MAX_INTERRUPTIONS 1000

/* A set of names, sorted; `more`: there were others, too many or too long to keep. */
struct evidence_names {
	struct strs list;
	bool more;
};

/* One principal used one key for one action. */
struct evidence_use {
	str principal; /* ARN of a role, with its path, or of a user */
	str key;       /* ARN of the key, literal: letters, digits and '-' in every part */
	enum target action;
	uint64_t count;
	int64_t first, last; /* seconds since 1970, UTC */
	/*
	 * Services that made the call for the principal (invokedBy, or a service's name as the
	 * source address), as logged: "s3.amazonaws.com" where kms:ViaService has
	 * "s3.eu-west-1.amazonaws.com"; "AWS Internal" too.
	 */
	struct evidence_names services;
	uint64_t direct;               /* uses without such a service */
	struct evidence_names context; /* keys of the encryption context of this side of the call */
	uint64_t without_context;      /* uses without any, or whose context was not logged */
};

/*
 * Calls of one principal that are no use of any key, because the logs do not name the key, or not
 * the whole principal: a role by its session only, "arn:aws:sts::111122223333:assumed-role/app".
 * Empty: nothing tells whose they are.
 */
struct evidence_unclear {
	str principal;
	unsigned actions; /* enum target */
	uint64_t count;
	int64_t first, last;
};

/* What the logs say of one principal. */
struct evidence_record {
	struct {
		const struct evidence_use **v;
		size_t n, cap;
	} uses;
	struct {
		const struct evidence_unclear **v;
		size_t n, cap;
	} unclear;
};

struct evidence_day {
	int32_t day;     /* since 1970-01-01, UTC */
	uint64_t events; /* of any service */
	uint64_t kms;    /* of KMS, of any name */
	uint64_t uses;
};

struct evidence_gap {
	int32_t first, last; /* days, both included */
};

enum evidence_interruption_kind {
	EVIDENCE_KMS_EXCLUDED, /* the trail leaves out KMS, or all but write-only events */
	EVIDENCE_STOPPED,      /* StopLogging */
	EVIDENCE_DELETED,      /* DeleteTrail */
};

/* What the logs themselves say about logs that are missing. */
struct evidence_interruption {
	enum evidence_interruption_kind kind;
	str trail;    /* name or ARN; may be empty */
	int64_t time; /* of the event; 0 from a get-event-selectors answer: it is so now */
};

/* What became of everything that was read. */
struct evidence_totals {
	uint64_t files, bytes; /* bytes as on disk; a summary adds those it was made from */
	uint64_t events;       /* of any service */
	uint64_t kms;          /* of KMS, of any name */
	uint64_t calls;        /* Decrypt and ReEncrypt: those that count, and those below */
	uint64_t counted;
	uint64_t denied;        /* have an errorCode */
	uint64_t service;       /* made by a service for itself */
	uint64_t no_session;    /* a role session without sessionContext: role unknown [10.4] */
	uint64_t other_account; /* the copy in the key's account, which does not name the caller */
	uint64_t other_principal;  /* root, Identity Center users, … */
	uint64_t no_key;           /* no key ARN in `resources`, or not two of a ReEncrypt */
	uint64_t copies;           /* of a cross-account call that is counted already */
	uint64_t shared_unchecked; /* counted, but beyond EVIDENCE_MAX_SHARED: maybe copies */
	uint64_t interruptions;
	uint64_t documents; /* JSON that is no event */
	uint64_t skipped;   /* files of directories whose names do not look like logs */
};

struct evidence {
	struct evidence_use *uses; /* by principal, key, action */
	size_t use_count;
	struct evidence_unclear *unclear; /* by principal */
	size_t unclear_count;
	struct evidence_day *days; /* those with events, in order */
	size_t day_count;
	struct evidence_gap *gaps; /* between the first and the last day: days without any event */
	size_t gap_count;
	struct evidence_gap *kms_gaps; /* the same: without an event of KMS; includes `gaps` */
	size_t kms_gap_count;
	int64_t first, last; /* time of the first and last event of any service; 0: none */
	struct evidence_interruption *interruptions; /* by time, trail, kind */
	size_t interruption_count;
	struct evidence_totals totals;
	/* Private to evidence_write(): for each counted cross-account use the hash of its id. */
	const struct evidence_shared *shared;
	size_t shared_count;
};

struct evidence_progress {
	uint64_t done, total; /* bytes on disk; total is 0 when a file has no size (a pipe) */
	uint64_t events;
	const char *path; /* the file being read */
};

struct evidence_options {
	/* Called about every 8 MiB, and at the end of each file; may be NULL. */
	void (*progress)(void *ctx, const struct evidence_progress *p);
	void *ctx;
	size_t max_uses; /* 0: EVIDENCE_MAX_USES */
};

/*
 * Reads files and directories. Directories are searched without following symbolic links, in the
 * order of their paths' bytes; in them only names ending in .json, .jsonl, .ndjson, .log, .csv
 * (each also with .gz) or .gz are read, and nothing whose name begins with '.'. A path that is no
 * directory is read whatever its name. The result does not depend on the order of files. False
 * with *e (ERR_IO).
 */
bool evidence_read(const struct evidence **out, const char *const *paths, size_t n,
		   const struct evidence_options *o, struct arena *a, struct err *e);

/*
 * Appends a summary, to be read instead of the logs: JSON lines, versioned, sorted, the same bytes
 * for the same evidence. Several summaries can be read together, in one file or many, with or
 * without logs; copies of cross-account calls are found across all of them. What two of them have
 * both read counts twice (but never becomes a use it was not).
 */
void evidence_write(const struct evidence *ev, struct buf *out);

/* The uses of one principal (an exact ARN): the first of *n, or NULL when there are none. */
const struct evidence_use *evidence_of(const struct evidence *ev, str principal, size_t *n);

/* "2025-01-31" for a day, "2025-01-31T23:59:59Z" for a time; `out` gets a NUL too. */
void evidence_day_text(int32_t day, char out[11]);
void evidence_time_text(int64_t time, char out[21]);

#endif
