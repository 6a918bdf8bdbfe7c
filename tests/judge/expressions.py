#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random expressions of Terraform with variables that nobody sets. What kmsfix makes of one must be
true for every value that they may have, as the real `terraform console` evaluates it: each element
of the list is one that kmsfix sees, or may be one that it does not know, and what it says is there
for sure is there.

    expressions.py DRIVER [--count N] [--seed N]

DRIVER is a command, driver.c built. The last line has the figures; the exit status is 1 when
anything was wrong, 77 without terraform."""
import argparse
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

import judge

# What a variable may be; kmsfix sees only its declaration.
VARIABLES = {
    'b1': ('bool', ['true', 'false']),
    'b2': ('any', ['true', 'false']),
    's1': ('string', ['"a"', '"zz"', '""', 'null']),
    's2': ('any', ['"b"', '"s3:x"', '"one"', 'null']),
    'l': ('list(string)', ['tolist([])', '["a"]', '["q", "a"]']),
    'm': ('map(string)', ['tomap({})', 'tomap({one = "a"})', 'tomap({x = "q", two = "b"})']),
}

# Forms by type: S text, B truth, L list of texts, M map of texts, O object, K key of a map, and P and
# Q lists of L and O. <T> is one of type T, with |v=T in the scope of such a variable v.
LEAVES = {
    'S': ['"a"', '"b"', '"s3:x"', '"one"', '"c"', '"zz"', '""', 'null', 'var.s1', 'var.s2'],
    'B': ['var.b1', 'var.b2', 'var.b1', 'var.b2', 'true', 'false'],
    'L': ['[]', '["a"]', '["b", "s3:x"]', '["one", null]', 'var.l', '[<S>]', '[<S>, <S>]'],
    'M': ['{}', '{ one = "b" }', '{ x = "a", two = "c" }', 'var.m', '{ <K> = <S> }'],
    'K': ['one', 'two', 'x', 'a'],
}
FORMS = {
    'S': ['"s3:${<S>}"', '"${<S>}"', '"%{ if <B> }a%{ else }b%{ endif }"',
          '"%{ for e in <L> }${e}%{ endfor }"', '(<B> ? <S> : <S>)', 'coalesce(<S>, <S>)',
          'coalesce(<L>...)', 'try(<S>, <S>)', 'lookup(<M>, <S>, <S>)', '<M>["<K>"]',
          'try(<M>.<K>, <S>)', 'element(<L>, 1)', '<L>[0]', '<L>[1]', 'one(<L>)',
          'try(<L>[1], <S>)', 'join(",", <L>)', 'join("", <L>)', 'format("s3:%s", <S>)',
          'lower(<S>)', 'replace(<S>, "a", "c")', 'tostring(<S>)', 'trimspace(<S>)', '<O>.n',
          '<O>.t', 'element(split(",", <S>), 0)'],
    'B': ['(<S> == <S>)', '(<S> != <S>)', 'contains(<L>, <S>)', '(length(<L>) > 0)',
          '(length(<L>) == 1)', '(length(<S>) > 0)', '!<B>', '(<B> && <B>)', '(<B> || <B>)', 'can(<S>)',
          'contains(keys(<M>), <S>)', 'startswith(<S>, "s3")', '<O>.on', 'try(<O>.on, <B>)'],
    'L': ['[]', '[<S>]', '[<S>, <S>]', '[<S>, <S>, <S>]', 'concat(<L>, <L>)',
          'concat(<L>, <L>, <L>)', 'concat(<P>...)', '(<B> ? <L> : <L>)', '(<B> ? <L> : [])',
          '[for v in <L> : <S|v=S>]', '[for v in <L> : <S|v=S> if <B|v=S>]',
          '[for v in toset(<L>) : <S|v=S>]', '[for k, v in <M> : <S|k=S,v=S> if <B|k=S,v=S>]',
          '[for i, v in <L> : "${i}${v}"]', '[for v in <Q> : <S|v=O> if <B|v=O>]',
          'flatten([for v in <P> : <L|v=L>])', 'values(<M>)', 'keys(<M>)', 'flatten(<P>)',
          'distinct(<L>)', 'compact(<L>)', 'tolist(toset(<L>))', 'sort(<L>)', 'try(<L>, <L>)',
          'coalescelist(<L>, <L>)', 'coalesce(<L>, <L>)', 'slice(<L>, 0, 1)',
          'tolist(setunion(<L>, <L>))', 'tolist(setintersection(<L>, <L>))',
          'tolist(setsubtract(<L>, <L>))', 'formatlist("s3:%s", <L>)', '<Q>[*].n', '<S>[*]',
          'split(",", <S>)', 'jsondecode(jsonencode(<L>))', 'reverse(<L>)', '<P>[0]',
          'lookup({ one = <L>, two = <L> }, <S>, <L>)', 'matchkeys(<L>, <L>, <L>)',
          'chunklist(<L>, 2)[0]', 'setproduct(<L>, <L>)[0]', '[for i in range(2) : <S>]'],
    'M': ['{}', '{ <K> = <S> }', '{ one = <S>, two = <S> }', '{ a = <S>, (<S>) = <S> }',
          '{ x = <S>, x = <S> }', 'merge(<M>, <M>)', 'merge(<M>, <M>, <M>)', '(<B> ? <M> : <M>)',
          '(<B> ? <M> : {})', '{ for v in <L> : v => <S|v=S> }',
          '{ for k, v in <M> : k => <S|k=S,v=S> if <B|k=S,v=S> }', 'zipmap(["one", "two"], <L>)',
          'try(<M>, {})', 'tomap(<M>)', 'coalesce(<M>, <M>)'],
    'O': ['{ n = <S>, t = <S> }', '{ n = <S>, t = <S>, on = <B> }'],
    'P': ['[<L>]', '[<L>, <L>]', '(<B> ? [<L>] : [])', 'values({ one = <L>, two = <L> })',
          'concat([<L>], [<L>])'],
    'Q': ['[<O>]', '[<O>, <O>]', '(<B> ? [<O>] : [])', 'values({ one = <O>, two = <O> })'],
}
PLACE = re.compile(r'<([A-Z])(?:\|([^>]*))?>')
LONGEST = 900


def expression(rng, kind, depth, scope):
    """One of the kind, whose variables are those of the repository and of `scope`: (name, kind)."""
    bound = [name for name, k in scope if k == kind]
    if bound and rng.random() < (.2 if depth > 0 else .6):
        return rng.choice(bound)
    form = rng.choice(FORMS[kind] if depth > 0 and kind in FORMS else LEAVES.get(kind) or FORMS[kind])
    # The variables of a loop have names of their own, so that an inner one hides none by chance.
    names = {v: '%s%d' % (v, len(scope)) for v in re.findall(r'\b([kv])=', form)}

    def fill(place):
        inner = scope + [(names[v], k) for v, k in re.findall(r'(\w)=(\w)', place.group(2) or '')]
        return expression(rng, place.group(1), depth - 1, inner)

    parts = re.split(r'(<[^>]*>)', form)
    for i, part in enumerate(parts):
        if PLACE.fullmatch(part):
            parts[i] = PLACE.sub(fill, part)
        else:
            parts[i] = re.sub(r'\b[kv]\b', lambda m: names.get(m.group(), m.group()), part)
    return ''.join(parts)


def given(rng, text):
    """The text with values in the place of its variables, at most a dozen ways: (values, text)."""
    names = sorted(set(re.findall(r'var\.(\w+)', text)))
    ways = list(itertools.product(*(VARIABLES[n][1] for n in names)))
    for way in rng.sample(ways, min(len(ways), 12)):
        values = dict(zip(names, way))
        yield values, re.sub(r'var\.(\w+)', lambda m: '(%s)' % values[m.group(1)], text)


def evaluate(texts, where):
    """What terraform says of each: a JSON value, or None when it is an error."""
    wrapped = ', '.join('try(jsonencode(%s), "error")' % t for t in texts)
    env = dict(os.environ, TF_CLI_CONFIG_FILE=os.devnull, CHECKPOINT_DISABLE='1')
    out = subprocess.run(['terraform', 'console'], input='jsonencode([%s])\n' % wrapped, cwd=where,
                         capture_output=True, text=True, env=env).stdout
    try:
        return [None if x == 'error' else json.loads(x) for x in json.loads(json.loads(out))]
    except ValueError:
        # An error that no try() catches is one of them all.
        half = len(texts) // 2
        return [None] if not half else evaluate(texts[:half], where) + evaluate(texts[half:], where)


def elements(value):
    """The texts of the list, or None: an argument that takes texts would refuse it."""
    if not isinstance(value, list) or any(v is None or isinstance(v, (list, dict)) for v in value):
        return None
    return [str(v).lower() if isinstance(v, bool) else str(v) for v in value]


def wrong(seen, texts):
    """What is not true of the texts, or ''."""
    known, unknown = [], []
    for e in seen['elements']:
        if None in e['parts']:
            unknown.append(re.compile(''.join('.*' if p is None else re.escape(p)
                                              for p in e['parts']), re.S))
        else:
            known.append((''.join(e['parts']), e['maybe']))
    for t in texts:
        if not seen['open'] and all(t != k for k, _ in known) and \
                not any(u.fullmatch(t) for u in unknown):
            return '%r is not seen' % t
    for k, maybe in known:
        if not maybe and k not in texts:
            return '%r is not there for sure' % k
    return ''


def ask(tool, texts):
    declared = ''.join('variable "%s" {\n  type = %s\n}\n' % (n, t) for n, (t, _) in VARIABLES.items())
    for text in texts:
        code = declared + '''resource "aws_iam_role" "r" {
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Resource = "*", Action = %s }] })
}
''' % text
        tool.send(b'actions %d\n' % len(code.encode()) + code.encode())
        yield json.loads(tool.line())


def main():
    args = argparse.ArgumentParser()
    args.add_argument('driver')
    args.add_argument('--count', type=int, default=1000)
    args.add_argument('--seed', type=int, default=0)
    args = args.parse_args()
    if not shutil.which('terraform'):
        print('terraform is not installed')
        return 77
    rng, texts = random.Random(args.seed), []
    while len(texts) < args.count:
        text = expression(rng, 'L', rng.randint(1, 4), [])
        if len(text) < LONGEST:
            texts.append(text)
    tool = judge.Tool(args.driver)
    cases = [(text, seen, values, filled) for text, seen in zip(texts, ask(tool, texts))
             for values, filled in given(rng, text)]
    checked, bad = 0, set()
    with tempfile.TemporaryDirectory() as where:
        for i in range(0, len(cases), 300):
            part = cases[i:i + 300]
            for (text, seen, values, filled), value in zip(part, evaluate([c[3] for c in part], where)):
                is_list = elements(value)
                why = '' if is_list is None or text in bad else wrong(seen, is_list)
                checked += is_list is not None
                if why:
                    bad.add(text)
                    print('%s\n  with %s\n  is %s: %s\n  kmsfix: %s' % (text, values, is_list, why, seen))
    print('%d expressions, %d values compared, %d wrong' % (len(texts), checked, len(bad)))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
