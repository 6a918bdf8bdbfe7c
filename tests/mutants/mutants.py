#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Faults put into the code, one at a time: does a test notice? In a copy of the work tree one
operator, return value or call is changed, the programs are linked again, and tests run until one
fails, the cheapest first.

    mutants.py COPY [--sample N] [--seed N] [--folder F...] [--jobs N] [--least PERCENT] [--list] [--quick]

COPY is a directory for the copy, made when it is not there. The same seed takes the same sample.
--quick: without the tests that start many processes, so that the figure is a lower bound.
Prints a line for each fault that nothing noticed, a table by file, and the figure; the exit status
is 1 when fewer than --least percent were caught."""
import argparse
import collections
import filecmp
import glob
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import threading

FOLDERS = ['iam', 'access', 'plan']
# What each folder's own tests are, and those that start many processes.
UNIT = {
    'iam': ['action', 'arn', 'condition', 'glob', 'limits', 'principal', 'sid', 'text'],
    'access': ['matrix', 'proof', 'trace'],
    'plan': ['proof', 'hold', 'template', 'trace'],
}
SLOW = {'iam': [], 'access': [], 'plan': ['ignore', 'check', 'check_changes', 'config_slip', 'bundle', 'branches']}
CFLAGS = 'CFLAGS=-O1 -g0 -w'
MEMORY = 4 << 30

# (what is changed, into what): operators with blanks around them are binary.
OPERATORS = [(r' == ', ' != '), (r' != ', ' == '), (r' < ', ' <= '), (r' <= ', ' < '),
             (r' > ', ' >= '), (r' >= ', ' > '), (r' && ', ' || '), (r' \|\| ', ' && '),
             (r' & ', ' | '), (r' \| ', ' & '), (r' \+ ', ' - '), (r' - ', ' + '),
             (r' \|= ', ' &= '), (r' &= ~', ' |= '), (r'(?<![\w)])!(?=[\w(*])', ''),
             (r'\breturn true;', 'return false;'), (r'\breturn false;', 'return true;'),
             (r'\bcontinue;', 'break;'), (r'\breturn;', ';'),
             (r'^\t+[a-z_]\w*\([^;{}]*\);$', ';')]


def blank(text):
    """The source with comments, strings and directives as blanks, so that nothing in them matches."""
    def spaces(m):
        return re.sub(r'[^\n]', '\0', m.group())
    return re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'|^#[^\n]*',
                  spaces, text, flags=re.S | re.M)


class Mutant:
    def __init__(self, path, text, start, end, new):
        self.path, self.text, self.new = path, text[:start] + new + text[end:], new
        self.line = text.count('\n', 0, start) + 1
        first = text.rfind('\n', 0, start) + 1
        last = text.find('\n', end)
        self.before = text[first:last].strip()
        self.after = (text[first:start] + new + text[end:last]).strip()

    def __str__(self):
        return '%s:%d: %s  ->  %s' % (self.path, self.line, ' '.join(self.before.split()),
                                      ' '.join(self.after.split()))


def find(path):
    with open(path) as f:
        text = f.read()
    code = blank(text)
    for pattern, new in OPERATORS:
        for m in re.finditer(pattern, code, re.M):
            line = code[code.rfind('\n', 0, m.start()) + 1:m.start()]
            if 'assert(' in line:
                continue
            if new == ' <= ' and re.match(r'\s+for \(', line):
                new = ' > '     # never in the loop: one step more may read what is by chance there
            yield Mutant(path, text, m.start(), m.end(), new)


def all_mutants(folders):
    out = []
    for folder in folders:
        for name in sorted(os.listdir('src/' + folder)):
            if name.endswith('.c'):
                out += find('src/%s/%s' % (folder, name))
    return out


class Copy:
    """A copy of the work tree where programs are built."""
    def __init__(self, path, quick):
        self.quick = quick
        self.path = path = os.path.abspath(path)
        os.makedirs(path, exist_ok=True)
        listed = subprocess.run(['git', 'ls-files', '-coz', '--exclude-standard'], check=True,
                                capture_output=True, text=True).stdout
        for name in filter(os.path.lexists, listed.split('\0')[:-1]):
            self.update(name)

    def update(self, name):
        """Only what differs is copied, and is new to make then."""
        to = os.path.join(self.path, name)
        if os.path.lexists(to) and (os.path.islink(name) or filecmp.cmp(name, to, False)):
            return
        os.makedirs(os.path.dirname(to), exist_ok=True)
        shutil.copy(name, to, follow_symlinks=False)

    def run(self, args, seconds, cwd=None):
        """The exit status; that it took too long is a failure like others."""
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        p = subprocess.Popen(args, cwd=cwd or self.path, env=dict(os.environ, BUILD='build'),
                             stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL,
                             preexec_fn=limit, start_new_session=True)
        try:
            return p.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(p.pid, 9)
            p.wait()
            return 1

    def build(self, *programs):
        return self.run(['make', '-s', CFLAGS] + ['build/' + p for p in programs], 900)

    def build_tests(self, folder):
        return self.build('kmsfix', *('tests/test_' + t
                                      for t in UNIT[folder] + SLOW[folder] + ['golden']))

    def compiled(self, path):
        """A fault that the compiler makes the same code of is none."""
        (found,) = glob.glob('%s/build/**/%s.o' % (self.path, path[:-2]), recursive=True)
        with open(found, 'rb') as f:
            return f.read()

    def judge(self, first, n):
        return self.run(['/usr/bin/python3', '-B', 'tests/judge/judge.py',
                         'build/tests/judge/driver', '--seed', str(first), '--models', str(n),
                         '--patterns', '5000'], 300)

    def plain(self):
        """Whether the golden cases without options become what golden.py wrote at first."""
        return self.run(['/usr/bin/python3', '-B', 'tests/mutants/golden.py',
                         self.path + '/build/tests/judge/driver', self.path + '/wanted'], 60, '.')

    def golden(self):
        """Those with options, by the test itself: prepare() takes the others out of the copy."""
        return self.run(['build/tests/test_golden'], 900)

    def units(self, names):
        return any(self.run(['build/tests/test_' + t], 200) for t in names)

    def prepare(self, folders):
        """Builds all, and sees that nothing fails without a fault."""
        wanted = self.path + '/wanted'
        if os.path.exists(wanted):
            os.remove(wanted)
        if self.build('tests/judge/driver') or any(map(self.build_tests, folders)) or self.plain():
            raise SystemExit('the copy of the work tree does not build')
        with open(wanted) as f:
            for line in f:
                shutil.rmtree(os.path.join(self.path, line.split()[0]))
        if any(map(self.noticed, folders)):
            raise SystemExit('the tests fail without a fault')

    def noticed(self, folder):
        """The name of what fails; None: nothing does. The driver is one program to link: first."""
        if self.plain():
            return 'golden'
        if self.build_tests(folder) or self.units(UNIT[folder]):
            return 'unit'
        if self.judge(0, 100):
            return 'judge'
        if self.quick:
            return None
        if self.golden():
            return 'golden'
        return 'unit' if self.units(SLOW[folder]) else None

    def write(self, path, text):
        with open(os.path.join(self.path, path), 'w') as f:
            f.write(text)


def try_all(copy, mutants, results, lock, verbose):
    while True:
        with lock:
            if not mutants:
                return
            m = mutants.pop()
        folder = m.path.split('/')[1]
        with open(m.path) as f:
            original = f.read()
        sane = copy.compiled(m.path)
        copy.write(m.path, m.text)
        failed = copy.build('tests/judge/driver')
        by = 'none' if failed or copy.compiled(m.path) == sane else copy.noticed(folder)
        copy.write(m.path, original)
        with lock:
            results.append((m, by))
            if by is None or verbose:
                print('%s: %s' % ('missed' if by is None else by, m), flush=True)


def report(results):
    files = collections.defaultdict(lambda: [0, 0])
    ways = collections.Counter()
    for m, by in results:
        if by != 'none':        # does not compile, or to the same code
            files[m.path][0] += by is not None
            files[m.path][1] += 1
            ways[by or 'missed'] += 1
    for path in sorted(files):
        print('%-28s %4d of %4d' % (path, *files[path]))
    caught, n = (sum(f[i] for f in files.values()) for i in (0, 1))
    print('%d of %d faults caught: %.1f %% (%s)' % (
        caught, n, 100.0 * caught / max(n, 1), ', '.join('%s %d' % w for w in sorted(ways.items()))))
    return 100.0 * caught / max(n, 1)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('copy')
    p.add_argument('--sample', type=int, default=200)
    p.add_argument('--seed', type=int, default=0)
    p.add_argument('--folder', nargs='*', default=FOLDERS)
    p.add_argument('--jobs', type=int, default=1)
    p.add_argument('--least', type=float, default=90)
    p.add_argument('--list', action='store_true')
    p.add_argument('--quick', action='store_true')
    p.add_argument('-v', dest='verbose', action='store_true')
    o = p.parse_args()
    mutants = all_mutants(o.folder)
    print('%d faults are possible' % len(mutants), flush=True)
    mutants = random.Random(o.seed).sample(mutants, min(o.sample, len(mutants)))
    if o.list:
        print('\n'.join(map(str, mutants)))
        return 0
    lock, results = threading.Lock(), []
    copies = [Copy('%s/%d' % (o.copy, i), o.quick) for i in range(o.jobs)]
    for c in copies:
        c.prepare(o.folder)
    threads = [threading.Thread(target=try_all, args=(c, mutants, results, lock, o.verbose))
               for c in copies]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return 0 if report(results) >= o.least else 1


if __name__ == '__main__':
    sys.exit(main())
