-- Exchanges: two or more parties around a post, or around none. Who gives and who is helped stands in
-- exchange_party; free text stands apart in exchange_words, where erasure can reach it. Nothing open is
-- without a next action, an owner and a date. Planned times are local date and time with their zone;
-- "done on" and "confirmed at" are two facts.

create table series (
  community_id bigint not null,
  id uuid not null,
  every text not null constraint series_every_known check (every in ('week', 'two_weeks', 'month')),
  first_on date not null,
  at_time time not null,
  until_on date not null,
  minutes integer not null,
  made_at timestamptz not null,
  primary key (community_id, id),
  constraint series_ends_after_first check (until_on >= first_on),
  constraint series_minutes check (minutes between 1 and 1440)
);
select sharding.by_community('series');
alter table series add constraint series_community foreign key (community_id) references community (id);
grant select, insert on series to timebank_web, timebank_work;

-- `asked_id` is the party whose answer is awaited; `owner_id` has the next action (that party, or a
-- worker). `round` counts how often minutes were said: it is part of the key under which hours are
-- booked. `minutes` is what was agreed in the end.
create table exchange (
  community_id bigint not null,
  id uuid not null,
  state text not null constraint exchange_state_known check (state in ('suggested', 'talking', 'agreed',
    'planned', 'done', 'confirmed', 'disputed', 'declined', 'cancelled', 'no_contact', 'not_feasible',
    'no_show', 'closed')),
  mode text not null constraint exchange_mode_known check (mode in ('hours', 'gift', 'return')),
  round integer not null default 1,
  post_id uuid,
  series_id uuid,
  area_id uuid not null,
  started_by_id uuid not null,
  entered_by_id uuid not null,
  title text not null,
  planned_on date,
  planned_at time,
  zone text not null default 'Europe/Amsterdam',
  planned_minutes integer,
  meet_at text not null default '',
  next_action text,
  owner_id uuid,
  asked_id uuid,
  due_on date,
  done_on date,
  claimed_minutes integer,
  claimed_by_id uuid,
  claimed_at timestamptz,
  answered_minutes integer,
  answered_by_id uuid,
  answered_at timestamptz,
  by_hand boolean not null default false,
  announced_at timestamptz,
  reminded_at timestamptz,
  handed_reason text,
  disputed_at timestamptz,
  minutes integer,
  confirmed_at timestamptz,
  booked_by text constraint exchange_booked_by_known check (booked_by in ('both', 'silence', 'worker')),
  end_reason text,
  ended_by_id uuid,
  settled_by_id uuid,
  state_at timestamptz not null,
  created_at timestamptz not null,
  primary key (community_id, id),
  constraint exchange_open_has_owner check (
    state not in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
    or (next_action is not null and owner_id is not null and due_on is not null)),
  constraint exchange_exit_has_reason check (
    state not in ('declined', 'cancelled', 'no_contact', 'not_feasible', 'no_show', 'closed')
    or end_reason is not null),
  constraint exchange_done_is_whole check (
    state not in ('done', 'confirmed')
    or (done_on is not null and claimed_minutes is not null and claimed_by_id is not null
        and claimed_at is not null)),
  constraint exchange_confirmed_is_whole check (
    (state = 'confirmed') = (confirmed_at is not null)
    and (state = 'confirmed') = (booked_by is not null)
    and (state = 'confirmed') = (minutes is not null)),
  constraint exchange_planned_is_whole check (state <> 'planned' or planned_on is not null),
  constraint exchange_minutes check (planned_minutes between 1 and 1440
    and claimed_minutes between 1 and 1440 and answered_minutes between 1 and 1440
    and minutes between 1 and 1440),
  constraint exchange_round check (round between 1 and 9),
  constraint exchange_title_length check (char_length(title) between 1 and 120),
  constraint exchange_meet_at_length check (char_length(meet_at) <= 120),
  constraint exchange_codes check (next_action ~ '^[a-z_]{2,30}$' and end_reason ~ '^[a-z_]{2,30}$'
    and handed_reason ~ '^[a-z_]{2,30}$')
);
select sharding.by_community('exchange');
alter table exchange add constraint exchange_community foreign key (community_id) references community (id);
alter table exchange add constraint exchange_in_series foreign key (community_id, series_id) references series (community_id, id);
alter table exchange add constraint exchange_in_area foreign key (community_id, area_id) references area (community_id, id);
alter table exchange add constraint exchange_started_by foreign key (community_id, started_by_id) references party (community_id, id);
alter table exchange add constraint exchange_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
alter table exchange add constraint exchange_owner foreign key (community_id, owner_id) references party (community_id, id);
alter table exchange add constraint exchange_asked foreign key (community_id, asked_id) references party (community_id, id);
alter table exchange add constraint exchange_claimed_by foreign key (community_id, claimed_by_id) references party (community_id, id);
alter table exchange add constraint exchange_answered_by foreign key (community_id, answered_by_id) references party (community_id, id);
alter table exchange add constraint exchange_ended_by foreign key (community_id, ended_by_id) references party (community_id, id);
alter table exchange add constraint exchange_settled_by foreign key (community_id, settled_by_id) references party (community_id, id);
alter table exchange add constraint exchange_about_post foreign key (community_id, post_id) references post (community_id, id);
create index exchange_open_of_owner on exchange (community_id, owner_id, due_on)
  where state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed');
