#!/bin/sh
# Lets IAM Access Analyzer judge the policies; changes nothing.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"
validate RESOURCE_POLICY 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
no_new_access RESOURCE_POLICY 'after/keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json' 'before/keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
verdict
