# SPDX-License-Identifier: MIT
"""More forms of real repositories, for the random code of blur_terraform.py: blocks that move to
modules, instances made of objects, data sources that look up what is declared, lists of attachments,
policies in files, and blocks that only mention others."""
import copy
import json
import re

from spell_terraform import Directive, Encoded, Native, Optional, Raw, Text, holes

# What a block speaks of.
REFERENCE = re.compile(r'(?<![\w."])((?:data\.)?(?:aws_\w+|var|local|module|each)\.\w+)'
                       r'(\[[^\]]*\])?(\.\w+)?')
LITERAL_INDEX = re.compile(r'\[(?:\d+|"\w+")\]$')


def rename(v, renamed):
    """A copy with `renamed` done to every expression."""
    if isinstance(v, Raw):
        return Directive(renamed(v)) if isinstance(v, Directive) else renamed(v)
    if isinstance(v, (list, tuple)):
        return type(v)(rename(x, renamed) for x in v)
    if isinstance(v, dict):
        return {k: rename(x, renamed) for k, x in v.items()}
    if isinstance(v, (Encoded, Text)):
        return type(v)(rename(v.value, renamed))
    if isinstance(v, Optional):
        return Optional(renamed(Raw(v.condition)), rename(v.value, renamed))
    return v


def expressions(v):
    """All of them in a block."""
    out = []
    rename(v, lambda raw: out.append(raw) or raw)
    return out


def address(b):
    return ('data.' if b[0] == 'data' else 'module.' if b[0] == 'module' else '') + '.'.join(b[1])


def is_repeated(b):
    return any(x[0] in ('count', 'for_each') for x in b[2])


def argument(b, name):
    return next((x[1] for x in b[2] if len(x) == 2 and x[0] == name), None)


def put(b, name, value):
    i = next(i for i, x in enumerate(b[2]) if x[0] == name)
    b[2][i] = (name, value)


def has_directives(v):
    """Which mean something in the text of a heredoc only."""
    if isinstance(v, (Encoded, Text)):
        return has_directives(v.value)
    if isinstance(v, (list, tuple, dict)):
        return any(map(has_directives, v.values() if isinstance(v, dict) else v))
    return isinstance(v, (Directive, Optional))


