#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: pre-commit.sh [--fix] [OPTION...]: kmsfix on what is staged. Exit status 1 when there is a fix:
# it is shown, and with --fix made in the work tree, to be staged. What is held does not stop a commit.
set -eu

fix=
[ "${1-}" != --fix ] || { fix=1; shift; }

# What is staged as a commit that no branch names.
export GIT_AUTHOR_NAME=kmsfix GIT_AUTHOR_EMAIL=kmsfix@localhost
export GIT_COMMITTER_NAME=kmsfix GIT_COMMITTER_EMAIL=kmsfix@localhost
tree=$(git write-tree)
staged=$(git commit-tree -m staged "$tree")

patch=$(mktemp) said=$(mktemp)
trap 'rm -f "$patch" "$said"' EXIT
status=0
kmsfix --base "$staged" "$@" >"$patch" 2>"$said" || status=$?
sed '/^run this again with /d' "$said" >&2 # a run would read what is committed
case $status in
0 | 3) exit 0 ;;
2) ;;
*) exit "$status" ;;
esac
if [ "$fix" ]; then
	git apply "$patch"
	echo "the work tree has the fix: review it with 'git diff', stage it, and commit again" >&2
else
	cat "$patch"
	echo "this is the fix of what is staged: 'git apply' makes it in the work tree" >&2
fi
exit 1
