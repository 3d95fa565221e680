-- Queries that must return nothing. Each looks at one community; each row it returns is an offence.
-- Called one after the other by `timebank check`, as the owner, with :community as only parameter.
-- The name says what holds when the query is silent, the comment what that proves.

-- name: hours_transfers_sum_to_zero
-- No minute is invented or lost: every transfer has two or more entries, and they sum to zero.
select t.id as transfer_id, t.kind, count(e.seq) as sides, coalesce(sum(e.minutes), 0) as total
  from transfer t
  left join entry e on e.community_id = :community and e.transfer_id = t.id
 where t.community_id = :community
 group by t.id, t.kind
having count(e.seq) < 2 or sum(e.minutes) <> 0;

-- name: hours_balance_is_sum_of_entries
-- A balance is what its entries add up to, and its counter is how many there are.
select a.id as account_id, a.balance, a.seq, coalesce(sum(e.minutes), 0) as entries_sum,
       count(e.seq) as entries
  from account a
  left join entry e on e.community_id = :community and e.account_id = a.id
 where a.community_id = :community
 group by a.id, a.balance, a.seq
having a.balance <> coalesce(sum(e.minutes), 0) or a.seq <> count(e.seq);

-- name: hours_sequence_has_no_gaps
-- Lines are numbered 1, 2, 3 … and each says the balance that the lines up to it add up to.
select account_id, seq, place, balance_after, running
  from (select e.account_id, e.seq, e.balance_after,
               row_number() over line as place, sum(e.minutes) over line as running
          from entry e where e.community_id = :community
        window line as (partition by e.account_id order by e.seq)) lines
 where seq <> place or balance_after <> running;

-- name: hours_every_party_side_has_its_limits
-- Each entry of a party carries the limits of the rules it was booked under, or the wider ones of
-- an exception of its own that ran that day; other accounts have none, nor has what an hour note
-- gives back.
select e.account_id, e.seq, e.low, e.high, e.exception_id, t.rule
  from entry e
  join account a on a.community_id = :community and a.id = e.account_id
  join transfer t on t.community_id = :community and t.id = e.transfer_id
  join hours_rule r on r.community_id = :community and r.version = t.rule
  left join account_exception x on x.community_id = :community and x.id = e.exception_id
 where e.community_id = :community
   and (case when a.kind = 'party' and t.kind <> 'returned'
             then (e.low, e.high) is distinct from
                  (least(r.hard_low, x.low), greatest(r.hard_high, x.high))
             else e.low is not null or e.high is not null or e.exception_id is not null end
        or (t.booked_at at time zone 'Europe/Amsterdam')::date
           not between x.starts_on and x.ends_on
        -- a booking on its way when the exception was ended may still have leaned on it
        or t.booked_at > x.ended_at + interval '1 minute');

-- name: hours_limits_are_kept
-- No entry moves beyond the limits it carries.
select e.account_id, e.seq, e.minutes, e.balance_after, e.low, e.high
  from entry e
 where e.community_id = :community
   and ((e.minutes < 0 and e.balance_after < e.low)
        or (e.minutes > 0 and e.balance_after > e.high));

-- name: hours_exchange_is_booked_once
-- One exchange moves hours once; what puts it right is linked to it.
select t.exchange_id, count(*) as bookings
  from transfer t
 where t.community_id = :community and t.exchange_id is not null
   and t.kind not in ('correction', 'addition')
 group by t.exchange_id having count(*) > 1;

-- name: hours_key_is_used_once
-- A repeat under the same key booked nothing new.
select t.idem, count(*) as bookings
  from transfer t where t.community_id = :community
 group by t.idem having count(*) > 1;

-- name: hours_corrections_take_back
-- A correction names the booking it corrects, once, and takes back no more than was booked.
select t.id as transfer_id, t.corrects, e.account_id, e.minutes, o.minutes as booked
  from transfer t
  join entry e on e.community_id = :community and e.transfer_id = t.id
  left join entry o on o.community_id = :community and o.transfer_id = t.corrects
                   and o.account_id = e.account_id
 where t.community_id = :community and t.kind = 'correction'
   and (o.minutes is null or sign(o.minutes) = sign(e.minutes) or abs(e.minutes) > abs(o.minutes)
        or (select count(*) from transfer c
             where c.community_id = :community and c.corrects = t.corrects) > 1);

