#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What AWS documents, as a table: rules.py must decide each row so. Numbers in brackets are rules of
the AWS semantics."""
import random
import sys

import judge
import rules

A, B = '111111111111', '222222222222'
KEY = 'arn:aws:kms:eu-west-1:%s:key/12345678-1234-1234-1234-123456789012' % A
ROLE, ROLE_B = ('arn:aws:iam::%s:role/app' % x for x in (A, B))
USER = 'arn:aws:iam::%s:user/alice' % A
D = 'kms:Decrypt'


def doc(*statements, version='2012-10-17'):
    return {'Version': version, 'Statement': list(statements)}


def allow(action=D, resource=KEY, **more):
    return dict({'Effect': 'Allow', 'Action': action, 'Resource': resource}, **more)


def deny(action=D, resource='*', **more):
    return allow(action, resource, **dict(more, Effect='Deny'))


def to(who, action=D, **more):
    return dict({'Effect': 'Allow', 'Principal': {'AWS': who}, 'Action': action, 'Resource': '*'},
                **more)


def root(account=A, action='kms:*', **more):
    return to('arn:aws:iam::%s:root' % account, action, **more)


def when(op, key, *values):
    return {op: {key: list(values)}}


S3 = 's3.eu-west-1.amazonaws.com'
VIA = when('StringEquals', 'kms:ViaService', S3)
OPEN, NAMED = doc(root()), doc(to(ROLE))

# (what, expected, who, identity policies, key policy, more: boundary, session, action, context)
CASES = [
    ('[3.6] the key policy alone', True, ROLE, [], NAMED, {}),
    ('[3.1] delegated', True, ROLE, [doc(allow())], OPEN, {}),
    ('[3.1] not delegated', False, ROLE, [doc(allow())], doc(to(USER)), {}),
    ('[3.1] delegated and not used', False, ROLE, [], OPEN, {}),
    ('[3.2] delegated for other actions', False, ROLE, [doc(allow())],
     doc(root(action='kms:Describe*')), {}),
    ('[3.3] delegated under a condition that holds', True, ROLE, [doc(allow())],
     doc(root(Condition=VIA)), {'context': {'kms:viaservice': S3}}),
    ('[3.3] delegated under one that does not', False, ROLE, [doc(allow())],
     doc(root(Condition=VIA)), {}),
    ('[3.4] the account as a number', True, ROLE, [doc(allow())], doc(to(A, 'kms:*')), {}),
    ('[3.5] without Resource', False, ROLE, [doc(allow())],
     doc({k: v for k, v in root().items() if k != 'Resource'}), {}),
    ('[3.7] a boundary limits a grant to a role', False, ROLE, [], NAMED,
     {'boundary': doc(allow('s3:*', '*'))}),
    ('[3.7] a boundary that lets it through', True, ROLE, [], NAMED, {'boundary': doc(allow())}),
    ('[3.7] a session policy limits it too', False, ROLE, [], NAMED,
     {'session': doc(allow('s3:*', '*'))}),
    ('[3.7] a boundary limits an identity policy', False, ROLE, [doc(allow())], OPEN,
     {'boundary': doc(allow('s3:*', '*'))}),
    ('[3.8] a boundary does not limit a grant to a user', True, USER, [], doc(to(USER)),
     {'boundary': doc(allow('s3:*', '*'))}),
    ('[3.8] but its Deny does', False, USER, [], doc(to(USER)), {'boundary': doc(deny())}),
    ('[3.10] a boundary does not limit a grant to everybody', True, ROLE, [], doc(to('*')),
     {'boundary': doc(allow('s3:*', '*'))}),
    ('[3.11] the account with a role in the condition only delegates', False, ROLE, [],
     doc(root(Condition=when('ArnLike', 'aws:PrincipalArn', ROLE))), {}),
    ('[3.12] another account: both', True, ROLE_B, [doc(allow())], doc(to(ROLE_B)), {}),
    ('[3.12] another account: the key policy alone', False, ROLE_B, [], doc(to(ROLE_B)), {}),
    ('[3.12] another account: the identity policy alone', False, ROLE_B, [doc(allow())], OPEN, {}),
    ('[3.12] another account: shared with the account', True, ROLE_B, [doc(allow())],
     doc(root(B)), {}),
    ('[3.13] Deny in an identity policy', False, ROLE, [doc(deny())], NAMED, {}),
    ('[3.13] Deny in the key policy', False, ROLE, [doc(allow())],
     doc(root(), dict(to(ROLE), Effect='Deny')), {}),
    ('[3.13] Deny to the account', False, ROLE, [doc(allow())],
     doc(root(), dict(root(), Effect='Deny')), {}),
    ('[3.14] Deny to all but the role', True, ROLE, [doc(allow())],
     doc(root(), {'Effect': 'Deny', 'NotPrincipal': {'AWS': [ROLE]}, 'Action': D,
                  'Resource': '*'}), {}),
    ('[3.14] which never spares one with a boundary', False, ROLE, [doc(allow())],
     doc(root(), {'Effect': 'Deny', 'NotPrincipal': {'AWS': [ROLE]}, 'Action': D,
                  'Resource': '*'}), {'boundary': doc(allow())}),
    ('[3.17] everybody of the account', True, ROLE, [],
     doc(to('*', Condition=when('StringEquals', 'kms:CallerAccount', A))), {}),
    ('[3.17] and nobody of another', False, ROLE_B, [doc(allow())],
     doc(to('*', Condition=when('StringEquals', 'kms:CallerAccount', A))), {}),
    ('[4.2] no wildcard in a principal', False, ROLE, [], doc(to('arn:aws:iam::%s:role/*' % A)), {}),
    ('[1.1] case', True, ROLE, [doc(allow('KMS:dECRYPT'))], OPEN, {}),
    ('[1.1] ?', True, ROLE, [doc(allow('kms:?ecrypt'))], OPEN, {}),
    ('[1.2] no wildcard in the prefix', False, ROLE, [doc(allow('k*:Decrypt'))], OPEN, {}),
    ('[1.2] *', True, ROLE, [doc(allow('*'))], OPEN, {}),
    ('[1.3] there is no kms:ReEncrypt', False, ROLE, [doc(allow('kms:ReEncrypt'))], OPEN,
     {'action': 'kms:ReEncryptFrom'}),
    ('[1.4] kms:ReEncrypt*', True, ROLE, [doc(allow('kms:ReEncrypt*'))], OPEN,
     {'action': 'kms:ReEncryptTo'}),
    ('[1.5] kms:*crypt is not ReEncryptFrom', False, ROLE, [doc(allow('kms:*crypt'))], OPEN,
     {'action': 'kms:ReEncryptFrom'}),
    ('[1.8] NotAction', True, ROLE,
     [doc({'Effect': 'Allow', 'NotAction': 'kms:Encrypt', 'Resource': '*'})], OPEN, {}),
    ('[1.8] NotAction that lists it', False, ROLE,
     [doc({'Effect': 'Allow', 'NotAction': ['s3:*', 'kms:Dec*'], 'Resource': '*'})], OPEN, {}),
    ('[2.2] an alias is no key', False, ROLE,
     [doc(allow(D, 'arn:aws:kms:eu-west-1:%s:alias/app' % A))], OPEN, {}),
    ('[2.5] a pattern', True, ROLE, [doc(allow(D, 'arn:aws:kms:*:%s:key/*' % A))], OPEN, {}),
    ('[2.6] a star crosses colons', True, ROLE, [doc(allow(D, 'arn:aws:kms:eu-west-1:*'))], OPEN, {}),
    ('[2.10] NotResource', True, ROLE,
     [doc({'Effect': 'Allow', 'Action': D, 'NotResource': 'arn:aws:s3:::x'})], OPEN, {}),
    ('[2.15] another Region', False, ROLE,
     [doc(allow(D, KEY.replace('eu-west-1', 'us-east-1')))], OPEN, {}),
    ('[5.3] a tag of the key in an identity policy', True, ROLE,
     [doc(allow(Condition=when('StringEquals', 'aws:ResourceTag/a', 'b')))], OPEN,
     {'context': {'aws:resourcetag/a': 'b'}}),
    ('[5.3] which a key policy does not see', False, ROLE, [],
     doc(to(ROLE, Condition=when('StringEquals', 'aws:ResourceTag/a', 'b'))),
     {'context': {'aws:resourcetag/a': 'b'}}),
    ('[5.6] a variable', True, ROLE, [doc(allow(Condition=when(
        'StringEquals', 'kms:EncryptionContext:a', '${aws:PrincipalTag/t}')))], OPEN,
     {'context': {'kms:encryptioncontext:a': 'x', 'aws:principaltag/t': 'x'}}),
    ('[5.6] is a text under the old version', False, ROLE, [doc(allow(Condition=when(
        'StringEquals', 'kms:EncryptionContext:a', '${aws:PrincipalTag/t}')), version='2008-10-17')],
     OPEN, {'context': {'kms:encryptioncontext:a': 'x', 'aws:principaltag/t': 'x'}}),
    ('[5.7] a role has no user name', False, ROLE, [doc(allow(Condition=when(
        'StringLike', 'aws:username', '*')))], OPEN, {}),
    ('[5.7] a user has', True, USER, [doc(allow(Condition=when(
        'StringLike', 'aws:username', 'al*')))], OPEN, {}),
    ('[5.9] kms:GrantIsForAWSResource is not asked for Decrypt', False, ROLE, [doc(allow(
        Condition=when('Bool', 'kms:GrantIsForAWSResource', 'true')))], OPEN,
     {'context': {'kms:grantisforawsresource': 'true'}}),
    ('[5.9] IfExists holds then', True, ROLE, [doc(allow(
        Condition=when('BoolIfExists', 'kms:GrantIsForAWSResource', 'true')))], OPEN, {}),
    ('a negated operator holds without the key', True, ROLE, [doc(allow(
        Condition=when('StringNotEquals', 'kms:ViaService', S3)))], OPEN, {}),
    ('a negated operator with two values: none of them', False, ROLE, [doc(allow(
        Condition=when('StringNotEquals', 'kms:ViaService', 'x', S3)))], OPEN,
     {'context': {'kms:viaservice': S3}}),
    ('values are alternatives', True, ROLE, [doc(allow(
        Condition=when('StringEquals', 'kms:ViaService', 'x', S3)))], OPEN,
     {'context': {'kms:viaservice': S3}}),
    ('keys are all needed', False, ROLE, [doc(allow(Condition={'StringEquals': {
        'kms:ViaService': S3, 'kms:EncryptionContext:a': 'b'}}))], OPEN,
     {'context': {'kms:viaservice': S3}}),
    ('Null', True, ROLE, [doc(allow(Condition=when('Null', 'kms:ViaService', 'true')))], OPEN, {}),
    ('ForAllValues holds without any value', True, ROLE, [doc(allow(Condition=when(
        'ForAllValues:StringEquals', 'kms:EncryptionContextKeys', 'a')))], OPEN, {}),
    ('ForAllValues: none may be another', False, ROLE, [doc(allow(Condition=when(
        'ForAllValues:StringEquals', 'kms:EncryptionContextKeys', 'a')))], OPEN,
     {'context': {'kms:encryptioncontextkeys': ['a', 'b']}}),
    ('ForAnyValue: one is enough', True, ROLE, [doc(allow(Condition=when(
        'ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'a')))], OPEN,
     {'context': {'kms:encryptioncontextkeys': ['a', 'b']}}),
    ('ForAnyValue needs one', False, ROLE, [doc(allow(Condition=when(
        'ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'a')))], OPEN, {}),
    ('an address in a network', True, ROLE, [doc(allow(Condition=when(
        'IpAddress', 'aws:SourceIp', '10.0.0.0/8')))], OPEN, {'context': {'aws:sourceip': '10.1.2.3'}}),
    ('and outside', False, ROLE, [doc(allow(Condition=when(
        'IpAddress', 'aws:SourceIp', '10.0.0.0/8')))], OPEN, {'context': {'aws:sourceip': '11.1.2.3'}}),
]


# What the comparison of two worlds must see: (what, whose access, is it lost or gained, the policy
# of the key before, and after).
def open_to(*arns):
    return {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Principal': {'AWS': list(arns)}, 'Action': 'kms:Decrypt',
         'Resource': '*'}]}


CHANGES = [
    ('a role loses', ROLE, 'lost', open_to(ROLE), open_to(USER)),
    ('a role gains', ROLE, 'gained', open_to(USER), open_to(USER, ROLE)),
    ('a user loses', USER, 'lost', open_to(USER), open_to(ROLE)),
    ('a user gains', USER, 'gained', open_to(ROLE), open_to(ROLE, USER)),
    ('everybody gains', ROLE, 'gained', open_to(ROLE), open_to('*')),
    ('another account gains', ROLE, 'gained', open_to(ROLE),
     open_to(ROLE, 'arn:aws:iam::222222222222:root')),
    ('the account gains', ROLE, 'gained', open_to(ROLE),
     open_to(ROLE, 'arn:aws:iam::111111111111:root')),
    ('nothing changes', ROLE, None, open_to(ROLE), open_to(ROLE, ROLE)),
]


def change_seen(who, before, after):
    """'lost', 'gained' or None."""
    def world(policy):
        principal = rules.Principal(who, 'user' if ':user/' in who else 'role')
        return judge.strangers([principal], [rules.Key(KEY, policy)])
    try:
        judge.compare('', world(before), world(after), random.Random(0))
    except judge.Differs as e:
        return str(e).split(':')[1].strip()
    return None


def main():
    bad = 0
    for what, who, want, before, after in CHANGES:
        got = change_seen(who, before, after)
        if got != want:
            bad += 1
            print('%s: %s, not %s' % (what, got, want))
    for what, want, who, docs, policy, more in CASES:
        kind = 'user' if ':user/' in who else 'role'
        principal = rules.Principal(who, kind, docs, more.get('boundary'), more.get('session'))
        deciding = rules.Judge([more.get('context', {})])
        got = bool(deciding.allowed(principal, rules.Key(KEY, policy), more.get('action', D)))
        if got != want:
            bad += 1
            print('%s: %s, not %s' % (what, got, want))
    print('%d cases, %d wrong' % (len(CASES) + len(CHANGES), bad))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
