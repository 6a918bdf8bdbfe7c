# SPDX-License-Identifier: MIT
"""More forms of real templates, for the random code of blur_cloudformation.py: attachments from the
role's side, names and ARNs as texts, policies as JSON in a text, anchors, loops, dependencies and
outputs, a nested template used twice, and stacks that import from each other."""
import copy
import json
import re

import circles
from models import ACCOUNT
from nest import Nest
from spell_cloudformation import Alias, Anchor, Fn, Literal, plain

NOTHING = Fn('Ref', 'AWS::NoValue')


def texts_of(document):
    """JSON for Fn::Sub, or None when a function in it is none of those that a text can have."""
    def one(v):
        if isinstance(v, Fn) and v.name == 'Ref' and v.arg != 'AWS::NoValue':
            return '${%s}' % v.arg
        if isinstance(v, Fn) and v.name == 'GetAtt':
            return '${%s}' % '.'.join(v.arg)
        if isinstance(v, Fn) and v.name == 'Sub' and isinstance(v.arg, str):
            return v.arg
        if isinstance(v, Fn):
            raise ValueError
        if isinstance(v, str):
            return v.replace('${', '${!')
        if isinstance(v, list):
            return [one(x) for x in v]
        return {k: one(x) for k, x in v.items()} if isinstance(v, dict) else v
    try:
        return json.dumps(one(document), indent=2, ensure_ascii=False)
    except ValueError:
        return None


