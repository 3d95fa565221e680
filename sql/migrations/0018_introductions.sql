-- Introductions: who might like to meet whom, asked of each apart; names only after two yeses. Care data: it
-- begins with a member who said yes to the worker's call, and goes when that yes is taken back.

-- What a member says about meeting new people. Languages and the birth year count in an introduction only
-- when they are filled in here, for this. `hosts`: likes to receive somebody who is new.
create table introduction_wish (
  community_id bigint not null,
  party_id uuid not null,
  answer text not null constraint introduction_wish_answer_known check (answer in ('yes', 'no')),
  hosts boolean not null default false,
  by_age boolean not null default false,
  languages text[] not null default '{}',
  entered_by_id uuid not null,
  at timestamptz not null,
  primary key (community_id, party_id),
  constraint introduction_wish_languages check (cardinality(languages) <= 12)
);
select sharding.by_community('introduction_wish');
alter table introduction_wish add constraint introduction_wish_of foreign key (community_id, party_id) references party (community_id, id);
alter table introduction_wish add constraint introduction_wish_by foreign key (community_id, entered_by_id) references party (community_id, id);
grant select, insert, update, delete on introduction_wish to timebank_web, timebank_work;

-- One introduction. `party_id` is the member it began with, `other_id` who might fit. Open, it has an owner
-- and a day. `reasons` are codes with the values they were judged on.
create table introduction (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  other_id uuid not null,
  state text not null constraint introduction_state_known check
    (state in ('chosen', 'first_asked', 'first_yes', 'second_asked', 'introduced', 'followed_up', 'closed')),
  state_at timestamptz not null,
  owner_id uuid,
  due_on date,
  reasons jsonb not null,
  outcome text constraint introduction_outcome_known check
    (outcome in ('met', 'met_again', 'not_met', 'declined', 'no_answer', 'withdrawn', 'passed_over')),
  introduced_on date,
  closed_on date,
  made_by_id uuid not null,
  made_on date not null,
  primary key (community_id, id),
  constraint introduction_of_two check (party_id <> other_id),
  constraint introduction_open_has_owner check (
    (state <> 'closed') = (owner_id is not null) and (owner_id is null) = (due_on is null)),
  constraint introduction_closed_is_whole check (
    (state = 'closed') = (closed_on is not null) and (closed_on is null) = (outcome is null)),
  constraint introduction_introduced_has_day check
    (state not in ('introduced', 'followed_up') or introduced_on is not null)
);
select sharding.by_community('introduction');
alter table introduction add constraint introduction_of foreign key (community_id, party_id) references party (community_id, id);
alter table introduction add constraint introduction_with foreign key (community_id, other_id) references party (community_id, id);
alter table introduction add constraint introduction_owner foreign key (community_id, owner_id) references party (community_id, id);
alter table introduction add constraint introduction_made_by foreign key (community_id, made_by_id) references party (community_id, id);
create unique index introduction_once_open on introduction
  (community_id, least(party_id, other_id), greatest(party_id, other_id)) where state <> 'closed';
create index introduction_of_party on introduction (community_id, party_id, id desc);
create index introduction_of_other on introduction (community_id, other_id, id desc);
create index introduction_due on introduction (community_id, due_on, id) where state <> 'closed';
grant select, insert, update, delete on introduction to timebank_web, timebank_work;

-- One side that was asked: when, how, by whom; the answer and who typed it; what came of it, as that side says.
create table introduction_ask (
  community_id bigint not null,
  introduction_id uuid not null,
  party_id uuid not null,
  way text not null constraint introduction_ask_way_known check (way in ('phone', 'page')),
  asked_by_id uuid not null,
  asked_at timestamptz not null,
  answer text constraint introduction_ask_answer_known check (answer in ('yes', 'no')),
  answered_at timestamptz,
  entered_by_id uuid,
  came_of_it text constraint introduction_ask_came_known check (came_of_it in ('met', 'met_again', 'not_met')),
  primary key (community_id, introduction_id, party_id),
  constraint introduction_ask_answered check (
    (answer is null) = (answered_at is null) and (answer is null) = (entered_by_id is null))
);
select sharding.by_community('introduction_ask');
alter table introduction_ask add constraint introduction_ask_in foreign key (community_id, introduction_id) references introduction (community_id, id);
alter table introduction_ask add constraint introduction_ask_of foreign key (community_id, party_id) references party (community_id, id);
alter table introduction_ask add constraint introduction_ask_by foreign key (community_id, asked_by_id) references party (community_id, id);
create index introduction_ask_of_member on introduction_ask (community_id, party_id, asked_at);
grant select, insert, update, delete on introduction_ask to timebank_web, timebank_work;

-- What happened to an introduction: who, when, from which state to which, and why as a code.
create table introduction_step (
  community_id bigint not null,
  id uuid not null,
  introduction_id uuid not null,
  at timestamptz not null,
  actor_id uuid,
  from_state text,
  to_state text not null,
  reason text not null,
  primary key (community_id, id),
  constraint introduction_step_reason_form check (reason ~ '^[a-z_]{2,30}$')
);
select sharding.by_community('introduction_step');
alter table introduction_step add constraint introduction_step_of foreign key (community_id, introduction_id) references introduction (community_id, id);
alter table introduction_step add constraint introduction_step_by foreign key (community_id, actor_id) references party (community_id, id);
create index introduction_step_in_order on introduction_step (community_id, introduction_id, id);
grant select, insert, delete on introduction_step to timebank_web, timebank_work;
