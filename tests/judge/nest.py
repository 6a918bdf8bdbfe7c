# SPDX-License-Identifier: MIT
"""Resources of a template that move to a nested stack."""
import copy
import re

import circles
from spell_cloudformation import Fn, plain


class Nest:
    """Moves some resources to a nested stack."""
    def __init__(self, template, random):
        self.t, self.r = template, random
        self.conditions = {n: r.get('Condition') for n, r in template['Resources'].items()}
        self.outputs, self.arguments = {}, {}

    def sides(self):
        """(resources that move, those that stay)."""
        kind = self.r.choice(('AWS::KMS', 'AWS::IAM::Role', 'Policy', ''))
        inner = {n for n, r in self.t['Resources'].items()
                 if kind in r['Type'] and not r['Type'].startswith('AWS::Serverless') and
                 (kind or self.r.randrange(2))}
        return inner, set(self.t['Resources']) - inner

    def child(self):
        """A template that may be given and may ask the same, without resources."""
        return {k: copy.deepcopy(self.t[k]) for k in ('Parameters', 'Conditions', 'Mappings')
                if k in self.t}

    def split(self):
        """The template of the nested stack, or None."""
        inner, outer = self.sides()
        if not inner or not outer or self.is_circle(inner, outer):
            return None
        child = self.child()
        resources = self.t['Resources']
        child['Resources'] = {n: self.moved(resources[n], outer, self.up) for n in resources
                              if n in inner}
        self.t['Resources'] = {n: self.moved(resources[n], inner, self.down) for n in resources
                               if n in outer}
        parameters = child.setdefault('Parameters', {})
        arguments = {n: Fn('Ref', n) for n in parameters}
        for name, value in self.arguments.items():
            parameters[name] = {'Type': 'String'}
            arguments[name] = value
        if not parameters:
            del child['Parameters']
        if self.outputs:
            child['Outputs'] = self.outputs
        self.t['Resources']['Nested'] = {'Type': 'AWS::CloudFormation::Stack', 'Properties': dict(
            {'TemplateURL': self.r.choice(('./', '')) + 'nested.yaml'},
            **({'Parameters': arguments} if arguments else {}))}
        return child

    def is_circle(self, inner, outer):
        """The stack would wait for what waits for it."""
        uses = {n: set(circles.names_in(plain(r))) & (inner | outer) for n, r in self.t['Resources'].items()}
        seen, todo = set(), [n for i in inner for n in uses[i] if n in outer]
        while todo:
            n = todo.pop()
            if n in seen:
                continue
            seen.add(n)
            if uses[n] & inner:
                return True
            todo += uses[n] & outer
        return False

    def up(self, name, attribute):
        """What the nested stack is given of the one that has it."""
        given = name + (attribute or 'Name')
        self.arguments[given] = Fn('GetAtt', [name, attribute]) if attribute else Fn('Ref', name)
        return Fn('Ref', given), given

    def down(self, name, attribute):
        """What the nested stack gives."""
        output = name + (attribute or 'Name')
        self.outputs[output] = {'Value': Fn('GetAtt', [name, attribute]) if attribute
                                else Fn('Ref', name)}
        condition = self.conditions[name]
        if condition:
            self.outputs[output]['Condition'] = condition
        return Fn('GetAtt', ['Nested', 'Outputs.' + output]), 'Nested.Outputs.' + output

    def moved(self, v, away, how):
        if isinstance(v, Fn) and v.name == 'Ref' and v.arg in away:
            return how(v.arg, None)[0]
        if isinstance(v, Fn) and v.name == 'GetAtt' and v.arg[0] in away:
            return how(*v.arg)[0]
        if isinstance(v, Fn) and v.name == 'Sub':
            def one(m):
                name, _, attribute = m.group(1).partition('.')
                return m.group() if name not in away else \
                    '${%s}' % how(name, attribute or None)[1]
            arg = v.arg if isinstance(v.arg, str) else v.arg[0]
            text = re.sub(r'\$\{([^}!]*)\}', one, arg)
            return Fn('Sub', text if isinstance(v.arg, str) else
                      [text, self.moved(v.arg[1], away, how)])
        if isinstance(v, Fn):
            return Fn(v.name, self.moved(v.arg, away, how))
        if isinstance(v, list):
            return [self.moved(x, away, how) for x in v]
        return {k: self.moved(x, away, how) for k, x in v.items()} if isinstance(v, dict) else v
