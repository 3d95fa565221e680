-- name: insert$
-- The language is the owner's, the last day is the community's term. No row: the owner does not take part.
insert into post (community_id, id, direction, state, by_id, beneficiary_id, entered_by_id, title, words,
       category, together, minutes, when_text, language, area_id, place_id, expires_on, created_at,
       opened_at, state_at, stems)
select y.community_id, :id, :direction, 'open', y.id, :beneficiary, :entered_by, :title, :words, :category,
       :together, :minutes, :when_text, n.language, n.area_id, :place, :today::date + c.post_days, :now,
       :now, :now, :stems::text::tsvector
  from party y
  join person n on n.community_id = y.community_id and n.party_id = y.id
  join community_profile c on c.community_id = y.community_id
 where y.community_id = :community and y.id = :by and y.state = 'active'
returning id;

-- name: update_words$
update post set title = :title, words = :words, category = :category, together = :together,
       minutes = :minutes, when_text = :when_text, place_id = :place, stems = :stems::text::tsvector
 where community_id = :community and id = :id and by_id = :by
   and state in ('dormant', 'draft', 'review', 'open', 'paused', 'expired')
returning id;

-- name: pause$
update post set state = 'paused', paused_for = 'owner', state_at = :now
 where community_id = :community and id = :id and by_id = :by and state = 'open'
returning id;

-- name: renew$
-- Open again for the community's whole term, from wherever it rested.
update post p set state = 'open', paused_for = null, warned_at = null, state_at = :now,
       opened_at = coalesce(p.opened_at, :now), expires_on = :today::date + c.post_days
  from community_profile c
 where c.community_id = :community and p.community_id = :community and p.id = :id and p.by_id = :by
   and p.state = any(:from_states) and p.paused_for is distinct from 'member'
returning p.id;

-- name: withdraw$
update post set state = 'withdrawn', paused_for = null, state_at = :now
 where community_id = :community and id = :id and by_id = :by
   and state in ('dormant', 'draft', 'review', 'open', 'paused', 'expired')
returning id;

-- name: mark_matched$
-- Of two appointments about a need one is first; an offer stays open for others.
update post set state = case direction when 'need' then 'matched' else state end,
       paused_for = case direction when 'need' then null else paused_for end,
       state_at = case direction when 'need' then :now else state_at end
 where community_id = :community and id = :id and state in ('open', 'paused', 'expired')
returning id;

-- name: hold$
select id from post where community_id = :community and id = :id for update;

-- name: direction_of$
select direction from post where community_id = :community and id = :id;

-- name: reopen$
-- Matched becomes open again, and stays so for at least the term of warning.
update post p set state = 'open', warned_at = null, state_at = :now,
       expires_on = greatest(p.expires_on, :today::date + c.post_warning_days)
  from community_profile c
 where c.community_id = :community and p.community_id = :community and p.id = :id and p.state = 'matched'
returning p.id;

-- name: close$
update post set state = 'closed', state_at = :now
 where community_id = :community and id = :id and state = 'matched'
returning id;

-- name: pause_all_of
update post set state = 'paused', paused_for = 'member', state_at = :now
 where community_id = :community and by_id = :by and state = 'open'
returning id;

-- name: resume_all_of
update post p set state = 'open', paused_for = null, warned_at = null, state_at = :now,
       expires_on = greatest(p.expires_on, :today::date + c.post_warning_days)
  from community_profile c
 where c.community_id = :community and p.community_id = :community and p.by_id = :by
   and p.state = 'paused' and p.paused_for = 'member'
returning p.id;

-- name: close_all_of
update post set state = 'withdrawn', paused_for = null, state_at = :now
 where community_id = :community and by_id = :by
   and state in ('dormant', 'draft', 'review', 'open', 'paused', 'matched', 'expired')
returning id;

-- name: set_hidden$
update post set hidden_at = case when :hidden then coalesce(hidden_at, :now) end
 where community_id = :community and id = :id
returning id;

-- name: warn
-- Posts whose last day is near, told once.
update post p set warned_at = :now from community_profile c
 where c.community_id = :community and p.community_id = :community and p.state = 'open'
   and p.hidden_at is null and p.warned_at is null
   and p.expires_on between :today::date and :today::date + c.post_warning_days
