#!/bin/sh
# SPDX-License-Identifier: MIT
# The rules that no compiler checks. Prints every violation; exit status 1 when there is one.
set -u
cd "$(dirname "$0")/.." || exit 1

LAYERS='base source syntax iam facts iac access plan edit report git app'
# Public headers whose layer is not that of a src/<layer>/<same name>.c:
TABLE='memory base
apart iac
assumed iac
wait iac
round plan
syntax syntax
tree syntax
language iac
policy iac
removal iac
name iac
access access
carry iac
site iac
git git
template_text base
trailer base
ascii base'

PROJECT_C=$(ls src/*/*.[ch] tests/*.[ch] tests/*/*.[ch] include/kmsfix/*.h)
failed=0

# check TITLE VIOLATIONS
check()
{
	[ -z "$2" ] && return
	printf 'lint: %s:\n%s\n' "$1" "$2"
	failed=1
}

header_layers()
{
	echo "$TABLE"
	for c in src/*/*.c; do
		dir=${c%/*}
		name=${c##*/}
		echo "${name%.c} ${dir#src/}"
	done
}

includes()
{
	header_layers | awk -v layers="$LAYERS" '
	BEGIN {
		for (n = split(layers, names, " "); n; n--)
			rank[names[n]] = n
	}
	FILENAME == "-" {
		if ($2 in rank && (!($1 in of) || rank[$2] < rank[of[$1]]))
			of[$1] = $2
		next
	}
	FNR == 1 {
		n = split(FILENAME, part, "/")
		base = part[n]
		sub(/\.[ch]$/, "", base)
		mine = part[1] == "src" ? part[2] : base in of ? of[base] : ""
		if (!mine) {
			print FILENAME ": belongs to no layer: name its .c alike or add it to TABLE in tests/lint.sh"
			mine = "app"
		}
	}
	!/^#[ \t]*include/ { next }
	/<git2/ && mine != "git" { print FILENAME ":" FNR ": only src/git knows libgit2" }
	/<cjson/ && mine == "syntax" { print FILENAME ":" FNR ": syntax has parsers of its own" }
	/"kmsfix\// {
		name = $0
		sub(/.*kmsfix\//, "", name)
		sub(/\.h.*/, "", name)
		if (name in of && rank[of[name]] > rank[mine])
			print FILENAME ":" FNR ": " mine " is below " of[name]
	}
	/"/ && !/"kmsfix\// && /\// { print FILENAME ":" FNR ": a private header of another layer" }
	' - src/*/*.[ch] include/kmsfix/*.h
}

sizes()
{
	# shellcheck disable=SC2086
	awk '
	function finish() {
		if (lines > limit)
			print file ": " lines " lines, at most " limit
	}
	FNR == 1 {
		finish()
		file = FILENAME
		limit = file ~ /^include/ ? 200 : 500
		start = 0
	}
	{ lines = FNR }
	/^[{]/ { start = FNR }
	/^[}]/ && start {
		if (FNR - start - 1 > 60)
			print FILENAME ":" start ": a function of " FNR - start - 1 " lines, at most 60"
		start = 0
	}
	END { finish() }
	' $PROJECT_C
}

columns()
{
	for f in $PROJECT_C; do
		LC_ALL=C tr -d '\200-\277' <"$f" | expand -t 8 |
			awk -v f="$f" 'length > 100 { print f ":" NR ": " length " columns, at most 100" }'
	done
}

licences()
{
	# shellcheck disable=SC2086
	awk 'FNR == 1 && $0 != "/* SPDX-License-Identifier: MIT */" { print FILENAME ": no SPDX line" }' \
		$PROJECT_C
}

banned()
{
	# shellcheck disable=SC2086
	grep -nE '(^|[^A-Za-z0-9_])(strcpy|strcat|sprintf|gets|strtok)\(' $PROJECT_C
	grep -nE '(^|[^A-Za-z0-9_])exit\(' src/*/*.[ch] |
		grep -vE '^src/(app/main|base/arena)\.c:'
}

headers_alone()
{
	for h in include/kmsfix/*.h src/*/*.h; do
		[ -e "$h" ] || continue
		# shellcheck disable=SC2046
		${CC:-cc} -std=c11 -D_POSIX_C_SOURCE=200809L -Iinclude \
			$(pkg-config --cflags libgit2 libcjson yaml-0.1) -fsyntax-only -x c "$h" 2>&1
	done
}

format()
{
	command -v clang-format >/dev/null || {
		echo 'lint: clang-format is not installed, style not checked' >&2
		return
	}
	# shellcheck disable=SC2086
	clang-format --dry-run $PROJECT_C 2>&1 | sed -n 's/: warning:.*//p'
}

check 'includes point towards base' "$(includes)"
check 'sizes' "$(sizes)"
check 'line length' "$(columns)"
check 'licence' "$(licences)"
check 'banned functions' "$(banned)"
check 'every header compiles alone' "$(headers_alone)"
check 'style (make format)' "$(format)"
[ "$failed" = 0 ] && echo 'lint: ok'
exit "$failed"
