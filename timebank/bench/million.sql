-- Fill a database with very many made-up rows. Runs as the superuser of a database that is thrown away,
-- with its triggers asleep; nothing here is ever sent by the application.

-- name: helpers#
create function bench_id(at timestamptz, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
          || '8' || substr(md5(n::text || 'x'), 1, 15))::uuid $$;
create function bench_member(community bigint, n bigint) returns uuid language sql immutable as $$
  select ('00000000-0000-7000-8000-' || lpad(to_hex(community * 100000 + n), 12, '0'))::uuid $$;
create function bench_area(community bigint, n bigint) returns uuid language sql immutable as $$
  select ('00000000-0000-7000-9000-' || lpad(to_hex(community * 100 + n), 12, '0'))::uuid $$;
create function bench_place(community bigint, n integer) returns uuid language sql immutable as $$
  select ('00000000-0000-7000-a000-' || lpad(to_hex(community * 100 + n), 12, '0'))::uuid $$;
create unlogged table bench_text (nr integer primary key, direction text, title text, words text, kind text,
                                  stems tsvector);

-- name: sleeping_triggers!
set session_replication_role = replica;

-- name: indexes
-- Those that can be made again after the rows are there.
select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
  from pg_index i
 where i.indrelid = any(:tables::text[]::regclass[]) and not i.indisprimary
   and not exists (select from pg_constraint c where c.conindid = i.indexrelid);

-- name: communities!
insert into community (id, slug, name, created_at)
select c, 'b' || c, 'Buurt ' || c, :now::timestamptz from generate_series(1, :count::integer) c;

-- name: profiles!
insert into community_profile (community_id) select id from community;

-- name: areas!
-- The whole, and four neighbourhoods.
insert into area (community_id, id, parent_id, kind, name, sort_name, created_at)
select c.id, bench_area(c.id, n), case when n = 0 then null else bench_area(c.id, 0) end,
       case when n = 0 then 'community' else 'neighbourhood' end, 'Buurt ' || n, 'buurt ' || n, :now::timestamptz
  from community c cross join generate_series(0, 4) n;

-- name: places!
-- Sixty places in each community, somewhere in its neighbourhoods.
insert into place (community_id, id, area_id, name, sort_name, x_m, y_m)
select c.id, bench_place(c.id, n), bench_area(c.id, 1 + n % 4), 'Plek ' || n, 'plek ' || n, n * 37 % 2600, n * 91 % 2600
  from community c cross join generate_series(0, 59) n;

-- name: parties!
insert into party (community_id, id, number, kind, state, state_at, applied_at, admitted_at)
select :community::bigint, bench_member(:community::bigint, n), (100000 + n)::text, 'person', 'active', t.at, t.at, t.at
  from generate_series(1, :members::integer) n
  cross join lateral (select :now::timestamptz - (60 + n % 1000) * interval '1 day' as at) t;

-- name: persons!
insert into person (community_id, party_id, full_name, call_name, sort_name, skeleton, area_id, place_id, email,
                    email_key, phone, phone_key, reachable_by, likes, changed_at)
select :community::bigint, bench_member(:community::bigint, n), 'Buur ' || n, 'Buur ' || n, 'buur ' || lpad(n::text, 6, '0'),
       'buur' || n, bench_area(:community::bigint, 1 + n % 4), bench_place(:community::bigint, n * 7 % 15 * 4 + n % 4), 'b' || n || '@example.org', 'b' || n || '@example.org',
       '06 55500123', '0655500123', (array['app', 'app', 'email', 'phone'])[1 + n % 4],
       (array['wandelen', 'breien', 'koken', 'lezen', 'schaken', 'zingen'])[1 + n % 6] || ' en '
         || (array['fietsen', 'muziek', 'taarten bakken', 'honden', 'tekenen'])[1 + n % 5], :now::timestamptz
  from generate_series(1, :members::integer) n;

-- name: consents!
insert into consent (community_id, id, party_id, kind, answer, wording, way, at)
select :community::bigint, bench_id(:now::timestamptz - interval '50 days', :community::bigint * 100000 + n),
       bench_member(:community::bigint, n), 'worker_call', case when n % 5 < 3 then 'yes' else 'no' end, 1, 'page', :now::timestamptz
  from generate_series(1, :members::integer) n;

-- name: workers!
-- The first four members, one for each neighbourhood.
insert into role (community_id, id, party_id, kind, area_id, starts_on, granted_at)
select :community::bigint, bench_id(:now::timestamptz, :community::bigint * 10 + n), bench_member(:community::bigint, n), 'worker',
       bench_area(:community::bigint, 1 + n % 4), :now::date - 50, :now::timestamptz
  from generate_series(1, 4) n;

-- name: posts!
-- `first` is the number of posts in the communities before this one.
insert into post (community_id, id, direction, state, by_id, entered_by_id, title, words, category, minutes,
                  area_id, expires_on, created_at, opened_at, state_at, stems)
select :community::bigint, bench_id(t.at, :first::bigint + n), x.direction, 'open', t.by_id, t.by_id, x.title, x.words, x.kind,
       60, bench_area(:community::bigint, 1 + n % 4), :now::date + 30, t.at, t.at, t.at, x.stems
  from generate_series(1, :count::bigint) n
  cross join lateral (
       select :now::timestamptz - (:count::bigint - n) * interval '60 days' / :count::bigint as at,
              bench_member(:community::bigint, 1 + (n * 7919) % :members::integer) as by_id) t
  join bench_text x on x.nr = (n * 104729 + :community::bigint) % :texts::integer;

