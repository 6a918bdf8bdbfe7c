#!/bin/sh
# Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to key policies.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'keys' 'AROAEXAMPLE000000007'
check_change '-' 'arn:aws:iam::111122223333:policy/nobody-much' 'ANPAEXAMPLE000000004' 'v1' 'policies/nobody-much.json'
check_inline role 'keys' 'alias' 'roles/keys/alias.json'
check_inline role 'keys' 'aws' 'roles/keys/aws.json'
check_inline role 'keys' 'granted' 'roles/keys/granted.json'
check_inline role 'keys' 'undelegated' 'roles/keys/undelegated.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000006-aaaa-bbbb-cccc-000000000006' 'eu-west-1' 'keys/eu-west-1/00000006-aaaa-bbbb-cccc-000000000006.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000008-aaaa-bbbb-cccc-000000000008' 'eu-west-1' 'keys/eu-west-1/00000008-aaaa-bbbb-cccc-000000000008.json'

# Only now it is taken out of the IAM policies.
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000006-aaaa-bbbb-cccc-000000000006' 'eu-west-1' 'keys/eu-west-1/00000006-aaaa-bbbb-cccc-000000000006.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000008-aaaa-bbbb-cccc-000000000008' 'eu-west-1' 'keys/eu-west-1/00000008-aaaa-bbbb-cccc-000000000008.json'
put_version '-' 'arn:aws:iam::111122223333:policy/nobody-much' 'ANPAEXAMPLE000000004' 'v1' 'policies/nobody-much.json'
put_inline role 'keys' 'alias' 'roles/keys/alias.json'
put_inline role 'keys' 'aws' 'roles/keys/aws.json'
put_inline role 'keys' 'granted' 'roles/keys/granted.json'
put_inline role 'keys' 'undelegated' 'roles/keys/undelegated.json'
finish
