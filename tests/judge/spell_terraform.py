# SPDX-License-Identifier: MIT
"""A model as Terraform, in every form the tool reads: native and JSON syntax, documents as data
sources, jsonencode, heredocs and locals, all kinds of attachments, in one file or several, the key
in a module or not."""
import json

import instances
import terraform
from models import OTHER_REGION, Ref


class Raw(str):
    """An expression in native syntax."""


class Encoded:
    """jsonencode() of a value."""
    def __init__(self, value):
        self.value = value


class Text:
    """JSON in a heredoc."""
    def __init__(self, value):
        self.value = value


class Directive(Raw):
    """In the text of a heredoc."""


class Optional:
    """A member of a list in the text of a heredoc, not its last, that is there at times."""
    def __init__(self, condition, value):
        self.condition, self.value = condition, value


class Providers(dict):
    """Of a module call."""


class Names:
    """What terraform.py calls things; for models.world()."""
    def __init__(self, m, speller):
        self.m, self.s = m, speller

    def key(self, k):
        region = OTHER_REGION if k.replica else instances.REGION
        of = k.replica or k
        address = self.s.module(of) + 'aws_kms_key.' + of.name + ('0' if of.guard else '')
        ident = instances.key_id(address)
        if of.multi:
            ident = 'mrk-' + ident.replace('-', '')
        return 'arn:aws:kms:%s:%s:key/%s' % (region, instances.ACCOUNT, ident)

    def alias(self, k):
        return 'arn:aws:kms:%s:%s:alias/%s' % (instances.REGION, instances.ACCOUNT, k.name)

    def principal(self, p):
        return 'arn:aws:iam::%s:%s%s%s' % (instances.ACCOUNT, p.kind, p.path, p.name)


def quote(text):
    """A literal in native syntax."""
    text = text.replace('${', '$${').replace('%{', '%%{')
    return json.dumps(text, ensure_ascii=False)


class Native:
    """Renders blocks: (kind, labels, [(name, value) or block])."""
    def __init__(self, random):
        self.r = random

    def file(self, blocks):
        return '\n'.join(self.block(b, 0) for b in blocks)

    def block(self, b, depth):
        kind, labels, body = b
        pad = '  ' * depth
        out = pad + ' '.join([kind] + ['"%s"' % x for x in labels]) + ' {\n'
        for item in body:
            if len(item) == 3:
                out += self.block(item, depth + 1)
            else:
                out += '%s  %s = %s\n' % (pad, item[0], self.value(item[1], depth + 1))
        return out + pad + '}\n'

    def value(self, v, depth=0):
        if isinstance(v, Raw):
            return str(v)
        if isinstance(v, str):
            return quote(v)
        if isinstance(v, tuple):
            return self.template(v)
        if v is None:
            return 'null'
        if isinstance(v, bool):
            return 'true' if v else 'false'
        if isinstance(v, int):
            return str(v)
        if isinstance(v, Encoded):
            return 'jsonencode(%s)' % self.value(v.value, depth)
        if isinstance(v, Text):
            return '<<%sEOT\n%s\n%sEOT' % ('-' if depth else '', heredoc(v.value, self.r, depth),
                                           '  ' * depth if depth else '')
        if isinstance(v, list):
            return self.list(v, depth)
        if isinstance(v, Providers):
            return '{ %s }' % ', '.join('%s = %s' % x for x in v.items())
        return self.object(v, depth)

    def template(self, parts):
        if len(parts) == 1 and isinstance(parts[0], Raw):
            return '"${%s}"' % parts[0] if self.r.random() < 0.1 else str(parts[0])
        return '"' + ''.join('${%s}' % p if isinstance(p, Raw) else quote(p)[1:-1]
                             for p in parts) + '"'

    def list(self, v, depth):
        items = [self.value(x, depth + 1) for x in v]
        if not items or all('\n' not in x for x in items) and self.r.random() < 0.6:
            return '[' + ', '.join(items) + ']'
        pad = '\n' + '  ' * (depth + 1)
        comma = ',' if self.r.random() < 0.5 else ''
        return '[' + pad + (',' + pad).join(items) + comma + '\n' + '  ' * depth + ']'

    def object(self, v, depth):
        pad = '\n' + '  ' * (depth + 1)
        items = []
        for k, x in v.items():
            key = k if k.isidentifier() and self.r.random() < 0.8 else quote(k)
            items.append('%s %s %s' % (key, '=' if self.r.random() < 0.9 else ':',
                                       self.value(x, depth + 1)))
        return '{' + pad + (',' + pad if self.r.random() < 0.3 else pad).join(items) + \
            '\n' + '  ' * depth + '}'


