-- name: claim$
-- The first to come gets true; who comes again (or at the same time) gets null once the first is done.
insert into form_key (community_id, owner, key, made_at) values (:community, :owner, :key, :now)
on conflict (community_id, owner, key) do nothing returning true;

-- name: location$
select coalesce(location, '') from form_key where community_id = :community and owner = :owner and key = :key;

-- name: keep_location!
update form_key set location = :location where community_id = :community and owner = :owner and key = :key;

-- name: clear_old!
delete from form_key where community_id = :community and made_at < :before;

-- name: forget!
delete from form_key where community_id = :community and owner = :owner;
