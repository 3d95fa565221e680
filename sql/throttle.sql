-- name: count$
insert into throttle (community_id, kind, key, window_start, tries)
values (:community, :kind, :key, :window_start, 1)
on conflict (community_id, kind, key, window_start) do update set tries = throttle.tries + 1
returning tries;

-- name: give_back!
update throttle set tries = tries - 1
 where community_id = :community and kind = :kind and key = :key and window_start = :window_start and tries > 0;

-- name: clear_old!
delete from throttle where community_id = :community and window_start < :before;
