-- name: seeker^
-- The member an introduction is for: what counts in it. Nobody is looked for while a signal waits untaken.
select n.party_id as id, n.area_id, n.place_id, n.household_id, n.birth_year, n.likes, n.dislikes,
       coalesce(w.by_age, false) as by_age, coalesce(w.languages, '{}') as languages,
       p.state = 'active' and p.kind = 'person' and not n.hidden and coalesce(w.answer, 'yes') = 'yes'
         and coalesce((select k.answer from consent k where k.community_id = n.community_id
                and k.party_id = n.party_id and k.kind = 'worker_call' order by k.id desc limit 1), 'no') = 'yes'
         and not exists (select from signal s where s.community_id = n.community_id and s.party_id = n.party_id
           and s.state = 'raised') as may
  from person n
  join party p on p.community_id = n.community_id and p.id = n.party_id
  left join introduction_wish w on w.community_id = n.community_id and w.party_id = n.party_id
 where n.community_id = :community and n.party_id = :party;

-- name: open_posts
-- What somebody asks and offers now.
select o.direction, o.category, o.title, o.together from post o
 where o.community_id = :community and o.by_id = :party and o.state = 'open' and o.hidden_at is null
   and o.expires_on >= :today;

-- name: candidates
-- Who may be suggested to a member, the likeliest first: every hard filter, and points enough to shorten
-- the list. One pass over the members of the worker's neighbourhoods; nothing compares everybody with
-- everybody.
with me as (
  select n.area_id, n.household_id, l.x_m, l.y_m from person n
    left join place l on l.community_id = n.community_id and l.id = n.place_id
   where n.community_id = :community and n.party_id = :party
), mine as (
  select distinct o.direction, o.category, o.together from post o
   where o.community_id = :community and o.by_id = :party and o.state = 'open' and o.hidden_at is null
     and o.expires_on >= :today
), spot as materialized (
  select l.id, l.name, sqrt((l.x_m - me.x_m)::float8 ^ 2 + (l.y_m - me.y_m)::float8 ^ 2) as metres
    from place l cross join me where l.community_id = :community
), fits as materialized (
  select o.by_id, count(distinct (o.direction, o.category)) filter (where o.category = m.category)::integer as tags,
         bool_or(o.together and m.together) as together
    from post o
    join mine m on (m.direction <> o.direction and m.category = o.category and o.category <> 'other')
      or (m.together and o.together)
   where o.community_id = :community and o.state = 'open' and o.hidden_at is null and o.expires_on >= :today
   group by o.by_id
), friends as materialized (
  select f.id, f.degree from (
    select distinct t.other_id as id from tie_met t
     where t.community_id = :community and t.party_id = :party and t.living and not t.staff) a
  cross join lateral (select a.id, count(distinct d.other_id) as degree from tie_meeting d
     where d.community_id = :community and d.party_id = a.id) f
), shared as materialized (
  select x.other_id, sum(1 / ln(greatest(x.degree, 2)))::float8 as aa from (
    select distinct f.id, f.degree, t.other_id from friends f
      join tie_met t on t.community_id = :community and t.party_id = f.id and t.living and not t.staff) x
   group by x.other_id
), away as materialized (
  select m.other_id as id from tie_meeting m where m.community_id = :community and m.party_id = :party
  union select q.party_id from exchange_party p
    join exchange e on e.community_id = p.community_id and e.id = p.exchange_id
     and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
    join exchange_party q on q.community_id = p.community_id and q.exchange_id = p.exchange_id
   where p.community_id = :community and p.party_id = :party
  union select r.party_id from role r where r.community_id = :community and r.starts_on <= :today
     and (r.ends_on is null or r.ends_on >= :today)
  union select b.blocked_id from block b where b.community_id = :community and b.blocker_id = :party
  union select b.blocker_id from block b where b.community_id = :community and b.blocked_id = :party
  union select r.subject_id from report r
    join report_voice v on v.community_id = r.community_id and v.report_id = r.id and v.party_id = :party
   where r.community_id = :community
  union select v.party_id from report r
    join report_voice v on v.community_id = r.community_id and v.report_id = r.id
   where r.community_id = :community and r.subject_id = :party
  union select x.party_id from contact_aside x where x.community_id = :community and x.worker_id = :worker
  union select case when i.party_id = :party then i.other_id else i.party_id end from introduction i
   where i.community_id = :community and (i.party_id = :party or i.other_id = :party)
     and (i.state <> 'closed' or i.made_on > :not_again or i.introduced_on is not null)
  union select a.party_id from introduction_ask a
   where a.community_id = :community and a.asked_at >= :asked_since
   group by a.party_id having count(*) >= :most_asks
), found as (
  select n.party_id as id, n.call_name, n.full_name, coalesce(p.number, '') as number, n.likes, n.dislikes,
         n.birth_year, coalesce(l.name, '') as place_name, coalesce(w.by_age, false) as by_age,
         coalesce(w.hosts, false) as hosts, coalesce(w.languages, '{}') as languages,
         coalesce(f.tags, 0) as tags, coalesce(f.together, false) as together, coalesce(s.aa, 0) as aa,
         l.metres, n.area_id = me.area_id as near_by
    from me
    join person n on n.community_id = :community and n.area_id = any(:areas) and n.party_id <> :party
    join party p on p.community_id = n.community_id and p.id = n.party_id and p.state = 'active' and p.kind = 'person'
    left join spot l on l.id = n.place_id
    left join introduction_wish w on w.community_id = n.community_id and w.party_id = n.party_id
    left join fits f on f.by_id = n.party_id
    left join shared s on s.other_id = n.party_id
   where not n.hidden and coalesce(w.answer, 'yes') = 'yes'
     and (n.birth_year is null or n.birth_year <= :adult_since)
     and (n.household_id is null or n.household_id is distinct from me.household_id)
     and (:only::uuid is null or n.party_id = :only)
     and n.party_id not in (select away.id from away where away.id is not null)
)
select id, call_name, full_name, number, likes, dislikes, birth_year, place_name, by_age, hosts, languages,
       tags, together, aa, metres
  from found
 where coalesce(metres <= :farthest, near_by)
 order by 3 * least(tags, 2) + case when together then 1.5 else 0 end
       + case when :likes::text <> '' and likes ~* :likes then 1.5 else 0 end
       + coalesce(2 * exp(-metres / 500), 0) + case when languages && :languages then 1 else 0 end
       + least(aa, 2) + case when hosts then 1 else 0 end desc, id
 limit :limit;