returning p.id, p.by_id, p.direction, p.expires_on;

-- name: expire
update post set state = 'expired', paused_for = null, state_at = :now
 where community_id = :community and expires_on < :today::date
   and (state = 'open' or (state = 'paused' and paused_for = 'owner'))
returning id, by_id, direction, hidden_at;

-- name: post_for^
-- A post that this member may read: an open one of somebody they may meet, one of their own or for them,
-- one they have an appointment about, or any in an area they watch over (null: everywhere).
select s.id, s.direction, case when s.state = 'open' and s.expires_on < :today then 'expired' else s.state end
         as state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category, s.together,
       s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place, s.expires_on,
       s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name
  from post_shown s
 where s.community_id = :community and s.id = :id
   and (:subject in (s.by_id, s.beneficiary_id)
        or s.area_id = any(:areas)
        or :everywhere::boolean
        or (s.hidden_at is null and s.by_shown and may_meet(s.community_id, s.by_id, :subject)
            and ((s.state = 'open' and s.expires_on >= :today)
                 or exists (select from exchange x
                      join exchange_party e on e.community_id = x.community_id and e.exchange_id = x.id
                     where x.community_id = :community and x.post_id = s.id and e.party_id = :subject))));

-- name: gone_for^
-- What was open once, and could be seen then: only that it is over.
select s.id, s.direction, case when s.state = 'open' then 'expired' else s.state end as state, s.category
  from post_shown s
 where s.community_id = :community and s.id = :id and s.hidden_at is null and s.by_shown
   and s.state in ('open', 'matched', 'closed', 'withdrawn', 'expired', 'paused')
   and may_meet(s.community_id, s.by_id, :subject);

-- name: mine
-- Of each the number of neighbours who answered and are still there to talk to. What has ended comes last, so
-- that years of it push nothing from the list that still stands.
select s.id, s.direction, case when s.state = 'open' and s.expires_on < :today then 'expired' else s.state end
         as state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category, s.together,
       s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place, s.expires_on,
       s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name,
       (select count(*) from exchange x where x.community_id = :community and x.post_id = s.id
           and x.started_by_id <> s.by_id
           and x.state in ('talking', 'agreed', 'planned', 'done', 'disputed')) as replies
  from post_shown s
 where s.community_id = :community and s.by_id = :subject and s.direction = :direction
   and s.state in ('draft', 'review', 'open', 'paused', 'matched', 'expired')
 order by s.state = 'expired' or (s.state = 'open' and s.expires_on < :today), s.created_at desc, s.id desc limit 50;

-- name: replies$
select count(*) from exchange x
 where x.community_id = :community and x.post_id = :id and x.started_by_id <> :by
   and x.state in ('talking', 'agreed', 'planned', 'done', 'disputed');

-- name: reader^
-- What can be said truthfully of what fits this member: what they have open, and the places round the
-- corner from theirs, that one included. A place without a spot is near itself alone.
select coalesce((
         select jsonb_agg(jsonb_build_object('direction', m.direction, 'title', m.title,
                            'category', m.category, 'together', m.together) order by m.created_at desc, m.id desc)
           from (select * from post p
                  where p.community_id = :community and p.by_id = :subject and p.state = 'open'
                    and p.hidden_at is null and p.expires_on >= :today
                  order by p.created_at desc, p.id desc limit 40) m), '[]') as subjects,
       array(
         select b.id from place a
           join place b on b.community_id = a.community_id and b.retired_at is null
            and (b.id = a.id or (b.x_m - a.x_m) ^ 2 + (b.y_m - a.y_m) ^ 2 <= :metres ^ 2)
           join area n on n.community_id = b.community_id and n.id = b.area_id and n.state = 'active'
          where a.community_id = :community and a.id = :place and a.retired_at is null) as near;

