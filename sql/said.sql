-- What members say of themselves, and what people tell a worker.

-- name: known^
-- What decides whether a member is asked, or may come on a worker's list.
select n.area_id, p.state, (p.admitted_at at time zone 'Europe/Amsterdam')::date as member_since,
       coalesce((select k.answer from consent k where k.community_id = p.community_id and k.party_id = p.id
          and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes', false) as said_yes,
       (n.birth_year is null or n.birth_year < :adult_year) as grown,
       exists (select from role r where r.community_id = p.community_id and r.party_id = p.id
         and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)) as works_here,
       (select u.until_on from signal_mute u where u.community_id = p.community_id and u.party_id = p.id
           and u.until_on > :today) as muted_until,
       (select max(c.on_date) from checkin c where c.community_id = p.community_id
           and c.party_id = p.id) as said_on
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and p.id = :party and p.kind = 'person';

-- name: check_in!
-- What she said today; said twice on a day, the last counts.
insert into checkin (community_id, party_id, on_date, talks, wants, way, entered_by_id, at)
values (:community, :party, :on, :talks, :wants, :way, :by, :now)
on conflict (community_id, party_id, on_date) do update
   set talks = excluded.talks, wants = excluded.wants, way = excluded.way,
       entered_by_id = excluded.entered_by_id, at = excluded.at;

-- name: checkins
-- What a member said of herself, the newest first.
select on_date, talks, wants, way from checkin
 where community_id = :community and party_id = :party order by on_date desc limit :limit;

-- name: forget_old_said!
delete from checkin where community_id = :community and on_date < :before;

-- name: forget_said!
delete from checkin where community_id = :community and party_id = :party;

-- name: forget_mute!
delete from signal_mute where community_id = :community and party_id = :party;

-- name: forget_chance!
delete from signal_chance where community_id = :community and party_id = :party;

-- name: forget_about_words!
delete from signal_told_words w using signal_told o
 where w.community_id = :community and o.community_id = :community and o.id = w.told_id and o.party_id = :party;

-- name: forget_about!
delete from signal_told where community_id = :community and party_id = :party;

-- name: forget_told_words!
-- What this member told of others.
delete from signal_told_words w using signal_told o
 where w.community_id = :community and o.community_id = :community and o.id = w.told_id and o.by_id = :party;

-- name: forget_told!
delete from signal_told where community_id = :community and by_id = :party;

-- name: forget_named!
-- What others told with this member's name in it.
delete from signal_told_words w using person n
 where w.community_id = :community and n.community_id = :community and n.party_id = :party
   and strpos(lower(w.who || ' ' || w.words), lower(n.full_name)) > 0;
