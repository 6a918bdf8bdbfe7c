# SPDX-License-Identifier: MIT
"""The rules of AWS, written from its documentation and sharing no code with src/: who may use which
key under which request context. All contexts are decided at once: a condition, a statement and an
answer are sets of contexts, kept as the bits of an integer.

A document is the policy as AWS receives it. Numbers in brackets are rules of the AWS semantics."""
import ipaddress
import re
from functools import lru_cache

TARGETS = ('kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo')
OTHERS = ('kms:Encrypt', 'kms:GenerateDataKey', 'kms:DescribeKey', 'kms:RetireGrant')
ACTIONS = TARGETS + OTHERS

# Keys that are in the context of some actions only [5.9].
ONLY_FOR = {
    'kms:grantisforawsresource': (),
    'kms:granteeprincipal': (),
    'kms:reencryptonsamekey': ('kms:ReEncryptFrom', 'kms:ReEncryptTo'),
}
# Keys that a key policy does not see [5.3].
IAM_ONLY = re.compile(r'kms:resourcealiases$|aws:resource(tag/|account$|org)')
# Keys whose value depends on who asks, or about which key.
OF_PRINCIPAL = ('aws:principalarn', 'aws:principalaccount', 'aws:username', 'kms:calleraccount',
                'aws:principaltype')
OF_KEY = ('aws:resourceaccount',)


class Principal:
    """kind: role, user; docs: identity policies, those of its groups included."""
    def __init__(self, arn, kind, docs=(), boundary=None, session=None):
        self.arn, self.kind, self.docs = arn, kind, list(docs)
        self.boundary, self.session = boundary, session
        self.account = arn.split(':')[4]

    def values(self):
        out = {'aws:principalarn': self.arn, 'aws:principalaccount': self.account,
               'kms:calleraccount': self.account,
               'aws:principaltype': 'User' if self.kind == 'user' else 'AssumedRole'}
        if self.kind == 'user':     # a role session has no user name [5.7]
            out['aws:username'] = self.arn.rsplit('/', 1)[1]
        return out


class Key:
    """policy None: AWS's default policy [11.8]."""
    def __init__(self, arn, policy=None):
        self.arn, self.account = arn, arn.split(':')[4]
        self.policy = policy or default_policy(self.account)


def default_policy(account):
    return {'Version': '2012-10-17', 'Statement': [{
        'Effect': 'Allow', 'Principal': {'AWS': 'arn:aws:iam::%s:root' % account},
        'Action': 'kms:*', 'Resource': '*'}]}


def many(x):
    return [] if x is None else x if isinstance(x, list) else [x]


@lru_cache(maxsize=100000)
def pattern(text, nocase=False):
    out = ''.join('.*' if c == '*' else '.' if c == '?' else re.escape(c) for c in text)
    return re.compile(out, re.S | (re.I if nocase else 0))


def glob(text, value, nocase=False):
    return pattern(text, nocase).fullmatch(value) is not None


@lru_cache(maxsize=1000000)
def action_matches(text, action):
    """[1.1, 1.2]: no case; wildcards in the name, none in the prefix; a bare * is everything."""
    if text == '*':
        return True
    prefix, colon, name = text.partition(':')
    service, _, wanted = action.partition(':')
    return bool(colon) and prefix.lower() == service and glob(name, wanted, True)


def arn_like(want, value):
    """Part by part; the sixth is all the rest."""
    a, b = want.split(':', 5), value.split(':', 5)
    return len(a) == 6 and len(b) == 6 and all(glob(x, y) for x, y in zip(a, b))


def in_net(want, value):
    try:
        return ipaddress.ip_address(value) in ipaddress.ip_network(want, False)
    except ValueError:
        return False


def number(compare):
    def test(want, value):
        try:
            return compare(float(value), float(want))
        except ValueError:
            return False
    return test


def date(compare):
    return lambda want, value: compare(value, want)     # all of them are ISO 8601 in UTC


