-- Signals, whole: who met whom kept as it happens, what members say of themselves, objections, what
-- neighbours tell, and who decided about the points. Care data, except who met whom.

-- One row for each confirmed exchange and ordered pair, kept by the exchange itself: confirming one
-- touches the two people concerned and nobody else, and one that is taken back goes. It is what
-- `exchange_met` says, written down where a member's own rows lie together in time. A check compares.
create table tie_meeting (
  community_id bigint not null,
  party_id uuid not null,
  done_on date not null,
  exchange_id uuid not null,
  other_id uuid not null,
  minutes integer not null,
  gave boolean not null,
  got boolean not null,
  primary key (community_id, party_id, done_on, exchange_id, other_id)
);
select sharding.by_community('tie_meeting');
alter table tie_meeting add constraint tie_meeting_of foreign key (community_id, party_id) references party (community_id, id);
alter table tie_meeting add constraint tie_meeting_with foreign key (community_id, other_id) references party (community_id, id);
alter table tie_meeting add constraint tie_meeting_in foreign key (community_id, exchange_id) references exchange (community_id, id);
create index tie_meeting_on on tie_meeting (community_id, done_on);
grant select, insert, delete on tie_meeting to timebank_web, timebank_work;

create function tie_forget(p_community bigint, p_exchange uuid, p_done_on date) returns void language sql
  set search_path = public, pg_catalog, pg_temp
  as $$
  delete from tie_meeting m using exchange_party p
   where p.community_id = p_community and p.exchange_id = p_exchange and m.community_id = p_community
     and m.party_id = p.party_id and m.done_on = p_done_on and m.exchange_id = p_exchange;
  $$;

create function tie_write(p_community bigint, p_exchange uuid) returns void language sql
  set search_path = public, pg_catalog, pg_temp
  as $$
  insert into tie_meeting (community_id, party_id, done_on, exchange_id, other_id, minutes, gave, got)
  select community_id, party_id, done_on, exchange_id, other_id, minutes, gave, got
    from exchange_met where community_id = p_community and exchange_id = p_exchange;
  $$;

create function tie_follows_exchange() returns trigger language plpgsql
  set search_path = public, pg_catalog, pg_temp
  as $$
  begin
    if old.state = 'confirmed' then
      perform tie_forget(old.community_id, old.id, old.done_on);
    end if;
    if new.state = 'confirmed' then
      perform tie_write(new.community_id, new.id);
    end if;
    return null;
  end $$;
create trigger tie_follows after update of state, done_on, minutes on exchange
  for each row when (old.state = 'confirmed' or new.state = 'confirmed')
  execute function tie_follows_exchange();

-- A side that is written, changed or taken away after the exchange was confirmed (books that come in whole).
create function tie_follows_side() returns trigger language plpgsql
  set search_path = public, pg_catalog, pg_temp
  as $$
  declare
    v_side exchange_party := case when tg_op = 'DELETE' then old else new end;
    v_done_on date;
  begin
    select done_on into v_done_on from exchange
     where community_id = v_side.community_id and id = v_side.exchange_id and state = 'confirmed';
    if found then
      delete from tie_meeting where community_id = v_side.community_id and party_id = v_side.party_id
         and done_on = v_done_on and exchange_id = v_side.exchange_id;
      perform tie_forget(v_side.community_id, v_side.exchange_id, v_done_on);
      perform tie_write(v_side.community_id, v_side.exchange_id);
    end if;
    return null;
  end $$;
create trigger tie_follows after insert or delete or update of gives, gets on exchange_party
  for each row execute function tie_follows_side();

insert into tie_meeting (community_id, party_id, done_on, exchange_id, other_id, minutes, gave, got)
select community_id, party_id, done_on, exchange_id, other_id, minutes, gave, got from exchange_met;

-- A tie is two residents who really met, dated by when it happened. Nobody's tie: an organisation or group,
-- one's own household, who is blocked either way, who was erased. `staff`: the other was a worker then or
-- became one since, or is no person: contact of another kind. `gone`: the other left or died. Only `living`
-- without `staff` counts as a tie.
create or replace view tie_met with (security_invoker = true) as
select m.community_id, m.party_id, m.other_id, m.exchange_id, m.done_on, m.minutes, m.gave, m.got,
       o.state in ('left', 'deceased') as gone,
       o.state in ('active', 'paused', 'leaving') as living,
       o.kind <> 'person'
         or exists (select from role r where r.community_id = m.community_id and r.party_id = m.other_id
              and r.kind = 'worker' and (r.ends_on is null or r.ends_on >= m.done_on)) as staff
  from tie_meeting m
  join party o on o.community_id = m.community_id and o.id = m.other_id
  join person other on other.community_id = m.community_id and other.party_id = m.other_id
  join person me on me.community_id = m.community_id and me.party_id = m.party_id
 where (me.household_id is null or other.household_id is null or me.household_id <> other.household_id)
   and not exists (select from block b where b.community_id = m.community_id
     and b.blocker_id = m.party_id and b.blocked_id = m.other_id)
   and not exists (select from block b where b.community_id = m.community_id
     and b.blocker_id = m.other_id and b.blocked_id = m.party_id);

