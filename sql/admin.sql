-- name: lock_party!
-- Two who give the same person a task at the same time wait for each other.
select from party where community_id = :community and id = :party for no key update;

-- name: beyond$
-- How many members would be beyond these limits: they can then only move inwards.
select count(*) from account
 where community_id = :community and kind = 'party' and (balance < :low or balance > :high);