-- name: hours_additions_add_on
-- What was forgotten of an exchange is booked beside it: the same sides, the same way round, once.
select t.id as transfer_id, t.corrects, e.account_id, e.minutes, o.minutes as booked
  from transfer t
  join transfer old on old.community_id = :community and old.id = t.corrects
  join entry e on e.community_id = :community and e.transfer_id = t.id
  left join entry o on o.community_id = :community and o.transfer_id = t.corrects
                   and o.account_id = e.account_id
 where t.community_id = :community and t.kind = 'addition'
   and (o.minutes is null or sign(o.minutes) <> sign(e.minutes)
        or old.kind <> 'exchange' or old.exchange_id is distinct from t.exchange_id
        or (select count(*) from transfer c
             where c.community_id = :community and c.corrects = t.corrects) > 1);

-- name: hours_start_once
-- Starting hours come out of the issue account, once for each party; nothing else does.
select t.id as transfer_id, t.kind, t.idem, e.account_id, e.minutes
  from transfer t
  join entry e on e.community_id = :community and e.transfer_id = t.id
  join account a on a.community_id = :community and a.id = e.account_id
 where t.community_id = :community
   and case t.kind
         when 'correction' then false
         when 'start' then case a.kind when 'issue' then e.minutes > 0
                                       when 'party' then t.idem <> 'start:' || a.id
                                       else true end
         else a.kind = 'issue' end;

-- name: hours_gifts_come_from_own
-- Nobody gave away what they did not have, nor starting hours before their term.
select e.account_id, e.seq, e.minutes, e.balance_after
  from transfer t
  join hours_rule r on r.community_id = :community and r.version = t.rule
  join entry e on e.community_id = :community and e.transfer_id = t.id
  join account a on a.community_id = :community and a.id = e.account_id and a.kind = 'party'
  left join transfer st on st.community_id = :community and st.idem = 'start:' || a.id
   and (t.booked_at at time zone 'Europe/Amsterdam')::date
       < (st.booked_at at time zone 'Europe/Amsterdam')::date + r.give_away_after_days
  left join entry se on se.community_id = :community and se.transfer_id = st.id
                    and se.account_id = a.id and se.seq < e.seq
 where t.community_id = :community and t.kind in ('gift', 'voucher') and e.minutes < 0
   and e.balance_after < coalesce(se.minutes, 0);

-- name: hours_vouchers_keep_to_their_account
-- Hours go onto hour notes out of a party's own, and come off them once each; nothing else does, and
-- nothing corrects it.
select t.id as transfer_id, t.kind, a.kind as account, e.minutes
  from transfer t
  join entry e on e.community_id = :community and e.transfer_id = t.id
  join account a on a.community_id = :community and a.id = e.account_id
 where t.community_id = :community
   and (not ledger.voucher_account(t.kind, e.minutes, a.kind)
        or (t.kind = 'correction' and a.kind = 'vouchers'));

-- name: hours_fingerprints_agree
-- What a transfer was asked to book is what stands in its entries, also before it is sealed.
select t.id as transfer_id, t.kind
  from transfer t
 where t.community_id = :community
   and t.fingerprint is distinct from (
       select ledger.fingerprint(t.kind, t.exchange_id, t.corrects,
                                 array_agg(e.account_id order by e.account_id),
                                 array_agg(e.minutes order by e.account_id))
         from entry e where e.community_id = :community and e.transfer_id = t.id);

-- name: hours_seals_recompute
-- Nothing that was sealed has been changed, added, moved or taken out since.
select s.number, s.sealed_at
  from seal s
  left join seal b on b.community_id = :community and b.number = s.number - 1
 where s.community_id = :community
   and s.hash is distinct from (
       select ledger.seal_hash(:community, s.number, s.sealed_at, b.hash,
                               array_agg(p.account_id), array_agg(p.first_seq),
                               array_agg(p.last_seq))
         from seal_part p where p.community_id = :community and p.number = s.number);

-- name: hours_seals_are_in_a_row
-- No seal is missing between the first and the last, and none has lost its parts.
select s.number, s.place
  from (select se.number, row_number() over (order by se.number) as place
          from seal se where se.community_id = :community) s
 where s.number <> s.place
    or not exists (select from seal_part p
                    where p.community_id = :community and p.number = s.number);

