# SPDX-License-Identifier: MIT
"""Forms of where Terraform's code stands, for the random code of blur_terraform.py: modules of one
key or role that are called for each of them, root modules that take from each other's states, and
symbolic links."""
import copy
import re

from forms_terraform import REFERENCE, address, argument, has_directives, is_repeated, rename
from judge import Link
from spell_terraform import Raw, Text

ADMINISTERED = '''data "aws_caller_identity" "this" {}

data "aws_iam_policy_document" "this" {
  statement {
    sid       = "Root"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.this.account_id}:root"]
    }
  }
  dynamic "statement" {
    for_each = length(var.users) > 0 ? [1] : []
    content {
      sid       = "Users"
      actions   = ["kms:Encrypt", "kms:Decrypt"]
      resources = ["*"]
      principals {
        type        = "AWS"
        identifiers = var.users
      }
    }
  }
}
'''
# What the policy of the key is, of what its module is given.
POLICIES = (
    ('var.policy', ''),
    ('var.policy', ''),
    ('coalesce(var.policy, data.aws_iam_policy_document.this.json)', ADMINISTERED),
    ('var.policy == null ? data.aws_iam_policy_document.this.json : var.policy', ADMINISTERED),
    ('var.policy != null ? var.policy : data.aws_iam_policy_document.this.json', ADMINISTERED),
)
KEY = '''resource "aws_kms_key" "this" {
  description = var.description
  policy      = %s
}

variable "description" { type = string }

variable "policy" {
  type    = string
  default = null
}

variable "users" {
  type    = list(string)
  default = []
}

output "arn" { value = aws_kms_key.this.arn }

output "key_id" { value = aws_kms_key.this.key_id }

'''
ROLE = '''resource "aws_iam_role" "this" {
  name               = var.name
  assume_role_policy = jsonencode({})
}

resource "aws_iam_role_policy" "this" {
%s  name   = "own"
  role   = aws_iam_role.this.%s
  policy = var.policy
}

resource "aws_iam_role_policy_attachment" "this" {
  %s
  role       = aws_iam_role.this.name
  policy_arn = %s
}

variable "name" { type = string }

variable "policy" {
  type    = string
  default = null
}

variable "arns" {
  type    = list(string)
  default = []
}

output "arn" { value = aws_iam_role.this.arn }

output "name" { value = aws_iam_role.this.name }
'''


