-- Posts: what somebody offers or asks for. A dormant offer is a talent, a dormant need a wish.
-- Words are stemmed by the application and stored as they are (`stems`): see kernel/search.py.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- `by_id` owns the post, `entered_by_id` is the hand that wrote it, `beneficiary_id` whom it is for when
-- that is somebody else. `expires_on` is the last day it is shown (t/m, in Amsterdam). `hidden_at`:
-- moderation took it out of sight. `paused_for` says whether its owner paused it, or it rests because
-- the owner does not take part for now.
create table post (
  community_id bigint not null,
  id uuid not null,
  direction text not null constraint post_direction_known check (direction in ('offer', 'need')),
  state text not null constraint post_state_known check (state in ('dormant', 'draft', 'review', 'open',
    'paused', 'matched', 'closed', 'withdrawn', 'expired')),
  by_id uuid not null,
  beneficiary_id uuid,
  entered_by_id uuid not null,
  title text not null,
  words text not null default '',
  category text not null default 'other' constraint post_category_known check (category in ('garden',
    'errands', 'household', 'repair', 'transport', 'company', 'computer', 'paperwork', 'lessons',
    'children', 'animals', 'cooking', 'lending', 'other')),
  together boolean not null default false,
  minutes integer,
  when_text text not null default '',
  language text not null default 'nl',
  area_id uuid not null,
  place_id uuid,
  expires_on date not null,
  created_at timestamptz not null,
  opened_at timestamptz,
  state_at timestamptz not null,
  paused_for text constraint post_paused_for_known check (paused_for in ('owner', 'member')),
  warned_at timestamptz,
  hidden_at timestamptz,
  stems tsvector not null,
  primary key (community_id, id),
  constraint post_title_length check (char_length(title) between 1 and 80),
  constraint post_words_length check (char_length(words) <= 1500),
  constraint post_when_length check (char_length(when_text) <= 120),
  constraint post_minutes check (minutes between 1 and 1440),
  constraint post_language_form check (language ~ '^[a-z]{2}$'),
  constraint post_paused_why check ((state = 'paused') = (paused_for is not null))
);
select sharding.by_community('post');
alter table post add constraint post_by foreign key (community_id, by_id) references party (community_id, id);
alter table post add constraint post_beneficiary foreign key (community_id, beneficiary_id) references party (community_id, id);
alter table post add constraint post_entered_by foreign key (community_id, entered_by_id) references party (community_id, id);
alter table post add constraint post_in_area foreign key (community_id, area_id) references area (community_id, id);
alter table post add constraint post_at_place foreign key (community_id, place_id) references place (community_id, id);

create index post_feed on post (community_id, direction, created_at desc, id desc)
  where state = 'open' and hidden_at is null;
-- Posts are searched far more often than written: no list of changes still to be sorted in.
create index post_by_stems on post using gin (community_id, stems) with (fastupdate = off)
  where state = 'open';
create index post_by_letters on post using gin (community_id, title gin_trgm_ops) with (fastupdate = off)
  where state = 'open';
create index post_of on post (community_id, by_id, direction, created_at desc, id desc);
create index post_all on post (community_id, area_id, created_at desc, id desc);
create index post_ends on post (community_id, expires_on) where state in ('open', 'paused');
grant select, insert, update on post to timebank_web, timebank_work;

-- The role that searches: nobody signs in as it, and it may read these columns and nothing else.
-- Row security keeps the planner from GIN indexes (@@ and <% are not leakproof), so the search runs
-- in one function of this role, which looks at the community of the transaction only.
grant usage on schema public to timebank_search;
grant select (community_id, id, direction, state, title, stems, expires_on, hidden_at, created_at)
  on post to timebank_search;
create policy searches on post for select to timebank_search using (true);

-- Ids of open posts, best first: those with all words; and when these are few (under `p_few`), those
-- with words that begin like them, or a title that reads nearly like them. Who may see a post is for
-- the caller to say.
create function search_posts(
  p_community bigint, p_direction text, p_today date, p_exact text, p_prefix text, p_letters text,
  p_few integer, p_most integer
) returns table (id uuid, score integer) language plpgsql stable security definer
  set search_path = public, pg_catalog, pg_temp
  set plan_cache_mode = force_custom_plan
  as $$
#variable_conflict use_column
declare
  v_found integer;
begin
  if p_community is distinct from current_setting('app.community')::bigint then
    raise exception 'search_posts asks another community' using errcode = 'insufficient_privilege';
  end if;
  return query
    select p.id, 1000000 + (100000 * ts_rank(p.stems, p_exact::tsquery))::integer as score
     from post p
    where p.community_id = p_community and p.state = 'open' and p.stems @@ p_exact::tsquery
     and p.direction = p_direction and p.hidden_at is null and p.expires_on >= p_today
    order by score desc, p.id desc limit p_most;
  get diagnostics v_found = row_count;
  if v_found >= p_few then
    return;
  end if;
  return query
    select p.id, (100000 * greatest(ts_rank(p.stems, p_prefix::tsquery),
                    word_similarity(p_letters, p.title)))::integer as score
     from post p
    where p.community_id = p_community and p.state = 'open'
     and (p.stems @@ p_prefix::tsquery or p_letters <% p.title)
     and not p.stems @@ p_exact::tsquery
     and p.direction = p_direction and p.hidden_at is null and p.expires_on >= p_today
    order by score desc, p.id desc limit p_most - v_found;
end $$;

grant create on schema public to timebank_search;
alter function search_posts(bigint, text, date, text, text, text, integer, integer) owner to timebank_search;
revoke create on schema public from timebank_search;
revoke execute on function search_posts(bigint, text, date, text, text, text, integer, integer) from public;
grant execute on function search_posts(bigint, text, date, text, text, text, integer, integer)
  to timebank_web, timebank_work;
select sharding.function('search_posts(bigint, text, date, text, text, text, integer, integer)');

-- A post with the names around it. Who may see it is for each query to say. It runs with the rights of
-- who asks, so row security holds through it.
create view post_shown with (security_invoker = true) as
  select p.community_id, p.id, p.direction, p.state, p.by_id, p.beneficiary_id, p.entered_by_id, p.title,
         p.words, p.category, p.together, p.minutes, p.when_text, p.language as lang, p.area_id,
         a.name as area_name, p.place_id, coalesce(l.name, '') as place, p.expires_on, p.created_at,
         p.state_at, p.paused_for, p.hidden_at, p.stems, coalesce(n.call_name, '') as call_name,
         coalesce(n.full_name, '') as full_name, y.state = 'active' and not n.hidden as by_shown
    from post p
    join party y on y.community_id = p.community_id and y.id = p.by_id
    join area a on a.community_id = p.community_id and a.id = p.area_id
    left join person n on n.community_id = p.community_id and n.party_id = p.by_id
    left join place l on l.community_id = p.community_id and l.id = p.place_id;
grant select on post_shown to timebank_web, timebank_work;
