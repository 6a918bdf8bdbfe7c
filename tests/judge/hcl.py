# SPDX-License-Identifier: MIT
"""A reader of Terraform's language, as far as the models need it, sharing nothing with src/. Blocks
become Body objects; expressions become tuples, evaluated against a scope."""
import json
import re


class Bad(Exception):
    pass


class Body:
    def __init__(self):
        self.attrs, self.blocks = {}, []

    def of(self, kind):
        return [b for k, labels, b in self.blocks if k == kind]


TOKEN = re.compile(r'''
  (?P<space>[ \t\r]+|\#[^\n]*|//[^\n]*|/\*.*?\*/)
 |(?P<nl>\n)
 |(?P<heredoc><<-?[A-Za-z_]\w*\n)
 |(?P<ident>[A-Za-z_][\w-]*)
 |(?P<num>\d+(?:\.\d+)?)
 |(?P<quote>")
 |(?P<op>==|!=|<=|>=|&&|\|\||=>|\.\.\.|[{}\[\]()=,.:?!<>+\-*/%~])
''', re.X | re.S)


class Reader:
    def __init__(self, text):
        self.text, self.at, self.depth = text, 0, 0
        self.next()

    def next(self):
        while True:
            m = TOKEN.match(self.text, self.at)
            if not m:
                if self.at == len(self.text):
                    self.kind, self.value = 'end', ''
                    return
                raise Bad('cannot read %r' % self.text[self.at:self.at + 40])
            self.at = m.end()
            kind = m.lastgroup
            if kind == 'space' or kind == 'nl' and self.depth:
                continue
            self.kind, self.value = kind, m.group()
            return

    def take(self, value=None, kind=None):
        if (value is not None and self.value != value) or (kind and self.kind != kind):
            raise Bad('wants %s, sees %r' % (value or kind, self.value))
        got = self.value
        self.next()
        return got

    def is_op(self, value):
        return self.kind == 'op' and self.value == value

    # bodies
    def body(self, end):
        out = Body()
        while True:
            while self.kind == 'nl':
                self.next()
            if self.kind == 'end' or self.is_op('}'):
                if (self.kind == 'end') != (end == 'end'):
                    raise Bad('a body ends at the wrong place')
                return out
            name = self.take(kind='ident')
            if self.is_op('='):
                self.next()
                out.attrs[name] = self.expression()
                continue
            labels = []
            while not self.is_op('{'):
                labels.append(self.plain() if self.kind == 'quote' else self.take(kind='ident'))
            depth, self.depth = self.depth, 0
            self.next()
            out.blocks.append((name, labels, self.body('}')))
            self.depth = depth
            self.take('}')

    def plain(self):
        part = self.string()
        if part[0] != 'lit':
            raise Bad('a label with a template')
        return part[1]

    # expressions
    def expression(self):
        cond = self.binary(0)
        if self.is_op('?'):
            self.next()
            yes = self.expression()
            self.take(':')
            return ('cond', cond, yes, self.expression())
        return cond

    LEVELS = [('||',), ('&&',), ('==', '!='), ('<', '>', '<=', '>='), ('+', '-'), ('*', '/', '%')]

    def binary(self, level):
        if level == len(self.LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.kind == 'op' and self.value in self.LEVELS[level]:
            op = self.take()
            left = ('bin', op, left, self.binary(level + 1))
        return left

    def unary(self):
        if self.is_op('!'):
            self.next()
            return ('not', self.unary())
        if self.is_op('-'):
            self.next()
            return ('bin', '-', ('lit', 0), self.unary())
        return self.postfix(self.term())

    def postfix(self, e):
        while True:
            if self.is_op('.'):
                self.next()
                if self.is_op('*'):
                    self.next()
                    e = ('splat', e, self.attributes())
                elif self.kind == 'num':
                    e = ('idx', e, ('lit', int(self.take())))
                else:
                    e = ('attr', e, self.take(kind='ident'))
            elif self.is_op('['):
                self.depth += 1
                self.next()
                if self.is_op('*'):
                    self.next()
                    self.close(']')
                    e = ('splat', e, self.attributes())
                else:
                    index = self.expression()
                    self.close(']')
                    e = ('idx', e, index)
            else:
                return e

    def attributes(self):
        names = []
        while self.is_op('.'):
            self.next()
            names.append(self.take(kind='ident'))
        return names

    def close(self, bracket):
        if not self.is_op(bracket):
            raise Bad('wants %s, sees %r' % (bracket, self.value))
        self.depth -= 1
        self.next()

    def term(self):
        if self.kind == 'quote':
            return self.string()
        if self.kind == 'heredoc':
            return self.heredoc()
        if self.kind == 'num':
            value = self.take()
            return ('lit', float(value) if '.' in value else int(value))
        if self.is_op('('):
            self.depth += 1
            self.next()
            e = self.expression()
            self.close(')')
            return e
        if self.is_op('['):
            return self.list()
        if self.is_op('{'):
            return self.object()
        name = self.take(kind='ident')
        if self.is_op('('):
            return self.call(name)
        words = {'true': True, 'false': False, 'null': None}
        return ('lit', words[name]) if name in words else ('var', name)

    def call(self, name):
        self.depth += 1
        self.next()
        args = []
        while not self.is_op(')'):
            args.append(self.expression())
            if self.is_op('...'):
                self.next()
                args[-1] = ('spread', args[-1])
            if self.is_op(','):
                self.next()
        self.close(')')
        return ('call', name, args)

    def list(self):
        self.depth += 1
        self.next()
        if self.kind == 'ident' and self.value == 'for':
            return self.comprehension(']')
        items = []
        while not self.is_op(']'):
            items.append(self.expression())
            if self.is_op(','):
                self.next()
        self.close(']')
        return ('list', items)

    def object(self):
        self.depth += 1
        self.next()
        if self.kind == 'ident' and self.value == 'for':
            return self.comprehension('}')
        items = []
        while not self.is_op('}'):
            if self.kind == 'ident':
                key = ('lit', self.take())
                while self.is_op('.'):      # of providers
                    self.next()
                    key = ('lit', key[1] + '.' + self.take(kind='ident'))
            else:
                key = self.expression()
            self.next() if self.is_op('=') or self.is_op(':') else self.take('=')
            items.append((key, self.expression()))
            if self.is_op(','):
                self.next()
        self.close('}')
        return ('obj', items)

    def comprehension(self, end):
        self.next()
        names, over = self.loop()
        self.take(':')
        key = None
        value = self.expression()
        if end == '}':
            self.take('=>')
            key, value = value, self.expression()
        test = None
        if self.kind == 'ident' and self.value == 'if':
            self.next()
            test = self.expression()
        self.close(end)
        return ('for', names, over, key, value, test)

    # strings; self.at is behind the token that begins them
    def string(self):
        parts = self.template('"')
        self.next()
        return parts

    def heredoc(self):
        flush = self.value.startswith('<<-')
        word = self.value[2:].lstrip('-').strip()
        m = re.compile(r'^[ \t]*%s[ \t]*$' % word, re.M).search(self.text, self.at)
        if not m:
            raise Bad('a heredoc without end')
        text = self.text[self.at:m.start()]
        if flush:
            lines = text.split('\n')
            least = min((len(l) - len(l.lstrip(' ')) for l in lines if l.strip()), default=0)
            text = '\n'.join(l[least:] for l in lines)
        self.at = m.end()
        self.next()
        inner = Reader.__new__(Reader)
        inner.text, inner.at, inner.depth = text, 0, 0
        return inner.template(None)

    ESCAPES = {'n': '\n', 't': '\t', 'r': '\r', '"': '"', '\\': '\\'}

    def template(self, quote):
        parts, word = self.parts(quote)
        if word:
            raise Bad('%%{ %s } without a beginning' % word)
        return parts

    def parts(self, quote):
        """(a template, the word of the directive that ends it)."""
        parts, text, ended = [], '', None
        while not ended:
            if self.at >= len(self.text):
                if quote:
                    raise Bad('a string without end')
                break
            c = self.text[self.at]
            if quote and c == quote:
                self.at += 1
                break
            if quote and c == '\\':
                text += self.ESCAPES[self.text[self.at + 1]]
                self.at += 2
            elif self.text.startswith(('$${', '%%{'), self.at):
                text += self.text[self.at + 1:self.at + 3]
                self.at += 3
            elif self.text.startswith(('${', '%{'), self.at):
                how = self.text[self.at]
                self.at += 2
                if self.text.startswith('~', self.at):
                    self.at, text = self.at + 1, text.rstrip()
                if text:
                    parts.append(('lit', text))
                text = ''
                part, ended = self.inside() if how == '$' else self.directive(quote)
                parts += [part] if part else []
            else:
                m = re.compile(r'[^"\\$%]+').match(self.text, self.at)
                text += m.group() if m else c
                self.at = m.end() if m else self.at + 1
        if text or not parts:
            parts.append(('lit', text))
        if len(parts) == 1 and parts[0][0] == 'lit':
            return parts[0], ended
        return ('tpl', parts), ended

    def inside(self):
        depth, self.depth = self.depth, 1
        self.next()
        part = self.expression()
        self.ends(depth)
        return part, None

    def ends(self, depth):
        """self.at is behind the brace that ends what stands in a text, and the blanks it takes."""
        trims = self.is_op('~')
        if trims:
            self.next()
        if not self.is_op('}'):
            raise Bad('a template ends at %r' % self.value)
        self.depth = depth
        if trims:
            while self.text[self.at:self.at + 1].isspace():
                self.at += 1

    def directive(self, quote):
        """(part or None, the word when it ends another): if, for and what belongs to them."""
        depth, self.depth = self.depth, 1
        self.next()
        word = self.take(kind='ident')
        if word == 'if':
            test = self.expression()
            self.ends(depth)
            yes, word = self.parts(quote)
            no = ('lit', '')
            if word == 'else':
                no, word = self.parts(quote)
            return self.ended(word, 'endif', ('cond', test, yes, no))
        if word == 'for':
            names, over = self.loop()
            self.ends(depth)
            each, word = self.parts(quote)
            return self.ended(word, 'endfor', ('call', 'join', [
                ('lit', ''), ('for', names, over, None, each, None)]))
        self.ends(depth)
        return None, word

    def ended(self, word, wanted, part):
        if word != wanted:
            raise Bad('%%{ %s } where %s is wanted' % (word, wanted))
        return part, None

    def loop(self):
        names = [self.take(kind='ident')]
        if self.is_op(','):
            self.next()
            names.append(self.take(kind='ident'))
        self.take('in')
        return names, self.expression()


def read(text):
    return Reader(text).body('end')


NESTED = ('statement', 'principals', 'not_principals', 'condition', 'inline_policy', 'dynamic',
          'content', 'lifecycle', 'backend', 'assume_role')
LABELS = {'resource': 2, 'data': 2, 'module': 1, 'variable': 1, 'output': 1, 'provider': 1,
          'locals': 0, 'terraform': 0, 'import': 0, 'moved': 0}


def read_json(text):
    """The same from Terraform's JSON syntax."""
    out = Body()
    for kind, value in json.loads(text).items():
        for labels, body in labelled(value, LABELS[kind]):
            out.blocks.append((kind, labels, json_body(body)))
    return out


def labelled(value, n):
    for v in value if isinstance(value, list) else [value]:
        if n == 0:
            yield [], v
            continue
        for name, rest in v.items():
            for labels, body in labelled(rest, n - 1):
                yield [name] + labels, body


def json_body(value):
    out = Body()
    for name, v in value.items():
        if name in NESTED:
            for labels, body in labelled(v, 1 if name in ('dynamic', 'backend') else 0):
                out.blocks.append((name, labels, json_body(body)))
        else:
            out.attrs[name] = json_expression(v)
    return out


def json_expression(v):
    if isinstance(v, str):
        inner = Reader.__new__(Reader)
        inner.text, inner.at, inner.depth = v, 0, 0
        return inner.template(None)
    if isinstance(v, list):
        return ('list', [json_expression(x) for x in v])
    if isinstance(v, dict):
        return ('obj', [(json_expression(k), json_expression(x)) for k, x in v.items()])
    return ('lit', v)