class Tree:
    """Of a Blur."""
    # modules of one thing
    def of_key_module(self):
        """Keys of one module, some with their policy and some without."""
        every = [b for b in self.resources('aws_kms_key') if {x[0] for x in b[2]} <= {
            'description', 'policy'} and not self.is_taken(b[1][1]) and
            not self.is_written_apart(b)]
        if not every or 'modules/key/f.tf' in self.files:
            return
        policy, more = self.r.choice(POLICIES)
        self.files['modules/key/f.tf'] = KEY % policy + more
        for at in map(address, self.r.sample(every, self.r.randint(1, len(every)))):
            b = self.at(at)
            body = [('source', './modules/key')] + b[2]
            roles = self.references('aws_iam_role', 'arn')
            if more and roles and argument(b, 'policy') is None and self.r.randrange(2):
                body.append(('users', [self.r.choice(roles)]))
            self.becomes(b, body, {'arn': 'arn', 'key_id': 'key_id', 'id': 'key_id'})

    def key_objects(self):
        """(keys that can be of one block, all of them as a map, their policy in each.value)."""
        every = [b for b in self.resources('aws_kms_key') if {x[0] for x in b[2]} <= {
            'description', 'policy'} and not self.is_written_apart(b) and
            not has_directives(b[2])]
        policies = {b[1][1]: argument(b, 'policy') for b in every}
        said = self.say({n: {} if p is None else {'policy': p} for n, p in policies.items()})
        given = self.r.choice(('try(each.value.policy, null)',
                               'lookup(each.value, "policy", null)'))
        if self.r.randrange(3) == 0:
            said, given = self.say(policies), 'each.value'
        return every, Raw(self.local(said) if self.r.randrange(3) == 0 else said), Raw(given)

    def of_keys_module(self):
        """Keys of one call, for each of some objects, which have a policy or not."""
        every, over, given = self.key_objects()
        if not every or 'modules/key/f.tf' in self.files or self.is_taken('keys'):
            return
        policy, more = self.r.choice(POLICIES)
        self.files['modules/key/f.tf'] = KEY % policy + more
        self.become_each(every, ('module', ['keys'], [
            ('source', './modules/key'), ('for_each', over),
            ('description', Raw('each.key')), ('policy', given)]), 'module.keys')

    def of_each_key(self):
        """The same without a module."""
        every, over, given = self.key_objects()
        if every and not any('keys' in b[1] for b in self.blocks):
            self.become_each(every, ('resource', ['aws_kms_key', 'keys'], [
                ('for_each', over), ('description', Raw('each.key')), ('policy', given)]),
                'aws_kms_key.keys')

    def become_each(self, every, block, at):
        self.blocks[:] = [b for b in self.blocks if b not in every]
        self.rename_all(r'(?<![\w.])aws_kms_key\.(%s)\.(arn|key_id|id)\b' % '|'.join(
            b[1][1] for b in every), lambda m: '%s["%s"].%s' % (
                at, m.group(1), 'arn' if m.group(2) == 'arn' else 'key_id'))
        self.blocks.append(block)

    def of_heredoc(self):
        """A heredoc that stands in a local, a map, or what a module hands on."""
        where = [p for p in self.places() if p.kind == 'policy' and isinstance(p.value, Text) and
                 not has_directives(p.value)]
        if not where:
            return
        p, how = self.r.choice(where), self.r.randrange(4)
        if how == 0:
            p.put(Raw(self.local(self.say(p.value))))
        elif how == 1:
            p.put(Raw(self.local('{\n    a = %s\n  }' % self.say(p.value)) +
                      self.r.choice(('.a', '["a"]', '[%s]' % self.variable(
                          'string', ['a'], self.r.randrange(2))))))
        elif how == 2:
            p.put(Raw('(%s ? %s\n  : %s\n  )' % (self.flag(), self.say(p.value), self.say(p.value))))
        else:
            self.handed_on(p)

    def handed_on(self, p):
        name, arguments = self.new_name('texts'), {}
        inner = rename(p.value, lambda raw: self.inward(raw, set(), arguments))
        self.inner['modules/%s/' % name] = [('output', ['policy'], [('value', inner)])] + [
            ('variable', [v], []) for v in arguments.values()]
        self.blocks.append(('module', [name], [('source', './modules/' + name)] + [
            (v, Raw(of)) for of, v in arguments.items()]))
        p.put(Raw('module.%s.policy' % name))

    def at(self, wanted):
        """The block of the address, as it is now."""
        return next(b for b in self.blocks if b[0] == 'resource' and address(b) == wanted)

    def is_written_apart(self, key):
        """By a policy of its own."""
        return any(address(key) + '.' in str(expressions_of(b)) for b in self.blocks
                   if b[0] == 'resource' and b[1][0] == 'aws_kms_key_policy')

    def of_role_module(self):
        """Roles of one module, with an inline policy or without, and attachments."""
        every = [b for b in self.resources('aws_iam_role') if
                 [x[0] for x in b[2]] == ['name', 'assume_role_policy'] and
                 not self.is_taken(b[1][1])]
        if not every or 'modules/role/f.tf' in self.files:
            return
        some = self.r.choice(('', '', '  count  = var.policy == null ? 0 : 1\n',
                              '  count  = var.policy != null ? 1 : 0\n'))
        over = self.r.choice((
            ('count      = length(var.arns)', 'var.arns[count.index]'),
            ('for_each   = toset(var.arns)', 'each.value'),
            ('for_each   = { for i, a in var.arns : "p${i}" => a }', 'each.value')))
        used = False
        for b in map(self.at, map(address, every)):
            mine = [x for x in self.resources('aws_iam_role_policy')
                    if str(argument(x, 'role')).startswith(address(b) + '.')]
            if not mine and not some:
                continue
            used = True
            self.calls_role(b, mine[:1], some)
        if used:
            self.files['modules/role/f.tf'] = ROLE % (
                (some, self.r.choice(('id', 'name'))) + over)

    def of_roles_module(self):
        """Roles of one call, for each of some objects, which have policies or not."""
        every = [b for b in self.resources('aws_iam_role') if
                 [x[0] for x in b[2]] == ['name', 'assume_role_policy']]
        if not every or 'modules/role/f.tf' in self.files or self.is_taken('apps'):
            return
        objects, gone = {}, list(every)
        for b in every:
            one = objects[b[1][1]] = {'name': argument(b, 'name')}
            mine = [x for x in self.resources('aws_iam_role_policy')
                    if str(argument(x, 'role')).startswith(address(b) + '.') and
                    not has_directives(x[2])][:1]
            attached = self.attachments(b) or []
            attached = self.r.sample(attached, self.r.randint(0, len(attached)))
            if mine:
                one['policy'] = argument(mine[0], 'policy')
            if attached:
                one['arns'] = [argument(x, 'policy_arn') for x in attached]
            gone += mine + attached
        self.files['modules/role/f.tf'] = ROLE % (
            '  count  = var.policy == null ? 0 : 1\n', 'name',
            'count      = length(var.arns)', 'var.arns[count.index]')
        said = self.say(objects)
        self.blocks[:] = [b for b in self.blocks if b not in gone]
        self.blocks.append(('module', ['apps'], [
            ('source', './modules/role'),
            ('for_each', Raw(self.local(said) if self.r.randrange(3) == 0 else said)),
            ('name', Raw('each.value.name')),
            ('policy', Raw(self.r.choice(('try(each.value.policy, null)',
                                          'lookup(each.value, "policy", null)')))),
            ('arns', Raw('try(each.value.arns, [])'))]))
        self.rename_all(
            r'(?<![\w.])aws_iam_role\.(%s)\.(arn|name|id)\b' % '|'.join(objects),
            lambda m: 'module.apps["%s"].%s' % (
                m.group(1), 'arn' if m.group(2) == 'arn' else 'name'))

    def calls_role(self, b, mine, may_lack):
        attached = self.attachments(b) or []
        attached = self.r.sample(attached, self.r.randint(0, len(attached)))
        body = [('source', './modules/role'), ('name', argument(b, 'name'))]
        if mine:
            body.append(('policy', argument(mine[0], 'policy')))
        if attached:
            body.append(('arns', [argument(x, 'policy_arn') for x in attached]))
        self.blocks[:] = [x for x in self.blocks if x not in mine + attached]
        self.becomes(b, body, {'arn': 'arn', 'name': 'name', 'id': 'name'})

    # what states hand on
    def of_states(self):
        """Keys, or roles, in a root module of their own, whose state the other reads."""
        theirs = self.own_root()
        if not theirs:
            return
        folder = self.r.choice(('keys', 'shared/keys'))
        stays = copy.deepcopy(theirs)
        mine = [b for b in self.blocks if b not in theirs]
        both = [b for b in self.blocks if b[0] == 'data' and b[1][0] == 'aws_caller_identity' or
                b[0] == 'provider']
        away = [b for b in theirs if b[0] == 'resource']
        handed, backend, config = {}, *self.backend(folder)
        out = [rename(b, lambda raw: Raw(REFERENCE.sub(
            lambda m: self.taken(m, away, handed), raw))) for b in mine]
        theirs = self.looking(theirs, mine)
        if not handed:
            return
        self.blocks[:] = out + [('data', ['terraform_remote_state', 'other'], config)]
        outputs = self.outputs(handed)
        self.roots = {folder + '/': copy.deepcopy(both) + theirs + outputs + [backend]}
        if argument_of(config, 'backend') == 's3' and self.r.randrange(2):
            self.roots['decoy/'] = self.decoy(both, stays, outputs, backend)

    def decoy(self, both, theirs, outputs, backend):
        """The same in another bucket, but for what has a name."""
        def lives(b):
            return 'aws_kms_alias' not in str(b[1]) + str(expressions_of(b)) and \
                'aws_iam' not in str(expressions_of(b))
        where = [(n, 'decoys' if n == 'bucket' else v) for n, v in backend[2][0][2]]
        return copy.deepcopy(both) + [b for b in theirs if lives(b)] + \
            [b for b in copy.deepcopy(outputs) if lives(b)] + \
            [('terraform', [], [('backend', ['s3'], where)])]

    def own_root(self):
        """The blocks of keys, if they can be apart."""
        kind = self.r.choice(('aws_kms', 'aws_kms', 'aws_iam_role$'))
        theirs = [b for b in self.blocks if b[0] == 'resource' and re.match(kind, b[1][0])]
        theirs += [] if kind != 'aws_kms' else [b for b in self.blocks if b[1:2] and b[0] == 'data' and
                   b[1][-1].endswith('_doc')]
        names = re.findall(r'(?:var|local)\.\w+', str([expressions_of(b) for b in theirs]))
        if names or any(is_repeated(b) or argument(b, 'provider') is not None for b in theirs):
            return None
        return None if any(b[0] == 'data' and b[1][0] in ('aws_kms_key', 'aws_kms_alias')
                           for b in self.blocks) else theirs

    def backend(self, folder):
        """(the block that says where the state is, what who reads it says)."""
        if self.r.randrange(2):
            where = [('bucket', 'states'), ('key', folder + '/terraform.tfstate'),
                     ('region', 'eu-west-1')]
            return ('terraform', [], [('backend', ['s3'], where)]), \
                [('backend', 's3'), ('config', dict(where))]
        return ('terraform', [], [('backend', ['local'], [('path', 'terraform.tfstate')])]), \
            [('backend', 'local'), ('config', {'path': folder + '/terraform.tfstate'})]

    def taken(self, m, away, handed):
        """How the other root module speaks of what is away."""
        at, index, rest = m.groups()
        b = next((b for b in away if address(b) == at), None)
        if b is None or index or not rest:
            return m.group()
        forms = ('one', 'map', 'whole', 'object', 'list', 'wholes')
        form = handed.setdefault(at, (self.r.choice(forms), b))[0]
        outputs, name = 'data.terraform_remote_state.other.outputs.', b[1][1]
        attribute = rest[1:]
        label = at.replace('.', '_')
        if form == 'one':
            handed.setdefault(at + rest, ('attribute', b))
            return outputs + '%s_%s' % (label, attribute)
        return outputs + {
            'map': 'all_%s["%s"]' % (attribute, label), 'whole': label + rest,
            'object': '%s.%s' % (label, attribute), 'list': 'list_%s_%s[0]' % (label, attribute),
            'wholes': 'everything["%s"]%s' % (label, rest)}[form]

    def outputs(self, handed):
        out, maps, wholes = [], {'arn': {}, 'key_id': {}, 'name': {}, 'id': {}}, {}

        def one(name, value):
            out.append(('output', [name], [('value', value)]))
        for at, (form, b) in handed.items():
            label = at.replace('.', '_')
            attributes = ('arn', 'name' if 'aws_iam' in at else 'key_id')
            if b[1][0] == 'aws_kms_alias':
                attributes = ('arn', 'name')
            if form == 'attribute':
                one(at.replace('.', '_'), Raw(at))
            elif form == 'whole':
                one(label, Raw(at))
            elif form == 'object':
                one(label, {a: Raw('%s.%s' % (at, a)) for a in attributes + ('id',)})
            elif form == 'list':
                for a in attributes:
                    one('list_%s_%s' % (label, a), [Raw('%s.%s' % (at, a))])
            elif form == 'wholes':
                wholes[label] = Raw(at)
            elif form == 'map':
                for a in attributes + ('id',):
                    maps[a][label] = Raw('%s.%s' % (at, a))
        for a, v in maps.items():
            if v:
                one('all_' + a, v)
        if wholes:
            one('everything', wholes)
        return out


