-- name: insert!
insert into message (community_id, id, exchange_id, from_id, entered_by_id, first, words, language, care, at)
values (:community, :id, :exchange, :from_id, :entered_by, :first, :words, :language, :care, :now);

-- name: message_for^
-- A message for one of the parties of its exchange, unless one of them blocked another, or (areas, null
-- for all) for those who work there.
select m.id, m.exchange_id, m.from_id, m.words, m.language, m.at, m.hidden_at is not null as hidden
  from message m
  join exchange e on e.community_id = m.community_id and e.id = m.exchange_id
 where m.community_id = :community and m.id = :id
   and exists (select from exchange_party p where p.community_id = m.community_id
     and p.exchange_id = m.exchange_id and p.party_id = :party)
   and not exists (select from exchange_party o where o.community_id = m.community_id
     and o.exchange_id = m.exchange_id and not may_meet(o.community_id, o.party_id, :party));

-- name: message^
select m.id, m.exchange_id, m.from_id, m.words, m.language, m.at, m.hidden_at is not null as hidden
  from message m where m.community_id = :community and m.id = :id;

-- name: set_hidden$
update message set hidden_at = case when :hidden then coalesce(hidden_at, :now) end,
       hidden_by_id = case when :hidden then coalesce(hidden_by_id, :by::uuid) end
 where community_id = :community and id = :id
returning id;

-- name: told_lately$
-- Whether this party heard of a message in this exchange and has not read it: one notice is enough.
select exists (select from notice n
 where n.community_id = :community and n.party_id = :party and n.about_id = :exchange
   and n.kind in ('message_received', 'reply_received') and n.read_at is null and n.withdrawn_at is null
   and n.delivered_at is null);

-- name: admitted_at$
select admitted_at from party where community_id = :community and id = :party;

-- name: forget!
-- What somebody wrote who is erased.
delete from message where community_id = :community and from_id = :party;

-- name: written_to
-- What others wrote in the talks of this party.
select m.id, m.words from message m
 where m.community_id = :community and m.from_id <> :party and exists (select from exchange_party p
   where p.community_id = m.community_id and p.exchange_id = m.exchange_id and p.party_id = :party);

-- name: set_words!
update message set words = :words where community_id = :community and id = :id;

-- name: written_lately
-- What this member wrote, with their own hand, to each neighbour since a moment; also what is held.
select p.party_id as to_id, m.words from message m
  join exchange_party p on p.community_id = m.community_id and p.exchange_id = m.exchange_id and p.party_id <> m.from_id
 where m.community_id = :community and m.from_id = :party and m.entered_by_id = :party and m.at > :since
union all
select h.to_id, h.words from message_held h
 where h.community_id = :community and h.from_id = :party and h.at > :since;

-- name: hold$
-- No row: the same post was answered and is held already.
insert into message_held (community_id, id, from_id, to_id, post_id, exchange_id, words, language, at)
values (:community, :id, :from_id, :to, :post, :exchange, :words, :language, :now)
on conflict do nothing
returning id;

-- name: held
-- What waits for somebody to look, for those who work in the writer's neighbourhood (null: everywhere).
select h.id, h.from_id, h.to_id, h.post_id, h.exchange_id, h.words, h.language, h.at, n.call_name, n.full_name
  from message_held h
  join person n on n.community_id = h.community_id and n.party_id = h.from_id
 where h.community_id = :community and h.from_id <> :viewer
   and (:areas::uuid[] is null or n.area_id = any(:areas))
 order by h.from_id, h.at, h.id limit 200;

-- name: take_held^
-- One decision for each: who comes second finds nothing.
delete from message_held h using person n
 where h.community_id = :community and n.community_id = :community and n.party_id = h.from_id and h.id = :id
   and h.from_id <> :viewer and (:areas::uuid[] is null or n.area_id = any(:areas))
returning h.id, h.from_id, h.to_id, h.post_id, h.exchange_id, h.words, h.language, h.at, n.call_name, n.full_name;

-- name: forget_held!
-- What somebody wrote who is erased, or wrote to them.
delete from message_held where community_id = :community and (from_id = :party or to_id = :party);
