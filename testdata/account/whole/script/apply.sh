#!/bin/sh
# Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to key policies.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'worker' 'AROAEXAMPLE000000005'
check_role 'app' 'AROAEXAMPLE000000004'
check_user '-ada' 'AIDAEXAMPLE000000006'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
check_key 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
check_change 'v1' 'arn:aws:iam::111122223333:policy/team/full' 'ANPAEXAMPLE000000002' 'v5' 'policies/full.json' 'AROAEXAMPLE000000005'
check_emptied 'arn:aws:iam::111122223333:policy/only-decrypt' 'ANPAEXAMPLE000000003' 'v1' 'policies/only-decrypt.json' 'AROAEXAMPLE000000004' 'AIDAEXAMPLE000000006'
check_change '-' 'arn:aws:iam::111122223333:policy/shared' 'ANPAEXAMPLE000000001' 'v3' 'policies/shared.json' 'AROAEXAMPLE000000004'
check_inline role 'app' 'decrypt' 'roles/app/decrypt.json'
check_inline role 'worker' 'in,li=ne@1' 'roles/worker/in,li=ne@1.json'
check_inline user '-ada' '-p' 'users/-ada/-p.json'

# From here on the key policies allow it, too.
put_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
put_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
put_key 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
put_key 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
confirm_key after 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
confirm_key after 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
confirm_key after 'arn:aws:kms:eu-west-1:111122223333:key/mrk-00000000000000000000000000000090' 'eu-west-1' 'keys/eu-west-1/mrk-00000000000000000000000000000090.json'
confirm_key after 'arn:aws:kms:us-east-1:111122223333:key/mrk-00000000000000000000000000000090' 'us-east-1' 'keys/us-east-1/mrk-00000000000000000000000000000090.json'
settle "$removals"

# Only now it is taken out of the IAM policies.
put_version 'v1' 'arn:aws:iam::111122223333:policy/team/full' 'ANPAEXAMPLE000000002' 'v5' 'policies/full.json' 'AROAEXAMPLE000000005'
check_emptied 'arn:aws:iam::111122223333:policy/only-decrypt' 'ANPAEXAMPLE000000003' 'v1' 'policies/only-decrypt.json' 'AROAEXAMPLE000000004' 'AIDAEXAMPLE000000006'
detach role 'app' 'arn:aws:iam::111122223333:policy/only-decrypt'
detach user '-ada' 'arn:aws:iam::111122223333:policy/only-decrypt'
put_version '-' 'arn:aws:iam::111122223333:policy/shared' 'ANPAEXAMPLE000000001' 'v3' 'policies/shared.json' 'AROAEXAMPLE000000004'
delete_inline role 'app' 'decrypt' 'roles/app/decrypt.json'
put_inline role 'worker' 'in,li=ne@1' 'roles/worker/in,li=ne@1.json'
put_inline user '-ada' '-p' 'users/-ada/-p.json'
finish
