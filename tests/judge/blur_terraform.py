# SPDX-License-Identifier: MIT
"""Terraform whose values depend on variables that nobody sets: see choices.py."""
import collections
import copy
import re

import circles
import terraform
from blur_cloudformation import ways
from forms_accounts import Accounts
from forms_around import SPREADS, Around
from forms_documents import Documents
from forms_modules import Calls
from forms_several import Several
from forms_shared import Shared
from forms_terraform import Forms, copied, rename
from forms_tree import Tree, followed, linked
from spell_terraform import Encoded, Native, Raw, Speller, Text


class Place:
    """A value in a block; of what kind it is; in_text: in the text of a heredoc."""
    def __init__(self, inside, key, kind, context, in_text):
        self.inside, self.key, self.kind, self.context = inside, key, kind, context
        self.in_text = in_text

    @property
    def value(self):
        v = self.inside[self.key]
        return v[1] if self.is_argument() else v

    def is_argument(self):
        """Of a block, whose body is a list of pairs."""
        return self.context == 'body'

    def put(self, value):
        self.inside[self.key] = (self.inside[self.key][0], value) if self.is_argument() else value


UNTOUCHED = ('assume_role_policy', 'description', 'multi_region', 'version', 'Version', 'type',
             'count', 'for_each', 'provider', 'source', 'path', 'test', 'variable', 'region',
             'alias', 'primary_key_arn')


def body_places(body, out):
    for i, item in enumerate(body):
        if len(item) == 3:
            body_places(item[2], out)
        elif item[0] not in UNTOUCHED:
            out.append(Place(body, i, item[0], 'body', False))
            value_places(item[1], item[0], False, out)


def value_places(v, kind, in_text, out):
    if isinstance(v, (Encoded, Text)):
        value_places(v.value, kind, isinstance(v, Text), out)
    pairs = enumerate(v) if isinstance(v, list) else v.items() if isinstance(v, dict) else ()
    for key, inner in pairs:
        name = kind + '[]' if isinstance(v, list) else key
        if name not in UNTOUCHED:
            out.append(Place(v, key, name, 'value', in_text))
            value_places(inner, name, in_text, out)


def is_text(v):
    return isinstance(v, (str, tuple))


