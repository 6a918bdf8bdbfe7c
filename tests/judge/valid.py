# SPDX-License-Identifier: MIT
"""What IAM and KMS do not take as a policy."""
from rules import many


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
                    isinstance(v, str) for x in entries.values() for v in many(x)) or \
                    not all(many(x) for x in entries.values()):
                raise Refused('Condition')
