# SPDX-License-Identifier: MIT
# What apply.sh, rollback.sh and analyze.sh are made of. Needs aws (version 1 or 2) and jq.
#
# Policies are compared by meaning: AWS gives them back with other blanks, and a list in another
# order, or of one element as a text.

usage()
{
	echo "usage: ${0##*/} [--dry-run]"
	echo "       --dry-run prints the calls that would change something, and makes no call at all"
}

say()
{
	printf '%s\n' "$*"
}

die()
{
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# begin ACCOUNT REGION ARGUMENTS: the account that everything is about; REGION is for calls that
# are of no key.
begin()
{
	account=$1 home=$2 dry_run='' pending='' grants='' removals='' changed=0 asked=0 found=0
	shift 2
	case ${1-} in
	--dry-run)
		dry_run=yes
		shift
		;;
	esac
	if [ $# != 0 ]; then
		usage >&2
		exit 2
	fi
	[ -z "$dry_run" ] || return 0
	for tool in aws jq; do
		command -v "$tool" >/dev/null || die "'$tool' is not installed"
	done
	wait=${KMSFIX_WAIT:-120}
	case $wait in
	'' | *[!0-9]*) die "KMSFIX_WAIT is not a number of seconds" ;;
	esac
	set -f
	umask 077
	export AWS_PAGER='' AWS_CLI_FILE_ENCODING=UTF-8 AWS_CLI_AUTO_PROMPT=off
	export AWS_RETRY_MODE="${AWS_RETRY_MODE:-standard}" AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-10}"
	tmp=$(mktemp -d)
	trap 'rm -rf "$tmp"' EXIT
	trap 'exit 129' HUP
	trap 'exit 130' INT
	trap 'exit 143' TERM
	ask sts get-caller-identity
	[ "$(jq -r .Account "$tmp/answer")" = "$account" ] ||
		die "the credentials are not of account $account"
}

# ask CALL: one that only reads; what it says is in $tmp/answer.
ask()
{
	aws "$@" --output json >"$tmp/answer" ||
		die "cannot ask AWS (aws $1 $2); run this again when that is mended"
}

# show CALL: as it would be typed.
show()
{
	printf 'aws'
	for word; do
		case $word in
		'' | *[!A-Za-z0-9_./:=@%+,-]*)
			printf " '%s'" "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")"
			;;
		*) printf ' %s' "$word" ;;
		esac
	done
	echo
}

# change CALL: one that changes something.
change()
{
	show "$@"
	[ -z "$dry_run" ] || return 0
	aws "$@" --output json >"$tmp/changed" ||
		die "stopped: AWS did not do this; nobody has lost access, and this can be run again"
	changed=$((changed + 1))
}

# ---- documents ----

# compare EXPRESSION DOCUMENT: where EXPRESSION finds a policy in the answer, is it the one before
# or the one after? "other": neither.
compare()
{
	set -- "$1" "before/$2" "after/$2"
	[ -f "$3" ] || set -- "$1" "$2"
	expression=$1
	shift
	state=$(jq -rs "
		def canon:
			if type == \"object\" then map_values(canon)
			elif type == \"array\" then map(canon) | unique | if length == 1 then .[0] else . end
			else . end;
		(.[0] | $expression | canon) as \$live | .[1:] | map(canon) |
		if \$live == .[0] then \"before\" elif length > 1 and \$live == .[1] then \"after\"
		else \"other\" end" "$tmp/answer" "$@") || die "cannot compare the policies of $1"
}

# save EXPRESSION NAME: keeps what is replaced, once.
save()
{
	[ ! -f "backup/$2" ] || return 0
	mkdir -p "backup/${2%/*}"
	jq -j "$1" "$tmp/answer" >"backup/$2.new"
	mv "backup/$2.new" "backup/$2"
}

# original DOCUMENT: the file that holds it: as it was live, else as it was exported.
original()
{
	original="before/$1"
	[ ! -f "backup/$1" ] || original="backup/$1"
}

moved()
{
	die "$1 has changed since the export: export the account again"
}

# ---- key policies ----

# read_key ARN REGION DOCUMENT
read_key()
{
	ask kms get-key-policy --region="$2" --key-id="$1" --policy-name=default
	compare '.Policy | fromjson' "$3"
	[ "$state" != other ] || moved "the policy of $1"
}

check_key()
{
	[ -z "$dry_run" ] || return 0
	read_key "$@"
	case $state in
	after) grants=yes ;;
	*) pending=yes ;;
	esac
}

# same_key ARN REGION DOCUMENT: its policy stays, and something is removed because of what it says.
same_key()
{
	[ -z "$dry_run" ] || return 0
	read_key "$@"
}

