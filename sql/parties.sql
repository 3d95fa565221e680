-- name: insert_party!
insert into party (community_id, id, kind, state, state_at, applied_at)
values (:community, :id, :kind, :state, :now, :now);

-- name: insert_person!
insert into person (community_id, party_id, full_name, call_name, sort_name, skeleton, area_id, place_id,
       email, email_key, phone, phone_key, reachable_by, reach_words, language, birth_year, likes, dislikes,
       street, postcode, changed_at)
values (:community, :party, :full_name, :call_name, :sort_name, :skeleton, :area, :place,
       :email, :email_key, :phone, :phone_key, :reachable_by, :reach_words, :language, :birth_year, :likes, :dislikes,
       :street, :postcode, :now);

-- name: update_person!
update person set full_name = :full_name, call_name = :call_name, sort_name = :sort_name, skeleton = :skeleton,
       area_id = :area, place_id = :place, email = :email, email_key = :email_key, phone = :phone,
       phone_key = :phone_key, reachable_by = :reachable_by, reach_words = :reach_words,
       birth_year = :birth_year, likes = :likes, dislikes = :dislikes, street = :street, postcode = :postcode,
       changed_at = :now
 where community_id = :community and party_id = :party;

-- name: set_language!
update person set language = :language where community_id = :community and party_id = :party;

-- name: set_mail_whole!
update person set mail_whole = :whole where community_id = :community and party_id = :party;

-- name: set_hidden!
update person set hidden = :hidden where community_id = :community and party_id = :party;

-- name: next_serial$
-- Member numbers are counted in one locked row per community.
insert into party_counter (community_id, last_serial) values (:community, 1)
on conflict (community_id) do update set last_serial = party_counter.last_serial + 1
returning last_serial;

-- name: admit^
update party set state = 'active', state_at = :now, admitted_at = :now, admitted_by_id = :by, number = :number
 where community_id = :community and id = :id and state = 'applying'
returning id;

-- name: set_state^
update party set state = :state, state_at = :now, paused_until = :paused_until
 where community_id = :community and id = :id and state = any(:from_states)
returning id;

-- name: lock
-- These parties, held until this transaction ends and always in one order: whoever holds one of them as well, or
-- changes how they take part, comes after.
select state from party where community_id = :community and id = any(:ids::uuid[]) order by id for no key update;

-- name: party^
-- One party with what is personal, for those who may see it all.
select p.id, p.number, p.kind, p.state, p.state_at, p.applied_at, p.admitted_at, p.paused_until,
       n.full_name, n.call_name, n.sort_name, n.area_id, n.place_id, n.email, n.phone, n.phone_key,
       n.reachable_by, n.reach_words, n.language, n.birth_year, n.likes, n.dislikes, n.mail_whole,
       n.hidden, coalesce(a.name, '') as area_name, coalesce(l.name, '') as place_name,
       n.street, n.postcode
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
  left join area a on a.community_id = n.community_id and a.id = n.area_id
  left join place l on l.community_id = n.community_id and l.id = n.place_id
 where p.community_id = :community and p.id = :id;

-- name: cards
-- Names of several parties; those who were erased have none, and a lasting number.
select p.id, coalesce(p.number, '') as number, p.state, p.former_number, n.call_name, n.full_name, n.area_id,
       n.place_id, coalesce(l.name, '') as place_name, n.language
  from party p
  left join person n on n.community_id = p.community_id and n.party_id = p.id
  left join place l on l.community_id = n.community_id and l.id = n.place_id
 where p.community_id = :community and p.id = any(:ids);

-- name: seen_by^
-- A member as another member may see them: active, not hidden, no block either way.
select p.id, coalesce(p.number, '') as number, p.state, n.call_name, n.full_name, n.area_id, n.place_id,
       coalesce(l.name, '') as place_name, n.language
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
  left join place l on l.community_id = n.community_id and l.id = n.place_id
 where p.community_id = :community and p.id = :id and p.state in ('active', 'paused', 'leaving')
   and (not n.hidden or p.id = :viewer)
   and may_meet(p.community_id, p.id, :viewer);

