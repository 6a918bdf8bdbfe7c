# SPDX-License-Identifier: MIT
"""Random accounts: keys, roles, users, groups, their policies, and what may be odd about each. A
model says what is meant; spell_*.py say it in a language. Texts of policies are lists of parts:
literal texts and references (Ref) to what the model declares."""
import rules

ACCOUNT, OTHER_ACCOUNT = '111111111111', '222222222222'
REGION, OTHER_REGION = 'eu-west-1', 'us-east-1'


class Ref:
    """what: account, key (ARN), alias (ARN), composed (ARN put together from the key's id), role,
    user (ARN)."""
    def __init__(self, what, of=None):
        self.what, self.of = what, of


class Doc:
    """statements: dicts as in JSON; every text in them is a text, a Ref or a tuple of both."""
    def __init__(self, statements, version='2012-10-17'):
        self.statements, self.version = statements, version


class Principal:
    def __init__(self, kind, name, path='/', guard=None):
        self.kind, self.name, self.path, self.guard = kind, name, path, guard
        self.boundary = None        # a Policy
        self.groups = []


class Policy:
    """how: managed, inline, block (of a role); attach: principals."""
    def __init__(self, how, name, doc, attach, guard=None):
        self.how, self.name, self.doc, self.attach, self.guard = how, name, doc, attach, guard
        self.is_boundary = False


class Key:
    """doc None: no policy in the code. replica: of another key, in another Region."""
    def __init__(self, name, doc, guard=None, replica=None, multi=False):
        self.name, self.doc, self.guard, self.replica, self.multi = name, doc, guard, replica, multi


class Model:
    def __init__(self):
        self.keys, self.principals, self.policies, self.flags = [], [], [], []


PURE = ['kms:Decrypt', 'kms:ReEncrypt*', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:Decrypt*',
        'KMS:decrypt', 'kms:Dec*', 'kms:?ecrypt', 'kms:*From', 'kms:ReE*']
MIXED = ['k*:Decrypt', 'kms:*', 'kms:De*', 'kms:*crypt', 'kms:*Encrypt*', 'kms:R*', 'kms:D*', '*', 'kms:???????']
HARMLESS = ['kms:Encrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey', 's3:GetObject', 'kms:ReEncrypt',
            'kms:Describe*', 'sqs:*', 'kms:RetireGrant', 'kms:Generate*']