-- name: hours_seals_leave_no_gaps
-- The seals together cover each account from its first line on, without a hole, and no further
-- than its lines go.
select p.account_id, p.number, p.first_seq, p.last_seq, p.expected, a.seq
  from (select sp.account_id, sp.number, sp.first_seq, sp.last_seq,
               1 + coalesce(lag(sp.last_seq) over (
                   partition by sp.account_id order by sp.number), 0) as expected
          from seal_part sp where sp.community_id = :community) p
  join account a on a.community_id = :community and a.id = p.account_id
 where p.first_seq <> p.expected or p.last_seq > a.seq;

-- name: hours_books_are_open
-- Whoever has an account has a pot, an issue account, one for hour notes, and rules beside it.
select count(*) filter (where a.kind = 'pot') as pots,
       count(*) filter (where a.kind = 'issue') as issues,
       count(*) filter (where a.kind = 'vouchers') as voucher_funds,
       (select count(*) from hours_rule r where r.community_id = :community) as rules
  from account a where a.community_id = :community
having count(*) > 0
   and (count(*) filter (where a.kind = 'pot') <> 1
        or count(*) filter (where a.kind = 'issue') <> 1
        or count(*) filter (where a.kind = 'vouchers') <> 1
        or (select count(*) from hours_rule r where r.community_id = :community) = 0);

-- name: exchanges_confirmed_are_booked_once
-- What both said yes to moved its hours exactly once, by exactly the minutes that were agreed; and
-- nothing else did.
select e.id as exchange_id, e.state, e.mode, e.minutes, count(distinct t.id) as bookings,
       coalesce(sum(n.minutes) filter (where n.minutes > 0), 0) as booked_minutes
  from exchange e
  left join transfer t on t.community_id = :community and t.exchange_id = e.id and t.kind = 'exchange'
  left join entry n on n.community_id = :community and n.transfer_id = t.id
 where e.community_id = :community
 group by e.id, e.state, e.mode, e.minutes
having case when e.state = 'confirmed' and e.mode = 'hours'
            then count(distinct t.id) <> 1
                 or coalesce(sum(n.minutes) filter (where n.minutes > 0), 0) <> e.minutes
            else count(distinct t.id) > 0 end;

-- name: exchanges_bookings_have_their_exchange
-- No booking is for an exchange that is not there.
select t.id as transfer_id, t.exchange_id from transfer t
 where t.community_id = :community and t.exchange_id is not null
   and not exists (select from exchange e where e.community_id = :community and e.id = t.exchange_id);

-- name: exchanges_open_have_owner_and_date
-- Nothing open is without a next action, an owner and a date.
select e.id as exchange_id, e.state from exchange e
 where e.community_id = :community
   and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
   and (e.next_action is null or e.owner_id is null or e.due_on is null);

-- name: exchanges_have_two_sides
-- An exchange has two parties or more; somebody gives and somebody gets.
select e.id as exchange_id, count(p.party_id) as parties
  from exchange e
  left join exchange_party p on p.community_id = :community and p.exchange_id = e.id
 where e.community_id = :community
 group by e.id
having count(p.party_id) < 2 or not bool_or(p.gives) or not bool_or(p.gets);

-- name: signals_only_with_a_yes
-- Nothing about few contacts is kept of a member whose newest answer is not a yes: no signal, no score,
-- no note made under a yes, nothing she said of herself or others told of her.
select f.party_id, f.kept
  from (select s.party_id, 'signal' as kept from signal s where s.community_id = :community
         union select c.party_id, 'score' from signal_score c where c.community_id = :community
         union select c.party_id, 'checkin' from checkin c where c.community_id = :community
         union select u.party_id, 'objection' from signal_mute u where u.community_id = :community
         union select w.party_id, 'worry' from signal_told w
                where w.community_id = :community and w.party_id is not null
         union select g.party_id, 'question' from signal_chance g where g.community_id = :community
         union select t.party_id, 'note' from contact t
                where t.community_id = :community and t.purpose = 'attention') f
  left join lateral (select k.answer from consent k where k.community_id = :community
         and k.party_id = f.party_id and k.kind = 'worker_call' order by k.id desc limit 1) a on true
 where a.answer is distinct from 'yes';

