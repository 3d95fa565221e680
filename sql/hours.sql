-- name: add_rules!
-- A new version of the community's rules; the highest version is in force.
insert into hours_rule (community_id, version, starting_minutes, soft_low, soft_high, hard_low,
                        hard_high, unit_minutes, give_away_after_days, set_by, set_at)
values (:community, :version, :starting_minutes, :soft_low, :soft_high, :hard_low,
        :hard_high, :unit_minutes, :give_away_after_days, :set_by, :now);

-- name: rules^
select version, starting_minutes, soft_low, soft_high, hard_low, hard_high, unit_minutes,
       give_away_after_days
  from hours_rule where community_id = :community order by version desc limit 1;

-- name: open_fund!
-- The pot, the issue account or the hours on hour notes: one of each in a community.
insert into account (community_id, id, kind, opened_at) values (:community, :id, :kind, :now);

-- name: open_account^
-- No row when the party has its account already. Two keys say so: with one of them named, who comes at the
-- same moment may meet the other.
insert into account (community_id, id, kind, party_id, opened_at)
values (:community, :party, 'party', :party, :now)
on conflict do nothing
returning id;

-- name: funds
select id, kind from account where community_id = :community and kind <> 'party';

-- name: post
select transfer_id, again, account_id, seq, minutes, balance_after
  from ledger.post(:community, :transfer, :idem, :kind, :booked_by, :booked_at, :done_on, :exchange,
                   :corrects, :accounts, :minutes, :words);

-- name: balance^
-- What a party has, with the limits in force on `day` (a personal exception only widens them) and
-- what may be given away on that day.
select a.balance as minutes, r.soft_low, r.soft_high,
       least(r.hard_low, x.low) as hard_low, greatest(r.hard_high, x.high) as hard_high,
       x.ends_on as exception_ends_on,
       ledger.held_minutes(:community, a.id, :day, r.give_away_after_days) as held_minutes
  from account a
  join lateral (
       select hr.* from hours_rule hr
        where hr.community_id = :community order by hr.version desc limit 1) r on true
  left join account_exception x
    on x.community_id = :community and x.account_id = a.id and x.ended_at is null
   and :day between x.starts_on and x.ends_on
 where a.community_id = :community and a.id = :party and a.kind = 'party';

-- name: statement
-- One party's lines, newest first, in the one fixed order there is: by seq. Each says with whom,
-- what it puts right, and by what it was put right. The exchange can be opened unless these two do not
-- meet any more.
select e.seq, e.minutes, e.balance_after, t.id as transfer_id, t.kind, t.exchange_id, t.booked_by,
       t.booked_at, t.done_on, w.words,
       array(select o.account_id from entry o
               join account oa on oa.community_id = :community and oa.id = o.account_id
              where o.community_id = :community and o.transfer_id = t.id
                and o.account_id <> e.account_id and oa.kind = 'party'
              order by o.account_id) as others,
       exists (select from entry o
                 join account oa on oa.community_id = :community and oa.id = o.account_id
                where o.community_id = :community and o.transfer_id = t.id
                  and oa.kind = 'pot') as with_pot,
       t.exchange_id is not null and not exists (select from entry o
                 join account oa on oa.community_id = :community and oa.id = o.account_id
                where o.community_id = :community and o.transfer_id = t.id and oa.kind = 'party'
                  and not may_meet(:community, o.account_id, :party)) as may_open,
       t.corrects, was.minutes as corrects_minutes, wast.booked_at as corrects_booked_at,
       c.id as corrected_by, ce.minutes as corrected_minutes, c.booked_at as corrected_at
  from entry e
  join transfer t on t.community_id = :community and t.id = e.transfer_id
  left join transfer_words w on w.community_id = :community and w.transfer_id = t.id
  left join transfer wast on wast.community_id = :community and wast.id = t.corrects
  left join entry was on was.community_id = :community and was.transfer_id = t.corrects
                     and was.account_id = e.account_id
  left join transfer c on c.community_id = :community and c.corrects = t.id
  left join entry ce on ce.community_id = :community and ce.transfer_id = c.id
                    and ce.account_id = e.account_id
 where e.community_id = :community and e.account_id = :party
   and e.seq < coalesce(:before::bigint, 9223372036854775807)
 order by e.seq desc limit :limit;

-- name: vouchers_of
-- Numbers of the hour notes that these bookings made or ended.
select v.made_transfer as transfer_id, v.number from voucher v
 where v.community_id = :community and v.made_transfer = any(:transfers)
union all
select v.end_transfer, v.number from voucher v
 where v.community_id = :community and v.end_transfer = any(:transfers)
 order by number;

-- name: has_vouchers$
-- Whether hour notes mean anything to this member: they are made here, or some of theirs are.
select coalesce((select r.is_on from voucher_rule r where r.community_id = :community), true)
    or exists (select from voucher v where v.community_id = :community and v.maker_id = :party);