create index exchange_open_due on exchange (community_id, due_on)
  where state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed');
create index exchange_open_in_area on exchange (community_id, area_id, due_on)
  where state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed');
create index exchange_planned_day on exchange (community_id, planned_on) where state = 'planned';
create index exchange_of_post on exchange (community_id, post_id) where post_id is not null;
create index exchange_of_series on exchange (community_id, series_id, planned_on) where series_id is not null;
create index exchange_started on exchange (community_id, started_by_id, created_at desc);
create index exchange_in_time on exchange (community_id, id desc);
create unique index exchange_talk_once on exchange (community_id, post_id, started_by_id)
  where post_id is not null and series_id is null
    and state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed');
grant select, insert, update on exchange to timebank_web, timebank_work;

create table exchange_party (
  community_id bigint not null,
  exchange_id uuid not null,
  party_id uuid not null,
  gives boolean not null,
  gets boolean not null,
  agreed_at timestamptz,
  agreed_by_id uuid,
  primary key (community_id, exchange_id, party_id),
  constraint exchange_party_takes_part check (gives or gets)
);
select sharding.by_community('exchange_party');
alter table exchange_party add constraint exchange_party_of foreign key (community_id, exchange_id) references exchange (community_id, id);
alter table exchange_party add constraint exchange_party_agreed_by foreign key (community_id, agreed_by_id) references party (community_id, id);
alter table exchange_party add constraint exchange_party_is foreign key (community_id, party_id) references party (community_id, id);
create index exchange_party_mine on exchange_party (community_id, party_id, exchange_id desc);
grant select, insert, update on exchange_party to timebank_web, timebank_work;

create table exchange_words (
  community_id bigint not null,
  id uuid not null,
  exchange_id uuid not null,
  by_id uuid not null,
  entered_by_id uuid not null,
  kind text not null constraint exchange_words_kind_known check (kind in ('gives', 'thanks', 'refusal',
    'cancellation', 'no_show', 'dispute', 'closing', 'settlement', 'repair')),
  words text not null,
  at timestamptz not null,
  primary key (community_id, id),
  constraint exchange_words_length check (char_length(words) between 1 and 1000)
);
select sharding.by_community('exchange_words');
alter table exchange_words add constraint exchange_words_of foreign key (community_id, exchange_id) references exchange (community_id, id);
alter table exchange_words add constraint exchange_words_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
alter table exchange_words add constraint exchange_words_by foreign key (community_id, by_id) references party (community_id, id);
create index exchange_words_in_order on exchange_words (community_id, exchange_id, id);
grant select, insert, delete on exchange_words to timebank_web, timebank_work;
grant update (words) on exchange_words to timebank_work;  -- erasure takes a name out of what others wrote