-- name: signals_have_evidence
-- No signal and no score without a reason that shows somebody looks for contact or lost it: silence
-- alone opens nothing.
select f.party_id, f.kept, f.reasons
  from (select s.party_id, 'signal' as kept, s.reasons from signal s where s.community_id = :community
         union all select c.party_id, 'score', c.reasons from signal_score c
                    where c.community_id = :community) f
 where not exists (select from jsonb_array_elements(f.reasons) r
         where r ->> 'code' in ('unanswered_one', 'unanswered_two', 'unanswered_three', 'one_person',
                                'staff_only', 'gone', 'talked_none', 'wants_more', 'hunch', 'worry',
                                'visit'));

-- name: ties_are_what_was_confirmed
-- Who met whom, kept as it happens, is what recomputing from the exchanges gives: no row more or less.
(select m.exchange_id, m.party_id, m.other_id, m.done_on, m.minutes, m.gave, m.got, 'kept' as only
   from tie_meeting m where m.community_id = :community
 except all
 select m.exchange_id, m.party_id, m.other_id, m.done_on, m.minutes, m.gave, m.got, 'kept'
   from exchange_met m where m.community_id = :community)
union all
(select m.exchange_id, m.party_id, m.other_id, m.done_on, m.minutes, m.gave, m.got, 'happened'
   from exchange_met m where m.community_id = :community
 except all
 select m.exchange_id, m.party_id, m.other_id, m.done_on, m.minutes, m.gave, m.got, 'happened'
   from tie_meeting m where m.community_id = :community);

-- name: mandate_is_not_used_beyond_its_end
-- Whoever did something in another's name worked here that day, or was her helper at that moment. (A role that
-- ended during a day ended, in its row, on the day before.)
select e.id as audit_id, e.act, e.actor_id, e.on_behalf_of_id, e.at
  from audit_entry e
 where e.community_id = :community and e.on_behalf_of_id is not null and e.actor_id is not null
   and e.actor_id <> e.on_behalf_of_id
   and not exists (select from role r where r.community_id = :community and r.party_id = e.actor_id
     and r.starts_on <= (e.at at time zone 'Europe/Amsterdam')::date
     and coalesce(r.ends_on, 'infinity') >= (e.at at time zone 'Europe/Amsterdam')::date - 1)
   and not exists (select from mandate m where m.community_id = :community and m.party_id = e.on_behalf_of_id
     and m.helper_id = e.actor_id and m.starts_at <= e.at and (m.ended_at is null or m.ended_at >= e.at)
     and m.ends_on >= (e.at at time zone 'Europe/Amsterdam')::date)
   -- who was erased has no mandates any more
   and exists (select from person n where n.community_id = :community and n.party_id = e.actor_id)
   and exists (select from person n where n.community_id = :community and n.party_id = e.on_behalf_of_id);

-- name: signals_tell_their_story
-- Each signal's last step is the state it is in.
select s.id as signal_id, s.state, e.to_state
  from signal s
  left join lateral (select t.to_state from signal_step t where t.community_id = :community
         and t.signal_id = s.id order by t.at desc, t.id desc limit 1) e on true
 where s.community_id = :community and e.to_state is distinct from s.state;

-- name: gatherings_ticked_when_they_met
-- Nobody is ticked for a day that was still to come, nor anybody who is not a person.
select t.gathering_id, t.party_id, t.on_date, t.at
  from attendance t
  join party p on p.community_id = :community and p.id = t.party_id
 where t.community_id = :community
   and (t.on_date > (t.at at time zone 'Europe/Amsterdam')::date or p.kind <> 'person');

-- name: introductions_tell_their_story
-- The newest step of an introduction leads to the state it is in.
select i.id as introduction_id, i.state, e.to_state
  from introduction i
  left join lateral (select t.to_state from introduction_step t where t.community_id = :community
         and t.introduction_id = i.id order by t.at desc, t.id desc limit 1) e on true
 where i.community_id = :community and e.to_state is distinct from i.state;

-- name: introductions_after_two_yeses
-- Nobody learns a name before both said yes.
select i.id as introduction_id, i.introduced_on
  from introduction i
 where i.community_id = :community and i.introduced_on is not null
   and (select count(*) from introduction_ask a where a.community_id = :community and a.introduction_id = i.id
          and a.answer = 'yes' and a.party_id in (i.party_id, i.other_id)) <> 2;

