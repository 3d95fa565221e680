-- Notices: something a person should hear. Kind and values, no sentence: it is worded when it is
-- delivered, in the receiver's language, after the rights were checked again.

create table notice (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null,
  details jsonb not null,
  about_kind text,
  about_id uuid,
  made_at timestamptz not null,
  way text not null constraint notice_way_known check (way in ('page', 'email', 'phone', 'paper')),
  read_at timestamptz,
  delivered_at timestamptz,
  delivered_by_id uuid,
  withdrawn_at timestamptz,
  primary key (community_id, id),
  constraint notice_kind_form check (kind ~ '^[a-z_]{3,40}$')
);
select sharding.by_community('notice');
alter table notice add constraint notice_to_party foreign key (community_id, party_id) references party (community_id, id);
create index notice_unread on notice (community_id, party_id, id desc) where read_at is null and withdrawn_at is null;
create index notice_to_pass_on on notice (community_id, way, made_at)
  where delivered_at is null and withdrawn_at is null and way in ('phone', 'paper');
create index notice_about on notice (community_id, about_id) where about_id is not null;
grant select, insert, update on notice to timebank_web, timebank_work;
grant delete on notice to timebank_work;

-- What passed between two members is told no more once one of them blocked the other. What those who
-- work here have to say (a correction, an appeal, how they settled it) is told whoever blocked whom.
create function may_be_told(community bigint, reader uuid, about text, kind text, details jsonb) returns boolean
  language sql stable
  set search_path = public, pg_catalog, pg_temp
  as $$ select about is distinct from 'exchange' and kind <> 'time_given'
    or kind in ('settled', 'settled_without', 'repaired', 'repair_stands')
    or coalesce(may_meet(community, reader, (details ->> 'who_id')::uuid), true) $$;
