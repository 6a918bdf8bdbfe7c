# SPDX-License-Identifier: MIT
"""Forms of what is around Terraform's blocks, for the random code of blur_terraform.py: names and
ARNs as texts, directives in heredocs, lifecycles, override files, providers of other accounts, and
several root modules."""
import copy
import json
import re

from forms_terraform import address, argument, expressions, is_repeated, put, rename
from models import OTHER_ACCOUNT, REGION
from spell_terraform import Directive, Encoded, Optional, Providers, Raw, Text

CALLER = 'data.aws_caller_identity.current'
WHO = re.compile(r'aws_iam_(role|user)\.(\w+)\.(name|id|arn)$')


# Forms of the whole, which come last.
SPREADS = ('of_roots', 'of_lookups', 'of_states')


class Around:
    """Of a Blur."""
    # texts instead of references
    def of_literal(self):
        """A role or user by its name or a composed ARN, as whoever knows it by heart writes it."""
        named = {address(b): b for b in self.resources('aws_iam_(role|user)')
                 if type(argument(b, 'name')) is str}
        where = [p for p in self.places() for m in [WHO.match(str(only(p.value)))]
                 if m and 'aws_iam_%s.%s' % m.groups()[:2] in named]
        for p in self.r.sample(where, min(len(where), self.r.choice((1, 1, 3)))):
            kind, label, attribute = WHO.match(str(only(p.value))).groups()
            b = named['aws_iam_%s.%s' % (kind, label)]
            name = argument(b, 'name')
            p.put(name if attribute != 'arn' else ('arn:aws:iam::', Raw(
                CALLER + '.account_id'), ':%s%s%s' % (kind, argument(b, 'path') or '/', name)))

    def of_directive(self):
        """In the text of a heredoc: one of two texts, or a statement or text that is there at times."""
        texts = [p for p in self.places() if p.in_text and type(p.value) is str]
        lists = [p for p in self.places() if p.in_text and isinstance(p.value, list) and
                 len(p.value) > 1 and not any(isinstance(x, Optional) for x in p.value)]
        some = self.flag()
        if lists and (not texts or self.r.randrange(2)):
            p = self.r.choice(lists)
            at = self.r.randrange(len(p.value) - 1)
            p.put(p.value[:at] + [Optional(some, p.value[at])] + p.value[at + 1:])
        elif texts:
            p = self.r.choice(texts)
            other = self.other(p)
            other = other if type(other) is str else 'kms:Encrypt'
            if not re.search(r'[$%]\{', p.value + other):
                p.put((Directive('%%{ if %s }%s%%{ else }%s%%{ endif }' % (some, p.value, other)),))

    def of_lifecycle(self):
        every = [b for b in self.blocks if b[0] == 'resource' and
                 not any(x[0] == 'lifecycle' for x in b[2])]
        if not every:
            return
        b = self.r.choice(every)
        names = [x[0] for x in b[2] if x[0] in (
            'policy', 'inline_policy', 'managed_policy_arns', 'roles', 'name')]
        ignored = [('ignore_changes', Raw('all') if not names or self.r.randrange(4) == 0 else
                    [Raw(self.r.choice(names))])]
        others = [address(x) for x in every if x is not b and address(b) not in self.reach(x)]
        if others and self.r.randrange(4) == 0:
            ignored = [('replace_triggered_by', [Raw(self.r.choice(others))])]
        b[2].append(('lifecycle', [], self.r.choice((
            ignored, ignored, [('create_before_destroy', True)],
            [('prevent_destroy', True)] + ignored))))

    def of_template(self):
        """A policy in a template that is given whole lists, or goes through them."""
        where = [p for p in self.places() if p.kind == 'policy' and isinstance(p.value, (
            Text, Encoded)) and isinstance(p.value.value, dict)]
        where = [p for p in where if not expressions(p.value)]
        if not where:
            return
        p, given, text = self.r.choice(where), {}, {}
        value = copy.deepcopy(p.value.value)
        lists = [x for x in self.places_in(value, False) if isinstance(x.value, list) and
                 x.value and all(type(y) is str for y in x.value)]
        for i, x in enumerate(self.r.sample(lists, min(len(lists), 2))):
            given['list%d' % i] = x.value
            text['"@%d@"' % i] = self.r.choice((
                '${jsonencode(list%d)}', '["${join("\\", \\"", list%d)}"]',
                '[%%{ for x in list%d }"${x}",%%{ endfor }"kms:DescribeKey"]')) % i
            x.put('@%d@' % i)
        made = json.dumps(value, indent=2).replace('${', '$${')
        for hole, instead in text.items():
            made = made.replace(hole, instead)
        path = 'policies/%s.json' % self.new_name('t')
        self.files[path] = made + '\n'
        p.put(Raw('templatefile("${path.module}/%s", %s)' % (path, self.say(given))))

    def of_override(self):
        """An argument that an override file says otherwise, or again [11.19]."""
        where = [(b, x) for b in self.blocks if b[0] in ('resource', 'data', 'module') for x in b[2]
                 if x[0] in ('policy', 'name', 'role', 'policy_arn', 'statement', 'description',
                             'count', 'for_each', 'target_key_id', 'user', 'roles', 'users',
                             'groups', 'policy_names', 'policy_arns') or
                 b[0] == 'module' and x[0] != 'source']
        if not where:
            return
        b, x = self.r.choice(where)
        new = [copy.deepcopy(y) for y in b[2] if y[0] == x[0]]
        if self.r.randrange(2) and len(x) == 2:
            values = [y[1] for c in self.blocks for y in c[2] if len(y) == 2 and y[0] == x[0] and
                      address(b) not in str(expressions(y))]
            new = [(x[0], copy.deepcopy(self.r.choice(values)))] if values else new
        self.overrides.append((b[0], b[1], new))

    # providers
    def of_provider(self):
        """The key, or everything of IAM, is of another account, or may be."""
        if any(argument(b, 'provider') is not None for b in self.blocks) or any(
                b[0] == 'module' for b in self.blocks):
            return
        keys = self.resources('aws_kms_key')
        if keys and self.r.randrange(2):
            name = self.r.choice(keys)[1][1]
            mine = [b for b in self.blocks if b[0] == 'resource' and
                    b[1] in [[k, name] for k in ('aws_kms_key', 'aws_kms_alias',
                                                 'aws_kms_key_policy')]]
            docs = [b for b in self.blocks if b[1:2] == ([
                'aws_iam_policy_document', name + '_doc'],)]
        else:
            mine = [b for b in self.blocks if b[0] == 'resource' and b[1][0].startswith('aws_iam')]
            docs = []
        self.use_provider(mine, docs)

    def use_provider(self, mine, docs):
        alias = self.r.choice(('other', 'other', 'twin', 'us'))
        body = [('alias', alias), ('region', 'us-east-1' if alias == 'us' else REGION)]
        if alias == 'other':
            body.append(self.r.choice((
                ('allowed_account_ids', [OTHER_ACCOUNT]), ('profile', 'other'),
                ('assume_role', [], [('role_arn', 'arn:aws:iam::%s:role/deploy' % OTHER_ACCOUNT)]))))
        self.blocks.append(('provider', ['aws'], body))
        self.blocks.append(('data', ['aws_caller_identity', alias], [('provider', Raw(
            'aws.' + alias))]))
        for b in mine:
            b[2].insert(0, ('provider', Raw('aws.' + alias)))
        of_keys = [b for b in mine if b[1][0].startswith('aws_kms')]
        for b in of_keys + docs:
            b[2][:] = rename(b[2], lambda raw: Raw(raw.replace(
                CALLER, 'data.aws_caller_identity.' + alias)))

    # several root modules
    def of_roots(self):
        """Everything is a module that several root modules call, each its own way."""
        stays = [b for b in self.blocks if b[0] in ('provider', 'terraform')]
        variables = [b for b in self.blocks if b[0] == 'variable']
        inner = [b for b in self.blocks if b not in stays]
        for body in [inner] + list(self.inner.values()):
            self.in_environment(body)
        self.inner['modules/app/'] = inner
        for path in list(self.files):
            if path.startswith('policies/') or path == 'moved.tf':     # path.module
                self.files['modules/app/' + path] = self.files.pop(path)
        self.files.pop('import.tf', None)
        self.blocks[:] = []
        self.roots = {}
        for env in ('dev', 'prod'):
            self.roots['envs/%s/' % env] = self.root(env, stays, variables)

    def in_environment(self, blocks):
        """What has a name has that of the environment in it."""
        for b in blocks:
            if b[0] == 'module':
                put(b, 'source', '../' + argument(b, 'source').rsplit('/', 1)[1])
                if argument(b, 'source') != '../store':
                    b[2].append(('env', Raw('var.env')))
            elif b[0] == 'resource' or b[0] == 'data' and b[1][0] in (
                    'aws_iam_role', 'aws_iam_policy', 'aws_kms_alias'):
                for i, x in enumerate(b[2]):
                    if x[0] == 'name':
                        b[2][i] = ('name', in_environment(x[1]))
            elif b[0] == 'data' and b[1][0] == 'aws_kms_key' and \
                    type(argument(b, 'key_id')) is str:
                put(b, 'key_id', in_environment(argument(b, 'key_id')))
        blocks.append(('variable', ['env'], [('type', Raw('string'))]))

    def root(self, env, stays, variables):
        body = [('source', '../../modules/app'), ('env', env)]
        blocks = copy.deepcopy(stays)
        for v in variables:
            name = v[1][0]
            how = self.r.randrange(3)
            values = self.given[name]
            if how == 0:
                body.append((name, self.r.choice(values)))
            elif how == 1 and argument(v, 'default') is not None:
                continue
            else:
                body.append((name, Raw('var.' + name)))
                blocks.append(copy.deepcopy(v))
                if self.r.randrange(2):
                    self.given['envs/%s:%s' % (env, name)] = values
        aliases = [argument(b, 'alias') for b in stays if argument(b, 'alias')]
        if aliases:
            body.append(('providers', Providers({'aws.' + a: 'aws.' + a for a in aliases})))
        return blocks + [('module', ['app'], body)]

    def of_lookups(self):
        """Keys in a root module of their own; each knows the other's things by their names."""
        if any(is_repeated(b) or b[0] == 'module' or argument(b, 'provider') is not None
               for b in self.blocks) or self.locals:
            return
        theirs = [b for b in self.blocks if b[0] != 'locals' and b[1] and
                  b[1][0].startswith('aws_kms')]
        theirs += [b for b in self.blocks if b[1:2] and b[0] == 'data' and
                   b[1][-1].endswith('_doc')]
        names = set(re.findall(r'var\.\w+|local\.\w+', str([expressions(b) for b in theirs])))
        if not theirs or names or any(b[0] == 'data' and b[1][0] in (
                'aws_kms_key', 'aws_kms_alias') for b in theirs):
            return
        mine = [b for b in self.blocks if b not in theirs]
        both = [b for b in self.blocks if b[0] == 'data' and b[1][0] == 'aws_caller_identity' or
                b[0] == 'provider']
        self.blocks[:] = self.looking(mine, theirs)
        self.roots = {'keys/': copy.deepcopy(both) + self.looking(theirs, mine)}

    def looking(self, blocks, others):
        """What the blocks speak of and the others declare is looked up."""
        found = {}

        def one(m):
            kind, label, attribute = m.groups()
            at = 'data.%s.%s' % (kind, label)
            b = next((b for b in others if b[0] == 'resource' and b[1] == [kind, label]), None)
            if b is None:
                return m.group()
            if kind == 'aws_kms_key':
                at, attribute = 'data.aws_kms_alias.' + label, 'target_key_' + (
                    'arn' if attribute == 'arn' else 'id')
                found[at] = ('data', ['aws_kms_alias', label], [('name', 'alias/' + label)])
            else:
                found[at] = ('data', [kind, label], [('name', argument(b, 'name'))])
            return '%s.%s' % (at, attribute)
        out = [rename(b, lambda raw: Raw(re.sub(
            r'(?<![\w.])(aws_kms_key|aws_kms_alias|aws_iam_role|aws_iam_policy)\.(\w+)\.(\w+)',
            one, raw))) for b in blocks]
        return out + list(found.values())

    def spread(self):
        how = self.r.randrange(10)
        if self.form in SPREADS:
            getattr(self, self.form)()
        elif how < len(SPREADS):
            getattr(self, SPREADS[how])()


def only(v):
    """The expression of a value that is nothing else."""
    return v[0] if isinstance(v, tuple) and len(v) == 1 else v if isinstance(v, Raw) else ''


def in_environment(name):
    if isinstance(name, Raw):
        return Raw('"${%s}-${var.env}"' % name)
    parts = name if isinstance(name, tuple) else (name,)
    return parts + ('-', Raw('var.env'))