-- name: by_number^
select p.id, p.state from party p where p.community_id = :community and p.number = :number;

-- name: by_email
-- Who may sign in with this address, or did; an applicant has nothing to sign in with yet.
select p.id, p.state from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and n.email_key = :email_key and p.state not in ('applying', 'refused', 'left', 'deceased')
 order by p.id;

-- name: asides
-- For whom this worker stepped aside.
select party_id from contact_aside where community_id = :community and worker_id = :worker;

-- name: left_to_admins
-- Members whose neighbourhood has workers who all stepped aside for them.
select n.party_id, n.area_id from person n
 where n.community_id = :community
   and exists (select from contact_aside x
     join role r on r.community_id = x.community_id and r.party_id = x.worker_id and r.kind = 'worker'
      and r.area_id = n.area_id and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
     where x.community_id = n.community_id and x.party_id = n.party_id)
   and not exists (select from role r
     join party w on w.community_id = r.community_id and w.id = r.party_id and w.state = 'active'
     where r.community_id = n.community_id and r.kind = 'worker' and r.area_id = n.area_id and r.party_id <> n.party_id
       and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
       and not exists (select from contact_aside x where x.community_id = r.community_id
         and x.worker_id = r.party_id and x.party_id = n.party_id));

-- name: members
-- Members of some neighbourhoods (or of all, when none are given), by name, one page. A worker does not see
-- who they stepped aside for. When the last one seen was erased meanwhile, the list begins anew.
select p.id, coalesce(p.number, '') as number, p.state, n.call_name, n.full_name, n.sort_name, n.area_id,
       a.name as area_name, coalesce(l.name, '') as place_name, n.reachable_by, n.phone
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
  join area a on a.community_id = n.community_id and a.id = n.area_id
  left join place l on l.community_id = n.community_id and l.id = n.place_id
 where p.community_id = :community and p.state = any(:states)
   and (:areas::uuid[] is null or n.area_id = any(:areas))
   and (:number::text is null or p.number = :number)
   and not exists (select from contact_aside x where x.community_id = p.community_id
     and x.worker_id = :worker and x.party_id = p.id)
   and (:name::text is null or strpos(n.sort_name, :name) > 0 or strpos(n.skeleton, :skeleton) > 0)
   and (:after::uuid is null or (n.sort_name, n.party_id) > (select x.sort_name, x.party_id from person x
     where x.community_id = :community and x.party_id = :after)
     or not exists (select from person x where x.community_id = :community and x.party_id = :after))
 order by n.sort_name, n.party_id limit :limit;

-- name: applicants
select p.id, p.kind, p.applied_at, n.full_name, n.call_name, n.area_id, a.name as area_name,
       n.reachable_by, coalesce(n.phone, '') as phone, coalesce(n.email, '') as email
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
  join area a on a.community_id = n.community_id and a.id = n.area_id
 where p.community_id = :community and p.state = 'applying'
   and (:areas::uuid[] is null or n.area_id = any(:areas))
 order by p.applied_at, p.id limit 200;

-- name: look_alikes
-- Others who may be the same person: same-reading name, e-mail or phone. Twins are two people: only shown.
select p.id, coalesce(p.number, '') as number, p.state, o.full_name, a.name as area_name,
       o.skeleton = n.skeleton as same_name,
       coalesce(o.email_key = n.email_key, false) as same_email,
       coalesce(o.phone_key = n.phone_key, false) as same_phone,
       coalesce(o.birth_year = n.birth_year, false)
         and split_part(o.sort_name, ' / ', 1) = split_part(n.sort_name, ' / ', 1) as same_family,
       o.birth_year
  from person n
  join person o on o.community_id = n.community_id and o.party_id <> n.party_id
   and (o.skeleton = n.skeleton or o.email_key = n.email_key or o.phone_key = n.phone_key
     or (o.birth_year = n.birth_year and split_part(o.sort_name, ' / ', 1) = split_part(n.sort_name, ' / ', 1)))
  join party p on p.community_id = o.community_id and p.id = o.party_id
  join area a on a.community_id = o.community_id and a.id = o.area_id
 where n.community_id = :community and n.party_id = :id
   and not exists (select from not_alike x where x.community_id = n.community_id
     and x.one_id = least(n.party_id, o.party_id) and x.other_id = greatest(n.party_id, o.party_id))
 order by p.applied_at, p.id limit 20;