class Forms:
    """Of a Blur."""
    def of_type(self, *kinds):
        return [n for n, r in self.t['Resources'].items() if r['Type'] in kinds]

    def properties(self, name):
        return self.t['Resources'][name]['Properties']

    def unless_circular(self, form):
        """What would wait for itself is left."""
        before = copy.deepcopy(self.t['Resources'])
        form()
        resources = plain(self.t['Resources'])
        if circles.circle({n: set(circles.names_in(r)) & set(resources)
                           for n, r in resources.items()}):
            self.t['Resources'] = before

    def of_managed_arns(self):
        """The role says which managed policies it has."""
        where = [(n, kind, p) for n in self.of_type('AWS::IAM::ManagedPolicy')
                 for kind in ('Role', 'User', 'Group')
                 for p in self.names(self.properties(n).get(kind + 's'))]
        if not where:
            return
        name, kind, who = self.r.choice(where)
        mine = self.properties(name)
        mine[kind + 's'] = [x for x in mine[kind + 's']
                            if plain(x) != {'Ref': who}]
        if not mine[kind + 's']:
            del mine[kind + 's']
        arn = Fn('Ref', name)
        if self.r.randrange(3) == 0:
            arn = Fn('If', [self.condition(), arn, NOTHING])
        kept = self.properties(who).setdefault('ManagedPolicyArns', [])
        if isinstance(kept, list):
            kept.append(arn)

    def names(self, v):
        """Of a plain list of references to resources."""
        return [x.arg for x in v if isinstance(x, Fn) and x.name == 'Ref' and
                x.arg in self.t['Resources']] if isinstance(v, list) else []

    def of_literal(self):
        """A role or user by its name or a composed ARN, as whoever knows it by heart writes it."""
        def one(v):
            of = v.arg if isinstance(v, Fn) and v.name == 'Ref' else \
                v.arg[0] if isinstance(v, Fn) and v.name == 'GetAtt' else None
            kind = self.t['Resources'].get(of, {}).get('Type', '').rsplit(':', 1)[-1]
            label = self.t['Resources'].get(of, {}).get('Properties', {}).get(kind + 'Name')
            if kind not in ('Role', 'User') or type(label) is not str or self.r.randrange(2):
                return v
            if v.name == 'Ref':
                return label
            path = self.properties(of).get('Path', '/')
            tail = ':%s%s%s' % (kind.lower(), path, label)
            return self.r.choice((Fn('Sub', 'arn:aws:iam::${AWS::AccountId}' + tail),
                                  'arn:aws:iam::' + ACCOUNT + tail))
        name = self.r.choice(list(self.t['Resources']))
        self.t['Resources'][name]['Properties'] = changed(self.properties(name), one)

    def of_text(self):
        """A policy that is JSON in a text."""
        where = [(self.properties(n), k) for n in self.t['Resources']
                 for k in ('PolicyDocument', 'KeyPolicy')
                 if isinstance(self.properties(n).get(k), dict)]
        if not where:
            return
        inside, key = self.r.choice(where)
        text = texts_of(inside[key])
        if text and '${' in text:
            inside[key] = Fn('Sub', Literal(text))
        elif text:
            inside[key] = Literal(text)

    def of_anchor(self):
        """What two resources have is written once."""
        kinds = [('AWS::KMS::Key',), ('AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy',
                                      'AWS::IAM::RolePolicy')]
        names = self.of_type(*self.r.choice(kinds))
        if len(names) < 2 or self.anchored:
            return
        first, second = self.r.sample(range(len(names)), 2)
        first, second = names[min(first, second)], names[max(first, second)]
        key = 'KeyPolicy' if 'KeyPolicy' in self.properties(first) else 'PolicyDocument'
        if key not in self.properties(first) or key not in self.properties(second):
            return
        self.anchored = True
        mine, theirs = self.properties(first), self.properties(second)
        if self.r.randrange(2) and isinstance(mine[key], dict) and isinstance(theirs[key], dict):
            mine, theirs, key = mine[key], theirs[key], 'Statement'
        mine[key], theirs[key] = Anchor('shared', mine[key]), Alias('shared')

    def of_loop(self):
        """Fn::ForEach."""
        names = self.of_type('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
        if not names:
            return
        name = self.r.choice(names)
        resources = self.t['Resources']
        if name in list(circles.names_in(plain(resources))):
            return
        r = resources.pop(name)
        if 'PolicyName' in r['Properties']:
            r['Properties']['PolicyName'] = Fn('Sub', name + '-${Each}')
        roles = [n for n in self.of_type('AWS::IAM::Role') if 'Condition' not in resources[n]]
        over = ['One', 'Two']
        if 'Roles' in r['Properties'] and roles and self.r.randrange(2):
            over, r['Properties']['Roles'] = roles[:2], [Fn('Ref', 'Each')]
        self.t['Transform'] = 'AWS::LanguageExtensions' if 'Transform' not in self.t else [
            'AWS::LanguageExtensions', self.t['Transform']]
        resources['Fn::ForEach::' + name] = ['Each', over, {name + '${Each}': r}]

    def around(self):
        """What is said of whole resources, and how they are written."""
        if self.r.randrange(4) == 0:
            self.unless_circular(self.mention)
        if self.r.randrange(4) == 0:
            self.of_text()
        if self.r.randrange(6) == 0:
            self.of_anchor()

    def mention(self):
        """Dependencies and outputs."""
        resources = self.t['Resources']
        one, other = (self.r.choice(list(resources)) for _ in range(2))
        how = self.r.randrange(3)
        if how == 0 and one != other and isinstance(resources[one], dict):
            resources[one]['DependsOn'] = self.r.choice((other, [other]))
        elif how == 1 and isinstance(resources[one], dict):
            resources[one]['DeletionPolicy'] = self.r.choice(('Delete', 'Retain'))
        elif isinstance(resources[one], dict):
            output = {'Value': Fn('Ref', one)}
            if 'Condition' in resources[one]:
                output['Condition'] = resources[one]['Condition']
            self.t.setdefault('Outputs', {})['Of' + one] = output


class Exports(Nest):
    """Moves some resources to a stack of their own, from which the others import, or the reverse."""
    def __init__(self, template, random):
        Nest.__init__(self, template, random)
        self.exports = {True: {}, False: {}}    # of the new stack, of the old one

    def split(self):
        inner, outer = self.sides()
        if not inner or not outer or 'Outputs' in self.t:
            return None
        child = self.child()
        resources = self.t['Resources']
        new = {n: self.moved(r, outer, self.of_old) for n, r in resources.items() if n in inner}
        old = {n: self.moved(r, inner, self.of_new) for n, r in resources.items() if n in outer}
        if all(self.exports.values()):
            return None
        child['Resources'], self.t['Resources'] = new, old
        for t, mine in ((child, True), (self.t, False)):
            if self.exports[mine]:
                t['Outputs'] = self.exports[mine]
        return child

    def of_old(self, name, attribute):
        return self.import_of(name, attribute, False)

    def of_new(self, name, attribute):
        return self.import_of(name, attribute, True)

    def import_of(self, name, attribute, new):
        output = name + (attribute or 'Name')
        out = {'Value': Fn('GetAtt', [name, attribute]) if attribute else Fn('Ref', name),
               'Export': {'Name': 'env-' + output}}
        if self.conditions[name]:
            out['Condition'] = self.conditions[name]
        self.exports[new][output] = out
        return Fn('ImportValue', 'env-' + output), output

    def moved(self, v, away, how):
        """In a text an import has a name of its own."""
        if not isinstance(v, Fn) or v.name != 'Sub':
            return Nest.moved(self, v, away, how)
        text, more = v.arg if isinstance(v.arg, list) else (v.arg, {})
        more = Nest.moved(self, more, away, how)

        def one(m):
            name, _, attribute = m.group(1).partition('.')
            if name not in away:
                return m.group()
            value, label = how(name, attribute or None)
            more[label] = value
            return '${%s}' % label
        kind = type(text)
        text = kind(re.sub(r'\$\{([^}!]*)\}', one, text))
        return Fn('Sub', [text, more] if more else text)


def twice(template, child, r):
    """The nested template is another stack, too, which is given other things."""
    for one in child['Resources'].values():
        for label in ('RoleName', 'UserName', 'GroupName', 'PolicyName', 'ManagedPolicyName',
                      'AliasName'):
            if one['Type'] != 'AWS::IAM::Policy' and 'Policy' not in label:
                one['Properties'].pop(label, None)
    first = template['Resources']['Nested']['Properties']
    second = copy.deepcopy(template['Resources']['Nested'])
    given = second['Properties'].get('Parameters', {})
    for name in list(given):
        mine = template.get('Parameters', {}).get(name)
        same = [v for n, v in first['Parameters'].items() if plain(v) != plain(given[name]) and
                n not in template.get('Parameters', {}) and n[-3:] == name[-3:]]
        if mine and 'AllowedValues' in mine and r.randrange(2):
            given[name] = r.choice(mine['AllowedValues'])
        elif not mine and same and r.randrange(2):
            given[name] = r.choice(same)
    template['Resources']['Nested2'] = second


def changed(v, one):
    """A copy with every function that stands alone replaced."""
    if isinstance(v, Fn) and v.name in ('Ref', 'GetAtt'):
        return one(v)
    if isinstance(v, Fn):
        return Fn(v.name, changed(v.arg, one)) if v.name == 'If' else v
    if isinstance(v, list):
        return [changed(x, one) for x in v]
    return {k: changed(x, one) for k, x in v.items()} if isinstance(v, dict) else v
