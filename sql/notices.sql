-- name: tell!
-- The way is the one its receiver chose; nobody is told who left or died.
insert into notice (community_id, id, party_id, kind, details, about_kind, about_id, made_at, way)
select n.community_id, :id, n.party_id, :kind, :details, :about_kind, :about_id, :now,
       case n.reachable_by when 'app' then 'page' when 'email' then 'email' when 'paper' then 'paper' else 'phone' end
  from person n join party p on p.community_id = n.community_id and p.id = n.party_id
 where n.community_id = :community and n.party_id = :party and p.state not in ('left', 'deceased', 'refused');

-- name: way$
select way from notice where community_id = :community and id = :id;

-- name: tell_helpers
-- The notice with this id, once more for each helper who may hear it, by the way that helper chose; not from
-- somebody the helper does not meet.
insert into notice (community_id, id, party_id, kind, details, about_kind, about_id, made_at, way)
select o.community_id, (:ids::uuid[])[m.place], m.helper_id, o.kind,
       o.details || jsonb_build_object('for_id', o.party_id), o.about_kind, o.about_id, :now,
       case n.reachable_by when 'app' then 'page' when 'email' then 'email' when 'paper' then 'paper' else 'phone' end
  from notice o
  join lateral (select community_id, helper_id, row_number() over (order by id) as place from mandate
         where community_id = o.community_id and party_id = o.party_id and 'notices' = any (powers) and ended_at is null
           and starts_at <= :now and ends_on >= :today) m on true
  join party p on p.community_id = m.community_id and p.id = m.helper_id and p.state in ('active', 'paused', 'leaving')
  join person n on n.community_id = m.community_id and n.party_id = m.helper_id
 where o.community_id = :community and o.id = :id and m.place <= cardinality(:ids::uuid[])
   and may_meet(o.community_id, o.party_id, m.helper_id)
   and may_be_told(o.community_id, m.helper_id, o.about_kind, o.kind, o.details)
   and o.details ->> 'who_id' is distinct from m.helper_id::text
returning id, way;

-- name: withdraw_copies!
update notice set withdrawn_at = :now
 where community_id = :community and details ->> 'for_id' = :of and read_at is null and delivered_at is null
   and withdrawn_at is null and (:helper::uuid is null or party_id = :helper);

-- name: unheard_of_hand^
-- What one hand did for a member on one day, while she did not hear it yet.
select id, details ->> 'acts' as acts from notice
 where community_id = :community and party_id = :party and kind = 'done_for_you' and read_at is null
   and delivered_at is null and withdrawn_at is null and details ->> 'who_id' = :hand and details ->> 'on' = :on
 order by id desc limit 1 for update;

-- name: put_acts!
update notice set details = details || jsonb_build_object('acts', :acts::text)
 where community_id = :community and id = :id and read_at is null and delivered_at is null;

-- name: withdraw!
-- What is no longer so is not told any more.
update notice set withdrawn_at = :now
 where community_id = :community and about_id = :about_id and read_at is null and delivered_at is null
   and withdrawn_at is null and (:kind::text is null or kind = :kind);

-- name: take_over
-- What this party did not hear yet of one kind is told no more: one newer notice says how often.
update notice set withdrawn_at = :now
 where community_id = :community and party_id = :party and kind = :kind and read_at is null and delivered_at is null
   and withdrawn_at is null
returning coalesce((details ->> 'times')::integer, 1) as times;

-- name: unread
select id, party_id, kind, details, about_kind, about_id, made_at, way, read_at from notice
 where community_id = :community and party_id = :party and read_at is null and withdrawn_at is null
   and may_be_told(community_id, party_id, about_kind, kind, details)
 order by id desc limit :limit;

-- name: recent
select id, party_id, kind, details, about_kind, about_id, made_at, way, read_at from notice
 where community_id = :community and party_id = :party and withdrawn_at is null
   and (:before::uuid is null or id < :before)
   and may_be_told(community_id, party_id, about_kind, kind, details)
 order by id desc limit :limit;

-- name: mark_read!
update notice set read_at = :now
 where community_id = :community and party_id = :party and read_at is null and id <= :up_to;

-- name: mark_about_read!
-- Whoever opens the page it is about has heard it.
update notice set read_at = :now
 where community_id = :community and party_id = :party and about_id = :about_id and read_at is null;

-- name: to_pass_on
-- Notices for members who are called or get post, for the workers of some neighbourhoods.
select o.id, o.party_id, o.kind, o.details, o.about_kind, o.about_id, o.made_at, o.way, o.read_at
  from notice o join person n on n.community_id = o.community_id and n.party_id = o.party_id
 where o.community_id = :community and o.way in ('phone', 'paper') and o.delivered_at is null
   and o.read_at is null and o.withdrawn_at is null and n.area_id = any(:areas)
   and may_be_told(o.community_id, o.party_id, o.about_kind, o.kind, o.details)
 order by o.made_at, o.id limit :limit;

-- name: to_post
-- What has to go on paper, for the workers of some neighbourhoods. The rights are checked again here; what
-- was done meanwhile is asked no more, and no letter names who died.
select o.id, o.party_id, o.kind, o.details, o.about_kind, o.about_id, o.made_at, o.way, o.read_at, n.language
  from notice o
  join party p on p.community_id = o.community_id and p.id = o.party_id and p.state in ('active', 'paused', 'leaving')
  join person n on n.community_id = o.community_id and n.party_id = o.party_id
 where o.community_id = :community and o.way = 'paper' and o.delivered_at is null and o.read_at is null
   and o.withdrawn_at is null and n.area_id = any(:areas) and (:party::uuid is null or o.party_id = :party)
   and may_be_told(o.community_id, o.party_id, o.about_kind, o.kind, o.details)
   and not exists (select from party d where d.community_id = o.community_id
     and d.id = (o.details ->> 'who_id')::uuid and d.state = 'deceased')
 order by o.made_at, o.id limit :limit;

-- name: passed_on^
update notice set delivered_at = :now, delivered_by_id = :by
 where community_id = :community and id = :id and delivered_at is null
returning id, party_id;

-- name: for_mail^
-- A notice that is still worth a mail, with the address it goes to; rights are checked again here, and
-- no mail names who died.
select o.id, o.party_id, o.kind, o.details, o.about_kind, o.about_id, o.made_at, o.way, o.read_at,
       n.email, n.call_name, n.language, n.mail_whole
  from notice o
  join party p on p.community_id = o.community_id and p.id = o.party_id and p.state in ('active', 'paused', 'leaving')
  join person n on n.community_id = o.community_id and n.party_id = o.party_id and n.email is not null
 where o.community_id = :community and o.id = :id and o.withdrawn_at is null and o.read_at is null
   and may_be_told(o.community_id, o.party_id, o.about_kind, o.kind, o.details)
   and not exists (select from party d where d.community_id = o.community_id
     and d.id = (o.details ->> 'who_id')::uuid and d.state = 'deceased');

-- name: forget
-- What was told to somebody who is erased; what others were told about them names an id alone.
delete from notice where community_id = :community and party_id = :party
returning id;
