/* SPDX-License-Identifier: MIT */
/*
 * The second opinion: libyaml's events, one after the other, have to be those of the tree. They
 * also bring the names of tags, which `%TAG` lines may change, and of anchors.
 */
#include "yaml.h"

struct check {
	struct yaml *yaml;
	yaml_parser_t parser;
	yaml_event_t event;
};

static bool differ(struct check *c, uint32_t at)
{
	yaml_fail(c->yaml, at, "the parser's events do not fit the tokens");
	return false;
}

/* Reads the next event, which must be of this type; `at` is where the tree has it. */
static bool expect(struct check *c, yaml_event_type_t type, uint32_t at)
{
	yaml_event_delete(&c->event);
	if (!yaml_parser_parse(&c->parser, &c->event)) {
		yaml_fail_parser(c->yaml, &c->parser);
		return false;
	}
	return c->event.type == type || differ(c, at);
}

static str copy(struct check *c, const yaml_char_t *z)
{
	return z ? str_dup(c->yaml->arena, str_from((const char *)z)) : (str){ NULL, 0 };
}

/* A tag and an anchor are there if and only if the node has bytes before its value. */
static bool name_node(struct check *c, struct node *n, const yaml_char_t *tag,
		      const yaml_char_t *anchor)
{
	n->name = copy(c, tag);
	if (anchor)
		node_more(c->yaml->arena, n)->name2 = copy(c, anchor);
	return (tag || anchor) == (n->start < n->body) || differ(c, n->start);
}

static bool check_alias(struct check *c, struct node *n)
{
	return expect(c, YAML_ALIAS_EVENT, n->start) &&
	       (str_eq(str_from((const char *)c->event.data.alias.anchor), n->name) ||
		differ(c, n->start));
}

static yaml_scalar_style_t style_of(const struct node *n)
{
	if (n->flags & FLAG_PLAIN)
		return YAML_PLAIN_SCALAR_STYLE;
	if (n->flags & FLAG_SINGLE)
		return YAML_SINGLE_QUOTED_SCALAR_STYLE;
	if (n->flags & FLAG_LITERAL)
		return YAML_LITERAL_SCALAR_STYLE;
	return n->flags & FLAG_FOLDED ? YAML_FOLDED_SCALAR_STYLE : YAML_DOUBLE_QUOTED_SCALAR_STYLE;
}

static bool check_scalar(struct check *c, struct node *n)
{
	str value;

	if (!expect(c, YAML_SCALAR_EVENT, n->start))
		return false;
	value = (str){ (const char *)c->event.data.scalar.value, c->event.data.scalar.length };
	if (!str_eq(value, node_decoded(n)) || c->event.data.scalar.style != style_of(n))
		return differ(c, n->start);
	return name_node(c, n, c->event.data.scalar.tag, c->event.data.scalar.anchor);
}

static bool check_node(struct check *c, struct node *n);

static bool check_seq(struct check *c, struct node *n)
{
	yaml_sequence_style_t style = n->flags & FLAG_FLOW ? YAML_FLOW_SEQUENCE_STYLE :
							     YAML_BLOCK_SEQUENCE_STYLE;

	if (!expect(c, YAML_SEQUENCE_START_EVENT, n->start))
		return false;
	if (c->event.data.sequence_start.style != style)
		return differ(c, n->start);
	if (!name_node(c, n, c->event.data.sequence_start.tag, c->event.data.sequence_start.anchor))
		return false;
	for (struct node *child = n->first; child; child = child->next) {
		if (!check_node(c, child))
			return false;
	}
	return expect(c, YAML_SEQUENCE_END_EVENT, n->end);
}

static bool check_map(struct check *c, struct node *n)
{
	yaml_mapping_style_t style = n->flags & FLAG_FLOW ? YAML_FLOW_MAPPING_STYLE :
							    YAML_BLOCK_MAPPING_STYLE;

	if (!expect(c, YAML_MAPPING_START_EVENT, n->start))
		return false;
	if (c->event.data.mapping_start.style != style)
		return differ(c, n->start);
	if (!name_node(c, n, c->event.data.mapping_start.tag, c->event.data.mapping_start.anchor))
		return false;
	for (struct node *pair = n->first; pair; pair = pair->next) {
		if (!check_node(c, pair->first) || !check_node(c, pair->last))
			return false;
	}
	return expect(c, YAML_MAPPING_END_EVENT, n->end);
}

static bool check_node(struct check *c, struct node *n)
{
	switch (n->kind) {
	case NODE_ALIAS:
		return check_alias(c, n);
	case NODE_SEQ:
		return check_seq(c, n);
	case NODE_MAP:
		return check_map(c, n);
	default:
		return check_scalar(c, n);
	}
}

static bool check_stream(struct check *c, struct node *stream)
{
	if (!expect(c, YAML_STREAM_START_EVENT, stream->start))
		return false;
	for (struct node *n = stream->first; n; n = n->next) {
		if (!expect(c, YAML_DOCUMENT_START_EVENT, n->start) || !check_node(c, n) ||
		    !expect(c, YAML_DOCUMENT_END_EVENT, n->end))
			return false;
	}
	return expect(c, YAML_STREAM_END_EVENT, stream->end);
}

bool yaml_check(struct yaml *p, struct node *stream)
{
	struct check c = { .yaml = p };
	bool ok;

	if (!yaml_start(p, &c.parser)) {
		yaml_fail(p, 0, "out of memory");
		return false;
	}
	ok = check_stream(&c, stream);
	yaml_event_delete(&c.event);
	yaml_parser_delete(&c.parser);
	return ok;
}
