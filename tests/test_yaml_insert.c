/* SPDX-License-Identifier: MIT */
/* New text in YAML, and in JSON of CloudFormation. */
#include "editing.h"

#define YAML "x.yaml"
#define TEMPLATE "x.template"

enum op { APPEND, AFTER, WRAP, STRINGS, PAIR };

struct row {
	const char *claim, *path, *before;
	enum op op;
	const char *place, *what; /* see editing_at(); JSON of the shape */
	const char *after;        /* NULL: refused */
};

static bool edit(struct editing *e, enum op op, const struct node *n, const char *what,
		 const char **why)
{
	struct edits *es = &e->edits;
	struct shape *s = editing_shape(e->arena, what);
	struct strs strings = { 0 };

	switch (op) {
	case APPEND:
		return edit_append_element(es, n, s, why);
	case AFTER:
		return edit_insert_after(es, n, s, why);
	case WRAP:
		return edit_wrap_append(es, n, s, why);
	case PAIR:
		return edit_add_pair(es, n, s->v[0].key, s->v[0].value, why);
	case STRINGS:
		for (size_t i = 0; i < s->n; i++)
			strs_add(e->arena, &strings, s->v[i].value->text);
		return edit_replace_strings(es, n, &strings, why);
	}
	return false;
}

static void run(struct arena *a, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *why = NULL;
		struct editing e;
		bool ok;

		editing_start(&e, a, rows[i].path, rows[i].before);
		ok = edit(&e, rows[i].op, editing_at(&e, rows[i].place), rows[i].what, &why);
		if (ok != (rows[i].after != NULL))
			test_fail("%s: %s", rows[i].claim, ok ? "not refused" : why);
		if (ok)
			editing_expect(&e, rows[i].claim, rows[i].after);
		else if (!why || e.edits.n)
			test_fail("%s: no reason, or an edit", rows[i].claim);
	}
}

#define S1                                                                                \
	"{\"Sid\": \"S\", \"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"<R.Arn>\"}, " \
	"\"Action\": [\"kms:Decrypt\", \"kms:ReEncryptFrom\"], \"Resource\": \"*\"}"

