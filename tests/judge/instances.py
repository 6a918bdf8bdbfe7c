# SPDX-License-Identifier: MIT
"""Resources and data sources of Terraform, each of those that count and for_each make, and what
AWS and the provider know of them."""
import hashlib
import json

import evaluation
import hcl
from rules import many

ACCOUNT, REGION = '111111111111', 'eu-west-1'
OTHER_ACCOUNT = '222222222222'
OTHER_REGION = 'us-east-1'
# Managed policies that no code declares.
OUTSIDE = {
    'arn:aws:iam::aws:policy/PowerUserAccess': {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'NotAction': ['iam:*', 'organizations:*'], 'Resource': '*'}]},
    'arn:aws:iam::aws:policy/AmazonS3FullAccess': {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': 's3:*', 'Resource': '*'}]},
    'arn:aws:iam::%s:policy/limits' % ACCOUNT: {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': ['s3:*', 'kms:Encrypt', 'kms:Decrypt'], 'Resource': '*'}]},
}


def key_id(address):
    h = hashlib.md5(address.encode()).hexdigest()
    return '-'.join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))


class Unknown(Exception):
    pass


class Instance:
    """A resource, data source or one of several that count makes."""
    def __init__(self, scope, mode, kind, name, body, each=None):
        self.scope, self.mode, self.kind, self.name, self.body = scope, mode, kind, name, body
        self.inner = scope if each is None else evaluation.With(scope, each)
        self.index = None if each is None else list(list(each.values())[0].values())[0]
        self.known = {}

    def attribute(self, name):
        if name not in self.known:
            self.known[name] = self.compute(name)
        return self.known[name]

    def has(self, name):
        return name in self.body.attrs and self.value(name) is not None

    def ignores(self, name):
        """Changes of the argument [11.9]."""
        listed = [one.attrs['ignore_changes'] for one in self.body.of('lifecycle')
                  if 'ignore_changes' in one.attrs]
        return any(x in (('var', 'all'), ('lit', 'all')) or x[0] == 'list' and
                   any(one in (('var', name), ('lit', name)) for one in x[1]) for x in listed)

    def applied(self, name):
        """The one whose argument is in effect: an earlier one where changes are ignored."""
        live = self.mode == 'resource.' and self.scope.world.live
        if live and self.body.of('lifecycle') and self.ignores(name):
            return live.known_as(self.kind, self.address()) or self
        return self

    def value(self, name, default=None):
        old = self.applied(name)
        if old is not self:
            return old.value(name, default)
        if name not in self.body.attrs:
            return default
        return evaluation.evaluate(self.body.attrs[name], self.inner)

    def address(self):
        return self.scope.address + self.kind + '.' + self.name + \
            ('' if self.index is None else str(self.index))

    def provider(self):
        return self.scope.provider(alias_of(self.body.attrs.get('provider')))

    def account(self):
        return self.provider().account

    def region(self):
        return self.value('region') if self.has('region') else self.provider().region

    def label(self):
        return self.value('name') or 'tf-' + self.address().replace('.', '-')

    def compute(self, name):
        how = COMPUTED.get((self.mode + self.kind, name))
        if how:
            return how(self)
        if name in self.body.attrs:
            return self.value(name)
        if name == 'id' and self.mode == 'resource.':
            return 'id of ' + self.address()
        raise Unknown('%s has no %s' % (self.address(), name))


class Provider:
    """Where it works: of its block, if it has one."""
    def __init__(self, scope=None, body=None):
        def value(of, name):
            return evaluation.evaluate(of.attrs[name], scope) if of and name in of.attrs else None
        self.region = value(body, 'region') or REGION
        roles = body.of('assume_role') if body else []
        ids = value(body, 'allowed_account_ids')
        self.account = ids[0] if ids else value(roles[0], 'role_arn').split(':')[4] if roles else \
            OTHER_ACCOUNT if value(body, 'profile') == 'other' else ACCOUNT


class Made(Instance):
    """A resource of a module that is not here, with what it is made of, and what other resources of
    the module give it, which may wait for it: functions."""
    def __init__(self, scope, address, kind, given):
        Instance.__init__(self, scope, 'resource.', kind, 'this', hcl.Body())
        self.at, self.given = address, given

    def address(self):
        return self.at + Instance.address(self)

    def has(self, name):
        return self.value(name) is not None

    def value(self, name, default=None):
        v = self.given.get(name, default)
        return v() if callable(v) else v


