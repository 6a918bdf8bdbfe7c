#!/bin/sh
# Lets IAM Access Analyzer judge the policies; changes nothing.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"
validate RESOURCE_POLICY 'keys/eu-west-1/00000000-1111-2222-3333-444444444444.json'
no_new_access RESOURCE_POLICY 'after/keys/eu-west-1/00000000-1111-2222-3333-444444444444.json' 'before/keys/eu-west-1/00000000-1111-2222-3333-444444444444.json'
validate IDENTITY_POLICY 'roles/app/app.json'
no_new_access IDENTITY_POLICY 'before/roles/app/app.json' 'after/roles/app/app.json'
verdict