-- name: facts
-- What is known of the few on the short list: how many they met lately, what runs, whether they answer, and
-- whether they were there for somebody who was new.
select c.id,
       (select count(distinct t.other_id) from tie_met t where t.community_id = :community and t.party_id = c.id
          and t.done_on >= :since and t.living and not t.staff)::integer as met_lately,
       (select count(*) from introduction i where i.community_id = :community and i.state <> 'closed'
          and (i.party_id = c.id or i.other_id = c.id))::integer as running,
       (select count(*) from introduction_ask a where a.community_id = :community and a.party_id = c.id
          and a.asked_at >= :asked_since)::integer as asked_lately,
       (select coalesce(avg(case when e.state = 'no_contact' or (e.state = 'suggested' and e.due_on < :today)
                  then 0.0 else 1.0 end), 1) from exchange_party q
          join exchange e on e.community_id = q.community_id and e.id = q.exchange_id and e.started_by_id <> c.id
         where q.community_id = :community and q.party_id = c.id)::float8 as answers,
       exists (select from tie_meeting m
          join party new on new.community_id = m.community_id and new.id = m.other_id
          join party me on me.community_id = m.community_id and me.id = m.party_id
         where m.community_id = :community and m.party_id = c.id and me.admitted_at < new.admitted_at
           and m.done_on <= (new.admitted_at at time zone 'Europe/Amsterdam')::date + 91) as welcoming
  from unnest(:ids::uuid[]) as c(id);

-- name: posts_of_many
-- What several members ask and offer now.
select o.by_id, o.direction, o.category, o.title, o.together from post o
 where o.community_id = :community and o.by_id = any(:ids) and o.state = 'open' and o.hidden_at is null
   and o.expires_on >= :today;

-- name: insert!
insert into introduction (community_id, id, party_id, other_id, state, state_at, owner_id, due_on, reasons, outcome,
       closed_on, made_by_id, made_on)
values (:community, :id, :party, :other, :state, :now, :owner, :due_on, :reasons, :outcome, :closed_on, :by, :today);

-- name: insert_step!
insert into introduction_step (community_id, id, introduction_id, at, actor_id, from_state, to_state, reason)
values (:community, :id, :introduction, :now, :actor, :from_state, :to_state, :reason);

-- name: introduction^
-- One introduction, locked until this transaction ends when it is to be moved.
select i.id, i.party_id, i.other_id, i.state, i.owner_id, i.due_on, i.reasons, i.outcome, i.introduced_on,
       i.closed_on, i.made_on
  from introduction i where i.community_id = :community and i.id = :id;

-- name: lock^
select i.id, i.party_id, i.other_id, i.state, i.owner_id, i.due_on, i.reasons, i.outcome, i.introduced_on,
       i.closed_on, i.made_on
  from introduction i where i.community_id = :community and i.id = :id for update;

-- name: move$
update introduction set state = :state, state_at = :now, owner_id = :owner, due_on = :due_on, outcome = :outcome,
       introduced_on = coalesce(introduced_on, :introduced_on), closed_on = :closed_on
 where community_id = :community and id = :id and state = :from_state
