#!/bin/sh
# SPDX-License-Identifier: MIT
# kmsfix at work: makes a repository out of testdata/demo, shows the fix, commits it on a new branch.
set -eu

kmsfix=$(realpath "${KMSFIX:-build/kmsfix}")
dir=$(mktemp -d "${TMPDIR:-/tmp}/kmsfix-demo.XXXXXX")
cp -R testdata/demo/. "$dir"
cd "$dir"

export GIT_CONFIG_GLOBAL=/dev/null GIT_PAGER=cat
export GIT_AUTHOR_NAME=demo GIT_AUTHOR_EMAIL=demo@example.com
export GIT_COMMITTER_NAME=demo GIT_COMMITTER_EMAIL=demo@example.com
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# show COMMAND...: prints and runs it; 2 and 3 are news, not errors (see README).
show()
{
	printf '\n$ %s\n' "$*"
	status=0
	"$@" || status=$?
	case $status in
	0) ;;
	2 | 3) echo "(exit status $status)" ;;
	*) exit "$status" ;;
	esac
}

kmsfix() { "$kmsfix" "$@"; }

git init -q -b main
git add -A
git commit -q -m 'infrastructure'
show kmsfix
show kmsfix --apply
show git log --oneline --graph --all
show git show --stat kmsfix/kms-decrypt-to-key-policy
printf '\nthe repository is in %s\n' "$dir"
