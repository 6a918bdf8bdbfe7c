# SPDX-License-Identifier: MIT
"""From Terraform files to what AWS would hold after an apply: principals and keys for rules.py."""
import hashlib
import json
import posixpath

import hcl
import known_modules
from rules import Key, Principal, many

ACCOUNT, REGION = '111111111111', 'eu-west-1'
OTHER_REGION = 'us-east-1'


def key_id(address):
    h = hashlib.md5(address.encode()).hexdigest()
    return '-'.join((h[:8], h[8:12], h[12:16], h[16:20], h[20:]))


class Unknown(Exception):
    pass


class Instance:
    """A resource, data source or one of several that count makes."""
    def __init__(self, scope, mode, kind, name, body, each=None):
        self.scope, self.mode, self.kind, self.name, self.body = scope, mode, kind, name, body
        self.inner = scope if each is None else hcl.With(scope, each)
        self.index = None if each is None else list(list(each.values())[0].values())[0]
        self.known = {}

    def attribute(self, name):
        if name not in self.known:
            self.known[name] = self.compute(name)
        return self.known[name]

    def has(self, name):
        return name in self.body.attrs and self.value(name) is not None

    def value(self, name, default=None):
        if name not in self.body.attrs:
            return default
        return hcl.evaluate(self.body.attrs[name], self.inner)

    def address(self):
        return self.scope.address + self.kind + '.' + self.name + \
            ('' if self.index is None else str(self.index))

    def provider(self):
        p = self.body.attrs.get('provider')
        if p and p[0] == 'lit':     # JSON syntax
            return p[1].partition('.')[2]
        return p[2] if p and p[0] == 'attr' else None

    def account(self):
        return self.scope.world.accounts.get(self.provider(), ACCOUNT)

    def region(self):
        if self.has('region'):
            return self.value('region')
        return self.scope.world.regions.get(self.provider(), REGION)

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
        for x in i.scope.world.root.all(kind):
            if wanted in [x.attribute(n) for n in attributes]:
                return x.attribute(computed)
        raise Unknown('no %s is %s' % (kind, wanted))
    return look


def key_of_alias(attribute):
    """By the name of an alias, or the key itself."""
    def look(i):
        wanted = i.value('name') or i.value('key_id')
        for alias in i.scope.world.root.all('aws_kms_alias'):
            if alias.value('name') == wanted:
                wanted = alias_target(alias)
        for key in i.scope.world.root.all('aws_kms_key'):
            if wanted in (key.attribute('arn'), key.attribute('key_id')):
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
for _k in ('role', 'user', 'group', 'policy'):
    COMPUTED[('resource.aws_iam_' + _k, 'name')] = lambda i: i.label()
    COMPUTED[('resource.aws_iam_' + _k, 'id')] = \
        COMPUTED[('resource.aws_iam_policy', 'arn')] if _k == 'policy' else lambda i: i.label()


