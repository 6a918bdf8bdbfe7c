#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: nightly.sh CLONE [OPTION...]: brings the branch of one repository up to date, here and at its
# origin, and deletes it once nothing is left to fix: what cron, Jenkins and the like run.
#   17 3 * * * bot /usr/share/kmsfix/ci/nightly.sh /srv/infra
# Exit status: that of kmsfix, but 0 also when findings are held.
set -eu

clone=$1
shift
git -C "$clone" fetch --quiet --prune origin '+refs/heads/*:refs/remotes/origin/*'
git -C "$clone" remote set-head origin --auto >/dev/null
status=0
kmsfix --apply --push origin --prune --base origin/HEAD "$@" "$clone" || status=$?
[ "$status" = 3 ] || exit "$status"