def holes(value, found):
    """JSON for a template: references become marks."""
    if isinstance(value, (Raw, Optional)):
        found.append(value)
        return '\ue000%d\ue001' % (len(found) - 1)
    if isinstance(value, str):
        return value.replace('${', '$${').replace('%{', '%%{')
    if isinstance(value, tuple):
        return ''.join(holes(v, found) for v in value)
    if isinstance(value, list):
        return [holes(v, found) for v in value]
    if isinstance(value, dict):
        return {k: holes(v, found) for k, v in value.items()}
    return value


def heredoc(value, random, depth=0):
    found, indent = [], random.choice((None, 2, 4))
    value, i = holes(value, found), 0
    while i < len(found):       # what is there at times has holes of its own
        if isinstance(found[i], Optional):
            found[i].text = json.dumps(holes(found[i].value, found), ensure_ascii=False)
        i += 1
    text = json.dumps(value, indent=indent, ensure_ascii=False)
    for i, raw in enumerate(found):
        hole = '\ue000%d\ue001' % i
        if isinstance(raw, Optional):
            text = text.replace('"%s",' % hole, '%%{ if %s }%s,%%{ endif }' % (
                raw.condition, raw.text))
        else:
            text = text.replace(hole, str(raw) if isinstance(raw, Directive) else '${%s}' % raw)
    return '\n'.join('  ' * depth + l for l in text.split('\n')) if depth else text


class Json(Native):
    """The same blocks in JSON syntax."""
    def file(self, blocks):
        out = {}
        for kind, labels, body in blocks:
            at = out
            for name in [kind] + labels:
                at = at.setdefault(name, {})
            if kind == 'provider' and at:   # one more of that name, with an alias
                all_of_it = at if isinstance(at, list) else [at]
                out[kind][labels[0]] = all_of_it + [self.body(body)]
            else:
                at.update(self.body(body))
        return json.dumps(out, indent=2, ensure_ascii=False) + '\n'

    def body(self, body):
        out = {}
        for item in body:
            if len(item) == 3:
                kind, labels, inner = item
                at, kind = (out.setdefault(kind, {}), labels[0]) if labels else (out, kind)
                at.setdefault(kind, []).append(self.body(inner))
            elif item[0] in ('provider', 'type'):
                out[item[0]] = str(item[1])
            elif item[0] in ('depends_on', 'replace_triggered_by'):
                out[item[0]] = [str(x) for x in item[1]]
            elif item[0] == 'ignore_changes':
                out[item[0]] = [str(x) for x in item[1]] if isinstance(item[1], list) else \
                    str(item[1])
            elif item[0] == 'providers':
                out[item[0]] = dict(item[1])
            else:
                out[item[0]] = self.json(item[1])
        return {k: v[0] if k in NESTED and len(v) == 1 and self.r.random() < 0.3 else v
                for k, v in out.items()}

    def json(self, v):
        if isinstance(v, Raw):
            return '${%s}' % v
        if isinstance(v, str):
            return v.replace('${', '$${').replace('%{', '%%{')
        if isinstance(v, tuple):
            return ''.join(self.json(p) for p in v)
        if isinstance(v, Encoded):
            return '${jsonencode(%s)}' % self.value(v.value)
        if isinstance(v, Text):
            return heredoc(v.value, self.r)
        if isinstance(v, list):
            return [self.json(x) for x in v]
        return {k: self.json(x) for k, x in v.items()} if isinstance(v, dict) else v


