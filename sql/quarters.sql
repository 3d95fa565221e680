-- What a quarter of attention came to, in counts.

-- name: count_up
-- From `first` until before `next`. Of those who said yes, as it is now; signals, first talks and objections of
-- the quarter, for who is reached by screen and for who is not; what was said of calls (of each signal once), and how signals ended.
with found (what, party_id) as (
  select 'yes', p.id from party p
   where p.community_id = :community and p.kind = 'person' and p.state in ('active', 'paused')
     and (select k.answer from consent k where k.community_id = p.community_id and k.party_id = p.id
            and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes'
  union all
  select 'raised', s.party_id from signal s
   where s.community_id = :community and s.opened_on >= :first::date and s.opened_on < :next::date
  union all
  select 'talked', s.party_id from signal s
   where s.community_id = :community
     and (select min(e.at) from signal_step e where e.community_id = s.community_id and e.signal_id = s.id
            and e.to_state in ('contact_made', 'plan')) between :since and :until
  union all
  (select 'objected', m.party_id from signal_mute m
    where m.community_id = :community and m.said_on >= :first and m.said_on < :next
   union
   select 'objected', s.party_id from signal s
    where s.community_id = :community and s.state = 'objected' and s.closed_on >= :first and s.closed_on < :next
   union
   select 'objected', k.party_id from consent k
    where k.community_id = :community and k.kind = 'worker_call' and k.answer = 'no' and k.at between :since and :until
      and exists (select from consent y where y.community_id = k.community_id and y.party_id = k.party_id
        and y.kind = k.kind and y.answer = 'yes' and y.id < k.id))
)
select f.what, n.reachable_by in ('app', 'email') as online, count(*)::integer as many
  from found f join person n on n.community_id = :community and n.party_id = f.party_id
 group by 1, 2
union all
select f.what, null, count(*)::integer
  from (select case when c.from_rule then 'rule_' else 'chance_' end || c.verdict as what from signal_chance c
         where c.community_id = :community and c.answered_on >= :first and c.answered_on < :next
        union all
        select 'rule_' || s.verdict from signal s
         where s.community_id = :community and s.verdict is not null and s.lane = 'seeks'
           and s.closed_on >= :first and s.closed_on < :next
           and not exists (select from signal_chance c where c.community_id = s.community_id
             and c.party_id = s.party_id and c.verdict is not null and c.answered_on >= s.opened_on)) f
 group by 1
union all
select 'ended_' || s.outcome, null, count(*)::integer from signal s
 where s.community_id = :community and s.closed_on >= :first and s.closed_on < :next and s.outcome is not null
 group by 1;

-- name: days_to_talk$
-- Within how many days of the signal half of the first talks of the quarter came; null with fewer than `least`.
select case when count(*) >= :least then percentile_disc(0.5) within group (order by t.days) end
  from (select (min(e.at) at time zone 'Europe/Amsterdam')::date - s.opened_on as days
          from signal s join signal_step e on e.community_id = s.community_id and e.signal_id = s.id
           and e.to_state in ('contact_made', 'plan')
         where s.community_id = :community
         group by s.id, s.opened_on having min(e.at) between :since and :until) t;

-- name: put!
insert into signal_quarter (community_id, starts_on, figures, days_to_talk)
values (:community, :first, :figures, :days) on conflict do nothing;

-- name: is_put$
select exists (select from signal_quarter where community_id = :community and starts_on = :first);

-- name: kept
select starts_on, figures, days_to_talk from signal_quarter
 where community_id = :community order by starts_on desc limit :limit;
