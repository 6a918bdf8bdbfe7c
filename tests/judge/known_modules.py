# SPDX-License-Identifier: MIT
"""The key module of the registry that kmsfix knows by its documentation, terraform-aws-modules/kms
(variables.tf, main.tf and outputs.tf of its releases 1 to 4): what a call of it makes, and calls
for the random code of blur_terraform.py."""
import json
import re

import hcl
from spell_terraform import Encoded, Raw, Text

KMS = 'terraform-aws-modules/kms/aws'
OUTPUTS = {'key_arn': 'arn', 'key_id': 'key_id'}
ARGUMENTS = (('Sid', 'sid'), ('Action', 'actions'), ('NotAction', 'not_actions'),
             ('Resource', 'resources'), ('NotResource', 'not_resources'))
PRINCIPALS = (('Principal', 'principals'), ('NotPrincipal', 'not_principals'))


# ---- what a call makes

def statement(given, conditions):
    """An object of key_statements; what it does not have is left out."""
    out = {'Effect': given.get('effect') or 'Allow'}
    for member, argument in ARGUMENTS:
        if given.get(argument):
            out[member] = given[argument]
    for member, argument in PRINCIPALS:
        for p in given.get(argument) or []:
            if p['type'] == '*':
                out[member] = '*'
            else:
                out.setdefault(member, {}).setdefault(p['type'], []).extend(p['identifiers'])
    for c in given.get(conditions) or []:
        out.setdefault('Condition', {}).setdefault(c['test'], {}).setdefault(
            c['variable'], []).extend(c['values'])
    return json.loads(json.dumps(out).replace('&{', '${'))


class Call:
    """Stands for the scope of the module; `make` makes the key."""
    resources, outputs, imports = {}, {}, []

    def __init__(self, body, scope, account, make):
        self.body, self.scope, self.account = body, scope, account
        self.key = make(self.argument('multi_region'), self.policy())

    def argument(self, name, default=None):
        v = hcl.evaluate(self.body.attrs[name], self.scope) if name in self.body.attrs else None
        return default if v is None else v

    def policy(self):
        version = self.argument('version', '')
        conditions = 'condition' if re.search(r'\d', version).group() == '4' else 'conditions'
        made = []
        if self.argument('enable_default_policy', True):
            made.append({'Sid': 'Default', 'Effect': 'Allow', 'Action': 'kms:*', 'Resource': '*',
                         'Principal': {'AWS': 'arn:aws:iam::%s:root' % self.account}})
        made += [statement(s, conditions) for s in self.argument('key_statements', [])]
        return self.argument('policy') or json.dumps(
            {'Version': '2012-10-17', 'Statement': made})

    def output(self, name):
        if name == 'aliases':
            return {a: {'target_key_arn': self.key.attribute('arn'),
                        'target_key_id': self.key.attribute('key_id')}
                    for a in self.argument('aliases', [])}
        return self.key.attribute(OUTPUTS[name])

    def inner(self):
        return ()

    def all(self, kind):
        return (self.key,) if kind == 'aws_kms_key' else ()


# ---- calls

def listed(v):
    return list(v) if isinstance(v, list) else [v]


def principals(p):
    return [{'type': '*', 'identifiers': ['*']}] if p == '*' else \
        [{'type': kind, 'identifiers': listed(ids)} for kind, ids in p.items()]


def is_plain(s):
    """All of it is written there, down to the values."""
    return isinstance(s, dict) and type(s['Effect']) is str and \
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
                 if {x[0] for x in b[2]} <= {'description', 'policy'}]
        if not every:
            return
        key = self.r.choice(every)
        name, arguments = key[1][1], dict(key[2])
        version = self.r.choice(('1.5.0', '2.2.1', '3.0.0', '~> 3.1', '4.0.0', '~> 4.0'))
        body = [('source', KMS), ('version', version)] + [x for x in key[2] if x[0] != 'policy']
        policy = arguments.get('policy')
        if policy is None:
            body += self.r.choice(([], [('key_statements', [])], [('key_statements', Raw('null'))],
                                   [('enable_default_policy', True)]))
        else:
            body += self.statements(policy, '4' in version)
        self.blocks[self.blocks.index(key)] = ('module', [name], body)
        self.mean_outputs(name, body)

    def statements(self, policy, fourth):
        """The policy as it is, or its statements."""
        inside = policy.value if isinstance(policy, (Encoded, Text)) else None
        if not isinstance(inside, dict) or not self.r.randrange(3) or \
                not all(is_plain(s) for s in listed(inside['Statement'])):
            return [('policy', policy)]
        made = [as_object(s, 'condition' if fourth else 'conditions')
                for s in listed(inside['Statement'])]
        return [('enable_default_policy', False), ('key_statements', made)]

    def mean_outputs(self, name, body):
        """Who spoke of the key speaks of what the module says of it."""
        outputs = {'arn': 'key_arn', 'key_id': 'key_id', 'id': 'key_id'}
        if self.r.randrange(4) == 0:
            body.append(('aliases', ['main/' + name]))
            alias = 'aliases["main/%s"].target_key_' % name
            outputs = {'arn': alias + 'arn', 'key_id': alias + 'id', 'id': alias + 'id'}
        self.rename_all(r'(?<![\w.])aws_kms_key\.%s\b(\.(arn|key_id|id)\b)?' % re.escape(name),
                        lambda m: 'module.%s' % name + (
                            '.' + outputs[m.group(2)] if m.group(2) else ''))
