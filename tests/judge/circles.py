# SPDX-License-Identifier: MIT
"""What waits for itself, which Terraform and CloudFormation refuse [11.13, 12.8]. Both look at what
the code mentions, whatever its conditions say."""
import re

import hcl


def circle(uses):
    """One of them, or None; uses: node -> nodes it waits for."""
    done, active = set(), []

    def visit(n):
        if n in active:
            return active[active.index(n):] + [n]
        active.append(n)
        found = next(filter(None, (visit(of) for of in sorted(uses.get(n, ()))
                                   if of not in done)), None)
        done.add(active.pop())
        return found
    return next(filter(None, (visit(n) for n in sorted(uses) if n not in done)), None)


# ---- Terraform ----

def mentions(e):
    """The names that an expression begins with: lists like [data, kind, name], [var, x], [module,
    m, output]."""
    if isinstance(e, tuple) and e[:1] in (('attr',), ('idx',), ('splat',), ('var',)):
        names, inner = chain(e)
        if names:
            yield names
        for x in inner:
            yield from mentions(x)
    elif isinstance(e, (tuple, list)):
        for x in e:
            yield from mentions(x)


def chain(e):
    """(names of a.b["x"].c or of its beginning, other expressions in it)."""
    if e[0] == 'var':
        return [e[1]], []
    if e[0] not in ('attr', 'idx', 'splat'):
        return [], [e]
    names, inner = chain(e[1])
    if e[0] == 'idx':
        return names, inner + [e[2]]
    return names + ([e[2]] if e[0] == 'attr' else e[2]) if names else [], inner


class Graph:
    """Nodes are (folder, kind of thing, name); the same module called twice is one, twice named."""
    def __init__(self, world):
        self.uses = {}
        for root in world.roots:
            self.scope(root, root.folder)

    def scope(self, s, at, before=()):
        """before: what all of it waits for."""
        for (mode, kind, name), body in s.resources.items():
            self.add(s, at, ((mode + kind), name), body, before)
        for what, table in (('local', s.locals), ('output', s.outputs)):
            for name, body in table.items():
                self.add(s, at, (what, name), body, before)
        for name, body in s.calls.items():
            self.call(s, at, name, body, before)

    def call(self, s, at, name, body, before):
        inner = at + '/' + name
        open_node = (at, 'opened', name)
        self.uses[open_node] = set(before)
        for meta in ('count', 'for_each', 'depends_on'):
            if meta in body.attrs:
                one = hcl.Body()
                one.attrs[meta] = body.attrs[meta]
                for e in everything(one):
                    self.uses[open_node] |= self.nodes(s, at, e)
        module = s.called(name, None)
        first = set(self.uses)
        self.scope(module, inner, (open_node,))
        self.uses[at, 'module', name] = set(self.uses) - first
        for argument, value in body.attrs.items():
            if argument not in ('source', 'providers', 'count', 'for_each', 'depends_on'):
                self.uses[inner, 'var', argument] = self.nodes(s, at, value) | {open_node}

    def add(self, s, at, node, body, before):
        of = set(before)
        for e in everything(body):
            of |= self.nodes(s, at, e)
        self.uses[(at,) + node] = of

    def nodes(self, s, at, e):
        out = set()
        for names in mentions(e):
            if names[0] in ('var', 'local') and len(names) > 1:
                out.add((at, names[0], names[1]))
            elif names[0] == 'module' and len(names) > 2 and names[1] in s.calls:
                out.add((at + '/' + names[1], 'output', names[2]))
            elif names[0] == 'module' and len(names) > 1:
                out.add((at, 'module', names[1]))
            elif names[0] == 'data' and len(names) > 2:
                out.add((at, 'data.' + names[1], names[2]))
            elif len(names) > 1:
                out.add((at, 'resource.' + names[0], names[1]))
        return out


def everything(body):
    """The expressions of a body and its blocks, but for names that are none."""
    if isinstance(body, tuple):
        yield body
        return
    for name, e in body.attrs.items():
        if name in ('depends_on', 'replace_triggered_by'):      # texts in JSON
            yield [hcl.Reader(x[1]).expression() if x[0] == 'lit' else x for x in e[1]]
        elif name not in ('provider', 'ignore_changes'):
            yield e
    for _, _, inner in body.blocks:
        yield from everything(inner)


def in_terraform(world):
    return circle(Graph(world).uses)


# ---- CloudFormation ----

def names_in(v):
    """Resources and parameters that a value speaks of."""
    if isinstance(v, list):
        for x in v:
            yield from names_in(x)
    if not isinstance(v, dict):
        return
    for name, arg in v.items():
        if name == 'Ref':
            yield arg
        elif name == 'Fn::GetAtt':
            yield arg.partition('.')[0] if isinstance(arg, str) else arg[0]
        elif name == 'Condition' and isinstance(arg, str):
            continue
        elif name == 'Fn::Sub':
            text, more = arg if isinstance(arg, list) else (arg, {})
            for x in re.findall(r'\$\{([^}!]*)\}', text):
                if x not in more:
                    yield x.partition('.')[0]
            yield from names_in(more)
        elif name == 'DependsOn':
            yield from [arg] if isinstance(arg, str) else arg
        else:
            yield from names_in(arg)


def in_stacks(root):
    return next(filter(None, (circle({n: set(names_in(r)) & set(s.resources)
                                      for n, r in s.resources.items()}) for s in root.every())),
                None)
