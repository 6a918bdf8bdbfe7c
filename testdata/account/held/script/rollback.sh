#!/bin/sh
# Undoes what apply.sh has done, all of it or a part.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'keys' 'AROAEXAMPLE000000007'
check_version 'arn:aws:iam::111122223333:policy/nobody-much' 'ANPAEXAMPLE000000004' 'v1' 'policies/nobody-much.json'
check_inline role 'keys' 'alias' 'roles/keys/alias.json'
check_inline role 'keys' 'aws' 'roles/keys/aws.json'
check_inline role 'keys' 'granted' 'roles/keys/granted.json'
check_inline role 'keys' 'undelegated' 'roles/keys/undelegated.json'

# The IAM policies allow again what they did.
restore_version '-' '' 'arn:aws:iam::111122223333:policy/nobody-much' 'ANPAEXAMPLE000000004' 'v1' 'policies/nobody-much.json' 'v1'
restore_inline role 'keys' 'alias' 'roles/keys/alias.json'
restore_inline role 'keys' 'aws' 'roles/keys/aws.json'
restore_inline role 'keys' 'granted' 'roles/keys/granted.json'
restore_inline role 'keys' 'undelegated' 'roles/keys/undelegated.json'
finish
