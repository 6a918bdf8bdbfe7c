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
check_inline role 'app' 'deleted' 'roles/app/deleted.json'
check_inline role 'app' 'lost' 'roles/app/lost.json'
check_inline role 'app' 'undelegated' 'roles/app/undelegated.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000002-aaaa-bbbb-cccc-000000000002' 'eu-west-1' 'keys/eu-west-1/00000002-aaaa-bbbb-cccc-000000000002.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'

# Only now it is taken out of the IAM policies.
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000001-aaaa-bbbb-cccc-000000000001' 'eu-west-1' 'keys/eu-west-1/00000001-aaaa-bbbb-cccc-000000000001.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000002-aaaa-bbbb-cccc-000000000002' 'eu-west-1' 'keys/eu-west-1/00000002-aaaa-bbbb-cccc-000000000002.json'
same_key 'arn:aws:kms:eu-west-1:111122223333:key/00000003-aaaa-bbbb-cccc-000000000003' 'eu-west-1' 'keys/eu-west-1/00000003-aaaa-bbbb-cccc-000000000003.json'
delete_inline role 'app' 'deleted' 'roles/app/deleted.json'
delete_inline role 'app' 'lost' 'roles/app/lost.json'
delete_inline role 'app' 'undelegated' 'roles/app/undelegated.json'
finish
