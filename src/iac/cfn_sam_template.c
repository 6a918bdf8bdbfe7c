/* SPDX-License-Identifier: MIT */
/*
 * The policy templates of SAM that are about one resource, as data [12.10]: what they allow, and
 * the same written out.
 */
#include "cfn.h"

#include "kmsfix/buf.h"
#include "kmsfix/syntax.h"
#include "kmsfix/vec.h"
#include "value.h"

#define ARN(service, resource) \
	"arn:${AWS::Partition}:" service ":${AWS::Region}:${AWS::AccountId}:" resource
#define TABLE(rest) ARN("dynamodb", "table/${TableName}" rest)
#define BUCKET(rest) "arn:${AWS::Partition}:s3:::${BucketName}" rest
#define KEY ARN("kms", "key/${KeyId}")
#define STREAM ARN("kinesis", "stream/${StreamName}")
#define DELIVERY ARN("firehose", "deliverystream/${DeliveryStreamName}")
#define QUEUE ARN("sqs", "${QueueName}")
#define MACHINE ARN("states", "stateMachine:${StateMachineName}")

/* One statement each; those of a template are together. Actions without their prefix. */
static const struct statement_row {
	const char *name, *service, *actions, *resources;
} rows[] = {
	{ "AWSSecretsManagerGetSecretValuePolicy", "secretsmanager", "GetSecretValue",
	  "${SecretArn}" },
	{ "DynamoDBBackupFullAccessPolicy", "dynamodb", "CreateBackup DescribeContinuousBackups",
	  TABLE("") },
	{ "DynamoDBBackupFullAccessPolicy", "dynamodb", "DeleteBackup DescribeBackup ListBackups",
	  TABLE("/backup/*") },
	{ "DynamoDBCrudPolicy", "dynamodb",
	  "GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem "
	  "DescribeTable ConditionCheckItem",
	  TABLE("") " " TABLE("/index/*") },
	{ "DynamoDBReadPolicy", "dynamodb", "GetItem Scan Query BatchGetItem DescribeTable",
	  TABLE("") " " TABLE("/index/*") },
	{ "DynamoDBReconfigurePolicy", "dynamodb", "UpdateTable", TABLE("") },
	{ "DynamoDBStreamReadPolicy", "dynamodb", "DescribeStream GetRecords GetShardIterator",
	  TABLE("/stream/${StreamName}") },
	{ "DynamoDBStreamReadPolicy", "dynamodb", "ListStreams", TABLE("/stream/*") },
	{ "DynamoDBWritePolicy", "dynamodb", "PutItem UpdateItem BatchWriteItem",
	  TABLE("") " " TABLE("/index/*") },
	{ "EventBridgePutEventsPolicy", "events", "PutEvents",
	  ARN("events", "event-bus/${EventBusName}") },
	{ "FirehoseCrudPolicy", "firehose",
	  "CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord "
	  "PutRecordBatch UpdateDestination",
	  DELIVERY },
	{ "FirehoseWritePolicy", "firehose", "PutRecord PutRecordBatch", DELIVERY },
	{ "KMSDecryptPolicy", "kms", "Decrypt", KEY },
	{ "KMSEncryptPolicy", "kms", "Encrypt", KEY },
	{ "KMSEncryptPolicy_v2", "kms",
	  "Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair "
	  "GenerateDataKeyPairWithoutPlaintext",
	  KEY },
	{ "KinesisCrudPolicy", "kinesis",
	  "AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream "
	  "DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream "
	  "MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream",
	  STREAM },
	{ "KinesisStreamReadPolicy", "kinesis", "ListStreams DescribeLimits",
	  ARN("kinesis", "stream/*") },
	{ "KinesisStreamReadPolicy", "kinesis",
	  "DescribeStream DescribeStreamSummary GetRecords GetShardIterator", STREAM },
	{ "LambdaInvokePolicy", "lambda", "InvokeFunction",
	  ARN("lambda", "function:${FunctionName}*") },
	{ "S3CrudPolicy", "s3",
	  "GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl "
	  "GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject",
	  BUCKET("") " " BUCKET("/*") },
	{ "S3FullAccessPolicy", "s3",
	  "GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject "
	  "DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging "
	  "GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging",
	  BUCKET("/*") },
	{ "S3FullAccessPolicy", "s3",
	  "ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration",
	  BUCKET("") },
	{ "S3ReadPolicy", "s3",
	  "GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration",
	  BUCKET("") " " BUCKET("/*") },
	{ "S3WritePolicy", "s3", "PutObject PutObjectAcl PutLifecycleConfiguration",
	  BUCKET("") " " BUCKET("/*") },
	{ "SNSCrudPolicy", "sns",
	  "ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish",
	  ARN("sns", "${TopicName}*") },
	{ "SNSPublishMessagePolicy", "sns", "Publish", ARN("sns", "${TopicName}") },
	{ "SQSPollerPolicy", "sqs",
	  "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch "
	  "GetQueueAttributes ReceiveMessage",
	  QUEUE },
	{ "SQSSendMessagePolicy", "sqs", "SendMessage*", QUEUE },
	{ "StepFunctionsExecutionPolicy", "states", "StartExecution", MACHINE },
	{ "StepFunctionsExecutionPolicy_v2", "states", "StartExecution StartSyncExecution",
	  MACHINE },
};

