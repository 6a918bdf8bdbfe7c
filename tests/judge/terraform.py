# SPDX-License-Identifier: MIT
"""From Terraform files to what AWS would hold after an apply: principals and keys for rules.py."""
import json

import evaluation
import hcl
from instances import ACCOUNT, OTHER_ACCOUNT, OUTSIDE, Unknown, repeated_blocks
from rules import Key, Principal
from scopes import Names, Scope, every


ACCOUNTS = (ACCOUNT, OTHER_ACCOUNT)


def triggers(body):
    return [name for one in body.of('lifecycle')
            for name in one.attrs.get('replace_triggered_by', (None, []))[1]]


class World:
    """given: values of root variables; roots: folders that are applied; live: the world that is
    there when they are."""
    def __init__(self, files, given=None, parsed=None, roots=('',), live=None):
        self.live = live
        self.given = given or {}
        self.parsed = {} if parsed is None else parsed
        self.roots = [Scope(self, files, r, r and r + ':') for r in roots]
        self.docs = {}      # of principals, by ARN
        self.twins = {}     # of those that no code declares, by account, kind and name
        self.managed, self.inline = dict(OUTSIDE), {}
        for i in self.all('aws_iam_policy'):
            self.once(i.attribute('arn'), self.managed)
            self.managed[i.attribute('arn')] = json.loads(i.value('policy'))
        self.identities()
        self.check_exclusive()

    def all(self, kind):
        for root in self.roots:
            yield from root.all(kind)

    def state_of(self, i):
        """The outputs of the root module whose state the data source reads."""
        where = i.scope.state(i.value('backend'), i.value('config'))
        for root in self.roots:
            if root.backend == where:
                return Names(root.output)
        raise Unknown('no state in %s' % (where,))

    def known_as(self, kind, address):
        return next((i for i in self.all(kind) if i.address() == address), None)

    def parse(self, path, text):
        if text not in self.parsed:
            self.parsed[text] = hcl.read_json(text) if path.endswith('.json') else hcl.read(text)
        return self.parsed[text]

    def once(self, name, known):
        if name in known:
            raise Unknown('two of one name: %s' % (name,))

    def all_values(self):
        """Raises an error when something refers to what is not there."""
        for root in self.roots:
            self.values_of(root)

    def values_of(self, scope):
        for (mode, kind, name) in scope.resources:
            for i in every(scope.get(mode, kind, name)):
                for attribute in i.body.attrs:
                    if attribute not in ('provider', 'lifecycle', 'depends_on'):
                        i.value(attribute)
                if kind == 'aws_iam_policy_document':
                    i.attribute('json')
                for name in i.body.attrs.get('depends_on', (None, []))[1] + triggers(i.body):
                    scope.must_declare(name)
        for name in scope.outputs:
            scope.output(name)
        for block in scope.imports:
            scope.must_declare(block.attrs['to'])
        for inner in scope.inner():
            self.values_of(inner)

    def identities(self):
        self.by_name = {}
        for kind in ('role', 'user', 'group'):
            for i in self.all('aws_iam_' + kind):
                self.once((i.account(), kind, i.label()), self.by_name)
                self.by_name[(i.account(), kind, i.label())] = i
                self.docs[i.attribute('arn')] = []
                for arn in i.value('managed_policy_arns', []) if kind == 'role' else []:
                    self.attach(i, kind, i.label(), arn)
                for doc in i.value('documents', []):    # of a module that is not here
                    self.give(i, kind, i.label(), doc)
                for b, scope in repeated_blocks(i, 'inline_policy'):
                    if 'policy' in b.attrs:
                        self.give(i, kind, i.label(), json.loads(evaluation.evaluate(b.attrs['policy'], scope)))
            for i in self.all('aws_iam_%s_policy' % kind):
                if self.is_kept(kind, i):
                    self.give(i, kind, i.value(kind), json.loads(i.value('policy')))
            for i in self.all('aws_iam_%s_policy_attachment' % kind):
                self.attach(i, kind, i.value(kind), i.value('policy_arn'))
            for i in self.all('aws_iam_policy_attachment'):
                for name in i.value(kind + 's', []):
                    self.attach(i, kind, name, i.value('policy_arn'))
            for i in self.all('aws_iam_%s_policy_attachments_exclusive' % kind):
                for arn in i.value('policy_arns', []):
                    if arn in self.managed or not i.ignores('policy_arns'):
                        self.attach(i, kind, i.value(kind + '_name'), arn)

    def is_kept(self, kind, policy):
        """Nothing says that the role has others only."""
        name, account = policy.value('name'), policy.account()
        self.once((account, kind, policy.value(kind), name), self.inline)
        self.inline[account, kind, policy.value(kind), name or policy.address()] = policy
        return all(name in i.value('policy_names') for i in
                   self.all('aws_iam_%s_policies_exclusive' % kind)
                   if (i.account(), i.value(kind + '_name')) == (account, policy.value(kind)))

    def check_exclusive(self):
        """The lists of names speak of what is there, but for one that nobody applies any more."""
        for i in self.all('aws_iam_role_policies_exclusive'):
            if i.ignores('policy_names'):
                continue
            for name in i.value('policy_names'):
                if (i.account(), 'role', i.value('role_name'), name) not in self.inline:
                    raise Unknown('no inline policy %s' % name)

    def give(self, i, kind, name, doc):
        """By a resource, in whose account it is: where the code declares none of the name, there
        may be one all the same."""
        who = i.account(), kind, name
        if who in self.by_name:
            self.docs[self.by_name[who].attribute('arn')].append(doc)
        elif any((account, kind, name) in self.by_name for account in ACCOUNTS):
            self.twins.setdefault(who, []).append(doc)
        else:
            raise Unknown('no %s %s' % (kind, name))

    def attach(self, i, kind, name, arn):
        if arn.split(':')[4] not in ('aws', i.account()):
            raise Unknown('a policy of another account')
        self.give(i, kind, name, self.managed[arn])

    def twin_principals(self):
        """Of the names that the code declares, in the other account."""
        if not any(p.account != ACCOUNT for root in self.roots for p in root.every_provider()):
            return
        for account in ACCOUNTS:
            for kind, name in sorted({who[1:] for who in self.by_name if who[1] != 'group'}):
                if (account, kind, name) not in self.by_name:
                    yield Principal('arn:aws:iam::%s:%s/%s' % (account, kind, name), kind,
                                    self.twins.get((account, kind, name), []))

    def principals(self):
        member = {}
        for i in self.all('aws_iam_user_group_membership'):
            member.setdefault((i.account(), i.value('user')), []).extend(i.value('groups'))
        out = []
        for (account, kind, name), i in self.by_name.items():
            docs = list(self.docs[i.attribute('arn')])
            if kind == 'group':
                continue
            if kind == 'user':
                for g in member.get((account, name), []):
                    docs += self.docs[self.by_name[(account, 'group', g)].attribute('arn')]
            boundary = self.managed[i.value('permissions_boundary')] \
                if i.has('permissions_boundary') else None
            out.append(Principal(i.attribute('arn'), kind, docs, boundary))
        for i in self.all('aws_ssoadmin_permission_set'):
            docs = [json.loads(p.value('inline_policy'))
                    for p in self.all('aws_ssoadmin_permission_set_inline_policy')
                    if p.value('permission_set_arn') == i.attribute('arn')]
            out.append(Principal('arn:aws:iam::%s:role/aws-reserved/sso.amazonaws.com/'
                                 'AWSReservedSSO_%s_0123456789abcdef' % (ACCOUNT, i.name),
                                 'role', docs))
        return out + list(self.twin_principals())

    def keys(self):
        policies = {(i.value('key_id'), i.account(), i.region()): i
                    for i in self.all('aws_kms_key_policy')}
        out = []
        for kind in ('aws_kms_key', 'aws_kms_replica_key'):
            for i in self.all(kind):
                text = i.value('policy')
                other = policies.get((i.attribute('key_id'), i.account(), i.region())) or \
                    policies.get((i.attribute('arn'), i.account(), i.region()))
                if other:
                    text = other.value('policy')
                out.append(Key(i.attribute('arn'), json.loads(text) if text else None))
        return out