-- name: exchanges!
-- Three years of them, each member mostly with a few others. One in a hundred is still open, and one in
-- ten of those lies with a worker.
insert into exchange (community_id, id, state, mode, area_id, started_by_id, entered_by_id, title, planned_on,
                      planned_at, planned_minutes, next_action, owner_id, asked_id, due_on, done_on,
                      claimed_minutes, claimed_by_id, claimed_at, minutes, confirmed_at, booked_by, state_at,
                      created_at)
select :community::bigint, bench_id(t.at, :community::bigint * 1000000 + n), case when o.still then 'done' else 'confirmed' end,
       'hours', bench_area(:community::bigint, 1 + t.getter % 4), bench_member(:community::bigint, t.getter),
       bench_member(:community::bigint, t.getter), 'Boodschappen doen', t.at::date, '10:00', 60,
       case when not o.still then null when n % 1000 = 0 then 'ask_both' else 'confirm' end,
       case when not o.still then null when n % 1000 = 0 then bench_member(:community::bigint, 1 + t.getter % 4)
            else bench_member(:community::bigint, t.getter) end,
       case when o.still then bench_member(:community::bigint, t.getter) end,
       case when o.still then :now::date + (n % 20)::integer end, t.at::date, 60, bench_member(:community::bigint, t.giver), t.at,
       case when not o.still then 60 end, case when not o.still then t.at end,
       case when not o.still then 'both' end, t.at, t.at
  from generate_series(1, :count::bigint) n
  cross join lateral (
       select :now::timestamptz - (:count::bigint - n) * interval '1095 days' / :count::bigint as at,
              1 + (n * 7919) % :members::integer as getter,
              1 + (n * 7919 + 1 + (n / :members::integer) % 12) % :members::integer as giver) t
  cross join lateral (select n % 100 = 0 and n > :count::bigint * 0.9 as still) o;

-- name: exchange_parties!
insert into exchange_party (community_id, exchange_id, party_id, gives, gets)
select e.community_id, e.id, s.party_id, s.gives, not s.gives
  from exchange e
  cross join lateral (values (e.started_by_id, false), (e.claimed_by_id, true)) s (party_id, gives)
 where e.community_id = :community::bigint;

-- name: ties!
-- As the triggers would have written them, were they awake.
insert into tie_meeting (community_id, party_id, done_on, exchange_id, other_id, minutes, gave, got)
select m.community_id, m.party_id, m.done_on, m.exchange_id, m.other_id, m.minutes, m.gave, m.got
  from exchange_met m where m.community_id = :community::bigint;

-- name: gatherings!
-- A group in each neighbourhood, and the weeks in which its list was kept.
insert into gathering (community_id, id, area_id, title, every, first_on, starts_at, made_by_id, made_at, state_at)
select :community::bigint, bench_area(:community::bigint, n), bench_area(:community::bigint, n), 'Koffieochtend', 'week',
       :now::date - 400, '10:00', bench_member(:community::bigint, n), :now::timestamptz, :now::timestamptz
  from generate_series(1, 4) n;

-- name: attendances!
-- One and a half for each member in a year: one in six comes nine times.
insert into attendance (community_id, gathering_id, party_id, on_date, ticked_by_id, way, at)
select :community::bigint, bench_area(:community::bigint, 1 + n % 4), bench_member(:community::bigint, n),
       :now::date - 7 * (n % 5 + k * 4), bench_member(:community::bigint, 1), 'page', :now::timestamptz
  from generate_series(6, :members::integer, 6) n cross join generate_series(1, 9) k;

-- name: checkins!
-- One in five said something of themselves in the last year.
insert into checkin (community_id, party_id, on_date, talks, wants, way, entered_by_id, at)
select :community::bigint, bench_member(:community::bigint, n), :now::date - n % 365, n / 5 % 4,
       (array['no', 'no', 'yes', 'unsure', 'no'])[1 + n / 5 % 5], 'page', bench_member(:community::bigint, n), :now::timestamptz
  from generate_series(5, :members::integer, 5) n;

-- name: wishes!
-- Whoever may be called also wants to meet somebody.
insert into introduction_wish (community_id, party_id, answer, hosts, entered_by_id, at)
select :community::bigint, bench_member(:community::bigint, n), 'yes', n % 7 = 0, bench_member(:community::bigint, n), :now::timestamptz
  from generate_series(1, :members::integer) n where n % 5 < 3;

-- name: password!
insert into credential (community_id, party_id, password_hash, changed_at)
values (:community::bigint, bench_member(:community::bigint, :n::integer), :hash, :now::timestamptz);

-- name: database_ms$
-- Planning and execution of all statements since the last reset.
select coalesce(sum(total_exec_time + total_plan_time), 0) from pg_stat_statements s
  join pg_database d on d.oid = s.dbid where d.datname = current_database();

-- name: explain_exact$
explain (analyze, format json)
select * from search_posts(:community::bigint, 'offer', :today, :exact, '', '', 0, 200);
