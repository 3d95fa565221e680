-- Gatherings: a group that meets on a day, at a time, at a place, with a host: coffee morning, shared table.
-- The first corner of the noun: who is expected (the list), and who was there. Merely attending is no tie.

-- `first_on` is the first day, and says the weekday; `every` how it comes back. `host_id` is a member who was
-- asked for it and may tick who was there; without one a worker does.
create table gathering (
  community_id bigint not null,
  id uuid not null,
  area_id uuid not null,
  title text not null,
  words text not null default '',
  place_id uuid,
  meet_at text not null default '',
  every text not null constraint gathering_every_known check (every in ('once', 'week', 'two_weeks', 'month')),
  first_on date not null,
  starts_at time not null,
  host_id uuid,
  state text not null default 'open' constraint gathering_state_known check (state in ('open', 'closed')),
  made_by_id uuid not null,
  made_at timestamptz not null,
  state_at timestamptz not null,
  primary key (community_id, id),
  constraint gathering_title_length check (char_length(title) between 1 and 80),
  constraint gathering_words_length check (char_length(words) <= 600),
  constraint gathering_meet_at_length check (char_length(meet_at) <= 120)
);
select sharding.by_community('gathering');
alter table gathering add constraint gathering_in_area foreign key (community_id, area_id) references area (community_id, id);
alter table gathering add constraint gathering_at_place foreign key (community_id, place_id) references place (community_id, id);
alter table gathering add constraint gathering_host foreign key (community_id, host_id) references party (community_id, id);
alter table gathering add constraint gathering_made_by foreign key (community_id, made_by_id) references party (community_id, id);
create index gathering_in on gathering (community_id, area_id, id) where state = 'open';
create index gathering_of_host on gathering (community_id, host_id) where host_id is not null;
grant select, insert, update on gathering to timebank_web, timebank_work;

-- Who is expected: members who put themselves on the list, and who was ticked once. Who stayed away for long
-- is not on the list any more: a query, not a state.
create table gathering_guest (
  community_id bigint not null,
  gathering_id uuid not null,
  party_id uuid not null,
  added_by_id uuid not null,
  at timestamptz not null,
  primary key (community_id, gathering_id, party_id)
);
select sharding.by_community('gathering_guest');
alter table gathering_guest add constraint gathering_guest_at foreign key (community_id, gathering_id) references gathering (community_id, id);
alter table gathering_guest add constraint gathering_guest_of foreign key (community_id, party_id) references party (community_id, id);
alter table gathering_guest add constraint gathering_guest_added_by foreign key (community_id, added_by_id) references party (community_id, id);
create index gathering_guest_of_member on gathering_guest (community_id, party_id);
grant select, insert, update, delete on gathering_guest to timebank_web, timebank_work;

-- A day on which it was held and the list was kept: by whom, when, and whether from paper. `others` are
-- people without a name here: they came, and are no members.
create table gathering_day (
  community_id bigint not null,
  gathering_id uuid not null,
  on_date date not null,
  ticked_by_id uuid not null,
  way text not null constraint gathering_day_way_known check (way in ('page', 'paper')),
  others integer not null default 0,
  at timestamptz not null,
  primary key (community_id, gathering_id, on_date),
  constraint gathering_day_others check (others between 0 and 500)
);
select sharding.by_community('gathering_day');
alter table gathering_day add constraint gathering_day_of foreign key (community_id, gathering_id) references gathering (community_id, id);
alter table gathering_day add constraint gathering_day_ticked_by foreign key (community_id, ticked_by_id) references party (community_id, id);
grant select, insert, update, delete on gathering_day to timebank_web, timebank_work;

-- Who was there. Kept for thirteen months; the member reads it, and may take it away.
create table attendance (
  community_id bigint not null,
  gathering_id uuid not null,
  party_id uuid not null,
  on_date date not null,
  ticked_by_id uuid not null,
  way text not null constraint attendance_way_known check (way in ('page', 'paper')),
  at timestamptz not null,
  primary key (community_id, gathering_id, on_date, party_id)
);
select sharding.by_community('attendance');
alter table attendance add constraint attendance_on foreign key (community_id, gathering_id, on_date) references gathering_day (community_id, gathering_id, on_date);
alter table attendance add constraint attendance_of foreign key (community_id, party_id) references party (community_id, id);
alter table attendance add constraint attendance_ticked_by foreign key (community_id, ticked_by_id) references party (community_id, id);
create index attendance_of_member on attendance (community_id, party_id, on_date desc);
create index attendance_on_date on attendance (community_id, on_date);
grant select, insert, delete on attendance to timebank_web, timebank_work;

-- A group with its names; a host who does not take part now is no host, whoever was asked.
create view gathering_shown with (security_invoker = true) as
select g.community_id, g.id, g.area_id, a.name as area_name, a.sort_name as area_sort_name, g.title, g.words,
       g.place_id, coalesce(l.name, '') as place_name, g.meet_at, g.every, g.first_on, g.starts_at, g.state,
       g.host_id as asked_host_id, h.id as host_id, coalesce(n.call_name, '') as host_call_name,
       coalesce(h.number, '') as host_number
  from gathering g
  join area a on a.community_id = g.community_id and a.id = g.area_id
  left join place l on l.community_id = g.community_id and l.id = g.place_id
  left join party h on h.community_id = g.community_id and h.id = g.host_id and h.state = 'active'
  left join person n on n.community_id = g.community_id and n.party_id = h.id;
grant select on gathering_shown to timebank_web, timebank_work;