def alias_of(p):
    """Of an expression that names a provider; None is the one that goes without saying."""
    if p and p[0] == 'lit':     # JSON syntax
        return p[1].partition('.')[2] or None
    return p[2] if p and p[0] == 'attr' else None


def iam_arn(what):
    return lambda i: 'arn:aws:iam::%s:%s%s%s' % (i.account(), what, i.value('path', '/'), i.label())


def id_of_key(i):
    return ('mrk-' + key_id(i.address()).replace('-', '')) if i.value('multi_region') else \
        key_id(i.address())


def id_of_replica(i):
    return i.value('primary_key_arn').rsplit('/', 1)[1]


def key_arn(identify):
    return lambda i: 'arn:aws:kms:%s:%s:key/%s' % (i.region(), i.account(), identify(i))


def alias_arn(i):
    return 'arn:aws:kms:%s:%s:%s' % (i.region(), i.account(), i.value('name'))


def alias_target(i):
    target = i.value('target_key_id')
    return target if target.startswith('arn:') else \
        'arn:aws:kms:%s:%s:key/%s' % (i.region(), i.account(), target)


def found(kind, attributes, computed):
    """An attribute of the one that the data source looks up."""
    def look(i):
        wanted = next(i.value(n) for n in ('name', 'arn', 'key_id') if i.has(n))
        for x in i.scope.world.all(kind):
            if x.account() == i.account() and wanted in [x.attribute(n) for n in attributes]:
                return x.attribute(computed)
        for arn in OUTSIDE if kind == 'aws_iam_policy' else ():
            if wanted in (arn, arn.rsplit('/', 1)[1]):
                return arn.rsplit('/', 1)[1] if computed == 'name' else arn
        raise Unknown('no %s is %s' % (kind, wanted))
    return look


def is_near(x, i):
    return (x.account(), x.region()) == (i.account(), i.region())


def key_of_alias(attribute):
    """By the name of an alias, or the key itself."""
    def look(i):
        wanted = i.value('name') or i.value('key_id')
        for alias in i.scope.world.all('aws_kms_alias'):
            if alias.value('name') == wanted and is_near(alias, i):
                wanted = alias_target(alias)
        for key in i.scope.world.all('aws_kms_key'):
            if wanted in (key.attribute('arn'), key.attribute('key_id')) and is_near(key, i):
                return key.attribute(attribute)
        raise Unknown('no key is %s' % wanted)
    return look


def found_by():
    """What data sources know of what is declared."""
    out = {}
    for kind in ('aws_iam_role', 'aws_iam_policy'):
        for attribute in ('arn', 'name', 'id'):
            out['data.' + kind, attribute] = found(kind, ('name', 'arn'), attribute)
    for attribute in ('arn', 'key_id'):
        out['data.aws_kms_key', attribute] = key_of_alias(attribute)
        out['data.aws_kms_alias', 'target_key_' + attribute.replace('key_', '')] = \
            key_of_alias(attribute)
    return out


