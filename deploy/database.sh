#!/bin/sh
# Once, on a PostgreSQL 15 or newer, as its superuser: the roles with their passwords, and an empty
# database. Nothing but this signs in as the superuser. The image of the database runs it by itself on a
# new server; on a server of your own:
#
#   export WEB_PASSWORD=… WORK_PASSWORD=… OWNER_PASSWORD=…
#   sudo -u postgres --preserve-env=WEB_PASSWORD,WORK_PASSWORD,OWNER_PASSWORD sh deploy/database.sh
set -eu
name="${TIMEBANK_DATABASE:-timebank}"
roles="${ROLES_SQL:-/roles.sql}"
[ -e "$roles" ] || roles="$(dirname "$0")/../sql/roles.sql"
: "${WEB_PASSWORD:?} ${WORK_PASSWORD:?} ${OWNER_PASSWORD:?}"
superuser="${POSTGRES_USER:-postgres}"
psql -X -q -v ON_ERROR_STOP=1 -U "$superuser" -d postgres -f "$roles"
# The passwords come by way of the environment: everybody may read the arguments of a command.
psql -X -q -v ON_ERROR_STOP=1 -U "$superuser" -d postgres -v name="$name" <<'SQL'
\getenv web WEB_PASSWORD
\getenv work WORK_PASSWORD
\getenv owner OWNER_PASSWORD
alter role timebank_web password :'web';
alter role timebank_work password :'work';
alter role timebank_owner password :'owner' nocreatedb;
select current_setting('server_version_num')::int >= 170000 as builtin \gset
\if :builtin
create database :"name" owner timebank_owner template template0
  encoding 'UTF8' locale_provider builtin builtin_locale 'C.UTF-8' locale 'C';
\else
create database :"name" owner timebank_owner template template0 encoding 'UTF8' locale 'C.UTF-8';
\endif
revoke connect on database :"name" from public;
grant connect on database :"name" to timebank_web, timebank_work;
SQL
