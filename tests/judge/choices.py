#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Random code whose values depend on variables, parameters and conditions. kmsfix fixes it without
knowing what will be chosen; for each choice a reader that shares nothing with it must find that
everybody may do what they could do before, and code that is not refused.

    choices.py DRIVER [--count N] [--seed N] [--only SEED] [--language NAME] [--form NAME] [-v]

DRIVER is a command, driver.c built; NAME one of the forms of Blur, which each code then has if it
can. The last line has the figures; the exit status is 1 when
anything was wrong."""
import argparse
import collections
import random
import sys

import blur_cloudformation
import blur_terraform
import cloudformation
import hcl
import judge
import models
import one_type
import terraform
from valid import Refused, check_document, check_lockout

LANGUAGES = {'cloudformation': blur_cloudformation, 'terraform': blur_terraform}


# Conditions whose texts look like something else, and whose values are no texts.
LOOKS = ('0123', '012345678901', '1e3', '0x1F', 'yes', 'null', '~', '12:30', '2030-01-01', 'true',
         '1_000', '.5', '- a', 'a: b', '#1', '*', '')
MORE = (
    lambda r: {'StringEquals': {'kms:EncryptionContext:id': [r.choice(LOOKS)]}},
    lambda r: {'StringEquals': {'kms:EncryptionContext:id': r.sample(LOOKS, 2)}},
    lambda r: {'NumericLessThan': {'aws:MultiFactorAuthAge': [r.choice((3600, '3600'))]}},
    lambda r: {'Bool': {'aws:SecureTransport': [r.choice((True, 'true', False))]}},
    lambda r: {'StringEquals': {'kms:ViaService': ['s3.eu-west-1.amazonaws.com'],
                                'kms:EncryptionContext:id': [r.choice(LOOKS)]}},
    lambda r: {'StringEqualsIfExists': {'kms:ViaService': ['s3.eu-west-1.amazonaws.com']},
               'ForAnyValue:StringLike': {'kms:EncryptionContextKeys': ['a*', r.choice(LOOKS)]}},
)


class Maker(models.Maker):
    """Accounts of which more is fixed: what is at stake here is when things are there."""
    def actions(self):
        out = self.some(models.PURE[:5], 2)
        return self.single(out + self.some(models.HARMLESS[:4], 2) * self.r.randrange(2))

    def resource(self):
        return (models.Ref('key', self.r.choice(self.m.keys)),) if self.r.randrange(15) else \
            models.Maker.resource(self)

    def identity_statement(self):
        s = models.Maker.identity_statement(self)
        if 'NotResource' in s and not self.one_in(3):
            s['Resource'] = s.pop('NotResource')
        if 'NotAction' in s and not self.one_in(3):
            s['Action'] = s.pop('NotAction')
        return s

    def condition(self):
        if not self.one_in(6):
            return models.Maker.condition(self)
        return self.r.choice(MORE)(self.r)

    def identity_doc(self):
        doc = models.Maker.identity_doc(self)
        if self.one_in(10):     # beside what says the same
            again = dict(self.r.choice(doc.statements))
            again.pop('Sid', None)
            doc.statements.insert(self.r.randrange(len(doc.statements) + 1), again)
        return doc

    def delegation(self):
        return models.Maker.delegation(self) if self.one_in(4) else [
            {'Sid': 'Root', 'Effect': 'Allow', 'Principal': {'AWS': self.root()},
             'Action': 'kms:*', 'Resource': '*'}]


# What the readers say of code that refers to what is not there, or to itself.
ERRORS = (cloudformation.Unknown, terraform.Unknown, hcl.Bad, one_type.Apart, KeyError, TypeError,
          AttributeError, ValueError, IndexError, StopIteration, RuntimeError)


def world(language, files, given, before=None):
    """(principals, keys, what waits for itself) of the code, applied where the other was before, or
    Refused."""
    try:
        principals, keys, more, circle = language.world(files, given, before)
    except ERRORS as e:
        raise Refused('%s: %s' % (type(e).__name__, e))
    if len({(p.kind, p.arn.rsplit('/', 1)[1]) for p in principals}) < len(principals):
        raise Refused('two of one name')
    for doc in more + [d for p in principals for d in p.docs]:
        check_document(doc, False)
    for k in keys:
        check_document(k.policy, True)
        check_lockout(k)
    return principals, keys, circle


class Run:
    def __init__(self, tool, options):
        self.tool, self.o, self.count = tool, options, collections.Counter()

    def code(self, seed):
        r = random.Random(seed)
        m = Maker(r).make()
        language = LANGUAGES[self.o.language or r.choice(sorted(LANGUAGES))]
        files, ways = language.Blurred(m, r).spell_blurred(self.o.form)
        phased = r.randrange(4) == 0 or len(language.roots(files)) > 1 and r.randrange(2)
        failure, findings, after = self.tool.fix(files, False, phased, r.randrange(6) == 0)
        given = {}
        try:
            if failure:
                raise judge.Differs('the tool: ' + failure)
            for given in ways:
                self.way(language, files, after, given, r, self.tool.granted if phased else None)
            self.count['made'] += 1
            if self.o.verbose and self.o.only is not None:
                judge.show(files, after)
        except judge.Differs as e:
            self.failed(seed, e, given, files, after)
        for f in findings:
            self.count[f.outcome] += 1
            self.count['%s %s' % (f.outcome, f.code)] += 1
            if self.o.verbose and self.o.holds and f.outcome == 'held':
                print('held %s %s %d' % (f.code, f.reason, seed))

    def way(self, language, before, after, given, r, granted=None):
        """granted: what is applied in between, if anything."""
        try:
            was = world(language, before, given)
        except Refused as e:
            self.count['refused'] += 1
            if self.o.verbose and self.o.only is not None:
                print('  %s: refused: %s' % (given, e))
            return
        self.count['ways'] += 1
        for step in [granted, after] if granted else [after]:
            was, before = self.step(language, was, before, step, given, r), step

    def step(self, language, was, before, after, given, r):
        if before == after:
            return was
        try:
            now = world(language, after, given, before)
        except Refused as e:
            raise judge.Differs('refused now: %s' % e)
        if now[2] and not was[2]:
            raise judge.Differs('waits for itself now: %s' % (now[2],))
        self.count['checked'] += judge.compare(
            'the result', judge.strangers(*was[:2]), judge.strangers(*now[:2]), r)
        return now

    def failed(self, seed, why, given, files, after):
        self.count['failed'] += 1
        print('code %d: %s\n  with %s' % (seed, why, given))
        if self.o.verbose:
            judge.show(files, after)

    def report(self):
        c = self.count
        if self.o.verbose:
            for name, n in sorted(c.items()):
                print('  %s: %d' % (name, n))
        print('%d random codes, %d choices (%d more are refused), %d questions: %d failed; '
              'findings: %d fixed, %d removed, %d held' % (
                  c['made'], c['ways'], c['refused'], c['checked'], c['failed'], c['fixed'],
                  c['removed'], c['held']))


def main():
    p = argparse.ArgumentParser()
    p.add_argument('driver')
    p.add_argument('--count', type=int, default=100)
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--only', type=int)
    p.add_argument('--language', choices=LANGUAGES)
    p.add_argument('--form')
    p.add_argument('--holds', action='store_true')
    p.add_argument('-v', dest='verbose', action='store_true')
    o = p.parse_args()
    run = Run(judge.Tool(o.driver), o)
    for seed in [o.only] if o.only is not None else range(o.seed, o.seed + o.count):
        run.code(seed)
    run.report()
    return 1 if run.count['failed'] else 0


if __name__ == '__main__':
    sys.exit(main())