returning id;

-- name: set_owner$
update introduction set owner_id = :owner where community_id = :community and id = :id and state <> 'closed'
returning id;

-- name: of_party
-- What there was for a member, the newest first, with the other's name.
select i.id, i.party_id, i.other_id, i.state, i.due_on, i.outcome, i.made_on, n.full_name, n.call_name
  from introduction i
  join person n on n.community_id = i.community_id
   and n.party_id = case when i.party_id = :party then i.other_id else i.party_id end
 where i.community_id = :community and i.party_id = :party and i.outcome is distinct from 'passed_over'
 order by i.id desc limit :limit;

-- name: asked_since$
select count(*)::integer from introduction_ask
 where community_id = :community and party_id = :party and asked_at >= :since and introduction_id <> :introduction;

-- name: ask!
insert into introduction_ask (community_id, introduction_id, party_id, way, asked_by_id, asked_at)
values (:community, :introduction, :party, :way, :by, :now)
on conflict (community_id, introduction_id, party_id) do nothing;

-- name: answer!
update introduction_ask set answer = :answer, answered_at = :now, entered_by_id = :by
 where community_id = :community and introduction_id = :introduction and party_id = :party and answer is null;

-- name: came_of_it!
update introduction_ask set came_of_it = :came_of_it
 where community_id = :community and introduction_id = :introduction and party_id = :party;

-- name: asks
-- Both sides, as far as they were asked.
select a.party_id, a.way, a.asked_at, a.answer, a.answered_at, a.came_of_it
  from introduction_ask a where a.community_id = :community and a.introduction_id = :introduction;

-- name: side^
-- An introduction as one who was asked may see it: while the two may meet, both take part, and it is not over.
-- The other's name and number only when both said yes.
select i.id, i.state, i.reasons, i.other_id = :viewer as flipped, a.answer, a.came_of_it,
       o.id as other_id, m.owner_name, i.introduced_on,
       case when i.introduced_on is not null then n.call_name else '' end as call_name,
       case when i.introduced_on is not null then n.full_name else '' end as full_name,
       case when i.introduced_on is not null then coalesce(n.phone, '') else '' end as phone
  from introduction i
  join introduction_ask a on a.community_id = i.community_id and a.introduction_id = i.id and a.party_id = :viewer
  join party o on o.community_id = i.community_id and o.state in ('active', 'paused')
   and o.id = case when i.party_id = :viewer then i.other_id else i.party_id end
  join person n on n.community_id = o.community_id and n.party_id = o.id
  left join lateral (select s.call_name as owner_name from person s where s.community_id = i.community_id
     and s.party_id = i.owner_id) m on true
 where i.community_id = :community and i.id = :id
   and (i.state <> 'closed' or i.introduced_on is not null)
   and may_meet(i.community_id, i.party_id, i.other_id);

-- name: steps
select s.at, s.reason, s.to_state, coalesce(n.call_name, '') as actor_name from introduction_step s
  left join person n on n.community_id = s.community_id and n.party_id = s.actor_id
 where s.community_id = :community and s.introduction_id = :introduction order by s.at, s.id;