class Blur(Forms, Around, Several, Calls, Documents, Tree, Accounts, Shared):
    def __init__(self, blocks, flags, r, form=None):
        self.blocks, self.r, self.form = blocks, r, form
        self.given = {f: [True, False] for f in flags}
        self.locals, self.names = [], 0
        self.inner, self.calls = {}, 0      # what modules are made of, by folder
        self.files = {}                     # others
        self.overrides, self.roots = [], {}
        self.pools = collections.defaultdict(list)
        for p in self.places():
            self.pools[p.kind].append(copy.deepcopy(p.value))

    def rename_all(self, old, new):
        """What `new` makes of each match."""
        def renamed(text):
            return Raw(re.sub(old, new, text))
        self.blocks[:] = [rename(b, renamed) for b in self.blocks]
        self.locals[:] = [rename(x, renamed) for x in self.locals]

    def places(self):
        out = []
        for kind, _, body in self.blocks:
            if kind in ('resource', 'data', 'locals', 'module'):
                body_places(body, out)
        return out

    def places_in(self, v, is_body):
        out = []
        body_places(v, out) if is_body else value_places(v, '', False, out)
        return out

    # what things are made of
    def say(self, v):
        """As an expression."""
        return Native(self.r).value(v, 1)

    def variable(self, kind, values, default=False):
        self.names += 1
        name = 'v%d' % self.names
        self.given[name] = values
        body = [('type', Raw(kind))]
        if default:
            body.append(('default', values[0]))
        self.blocks.append(('variable', [name], body))
        return 'var.' + name

    def flag(self):
        """A condition."""
        flags = [n for n, v in self.given.items() if type(v[0]) is bool]
        if flags and self.r.randrange(3):
            f = 'var.' + self.r.choice(flags)
        else:
            f = self.variable('bool', [True, False], self.r.randrange(4) == 0)
        how = self.r.randrange(12)
        if how > 8:
            return self.asked(f)
        if how == 0:
            return '!' + f
        if how == 1:
            return self.variable('string', ['prod', 'dev']) + ' == "prod"'
        if how == 2:
            return '(%s && %s)' % (f, self.flag())
        if how == 3:
            return self.local(f)
        return f

    def asked(self, f):
        """A condition in other words."""
        return self.r.choice((
            lambda: self.local('"dev"') + self.r.choice((' == "prod"', ' == "dev"')),
            lambda: self.workspace() + ' == "prod"', lambda: self.workspace() + ' != "dev"',
            lambda: 'contains(["prod", "test"], %s)' % self.variable('string', ['prod', 'dev']),
            lambda: '%s != null' % self.variable('string', [None, 'x'], True),
            lambda: 'length(%s) > 0' % self.variable('list(string)', [[], ['x']], True),
            lambda: self.variable('object({ on = bool })', [{'on': True}, {'on': False}]) + '.on',
            lambda: 'lookup(%s, "on", false)' % self.variable('map(bool)', [{'on': True}, {}]),
            lambda: 'try(%s.on, false)' % self.variable('any', [{'on': True}, {}]),
            lambda: 'anytrue([%s, %s])' % (f, self.flag())))()

    def workspace(self):
        self.given['terraform.workspace'] = ['prod', 'dev']
        return 'terraform.workspace'

    def local(self, expression):
        name = 'l%d' % len(self.locals)
        self.locals.append((name, Raw(expression)))
        return 'local.' + name

    def other(self, p):
        """Something else that may stand there."""
        same = [v for v in self.pools[p.kind] if type(v) is type(p.value) and
                not (isinstance(v, dict) and v.keys() != p.value.keys())]
        return copy.deepcopy(self.r.choice(same)) if same else None

    # lists
    def of_list(self, p):
        r, v = self.r, p.value
        other = self.other(p) or v
        texts = all(is_text(x) for x in v)
        plain = all(type(x) is str for x in v)
        at = r.randrange(len(v) + 1)
        first, rest = self.say(v[:at]), self.say(v[at:])
        whole, instead = self.say(v), self.say(other)
        some = self.flag()
        forms = [
            lambda: 'concat(%s, %s ? %s : [])' % (first, some, rest),
            lambda: 'concat(%s, %s)' % (first, rest),
            lambda: '%s ? %s : %s' % (some, whole, instead),
            lambda: '%s ? %s : []' % (some, whole),
            lambda: 'flatten([%s, %s ? %s : []])' % (first, some, rest),
            lambda: self.local(whole),
            lambda: '[for x in %s : x if %s]' % (whole, some),
            lambda: '[for x in %s : x]' % whole,
            lambda: '{ dev = %s, prod = %s }[%s]' % (
                whole, instead, self.variable('string', ['dev', 'prod'], r.randrange(2))),
            lambda: 'lookup({ dev = %s }, %s, %s)' % (
                whole, self.variable('string', ['dev', 'prod']), instead),
            lambda: 'try(%s, [])' % whole,
            lambda: 'coalescelist(%s ? %s : [], %s)' % (some, whole, instead),
            lambda: 'concat([for f in [%s] : %s if f]...)' % (some, whole),
            lambda: 'flatten([for f in [true, %s] : %s if f])' % (some, whole),
        ]
        if texts:
            forms += [
                lambda: 'compact(concat(%s, [%s ? %s : ""]))' % (
                    first, some, self.say(r.choice(v or [''])) ),
                lambda: 'distinct(concat(%s, %s))' % (whole, instead),
                lambda: 'tolist(toset(%s))' % whole,
                lambda: 'setunion(%s, %s ? %s : [])' % (first, some, rest),
            ]
        if plain and v:
            forms += [lambda: self.variable('list(string)', [v, other], r.randrange(2)),
                      lambda: 'split(",", %s)' % self.say(','.join(v)),
                      lambda: 'setsubtract(%s, %s ? [] : [%s])' % (
                          whole, some, self.say(r.choice(v)))]
        p.put(Raw(r.choice(forms)()))

    # texts
    def of_text(self, p):
        r, v = self.r, p.value
        other = self.other(p) or v
        whole, instead, some = self.say(v), self.say(other), self.flag()
        forms = [
            lambda: '%s ? %s : %s' % (some, whole, instead),
            lambda: self.local(whole),
            lambda: '{ dev = %s, prod = %s }[%s]' % (
                whole, instead, self.variable('string', ['dev', 'prod'], r.randrange(2))),
            lambda: 'lookup({ dev = %s }, %s, %s)' % (
                whole, self.variable('string', ['dev', 'prod']), instead),
            lambda: 'try(%s, %s)' % (whole, instead),
            lambda: 'coalesce(%s ? %s : "", %s)' % (some, whole, instead),
            lambda: 'element([%s, %s], %s ? 0 : 1)' % (whole, instead, some),
            lambda: '[%s, %s][0]' % (whole, instead),
            lambda: 'one(compact([%s ? %s : ""]))' % (some, whole),
            lambda: 'one([for f in [%s] : %s if f])' % (some, whole),
        ]
        if type(v) is str and type(other) is str and v:
            at = v.rindex(':') + 1 if ':' in v else r.randrange(len(v))
            tail = other[at:] if other.startswith(v[:at]) and other != v else 'Other'
            forms += [
                lambda: self.variable('string', [v, other], r.randrange(2)),
                lambda: 'coalesce(%s, %s)' % (self.variable('string', [None, other], True), whole),
                lambda: self.say((v[:at], Raw(self.variable('string', [v[at:], tail],
                                                            r.randrange(2))))),
                lambda: 'format("%%s%%s", %s, %s ? %s : %s)' % (
                    self.say(v[:at]), some, self.say(v[at:]), self.say(tail)),
                lambda: 'join("", [%s, %s])' % (self.say(v[:at]), self.say(v[at:])),
            ]
        said = Raw(r.choice(forms)())
        p.put((said,) if p.in_text or r.randrange(6) == 0 else said)

    def of_object(self, p):
        r, v = self.r, p.value
        other = self.other(p)
        some, whole = self.flag(), self.say(v)
        forms = [lambda: self.local(whole), lambda: 'merge(%s, {})' % whole]
        if other:
            forms.append(lambda: '%s ? %s : %s' % (some, whole, self.say(other)))
            forms.append(lambda: '[%s, %s][%s ? 0 : 1]' % (whole, self.say(other), some))
        if len(v) > 1:
            last = list(v)[-1]
            forms.append(lambda: 'merge(%s, { %s = %s })' % (
                self.say({k: x for k, x in v.items() if k != last}), last, self.say(v[last])))
        p.put(Raw(r.choice(forms)()))

    def of_value(self):
        every = self.places()
        if not every:
            return
        kind = self.r.choice(sorted({p.kind for p in every}))
        p = self.r.choice([p for p in every if p.kind == kind])
        if is_text(p.value):
            self.of_text(p)
        elif isinstance(p.value, list) and not p.in_text:
            self.of_list(p)
        elif isinstance(p.value, dict) and not p.in_text:
            self.of_object(p)
        elif isinstance(p.value, Encoded):
            self.of_text(p)

    # blocks
    def of_statement(self):
        """A statement block that is there at times, or for each of something."""
        bodies = [b[2] for b in self.blocks if b[:1] == ('data',)]
        where = [(body, i) for body in bodies for i, item in enumerate(body)
                 if item[0] == 'statement']
        if not where:
            return self.of_value()
        body, i = self.r.choice(where)
        content = list(body[i][2])
        n = next((n for n, x in enumerate(content) if x[0] in ('actions', 'resources') and
                  isinstance(x[1], list)), None)
        how = self.r.randrange(4)
        if how == 0 and n is not None:
            over = 'toset(%s)' % self.say(content[n][1]) if self.r.randrange(2) else \
                self.say(content[n][1])
            content[n] = (content[n][0], [Raw('statement.value')])
            content = [x for x in content if x[0] != 'sid']
        elif how == 1 and n is not None:
            over = '%s ? { one = %s } : {}' % (self.flag(), self.say(content[n][1]))
            content[n] = (content[n][0], Raw('statement.value'))
        elif how == 2:
            over = '[for f in [%s] : f if f]' % self.flag()
        else:
            over = '%s ? [1] : []' % self.flag()
        body[i] = ('dynamic', ['statement'], [('for_each', Raw(over)), ('content', [], content)])

    def of_resource(self):
        """One that is there at times. What refers to it says so, or not."""
        every = self.resources('.*')
        if not every:
            return self.of_value()
        _, (kind, name), body = self.r.choice(every)
        how, some = self.r.randrange(4), self.flag()
        if how == 0:
            body.insert(0, ('for_each', Raw('%s ? { on = "a" } : {}' % some)))
            index = '["on"]'
        elif how == 1:
            body.insert(0, ('for_each', Raw('toset(%s ? ["on"] : [])' % some)))
            index = '["on"]'
        else:
            body.insert(0, ('count', Raw('%s ? 1 : 0' % some)))
            index = '[0]'
        form = '{0}' + index + '.{1}' if how < 2 or self.r.randrange(2) else self.r.choice((
            'one({0}[*].{1})', 'join("", {0}.*.{1})', 'try({0}[0].{1}, "")',
            'element(concat({0}[*].{1}, [""]), 0)', 'coalesce(one({0}[*].{1}), "none")'))
        self.rename_all(r'(?<![\w.])%s\.%s\.(\w+)' % (kind, name),
                        lambda m: form.format('%s.%s' % (kind, name), m.group(1)))

    def of_each(self):
        """An attachment or inline policy for each of several principals."""
        every = self.resources('aws_iam_(role|user)_policy(_attachment)?')
        if not every:
            return self.of_resource()
        _, (kind, name), body = self.r.choice(every)
        who = kind.split('_')[2]
        i = next(i for i, x in enumerate(body) if x[0] == who)
        names = self.references('aws_iam_' + who, 'name')
        if body[i][1] not in names:
            names.append(body[i][1])
        keyed = {'k%d' % n: x for n, x in enumerate(names)}
        some = self.flag()
        form = self.r.randrange(4)
        if form == 0:
            over = self.say(keyed)
        elif form == 1:
            over = '{ for k, v in %s : k => v if %s }' % (self.say(keyed), some)
        elif form == 2:
            over = '%s ? %s : {}' % (some, self.say(keyed))
        else:
            over = 'merge(%s, %s ? %s : {})' % (self.say({'k': body[i][1]}), some, self.say(keyed))
        body[i] = (who, Raw('each.value'))
        body.insert(0, ('for_each', Raw(over)))
        name_each(body)

    def of_document(self):
        """A policy that comes from another data block, or one of two."""
        docs = [b[1][1] for b in self.blocks
                if b[0] == 'data' and b[1][0] == 'aws_iam_policy_document']
        where = [p for p in self.places() if p.kind == 'policy' and p.is_argument() and
                 str(p.value).startswith('data.aws_iam_policy_document.')]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        if self.r.randrange(2):
            other = 'data.aws_iam_policy_document.%s.json' % self.r.choice(docs)
            p.put(Raw('%s ? %s : %s' % (self.flag(), p.value, other)))
            return
        name = 'joined%d' % len(docs)
        sources = self.r.choice((
            lambda: [p.value], lambda: Raw('[for f in [%s] : %s if f]' % (self.flag(), p.value)),
            lambda: Raw('compact([%s ? %s : ""])' % (self.flag(), p.value)),
            lambda: Raw('%s ? [%s] : []' % (self.flag(), p.value))))()
        self.blocks.append(('data', ['aws_iam_policy_document', name],
                            [('source_policy_documents', sources)]))
        p.put(Raw('data.aws_iam_policy_document.%s.json' % name))

    def blur(self):
        hows = (self.of_value, self.of_value, self.of_value, self.of_value, self.of_statement,
                self.of_resource, self.of_each, self.of_document, self.of_module, self.of_roles,
                self.of_keys, self.of_any_module, self.of_any_module, self.of_objects,
                self.of_lookup, self.of_managed_arns, self.of_names, self.of_inline_blocks,
                self.of_file, self.of_encoded, self.of_literal, self.of_directive,
                self.of_lifecycle, self.of_provider, self.of_template, self.of_known_key,
                self.of_known_key, self.of_known_policy, self.of_known_role, self.of_given_key,
                self.of_counted, self.of_overriding, self.of_rest, self.of_rest,
                self.of_only_rest, self.of_twice, self.of_sid, self.of_boundary,
                self.of_key_module, self.of_key_module, self.of_role_module, self.of_one_provider,
                self.of_one_provider, self.of_decoded, self.of_map, self.of_statements_module,
                self.of_statements_module, self.of_module_provider, self.of_second_writer,
                self.of_keys_module, self.of_heredoc, self.of_roles_module,
                self.of_each_key)
        for _ in range(self.r.choice((1, 1, 2, 2, 3, 4))):
            self.r.choice(hows)()
        if self.form not in SPREADS and hasattr(self, self.form or ''):
            getattr(self, self.form)()
        if self.r.randrange(3) == 0:
            self.mention()
        if self.r.randrange(8) == 0:
            self.of_override()
        if self.locals:
            self.blocks.append(('locals', [], self.locals))
        self.spread()


