#!/bin/bash
# SPDX-License-Identifier: MIT
# How fast kmsfix is, on generated repositories, beside what else reads them: medians of several runs
# in turn, as a Markdown table with a plot of the growth.
#	tests/bench.sh          prints the tables
#	tests/bench.sh --gate   and fails when a ratio is 30 % over its limit
# shellcheck disable=SC2016 # backticks of Markdown
set -euo pipefail
cd "$(dirname "$0")/.."
kmsfix=$PWD/${BUILD:-build}/kmsfix
generate=$PWD/tests/bench/repo.sh
files=${FILES:-20000} runs=${ROUNDS:-5} gate=${1:-}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
failed=0

# The most that a ratio may be. Growth is for ten times the input.
declare -A limits=([scan]=5 [quiet]=3 [small]=3 [apply]=1.5
	[files]=11 [findings]=11 [modules]=11 [pairs]=11 [line]=11 [aliases]=11)

repo() # SHAPE N: its directory
{
	[ -d "$dir/$1-$2" ] || "$generate" "$1" "$2" "$dir/$1-$2"
	echo "$dir/$1-$2"
}

# Processor and wall time of one run in milliseconds; the exit status of kmsfix says what it found.
run_once()
{
	local times
	TIMEFORMAT='%U %S %R'
	times=$({ time "$@" >"$dir/out" 2>&1 </dev/null || true; } 2>&1)
	awk '{ printf "%d %d\n", ($1 + $2) * 1000, $3 * 1000 }' <<<"$times"
}

median() # FILE COLUMN
{
	awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

# contend NAME=COMMAND...: runs each in turn, several times; medians in $cpu and $wall by name.
declare -A cpu wall
contend()
{
	local round pair name
	rm -f "$dir"/times.*
	for ((round = 0; round < runs; round++)); do
		for pair; do
			name=${pair%%=*}
			# shellcheck disable=SC2086
			run_once bash -c "${pair#*=}" >>"$dir/times.$name"
		done
	done
	for pair; do
		name=${pair%%=*}
		cpu[$name]=$(median "$dir/times.$name" 1)
		wall[$name]=$(median "$dir/times.$name" 2)
	done
}

ratio() # A B
{
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / (b ? b : 1) }'
}

check() # NAME RATIO
{
	awk -v r="$2" -v most="${limits[$1]}" 'BEGIN { exit !(r > most * 1.3) }' || return 0
	echo "over its limit: $1 has $2, may have ${limits[$1]} (and 30 %)" >&2
	failed=1
}

row() # TITLE NAME REFERENCE
{
	printf '| %s | %s | %s | %s |\n' "$1" "${cpu[$2]}" "${wall[$2]}" "$(ratio "${cpu[$2]}" "${cpu[$3]}")"
}

scan()
{
	local at quiet size
	at=$(repo files "$files")
	quiet=$(repo quiet "$files")
	size=$(git -C "$at" ls-tree -r -l HEAD | awk '{ n += $4 } END { printf "%d MB", n / 1e6 }')
	local contenders=("grep=git -C $at grep -n kms: HEAD"
		"cat=git -C $at cat-file --batch --batch-all-objects --unordered"
		"kmsfix=$kmsfix $at"
		"quiet=$kmsfix $quiet")
	command -v terraform >/dev/null &&
		contenders+=("fmt=terraform fmt -check -recursive $at")
	command -v ast-grep >/dev/null &&
		contenders+=("ast=ast-grep run -l hcl -p kms: $at")
	contend "${contenders[@]}"
	printf '\n| %s files, %s | CPU ms | wall ms | CPU, `git grep` = 1 |\n|---|---:|---:|---:|\n' "$files" "$size"
	row '`git grep -n kms: HEAD`' grep grep
	row '`git cat-file --batch` of everything' cat grep
	row '`kmsfix`, one root in 20 has a finding' kmsfix grep
	row '`kmsfix`, nothing of interest' quiet grep
	[ -z "${cpu[fmt]:-}" ] || row '`terraform fmt -check -recursive`' fmt grep
	[ -z "${cpu[ast]:-}" ] || row '`ast-grep`, one pattern' ast grep
	check scan "$(ratio "${cpu[kmsfix]}" "${cpu[grep]}")"
	check quiet "$(ratio "${cpu[quiet]}" "${cpu[grep]}")"
}

small()
{
	local at
	at=$(repo files 20)
	contend "git=git -C $at rev-parse HEAD" "kmsfix=$kmsfix $at"
	printf '\n| 20 files | CPU ms | wall ms | CPU, `git rev-parse` = 1 |\n|---|---:|---:|---:|\n'
	row '`git rev-parse HEAD`' git git
	row '`kmsfix`' kmsfix git
	check small "$(ratio "${cpu[kmsfix]}" "${cpu[git]}")"
}

# What --apply adds to a dry run, beside a commit of the same change.
apply()
{
	local at adds
	at=$(repo findings 2000)
	(cd "$at" && "$kmsfix" >"$dir/fix.diff" 2>/dev/null) || true
	contend "dry=$kmsfix $at" \
		"apply=$kmsfix --apply $at; git -C $at update-ref -d refs/heads/kmsfix/kms-decrypt-to-key-policy" \
		"git=cd $at && git apply --index $dir/fix.diff && git -c user.name=b -c user.email=b@b commit -qm x" \
		"undo=cd $at && git reset -q --hard HEAD~"
	adds=$((cpu[apply] - cpu[dry]))
	cpu[adds]=$((adds > 0 ? adds : 0))
	wall[adds]=$((wall[apply] - wall[dry]))
	printf '\n| 100 edited files | CPU ms | wall ms | CPU, `git commit` = 1 |\n|---|---:|---:|---:|\n'
	row '`git apply --index`, `git commit`' git git
	row 'what `kmsfix --apply` adds to `kmsfix`' adds git
	check apply "$(ratio "${cpu[adds]}" "${cpu[git]}")"
}

bar() # RATIO: one block for each
{
	awk -v r="$1" 'BEGIN { for (i = 1; i <= r + 0.5; i++) printf "█" }'
}

grow() # SHAPE N N10 TITLE
{
	local r
	contend "one=$kmsfix $(repo "$1" "$2")" "ten=$kmsfix $(repo "$1" "$3")"
	r=$(ratio "${cpu[ten]}" "${cpu[one]}")
	printf '| %s | %s | %s | %s | `%s` |\n' "$4" "${cpu[one]}" "${cpu[ten]}" "$r" "$(bar "$r")"
	check "$1" "$r"
}

printf '%s, %s, %s cores, %s\n' "$(date -u +%Y-%m-%d)" "$(uname -sm)" "$(nproc)" \
	"$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)"
scan
small
apply
printf '\n| ten times | CPU ms | CPU ms, ten times | ratio | |\n|---|---:|---:|---:|---|\n'
grow files $((files / 10)) "$files" "the files"
grow findings 500 5000 "the findings"
grow modules 200 2000 "the module calls"
# As many roles by as many keys: 120 by 30, 380 by 95.
grow pairs 120 380 "roles by keys"
grow line 1000 10000 "statements on one line"
grow aliases 200 2000 "keys by their alias"
[ "$gate" != --gate ] || exit "$failed"
