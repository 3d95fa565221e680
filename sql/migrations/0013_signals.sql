-- Signals: "somebody may be getting few contacts", as a reason to talk. Care data, only about members
-- whose newest answer is a recorded yes; with that answer withdrawn every row here is deleted. No sentence
-- stands here: reasons are codes with the values they were judged on.

-- When a community was last judged, and by which version of the points. Its row is also the lock
-- between a run and a member who takes the yes back: neither can miss the other.
create table signal_run (
  community_id bigint not null,
  ran_on date,
  version integer,
  primary key (community_id)
);
select sharding.by_community('signal_run');
alter table signal_run add constraint signal_run_community foreign key (community_id) references community (id);
grant select, insert, update on signal_run to timebank_web, timebank_work;

-- How a member with evidence stands today. Nobody else has a row: of silence alone nothing is kept.
-- `high_since`, `low_since`: the first of the unbroken runs that were high or low. `stands_since`: from
-- which run on this is a reason to open a signal, when there is room for it; four weeks of low runs end it.
create table signal_score (
  community_id bigint not null,
  party_id uuid not null,
  version integer not null,
  score integer not null,
  reasons jsonb not null,
  high_since date,
  low_since date,
  stands_since date,
  primary key (community_id, party_id),
  constraint signal_score_range check (score between 0 and 100),
  constraint signal_score_has_reasons check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) > 0)
);
select sharding.by_community('signal_score');
alter table signal_score add constraint signal_score_of foreign key (community_id, party_id) references party (community_id, id);
grant select, insert, update, delete on signal_score to timebank_web, timebank_work;

-- One signal. Open, it has an owner and a day. `reasons_on` is the run that last found evidence;
-- `low_since` the first of the unbroken runs that were low enough to let an untaken one lapse. `lane`: she
-- asks herself; she seeks and does not find; somebody told it.
create table signal (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  state text not null constraint signal_state_known check
    (state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed', 'closed', 'lapsed', 'objected')),
  state_at timestamptz not null,
  lane text not null default 'seeks' constraint signal_lane_known check (lane in ('asks', 'seeks', 'told')),
  opened_on date not null,
  version integer not null,
  score integer not null,
  reasons jsonb not null,
  reasons_on date not null,
  low_since date,
  owner_id uuid,
  due_on date,
  snooze_until date,
  plan text constraint signal_plan_known check (plan in ('introduce', 'group', 'visit', 'other_help')),
  outcome text constraint signal_outcome_known check
    (outcome in ('grown', 'prefers', 'moved', 'other_help', 'not_right', 'not_reached')),
  closed_on date,
  -- Was it right to call, as the worker said at the end: for the count of a quarter, never for the rule.
  verdict text constraint signal_verdict_known check (verdict in ('right', 'not_right', 'unsure')),
  primary key (community_id, id),
  constraint signal_score_in_range check (score between 0 and 100),
  constraint signal_has_reasons check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) > 0),
  constraint signal_open_has_owner check (
    (state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed')) = (owner_id is not null)
    and (owner_id is null) = (due_on is null)),
  constraint signal_snoozed_until check ((state = 'snoozed') = (snooze_until is not null)),
  constraint signal_over_has_day check ((state in ('closed', 'lapsed', 'objected')) = (closed_on is not null)),
  constraint signal_verdict_at_the_end check (verdict is null or state = 'closed'),
  constraint signal_closed_has_outcome check ((state = 'closed') = (outcome is not null))
);
select sharding.by_community('signal');
alter table signal add constraint signal_about foreign key (community_id, party_id) references party (community_id, id);
alter table signal add constraint signal_owner foreign key (community_id, owner_id) references party (community_id, id);
create unique index signal_one_open on signal (community_id, party_id)
  where state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed');
-- The worker's list reads this and the names; the neighbourhood is asked of the person, where it is
-- always true: a member who moves is gone from the old list at that moment.
create index signal_open_due on signal (community_id, due_on, id)
  where state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed');
create index signal_of on signal (community_id, party_id, id desc);
grant select, insert, update, delete on signal to timebank_web, timebank_work;

-- What happened to a signal: who, when, from which state to which, and why as a code.
create table signal_step (
  community_id bigint not null,
  id uuid not null,
  signal_id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  from_state text,
  to_state text not null,
  reason text not null,
  primary key (community_id, id),
  constraint signal_step_reason_form check (reason ~ '^[a-z_]{2,30}$')
);
select sharding.by_community('signal_step');
alter table signal_step add constraint signal_step_of foreign key (community_id, signal_id) references signal (community_id, id);
alter table signal_step add constraint signal_step_by foreign key (community_id, actor_id) references party (community_id, id);
create index signal_step_in_order on signal_step (community_id, signal_id, id);
grant select, insert, delete on signal_step to timebank_web, timebank_work;

-- Who met whom lately, of a whole community.
create index exchange_met_on on exchange (community_id, done_on) where state = 'confirmed';

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

-- A tie is two residents who really met, dated by when it happened. Nobody's tie: an organisation or group,
-- one's own household, who is blocked either way, who was erased. `staff`: the other was a worker then or
-- became one since, or is no person: contact of another kind. `gone`: the other left or died. Only `living`
-- without `staff` counts as a tie. (Who was ever a worker is asked once for all rows, when for those few alone.)
create view tie_met with (security_invoker = true) as
select m.community_id, m.party_id, m.other_id, m.exchange_id, m.done_on, m.minutes, m.gave, m.got,
       o.state in ('left', 'deceased') as gone,
       o.state in ('active', 'paused', 'leaving') as living,
       o.kind <> 'person'
         or (m.community_id, m.other_id) in (select w.community_id, w.party_id from role w where w.kind = 'worker')
            and exists (select from role r where r.community_id = m.community_id and r.party_id = m.other_id
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
grant select on tie_met to timebank_web, timebank_work;

-- A signal with the member's name and neighbourhood as they are now, and only while it may be seen: the
-- newest answer is a yes, and the member takes part. What nobody has taken yet rests while somebody is away.
create view signal_shown with (security_invoker = true) as
select s.community_id, s.id, s.party_id, s.state, s.lane, s.opened_on, s.score, s.reasons, s.reasons_on, s.low_since,
       s.owner_id, s.due_on, s.snooze_until, s.plan, s.outcome, s.closed_on, s.state_at, n.area_id, n.full_name,
       n.call_name, n.reach_words, coalesce(p.number, '') as number, coalesce(o.full_name, '') as owner_name
  from signal s
  join party p on p.community_id = s.community_id and p.id = s.party_id
  join person n on n.community_id = s.community_id and n.party_id = s.party_id
  left join person o on o.community_id = s.community_id and o.party_id = s.owner_id
 where (p.state = 'active' or (p.state in ('paused', 'leaving', 'suspended') and s.state <> 'raised'))
   and (select k.answer from consent k where k.community_id = s.community_id and k.party_id = s.party_id
          and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes';
grant select on signal_shown to timebank_web, timebank_work;
