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
validate RESOURCE_POLICY 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
no_new_access RESOURCE_POLICY 'after/keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json' 'before/keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
validate RESOURCE_POLICY 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
no_new_access RESOURCE_POLICY 'after/keys/eu-west-1/mrk-00000000000000000000000000000090.json' 'before/keys/eu-west-1/mrk-00000000000000000000000000000090.json'
validate RESOURCE_POLICY 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
no_new_access RESOURCE_POLICY 'after/keys/us-east-1/mrk-00000000000000000000000000000090.json' 'before/keys/us-east-1/mrk-00000000000000000000000000000090.json'
validate IDENTITY_POLICY 'policies/full.json'
no_new_access IDENTITY_POLICY 'before/policies/full.json' 'after/policies/full.json'
validate IDENTITY_POLICY 'policies/shared.json'
no_new_access IDENTITY_POLICY 'before/policies/shared.json' 'after/policies/shared.json'
validate IDENTITY_POLICY 'roles/worker/in,li=ne@1.json'
no_new_access IDENTITY_POLICY 'before/roles/worker/in,li=ne@1.json' 'after/roles/worker/in,li=ne@1.json'
validate IDENTITY_POLICY 'users/-ada/-p.json'
no_new_access IDENTITY_POLICY 'before/users/-ada/-p.json' 'after/users/-ada/-p.json'
verdict
