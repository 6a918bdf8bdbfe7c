# SPDX-License-Identifier: MIT
"""Templates whose values depend on parameters, conditions and mappings: see choices.py."""
import collections
import copy
import itertools
import json

import circles
import cloudformation
from forms_cloudformation import Exports, Forms, twice
from forms_said import Said
from forms_sam import Around
from forms_serverless import Service
from forms_yaml import Written, at_times
from instances import ACCOUNT, REGION, key_id
from nest import Nest
from spell_cloudformation import Alias, Anchor, Fn, Literal, Speller, Yaml, plain


class Block(Yaml):
    """Functions over several lines, too, texts and what is written once."""
    def flow(self, v):
        if isinstance(v, Alias):
            return '*' + v.name
        return '&%s %s' % (v.name, self.flow(v.value)) if isinstance(v, Anchor) else \
            Yaml.flow(self, v)

    def block(self, v, depth):
        if isinstance(v, Anchor):
            return ' &%s%s' % (v.name, Yaml.block(self, v.value, depth))
        if isinstance(v, Alias):
            return ' *' + v.name
        if isinstance(v, Literal):
            return ' |\n' + '\n'.join('  ' * depth + line for line in v.split('\n'))
        if isinstance(v, Fn) and isinstance(v.arg, Literal):
            return ' !%s%s' % (v.name, self.block(v.arg, depth))
        if isinstance(v, Fn) and isinstance(v.arg, list) and isinstance(v.arg[0], Literal):
            return ' !%s%s' % (v.name, Yaml.block(self, v.arg, depth))
        if isinstance(v, Fn) and isinstance(v.arg, list) and self.r.randrange(2):
            if self.r.randrange(2):
                return Yaml.block(self, v.long(), depth)
            return ' !%s%s' % (v.name, Yaml.block(self, v.arg, depth))
        return Yaml.block(self, v, depth)

    def item(self, v, depth):
        if isinstance(v, (Alias, Anchor)):
            return self.block(v, depth)
        if isinstance(v, Fn) and isinstance(v.arg, list) and self.r.randrange(2):
            v = v.long()
        return Yaml.item(self, v, depth)


class Place:
    """A value in a template: of which container, of what kind. Lists have one, their members too."""
    def __init__(self, inside, key, kind, of_key):
        self.inside, self.key, self.kind, self.of_key = inside, key, kind, of_key

    @property
    def value(self):
        return self.inside[self.key]

    def put(self, value):
        self.inside[self.key] = value


UNTOUCHED = ('AssumeRolePolicyDocument', 'Type', 'Handler', 'Runtime', 'Description', 'MultiRegion',
             'Version', 'Path', 'AliasName', 'PolicyName')


def places(value, kind, of_key, out):
    pairs = enumerate(value) if isinstance(value, list) else \
        value.items() if isinstance(value, dict) else \
        enumerate(value.arg) if isinstance(value, Fn) and isinstance(value.arg, list) else ()
    for key, inner in pairs:
        if key in UNTOUCHED or isinstance(value, Fn) and (value.name != 'If' or not key):
            continue
        name = kind + '[]' if isinstance(value, list) else kind if isinstance(value, Fn) else key
        mine = of_key or key == 'KeyPolicy'
        out.append(Place(value.arg if isinstance(value, Fn) else value, key, name, mine))
        places(inner, name, mine, out)
    return out


def ways(given, random):
    """What may be chosen: at most 16 of all combinations."""
    every = list(itertools.product(*given.values()))
    return [dict(zip(given, one)) for one in random.sample(every, min(len(every), 16))]


