-- name: for_party^
-- An exchange for one of its parties, unless one of them blocked another.
select s.* from exchange_sheet s
 where s.community_id = :community and s.id = :id
   and exists (select from exchange_party p where p.community_id = s.community_id
     and p.exchange_id = s.id and p.party_id = :party)
   and not exists (select from exchange_party o where o.community_id = s.community_id
     and o.exchange_id = s.id and not may_meet(o.community_id, o.party_id, :party));

-- name: for_staff^
-- An exchange for those who work in its neighbourhood, or in that of one of its parties.
select s.* from exchange_sheet s
 where s.community_id = :community and s.id = :id
   and (:areas::uuid[] is null or s.area_id = any(:areas)
        or exists (select from exchange_party p
                     join person n on n.community_id = p.community_id and n.party_id = p.party_id
                    where p.community_id = s.community_id and p.exchange_id = s.id
                      and n.area_id = any(:areas)));

-- name: sheet^
select s.* from exchange_sheet s where s.community_id = :community and s.id = :id;

-- name: lock$
-- Verbs on one exchange wait for each other.
select id from exchange where community_id = :community and id = :id for update;

-- name: post_of$
select post_id from exchange where community_id = :community and id = :id;

-- name: lock_free$
-- As lock, but whoever is busy with it goes first: the calendar comes back later.
select id from exchange where community_id = :community and id = :id for update skip locked;

-- name: insert_series!
insert into series (community_id, id, every, first_on, at_time, until_on, minutes, made_at)
values (:community, :id, :every, :first_on, :at_time, :until_on, :minutes, :now);

-- name: insert_exchange!
insert into exchange (community_id, id, state, mode, post_id, area_id, started_by_id, entered_by_id, title,
  next_action, owner_id, asked_id, due_on, state_at, created_at)
values (:community, :id, 'talking', :mode, :post, :area, :started_by, :entered_by, :title,
  'answer', :asked, :asked, :due_on, :now, :now);

-- name: insert_party!
insert into exchange_party (community_id, exchange_id, party_id, gives, gets)
values (:community, :exchange, :party, :gives, :gets);

-- name: insert_later_dates!
-- The other dates of a series: each an exchange of its own, like the first.
insert into exchange (community_id, id, state, mode, post_id, series_id, area_id, started_by_id, entered_by_id,
  title, planned_on, planned_at, planned_minutes, meet_at, next_action, owner_id, due_on, state_at, created_at)
select e.community_id, d.id, 'planned', e.mode, e.post_id, e.series_id, e.area_id, e.started_by_id,
       e.entered_by_id, e.title, d.day, e.planned_at, e.planned_minutes, e.meet_at, 'do', e.owner_id, d.day,
       :now, :now
  from exchange e, unnest(:ids::uuid[], :days::date[]) as d (id, day)
 where e.community_id = :community and e.id = :first;

-- name: insert_later_parties!
insert into exchange_party (community_id, exchange_id, party_id, gives, gets, agreed_at, agreed_by_id)
select p.community_id, d.id, p.party_id, p.gives, p.gets, p.agreed_at, p.agreed_by_id
  from exchange_party p, unnest(:ids::uuid[]) as d (id)
 where p.community_id = :community and p.exchange_id = :first;

-- name: insert_words!
insert into exchange_words (community_id, id, exchange_id, by_id, entered_by_id, kind, words, at)
values (:community, :id, :exchange, :by, :hand, :kind, :words, :now);

-- name: words
select id, by_id, kind, words, at from exchange_words
 where community_id = :community and exchange_id = :exchange order by id limit 50;

-- name: thread
-- The talk; that of a standing appointment is one for all its dates. The newest, or those before one; newest last.
select * from (
  select m.id, m.from_id, case when m.hidden_at is null then m.words else '' end as words, m.language,
         m.care, m.at, m.hidden_at is not null as hidden, m.first
    from message m
   where m.community_id = :community
     and m.exchange_id in (select :exchange::uuid union all
       select x.id from exchange e join exchange x on x.community_id = e.community_id and x.series_id = e.series_id
        where e.community_id = :community and e.id = :exchange and x.id <> e.id)
     and (:before::uuid is null or m.id < :before)
   order by m.id desc limit :limit) newest
 order by id;

-- name: insert_proposal!
insert into exchange_proposal (community_id, id, exchange_id, by_id, entered_by_id, on_date, at_time, minutes,
  meet_at, every, until_on, made_at)
