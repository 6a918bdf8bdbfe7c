#!/bin/sh
# Undoes what apply.sh has done, all of it or a part.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'worker' 'AROAEXAMPLE000000005'
check_role 'app' 'AROAEXAMPLE000000004'
same_user '-ada' 'AIDAEXAMPLE000000006'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
check_key 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
check_version 'arn:aws:iam::111122223333:policy/team/full' 'ANPAEXAMPLE000000002' 'v5' 'policies/full.json' 'AROAEXAMPLE000000005'
check_emptied 'arn:aws:iam::111122223333:policy/only-decrypt' 'ANPAEXAMPLE000000003' 'v1' 'policies/only-decrypt.json' 'AROAEXAMPLE000000004' 'AIDAEXAMPLE000000006'
check_version 'arn:aws:iam::111122223333:policy/shared' 'ANPAEXAMPLE000000001' 'v3' 'policies/shared.json' 'AROAEXAMPLE000000004'
check_inline role 'app' 'decrypt' 'roles/app/decrypt.json'
check_inline role 'worker' 'in,li=ne@1' 'roles/worker/in,li=ne@1.json'
check_inline user '-ada' '-p' 'users/-ada/-p.json'

# The IAM policies allow again what they did.
restore_version 'v1' 'AROAEXAMPLE000000005' 'arn:aws:iam::111122223333:policy/team/full' 'ANPAEXAMPLE000000002' 'v5' 'policies/full.json' 'v5' 'v4' 'v3' 'v2' 'v1'
attach role 'app' 'arn:aws:iam::111122223333:policy/only-decrypt'
attach user '-ada' 'arn:aws:iam::111122223333:policy/only-decrypt'
restore_version '-' 'AROAEXAMPLE000000004' 'arn:aws:iam::111122223333:policy/shared' 'ANPAEXAMPLE000000001' 'v3' 'policies/shared.json' 'v3' 'v2' 'v1'
restore_inline role 'app' 'decrypt' 'roles/app/decrypt.json'
restore_inline role 'worker' 'in,li=ne@1' 'roles/worker/in,li=ne@1.json'
restore_inline user '-ada' '-p' 'users/-ada/-p.json'
settle "$grants"

# Only now it is taken out of the key policies.
restore_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
restore_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
restore_key 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
restore_key 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
confirm_key before 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
confirm_key before 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
confirm_key before 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
confirm_key before 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
finish
