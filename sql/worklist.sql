-- name: areas_without_worker
-- Neighbourhoods with members and nobody who watches over them today.
select a.id, a.name from area a
 where a.community_id = :community and a.kind = 'neighbourhood' and a.state = 'active'
   and not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = a.community_id and r.kind = 'worker' and r.area_id = a.id
       and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today))
   and exists (select from person n
     join party p on p.community_id = n.community_id and p.id = n.party_id and p.state = 'active'
     where n.community_id = a.community_id and n.area_id = a.id)
 order by a.sort_name, a.id;

-- name: posts_of
-- What a member asks and offers now, with how many neighbours answered.
select o.id, o.title, o.direction, o.together, o.language, o.created_at,
       (select count(*) from exchange e where e.community_id = o.community_id and e.post_id = o.id
         and e.state <> 'suggested')::integer as replies
  from post o
 where o.community_id = :community and coalesce(o.beneficiary_id, o.by_id) = :party
   and o.state in ('open', 'paused', 'matched') and o.hidden_at is null
 order by o.direction desc, o.created_at desc, o.id desc limit 20;

-- name: needs_without_reply
-- Needs that stand for some days and nobody answered, the oldest first; never the worker's own. `is true` keeps
-- who lives here one hashed list: joined, the server thought among five hundred communities that one person
-- does, and went through all needs for each of five hundred.
with here as materialized (
  select n.party_id from person n join party p on p.community_id = n.community_id and p.id = n.party_id
   where n.community_id = :community and n.area_id = any(:areas) and n.party_id is distinct from :worker
     and p.state = 'active' and not exists (select from contact_aside x where x.community_id = n.community_id
       and x.worker_id = :worker and x.party_id = n.party_id)
), waiting as materialized (
  select o.id, o.title, o.language, o.opened_at, coalesce(o.beneficiary_id, o.by_id) as about_id from post o
   where o.community_id = :community and o.direction = 'need' and o.state = 'open' and o.hidden_at is null
     and o.expires_on >= :today and o.opened_at < :before
     and (coalesce(o.beneficiary_id, o.by_id) in (select here.party_id from here)) is true
     and not exists (select from exchange e where e.community_id = o.community_id and e.post_id = o.id
       and e.state <> 'suggested')
   order by o.opened_at, o.id limit :limit
)
select o.id, o.title, o.language, (o.opened_at at time zone 'Europe/Amsterdam')::date as opened_on, n.party_id,
       n.area_id, n.call_name, n.full_name, coalesce(p.number, '') as number
  from waiting o
  join party p on p.community_id = :community and p.id = o.about_id
  join person n on n.community_id = :community and n.party_id = o.about_id
 order by o.opened_at, o.id;

-- name: waits_with$
-- Whether anything waits in a neighbourhood with a worker: no kind, no name, no count.
select exists (select from signal s
    join person n on n.community_id = s.community_id and n.party_id = s.party_id and n.area_id = :area
   where s.community_id = :community and s.owner_id = :worker)
  or exists (select from contact c
    join person n on n.community_id = c.community_id and n.party_id = c.party_id and n.area_id = :area
   where c.community_id = :community and c.owner_id = :worker and c.followed_up_at is null)
  or exists (select from introduction i
    join person n on n.community_id = i.community_id and n.party_id = i.party_id and n.area_id = :area
   where i.community_id = :community and i.owner_id = :worker)
  or exists (select from exchange e
   where e.community_id = :community and e.owner_id = :worker and e.area_id = :area
     and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
     and e.next_action in ('settle', 'settle_pair', 'ask_both', 'take_over'));

