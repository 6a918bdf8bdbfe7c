# SPDX-License-Identifier: MIT
"""What stands around functions of SAM, and things that use the keys, for the random code of
blur_cloudformation.py; and conditions that several resources have."""
from spell_cloudformation import Fn

ATTRIBUTES = {'AWS::SQS::Queue': 'Arn', 'AWS::DynamoDB::Table': 'StreamArn', 'AWS::SNS::Topic': None}


class Around:
    """Of a Blur."""
    def functions(self):
        return self.of_type('AWS::Serverless::Function')

    def user_of_key(self, *kinds):
        """A queue, topic or table that is encrypted, or not; old or new: its name."""
        kinds = kinds or tuple(ATTRIBUTES)
        known = self.of_type(*kinds)
        if known and self.r.randrange(2):
            return self.r.choice(known)
        kind = self.r.choice(kinds)
        name = '%s%d' % (kind.rsplit(':', 1)[1], len(self.t['Resources']))
        keys = self.of_type('AWS::KMS::Key')
        key = self.r.choice(keys) if keys and self.r.randrange(3) else None
        properties = {}
        if key and kind == 'AWS::DynamoDB::Table':
            properties['SSESpecification'] = {'SSEEnabled': True, 'SSEType': 'KMS',
                                              'KMSMasterKeyId': self.key(key)}
        elif key:
            properties['KmsMasterKeyId'] = self.key(key)
        self.t['Resources'][name] = {'Type': kind, 'Properties': properties}
        return name

    def key(self, name):
        return Fn('Ref', name) if self.r.randrange(2) else Fn('GetAtt', [name, 'Arn'])

    def arn(self, name):
        attribute = ATTRIBUTES[self.t['Resources'][name]['Type']]
        return Fn('GetAtt', [name, attribute]) if attribute else Fn('Ref', name)

    def of_sam(self):
        """More of a function, some of which SAM makes part of its role."""
        every = self.functions()
        if not every:
            return self.of_user()
        properties = self.properties(self.r.choice(every))
        self.r.choice((self.event, self.event, self.dead_letters, self.destination, self.network,
                       self.tagged, self.encrypted, self.of_globals, self.of_template,
                       self.managed_by_aws))(properties)

    def event(self, properties):
        queue = self.user_of_key('AWS::SQS::Queue', 'AWS::DynamoDB::Table')
        one = {'Queue': self.arn(queue)} if 'SQS' in self.t['Resources'][queue]['Type'] else \
            {'Stream': self.arn(queue), 'StartingPosition': 'LATEST'}
        if 'Stream' in one and self.r.randrange(3) == 0:
            one['DestinationConfig'] = {'OnFailure': {
                'Type': 'SQS', 'Destination': self.arn(self.user_of_key('AWS::SQS::Queue'))}}
        kind = 'SQS' if 'Queue' in one else 'DynamoDB'
        properties.setdefault('Events', {})['Event%d' % len(self.t['Resources'])] = self.r.choice((
            {'Type': kind, 'Properties': one}, {'Type': kind, 'Properties': one},
            {'Type': 'Schedule', 'Properties': {'Schedule': 'rate(5 minutes)'}},
            {'Type': 'Api', 'Properties': {'Path': '/x', 'Method': 'get'}}))

    def dead_letters(self, properties):
        queue = self.user_of_key('AWS::SQS::Queue', 'AWS::SNS::Topic')
        properties['DeadLetterQueue'] = {
            'Type': self.t['Resources'][queue]['Type'].split(':')[2], 'TargetArn': self.arn(queue)}

    def destination(self, properties):
        queue = self.user_of_key('AWS::SQS::Queue', 'AWS::SNS::Topic')
        properties['EventInvokeConfig'] = {'DestinationConfig': {
            self.r.choice(('OnFailure', 'OnSuccess')): {
                'Type': self.t['Resources'][queue]['Type'].split(':')[2],
                'Destination': self.arn(queue)}}}

    def network(self, properties):
        properties['VpcConfig'] = {'SecurityGroupIds': ['sg-1'], 'SubnetIds': ['subnet-1']}
        if self.r.randrange(2):
            properties['Tracing'] = 'Active'

    def tagged(self, properties):
        keys = self.of_type('AWS::KMS::Key')
        properties['Tags'] = {'team': 'x'}
        if keys and self.r.randrange(2):
            properties['Tags']['key'] = self.key(self.r.choice(keys))

    def encrypted(self, properties):
        keys = self.of_type('AWS::KMS::Key')
        if keys:
            properties[self.r.choice(('KmsKeyArn', 'Environment'))] = Fn(
                'GetAtt', [self.r.choice(keys), 'Arn'])
            if 'Environment' in properties and isinstance(properties['Environment'], Fn):
                properties['Environment'] = {'Variables': {'KEY': properties['Environment']}}

    def of_globals(self, properties):
        given = {'Timeout': 30}
        keys = self.of_type('AWS::KMS::Key')
        if keys and self.r.randrange(2):
            given[self.r.choice(('KmsKeyArn', 'Environment', 'Tags'))] = self.key(
                self.r.choice(keys))
            for name, member in (('Environment', 'Variables'), ('Tags', None)):
                if name in given:
                    inside = {'KEY': given[name]}
                    given[name] = {member: inside} if member else inside
        self.t['Globals'] = {'Function': given}

    def of_template(self, properties):
        """Another policy template."""
        queue = self.user_of_key('AWS::SQS::Queue')
        policies = properties.setdefault('Policies', [])
        if isinstance(policies, list):
            policies.append({'SQSPollerPolicy': {'QueueName': Fn('GetAtt', [queue, 'QueueName'])}})

    def managed_by_aws(self, properties):
        policies = properties.setdefault('Policies', [])
        if isinstance(policies, list):
            policies.insert(self.r.randrange(len(policies) + 1), self.r.choice((
                'AWSLambdaBasicExecutionRole',
                'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole')))

    def of_user(self):
        """Something that is encrypted with a key, and which a policy speaks of."""
        name = self.user_of_key()
        where = [p for p in self.places() if p.kind == 'Resource' and not p.of_key and
                 isinstance(p.value, list)]
        if where:
            self.r.choice(where).value.append(self.arn(name))

    def of_both(self):
        """Role and key, or all that belongs together, under one condition."""
        keys = self.of_type('AWS::KMS::Key')
        others = self.of_type('AWS::IAM::Role', 'AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy')
        if not keys:
            return
        condition = self.condition()
        for name in self.r.sample(others, self.r.randint(0, len(others))) + [self.r.choice(keys)]:
            resource = self.t['Resources'][name]
            if 'Condition' not in resource:
                resource['Condition'] = condition
                alias = self.t['Resources'].get(name + 'Alias')
                if alias:
                    alias['Condition'] = condition
