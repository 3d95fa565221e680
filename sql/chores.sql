-- name: claim$
-- True for the one process that gets to do it; null when it was done not long ago. What was done in the
-- future was done by a clock that has been put back since.
insert into chore (community_id, name, last_at) values (:community, :name, :now)
on conflict (community_id, name) do update set last_at = excluded.last_at where chore.last_at <= :before or chore.last_at > :ahead
returning true;

-- name: communities
select id from community order by id;
