-- Contacts: a real conversation between a worker and a member. Care data: read by the workers of the
-- member's neighbourhood and by the member. What was said stands apart, where erasure and the term reach
-- it. `purpose` says on what ground it was noted: 'attention' only under the member's own yes (a
-- withdrawn yes takes these away), 'practical' for anything else a worker does for a member.
-- `by_id` spoke, `entered_by_id` typed. A follow-up has an owner and a day until it is done.

create table contact (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  by_id uuid not null,
  entered_by_id uuid not null,
  purpose text not null constraint contact_purpose_known check (purpose in ('attention', 'practical')),
  way text not null constraint contact_way_known check (way in ('call', 'visit', 'walk_in', 'street', 'card')),
  outcome text not null constraint contact_outcome_known check (outcome in ('held', 'not_reached')),
  wish text constraint contact_wish_known check (wish in ('meet', 'join', 'rest', 'other_help', 'no_calls')),
  topic text not null default 'how' constraint contact_topic_known check (topic in ('how', 'meet', 'arrange', 'told', 'other')),
  held_on date not null,
  at timestamptz not null,
  follow_up_on date,
  owner_id uuid,
  followed_up_at timestamptz,
  primary key (community_id, id),
  constraint contact_with_another check (by_id <> party_id),
  constraint contact_wish_was_heard check (wish is null or outcome = 'held'),
  constraint contact_follow_up_is_whole check ((follow_up_on is null) = (owner_id is null)),
  constraint contact_followed_up_was_asked check (followed_up_at is null or follow_up_on is not null)
);
select sharding.by_community('contact');
alter table contact add constraint contact_with foreign key (community_id, party_id) references party (community_id, id);
alter table contact add constraint contact_by foreign key (community_id, by_id) references party (community_id, id);
alter table contact add constraint contact_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
alter table contact add constraint contact_owner foreign key (community_id, owner_id) references party (community_id, id);
create index contact_of on contact (community_id, party_id, id desc);
create index contact_to_follow_up on contact (community_id, follow_up_on, id)
  where follow_up_on is not null and followed_up_at is null;
create index contact_held on contact (community_id, held_on);
grant select, insert, update, delete on contact to timebank_web, timebank_work;

create table contact_words (
  community_id bigint not null,
  contact_id uuid not null,
  words text not null,
  mood text not null default '',
  primary key (community_id, contact_id),
  constraint contact_words_length check (char_length(words) <= 1500 and char_length(mood) <= 120),
  constraint contact_words_some check (words <> '' or mood <> '')
);
select sharding.by_community('contact_words');
alter table contact_words add constraint contact_words_of foreign key (community_id, contact_id) references contact (community_id, id);
grant select, insert, delete on contact_words to timebank_web, timebank_work;

-- A worker who knows somebody in private steps aside: that member's page, notes and lines are closed to
-- that worker from then on.
create table contact_aside (
  community_id bigint not null,
  worker_id uuid not null,
  party_id uuid not null,
  at timestamptz not null,
  primary key (community_id, worker_id, party_id)
);
select sharding.by_community('contact_aside');
alter table contact_aside add constraint contact_aside_worker foreign key (community_id, worker_id) references party (community_id, id);
alter table contact_aside add constraint contact_aside_of foreign key (community_id, party_id) references party (community_id, id);
create index contact_aside_member on contact_aside (community_id, party_id);
grant select, insert, delete on contact_aside to timebank_web, timebank_work;

-- Who watches over this member on a day: the owner, who is a worker of that neighbourhood; else another of them;
-- else an admin. Never the member, nor who stepped aside for them. Null when there is nobody.
create function watcher_of(community bigint, member uuid, area uuid, owner uuid, today date) returns uuid
  language sql stable
  set search_path = public, pg_catalog, pg_temp
  as $$ select r.party_id from role r
    join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
   where r.community_id = community and r.party_id <> member
     and r.starts_on <= today and (r.ends_on is null or r.ends_on >= today)
     and (r.kind = 'admin' or r.area_id = area and not exists (select from contact_aside x
       where x.community_id = community and x.worker_id = r.party_id and x.party_id = member))
   order by r.kind = 'worker' desc, r.kind = 'worker' and r.party_id = owner desc, r.id limit 1 $$;

-- Who does what nobody's own table says an owner of (a need without a reply, something to pass on, an
-- applicant, the list of a group), once it was handed over. Without a row it is whoever has watched over
-- that neighbourhood longest.
create table desk_line (
  community_id bigint not null,
  kind text not null constraint desk_line_kind_known check
    (kind in ('need', 'notice', 'applicant', 'list', 'voucher', 'welcome')),
  about_id uuid not null,
  owner_id uuid not null,
  at timestamptz not null,
  primary key (community_id, kind, about_id)
);
select sharding.by_community('desk_line');
alter table desk_line add constraint desk_line_owner foreign key (community_id, owner_id) references party (community_id, id);
create index desk_line_of on desk_line (community_id, owner_id);
grant select, insert, update, delete on desk_line to timebank_web, timebank_work;

-- Members with whom nobody needs to get acquainted, as a worker said: not asked again.
create table welcome_done (
  community_id bigint not null,
  party_id uuid not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (community_id, party_id)
);
select sharding.by_community('welcome_done');
alter table welcome_done add constraint welcome_done_of foreign key (community_id, party_id) references party (community_id, id);
alter table welcome_done add constraint welcome_done_by foreign key (community_id, by_id) references party (community_id, id);
grant select, insert, delete on welcome_done to timebank_web, timebank_work;

-- On which day a worker last opened the desk: whoever is away for long is stood in for.
create table desk_visit (
  community_id bigint not null,
  worker_id uuid not null,
  opened_on date not null,
  primary key (community_id, worker_id)
);
select sharding.by_community('desk_visit');
alter table desk_visit add constraint desk_visit_of foreign key (community_id, worker_id) references party (community_id, id);
grant select, insert, update, delete on desk_visit to timebank_web, timebank_work;

-- Handed over without the notes: what was said before `before` stays closed to this worker, until the member
-- says it may be read.
create table contact_sealed (
  community_id bigint not null,
  worker_id uuid not null,
  party_id uuid not null,
  before timestamptz not null,
  primary key (community_id, worker_id, party_id)
);
select sharding.by_community('contact_sealed');
alter table contact_sealed add constraint contact_sealed_to foreign key (community_id, worker_id) references party (community_id, id);
alter table contact_sealed add constraint contact_sealed_of foreign key (community_id, party_id) references party (community_id, id);
create index contact_sealed_member on contact_sealed (community_id, party_id);
grant select, insert, update, delete on contact_sealed to timebank_web, timebank_work;