COMPUTED = {
    ('resource.aws_iam_role', 'arn'): iam_arn('role'),
    ('resource.aws_iam_user', 'arn'): iam_arn('user'),
    ('resource.aws_iam_group', 'arn'): iam_arn('group'),
    ('resource.aws_iam_policy', 'arn'): iam_arn('policy'),
    ('resource.aws_kms_key', 'arn'): key_arn(id_of_key),
    ('resource.aws_kms_key', 'key_id'): id_of_key,
    ('resource.aws_kms_key', 'id'): id_of_key,
    ('resource.aws_kms_replica_key', 'arn'): key_arn(id_of_replica),
    ('resource.aws_kms_replica_key', 'key_id'): id_of_replica,
    ('resource.aws_kms_replica_key', 'id'): id_of_replica,
    ('resource.aws_kms_alias', 'arn'): alias_arn,
    ('resource.aws_kms_alias', 'target_key_arn'): alias_target,
    ('resource.aws_ssoadmin_permission_set', 'arn'): lambda i: 'arn:aws:sso:::permissionSet/' + i.name,
    ('data.aws_caller_identity', 'account_id'): lambda i: i.account(),
    ('data.aws_partition', 'partition'): lambda i: 'aws',
    ('data.aws_region', 'name'): lambda i: i.region(),
    ('data.aws_region', 'region'): lambda i: i.region(),
    ('data.aws_iam_policy_document', 'json'): lambda i: json.dumps(policy_document(i)),
}
COMPUTED.update(found_by())
COMPUTED['data.terraform_remote_state', 'outputs'] = lambda i: i.scope.world.state_of(i)
for _k in ('role', 'user', 'group', 'policy'):
    COMPUTED[('resource.aws_iam_' + _k, 'name')] = lambda i: i.label()
    COMPUTED[('resource.aws_iam_' + _k, 'id')] = \
        COMPUTED[('resource.aws_iam_policy', 'arn')] if _k == 'policy' else lambda i: i.label()


def repeated_blocks(i, wanted):
    """The blocks of the name, dynamic ones repeated, each with the scope of its text."""
    i = i.applied(wanted)
    for kind, labels, body in i.body.blocks:
        if kind == wanted:
            yield body, i.inner
        elif kind == 'dynamic' and labels == [wanted]:
            over = evaluation.evaluate(body.attrs['for_each'], i.inner)
            pairs = over.items() if isinstance(over, dict) else ((x, x) for x in over)
            for k, v in pairs:
                yield body.of('content')[0], evaluation.With(
                    i.inner, {wanted: {'key': k, 'value': v}})


def unescape(v):
    """&{ is this data source's way to write a policy variable [5.8]."""
    if isinstance(v, list):
        return [unescape(x) for x in v]
    return v.replace('&{', '${')


ARGUMENTS = (('Action', 'actions'), ('NotAction', 'not_actions'), ('Resource', 'resources'),
             ('NotResource', 'not_resources'))


def statement(body, scope):
    def value(name, default=None):
        return evaluation.evaluate(body.attrs[name], scope) if name in body.attrs else default
    out = {'Effect': value('effect', 'Allow')}
    if value('sid'):
        out['Sid'] = value('sid')
    for member, argument in ARGUMENTS:
        if value(argument):
            out[member] = unescape(value(argument))
    for member, block in (('Principal', 'principals'), ('NotPrincipal', 'not_principals')):
        for b in body.of(block):
            kind = evaluation.evaluate(b.attrs['type'], scope)
            ids = evaluation.evaluate(b.attrs['identifiers'], scope)
            if kind == '*':
                out[member] = '*'
            else:
                out.setdefault(member, {}).setdefault(kind, []).extend(ids)
    for b in body.of('condition'):
        test, variable = (evaluation.evaluate(b.attrs[n], scope) for n in ('test', 'variable'))
        values = unescape([evaluation.text_of(v) for v in
                           evaluation.evaluate(b.attrs['values'], scope)])
        out.setdefault('Condition', {}).setdefault(test, {}).setdefault(variable, []).extend(values)
    return out


def unique(statements):
    sids = [s['Sid'] for s in statements if s.get('Sid')]
    if len(set(sids)) < len(sids):
        raise Unknown('two statements with one Sid')
    return statements


def policy_document(i):
    """IAMPolicyDoc.Merge of the provider: a Sid that is there is replaced [11.10]."""
    def read(name):
        return [json.loads(text) for text in i.value(name, None) or []]
    sources, overriding = read('source_policy_documents'), read('override_policy_documents')
    own = {'Version': i.value('version', '2012-10-17'), 'Statement': unique(
        [statement(b, s) for b, s in repeated_blocks(i, 'statement')])}
    out = unique([s for doc in sources for s in many(doc['Statement'])])
    for doc in [own] + overriding:
        for new in many(doc['Statement']):
            same = [n for n, s in enumerate(out) if new.get('Sid') and s.get('Sid') == new['Sid']]
            if same:
                out[same[0]] = new
            else:
                out.append(new)
    version = max(doc.get('Version') or '' for doc in sources + [own] + overriding)
    return {'Version': version, 'Statement': out}
