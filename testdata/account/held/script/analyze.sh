#!/bin/sh
# Lets IAM Access Analyzer judge the policies; changes nothing.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"
validate IDENTITY_POLICY 'policies/nobody-much.json'
no_new_access IDENTITY_POLICY 'before/policies/nobody-much.json' 'after/policies/nobody-much.json'
validate IDENTITY_POLICY 'roles/keys/alias.json'
no_new_access IDENTITY_POLICY 'before/roles/keys/alias.json' 'after/roles/keys/alias.json'
validate IDENTITY_POLICY 'roles/keys/aws.json'
no_new_access IDENTITY_POLICY 'before/roles/keys/aws.json' 'after/roles/keys/aws.json'
validate IDENTITY_POLICY 'roles/keys/granted.json'
no_new_access IDENTITY_POLICY 'before/roles/keys/granted.json' 'after/roles/keys/granted.json'
validate IDENTITY_POLICY 'roles/keys/undelegated.json'
no_new_access IDENTITY_POLICY 'before/roles/keys/undelegated.json' 'after/roles/keys/undelegated.json'
verdict