POSITIVE = {
    'stringequals': lambda w, v: w == v,
    'stringequalsignorecase': lambda w, v: w.lower() == v.lower(),
    'stringlike': glob,
    'arnequals': arn_like, 'arnlike': arn_like,
    'bool': lambda w, v: w.lower() == v.lower(),
    'ipaddress': in_net,
    'numericequals': number(lambda v, w: v == w),
    'numericlessthan': number(lambda v, w: v < w),
    'numericlessthanequals': number(lambda v, w: v <= w),
    'numericgreaterthan': number(lambda v, w: v > w),
    'numericgreaterthanequals': number(lambda v, w: v >= w),
    'dateequals': date(lambda v, w: v == w),
    'datelessthan': date(lambda v, w: v < w),
    'datelessthanequals': date(lambda v, w: v <= w),
    'dategreaterthan': date(lambda v, w: v > w),
    'dategreaterthanequals': date(lambda v, w: v >= w),
}
NEGATIVE = {
    'stringnotequals': 'stringequals', 'stringnotequalsignorecase': 'stringequalsignorecase',
    'stringnotlike': 'stringlike', 'arnnotequals': 'arnequals', 'arnnotlike': 'arnlike',
    'notipaddress': 'ipaddress', 'numericnotequals': 'numericequals',
    'datenotequals': 'dateequals',
}


def substitute(want, context):
    """Policy variables; None: one of them has no value, so nothing matches."""
    missing = False

    def value(m):
        nonlocal missing
        name = m.group(1)
        if name in '*?$':
            return name
        got = many(context.get(name.lower()))
        missing = missing or len(got) != 1
        return got[0] if got else ''
    out = re.sub(r'\$\{([^}]*)\}', value, want)
    return None if missing else out


def entry_holds(op, key, wants, variables, context):
    """One operator with one key: the values are alternatives, several values of the request are
    asked about by a set operator or all alike."""
    op, key = op.lower(), key.lower()
    quantifier, colon, rest = op.partition(':')
    if colon:
        op = rest
    else:
        quantifier = ''
    exists = op.endswith('ifexists')
    if exists:
        op = op[:-8]
    values = many(context.get(key))
    if op == 'null':
        return (not values) == (str(wants[0]).lower() == 'true')
    negative = op in NEGATIVE
    if not values:
        return exists or quantifier == 'forallvalues' or (negative and quantifier == '')
    test = POSITIVE[NEGATIVE.get(op, op)]
    wants = [str(w).lower() if isinstance(w, bool) else str(w) for w in wants]
    if variables:
        wants = [w for w in (substitute(w, context) for w in wants) if w is not None]

    def one(value):
        return any(test(w, value) for w in wants) != negative
    return any(map(one, values)) if quantifier == 'foranyvalue' else all(map(one, values))


