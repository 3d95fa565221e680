-- Queries of the measurements. They run as the superuser of a database that is thrown away.

-- name: be_real!
-- The demo's people sign in at a served site: `serve` refuses a database that says it is a demo.
update community set demo = false where demo;

-- name: forgive!
delete from throttle;

-- name: pairs
-- Members who use the site themselves and are no staff, with their numbers.
select p.id, p.number
  from party p join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and p.state = 'active' and p.kind = 'person'
   and n.reachable_by = 'app' and not n.hidden
   and not exists (select from role r where r.community_id = p.community_id and r.party_id = p.id)
   and not exists (select from demo_person d where d.community_id = p.community_id and d.party_id = p.id)
 order by p.number limit :count;

-- name: number_of$
select p.number from party p join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and n.full_name = :full_name;

-- name: rules_without_limits!
insert into hours_rule (community_id, version, starting_minutes, soft_low, soft_high, hard_low, hard_high,
                        unit_minutes, give_away_after_days, set_at)
select community_id, version + 1, starting_minutes, -600000, 600000, -600000, 600000, unit_minutes,
       give_away_after_days, :now
  from hours_rule where community_id = :community order by version desc limit 1;

-- name: waiting_exchanges
-- Exchanges of 15 minutes that wait for the yes of the one who was helped: `count` of them, the first of
-- the first pair, the second of the second pair, and round again.
with made as (
  insert into exchange (community_id, id, state, mode, area_id, started_by_id, entered_by_id, title,
                        planned_on, planned_at, planned_minutes, next_action, owner_id, asked_id, due_on,
                        done_on, claimed_minutes, claimed_by_id, claimed_at, state_at, created_at)
  select :community, gen_random_uuid(), 'done', 'hours', a.id, getter.id, getter.id, 'Boodschappen doen',
         :today::date, '10:00', 15, 'confirm', getter.id, getter.id, :today::date + 21, :today::date, 15, giver.id, :now, :now, :now
    from generate_series(0, :count - 1) n
    join lateral (select unnest(:getters::uuid[]) as id offset n % cardinality(:getters) limit 1) getter on true
    join lateral (select unnest(:givers::uuid[]) as id offset n % cardinality(:givers) limit 1) giver on true
    join area a on a.community_id = :community and a.kind = 'community'
  returning id, owner_id, claimed_by_id),
sides as (
  insert into exchange_party (community_id, exchange_id, party_id, gives, gets, agreed_at)
  select :community, m.id, m.owner_id, false, true, :now from made m
  union all
  select :community, m.id, m.claimed_by_id, true, false, :now from made m
  returning 1)
select id, owner_id as getter, claimed_by_id as giver from made;

-- name: confirmed$
select count(*) from exchange where community_id = :community and id = any(:ids) and state = 'confirmed';

-- name: standing
-- Of whom the rule says that it is a reason, and from when on.
select party_id, stands_since from signal_score
 where community_id = :community and stands_since is not null;

-- name: worker^
-- A worker and the neighbourhood she watches over.
select p.id, r.area_id from party p
  join role r on r.community_id = :community and r.party_id = p.id
 where p.community_id = :community and p.number = :number;
