# SPDX-License-Identifier: MIT
"""Forms of YAML and of stacks, for the random code of blur_cloudformation.py: merge keys, policies of
several roles, and nested stacks that are there at times."""
import copy

from forms_cloudformation import NOTHING
from spell_cloudformation import Alias, Anchor, Fn, Plain


class Written:
    """Of a Blur."""
    def statement_lists(self):
        return [p.value for p in self.places() if p.kind == 'Statement' and
                isinstance(p.value, list) and any(isinstance(s, dict) for s in p.value)]

    def of_merge(self):
        """What statements have alike is written once."""
        lists = self.statement_lists()
        if not lists or self.anchored:
            return
        self.anchored = True
        inside = self.r.choice(lists)
        at = self.r.choice([i for i, s in enumerate(inside) if isinstance(s, dict)])
        first = inside[at]
        if self.r.randrange(2):
            names = self.r.sample(sorted(first), self.r.randint(1, min(3, len(first))))
            common = {n: first[n] for n in names}
            rest = {n: v for n, v in first.items() if n not in names or self.r.randrange(4) == 0}
            old = dict(self.t)
            self.t.clear()
            self.t['Metadata'] = {'Common': Anchor('common', common)}
            self.t.update(old)
            inside[at] = {Plain('<<'): Alias('common'), **rest}
            return
        again = {Plain('<<'): Alias('first')}
        for name in ('Action', 'Resource', 'Condition', 'Sid'):
            if name in first and self.r.randrange(2):
                values = [v for v in self.pools[name, 'Principal' in first]]
                again[name] = 'Again' if name == 'Sid' else copy.deepcopy(
                    self.r.choice(values or [first[name]]))
        inside[at] = Anchor('first', first)
        inside.insert(at + 1, again)

    def of_more(self):
        """A policy of more roles, users or groups than one, or of some at times."""
        policies = self.of_type('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
        if not policies:
            return
        properties = self.properties(self.r.choice(policies))
        kind = self.r.choice(('Role', 'Role', 'User', 'Group'))
        every = self.of_type('AWS::IAM::' + kind)
        known = properties.get(kind + 's', [])
        if not every or not isinstance(known, list):
            return
        one = Fn('Ref', self.r.choice(every))
        if self.r.randrange(3) == 0:
            one = Fn('If', [self.condition()] + self.r.sample([one, NOTHING], 2))
        properties[kind + 's'] = known + [one]

    def of_ref_list(self):
        """A list by a condition, as a whole."""
        where = [p for p in self.places() if p.kind in ('Roles', 'ManagedPolicyArns', 'Policies',
                                                        'Action', 'Resource', 'AWS')
                 and isinstance(p.value, list) and p.value]
        if not where:
            return
        p = self.r.choice(where)
        half = p.value[:self.r.randrange(len(p.value) + 1)] or [p.value[0]]
        p.put(Fn('If', [self.condition()] + self.r.sample([p.value, half], 2)))


def at_times(template, blur):
    """The nested stack is there under a condition."""
    resources = template['Resources']
    if 'Nested' in resources and blur.r.randrange(4) == 0:
        resources['Nested']['Condition'] = blur.condition()
