-- name: circle
-- Whom a member met, the latest first: other residents, when it happened, in which direction. Who left
-- or died is shown as gone and does not count as a tie any more.
select m.other_id as id, n.call_name, n.full_name, min(m.done_on) as first_on, max(m.done_on) as last_on,
       count(*)::integer as times, count(*) filter (where m.gave)::integer as gave,
       count(*) filter (where m.got)::integer as got, bool_or(m.gone) as gone, bool_or(m.living) as living
  from tie_met m
  join person n on n.community_id = m.community_id and n.party_id = m.other_id
 where m.community_id = :community and m.party_id = :party and not m.staff
 group by m.other_id, n.call_name, n.full_name
 order by max(m.done_on) desc, m.other_id limit :limit;

-- name: counts^
-- How many different ties a member has: since a day, and ever.
select count(distinct m.other_id) filter (where m.done_on >= :since)::integer as lately,
       count(distinct m.other_id)::integer as ever, max(m.done_on) as last_on
  from tie_met m
 where m.community_id = :community and m.party_id = :party and m.living and not m.staff;