write_key()
{
	change kms put-key-policy --region="$2" --key-id="$1" --policy-name=default \
		--policy="file://$3"
}

put_key()
{
	if [ -z "$dry_run" ]; then
		read_key "$@"
		[ "$state" = before ] || return 0
		# KMS adds blanks, and takes a text of this length
		save '.Policy | if utf8bytelength > 32768 then fromjson | tojson else . end' "$3"
	fi
	write_key "$1" "$2" "after/$3"
}

restore_key()
{
	if [ -z "$dry_run" ]; then
		read_key "$@"
		[ "$state" = after ] || return 0
	fi
	original "$3"
	write_key "$1" "$2" "$original"
}

# confirm_key STATE ARN REGION DOCUMENT: KMS shows what was put, sooner or later.
confirm_key()
{
	[ -z "$dry_run" ] || return 0
	want=$1 tries=20
	shift
	read_key "$@"
	while [ "$state" != "$want" ]; do
		tries=$((tries - 1))
		[ "$tries" != 0 ] || die "the policy of $1 is not yet as it was put: run this again later"
		sleep 3
		read_key "$@"
	done
}

# settle LEFT: IAM and KMS are eventually consistent, what was put is not in effect everywhere at
# once. There is nothing to wait for when nothing is LEFT to be taken away after it.
settle()
{
	pending=''
	if [ -n "$dry_run" ]; then
		say "# wait until this is in effect everywhere (KMSFIX_WAIT seconds, else 120)"
	elif [ -n "$1" ] && [ "$wait" != 0 ]; then
		say "waiting $wait seconds until this is in effect everywhere"
		sleep "$wait"
	fi
}

# ---- roles and users ----

# check_role NAME ID: it is not another one of the same name.
check_role()
{
	[ -z "$dry_run" ] || return 0
	ask iam get-role --role-name="$1"
	[ "$(jq -r .Role.RoleId "$tmp/answer")" = "$2" ] || moved "role $1"
}

# same_user NAME ID: likewise. What it got since then is no reason not to go back.
same_user()
{
	[ -z "$dry_run" ] || return 0
	ask iam get-user --user-name="$1"
	[ "$(jq -r .User.UserId "$tmp/answer")" = "$2" ] || moved "user $1"
}

# check_user NAME ID: the same, and it has no boundary, which a key policy would bypass.
check_user()
{
	[ -z "$dry_run" ] || return 0
	same_user "$@"
	jq -e '.User.PermissionsBoundary == null' "$tmp/answer" >/dev/null || moved "user $1"
}

# ---- inline policies ----

# read_inline KIND NAME POLICY DOCUMENT: the state is "gone" when there is no such policy.
read_inline()
{
	ask iam "list-$1-policies" "--$1-name=$2"
	state=gone
	if jq -e --arg name "$3" '.PolicyNames | index([$name]) == null' "$tmp/answer" >/dev/null; then
		[ ! -f "after/$4" ] || moved "policy $3 of $1 $2"
		return 0
	fi
	ask iam "get-$1-policy" "--$1-name=$2" "--policy-name=$3"
	compare .PolicyDocument "$4"
	[ "$state" != other ] || moved "policy $3 of $1 $2"
}

# Before all grants are there, nothing may be removed: else somebody took it away on purpose.
check_inline()
{
	[ -z "$dry_run" ] || return 0
	read_inline "$@"
	[ "$state" = before ] || [ -z "$pending" ] || moved "policy $3 of $1 $2"
	[ "$state" != before ] || removals=yes
}

put_inline()
{
	if [ -z "$dry_run" ]; then
		read_inline "$@"
		[ "$state" = before ] || return 0
		save .PolicyDocument "$4"
	fi
	change iam "put-$1-policy" "--$1-name=$2" "--policy-name=$3" "--policy-document=file://after/$4"
}

delete_inline()
{
	if [ -z "$dry_run" ]; then
		read_inline "$@"
		[ "$state" = before ] || return 0
		save .PolicyDocument "$4"
	fi
	change iam "delete-$1-policy" "--$1-name=$2" "--policy-name=$3"
}

restore_inline()
{
	if [ -z "$dry_run" ]; then
		read_inline "$@"
		[ "$state" != before ] || return 0
	fi
	original "$4"
	change iam "put-$1-policy" "--$1-name=$2" "--policy-name=$3" "--policy-document=file://$original"
}

# ---- managed policies ----