-- name: drained
-- Members a third of whose time went to one helper in the days since: to an appointment or as a gift. Their time
-- is what they have now and what left their account in those days. Gone once a worker spoke with the member.
select m.party_id, coalesce(s.number, '') as number, p.call_name, p.full_name, h.call_name as helper_call_name,
       g.minutes, g.last_on
  from (select distinct community_id, party_id, helper_id from mandate
         where community_id = :community and starts_at <= :now and (ended_at is null or ended_at > :since)) m
  join person p on p.community_id = m.community_id and p.party_id = m.party_id and p.area_id = any(:areas)
  join person h on h.community_id = m.community_id and h.party_id = m.helper_id
  join party s on s.community_id = m.community_id and s.id = m.party_id
  join account a on a.community_id = m.community_id and a.id = m.party_id
  join lateral (
    select -sum(e.minutes)::int as minutes, max(t.booked_at at time zone 'Europe/Amsterdam')::date as last_on
      from entry e
      join transfer t on t.community_id = e.community_id and t.id = e.transfer_id and t.kind in ('exchange', 'gift')
       and t.booked_at > :since
      join entry o on o.community_id = e.community_id and o.transfer_id = e.transfer_id and o.account_id = m.helper_id
     where e.community_id = m.community_id and e.account_id = m.party_id and e.minutes < 0) g on g.minutes > 0
  join lateral (
    select coalesce(-sum(e.minutes), 0)::int as minutes
      from entry e
      join transfer t on t.community_id = e.community_id and t.id = e.transfer_id and t.booked_at > :since
     where e.community_id = m.community_id and e.account_id = m.party_id and e.minutes < 0) all_out on true
 where 3 * g.minutes >= greatest(a.balance, 0) + all_out.minutes
   and not exists (select from contact c where c.community_id = m.community_id and c.party_id = m.party_id
     and c.outcome = 'held' and c.held_on >= g.last_on)
 order by g.last_on, m.party_id, m.helper_id;

-- name: not_started
-- Members of six weeks to half a year who agreed on nothing yet and with whom nobody spoke: a few of each
-- neighbourhood, who came first first. Not who was or is called by chance, about whom something else waits already,
-- nor who said no to calls or does not want them now.
select f.party_id, f.area_id, f.call_name, f.full_name, f.number, f.since_on from (
  select n.party_id, n.area_id, n.call_name, n.full_name, coalesce(p.number, '') as number,
         (p.admitted_at at time zone 'Europe/Amsterdam')::date as since_on,
         row_number() over (partition by n.area_id order by p.admitted_at, p.id) as place
    from person n
    join party p on p.community_id = n.community_id and p.id = n.party_id and p.kind = 'person' and p.state = 'active'
   where n.community_id = :community and n.area_id = any(:areas) and n.party_id <> :worker and not n.hidden
     and p.admitted_at >= :since and p.admitted_at < :until
     and not exists (select from exchange_party x
       join exchange e on e.community_id = x.community_id and e.id = x.exchange_id
        and e.state in ('talking', 'agreed', 'planned', 'done', 'confirmed', 'disputed')
      where x.community_id = n.community_id and x.party_id = n.party_id)
     and not exists (select from contact c where c.community_id = n.community_id and c.party_id = n.party_id
       and (c.outcome = 'held' or (c.follow_up_on is not null and c.followed_up_at is null)))
     and not exists (select from signal s where s.community_id = n.community_id and s.party_id = n.party_id
       and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'))
     and not exists (select from signal_chance g where g.community_id = n.community_id and g.party_id = n.party_id
       and (g.verdict is not null or g.week_on > :blind_since))
     and not exists (select from signal_mute u where u.community_id = n.community_id and u.party_id = n.party_id
       and u.until_on > :today)
     and not exists (select from role r where r.community_id = n.community_id and r.party_id = n.party_id
       and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today))
     and not exists (select from welcome_done w where w.community_id = n.community_id and w.party_id = n.party_id)
     and not exists (select from contact_aside x where x.community_id = n.community_id
       and x.worker_id = :worker and x.party_id = n.party_id)
     and coalesce((select k.answer from consent k where k.community_id = n.community_id and k.party_id = n.party_id
       and k.kind = 'worker_call' order by k.id desc limit 1), 'yes') <> 'no') f
 where f.place <= :each
 order by f.since_on, f.party_id;

-- name: silent$
-- How many members of some neighbourhoods are silent: here for half a year, met nobody lately, and nothing says
-- that they seek somebody. A count, and nothing of anybody.
select count(*)::integer
  from person n
  join party p on p.community_id = n.community_id and p.id = n.party_id and p.kind = 'person' and p.state = 'active'
   and p.admitted_at < :since
 where n.community_id = :community and n.area_id = any(:areas)
   and not exists (select from tie_met m where m.community_id = n.community_id and m.party_id = n.party_id
     and m.done_on > :lately and m.living and not m.staff)
   and not exists (select from signal_score s where s.community_id = n.community_id and s.party_id = n.party_id)
   and not exists (select from signal s where s.community_id = n.community_id and s.party_id = n.party_id
     and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'))
   and not exists (select from role r where r.community_id = n.community_id and r.party_id = n.party_id
     and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today));