-- name: unwilling
-- Members who will not meet somebody this applicant looks like: shown to who admits, so that nobody
-- comes back under another name.
select b.blocker_id as member_id, m.call_name, m.full_name, o.full_name as look_alike
  from person n
  join person o on o.community_id = n.community_id and o.party_id <> n.party_id
   and (o.skeleton = n.skeleton or o.email_key = n.email_key or o.phone_key = n.phone_key)
  join block b on b.community_id = o.community_id and b.blocked_id = o.party_id
  join person m on m.community_id = b.community_id and m.party_id = b.blocker_id
 where n.community_id = :community and n.party_id = :id
   and not exists (select from not_alike x where x.community_id = n.community_id
     and x.one_id = least(n.party_id, o.party_id) and x.other_id = greatest(n.party_id, o.party_id))
 group by b.blocker_id, m.call_name, m.full_name, m.sort_name, o.full_name
 order by m.sort_name, b.blocker_id limit 20;

-- name: staff_names
-- Names of those who work here today: a name that reads like one of them is looked at by a person.
select distinct n.full_name, n.party_id from role r
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
 order by n.party_id;

-- name: staff_of
-- Who works for a member of this neighbourhood today: its workers, and the admins.
select r.party_id as id, n.call_name, n.full_name, r.kind from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and (r.kind = 'admin' or r.area_id = :area)
   and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
 order by r.kind desc, n.sort_name, r.party_id;

-- name: neighbour^
-- As seen_by, with what the member likes to do, and the month since which they take part.
select p.id, n.call_name, n.full_name, n.area_id, a.name as area_name, coalesce(l.name, '') as place_name,
       n.likes, n.language, date_trunc('month', p.admitted_at at time zone 'Europe/Amsterdam')::date as since
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
  join area a on a.community_id = n.community_id and a.id = n.area_id
  left join place l on l.community_id = n.community_id and l.id = n.place_id
 where p.community_id = :community and p.id = :id and p.state in ('active', 'paused', 'leaving')
   and (not n.hidden or p.id = :viewer)
   and may_meet(p.community_id, p.id, :viewer);

-- name: open_posts_of
-- What a member asks and offers now; who may see that member was asked before.
select o.id, o.title, o.direction, o.together, o.language from post o
 where o.community_id = :community and o.by_id = :id and o.state = 'open' and o.hidden_at is null
   and o.expires_on >= :today
 order by o.direction, o.created_at desc, o.id desc limit 20;

-- name: done_together
-- What two members did with each other, the latest first.
select m.exchange_id, e.title, m.done_on from exchange_met m
  join exchange e on e.community_id = m.community_id and e.id = m.exchange_id
 where m.community_id = :community and m.party_id = :one and m.other_id = :other
 order by m.done_on desc, m.exchange_id desc limit 5;

-- name: say_not_alike!
insert into not_alike (community_id, one_id, other_id, said_by_id, at)
values (:community, least(:one::uuid, :other::uuid), greatest(:one::uuid, :other::uuid), :by, :now)
on conflict do nothing;

-- name: insert_consent!
insert into consent (community_id, id, party_id, kind, answer, wording, way, asked_by_id, at)
values (:community, :id, :party, :kind, :answer, :wording, :way, :asked_by, :now);

-- name: consents
select id, kind, answer, wording, way, asked_by_id, at from consent
 where community_id = :community and party_id = :party order by id desc;

-- name: consent$
-- The newest answer; no row is no answer, and that is no yes.
select answer from consent where community_id = :community and party_id = :party and kind = :kind
 order by id desc limit 1;

