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
-- `high_since`: the first of the unbroken runs that were high enough to open a signal.
create table signal_score (
  community_id bigint not null,
  party_id uuid not null,
  version integer not null,
  score integer not null,
  reasons jsonb not null,
  high_since date,
  primary key (community_id, party_id),
  constraint signal_score_range check (score between 0 and 100),
  constraint signal_score_has_reasons check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) > 0)
);
select sharding.by_community('signal_score');
alter table signal_score add constraint signal_score_of foreign key (community_id, party_id) references party (community_id, id);
grant select, insert, update, delete on signal_score to timebank_web, timebank_work;

-- One signal. Open, it has an owner and a day. `reasons_on` is the run that last found evidence;
-- `low_since` the first of the unbroken runs that were low enough to let an untaken one lapse.
create table signal (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  state text not null constraint signal_state_known check
    (state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed', 'closed', 'lapsed')),
  state_at timestamptz not null,
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
  primary key (community_id, id),
  constraint signal_score_in_range check (score between 0 and 100),
  constraint signal_has_reasons check (jsonb_typeof(reasons) = 'array' and jsonb_array_length(reasons) > 0),
  constraint signal_open_has_owner check (
    (state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed')) = (owner_id is not null)
    and (owner_id is null) = (due_on is null)),
  constraint signal_snoozed_until check ((state = 'snoozed') = (snooze_until is not null)),
  constraint signal_over_has_day check ((state in ('closed', 'lapsed')) = (closed_on is not null)),
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

-- Who met whom lately, of a whole community: what a run reads.
create index exchange_met_on on exchange (community_id, done_on) where state = 'confirmed';