def repeated_blocks(i, wanted):
    """The blocks of the name, dynamic ones repeated, each with the scope of its text."""
    for kind, labels, body in i.body.blocks:
        if kind == wanted:
            yield body, i.inner
        elif kind == 'dynamic' and labels == [wanted]:
            over = hcl.evaluate(body.attrs['for_each'], i.inner)
            pairs = over.items() if isinstance(over, dict) else ((x, x) for x in over)
            for k, v in pairs:
                yield body.of('content')[0], hcl.With(
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
        return hcl.evaluate(body.attrs[name], scope) if name in body.attrs else default
    out = {'Effect': value('effect', 'Allow')}
    if value('sid'):
        out['Sid'] = value('sid')
    for member, argument in ARGUMENTS:
        if value(argument):
            out[member] = unescape(value(argument))
    for member, block in (('Principal', 'principals'), ('NotPrincipal', 'not_principals')):
        for b in body.of(block):
            kind = hcl.evaluate(b.attrs['type'], scope)
            ids = hcl.evaluate(b.attrs['identifiers'], scope)
            if kind == '*':
                out[member] = '*'
            else:
                out.setdefault(member, {}).setdefault(kind, []).extend(ids)
    for b in body.of('condition'):
        test, variable = (hcl.evaluate(b.attrs[n], scope) for n in ('test', 'variable'))
        values = unescape(hcl.evaluate(b.attrs['values'], scope))
        out.setdefault('Condition', {}).setdefault(test, {}).setdefault(variable, []).extend(values)
    return out


def policy_document(i):
    out = []
    for text in i.value('source_policy_documents', []):
        out += many(json.loads(text)['Statement'])
    out += [statement(b, s) for b, s in repeated_blocks(i, 'statement')]
    for text in i.value('override_policy_documents', []):
        for new in many(json.loads(text)['Statement']):
            same = [n for n, s in enumerate(out) if new.get('Sid') and s.get('Sid') == new['Sid']]
            if same:
                out[same[0]] = new
            else:
                out.append(new)
    return {'Version': i.value('version', '2012-10-17'), 'Statement': out}


class Made(Instance):
    """A resource of a module that is not here, with what it is made of."""
    def __init__(self, scope, address, kind, given):
        Instance.__init__(self, scope, 'resource.', kind, 'this', hcl.Body())
        self.at, self.given = address, given

    def address(self):
        return self.at + Instance.address(self)

    def value(self, name, default=None):
        return self.given.get(name, default)


class Scope:
    """The names of a module."""
    def __init__(self, world, files, folder, address='', arguments=None):
        self.world, self.address, self.arguments = world, address, arguments or {}
        self.files, self.folder = files, folder
        self.locals, self.outputs, self.variables, self.known = {}, {}, {}, {}
        self.resources, self.calls, self.imports = {}, {}, []
        for path, text in files.items():
            if path.rpartition('/')[0] != folder or not path.endswith(('.tf', '.tf.json')):
                continue
            body = world.parse(path, text)
            for kind, labels, block in body.blocks:
                self.add(kind, labels, block)

    def add(self, kind, labels, block):
        if kind in ('resource', 'data'):
            self.resources[(kind + '.', labels[0], labels[1])] = block
        elif kind == 'locals':
            self.locals.update(block.attrs)
        elif kind == 'variable':
            self.variables[labels[0]] = block
        elif kind == 'output':
            self.outputs[labels[0]] = block
        elif kind == 'module':
            self.calls[labels[0]] = block
        elif kind == 'import':
            self.imports.append(block)

    def look(self, name):
        if name == 'var':
            return Names(self.variable)
        if name == 'local':
            return Names(self.local)
        if name == 'data':
            return Names(lambda kind: Names(lambda n: self.get('data.', kind, n)))
        if name == 'path':
            return Names({'module': self.folder or '.', 'root': '.',
                          'text of': self.text_of}.__getitem__)
        if name == 'terraform':
            return Names(lambda what: self.world.given['terraform.' + what])
        if name == 'module':
            return Names(lambda m: each_of(self.module(m), lambda s: Names(s.output)))
        return Names(lambda n: self.get('resource.', name, n))

    def must_declare(self, reference):
        """Of depends_on and import: nothing but names."""
        names = []
        while reference[0] == 'attr':
            names.insert(0, reference[2])
            reference = reference[1]
        names = reference[1].split('.') + names     # in JSON it is one text
        mode = 'data.' if names[0] == 'data' else 'resource.'
        names = names[mode == 'data.':]
        if not (names[1] in self.calls if names[0] == 'module' else
                (mode, names[0], names[1]) in self.resources):
            raise Unknown('%s is not declared' % '.'.join(names))

    def text_of(self, path):
        return self.files[posixpath.normpath(path)]

    def memo(self, name, compute):
        if name not in self.known:
            self.known[name] = compute()
        return self.known[name]

    def variable(self, name):
        body = self.arguments.get('body')
        if body and name in body.attrs:
            return self.memo(('var', name),
                             lambda: hcl.evaluate(body.attrs[name], self.arguments['scope']))
        if name in self.world.given:
            return self.world.given[name]
        return hcl.evaluate(self.variables[name].attrs['default'], self)

    def module(self, name):
        """A scope; of count a list of them, of for_each a map."""
        return self.memo(('module', name), lambda: self.repeated(
            self.calls[name], lambda each: self.called(name, each)))

    def called(self, name, each):
        body = self.calls[name]
        source = hcl.evaluate(body.attrs['source'], self)
        index = '' if each is None else str(list(list(each.values())[0].values())[0])
        address = self.address + 'module.%s%s.' % (name, index)
        scope = self if each is None else hcl.With(self, each)
        if source in known_modules.MODULES:
            return known_modules.Call(body, scope, ACCOUNT,
                                      lambda kind, given: Made(self, address, kind, given))
        return Scope(self.world, self.files, posixpath.normpath(posixpath.join(self.folder, source)),
                     address, {'body': body, 'scope': scope})

    def inner(self):
        """The scopes of all modules called here."""
        for name in self.calls:
            yield from every(self.module(name))

    def local(self, name):
        return self.memo(('local', name), lambda: hcl.evaluate(self.locals[name], self))

    def output(self, name):
        return self.memo(('out', name),
                         lambda: hcl.evaluate(self.outputs[name].attrs['value'], self))

    def get(self, mode, kind, name):
        return self.memo((mode, kind, name), lambda: self.make(mode, kind, name))

    def make(self, mode, kind, name):
        if (mode, kind, name) not in self.resources:
            raise Unknown('%s%s.%s is not declared' % (mode, kind, name))
        body = self.resources[(mode, kind, name)]
        return self.repeated(body, lambda each: Instance(self, mode, kind, name, body, each))

    def repeated(self, body, make):
        """What count and for_each make; the argument of `make` is what they call it."""
        if 'count' in body.attrs:
            n = hcl.evaluate(body.attrs['count'], self)
            return [make({'count': {'index': i}}) for i in range(n)]
        if 'for_each' in body.attrs:
            over = hcl.evaluate(body.attrs['for_each'], self)
            pairs = over.items() if isinstance(over, dict) else ((x, x) for x in over)
            return {k: make({'each': {'key': k, 'value': v}}) for k, v in pairs}
        return make(None)

    def all(self, kind):
        for (mode, k, name) in self.resources:
            if mode == 'resource.' and k == kind:
                yield from every(self.get(mode, k, name))
        for m in self.inner():
            yield from m.all(kind)


def every(repeated):
    return repeated if isinstance(repeated, list) else \
        list(repeated.values()) if isinstance(repeated, dict) else [repeated]


def each_of(repeated, make):
    if isinstance(repeated, list):
        return [make(x) for x in repeated]
    if isinstance(repeated, dict):
        return {k: make(x) for k, x in repeated.items()}
    return make(repeated)


class Names:
    def __init__(self, get):
        self.attribute = get


class World:
    """given: values of root variables; accounts, regions: of provider aliases."""
    def __init__(self, files, given=None, accounts=None, regions=None, parsed=None):
        self.given, self.accounts, self.regions = given or {}, accounts or {}, regions or {}
        self.parsed = {} if parsed is None else parsed
        self.root = Scope(self, files, '')
        self.docs = {}      # of principals, by ARN
        self.managed, self.inline = {}, {}
        for i in self.root.all('aws_iam_policy'):
            self.once(i.attribute('arn'), self.managed)
            self.managed[i.attribute('arn')] = json.loads(i.value('policy'))
        self.identities()
        self.check_exclusive()

    def parse(self, path, text):
        if text not in self.parsed:
            self.parsed[text] = hcl.read_json(text) if path.endswith('.json') else hcl.read(text)
        return self.parsed[text]

    def once(self, name, known):
        if name in known:
            raise Unknown('two of one name: %s' % (name,))

    def all_values(self, scope=None):
        """Raises an error when something refers to what is not there."""
        scope = scope or self.root
        for (mode, kind, name) in scope.resources:
            for i in every(scope.get(mode, kind, name)):
                for attribute in i.body.attrs:
                    if attribute not in ('provider', 'lifecycle', 'depends_on'):
                        i.value(attribute)
                if kind == 'aws_iam_policy_document':
                    i.attribute('json')
                for name in i.body.attrs.get('depends_on', (None, []))[1]:
                    scope.must_declare(name)
        for name in scope.outputs:
            scope.output(name)
        for block in scope.imports:
            scope.must_declare(block.attrs['to'])
        for inner in scope.inner():
            self.all_values(inner)

    def identities(self):
        self.by_name = {}
        for kind in ('role', 'user', 'group'):
            for i in self.root.all('aws_iam_' + kind):
                self.once((kind, i.label()), self.by_name)
                self.by_name[(kind, i.label())] = i
                self.docs[i.attribute('arn')] = []
                for arn in i.value('managed_policy_arns', []) if kind == 'role' else []:
                    self.attach(kind, i.label(), arn)
                for b, scope in repeated_blocks(i, 'inline_policy'):
                    if 'policy' in b.attrs:
                        self.give(kind, i.label(), json.loads(hcl.evaluate(b.attrs['policy'], scope)))
            for i in self.root.all('aws_iam_%s_policy' % kind):
                if self.is_kept(kind, i):
                    self.give(kind, i.value(kind), json.loads(i.value('policy')))
            for i in self.root.all('aws_iam_%s_policy_attachment' % kind):
                self.attach(kind, i.value(kind), i.value('policy_arn'))
            for i in self.root.all('aws_iam_policy_attachment'):
                for name in i.value(kind + 's', []):
                    self.attach(kind, name, i.value('policy_arn'))
            for i in self.root.all('aws_iam_%s_policy_attachments_exclusive' % kind):
                for arn in i.value('policy_arns', []):
                    self.attach(kind, i.value(kind + '_name'), arn)

    def is_kept(self, kind, policy):
        """Nothing says that the role has others only."""
        name = policy.value('name')
        self.once((kind, policy.value(kind), name), self.inline)
        self.inline[kind, policy.value(kind), name or policy.address()] = policy
        return all(name in i.value('policy_names') for i in
                   self.root.all('aws_iam_%s_policies_exclusive' % kind)
                   if i.value(kind + '_name') == policy.value(kind))

    def check_exclusive(self):
        """The lists of names speak of what is there."""
        for i in self.root.all('aws_iam_role_policies_exclusive'):
            for name in i.value('policy_names'):
                if ('role', i.value('role_name'), name) not in self.inline:
                    raise Unknown('no inline policy %s' % name)

    def give(self, kind, name, doc):
        self.docs[self.by_name[(kind, name)].attribute('arn')].append(doc)

    def attach(self, kind, name, arn):
        self.give(kind, name, self.managed[arn])

    def principals(self):
        member = {}
        for i in self.root.all('aws_iam_user_group_membership'):
            member.setdefault(i.value('user'), []).extend(i.value('groups'))
        out = []
        for (kind, name), i in self.by_name.items():
            docs = list(self.docs[i.attribute('arn')])
            if kind == 'group':
                continue
            if kind == 'user':
                for g in member.get(name, []):
                    docs += self.docs[self.by_name[('group', g)].attribute('arn')]
            boundary = self.managed[i.value('permissions_boundary')] \
                if i.has('permissions_boundary') else None
            out.append(Principal(i.attribute('arn'), kind, docs, boundary))
        for i in self.root.all('aws_ssoadmin_permission_set'):
            docs = [json.loads(p.value('inline_policy'))
                    for p in self.root.all('aws_ssoadmin_permission_set_inline_policy')
                    if p.value('permission_set_arn') == i.attribute('arn')]
            out.append(Principal('arn:aws:iam::%s:role/aws-reserved/sso.amazonaws.com/'
                                 'AWSReservedSSO_%s_0123456789abcdef' % (ACCOUNT, i.name),
                                 'role', docs))
        return out

    def keys(self):
        policies = {i.value('key_id'): i for i in self.root.all('aws_kms_key_policy')}
        out = []
        for kind in ('aws_kms_key', 'aws_kms_replica_key'):
            for i in self.root.all(kind):
                text = i.value('policy')
                other = policies.get(i.attribute('key_id'))
                if other and other.region() == i.region():
                    text = other.value('policy')
                out.append(Key(i.attribute('arn'), json.loads(text) if text else None))
        return out