values (:community, :id, :exchange, :by, :entered_by, :on_date, :at_time, :minutes, :meet_at, :every,
  :until_on, :now);

-- name: drop_proposals!
update exchange_proposal set dropped_at = :now
 where community_id = :community and exchange_id = :exchange and accepted_at is null and dropped_at is null;

-- name: open_proposal^
select id, by_id, on_date, at_time, minutes, meet_at, every, until_on, made_at from exchange_proposal
 where community_id = :community and exchange_id = :exchange and accepted_at is null and dropped_at is null;

-- name: open_proposals
select exchange_id, id, by_id, on_date, at_time, minutes, meet_at, every, until_on, made_at
  from exchange_proposal
 where community_id = :community and exchange_id = any(:exchanges) and accepted_at is null
   and dropped_at is null;

-- name: accept_proposal^
update exchange_proposal set accepted_at = :now, accepted_by_id = :by
 where community_id = :community and exchange_id = :exchange and id = :id and by_id <> :by
   and accepted_at is null and dropped_at is null
returning id, by_id, on_date, at_time, minutes, meet_at, every, until_on, made_at;

-- name: set_turn!
-- Who is asked what, by when, while it is not yet done.
update exchange set next_action = :next_action, owner_id = :owner, asked_id = :asked, due_on = :due_on,
       reminded_at = null
 where community_id = :community and id = :id and state in ('suggested', 'talking', 'agreed', 'planned');

-- name: agree^
update exchange set state = :state, planned_on = :on_date, planned_at = :at_time, planned_minutes = :minutes,
       meet_at = :meet_at, series_id = coalesce(series_id, :series), next_action = :next_action,
       owner_id = :owner, asked_id = null, due_on = :due_on, reminded_at = null, announced_at = null,
       handed_reason = null, state_at = :now
 where community_id = :community and id = :id and state in ('suggested', 'talking', 'agreed', 'planned')
returning id;

-- name: set_agreed!
-- Who proposed, agreed when proposing; each by the hand that did it.
update exchange_party set agreed_at = case when party_id = :by then :made_at::timestamptz else :now end,
       agreed_by_id = case when party_id = :by then (select entered_by_id from exchange_proposal
           where community_id = :community and exchange_id = :exchange and id = :proposal) else :hand::uuid end
 where community_id = :community and exchange_id = :exchange;

-- name: finish^
-- An end without hours, with its reason.
update exchange set state = :state, end_reason = :reason, ended_by_id = :by, settled_by_id = :settled_by,
       next_action = null, owner_id = null, asked_id = null, due_on = null, state_at = :now
 where community_id = :community and id = :id and state = any(:from_states)
returning id;

-- name: claim^
update exchange set state = 'done', done_on = :done_on, claimed_minutes = :minutes, claimed_by_id = :by,
       claimed_at = :now, by_hand = by_hand or :by_hand, next_action = 'confirm', owner_id = :asked,
       asked_id = :asked, due_on = :due_on, reminded_at = null, handed_reason = null, state_at = :now
 where community_id = :community and id = :id and state in ('agreed', 'planned')
returning id;

-- name: answer_other^
-- Different minutes go back once: the round and the one who is asked change.
update exchange set answered_minutes = :minutes, answered_by_id = :by, answered_at = :now, round = round + 1,
       by_hand = by_hand or :by_hand, next_action = 'confirm_other', owner_id = :asked, asked_id = :asked,
       due_on = :due_on, reminded_at = null, handed_reason = null
 where community_id = :community and id = :id and state = 'done' and round = :round and asked_id = :by
   and answered_minutes is null
returning id;

-- name: dispute^
update exchange set state = 'disputed', next_action = :next_action, owner_id = :owner, due_on = :due_on,
       asked_id = null, disputed_at = :now, round = round + 1, state_at = :now
 where community_id = :community and id = :id and state = 'done' and round = :round and asked_id = :by
returning id;

-- name: confirm^
-- A yes to the minutes that were seen, by the one who was asked.
update exchange set state = 'confirmed', minutes = :minutes, confirmed_at = :now, booked_by = :booked_by,
       next_action = null, owner_id = null, asked_id = null, due_on = null, handed_reason = null, state_at = :now
 where community_id = :community and id = :id and state = 'done' and round = :round and asked_id = :asked
   and coalesce(answered_minutes, claimed_minutes) = :minutes
returning id;

-- name: settle^
-- A worker's word after both were heard.
update exchange set state = 'confirmed', minutes = :minutes, confirmed_at = :now, booked_by = 'worker',
       settled_by_id = :by, next_action = null, owner_id = null, asked_id = null, due_on = null,
       handed_reason = null, state_at = :now
 where community_id = :community and id = :id and state = any(:from_states) and round = :round
returning id;

-- name: hand_over^
-- A worker becomes the owner; the state stays as it is.
update exchange set next_action = :next_action, owner_id = :owner, due_on = :due_on, handed_reason = :reason
 where community_id = :community and id = :id
   and state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
returning id;

-- name: set_owner^
-- A colleague takes it over, or somebody takes what nobody had.
update exchange set owner_id = :owner, due_on = :due_on
 where community_id = :community and id = :id and next_action in ('settle', 'settle_pair', 'ask_both', 'take_over')
returning id;

-- name: set_due!
update exchange set due_on = :due_on where community_id = :community and id = :id and due_on is not null;

-- name: set_reminded!
update exchange set reminded_at = :now, due_on = :due_on, next_action = :next_action
 where community_id = :community and id = :id and due_on is not null;

-- name: set_announced$
-- No row: it was called off or moved, or somebody else announced it, after it was looked up.
update exchange set announced_at = :now
 where community_id = :community and id = :id and state = 'planned' and planned_on = :on and planned_at = :at
   and announced_at is null
returning id;

-- name: open_lists
-- What is open for this party, in three lists of at most so many: what waits for their own act, the most urgent
-- first; appointments with a day, today or later, of a standing one only the next; what is not their turn.
(select 'waiting' as list, s.* from exchange_sheet s
   join exchange_party p on p.community_id = s.community_id and p.exchange_id = s.id and p.party_id = :party
  where s.community_id = :community and s.owner_id = :party
    and s.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
    and (s.next_action <> 'do' or s.planned_on < :today)
    and not exists (select from exchange_party o where o.community_id = s.community_id
      and o.exchange_id = s.id and not may_meet(o.community_id, o.party_id, :party))
  order by s.due_on, s.id limit :waiting)
union all
(select 'coming', s.* from exchange_sheet s
   join exchange_party p on p.community_id = s.community_id and p.exchange_id = s.id and p.party_id = :party
  where s.community_id = :community and s.state = 'planned' and s.planned_on >= :today
    and not exists (select from exchange x where x.community_id = s.community_id and x.series_id = s.series_id
      and x.state = 'planned' and x.planned_on >= :today and x.planned_on < s.planned_on)
    and not exists (select from exchange_party o where o.community_id = s.community_id
      and o.exchange_id = s.id and not may_meet(o.community_id, o.party_id, :party))
  order by s.planned_on, s.planned_at nulls last, s.id limit :coming)
union all
(select 'under_way', s.* from exchange_sheet s
   join exchange_party p on p.community_id = s.community_id and p.exchange_id = s.id and p.party_id = :party
  where s.community_id = :community
    and s.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
    and not (s.state = 'planned' and s.planned_on >= :today)
    and s.owner_id <> :party
    and not exists (select from exchange_party o where o.community_id = s.community_id
      and o.exchange_id = s.id and not may_meet(o.community_id, o.party_id, :party))
  order by s.due_on, s.id limit :under_way);

-- name: past
-- What is over, newest first, one page.
select s.* from exchange_party p
  join exchange_sheet s on s.community_id = p.community_id and s.id = p.exchange_id
 where p.community_id = :community and p.party_id = :party
   and (:before::uuid is null or p.exchange_id < :before)
   and s.state in ('confirmed', 'declined', 'cancelled', 'no_contact', 'not_feasible', 'no_show', 'closed')
   and not exists (select from exchange_party o where o.community_id = s.community_id
     and o.exchange_id = s.id and not may_meet(o.community_id, o.party_id, :party))
 order by p.exchange_id desc limit :limit;

-- name: open_in_areas
-- For those who work here: what lies with a worker first, then what is late, then the rest.
-- Of a standing appointment only the next date.
select s.*, (case when s.next_action in ('settle', 'settle_pair', 'ask_both', 'take_over') then 0
                  when s.due_on < :today then 1 else 2 end) as rank
  from exchange_sheet s
 where s.community_id = :community
   and s.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
   and (:areas::uuid[] is null or s.area_id = any(:areas))
   and not (s.state = 'planned' and s.planned_on > :today and exists (select from exchange x
     where x.community_id = s.community_id and x.series_id = s.series_id and x.state = 'planned'
       and x.planned_on >= :today and x.planned_on < s.planned_on))
   and (:after_id::uuid is null
        or (case when s.next_action in ('settle', 'settle_pair', 'ask_both', 'take_over') then 0
                 when s.due_on < :today then 1 else 2 end, s.due_on, s.id)
           > (:after_rank::integer, :after_due::date, :after_id::uuid))
 order by rank, s.due_on, s.id limit :limit;

-- name: over_in_areas
select s.* from exchange_sheet s
 where s.community_id = :community
   and s.state in ('confirmed', 'declined', 'cancelled', 'no_contact', 'not_feasible', 'no_show', 'closed')
   and (:areas::uuid[] is null or s.area_id = any(:areas))
   and (:before::uuid is null or s.id < :before)
 order by s.id desc limit :limit;

-- name: stuck
-- What a worker has to do something about: it lies with a worker, or is long past its date.
select s.* from exchange_sheet s
 where s.community_id = :community
   and s.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
   and (:areas::uuid[] is null or s.area_id = any(:areas))
   and (s.next_action in ('settle', 'settle_pair', 'ask_both', 'take_over') or s.due_on < :long_ago)
 order by s.due_on, s.id limit :limit;

-- name: open_of
select s.* from exchange_party p
  join exchange_sheet s on s.community_id = p.community_id and s.id = p.exchange_id
 where p.community_id = :community and p.party_id = :party
   and s.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
 order by s.id limit 500;

-- name: open_on_post
-- Open talks about one post, but one.
select s.* from exchange_sheet s
 where s.community_id = :community and s.post_id = :post and s.id <> :but
   and s.state in ('suggested', 'talking') order by s.id limit 200;

-- name: another_stands$
-- Whether another appointment about the same post still stands; of a standing appointment that ends as a whole
-- only the dates before this one count.
select exists (select from exchange e
  join exchange x on x.community_id = e.community_id and x.post_id = e.post_id and x.id <> e.id
   and x.state in ('agreed', 'planned', 'done', 'disputed')
   and not (:but_series::boolean and x.state = 'planned' and x.series_id = e.series_id and x.planned_on >= e.planned_on)
 where e.community_id = :community and e.id = :exchange);

-- name: rest_of_series
-- This date of a standing appointment and those after it.
select x.id from exchange e
  join exchange x on x.community_id = e.community_id and x.series_id = e.series_id
 where e.community_id = :community and e.id = :exchange and x.state = 'planned'
   and x.planned_on >= e.planned_on order by x.id limit 60;

-- name: series_dates
-- All dates of a standing appointment.
select x.id, x.state, x.planned_on, x.planned_at from exchange x
 where x.community_id = :community and x.series_id = :series order by x.planned_on limit 60;

-- name: my_open_talk$
-- The talk this party has about a post already.
select e.id from exchange e
  join exchange_party p on p.community_id = e.community_id and p.exchange_id = e.id and p.party_id = :party
 where e.community_id = :community and e.post_id = :post
   and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
 order by e.id desc limit 1;

-- name: talks_on_post$
-- How many neighbours are talking about a post.
select count(*) from exchange where community_id = :community and post_id = :post
   and state in ('suggested', 'talking');

-- name: met_before$
select exists (select from exchange_met m where m.community_id = :community and m.party_id = :one
  and m.other_id = :other);

-- name: disputes_between
-- Earlier disputes of a pair, newest first, with the worker who had them.
select e.id, coalesce(e.settled_by_id, e.owner_id) as worker_id from exchange e
  join exchange_party a on a.community_id = e.community_id and a.exchange_id = e.id and a.party_id = :one
  join exchange_party b on b.community_id = e.community_id and b.exchange_id = e.id and b.party_id = :other
 where e.community_id = :community and e.disputed_at is not null and e.id <> :but
 order by e.disputed_at desc limit 10;

-- name: first_contacts$
-- How many neighbours but one this party began to write to, with their own hand, since a moment.
select count(distinct o.party_id) from exchange e
  join exchange_party o on o.community_id = e.community_id and o.exchange_id = e.id
   and o.party_id <> e.started_by_id and o.party_id <> :but
 where e.community_id = :community and e.started_by_id = :party and e.entered_by_id = :party
   and e.created_at > :since;

-- name: has_confirmed$
select exists (select from exchange_met m where m.community_id = :community and m.party_id = :party);

-- name: after_refusal$
-- Whether `party` was told no by `other` since a moment, and began anew after that.
select exists (
  select from exchange e
    join exchange_party o on o.community_id = e.community_id and o.exchange_id = e.id and o.party_id = :other
    join exchange n on n.community_id = e.community_id and n.started_by_id = e.started_by_id
     and n.id > e.id and n.created_at >= e.state_at
    join exchange_party np on np.community_id = n.community_id and np.exchange_id = n.id and np.party_id = :other
   where e.community_id = :community and e.started_by_id = :party and e.state = 'declined'
     and e.ended_by_id = :other and e.state_at > :since);

-- name: online$
-- Members who read here themselves: reached by page or mail, with a password, and with no helper between.
select count(*) from person n
  join credential c on c.community_id = n.community_id and c.party_id = n.party_id
 where n.community_id = :community and n.party_id = any(:parties) and n.reachable_by in ('app', 'email')
   and not exists (select from mandate m where m.community_id = n.community_id and m.party_id = n.party_id
     and m.ended_at is null and m.ends_on >= :today);

-- name: to_remind
-- Past their date, not reminded yet, and it is a member who is asked.
select id from exchange
 where community_id = :community and state in ('talking', 'agreed', 'planned') and due_on < :today
   and next_action in ('answer', 'answer_proposal', 'plan', 'say_done') and reminded_at is null
 order by due_on, id limit 200;

-- name: to_ask_if_done
-- The day has passed and nobody said whether it happened.
select id from exchange
 where community_id = :community and state = 'planned' and planned_on < :today
   and next_action in ('do', 'answer_proposal') order by planned_on, id limit 200;

-- name: to_remind_silent
-- Said to be done, and no answer for as many days as the community waits.
select id from exchange
 where community_id = :community and state = 'done' and next_action in ('confirm', 'confirm_other')
   and reminded_at is null and coalesce(answered_at, claimed_at) <= :before
 order by due_on, id limit 200;

-- name: silent
-- Reminded, and still no answer on the day it was said we would book.
select id from exchange
 where community_id = :community and state = 'done' and next_action in ('confirm', 'confirm_other')
   and reminded_at is not null and due_on <= :today
 order by due_on, id limit 200;

-- name: to_hand_over
-- A member was reminded, a week went by, and nothing happened: a person asks.
select id from exchange
 where community_id = :community and state in ('talking', 'agreed', 'planned') and due_on < :today
   and next_action in ('answer', 'answer_proposal', 'plan', 'say_done') and reminded_at is not null
 order by due_on, id limit 200;

-- name: to_announce
-- Planned within the next days and not announced yet.
select s.* from exchange_sheet s
 where s.community_id = :community and s.state = 'planned' and s.announced_at is null
   and s.planned_at is not null and s.planned_on between :first and :last
   and s.next_action not in ('settle', 'settle_pair', 'ask_both', 'take_over')
 order by s.planned_on, s.id limit 200;

-- name: insert_repair!
insert into exchange_repair (community_id, id, exchange_id, asked_by_id, entered_by_id, asked_at, owner_id, due_on)
values (:community, :id, :exchange, :by, :hand, :now, :owner, :due_on);

-- name: open_repair^
select id, exchange_id, asked_by_id, asked_at, owner_id, due_on from exchange_repair
 where community_id = :community and exchange_id = :exchange and settled_at is null;

-- name: set_repair_owner$
update exchange_repair set owner_id = :owner
 where community_id = :community and exchange_id = :exchange and settled_at is null
returning id;

-- name: settle_repair^
update exchange_repair set settled_at = :now, settled_by_id = :by, outcome = :outcome
 where community_id = :community and exchange_id = :exchange and settled_at is null
returning id, asked_by_id;

-- name: open_repairs
-- Bookings that somebody asked to have put right, for the work list.
select r.id, r.exchange_id, r.asked_by_id, r.asked_at, r.owner_id, r.due_on, e.area_id
  from exchange_repair r
  join exchange e on e.community_id = r.community_id and e.id = r.exchange_id
 where r.community_id = :community and r.settled_at is null
   and (:areas::uuid[] is null or e.area_id = any(:areas))
 order by r.due_on, r.id limit :limit;

