#!/bin/sh
# Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to key policies.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'app' 'AROAEXAMPLEAPP000001'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
check_change '-' 'arn:aws:iam::111122223333:policy/app' 'ANPAEXAMPLEAPP000001' 'v2' 'policies/app.json' 'AROAEXAMPLEAPP000001'

# From here on the key policies allow it, too.
put_key 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
confirm_key after 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' 'eu-west-1' 'keys/eu-west-1/11111111-1111-1111-1111-111111111111.json'
settle "$removals"

# Only now it is taken out of the IAM policies.
put_version '-' 'arn:aws:iam::111122223333:policy/app' 'ANPAEXAMPLEAPP000001' 'v2' 'policies/app.json' 'AROAEXAMPLEAPP000001'
finish
