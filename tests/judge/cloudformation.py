# SPDX-License-Identifier: MIT
"""From a CloudFormation or SAM template to what AWS would hold after a deployment."""
import json
import re

import yaml

import circles
import serverless
from instances import ACCOUNT, OUTSIDE, REGION, key_id
from rules import Key, Principal, many


class Unknown(Exception):
    pass


class Loader(yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader):
    """With CloudFormation's short forms, and no dates. A number is the text of what it is worth,
    0123 that of 83."""


def short(loader, tag, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, True)
    else:
        value = loader.construct_mapping(node, True)
    if tag == 'GetAtt' and isinstance(value, str):
        value = value.split('.', 1)
    return {tag if tag in ('Ref', 'Condition') else 'Fn::' + tag: value}


Loader.add_multi_constructor('!', short)
Loader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in rows if not tag.endswith(':timestamp')]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}
# As YAML 1.2 has them.
Loader.add_implicit_resolver('tag:yaml.org,2002:float', re.compile(
    r'[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$'), list('-+.0123456789'))
for _kind, _make in (('int', yaml.SafeLoader.construct_yaml_int), (
        'float', yaml.SafeLoader.construct_yaml_float)):
    Loader.add_constructor('tag:yaml.org,2002:' + _kind,
                           lambda loader, node, make=_make: str(make(loader, node)))

NOTHING = object()
PSEUDO = {'AWS::AccountId': ACCOUNT, 'AWS::Region': REGION, 'AWS::Partition': 'aws',
          'AWS::NoValue': NOTHING, 'AWS::StackName': 'stack', 'AWS::URLSuffix': 'amazonaws.com'}


def looped(v):
    """With every Fn::ForEach unrolled."""
    if isinstance(v, list):
        return [looped(x) for x in v]
    if not isinstance(v, dict):
        return v
    out = {}
    for key, value in v.items():
        if key.startswith('Fn::ForEach::'):
            for one in value[1]:
                out.update(looped(replaced(value[2], value[0], one)))
        else:
            out[key] = looped(value)
    return out


def replaced(v, name, one):
    if isinstance(v, str):
        return v.replace('${%s}' % name, one)
    if isinstance(v, list):
        return [replaced(x, name, one) for x in v]
    if v == {'Ref': name}:
        return one
    return {replaced(k, name, one): replaced(x, name, one) for k, x in v.items()} \
        if isinstance(v, dict) else v


def deployed(files, given):
    """Everything that is deployed; other templates are those of nested stacks."""
    out = [Stack(text, given, files) for path, text in sorted(files.items()) if path[0] in 'stu']
    for i, s in enumerate(out):
        s.account = out
        s.prefix = 'u-' if i else ''
    return out


def retain(now, before):
    """What goes from a template stays in the account, if it said so."""
    for new, old in zip(now, before):
        for name, r in old.resources.items():
            if name not in new.resources and r.get('DeletionPolicy') == 'Retain':
                new.resources[name] = r


