-- Parties: persons, groups and organisations. `party` is never deleted and holds nothing personal;
-- all that is personal stands in `person`, which erasure deletes. Every foreign key points at `party`.

-- Serial numbers of members, and of those who were erased, are counted in one locked row per community.
create table party_counter (
  community_id bigint not null,
  last_serial integer not null default 0,
  last_former integer not null default 0,
  primary key (community_id)
);
select sharding.by_community('party_counter');
alter table party_counter add constraint counter_community foreign key (community_id) references community (id);
grant select, insert, update on party_counter to timebank_web, timebank_work;

create table party (
  community_id bigint not null,
  id uuid not null,
  number text,
  kind text not null constraint party_kind_known check (kind in ('person', 'group', 'organisation')),
  state text not null constraint party_state_known check
    (state in ('applying', 'refused', 'active', 'paused', 'suspended', 'leaving', 'left', 'deceased',
     'erased')),
  state_at timestamptz not null,
  applied_at timestamptz not null,
  admitted_at timestamptz,
  admitted_by_id uuid,
  paused_until date,
  former_number integer,             -- the lasting number of who was erased; the member number is gone then
  primary key (community_id, id),
  constraint party_number_once unique (community_id, number),
  constraint party_former_number_once unique (community_id, former_number),
  constraint party_number_form check (number ~ '^[0-9]{4,10}$'),
  constraint party_erased check ((state = 'erased') = (former_number is not null)),
  constraint party_number_at_admission check (case when state = 'erased' then number is null
    else (number is null) = (admitted_at is null) end)
);
select sharding.by_community('party');
alter table party add constraint party_community foreign key (community_id) references community (id);
alter table party add constraint party_admitted_by foreign key (community_id, admitted_by_id) references party (community_id, id);
create index party_by_state on party (community_id, state, applied_at);
grant select, insert, update on party to timebank_web, timebank_work;

create table household (
  community_id bigint not null,
  id uuid not null,
  made_at timestamptz not null,
  primary key (community_id, id)
);
select sharding.by_community('household');
grant select, insert, delete on household to timebank_web, timebank_work;

create table person (
  community_id bigint not null,
  party_id uuid not null,
  full_name text not null,
  call_name text not null,
  sort_name text collate "C" not null,
  skeleton text not null,
  area_id uuid not null,
  place_id uuid,
  email text,
  email_key text,
  phone text,
  phone_key text,
  reachable_by text not null constraint person_reach_known check
    (reachable_by in ('app', 'email', 'phone', 'paper', 'via_someone')),
  reach_words text not null default '',
  street text not null default '',
  postcode text,
  language text not null default 'nl',
  birth_year integer,
  likes text not null default '',
  dislikes text not null default '',
  mail_whole boolean not null default false,
  hidden boolean not null default false,
  household_id uuid,
  changed_at timestamptz not null,
  primary key (community_id, party_id),
  constraint person_full_name_length check (char_length(full_name) between 1 and 80),
  constraint person_call_name_length check (char_length(call_name) between 1 and 40),
  constraint person_email_length check (char_length(email) <= 254),
  constraint person_email_whole check ((email is null) = (email_key is null)),
  constraint person_phone_whole check ((phone is null) = (phone_key is null)),
  constraint person_phone_length check (char_length(phone) <= 30),
  constraint person_street_length check (char_length(street) <= 120),
  constraint person_postcode_form check (postcode ~ '^[1-9][0-9]{3} [A-Z]{2}$'),
  constraint person_birth_year check (birth_year between 1900 and 2100),
  constraint person_words_length check (char_length(likes) <= 600 and char_length(dislikes) <= 600
    and char_length(reach_words) <= 200),
  constraint person_language_form check (language ~ '^[a-z]{2}$')
);
select sharding.by_community('person');
alter table person add constraint person_is_party foreign key (community_id, party_id) references party (community_id, id);
alter table person add constraint person_in_area foreign key (community_id, area_id) references area (community_id, id);
alter table person add constraint person_at_place foreign key (community_id, place_id) references place (community_id, id);
alter table person add constraint person_household foreign key (community_id, household_id) references household (community_id, id);
create index person_by_name on person (community_id, sort_name, party_id);
create index person_by_area on person (community_id, area_id, sort_name);
create index person_by_email on person (community_id, email_key) where email_key is not null;
create index person_by_phone on person (community_id, phone_key) where phone_key is not null;
create index person_by_skeleton on person (community_id, skeleton);
grant select, insert, update, delete on person to timebank_web, timebank_work;