NESTED = ('statement', 'principals', 'not_principals', 'condition', 'inline_policy')


class Speller:
    json_in = 4     # one of so many files is in JSON
    def __init__(self, m, random):
        self.m, self.r = m, random
        self.blocks, self.locals, self.docs = [], {}, {}
        self.in_module = None
        if not m.flags and len(m.keys) == 1 and not m.keys[0].guard and random.random() < 0.15:
            self.in_module = m.keys[0]
        self.settle()

    def settle(self):
        """What is used without its own condition must always exist."""
        for _ in range(3):
            for p in self.m.policies:
                for k in keys_of(p.doc):
                    if k.guard != p.guard:
                        k.guard = None
            for k in self.m.keys:
                for other in keys_of(k.doc) if k.doc else ():
                    other.guard = None

    def one_in(self, n):
        return self.r.randrange(n) == 0

    def module(self, k):
        return 'module.store.' if k is self.in_module else ''

    # references
    def raw(self, ref, inside=None):
        """inside: the module whose text it is for."""
        what, of = ref.what, ref.of
        if what == 'account':
            return Raw('data.aws_caller_identity.current.account_id')
        if what in ('role', 'user'):
            if inside:
                return Raw('var.%s_arn' % of.name)
            return Raw('aws_iam_%s.%s%s.arn' % (what, of.name, '[0]' if of.guard else ''))
        index = '[0]' if of.guard else ''
        if of is self.in_module and not inside:
            return Raw('module.store.%s' % ('arn' if what != 'alias' else 'alias_arn'))
        if what == 'alias':
            return Raw('aws_kms_alias.%s%s.arn' % ((of.replica or of).name, index))
        return Raw('aws_kms_%skey.%s%s.arn' % ('replica_' if of.replica else '', of.name, index))

    def composed(self, of, inside):
        if of is self.in_module:
            return (self.raw(Ref('key', of), inside),)
        index = '[0]' if of.guard else ''
        return ('arn:aws:kms:%s:' % (OTHER_REGION if of.replica else instances.REGION),
                self.raw(Ref('account'), inside), ':key/',
                Raw('aws_kms_%skey.%s%s.key_id' % ('replica_' if of.replica else '', of.name, index)))

    def fill(self, v, inside=None):
        if isinstance(v, tuple):
            out = ()
            for p in v:
                if isinstance(p, Ref) and p.what == 'composed':
                    out += self.composed(p.of, inside)
                else:
                    out += (self.raw(p, inside) if isinstance(p, Ref) else p,)
            return out
        if isinstance(v, list):
            return [self.fill(x, inside) for x in v]
        if isinstance(v, dict):
            return {k: self.fill(x, inside) for k, x in v.items()}
        return v

    # documents
    def document(self, doc, guard, name, blocks, inside=None):
        """An expression for a policy argument."""
        key = (id(doc), guard, inside)
        if key in self.docs:
            return self.docs[key]
        how = self.r.choice(('data', 'jsonencode', 'heredoc', 'local'))
        if guard or any(k.guard for k in keys_of(doc)):
            how = self.r.choice(('jsonencode', 'heredoc'))
        value = {'Version': doc.version, 'Statement': self.fill(doc.statements, inside)}
        if len(doc.statements) == 1 and self.one_in(6) and how != 'data':
            value['Statement'] = value['Statement'][0]
        if how == 'data':
            blocks.append(('data', ['aws_iam_policy_document', name],
                           self.data(doc, value['Statement'])))
            out = Raw('data.aws_iam_policy_document.%s.json' % name)
            self.docs[key] = out    # only references are shared
        elif how == 'local' and not inside:
            self.locals[name] = Encoded(value)
            out = Raw('local.' + name)
            self.docs[key] = out
        else:
            out = Text(value) if how == 'heredoc' else Encoded(value)
        return out

    def data(self, doc, statements):
        body = [] if doc.version == '2012-10-17' else [('version', doc.version)]
        return body + [('statement', [], self.statement_block(s)) for s in statements]

    def statement_block(self, s):
        out = []
        if 'Sid' in s:
            out.append(('sid', s['Sid']))
        if s['Effect'] == 'Deny' or self.one_in(2):
            out.append(('effect', s['Effect']))
        for member, argument in instances.ARGUMENTS:
            if member in s:
                v = s[member] if isinstance(s[member], list) else [s[member]]
                out.append((argument, v))
        for member, block in (('Principal', 'principals'), ('NotPrincipal', 'not_principals')):
            if member in s:
                v = s[member]['AWS']
                out.append((block, [], [('type', 'AWS'),
                                        ('identifiers', v if isinstance(v, list) else [v])]))
        for op, entries in s.get('Condition', {}).items():
            for key, values in entries.items():
                values = [v.replace('${', '&{') if isinstance(v, str) else v for v in values]
                out.append(('condition', [], [('test', op), ('variable', key),
                                              ('values', values)]))
        return out

    # resources
    def count(self, *guards):
        flags = sorted({g for g in guards if g})
        return [('count', Raw(' && '.join('var.' + f for f in flags) + ' ? 1 : 0'))] if flags else []

    def spell(self):
        """path -> text."""
        files = {}
        self.declare(files)
        self.r.shuffle(self.blocks)
        self.write(self.blocks, '', files)
        return files

    def declare(self, files):
        """All blocks of the root module; the files of the other."""
        m, blocks = self.m, self.blocks
        for f in m.flags:
            blocks.append(('variable', [f], [('type', Raw('bool'))]))
        blocks.append(('data', ['aws_caller_identity', 'current'], []))
        if self.one_in(2):
            blocks.append(('provider', ['aws'], [('region', instances.REGION)]))
        if any(k.replica for k in m.keys):
            blocks.append(('provider', ['aws'], [('alias', 'us'), ('region', OTHER_REGION)]))
        keys = [k for k in m.keys if k is not self.in_module]
        for k in keys:
            self.key(k, blocks)
        for p in m.principals:
            self.principal(p)
        for p in m.policies:
            if p.how == 'managed':
                self.managed(p)
            elif p.how == 'inline':
                self.inline(p)
        if self.in_module:
            self.key_module(files)
        if self.locals:
            blocks.append(('locals', [], list(self.locals.items())))

    def write(self, blocks, folder, files):
        n = self.r.choice((1, 1, 2, 3))
        for i in range(n):
            part = [b for j, b in enumerate(blocks) if j % n == i]
            native = not self.one_in(self.json_in)
            renderer = (Native if native else Json)(self.r)
            path = '%sf%d.tf%s' % (folder, i, '' if native else '.json')
            files[path] = renderer.file(part)

    def key(self, k, blocks, inside=None):
        body = self.count(k.guard) + [('description', k.name)]
        separate = k.doc and self.one_in(4) and not k.replica
        if k.replica:
            body += [('provider', Raw('aws.us')), ('primary_key_arn', self.raw(Ref('key', k.replica)))]
        if k.multi:
            body.append(('multi_region', True))
        if k.doc and not separate:
            body.append(('policy', self.document(k.doc, k.guard, k.name + '_doc', blocks, inside)))
        kind = 'aws_kms_replica_key' if k.replica else 'aws_kms_key'
        blocks.append(('resource', [kind, k.name], body))
        index = '[0]' if k.guard else ''
        if separate:
            blocks.append(('resource', ['aws_kms_key_policy', k.name], self.count(k.guard) + [
                ('key_id', Raw('aws_kms_key.%s%s.key_id' % (k.name, index))),
                ('policy', self.document(k.doc, k.guard, k.name + '_doc', blocks, inside))]))
        if not k.replica:
            blocks.append(('resource', ['aws_kms_alias', k.name], self.count(k.guard) + [
                ('name', 'alias/' + k.name),
                ('target_key_id', Raw('aws_kms_key.%s%s.key_id' % (k.name, index)))]))

    def key_module(self, files):
        k = self.in_module
        inner = [('data', ['aws_caller_identity', 'current'], [])]
        self.key(k, inner, k)
        inner.append(('output', ['arn'], [('value', Raw('aws_kms_key.%s.arn' % k.name))]))
        inner.append(('output', ['alias_arn'], [('value', Raw('aws_kms_alias.%s.arn' % k.name))]))
        used = sorted({r.of.name: r.of for r in refs(k.doc.statements if k.doc else [])
                       if r.what in ('role', 'user')}.items())
        for name, p in used:
            inner.append(('variable', [name + '_arn'], [('type', Raw('string'))]))
        self.blocks.append(('module', ['store'], [('source', './modules/store')] + [
            (name + '_arn', self.raw(Ref(p.kind, p))) for name, p in used]))
        self.write(inner, 'modules/store/', files)

    def principal(self, p):
        body = self.count(p.guard) + [('name', p.name)]
        if p.path != '/':
            body.append(('path', p.path))
        if p.kind == 'role':
            body.append(('assume_role_policy', Encoded({'Statement': [{
                'Effect': 'Allow', 'Action': 'sts:AssumeRole',
                'Principal': {'Service': 'ec2.amazonaws.com'}}]})))
        if p.boundary:
            body.append(('permissions_boundary', Raw('aws_iam_policy.%s.arn' % p.boundary.name)))
        for x in self.m.policies:
            if x.how == 'block' and x.attach[0] is p:
                body.append(('inline_policy', [], [('name', x.name), (
                    'policy', self.document(x.doc, p.guard, x.name, self.blocks))]))
        self.blocks.append(('resource', ['aws_iam_' + p.kind, p.name], body))
        if p.groups:
            self.blocks.append(('resource', ['aws_iam_user_group_membership', p.name], [
                ('user', Raw('aws_iam_user.%s.name' % p.name)),
                ('groups', [Raw('aws_iam_group.%s.name' % g.name) for g in p.groups])]))

    def named(self, p, attribute='name'):
        return Raw('aws_iam_%s.%s%s.%s' % (p.kind, p.name, '[0]' if p.guard else '', attribute))

    def inline(self, x):
        p = x.attach[0]
        self.blocks.append(('resource', ['aws_iam_%s_policy' % p.kind, x.name],
                            self.count(x.guard, p.guard) + [
            ('name', x.name),
            (p.kind, self.named(p, self.r.choice(('name', 'id')))),
            ('policy', self.document(x.doc, x.guard or p.guard, x.name, self.blocks))]))

    def managed(self, x):
        self.blocks.append(('resource', ['aws_iam_policy', x.name], self.count(x.guard) + [
            ('name', x.name), ('policy', self.document(x.doc, x.guard, x.name, self.blocks))]))
        arn = Raw('aws_iam_policy.%s%s.arn' % (x.name, '[0]' if x.guard else ''))
        if not x.guard and x.attach and not any(p.guard for p in x.attach) and self.one_in(3):
            body = [('name', x.name), ('policy_arn', arn)]
            for kind in ('role', 'user', 'group'):
                names = [self.named(p) for p in x.attach if p.kind == kind]
                if names:
                    body.append((kind + 's', names))
            self.blocks.append(('resource', ['aws_iam_policy_attachment', x.name], body))
            return
        for p in x.attach:
            self.blocks.append(('resource', ['aws_iam_%s_policy_attachment' % p.kind,
                                             '%s_%s' % (x.name, p.name)],
                                self.count(x.guard, p.guard) + [(p.kind, self.named(p)),
                                                                ('policy_arn', arn)]))


def refs(v):
    if isinstance(v, Ref):
        yield v
    elif isinstance(v, (tuple, list)):
        for x in v:
            yield from refs(x)
    elif isinstance(v, dict):
        for x in v.values():
            yield from refs(x)


def keys_of(doc):
    return {r.of for r in refs(doc.statements) if r.what in ('key', 'alias', 'composed')}


def worlds(m, files):
    """For every setting of the flags, what terraform.py reads."""
    parsed = {}
    for given in settings(m):
        w = terraform.World(files, given, parsed=parsed)
        yield given, w.principals(), w.keys()


def settings(m):
    out = [{}]
    for f in m.flags:
        out = [dict(g, **{f: v}) for g in out for v in (True, False)]
    return out
