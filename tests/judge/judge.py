#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The judge: random accounts are spelled as code, kmsfix fixes the code, and the result is read back
by readers and decided by rules that share nothing with it. Every (principal, key, action, context)
must have the answer it had.

    judge.py DRIVER [--models N] [--patterns N] [--seed N] [--only SEED] [--holds FILE] [-v]

DRIVER is a command, driver.c built. FILE lists each statement that is held, and whether a move
would have been safe; what is right about that is in holds.py. The last line has the figures; the exit status is 1 when any
access was gained or lost, when the tool failed, or when a reader disagrees with the model."""
import argparse
import collections
import random
import re
import subprocess
import sys

import holds
import models
import rules
import spell_cloudformation
import spell_terraform

LANGUAGES = (spell_terraform, spell_cloudformation)


class Link(str):
    """A symbolic link: the path from the root that it leads to."""


class Tool:
    """The program that is judged."""
    def __init__(self, command):
        self.p = subprocess.Popen(command.split(), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def send(self, data):
        self.p.stdin.write(data)
        self.p.stdin.flush()

    def line(self):
        out = self.p.stdout.readline().decode().rstrip('\n')
        if not out:
            raise SystemExit('the driver ended: %s' % self.p.wait())
        return out

    def fix(self, files, strict=False, phased=False, cycle=False):
        """(failure, findings, files afterwards); also in between, if it is phased: self.granted."""
        out = [b'fix %d %d %d %d\n' % (strict, phased, cycle, len(files))]
        for path, text in files.items():
            out += [b'%d %d %d\n' % (len(path.encode()), len(text.encode()), type(text) is Link),
                    path.encode(), text.encode()]
        self.send(b''.join(out))
        after, findings, self.granted = dict(files), [], dict(files)
        failure = self.p.stdout.read(int(self.line().split()[1])).decode()
        while True:
            words = self.line().split(' ')
            if words[0] == 'end':
                return failure, findings, after
            path, text = (self.p.stdout.read(int(n)).decode() for n in words[-2:])
            if words[0] == 'finding':
                findings.append(Finding(words, path, text, files))
            else:
                (after if words[0] == 'file' else self.granted)[path] = text

    def ask(self, lines):
        """The answers to many short questions."""
        out = []
        for i in range(0, len(lines), 1000):
            part = lines[i:i + 1000]
            # All of one part fit in the pipes: written whole before anything is read.
            self.send((''.join(l + '\n' for l in part) + 'fix 0 0 0 0\n').encode())
            out += [self.line() for _ in part]
            while self.line() != 'end':
                pass
        return out


class Finding:
    def __init__(self, words, path, reason, files):
        self.outcome, self.code = words[1], words[2]
        self.path, self.reason = path, reason
        text = files[path].encode()[int(words[3]):int(words[4])].decode()
        sids = set(re.findall(r'\bS\d+x\b', text))
        self.sid = sids.pop() if len(sids) == 1 else None


class Differs(Exception):
    pass


def answers(principals, keys, judge):
    """A role and its limited sessions are two that ask."""
    return {(p.arn + ('' if p.session is None else ' (session)'), k.arn, a): judge.allowed(p, k, a)
            for p in principals for k in keys for a in rules.ACTIONS}


def strangers(principals, keys):
    """Who and what the repository does not show [MODEL: access formula], and sessions that are
    limited by a policy of their own [3.7]."""
    all_kms = {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': 'kms:*', 'Resource': '*'}]}
    little = {'Version': '2012-10-17', 'Statement': [
        {'Effect': 'Allow', 'Action': 'kms:Encrypt', 'Resource': '*'}]}
    role = 'arn:aws:iam::%s:role/%s'
    out = [rules.Principal(role % (models.ACCOUNT, 'nobody'), 'role'),
           rules.Principal(role % (models.ACCOUNT, 'root-like'), 'role', [all_kms]),
           rules.Principal(role % (models.OTHER_ACCOUNT, 'partner'), 'role', [all_kms]),
           rules.Principal(role % (models.OTHER_ACCOUNT, 'nobody'), 'role')]
    for p in principals:
        if p.kind == 'role':
            out.append(rules.Principal(p.arn, 'role', p.docs, p.boundary, little))
    unseen = rules.Key('arn:aws:kms:%s:%s:key/ffffffff-ffff-ffff-ffff-ffffffffffff'
                       % (models.REGION, models.ACCOUNT))
    return principals + out, keys + [unseen]


def documents(*worlds):
    for principals, keys in worlds:
        for p in principals:
            yield from p.docs
            if p.boundary:
                yield p.boundary
        for k in keys:
            yield k.policy


def compare(what, before, after, r, names=('lost', 'gained')):
    """Both are (principals, keys)."""
    judge = rules.Judge(rules.contexts_of(documents(before, after), r))
    one = answers(*before, judge)
    two = answers(*after, judge)
    if one.keys() != two.keys():
        raise Differs('%s: other principals or keys: %s' % (what, set(one) ^ set(two)))
    for q, mask in one.items():
        if mask != two[q]:
            more = two[q] & ~mask
            context = judge.contexts[((more or mask & ~two[q]) & -(more or mask & ~two[q]))
                                     .bit_length() - 1]
            raise Differs('%s: %s: %s on %s by %s in %s' % (
                what, names[1] if more else names[0], q[2], q[1], q[0], context))
    return len(one) * len(judge.contexts)


def show(files, after):
    """What was judged, and what became of it."""
    for path in files:
        print('--- %s\n%s' % (path, files[path]))
        if after.get(path) != files[path]:
            print('+++ %s\n%s' % (path, after.get(path)))


class Run:
    def __init__(self, tool, options):
        self.tool, self.o = tool, options
        self.count = collections.Counter()
        self.holds, self.safe = collections.Counter(), collections.Counter()
        self.examples = {}
        self.list = open(options.holds, 'w') if options.holds else None

    def model(self, seed):
        r = random.Random(seed)
        m = models.make(r)
        language = r.choice(LANGUAGES)
        speller = language.Speller(m, r)
        files = speller.spell()
        names = language.Names(m, speller)
        strict = r.randrange(8) == 0
        failure, findings, after = self.tool.fix(files, strict)
        try:
            if failure:
                raise Differs('the tool: ' + failure)
            self.check(language, m, files, after, names, r)
            self.count['models'] += 1
            self.tally(seed, m, names, findings, strict, r)
        except Differs as e:
            self.failed(seed, e, files, after)
        except Exception as e:      # a reader that does not understand what was written
            self.failed(seed, '%s: %s' % (type(e).__name__, e), files, after)
            if self.o.verbose:
                raise

    def check(self, language, m, files, after, names, r):
        for (given, *was), (_, *now) in zip(language.worlds(m, files), language.worlds(m, after)):
            meant = models.world(m, given, names)
            self.count['checked'] += compare('the reader', meant, was, r, ('missing', 'invented'))
            self.count['checked'] += compare('the result %s' % given, strangers(*was),
                                             strangers(*now), r)

    def tally(self, seed, m, names, findings, strict, r):
        for f in findings:
            self.count[f.outcome] += 1
            if f.outcome != 'held' or strict:
                continue
            safe = f.sid is not None and safe_move(m, names, f.sid, r)
            self.holds[f.code] += 1
            if self.list:
                print(seed, f.sid, f.code, 'safe' if safe else 'unsafe', f.reason, file=self.list)
            if safe:
                self.safe[f.code] += 1
                self.examples.setdefault(f.code, []).append('%d:%s' % (seed, f.sid))

    def failed(self, seed, why, files, after):
        self.count['failed'] += 1
        print('model %d: %s' % (seed, why))
        if self.o.verbose:
            show(files, after)

    def report(self):
        for code, n in sorted(self.holds.items()):
            safe = self.safe[code]
            print('  held %-16s %6d  a move would be safe %6d  %s' % (
                code, n, safe, holds.RIGHT.get(code) or 'needless: ' +
                ' '.join(self.examples.get(code, [])[:4])))
        c = self.count
        needless = sum(n for code, n in self.safe.items() if code not in holds.RIGHT)
        print('%d models, %d questions: %d failed; findings: %d fixed, %d removed, %d held '
              '(a move would be safe: %d, needless: %d)' % (
                  c['models'], c['checked'], c['failed'], c['fixed'], c['removed'], c['held'],
                  sum(self.safe.values()), needless))


def safe_move(m, names, sid, r):
    """True when taking the targets out of the statement and granting them to the roles and users
    that have it, in the policies of the keys it matches, changes nobody's access."""
    settings = [{f: True for f in m.flags}, {f: False for f in m.flags}][:1 + bool(m.flags)]
    for given in settings:
        before = models.world(m, given, names)
        after = holds.moved(*models.world(m, given, names), sid)
        try:
            compare('', strangers(*before), strangers(*after), r)
        except Differs:
            return False
    return True


