# SPDX-License-Identifier: MIT
"""From a service of the Serverless Framework to the template that it makes, as its documentation
has it."""
import re

ROLE = 'IamRoleLambdaExecution'


def at(service, path):
    for name in path.split('.'):
        service = service[name]
    return service


def resolved(v, service):
    """With ${self:...} that is all of a text."""
    if isinstance(v, str):
        m = re.fullmatch(r'\$\{self:([\w.]+)\}', v)
        return resolved(at(service, m.group(1)), service) if m else v
    if isinstance(v, list):
        return [resolved(x, service) for x in v]
    return {k: resolved(x, service) for k, x in v.items()} if isinstance(v, dict) else v


def allow(action, resource):
    return {'Effect': 'Allow', 'Action': [action], 'Resource': resource}


def added(service, function):
    """What the framework lets the role of a function do by itself."""
    out = [allow('logs:CreateLogStream', 'arn:aws:logs:eu-west-1:111111111111:*')]
    for event in function.get('events', []):
        if 'sqs' in event:
            out.append(allow('sqs:ReceiveMessage', event['sqs']['arn']))
    return out


def role(statements, given):
    document = {'Version': '2012-10-17', 'Statement': statements}
    return {'Type': 'AWS::IAM::Role', 'Properties': {
        'Policies': [{'PolicyName': 'lambda', 'PolicyDocument': document}],
        'ManagedPolicyArns': given.get('managedPolicies', []),
        'PermissionsBoundary': given.get('permissionsBoundary', {'Ref': 'AWS::NoValue'})}}


def template(service):
    service = resolved(service, service)
    provider, t = service['provider'], dict(service['resources'])
    t['Resources'] = dict(t['Resources'])
    given = provider.get('iam', {}).get('role', {})
    common = given.get('statements') or provider.get('iamRoleStatements') or []
    shared = False
    for name, f in service['functions'].items():
        label, own = name.capitalize(), 'iamRoleStatements' in f
        if own:
            t['Resources'][label + ROLE] = role(
                f['iamRoleStatements'] + added(service, f), {})
        else:
            shared, common = True, common + added(service, f)
        t['Resources'][label + 'LambdaFunction'] = {
            'Type': 'AWS::Lambda::Function', 'Properties': {
                'KmsKeyArn': f.get('kmsKeyArn', {'Ref': 'AWS::NoValue'}),
                'Role': {'Fn::GetAtt': [(label if own else '') + ROLE, 'Arn']}}}
    if shared:
        t['Resources'][ROLE] = role(common, given)
    return t
