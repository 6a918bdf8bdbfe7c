# SPDX-License-Identifier: MIT
"""What the expressions that hcl.py reads are worth."""
import json

import yaml

import one_type
from hcl import Bad, Reader


def text_of(v):
    if isinstance(v, bool):
        return 'true' if v else 'false'
    if isinstance(v, (str, int, float)):
        return str(v)
    raise Bad('%r is no text' % (v,))


def flatten(v):
    for x in v:
        if isinstance(x, list):
            yield from flatten(x)
        else:
            yield x


def distinct(v):
    return [x for i, x in enumerate(v) if x not in v[:i]]


def merge(*maps):
    out = {}
    for m in maps:
        out.update(m)
    return out


def as_set(v):
    return sorted(distinct(v), key=json.dumps)


FUNCTIONS = {
    'jsonencode': lambda v: json.dumps(v),
    'concat': lambda *v: [x for l in v for x in l],
    'flatten': lambda v: list(flatten(v)),
    'distinct': distinct,
    'compact': lambda v: [x for x in v if x not in (None, '')],
    'tolist': list, 'jsondecode': json.loads, 'yamldecode': yaml.safe_load, 'toset': as_set, 'sort': sorted,
    'length': len, 'merge': merge, 'one': lambda v: v[0] if v else None,
    'values': lambda v: list(v.values()), 'keys': lambda v: list(v),
    'coalesce': lambda *v: next(x for x in v if x not in (None, '')),
    'join': lambda s, v: s.join(v), 'format': lambda f, *v: f % v,
    'contains': lambda l, v: v in l, 'lookup': lambda m, k, d=None: m.get(k, d),
    'element': lambda l, i: l[i % len(l)], 'split': lambda s, v: v.split(s) if v else [''],
    'coalescelist': lambda *v: next(x for x in v if x), 'lower': str.lower,
    'tostring': text_of, 'setunion': lambda *v: sorted({x for l in v for x in l}),
    'zipmap': lambda k, v: dict(zip(k, v)), 'reverse': lambda v: v[::-1],
    'setsubtract': lambda a, b: sorted(set(a) - set(b)), 'tomap': dict,
    'slice': lambda v, a, b: v[a:b], 'anytrue': any,
    'formatlist': lambda f, *v: [f % one for one in zip(*v)],
}


def from_file(path, *rest):
    """file(), and templatefile(): with what its template may speak of."""
    text = rest[-1].look('path').attribute('text of')(path)
    if len(rest) == 1:
        return text
    inner = Reader.__new__(Reader)
    inner.text, inner.at, inner.depth = text, 0, 0
    return evaluate(inner.template(None), Given(rest[0]))


class Given:
    """A scope of nothing but these."""
    def __init__(self, names):
        self.look = names.__getitem__


# What these are given becomes of one type.
UNIFORM = ('distinct', 'tolist', 'toset', 'sort', 'setunion', 'setsubtract', 'tomap')


def choose(e, scope):
    """condition ? one : other; the other one counts, too, if it is worth anything."""
    right = bool(evaluate(e[1], scope))
    v = evaluate(e[2] if right else e[3], scope)
    try:
        other = evaluate(e[3] if right else e[2], scope)
    except Exception:
        return v
    one_type.check([v, other])
    return v


def attempt(args, scope):
    """try()"""
    for x in args:
        try:
            return evaluate(x, scope)
        except (Bad, KeyError, IndexError, TypeError, AttributeError, StopIteration):
            pass
    raise Bad('try: nothing succeeds')


def operate(op, a, b):
    if op == '==':
        return a == b
    if op == '!=':
        return a != b
    if op == '&&':
        return a and b
    if op == '||':
        return a or b
    return {'<': lambda: a < b, '>': lambda: a > b, '<=': lambda: a <= b, '>=': lambda: a >= b,
            '+': lambda: a + b, '-': lambda: a - b, '*': lambda: a * b, '/': lambda: a / b,
            '%': lambda: a % b}[op]()


def attribute(v, name):
    if isinstance(v, dict):
        return v[name]
    if hasattr(v, 'attribute'):
        return v.attribute(name)
    raise Bad('no attribute %s of %r' % (name, v))


def splat(v, names):
    items = v if isinstance(v, list) else [] if v is None else [v]
    out = []
    for x in items:
        for name in names:
            x = attribute(x, name)
        out.append(x)
    return out


def evaluate(e, scope):
    """scope: name -> value, by look(name)."""
    kind = e[0]
    if kind == 'lit':
        return e[1]
    if kind == 'tpl':
        values = [evaluate(p, scope) for p in e[1]]
        return values[0] if len(values) == 1 else ''.join(map(text_of, values))
    if kind == 'var':
        return scope.look(e[1])
    if kind == 'attr':
        return attribute(evaluate(e[1], scope), e[2])
    if kind == 'idx':
        v, i = evaluate(e[1], scope), evaluate(e[2], scope)
        return v[i] if isinstance(v, (list, dict)) else attribute(v, i)
    if kind == 'splat':
        return splat(evaluate(e[1], scope), e[2])
    if kind == 'list':
        return [evaluate(x, scope) for x in e[1]]
    if kind == 'obj':
        return {evaluate(k, scope): evaluate(v, scope) for k, v in e[1]}
    if kind == 'cond':
        return choose(e, scope)
    if kind == 'not':
        return not evaluate(e[1], scope)
    if kind == 'bin':
        return operate(e[1], evaluate(e[2], scope), evaluate(e[3], scope))
    if kind == 'call':
        if e[1] == 'try':
            return attempt(e[2], scope)
        if e[1] in ('file', 'templatefile'):
            return from_file(*[evaluate(x, scope) for x in e[2]], scope)
        args = []
        for x in e[2]:
            if x[0] == 'spread':
                args += evaluate(x[1], scope)
            else:
                args.append(evaluate(x, scope))
        if e[1] not in FUNCTIONS:
            raise Bad('function ' + e[1])
        if e[1] in UNIFORM:
            one_type.check([x for a in args for x in (a.values() if isinstance(a, dict) else a)])
        return FUNCTIONS[e[1]](*args)
    if kind == 'for':
        return comprehend(e, scope)
    raise Bad(kind)


class With:
    """A scope with some more names."""
    def __init__(self, scope, names):
        self.scope, self.names = scope, names

    def look(self, name):
        return self.names[name] if name in self.names else self.scope.look(name)


def comprehend(e, scope):
    _, names, over, key, value, test = e
    items = evaluate(over, scope)
    pairs = list(items.items()) if isinstance(items, dict) else list(enumerate(items))
    out = [] if key is None else {}
    for k, v in pairs:
        inner = With(scope, {names[0]: v} if len(names) == 1 else {names[0]: k, names[1]: v})
        if test is not None and not evaluate(test, inner):
            continue
        if key is None:
            out.append(evaluate(value, inner))
        else:
            out[evaluate(key, inner)] = evaluate(value, inner)
    return out
