-- name: viewer^
-- The session behind a cookie, with who it is, their roles today and for whom they act, and their community seen
-- from where they live: one query a request.
select s.id as session_id, s.csrf, s.seen_at, s.made_at, s.proven_at, s.own_device,
       (s.ended_at is null and s.expires_at > :now
        and s.seen_at > :now - case when s.own_device then :own_device_idle::interval else :idle::interval end) as live,
       p.id as party_id, coalesce(p.number, '') as number, p.state,
       n.call_name, n.full_name, n.area_id, n.place_id, n.language,
       coalesce((select jsonb_agg(jsonb_build_object('kind', r.kind, 'area_id', r.area_id))
          from role r where r.community_id = s.community_id and r.party_id = s.party_id
           and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)), '[]') as roles,
       s.acting_for_id, f.party_id as for_id, f.call_name as for_call_name, fp.number as for_number, f.area_id as for_area_id,
       f.place_id as for_place_id, s.mandate_id, m.powers, m.most_minutes,
       exists (select from mandate h where h.community_id = s.community_id and h.helper_id = s.party_id and h.ended_at is null)
         as is_helper, to_jsonb(c) as community
  from session s
  join party p on p.community_id = s.community_id and p.id = s.party_id
  join person n on n.community_id = s.community_id and n.party_id = s.party_id
  join community_seen c on c.community_id = s.community_id and c.area_id = n.area_id
  left join party fp on fp.community_id = s.community_id and fp.id = s.acting_for_id
   and fp.state in ('active', 'paused', 'leaving')
   and (s.mandate_id is not null or not exists (select from contact_aside x where x.community_id = s.community_id
     and x.worker_id = s.party_id and x.party_id = s.acting_for_id))
  left join person f on f.community_id = fp.community_id and f.party_id = fp.id
  left join mandate m on m.community_id = s.community_id and m.id = s.mandate_id and m.helper_id = s.party_id
   and m.party_id = s.acting_for_id and m.ended_at is null and m.starts_at <= :now and m.ends_on >= :today
   and may_meet(m.community_id, m.party_id, m.helper_id)
 where s.community_id = :community and s.token_hash = :token_hash;

-- name: seen!
update session set seen_at = :now where community_id = :community and id = :id;

-- name: insert_session!
insert into session (community_id, id, token_hash, party_id, csrf, device, own_device, made_at, seen_at, expires_at, proven_at)
values (:community, :id, :token_hash, :party, :csrf, :device, :own_device, :now, :now, :expires_at, :now);

-- name: renew_token!
-- A new token on the same session (after proving who you are, or when acting for somebody).
update session set token_hash = :token_hash, proven_at = coalesce(:proven_at, proven_at), acting_for_id = :acting_for,
       mandate_id = :mandate
 where community_id = :community and id = :id and ended_at is null;

-- name: end_session^
-- No row when it is somebody else's. One that ended already stays as it ended.
update session set ended_at = coalesce(ended_at, :now)
 where community_id = :community and id = :id and party_id = :party
returning id;

-- name: time_out!
-- A session that its time had run out for when somebody came with it: no clock put back revives it.
update session set ended_at = :now where community_id = :community and id = :id and ended_at is null;

-- name: time_out_all!
update session set ended_at = :now
 where community_id = :community and ended_at is null
   and (expires_at <= :now
        or seen_at <= :now - case when own_device then :own_device_idle::interval else :idle::interval end);

-- name: end_sessions!
-- All sessions of a party, but one.
update session set ended_at = :now
 where community_id = :community and party_id = :party and ended_at is null and id is distinct from :but;

-- name: sessions
select id, device, own_device, made_at, seen_at, expires_at from session
 where community_id = :community and party_id = :party and ended_at is null and expires_at > :now
   and seen_at > :now - case when own_device then :own_device_idle::interval else :idle::interval end
 order by seen_at desc;

-- name: credential^
select party_id, password_hash from credential where community_id = :community and party_id = :party;

-- name: put_credential!
insert into credential (community_id, party_id, password_hash, changed_at) values (:community, :party, :hash, :now)
on conflict (community_id, party_id) do update set password_hash = excluded.password_hash, changed_at = excluded.changed_at;

-- name: put_ticket!
insert into ticket (community_id, id, party_id, kind, code_hash, made_at, expires_at, made_by_id)
values (:community, :id, :party, :kind, :code_hash, :now, :expires_at, :made_by);