-- name: feed
-- What neighbours have open on one side, newest first; not what this member reported.
select s.id, s.direction, s.state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category,
       s.together, s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place,
       s.expires_on, s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name
  from post_shown s
 where s.community_id = :community and s.direction = :direction and s.state = 'open'
   and s.hidden_at is null and s.expires_on >= :today and s.by_id <> :subject and s.by_shown
   and s.id <> all(:skip)
   and (:category::text is null or s.category = :category)
   and (not :together::boolean or s.together)
   and (:near::uuid[] is null or s.place_id = any(:near))
   and (:before::uuid is null or (s.created_at, s.id) <
        (select c.created_at, c.id from post c where c.community_id = :community and c.id = :before))
   and s.id not in (select r.about_id from report_voice v
        join report r on r.community_id = v.community_id and r.id = v.report_id and r.about_kind = 'post'
       where v.community_id = :community and v.party_id = :subject)
   and may_meet(s.community_id, s.by_id, :subject)
 order by s.created_at desc, s.id desc limit :limit;

-- name: fitting
-- Of the newest open posts those that share a subject or a word of the title with mine, are both meant to
-- be done together, or are round the corner; the best first. What waits for somebody to look at a report
-- is not recommended to anybody, and what this member reported never again to them.
with side (direction, stems, categories, together) as (values
  ('need', :need_stems::text[], :need_categories::text[], :need_together::boolean),
  ('offer', :offer_stems::text[], :offer_categories::text[], :offer_together::boolean)),
recent as materialized (
  select n.id, n.by_id, n.created_at,
         4 * (tsvector_to_array(ts_filter(n.stems, '{a}')) && d.stems)::integer
         + 3 * (n.category = any(d.categories))::integer
         + 2 * (d.together and n.together)::integer
         + coalesce(n.place_id = any(:near), false)::integer as fit
    from side d
    cross join lateral (select r.* from post r
       where r.community_id = :community and r.direction = d.direction and r.state = 'open'
         and r.hidden_at is null and r.expires_on >= :today and r.by_id <> :subject
       order by r.created_at desc, r.id desc limit :recent) n
   where d.direction = any(:directions::text[]))
select s.id, s.direction, s.state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category,
       s.together, s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place,
       s.expires_on, s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name
  from recent f join post_shown s on s.community_id = :community and s.id = f.id
 where f.fit > 0 and s.by_shown and may_meet(s.community_id, s.by_id, :subject)
   and not exists (select from report o where o.community_id = :community and o.about_kind = 'post'
     and o.about_id = s.id and o.closed_at is null)
   and s.id not in (select r.about_id from report_voice v
        join report r on r.community_id = v.community_id and r.id = v.report_id and r.about_kind = 'post'
       where v.community_id = :community and v.party_id = :subject)
 order by f.fit desc, f.created_at desc, f.id desc limit :limit;

-- name: leaflet
-- What stands open in a neighbourhood, for a sheet of paper. Without a reader nobody knows who will see it: of
-- who does not want to meet somebody, nothing stands on it.
select s.id, s.direction, s.state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category,
       s.together, s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place,
       s.expires_on, s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name
  from post_shown s
 where s.community_id = :community and s.area_id = :area and s.direction = :direction and s.state = 'open'
   and s.hidden_at is null and s.expires_on >= :today and s.by_shown
   and case when :reader::uuid is null
       then not exists (select from block b where b.community_id = :community and s.by_id in (b.blocker_id, b.blocked_id))
       else s.by_id <> :reader and may_meet(s.community_id, s.by_id, :reader) end
   and s.id not in (select r.about_id from report_voice v
        join report r on r.community_id = v.community_id and r.id = v.report_id and r.about_kind = 'post'
       where v.community_id = :community and v.party_id = :reader)
 order by s.created_at desc, s.id desc limit :limit;

-- name: at_the_door
-- The newest needs that anybody on the street might read: of nobody who is hidden, for nobody who is, of
-- nobody in a block, not reported, about no children, and without the name of a place. The names are for
-- leaving titles out.
with recent as materialized (
  select p.id from post p
   where p.community_id = :community and p.direction = 'need' and p.state = 'open' and p.hidden_at is null
     and p.expires_on >= :today and p.category <> 'children'
   order by p.created_at desc, p.id desc limit :recent)
