#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every way a run can be cut short: each call that changes the file system, reads it or takes memory
fails or kills the program in turn (inject.c), and what is left behind is looked at.

    matrix.py KMSFIX INJECT.SO [--every N] [-v]

Each row of FAULTS is tried at every Nth call; the exit status is 1 when an invariant broke:

- HEAD, references, index, configuration and, without --write, the work tree are as they were;
  objects are sound (git fsck --strict)
- the new branch is not there, or is exactly that of an undisturbed run
- with --write, --requests and --grants each file is all old or all new; all of them are old after an
  error, and after a kill the next run makes all of them new and leaves nothing of its own behind
- no success without the result, no crash, no lock or other file of ours left after an error
- a branch that cannot be pushed is there, and that is said, as it is of scripts that they are not
  complete
- the run after that works

Where deleting and renaming themselves fail from some call on, or nothing can be written any more
and files cannot exchange names, an error may leave what a kill may; a change that is made may leave
the journal, which the next run settles; and memory that runs out while a branch that is made is
reported is an error."""
import argparse
import hashlib
import math
import os
import shutil
import subprocess
import sys
import tempfile

from worlds import BRANCH, ENV, MODES, git

# Memory, where there is some to write to: thousands of fsync() calls take long.
SCRATCH = '/dev/shm' if os.access('/dev/shm', os.W_OK) else None

# (how, which calls, only the one or all from there on, what to do)
FAULTS = [(mode, what, sticky, how)
          for mode in ('apply', 'write')
          for what, sticky, how in [('write', False, 'kill'), ('write', False, 'int')] +
          [('write', s, e) for e in ('28', '5') for s in (False, True)] +
          [('write', False, e) for e in ('13', '122', '24', '4', 'short')] +
          [('read', False, '5'), ('read', False, '24'), ('read', False, '4'),
           ('read', True, '5'), ('close', False, '5')] +
          [('alloc', False, '12'), ('alloc', True, '12')]] + \
         [('diff', what, sticky, how) for what, sticky, how in (
             ('write', False, '28'), ('read', False, '5'), ('alloc', False, '12'),
             ('alloc', True, '12'))] + \
         [(mode, 'write', sticky, how)
          for mode in ('requests', 'receipts', 'requests-apply', 'receipts-write', 'write-plain')
          for sticky, how in [(False, 'kill'), (False, 'int')] +
          [(s, e) for e in ('28', '5') for s in (False, True)] +
          [(False, e) for e in ('13', '122', '24', 'short')]] + \
         [(mode, what, False, how) for mode in ('requests', 'receipts')
          for what, how in (('read', '5'), ('alloc', '12'), ('close', '5'))] + \
         [(mode, what, sticky, how) for mode in ('begun', 'stopped') for what, sticky, how in (
             ('write', False, 'kill'), ('write', False, '5'), ('write', True, '5'),
             ('read', False, '5'), ('close', False, '5'))] + \
         [('merged', 'write', False, how) for how in ('kill', '5', '28')] + \
         [('told', 'read', sticky, how) for sticky, how in (
             (False, '5'), (False, '4'), (True, '5'))] + [('told', 'alloc', False, '12')] + \
         [(mode, what, sticky, how) for mode in ('outputs', 'account') for what, sticky, how in (
             ('write', False, 'kill'), ('write', False, '28'), ('write', True, '5'),
             ('write', False, 'short'), ('close', False, '5'), ('read', False, '5'))] + \
         [('push', 'child', sticky, how) for sticky, how in (
             (False, '5'), (False, '4'), (True, '5'))] + [('push', 'close', False, '5')] + \
         [(mode, 'git', False, '-1') for mode in (
             'diff', 'apply', 'write', 'odd', 'stopped', 'merged')] + \
         [(mode, 'git', False, how) for mode in ('apply', 'merged')
          for how in ('-3', '-4', '-14', '-15')]
# The calls of a phase that takes many: every one of them would take hours. Others are few.
STRIDE = {'alloc': 23, 'git': 1 / 7, 'child': 1 / 7, 'close': 1 / 7}
# What an error says when a part is done all the same.
LASTS, MADE, NONE, HERE = 'is made, but may not last', 'the fix itself is made', \
    'no receipts are written', 'is done here, but not on'


def digest(path):
    with open(path, 'rb') as f:
        return hashlib.sha1(f.read()).hexdigest()


def work_tree(repo):
    out = {}
    for folder, dirs, files in os.walk(repo):
        dirs[:] = [d for d in dirs if d != '.git']
        for name in files:
            path = os.path.join(folder, name)
            out[os.path.relpath(path, repo)] = (digest(path), os.stat(path).st_mode)
    return out


def state(repo):
    """All but the objects, the new branch and the work tree."""
    refs = [l for l in git(repo, 'for-each-ref').splitlines() if '/kmsfix/' not in l]
    return (git(repo, 'rev-parse', 'HEAD'), refs, digest(repo + '/.git/index'),
            digest(repo + '/.git/HEAD'), digest(repo + '/.git/config'))


def tip(repo):
    p = subprocess.run(['git', '-C', repo, 'rev-parse', '-q', '--verify', BRANCH], env=ENV,
                       capture_output=True, text=True)
    return p.stdout.strip()


def litter(repo):
    """Files that only a run that goes on may have."""
    out = []
    for folder, dirs, files in os.walk(repo):
        out += [os.path.join(folder, f) for f in files
                if f.endswith('.lock') or f.startswith(('.kmsfix-', 'kmsfix-write'))]
    return out


def settled(top):
    """The work tree without what a run that goes on may have in it."""
    return {k: v for k, v in work_tree(top).items() if '.kmsfix-' not in k}


class World:
    """What a mode starts from, and what becomes of it when nothing goes wrong."""
    def __init__(self, mode, scratch, options):
        self.path = '%s/%s' % (scratch, mode)
        self.args = MODES[mode][1]
        MODES[mode][0](self.path, options.kmsfix, options.inject)
        self.start, self.files = state(self.path + '/r'), settled(self.path)
        self.tip, self.littered = tip(self.path + '/r'), bool(litter(self.path))
        self.branches = '--apply' in self.args
        self.writes = any(a in self.args for a in (
            '--write', '--requests', '--grants', '--output', '--script', '--push'))
        self.partial = mode in ('outputs', 'account')   # an error leaves what is written


class Matrix:
    def __init__(self, options, scratch):
        self.o, self.scratch = options, scratch
        self.top, self.repo = scratch + '/w', scratch + '/w/r'
        self.points = self.broken = 0
        modes = [options.mode] if options.mode else MODES
        self.worlds = {m: World(m, scratch, options) for m in modes}
        self.clean = {m: self.undisturbed(m) for m in modes}

    def fresh(self, mode):
        shutil.rmtree(self.top, ignore_errors=True)
        shutil.copytree(self.worlds[mode].path, self.top, symlinks=True)

    def run(self, mode, what=None, at=0, how='kill', sticky=False, count=None):
        env = dict(ENV)
        if mode.endswith('-plain'):
            env.update(LD_PRELOAD=self.o.inject, INJECT_NO_EXCHANGE='1')
        if what:
            env.update(INJECT_WHAT=what, INJECT_AT=str(at), INJECT_HOW=how, LD_PRELOAD=self.o.inject)
        if sticky:
            env['INJECT_STICKY'] = '1'
        if count:
            env['INJECT_COUNT'] = count
        return subprocess.run(self.o.kmsfix.split() + self.worlds[mode].args, cwd=self.repo,
                              env=env, capture_output=True, text=True, timeout=120)

    def undisturbed(self, mode):
        self.fresh(mode)
        p = self.run(mode)
        if p.returncode not in (0, 2, 3):
            raise SystemExit('%s: exit status %d: %s' % (mode, p.returncode, p.stderr))
        clean = {'status': p.returncode, 'out': p.stdout, 'tip': tip(self.repo),
                 'files': work_tree(self.top)}
        world = self.worlds[mode]
        if world.writes != (clean['files'] != world.files) or world.branches != (clean['tip'] != world.tip):
            raise SystemExit('%s: not what it should do: %s' % (mode, p.stderr))
        return clean

    def calls(self, mode, what):
        self.fresh(mode)
        name = self.scratch + '/count'
        self.run(mode, what, count=name)
        with open(name) as f:
            return int(f.read())

    def fault(self, mode, what, sticky, how):
        n = self.calls(mode, what)
        every = math.ceil(self.o.every * STRIDE.get(what, 1))
        first = (self.points + 1) % every + 1
        for at in range(first, n + 1, every):
            self.points += 1
            self.fresh(mode)
            p = self.run(mode, what, at, how, sticky)
            wrong = self.look(mode, how, p, what != 'alloc' and how in ('4', '5', '13'), sticky)
            if wrong:
                self.broken += 1
                print('%s: %s call %d of %d, %s%s: exit status %d: %s\n    %s' % (
                    mode, what, at, n, how, ' from there on' if sticky else '', p.returncode,
                    '; '.join(wrong), p.stderr.strip()[-300:]))
                if self.o.verbose:
                    print(p.stderr)

    def look(self, mode, how, p, deletes_fail, sticky):
        wrong, clean = [], self.clean[mode]
        killed = how in ('kill', 'int') and p.returncode < 0
        done = p.returncode in (0, 2, 3)
        if p.returncode < 0 and not killed:
            wrong.append('it crashed')
        elif p.returncode not in (0, 1, 2, 3) and not killed and not (
                p.returncode == 4 and HERE in p.stderr and mode == 'push' and
                tip(self.repo) == clean['tip']):
            wrong.append('an unknown exit status')
        if p.returncode == 1 and not p.stderr.startswith('kmsfix: '):
            wrong.append('no message')
        if state(self.repo) != self.worlds[mode].start:
            wrong.append('HEAD, references, index or configuration changed')
        fsck = subprocess.run(['git', '-C', self.repo, 'fsck', '--strict', '--no-dangling'], env=ENV,
                              capture_output=True, text=True)
        if fsck.returncode:
            wrong.append('fsck: ' + (fsck.stderr + fsck.stdout)[:200])
        helpless = killed or sticky and (deletes_fail or mode.endswith('-plain')) or \
            self.worlds[mode].littered and not done
        wrong += self.look_result(mode, done, helpless, p, clean)
        kept = done and '--write' in self.worlds[mode].args and os.path.exists(self.repo + '/.git/kmsfix-write')
        if litter(self.top) and not helpless and not deletes_fail and not kept:
            wrong.append('left behind: %s' % litter(self.top))
        return wrong + self.look_again(mode)

    def look_result(self, mode, done, helpless, p, clean):
        wrong, now, world = [], settled(self.top), self.worlds[mode]
        old = world.files
        if tip(self.repo) not in (world.tip, clean['tip']):
            wrong.append('another branch than undisturbed')
        if done and p.returncode != clean['status']:
            wrong.append('another exit status than undisturbed')
        # a branch whose commit cannot be read may be somebody else's
        kept = '--prune' in world.args and tip(self.repo) == world.tip
        if done and (tip(self.repo) != clean['tip'] and not kept or now != clean['files']) and \
                NONE not in p.stderr:
            wrong.append('success without the result')
        if done and p.stdout != clean['out']:
            wrong.append('success without the diff')
        if '--script' in world.args and p.returncode == 1 and now != old and \
                'is not complete: remove it' not in p.stderr:
            wrong.append('scripts of which nothing says that they are not complete')
        for path, text in now.items():
            if text not in (old.get(path), clean['files'].get(path)) and (done or not world.partial):
                wrong.append('%s is neither old nor new' % path)
        if not done and not helpless and now not in (old, clean['files']) and \
                MADE not in p.stderr and not world.partial:
            wrong.append('some files are new and some are old')
        if not done and not helpless and world.branches and tip(self.repo) != world.tip and \
                not any(m in p.stderr for m in (LASTS, MADE, HERE, 'out of memory')):
            wrong.append('an error and yet a branch')
        return wrong

    def look_again(self, mode):
        """The next run: finishes what was begun, or says what is in the way."""
        world = self.worlds[mode]
        if not world.args or not world.writes and tip(self.repo) != world.tip:
            return []
        there = '--script' in world.args and os.path.exists(self.top + '/change')
        locks = [l for l in litter(self.top) if l.endswith('.lock')]
        p = self.run(mode)
        if p.returncode == 1 and locks and locks[0].rsplit('/', 1)[1] in p.stderr:
            return []       # as git does, it names the lock of a run that was killed
        if there:
            return [] if 'is there already' in p.stderr else ['scripts are written twice']
        if p.returncode != self.clean[mode]['status']:
            return ['the next run: exit status %d: %s' % (p.returncode, p.stderr.strip())]
        wrong = []
        if work_tree(self.top) != self.clean[mode]['files'] or \
                tip(self.repo) != self.clean[mode]['tip']:
            wrong.append('the next run does not give the result')
        if world.writes and litter(self.top):
            wrong.append('the next run leaves %s' % litter(self.top))
        return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('kmsfix')
    parser.add_argument('inject')
    parser.add_argument('--every', type=int, default=1)
    parser.add_argument('-v', dest='verbose', action='store_true')
    parser.add_argument('--mode')
    parser.add_argument('--what', help='only the faults of these calls')
    o = parser.parse_args()
    o.kmsfix, o.inject = os.path.abspath(o.kmsfix), os.path.abspath(o.inject)
    scratch = tempfile.mkdtemp(prefix='kmsfix-fault-', dir=SCRATCH)
    try:
        m = Matrix(o, scratch)
        for fault in FAULTS:
            if o.mode in (None, fault[0]) and o.what in (None, fault[1]):
                m.fault(*fault)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print('%d faults, %d broken' % (m.points, m.broken))
    return 1 if m.broken else 0


if __name__ == '__main__':
    sys.exit(main())