-- name: one_helper
-- Members of whose hours a third or more went to one neighbour since a day: nothing is blocked, a
-- worker looks. Two hours at the least, so that a small sum says nothing.
select m.other_id as getter_id, m.party_id as giver_id, sum(m.minutes)::integer as minutes
  from exchange_met m
  join person n on n.community_id = m.community_id and n.party_id = m.other_id
  join account a on a.community_id = m.community_id and a.party_id = m.other_id
 where m.community_id = :community and m.mode = 'hours' and m.gave and not m.got and m.done_on >= :since
   and (:areas::uuid[] is null or n.area_id = any(:areas))
 group by m.other_id, m.party_id, a.balance
having sum(m.minutes) >= 120
   and sum(m.minutes) * 3 >= greatest(a.balance, 0) + (
     select coalesce(sum(x.minutes), 0) from exchange_met x
      where x.community_id = :community and x.other_id = m.other_id and x.mode = 'hours' and x.gave
        and not x.got and x.done_on >= :since)
 order by 3 desc, 1 limit :limit;

-- name: orphaned
-- Open, and with somebody who neither takes part in it nor works here any more.
select e.id from exchange e
 where e.community_id = :community and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
   and e.next_action in ('settle', 'settle_pair', 'ask_both', 'take_over')
   and not exists (select from exchange_party p
     where p.community_id = e.community_id and p.exchange_id = e.id and p.party_id = e.owner_id)
   and not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = e.community_id and r.party_id = e.owner_id and r.starts_on <= :today
       and (r.ends_on is null or r.ends_on >= :today) and (r.kind = 'admin' or r.area_id = e.area_id))
 order by e.id limit 200;

-- name: orphaned_repairs
-- Bookings to be put right that lie with somebody who does not work in that neighbourhood any more.
select x.exchange_id from exchange_repair x
  join exchange e on e.community_id = x.community_id and e.id = x.exchange_id
 where x.community_id = :community and x.settled_at is null
   and not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = x.community_id and r.party_id = x.owner_id and r.starts_on <= :today
       and (r.ends_on is null or r.ends_on >= :today) and (r.kind = 'admin' or r.area_id = e.area_id))
 order by x.id limit 200;

-- name: unsettled$
-- Whether time is still to be confirmed or put right between this party and somebody else.
select exists (select from exchange_party p
    join exchange e on e.community_id = p.community_id and e.id = p.exchange_id and e.state in ('done', 'disputed')
   where p.community_id = :community and p.party_id = :party)
  or exists (select from exchange_party p
    join exchange_repair r on r.community_id = p.community_id and r.exchange_id = p.exchange_id and r.settled_at is null
   where p.community_id = :community and p.party_id = :party);

-- name: forget_words!
delete from exchange_words where community_id = :community and by_id = :party;

-- name: forget_places!
-- Where they would meet: often a home.
update exchange_proposal o set meet_at = '' where o.community_id = :community and o.meet_at <> ''
   and exists (select from exchange_party p where p.community_id = o.community_id
     and p.exchange_id = o.exchange_id and p.party_id = :party);

-- name: forget_titles!
-- What it was about, in the words of who is erased: of their post, or of the talk they began.
update exchange e set title = 'Een afspraak'
 where e.community_id = :community
   and (exists (select from post o where o.community_id = e.community_id and o.id = e.post_id and o.by_id = :party)
        or (e.post_id is null and e.started_by_id = :party));

-- name: forget_meeting!
update exchange e set meet_at = '' where e.community_id = :community and e.meet_at <> ''
   and exists (select from exchange_party p where p.community_id = e.community_id
     and p.exchange_id = e.id and p.party_id = :party);

-- name: titles_beside
-- What the others call it.
select e.id, e.title from exchange_party p
  join exchange e on e.community_id = p.community_id and e.id = p.exchange_id
 where p.community_id = :community and p.party_id = :party;

-- name: set_title!
update exchange set title = :title where community_id = :community and id = :id;

-- name: words_beside
-- What others wrote beside the exchanges of this party.
select w.id, w.words from exchange_words w
 where w.community_id = :community and exists (select from exchange_party p
   where p.community_id = w.community_id and p.exchange_id = w.exchange_id and p.party_id = :party);

-- name: set_words!
update exchange_words set words = :words where community_id = :community and id = :id;
