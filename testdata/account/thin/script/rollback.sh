#!/bin/sh
# Undoes what apply.sh has done, all of it or a part.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'app' 'AROAEXAMPLEAPP000001'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
check_version 'arn:aws:iam::111122223333:policy/app' 'ANPAEXAMPLEAPP000001' 'v2' 'policies/app.json' 'AROAEXAMPLEAPP000001'

# The IAM policies allow again what they did.
restore_version '-' 'AROAEXAMPLEAPP000001' 'arn:aws:iam::111122223333:policy/app' 'ANPAEXAMPLEAPP000001' 'v2' 'policies/app.json' 'v2' 'v1'
settle "$grants"

# Only now it is taken out of the key policies.
restore_key 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
confirm_key before 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
finish