class Maker:
    def __init__(self, random):
        self.r, self.m, self.sid = random, Model(), 0

    def one_in(self, n):
        return self.r.randrange(n) == 0

    def some(self, items, most):
        return self.r.sample(items, min(len(items), self.r.randint(1, most)))

    def guard(self):
        return self.r.choice(self.m.flags) if self.m.flags and self.one_in(3) else None

    def single(self, items):
        return items[0] if len(items) == 1 and self.one_in(2) else items

    # conditions
    def condition(self):
        r = self.r
        rows = [
            ('StringEquals', 'kms:ViaService', 's3.eu-west-1.amazonaws.com'),
            ('StringLike', 'kms:ViaService', 'sqs.*.amazonaws.com'),
            ('StringEquals', 'kms:EncryptionContext:app', 'web'),
            ('StringNotEquals', 'kms:EncryptionContext:app', 'db'),
            ('StringEqualsIfExists', 'kms:EncryptionContext:app', 'web'),
            ('StringEquals', 'aws:PrincipalOrgID', 'o-1'),
            ('StringEquals', 'aws:PrincipalTag/team', 'x'),
            ('StringEquals', 'kms:CallerAccount', (Ref('account'),)),
            ('StringEquals', 'kms:CallerAccount', OTHER_ACCOUNT),
            ('Bool', 'aws:MultiFactorAuthPresent', 'true'),
            ('BoolIfExists', 'aws:MultiFactorAuthPresent', 'true'),
            ('Null', 'kms:ViaService', 'false'),
            ('IpAddress', 'aws:SourceIp', '10.0.0.0/8'),
            ('DateLessThan', 'aws:CurrentTime', '2030-01-01T00:00:00Z'),
            ('StringEquals', 'aws:ResourceTag/team', 'x'),
            ('StringEquals', 'kms:ResourceAliases', 'alias/k'),
            ('Bool', 'kms:GrantIsForAWSResource', 'true'),
            ('BoolIfExists', 'kms:GrantIsForAWSResource', 'true'),
            ('ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', 'app'),
            ('ForAllValues:StringEquals', 'kms:EncryptionContextKeys', 'app'),
            ('ForAllValues:StringEquals', 'kms:EncryptionContext:app', 'web'),
            ('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/a*'),
            ('StringEquals', 'aws:username', 'alice'),
            ('StringEquals', 'kms:EncryptionContext:user', '${aws:username}'),
            ('StringLike', 'kms:EncryptionContext:user', '${aws:PrincipalTag/team}*'),
            ('StringEquals', 'aws:UnknownKey', 'x'),
        ]
        out = {}
        for op, key, value in r.sample(rows, 1 + self.one_in(3)):
            values = [value] if not self.one_in(4) or 'Bool' in op or 'Null' in op else \
                [value, value if isinstance(value, tuple) else value.replace('web', 'api')]
            if len(values) == 2 and values[0] == values[1]:
                values = values[:1]
            out.setdefault(op, {})[key] = values
        return out

    # identity policies
    def actions(self):
        n = self.r.randrange(10)
        out = self.some(PURE, 3)
        if n < 5:
            out += self.some(HARMLESS, 2)
        elif n == 5:
            out = [self.r.choice(MIXED)] + self.some(HARMLESS, 1)
        elif n == 6:
            out = self.some(HARMLESS, 3)
        self.r.shuffle(out)
        return self.single(out)

    def resource(self):
        keys = self.m.keys
        n = self.r.randrange(24)
        if n < 17:
            return (Ref('key', self.r.choice(keys)),)
        return [
            lambda: (Ref('composed', self.r.choice(keys)),),
            lambda: (Ref('alias', self.r.choice(keys)),),
            lambda: 'arn:aws:s3:::bucket/*',
            lambda: '*',
            lambda: ('arn:aws:kms:*:', Ref('account'), ':key/*'),
            lambda: 'arn:aws:kms:eu-west-1:%s:key/00000000-0000-0000-0000-000000000000'
                    % OTHER_ACCOUNT,
            lambda: 'arn:aws:kms:eu-west-1:%s:alias/aws/s3' % ACCOUNT,
        ][n - 17]()

    def resources(self):
        out = []
        for _ in range(self.r.choice((1, 1, 1, 2, 3))):
            one = self.resource()
            if not any(same(one, x) for x in out):
                out.append(one)
        return self.single(out)

    def identity_statement(self):
        self.sid += 1
        s = {'Sid': 'S%dx' % self.sid, 'Effect': 'Deny' if self.one_in(10) else 'Allow'}
        s['NotAction' if self.one_in(25) else 'Action'] = self.actions()
        s['NotResource' if self.one_in(25) else 'Resource'] = self.resources()
        if self.one_in(3):
            s['Condition'] = self.condition()
        if self.one_in(8):
            del s['Sid']
        return s

    def identity_doc(self):
        return Doc([self.identity_statement() for _ in range(self.r.choice((1, 1, 2, 3)))],
                   '2012-10-17' if not self.one_in(12) else '2008-10-17')

    # key policies
    def root(self):
        return self.r.choice((('arn:aws:iam::', Ref('account'), ':root'), (Ref('account'),)))

    def administrator(self):
        roles = [p for p in self.m.principals if p.kind == 'role' and not p.guard]
        return (Ref('role', self.r.choice(roles)),) if roles and self.one_in(3) else self.root()

    def named(self):
        """Some principals of a key policy."""
        free = [p for p in self.m.principals if p.kind in ('role', 'user') and not p.guard]
        out = [(Ref(p.kind, p),) for p in self.some(free, 2)] if free else []
        if self.one_in(5) or not out:
            out.append('arn:aws:iam::%s:role/partner' % OTHER_ACCOUNT)
        return out

    def key_statement(self):
        n = self.r.randrange(9)
        s = {'Effect': 'Allow', 'Principal': {'AWS': self.single(self.named())},
             'Action': self.single(self.some(PURE + HARMLESS[:3] + ['kms:*'], 2)), 'Resource': '*'}
        if n == 0:
            s['Principal'] = {'AWS': '*'}
            s['Condition'] = {'StringEquals': {'kms:CallerAccount': [(Ref('account'),)]}}
        elif n == 1:
            s['Principal'] = {'AWS': 'arn:aws:iam::%s:root' % OTHER_ACCOUNT}
        elif n == 2:
            s['Effect'] = 'Deny'
        elif n == 3:
            s['Effect'] = 'Deny'
            s['NotPrincipal'] = {'AWS': self.named() + [self.root()]}
            del s['Principal']
        elif n == 4:
            del s['Resource']
        if self.one_in(3) and n != 0:
            s['Condition'] = self.condition()
        return s

    def delegation(self):
        n = self.r.randrange(12)
        if n == 0:
            return []
        s = {'Sid': 'Root', 'Effect': 'Allow', 'Principal': {'AWS': self.root()},
             'Action': 'kms:*', 'Resource': '*'}
        if n == 1:
            s['Action'] = ['kms:Create*', 'kms:Describe*', 'kms:Put*', 'kms:Decrypt']
        elif n == 2:
            s['Action'] = ['kms:Create*', 'kms:Put*', 'kms:Encrypt']
        elif n == 3:
            s['Condition'] = self.condition()
        elif n == 4:
            del s['Resource']
        elif n == 5:
            return [dict(s, Sid='A', Action='kms:Decrypt'),
                    dict(s, Sid='B', Action='kms:ReEncrypt*', Condition=self.condition()),
                    dict(s, Sid='C', Action=['kms:Create*', 'kms:Put*'])]
        return [s]

    def key_doc(self):
        if self.one_in(7):
            return None
        out = self.delegation()
        if not any('Resource' in s and 'Condition' not in s for s in out):
            # KMS refuses a policy that nobody of the account can change [4.9].
            out.append({'Sid': 'Admin', 'Effect': 'Allow', 'Resource': '*', 'Action': 'kms:Put*',
                        'Principal': {'AWS': self.administrator()}})
        out += [self.key_statement() for _ in range(self.r.choice((0, 0, 0, 1, 1, 2)))]
        return Doc(out, '2012-10-17' if not self.one_in(15) else '2008-10-17')

    # everything
    def make(self):
        r, m = self.r, self.m
        m.flags = ['flag%d' % i for i in range(r.choice((0, 0, 0, 1, 2)))]
        for i in range(r.choice((1, 2, 2, 3))):
            m.principals.append(Principal('role', 'app%d' % i, '/svc/' if self.one_in(4) else '/',
                                          self.guard() if self.one_in(3) else None))
        for i in range(r.choice((0, 0, 1))):
            m.principals.append(Principal('user', 'alice' if i == 0 else 'bob'))
        users = [p for p in m.principals if p.kind == 'user']
        if users and self.one_in(2):
            m.principals.append(Principal('group', 'team'))
            users[0].groups.append(m.principals[-1])
        for i in range(r.choice((1, 1, 2, 3))):
            m.keys.append(Key('key%d' % i, None, self.guard() if self.one_in(4) else None))
        if self.one_in(8):
            m.keys[0].multi, m.keys[0].guard = True, None
            if self.one_in(2):
                m.keys.append(Key('copy', None, replica=m.keys[0]))
        for k in m.keys:
            k.doc = self.key_doc()
        self.policies()
        return m

    def policies(self):
        r, m = self.r, self.m
        for i in range(r.choice((1, 1, 2, 3))):
            how = r.choice(('managed', 'managed', 'inline', 'inline', 'block'))
            attach = self.some(m.principals, 3 if how == 'managed' else 1)
            if how == 'block' and attach[0].kind != 'role':
                how = 'inline'
            guard = self.guard() if how != 'block' else None
            if how == 'managed' and any(p.guard != guard for p in attach):
                guard = None
            doc = self.identity_doc()
            if m.policies and self.one_in(8):
                doc = m.policies[-1].doc    # one text, two policies
            m.policies.append(Policy(how, 'policy%d' % i, doc, attach, guard))
        if self.one_in(4):
            p = r.choice([p for p in m.principals if p.kind != 'group'])
            managed = [x for x in m.policies if x.how == 'managed' and not x.guard]
            if managed and self.one_in(3):
                p.boundary = managed[0]
            else:
                p.boundary = Policy('managed', 'limit', self.identity_doc(), [])
                if self.one_in(2):
                    p.boundary.doc = Doc([{'Effect': 'Allow', 'Action': ['kms:Decrypt', 's3:*'],
                                           'Resource': '*'}])
                m.policies.append(p.boundary)
            p.boundary.is_boundary = True


