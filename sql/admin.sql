-- name: beyond$
-- How many members would be beyond these limits: they can then only move inwards.
select count(*) from account
 where community_id = :community and kind = 'party' and (balance < :low or balance > :high);

-- name: ask_erasure$
-- No row: it was asked already.
insert into erasure (community_id, id, party_id, way, asked_by_id, asked_at, second_id, starts_at, due_on)
values (:community, :id, :party, :way, :by, :now, :second, :starts_at, :due_on)
on conflict (community_id, party_id) where done_at is null and withdrawn_at is null do nothing
returning id;

-- name: erasure_of^
-- The question that waits or runs for one party.
select id, party_id, way, asked_by_id, asked_at, second_id, starts_at, due_on from erasure
 where community_id = :community and party_id = :party and done_at is null and withdrawn_at is null;

-- name: erasure^
select id, party_id, way, asked_by_id, asked_at, second_id, starts_at, due_on from erasure
 where community_id = :community and id = :id and done_at is null and withdrawn_at is null;

-- name: erasures
-- All that wait or run, the oldest first.
select id, party_id, way, asked_by_id, asked_at, second_id, starts_at, due_on from erasure
 where community_id = :community and done_at is null and withdrawn_at is null
 order by asked_at, id limit 200;

-- name: start_erasure$
-- The second person said that it is real.
update erasure set starts_at = :now, due_on = :due_on
 where community_id = :community and id = :id and second_id = :by and starts_at is null
   and done_at is null and withdrawn_at is null
returning party_id;

-- name: withdraw_erasure$
update erasure set withdrawn_at = :now
 where community_id = :community and party_id = :party and done_at is null and withdrawn_at is null
returning id;

-- name: put_off_erasure!
update erasure set due_on = :due_on where community_id = :community and id = :id and done_at is null;

-- name: erasure_done!
update erasure set done_at = :now where community_id = :community and id = :id;

-- name: came_back!
-- Who takes part again has taken it back.
update erasure e set withdrawn_at = :now from party p
 where e.community_id = :community and p.community_id = :community and p.id = e.party_id
   and e.starts_at is not null and e.done_at is null and e.withdrawn_at is null
   and p.state in ('active', 'paused');

-- name: erasures_due
select id, party_id, way, asked_by_id, asked_at, second_id, starts_at, due_on from erasure
 where community_id = :community and due_on <= :today and done_at is null and withdrawn_at is null
 order by due_on, id limit 20 for update;

-- name: long_gone
-- Who left (or was refused) long ago: nothing is kept of them for longer.
select p.id from party p
 where p.community_id = :community
   and ((p.state = 'left' and p.state_at < :left_before) or (p.state = 'refused' and p.state_at < :refused_before))
   and not exists (select from erasure e where e.community_id = p.community_id and e.party_id = p.id
     and e.done_at is null and e.withdrawn_at is null)
 order by p.state_at, p.id limit 20;
