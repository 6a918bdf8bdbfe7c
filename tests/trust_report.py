#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The README's table of what the long tests showed: trust_report.py LOG...

Each LOG is what `make soak`, `mutants`, `coverage` or `fuzz` printed; what none of them says has no
row. Runs of one kind (the halves of a soak) are added up."""
import re
import sys

# (row, pattern of a line in a log, how its numbers are said): all matches are added.
ROWS = [
    ('random accounts, each fixed and judged', r'^(\d+) models, (\d+) questions: (\d+) failed',
     '{0:,}; {1:,} questions, {2:,} wrong'),
    ('random code, judged for each choice of its variables and parameters',
     r'^(\d+) random codes, (\d+) choices .*?: (\d+) failed', '{0:,}; {1:,} choices, {2:,} wrong'),
    ('random expressions, as Terraform evaluates them',
     r'^(\d+) expressions, (\d+) values compared, (\d+) wrong',
     '{0:,}; {1:,} values, {2:,} wrong'),
    ('statements held there although a move would be safe, without a reason in `holds.py`',
     r'(\d+) held \(a move would be safe: \d+, needless: (\d+)\)', '{1:,} of {0:,} held'),
    ('random patterns matched as the judge does', r'^(\d+) patterns: (\d+) differ',
     '{0:,}; {1:,} differ'),
    ('calls that failed, were cut short or killed', r'^(\d+) faults, (\d+) broken',
     '{0:,}; {1:,} broke anything'),
    ('runs beside each other, and outputs that are closed', r'^(\d+) races and outputs, (\d+) broken',
     '{0:,}; {1:,} broke anything'),
    ('hostile repositories', r'^(\d+) repositories, (\d+) runs broke a bound',
     '{0:,}; {1:,} runs broke a bound'),
    ('faults put into `iam`, `access` and `plan`', r'^(\d+) of (\d+) faults caught',
     '{1:,}; {0:,} caught'),
    ('branches taken by the tests (`make coverage`)', r'^all +(\d+) of +(\d+)', '{0:,} of {1:,}'),
    ('inputs of the fuzzer', r'^#(\d+)\s+DONE', '{0:,}'),
]


def sums(pattern, text):
    found = [[int(n or 0) for n in m.groups()] for m in re.finditer(pattern, text, re.M)]
    return [sum(column) for column in zip(*found)]


def main():
    texts = []
    for name in sys.argv[1:]:
        with open(name, encoding='utf-8', errors='replace') as f:
            texts.append(f.read())
    text = '\n'.join(texts)
    print('| what | seen |\n|---|---|')
    for row, pattern, form in ROWS:
        n = sums(pattern, text)
        if n:
            print('| %s | %s |' % (row, form.format(*n)))


if __name__ == '__main__':
    main()
