-- name: insert!
insert into gathering (community_id, id, area_id, title, words, place_id, meet_at, every, first_on, starts_at,
       host_id, made_by_id, made_at, state_at)
values (:community, :id, :area, :title, :words, :place, :meet_at, :every, :first_on, :starts_at, :host, :by,
       :now, :now);

-- name: update$
update gathering set title = :title, words = :words, place_id = :place, meet_at = :meet_at, every = :every,
       first_on = :first_on, starts_at = :starts_at, host_id = :host
 where community_id = :community and id = :id and state = 'open'
returning id;

-- name: set_state$
update gathering set state = :state, state_at = :now
 where community_id = :community and id = :id and state = :from_state
returning id;

-- name: gathering^
-- One group.
select g.id, g.area_id, g.area_name, g.title, g.words, g.place_id, g.place_name, g.meet_at, g.every, g.first_on,
       g.starts_at, g.state, g.host_id, g.host_call_name, g.host_number
  from gathering_shown g
 where g.community_id = :community and g.id = :id;

-- name: gatherings
-- Open groups of some neighbourhoods, as one member may see them, and those this member is the host of.
select g.id, g.area_id, g.area_name, g.title, g.words, g.place_id, g.place_name, g.meet_at, g.every, g.first_on,
       g.starts_at, g.state, g.host_id, g.host_call_name, g.host_number
  from gathering_shown g
 where g.community_id = :community and (g.state = 'open' or :closed_too)
   and (g.area_id = any(:areas) or g.asked_host_id = :viewer)
   and (g.asked_host_id is null or may_meet(g.community_id, g.asked_host_id, :viewer))
 order by g.state desc, g.area_sort_name, g.title, g.id limit :limit;

-- name: guests
-- Who is expected: on the list or there within some weeks, and who was ticked on this day. By name.
select p.id, n.call_name, n.full_name, coalesce(p.number, '') as number,
       exists (select from attendance t where t.community_id = :community and t.gathering_id = :gathering
         and t.on_date = :on_date and t.party_id = p.id) as here
  from gathering_guest s
  join party p on p.community_id = s.community_id and p.id = s.party_id
  join person n on n.community_id = s.community_id and n.party_id = s.party_id
 where s.community_id = :community and s.gathering_id = :gathering
   and may_meet(s.community_id, s.party_id, :viewer)
   and (p.state in ('active', 'paused', 'leaving') and s.at >= :since
        or exists (select from attendance t where t.community_id = s.community_id
             and t.gathering_id = s.gathering_id and t.on_date = :on_date and t.party_id = s.party_id))
 order by n.sort_name, n.party_id limit :limit;

-- name: on_list$
select true from gathering_guest
 where community_id = :community and gathering_id = :gathering and party_id = :party and at >= :since;

-- name: put_on_list!
insert into gathering_guest (community_id, gathering_id, party_id, added_by_id, at)
select :community, :gathering, unnest(:parties::uuid[]), :by, :now
on conflict (community_id, gathering_id, party_id) do update set at = greatest(gathering_guest.at, excluded.at);

-- name: take_off_list!
delete from gathering_guest
 where community_id = :community and gathering_id = :gathering and party_id = :party;

-- name: keep_day!
insert into gathering_day (community_id, gathering_id, on_date, ticked_by_id, way, others, at)
values (:community, :gathering, :on_date, :by, :way, :others, :now)
on conflict (community_id, gathering_id, on_date) do update
   set ticked_by_id = excluded.ticked_by_id, way = excluded.way, others = excluded.others, at = excluded.at;

-- name: tick!
insert into attendance (community_id, gathering_id, party_id, on_date, ticked_by_id, way, at)
select :community, :gathering, unnest(:parties::uuid[]), :on_date, :by, :way, :now
on conflict do nothing;

-- name: untick!
delete from attendance
 where community_id = :community and gathering_id = :gathering and on_date = :on_date
   and party_id = any(:parties::uuid[]);

-- name: others$
select others from gathering_day
 where community_id = :community and gathering_id = :gathering and on_date = :on_date;

-- name: kept_days
-- Open groups of some neighbourhoods: since when they run, and of which days lately the list was kept.
select g.id, g.area_id, g.title, g.every, g.first_on, g.host_id, coalesce(n.call_name, '') as host_call_name,
       (greatest(g.made_at, g.state_at) at time zone 'Europe/Amsterdam')::date as runs_since,
       coalesce(array_agg(d.on_date) filter (where d.on_date is not null), '{}') as kept
  from gathering g
  left join gathering_day d on d.community_id = g.community_id and d.gathering_id = g.id and d.on_date >= :since
  left join person n on n.community_id = g.community_id and n.party_id = g.host_id
 where g.community_id = :community and g.area_id = any(:areas) and g.state = 'open'
 group by g.community_id, g.id, g.area_id, g.title, g.every, g.first_on, g.host_id, n.call_name, g.made_at, g.state_at
 order by g.title, g.id limit :limit;

-- name: kept
-- Days whose list was kept, the latest first.
select d.on_date, d.others, d.way, coalesce(n.call_name, '') as ticked_by,
       (select count(*) from attendance t where t.community_id = d.community_id
         and t.gathering_id = d.gathering_id and t.on_date = d.on_date)::integer as members
  from gathering_day d
  left join person n on n.community_id = d.community_id and n.party_id = d.ticked_by_id
 where d.community_id = :community and d.gathering_id = :gathering
 order by d.on_date desc limit :limit;

-- name: attended
-- When a member was where, the latest first.
select t.gathering_id, g.title, t.on_date, t.way, t.at, coalesce(n.call_name, '') as ticked_by
  from attendance t
  join gathering g on g.community_id = t.community_id and g.id = t.gathering_id
  left join person n on n.community_id = t.community_id and n.party_id = t.ticked_by_id
 where t.community_id = :community and t.party_id = :party
 order by t.on_date desc, t.gathering_id limit :limit;

-- name: by_number
-- A member as who keeps the list may find them.
select p.id, n.full_name from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and p.number = :number and p.kind = 'person'
   and p.state in ('active', 'paused', 'leaving') and (not n.hidden or :hidden_too)
   and may_meet(p.community_id, p.id, :viewer);

-- name: by_name
-- Members of one neighbourhood with exactly this name or call name, as who keeps the list may find them.
select p.id, n.full_name from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and n.area_id = :area and p.kind = 'person'
   and p.state in ('active', 'paused', 'leaving') and (not n.hidden or :hidden_too)
   and (n.sort_name = :sort_name or lower(n.full_name) = lower(:name) or lower(n.call_name) = lower(:name))
   and may_meet(p.community_id, p.id, :viewer)
 order by n.party_id limit 2;

-- name: forget_attended!
-- Erasure: where somebody was, and was expected.
delete from attendance where community_id = :community and party_id = :party;

-- name: forget_expected!
delete from gathering_guest where community_id = :community and party_id = :party;

-- name: forget_host!
update gathering set host_id = null where community_id = :community and host_id = :party;

-- name: forget_old!
-- Past its term.
delete from attendance where community_id = :community and on_date < :before;

-- name: forget_old_lists!
delete from gathering_guest where community_id = :community and at < :before_at;
