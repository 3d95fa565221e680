-- name: put!
-- Work for later.
insert into outbox (community_id, id, kind, payload, made_at, due_at)
values (:community, :id, :kind, :payload, :now, :due_at);

-- name: communities_with_work
-- Asked of all communities at once (the job role has a policy for this table alone).
select community_id from outbox
 where done_at is null and failed_at is null and due_at <= :now
 group by community_id order by min(due_at) limit 50;

-- name: claim
-- Take due jobs, passing over those another worker holds.
with due as (
  select id from outbox
   where community_id = :community and done_at is null and failed_at is null and due_at <= :now
   order by due_at limit :limit for update skip locked)
update outbox o set tries = tries + 1, due_at = :retry_at from due
 where o.community_id = :community and o.id = due.id
returning o.id, o.kind, o.payload, o.tries;

-- name: done!
update outbox set done_at = :now, error = null, payload = '{}'
 where community_id = :community and id = :id and done_at is null;

-- name: put_off!
update outbox set due_at = :retry_at, error = :error, failed_at = :failed_at
 where community_id = :community and id = :id and done_at is null;

-- name: failed
-- Jobs that failed for good, for the admin.
select id, kind, made_at, failed_at, tries, coalesce(error, '') as error from outbox
 where community_id = :community and failed_at is not null and done_at is null
 order by failed_at desc limit 100;

-- name: retry!
update outbox set due_at = :now, tries = 0, failed_at = null
 where community_id = :community and id = :id and failed_at is not null;

-- name: clear_old!
-- Done work older than a month tells nothing new.
delete from outbox where community_id = :community and done_at < :before;

-- name: forget!
-- Work that names one of these ids, done or not.
delete from outbox o where o.community_id = :community
   and exists (select from jsonb_each_text(o.payload) v where v.value = any(:ids::text[]));