def same(a, b):
    if isinstance(a, Ref) and isinstance(b, Ref):
        return a.what == b.what and a.of is b.of
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    return type(a) is type(b) and a == b


def make(random):
    return Maker(random).make()


# ---- what AWS would hold ----

def fill(value, resolve):
    """A policy with its references resolved."""
    if isinstance(value, Ref):
        return resolve(value)
    if isinstance(value, tuple):
        return ''.join(fill(v, resolve) for v in value)
    if isinstance(value, list):
        return [fill(v, resolve) for v in value]
    if isinstance(value, dict):
        return {k: fill(v, resolve) for k, v in value.items()}
    return value


def document(doc, resolve):
    return {'Version': doc.version, 'Statement': fill(doc.statements, resolve)}


def exists(x, given):
    return x.guard is None or given[x.guard]


def world(m, given, names):
    """(principals, keys) for rules.py under the flags. names: how the language names things: ARNs
    of keys, principals and aliases."""
    def resolve(ref):
        if ref.what == 'account':
            return ACCOUNT
        if ref.what in ('key', 'composed'):
            return names.key(ref.of)
        return names.alias(ref.of) if ref.what == 'alias' else names.principal(ref.of)
    principals = []
    for p in m.principals:
        if p.kind == 'group' or not exists(p, given):
            continue
        owners = [p] + p.groups
        docs = [document(x.doc, resolve) for x in m.policies if exists(x, given)
                for who in x.attach if who in owners]
        limit = document(p.boundary.doc, resolve) if p.boundary else None
        principals.append(rules.Principal(names.principal(p), p.kind, docs, limit))
    keys = [rules.Key(names.key(k), document(k.doc, resolve) if k.doc else None)
            for k in m.keys if exists(k, given)]
    return principals, keys
