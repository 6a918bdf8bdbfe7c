/* SPDX-License-Identifier: MIT */
/*
 * Tokens to nodes, by the grammar of libyaml's parser. Where that grammar is stricter than what is
 * written here (yaml_check.c finds out), the stricter one holds.
 */
#include "yaml.h"

#define ONE(type) (1u << (type))
#define DIRECTIVES (ONE(YAML_VERSION_DIRECTIVE_TOKEN) | ONE(YAML_TAG_DIRECTIVE_TOKEN))
#define DOCUMENT_ENDS                                                                 \
	(DIRECTIVES | ONE(YAML_DOCUMENT_START_TOKEN) | ONE(YAML_DOCUMENT_END_TOKEN) | \
	 ONE(YAML_STREAM_END_TOKEN))
#define BLOCK_ENDS (ONE(YAML_KEY_TOKEN) | ONE(YAML_VALUE_TOKEN) | ONE(YAML_BLOCK_END_TOKEN))

/* What a node may be: a block collection, a sequence without indent. */
enum allow { ALLOW_FLOW = 0, ALLOW_BLOCK = 1, ALLOW_INDENTLESS = 2 };

static bool is(const struct yaml *p, unsigned types)
{
	return (ONE(p->token.type) & types) != 0;
}

static struct node *parse_node(struct yaml *p, unsigned allow);

/* The node that is not there. */
static struct node *empty(struct yaml *p, uint32_t at)
{
	struct node *n = node_new(p->arena, p->tree, NODE_STRING, at);

	n->flags = FLAG_DECODED | FLAG_PLAIN;
	n->body = at;
	node_more(p->arena, n)->text = S("");
	return n;
}

/* A node, or an empty one at `at` when one of `stops` comes next. */
static struct node *node_or_empty(struct yaml *p, unsigned allow, unsigned stops, uint32_t at)
{
	return is(p, stops) ? empty(p, at) : parse_node(p, allow);
}

static struct node *parse_alias(struct yaml *p)
{
	struct node *n = node_new(p->arena, p->tree, NODE_ALIAS, p->start);

	n->body = p->start;
	n->end = p->end;
	n->name = str_sub(p->tree->file->text, p->start + 1, p->end);
	return yaml_next(p) ? n : NULL;
}

/* A pair whose key or value may be left out before one of `stops`. */
static struct node *parse_pair(struct yaml *p, unsigned allow, unsigned stops)
{
	struct node *n = node_new(p->arena, p->tree, NODE_PAIR, p->start), *key, *value;
	uint32_t at = p->start;

	if (is(p, ONE(YAML_KEY_TOKEN))) {
		at = p->end;
		if (!yaml_next(p))
			return NULL;
		key = node_or_empty(p, allow, stops | ONE(YAML_VALUE_TOKEN), at);
	} else {
		key = is(p, ONE(YAML_VALUE_TOKEN)) ? empty(p, at) : parse_node(p, allow);
	}
	if (!key)
		return NULL;
	node_append(n, key);
	at = key->end;
	if (is(p, ONE(YAML_VALUE_TOKEN))) {
		n->mark = p->start;
		at = p->end;
		if (!yaml_next(p))
			return NULL;
		value = node_or_empty(p, allow, stops, at);
	} else {
		value = empty(p, at);
	}
	if (!value)
		return NULL;
	node_append(n, value);
	n->end = value->end;
	return n;
}

static struct node *collection(struct yaml *p, enum node_kind kind, unsigned flags)
{
	struct node *n = node_new(p->arena, p->tree, kind, p->start);

	n->flags = flags;
	n->body = p->start;
	if (p->depth == SYNTAX_MAX_DEPTH)
		return yaml_fail(p, p->start, "nested too deeply");
	p->depth++;
	return n;
}

/* The end of a block collection. */
static struct node *finish_block(struct yaml *p, struct node *n, bool indentless,
				 const char *expected)
{
	if (!indentless) {
		if (!is(p, ONE(YAML_BLOCK_END_TOKEN)))
			return yaml_fail(p, p->start, expected);
		if (!yaml_next(p))
			return NULL;
	}
	p->depth--;
	if (n->last)
		n->end = n->last->end;
	return n;
}

/* `- a` lines, whose start the scanner marks unless they are not indented. */
static struct node *parse_block_seq(struct yaml *p, bool indentless)
{
	struct node *n = collection(p, NODE_SEQ, 0);

	if (!n || (!indentless && !yaml_next(p)))
		return NULL;
	while (is(p, ONE(YAML_BLOCK_ENTRY_TOKEN))) {
		uint32_t dash = p->start, after = p->end;
		struct node *child;

		if (!yaml_next(p))
			return NULL;
		child = node_or_empty(p, ALLOW_BLOCK, BLOCK_ENDS | ONE(YAML_BLOCK_ENTRY_TOKEN),
				      after);
		if (!child)
			return NULL;
		child->mark = dash;
		node_append(n, child);
	}
	return finish_block(p, n, indentless, "did not find expected '-' indicator");
}

static struct node *parse_block_map(struct yaml *p)
{
	struct node *n = collection(p, NODE_MAP, 0);

	if (!n || !yaml_next(p))
		return NULL;
	while (is(p, ONE(YAML_KEY_TOKEN) | ONE(YAML_VALUE_TOKEN))) {
		struct node *pair = parse_pair(p, ALLOW_BLOCK | ALLOW_INDENTLESS, BLOCK_ENDS);

		if (!pair)
			return NULL;
		node_append(n, pair);
	}
	return finish_block(p, n, false, "did not find expected key");
}

