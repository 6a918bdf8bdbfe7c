#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What becomes of the golden cases that need no options: golden.py DRIVER, from the top directory.
One process for all of them, where the golden tests start some for each: a line per case, with the
findings and the files afterwards, to be compared with those of code without a fault."""
import glob
import hashlib
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


def main():
    tool = judge.Tool(sys.argv[1])
    for case in sorted(glob.glob('testdata/golden/*/*')):
        try:
            files = files_of(case) if is_plain(case) else None
        except (FileNotFoundError, UnicodeDecodeError):    # a link that leads nowhere
            continue
        if not files:
            continue
        failure, findings, after = tool.fix(files)
        said = [(f.outcome, f.code, f.path, f.reason) for f in findings]
        print(case, hashlib.sha256(repr((failure, said, after)).encode()).hexdigest())
    return 0


if __name__ == '__main__':
    sys.exit(main())