static const struct row elements[] = {
	{ "a line below the last", YAML, "a:\n  - x\n  - y\n", APPEND, "a", "\"z\"",
	  "a:\n  - x\n  - y\n  - z\n" },
	{ "not indented as the others", YAML, "a:\n- x\nb: c\n", APPEND, "a", "\"z\"",
	  "a:\n- x\n- z\nb: c\n" },
	{ "a line in the middle", YAML, "- x\n- y\n", AFTER, "0", "\"z\"", "- x\n- z\n- y\n" },
	{ "behind a comment and above others", YAML, "- x # x\n# y\n- y\n", AFTER, "0", "\"z\"",
	  "- x # x\n- z\n# y\n- y\n" },
	{ "no final newline stays none", YAML, "- x", APPEND, "", "\"z\"", "- x\n- z" },
	{ "CRLF", YAML, "- x\r\n", APPEND, "", "\"z\"", "- x\r\n- z\r\n" },
	{ "the dash of the sibling", YAML, "-   x\n", APPEND, "", "{\"a\": \"b\", \"c\": \"d\"}",
	  "-   x\n-   a: b\n    c: d\n" },
	{ "in a nested sequence", YAML, "- - x\n", APPEND, "0", "\"z\"", "- - x\n  - z\n" },
	{ "below a literal block", YAML, "- |\n  x\n\n- y\n", AFTER, "0", "\"z\"",
	  "- |\n  x\n- z\n\n- y\n" },
	{ "below a block that keeps its blank lines", YAML, "- |+\n  x\n\n", APPEND, "", "\"z\"",
	  "- |+\n  x\n\n- z\n" },
	{ "in brackets", YAML, "a: [x, y]\n", APPEND, "a", "\"z\"", "a: [x, y, z]\n" },
	{ "in padded brackets", YAML, "a: [ 'x','y' ] # c\n", APPEND, "a", "\"z\"",
	  "a: [ 'x','y','z' ] # c\n" },
	{ "in brackets over lines", YAML, "a: [\n  x, # one\n  y\n  ]\n", AFTER, "a.0", "\"z\"",
	  "a: [\n  x, # one\n  z,\n  y\n  ]\n" },
	{ "in empty brackets", YAML, "a: []\n", APPEND, "a", "\"z\"", "a: [z]\n" },
	{ "an object in place of empty brackets", YAML, "b:\n- x\na: [] # c\n", APPEND, "a",
	  "{\"c\": \"d\", \"e\": []}", "b:\n- x\na: # c\n- c: d\n  e: []\n" },
	{ "an object in braces beside others", YAML, "a: [{ b: c }]\n", APPEND, "a",
	  "{\"b\": \"d\", \"e\": [\"f\"]}", "a: [{ b: c }, { b: d, e: [f] }]\n" },
	{ "JSON in YAML", YAML, "{\n  \"a\": [\n    {\n      \"b\": \"c\"\n    }\n  ]\n}\n", APPEND,
	  "a", "{\"b\": \"d\", \"e\": \"f\"}",
	  "{\n  \"a\": [\n    {\n      \"b\": \"c\"\n    },\n    {\n      \"b\": \"d\",\n      "
	  "\"e\": \"f\"\n    }\n  ]\n}\n" },
	{ "behind nothing in brackets", YAML, "a: [b: ]\n", APPEND, "a", "\"z\"", NULL },
	{ "in a list with a tag", YAML, "a: !Join\n  - x\n", APPEND, "a", "\"z\"", NULL },
	{ "in a list with an anchor", YAML, "a: &a\n  - x\nb: *a\n", APPEND, "a", "\"z\"", NULL },
	{ "below an anchor", YAML, "a: &a\n  b:\n  - x\n", APPEND, "a.b", "\"z\"", NULL },
	{ "a map", YAML, "a:\n  - x\n", APPEND, "", "\"z\"", NULL },
	{ "a statement like its sibling", YAML,
	  "Statement:\n  - Sid: A\n    Effect: Allow\n    Action:\n      - 'kms:*'\n    Resource: "
	  "'*'\n",
	  APPEND, "Statement", S1,
	  "Statement:\n  - Sid: A\n    Effect: Allow\n    Action:\n      - 'kms:*'\n    Resource: "
	  "'*'\n  - Sid: S\n    Effect: Allow\n    Principal:\n      AWS: !GetAtt R.Arn\n    "
	  "Action:\n      - kms:Decrypt\n      - kms:ReEncryptFrom\n    Resource: '*'\n" },
	{ "keys in the order of the sibling", YAML,
	  "- Effect: Allow\n  Resource: \"*\"\n  Action: x\n  Sid: A\n", APPEND, "", S1,
	  "- Effect: Allow\n  Resource: \"*\"\n  Action: x\n  Sid: A\n- Effect: Allow\n  "
	  "Principal:\n    AWS: !GetAtt R.Arn\n  Resource: \"*\"\n  Action:\n    - kms:Decrypt\n   "
	  " - kms:ReEncryptFrom\n  Sid: S\n" },
	{ "one action as the sibling has it", YAML, "- Effect: Allow\n  Action: x\n", APPEND, "",
	  "{\"Effect\": \"Allow\", \"Action\": [\"z\"]}",
	  "- Effect: Allow\n  Action: x\n- Effect: Allow\n  Action: z\n" },
	{ "a list of one as the sibling has it", YAML, "- Effect: Allow\n  Action: [ x ]\n", APPEND,
	  "", "{\"Effect\": \"Allow\", \"Action\": \"z\"}",
	  "- Effect: Allow\n  Action: [ x ]\n- Effect: Allow\n  Action: [z]\n" },
	{ "four blanks, lists not indented, double quotes", YAML,
	  "\"Statement\":\n-   \"Effect\": \"Allow\"\n    \"Action\":\n    - \"x\"\n    - \"y\"\n  "
	  "  \"Condition\":\n        \"Bool\":\n            \"a\": \"b\"\n",
	  APPEND, "Statement",
	  "{\"Effect\": \"Allow\", \"Action\": [\"z\", \"0\"], \"Condition\": {\"Bool\": {\"a\": "
	  "\"${x}\"}}}",
	  "\"Statement\":\n-   \"Effect\": \"Allow\"\n    \"Action\":\n    - \"x\"\n    - \"y\"\n  "
	  "  \"Condition\":\n        \"Bool\":\n            \"a\": \"b\"\n-   \"Effect\": "
	  "\"Allow\"\n    \"Action\":\n    - \"z\"\n    - \"0\"\n    \"Condition\":\n        "
	  "\"Bool\":\n            \"a\": \"${x}\"\n" },
	{ "in JSON of CloudFormation", TEMPLATE,
	  "{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Resource\": \"*\"\n "
	  "   }\n  ]\n}\n",
	  APPEND, "Statement",
	  "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": [\"<R.Arn>\", \"<P>\"]}, \"Resource\": "
	  "\"${aws:x}\"}",
	  "{\n  \"Statement\": [\n    {\n      \"Effect\": \"Allow\",\n      \"Resource\": \"*\"\n "
	  "   },\n    {\n      \"Effect\": \"Allow\",\n      \"Principal\": {\n        \"AWS\": "
	  "[\n          {\"Fn::GetAtt\": [\"R\", \"Arn\"]},\n          {\"Ref\": \"P\"}\n        "
	  "]\n      },\n      \"Resource\": \"${aws:x}\"\n    }\n  ]\n}\n" },
	{ "in JSON of a literal block", YAML,
	  "a: |\n  {\"Statement\": [\n    {\"Effect\": \"Allow\"}\n  ]}\nb: c\n", APPEND,
	  "Statement", "{\"Effect\": \"Deny\", \"a\": \"${x}\"}",
	  "a: |\n  {\"Statement\": [\n    {\"Effect\": \"Allow\"},\n    {\"Effect\": \"Deny\", "
	  "\"a\": \"${x}\"}\n  ]}\nb: c\n" },
	{ "in JSON that Fn::Sub reads", YAML, "a: !Sub |\n  {\"a\": [\"b\"]}\n", APPEND, "a",
	  "\"x${y}<R.Arn>\"", "a: !Sub |\n  {\"a\": [\"b\", \"x${!y}${R.Arn}\"]}\n" },
	{ "a reference in JSON of a literal block", YAML, "a: |\n  {\"a\": [\"b\"]}\n", APPEND, "a",
	  "\"<R.Arn>\"", NULL },
};

static const struct row wraps[] = {
	{ "a text", YAML, "AWS: !GetAtt A.Arn\nb: c\n", WRAP, "AWS", "\"<B.Arn>\"",
	  "AWS:\n  - !GetAtt A.Arn\n  - !GetAtt B.Arn\nb: c\n" },
	{ "a text with a comment", YAML, "a:\n- b\nAWS: x # c\n", WRAP, "AWS", "\"z\"",
	  "a:\n- b\nAWS:\n- x # c\n- z\n" },
	{ "where lists have brackets", YAML, "a: [b, c]\nAWS: x # c\n", WRAP, "AWS", "\"z\"",
	  "a: [b, c]\nAWS: [x, z] # c\n" },
	{ "a text that cannot stand in brackets", YAML, "a: [b, c]\nAWS: !Sub arn:${A}\n", WRAP,
	  "AWS", "\"z\"", "a: [b, c]\nAWS:\n  - !Sub arn:${A}\n  - z\n" },
	{ "a map", YAML,
	  "Statement:\n  Effect: Allow\n  Action:\n    - x\n\n  # c\n  Resource: \"*\"\nb: c\n",
	  WRAP, "Statement", "{\"Effect\": \"Allow\"}",
	  "Statement:\n  - Effect: Allow\n    Action:\n      - x\n\n    # c\n    Resource: \"*\"\n "
	  " - Effect: Allow\nb: c\n" },
	{ "a map where lists are not indented", YAML,
	  "a:\n- b\nStatement:\n  Effect: Allow\n  Action: |\n    x\n\n    y\n", WRAP, "Statement",
	  "{\"Effect\": \"Allow\"}",
	  "a:\n- b\nStatement:\n- Effect: Allow\n  Action: |\n    x\n\n    y\n- Effect: Allow\n" },
	{ "a map with less indentation than usual", YAML,
	  "a:\n    b:\n        c: d\nStatement:\n Effect: Allow\n Action: x\n", WRAP, "Statement",
	  "{\"Effect\": \"Allow\"}",
	  "a:\n    b:\n        c: d\nStatement:\n  - Effect: Allow\n    Action: x\n  - Effect: "
	  "Allow\n" },
	{ "a map in braces", YAML, "Statement: {Effect: Allow}\n", WRAP, "Statement",
	  "{\"Effect\": \"Deny\"}", "Statement: [{Effect: Allow}, {Effect: Deny}]\n" },
	{ "a function over lines", YAML, "AWS: !Join\n- ''\n- [a, b]\nb: c\n", WRAP, "AWS", "\"x\"",
	  "AWS:\n- !Join\n  - ''\n  - [a, b]\n- x\nb: c\n" },
	{ "the long form of a function", YAML, "AWS:\n  Fn::GetAtt: [A, Arn]\n", WRAP, "AWS",
	  "\"<B.Arn>\"", "AWS:\n  - Fn::GetAtt: [A, Arn]\n  - Fn::GetAtt: [B, Arn]\n" },
	{ "a value in braces", YAML, "{AWS: x}\n", WRAP, "AWS", "\"z\"", "{AWS: [x, z]}\n" },
	{ "a literal block", YAML, "a: |\n  x\n\nb: c\n", WRAP, "a", "\"z\"",
	  "a:\n  - |\n    x\n  - z\n\nb: c\n" },
	{ "a block with a given indentation", YAML, "a: |2\n    x\n", WRAP, "a", "\"z\"",
	  "a:\n  - |2\n      x\n  - z\n" },
	{ "an alias", YAML, "a: &a b\nc: *a\n", WRAP, "c", "\"y\"", NULL },
	{ "nothing", YAML, "a:\nb: c\n", WRAP, "a", "\"y\"", NULL },
	{ "the first pair of an element", YAML, "- AWS: x\n  b: c\n", WRAP, "0.AWS", "\"z\"",
	  "- AWS:\n    - x\n    - z\n  b: c\n" },
	{ "in JSON of CloudFormation", TEMPLATE, "{\"AWS\": {\"Ref\": \"A\"}}\n", WRAP, "AWS",
	  "\"<B.Arn>\"", "{\"AWS\": [{\"Ref\": \"A\"}, {\"Fn::GetAtt\": [\"B\", \"Arn\"]}]}\n" },
};

static const struct row strings[] = {
	{ "a scalar by one", YAML, "a: kms:* # c\n", STRINGS, "a", "[\"kms:Get*\"]",
	  "a: kms:Get* # c\n" },
	{ "in its quotes", YAML, "a: 'kms:*'\nb: \"c\"\n", STRINGS, "a", "[\"kms:Get*\"]",
	  "a: 'kms:Get*'\nb: \"c\"\n" },
	{ "a scalar by several", YAML, "a: kms:* # c\n", STRINGS, "a", "[\"x\", \"z\"]",
	  "a:\n  - x\n  - z # c\n" },
	{ "a scalar by several in brackets", YAML, "b: [c]\na: 'kms:*'\n", STRINGS, "a",
	  "[\"x\", \"y\"]", "b: [c]\na: ['x', 'y']\n" },
	{ "an element by several", YAML, "a:\n-  'kms:*' # c\n- z\n", STRINGS, "a.0",
	  "[\"x\", \"y\"]", "a:\n-  'x'\n-  'y' # c\n- z\n" },
	{ "an element in brackets by several", YAML, "a: ['kms:*', z]\n", STRINGS, "a.0",
	  "[\"x\", \"y\"]", "a: ['x', 'y', z]\n" },
	{ "a tagged scalar", YAML, "a: !Sub \"arn:${A}\"\n", STRINGS, "a", "[\"arn:<A>:x\"]",
	  "a: !Sub \"arn:${A}:x\"\n" },
	{ "a literal block", YAML, "a: |-\n  kms:*\nb: c\n", STRINGS, "a", "[\"x\"]",
	  "a: x\nb: c\n" },
	{ "a value on the next line", YAML, "a:\n  kms:*\nb: c\n", STRINGS, "a", "[\"x\"]",
	  "a:\n  x\nb: c\n" },
	{ "an alias", YAML, "a: &a b\nc: *a\n", STRINGS, "c", "[\"x\"]", NULL },
	{ "an anchor", YAML, "a: &a b\nc: *a\n", STRINGS, "a", "[\"x\"]", NULL },
	{ "a scalar that YAML would take for a number", YAML, "a: x\n", STRINGS, "a", "[\"12\"]",
	  "a: \"12\"\n" },
};

static const struct row pairs[] = {
	{ "a document", YAML,
	  "Key:\n  Type: AWS::KMS::Key\n  Properties:\n    Enabled: true # c\n\nB:\n  Type: x\n",
	  PAIR, "Key.Properties",
	  "{\"KeyPolicy\": {\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", "
	  "\"Principal\": {\"AWS\": \"arn:<AWS::Partition>:iam::<AWS::AccountId>:root\"}, "
	  "\"Action\": \"kms:*\", \"Resource\": \"*\"}]}}",
	  "Key:\n  Type: AWS::KMS::Key\n  Properties:\n    Enabled: true # c\n    KeyPolicy:\n     "
	  " Version: \"2012-10-17\"\n      Statement:\n        - Effect: Allow\n          "
	  "Principal:\n            AWS: !Sub "
	  "\"arn:${AWS::Partition}:iam::${AWS::AccountId}:root\"\n          Action: kms:*\n        "
	  "  Resource: \"*\"\n\nB:\n  Type: x\n" },
	{ "in braces", YAML, "a: { b: c }\n", PAIR, "a", "{\"d\": [\"e\", \"*\"]}",
	  "a: { b: c, d: [e, \"*\"] }\n" },
	{ "in empty braces of an element", YAML, "- {}\n", PAIR, "0", "{\"d\": \"e\"}",
	  "- {d: e}\n" },
	{ "in place of empty braces", YAML, "a:\n    b: {}\n", PAIR, "a.b",
	  "{\"d\": {\"e\": \"f\"}}", "a:\n    b:\n        d:\n            e: f\n" },
	{ "in place of nothing", YAML, "a:\n  b:\nc: d\n", PAIR, "a.b", "{\"d\": \"e\"}",
	  "a:\n  b:\n    d: e\nc: d\n" },
	{ "the first in an element", YAML, "- a: b\n", PAIR, "0", "{\"d\": \"e\"}",
	  "- a: b\n  d: e\n" },
	{ "a key that is there", YAML, "a: b\n", PAIR, "", "{\"a\": \"e\"}", NULL },
	{ "a value that is none", YAML, "a: b\n", PAIR, "a", "{\"a\": \"e\"}", NULL },
	{ "a key with a reference", YAML, "a: b\n", PAIR, "", "{\"<a>\": \"e\"}", NULL },
	{ "behind nothing in braces", YAML, "{a: }\n", PAIR, "", "{\"d\": \"e\"}", NULL },
	{ "in JSON of CloudFormation", TEMPLATE,
	  "{\n  \"Properties\": {\n    \"Enabled\" : true\n  }\n}\n", PAIR, "Properties",
	  "{\"d\": [\"e\"]}",
	  "{\n  \"Properties\": {\n    \"Enabled\" : true,\n    \"d\" : [\"e\"]\n  }\n}\n" },
};

static const struct row references[] = {
	{ "short forms", YAML, "- x\n", APPEND, "",
	  "[\"<A>\", \"<A.Arn>\", \"<AWS::AccountId>\", \"<N.Outputs.Arn>\"]",
	  "- x\n- - !Ref A\n  - !GetAtt A.Arn\n  - !Ref AWS::AccountId\n  - !GetAtt "
	  "N.Outputs.Arn\n" },
	{ "long forms", YAML, "- Ref: x\n", APPEND, "",
	  "[\"<A>\", \"<A.Arn>\", \"a<B>\", {\"k\": \"<A.Arn>\"}]",
	  "- Ref: x\n- - Ref: A\n  - Fn::GetAtt: [A, Arn]\n  - Fn::Sub: \"a${B}\"\n  - k:\n      "
	  "Fn::GetAtt: [A, Arn]\n" },
	{ "long forms in brackets", YAML, "[Ref: x, y]\n", APPEND, "", "\"<A.Arn>\"",
	  "[Ref: x, y, {Fn::GetAtt: [A, Arn]}]\n" },
	{ "short forms in brackets", YAML, "[!Ref x, y]\n", APPEND, "", "[\"<A.Arn>\", \"a<B>\"]",
	  "[!Ref x, y, [!GetAtt A.Arn, !Sub \"a${B}\"]]\n" },
	{ "a literal in the text of Fn::Sub", YAML, "- !Sub '${x}'\n", APPEND, "",
	  "\"<B>${aws:u}$\"", "- !Sub '${x}'\n- !Sub '${B}${!aws:u}$'\n" },
	{ "a plain text of Fn::Sub", YAML, "- !Sub a${x}\n", APPEND, "", "\"a<B>\"",
	  "- !Sub a${x}\n- !Sub a${B}\n" },
	{ "a variable that is a literal", YAML, "- x\n", APPEND, "", "\"a${aws:u}\"",
	  "- x\n- a${aws:u}\n" },
	{ "a variable that nothing closes", YAML, "- x\n", APPEND, "", "\"<B>${a\"", NULL },
	{ "a dollar before a reference", YAML, "- x\n", APPEND, "", "\"$<B>\"", NULL },
	{ "a reference of another form", YAML, "- x\n", APPEND, "", "\"<a-b>\"", NULL },
	{ "JSON", TEMPLATE, "[ { \"Ref\" : \"x\" } ]\n", APPEND, "",
	  "\"arn:<AWS::Partition>:${aws:u}\"",
	  "[ { \"Ref\" : \"x\" }, { \"Fn::Sub\" : \"arn:${AWS::Partition}:${!aws:u}\" } ]\n" },
	{ "quotes that YAML demands", YAML, "- x\n", APPEND, "",
	  "[\"\", \" a\", \"a: b\", \"a #b\", \"yes\", \"1\", \"-a\", \"a:\", \"@a\", \"a\\nb\", "
	  "\"é\", \"a'b\", \"2012-10-17\"]",
	  "- x\n- - \"\"\n  - \" a\"\n  - \"a: b\"\n  - \"a #b\"\n  - \"yes\"\n  - \"1\"\n  - "
	  "\"-a\"\n  - \"a:\"\n  - \"@a\"\n  - \"a\\nb\"\n  - \"é\"\n  - a'b\n  - "
	  "\"2012-10-17\"\n" },
	{ "single quotes as beside", YAML, "- 'x'\n", APPEND, "", "[\"it's\", \"a\\tb\"]",
	  "- 'x'\n- - 'it''s'\n  - \"a\\tb\"\n" },
};

static void elements_are_lines_or_stand_in_brackets(void **state)
{
	run(*state, elements, COUNT(elements));
}

static void one_value_becomes_a_list(void **state)
{
	run(*state, wraps, COUNT(wraps));
}

static void strings_replace_a_scalar_or_an_element(void **state)
{
	run(*state, strings, COUNT(strings));
}

static void a_pair_is_the_last_of_its_map(void **state)
{
	run(*state, pairs, COUNT(pairs));
}

static void references_are_intrinsic_functions(void **state)
{
	run(*state, references, COUNT(references));
}

static int setup(void **state)
{
	*state = arena_create();
	return 0;
}

static int teardown(void **state)
{
	arena_destroy(*state);
	return 0;
}

static void elements_of_several_calls_keep_their_order(void **state)
{
	static const struct {
		enum op op;
		const char *before, *after;
	} cases[] = {
		{ APPEND, "a:\n- x\n", "a:\n- x\n- \"1\"\n- \"2\"\n" },
		{ APPEND, "a: [x]\n", "a: [x, \"1\", \"2\"]\n" },
		{ APPEND, "a: [] # c\n", "a: [\"1\", \"2\"] # c\n" },
		{ WRAP, "a: x\n", "a:\n  - x\n  - \"1\"\n  - \"2\"\n" },
		{ WRAP, "b: [y]\na: x\n", "b: [y]\na: [x, \"1\", \"2\"]\n" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *why = NULL;
		struct editing e;

		editing_start(&e, *state, YAML, cases[i].before);
		if (!edit(&e, cases[i].op, editing_at(&e, "a"), "\"1\"", &why) ||
		    !edit(&e, cases[i].op, editing_at(&e, "a"), "\"2\"", &why))
			test_fail("%s: %s", cases[i].before, why);
		editing_expect(&e, "two calls", cases[i].after);
	}
}

static void pairs_of_several_calls_keep_their_order(void **state)
{
	static const char *const befores[] = { "a:\n", "a: # c\n", "a: {} # c\n", "a:\n  x: y\n" };
	static const char *const afters[] = { "a:\n  b: \"1\"\n  c: \"2\"\n",
					      "a: # c\n  b: \"1\"\n  c: \"2\"\n",
					      "a: # c\n  b: \"1\"\n  c: \"2\"\n",
					      "a:\n  x: y\n  b: \"1\"\n  c: \"2\"\n" };

	for (size_t i = 0; i < COUNT(befores); i++) {
		const char *why = NULL;
		struct editing e;

		editing_start(&e, *state, YAML, befores[i]);
		if (!edit(&e, PAIR, editing_at(&e, "a"), "{\"b\": \"1\"}", &why) ||
		    !edit(&e, PAIR, editing_at(&e, "a"), "{\"c\": \"2\"}", &why))
			test_fail("%s: %s", befores[i], why);
		editing_expect(&e, "two pairs", afters[i]);
	}
}

/* The inner lines would not move with the outer ones. */
static void nothing_is_edited_in_lines_that_move(void **state)
{
	const char *why = NULL;
	struct editing e;

	editing_start(&e, *state, YAML, "s:\n  p: !Ref A\n  a: b\n");
	assert_true(edit(&e, WRAP, editing_at(&e, "s"), "{\"p\": \"c\"}", &why));
	assert_false(edit(&e, WRAP, editing_at(&e, "s.p"), "\"<B>\"", &why));
	assert_false(edit(&e, STRINGS, editing_at(&e, "s.a"), "[\"c\", \"d\"]", &why));
	editing_start(&e, *state, YAML, "s:\n  p: !Ref A\n  a: b\n");
	assert_true(edit(&e, WRAP, editing_at(&e, "s.p"), "\"<B>\"", &why));
	assert_false(edit(&e, WRAP, editing_at(&e, "s"), "{\"p\": \"c\"}", &why));
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(elements_are_lines_or_stand_in_brackets),
		TEST(one_value_becomes_a_list),
		TEST(strings_replace_a_scalar_or_an_element),
		TEST(a_pair_is_the_last_of_its_map),
		TEST(references_are_intrinsic_functions),
		TEST(elements_of_several_calls_keep_their_order),
		TEST(pairs_of_several_calls_keep_their_order),
		TEST(nothing_is_edited_in_lines_that_move),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
