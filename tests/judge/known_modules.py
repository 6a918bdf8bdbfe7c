# SPDX-License-Identifier: MIT
"""Modules of the registry that kmsfix knows by their documentation (variables.tf, main.tf and
outputs.tf of terraform-aws-modules/kms, releases 1 to 4, and of /iam, releases 5 and 6): what a call of
one makes, and calls for the random code of blur_terraform.py."""
import functools
import json
import re

import evaluation
import hcl
from forms_terraform import argument
from spell_terraform import Encoded, Raw, Text

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
    """Stands for the scope of the module; make(kind, given) makes a resource of what it is given."""
    resources, locals, calls, imports = {}, {}, {}, []

    def __init__(self, body, scope, account, make):
        self.body, self.scope, self.account, self.make = body, scope, account, make
        self.kind, self.given, self.means, apart = MODULES[
            evaluation.evaluate(body.attrs['source'], scope)]
        # What each output waits for: all arguments that the resource itself is made of.
        waits = hcl.Body()
        waits.attrs = {'value': [('attr', ('var', 'var'), a) for a in body.attrs if a not in apart]}
        self.outputs = {o: waits for o in self.means}

    @functools.cached_property
    def made(self):
        return self.make(self.kind, self.given(self))

    def argument(self, name, default=None):
        v = evaluation.evaluate(self.body.attrs[name], self.scope) \
            if name in self.body.attrs else None
        return default if v is None else v

    def output(self, name):
        if name == 'aliases':
            return {a: {'target_key_arn': self.made.attribute('arn'),
                        'target_key_id': self.made.attribute('key_id')}
                    for a in self.argument('aliases', [])}
        return self.made.attribute(self.means[name])

    def inner(self):
        return ()

    def all(self, kind):
        return (self.made,) if kind == self.kind else ()


def key_policy(call):
    version = call.argument('version', '')
    conditions = 'condition' if re.search(r'\d', version).group() == '4' else 'conditions'
    made = []
    if call.argument('enable_default_policy', True):
        made.append({'Sid': 'Default', 'Effect': 'Allow', 'Action': 'kms:*', 'Resource': '*',
                     'Principal': {'AWS': 'arn:aws:iam::%s:root' % call.account}})
    made += [statement(s, conditions) for s in call.argument('key_statements', [])]
    return call.argument('policy') or json.dumps({'Version': '2012-10-17', 'Statement': made})


def key(call):
    return {'multi_region': call.argument('multi_region'), 'policy': key_policy(call)}


def policy(call):
    return {n: call.argument(n) for n in ('name', 'policy')}


def role(call):
    return {'name': call.argument('role_name'),
            'managed_policy_arns': lambda: call.argument('custom_role_policy_arns', [])}


def permissions(call):
    if not call.argument('create_inline_policy'):
        return []
    return [{'Version': '2012-10-17', 'Statement': [
        statement(s, 'condition')
        for s in call.argument('inline_policy_permissions', {}).values()]}]


def role_with_permissions(call):
    return {'name': call.argument('name'), 'documents': lambda: permissions(call),
            'managed_policy_arns': lambda: list(call.argument('policies', {}).values())}


KMS, POLICY, ASSUMABLE, ROLE = ('terraform-aws-modules/' + m for m in (
    'kms/aws', 'iam/aws//modules/iam-policy', 'iam/aws//modules/iam-assumable-role',
    'iam/aws//modules/iam-role'))
# By its source: what it makes, of what, which outputs are what, and the arguments that only other
# resources of the module are made of.
MODULES = {
    KMS: ('aws_kms_key', key, {'key_arn': 'arn', 'key_id': 'key_id', 'aliases': None}, ()),
    POLICY: ('aws_iam_policy', policy, {'arn': 'arn'}, ()),
    ASSUMABLE: ('aws_iam_role', role, {'iam_role_arn': 'arn', 'iam_role_name': 'name'},
                ('custom_role_policy_arns',)),
    ROLE: ('aws_iam_role', role_with_permissions, {'arn': 'arn', 'name': 'name'},
           ('policies', 'inline_policy_permissions')),
}


# ---- calls

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
