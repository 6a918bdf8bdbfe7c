# SPDX-License-Identifier: MIT
"""Calls of the modules of known_modules.py, for the random code of blur_terraform.py: keys,
policies and roles that a module makes instead."""
import re

from forms_terraform import argument
from known_modules import ARGUMENTS, ASSUMABLE, KMS, POLICY, PRINCIPALS, ROLE
from spell_terraform import Encoded, Raw, Text


def listed(v):
    return list(v) if isinstance(v, list) else [v]


def principals(p):
    return [{'type': '*', 'identifiers': ['*']}] if p == '*' else \
        [{'type': kind, 'identifiers': listed(ids)} for kind, ids in p.items()]


def is_made_of(v, kinds):
    inside = v if isinstance(v, list) else v.values() if isinstance(v, dict) else ()
    return isinstance(v, kinds) and all(is_made_of(x, kinds) for x in inside)


def is_plain(s):
    """All of it is written there, down to the values."""
    return is_made_of(s, (str, tuple, list, dict)) and isinstance(s, dict) and \
        type(s['Effect']) is str and \
        all(s.get(m, '*') == '*' or isinstance(s[m], dict) for m, _ in PRINCIPALS) and \
        isinstance(s.get('Condition', {}), dict) and \
        all(isinstance(keys, dict) for keys in s.get('Condition', {}).values())


def as_object(s, conditions):
    """A statement of a key policy as an object of key_statements."""
    out = {}
    for member, argument in ARGUMENTS:
        if member in s:
            out[argument] = s[member] if member == 'Sid' else listed(s[member])
    if s['Effect'] != 'Allow':
        out['effect'] = s['Effect']
    for member, argument in PRINCIPALS:
        if member in s:
            out[argument] = principals(s[member])
    if 'Condition' in s:
        out[conditions] = [{'test': test, 'variable': variable, 'values': listed(values)}
                           for test, keys in s['Condition'].items()
                           for variable, values in keys.items()]
    return out


class Calls:
    """Of a Blur."""
    def of_known_key(self):
        """A key that a known module makes."""
        every = [b for b in self.resources('aws_kms_key')
                 if {x[0] for x in b[2]} <= {'description', 'policy'} and
                 not self.is_taken(b[1][1])]
        if not every:
            return
        block = self.r.choice(every)
        name, arguments = block[1][1], dict(block[2])
        version = self.r.choice(('1.5.0', '2.2.1', '3.0.0', '~> 3.1', '4.0.0', '~> 4.0'))
        body = [('source', KMS), ('version', version)] + [x for x in block[2] if x[0] != 'policy']
        text = arguments.get('policy')
        if text is None:
            body += self.r.choice(([], [('key_statements', [])], [('key_statements', Raw('null'))],
                                   [('enable_default_policy', True)]))
        else:
            body += self.statements(text, '4' in version)
        outputs = {'arn': 'key_arn', 'key_id': 'key_id', 'id': 'key_id'}
        if self.r.randrange(4) == 0:
            body.append(('aliases', ['main/' + name]))
            alias = 'aliases["main/%s"].target_key_' % name
            outputs = {'arn': alias + 'arn', 'key_id': alias + 'id', 'id': alias + 'id'}
        self.becomes(block, body, outputs)

    def statements(self, text, fourth):
        """The policy as it is, or its statements."""
        inside = text.value if isinstance(text, (Encoded, Text)) else None
        if not isinstance(inside, dict) or not self.r.randrange(3) or \
                not all(is_plain(s) for s in listed(inside['Statement'])):
            return [('policy', text)]
        made = [as_object(s, 'condition' if fourth else 'conditions')
                for s in listed(inside['Statement'])]
        return [('enable_default_policy', False), ('key_statements', made)]

    def becomes(self, block, body, outputs):
        """Who spoke of the resource speaks of what the module says of it."""
        kind, name = block[1]
        self.blocks[self.blocks.index(block)] = ('module', [name], body)
        self.rename_all(r'(?<![\w.])%s\.%s\b(\.(%s)\b)?' % (kind, re.escape(name), '|'.join(outputs)),
                        lambda m: 'module.%s' % name + (
                            '.' + outputs[m.group(2)] if m.group(2) else ''))

    def is_taken(self, name):
        return any(b[0] == 'module' and b[1] == [name] for b in self.blocks)

    def of_known_policy(self):
        every = [b for b in self.resources('aws_iam_policy')
                 if {x[0] for x in b[2]} == {'name', 'policy'} and not self.is_taken(b[1][1])]
        if every:
            b = self.r.choice(every)
            self.becomes(b, [('source', POLICY), ('version', '5.30.0')] + b[2],
                         {'arn': 'arn', 'id': 'arn'})

    def of_known_role(self):
        """With its attachments, or some of them."""
        every = [b for b in self.resources('aws_iam_role')
                 if {x[0] for x in b[2]} == {'name', 'assume_role_policy'} and
                 not self.is_taken(b[1][1])]
        if not every:
            return
        b = self.r.choice(every)
        mine = self.attachments(b) or []
        some = self.r.sample(mine, self.r.randrange(len(mine) + 1))
        arns = [argument(x, 'policy_arn') for x in some]
        name = dict(b[2])['name']
        if self.r.randrange(2):
            body = [('source', ASSUMABLE), ('version', '~> 5.0'), ('create_role', True),
                    ('role_name', name)] + [('custom_role_policy_arns', arns)] * bool(arns)
            outputs = {'arn': 'iam_role_arn', 'name': 'iam_role_name', 'id': 'iam_role_name'}
        else:
            body = [('source', ROLE), ('version', '6.2.0'), ('name', name),
                    ('use_name_prefix', False)] + \
                [('policies', {'p%d' % i: arn for i, arn in enumerate(arns)})] * bool(arns)
            some = some + self.permissions(b, body)
            outputs = {'arn': 'arn', 'name': 'name', 'id': 'name'}
        self.blocks[:] = [x for x in self.blocks if x not in some]
        self.becomes(b, body, outputs)

    def permissions(self, role, body):
        """The inline policies of the role that go, as their statements are the module's now."""
        at = 'aws_iam_role.%s.' % role[1][1]
        mine = [b for b in self.resources('aws_iam_role_policy')
                if str(argument(b, 'role')).startswith(at)]
        all_of_them = [(b, argument(b, 'policy')) for b in mine]
        one = [(b, text.value) for b, text in all_of_them
               if isinstance(text, Encoded) and isinstance(text.value, dict) and
               all(is_plain(s) for s in listed(text.value['Statement']))][:1]
        for b, inside in one:
            made = [as_object(s, 'condition') for s in listed(inside['Statement'])]
            body.append(('create_inline_policy', True))
            body.append(('inline_policy_permissions',
                         {'s%d' % i: s for i, s in enumerate(made)}))
        return [b for b, _ in one]
