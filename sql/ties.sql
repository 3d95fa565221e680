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

-- name: residents
-- Who takes part in a neighbourhood and does not work here, by name: whether this worker may name them and
-- whether they said yes to a call.
select p.id, n.call_name, n.full_name, (p.admitted_at at time zone 'Europe/Amsterdam')::date as since_on,
       not n.hidden and not exists (select from contact_aside x where x.community_id = p.community_id
         and x.worker_id = :worker and x.party_id = p.id) as may_name,
       coalesce((select k.answer from consent k where k.community_id = p.community_id and k.party_id = p.id
         and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes', false) as agreed
  from person n
  join party p on p.community_id = n.community_id and p.id = n.party_id and p.kind = 'person'
   and p.state in ('active', 'paused', 'leaving')
 where n.community_id = :community and n.area_id = :area
   and not exists (select from role r where r.community_id = p.community_id and r.party_id = p.id
     and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today))
 order by n.sort_name, p.id;

-- name: met_in_area
-- Whom everybody of a neighbourhood met since a day, wherever those live. Person by person, along the rows
-- that lie together: over a whole neighbourhood the estimates of a planner do not carry.
select n.party_id, k.other_id
  from person n
 cross join lateral (
       select m.other_id from tie_met m
        where m.community_id = n.community_id and m.party_id = n.party_id and m.done_on > :since
          and m.living and not m.staff
        group by m.other_id offset 0) k
 where n.community_id = :community and n.area_id = :area;

-- name: new_by_month
-- How many pairs with somebody of a neighbourhood in them met for the first time, by month.
select date_trunc('month', f.first_on)::date as month, count(*)::integer as many
  from (select min(k.first_on) as first_on
          from person n
         cross join lateral (
               select m.other_id, min(m.done_on) as first_on from tie_met m
                where m.community_id = n.community_id and m.party_id = n.party_id and not m.staff
                group by m.other_id offset 0) k
         where n.community_id = :community and n.area_id = :area
         group by least(n.party_id, k.other_id), greatest(n.party_id, k.other_id)) f
 where f.first_on >= :since and f.first_on <= :today
 group by 1 order by 1;
