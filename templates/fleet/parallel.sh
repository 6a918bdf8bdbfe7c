#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: parallel.sh REPOS RESULTS [OPTION...]: a fleet under GNU parallel. REPOS has one URL a line; RESULTS
# gets one line of JSON for each; options are kmsfix's. HOSTS names other machines, as --sshlogin takes
# them ("8/build1,8/build2"; kmsfix, git and this folder are there at the same place); without it all
# runs here. What a host that dies had begun is run again on another one. Started again with the same
# RESULTS, it goes on with what is missing or failed.
set -eu

repos=$1 results=$2
shift 2
task=$(dirname "$(realpath "$0")")/task.sh

# One result for each repository: the last of several counts.
parallel ${HOSTS:+--sshlogin "$HOSTS"} --retries "${RETRIES:-5}" --timeout "${TIMEOUT:-900}" \
	--joblog "$results.log" --resume-failed --quote \
	"$task" {} "$@" <"$repos" >>"$results" || status=$?
kmsfix report --merge "$results"
exit "${status:-0}"
