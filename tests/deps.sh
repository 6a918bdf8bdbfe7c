#!/bin/sh
# SPDX-License-Identifier: MIT
# Makes sure that what the build needs is there: git, pkg-config and the pkg-config modules given as
# arguments. On Debian and its kin what is missing is installed, and said; elsewhere only said.
set -eu

missing=
if ! command -v pkg-config >/dev/null || ! pkg-config --exists "$@"; then
	missing='pkg-config libgit2-dev zlib1g-dev libcjson-dev libyaml-dev libcmocka-dev'
fi
command -v git >/dev/null || missing="$missing git"
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
	sudo=
elif command -v sudo >/dev/null; then
	sudo=sudo
else
	sudo=none
fi
install="apt-get install -y --no-install-recommends $missing"
if [ "$sudo" = none ] || ! command -v apt-get >/dev/null; then
	echo "kmsfix needs packages that are not here; as root, run: apt-get update && $install" >&2
	exit 1
fi
echo "installing what the build needs: $missing" >&2
$sudo apt-get update
# env: sudo does not pass variables on
# shellcheck disable=SC2086
$sudo env DEBIAN_FRONTEND=noninteractive $install
