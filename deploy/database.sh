#!/bin/sh
# Run once, by the database image, on a new and empty server: roles with their passwords, and the
# database. Nothing but this signs in as the superuser.
set -eu
name="${TIMEBANK_DATABASE:-timebank}"
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -f "${ROLES_SQL:-/roles.sql}"
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -v name="$name" \
  -v web="$WEB_PASSWORD" -v work="$WORK_PASSWORD" -v owner="$OWNER_PASSWORD" <<'SQL'
alter role timebank_web password :'web';
alter role timebank_work password :'work';
alter role timebank_owner password :'owner' nocreatedb;
create database :"name" owner timebank_owner template template0
  encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C';
revoke connect on database :"name" from public;
grant connect on database :"name" to timebank_web, timebank_work;
SQL
