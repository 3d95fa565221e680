-- name: claim$
-- True for the one process that gets to do it; null when it was done not long ago.
insert into chore (community_id, name, last_at) values (:community, :name, :now)
on conflict (community_id, name) do update set last_at = excluded.last_at where chore.last_at <= :before
returning true;

-- name: communities
select id from community order by id;
