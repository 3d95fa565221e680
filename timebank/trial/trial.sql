-- A simulated neighbourhood into an empty database: the tables and columns that the actions write, many
-- rows at a time. A test holds every check of the house against what was loaded.

-- name: tables$
-- How many tables somebody made here.
select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p') and n.nspname not like 'pg\_%' and n.nspname <> 'information_schema';

-- name: communities$
select count(*) from community;

-- name: places!
insert into place (community_id, id, area_id, name, sort_name, x_m, y_m)
select :community, r.id, r.area_id, r.name, r.name, r.x, r.y
  from jsonb_to_recordset(:places) as r(id uuid, area_id uuid, name text, x integer, y integer);

-- name: parties!
insert into party (community_id, id, number, kind, state, state_at, applied_at, admitted_at)
select :community, r.id, r.number, r.kind, 'active', r.joined, r.joined, r.joined
  from jsonb_to_recordset(:people) as r(id uuid, number text, kind text, joined timestamptz);

-- name: persons!
insert into person (community_id, party_id, full_name, call_name, sort_name, skeleton, area_id, place_id,
                    reachable_by, language, changed_at)
select :community, r.id, r.name, r.name, r.sort_name, r.sort_name, r.area_id, r.place_id, r.reach, r.language, r.joined
  from jsonb_to_recordset(:people) as r(id uuid, name text, sort_name text, area_id uuid, place_id uuid,
       reach text, language text, joined timestamptz);

-- name: consents!
insert into consent (community_id, id, party_id, kind, answer, wording, way, at)
select :community, r.consent_id, r.id, 'worker_call', 'yes', 1, 'page', r.joined
  from jsonb_to_recordset(:people) as r(id uuid, consent_id uuid, yes boolean, joined timestamptz) where r.yes;

-- name: done!
-- Said to be done by who helped; the other is asked. As gifts: what is tried is who met, not the books.
insert into exchange (community_id, id, state, mode, area_id, started_by_id, entered_by_id, title, done_on,
       claimed_minutes, claimed_by_id, claimed_at, next_action, owner_id, asked_id, due_on, state_at, created_at)
select :community, r.id, 'done', 'gift', r.area_id, r.receiver, r.receiver, 'Hulp', r.done_on, r.minutes, r.giver,
       :now, 'confirm', r.receiver, r.receiver, :today, :now, :now
  from jsonb_to_recordset(:exchanges) as r(id uuid, giver uuid, receiver uuid, area_id uuid, done_on date,
       minutes integer);

-- name: sides!
insert into exchange_party (community_id, exchange_id, party_id, gives, gets, agreed_at)
select :community, r.id, s.party_id, s.gives, not s.gives, :now
  from jsonb_to_recordset(:exchanges) as r(id uuid, giver uuid, receiver uuid)
  cross join lateral (values (r.giver, true), (r.receiver, false)) s (party_id, gives);

-- name: confirm!
update exchange e set state = 'confirmed', minutes = e.claimed_minutes, confirmed_at = :now, booked_by = 'both',
       next_action = null, owner_id = null, asked_id = null, due_on = null, state_at = :now
  from jsonb_to_recordset(:exchanges) as r(id uuid)
 where e.community_id = :community and e.id = r.id and e.state = 'done';

-- name: posts!
insert into post (community_id, id, direction, state, by_id, entered_by_id, title, area_id, expires_on, created_at,
       opened_at, state_at, stems)
select :community, r.id, 'need', 'open', r.by_id, r.by_id, 'Vraag', r.area_id, :today::date + 365, :now, :now, :now, ''
  from jsonb_to_recordset(:posts) as r(id uuid, by_id uuid, area_id uuid);

-- name: replies!
-- Somebody answered. What came of it stands among the exchanges.
insert into exchange (community_id, id, state, mode, post_id, area_id, started_by_id, entered_by_id, title,
       end_reason, ended_by_id, state_at, created_at)
select :community, r.reply_id, 'closed', 'gift', r.id, r.area_id, r.other_id, r.other_id, 'Vraag', 'other', r.other_id,
       :now, :now
  from jsonb_to_recordset(:posts) as r(id uuid, reply_id uuid, area_id uuid, other_id uuid);

-- name: reply_sides!
insert into exchange_party (community_id, exchange_id, party_id, gives, gets)
select :community, r.reply_id, s.party_id, s.gives, not s.gives
  from jsonb_to_recordset(:posts) as r(reply_id uuid, by_id uuid, other_id uuid)
  cross join lateral (values (r.other_id, true), (r.by_id, false)) s (party_id, gives);

-- name: gatherings!
insert into gathering (community_id, id, area_id, title, every, first_on, starts_at, made_by_id, made_at, state_at)
select distinct on (r.id) :community::bigint, r.id, r.area_id, r.title, 'week', :today::date, '10:00'::time, :keeper::uuid,
       :now::timestamptz, :now::timestamptz
  from jsonb_to_recordset(:visits) as r(id uuid, area_id uuid, title text)
on conflict do nothing;

-- name: days!
insert into gathering_day (community_id, gathering_id, on_date, ticked_by_id, way, at)
select distinct :community::bigint, r.id, :today::date, :keeper::uuid, 'page', :now::timestamptz
  from jsonb_to_recordset(:visits) as r(id uuid);

-- name: attendances!
insert into attendance (community_id, gathering_id, party_id, on_date, ticked_by_id, way, at)
select distinct :community::bigint, r.id, r.party_id, :today::date, :keeper::uuid, 'page', :now::timestamptz
  from jsonb_to_recordset(:visits) as r(id uuid, party_id uuid);

-- name: checkins!
insert into checkin (community_id, party_id, on_date, talks, wants, way, entered_by_id, at)
select distinct on (r.party_id) :community::bigint, r.party_id, :today::date, r.talks, r.wants, 'page', r.party_id,
       :now::timestamptz
  from jsonb_to_recordset(:checkins) as r(n integer, party_id uuid, talks integer, wants text)
 order by r.party_id, r.n desc;