#define ROWS (sizeof(rows) / sizeof(*rows))

/* ---- which one ---- */

/* A template with its arguments: `Name: {Parameter: value}`; false when it is none of those. */
static bool find_row(struct cfn *c, const struct node *n, size_t *row)
{
	str name;
	const struct node *pair = n && n->kind == NODE_MAP ? n->first : NULL;
	if (!pair || pair->next || !pair_key(pair, c->model->arena, &name))
		return false;
	for (*row = 0; *row < ROWS; ++*row)
		if (str_eq(name, str_from(rows[*row].name)))
			return true;
	return false;
}

bool cfn_is_sam_template(struct cfn *c, const struct node *n)
{
	size_t row;
	return find_row(c, n, &row);
}

static bool is_row_of(size_t row, size_t first)
{
	return row < ROWS && str_eq(str_from(rows[row].name), str_from(rows[first].name));
}

/* The next word of *list, without the blank behind it. */
static bool next_word(str *list, str *out)
{
	size_t end = str_find(*list, S(" "), 0);
	if (end == SIZE_MAX)
		end = list->n;
	*out = str_sub(*list, 0, end);
	*list = str_sub(*list, end < list->n ? end + 1 : end, list->n);
	return out->n > 0;
}

/* ---- parameters ---- */

struct filling {
	struct cfn_stack *stack;
	const struct node *given; /* MAP */
	bool (*value)(const struct filling *f, str name, str *out);
};

/* The resource with its parameters in place; false when one of them is not known. */
static bool fill(const struct filling *f, str pattern, str *out)
{
	struct buf b = { 0 };
	bool known = true;
	for (size_t at = 0, open, close; known && at < pattern.n; at = close + 1) {
		str value = S("");
		open = str_find(pattern, S("${"), at);
		close = str_find(pattern, S("}"), at);
		if (open == SIZE_MAX)
			open = close = pattern.n;
		else
			known = f->value(f, str_sub(pattern, open + 2, close), &value);
		buf_add(&b, str_sub(pattern, at, open));
		buf_add(&b, value);
	}
	*out = str_dup(f->stack->model->arena, buf_str(&b));
	buf_free(&b);
	return known;
}

static const struct node *argument(const struct filling *f, str name)
{
	return cfn_get(f->stack->cfn, f->given, str_z(f->stack->model->arena, name));
}

/* What it is in the end. */
static bool meant(const struct filling *f, str name, str *out)
{
	struct cfn_stack *s = f->stack;
	if (!str_starts(name, S("AWS::")))
		return cfn_text(s, argument(f, name), out);
	*out = ref_in_scope(s->model->arena, s->top->scope->id, name);
	return true;
}

/* The text of Fn::Sub, with its references as such. */
static bool of_sub(struct arena *a, const struct node *n, str *out)
{
	struct node *parts;
	struct syntax_error e;
	str text = S("");
	if (n->kind != NODE_STRING || !sub_template(&parts, n, a, &e))
		return false;
	for (const struct node *p = parts->first; p; p = p->next)
		text = STR_CAT(a, text,
			       p->kind == NODE_INTERP ? ref_text(a, p->name) : node_decoded(p));
	*out = text;
	return true;
}

