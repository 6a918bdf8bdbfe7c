# SPDX-License-Identifier: MIT
"""What Terraform makes of a value that a variable with a type is given: optional attributes of
objects have their defaults."""
import evaluation


def conform(kind, v):
    """kind: the expression of the type."""
    if v is None or kind[0] != 'call':
        return v
    name, inside = kind[1], kind[2][0]
    if name == 'object' and isinstance(v, dict):
        return {key[1]: attribute(of, v.get(key[1])) for key, of in inside[1]}
    if name in ('list', 'set') and isinstance(v, list):
        return [conform(inside, x) for x in v]
    if name == 'map' and isinstance(v, dict):
        return {k: conform(inside, x) for k, x in v.items()}
    return v


def attribute(kind, v):
    if kind[:2] != ('call', 'optional'):
        return conform(kind, v)
    if v is None:
        return evaluation.evaluate(kind[2][1], None) if len(kind[2]) > 1 else None
    return conform(kind[2][0], v)
