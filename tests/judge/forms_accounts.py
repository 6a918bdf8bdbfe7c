# SPDX-License-Identifier: MIT
"""Forms of whose account it is, for the random code of blur_terraform.py: single resources of
another provider, which may be that of another account, and is told in several ways."""
from forms_terraform import address, argument, is_repeated
from models import ACCOUNT, OTHER_ACCOUNT, REGION
from spell_terraform import Raw

ROLE = 'arn:aws:iam::%s:role/deploy'


class Accounts:
    """Of a Blur."""
    def of_one_provider(self):
        """One block has a provider of its own."""
        every = [b for b in self.blocks if b[0] in ('resource', 'data') and
                 argument(b, 'provider') is None and b[1][0].startswith(('aws_iam', 'aws_kms')) and
                 b[1][0] != 'aws_iam_policy_document']
        if not every:
            return
        b = self.r.choice(every)
        b[2].insert(0, ('provider', Raw('aws.' + self.alias())))
        if self.r.randrange(3) == 0:    # and what belongs to it
            at = address(b) + '.'
            for x in self.blocks:
                if x[0] == 'resource' and at in str(x[2]) and argument(x, 'provider') is None and \
                        not is_repeated(x):
                    x[2].insert(0, ('provider', argument(b, 'provider')))

    def alias(self):
        """One that is declared, or a new one."""
        known = [argument(b, 'alias') for b in self.blocks if b[0] == 'provider']
        known = [a for a in known if a and a != 'us']
        if known and self.r.randrange(2):
            return self.r.choice(known)
        name = self.new_name('p')
        self.blocks.append(('provider', ['aws'], [('alias', name), ('region', REGION)] +
                            self.account()))
        return name

    def account(self):
        """How a provider tells its account."""
        which = self.r.choice((OTHER_ACCOUNT, OTHER_ACCOUNT, ACCOUNT))
        other = self.r.choice((OTHER_ACCOUNT, ACCOUNT))
        return self.r.choice((
            lambda: [('allowed_account_ids', [which])],
            lambda: [('assume_role', [], [('role_arn', ROLE % which)])],
            lambda: [('assume_role', [], [('role_arn', Raw(self.variable(
                'string', [ROLE % which, ROLE % other], self.r.randrange(2))))])],
            lambda: [('assume_role', [], [('role_arn', Raw('"arn:aws:iam::${%s}:role/deploy"' % (
                self.variable('string', [which, other], self.r.randrange(2)))))])],
            lambda: [('allowed_account_ids', [Raw(self.variable('string', [which, other]))])],
            lambda: [('profile', 'other' if which == OTHER_ACCOUNT else 'main')]))()
