# SPDX-License-Identifier: MIT
"""A template as the resources of a service of the Serverless Framework, whose own role has what a
role of the template had, for the random code of blur_cloudformation.py."""
from nest import Nest
from spell_cloudformation import Fn, plain

ROLE = 'IamRoleLambdaExecution'
PLUGIN = 'serverless-iam-roles-per-function'


def statements_of(policy):
    """Of a document, when it is plain enough to be a list of the service."""
    found = policy.get('Statement') if isinstance(policy, dict) else None
    found = [found] if isinstance(found, dict) else found
    return found if isinstance(found, list) and all(isinstance(s, dict) for s in found) and \
        policy['Version'] == '2012-10-17' else None


class Service(Nest):
    """Of a template without SAM."""
    def role(self):
        """The name of one that the framework can make."""
        every = [n for n, r in self.t['Resources'].items() if r['Type'] == 'AWS::IAM::Role' and
                 'Condition' not in r and 'DependsOn' not in r and set(r['Properties']) <= {
                     'RoleName', 'AssumeRolePolicyDocument', 'Policies', 'ManagedPolicyArns',
                     'PermissionsBoundary'}]
        return self.r.choice(every) if every else None

    def taken(self, name):
        """The statements that become those of the service; their policies go."""
        resources, out = self.t['Resources'], []
        policies = resources[name]['Properties'].get('Policies', [])
        for p in policies if isinstance(policies, list) else []:
            mine = statements_of(p.get('PolicyDocument')) if isinstance(p, dict) else None
            if mine is None:
                return None
            out += mine
        if not isinstance(policies, list):
            return None
        for other, r in list(resources.items()):
            p = r['Properties']
            if r['Type'] == 'AWS::IAM::Policy' and 'Condition' not in r and \
                    plain(p.get('Roles')) == [{'Ref': name}] and statements_of(p['PolicyDocument']):
                if self.is_named(other):
                    continue
                out += statements_of(resources.pop(other)['Properties']['PolicyDocument'])
        return out

    def is_named(self, name):
        return "'%s'" % name in str(plain(self.t))

    def make(self):
        """The service, or None."""
        name = self.role()
        statements = self.taken(name) if name else None
        if statements is None:
            return None
        resources = self.t['Resources']
        mine = resources.pop(name)['Properties']
        own = self.r.randrange(3) == 0 and statements and not (
            'ManagedPolicyArns' in mine or 'PermissionsBoundary' in mine)
        self.label = ('Hello' if own else '') + ROLE
        self.t = self.moved(self.t, {name}, self.named)
        statements = self.moved(statements, {name}, self.named)
        mine = self.moved(mine, {name}, self.named)
        return self.service(mine, statements, own)

    def named(self, name, attribute):
        if attribute:
            return Fn('GetAtt', [self.label, attribute]), '%s.%s' % (self.label, attribute)
        return Fn('Ref', self.label), self.label

    def service(self, mine, statements, own):
        out = {'service': 'app', 'provider': {'name': 'aws', 'runtime': 'python3.12'}}
        functions = {'hello': {'handler': 'h.hello'}}
        if own:
            out['plugins'] = [PLUGIN]
            functions['hello']['iamRoleStatements'] = statements
        elif not mine.get('ManagedPolicyArns') and 'PermissionsBoundary' not in mine and \
                self.r.randrange(3) == 0 and statements:
            out['provider']['iamRoleStatements'] = statements
        else:
            role = {'statements': statements} if statements else {}
            if 'ManagedPolicyArns' in mine:
                role['managedPolicies'] = mine['ManagedPolicyArns']
            if 'PermissionsBoundary' in mine:
                role['permissionsBoundary'] = mine['PermissionsBoundary']
            out['provider']['iam'] = {'role': role}
        self.around(out, functions)
        out['functions'] = functions
        out['resources'] = self.t
        return out

    def around(self, out, functions):
        """Events, keys and variables of the service."""
        resources = self.t['Resources']
        keys = [n for n, r in resources.items() if r['Type'] == 'AWS::KMS::Key' and
                'Condition' not in r]
        how = self.r.randrange(8)
        if how == 0:
            resources['Jobs'] = {'Type': 'AWS::SQS::Queue', 'Properties': {}}
            if keys and self.r.randrange(2):
                resources['Jobs']['Properties']['KmsMasterKeyId'] = Fn('Ref', keys[0])
            functions['hello']['events'] = [{'sqs': {'arn': Fn('GetAtt', ['Jobs', 'Arn'])}}]
        elif how == 1 and keys:
            where = out['provider'] if self.r.randrange(2) else functions['hello']
            where['kmsKeyArn'] = Fn('GetAtt', [keys[0], 'Arn'])
        elif how == 2:
            functions['hello']['events'] = [{'schedule': 'rate(5 minutes)'}]
            functions['other'] = {'handler': 'h.other'}
        elif how == 3:
            functions['hello']['vpc'] = {'securityGroupIds': ['sg-1'], 'subnetIds': ['subnet-1']}
        if self.r.randrange(3) == 0:
            self.variable(out, functions)

    def variable(self, out, functions):
        """Some list of actions, or statement, is one of `custom`."""
        lists = [functions['hello'].get('iamRoleStatements'),
                 out['provider'].get('iamRoleStatements'),
                 out['provider'].get('iam', {}).get('role', {}).get('statements')]
        inside = next((x for x in lists if x), None)
        if not inside:
            return
        i = self.r.randrange(len(inside))
        if self.r.randrange(2) and isinstance(inside[i].get('Action'), (list, str)):
            out['custom'] = {'what': inside[i]['Action']}
            inside[i] = dict(inside[i], Action='${self:custom.what}')
        else:
            out['custom'] = {'what': inside[i]}
            inside[i] = '${self:custom.what}'
