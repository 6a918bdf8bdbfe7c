#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: need.sh COMMAND=PACKAGE...: installs the Debian packages of commands that are not there, and
# says so.
set -eu

missing=
for pair; do
	command -v "${pair%%=*}" >/dev/null || missing="$missing ${pair#*=}"
done
[ -n "$missing" ] || exit 0
sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
echo "installing:$missing" >&2
$sudo apt-get -qq update
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing
