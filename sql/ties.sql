-- name: circle
-- Whom a member had met by a day, the latest first: other residents, when it happened, in which direction.
-- `place`: how many she had met before, ever and whoever it was, so that it never changes. Who had left or
-- died by that day is gone; who is suspended is not there.
with met as (
  select m.other_id, min(m.done_on) as first_on, max(m.done_on) as last_on, count(*)::integer as times,
         count(*) filter (where m.gave)::integer as gave, count(*) filter (where m.got)::integer as got
    from tie_met m
   where m.community_id = :community and m.party_id = :party and m.done_on <= :day and not m.staff
   group by m.other_id),
ever as (
  select t.other_id, (row_number() over (order by min(t.done_on), t.other_id) - 1)::integer as place
    from tie_meeting t
   where t.community_id = :community and t.party_id = :party
   group by t.other_id)
select m.other_id as id, n.call_name, n.full_name, m.first_on, m.last_on, m.times, m.gave, m.got, e.place, n.hidden,
       p.state in ('left', 'deceased') and (p.state_at at time zone 'Europe/Amsterdam')::date <= :day as gone
  from met m
  join ever e on e.other_id = m.other_id
  join party p on p.community_id = :community and p.id = m.other_id
  join person n on n.community_id = p.community_id and n.party_id = m.other_id
 where p.state <> 'suspended'
 order by m.last_on desc, m.other_id limit :limit;

-- name: talked_with
-- With which worker a member spoke last, by a day; how often, and since when.
select c.by_id as id, n.call_name, n.full_name, min(c.held_on) as first_on, max(c.held_on) as last_on,
       count(*)::integer as times, true as is_worker
  from contact c
  join party p on p.community_id = c.community_id and p.id = c.by_id and p.state = 'active'
  join person n on n.community_id = c.community_id and n.party_id = c.by_id
 where c.community_id = :community and c.party_id = :party and c.outcome = 'held' and c.held_on <= :day
 group by c.by_id, n.call_name, n.full_name order by max(c.held_on) desc, c.by_id limit 1;

-- name: counts^
-- How many different ties a member has: since a day, and ever.
select count(distinct m.other_id) filter (where m.done_on >= :since)::integer as lately,
       count(distinct m.other_id)::integer as ever, max(m.done_on) as last_on
  from tie_met m
 where m.community_id = :community and m.party_id = :party and m.living and not m.staff;