def name_each(body):
    """Two of one name would be one."""
    for i, x in enumerate(body):
        if x[0] == 'name':
            body[i] = ('name', Raw('"%s-${each.key}"' % x[1]) if type(x[1]) is str else
                       Raw('"${%s}-${each.key}"' % (x[1][0] if isinstance(x[1], tuple) else x[1])))


class Blurred(Speller):
    json_in = 12

    def spell_blurred(self, form=None):
        """(path -> text, what may be chosen). form: one that must be tried."""
        files = {}
        self.declare(files)
        # Texts that two blocks share are written out in both.
        self.blocks = copied(self.blocks)
        blur = Blur(self.blocks, self.m.flags, self.r, form)
        blur.blur()
        self.r.shuffle(self.blocks)
        for folder, blocks in {'': self.blocks, **blur.roots, **blur.inner}.items():
            if blocks:
                self.write(blocks, folder, files)
        if blur.overrides:
            at = 'modules/app/' if 'modules/app/' in blur.inner else ''
            files[at + self.r.choice(('f0_override.tf', 'override.tf'))] = Native(self.r).file(
                blur.overrides)
        files.update(blur.files)
        if self.r.randrange(10) == 0 or form == 'linked':
            files = linked(files, self.r)
        return files, ways(blur.given, self.r)


def world(files, given, before=None):
    """before: the files that were applied then."""
    files, before = followed(files), before and followed(before)

    def of(all_files, live=None):
        return terraform.World(all_files, given, roots=roots(all_files), live=live)
    w = of(files, of(before) if before else None)
    w.all_values()
    return w.principals(), w.keys(), list(w.managed.values()), circles.in_terraform(w)


def roots(files):
    """Folders of code that no other calls: ours are all in modules/, and links lead to links/."""
    return sorted({path.rpartition('/')[0] for path in files
                   if path.endswith(('.tf', '.tf.json')) and
                   not path.startswith(('modules/', 'links/'))})
