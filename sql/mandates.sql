-- Who may do what for a member.

-- name: counts^
-- How many others help this member, and how many others this helper helps.
select (select count(*) from mandate where community_id = :community and party_id = :party and ended_at is null
          and ends_on >= :today and helper_id <> :helper) as helpers,
       (select count(*) from mandate where community_id = :community and helper_id = :helper and ended_at is null
          and ends_on >= :today and party_id <> :party) as helped;

-- name: insert_mandate!
insert into mandate (community_id, id, party_id, helper_id, kind, powers, most_minutes, starts_at, ends_on, way,
       entered_by_id, made_at)
values (:community, :id, :party, :helper, :kind, :powers, :most_minutes, :starts_at, :ends_on, :way, :by, :now);

-- name: helpers_of
-- Who may do something for this member, or may tomorrow.
select m.id, m.party_id, m.helper_id, m.kind, m.powers, m.most_minutes, m.starts_at, m.ends_on, m.way,
       p.call_name as party_call_name, p.full_name as party_full_name,
       h.call_name as helper_call_name, h.full_name as helper_full_name
  from mandate m
  join person p on p.community_id = m.community_id and p.party_id = m.party_id
  join person h on h.community_id = m.community_id and h.party_id = m.helper_id
 where m.community_id = :community and m.party_id = :party and m.ended_at is null and m.ends_on >= :today
 order by m.id;

-- name: helped_by
-- For whom this person may do something, or may tomorrow: both take part, and neither blocked the other.
select m.id, m.party_id, m.helper_id, m.kind, m.powers, m.most_minutes, m.starts_at, m.ends_on, m.way,
       p.call_name as party_call_name, p.full_name as party_full_name,
       h.call_name as helper_call_name, h.full_name as helper_full_name
  from mandate m
  join person p on p.community_id = m.community_id and p.party_id = m.party_id
  join person h on h.community_id = m.community_id and h.party_id = m.helper_id
  join party s on s.community_id = m.community_id and s.id = m.party_id and s.state in ('active', 'paused', 'leaving')
 where m.community_id = :community and m.helper_id = :helper and m.ended_at is null and m.ends_on >= :today
   and may_meet(m.community_id, m.party_id, m.helper_id)
 order by p.sort_name, m.id;

-- name: end_mandate^
update mandate set ended_at = :now, ended_by_id = :by, ended_because = :because
 where community_id = :community and id = :id and ended_at is null
returning id, party_id, helper_id, kind;

-- name: end_pair
-- Whatever holds between these two, whoever helps whom.
update mandate set ended_at = :now, ended_by_id = :by, ended_because = :because
 where community_id = :community and ended_at is null
   and ((party_id = :one and helper_id = :other) or (party_id = :other and helper_id = :one))
returning id, party_id, helper_id, kind;

-- name: end_one_way
-- Another one takes its place.
update mandate set ended_at = :now, ended_by_id = :by, ended_because = :because
 where community_id = :community and ended_at is null and party_id = :party and helper_id = :helper
returning id, party_id, helper_id, kind;

-- name: end_all
update mandate set ended_at = :now, ended_by_id = :by, ended_because = :because
 where community_id = :community and ended_at is null and :party in (party_id, helper_id)
returning id, party_id, helper_id, kind;

-- name: end_over
-- Whose last day was yesterday or before.
update mandate set ended_at = :now, ended_because = case kind when 'guardian' then 'eighteen' else 'term' end
 where community_id = :community and ended_at is null and ends_on < :today
returning id, party_id, helper_id, kind;

-- name: warn
-- What ends soon and was not said yet; what was made for a shorter time was said when it was made.
update mandate set warned_at = :now
 where community_id = :community and ended_at is null and warned_at is null
   and ends_on <= case kind when 'guardian' then :guardian_until::date else :until::date end
returning id, party_id, helper_id, kind, ends_on;

-- name: forget_mandates!
-- Erasure: nobody helps who is gone, and who is gone helps nobody.
delete from mandate where community_id = :community and :party in (party_id, helper_id);
