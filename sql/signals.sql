-- name: begin_run!
insert into signal_run (community_id) values (:community) on conflict do nothing;

-- name: hold_run$
-- One at a time: a run, or somebody who takes a yes back.
select ran_on from signal_run where community_id = :community for update;

-- name: share_run$
-- No yes is taken back while this transaction notes what it allows.
select ran_on from signal_run where community_id = :community for share;

-- name: end_run!
update signal_run set ran_on = :today, version = :version where community_id = :community;

-- name: judged
-- Members the rule may look at: take part, said yes, are no newcomers, not just back from a pause, of age,
-- and no worker or admin. All of a community, or one of them. The answer is asked for last: a planner takes
-- it that one in two hundred said yes, and then compares everybody with everybody.
select f.party_id, f.area_id, f.member_since, f.online, f.muted_on
  from (select p.id as party_id, n.area_id, (p.admitted_at at time zone 'Europe/Amsterdam')::date as member_since,
               n.reachable_by in ('app', 'email') as online, u.said_on as muted_on,
               (select k.answer from consent k where k.community_id = p.community_id and k.party_id = p.id
                  and k.kind = 'worker_call' order by k.id desc limit 1) as answer
          from party p
          join person n on n.community_id = p.community_id and n.party_id = p.id
          left join signal_mute u on u.community_id = p.community_id and u.party_id = p.id and u.until_on > :today
         where p.community_id = :community and p.kind = 'person' and p.state = 'active'
           and (:party::uuid is null or p.id = :party)
           and p.admitted_at < :grace and p.state_at < :back and (n.birth_year is null or n.birth_year < :adult_year)
           and not exists (select from role r where r.community_id = p.community_id and r.party_id = p.id
             and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today))
        offset 0) f
 where f.answer = 'yes';

-- name: meetings
-- Whom everybody in a community met in thirteen months, as counts. It is asked of the whole community at
-- once (or of one member) and joined with the members afterwards: estimates of a planner do not carry that far.
with pair as (
  select m.party_id, m.other_id, m.staff, m.living, m.gone, max(m.done_on) as last_on,
         count(*) filter (where m.done_on > :long_since) as times,
         coalesce(sum(m.minutes) filter (where m.done_on > :long_since), 0) as minutes
    from tie_met m
   where m.community_id = :community and m.done_on > :kept_since and m.done_on <= :today
     and (:party::uuid is null or m.party_id = :party)
   group by m.party_id, m.other_id, m.staff, m.living, m.gone)
select r.party_id,
       count(*) filter (where r.living and not r.staff and r.last_on > :lately_since)::integer as lately,
       count(*) filter (where not r.staff)::integer as ever,
       max(r.last_on) filter (where not r.staff) as last_on,
       count(*) filter (where r.living and not r.staff and r.times > 0)::integer as long,
       count(*) filter (where r.gone and not r.staff and r.times > 0)::integer as long_gone,
       coalesce(sum(r.minutes) filter (where r.living and not r.staff), 0)::integer as long_minutes,
       coalesce(max(r.minutes) filter (where r.living and not r.staff and r.times >= 3), 0)::integer as top_minutes,
       coalesce(sum(r.times) filter (where r.staff), 0)::integer as staff_meetings
  from pair r group by r.party_id;

-- name: said
-- What members said of themselves, the newest, as long as it holds.
select distinct on (c.party_id) c.party_id, c.on_date as said_on, c.talks, c.wants
  from checkin c
 where c.community_id = :community and c.on_date >= :said_from and c.on_date <= :today
   and (:party::uuid is null or c.party_id = :party)
 order by c.party_id, c.on_date desc;

-- name: been
-- The newest day on which each member was at a group that meets, within the months that are kept.
select distinct on (t.party_id) t.party_id, t.on_date as group_on, g.title as group_title
  from attendance t
  join gathering g on g.community_id = t.community_id and g.id = t.gathering_id
 where t.community_id = :community and t.on_date > :kept_since and t.on_date <= :today
   and (:party::uuid is null or t.party_id = :party)
 order by t.party_id, t.on_date desc, g.title, g.id;

-- name: asking
-- Needs of half a year that stood three weeks or longer: how many, and how many without any reply by
-- somebody who is no worker.
select d.party_id, count(*) filter (where d.answered or d.state in ('open', 'expired'))::integer as asked,
       count(*) filter (where not d.answered and d.state in ('open', 'expired'))::integer as unanswered
  from (select coalesce(o.beneficiary_id, o.by_id) as party_id, o.state,
               exists (select from exchange e
                         join exchange_party s on s.community_id = e.community_id and s.exchange_id = e.id
                          and s.party_id not in (o.by_id, coalesce(o.beneficiary_id, o.by_id))
                        where e.community_id = o.community_id and e.post_id = o.id and e.state <> 'suggested'
                          and not exists (select from role w where w.community_id = s.community_id
                            and w.party_id = s.party_id and w.kind = 'worker'
                            and (w.ends_on is null or w.ends_on >= (o.opened_at at time zone 'Europe/Amsterdam')::date))) as answered
          from post o
         where o.community_id = :community and o.direction = 'need' and o.hidden_at is null
           and o.state in ('open', 'matched', 'paused', 'closed', 'expired')
           and o.opened_at >= :asked_from and o.opened_at < :asked_until
           and (:party::uuid is null or coalesce(o.beneficiary_id, o.by_id) = :party)
        offset 0) d
 group by d.party_id;

-- name: standings
select party_id, high_since, low_since, stands_since, reasons from signal_score where community_id = :community;

-- name: put_scores!
-- How members with evidence stand today; rows that did not change stay untouched.
insert into signal_score (community_id, party_id, version, score, reasons, high_since, low_since, stands_since)
select :community, r.party_id, :version, r.score, r.reasons, r.high_since, r.low_since, r.stands_since
  from jsonb_to_recordset(:scores) as r(party_id uuid, score integer, reasons jsonb, high_since date,
       low_since date, stands_since date)
on conflict (community_id, party_id) do update
   set version = excluded.version, score = excluded.score, reasons = excluded.reasons,
       high_since = excluded.high_since, low_since = excluded.low_since, stands_since = excluded.stands_since
 where (signal_score.version, signal_score.score, signal_score.reasons, signal_score.high_since,
        signal_score.low_since, signal_score.stands_since)
    is distinct from (excluded.version, excluded.score, excluded.reasons, excluded.high_since,
        excluded.low_since, excluded.stands_since);

-- name: drop_scores!
-- Nothing is kept of whom there is no evidence about.
delete from signal_score where community_id = :community and not party_id = any(:but);

-- name: running
select id, party_id, state, lane, opened_on, low_since, reasons from signal
 where community_id = :community and state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed');

-- name: open_of
-- The open signal of one member, whoever may see it.
select id, party_id, state, lane, opened_on, low_since, reasons, owner_id, due_on from signal
 where community_id = :community and party_id = :party
   and state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed');

-- name: add_told!
-- A person said something that belongs to an open signal: it is looked at sooner, never later.
update signal set reasons = :reasons, lane = :lane, due_on = least(due_on, :due_on::date)
 where community_id = :community and id = :id
   and state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed');

-- name: refresh!
-- Open signals keep saying what is so; their state is for people to change.
update signal s set score = r.score, reasons = coalesce(r.reasons, s.reasons), version = :version,
       reasons_on = case when r.reasons is null then s.reasons_on else :today::date end, low_since = r.low_since,
       lane = r.lane
  from jsonb_to_recordset(:signals) as r(id uuid, score integer, reasons jsonb, low_since date, lane text)
 where s.community_id = :community and s.id = r.id;

-- name: lapse!
update signal set state = 'lapsed', state_at = :now, owner_id = null, due_on = null, closed_on = :today
 where community_id = :community and id = any(:ids) and state = 'raised';

-- name: ended
-- Signals that ended not long ago.
select party_id, score, closed_on from signal
 where community_id = :community and state in ('closed', 'lapsed', 'objected') and closed_on > :since;

-- name: desks
-- Workers by neighbourhood, and how many open signals lie with each.
select r.area_id, r.party_id as worker_id,
       (select count(*) from signal s where s.community_id = r.community_id and s.owner_id = r.party_id
         and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'))::integer as load,
       (select count(*) from signal s where s.community_id = r.community_id and s.owner_id = r.party_id
         and s.lane = 'seeks' and s.opened_on > :week_ago)::integer as fresh
  from role r join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
 where r.community_id = :community and r.kind = 'worker' and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on >= :today)
 group by r.community_id, r.area_id, r.party_id order by r.party_id;

-- name: asides
-- Who stepped aside for whom.
select worker_id, party_id from contact_aside where community_id = :community;

-- name: raise_signals!
insert into signal (community_id, id, party_id, state, lane, state_at, opened_on, version, score, reasons, reasons_on,
       owner_id, due_on)
select :community, r.id, r.party_id, 'raised', r.lane, :now, :today, :version, r.score, r.reasons, :today, r.owner_id,
       :due_on
  from jsonb_to_recordset(:signals) as r(id uuid, party_id uuid, lane text, score integer, reasons jsonb, owner_id uuid);

-- name: opened_lately
-- Who came on the list by the rule since a day: for the share of each channel.
select s.party_id, n.reachable_by in ('app', 'email') as online
  from signal s join person n on n.community_id = s.community_id and n.party_id = s.party_id
 where s.community_id = :community and s.lane = 'seeks' and s.opened_on > :since;

-- name: objected_of$
-- The signal that ended with the member's own word on a day.
select id from signal
 where community_id = :community and party_id = :party and state = 'objected' and closed_on = :on
 order by id desc limit 1;

-- name: version$
-- By which version of the points a community goes.
select d.version from signal_decision d where d.community_id = :community order by d.id desc limit 1;

-- name: decide!
insert into signal_decision (community_id, id, version, decided_by_id, at, come, go)
values (:community, :id, :version, :by, :now, :come, :go);

-- name: engine_steps!
-- What the engine did, to many at once: raised or lapsed.
insert into signal_step (community_id, id, signal_id, at, from_state, to_state, reason)
select :community, r.id, r.signal_id, :now, :from_state, :to_state, :to_state
  from jsonb_to_recordset(:steps) as r(id uuid, signal_id uuid);

-- name: step!
insert into signal_step (community_id, id, signal_id, at, actor_id, from_state, to_state, reason)
values (:community, :id, :signal, :now, :actor, :from_state, :to_state, :reason);

-- name: reassign!
-- Open signals whose owner no longer watches over that member's neighbourhood get another worker of it,
-- else an admin, who sees that a neighbourhood is without a worker, and no names.
update signal s set owner_id = f.to_id
  from (select d.id, watcher_of(d.community_id, d.party_id, n.area_id, d.owner_id, :today) as to_id
          from signal d
          join person n on n.community_id = d.community_id and n.party_id = d.party_id
         where d.community_id = :community
           and d.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed')) f
 where s.community_id = :community and s.id = f.id and f.to_id is not null and s.owner_id <> f.to_id;

-- name: open_in_areas
-- What waits in a worker's neighbourhoods: what colleagues look after comes last, else the oldest date first.
-- Never about that worker, nor about
-- somebody they stepped aside for, nor what is about to lapse or still rests.
select s.id, s.party_id, s.state, s.lane, s.opened_on, s.reasons, s.reasons_on, s.owner_id, s.owner_name, s.due_on,
       s.snooze_until, s.plan, s.outcome, s.closed_on, s.area_id, s.full_name, s.call_name, s.number, s.reach_words
  from signal_shown s
 where s.community_id = :community and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed')
   and s.area_id = any(:areas) and s.party_id <> :worker
   and (s.state <> 'raised' or s.low_since is null) and (s.state <> 'snoozed' or s.due_on <= :today
        or exists (select from checkin c where c.community_id = s.community_id and c.party_id = s.party_id
             and c.wants = 'yes' and c.at > s.state_at))
   and not exists (select from contact_aside x where x.community_id = s.community_id
     and x.worker_id = :worker and x.party_id = s.party_id)
 order by s.owner_id = any(:colleagues::uuid[]) and s.due_on >= :forgotten, s.lane <> 'asks', s.due_on, s.score desc,
       s.id
 limit :limit;

-- name: shown_in
-- About whom a signal is open in a neighbourhood, as the list shows it.
select s.party_id from signal_shown s
 where s.community_id = :community and s.area_id = :area and s.state in ('raised', 'taken', 'contact_made', 'plan')
   and (s.state <> 'raised' or s.low_since is null);

-- name: of_party
-- The signals of one member that may be seen, the newest first.
select s.id, s.party_id, s.state, s.lane, s.opened_on, s.reasons, s.reasons_on, s.owner_id, s.owner_name, s.due_on,
       s.snooze_until, s.plan, s.outcome, s.closed_on
  from signal_shown s
 where s.community_id = :community and s.party_id = :party and s.state <> 'lapsed'
 order by s.id desc limit :limit;

-- name: shown^
-- One signal while it may be seen. Whether this worker may see it is asked of the member.
select s.id, s.party_id, s.state, s.lane, s.opened_on, s.reasons, s.reasons_on, s.owner_id, s.owner_name, s.due_on,
       s.snooze_until, s.plan, s.outcome, s.closed_on
  from signal_shown s
 where s.community_id = :community and s.id = :id;

-- name: move^
-- One step in the life of a signal; no row when somebody else was first.
update signal set state = :state, state_at = :now, owner_id = :owner, due_on = :due_on,
       snooze_until = :snooze_until, plan = coalesce(:plan, plan), outcome = :outcome, closed_on = :closed_on,
       verdict = :verdict
 where community_id = :community and id = :id and state = :from_state
returning id, party_id;

-- name: hand_over^
update signal set owner_id = :to
 where community_id = :community and id = :id and state = :from_state
returning id, party_id;

-- name: steps
select e.id, e.at, e.actor_id, coalesce(n.full_name, '') as actor_name, e.from_state, e.to_state, e.reason
  from signal_step e
  left join person n on n.community_id = e.community_id and n.party_id = e.actor_id
 where e.community_id = :community and e.signal_id = :signal order by e.at, e.id;

-- name: unwanted
-- Members of whom something is kept that may not be: no yes any more, or not here any more.
select f.party_id from (
    select s.party_id from signal s where s.community_id = :community
    union select c.party_id from signal_score c where c.community_id = :community
    union select c.party_id from checkin c where c.community_id = :community
    union select u.party_id from signal_mute u where u.community_id = :community
    union select w.party_id from signal_told w where w.community_id = :community and w.party_id is not null
    union select g.party_id from signal_chance g where g.community_id = :community
    union select t.party_id from contact t where t.community_id = :community and t.purpose = 'attention') f
  join party p on p.community_id = :community and p.id = f.party_id
 where p.state in ('applying', 'refused', 'left', 'deceased')
    or (select k.answer from consent k where k.community_id = :community and k.party_id = f.party_id
          and k.kind = 'worker_call' order by k.id desc limit 1) is distinct from 'yes'
 order by f.party_id;

-- name: forget_steps!
delete from signal_step e using signal s
 where e.community_id = :community and s.community_id = :community and s.id = e.signal_id and s.party_id = :party;

-- name: forget!
delete from signal where community_id = :community and party_id = :party;

-- name: forget_score!
delete from signal_score where community_id = :community and party_id = :party;

-- name: forget_weight!
-- What it weighed matters only for whether it may come back.
update signal set score = 0
 where community_id = :community and closed_on < :before and score <> 0;

-- name: forget_old_steps!
delete from signal_step e using signal s
 where e.community_id = :community and s.community_id = :community and s.id = e.signal_id
   and ((s.state in ('lapsed', 'objected') and s.closed_on < :lapsed_before) or (s.state = 'closed' and s.closed_on < :closed_before));

-- name: forget_old!
delete from signal s
 where s.community_id = :community
   and ((s.state in ('lapsed', 'objected') and s.closed_on < :lapsed_before) or (s.state = 'closed' and s.closed_on < :closed_before));

-- name: looked_today
-- Which of these members this worker looked at already since a moment.
select distinct e.subject_id from audit_entry e
 where e.community_id = :community and e.subject_id = any(:parties) and e.actor_id = :worker
   and e.act = 'party.looked' and e.at >= :since;

-- name: outlooks
-- What the story of open signals asks for.
select s.id, s.state, (s.state_at at time zone 'Europe/Amsterdam')::date as state_on, s.due_on,
       (select count(*) from signal_step e where e.community_id = s.community_id and e.signal_id = s.id
          and e.reason = 'not_reached' and not exists (select from signal_step x where x.community_id = s.community_id
            and x.signal_id = s.id and (x.at, x.id) > (e.at, e.id) and x.reason in ('spoke', 'rest')))::integer as tries,
       greatest((select max((e.at at time zone 'Europe/Amsterdam')::date) from signal_step e
                  where e.community_id = s.community_id and e.signal_id = s.id and e.reason like 'plan%'),
                (select max(i.introduced_on) from introduction i
                  where i.community_id = s.community_id and (i.party_id = s.party_id or i.other_id = s.party_id)
                    and i.introduced_on >= s.opened_on)) as began_on,
       (select count(distinct g.other_id) from (
          select m.other_id, m.done_on - lag(m.done_on) over (partition by m.other_id order by m.done_on) as gap
            from tie_met m
           where m.community_id = s.community_id and m.party_id = s.party_id and m.living and not m.staff
             and m.done_on >= s.opened_on
             and not exists (select from tie_meeting b where b.community_id = m.community_id
               and b.party_id = m.party_id and b.other_id = m.other_id and b.done_on < s.opened_on)) g
         where g.gap between 1 and :within)::integer as new_neighbours
  from signal s
 where s.community_id = :community and s.id = any(:ids) and s.due_on is not null;

-- name: unclaimed^
-- Signals that nobody took since a day: how many, and since when.
select count(*)::integer as many, min(s.opened_on) as since
  from signal_shown s
 where s.community_id = :community and s.state = 'raised' and s.opened_on <= :before and s.low_since is null;

-- name: left_lying
-- Taken, and no talk for long; locked.
select s.id, s.party_id, s.owner_id, n.area_id from signal s
  join person n on n.community_id = s.community_id and n.party_id = s.party_id
 where s.community_id = :community and s.state = 'taken'
   and (s.state_at at time zone 'Europe/Amsterdam')::date <= :before and s.due_on <= :due_before
 order by s.id for update of s skip locked;

-- name: call_back!
-- After an introduction the worker asks in two weeks, whatever other day there was; unless they spoke since.
update signal s set due_on = f.on_date
  from (select d.id, max(i.introduced_on) + :days::integer as on_date, max(i.introduced_on) as introduced_on from signal d
          join introduction i on i.community_id = d.community_id and i.introduced_on >= d.opened_on
           and (i.party_id = d.party_id or i.other_id = d.party_id)
         where d.community_id = :community and d.state in ('contact_made', 'plan') group by d.id) f
 where s.community_id = :community and s.id = f.id and s.due_on > f.on_date
   and not exists (select from signal_step e where e.community_id = s.community_id and e.signal_id = s.id
     and (e.at at time zone 'Europe/Amsterdam')::date > f.introduced_on);

-- name: with_chance$
-- Whether this community puts some members among the calls at random.
select chance from signal_run where community_id = :community;

-- name: set_chance!
insert into signal_run (community_id, chance) values (:community, :chance)
on conflict (community_id) do update set chance = excluded.chance;

-- name: came_of_it^
-- What came of the signals of a neighbourhood that were closed since a day: a new tie within some days after
-- closing, a talk and no new tie, or neither. Each is one of the three. And how many nobody took up.
select count(*) filter (where f.closed and f.tied)::integer as tied,
       count(*) filter (where f.closed and not f.tied and f.spoke)::integer as spoke,
       count(*) filter (where f.closed and not f.tied and not f.spoke)::integer as nothing,
       count(*) filter (where not f.closed)::integer as lapsed
  from (select s.state = 'closed' as closed,
               exists (select from signal_step e where e.community_id = s.community_id and e.signal_id = s.id
                 and (e.to_state in ('contact_made', 'plan') or e.reason = 'rest')) as spoke,
               exists (select from tie_met m where m.community_id = s.community_id and m.party_id = s.party_id
                 and not m.staff and m.done_on > s.opened_on and m.done_on <= s.closed_on + :after::integer
                 and not exists (select from tie_meeting t where t.community_id = m.community_id
                   and t.party_id = m.party_id and t.other_id = m.other_id and t.done_on <= s.opened_on)) as tied
          from signal_shown s
         where s.community_id = :community and s.area_id = :area
           and (s.state = 'closed' and s.closed_on > :closed_since
             or s.state = 'lapsed' and s.closed_on > :lapsed_since)) f;
