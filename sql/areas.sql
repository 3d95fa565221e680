-- name: community_id$
select id from community where slug = :slug;

-- name: communities
-- Every community, for the page at the root.
select id, slug, name, demo from community order by name collate "C", id;

-- name: community^
-- The community as a page needs it, seen from one neighbourhood (or from the whole, when none is given).
select s.* from community_seen s
 where s.community_id = :community and (s.area_id = :area or s.area_kind = 'community')
 order by s.area_kind = 'community' limit 1;

-- name: insert_community!
insert into community (id, slug, name, demo, created_at) values (:id, :slug, :name, :demo, :now);

-- name: next_community_id$
select coalesce(max(id), 0) + 1 from community;

-- name: insert_profile!
insert into community_profile (community_id, hue, welcome) values (:community, :hue, :welcome);

-- name: update_profile!
update community_profile set hue = :hue, welcome = :welcome, reminder_days = :reminder_days,
       silence_days = :silence_days, repair_days = :repair_days, post_days = :post_days,
       post_warning_days = :post_warning_days, away_days = :away_days
 where community_id = :community;

-- name: letter_rule^
select town, letter_window as window from community_profile where community_id = :community;

-- name: set_letter_rule!
update community_profile set town = :town, letter_window = :window where community_id = :community;

-- name: terms^
select notes_days, unfollowed_days from community_profile where community_id = :community;

-- name: set_terms!
update community_profile set notes_days = :notes_days, unfollowed_days = :unfollowed_days
 where community_id = :community;

-- name: put_word!
insert into community_word (community_id, language, key, one, many, the)
values (:community, :language, :key, :one, :many, :the)
on conflict (community_id, language, key)
do update set one = excluded.one, many = excluded.many, the = excluded.the;

-- name: insert_area!
insert into area (community_id, id, parent_id, kind, name, sort_name, created_at)
values (:community, :id, :parent, :kind, :name, :sort_name, :now);

-- name: update_area!
update area set name = :name, sort_name = :sort_name, helper_id = :helper, helper_phone = :phone,
       helper_hours = :hours, walk_in = :walk_in
 where community_id = :community and id = :id;

-- name: set_deputy!
update area set deputy_id = :deputy where community_id = :community and id = :id;

-- name: no_longer_deputy!
update area set deputy_id = null where community_id = :community and deputy_id = :party;

-- name: lock_area$
-- Whoever joins a neighbourhood holds its row too: closing waits for them.
select id from area where community_id = :community and id = :id and kind = 'neighbourhood' for update;

-- name: living_there$
-- Everybody who has this neighbourhood and did not leave, and whoever works for it now or later.
select (select count(*) from person n
          join party p on p.community_id = n.community_id and p.id = n.party_id
           and p.state in ('applying', 'active', 'paused', 'suspended', 'leaving')
         where n.community_id = :community and n.area_id = :id)
     + (select count(*) from role r where r.community_id = :community and r.area_id = :id
           and (r.ends_on is null or r.ends_on >= :today));

-- name: set_area_state$
update area set state = :state
 where community_id = :community and id = :id and kind = 'neighbourhood' and state <> :state
returning id;

-- name: sheets
-- The whole community and its neighbourhoods, with who helps, who works there and how many take part.
select a.id, a.kind, a.name, a.state, a.helper_id, a.deputy_id, coalesce(h.call_name, '') as helper_call_name,
       coalesce(h.full_name, '') as helper_full_name, coalesce(a.helper_phone, '') as helper_phone,
       coalesce(a.helper_hours, '') as helper_hours, coalesce(a.walk_in, '') as walk_in,
       (select count(*) from person n
          join party p on p.community_id = n.community_id and p.id = n.party_id
           and p.state in ('active', 'paused', 'leaving')
         where n.community_id = a.community_id and n.area_id = a.id) as members,
       coalesce((select jsonb_agg(jsonb_build_object('party_id', r.party_id, 'call_name', n.call_name,
                                                     'full_name', n.full_name, 'ends_on', r.ends_on)
                                  order by n.sort_name, r.id)
          from role r
          join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
          join person n on n.community_id = r.community_id and n.party_id = r.party_id
         where r.community_id = a.community_id and r.area_id = a.id and r.kind = 'worker'
           and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)), '[]') as workers
  from area a
  left join person h on h.community_id = a.community_id and h.party_id = a.helper_id
 where a.community_id = :community and (:only::uuid is null or a.id = :only)
 order by a.kind, a.state, a.sort_name, a.id;

-- name: possible_helpers
-- Those who work here today, by name: one of them may stand behind the screen.
select distinct n.party_id, n.call_name, n.full_name, n.sort_name from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
 order by n.sort_name, n.party_id;

-- name: places_of
select p.id, p.area_id, p.name, a.name as area_name, p.x_m, p.y_m from place p
  join area a on a.community_id = p.community_id and a.id = p.area_id
 where p.community_id = :community and p.area_id = :area and p.retired_at is null
 order by p.sort_name, p.id;

-- name: clear_word!
delete from community_word where community_id = :community and language = :language and key = :key;

-- name: words
-- The community's own words in every language, for who may change them.
select language, key, one, many, the from community_word where community_id = :community;

-- name: areas
-- The neighbourhoods of a community, and the whole of it first.
select id, kind, name, state, helper_id, helper_phone, helper_hours, walk_in from area
 where community_id = :community order by kind, sort_name, id;

-- name: area^
select id, kind, name, state, helper_id, helper_phone, helper_hours, walk_in from area
 where community_id = :community and id = :id;

-- name: places
-- Places in use, by neighbourhood.
select p.id, p.area_id, p.name, a.name as area_name, p.x_m, p.y_m from place p
  join area a on a.community_id = p.community_id and a.id = p.area_id
 where p.community_id = :community and p.retired_at is null and a.state = 'active'
 order by a.sort_name, p.sort_name, p.id;

-- name: insert_place!
insert into place (community_id, id, area_id, name, sort_name, x_m, y_m)
values (:community, :id, :area, :name, :sort_name, :x_m, :y_m);

-- name: update_place$
update place set name = :name, sort_name = :sort_name, x_m = :x_m, y_m = :y_m
 where community_id = :community and id = :id and area_id = :area and retired_at is null
returning id;

-- name: retire_place$
update place set retired_at = :now
 where community_id = :community and id = :id and area_id = :area and retired_at is null
returning id;