-- name: waiting
-- What waits for a worker of some neighbourhoods, the oldest day first: only of who still says yes, and of
-- two who may meet, while this worker watches over both. `who` is the side it is about now.
select i.id, i.state, i.due_on, i.made_on, i.owner_id, n.area_id, m.area_id as other_area_id, coalesce(s.full_name, '') as owner_name, w.party_id,
       w.call_name, w.full_name, coalesce(p.number, '') as number
  from introduction i
  join person n on n.community_id = i.community_id and n.party_id = i.party_id and n.area_id = any(:areas)
  join person m on m.community_id = i.community_id and m.party_id = i.other_id and m.area_id = any(:areas)
  join party b on b.community_id = i.community_id and b.id = i.party_id and b.state in ('active', 'paused', 'leaving')
  join person w on w.community_id = i.community_id
   and w.party_id = case when i.state in ('first_yes', 'second_asked') then i.other_id else i.party_id end
  join party p on p.community_id = w.community_id and p.id = w.party_id
  left join person s on s.community_id = i.community_id and s.party_id = i.owner_id
 where i.community_id = :community and i.state <> 'closed' and i.due_on <= :until
   and i.party_id <> :worker and i.other_id <> :worker
   and may_meet(i.community_id, i.party_id, i.other_id)
   and (select k.answer from consent k where k.community_id = i.community_id and k.party_id = i.party_id
          and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes'
   and not exists (select from contact_aside x where x.community_id = i.community_id
     and x.worker_id = :worker and x.party_id in (i.party_id, i.other_id))
 order by i.due_on, i.id limit :limit;

-- name: to_follow_up
-- Introduced four weeks ago: both are asked what came of it.
select i.id, i.party_id, i.other_id, i.state, i.owner_id, i.due_on, i.reasons, i.outcome, i.introduced_on,
       i.closed_on, i.made_on
  from introduction i
 where i.community_id = :community and i.state = 'introduced' and i.due_on <= :today
   and may_meet(i.community_id, i.party_id, i.other_id) for update skip locked;

-- name: impossible
-- What can go on no longer: one of the two does not take part, they shall not meet, or one of them moved
-- and nobody watches over both their neighbourhoods.
select i.id, i.party_id, i.other_id, i.state, i.owner_id, i.due_on, i.reasons, i.outcome, i.introduced_on,
       i.closed_on, i.made_on
  from introduction i
  join party a on a.community_id = i.community_id and a.id = i.party_id
  join party b on b.community_id = i.community_id and b.id = i.other_id
  join person n on n.community_id = a.community_id and n.party_id = a.id
  join person m on m.community_id = b.community_id and m.party_id = b.id
 where i.community_id = :community and i.state <> 'closed'
   and (a.state not in ('active', 'paused') or b.state not in ('active', 'paused')
        or not may_meet(i.community_id, i.party_id, i.other_id)
        or (n.area_id <> m.area_id and not exists (select from role r
              join role r2 on r2.community_id = r.community_id and r2.party_id = r.party_id and r2.kind = 'worker'
               and r2.area_id = m.area_id and r2.starts_on <= :today and (r2.ends_on is null or r2.ends_on >= :today)
              join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
             where r.community_id = i.community_id and r.kind = 'worker' and r.area_id = n.area_id
               and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
               and r.party_id not in (i.party_id, i.other_id)
               and not exists (select from contact_aside x where x.community_id = r.community_id
                 and x.worker_id = r.party_id and x.party_id in (i.party_id, i.other_id))))) for update of i skip locked;

-- name: unwanted
-- Introductions that began with a yes that was taken back, and those past their term.
select i.id from introduction i
 where i.community_id = :community
   and (i.closed_on < :before
        or (select k.answer from consent k where k.community_id = i.community_id and k.party_id = i.party_id
              and k.kind = 'worker_call' order by k.id desc limit 1) is distinct from 'yes');

-- name: of_person
select i.id from introduction i where i.community_id = :community and (i.party_id = :party or i.other_id = :party);

-- name: forget_asks!
delete from introduction_ask where community_id = :community and introduction_id = any(:ids);

-- name: forget_steps!
delete from introduction_step where community_id = :community and introduction_id = any(:ids);

-- name: forget_introductions!
delete from introduction where community_id = :community and id = any(:ids);

-- name: forget_wish!
delete from introduction_wish where community_id = :community and party_id = :party;

-- name: reassign!
-- Open ones whose owner does not watch over both neighbourhoods any more get another worker who does, else an admin.
update introduction i set owner_id = f.to_id
  from (select d.id, coalesce(
          (select r.party_id from role r
             join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
            where r.community_id = d.community_id and r.kind = 'worker' and r.area_id = n.area_id
              and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
              and r.party_id not in (d.party_id, d.other_id)
              and exists (select from role r2 where r2.community_id = r.community_id and r2.party_id = r.party_id
                and r2.kind = 'worker' and r2.area_id = m.area_id and r2.starts_on <= :today
                and (r2.ends_on is null or r2.ends_on >= :today))
              and not exists (select from contact_aside x where x.community_id = r.community_id
                and x.worker_id = r.party_id and x.party_id in (d.party_id, d.other_id))
            order by r.party_id = d.owner_id desc, r.id limit 1),
          (select r.party_id from role r
             join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
            where r.community_id = d.community_id and r.kind = 'admin' and r.starts_on <= :today
              and (r.ends_on is null or r.ends_on >= :today) and r.party_id not in (d.party_id, d.other_id)
            order by r.id limit 1)) as to_id
          from introduction d
          join person n on n.community_id = d.community_id and n.party_id = d.party_id
          join person m on m.community_id = d.community_id and m.party_id = d.other_id
         where d.community_id = :community and d.state <> 'closed') f
 where i.community_id = :community and i.id = f.id and f.to_id is not null and i.owner_id <> f.to_id;

-- name: wish^
select answer, hosts, by_age, languages from introduction_wish
 where community_id = :community and party_id = :party;

-- name: put_wish!
insert into introduction_wish (community_id, party_id, answer, hosts, by_age, languages, entered_by_id, at)
values (:community, :party, :answer, :hosts, :by_age, :languages, :by, :now)
on conflict (community_id, party_id) do update set answer = excluded.answer, hosts = excluded.hosts,
  by_age = excluded.by_age, languages = excluded.languages, entered_by_id = excluded.entered_by_id, at = excluded.at;