/* `a: b` as an element of a flow sequence: a map without braces. */
static struct node *parse_single_pair(struct yaml *p, unsigned stops)
{
	struct node *n = collection(p, NODE_MAP, FLAG_FLOW), *pair;

	if (!n)
		return NULL;
	pair = parse_pair(p, ALLOW_FLOW, stops);
	if (!pair)
		return NULL;
	node_append(n, pair);
	n->end = pair->end;
	p->depth--;
	return n;
}

static struct node *parse_flow_item(struct yaml *p, enum node_kind kind, unsigned stops)
{
	if (kind == NODE_MAP)
		return parse_pair(p, ALLOW_FLOW, stops);
	if (is(p, ONE(YAML_KEY_TOKEN)))
		return parse_single_pair(p, stops);
	return parse_node(p, ALLOW_FLOW);
}

static struct node *parse_flow(struct yaml *p, enum node_kind kind, yaml_token_type_t close)
{
	unsigned stops = ONE(close) | ONE(YAML_FLOW_ENTRY_TOKEN);
	struct node *n = collection(p, kind, FLAG_FLOW);

	if (p->brackets++ == YAML_MAX_BRACKETS)
		return yaml_fail(p, p->start, "nested too deeply");
	if (!n || !yaml_next(p))
		return NULL;
	while (!is(p, ONE(close))) {
		struct node *item = parse_flow_item(p, kind, stops);

		if (!item)
			return NULL;
		node_append(n, item);
		if (!is(p, ONE(YAML_FLOW_ENTRY_TOKEN)))
			break;
		item->comma = p->start;
		if (!yaml_next(p))
			return NULL;
	}
	if (!is(p, ONE(close)))
		return yaml_fail(p, p->start, "did not find expected ',' or closing bracket");
	n->end = p->end;
	p->depth--;
	p->brackets--;
	return yaml_next(p) ? n : NULL;
}

/* A tag and an anchor, in either order. They are named by yaml_check.c. */
static bool skip_properties(struct yaml *p, uint32_t *start, uint32_t *end)
{
	unsigned seen = 0, type;

	*start = *end = p->start;
	while (is(p, ONE(YAML_TAG_TOKEN) | ONE(YAML_ANCHOR_TOKEN))) {
		type = ONE(p->token.type);
		if (seen & type)
			break;
		seen |= type;
		*end = p->end;
		if (!yaml_next(p))
			return false;
	}
	return true;
}

static struct node *parse_content(struct yaml *p, unsigned allow, bool may_be_empty, uint32_t end)
{
	switch (p->token.type) {
	case YAML_SCALAR_TOKEN:
		return yaml_scalar(p);
	case YAML_FLOW_SEQUENCE_START_TOKEN:
		return parse_flow(p, NODE_SEQ, YAML_FLOW_SEQUENCE_END_TOKEN);
	case YAML_FLOW_MAPPING_START_TOKEN:
		return parse_flow(p, NODE_MAP, YAML_FLOW_MAPPING_END_TOKEN);
	case YAML_BLOCK_SEQUENCE_START_TOKEN:
		if (allow & ALLOW_BLOCK)
			return parse_block_seq(p, false);
		break;
	case YAML_BLOCK_MAPPING_START_TOKEN:
		if (allow & ALLOW_BLOCK)
			return parse_block_map(p);
		break;
	case YAML_BLOCK_ENTRY_TOKEN:
		if (allow & ALLOW_INDENTLESS)
			return parse_block_seq(p, true);
		break;
	default:
		break;
	}
	if (may_be_empty)
		return empty(p, end);
	return yaml_fail(p, p->start, "did not find expected node content");
}

static struct node *parse_node(struct yaml *p, unsigned allow)
{
	uint32_t start, end;
	struct node *n;

	if (is(p, ONE(YAML_ALIAS_TOKEN)))
		return parse_alias(p);
	if (!skip_properties(p, &start, &end))
		return NULL;
	n = parse_content(p, allow, start < end, end);
	if (n)
		n->start = start < end ? start : n->start;
	return n;
}

static bool skip_directives(struct yaml *p)
{
	while (is(p, DIRECTIVES)) {
		p->directives += is(p, ONE(YAML_TAG_DIRECTIVE_TOKEN));
		if (p->directives > YAML_MAX_DIRECTIVES) {
			yaml_fail(p, p->start, "too many %TAG directives");
			return false;
		}
		if (!yaml_next(p))
			return false;
	}
	return true;
}

static struct node *parse_document(struct yaml *p)
{
	uint32_t at;

	if (!skip_directives(p))
		return NULL;
	if (!is(p, ONE(YAML_DOCUMENT_START_TOKEN)))
		return parse_node(p, ALLOW_BLOCK);
	at = p->end;
	return yaml_next(p) ? node_or_empty(p, ALLOW_BLOCK, DOCUMENT_ENDS, at) : NULL;
}

bool yaml_build(struct yaml *p, struct node *stream)
{
	if (!yaml_next(p))
		return false;
	while (!is(p, ONE(YAML_STREAM_END_TOKEN))) {
		struct node *document = parse_document(p);

		if (!document)
			return false;
		node_append(stream, document);
		stream->end = document->end;
		while (is(p, ONE(YAML_DOCUMENT_END_TOKEN))) {
			if (!yaml_next(p))
				return false;
		}
	}
	return true;
}