/* As it is written, in the words of the template; false for what would have to be computed. */
static bool written(const struct filling *f, str name, str *out)
{
	struct cfn *c = f->stack->cfn;
	struct arena *a = c->model->arena;
	const struct node *n = argument(f, name);
	struct cfn_call call;
	str source = name;
	if (!str_starts(name, S("AWS::")) && !cfn_is_call(c, n, &call))
		return n && cfn_scalar(c, n, out);
	if (n && str_eq(call.function, S("Sub")))
		return of_sub(a, call.arg, out);
	if (n && str_eq(call.function, S("Ref")) &&
	    (!cfn_scalar(c, call.arg, &source) || str_has(source, S("."))))
		return false;
	if (n && str_eq(call.function, S("GetAtt")) && !cfn_getatt(c, &call, &source))
		return false;
	*out = ref_text(a, source);
	return !n || str_eq(call.function, S("Ref")) || str_eq(call.function, S("GetAtt"));
}

/* ---- what it allows ---- */

static void add_actions(struct cfn_resource *r, struct statement *st, const struct node *n,
			size_t row)
{
	struct arena *a = r->stack->model->arena;
	str list = str_from(rows[row].actions), word;
	while (next_word(&list, &word)) {
		struct element e = {
			.text = str_fmt(a, "%s:%.*s", rows[row].service, STR_ARG(word)), .node = n
		};
		VEC_PUSH(a, &st->actions, e);
	}
}

/* The name of an alias is no id of a key: it means no key at all. */
static str without_alias(struct arena *a, str text)
{
	size_t at = str_find(text, S(":key/alias/"), 0);
	return at == SIZE_MAX ? text :
				STR_CAT(a, str_sub(text, 0, at), S(":"),
					str_sub(text, at + sizeof(":key/") - 1, text.n));
}

static void add_resources(struct cfn_resource *r, struct statement *st, const struct node *n,
			  size_t row)
{
	struct filling f = { r->stack, n->first->last, meant };
	struct arena *a = r->stack->model->arena;
	str list = str_from(rows[row].resources), word;
	while (next_word(&list, &word)) {
		struct element e = { .node = n };
		if (fill(&f, word, &e.text)) {
			e.text = without_alias(a, e.text);
			VEC_PUSH(a, &st->resources, e);
		} else {
			st->resources.open = true;
		}
	}
}

void cfn_sam_template(struct cfn_resource *r, struct policy *p, const struct node *n)
{
	struct model *m = r->stack->model;
	struct reader reader = cfn_reader(r, r->pair);
	size_t first;
	if (!find_row(r->stack->cfn, n, &first))
		return;
	struct document *d = document_new(&reader, n);
	d->site.why = "CFN-DYNAMIC";
	d->site.reason = S("a policy template holds no statement that is written");
	policy_use(m, p, d);
	for (size_t i = first; is_row_of(i, first); i++) {
		struct statement *st = document_add(&reader, d, n);
		st->effect = EFFECT_ALLOW;
		st->made = true;
		st->actions.present = st->resources.present = true;
		add_actions(r, st, n, i);
		add_resources(r, st, n, i);
		if (node_is_shared(n))
			issue_add(m->arena, &st->issues, "SHARED-TEXT",
				  "an anchor or alias may put the text in several places");
		policy_add_statement(m, p, st);
	}
}

/* ---- the same written out ---- */

/* A list; its element when there is only one. */
static struct shape *one_or_list(struct shape *list)
{
	return list->n == 1 ? list->v[0].value : list;
}

static struct shape *statement_shape(const struct filling *f, size_t row)
{
	struct arena *a = f->stack->model->arena;
	struct shape *st = shape_object(a), *actions = shape_list(a), *resources = shape_list(a);
	str list = str_from(rows[row].actions), word, text;
	while (next_word(&list, &word))
		shape_add(a, actions,
			  shape_text(a, str_fmt(a, "%s:%.*s", rows[row].service, STR_ARG(word))));
	list = str_from(rows[row].resources);
	while (next_word(&list, &word)) {
		if (!fill(f, word, &text))
			return NULL;
		shape_add(a, resources, shape_text(a, text));
	}
	shape_set(a, st, S("Effect"), shape_text(a, S("Allow")));
	shape_set(a, st, S("Action"), one_or_list(actions));
	shape_set(a, st, S("Resource"), one_or_list(resources));
	return st;
}

bool cfn_sam_written_out(struct cfn_stack *s, const struct node *n, struct shape *statements)
{
	size_t first;
	if (!find_row(s->cfn, n, &first))
		return false;
	const struct filling f = { s, n->first->last, written };
	for (size_t i = first; is_row_of(i, first); i++) {
		struct shape *st = statement_shape(&f, i);
		if (!st)
			return false;
		shape_add(s->model->arena, statements, st);
	}
	return true;
}