-- What a member says of herself, asked at most once a quarter and never needed for anything. `talks`: with
-- how many people she talked well in two weeks (0 nobody, 1 one, 2 two or three, 3 four or more; null: would
-- rather not say). The newest row counts, for half a year.
create table checkin (
  community_id bigint not null,
  party_id uuid not null,
  on_date date not null,
  talks integer,
  wants text constraint checkin_wants_known check (wants in ('yes', 'no', 'unsure')),
  way text not null constraint checkin_way_known check (way in ('page', 'phone', 'card')),
  entered_by_id uuid not null,
  at timestamptz not null,
  primary key (community_id, party_id, on_date),
  constraint checkin_talks_range check (talks between 0 and 3)
);
select sharding.by_community('checkin');
alter table checkin add constraint checkin_of foreign key (community_id, party_id) references party (community_id, id);
alter table checkin add constraint checkin_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
create index checkin_on on checkin (community_id, on_date);
grant select, insert, update, delete on checkin to timebank_web, timebank_work;

-- "Not now" and "this is not right": nothing opens until that day, unless she asks for it herself.
create table signal_mute (
  community_id bigint not null,
  party_id uuid not null,
  said_on date not null,
  until_on date not null,
  reason text not null constraint signal_mute_reason_known check (reason in ('not_now', 'not_right')),
  primary key (community_id, party_id),
  constraint signal_mute_ends check (until_on > said_on)
);
select sharding.by_community('signal_mute');
alter table signal_mute add constraint signal_mute_of foreign key (community_id, party_id) references party (community_id, id);
grant select, insert, update, delete on signal_mute to timebank_web, timebank_work;

-- A neighbour who worries, told to the worker alone. The member stands here only under a yes; without
-- one the words name whom it is about, and no more is kept.
create table signal_worry (
  community_id bigint not null,
  id uuid not null,
  reporter_id uuid not null,
  area_id uuid not null,
  party_id uuid,
  owner_id uuid not null,
  due_on date not null,
  at timestamptz not null,
  done_at timestamptz,
  primary key (community_id, id)
);
select sharding.by_community('signal_worry');
alter table signal_worry add constraint signal_worry_by foreign key (community_id, reporter_id) references party (community_id, id);
alter table signal_worry add constraint signal_worry_about foreign key (community_id, party_id) references party (community_id, id);
alter table signal_worry add constraint signal_worry_owner foreign key (community_id, owner_id) references party (community_id, id);
alter table signal_worry add constraint signal_worry_in foreign key (community_id, area_id) references area (community_id, id);
create index signal_worry_open on signal_worry (community_id, due_on, id) where done_at is null;
create index signal_worry_from on signal_worry (community_id, reporter_id, at desc);
grant select, insert, update, delete on signal_worry to timebank_web, timebank_work;

create table signal_worry_words (
  community_id bigint not null,
  worry_id uuid not null,
  words text not null,
  primary key (community_id, worry_id),
  constraint signal_worry_words_length check (char_length(words) between 1 and 700)
);
select sharding.by_community('signal_worry_words');
alter table signal_worry_words add constraint signal_worry_words_of foreign key (community_id, worry_id) references signal_worry (community_id, id);
grant select, insert, update, delete on signal_worry_words to timebank_web, timebank_work;

-- Who decided, and when, that a community goes by which version of the points. The newest counts.
create table signal_decision (
  community_id bigint not null,
  id uuid not null,
  version integer not null,
  decided_by_id uuid not null,
  at timestamptz not null,
  come integer not null,
  go integer not null,
  primary key (community_id, id)
);
select sharding.by_community('signal_decision');
alter table signal_decision add constraint signal_decision_by foreign key (community_id, decided_by_id) references party (community_id, id);
grant select, insert on signal_decision to timebank_web, timebank_work;

-- Whether each week some members are put among the calls at random, and what workers found: of whom the
-- rule named and of whom chance did, asked in the same way, without saying which.
alter table signal_run add column chance boolean not null default false;
create table signal_chance (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  week_on date not null,
  from_rule boolean not null,
  owner_id uuid not null,
  verdict text constraint signal_chance_verdict_known check (verdict in ('right', 'not_right', 'unsure')),
  answered_on date,
  primary key (community_id, id),
  constraint signal_chance_once unique (community_id, party_id, week_on),
  constraint signal_chance_answered check ((verdict is null) = (answered_on is null))
);
select sharding.by_community('signal_chance');
alter table signal_chance add constraint signal_chance_of foreign key (community_id, party_id) references party (community_id, id);
alter table signal_chance add constraint signal_chance_owner foreign key (community_id, owner_id) references party (community_id, id);
create index signal_chance_asked on signal_chance (community_id, owner_id, week_on) where verdict is null;
grant select, insert, update, delete on signal_chance to timebank_web, timebank_work;
