/* SPDX-License-Identifier: MIT */
/* Layouts that nobody formats so, but that a repository may have: edited in them, or refused. */
#include "editing.h"

#define HCL "x.tf"
#define JSON "x.json"
#define TF_JSON "x.tf.json"
#define YAML "x.yaml"
#define TEMPLATE "x.template"

enum op {
	APPEND,
	OPTIONAL,
	AFTER,
	WRAP,
	WRAP_OPTIONAL,
	PAIR,
	PAIR_AFTER,
	ARGUMENT,
	STATEMENT,
	BLOCKS,
	STRINGS,
	DROP,
	DROP2
};

struct row {
	const char *claim, *path, *before;
	enum op op;
	/* start of the node, in YAML what leads to it: see editing.h; JSON of the shape, or the
	 * text of blocks */
	const char *place, *what;
	const char *after; /* NULL: refused */
};

static const struct row rows[] = {
	{ "tabs before `=`", HCL, "a = {\n  B\t= \"x\"\n  CC\t= [\"y\"]\n}\n", APPEND, "[\"y\"",
	  "\"z\"", "a = {\n  B\t= \"x\"\n  CC\t= [\"y\", \"z\"]\n}\n" },
	{ "a key in parentheses over lines", HCL, "a = {\n  (\n    b\n  ) = [\"y\"]\n}\n", APPEND,
	  "[\"y\"", "\"z\"", "a = {\n  (\n    b\n  ) = [\"y\", \"z\"]\n}\n" },
	{ "a comment over lines between two pairs of a line", HCL,
	  "a = {\n  b = [1], /* x\n  y */ c = [\"y\"]\n}\n", APPEND, "[\"y\"", "\"z\"",
	  "a = {\n  b = [1], /* x\n  y */ c = [\"y\", \"z\"]\n}\n" },
	{ "a comment over lines behind the last argument", HCL,
	  "r \"a\" {\n  d = 1 /* x\n  y */\n}\n", ARGUMENT, "r", "{\"A\": \"b\"}",
	  "r \"a\" {\n  policy = jsonencode({\n    A = \"b\"\n  })\n  d = 1 /* x\n  y */\n}\n" },
	{ "a comment over lines behind the block", HCL, "r \"a\" {\n} /* x\n  y */\n", BLOCKS,
	  "r \"a\"", "r \"b\" {\n}\n", NULL },
	{ "a block with a comment over lines behind it", HCL, "r \"a\" {\n} /* x\n  y */\n", DROP,
	  "r \"a\"", "", NULL },
	{ "a dynamic block of something else", HCL,
	  "d \"a\" \"b\" {\n  dynamic \"other\" {\n    x = 1\n  }\n}\n", STATEMENT, "d",
	  "{\"Effect\": \"Allow\"}",
	  "d \"a\" \"b\" {\n  dynamic \"other\" {\n    x = 1\n  }\n\n  statement {\n    effect = "
	  "\"Allow\"\n  }\n}\n" },
	{ "an argument behind the statements", HCL,
	  "d \"a\" \"b\" {\n  statement {\n    sid = \"x\"\n  }\n  z = 1\n}\n", STATEMENT, "d",
	  "{\"Effect\": \"Allow\"}",
	  "d \"a\" \"b\" {\n  statement {\n    sid = \"x\"\n  }\n\n  statement {\n    effect = "
	  "\"Allow\"\n  }\n  z = 1\n}\n" },
	{ "a statement in a block on one line", HCL, "d \"a\" \"b\" { z = 1 }\n", STATEMENT, "d",
	  "{\"Effect\": \"Allow\"}",
	  "d \"a\" \"b\" {\n  z = 1\n\n  statement {\n    effect = \"Allow\"\n  }\n}\n" },
	{ "a statement in a block on one line with a comment", HCL, "d \"a\" \"b\" { /* c */ }\n",
	  STATEMENT, "d", "{\"Effect\": \"Allow\"}", NULL },
	{ "behind an object over lines without a pair", HCL, "a =  [{\n}]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "a =  [{\n  }, {\n  b = \"2\"\n}]\n" },
	{ "behind an object that ends with its last pair", HCL, "a = [{\n  b = 1 }]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "a = [{\n  b = 1 }, {\n  b = \"2\"\n  }]\n" },
	{ "behind an object before which another ends with its last pair", HCL,
	  "a = [{\n  x = 1 }, {\n  b = 1\n}]\n", APPEND, "[", "{\"b\": \"2\"}",
	  "a = [{\n  x = 1 }, {\n  b = 1\n  }, {\n  b = \"2\"\n}]\n" },
	{ "four blanks between brackets", HCL, "a = [{\n    b = 1\n}]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "a = [{\n    b = 1\n}, {\n    b = \"2\"\n}]\n" },
	{ "an object that ends with its last pair becomes a list", HCL,
	  "a = {\n  S = {\n    E = \"x\" }\n}\n", WRAP, "{\n    E", "{\"E\": \"y\"}",
	  "a = {\n  S = [{\n    E = \"x\" }, {\n    E = \"y\"\n    }]\n}\n" },
	{ "a pair without commas is the last one", HCL, "a = {\n  b = 1\n  c = 2\n}\n", DROP, "c",
	  "", "a = {\n  b = 1\n}\n" },
	{ "an argument that is a list", HCL, "a = f([1], [2])\n", DROP, "[2", "", NULL },
	{ "an element of the other branch of a condition", HCL,
	  "a = concat([\"y\"], c ? [] : [\"x\"])\n", DROP, "\"x\"", "", "a = concat([\"y\"])\n" },
	{ "keys with colons and many blanks", HCL, "a = [{ \"A\":   1 }]\n", APPEND, "[",
	  "{\"B\": \"2\"}", "a = [{ \"A\":   1 }, { \"B\": \"2\" }]\n" },
	{ "a file of arguments", "x.tfvars", "a = [\"x\"]\n", APPEND, "[", "\"y\"",
	  "a = [\"x\", \"y\"]\n" },
	{ "a file of another program", "x.hcl", "a = [\"x\"]\n", APPEND, "[", "\"y\"",
	  "a = [\"x\", \"y\"]\n" },
	{ "a list that gets too wide has a comment", HCL,
	  "a = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" /* c */]\n",
	  APPEND, "[", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
	  "a = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
	  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" /* c */]\n" },
	{ "a list that gets too wide is not alone on its line", HCL,
	  "a = {\n  k = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"], z = "
	  "1\n}\n",
	  APPEND, "[", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"",
	  "a = {\n  k = [\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\", "
	  "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"], z = 1\n}\n" },
	{ "indented with tabs", HCL, "r \"a\" {\n\td = {\n\t\tS = []\n\t}\n}\n", APPEND, "[",
	  "{\"b\": \"2\"}",
	  "r \"a\" {\n\td = {\n\t\tS = [\n\t\t\t{\n\t\t\t\tb = \"2\"\n\t\t\t}\n\t\t]\n\t}\n}\n" },
	{ "tabs around blanks", JSON, "[\n\t{\n        \"a\": 1\n\t}\n]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "[\n\t{\n        \"a\": 1\n\t},\n\t{\n\t\t\"b\": \"2\"\n\t}\n]\n" },
	{ "line endings of old", JSON, "[\r  \"a\"\r]\r", APPEND, "[", "\"b\"",
	  "[\r  \"a\",\r\n  \"b\"\r]\r" },
	{ "a blank line before everything", JSON, "\n[\"a\"]", APPEND, "[", "{\"b\": {}}",
	  "\n[\"a\", {\n  \"b\": {}\n}]" },
	{ "an old line ending before everything", JSON, "\r[\"a\"]", APPEND, "[", "{\"b\": {}}",
	  "\r[\"a\", {\r\n  \"b\": {}\r\n}]" },
	{ "an object without members", JSON, "[{\"a\": 1}]", APPEND, "[", "{}",
	  "[{\"a\": 1}, {}]" },
	{ "a list of a list where siblings have a text", JSON, "[{\"Action\":\"a\"}]", APPEND, "[",
	  "{\"Action\": [[\"x\"]]}", "[{\"Action\":\"a\"},{\"Action\":[[\"x\"]]}]" },
	{ "a reference with a backslash in a string of JSON", TF_JSON, "{\"a\": \"x\"}", ARGUMENT,
	  "{", "{\"A\": \"<r.a[\\\\]>\"}", NULL },
	{ "what is there at times is added to concat() of another expression", HCL,
	  "a = concat([1], c ? d : [])\n", OPTIONAL, "[1", "{\"b\": \"2\"}",
	  "a = concat([1], c ? d : [], var.x ? [{\n  b = \"2\"\n}] : [])\n" },
	{ "what is there at times is added to concat() of an empty branch", HCL,
	  "a = concat([1], c ? [] : [])\n", OPTIONAL, "[1", "{\"b\": \"2\"}",
	  "a = concat([1], c ? [] : [], var.x ? [{\n  b = \"2\"\n}] : [])\n" },
	{ "what is there at times is added to concat() over lines", HCL,
	  "a =  concat([1], c ? [{\n  x = 1\n  },\n] : [])\n", OPTIONAL, "[1", "{\"b\": \"2\"}",
	  "a =  concat([1], c ? [{\n  x = 1\n  },\n  ] : [], var.x ? [{\n    b = \"2\"\n}] : "
	  "[])\n" },
	{ "what is there at times is added to concat() that ends on another line", HCL,
	  "a =  concat([1], c ? [\n  { x = 1 },\n] :\n[])\n", OPTIONAL, "[1", "{\"b\": \"2\"}",
	  "a =  concat([1], c ? [\n  { x = 1 },\n] :\n[], var.x ? [{\n  b = \"2\"\n}] : [])\n" },
	{ "what is there at times becomes the second of an object on one line", HCL,
	  "a = {\n  S = { E = \"x\" }\n}\n", WRAP_OPTIONAL, "{ E", "{\"b\": \"2\"}",
	  "a = {\n  S = concat([{ E = \"x\" }], var.x ? [{ b = \"2\" }] : [])\n}\n" },
	{ "what is there at times has no form in JSON", JSON, "[\"a\"]", OPTIONAL, "[",
	  "{\"b\": \"2\"}", NULL },
	{ "an element does not become a list", YAML, "- x\n", WRAP, "0", "\"y\"", NULL },
	{ "the value of an explicit key does not become a list", YAML, "? AWS\n: x\n", WRAP, "AWS",
	  "\"y\"", NULL },
	{ "a value below an explicit key does not become a list", YAML, "? a\n: AWS: x\n", WRAP,
	  "a.AWS", "\"y\"", NULL },
	{ "a map far to the right", YAML, "a:\n        b: c\n", WRAP, "a", "{\"b\": \"d\"}",
	  "a:\n        - b: c\n        - b: d\n" },
	{ "a text on the next line", YAML, "a:\n  x\n", WRAP, "a", "\"z\"", "a:\n  - x\n  - z\n" },
	{ "an object in an empty element", YAML, "- []\n", APPEND, "0", "{\"b\": \"c\"}",
	  "- [{b: c}]\n" },
	{ "an object in the empty list of an explicit key", YAML, "? a\n: []\n", APPEND, "a",
	  "{\"b\": \"c\"}", "? a\n:\n  - b: c\n" },
	{ "an object in an empty list below an explicit key", YAML, "? a\n: b: []\n", APPEND, "a.b",
	  "{\"b\": \"c\"}", "? a\n: b: [{b: c}]\n" },
	{ "behind an element of a list with an anchor", YAML, "a: &a\n  - x\nb: *a\n", AFTER, "a.0",
	  "\"y\"", NULL },
	{ "behind a map below its dash", YAML, "-\n  a: b\n", AFTER, "0", "{\"c\": \"d\"}",
	  "-\n  a: b\n- c: d\n" },
	{ "behind an element without text", YAML, "-\n- y\n", AFTER, "0", "\"x\"",
	  "-\n- x\n- y\n" },
	{ "in a list in brackets with an anchor", YAML, "a: &a [x]\nb: *a\n", AFTER, "a.0", "\"y\"",
	  NULL },
	{ "a pair behind the last, which stands apart", YAML, "a: b\n\nc: d\n", PAIR_AFTER, "c!",
	  "{\"e\": \"f\"}", "a: b\n\nc: d\n\ne: f\n" },
	{ "a pair behind the only one", YAML, "a: b\n", PAIR_AFTER, "a!", "{\"e\": \"f\"}",
	  "a: b\ne: f\n" },
	{ "a pair behind the last without a line ending", YAML, "a: b\n\nc: d", PAIR_AFTER, "c!",
	  "{\"e\": \"f\"}", "a: b\n\nc: d\n\ne: f" },
	{ "a pair behind one that others follow", YAML, "a: b\nc: d\n", PAIR_AFTER, "a!",
	  "{\"e\": \"f\"}", "a: b\ne: f\nc: d\n" },
	{ "a pair behind an explicit one", YAML, "? a\n: b\n", PAIR_AFTER, "a!", "{\"e\": \"f\"}",
	  "? a\n: b\ne: f\n" },
	{ "a pair behind one with an anchor around", YAML, "x: &x\n  a: b\ny: *x\n", PAIR_AFTER,
	  "x.a!", "{\"e\": \"f\"}", NULL },
	{ "a pair behind one in braces", YAML, "{a: b, c: d}\n", PAIR_AFTER, "a!", "{\"e\": \"f\"}",
	  "{a: b, e: f, c: d}\n" },
	{ "a pair behind one in braces over lines", TEMPLATE,
	  "{\n  \"a\": \"b\",\n  \"c\": \"d\"\n}\n", PAIR_AFTER, "a!", "{\"e\": \"f\"}",
	  "{\n  \"a\": \"b\",\n  \"e\": \"f\",\n  \"c\": \"d\"\n}\n" },
	{ "a pair with a key that has a reference", TEMPLATE, "{\"a\": \"b\"}\n", PAIR, "",
	  "{\"<k>\": \"f\"}", NULL },
	{ "a pair in a map with an anchor", YAML, "a: &a\n  b: c\nd: *a\n", PAIR, "a",
	  "{\"e\": \"f\"}", NULL },
	{ "a pair in braces with an anchor", YAML, "a: &a {b: c}\nd: *a\n", PAIR, "a",
	  "{\"e\": \"f\"}", NULL },
	{ "a pair in an empty element", YAML, "-\n- y\n", PAIR, "0", "{\"e\": \"f\"}", NULL },
	{ "a pair in empty braces in braces", YAML, "{a: {}}\n", PAIR, "a", "{\"e\": \"f\"}",
	  "{a: {e: f}}\n" },
	{ "a pair in the empty value of an explicit key", YAML, "? a\n: {}\n", PAIR, "a",
	  "{\"e\": \"f\"}", "? a\n:\n  e: f\n" },
	{ "texts that no plain scalar can be", YAML, "- x\n", APPEND, "",
	  "[\"..x\", \"a \", \"\\u007f\", \"\\u0085\", \"\\u2028\", \"\\u2029\", \"\\ufeff\", "
	  "\"\\ufffe\", \"\\uffff\", \"\\u00e9\"]",
	  "- x\n- - \"..x\"\n  - \"a \"\n  - \"\\u007f\"\n  - \"\\u0085\"\n  - \"\\u2028\"\n  - "
	  "\"\\u2029\"\n  - \"\\ufeff\"\n  - \"\\ufffe\"\n  - \"\\uffff\"\n  - \"\303\251\"\n" },
	{ "texts that no single quotes can hold", YAML, "- 'x'\n", APPEND, "",
	  "[\"\\u007f\", \"\\u00e9\"]", "- 'x'\n- - \"\\u007f\"\n  - \"\303\251\"\n" },
	{ "an element below its dash by several", YAML, "-\n  kms:*\n", STRINGS, "0",
	  "[\"x\", \"y\"]", NULL },
	{ "an element below its dash by one", YAML, "-\n  kms:*\n", STRINGS, "0", "[\"x\"]",
	  "-\n  x\n" },
	{ "a document by several", YAML, "kms:*\n", STRINGS, "", "[\"x\", \"y\"]", NULL },
	{ "the value of an explicit key by several", YAML, "? a\n: kms:*\n", STRINGS, "a",
	  "[\"x\", \"z\"]", "? a\n:\n  - x\n  - z\n" },
	{ "a value on the next line by several", YAML, "a:\n  kms:*\n", STRINGS, "a",
	  "[\"x\", \"y\"]", NULL },
	{ "a text in brackets with an anchor", YAML, "a: &a [x]\nb: *a\n", STRINGS, "a.0",
	  "[\"y\"]", NULL },
	{ "an object behind a key alone in braces", YAML, "a: [{b}]\n", APPEND, "a",
	  "{\"c\": \"d\"}", "a: [{b}, {c: d}]\n" },
	{ "an explicit pair", YAML, "a: b\n? c\n: d\n", DROP, "c!", "", "a: b\n" },
	{ "the first pair is explicit", YAML, "? a\n: b\nc: d\n", DROP, "a!", "", "c: d\n" },
	{ "all of an explicit pair", YAML, "? a\n: - x\n", DROP, "a.0", "", "? a\n: []\n" },
	{ "all elements below their key, with a comment between", YAML, "a:\n  - x\n  # c\n  - y\n",
	  DROP2, "a.0 a.1", "", "a: []\n  # c\n" },
	{ "all elements of an element, with a comment between", YAML, "- - x\n  # c\n  - y\n",
	  DROP2, "0.0 0.1", "", NULL },
	{ "the last line of a file that begins with a blank one", YAML, "\n- x\n- y", DROP, "1", "",
	  "\n- x" },
	{ "the only line of a file that begins with a blank one", YAML, "a: b\nc: d", DROP, "c!",
	  "", "a: b" },
	{ "behind an object whose first pair is beside its brace", HCL,
	  "a =  [{ b = 1\n  c = 2\n}]\n", APPEND, "[", "{\"b\": \"2\"}",
	  "a =  [{ b = 1\n  c = 2\n  }, {\n  b = \"2\"\n}]\n" },
	{ "behind an object without indentation", HCL, "a = [{\nb = 1\n}]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "a = [{\nb = 1\n}, {\n  b = \"2\"\n}]\n" },
	{ "behind an object that is indented by one", HCL, "a = [{\n b = 1\n}]\n", APPEND, "[",
	  "{\"b\": \"2\"}", "a = [{\n b = 1\n}, {\n b = \"2\"\n}]\n" },
	{ "behind one digit before the bracket", HCL, "a =  [\n1]\n", APPEND, "[", "{\"b\": \"2\"}",
	  "a =  [\n  1,\n  {\n    b = \"2\"\n}]\n" },
	{ "what is there at times behind an object and a blank", HCL, "a = [{\n  x = 1\n} ]\n",
	  OPTIONAL, "[", "{\"b\": \"2\"}",
	  "a = concat([{\n  x = 1\n  } ], var.x ? [{\n  b = \"2\"\n}] : [])\n" },
	{ "what is there at times behind an object on lines of its own", HCL,
	  "a = [\n  {\n    x = 1\n  }]\n", OPTIONAL, "[", "{\"b\": \"2\"}",
	  "a = concat([\n  {\n    x = 1\n  }], var.x ? [{\n    b = \"2\"\n  }] : [])\n" },
	{ "what is there at times behind an object on one line", HCL, "a = [{ x = 1 }]\n", OPTIONAL,
	  "[", "{\"b\": \"2\"}", "a = concat([{ x = 1 }], var.x ? [{ b = \"2\" }] : [])\n" },
	{ "what is there at times in a text", HCL, "a = [\"x\"]\n", OPTIONAL, "\"x\"",
	  "{\"b\": \"2\"}", NULL },
	{ "a text becomes the second of an object over lines", HCL,
	  "a = {\n  S = {\n    E = \"x\"\n  }\n}\n", WRAP, "{\n    E", "\"z\"",
	  "a = {\n  S = [{\n    E = \"x\"\n  }, \"z\"]\n}\n" },
	{ "an element of one branch of a condition", HCL,
	  "a = concat([\"y\"], c ? [\"z\"] : [\"x\"])\n", DROP, "\"x\"", "",
	  "a = concat([\"y\"], c ? [\"z\"] : [])\n" },
	{ "a dollar at the end and before a letter", HCL, "d \"a\" \"b\" {\n  z = 1\n}\n",
	  STATEMENT, "d", "{\"Effect\": \"Allow\", \"Resource\": [\"a$\", \"a$b\", \"$${c}\"]}",
	  "d \"a\" \"b\" {\n  z = 1\n\n  statement {\n    effect = \"Allow\"\n    resources = [\n  "
	  "    \"a$\",\n      \"a$b\",\n      \"$&{c}\"\n    ]\n  }\n}\n" },
	{ "a block in a file of Windows", HCL, "r \"a\" {\r\n}\r\n", BLOCKS, "r \"a\"",
	  "r \"b\" {\n}\n", "r \"a\" {\r\n}\r\n\r\nr \"b\" {\r\n}\r\n" },
	{ "a block of Windows in a file of Windows", HCL, "r \"a\" {\r\n}\r\n", BLOCKS, "r \"a\"",
	  "r \"b\" {\r\n  c = 1\n}\n", "r \"a\" {\r\n}\r\n\r\nr \"b\" {\r\n  c = 1\r\n}\r\n" },
	{ "two elements of a line go, and one of the next", HCL,
	  "a = [\n  \"x\", \"y\",\n  \"z\"\n]\n", DROP2, "\"y\" \"z\"", "", "a = [\n  \"x\"\n]\n" },
	{ "the first of a line goes", HCL, "a = [\n  \"x\",\n  \"y\", \"z\",\n]\n", DROP, "\"y\"",
	  "", "a = [\n  \"x\",\n  \"z\",\n]\n" },
	{ "braces with a tag become a list", YAML, "a: !x {b: c}\n", WRAP, "a", "\"z\"",
	  "a:\n  - !x {b: c}\n  - z\n" },
	{ "a value in braces with an anchor becomes a list", YAML, "a: &a {b: x}\nc: *a\n", WRAP,
	  "a.b", "\"y\"", NULL },
	{ "nothing in braces becomes a list", YAML, "{a: , b: c}\n", WRAP, "a", "\"y\"", NULL },
	{ "an object in a document that is an empty list", YAML, "[]\n", APPEND, "",
	  "{\"b\": \"c\"}", "[{b: c}]\n" },
	{ "a document becomes a list", YAML, "x\n", WRAP, "", "\"y\"", NULL },
	{ "a pair in a document that is empty braces", YAML, "{}\n", PAIR, "", "{\"b\": \"c\"}",
	  "{b: c}\n" },
	{ "a pair behind one below an explicit key", YAML, "? a\n: b: c\n", PAIR_AFTER, "a.b!",
	  "{\"e\": \"f\"}", NULL },
	{ "the only element of a file without a line ending", YAML, "- x", DROP, "0", "", "[]" },
	{ "a reference with an underscore", YAML, "- x\n", APPEND, "", "\"<A_b>\"",
	  "- x\n- !Ref A_b\n" },
	{ "a reference without a name", YAML, "- x\n", APPEND, "", "\"<>\"", NULL },
	{ "a reference that begins with a dot", YAML, "- x\n", APPEND, "", "\"<.A>\"", NULL },
	{ "a reference that ends with a dot", YAML, "- x\n", APPEND, "", "\"<A.>\"", NULL },
	{ "a dollar before a reference", YAML, "- x\n", APPEND, "", "\"a$b<A>$\"",
	  "- x\n- !Sub \"a$b${A}$\"\n" },
	{ "a reference that begins with a blank, in JSON", TEMPLATE, "[\"a\"]\n", APPEND, "",
	  "\"< A>\"", NULL },
	{ "a dollar before a reference, in JSON", TEMPLATE, "[\"a\"]\n", APPEND, "", "\"a$b<A>$\"",
	  "[\"a\", {\"Fn::Sub\": \"a$b${A}$\"}]\n" },
	{ "a reference with an underscore, in JSON", TEMPLATE, "[\"a\"]\n", APPEND, "",
	  "\"b<A_c>\"", "[\"a\", {\"Fn::Sub\": \"b${A_c}\"}]\n" },
	{ "a blank line between all pairs, in a file of Windows", YAML, "a: b\r\n\r\nc: d\r\n",
	  PAIR, "", "{\"e\": \"f\"}", "a: b\r\n\r\nc: d\r\n\r\ne: f\r\n" },
	{ "behind an element whose line a comment ends", YAML, "- x # c\n- y\n", AFTER, "0",
	  "\"z\"", "- x # c\n- z\n- y\n" },
	{ "behind a text over lines at the end", YAML, "- |\n  x", AFTER, "0", "\"z\"", NULL },
	{ "behind a text over lines that is stripped at the end", YAML, "- |-\n  x", AFTER, "0",
	  "\"z\"", "- |-\n  x\n- z" },
	{ "the elements of a line in brackets over lines", YAML, "a: [x, y,\n  z]\n", DROP2,
	  "a.1 a.2", "", "a: [x]\n" },
	{ "a text that is one of many in an object of JSON", JSON, "{\"a\": [\"x\",\n\"y\"]}", DROP,
	  "\"y\"", "", "{\"a\": [\"x\"]}" },
	{ "a pair behind two on one line", HCL, "a = {\n  b = 1, c = 2\n  d = 3\n}\n", DROP, "d",
	  "", "a = {\n  b = 1, c = 2\n}\n" },
	{ "an object loses its first and last pair", HCL, "a = {\n  b = 1\n  c = 2\n  d = 3\n}\n",
	  DROP2, "b d", "", "a = {\n  c = 2\n}\n" },
};

static const struct node *place(const struct editing *e, const char *text)
{
	bool by_path = str_ends(e->file->path, S(".yaml")) ||
		       str_ends(e->file->path, S(".template"));

	return by_path ? editing_at(e, text) : editing_node(e, text);
}

/* Of two places, with a blank between. */
static bool drop(struct editing *e, str text, const char **why)
{
	size_t blank = str_find(text, S(" "), 0);
	const struct node *both[2] = { place(e, str_z(e->arena, str_sub(text, 0, blank))),
				       place(e,
					     str_z(e->arena, str_sub(text, blank + 1, text.n))) };

	return edit_remove_children(&e->edits, both, 2, why);
}

static bool edit(struct editing *e, const struct row *row, const char **why)
{
	bool blocks = row->op == BLOCKS || row->op >= DROP;
	struct shape *s = blocks ? NULL : editing_shape(e->arena, row->what);
	const struct node *n = row->op == DROP2 ? NULL : place(e, row->place);
	struct edits *es = &e->edits;
	struct strs strings = { 0 };

	if (row->op == OPTIONAL || row->op == WRAP_OPTIONAL)
		s->when = S("var.x");
	switch (row->op) {
	case APPEND:
	case OPTIONAL:
		return edit_append_element(es, n, s, why);
	case AFTER:
		return edit_insert_after(es, n, s, why);
	case WRAP:
	case WRAP_OPTIONAL:
		return edit_wrap_append(es, n, s, why);
	case PAIR:
		return edit_add_pair(es, n, s->v[0].key, s->v[0].value, why);
	case PAIR_AFTER:
		return edit_insert_pair_after(es, n, s->v[0].key, s->v[0].value, why);
	case ARGUMENT:
		n = n->kind == NODE_BLOCK ? n->last : n;
		return edit_add_policy_argument(es, n, S("policy"), s, why);
	case STATEMENT:
		return edit_append_statement_block(es, n->last, NULL, s, why);
	case BLOCKS:
		return edit_insert_blocks_after(es, n, str_from(row->what), why);
	case STRINGS:
		for (size_t i = 0; i < s->n; i++)
			strs_add(e->arena, &strings, s->v[i].value->text);
		return edit_replace_strings(es, n, &strings, why);
	case DROP:
		return n->kind == NODE_BLOCK ? edit_remove_block(es, n, why) :
					       edit_remove_children(es, &n, 1, why);
	case DROP2:
		return drop(e, str_from(row->place), why);
	}
	return false;
}

static void what_is_odd_is_edited_or_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena *a = arena_create();
		const char *why = NULL;
		struct editing e;

		editing_start(&e, a, rows[i].path, rows[i].before);
		if (edit(&e, &rows[i], &why) != (rows[i].after != NULL))
			test_fail("%s: %s", rows[i].claim, rows[i].after ? why : "not refused");
		if (rows[i].after)
			editing_expect(&e, rows[i].claim, rows[i].after);
		else if (!why || e.edits.n)
			test_fail("%s: no reason, or an edit", rows[i].claim);
		arena_destroy(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_odd_is_edited_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
