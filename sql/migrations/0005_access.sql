-- Access: passwords, sessions, one-time codes, known devices, drafts, roles.

create table credential (
  community_id bigint not null,
  party_id uuid not null,
  password_hash text not null,
  changed_at timestamptz not null,
  primary key (community_id, party_id)
);
select sharding.by_community('credential');
alter table credential add constraint credential_of_party foreign key (community_id, party_id) references party (community_id, id);
grant select, insert, update, delete on credential to timebank_web, timebank_work;

-- A member lets somebody help with chosen things, until a day: a daughter, a neighbour, the parent of a minor.
-- Both are parties here. It begins a day after it was asked for, so that whoever did not ask can say so.
create table mandate (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  helper_id uuid not null,
  kind text not null constraint mandate_kind_known check (kind in ('chosen', 'guardian')),
  powers text[] not null,
  most_minutes integer,              -- given away in her name in thirty days, at most
  starts_at timestamptz not null,
  ends_on date not null,             -- the last day
  way text not null constraint mandate_way_known check (way in ('page', 'phone', 'paper', 'visit')),
  entered_by_id uuid not null,
  made_at timestamptz not null,
  warned_at timestamptz,
  ended_at timestamptz,
  ended_by_id uuid,
  ended_because text constraint mandate_reason_known check
    (ended_because in ('member', 'helper', 'worker', 'term', 'eighteen', 'gone', 'blocked', 'replaced')),
  primary key (community_id, id),
  constraint mandate_of_another check (party_id <> helper_id),
  constraint mandate_powers_known check ('see' = any (powers)
    and powers <@ array['see', 'agree', 'confirm', 'post', 'give', 'notices']),
  constraint mandate_giving_has_limit check (('give' = any (powers)) = (most_minutes is not null)),
  constraint mandate_most_minutes check (most_minutes between 15 and 1200),
  constraint mandate_begins_later check (starts_at >= made_at),
  constraint mandate_end_has_reason check ((ended_at is null) = (ended_because is null))
);
select sharding.by_community('mandate');
alter table mandate add constraint mandate_of_party foreign key (community_id, party_id) references party (community_id, id);
alter table mandate add constraint mandate_to_helper foreign key (community_id, helper_id) references party (community_id, id);
alter table mandate add constraint mandate_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
create unique index mandate_once on mandate (community_id, party_id, helper_id) where ended_at is null;
create index mandate_of_helper on mandate (community_id, helper_id) where ended_at is null;
create index mandate_in_time on mandate (community_id, ends_on) where ended_at is null;
grant select, insert, update on mandate to timebank_web, timebank_work;
grant delete on mandate to timebank_work;

create table session (
  community_id bigint not null,
  id uuid not null,
  token_hash bytea not null,
  party_id uuid not null,
  csrf bytea not null,
  device text not null,
  own_device boolean not null,
  made_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  proven_at timestamptz not null,
  acting_for_id uuid,
  mandate_id uuid,                   -- as a helper; without, as a worker
  ended_at timestamptz,
  primary key (community_id, id),
  constraint session_token_once unique (community_id, token_hash),
  constraint session_device_length check (char_length(device) <= 60),
  constraint session_acts_for_another check (acting_for_id <> party_id),
  constraint session_mandate_is_for_another check (mandate_id is null or acting_for_id is not null)
);
select sharding.by_community('session');
alter table session add constraint session_of_party foreign key (community_id, party_id) references party (community_id, id);
alter table session add constraint session_acts_for foreign key (community_id, acting_for_id) references party (community_id, id);
alter table session add constraint session_by_mandate foreign key (community_id, mandate_id)
  references mandate (community_id, id) on delete cascade;
create index session_by_party on session (community_id, party_id, made_at desc);
grant select, insert, update, delete on session to timebank_web, timebank_work;

-- One-time codes: a mailed link, or a code that a worker reads out.
create table ticket (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null constraint ticket_kind_known check (kind in ('reset', 'invite', 'worker_code')),
  code_hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  made_by_id uuid,
  used_at timestamptz,
  primary key (community_id, id),
  constraint ticket_code_once unique (community_id, code_hash)
);
select sharding.by_community('ticket');
alter table ticket add constraint ticket_of_party foreign key (community_id, party_id) references party (community_id, id);
create index ticket_by_party on ticket (community_id, party_id, made_at desc);
grant select, insert, update, delete on ticket to timebank_web, timebank_work;

-- A device somebody signed in on before: its owner gets in while a stranger is guessing.
create table known_device (
  community_id bigint not null,
  party_id uuid not null,
  token_hash bytea not null,
  made_at timestamptz not null,
  primary key (community_id, party_id, token_hash)
);
select sharding.by_community('known_device');
alter table known_device add constraint known_device_of_party foreign key (community_id, party_id) references party (community_id, id);
grant select, insert, delete on known_device to timebank_web, timebank_work;

-- What somebody typed when the session had ended: kept for a day, for that party alone.
create table draft (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  path text not null,
  fields jsonb not null,
  made_at timestamptz not null,
  primary key (community_id, id)
);
select sharding.by_community('draft');
alter table draft add constraint draft_of_party foreign key (community_id, party_id) references party (community_id, id);
create index draft_by_party on draft (community_id, party_id, made_at desc);
grant select, insert, delete on draft to timebank_web, timebank_work;

-- Roles: rows with a start and an end, not account types. A worker's role names a neighbourhood.
create table role (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null constraint role_kind_known check (kind in ('worker', 'admin')),
  area_id uuid,
  starts_on date not null,
  ends_on date,
  granted_by_id uuid,
  granted_at timestamptz not null,
  primary key (community_id, id),
  constraint role_worker_has_area check ((kind = 'worker') = (area_id is not null)),
  constraint role_ends_after_start check (ends_on >= starts_on)
);
select sharding.by_community('role');
alter table role add constraint role_of_party foreign key (community_id, party_id) references party (community_id, id);
alter table role add constraint role_in_area foreign key (community_id, area_id) references area (community_id, id);
create index role_by_party on role (community_id, party_id);
create index role_by_kind on role (community_id, kind, area_id);
grant select, insert, update on role to timebank_web, timebank_work;

-- The demo's cast: who can be tried, and why. Only the demo loader writes here.
create table demo_person (
  community_id bigint not null,
  party_id uuid not null,
  place integer not null,
  story text not null,
  primary key (community_id, party_id)
);
select sharding.by_community('demo_person');
alter table demo_person add constraint demo_person_is_party foreign key (community_id, party_id) references party (community_id, id);
grant select on demo_person to timebank_web, timebank_work;
grant delete on demo_person to timebank_work;
