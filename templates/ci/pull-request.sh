#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: pull-request.sh RESULT BODY BASE: opens, or brings up to date, a pull request into branch BASE for
# each branch that kmsfix --apply --push made. RESULT is what --format json printed, BODY what --format
# markdown printed. Needs gh (with GH_TOKEN) and jq; GITHUB_REPOSITORY is owner/name. Branches that
# kmsfix deleted close their pull requests by themselves.
set -eu

result=$1 body=$2 base=$3
repo=$GITHUB_REPOSITORY
text=$(mktemp)
trap 'rm -f "$text"' EXIT

# One branch a line: name, commit, and whether it is one of a group.
jq -r '.branches[] | select(.commit and .pushed) | [.name, .commit, .group != null] | @tsv' "$result" |
	while IFS='	' read -r name commit grouped; do
		title=$(git log -1 --format=%s "$commit")
		if [ "$grouped" = true ]; then
			git log -1 --format=%b "$commit" >"$text"
		else
			cat "$body" >"$text"
		fi
		number=$(gh api -X GET "repos/$repo/pulls" -f state=open -f base="$base" \
			-f head="${repo%%/*}:$name" --jq '.[0].number // empty')
		if [ "$number" ]; then
			gh api -X PATCH "repos/$repo/pulls/$number" -f title="$title" -F body=@"$text" \
				--jq '"updated " + .html_url'
		else
			gh api -X POST "repos/$repo/pulls" -f title="$title" -F body=@"$text" \
				-f head="$name" -f base="$base" --jq '"opened " + .html_url'
		fi
	done