# ---- patterns ----

def random_text(r, letters, longest):
    return ''.join(r.choice(letters) for _ in range(r.randint(1, longest)))


def patterns(tool, n, seed):
    """The tool's matchers against those of rules.py; how many differ."""
    r, bad = random.Random(seed), 0
    for start in range(0, n, 20000):
        questions, wanted = [], []
        for _ in range(start, min(n, start + 20000)):
            if r.randrange(2):
                action = r.choice(rules.ACTIONS)
                text = mutated(r, action)
                questions.append('match %s %s' % (text, action))
                wanted.append(rules.action_matches(text, action))
            else:
                text, value = random_text(r, 'ab*?', 8), random_text(r, 'ab', 8)
                questions.append('glob %s %s' % (text, value))
                wanted.append(rules.glob(text, value))
        for q, want, got in zip(questions, wanted, tool.ask(questions)):
            if got != '%d' % want:
                bad += 1
                print('%s: %s, not %d' % (q, got, want))
    print('%d patterns: %d differ' % (n, bad))
    return bad


def mutated(r, action):
    """An action with wildcards and other case."""
    text = list(action)
    for _ in range(r.randint(0, 5)):
        i = r.randrange(len(text))
        how = r.randrange(6)
        if how == 0:
            text[i] = '?'
        elif how == 1:
            text[i] = '*'
        elif how == 2:
            text[i] = text[i].swapcase()
        elif how == 3:
            text[i:i + r.randint(1, 6)] = '*'
        elif how == 4:
            text[i:i] = r.choice('*?x:')
        elif len(text) > 1:
            del text[i]
    return ''.join(text)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('driver')
    p.add_argument('--models', type=int, default=100)
    p.add_argument('--patterns', type=int, default=0)
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--only', type=int)
    p.add_argument('--holds')
    p.add_argument('-v', dest='verbose', action='store_true')
    o = p.parse_args()
    tool = Tool(o.driver)
    run = Run(tool, o)
    seeds = [o.only] if o.only is not None else range(o.seed, o.seed + o.models)
    for seed in seeds:
        run.model(seed)
    if seeds:
        run.report()
    bad = patterns(tool, o.patterns, o.seed) if o.patterns else 0
    return 1 if run.count['failed'] or bad else 0


if __name__ == '__main__':
    sys.exit(main())
