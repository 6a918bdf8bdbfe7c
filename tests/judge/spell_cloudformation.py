# SPDX-License-Identifier: MIT
"""A model as a CloudFormation or SAM template, in YAML and JSON, with intrinsic functions in their
short and long forms."""
import json

import cloudformation
import instances
from models import Doc, Policy, Ref
from spell_terraform import keys_of, settings


class Fn:
    def __init__(self, name, arg):
        self.name, self.arg = name, arg

    def long(self):
        return {self.name if self.name in ('Ref', 'Condition') else 'Fn::' + self.name: self.arg}


class Plain(str):
    """Without quotes."""


class Literal(str):
    """A text in a literal block scalar."""


class Anchor:
    def __init__(self, name, value):
        self.name, self.value = name, value


class Alias:
    def __init__(self, name):
        self.name = name


class Names:
    """What cloudformation.py calls things; for models.world()."""
    def __init__(self, m, speller):
        self.s = speller

    def key(self, k):
        ident = instances.key_id(k.name)
        if k.multi:
            ident = 'mrk-' + ident.replace('-', '')
        return 'arn:aws:kms:%s:%s:key/%s' % (instances.REGION, instances.ACCOUNT, ident)

    def alias(self, k):
        return 'arn:aws:kms:%s:%s:alias/%s' % (instances.REGION, instances.ACCOUNT, k.name)

    def principal(self, p):
        name = 'stack-%sRole' % p.name if p in self.s.sam else p.name
        return 'arn:aws:iam::%s:%s%s%s' % (instances.ACCOUNT, p.kind, p.path, name)


class Yaml:
    """Renders maps, lists, texts and Fn."""
    def __init__(self, random):
        self.r = random

    def file(self, value):
        return self.block(value, 0).lstrip('\n')

    def scalar(self, v):
        if isinstance(v, Plain):
            return str(v)
        if not isinstance(v, str):
            return json.dumps(v)
        plain = v and all(c.isalnum() or c in '_./:-' for c in v) and v[0].isalpha() and \
            v[-1] != ':' and v.lower() not in ('true', 'false', 'yes', 'no', 'on', 'off', 'null',
                                               'y', 'n')
        how = self.r.randrange(3)
        if plain and how:
            return v
        return json.dumps(v) if how == 2 or "'" in v else "'%s'" % v

    def flow(self, v):
        if isinstance(v, Fn):
            return self.function(v, True)
        if isinstance(v, list):
            return '[' + ', '.join(map(self.flow, v)) + ']'
        if isinstance(v, dict):
            return '{' + ', '.join('%s: %s' % (self.scalar(k), self.flow(x))
                                   for k, x in v.items()) + '}'
        return self.scalar(v)

    def function(self, v, flow, depth=0):
        """What stands behind a colon or dash, with its blank."""
        if v.name == 'GetAtt' and self.r.random() < 0.7:
            return '!GetAtt ' + '.'.join(v.arg)
        if isinstance(v.arg, str) and self.r.random() < 0.8:
            return '!%s %s' % (v.name, self.scalar(v.arg))
        if not isinstance(v.arg, str) and self.r.random() < 0.5:
            return '!%s %s' % (v.name, self.flow(v.arg))
        return self.flow(v.long())

    def block(self, v, depth):
        """Behind a colon: the rest of the line and all below."""
        pad = '\n' + '  ' * depth
        if isinstance(v, Fn):
            return ' ' + self.function(v, False)
        if isinstance(v, dict) and v:
            if depth > 3 and self.r.random() < 0.1:
                return ' ' + self.flow(v)
            return ''.join('%s%s:%s' % (pad, self.scalar(k), self.block(x, depth + 1))
                           for k, x in v.items())
        if isinstance(v, list) and v:
            if depth > 3 and self.r.random() < 0.3:
                return ' ' + self.flow(v)
            return ''.join('%s-%s' % (pad, self.item(x, depth + 1)) for x in v)
        return ' ' + (self.flow(v) if isinstance(v, (dict, list)) else self.scalar(v))

    def item(self, v, depth):
        if isinstance(v, dict) and v:
            text = self.block(v, depth)
            return ' ' + text.lstrip('\n ')
        return self.block(v, depth)


