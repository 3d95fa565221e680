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
