# SPDX-License-Identifier: MIT
"""Forms of policies in Terraform, for the random code of blur_terraform.py: documents that are made
of others, or changed by them, what stays of a statement at times only, statements that are there
twice, Sids and boundaries that are given."""
import copy
import json

from forms_terraform import address, argument, is_repeated
from instances import OUTSIDE
from models import ACCOUNT
from spell_terraform import Encoded, Raw, Text

HARMLESS = ('s3:GetObject', 'kms:Encrypt', 'sqs:*', 'kms:DescribeKey')
TARGETS = ('kms:Decrypt', 'kms:ReEncrypt*')


class Documents:
    """Of a Blur."""
    def document_blocks(self):
        return [b for b in self.blocks if b[0] == 'data' and not is_repeated(b) and
                b[1][0] == 'aws_iam_policy_document']

    # documents of documents
    def of_overriding(self):
        """A document is changed by others, of which some are not known."""
        docs = self.document_blocks()
        if not docs:
            return self.of_value()
        b = self.r.choice(docs)
        name = self.r.choice(('override_policy_documents', 'override_policy_documents',
                              'source_policy_documents'))
        if argument(b, name) is None:
            b[2].append((name, self.other_documents(b)))

    def other_documents(self, b):
        sids = [x[1] for block in b[2] if block[0] == 'statement' for x in block[2]
                if x[0] == 'sid' and type(x[1]) is str]
        text = self.text_of_document(self.r.choice(sids + ['Other']), b)
        how, some = self.r.randrange(8), self.flag()
        if how == 0:
            return [Raw(self.variable('string', [text, self.text_of_document('Other', b)]))]
        if how == 1:
            return Raw('compact([%s])' % self.variable('string', ['', text], True))
        if how == 2:
            given = self.variable('string', [None, text], True)
            return Raw('%s == null ? [] : [%s]' % (given, given))
        if how == 3:
            return Raw(self.variable('list(string)', [[], [text]], self.r.randrange(2)))
        if how == 4:
            return Raw('%s ? [%s] : []' % (some, self.in_file(text)))
        if how == 5:
            return [Raw(self.in_file(text))]
        others = [x for x in self.document_blocks() if address(b) not in self.reach(x) and x is not b]
        if how == 6 and others:
            return [Raw(address(self.r.choice(others)) + '.json')]
        return [Raw('jsonencode(%s)' % self.say(json.loads(text)))]

    def text_of_document(self, sid, b):
        """A policy with one statement, for who has the document."""
        of_key = 'principals' in str(b[2])
        s = {'Sid': sid, 'Effect': self.r.choice(('Allow', 'Allow', 'Deny')),
             'Action': self.r.choice(('s3:GetObject', 'kms:Encrypt', ['kms:Decrypt'])),
             'Resource': '*'}
        if of_key:
            s['Principal'] = {'AWS': 'arn:aws:iam::%s:root' % ACCOUNT}
        return json.dumps({'Version': '2012-10-17', 'Statement': [s]})

    def in_file(self, text):
        path = 'policies/%s.json' % self.new_name('o')
        self.files[path] = text + '\n'
        return 'file("${path.module}/%s")' % path

    # what stays of a split
    def of_rest(self):
        """What a statement has beside what moves is there at times, or may be."""
        where = [p for p in self.places() if p.kind in ('actions', 'Action', 'resources', 'Resource')
                 and isinstance(p.value, list) and not p.in_text]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        rest = self.r.sample(HARMLESS, self.r.choice((1, 1, 2)))
        first = [x for x in p.value if str(x) not in HARMLESS]
        if p.kind in ('resources', 'Resource'):
            rest = ['arn:aws:s3:::bucket/*'] if self.r.randrange(2) else \
                [self.r.choice(self.references('aws_kms_key', 'arn') or ['arn:aws:s3:::x'])]
        one, all_of_it = self.say(rest[0]), self.say(rest)
        some = self.flag()
        texts = all(type(x) is str for x in rest)
        forms = [
            lambda: 'compact([%s ? %s : ""])' % (some, one),
            lambda: '%s ? %s : []' % (some, all_of_it),
            lambda: '[for x in %s : x if %s]' % (all_of_it, some),
            lambda: 'try(%s, [])' % all_of_it,
            lambda: 'flatten([%s ? %s : []])' % (some, all_of_it),
            lambda: 'coalescelist(%s ? %s : [], %s)' % (some, all_of_it, all_of_it),
            lambda: 'concat(%s, [])' % all_of_it,
            lambda: 'compact([one([for f in [%s] : %s if f])])' % (some, one),
            lambda: 'slice(%s, 0, %s ? 1 : 0)' % (all_of_it, some),
            lambda: 'distinct(compact([%s ? %s : null]))' % (some, one),
        ]
        if texts:
            forms += [
                lambda: self.variable('list(string)', [rest, []], self.r.randrange(2)),
                lambda: self.variable('string', [rest[0], None], self.r.randrange(2)) + '[*]',
                lambda: 'compact([%s])' % self.variable('string', [rest[0], ''],
                                                        self.r.randrange(2)),
                lambda: 'try(%s.more, [])' % self.variable('any', [{'more': rest}, {}]),
                lambda: 'lookup(%s, "more", [])' % self.variable(
                    'map(list(string))', [{'more': rest}, {}]),
            ]
        said = self.r.choice(forms)()
        if self.r.randrange(4) == 0:
            said = self.local(said)
        how = self.r.randrange(4)
        if how == 0:
            p.put(Raw('concat(%s, %s)' % (said, self.say(first))))
        elif how == 1:
            p.put(Raw('flatten([%s, %s])' % (self.say(first), said)))
        else:
            p.put(Raw('concat(%s, %s)' % (self.say(first), said)))

    def of_only_rest(self):
        """A statement of nothing but what is there at times beside one that moves."""
        where = [p for p in self.places() if p.kind in ('actions', 'Action') and
                 isinstance(p.value, list) and not p.in_text and p.value]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        whole = p.value
        p.put(Raw(self.r.choice((
            lambda: '%s ? %s : %s' % (self.flag(), self.say(whole), self.say(list(TARGETS))),
            lambda: '[for x in %s : x if x != %s || %s]' % (
                self.say(whole), self.say(whole[0]), self.flag()),
            lambda: '[for s in ["Decrypt", "Encrypt"] : "kms:${s}" if s == "Decrypt" || %s]' %
            self.flag(),
            lambda: 'formatlist("kms:%%s", %s)' % self.say(['Decrypt', 'ReEncrypt*'])
            if self.r.randrange(2) else self.say(whole),
            lambda: '[for s in %s : "kms:${s}"]' % self.variable(
                'list(string)', [['Decrypt'], ['Encrypt', 'Decrypt']], self.r.randrange(2))))()))

    # statements
    def of_twice(self):
        """A statement that is there again, the same or nearly so, or at times."""
        lists = [p.value for p in self.places() if p.kind == 'Statement' and
                 isinstance(p.value, list)]
        bodies = [b[2] for b in self.document_blocks() if any(x[0] == 'statement' for x in b[2])]
        if not lists and not bodies:
            return self.of_value()
        inside = self.r.choice(lists + bodies)
        again = copy.deepcopy(self.r.choice([x for x in inside if isinstance(x, dict) or
                                             isinstance(x, tuple) and x[0] == 'statement'] or
                                            [None]))
        if again is None:
            return
        self.without_sid(again)
        inside.insert(self.r.randrange(len(inside) + 1), again)

    def without_sid(self, s):
        how = self.r.randrange(3)
        sid = self.r.choice(('Again', None))
        if isinstance(s, dict):
            s.pop('Sid', None)
            if sid:
                s['Sid'] = sid
            if how == 0 and isinstance(s.get('Action'), list):
                s['Action'] = s['Action'][::-1] + ['s3:ListBucket']
        else:
            s[2][:] = [(x[0], x[1] + ['s3:ListBucket']) if how == 0 and x[0] == 'actions' and
                       isinstance(x[1], list) else x for x in s[2] if x[0] != 'sid']
            if sid:
                s[2].insert(0, ('sid', sid))

    def of_sid(self):
        """A Sid that is made of something given."""
        where = [p for p in self.places() if p.kind in ('sid', 'Sid') and type(p.value) is str]
        if not where:
            return self.of_value()
        p = self.r.choice(where)
        given = self.variable('string', ['Dev', 'Prod'], self.r.randrange(2))
        p.put((p.value, Raw(given)) if self.r.randrange(3) or p.in_text else
              Raw('%s ? "%s" : null' % (self.flag(), p.value) if p.kind == 'sid' else
                  '%s ? "%s" : "Z"' % (self.flag(), p.value)))

    # boundaries
    def of_boundary(self):
        """A boundary that is named by a variable, a data source, or a text."""
        every = self.resources('aws_iam_(role|user)')
        if not every:
            return
        b = self.r.choice(every)
        old = argument(b, 'permissions_boundary')
        managed = [x for x in self.resources('aws_iam_policy') if type(argument(x, 'name')) is str]
        outside = self.r.choice(sorted(OUTSIDE))
        arns = [outside]
        if managed:
            arns.append('arn:aws:iam::%s:policy/%s' % (
                ACCOUNT, argument(self.r.choice(managed), 'name')))
        new = self.r.choice((
            lambda: Raw(self.variable('string', [None, outside], True)),
            lambda: Raw(self.variable('string', [outside])),
            lambda: Raw('%s ? %s : null' % (self.flag(), self.say(old or arns[-1]))),
            lambda: self.r.choice(arns),
            lambda: self.found_policy(arns)))()
        b[2][:] = [x for x in b[2] if x[0] != 'permissions_boundary'] + [
            ('permissions_boundary', new)]

    def found_policy(self, arns):
        name, arn = self.new_name('limit'), self.r.choice(arns)
        how = ('arn', arn) if self.r.randrange(2) else ('name', arn.rsplit('/', 1)[1])
        self.blocks.append(('data', ['aws_iam_policy', name], [how]))
        return Raw('data.aws_iam_policy.%s.arn' % name)
