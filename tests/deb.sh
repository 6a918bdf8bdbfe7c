#!/bin/sh
# SPDX-License-Identifier: MIT
# Builds the Debian package from a copy of the sources in $BUILD/deb, as templates/debian says, with
# Debian's own tools.
set -eu

tests/need.sh dh=debhelper dpkg-buildpackage=dpkg-dev
dir=$BUILD/deb/kmsfix-$VERSION
rm -rf "$BUILD/deb"
mkdir -p "$dir"
cp -R LICENSE Makefile README.md include src templates tests "$dir"
mv "$dir/templates/debian" "$dir/debian"
# make's variables are of this run, not of that of the package.
unset MAKEFLAGS MAKELEVEL MFLAGS MAKEOVERRIDES BUILD
# The tests have run where the package comes from; they need more than a build does.
cd "$dir" && DEB_BUILD_OPTIONS="nocheck ${DEB_BUILD_OPTIONS:-}" dpkg-buildpackage -us -uc -b
