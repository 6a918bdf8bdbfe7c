#!/bin/bash
# SPDX-License-Identifier: MIT
# Builds the program, the static program and the package twice, in two directories, time zones and
# languages and with two umasks, and compares every byte.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
unset MAKEFLAGS MAKELEVEL MFLAGS BUILD

build()
{
	mkdir -p "$1"
	cp -R LICENSE Makefile README.md include src templates tests "$1"
	make -s -j2 -C "$1" all static >"$1.log" 2>&1 && make -s -C "$1" deb >>"$1.log" 2>&1 || {
		cat "$1.log"
		return 1
	}
}

(umask 022 && TZ=UTC LC_ALL=C build "$scratch/a")
(umask 027 && TZ=Asia/Tokyo LC_ALL=C.UTF-8 build "$scratch/some/where")

cd "$scratch/a"
for file in build/kmsfix build/static/kmsfix build/deb/kmsfix_*.deb; do
	cmp "$file" "$scratch/some/where/$file"
	sha256sum "$file"
done
echo 'reproducible: two builds are the same'
