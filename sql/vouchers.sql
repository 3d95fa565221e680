-- name: rule^
select is_on, valid_days from voucher_rule where community_id = :community;

-- name: put_rule!
insert into voucher_rule (community_id, is_on, valid_days) values (:community, :is_on, :valid_days)
on conflict (community_id) do update set is_on = excluded.is_on, valid_days = excluded.valid_days;

-- name: last_serial$
-- So many serials are taken, in one go; the row is held until the transaction ends.
insert into voucher_counter (community_id, last) values (:community, :count)
on conflict (community_id) do update set last = voucher_counter.last + excluded.last
returning last;

-- name: insert!
insert into voucher (community_id, id, number, minutes, maker_id, made_by_id, made_at, made_transfer, valid_until,
                     state_at)
values (:community, :id, :number, :minutes, :maker, :by, :now, :transfer, :valid_until, :now);

-- name: of_maker
-- Somebody's own, the ones that are still out first, the newest first.
select v.id, v.number, v.minutes, v.maker_id, v.made_at, v.valid_until, v.printed_at, v.print_asked_on, v.state,
       v.state_at, v.lost_until, v.redeemed_by_id
  from voucher v where v.community_id = :community and v.maker_id = :party
 order by v.state not in ('open', 'lost'), v.id desc limit :limit;

-- name: voucher^
select v.id, v.number, v.minutes, v.maker_id, v.made_at, v.valid_until, v.printed_at, v.print_asked_on, v.state,
       v.state_at, v.lost_until, v.redeemed_by_id
  from voucher v where v.community_id = :community and v.id = :id;

-- name: by_code^
select v.id, v.number, v.minutes, v.maker_id, v.made_at, v.valid_until, v.printed_at, v.print_asked_on, v.state,
       v.state_at, v.lost_until, v.redeemed_by_id
  from voucher v where v.community_id = :community and v.code_hash = :code_hash;

-- name: by_number^
select v.id, v.number, v.minutes, v.maker_id, v.made_at, v.valid_until, v.printed_at, v.print_asked_on, v.state,
       v.state_at, v.lost_until, v.redeemed_by_id
  from voucher v where v.community_id = :community and v.number = :number;

-- name: print$
-- A new print has a new code; what an older one says is worth nothing any more.
update voucher set code_hash = :code_hash, printed_at = :now, print_asked_on = null
 where community_id = :community and id = :id and maker_id = :party and state = 'open'
returning id;

-- name: ask_print
-- Those that were never printed.
update voucher set print_asked_on = :today
 where community_id = :community and maker_id = :party and state = 'open' and printed_at is null
   and print_asked_on is null
returning id;

-- name: to_print
-- Whose notes wait for a worker of these neighbourhoods to print and bring them, the longest first.
select n.party_id, n.call_name, n.full_name, coalesce(p.number, '') as number, n.area_id,
       min(v.print_asked_on) as asked_on, count(*)::integer as many
  from voucher v
  join party p on p.community_id = v.community_id and p.id = v.maker_id and p.state in ('active', 'paused', 'leaving')
  join person n on n.community_id = v.community_id and n.party_id = v.maker_id and n.area_id = any(:areas)
 where v.community_id = :community and v.print_asked_on is not null and v.state = 'open'
 group by n.party_id, n.call_name, n.full_name, p.number, n.area_id
 order by asked_on, n.party_id limit :limit;

-- name: waiting_for
-- One member's notes that wait for a worker to print them.
select v.id from voucher v
 where v.community_id = :community and v.maker_id = :party and v.print_asked_on is not null and v.state = 'open'
 order by v.id;

-- name: end$
-- The one moment at which a note ends; whoever comes second finds no row.
update voucher set state = :state, state_at = :now, ended_by_id = :by, redeemed_by_id = :redeemer,
       end_transfer = :transfer, lost_until = null, print_asked_on = null
 where community_id = :community and id = :id and state = any(:from_states)
   and (:not_after::date is null or valid_until >= :not_after)
returning id;

-- name: lock$
-- Held until the transaction ends, before its hours move.
select state from voucher where community_id = :community and id = :id for update;

-- name: lose$
update voucher set state = 'lost', state_at = :now, lost_until = :lost_until, print_asked_on = null
 where community_id = :community and id = :id and state = 'open'
returning id;

-- name: find$
update voucher set state = 'open', state_at = :now, lost_until = null
 where community_id = :community and id = :id and state = 'lost'
returning id;

-- name: over
-- Those whose last day was, and lost ones that nobody brought, with whether their maker still has an account to use.
select v.id, v.number, v.minutes, v.maker_id, v.state,
       p.state in ('active', 'paused', 'leaving', 'suspended') as maker_is_here
  from voucher v
  join party p on p.community_id = v.community_id and p.id = v.maker_id
 where v.community_id = :community
   and ((v.state = 'open' and v.valid_until < :today) or (v.state = 'lost' and v.lost_until < :today))
 order by v.id limit :limit for update of v skip locked;

-- name: to_warn
-- Those whose last day comes near, each once.
update voucher v set warned_on = :today
  from party p
 where v.community_id = :community and v.state = 'open' and v.warned_on is null and v.valid_until <= :before
   and p.community_id = :community and p.id = v.maker_id and p.state in ('active', 'paused', 'leaving')
returning v.id, v.number, v.minutes, v.maker_id, v.state, true as maker_is_here, v.valid_until;
