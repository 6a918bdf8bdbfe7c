#!/bin/bash
# SPDX-License-Identifier: MIT
# Installs the package of `make deb` in a new Debian made by debootstrap, uses it there, and takes it
# away again. As root; needs a mirror of Debian (MIRROR).
set -euo pipefail
cd "$(dirname "$0")/.."

mirror=${MIRROR:-http://deb.debian.org/debian}
root=$(mktemp -d)
# What the installation has mounted there, if stopped, is not for deleting.
trap 'rm -rf --one-file-system "$root"' EXIT
tests/need.sh debootstrap=debootstrap
debootstrap --variant=minbase bookworm "$root" "$mirror" >"$root.log" || {
	cat "$root.log"
	exit 1
}
rm -f "$root.log"
cp "${BUILD:-build}"/deb/kmsfix_*.deb "$root/root/kmsfix.deb"
cp -R testdata/demo "$root/root/demo"

inside()
{
	chroot "$root" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C \
		DEBIAN_FRONTEND=noninteractive GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org \
		GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org "$@"
}

inside apt-get -qq update
inside apt-get -qq install -y /root/kmsfix.deb >/dev/null # and git, which it recommends
inside kmsfix --version
for file in bin/kmsfix share/man/man1/kmsfix.1.gz share/man/man5/kmsfix.json.5.gz \
	share/bash-completion/completions/kmsfix share/zsh/vendor-completions/_kmsfix \
	share/fish/vendor_completions.d/kmsfix.fish share/kmsfix/kmsfix.schema.json; do
	test -f "$root/usr/$file" || { echo "/usr/$file is not there"; exit 1; }
done
zcat "$root/usr/share/man/man1/kmsfix.1.gz" | grep -q '^.It Pa /usr/share/kmsfix/kmsfix.schema.json'
inside git -C /root/demo init -q
inside git -C /root/demo add -A
inside git -C /root/demo commit -qm demo
status=0
inside kmsfix -q --apply /root/demo || status=$?
((status == 3)) || { echo "kmsfix --apply exits with $status"; exit 1; }
inside git -C /root/demo show --stat kmsfix/kms-decrypt-to-key-policy
inside apt-get -qq purge -y kmsfix >/dev/null
test -z "$(find "$root/usr" -name '*kmsfix*')" || { echo 'purging leaves files'; exit 1; }
echo 'chroot: installed, used, removed'