-- name: transfer^
select t.id, t.kind, t.exchange_id, t.booked_by, t.booked_at, t.done_on, t.corrects, w.words,
       c.id as corrected_by
  from transfer t
  left join transfer_words w on w.community_id = :community and w.transfer_id = t.id
  left join transfer c on c.community_id = :community and c.corrects = t.id
 where t.community_id = :community and t.id = :transfer;

-- name: transfer_of_exchange^
select t.id from transfer t
 where t.community_id = :community and t.exchange_id = :exchange and t.kind = 'exchange';

-- name: entries
select e.account_id, e.seq, e.minutes, e.balance_after, a.kind
  from entry e
  join account a on a.community_id = :community and a.id = e.account_id
 where e.community_id = :community and e.transfer_id = :transfer
 order by e.account_id;

-- name: totals^
-- The books of a community in one row.
select coalesce(sum(a.balance) filter (where a.kind = 'party'), 0)::bigint as party_minutes,
       coalesce(sum(a.balance) filter (where a.kind = 'pot'), 0)::bigint as pot_minutes,
       coalesce(sum(a.balance) filter (where a.kind = 'issue'), 0)::bigint as issue_minutes,
       coalesce(sum(a.balance) filter (where a.kind = 'vouchers'), 0)::bigint as voucher_minutes
  from account a where a.community_id = :community;

-- name: grant_exception!
insert into account_exception (community_id, id, account_id, low, high, starts_on, ends_on,
                               granted_by, granted_at)
values (:community, :id, :party, :low, :high, :starts_on, :ends_on, :granted_by, :now);

-- name: exception_reason!
insert into account_exception_words (community_id, exception_id, reason)
values (:community, :id, :reason);

-- name: end_exception^
update account_exception set ended_by = :ended_by, ended_at = :now
 where community_id = :community and id = :id and ended_at is null
returning id;

-- name: exceptions
select x.id, x.low, x.high, x.starts_on, x.ends_on, x.granted_by, x.ended_by, x.ended_at,
       w.reason
  from account_exception x
  left join account_exception_words w on w.community_id = :community and w.exception_id = x.id
 where x.community_id = :community and x.account_id = :party
 order by x.starts_on desc, x.id desc;

-- name: seal^
-- No row when nothing is new.
select number, hash, accounts from ledger.seal(:community, :now);

-- name: forget_words!
-- Sentences that a party wrote, or had written with a gift, when that party is erased. What others wrote
-- to it stays.
delete from transfer_words w using transfer t
 where w.community_id = :community and t.community_id = :community and t.id = w.transfer_id
   and (t.booked_by = :party
        or (t.kind = 'gift' and exists (select from entry e where e.community_id = :community
              and e.transfer_id = t.id and e.account_id = :party and e.minutes < 0)));

-- name: words_of_others
select w.transfer_id, w.words from transfer_words w
 where w.community_id = :community and exists (select from entry e where e.community_id = :community
   and e.transfer_id = w.transfer_id and e.account_id = :party);

-- name: empty_words!
-- A sentence in the books is never changed: it stands, or it goes.
delete from transfer_words where community_id = :community and transfer_id = :transfer;

-- name: forget_reasons!
-- Reasons for an exception tell about the party itself, whoever wrote them; those it wrote go too.
delete from account_exception_words w using account_exception x
 where w.community_id = :community and x.community_id = :community
   and x.id = w.exception_id and (x.account_id = :party or x.granted_by = :party);

-- name: known_partners
-- Members with whom this party shares a booking, the newest first, who can be given time: active, not hidden,
-- no block.
with met as (select o.account_id, mine.seq from entry mine
               join entry o on o.community_id = :community and o.transfer_id = mine.transfer_id
              where mine.community_id = :community and mine.account_id = :party
              order by mine.seq desc limit 500),
     newest as (select account_id, max(seq) as seq from met group by account_id)
select p.id, coalesce(p.number, '') as number, p.state, n.call_name, n.full_name, n.area_id, n.place_id,
       coalesce(l.name, '') as place_name, n.language
  from newest
  join party p on p.community_id = :community and p.id = newest.account_id
  join person n on n.community_id = :community and n.party_id = p.id and not n.hidden
  left join place l on l.community_id = :community and l.id = n.place_id
 where p.state in ('active', 'paused', 'leaving') and p.id <> :party and may_meet(:community, p.id, :party)
 order by newest.seq desc, p.id limit :limit;

-- name: hold_mandate$
-- Two forms at once count each other. A statement of its own: one that waits in the middle goes on with what it
-- saw when it began.
select id from mandate where community_id = :community and id = :mandate for update;

-- name: given_by_hand$
-- What somebody's hand gave away of a member's time since a moment.
select coalesce(-sum(e.minutes), 0)::int from transfer t
  join entry e on e.community_id = t.community_id and e.transfer_id = t.id and e.account_id = :giver and e.minutes < 0
 where t.community_id = :community and t.kind = 'gift' and t.booked_by = :hand and t.booked_at > :since;

-- name: live_together$
select exists (select from person a join person b on b.community_id = a.community_id and b.household_id = a.household_id
 where a.community_id = :community and a.party_id = :one and b.party_id = :other);
