-- name: receivers
-- For the envelope: members of these neighbourhoods by id, in the order of their names.
select n.party_id, p.number, n.call_name, n.full_name, n.street, n.postcode, n.language, n.area_id
  from person n join party p on p.community_id = n.community_id and p.id = n.party_id and p.number is not null
 where n.community_id = :community and n.party_id = any(:ids) and n.area_id = any(:areas)
 order by n.sort_name, n.party_id;
