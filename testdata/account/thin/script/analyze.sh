#!/bin/sh
# Lets IAM Access Analyzer judge the policies; changes nothing.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"
validate RESOURCE_POLICY 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
no_new_access RESOURCE_POLICY 'after/keys/eu-west-1/11111111-1111-1111-1111-111111111111.json' 'before/keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
validate IDENTITY_POLICY 'policies/app.json'
no_new_access IDENTITY_POLICY 'before/policies/app.json' 'after/policies/app.json'
verdict