# read_version ARN ID VERSION DOCUMENT: the default version. Versions never change, so the one that
# was exported is what it was as long as the policy is the same.
read_version()
{
	ask iam get-policy --policy-arn="$1"
	[ "$(jq -r .Policy.PolicyId "$tmp/answer")" = "$2" ] || moved "policy $1"
	default=$(jq -r .Policy.DefaultVersionId "$tmp/answer")
	bounds=$(jq -r '.Policy.PermissionsBoundaryUsageCount // 0' "$tmp/answer")
	ask iam get-policy-version --policy-arn="$1" --version-id="$default"
	compare .PolicyVersion.Document "$4"
	case $state:$default in
	"before:$3" | after:*) ;;
	*) moved "policy $1" ;;
	esac
}

# read_holders ARN IDS: who has the policy now ($tmp/have), against those who had it; somebody new
# would lose, and somebody who lost it would gain.
read_holders()
{
	ask iam list-entities-for-policy --policy-arn="$1"
	jq -r '(.PolicyRoles[].RoleId), (.PolicyUsers[].UserId), (.PolicyGroups[].GroupId)' \
		"$tmp/answer" | LC_ALL=C sort >"$tmp/have"
	arn=$1
	shift
	for id; do
		printf '%s\n' "$id"
	done | LC_ALL=C sort >"$tmp/had"
	[ -z "$(LC_ALL=C comm -13 "$tmp/had" "$tmp/have")" ] || moved "who has policy $arn"
}

# check_version ARN ID VERSION DOCUMENT IDS: as a permissions boundary, too, it would bind more.
check_version()
{
	[ -z "$dry_run" ] || return 0
	read_version "$@"
	[ "$state" = before ] || [ -z "$pending" ] || moved "policy $1"
	[ "$state" = before ] || return 0
	[ "$bounds" = 0 ] || moved "what policy $1 is used for"
	removals=yes
	arn=$1
	shift 4
	read_holders "$arn" "$@"
	cmp -s "$tmp/had" "$tmp/have" || moved "who has policy $arn"
}

# has_room ARN DROP DOCUMENT: IAM keeps five versions at most, and does not delete the default one.
# DROP is the oldest of five that were exported, or "-"; when there is no room, it can still go, as
# $old: under the number that rollback.sh has put it back with.
has_room()
{
	ask iam list-policy-versions --policy-arn="$1"
	[ "$(jq '.Versions | length' "$tmp/answer")" -ge 5 ] || return 0
	others=$(jq -r '.Versions[] | select(.IsDefaultVersion | not) | .VersionId' "$tmp/answer")
	for old in $others; do
		[ "$old" != "$2" ] || return 1
	done
	[ "$2" != - ] || moved "the list of versions of policy $1"
	for old in $others; do
		ask iam get-policy-version --policy-arn="$1" --version-id="$old"
		compare .PolicyVersion.Document "versions/${3#policies/}/$2.json"
		[ "$state" != before ] || return 1
	done
	moved "the list of versions of policy $1"
}

# check_change DROP ARN ID VERSION DOCUMENT IDS: room can be made, too.
check_change()
{
	[ -z "$dry_run" ] || return 0
	drop=$1
	shift
	check_version "$@"
	[ "$state" != before ] || has_room "$1" "$drop" "$4" || :
}

# make_room ARN DROP DOCUMENT
make_room()
{
	old=$2
	if [ -z "$dry_run" ]; then
		! has_room "$@" || return 0
		ask iam get-policy-version --policy-arn="$1" --version-id="$old"
		save .PolicyVersion.Document "versions/${3#policies/}/$2.json"
	fi
	[ "$2" = - ] || change iam delete-policy-version --policy-arn="$1" --version-id="$old"
}

# put_version DROP ARN ID VERSION DOCUMENT IDS
put_version()
{
	drop=$1
	shift
	if [ -z "$dry_run" ]; then
		read_version "$@"
		[ "$state" = before ] || return 0
		save .PolicyVersion.Document "$4"
		check_version "$@"
	fi
	make_room "$1" "$drop" "$4"
	change iam create-policy-version --policy-arn="$1" --policy-document="file://after/$4" \
		--set-as-default
}

# delete_made ARN DOCUMENT VERSIONS: versions that were not exported and say what apply.sh said.
delete_made()
{
	arn=$1 document=$2
	shift 2
	ask iam list-policy-versions --policy-arn="$arn"
	left=$(jq '.Versions | length' "$tmp/answer")
	for version in $(jq -r '.Versions[] | select(.IsDefaultVersion | not) | .VersionId' "$tmp/answer"); do
		case " $* " in
		*" $version "*) continue ;;
		esac
		ask iam get-policy-version --policy-arn="$arn" --version-id="$version"
		compare .PolicyVersion.Document "$document"
		[ "$state" = after ] || continue
		change iam delete-policy-version --policy-arn="$arn" --version-id="$version"
		left=$((left - 1))
	done
}

