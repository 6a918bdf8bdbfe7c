# SPDX-License-Identifier: MIT
"""Modules of the registry that kmsfix knows by their documentation (variables.tf, main.tf and
outputs.tf of terraform-aws-modules/kms, releases 1 to 4, and of /iam, releases 5 and 6): what a
call of one makes."""
import functools
import json
import re

import evaluation
import hcl

ARGUMENTS = (('Sid', 'sid'), ('Action', 'actions'), ('NotAction', 'not_actions'),
             ('Resource', 'resources'), ('NotResource', 'not_resources'))
PRINCIPALS = (('Principal', 'principals'), ('NotPrincipal', 'not_principals'))


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
