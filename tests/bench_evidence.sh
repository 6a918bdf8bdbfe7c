#!/bin/sh
# SPDX-License-Identifier: MIT
# How fast evidence is read, and that what comes out is exactly what was generated, for each format.
#	tests/bench_evidence.sh [EVENTS]
set -eu
cd "$(dirname "$0")/.."
events=${1:-1000000}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

make -s all
# shellcheck disable=SC2046
${CC:-cc} -std=c11 -O2 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -Iinclude -o "$dir/evidence" \
	tests/bench/evidence.c tests/evidence_gen.c tests/evidence_truth.c "${BUILD:-build}/libkmsfix.a" \
	$(pkg-config --libs zlib)

# As in the logs of most accounts: one event in 50 is of KMS.
"$dir/evidence" records.json "$events" 2 "$dir/records.json"
gzip -1 "$dir/records.json"
"$dir/evidence" "$dir/records.json.gz"
rm "$dir/records.json.gz"
# Nothing but events of KMS.
for format in records.json pretty.json lines.jsonl lookup.json structs.csv json.csv; do
	"$dir/evidence" $format "$events" 100 "$dir/$format"
	rm "$dir/$format"
done