create table exchange_proposal (
  community_id bigint not null,
  id uuid not null,
  exchange_id uuid not null,
  by_id uuid not null,
  entered_by_id uuid not null,
  on_date date,
  at_time time,
  minutes integer not null,
  meet_at text not null default '',
  every text constraint exchange_proposal_every_known check (every in ('week', 'two_weeks', 'month')),
  until_on date,
  made_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by_id uuid,
  dropped_at timestamptz,
  primary key (community_id, id),
  constraint exchange_proposal_minutes check (minutes between 1 and 1440),
  constraint exchange_proposal_time_has_date check (at_time is null or on_date is not null),
  constraint exchange_proposal_series check ((every is null) = (until_on is null)
    and (every is null or (on_date is not null and at_time is not null and until_on >= on_date))),
  constraint exchange_proposal_meet_at_length check (char_length(meet_at) <= 120),
  constraint exchange_proposal_accepted check ((accepted_at is null) = (accepted_by_id is null))
);
select sharding.by_community('exchange_proposal');
alter table exchange_proposal add constraint exchange_proposal_of foreign key (community_id, exchange_id) references exchange (community_id, id);
alter table exchange_proposal add constraint exchange_proposal_by foreign key (community_id, by_id) references party (community_id, id);
create unique index exchange_proposal_one_open on exchange_proposal (community_id, exchange_id)
  where accepted_at is null and dropped_at is null;
create index exchange_proposal_in_order on exchange_proposal (community_id, exchange_id, id);
grant select, insert, update on exchange_proposal to timebank_web, timebank_work;

-- Either side may ask to have a booking put right; a worker looks at it, by a date.
create table exchange_repair (
  community_id bigint not null,
  id uuid not null,
  exchange_id uuid not null,
  asked_by_id uuid not null,
  entered_by_id uuid not null,
  asked_at timestamptz not null,
  owner_id uuid not null,
  due_on date not null,
  settled_at timestamptz,
  settled_by_id uuid,
  outcome text constraint exchange_repair_outcome_known check (outcome in ('stands', 'corrected')),
  primary key (community_id, id),
  constraint exchange_repair_settled check ((settled_at is null) = (outcome is null)
    and (settled_at is null) = (settled_by_id is null))
);
select sharding.by_community('exchange_repair');
alter table exchange_repair add constraint exchange_repair_of foreign key (community_id, exchange_id) references exchange (community_id, id);
alter table exchange_repair add constraint exchange_repair_asked_by foreign key (community_id, asked_by_id) references party (community_id, id);
alter table exchange_repair add constraint exchange_repair_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
alter table exchange_repair add constraint exchange_repair_owner foreign key (community_id, owner_id) references party (community_id, id);
create unique index exchange_repair_one_open on exchange_repair (community_id, exchange_id) where settled_at is null;
create index exchange_repair_open on exchange_repair (community_id, due_on) where settled_at is null;
grant select, insert, update on exchange_repair to timebank_web, timebank_work;

-- Two parties who really met: one row for each confirmed exchange and ordered pair. `gave`: the first
-- did something for the other. What makes it a tie (who counts, since when) is asked elsewhere.
create view exchange_met with (security_invoker = true) as
select e.community_id, e.id as exchange_id, one.party_id as party_id, other.party_id as other_id,
       one.gives as gave, one.gets as got, e.done_on, e.minutes, e.mode, e.confirmed_at
  from exchange e
  join exchange_party one on one.community_id = e.community_id and one.exchange_id = e.id
  join exchange_party other on other.community_id = e.community_id and other.exchange_id = e.id
   and other.party_id <> one.party_id
 where e.state = 'confirmed';
grant select on exchange_met to timebank_web, timebank_work;

-- An exchange with its parties, the one who began first: what every page and list reads.
create view exchange_sheet with (security_invoker = true) as
select e.*,
       (select jsonb_agg(jsonb_build_object('party_id', p.party_id, 'gives', p.gives, 'gets', p.gets,
                                            'agreed_at', p.agreed_at)
                         order by p.party_id <> e.started_by_id, p.party_id)
          from exchange_party p
         where p.community_id = e.community_id and p.exchange_id = e.id) as sides
  from exchange e;
grant select on exchange_sheet to timebank_web, timebank_work;