# restore_version DROP IDS ARN ID VERSION DOCUMENT VERSIONS: IDS and VERSIONS as they were exported.
restore_version()
{
	drop=$1 ids=$2
	shift 2
	if [ -n "$dry_run" ]; then
		change iam set-default-policy-version --policy-arn="$1" --version-id="$3"
		say "# and delete the version that apply.sh made"
	else
		read_version "$@"
		if [ "$state" = after ]; then
			# shellcheck disable=SC2086 # words
			read_holders "$1" $ids
			change iam set-default-policy-version --policy-arn="$1" --version-id="$3"
		fi
		policy=$1 document=$4
		shift 4
		delete_made "$policy" "$document" "$@"
		[ "$left" -lt $# ] || return 0
		set -- "$policy" '' '' "$document"
	fi
	[ "$drop" != - ] || return 0
	original "versions/${4#policies/}/$drop.json"
	change iam create-policy-version --policy-arn="$1" --policy-document="file://$original"
}

# ---- managed policies that nobody has any more, as nothing is left of them ----

# check_emptied ARN ID VERSION DOCUMENT IDS
check_emptied()
{
	[ -z "$dry_run" ] || return 0
	read_version "$@"
	save .PolicyVersion.Document "$4"
	arn=$1
	shift 4
	read_holders "$arn" "$@"
	[ -z "$pending" ] || cmp -s "$tmp/had" "$tmp/have" || moved "who has policy $arn"
	[ ! -s "$tmp/have" ] || removals=yes
}

# is_attached KIND NAME ARN
is_attached()
{
	ask iam "list-attached-$1-policies" "--$1-name=$2"
	jq -e --arg arn "$3" '.AttachedPolicies | any(.PolicyArn == $arn)' "$tmp/answer" >/dev/null
}

# detach KIND NAME ARN
detach()
{
	[ -n "$dry_run" ] || is_attached "$@" || return 0
	change iam "detach-$1-policy" "--$1-name=$2" "--policy-arn=$3"
}

attach()
{
	[ -n "$dry_run" ] || ! is_attached "$@" || return 0
	change iam "attach-$1-policy" "--$1-name=$2" "--policy-arn=$3"
}

finish()
{
	if [ -n "$dry_run" ]; then
		say "# nothing was called"
	elif [ "$changed" = 0 ]; then
		say "nothing was left to do"
	else
		say "done, with $changed calls"
	fi
}

# ---- IAM Access Analyzer ----

# analyze CALL
analyze()
{
	show accessanalyzer "$@" --region="$home"
	asked=$((asked + 1))
	[ -n "$dry_run" ] || ask accessanalyzer "$@" --region="$home"
}

# validate TYPE DOCUMENT: AWS finds nothing wrong with it that it did not find before.
validate()
{
	analyze validate-policy --policy-type="$1" --policy-document="file://before/$2"
	[ -n "$dry_run" ] || mv "$tmp/answer" "$tmp/before"
	analyze validate-policy --policy-type="$1" --policy-document="file://after/$2"
	[ -z "$dry_run" ] || return 0
	jq -rs 'def list: [.findings[]
			| select(.findingType == "ERROR" or .findingType == "SECURITY_WARNING")
			| "\(.findingType) \(.issueCode)"];
		(.[1] | list) - (.[0] | list) | unique[]' "$tmp/before" "$tmp/answer" >"$tmp/new" ||
		die "cannot read what Access Analyzer found"
	[ -s "$tmp/new" ] || return 0
	say "FOUND in after/$2: $(tr '\n' ';' <"$tmp/new")"
	found=$((found + 1))
}

# no_new_access TYPE EXISTING NEW: NEW allows nothing that EXISTING does not.
no_new_access()
{
	analyze check-no-new-access --policy-type="$1" --existing-policy-document="file://$2" \
		--new-policy-document="file://$3"
	[ -z "$dry_run" ] || return 0
	[ "$(jq -r .result "$tmp/answer")" != PASS ] || return 0
	say "FOUND: $3 allows what $2 does not: $(jq -c '.reasons // .message' "$tmp/answer")"
	found=$((found + 1))
}

verdict()
{
	if [ -n "$dry_run" ]; then
		say "# nothing was called"
	elif [ "$asked" = 0 ]; then
		say "nothing to ask: policies are only taken away, and none says anything new"
	elif [ "$found" = 0 ]; then
		say "Access Analyzer confirms it"
	else
		die "Access Analyzer does not confirm $found of these; do not run apply.sh before it is clear why"
	fi
}
