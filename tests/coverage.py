#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The branches of our own code that the tests took, by folder of src.

    coverage.py PROGRAM PROFILES [--list FOLDER]

PROGRAM was built with clang's coverage mapping, PROFILES is the directory its runs and those of the
test programs wrote to. --list prints the conditions of a folder that were never true, or never false.
Two that nothing could take do not count: that what says why something failed is true (`return ok ||
fail(…)`), and that a switch over an enumeration, which has a case for each, finds none."""
import argparse
import collections
import glob
import json
import os
import re
import shutil
import subprocess
import sys


def tool(name):
    found = shutil.which(name) or shutil.which(name + '-14')
    if not found:
        raise SystemExit(name + ' is not there')
    return found


def export(program, profiles):
    data = os.path.join(profiles, 'all.profdata')
    subprocess.run([tool('llvm-profdata'), 'merge', '-sparse', '-o', data] +
                   glob.glob(os.path.join(profiles, '*.profraw')), check=True)
    out = subprocess.run([tool('llvm-cov'), 'export', '-instr-profile', data, program], check=True,
                         capture_output=True).stdout
    return json.loads(out)['data'][0]['files']


def place(path):
    """(folder, name) of a file of src."""
    folder, _, name = path.rpartition('src/')[2].partition('/')
    return folder, name


def is_never_true(before, text):
    return before.endswith('switch (') or re.match(r'(err_set|err_add|bad_date|\w*fail(ed)?)\(', text) is not None


def conditions(f):
    """(line, its text, whether it was true, whether it was false, whether it can be true)."""
    with open('src/' + '/'.join(place(f['filename']))) as source:
        lines = source.read().split('\n')
    for line, at, last, end, taken, not_taken in sorted({
            (b[0], b[1] - 1, b[2], b[3] - 1, b[4] > 0, b[5] > 0) for b in f['branches']}):
        whole = lines[line - 1].encode()
        text = whole[at:end if last == line else None].decode().strip()
        before = whole[:at].decode()
        yield line, text, taken, not_taken, not is_never_true(before, text)


def table(files):
    sums = collections.defaultdict(collections.Counter)
    for f in files:
        f['summary']['branches']['count'] -= sum(not c[2] and not c[4] for c in conditions(f))
        for kind in ('branches', 'lines'):
            for where in (place(f['filename'])[0], 'all'):
                sums[where][kind] += f['summary'][kind]['count']
                sums[where][kind + ' taken'] += f['summary'][kind]['covered']
    print('%-10s %17s %8s %17s %8s' % ('src', 'branches taken', '', 'lines run', ''))
    for name in sorted(sums, key=lambda n: (n == 'all', n)):
        s = sums[name]
        print('%-10s' % name, *('%8d of %6d %6.1f %%' % (
            s[k + ' taken'], s[k], 100.0 * s[k + ' taken'] / max(s[k], 1))
            for k in ('branches', 'lines')))


def untaken(files, folder):
    for f in files:
        if place(f['filename'])[0] != folder:
            continue
        for line, text, taken, not_taken, possible in conditions(f):
            if not not_taken or (not taken and possible):
                print('%s:%d: never %s: %s' % ('/'.join(place(f['filename'])), line,
                                               'true' if not taken else 'false', text))


def main():
    p = argparse.ArgumentParser()
    p.add_argument('program')
    p.add_argument('profiles')
    p.add_argument('--list', default='')
    o = p.parse_args()
    files = [f for f in export(o.program, o.profiles) if 'src/' in f['filename']]
    if o.list:
        untaken(files, o.list)
    else:
        table(files)


if __name__ == '__main__':
    sys.exit(main())