class Judge:
    """Decides about all request contexts at once. A context maps condition keys in small letters to
    a text or a list of texts."""
    def __init__(self, contexts):
        self.contexts = contexts
        self.all = (1 << len(contexts)) - 1
        self.known = {}

    def entry(self, op, key, wants, variables, extra, hidden):
        lower = key.lower()
        text = ' '.join(map(str, wants)) if variables else ''
        depends = lower in extra or any('${' + k in text.lower() for k in extra)
        name = (op, key, tuple(wants), variables, hidden, tuple(extra.items()) if depends else ())
        if name in self.known:
            return self.known[name]
        mask = 0
        for i, context in enumerate(self.contexts):
            if hidden or depends:
                context = {k: v for k, v in context.items() if k not in hidden}
                context.update({k: v for k, v in extra.items() if k not in hidden})
            if entry_holds(op, key, wants, variables, context):
                mask |= 1 << i
        self.known[name] = mask
        return mask

    def condition(self, statement, version, principal, key, action, in_key_policy):
        block = statement.get('Condition')
        if not block:
            return self.all
        extra = dict(principal.values())
        extra['aws:resourceaccount'] = key.account
        mask = self.all
        for op, entries in block.items():
            for name, wants in entries.items():
                lower = name.lower()
                hidden = ()
                if in_key_policy and IAM_ONLY.match(lower) or \
                        action not in ONLY_FOR.get(lower, (action,)):
                    hidden = (lower,)
                mask &= self.entry(op, name, tuple(many(wants)), version == '2012-10-17', extra,
                                   hidden)
        return mask

    def statement(self, s, version, principal, key, action, in_key_policy):
        """Where it applies, whatever its effect and its principals."""
        if 'Action' in s:
            if not any(action_matches(a, action) for a in many(s['Action'])):
                return 0
        elif 'NotAction' in s:
            if any(action_matches(a, action) for a in many(s['NotAction'])):
                return 0
        else:
            return 0
        if 'Resource' in s:
            if not any(glob(r, key.arn) for r in many(s['Resource'])):
                return 0
        elif 'NotResource' in s:
            if any(glob(r, key.arn) for r in many(s['NotResource'])):
                return 0
        else:
            return 0        # also in a key policy, which accepts it [3.5]
        return self.condition(s, version, principal, key, action, in_key_policy)

    def document(self, doc, principal, key, action):
        """(allowed, denied) by an identity policy, boundary or session policy."""
        allow = deny = 0
        for s in many(doc.get('Statement')):
            mask = self.statement(s, doc.get('Version'), principal, key, action, False)
            if s['Effect'] == 'Deny':
                deny |= mask
            else:
                allow |= mask
        return allow, deny

    def key_policy(self, principal, key, action):
        """(by the account, by the ARN, by everybody, denied)."""
        account = direct = everybody = deny = 0
        for s in many(key.policy.get('Statement')):
            how = named(s, principal)
            if not how:
                continue
            mask = self.statement(s, key.policy.get('Version'), principal, key, action, True)
            if s['Effect'] == 'Deny':
                deny |= mask
                continue
            account |= mask if 'account' in how else 0
            direct |= mask if 'arn' in how else 0
            everybody |= mask if '*' in how else 0
        return account, direct, everybody, deny

    def allowed(self, principal, key, action):
        identity = deny = 0
        for doc in principal.docs:
            a, d = self.document(doc, principal, key, action)
            identity |= a
            deny |= d
        limit = self.all
        for doc in (principal.boundary, principal.session):
            if doc is not None:
                a, d = self.document(doc, principal, key, action)
                limit &= a
                deny |= d
        account, direct, everybody, d = self.key_policy(principal, key, action)
        deny |= d
        if principal.account != key.account:    # both must allow [3.12]
            allow = identity & limit & (account | direct | everybody)
        else:
            # The limits hold for a role's ARN [3.7], not for a user's [3.8], nor for "*" [3.10].
            by_arn = direct & limit if principal.kind == 'role' else direct
            allow = account & identity & limit | by_arn | everybody
        return allow & ~deny


def named(s, principal):
    """How the principals of a key policy's statement name this one."""
    if 'NotPrincipal' in s:     # only ever with Deny [3.14]
        listed = many(s['NotPrincipal'].get('AWS'))
        return {'*'} if principal.boundary or principal.arn not in listed else set()
    value = s.get('Principal')
    if value == '*':
        return {'*'}
    if value is None:
        return set()
    out = set()
    for name in many(value.get('AWS')):
        if name == '*':
            out.add('*')
        elif name in (principal.account, 'arn:aws:iam::%s:root' % principal.account):
            out.add('account')
        elif name == principal.arn:
            out.add('arn')
    return out


def values_of(documents):
    """What the conditions of the documents ask about: key in small letters -> values to try."""
    pools = {}
    for doc in documents:
        for s in many(doc.get('Statement')):
            for op, entries in (s.get('Condition') or {}).items():
                for name, wants in entries.items():
                    lower = name.lower()
                    if lower in OF_PRINCIPAL or lower in OF_KEY:
                        continue
                    pool = pools.setdefault(lower, [None])
                    if lower.endswith('keys') and 'context' in lower:
                        wants = many(wants)
                        extra = [list(wants), wants[:1] + ['other']]
                    else:
                        extra = [sample(op, str(w)) for w in many(wants)]
                    pool += [v for v in extra + ['other'] if v not in pool]
    return pools


def sample(op, want):
    """A value that the condition is about."""
    op = op.lower()
    if 'ipaddress' in op:
        return want.split('/')[0]
    if 'null' in op:
        return 'present'
    if want in ('True', 'False'):
        return want.lower()
    return re.sub(r'\$\{[^}]*\}', 'alice', want).replace('*', 'x1').replace('?', 'x')


def contexts_of(documents, random, most=40):
    """Request contexts that tell the conditions apart: each value of each key with each of the
    others, or a random choice of that."""
    pools = values_of(documents)
    out = [{}]
    for key, pool in pools.items():
        out = [dict(c, **({} if v is None else {key: v})) for c in out for v in pool]
        if len(out) > 4 * most:
            out = random.sample(out, 4 * most)
    return out if len(out) <= most else [{}] + random.sample(out, most)