-- name: insert_block!
insert into block (community_id, blocker_id, blocked_id, at, entered_by_id)
values (:community, :blocker, :blocked, :now, :entered_by) on conflict do nothing;

-- name: delete_block!
delete from block where community_id = :community and blocker_id = :blocker and blocked_id = :blocked;

-- name: blocks
-- Whom this member blocked, by name.
select b.blocked_id as id, coalesce(n.full_name, '') as full_name, coalesce(n.call_name, '') as call_name, b.at
  from block b left join person n on n.community_id = b.community_id and n.party_id = b.blocked_id
 where b.community_id = :community and b.blocker_id = :party order by n.sort_name, b.blocked_id;

-- name: has_blocked$
select true from block where community_id = :community and blocker_id = :blocker and blocked_id = :blocked;

-- name: may_meet$
select may_meet(:community, :one, :other);

-- name: pause_over
-- Members whose pause ended by the calendar.
select id from party where community_id = :community and state = 'paused' and paused_until < :today;

-- name: next_former$
-- The lasting number of who is erased; it says nothing about when somebody joined.
insert into party_counter (community_id, last_former) values (:community, 1)
on conflict (community_id) do update set last_former = party_counter.last_former + 1
returning last_former;

-- name: erase!
update party set state = 'erased', state_at = :now, number = null, paused_until = null, former_number = :former
 where community_id = :community and id = :party;

-- name: delete_consents!
delete from consent where community_id = :community and party_id = :party;

-- name: delete_blocks!
delete from block where community_id = :community and (blocker_id = :party or blocked_id = :party);

-- name: delete_not_alike!
delete from not_alike where community_id = :community and (one_id = :party or other_id = :party);

-- name: delete_person^
delete from person where community_id = :community and party_id = :party
returning household_id;

-- name: leave_household!
-- Who lived with somebody that was erased lives there alone: then it is no household.
update person n set household_id = null
 where n.community_id = :community and n.household_id = :household
   and not exists (select from person o where o.community_id = n.community_id
     and o.household_id = n.household_id and o.party_id <> n.party_id);

-- name: delete_household!
delete from household h where h.community_id = :community and h.id = :household
   and not exists (select from person n where n.community_id = h.community_id and n.household_id = h.id);

-- name: helpers
-- Who may do what for a member, by their own choice.
select m.id, h.call_name, h.full_name, m.powers, m.most_minutes, m.starts_at, m.ends_on, m.kind
  from mandate m join person h on h.community_id = m.community_id and h.party_id = m.helper_id
 where m.community_id = :community and m.party_id = :party and m.ended_at is null and m.ends_on >= :today
 order by m.id;

-- name: hold_change!
-- A newer one takes the place of one that waits, and waits a day of its own.
insert into person_change (community_id, party_id, id, email, phone, phone_key, reachable_by, reach_words, street,
       postcode, by_id, at, due_at)
values (:community, :party, :id, :email, :phone, :phone_key, :reachable_by, :reach_words, :street, :postcode,
       :by, :now, :due_at)
on conflict (community_id, party_id) do update set id = excluded.id, email = excluded.email,
       phone = excluded.phone, phone_key = excluded.phone_key, reachable_by = excluded.reachable_by,
       reach_words = excluded.reach_words, street = excluded.street, postcode = excluded.postcode,
       by_id = excluded.by_id, at = excluded.at, due_at = excluded.due_at;

-- name: held_change^
select id, email, phone, phone_key, reachable_by, reach_words, street, postcode, by_id, at, due_at
  from person_change where community_id = :community and party_id = :party;

-- name: take_change^
-- The change whose day is over, taken out of waiting.
delete from person_change
 where community_id = :community and party_id = :party and id = :id and due_at <= :now
returning id, email, phone, phone_key, reachable_by, reach_words, street, postcode, by_id, at, due_at;

-- name: drop_change$
delete from person_change where community_id = :community and party_id = :party
returning id;
