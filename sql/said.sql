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

-- name: put_mute!
insert into signal_mute (community_id, party_id, said_on, until_on, reason)
values (:community, :party, :today, :until, :reason)
on conflict (community_id, party_id) do update
   set said_on = excluded.said_on, until_on = excluded.until_on, reason = excluded.reason;

-- name: mute^
select said_on, until_on, reason from signal_mute
 where community_id = :community and party_id = :party and until_on > :today;

-- name: owner_of_told$
-- Who looks at what is told in a neighbourhood: its worker with the least of it, else an admin, who sees that
-- something waits and not what. Never whom it is about, nor who stepped aside for that member.
select coalesce(
  (select r.party_id from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
    where r.community_id = :community and r.kind = 'worker' and r.area_id = :area and r.starts_on <= :today
      and (r.ends_on is null or r.ends_on >= :today) and r.party_id is distinct from :party::uuid
      and not exists (select from contact_aside x where x.community_id = r.community_id
        and x.worker_id = r.party_id and x.party_id = :party)
    order by (select count(*) from signal_told t where t.community_id = r.community_id
                and t.owner_id = r.party_id and t.done_at is null), r.id limit 1),
  (select r.party_id from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
    where r.community_id = :community and r.kind = 'admin' and r.starts_on <= :today
      and (r.ends_on is null or r.ends_on >= :today) and r.party_id is distinct from :party::uuid
    order by r.id limit 1));

-- name: tell!
insert into signal_told (community_id, id, kind, by_id, area_id, party_id, may_name, owner_id, due_on, at, done_at)
values (:community, :id, :kind, :by, :area, :party, :may_name, :owner, :due_on, :now, :done_at);

-- name: tell_words!
insert into signal_told_words (community_id, told_id, who, words) values (:community, :told, :who, :words);

-- name: told_in_areas
-- What waits for the workers of these neighbourhoods, the oldest date first. Where the member is known, her
-- neighbourhood of today counts. Nothing is shown to whom it is about, nor to who stepped aside.
select t.id, t.kind, t.by_id, t.area_id, t.about_id, t.party_id, t.may_name, t.owner_id, t.due_on, t.at, t.done_at,
       t.owner_name, t.by_name, t.who, t.words
  from signal_told_shown t
 where t.community_id = :community and t.done_at is null and t.area_id = any(:areas)
   and t.about_id is distinct from :worker
   and not exists (select from contact_aside x where x.community_id = t.community_id
     and x.worker_id = :worker and x.party_id = t.about_id)
 order by t.due_on, t.id limit :limit;

-- name: told^
select t.id, t.kind, t.by_id, t.area_id, t.about_id, t.party_id, t.may_name, t.owner_id, t.due_on, t.at, t.done_at,
       t.owner_name, t.by_name, t.who, t.words
  from signal_told_shown t where t.community_id = :community and t.id = :id;

-- name: told_of
-- What was told about a member, the newest first.
select t.id, t.kind, t.by_id, t.area_id, t.about_id, t.party_id, t.may_name, t.owner_id, t.due_on, t.at, t.done_at,
       t.owner_name, t.by_name, t.who, t.words
  from signal_told_shown t where t.community_id = :community and t.about_id = :party
 order by t.at desc, t.id limit :limit;

-- name: told_done^
update signal_told set done_at = :now where community_id = :community and id = :id and done_at is null returning id;

-- name: told_answered!
-- Somebody spoke to this member: what she asked for herself is done.
update signal_told set done_at = :now
 where community_id = :community and by_id = :party and kind = 'visit' and done_at is null;

-- name: open_told_by$
-- How much of what this member told still waits.
select count(*) from signal_told where community_id = :community and by_id = :party and kind = :kind and done_at is null;

-- name: unheard
-- Where something waits and no worker is: how much, and since when it is due. Nothing of what it is.
select t.area_id, count(*)::integer as waiting, min(t.due_on) as due_on
  from signal_told_shown t
 where t.community_id = :community and t.done_at is null
   and not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = t.community_id and r.kind = 'worker' and r.area_id = t.area_id
       and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today))
 group by t.area_id;