def plain(v):
    if isinstance(v, Fn):
        return plain(v.long())
    if isinstance(v, list):
        return [plain(x) for x in v]
    return {k: plain(x) for k, x in v.items()} if isinstance(v, dict) else v


class Speller:
    def __init__(self, m, random):
        self.m, self.r, self.sam = m, random, set()
        self.settle()

    def settle(self):
        m = self.m
        for k in [k for k in m.keys if k.replica]:     # they are of another stack
            m.keys.remove(k)
            for d in [p.doc for p in m.policies] + [x.doc for x in m.keys if x.doc]:
                d.statements = replace(d.statements, k, m.keys[0])
        for _ in range(3):
            for p in m.policies:
                owner = p.attach[0].guard if p.how != 'managed' and p.attach else None
                if p.how == 'managed' and any(x.guard != p.guard for x in p.attach):
                    p.guard = None
                    for x in p.attach:
                        x.guard = None
                if p.how == 'inline':
                    p.guard = owner
                for k in keys_of(p.doc):
                    if k.guard != (p.guard or owner):
                        k.guard = None
        for k in m.keys:
            for other in keys_of(k.doc) if k.doc else ():
                other.guard = None
        self.settle_sam()

    def settle_sam(self):
        """Some roles become those that SAM makes for functions."""
        if self.r.randrange(4):
            return
        for p in self.m.principals:
            mine = [x for x in self.m.policies if p in x.attach]
            if p.kind == 'role' and not p.guard and p.path == '/' and \
                    all(x.how == 'block' for x in mine):
                self.sam.add(p)
                if self.r.randrange(2):
                    k = self.r.choice([k for k in self.m.keys if not k.guard] or [None])
                    if k:
                        self.m.policies.append(Policy('template', 'T', Doc([{
                            'Effect': 'Allow', 'Action': 'kms:Decrypt',
                            'Resource': (Ref('composed', k),)}]), [p]))

    # references
    def one(self, ref):
        """As a text for Fn::Sub."""
        if ref.what == 'account':
            return '${AWS::AccountId}'
        if ref.what == 'alias':
            return 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:alias/' + ref.of.name
        if ref.what == 'composed':
            return 'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${%s}' % ref.of.name
        if ref.what == 'key':
            return '${%s.Arn}' % ref.of.name
        return '${%s.Arn}' % self.logical(ref.of)

    def logical(self, p):
        return p.name + 'Role' if p in self.sam else p.name

    def text(self, parts):
        ref = parts[0] if len(parts) == 1 else None
        if ref and ref.what == 'account' and self.r.random() < 0.8:
            return Fn('Ref', 'AWS::AccountId')
        if ref and ref.what not in ('account', 'alias', 'composed') and self.r.random() < 0.8:
            return Fn('GetAtt', [ref.of.name if ref.what == 'key' else self.logical(ref.of), 'Arn'])
        return Fn('Sub', ''.join(self.one(p) if isinstance(p, Ref) else
                                 p.replace('${', '${!') for p in parts))

    def fill(self, v):
        if isinstance(v, tuple):
            return self.text(v)
        if isinstance(v, list):
            return [self.fill(x) for x in v]
        if isinstance(v, dict):
            return {k: self.fill(x) for k, x in v.items()}
        return v

    def document(self, doc):
        value = self.fill(doc.statements)
        if len(value) == 1 and self.r.randrange(6) == 0:
            value = value[0]
        return {'Version': doc.version, 'Statement': value}

    # resources
    def resource(self, kind, properties, guard=None):
        out = {'Type': 'AWS::' + kind}
        if guard:
            out['Condition'] = guard + 'On'
        out['Properties'] = properties
        return out

    def template(self):
        m, t = self.m, {}
        if self.sam:
            t['Transform'] = 'AWS::Serverless-2016-10-31'
        if m.flags:
            t['Parameters'] = {f: {'Type': 'String', 'AllowedValues': ['true', 'false']}
                               for f in m.flags}
            t['Conditions'] = {f + 'On': Fn('Equals', [Fn('Ref', f), 'true']) for f in m.flags}
        out = []
        for k in m.keys:
            self.key(k, out)
        for p in m.principals:
            out.append(self.principal(p))
        for x in m.policies:
            if x.how in ('managed', 'inline'):
                out.append((x.name, getattr(self, x.how)(x)))
        self.r.shuffle(out)
        t['Resources'] = dict(out)
        return t

    def spell(self):
        t = self.template()
        how = self.r.randrange(4)
        if how == 0:
            return {'t.json': json.dumps(plain(t), indent=self.r.choice((2, 4))) + '\n'}
        return {'t.yaml': Yaml(self.r).file(t) + '\n'}

    def key(self, k, out):
        properties = {'Description': k.name}
        if k.multi:
            properties['MultiRegion'] = True
        if k.doc:
            properties['KeyPolicy'] = self.document(k.doc)
        out.append((k.name, self.resource('KMS::Key', properties, k.guard)))
        out.append((k.name + 'Alias', self.resource('KMS::Alias', {
            'AliasName': 'alias/' + k.name, 'TargetKeyId': Fn('Ref', k.name)}, k.guard)))

    def principal(self, p):
        if p in self.sam:
            return self.function(p)
        properties = {p.kind.capitalize() + 'Name': p.name}
        if p.path != '/':
            properties['Path'] = p.path
        if p.kind == 'role':
            properties['AssumeRolePolicyDocument'] = {'Statement': [{
                'Effect': 'Allow', 'Action': 'sts:AssumeRole',
                'Principal': {'Service': 'ec2.amazonaws.com'}}]}
        if p.boundary:
            properties['PermissionsBoundary'] = Fn('Ref', p.boundary.name)
        if p.groups:
            properties['Groups'] = [Fn('Ref', g.name) for g in p.groups]
        inline = [{'PolicyName': x.name, 'PolicyDocument': self.document(x.doc)}
                  for x in self.m.policies if x.how == 'block' and x.attach[0] is p]
        if inline:
            properties['Policies'] = inline
        return p.name, self.resource('IAM::' + p.kind.capitalize(), properties, p.guard)

    def function(self, p):
        policies = []
        for x in self.m.policies:
            if x.attach and x.attach[0] is p and x.how == 'template':
                policies.append({'KMSDecryptPolicy': {'KeyId': Fn(
                    'Ref', x.doc.statements[0]['Resource'][0].of.name)}})
            elif x.attach and x.attach[0] is p:
                policies.append(self.document(x.doc))
        properties = {'Handler': 'index.handler', 'Runtime': 'python3.12'}
        if policies:
            properties['Policies'] = policies
        if p.boundary:
            properties['PermissionsBoundary'] = Fn('Ref', p.boundary.name)
        return p.name, self.resource('Serverless::Function', properties)

    def inline(self, x):
        p = x.attach[0]
        kind = p.kind.capitalize()
        properties = {'PolicyName': x.name, 'PolicyDocument': self.document(x.doc)}
        if self.r.randrange(2):
            properties[kind + 's'] = [Fn('Ref', p.name)]
            return self.resource('IAM::Policy', properties, x.guard)
        properties[kind + 'Name'] = Fn('Ref', p.name)
        return self.resource('IAM::%sPolicy' % kind, properties, x.guard)

    def managed(self, x):
        properties = {'PolicyDocument': self.document(x.doc)}
        for kind in ('role', 'user', 'group'):
            names = [Fn('Ref', p.name) for p in x.attach if p.kind == kind]
            if names:
                properties[kind.capitalize() + 's'] = names
        return self.resource('IAM::ManagedPolicy', properties, x.guard)


def replace(v, old, new):
    if isinstance(v, Ref):
        return Ref(v.what, new) if v.of is old else v
    if isinstance(v, (list, tuple)):
        return type(v)(replace(x, old, new) for x in v)
    return {k: replace(x, old, new) for k, x in v.items()} if isinstance(v, dict) else v


def worlds(m, files):
    """For every setting of the flags, what cloudformation.py reads."""
    text, = files.values()
    for given in settings(m):
        s = cloudformation.Stack(text, {f: 'true' if v else 'false' for f, v in given.items()})
        yield given, s.principals(), s.keys()
