-- name: insert_reason!
insert into membership_reason (community_id, id, party_id, kind, words, by_id, caller_id, call_by, at)
values (:community, :id, :party, :kind, :words, :by, :caller, :call_by, :now);

-- name: newest_reason^
select id, party_id, kind, words, by_id, caller_id, call_by, told_at, at from membership_reason
 where community_id = :community and party_id = :party and kind = :kind order by id desc limit 1;

-- name: reason^
select id, party_id, kind, words, by_id, caller_id, call_by, told_at, at from membership_reason
 where community_id = :community and id = :id;

-- name: reasons
select id, party_id, kind, words, by_id, caller_id, call_by, told_at, at from membership_reason
 where community_id = :community and party_id = :party order by id desc;

-- name: told^
update membership_reason set told_at = :now, told_by_id = :by
 where community_id = :community and id = :id and party_id = :party and told_at is null
returning id;

-- name: calls_to_make
-- Who still has to be told a no by a person, the nearest date first.
select r.id, r.party_id, r.kind, r.caller_id, r.call_by, n.call_name, n.full_name, n.area_id,
       coalesce(p.number, '') as number
  from membership_reason r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state in ('refused', 'suspended')
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and r.told_at is null and r.caller_id is not null
   and (:areas::uuid[] is null or n.area_id = any(:areas))
 order by r.call_by, r.id limit 100;

-- name: set_caller$
update membership_reason set caller_id = :caller
 where community_id = :community and id = :id and told_at is null and caller_id is not null
returning party_id;

-- name: set_appeal_owner$
update membership_appeal set owner_id = :owner
 where community_id = :community and id = :id and answered_at is null
returning party_id;

-- name: insert_appeal!
insert into membership_appeal (community_id, id, party_id, words, at, owner_id, due_on)
values (:community, :id, :party, :words, :now, :owner, :due_on);

-- name: appeals
select id, party_id, words, at, owner_id, due_on, answered_at, outcome from membership_appeal
 where community_id = :community and party_id = :party order by id desc;

-- name: open_appeals
-- Who asked to look again, the nearest date first.
select a.id, a.party_id, a.owner_id, a.due_on, n.call_name, n.full_name, n.area_id, coalesce(p.number, '') as number
  from membership_appeal a
  join party p on p.community_id = a.community_id and p.id = a.party_id
  join person n on n.community_id = a.community_id and n.party_id = a.party_id
 where a.community_id = :community and a.answered_at is null
 order by a.due_on, a.id limit 100;

-- name: answer_appeal^
update membership_appeal set answered_at = :now, answered_by_id = :by, outcome = :outcome
 where community_id = :community and party_id = :party and answered_at is null
returning id;

-- name: insert_leaving!
insert into membership_leaving (community_id, id, party_id, at, final_on)
values (:community, :id, :party, :now, :final_on);

-- name: leaving^
-- The leaving that was not taken back.
select id, party_id, at, final_on, transfer_id from membership_leaving
 where community_id = :community and party_id = :party and back_at is null;

-- name: leaving_is_over
-- Whose days to come back are over: the last of them is past.
select l.id, l.party_id, l.at, l.final_on, l.transfer_id from membership_leaving l
  join party p on p.community_id = l.community_id and p.id = l.party_id and p.state = 'leaving'
 where l.community_id = :community and l.final_on < :today and l.left_at is null and l.back_at is null
 order by l.final_on, l.id limit 200;

-- name: has_left!
update membership_leaving set left_at = :now, transfer_id = :transfer
 where community_id = :community and id = :id and left_at is null;

-- name: came_back!
update membership_leaving set back_at = :now
 where community_id = :community and party_id = :party and back_at is null;

-- name: times_helped$
-- How often this member did something for a neighbour, both sides saying so.
select count(distinct exchange_id) from exchange_met
 where community_id = :community and party_id = :party and gave;

-- name: forget_reasons
-- What was written to somebody who is erased; the ids, under which letters may still wait.
delete from membership_reason where community_id = :community and party_id = :party
returning id;

-- name: forget_own_reasons!
-- What they wrote to others when they worked here.
update membership_reason set words = '' where community_id = :community and by_id = :party;

-- name: forget_appeals!
delete from membership_appeal where community_id = :community and party_id = :party;

-- name: end_cards!
-- A new card ends the code of the old one.
update member_card set ended_at = :now
 where community_id = :community and party_id = :party and ended_at is null;

-- name: insert_card!
insert into member_card (community_id, id, party_id, code, made_at, made_by_id)
values (:community, :id, :party, :code, :now, :by);

-- name: without_card
-- Members of these neighbourhoods who have no card, by name.
select n.party_id, n.call_name, n.full_name from person n
  join party p on p.community_id = n.community_id and p.id = n.party_id and p.state in ('active', 'paused')
 where n.community_id = :community and n.area_id = any(:areas)
   and not exists (select from member_card c
     where c.community_id = n.community_id and c.party_id = n.party_id and c.ended_at is null)
 order by n.sort_name, n.party_id limit :limit;

-- name: cards
-- Cards that still have to be handed out in these neighbourhoods, or the card of one member there.
select c.id, c.party_id, c.code, c.made_at, c.given_at, p.number, n.call_name, n.full_name, n.area_id, n.language
  from member_card c
  join party p on p.community_id = c.community_id and p.id = c.party_id and p.state in ('active', 'paused', 'leaving')
  join person n on n.community_id = c.community_id and n.party_id = c.party_id and n.area_id = any(:areas)
 where c.community_id = :community and c.ended_at is null
   and case when :party::uuid is null then c.given_at is null else c.party_id = :party end
 order by n.sort_name, c.party_id limit :limit;

-- name: card_given^
update member_card set given_at = :now
 where community_id = :community and id = :id and given_at is null and ended_at is null
returning id, party_id;

-- name: card_owner$
-- Whose card this code stands on, if it is still in use.
select party_id from member_card where community_id = :community and code = :code and ended_at is null;

-- name: forget_cards!
delete from member_card where community_id = :community and party_id = :party;

-- name: orphaned
-- What must be told or decided by somebody who does not work here any more.
select 'call' as kind, r.id, r.party_id, n.area_id, r.caller_id as owner_id from membership_reason r
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and r.told_at is null and r.caller_id is not null
   and not exists (select from role o
     join party p on p.community_id = o.community_id and p.id = o.party_id and p.state = 'active'
    where o.community_id = r.community_id and o.party_id = r.caller_id and o.starts_on <= :today
      and (o.ends_on is null or o.ends_on >= :today) and (o.kind = 'admin' or o.area_id = n.area_id))
union all
select 'appeal', a.id, a.party_id, n.area_id, a.owner_id from membership_appeal a
  join person n on n.community_id = a.community_id and n.party_id = a.party_id
 where a.community_id = :community and a.answered_at is null
   and not exists (select from role o
     join party p on p.community_id = o.community_id and p.id = o.party_id and p.state = 'active'
    where o.community_id = a.community_id and o.party_id = a.owner_id and o.starts_on <= :today
      and (o.ends_on is null or o.ends_on >= :today) and o.kind = 'admin');