-- name: orphaned
-- What lies with somebody who is no worker there (any more), or with the one it is about.
select t.id, t.area_id, t.about_id from signal_told_shown t
 where t.community_id = :community and t.done_at is null
   and (t.owner_id = t.about_id or not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = t.community_id and r.kind = 'worker' and r.area_id = t.area_id
       and r.party_id = t.owner_id and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)))
 order by t.id;

-- name: give_told^
update signal_told set owner_id = :owner
 where community_id = :community and id = :id and done_at is null and owner_id <> :owner returning id;

-- name: forget_old_mutes!
delete from signal_mute where community_id = :community and until_on < :today;

-- name: forget_old_told_words!
delete from signal_told_words w using signal_told o
 where w.community_id = :community and o.community_id = :community and o.id = w.told_id and o.done_at < :told_before
   and not exists (select from signal s where s.community_id = o.community_id and s.party_id = o.party_id
     and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'));

-- name: forget_old_told!
delete from signal_told o
 where o.community_id = :community and o.done_at < :told_before
   and not exists (select from signal_told_words w where w.community_id = o.community_id and w.told_id = o.id)
   and not exists (select from signal s where s.community_id = o.community_id and s.party_id = o.party_id
     and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'));

-- name: draw_of_rule!
-- Whom the rule put on the list since a day: asked about like those that chance names.
insert into signal_chance (community_id, id, party_id, week_on, from_rule, owner_id)
select s.community_id, s.id, s.party_id, :week_on::date, true, s.owner_id from signal s
 where s.community_id = :community and s.lane = 'seeks' and s.state = 'raised' and s.opened_on >= :week_on::date
   and not exists (select from signal_chance c where c.community_id = s.community_id and c.id = s.id)
on conflict do nothing;

-- name: drawn_since
-- Whom chance named since a day, and in which week.
select party_id, week_on from signal_chance
 where community_id = :community and not from_rule and week_on >= :since;

-- name: draw!
insert into signal_chance (community_id, id, party_id, week_on, from_rule, owner_id)
select :community, r.id, r.party_id, :week_on, false, r.owner_id
  from jsonb_to_recordset(:drawn) as r(id uuid, party_id uuid, owner_id uuid)
on conflict do nothing;

-- name: calls
-- The calls of these weeks nobody judged yet, whoever named them; not of who does not want it now, nor of who
-- asks herself or was told of, nor of the worker's own self. All of some neighbourhoods, or of one member.
select c.id, c.party_id, c.week_on, c.owner_id, n.area_id, n.full_name, n.call_name, coalesce(p.number, '') as number,
       n.reach_words, coalesce(o.full_name, '') as owner_name
  from signal_chance c
  join party p on p.community_id = c.community_id and p.id = c.party_id and p.state = 'active'
  join person n on n.community_id = c.community_id and n.party_id = c.party_id
  left join person o on o.community_id = c.community_id and o.party_id = c.owner_id
 where c.community_id = :community and c.verdict is null and c.week_on > :since and n.area_id = any(:areas)
   and (:party::uuid is null or c.party_id = :party) and c.party_id <> :worker
   and (select k.answer from consent k where k.community_id = c.community_id and k.party_id = c.party_id
          and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes'
   and not exists (select from signal_mute u where u.community_id = c.community_id and u.party_id = c.party_id
     and u.until_on > :today)
   and not exists (select from signal s where s.community_id = c.community_id and s.party_id = c.party_id
     and s.lane <> 'seeks' and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'))
   and not exists (select from contact_aside x where x.community_id = c.community_id
     and x.worker_id = :worker and x.party_id = c.party_id)
 order by c.week_on, c.party_id limit :limit;

-- name: judge_call^
update signal_chance set verdict = :verdict, answered_on = :today
 where community_id = :community and id = :id and verdict is null returning party_id;

-- name: give_call^
update signal_chance set owner_id = :owner
 where community_id = :community and id = :id and verdict is null returning party_id;

-- name: verdicts
-- What was found, of whom the rule named and of whom chance did.
select from_rule, verdict, count(*)::integer as many from signal_chance
 where community_id = :community and verdict is not null group by from_rule, verdict;

-- name: first_week$
select min(week_on) from signal_chance where community_id = :community;

-- name: forget_old_chance!
delete from signal_chance where community_id = :community and week_on < :before;
