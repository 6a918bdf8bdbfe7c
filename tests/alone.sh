#!/bin/bash
# SPDX-License-Identifier: MIT
# usage: alone.sh PROGRAM: the static program in a chroot where nothing else is, and how long it
# takes to start. Without the right to chroot it runs where it is.
set -euo pipefail
cd "$(dirname "$0")/.."

program=$1
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp "$program" "$root/kmsfix"
cp -R testdata/demo "$root/repo"
git=(git -C "$root/repo" -c user.name=a -c user.email=a@example.org)
"${git[@]}" init -q
"${git[@]}" add -A
"${git[@]}" commit -qm demo
chown -R "$(id -u)" "$root/repo"

run=(chroot "$root" /kmsfix)
where=/repo
if ! chroot "$root" /kmsfix --version >/dev/null 2>&1; then
	run=("$root/kmsfix")
	where=$root/repo
fi

status=0
"${run[@]}" -q "$where" >"$root/diff" || status=$?
((status == 2)) || { echo "a dry run exits with $status"; exit 1; }
"${git[@]}" apply --check "$root/diff"
status=0
"${run[@]}" -q --apply "$where" || status=$?
((status == 3)) || { echo "--apply exits with $status"; exit 1; }
"${git[@]}" fsck --strict 2>/dev/null
"${git[@]}" diff --quiet HEAD kmsfix/kms-decrypt-to-key-policy 2>/dev/null &&
	{ echo 'the branch changes nothing'; exit 1; }

# best_of COMMAND…: its shortest time in µs, most of which is what the machine takes to start anything.
best_of()
{
	local best=1000000 start took i

	for ((i = 0; i < 100; i++)); do
		start=${EPOCHREALTIME/./}
		"$@" >/dev/null
		took=$((${EPOCHREALTIME/./} - start))
		((took < best)) && best=$took
	done
	echo "$best"
}

anything=$(best_of /bin/true)
took=$(best_of "$program" --version)
printf 'alone: %d bytes, starts in %d us (/bin/true in %d us)\n' "$(stat -c %s "$program")" "$took" "$anything"
((took < anything + 2000)) || { echo 'that is too slow: 2000 us more at most'; exit 1; }
