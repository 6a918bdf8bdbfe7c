# SPDX-License-Identifier: MIT
"""What Terraform wants to be of one type: both results of a conditional, and the elements of a
list, set or map (convert.UnifyUnsafe of github.com/zclconf/go-cty)."""


class Apart(Exception):
    pass


def type_of(v):
    """None: anything."""
    if isinstance(v, (str, bool, int, float)):
        return 'text'
    if isinstance(v, (list, tuple)):
        return ('list', [type_of(x) for x in v])
    if isinstance(v, dict):
        return ('object', {k: type_of(x) for k, x in v.items()})
    return None


def unify(types):
    """The type that all of them become, or Apart. A list or map of one type is not told from one
    that has it for each element."""
    types = [t for t in types if t is not None]
    if not types or all(t == 'text' for t in types):
        return types[0] if types else None
    if any(t == 'text' for t in types) or len({t[0] for t in types}) > 1:
        raise Apart('values of different types')
    kind, inside = types[0][0], [t[1] for t in types]
    if kind == 'list':
        if len({len(x) for x in inside}) == 1:
            return (kind, [unify(column) for column in zip(*inside)])
        one = unify([t for x in inside for t in x])
        return (kind, [one] * max(map(len, inside)))
    if len({frozenset(x) for x in inside}) == 1:
        return (kind, {k: unify([x[k] for x in inside]) for k in inside[0]})
    one = unify([t for x in inside for t in x.values()])
    return (kind, {k: one for x in inside for k in x})


def check(values):
    unify([type_of(v) for v in values])
