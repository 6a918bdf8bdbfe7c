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

patch=$(mktemp)
trap 'rm -f "$patch"' EXIT
status=0
kmsfix --base "$staged" "$@" >"$patch" || status=$?
case $status in
0 | 3) exit 0 ;;
2) ;;
*) exit "$status" ;;
esac
if [ "$fix" ]; then
	git apply "$patch"
else
	cat "$patch"
fi
exit 1
