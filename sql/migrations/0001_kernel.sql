-- The ground floor: migrations, sharding and row security in one call, communities, work for later.

-- Extensions come first. All three are trusted: the owner of a database may make them.
create extension if not exists btree_gist;
create extension if not exists btree_gin;
create extension if not exists pg_trgm;

create table migration (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
);
grant select on migration to timebank_web, timebank_work;

-- Every table is one of two kinds: "by community" or "everywhere". The two functions below declare
-- which, and a test compares the declarations with the catalogue.
create schema sharding;
grant usage on schema sharding to timebank_web, timebank_work;

create table sharding.kind (
  table_name text primary key,
  kind text not null constraint kind_known check (kind in ('by community', 'everywhere'))
);

create function sharding.spreads() returns boolean language sql stable
  set search_path = pg_catalog, pg_temp
  as $$ select exists (select from pg_catalog.pg_extension where extname = 'citus') $$;

-- A table whose rows belong to one community. Row security is forced: web and job roles see the
-- community of their transaction only (and get an error when none is set, which is wanted);
-- the owner, who migrates, checks and backs up, sees all.
create function sharding.by_community(name text) returns void language plpgsql
  set search_path = public, pg_catalog, pg_temp
  as $$
  begin
    insert into sharding.kind values (name, 'by community');
    if sharding.spreads() then
      execute format('select create_distributed_table(%L, %L)', name, 'community_id');
    end if;
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I to timebank_web, timebank_work'
      ' using (community_id = current_setting(''app.community'')::bigint)'
      ' with check (community_id = current_setting(''app.community'')::bigint)', name);
    execute format('create policy all_rows on %I to timebank_owner using (true) with check (true)', name);
  end $$;

-- A small table, seldom written, of which every machine has a copy.
create function sharding.everywhere(name text) returns void language plpgsql
  set search_path = public, pg_catalog, pg_temp
  as $$
  begin
    insert into sharding.kind values (name, 'everywhere');
    if sharding.spreads() then
      execute format('select create_reference_table(%L)', name);
    end if;
  end $$;

-- A function that writes, with the community as its first argument: the whole call goes to the
-- machine that has the rows.
create function sharding.function(signature text) returns void language plpgsql
  set search_path = public, pg_catalog, pg_temp
  as $$
  begin
    if sharding.spreads() then
      execute format('select create_distributed_function(%L, ''$1'', colocate_with => ''party'','
        ' force_delegation => true)', signature);
    end if;
  end $$;

insert into sharding.kind values ('migration', 'everywhere');

create table community (
  id bigint primary key,
  slug text not null,
  name text not null,
  demo boolean not null default false,
  created_at timestamptz not null,
  constraint community_slug_once unique (slug),
  constraint community_slug_form check (slug ~ '^[a-z][a-z0-9-]{1,30}$'),
  constraint community_name_length check (char_length(name) between 1 and 80)
);
select sharding.everywhere('community');
grant select on community to timebank_web, timebank_work;

-- Work for later, written in the same transaction as what it follows from.
create table outbox (
  community_id bigint not null,
  id uuid not null,
  kind text not null,
  payload jsonb not null,
  made_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  done_at timestamptz,
  failed_at timestamptz,
  error text,
  primary key (community_id, id),
  constraint outbox_kind_form check (kind ~ '^[a-z_.]{3,60}$')
);
select sharding.by_community('outbox');
alter table outbox add constraint outbox_community foreign key (community_id) references community (id);
create index outbox_due on outbox (due_at) where done_at is null and failed_at is null;
create index outbox_failed on outbox (community_id, failed_at) where failed_at is not null;
-- Which communities have work is asked of all of them at once; claiming is done inside one.
create policy where_is_work on outbox for select to timebank_work using (true);
grant select, insert, update, delete on outbox to timebank_work;
grant select, insert, update (due_at, tries, failed_at, error) on outbox to timebank_web;

-- How often something was tried lately. Keys are hashes: no address and no name stands here.
create table throttle (
  community_id bigint not null,
  kind text not null,
  key bytea not null,
  window_start timestamptz not null,
  tries integer not null,
  primary key (community_id, kind, key, window_start)
);
select sharding.by_community('throttle');
grant select, insert, update, delete on throttle to timebank_web, timebank_work;

-- One row for each form that was sent: a second press of the same button gets the first answer.
create table form_key (
  community_id bigint not null,
  owner bytea not null,
  key text not null,
  made_at timestamptz not null,
  location text,
  primary key (community_id, owner, key),
  constraint form_key_length check (char_length(key) between 16 and 64)
);
select sharding.by_community('form_key');
grant select, insert, update, delete on form_key to timebank_web, timebank_work;
create index form_key_made on form_key (community_id, made_at);

-- When work that the calendar asks for was last done: one process does it, the others pass.
create table chore (
  community_id bigint not null,
  name text not null,
  last_at timestamptz not null,
  primary key (community_id, name)
);
select sharding.by_community('chore');
grant select, insert, update on chore to timebank_work;