def argument_of(body, name):
    return dict(body)[name]


def expressions_of(b):
    out = []
    rename(b, lambda raw: out.append(raw) or raw)
    return out


# symbolic links
def linked(files, r):
    """Some of the files, or a directory of a module, are elsewhere, and a link leads there."""
    out = dict(files)
    modules = sorted({p.rpartition('/')[0] for p in files if p.startswith('modules/')})
    if modules and r.randrange(2):
        folder = r.choice(modules)
        for path in files:
            if path.startswith(folder + '/'):
                out['links/' + path] = out.pop(path)
        out[folder] = Link('links/' + folder)
        return out
    paths = [p for p in sorted(files) if p.endswith(('.tf', '.tf.json'))]
    same = [(p, q) for p in paths for q in paths if p < q and files[p] == files[q] and
            p.rpartition('/')[2] == q.rpartition('/')[2]]
    if same and r.randrange(2):
        first, second = r.choice(same)
        out[second] = Link(first)
        return out
    path = r.choice(paths)
    out['links/' + path] = out.pop(path)
    out[path] = Link('links/' + path)
    return out


def followed(files):
    """With what is found at the end of each link."""
    out = {p: t for p, t in files.items() if type(t) is not Link}
    for path, to in files.items():
        if type(to) is not Link:
            continue
        if to in files:
            out[path] = files[to]
        for p, text in files.items():
            if p.startswith(to + '/'):
                out[path + p[len(to):]] = text
    return out
