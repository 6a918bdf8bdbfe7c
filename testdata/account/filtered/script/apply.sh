#!/bin/sh
# Moves kms:Decrypt and kms:ReEncrypt* from IAM policies to key policies.
# It can be stopped anywhere and run again.
set -eu
unset CDPATH
cd -- "$(dirname -- "$0")"
. ./functions.sh
begin '111122223333' 'eu-west-1' "$@"

# Nothing that matters has changed since the export.
check_role 'app' 'AROAEXAMPLE000000001'
check_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
check_inline role 'app' 'p' 'roles/app/p.json'

# From here on the key policies allow it, too.
put_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
confirm_key after 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
settle "$removals"

# Only now it is taken out of the IAM policies.
delete_inline role 'app' 'p' 'roles/app/p.json'
finish
