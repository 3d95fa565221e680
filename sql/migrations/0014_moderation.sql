-- Moderation: what members report ("meld dit"), and why a post is out of sight. Care data: read by those
-- who handle it, each look written in the audit. What people wrote stands in tables of its own, which
-- erasure and the term may empty. One open report a thing: who reports it too joins as a voice.

create table report (
  community_id bigint not null,
  id uuid not null,
  about_kind text not null constraint report_about_known check (about_kind in ('post', 'message', 'party')),
  about_id uuid not null,
  subject_id uuid not null,          -- whose post or message it is, or who it is about: never sees it
  area_id uuid not null,
  taken_down boolean not null default false, -- out of sight until somebody has looked
  owner_id uuid not null,
  due_on date not null,
  made_at timestamptz not null,
  closed_at timestamptz,
  closed_by_id uuid,
  outcome text constraint report_outcome_known check (outcome in ('hidden', 'left', 'talked', 'suspended')),
  primary key (community_id, id),
  constraint report_not_its_own_owner check (owner_id <> subject_id),
  constraint report_closed_is_whole check ((closed_at is null) = (outcome is null)
    and (closed_at is null) = (closed_by_id is null))
);
select sharding.by_community('report');
alter table report add constraint report_subject foreign key (community_id, subject_id) references party (community_id, id);
alter table report add constraint report_in_area foreign key (community_id, area_id) references area (community_id, id);
alter table report add constraint report_owner foreign key (community_id, owner_id) references party (community_id, id);
alter table report add constraint report_closed_by foreign key (community_id, closed_by_id) references party (community_id, id);
create unique index report_one_open on report (community_id, about_kind, about_id) where closed_at is null;
create index report_open_due on report (community_id, due_on, id) where closed_at is null;
create index report_open_of_owner on report (community_id, owner_id) where closed_at is null;
create index report_of_subject on report (community_id, subject_id, id desc);
create index report_closed on report (community_id, closed_at desc, id desc) where closed_at is not null;
grant select, insert, update on report to timebank_web, timebank_work;

-- Who reported, once a person; `entered_by_id` is the hand, when a worker did it for them.
create table report_voice (
  community_id bigint not null,
  report_id uuid not null,
  party_id uuid not null,
  entered_by_id uuid not null,
  reason text not null constraint report_reason_known check (reason in ('money', 'rude', 'private', 'about_me',
    'unsafe', 'not_true', 'advert', 'other', 'look_again')),
  at timestamptz not null,
  primary key (community_id, report_id, party_id)
);
select sharding.by_community('report_voice');
alter table report_voice add constraint report_voice_in foreign key (community_id, report_id) references report (community_id, id);
alter table report_voice add constraint report_voice_of foreign key (community_id, party_id) references party (community_id, id);
alter table report_voice add constraint report_voice_by foreign key (community_id, entered_by_id) references party (community_id, id);
create index report_voice_mine on report_voice (community_id, party_id, report_id);
grant select, insert on report_voice to timebank_web, timebank_work;

-- 'reported': what the reporter says; 'shown': the text as it stood then; 'note': what staff wrote down.
create table report_words (
  community_id bigint not null,
  id uuid not null,
  report_id uuid not null,
  by_id uuid not null,
  kind text not null constraint report_words_kind_known check (kind in ('reported', 'shown', 'note')),
  words text not null,
  at timestamptz not null,
  primary key (community_id, id),
  constraint report_words_length check (char_length(words) between 1 and 2500)
);
select sharding.by_community('report_words');
alter table report_words add constraint report_words_in foreign key (community_id, report_id) references report (community_id, id);
alter table report_words add constraint report_words_by foreign key (community_id, by_id) references party (community_id, id);
create index report_words_in_order on report_words (community_id, report_id, id);
grant select, insert, delete on report_words to timebank_web, timebank_work;
grant update (words) on report_words to timebank_work;  -- erasure takes a name out of what others wrote

-- A report with the names around it. It runs with the rights of who asks, so row security holds through it.
create view report_sheet with (security_invoker = true) as
  select r.community_id, r.id, r.about_kind, r.about_id, r.subject_id, r.taken_down, r.owner_id, r.due_on,
         r.made_at, r.closed_at, r.outcome, r.area_id, a.name as area_name,
         coalesce(n.call_name, '') as subject_call_name, coalesce(o.call_name, '') as owner_call_name, coalesce(p.title, '') as title,
         array(select distinct v.reason from report_voice v
            where v.community_id = r.community_id and v.report_id = r.id order by v.reason) as reasons,
         (select count(*) from report_voice v
            where v.community_id = r.community_id and v.report_id = r.id) as voices
    from report r
    join area a on a.community_id = r.community_id and a.id = r.area_id
    left join person n on n.community_id = r.community_id and n.party_id = r.subject_id
    left join person o on o.community_id = r.community_id and o.party_id = r.owner_id
    left join post p on p.community_id = r.community_id and r.about_kind = 'post' and p.id = r.about_id;
grant select on report_sheet to timebank_web, timebank_work;

-- Why a post is out of sight, for its author to read. `by_id` null: taken down first, to be looked at.
create table post_hiding (
  community_id bigint not null,
  id uuid not null,
  post_id uuid not null,
  reason text not null constraint post_hiding_reason_known check (reason in ('money', 'rude', 'private',
    'unsafe', 'not_true', 'advert', 'other', 'first_look')),
  words text not null default '',
  by_id uuid,
  at timestamptz not null,
  asked_at timestamptz,              -- its author asked to look again
  ended_at timestamptz,
  ended_by_id uuid,
  primary key (community_id, id),
  constraint post_hiding_words_length check (char_length(words) <= 600),
  constraint post_hiding_by_somebody check ((by_id is null) = (reason = 'first_look'))
);
select sharding.by_community('post_hiding');
alter table post_hiding add constraint post_hiding_of foreign key (community_id, post_id) references post (community_id, id);
alter table post_hiding add constraint post_hiding_by foreign key (community_id, by_id) references party (community_id, id);
alter table post_hiding add constraint post_hiding_ended_by foreign key (community_id, ended_by_id) references party (community_id, id);
create unique index post_hiding_one_open on post_hiding (community_id, post_id) where ended_at is null;
grant select, insert, update on post_hiding to timebank_web, timebank_work;

-- The log of what one person did, for the admin's filter.
create index audit_of_actor on audit_entry (community_id, actor_id, at desc);
