# SPDX-License-Identifier: MIT
"""Forms of Terraform in which one block stands for several, for the random code of
blur_terraform.py: roles and keys by their names, and a policy that a module makes, which is called
once or twice."""
import re

from forms_terraform import REFERENCE, address, has_directives, rename
from instances import key_id
from models import ACCOUNT, REGION
from spell_terraform import Encoded, Raw, Text


def address_of(reference):
    return reference.rpartition('.')[0]


class Several:
    """Of a Blur."""
    # blocks that are several
    def of_roles(self):
        """Roles of one block, by their names."""
        many = [b for b in self.blocks if b[:1] == ('resource',) and b[1][0] == 'aws_iam_role' and
                [x[0] for x in b[2]] == ['name', 'assume_role_policy'] and type(b[2][0][1]) is str]
        if len(many) < 2 or any('roles' in b[1] for b in many):
            return self.of_each()
        names = [b[1][1] for b in many]
        over = self.r.choice((
            lambda: 'toset(%s)' % self.say(names),
            lambda: '{ for n in %s : n => n }' % self.say(names),
            lambda: 'toset(%s)' % self.variable('list(string)', [names, names[:1]],
                                                self.r.randrange(2)),
            lambda: 'toset(%s ? %s : %s)' % (self.flag(), self.say(names), self.say(names[:1])),
            lambda: 'toset(concat(%s, %s ? %s : []))' % (
                self.say(names[:1]), self.flag(), self.say(names[1:]))))()
        self.blocks[:] = [b for b in self.blocks if b not in many]
        self.blocks.append(('resource', ['aws_iam_role', 'roles'], [
            ('for_each', Raw(over)), ('name', Raw('each.%s' % self.r.choice(('key', 'value')))),
            many[0][2][1]]))
        self.index('aws_iam_role', names, 'roles')
        if self.r.randrange(2):
            self.for_all_roles()

    def for_all_roles(self):
        """A policy or attachment for each of them."""
        every = self.resources('aws_iam_role_policy(_attachment)?')
        if not every:
            return
        body = self.r.choice(every)[2]
        i = next(i for i, x in enumerate(body) if x[0] == 'role')
        over, role = self.r.choice((
            ('aws_iam_role.roles', 'each.value.name'), ('aws_iam_role.roles', 'each.key'),
            ('toset(keys(aws_iam_role.roles))', 'aws_iam_role.roles[each.key].name'),
            ('{ for k, v in aws_iam_role.roles : k => v.name }', 'each.value'),
            ('{ for k, v in aws_iam_role.roles : k => v.name if k != "app0" }', 'each.value')))
        body[i] = ('role', Raw(role))
        body.insert(0, ('for_each', Raw(over)))

    def of_keys(self):
        """Keys of one block, and statements that mean all of them."""
        many = [b for b in self.blocks if b[:1] == ('resource',) and b[1][0] == 'aws_kms_key' and
                {x[0] for x in b[2]} <= {'description', 'policy'}]
        if len(many) < 2 or any('keys' in b[1] for b in many) or has_directives(many):
            return self.of_statement()
        names = [b[1][1] for b in many]
        policies = {b[1][1]: Encoded(x[1].value) if isinstance(x[1], Text) else x[1]
                    for b in many for x in b[2] if x[0] == 'policy'}
        over = self.say(names) if self.r.randrange(3) else self.variable(
            'set(string)', [names, names[:1]], self.r.randrange(2))
        body = [('for_each', Raw('toset(%s)' % over)), ('description', Raw('each.key'))]
        if len(policies) == len(names) and self.r.randrange(2):
            body.append(('policy', Raw('%s[each.key]' % self.say(policies))))
        elif policies and self.r.randrange(2):
            body.append(('policy', list(policies.values())[0]))
        self.blocks[:] = [b for b in self.blocks if b not in many]
        self.blocks.append(('resource', ['aws_kms_key', 'keys'], body))
        self.index('aws_kms_key', names, 'keys')
        places = [p for p in self.places() if p.kind in ('resources', 'Resource') and
                  not p.in_text and 'aws_kms_key' in str(p.value)]
        if places and self.r.randrange(2):
            self.r.choice(places).put(Raw(self.r.choice((
                'values(aws_kms_key.keys)[*].arn', '[for k in aws_kms_key.keys : k.arn]',
                '[for n, k in aws_kms_key.keys : k.arn if n != "key0"]',
                '[for n in keys(aws_kms_key.keys) : aws_kms_key.keys[n].arn]'))))

    def of_given_key(self):
        """A key of one's own, or another one that is given, which is one that is here, too."""
        where = [p for p in self.places() if p.kind in ('resources[]', 'Resource', 'Resource[]')
                 and not p.in_text and isinstance(p.value, Raw) and p.value.endswith('.arn') and
                 address_of(p.value) in map(address, self.resources('aws_kms_key'))]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        own, other = address_of(p.value), address(self.one_resource('aws_kms_key'))
        given = self.variable('string', [None, 'arn:aws:kms:%s:%s:key/%s' % (
            REGION, ACCOUNT, key_id(other))], True)
        if own != other and self.r.randrange(2):
            key = next(b for b in self.resources('aws_kms_key') if address(b) == own)
            key[2].insert(0, ('count', Raw('%s == null ? 1 : 0' % given)))
            self.rename_all(r'(?<![\w.])%s\.' % re.escape(own), lambda m: own + '[0].')
        whole = self.r.choice(('{1} != null ? {1} : {0}', '{1} == null ? {0} : {1}'))
        whole = whole.format(p.value, given)
        p.put(Raw(self.local(whole) if self.r.randrange(2) else whole))

    def index(self, kind, names, block):
        """Those that were blocks are instances now."""
        self.rename_all(r'(?<![\w.])%s\.(%s)\.' % (kind, '|'.join(names)),
                        lambda m: '%s.%s["%s"].' % (kind, block, m.group(1)))

    # modules
    def of_module(self):
        """An inline policy, and its document, that a module makes, which is called once or twice, or
        at times."""
        every = self.resources('aws_iam_(role|user)_policy')
        if not every:
            return self.of_each()
        main = self.r.choice(every)
        who = main[1][0].split('_')[2]
        group = [main]
        rest = [b for b in self.blocks if b is not main]
        for b in list(rest):
            name = 'data.%s.%s.' % tuple(b[1]) if b[0] == 'data' else None
            if name and name in str(main) and b[1][0] == 'aws_iam_policy_document' and \
                    not any(name in str(x) for x in rest) and name not in str(self.locals):
                group.append(b)
                rest.remove(b)
        own = ['data.%s.%s.' % tuple(b[1]) for b in group if b[0] == 'data']
        arguments = {}

        def outside(m):
            if any(m.group().startswith(o) for o in own) or m.group().startswith('each.'):
                return m.group()
            return 'var.' + arguments.setdefault(m.group(), 'in%d' % len(arguments))

        inner = [rename(b, lambda text: Raw(REFERENCE.sub(outside, text))) for b in group]
        inner += [('variable', [name], []) for name in arguments.values()]
        self.calls += 1
        folder = 'modules/m%d' % self.calls
        self.inner[folder + '/'] = inner
        self.blocks[:] = rest
        self.call(folder, 'm%d' % self.calls, arguments, who)

    def call(self, folder, name, arguments, who):
        some, how = self.flag(), self.r.randrange(5)
        body = [('source', './' + folder)] + [(v, Raw(k)) for k, v in arguments.items()]
        at = next((i for i, x in enumerate(body) if x[1].startswith('aws_iam_%s.' % who)), None)
        names = self.references('aws_iam_' + who, 'name')
        others = [x for x in names if at is not None and x.split('.')[1] != body[at][1].split('.')[1]]
        if how == 0:
            body.insert(1, ('count', Raw('%s ? 1 : 0' % some)))
        elif how == 1 and at is not None:
            body[at] = (body[at][0], Raw('each.value'))
            body.insert(1, ('for_each', Raw('%s ? %s : {}' % (some, self.say(
                {'k%d' % i: x for i, x in enumerate(names)})))))
        elif how < 4 and others:
            second = list(body)
            second[at] = (body[at][0], self.r.choice(others))
            keys = self.references('aws_kms_key', 'arn')
            for i, x in enumerate(second):
                if x[1].startswith('aws_kms_key.') and x[1].endswith('.arn') and keys and \
                        self.r.randrange(2):
                    second[i] = (x[0], self.r.choice(keys))
            if self.r.randrange(3) == 0:
                second.insert(1, ('count', Raw('%s ? 1 : 0' % some)))
            self.blocks.append(('module', [name + 'b'], second))
        self.blocks.append(('module', [name], body))