class Blur(Forms, Around, Said, Written):
    """Lets values of a template depend on what nobody has chosen yet."""
    def __init__(self, template, flags, r, form=None):
        self.t, self.r, self.form = template, r, form
        self.given = {f: ['true', 'false'] for f in flags}
        self.conditions = list(template.get('Conditions', {}))
        self.anchored = False
        self.pools = collections.defaultdict(list)
        for p in self.places():
            self.pools[p.kind, p.of_key].append(copy.deepcopy(p.value))

    def places(self):
        out = []
        for r in self.t['Resources'].values():
            places(r['Properties'], '', False, out)
        return out

    def parameter(self, values, declared=None):
        name = 'P%d' % len(self.given)
        self.given[name] = values
        self.t.setdefault('Parameters', {})[name] = dict(
            {'Type': 'String'}, **(declared if declared is not None else {'AllowedValues': values}))
        return name

    def condition(self):
        """The name of one: an old one, or one made of parameters and others."""
        r = self.r
        if self.conditions and r.randrange(3):
            return r.choice(self.conditions)
        name = 'C%d' % len(self.conditions)
        how = r.randrange(5) if self.conditions else 0
        if how < 2:
            p = r.choice(list(self.given)) if self.given and r.randrange(2) else \
                self.parameter(['dev', 'prod'])
            value = self.given[p][0]
            is_text = isinstance(value, str)
            what = Fn('Equals', [Fn('Ref', p), value if is_text else 'dev'])
        else:
            ones = [Fn('Condition', r.choice(self.conditions)) for _ in range(2)]
            what = Fn('Not', ones[:1]) if how == 2 else Fn(r.choice(('And', 'Or')), ones)
        self.t.setdefault('Conditions', {})[name] = what
        self.conditions.append(name)
        return name

    def other(self, p):
        """Something else that may stand there, or nothing."""
        pool = self.pools[p.kind, p.of_key]
        if self.r.randrange(3) == 0 or not pool:
            return Fn('Ref', 'AWS::NoValue')
        return copy.deepcopy(self.r.choice(pool))

    def one_of_two(self, p):
        two = [copy.deepcopy(p.value), self.other(p)]
        if self.r.randrange(2):
            two.reverse()
        p.put(Fn('If', [self.condition()] + two))

    def of_given(self, p):
        """A key of one's own, or another one that is given, which is one that is here, too."""
        keys = [n for n, x in self.t['Resources'].items() if x['Type'] == 'AWS::KMS::Key']
        if p.kind not in ('Resource', 'Resource[]') or p.of_key or not isinstance(p.value, Fn) or \
                p.value.name != 'GetAtt':
            return self.one_of_two(p)
        name = self.parameter(['', 'arn:aws:kms:%s:%s:key/%s' % (
            REGION, ACCOUNT, key_id(self.r.choice(keys)))], {'Default': ''})
        own = 'C%d' % len(self.conditions)
        self.t.setdefault('Conditions', {})[own] = Fn('Equals', [Fn('Ref', name), ''])
        self.conditions.append(own)
        p.put(Fn('If', [own, p.value, Fn('Ref', name)]))

    def of_parameter(self, p):
        if not isinstance(p.value, str):
            return self.one_of_two(p)
        others = [v for v in self.pools[p.kind, p.of_key] if isinstance(v, str) and v != p.value]
        values = [p.value, self.r.choice(others or ['other'])]
        declared = self.r.choice(({'Default': p.value}, {'AllowedValues': values}, {},
                                  {'Default': values[1], 'AllowedValues': values}))
        p.put(Fn('Ref', self.parameter(values, declared)))

    def of_parts(self, p):
        """A text of which a part is a parameter."""
        if not isinstance(p.value, str) or len(p.value) < 2 or '${' in p.value:
            return self.of_list_parameter(p)
        at = self.r.randrange(1, len(p.value))
        if ':' in p.value and self.r.randrange(2):
            at = p.value.rindex(':') + 1
        head, tail = p.value[:at], p.value[at:]
        others = [v[at:] for v in self.pools[p.kind, p.of_key]
                  if isinstance(v, str) and v.startswith(head) and v != p.value and v[at:]]
        name = self.parameter([tail, self.r.choice(others or ['Other'])],
                              self.r.choice(({'Default': tail}, None)))
        how = self.r.randrange(3)
        if how == 0:
            p.put(Fn('Join', ['', [head, Fn('Ref', name)]]))
        elif how == 1:
            p.put(Fn('Sub', head + '${%s}' % name))
        else:
            p.put(Fn('Sub', [head + '${Tail}', {'Tail': Fn('If', [
                self.condition(), tail, self.r.choice(others or ['Other'])])}]))

    def of_list_parameter(self, p):
        if not isinstance(p.value, list) or not p.value or \
                not all(isinstance(x, str) for x in p.value):
            return self.one_of_two(p)
        others = [v for v in self.pools[p.kind, p.of_key]
                  if isinstance(v, list) and v and all(isinstance(x, str) for x in v)]
        values = [','.join(p.value), ','.join(self.r.choice(others or [p.value]))]
        declared = {'Type': 'CommaDelimitedList', 'Default': values[0]}
        if self.r.randrange(2):
            del declared['Default']
        p.put(Fn('Ref', self.parameter(values, declared)))

    def of_mapping(self, p):
        """Texts and lists of texts can stand in one."""
        def fits(v):
            return isinstance(v, str) or \
                isinstance(v, list) and v and all(isinstance(x, str) for x in v)
        others = [v for v in self.pools[p.kind, p.of_key] if fits(v) and type(v) is type(p.value)]
        if not fits(p.value) or not others:
            return self.one_of_two(p)
        maps = self.t.setdefault('Mappings', {})
        name = 'M%d' % len(maps)
        maps[name] = {'dev': {'v': copy.deepcopy(p.value)},
                      'prod': {'v': copy.deepcopy(self.r.choice(others))}}
        key = Fn('Ref', self.parameter(['dev', 'prod'])) if self.r.randrange(3) else 'dev'
        p.put(Fn('FindInMap', [name, key, 'v']))

    def of_list(self, p):
        """By position, or out of one text."""
        if not isinstance(p.value, list) or not all(isinstance(x, str) for x in p.value):
            pair = [copy.deepcopy(p.value), self.other(p)]
            if Fn('Ref', 'AWS::NoValue').arg in [x.arg for x in pair if isinstance(x, Fn)]:
                return self.one_of_two(p)
            which = self.r.randrange(2)
            p.put(Fn('Select', [str(which), pair if not which else pair[::-1]]))
        else:
            p.put(Fn('Split', [',', Fn('Join', [',', p.value]) if self.r.randrange(2)
                               else ','.join(p.value)]))

    def guard(self):
        """Resources under another condition, too."""
        name = self.r.choice(list(self.t['Resources']))
        self.t['Resources'][name]['Condition'] = self.condition()

    def blur(self):
        hows = (self.one_of_two, self.one_of_two, self.one_of_two, self.of_parameter,
                self.of_mapping, self.of_list, self.of_parts, self.of_given)
        for _ in range(self.r.choice((1, 1, 2, 2, 3, 4))):
            if self.r.randrange(3) == 0:
                form = self.r.choice((self.guard, self.of_managed_arns, self.of_literal,
                                      self.of_sam, self.of_sam, self.of_both, self.of_arn,
                                      self.of_region, self.of_boundary, self.of_path, self.of_more,
                                      self.of_ref_list))
                self.unless_circular(form)
                continue
            all_places = self.places()
            kind = self.r.choice(sorted({p.kind for p in all_places}))
            self.r.choice(hows)(self.r.choice([p for p in all_places if p.kind == kind]))
        if hasattr(self, self.form or '') and self.form != 'of_merge':
            self.unless_circular(getattr(self, self.form))

    def ways(self):
        return ways(self.given, self.r)


