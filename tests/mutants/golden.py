#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What becomes of the golden cases that need no options: golden.py DRIVER WANTED, from the top
directory. One process for all of them, where the golden tests start some for each: a line per case,
with the findings and the files afterwards. They are written to WANTED when there is none; otherwise
the exit status is 1 at the first that is not so there."""
import glob
import hashlib
import itertools
import os
import sys

sys.path.insert(0, 'tests/judge')
sys.dont_write_bytecode = True
import judge    # noqa: E402


def files_of(case):
    out = {}
    for folder, _, names in os.walk(case + '/in'):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, encoding='utf-8') as f:
                out[os.path.relpath(path, case + '/in')] = f.read()
    return dict(sorted(out.items()))


def is_plain(case):
    return not os.path.exists(case + '/args') and not os.path.exists(case + '/in/.kmsfix.json')


def lines(tool):
    for case in sorted(glob.glob('testdata/golden/*/*')):
        try:
            files = files_of(case) if is_plain(case) else None
        except (FileNotFoundError, UnicodeDecodeError):    # a link that leads nowhere
            continue
        if not files:
            continue
        failure, findings, after = tool.fix(files)
        said = [(f.outcome, f.code, f.path, f.reason) for f in findings]
        yield '%s %s\n' % (case, hashlib.sha256(repr((failure, said, after)).encode()).hexdigest())


def main():
    found = lines(judge.Tool(sys.argv[1]))
    if not os.path.exists(sys.argv[2]):
        with open(sys.argv[2], 'w') as f:
            f.writelines(found)
        return 0
    with open(sys.argv[2]) as f:
        return int(any(a != b for a, b in itertools.zip_longest(found, f)))


if __name__ == '__main__':
    sys.exit(main())
