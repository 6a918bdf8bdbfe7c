#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Several runs at once, and Git's own commands beside them.

    race.py KMSFIX [--rounds N]

Four runs make the same branch while objects are packed and commits are made: exactly one wins, the
others say so. Four runs with branches of their own: all win. Two runs with --write: one writes, the
other waits its turn or finds the work done. Then outputs that are closed or full: no success."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

from matrix import SCRATCH, litter, work_tree
from worlds import BRANCH, ENV, git, make_repo


class Race:
    def __init__(self, kmsfix, scratch):
        self.kmsfix, self.base, self.repo = kmsfix, scratch + '/base', scratch + '/r'
        make_repo(self.base)
        self.fresh()
        self.start('--write').communicate()
        self.written = work_tree(self.repo)
        self.broken = self.rounds = 0

    def fresh(self):
        shutil.rmtree(self.repo, ignore_errors=True)
        shutil.copytree(self.base, self.repo, symlinks=True)

    def start(self, *args, **more):
        more = dict({'stdout': subprocess.PIPE, 'stderr': subprocess.PIPE}, **more)
        return subprocess.Popen([self.kmsfix] + list(args), cwd=self.repo, env=ENV, text=True, **more)

    def finish(self, runs):
        return [(p.wait(), text[1] or '') for p, text in [(p, p.communicate()) for p in runs]]

    def must(self, holds, what, runs):
        self.rounds += 1
        if not holds:
            self.broken += 1
            print('%s: %s' % (what, runs))

    def sound(self):
        p = subprocess.run(['git', '-C', self.repo, 'fsck', '--strict', '--no-dangling'], env=ENV,
                           capture_output=True)
        return p.returncode == 0 and not litter(self.repo)

    def same_branch(self, beside):
        self.fresh()
        other = subprocess.Popen(['git', '-C', self.repo] + beside, env=ENV,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        runs = self.finish([self.start('--apply') for _ in range(4)])
        other.wait()
        won = [r for r in runs if r[0] == 0]
        lost = [r for r in runs if r[0] == 1 and BRANCH in r[1]]
        # Who comes later finds the same commit there: up to date.
        self.must(won and len(won) + len(lost) == 4 and self.sound(), 'one branch', runs)

    def own_branches(self):
        self.fresh()
        runs = self.finish([self.start('--apply', '--branch', 'b%d' % i) for i in range(4)])
        tips = {git(self.repo, 'rev-parse', 'b%d' % i) for i in range(4)}
        self.must(all(r[0] == 0 for r in runs) and len(tips) == 1 and self.sound(),
                  'own branches', runs)

    def same_work_tree(self):
        self.fresh()
        runs = self.finish([self.start('--write') for _ in range(2)])
        self.must(any(r[0] == 0 for r in runs) and all(
            r[0] == 0 or 'another kmsfix' in r[1] or 'differs' in r[1] for r in runs) and
            work_tree(self.repo) == self.written and self.sound(), 'one work tree', runs)

    def outputs(self):
        for args in ((), ('--format', 'json'), ('--format', 'text'), ('--format', 'html'),
                     ('--help',), ('--version',), ('--completion=bash',), ('explain',)):
            self.fresh()
            with open('/dev/full', 'w') as full:
                runs = self.finish([self.start(*args, stdout=full)])
            self.must(runs[0][0] == 1, 'a full output %s' % (args,), runs)
            reader, writer = os.pipe()
            os.close(reader)
            runs = self.finish([self.start(*args, stdout=writer)])
            os.close(writer)
            self.must(runs[0][0] not in (0, 2, 3), 'a closed output %s' % (args,), runs)
            self.must(work_tree(self.repo) == work_tree(self.base), 'a dry run', runs)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('kmsfix')
    parser.add_argument('--rounds', type=int, default=2)
    o = parser.parse_args()
    scratch = tempfile.mkdtemp(prefix='kmsfix-race-', dir=SCRATCH)
    beside = [['gc', '-q'], ['repack', '-adq'], ['commit', '-q', '--allow-empty', '-m', 'x'],
              ['pack-refs', '--all']]
    try:
        race = Race(os.path.abspath(o.kmsfix), scratch)
        for i in range(o.rounds):
            race.same_branch(beside[i % len(beside)])
            race.own_branches()
            race.same_work_tree()
        race.outputs()
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print('%d races and outputs, %d broken' % (race.rounds, race.broken))
    return 1 if race.broken else 0


if __name__ == '__main__':
    sys.exit(main())