class Forms:
    """Of a Blur."""
    def resources(self, kind):
        return [b for b in self.blocks if b[0] == 'resource' and re.fullmatch(kind, b[1][0]) and
                not is_repeated(b)]

    def references(self, kind, attribute):
        return [Raw('%s.%s.%s' % (kind, b[1][1], attribute)) for b in self.resources(kind)]

    def one_resource(self, kind):
        every = self.resources(kind)
        return self.r.choice(every) if every else None

    def new_name(self, stem):
        self.names += 1
        return '%s%d' % (stem, self.names)

    # modules
    def of_any_module(self):
        """Any blocks move to a module, with what they speak of, and what others speak of them."""
        every = [b for b in self.blocks if b[0] in ('resource', 'data', 'module') and
                 argument(b, 'provider') is None and 'path.module' not in str(expressions(b)) and
                 not str(b[1][0]).startswith(('aws_caller', 'aws_kms_replica'))]
        if not every:
            return
        group = self.group(every)
        own = {address(b) for b in group}
        self.calls += 1
        name = 'm%d' % self.calls
        index = self.module_index()
        arguments, outputs = {}, {}
        inner = [self.moved(rename(b, lambda raw: self.inward(raw, own, arguments)))
                 for b in group]
        self.blocks[:] = [rename(b, lambda raw: self.outward(raw, own, outputs, name + index))
                          for b in self.blocks if b not in group]
        self.locals[:] = [rename(x, lambda raw: self.outward(raw, own, outputs, name + index))
                          for x in self.locals]
        inner += [('output', [o], [('value', Raw(of))]) for of, o in outputs.items()]
        inner += [('variable', [v], []) for v in arguments.values()]
        body = [('source', './modules/' + name)] + [(v, Raw(of)) for of, v in arguments.items()]
        self.repeat_call(body, index, inner)
        self.inner['modules/%s/' % name] = inner
        self.blocks.append(('module', [name], body))

    def group(self, every):
        """Those of a kind, or those that speak of one, or some."""
        how = self.r.randrange(4)
        if how == 0:
            word = self.r.choice(('kms', 'iam_role', 'policy'))
            out = [b for b in every if word in b[1][0]]
        elif how == 1:
            of = address(self.r.choice(every))
            out = [b for b in every if address(b) == of or
                   any(of in x for x in map(str, expressions(b)))]
        else:
            out = [b for b in every if self.r.randrange(3) == 0]
        return out or [self.r.choice(every)]

    def module_index(self):
        return self.r.choice(('', '', '', '[0]', '["one"]', '["a"]'))

    def repeat_call(self, body, index, inner):
        if index == '[0]':
            body.insert(1, ('count', Raw(self.r.choice(('1', self.flag() + ' ? 1 : 0')))))
        elif index == '["one"]':
            body.insert(1, ('for_each', Raw('toset(["one"])')))
        elif index == '["a"]':
            body.insert(1, ('for_each', Raw('toset(["a", "b"])')))
            body.append(('suffix', Raw('each.key')))
            inner.append(('variable', ['suffix'], [('type', Raw('string'))]))
            for b in inner:
                self.suffixed(b)

    def suffixed(self, b):
        for i, x in enumerate(b[2]):
            if b[0] == 'resource' and x[0] == 'name':
                b[2][i] = ('name', Raw('"%s-${var.suffix}"' % x[1])
                           if type(x[1]) is str else Raw('"${%s}-${var.suffix}"' % x[1]))

    def moved(self, b):
        """A call of another module, from where it stands now."""
        source = argument(b, 'source')
        if b[0] == 'module' and source.startswith('.'):
            put(b, 'source', '../' + source.rsplit('/', 1)[1])
        return b

    def inward(self, raw, own, arguments):
        def one(m):
            at, index, rest = m.groups()
            if at in own or at.startswith('each.'):
                return m.group()
            literal = not index or LITERAL_INDEX.match(index)
            whole = m.group() if literal else at
            var = 'var.' + arguments.setdefault(whole, 'in%d' % len(arguments))
            return var if literal else var + index + (rest or '')
        return Raw(REFERENCE.sub(one, raw))

    def outward(self, raw, own, outputs, call):
        def one(m):
            at, index, rest = m.groups()
            if at not in own:
                return m.group()
            literal = not index or LITERAL_INDEX.match(index)
            whole = m.group() if literal else at
            out = 'module.%s.%s' % (call, outputs.setdefault(whole, 'out%d' % len(outputs)))
            return out if literal else out + index + (rest or '')
        return Raw(REFERENCE.sub(one, raw))

    # instances made of objects
    def of_objects(self):
        """An inline policy for each of some objects, which say whose it is and what it allows."""
        main = self.one_resource('aws_iam_(role|user)_policy')
        if not main:
            return
        who = main[1][0].split('_')[2]
        names = [Raw('%s.name' % address(b)) for b in self.resources('aws_iam_' + who)]
        doc = next((b for b in self.blocks if b[0] == 'data' and not is_repeated(b) and
                    argument(main, 'policy') == address(b) + '.json'), None)
        inside = doc[2] if doc else argument(main, 'policy').value \
            if isinstance(argument(main, 'policy'), Encoded) else None
        if inside is None or doc and sum(address(doc) + '.' in str(expressions(b))
                                         for b in self.blocks) > 1:
            return
        first, second = {who: argument(main, who)}, {who: self.r.choice(names or [None])}
        if second[who] is None:
            return
        self.fields(inside, bool(doc), first, second)
        over = self.over_objects({'one': first, 'two': second})
        put(main, who, Raw('each.value.' + who))
        main[2].insert(0, ('for_each', Raw(over)))
        put(main, 'name', Raw('"policy-${each.key}"'))
        if doc:
            doc[2].insert(0, ('for_each', Raw(over)))
            put(main, 'policy', Raw(address(doc) + '[each.key].json'))

    def fields(self, inside, is_block, first, second):
        """Lists of the policy that the objects have, each its own."""
        places = [p for p in self.places_in(inside, is_block) if isinstance(p.value, list) and
                  p.kind in ('Action', 'actions', 'Resource', 'resources', 'values')]
        for p in self.r.sample(places, min(len(places), self.r.choice((0, 1, 1, 2)))):
            field = self.new_name(p.kind.lower())
            first[field] = p.value
            other = self.other(p)
            second[field] = p.value if other is None else other
            p.put(Raw('each.value.' + field))

    def over_objects(self, objects):
        how, text = self.r.randrange(4), self.say(objects)
        if how == 0:
            return text
        if how == 1:
            return '{ for k, v in %s : k => v if k != %s }' % (
                self.local(text), self.variable('string', ['two', 'none'], self.r.randrange(2)))
        if how == 2:
            return 'merge(%s, %s ? %s : {})' % (
                self.say({'one': objects['one']}), self.flag(), self.say({'two': objects['two']}))
        return self.local(text)

    # data sources that look up what is declared
    def of_lookup(self):
        main = self.one_resource('aws_kms_key|aws_iam_role|aws_iam_policy')
        if not main:
            return
        at, kind, name = address(main), main[1][0], self.new_name('found')
        label = argument(main, 'name')
        if kind == 'aws_kms_key':
            alias = 'alias/' + main[1][1]
            self.blocks.append(('data', [kind, name], [('key_id', self.r.choice((
                Raw(at + '.key_id'), Raw(at + '.arn'), alias)))]))
            attributes = {'arn': 'arn', 'key_id': 'key_id'}
            if self.r.randrange(2):
                kind = 'aws_kms_alias'
                self.blocks[-1] = ('data', [kind, name], [('name', alias)])
                attributes = {'arn': 'target_key_arn', 'key_id': 'target_key_id'}
        else:
            self.blocks.append(('data', [kind, name], [('name', self.r.choice((
                Raw(at + '.name'), label if type(label) is str else Raw(at + '.name'))))]))
            attributes = {'arn': 'arn', 'name': 'name', 'id': 'name'} \
                if kind == 'aws_iam_role' else {'arn': 'arn'}
        self.through(at, 'data.%s.%s.' % (kind, name), attributes)

    def through(self, at, found, attributes):
        """Some of the blocks refer to what was looked up."""
        old = re.compile(r'(?<![\w.])%s\.(%s)\b' % (re.escape(at), '|'.join(attributes)))
        few = self.r.randrange(2)
        for i, b in enumerate(self.blocks):
            if b[0] == 'resource' and self.r.randrange(1 + few) == 0 or \
                    b[0] == 'data' and b[1][0] == 'aws_iam_policy_document':
                self.blocks[i] = rename(b, lambda raw: Raw(old.sub(
                    lambda m: found + attributes[m.group(1)], raw)))

    # lists of what a role has
    def attachments(self, role):
        """Those of the role, or None when it has others than blocks that name it."""
        at = address(role) + '.'
        if any(at in str(expressions(b)) and (
                b[1][0] == 'aws_iam_policy_attachment' or
                b[1][0] == 'aws_iam_role_policy_attachment' and is_repeated(b))
               for b in self.blocks if b[0] == 'resource'):
            return None
        return [b for b in self.resources('aws_iam_role_policy_attachment')
                if str(argument(b, 'role')).startswith(at)]

    def of_managed_arns(self):
        role = self.one_resource('aws_iam_role')
        mine = self.attachments(role) if role else None
        if not mine or argument(role, 'managed_policy_arns') is not None:
            return
        arns = [argument(b, 'policy_arn') for b in mine]
        if self.r.randrange(2):
            role[2].append(('managed_policy_arns', arns))
            self.blocks[:] = [b for b in self.blocks if b not in mine]
            return
        self.blocks.append(('resource', ['aws_iam_role_policy_attachments_exclusive',
                                         self.new_name('all')], [
            ('role_name', Raw(address(role) + '.name')), ('policy_arns', arns)]))
        if self.r.randrange(2):
            self.blocks[:] = [b for b in self.blocks if b not in mine]

    def of_counted(self):
        """The attachments of a role, or all but one, as many as a list is long."""
        role = self.one_resource('aws_iam_role')
        mine = self.attachments(role) if role else None
        if not mine:
            return
        some = self.r.sample(mine, max(1, len(mine) - self.r.randrange(2)))
        parts = ['%s ? [%s] : []' % (self.flag(), argument(b, 'policy_arn'))
                 if self.r.randrange(3) == 0 else '[%s]' % argument(b, 'policy_arn') for b in some]
        whole = self.local('concat(%s)' % ', '.join(parts))
        self.blocks[:] = [b for b in self.blocks if b not in some]
        self.blocks.append(('resource', ['aws_iam_role_policy_attachment', self.new_name('many')], [
            ('count', Raw('length(%s)' % whole)), ('role', Raw(address(role) + '.name')),
            ('policy_arn', Raw(self.r.choice(('%s[count.index]', 'element(%s, count.index)'))
                               % whole))]))

    def of_names(self):
        """The inline policies of a role, by their names."""
        role = self.one_resource('aws_iam_role')
        if not role or any(x[0] == 'inline_policy' for x in role[2]) or 'exclusive' in str(
                [b[1] for b in self.blocks]):
            return
        at = address(role) + '.'
        mine = [b for b in self.blocks if b[:1] == ('resource',) and
                b[1][0] == 'aws_iam_role_policy' and at in str(expressions(b))]
        if not mine or any(is_repeated(b) or argument(b, 'name') is None for b in mine):
            return
        names = [self.r.choice((Raw(address(b) + '.name'), argument(b, 'name'))) for b in mine]
        self.blocks.append(('resource', ['aws_iam_role_policies_exclusive', self.new_name('all')], [
            ('role_name', Raw(at + 'name')), ('policy_names', names)]))

    def of_inline_blocks(self):
        """A dynamic block of inline policies."""
        where = [(b, i) for b in self.blocks if b[0] == 'resource' for i, x in enumerate(b[2])
                 if x[0] == 'inline_policy']
        if not where:
            return
        b, i = self.r.choice(where)
        content = dict(b[2][i][2])
        name, policy = content['name'], content['policy']
        over = self.r.choice((
            lambda: '%s ? [1] : []' % self.flag(),
            lambda: 'toset([%s])' % self.say(name),
            lambda: self.say({'one': {'name': name, 'policy': policy}}),
            lambda: '%s ? { (%s) = %s } : {}' % (self.flag(), self.say(name), self.say(policy)),
            lambda: self.local(self.say([{'name': name, 'policy': policy}]))))()
        if 'policy =' in over or '"policy"' in over:
            name, policy = Raw('inline_policy.value.name'), Raw('inline_policy.value.policy')
        elif '(' in over and '=' in over and '? [1]' not in over:
            name, policy = Raw('inline_policy.key'), Raw('inline_policy.value')
        b[2][i] = ('dynamic', ['inline_policy'], [('for_each', Raw(over)), (
            'content', [], [('name', name), ('policy', policy)])])

    # texts in files
    def of_file(self):
        """A policy in a file of JSON, or in a template."""
        where = [p for p in self.places() if p.kind == 'policy' and isinstance(p.value, Text)]
        if not where:
            return
        p, found = self.r.choice(where), []
        value = p.value.value
        if has_directives(value):
            return
        template = bool(expressions(value)) or self.r.randrange(4) == 0
        text = json.dumps(holes(value, found) if template else value, indent=2)
        for i, _ in enumerate(found):
            text = text.replace('\ue000%d\ue001' % i, '${in%d}' % i).replace(
                '\\ue000%d\\ue001' % i, '${in%d}' % i)
        path = 'policies/%s.json' % self.new_name('p')
        self.files[path] = text + '\n'
        at = '"${path.module}/%s"' % path
        p.put(Raw('templatefile(%s, %s)' % (at, self.say(
            {'in%d' % i: raw for i, raw in enumerate(found)})) if template else 'file(%s)' % at))

    # whole values
    def of_encoded(self):
        """What is encoded is made of two, or is a local."""
        where = [p for p in self.places() if p.kind == 'policy' and isinstance(p.value, Encoded) and
                 isinstance(p.value.value, dict) and len(p.value.value) > 1]
        if not where:
            return
        p = self.r.choice(where)
        v = p.value.value
        p.put(Encoded(Raw(self.r.choice((
            lambda: 'merge(%s, %s)' % (self.say({'Version': v['Version']}),
                                       self.say({'Statement': v['Statement']})),
            lambda: self.local(self.say(v)),
            lambda: 'merge(%s, %s)' % (self.local(self.say(v)), self.say({'Version': v['Version']})),
            lambda: '{ for k, v in %s : k => v }' % self.say(v)))())))

    # what only mentions others
    def mention(self):
        """Dependencies, outputs and imports."""
        every = [b for b in self.blocks if b[0] in ('resource', 'data', 'module')]
        users = [b for b in every if b[0] == 'resource' or b[0] == 'module']
        how = self.r.randrange(5)
        if how == 0 and users:
            b, of = self.r.choice(users), self.r.choice(every)
            if address(of) not in self.reach(b) and address(b) not in self.reach(of):
                b[2].append(('depends_on', [Raw(address(of))]))
        elif how == 1 and self.resources('.*'):
            of = self.one_resource('.*')
            self.blocks.append(('output', [self.new_name('o')], [('value', self.r.choice((
                Raw(address(of) + '.id'), [Raw(address(of) + '.id')],
                {'all': Raw(address(of) + '.id')})))]))
        elif how == 2 and self.resources('.*'):
            of = self.one_resource('.*')
            self.files['import.tf'] = Native(self.r).file([('import', [], [
                ('to', Raw(address(of))), ('id', 'x')])])
        elif how == 3 and self.resources('.*'):
            of = self.one_resource('.*')
            self.files['moved.tf'] = Native(self.r).file([('moved', [], [
                ('from', Raw(of[1][0] + '.old')), ('to', Raw(address(of)))])])
        elif how == 4 and self.resources('aws_kms_key') and self.resources('aws_iam_role'):
            self.blocks.append(('resource', ['aws_kms_grant', self.new_name('g')], [
                ('key_id', Raw(address(self.one_resource('aws_kms_key')) + '.key_id')),
                ('grantee_principal', Raw(address(self.one_resource('aws_iam_role')) + '.arn')),
                ('operations', ['Decrypt', 'Encrypt'])]))

    def reach(self, b):
        """Addresses of all that the block waits for."""
        seen, todo = set(), [b]
        locals_ = {'local.' + n: v for n, v in self.locals}
        for x in self.blocks:
            if x[0] == 'locals':
                locals_.update({'local.' + n: v for n, v in x[2]})
        known = {address(x): x for x in self.blocks if x[0] in ('resource', 'data', 'module')}
        while todo:
            for raw in expressions(todo.pop()):
                for m in REFERENCE.finditer(raw):
                    at = m.group(1)
                    if at not in seen:
                        seen.add(at)
                        todo += [known.get(at) or locals_.get(at, Raw(''))]
        return seen


def copied(blocks):
    return copy.deepcopy([rename(b, Raw) for b in blocks])