-- name: spend_older_tickets!
-- A newer code makes every older one of its party worthless.
update ticket set used_at = :now where community_id = :community and party_id = :party and used_at is null;

-- name: ticket^
select id, party_id, kind, expires_at from ticket
 where community_id = :community and code_hash = :code_hash and used_at is null and expires_at > :now;

-- name: use_ticket^
update ticket set used_at = :now
 where community_id = :community and code_hash = :code_hash and used_at is null and expires_at > :now
returning id, party_id, kind, expires_at;

-- name: known_device$
select true from known_device where community_id = :community and party_id = :party and token_hash = :token_hash;

-- name: has_device$
select exists (select from known_device where community_id = :community and party_id = :party);

-- name: put_known_device!
insert into known_device (community_id, party_id, token_hash, made_at)
values (:community, :party, :token_hash, :now) on conflict do nothing;

-- name: put_draft!
insert into draft (community_id, id, party_id, path, fields, made_at)
values (:community, :id, :party, :path, :fields, :now);

-- name: draft^
-- Only for the party that typed it, and for a day.
select id, path, fields from draft
 where community_id = :community and id = :id and party_id = :party and made_at > :after;

-- name: newest_draft^
select id, path, fields from draft
 where community_id = :community and party_id = :party and made_at > :after order by made_at desc limit 1;

-- name: delete_drafts!
delete from draft where community_id = :community and party_id = :party;

-- name: clear_old_drafts!
delete from draft where community_id = :community and made_at < :before;

-- name: clear_old_sessions!
delete from session where community_id = :community and (ended_at < :before or expires_at < :before);

-- name: clear_old_tickets!
delete from ticket where community_id = :community and expires_at < :before;

-- name: insert_role!
insert into role (community_id, id, party_id, kind, area_id, starts_on, ends_on, granted_by_id, granted_at)
values (:community, :id, :party, :kind, :area, :starts_on, :ends_on, :by, :now);

-- name: end_role^
-- One that began today began, in the end, on no day that counts.
update role set ends_on = :ends_on, starts_on = least(starts_on, :ends_on::date)
 where community_id = :community and id = :id and (ends_on is null or ends_on > :ends_on)
returning id, party_id, kind, area_id;

-- name: roles
-- Roles in force today or later, by kind and name.
select r.id, r.party_id, r.kind, r.area_id, r.starts_on, r.ends_on, n.full_name, n.call_name,
       coalesce(a.name, '') as area_name, coalesce(p.number, '') as number
  from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
  left join area a on a.community_id = r.community_id and a.id = r.area_id
 where r.community_id = :community and (r.ends_on is null or r.ends_on >= :today)
 order by r.kind, n.sort_name, r.id;

-- name: roles_of
select kind, area_id from role
 where community_id = :community and party_id = :party and starts_on <= :today
   and (ends_on is null or ends_on >= :today);

-- name: lock_admins
-- Rows of the admin roles in force and of who has them, locked in one order: two admins who step down, leave or
-- suspend each other at the same time wait, and the second one sees what the first one did.
select r.id, r.party_id from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
 where r.community_id = :community and r.kind = 'admin' and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on > :today)
 order by r.id for update of r, p;

-- name: workers_of
-- Who watches over a neighbourhood today.
select r.party_id from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
 where r.community_id = :community and r.kind = 'worker' and r.area_id = :area and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on >= :today)
 order by r.id;

-- name: admins
select r.party_id from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
 where r.community_id = :community and r.kind = 'admin' and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on >= :today)
 order by r.id;

-- name: language_of$
select language from person where community_id = :community and party_id = :party;

-- name: demo_people
-- The demo's cast, told on its sign-in page; no other community has any.
select p.number, n.full_name, d.story from demo_person d
  join party p on p.community_id = d.community_id and p.id = d.party_id and p.state = 'active'
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where d.community_id = :community order by d.place;

-- name: forget_credential!
delete from credential where community_id = :community and party_id = :party;

-- name: forget_sessions!
delete from session where community_id = :community and party_id = :party;

-- name: stop_acting_for!
-- A worker who was busy for somebody that is erased is himself again.
update session set acting_for_id = null, mandate_id = null
 where community_id = :community and acting_for_id = :party;

-- name: forget_tickets!
delete from ticket where community_id = :community and party_id = :party;

-- name: forget_devices!
delete from known_device where community_id = :community and party_id = :party;

-- name: forget_story!
delete from demo_person where community_id = :community and party_id = :party;
