-- name: count$
insert into throttle (community_id, kind, key, window_start, tries)
values (:community, :kind, :key, :window_start, 1)
on conflict (community_id, kind, key, window_start) do update set tries = throttle.tries + 1
returning tries;

-- name: clear_old!
delete from throttle where community_id = :community and window_start < :before;
