-- Signals, whole: what members say of themselves, objections, what neighbours tell, and who decided about
-- the points. Care data.

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

-- What people tell a worker in their own words: a neighbour who worries, a worker's own hunch, a member who
-- asks for a call or a visit, or who says that what is thought of her is not right. The member it is about
-- stands here only under a yes; without one `who` says it in words, and no more is kept. What an open signal
-- says already (`done_at` from the first) waits for nobody.
create table signal_told (
  community_id bigint not null,
  id uuid not null,
  kind text not null constraint signal_told_kind_known check (kind in ('worry', 'hunch', 'visit', 'not_right')),
  by_id uuid not null,
  area_id uuid not null,
  party_id uuid,
  may_name boolean not null default false,
  owner_id uuid not null,
  due_on date not null,
  at timestamptz not null,
  done_at timestamptz,
  primary key (community_id, id)
);
select sharding.by_community('signal_told');
alter table signal_told add constraint signal_told_by foreign key (community_id, by_id) references party (community_id, id);
alter table signal_told add constraint signal_told_about foreign key (community_id, party_id) references party (community_id, id);
alter table signal_told add constraint signal_told_owner foreign key (community_id, owner_id) references party (community_id, id);
alter table signal_told add constraint signal_told_in foreign key (community_id, area_id) references area (community_id, id);
create index signal_told_open on signal_told (community_id, due_on, id) where done_at is null;
create index signal_told_from on signal_told (community_id, by_id, at desc);
create index signal_told_of on signal_told (community_id, party_id, at desc) where party_id is not null;
grant select, insert, update, delete on signal_told to timebank_web, timebank_work;

create table signal_told_words (
  community_id bigint not null,
  told_id uuid not null,
  who text not null default '',
  words text not null,
  primary key (community_id, told_id),
  constraint signal_told_who_length check (char_length(who) <= 120),
  constraint signal_told_words_length check (char_length(words) between 1 and 700)
);
select sharding.by_community('signal_told_words');
alter table signal_told_words add constraint signal_told_words_of foreign key (community_id, told_id) references signal_told (community_id, id);
grant select, insert, update, delete on signal_told_words to timebank_web, timebank_work;

-- With its words, and whom it is about as far as that may be known: the member under a yes, or who asks for
-- herself. Then her neighbourhood of today counts; otherwise the one that was named.
create view signal_told_shown with (security_invoker = true) as
select t.community_id, t.id, t.kind, t.by_id, coalesce(n.area_id, t.area_id) as area_id, n.party_id as about_id,
       t.party_id, t.may_name, t.owner_id, t.due_on, t.at, t.done_at, coalesce(o.full_name, '') as owner_name,
       coalesce(b.full_name, '') as by_name, coalesce(w.who, '') as who, coalesce(w.words, '') as words
  from signal_told t
  left join person n on n.community_id = t.community_id
   and n.party_id = coalesce(t.party_id, case when t.kind in ('visit', 'not_right') then t.by_id end)
  left join person o on o.community_id = t.community_id and o.party_id = t.owner_id
  left join person b on b.community_id = t.community_id and b.party_id = t.by_id
  left join signal_told_words w on w.community_id = t.community_id and w.told_id = t.id
 where t.party_id is null or (select k.answer from consent k where k.community_id = t.community_id
          and k.party_id = t.party_id and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes';
grant select on signal_told_shown to timebank_web, timebank_work;

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

-- What a quarter came to, in counts alone, written down once when it is over: the signals themselves are
-- forgotten before anybody asks. `figures`: rows of {what, online, many}; `days_to_talk`: within how many days
-- half of the first talks came. A page shows no count below five.
create table signal_quarter (
  community_id bigint not null,
  starts_on date not null,
  figures jsonb not null,
  days_to_talk integer,
  primary key (community_id, starts_on),
  constraint signal_quarter_starts check (date_trunc('quarter', starts_on) = starts_on)
);
select sharding.by_community('signal_quarter');
alter table signal_quarter add constraint signal_quarter_community foreign key (community_id) references community (id);
grant select on signal_quarter to timebank_web;
grant select, insert on signal_quarter to timebank_work;
