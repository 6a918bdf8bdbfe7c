# SPDX-License-Identifier: MIT
"""Forms of how templates say ARNs, names and boundaries, for the random code of
blur_cloudformation.py."""
from forms_cloudformation import NOTHING, changed
from instances import OUTSIDE
from models import ACCOUNT, REGION
from spell_cloudformation import Fn


class Said:
    """Of a Blur."""
    def of_arn(self):
        """The ARN of a key, put together of its parts."""
        keys = self.of_type('AWS::KMS::Key')

        def one(v):
            of = v.arg[0] if v.name == 'GetAtt' else None
            if of not in keys or self.r.randrange(2):
                return v
            parts = ['arn:aws:kms:', Fn('Ref', 'AWS::Region'), ':',
                     Fn('Ref', 'AWS::AccountId'), ':key/', Fn('Ref', of)]
            return self.r.choice((
                lambda: Fn('Join', ['', parts]),
                lambda: Fn('Join', [':', ['arn', 'aws', 'kms', Fn('Ref', 'AWS::Region'), Fn(
                    'Ref', 'AWS::AccountId'), Fn('Sub', 'key/${%s}' % of)]]),
                lambda: Fn('Sub', 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/'
                           '${%s}' % of),
                lambda: Fn('Sub', ['${K}', {'K': v}]),
                lambda: Fn('Sub', ['arn:aws:kms:%s:${AWS::AccountId}:key/${K}' % REGION,
                                   {'K': Fn('Ref', of)}]),
                lambda: Fn('Select', ['0', [v, 'none']]),
                lambda: Fn('If', [self.condition(), v, v])))()
        name = self.r.choice(list(self.t['Resources']))
        self.t['Resources'][name]['Properties'] = changed(self.properties(name), one)

    def of_region(self):
        """A text or list of texts in a map by Region or account."""
        where = [p for p in self.places() if isinstance(p.value, str) or isinstance(
            p.value, list) and p.value and all(isinstance(x, str) for x in p.value)]
        if where:
            p = self.r.choice(where)
            p.put(Fn('FindInMap', self.by_region(p.value)))

    def by_region(self, value):
        maps = self.t.setdefault('Mappings', {})
        name = 'R%d' % len(maps)
        maps[name] = {REGION: {'other': 'x', 'v': value}}
        return [name, self.r.choice((REGION, Fn('Ref', 'AWS::Region'))), 'v']

    def of_boundary(self):
        """A boundary that is named by a parameter, a text, or at times only."""
        who = self.of_type('AWS::IAM::Role', 'AWS::IAM::User', 'AWS::Serverless::Function')
        if not who:
            return
        properties = self.properties(self.r.choice(who))
        managed = [n for n in self.of_type('AWS::IAM::ManagedPolicy')
                   if 'Condition' not in self.t['Resources'][n]]
        outside = self.r.choice(sorted(OUTSIDE))
        new = [outside, Fn('Ref', self.parameter([outside], {}))]
        if managed:
            name = self.r.choice(managed)
            mine = self.properties(name)
            if 'ManagedPolicyName' not in mine and self.r.randrange(2):
                mine['ManagedPolicyName'] = 'own' + name
            new.append(Fn('Ref', name))
            if 'ManagedPolicyName' in mine:
                new += ['arn:aws:iam::%s:policy/own%s' % (ACCOUNT, name),
                        Fn('Sub', 'arn:aws:iam::${AWS::AccountId}:policy/own' + name),
                        Fn('Join', ['', ['arn:aws:iam::', Fn('Ref', 'AWS::AccountId'),
                                         ':policy/own' + name]])]
        one = self.r.choice(new)
        how = self.r.randrange(3)
        if how == 0:
            one = Fn('If', [self.condition()] + self.r.sample([one, NOTHING], 2))
        elif how == 1:
            one = Fn('If', [self.condition(), one, self.r.choice(new)])
        properties['PermissionsBoundary'] = one

    def of_path(self):
        """A role with a name made of the stack's, and who names it so."""
        roles = [n for n in self.of_type('AWS::IAM::Role') if type(
            self.properties(n).get('RoleName')) is str]
        if not roles:
            return
        name = self.r.choice(roles)
        made = self.r.choice((Fn('Sub', '${AWS::StackName}-' + name),
                              Fn('Join', ['-', [Fn('Ref', 'AWS::StackName'), name]])))
        self.properties(name)['RoleName'] = made

        def one(v):
            return made if v.name == 'Ref' and v.arg == name and self.r.randrange(2) else v
        for other in self.of_type('AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy',
                                  'AWS::IAM::RolePolicy'):
            self.t['Resources'][other]['Properties'] = changed(self.properties(other), one)
