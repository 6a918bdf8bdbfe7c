#!/bin/bash
# SPDX-License-Identifier: MIT
# fuzz.sh DIR SECONDS TARGET...: each target built in DIR for so long, one after the other, on seeds
# from the golden cases and all that was found before. What breaks one stays in DIR/found. The
# sanitizers, with an allocation of its own for each piece, take four times the 512 MB of a run.
set -eu
dir=$1 seconds=$2
shift 2
here=$(dirname "$0")
golden=$here/../../testdata/golden

# seed TARGET: files it would be given.
seed()
{
	case $1 in
	hcl) find "$golden" -type f -name '*.tf' ;;
	json) find "$golden" -type f -name '*.json' ;;
	yaml) find "$golden" -type f -name '*.yml' ;;
	config) find "$golden" -type f -name '.kmsfix.json' ;;
	request) find "$golden/handoff" -type f -name 'kms-grant-*.json' ;;
	facts | evidence) find "$here/../../testdata" -path "*$1*" -type f ;;
	esac | while read -r f; do cp "$f" "$dir/corpus/$1/$(sha1sum <"$f" | cut -c1-16)"; done
	[ "$1" != options ] || printf -- '--format\0json\0--apply' >"$dir/corpus/$1/seed"
	[ "$1" != iam ] || printf 'kms:De*\0arn:aws:kms:*\0*\0StringLike\0kms:ViaService\0x' \
		>"$dir/corpus/$1/seed"
	[ "$1" != tree ] || trees
}

# The files of each golden case, with the byte before each that says which it is (fuzz_tree.c).
trees()
{
	for in in "$golden"/*/*/in; do
		(cd "$in" && find . -type f | sort | head -8 | while read -r f; do
			case $f in
			*/modules/*outputs.tf) printf '\004' ;;
			*/modules/*) printf '\003' ;;
			*.tf.json) printf '\002' ;;
			*iam.tf) printf '\001' ;;
			*main.tf) printf '\016' ;;
			*.tf) printf '\014' ;;
			*serverless.yml) printf '\010' ;;
			*.yml) printf '\006' ;;
			*.json) printf '\011' ;;
			*) continue ;;
			esac
			tr -d '\000' <"$f"
			printf '\000'
		done) >"$dir/corpus/tree/$(basename "$(dirname "$in")")"
	done
}

status=0
for t; do
	mkdir -p "$dir/corpus/$t" "$dir/found"
	seed "$t"
	cp -n "$here/found/$t"/* "$dir/corpus/$t/" 2>/dev/null || true
	echo "== fuzz $t for $seconds s"
	nice -n 19 "$dir/tests/fuzz/fuzz_$t" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 \
		-max_len=8192 -artifact_prefix="$dir/found/$t-" "$dir/corpus/$t" 2>&1 |
		grep -E 'DONE|ERROR|SUMMARY|Test unit|BINGO|stat::' || true
	if compgen -G "$dir/found/$t-*" >/dev/null; then
		status=1
	fi
done
exit $status