class Blurred(Speller):
    def spell_blurred(self, form=None):
        """(path -> text, what may be chosen). form: one that must be tried."""
        t = self.template()
        blur = Blur(t, self.m.flags, self.r, form)
        blur.blur()
        files, nested = {}, {}
        how = self.r.randrange(9) if form != 'serverless' else 8
        if how == 8 and not self.sam:
            service = Service(t, self.r).make()
            if service:
                return {'serverless.yml': Block(self.r).file(service) + '\n'}, blur.ways()
        if how < 2:
            nested['nested.yaml'] = child = Nest(t, self.r).split()
            at_times(t, blur)
            if child and self.r.randrange(3) == 0:
                twice(t, child, self.r)
        elif how == 2:
            nested['u.yaml'] = Exports(t, self.r).split()
        elif how == 3 and not self.sam:
            blur.of_loop()
        in_json = self.r.randrange(4) == 0
        if how > 3 and not in_json:
            blur.around()
            if form == 'of_merge' or self.r.randrange(8) == 0:
                blur.of_merge()
        if in_json:
            files['t.json'] = json.dumps(plain(t), indent=2) + '\n'
        else:
            files['t.yaml'] = Block(self.r).file(t) + '\n'
        for path, child in nested.items():
            if child:
                files[path] = Block(self.r).file(child) + '\n'
        return files, blur.ways()


def roots(files):
    return [path for path in files if path[0] in 'stu']


def world(files, given, before=None):
    """before: the files that were applied then."""
    stacks = cloudformation.deployed(files, given)
    if before:
        cloudformation.retain(stacks, cloudformation.deployed(before, given))
    circle = None
    for root in stacks:
        root.all_values()
        circle = circle or circles.in_stacks(root)
    managed = [s.property(n, 'PolicyDocument') for root in stacks for s in root.every()
               for n in s.of('AWS::IAM::ManagedPolicy')]
    return [p for s in stacks for p in s.principals()], [k for s in stacks for k in s.keys()], \
        managed, circle
