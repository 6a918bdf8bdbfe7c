#!/bin/bash
# SPDX-License-Identifier: MIT
# A fleet on two hosts, one of which dies: 200 generated repositories under GNU parallel and ssh (two
# sshd on the loopback), the first host killed when a quarter is done. All results must be there, and
# byte for byte what each repository gives by itself.
set -euo pipefail
cd "$(dirname "$0")/.."

count=${COUNT:-200}
kmsfix=$(realpath "${KMSFIX:-build/kmsfix}")
fleet=$PWD/templates/fleet
dir=$(mktemp -d "${TMPDIR:-/tmp}/kmsfix-fleet.XXXXXX")
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=fleet GIT_AUTHOR_EMAIL=fleet@example.com GIT_AUTHOR_DATE='@1700000000 +0000'
export GIT_COMMITTER_NAME=fleet GIT_COMMITTER_EMAIL=fleet@example.com GIT_COMMITTER_DATE='@1700000000 +0000'
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
PATH=$PATH:/usr/sbin

for tool in parallel sshd ssh-keygen git; do
	command -v "$tool" >/dev/null || { echo "trial: $tool is not installed"; exit 1; }
done

# kill_tree PID: a process that this script started, and all that it started.
kill_tree()
{
	local child

	for child in $(pgrep -P "$1"); do
		kill_tree "$child"
	done
	kill -KILL "$1" 2>/dev/null || true
}

hosts=()
cleanup()
{
	local pid

	for pid in "${hosts[@]}"; do
		kill_tree "$pid"
	done
	rm -rf "$dir"
}
trap cleanup EXIT

# repository N: N % 4 policies that can be moved, one more that is held when N % 3 is 0.
repository()
{
	local n=$1 i

	for ((i = 0; i < n % 4; i++)); do
		cat <<-END
			resource "aws_kms_key" "k$i" {
			  policy = jsonencode({
			    Version   = "2012-10-17"
			    Statement = [{ Effect = "Allow", Principal = { AWS = "arn:aws:iam::111122223333:root" }, Action = "kms:*", Resource = "*" }]
			  })
			}
			resource "aws_iam_role" "r$i" {
			  name               = "r$n-$i"
			  assume_role_policy = "{}"
			}
			resource "aws_iam_role_policy" "p$i" {
			  role   = aws_iam_role.r$i.name
			  policy = jsonencode({
			    Version   = "2012-10-17"
			    Statement = [{ Effect = "Allow", Action = ["kms:Encrypt", "kms:Decrypt"], Resource = aws_kms_key.k$i.arn }]
			  })
			}
		END
	done
	((n % 3)) || cat <<-END
		resource "aws_iam_role" "all" {
		  assume_role_policy = "{}"
		}
		resource "aws_iam_role_policy" "all" {
		  role   = aws_iam_role.all.name
		  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*" }] })
		}
	END
}

# start_host NAME PORT
start_host()
{
	cat >"$dir/$1.conf" <<-END
		ListenAddress 127.0.0.1
		Port $2
		HostKey $dir/hostkey
		AuthorizedKeysFile $dir/key.pub
		StrictModes no
		PidFile none
		PasswordAuthentication no
		KbdInteractiveAuthentication no
		MaxStartups 100
		MaxSessions 100
		SetEnv PATH=$(dirname "$kmsfix"):/usr/bin:/bin GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
	END
	"$(command -v sshd)" -D -f "$dir/$1.conf" -E "$dir/$1.log" &
	hosts+=($!)
}

echo "making $count repositories"
ssh-keygen -q -t ed25519 -N '' -f "$dir/hostkey"
ssh-keygen -q -t ed25519 -N '' -f "$dir/key"
((EUID)) || mkdir -p /run/sshd
git init -q --bare --template= -b main "$dir/empty"
fixed=0 held=0
for ((n = 1; n <= count; n++)); do
	repo=$dir/srv/repo$n.git
	mkdir -p "$dir/srv"
	cp -R "$dir/empty" "$repo"
	blob=$(repository "$n" | git -C "$repo" hash-object -w --stdin)
	tree=$(printf '100644 blob %s\tmain.tf\n' "$blob" | git -C "$repo" mktree)
	git -C "$repo" update-ref refs/heads/main "$(git -C "$repo" commit-tree -m one "$tree")"
	echo "$repo"
	fixed=$((fixed + n % 4))
	held=$((held + (n % 3 == 0)))
done >"$dir/repos.txt"

echo "what each gives by itself"
PATH=$(dirname "$kmsfix"):$PATH
while read -r repo; do
	"$fleet/task.sh" "$repo"
done <"$dir/repos.txt" >"$dir/alone.jsonl"

port=$((20000 + $$ % 10000))
start_host a "$port"
start_host b $((port + 10000))
ssh="ssh -F none -i $dir/key -o BatchMode=yes -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
for p in "$port" $((port + 10000)); do
	for _ in {1..50}; do
		$ssh -p "$p" 127.0.0.1 true 2>/dev/null && break
		sleep 0.1
	done
	$ssh -p "$p" 127.0.0.1 kmsfix --version
done

# The first host dies when a quarter is done.
(
	until [ -s "$dir/results.jsonl" ] && [ "$(wc -l <"$dir/results.jsonl")" -ge $((count / 4)) ]; do
		sleep 0.05
	done
	kill_tree "${hosts[0]}"
	wc -l <"$dir/results.jsonl" >"$dir/killed"
) &
echo "$count tasks on two hosts"
HOSTS="2/$ssh -p $port 127.0.0.1,2/$ssh -p $((port + 10000)) 127.0.0.1" \
	"$fleet/parallel.sh" "$dir/repos.txt" "$dir/results.jsonl" | tee "$dir/summary"
echo "the first host was killed after $(cat "$dir/killed") results"
awk 'NR > 1 { n[$2]++; bad += $7 != 0 } END { for (h in n) print n[h], "tasks ended on", h; print bad + 0, "failed for good" }' \
	FS='\t' "$dir/results.jsonl.log" | sed "s|$dir|...|"

sort -u "$dir/results.jsonl" | cmp - <(sort "$dir/alone.jsonl")
[ "$(wc -l <"$dir/alone.jsonl")" = "$count" ]
grep -q "^$count repositories: " "$dir/summary"
grep -q "^$fixed fixed, 0 removed, $held held, 0 suppressed in " "$dir/summary"
echo "trial: $count results, complete and exact ($fixed fixed, $held held), $(wc -l <"$dir/results.jsonl") lines"