select s.title, s.lang, s.area_name, concat_ws(' ', s.full_name, s.call_name, b.full_name, b.call_name) as names
  from recent r
  join post_shown s on s.community_id = :community and s.id = r.id
  left join person b on b.community_id = s.community_id and b.party_id = s.beneficiary_id
  left join party f on f.community_id = b.community_id and f.id = b.party_id
 where s.by_shown and (s.beneficiary_id is null or (f.state = 'active' and not b.hidden))
   and not exists (select from block k where k.community_id = :community
     and (s.by_id in (k.blocker_id, k.blocked_id) or s.beneficiary_id in (k.blocker_id, k.blocked_id)))
   and not exists (select from report o where o.community_id = :community and o.about_kind = 'post'
     and o.about_id = s.id and o.closed_at is null)
   and not exists (select from place l where l.community_id = :community
     and position(lower(l.name) in lower(s.title)) > 0)
 order by s.created_at desc, s.id desc;

-- name: search
-- The found ones that this member may see, best first; `found` counts them all, on every page. `offset 0`
-- keeps the planner to these: joined flat, it looked at every post of the community for each search.
with hit as materialized (
  select h.id, h.score from search_posts(:community, :direction, :today, :exact, :prefix, :letters, :few, :most) h),
seen as materialized (
  select s.id, h.score, count(*) over () as found
    from hit h
    cross join lateral (select x.* from post_shown x
                         where x.community_id = :community and x.id = h.id offset 0) s
   where s.by_id <> :subject and s.by_shown
     and (:category::text is null or s.category = :category)
     and (not :together::boolean or s.together)
     and (:near::uuid[] is null or s.place_id = any(:near))
     and may_meet(s.community_id, s.by_id, :subject))
select s.id, s.direction, s.state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category,
       s.together, s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place,
       s.expires_on, s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name, f.score, f.found
  from (select f.* from seen f
         where :before::uuid is null or (f.score, f.id) < (:before_score::integer, :before::uuid)
         order by f.score desc, f.id desc limit :limit) f
  cross join lateral (select x.* from post_shown x
                       where x.community_id = :community and x.id = f.id offset 0) s
 order by f.score desc, f.id desc;

-- name: known_words
-- Words of open titles that every member may see: of nobody who is hidden, and of nobody in a block.
select distinct w.word from post_shown s
 cross join lateral regexp_split_to_table(lower(s.title), '[^[:alpha:]]+') as w (word)
 where s.community_id = :community and s.direction = :direction and s.state = 'open'
   and s.hidden_at is null and s.expires_on >= :today and s.by_shown
   and char_length(w.word) between 4 and 40
   and not exists (select from block b where b.community_id = :community
                      and s.by_id in (b.blocker_id, b.blocked_id))
 order by w.word limit 20000;

-- name: near_words
-- Of these words those that share most letters in a row with what was typed.
select w.word from unnest(:words::text[]) as w (word)
 where similarity(w.word, :typed) >= :least
 order by similarity(w.word, :typed) desc, w.word limit 30;

-- name: all_in_areas
-- For those who work here: every state, hidden ones too, newest first.
select s.id, s.direction, case when s.state = 'open' and s.expires_on < :today then 'expired' else s.state end
         as state, s.by_id, s.beneficiary_id, s.entered_by_id, s.title, s.words, s.category, s.together,
       s.minutes, s.when_text, s.lang, s.area_id, s.area_name, s.place_id, s.place, s.expires_on,
       s.created_at, s.paused_for, s.hidden_at, s.call_name, s.full_name
  from post_shown s
 where s.community_id = :community and s.area_id = any(:areas)
   and (:direction::text is null or s.direction = :direction)
   and (:state::text is null or s.state = :state)
   and (not :hidden::boolean or s.hidden_at is not null)
   and (:before::uuid is null or (s.created_at, s.id) <
        (select c.created_at, c.id from post c where c.community_id = :community and c.id = :before))
 order by s.created_at desc, s.id desc limit :limit;

-- name: count$
select count(*) from post where community_id = :community;

-- name: texts
-- Titles and words in order of id, to cut them into stems again.
select id, title, words from post
 where community_id = :community and id > :after order by id limit :limit;

-- name: set_stems!
update post p set stems = n.stems::tsvector
  from unnest(:ids::uuid[], :stems::text[]) as n (id, stems)
 where p.community_id = :community and p.id = n.id;

-- name: forget!
-- Nothing is left of what somebody wrote but that it was a question or an offer.
update post set title = case direction when 'need' then 'Een vraag' else 'Een aanbod' end, words = '',
       when_text = '', language = 'nl', place_id = null, stems = ''
 where community_id = :community and by_id = :party;
