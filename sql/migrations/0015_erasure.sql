-- Erasure: somebody asked to have their data taken away. Ids and dates only; the row stays as the proof
-- that it was done. `starts_at` is empty until a second person has said that the question is real.
-- Who takes part again has taken it back.

create table erasure (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  way text not null constraint erasure_way_known check (way in ('page', 'phone', 'letter', 'visit', 'term')),
  asked_by_id uuid,
  asked_at timestamptz not null,
  second_id uuid,
  starts_at timestamptz,
  due_on date,
  withdrawn_at timestamptz,
  done_at timestamptz,
  primary key (community_id, id),
  constraint erasure_started check ((starts_at is null) = (due_on is null)),
  constraint erasure_done_was_started check (done_at is null or starts_at is not null),
  constraint erasure_one_end check (done_at is null or withdrawn_at is null),
  constraint erasure_two_people check (second_id <> asked_by_id and second_id <> party_id
    and (way = 'page' or asked_by_id <> party_id))
);
select sharding.by_community('erasure');
alter table erasure add constraint erasure_of foreign key (community_id, party_id) references party (community_id, id);
alter table erasure add constraint erasure_asked_by foreign key (community_id, asked_by_id) references party (community_id, id);
alter table erasure add constraint erasure_second foreign key (community_id, second_id) references party (community_id, id);
create unique index erasure_one_open on erasure (community_id, party_id)
  where done_at is null and withdrawn_at is null;
create index erasure_due on erasure (community_id, due_on) where done_at is null and withdrawn_at is null;
grant select, insert, update on erasure to timebank_web, timebank_work;
