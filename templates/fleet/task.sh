#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: task.sh URL [OPTION...]: one repository of a fleet, as a task that depends on no other: clones
# URL, runs kmsfix with the options, and prints its result as one line of JSON. Nothing is printed
# unless it is complete, so a task may be run again, anywhere. To fix: task.sh URL --apply --push origin.
set -eu

url=$1
shift
# What the result calls the repository, whoever cloned it where: host/owner/name.
name=$(printf '%s\n' "$url" |
	sed -E 's#^[a-z+]+://##; s#^[^@/]*@##; s#^([^/:]+):[0-9]*/?#\1/#; s#\.git/?$##
		s#(^|/)\.\.?(/|$)#/#g; s#^/+##')
dir=$(mktemp -d "${TMPDIR:-/tmp}/kmsfix-task.XXXXXX")
trap 'rm -rf "$dir"' EXIT
trap 'exit 1' HUP INT TERM

git clone --quiet -- "$url" "$dir/$name"
cd "$dir"
status=0
kmsfix --quiet --format json "$@" -- "$name" >result || status=$?
case $status in
0 | 2 | 3 | 4) ;; # see kmsfix(1): all of these have a result
*) exit "$status" ;;
esac
# In JSON a line break is never inside a text.
line=$(tr -d '\n' <result)
printf '%s\n' "$line"
[ "$status" != 4 ] # not pushed: let the engine try again
