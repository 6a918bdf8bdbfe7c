#!/bin/sh
# SPDX-License-Identifier: MIT
# usage: cjson.sh DIR: makes DIR/libcjson.a for the static program. Debian has cJSON as a shared
# library only: this fetches the source of the installed version from Debian, checked by apt, and
# compiles it with CC and CFLAGS.
set -eu

tests/need.sh dpkg-source=dpkg-dev
dir=$(mkdir -p "$1" && cd "$1" && pwd)
root=$(pwd)
version=$(dpkg-query -W -f '${source:Version}' libcjson-dev)
. /etc/os-release

cd "$dir"
mkdir -p lists/partial
printf 'deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s\n' \
	"http://deb.debian.org/debian $VERSION_CODENAME main" \
	"http://deb.debian.org/debian-security $VERSION_CODENAME-security main" >sources.list
apt()
{
	apt-get -qq -o Dir::Etc::SourceList="$dir/sources.list" -o Dir::Etc::SourceParts=/dev/null \
		-o Dir::State::Lists="$dir/lists" -o APT::Sandbox::User=root "$@"
}
apt update
rm -rf cjson-*
apt source "cjson=$version" >source.log
# Without the directory's name, so that the same source gives the same bytes.
# shellcheck disable=SC2086
${CC:-cc} ${CFLAGS:-} -ffile-prefix-map="$root"=. -c -o cJSON.o cjson-*/cJSON.c
rm -f libcjson.a
ar qcsD libcjson.a cJSON.o