-- name: desks_open_lines_have_owner_and_date
-- Nothing open is without an owner and a date, whatever it is.
select l.kind, l.id from (
  select 'signal' as kind, s.id, s.owner_id, s.due_on from signal s
   where s.community_id = :community and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed')
  union all select 'follow_up', c.id, c.owner_id, c.follow_up_on from contact c
   where c.community_id = :community and c.follow_up_on is not null and c.followed_up_at is null
  union all select 'introduction', i.id, i.owner_id, i.due_on from introduction i
   where i.community_id = :community and i.state <> 'closed'
  union all select 'told', t.id, t.owner_id, t.due_on from signal_told t
   where t.community_id = :community and t.done_at is null
  union all select 'exchange', e.id, e.owner_id, e.due_on from exchange e
   where e.community_id = :community and e.state in ('suggested', 'talking', 'agreed', 'planned', 'done', 'disputed')
  union all select 'repair', r.id, r.owner_id, r.due_on from exchange_repair r
   where r.community_id = :community and r.settled_at is null
  union all select 'report', p.id, p.owner_id, p.due_on from report p
   where p.community_id = :community and p.closed_at is null
  union all select 'appeal', a.id, a.owner_id, a.due_on from membership_appeal a
   where a.community_id = :community and a.answered_at is null
  union all select 'no', m.id, m.caller_id, m.call_by from membership_reason m
   where m.community_id = :community and m.told_at is null and m.call_by is not null) l
 where l.owner_id is null or l.due_on is null;

-- name: desks_lines_lie_with_who_worked_here
-- Care lies only with somebody who ever had a task here: never with a resident.
select l.kind, l.id, l.owner_id from (
  select 'signal' as kind, s.id, s.owner_id from signal s
   where s.community_id = :community and s.owner_id is not null
  union all select 'follow_up', c.id, c.owner_id from contact c
   where c.community_id = :community and c.owner_id is not null and c.followed_up_at is null
  union all select 'introduction', i.id, i.owner_id from introduction i
   where i.community_id = :community and i.owner_id is not null
  union all select 'line', d.about_id, d.owner_id from desk_line d where d.community_id = :community) l
 where not exists (select from role r where r.community_id = :community and r.party_id = l.owner_id);

-- name: vouchers_outstanding_is_what_is_out
-- What stands on the account of hour notes is what open and lost ones are worth, to the minute.
select a.balance, coalesce(sum(v.minutes), 0) as out_minutes
  from account a
  left join voucher v on v.community_id = :community and v.state in ('open', 'lost')
 where a.community_id = :community and a.kind = 'vouchers'
 group by a.id, a.balance
having a.balance <> coalesce(sum(v.minutes), 0);

-- name: vouchers_end_in_one_transfer
-- Each note that ended did so in one booking of its own, of its own worth and kind, to whoever brought it;
-- and no such booking is without its note.
select v.id as voucher_id, v.state, t.id as transfer_id, t.kind
  from voucher v
  full join (select x.* from transfer x where x.community_id = :community and x.kind in ('redeemed', 'returned')) t
    on t.idem = 'voucher:' || v.id
 where coalesce(v.community_id, :community) = :community
   and (v.id is null
        or (t.id is null) <> (v.state in ('open', 'lost'))
        or v.end_transfer is distinct from t.id
        or (t.id is not null and (t.kind <> v.state
            or not exists (select from entry e where e.community_id = :community and e.transfer_id = t.id
                            and e.minutes = v.minutes
                            and (v.state <> 'redeemed' or e.account_id = v.redeemed_by_id)))));

-- name: vouchers_are_made_of_own_hours
-- The notes of one booking are together worth what their maker gave for them.
select t.id as transfer_id, e.minutes, coalesce(sum(v.minutes), 0) as worth
  from transfer t
  join entry e on e.community_id = :community and e.transfer_id = t.id and e.minutes < 0
  left join voucher v on v.community_id = :community and v.made_transfer = t.id and v.maker_id = e.account_id
 where t.community_id = :community and t.kind = 'voucher'
 group by t.id, e.minutes
having -e.minutes <> coalesce(sum(v.minutes), 0);