def policy(action, resource):
    return {'PolicyDocument': {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': action, 'Resource': resource}]}}


class Stack:
    """files: the templates of nested stacks; parent: of such a one; prefix: of what it names."""
    def __init__(self, text, given, files=None, parent=None, prefix=''):
        self.t = json.loads(text) if text.lstrip().startswith('{') else yaml.load(text, Loader)
        if 'provider' in self.t:
            self.t = serverless.template(self.t)
        self.t['Resources'] = looped(self.t['Resources'])
        self.given, self.files, self.prefix = given, files or {}, prefix
        self.root = parent.root if parent else self
        self.account = self.root.account if parent else [self]      # all that is deployed
        self.resources, self.nested = {}, {}
        for name, r in self.t['Resources'].items():
            if 'Condition' not in r or self.holds({'Condition': r['Condition']}):
                self.resources[name] = r
        for name in list(self.resources):
            if self.resources[name]['Type'].startswith('AWS::Serverless::'):
                self.add_role(name)

    def add_role(self, name):
        """SAM's role for a function [12.9]."""
        p = self.resources[name].get('Properties', {})
        if 'Role' in p:
            return
        policies, arns, given = self.added_policies(p), [], self.t.get('Globals', {})
        for x in many(self.chosen(p.get('Policies'))):
            x = self.chosen(x)
            if x == {'Ref': 'AWS::NoValue'}:
                continue
            if isinstance(x, dict) and 'KMSDecryptPolicy' in x:     # [12.10]
                key = x['KMSDecryptPolicy']['KeyId']
                policies.append({'PolicyDocument': {'Version': '2012-10-17', 'Statement': [{
                    'Effect': 'Allow', 'Action': 'kms:Decrypt', 'Resource': {'Fn::Sub': [
                        'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/${K}', {'K': key}]}}]}})
            elif isinstance(x, dict) and 'SQSPollerPolicy' in x:
                policies.append(policy('sqs:ReceiveMessage', {'Fn::Sub': [
                    'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${Q}',
                    {'Q': x['SQSPollerPolicy']['QueueName']}]}))
            elif isinstance(x, dict) and 'Statement' in x:
                policies.append({'PolicyDocument': x})
            elif not str(x).startswith(('AWS', 'arn:aws:iam::aws:')):
                arns.append(x)
        tags = {**given.get('Function', {}).get('Tags', {}), **p.get('Tags', {})}
        self.resources[name + 'Role'] = {'Type': 'AWS::IAM::Role', 'Properties': {
            'Policies': policies, 'ManagedPolicyArns': arns, 'Tags': tags,
            'PermissionsBoundary': p.get('PermissionsBoundary', {'Ref': 'AWS::NoValue'})}}
        self.resources[name] = dict(self.resources[name], Properties=dict(
            p, Role={'Fn::GetAtt': [name + 'Role', 'Arn']}))

    def added_policies(self, p):
        """What SAM lets the role do with where its function's events go in the end."""
        out = []
        if 'DeadLetterQueue' in p:
            out.append(policy('sqs:SendMessage', p['DeadLetterQueue']['TargetArn']))
        places = [p.get('EventInvokeConfig', {})] + [
            e['Properties'] for e in p.get('Events', {}).values()]
        for one in places:
            for to in one.get('DestinationConfig', {}).values():
                out.append(policy('sqs:SendMessage', to['Destination']))
        return out

    def child(self, name):
        if name not in self.nested:
            p = self.resources[name]['Properties']
            path = self.value(p['TemplateURL']).lstrip('./')
            self.nested[name] = Stack(self.files[path], self.value(p.get('Parameters', {})),
                                      self.files, self, self.prefix + name + '-')
        return self.nested[name]

    def every(self):
        """This stack and all in it."""
        yield self
        for name in self.of('AWS::CloudFormation::Stack'):
            yield from self.child(name).every()

    def all_stacks(self):
        for root in self.account:
            yield from root.every()

    def output(self, name):
        o = self.t['Outputs'][name]
        if 'Condition' in o and not self.holds({'Condition': o['Condition']}):
            raise Unknown('no output ' + name)
        return self.value(o['Value'])

    def chosen(self, v):
        while isinstance(v, dict) and list(v) == ['Fn::If']:
            v = v['Fn::If'][1 if self.holds({'Condition': v['Fn::If'][0]}) else 2]
        return v

    def holds(self, c):
        if 'Condition' in c:
            return self.holds(self.t['Conditions'][c['Condition']])
        (name, arg), = c.items()
        if name == 'Fn::Equals':
            return self.value(arg[0]) == self.value(arg[1])
        if name == 'Fn::Not':
            return not self.holds(arg[0])
        return (all if name == 'Fn::And' else any)(map(self.holds, arg))

    def reference(self, name):
        if name in PSEUDO:
            return PSEUDO[name]
        if name in self.t.get('Parameters', {}):
            p = self.t['Parameters'][name]
            v = self.given[name] if name in self.given else p['Default']
            return v.split(',') if p['Type'] == 'CommaDelimitedList' else v
        kind = self.resources[name]['Type']
        if kind == 'AWS::KMS::Key':
            return self.id_of(name)
        if kind == 'AWS::IAM::ManagedPolicy':
            return self.arn(name)
        return self.label(name)

    def property(self, name, prop, default=None):
        v = self.resources[name].get('Properties', {}).get(prop)
        v = default if v is None else self.value(v)
        if prop in ('PolicyDocument', 'KeyPolicy') and isinstance(v, str):
            v = json.loads(v)
        return default if v is NOTHING else v

    def imported(self, name):
        for root in self.account:
            for output, o in root.t.get('Outputs', {}).items():
                if 'Export' in o and root.value(o['Export']['Name']) == name:
                    return root.output(output)
        raise Unknown('no export ' + name)

    LABELS = {'AWS::IAM::Role': 'RoleName', 'AWS::IAM::User': 'UserName',
              'AWS::IAM::Group': 'GroupName', 'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
              'AWS::KMS::Alias': 'AliasName'}

    def label(self, name):
        return self.property(name, self.LABELS.get(self.resources[name]['Type']),
                             'stack-' + self.prefix + name)

    def id_of(self, name):
        ident = key_id(self.prefix + name)
        return ('mrk-' + ident.replace('-', '')) if str(
            self.property(name, 'MultiRegion', False)).lower() == 'true' else ident

    def arn(self, name):
        kind = self.resources[name]['Type']
        if kind == 'AWS::KMS::Key':
            return 'arn:aws:kms:%s:%s:key/%s' % (REGION, ACCOUNT, self.id_of(name))
        what = {'AWS::IAM::ManagedPolicy': 'policy'}.get(kind, kind.rsplit(':', 1)[1].lower())
        return 'arn:aws:iam::%s:%s%s%s' % (ACCOUNT, what, self.property(name, 'Path', '/'),
                                           self.label(name))

    def attribute(self, path):
        name, _, attribute = path.partition('.')
        if attribute.startswith('Outputs.') and name in self.resources:
            return self.child(name).output(attribute[8:])
        kind = self.resources[name]['Type']
        if attribute != 'Arn' and not kind.startswith(('AWS::SQS', 'AWS::DynamoDB')):
            raise Unknown(path)
        return self.arn(name)

    def substitute(self, arg):
        text, more = arg if isinstance(arg, list) else (arg, {})

        def one(m):
            name = m.group(1)
            if name.startswith('!'):
                return '${' + name[1:] + '}'
            if name in more:
                return self.value(more[name])
            return self.attribute(name) if '.' in name else self.reference(name)
        return re.sub(r'\$\{([^}]*)\}', one, text)

    def value(self, v):
        if isinstance(v, list):
            out = [self.value(x) for x in v]
            return [x for x in out if x is not NOTHING]
        if not isinstance(v, dict):
            return v
        if len(v) == 1:
            (name, arg), = v.items()
            if name == 'Ref':
                return self.reference(arg)
            if name.startswith('Fn::'):
                return self.function(name[4:], arg)
        out = {k: self.value(x) for k, x in v.items()}
        return {k: x for k, x in out.items() if x is not NOTHING}

    def function(self, name, arg):
        if name == 'GetAtt':
            return self.attribute(arg if isinstance(arg, str) else '.'.join(arg))
        if name == 'Sub':
            return self.substitute(arg)
        if name == 'ImportValue':
            return self.imported(self.value(arg))
        if name == 'Join':
            return arg[0].join(self.value(arg[1]))
        if name == 'If':
            return self.value(self.chosen({'Fn::If': arg}))
        if name == 'FindInMap':
            arg = self.value(arg)
            return self.t['Mappings'][arg[0]][arg[1]][arg[2]]
        if name == 'Select':
            return self.value(arg[1])[int(self.value(arg[0]))]
        if name == 'Split':
            return self.value(arg[1]).split(arg[0])
        raise Unknown('Fn::' + name)

    def all_values(self):
        """Raises an error when something refers to what is not there."""
        self.check_names()
        for r in self.resources.values():
            self.value(r.get('Properties'))
        for o in self.t.get('Outputs', {}):
            if 'Condition' not in self.t['Outputs'][o] or self.holds(self.t['Outputs'][o]):
                self.output(o)
        for name in self.of('AWS::CloudFormation::Stack'):
            self.child(name).all_values()

    def check_names(self):
        """Whatever the conditions say, CloudFormation looks for all that is named."""
        known = set(self.t['Resources']) | set(self.t.get('Parameters', {})) | set(PSEUDO) | \
            {n + 'Role' for n in self.t['Resources']}      # SAM's
        for n in [*circles.names_in(self.t['Resources']), *circles.names_in(
                self.t.get('Outputs', {})), *circles.names_in(self.t.get('Conditions', {}))]:
            if n not in known:
                raise Unknown('nothing is called ' + n)

    # what AWS holds
    def of(self, kind):
        return [n for n, r in self.resources.items() if r['Type'] == kind]

    def managed(self, arn):
        if arn in OUTSIDE:
            return OUTSIDE[arn]
        for s in self.all_stacks():
            for n in s.of('AWS::IAM::ManagedPolicy'):
                if s.arn(n) == arn:
                    return s.property(n, 'PolicyDocument')
        raise Unknown(arn)

    OWNERS = (('Role', 'Roles'), ('User', 'Users'), ('Group', 'Groups'))

    def documents(self, kind, name):
        """Of a role, user or group."""
        out = [x['PolicyDocument'] for x in self.property(name, 'Policies', [])]
        out += [self.managed(a) for a in self.property(name, 'ManagedPolicyArns', [])]
        label = self.label(name)
        for s in self.all_stacks():
            for other in ('ManagedPolicy', 'Policy'):
                for n in s.of('AWS::IAM::' + other):
                    if label in s.property(n, kind + 's', []):
                        out.append(s.property(n, 'PolicyDocument'))
            for n in s.of('AWS::IAM::%sPolicy' % kind):
                if s.property(n, kind + 'Name') == label:
                    out.append(s.property(n, 'PolicyDocument'))
        return out

    def principals(self):
        return [p for s in self.every() for p in s.own_principals()]

    def own_principals(self):
        out = []
        for kind in ('Role', 'User'):
            for name in self.of('AWS::IAM::' + kind):
                docs = self.documents(kind, name)
                for g in self.property(name, 'Groups', []):
                    for s in self.all_stacks():
                        for n in s.of('AWS::IAM::Group'):
                            if s.label(n) == g:
                                docs += s.documents('Group', n)
                boundary = self.property(name, 'PermissionsBoundary')
                out.append(Principal(self.arn(name), kind.lower(), docs,
                                     self.managed(boundary) if boundary else None))
        return out

    def keys(self):
        return [Key(s.arn(n), s.property(n, 'KeyPolicy')) for s in self.every()
                for n in s.of('AWS::KMS::Key')]
