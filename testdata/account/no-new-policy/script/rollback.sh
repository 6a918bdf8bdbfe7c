#!/bin/sh
# Undoes what apply.sh has done, all of it or a part.
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

# The IAM policies allow again what they did.
restore_inline role 'app' 'deleted' 'roles/app/deleted.json'
restore_inline role 'app' 'lost' 'roles/app/lost.json'
restore_inline role 'app' 'undelegated' 'roles/app/undelegated.json'
finish
