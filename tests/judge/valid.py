# SPDX-License-Identifier: MIT
"""What IAM and KMS do not take as a policy."""
from rules import action_matches, many


class Refused(Exception):
    """Terraform, CloudFormation, IAM or KMS would not take it."""


def check_document(doc, in_key_policy):
    if not isinstance(doc, dict) or not many(doc.get('Statement')):
        raise Refused('a policy without statements')
    for s in many(doc['Statement']):
        if not isinstance(s, dict) or s.get('Effect') not in ('Allow', 'Deny'):
            raise Refused('a statement without Effect')
        for names in (('Action', 'NotAction'), ('Resource', 'NotResource')):
            have = [n for n in names if n in s]
            if len(have) != 1 and not (in_key_policy and names[0] == 'Resource' and not have):
                raise Refused('%s: %d' % (names[0], len(have)))
            for n in have:
                values = many(s[n])
                if not values or not all(isinstance(v, str) and v for v in values):
                    raise Refused('%s: %s' % (n, values))
        if ('Principal' in s or 'NotPrincipal' in s) != in_key_policy:
            raise Refused('Principal')
        for p in ('Principal', 'NotPrincipal'):
            if p in s and s[p] != '*':
                if not isinstance(s[p], dict) or not many(s[p].get('AWS')):
                    raise Refused('nobody')
                if not all(isinstance(v, str) and v for v in many(s[p]['AWS'])):
                    raise Refused('Principal')
        condition = s.get('Condition', {})
        if not isinstance(condition, dict):
            raise Refused('Condition')
        for entries in condition.values():
            if not isinstance(entries, dict) or not entries or not all(
                    isinstance(v, (str, bool, int)) for x in entries.values() for v in many(x)) or \
                    not all(many(x) for x in entries.values()):
                raise Refused('Condition')


def check_lockout(key):
    """KMS wants somebody of the account to be able to change the policy [4.9]."""
    for s in many(key.policy['Statement']):
        who = s.get('Principal')
        names = ['*'] if who == '*' else many((who or {}).get('AWS'))
        if s['Effect'] == 'Allow' and 'Resource' in s and any(
                n == '*' or key.account in (n, n.split(':')[4] if n.count(':') > 4 else '')
                for n in names) and any(
                    action_matches(a, 'kms:PutKeyPolicy') for a in many(s.get('Action'))):
            return
    raise Refused('nobody can change the policy of the key')