-- Another way to reach somebody (phone, e-mail, address, helper) waits for a day and is told the old way:
-- who says on the phone to be Mrs Jansen cannot turn her calls and letters to themselves. One at a time.
create table person_change (
  community_id bigint not null,
  party_id uuid not null,
  id uuid not null,
  email text,
  phone text,
  phone_key text,
  reachable_by text not null constraint person_change_reach_known check
    (reachable_by in ('app', 'email', 'phone', 'paper', 'via_someone')),
  reach_words text not null,
  street text not null,
  postcode text,
  by_id uuid not null,
  at timestamptz not null,
  due_at timestamptz not null,
  primary key (community_id, party_id),
  constraint person_change_waits check (due_at > at)
);
select sharding.by_community('person_change');
alter table person_change add constraint person_change_of foreign key (community_id, party_id) references party (community_id, id);
alter table person_change add constraint person_change_by foreign key (community_id, by_id) references party (community_id, id);
grant select, insert, update, delete on person_change to timebank_web, timebank_work;

alter table area add constraint area_helper foreign key (community_id, helper_id) references party (community_id, id);
alter table area add constraint area_deputy foreign key (community_id, deputy_id) references party (community_id, id);

-- Consent is a row, never a column: what was asked, in which words, by whom, and the answer. The
-- newest row counts; only a recorded 'yes' is a yes.
create table consent (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null constraint consent_kind_known check (kind in ('worker_call')),
  answer text not null constraint consent_answer_known check (answer in ('yes', 'no', 'later')),
  wording integer not null,
  way text not null constraint consent_way_known check (way in ('page', 'phone', 'paper', 'visit')),
  asked_by_id uuid,
  at timestamptz not null,
  primary key (community_id, id)
);
select sharding.by_community('consent');
alter table consent add constraint consent_of_party foreign key (community_id, party_id) references party (community_id, id);
create index consent_newest on consent (community_id, party_id, kind, id desc);
grant select, insert, delete on consent to timebank_web, timebank_work;

-- Two members who shall not meet here: one row each time somebody says so, silent and mutual.
create table block (
  community_id bigint not null,
  blocker_id uuid not null,
  blocked_id uuid not null,
  at timestamptz not null,
  entered_by_id uuid not null,
  primary key (community_id, blocker_id, blocked_id),
  constraint block_of_another check (blocker_id <> blocked_id)
);
select sharding.by_community('block');
alter table block add constraint block_by_party foreign key (community_id, blocker_id) references party (community_id, id);
alter table block add constraint block_of_party foreign key (community_id, blocked_id) references party (community_id, id);
create index block_mirror on block (community_id, blocked_id, blocker_id);
grant select, insert, delete on block to timebank_web, timebank_work;

-- 'Two different people', said once of a pair that looks alike, is not asked again.
create table not_alike (
  community_id bigint not null,
  one_id uuid not null,
  other_id uuid not null,
  said_by_id uuid not null,
  at timestamptz not null,
  primary key (community_id, one_id, other_id),
  constraint not_alike_order check (one_id < other_id)
);
select sharding.by_community('not_alike');
alter table not_alike add constraint not_alike_one foreign key (community_id, one_id) references party (community_id, id);
alter table not_alike add constraint not_alike_other foreign key (community_id, other_id) references party (community_id, id);
grant select, insert on not_alike to timebank_web, timebank_work;
grant delete on not_alike to timebank_work;

-- May these two see each other? Blocks work both ways.
create function may_meet(community bigint, one uuid, other uuid) returns boolean
  language sql stable
  set search_path = public, pg_catalog, pg_temp
  as $$ select not exists (select from block b where b.community_id = community
    and ((b.blocker_id = one and b.blocked_id = other) or (b.blocker_id = other and b.blocked_id = one))) $$;

-- A community as a page needs it, seen from each of its neighbourhoods and from the whole: names, colour,
-- periods, the person who helps there, and its own words in every language.
create view community_seen with (security_invoker = true) as
select c.id as community_id, c.slug, c.name, c.demo, p.hue, p.welcome, a.id as area_id, a.kind as area_kind,
       a.name as place_name, p.reminder_days, p.silence_days, p.repair_days, p.post_days, p.post_warning_days,
       p.away_days,
       h.party_id as helper_id, h.call_name as helper_call_name, h.full_name as helper_full_name,
       coalesce(a.helper_phone, r.helper_phone, '') as helper_phone,
       coalesce(a.helper_hours, r.helper_hours, '') as helper_hours,
       coalesce(a.walk_in, r.walk_in, '') as helper_walk_in,
       coalesce((select jsonb_agg(to_jsonb(w) - 'community_id') from community_word w where w.community_id = c.id), '[]')
         as words
  from community c
  join community_profile p on p.community_id = c.id
  join area r on r.community_id = c.id and r.kind = 'community'
  join area a on a.community_id = c.id
  left join person h on h.community_id = c.id and h.party_id = coalesce(a.helper_id, r.helper_id);
grant select on community_seen to timebank_web, timebank_work;
