-- name: open_voices$
-- How many open reports this member has made.
select count(*) from report_voice v
  join report r on r.community_id = v.community_id and r.id = v.report_id and r.closed_at is null
 where v.community_id = :community and v.party_id = :party and v.reason <> 'look_again';

-- name: message_thing^
-- A message in a thread of this member, by somebody else or by themselves.
select m.id, m.from_id as subject_id, n.area_id, m.words as text, m.exchange_id as page_id
  from message m
  join exchange_party e on e.community_id = m.community_id and e.exchange_id = m.exchange_id and e.party_id = :reader
  left join person n on n.community_id = m.community_id and n.party_id = m.from_id
 where m.community_id = :community and m.id = :id and m.hidden_at is null;

-- name: party_thing^
-- A member as this member may see them, or whom this member blocked.
select p.id, p.id as subject_id, n.area_id, '' as text, p.id as page_id
  from party p
  join person n on n.community_id = p.community_id and n.party_id = p.id
 where p.community_id = :community and p.id = :id and p.state in ('active', 'paused', 'leaving', 'suspended')
   and ((not n.hidden and may_meet(p.community_id, p.id, :reader))
        or p.id = :reader
        or exists (select from block b where b.community_id = p.community_id
             and b.blocker_id = :reader and b.blocked_id = p.id));

-- name: next_owner$
-- Whose turn it is: of those who work in this neighbourhood the one with the fewest open reports, else an
-- admin, else whoever works here. Never the one it is about; those in `last` only when nobody else can.
select r.party_id from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  left join lateral (select count(*) as open from report x
     where x.community_id = :community and x.owner_id = r.party_id and x.closed_at is null) o on true
 where r.community_id = :community and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
   and r.party_id <> :subject
 order by r.party_id = any(:last), coalesce(r.area_id = :area, false) desc, r.kind, o.open, r.party_id limit 1;

-- name: insert_report$
-- No row: there is an open one about this thing, which the caller then joins.
insert into report (community_id, id, about_kind, about_id, subject_id, area_id, owner_id, due_on, made_at)
values (:community, :id, :about_kind, :about_id, :subject, :area, :owner, :due_on, :now)
on conflict (community_id, about_kind, about_id) where closed_at is null do nothing
returning id;

-- name: open_report^
select id, owner_id from report
 where community_id = :community and about_kind = :about_kind and about_id = :about_id and closed_at is null
   for update;

-- name: insert_voice$
-- No row: this person reported it already, and counts once.
insert into report_voice (community_id, report_id, party_id, entered_by_id, reason, at)
values (:community, :report, :party, :entered_by, :reason, :now)
on conflict (community_id, report_id, party_id) do nothing
returning party_id;

-- name: insert_words!
insert into report_words (community_id, id, report_id, by_id, kind, words, at)
values (:community, :id, :report, :by, :kind, :words, :now);

-- name: set_taken_down!
update report set taken_down = true where community_id = :community and id = :report;

-- name: judged$
-- Whether a person has looked at a report about this post before and let it stand.
select exists (select from report where community_id = :community and about_kind = 'post' and about_id = :post
   and outcome = 'left');

-- name: desk
-- Open reports that this viewer may handle, the most pressing first. Nobody sees what is about themselves.
select id, about_kind, about_id, subject_id, taken_down, owner_id, due_on, made_at, closed_at, outcome, area_id,
       area_name, subject_call_name, owner_call_name, title, reasons, voices
  from report_sheet r
 where r.community_id = :community and r.closed_at is null and r.subject_id <> :viewer
   and (:everywhere::boolean or r.area_id = any(:areas) or r.owner_id = :viewer)
 order by r.due_on, r.id limit 200;

-- name: done
-- Closed reports, newest first, one page.
select id, about_kind, about_id, subject_id, taken_down, owner_id, due_on, made_at, closed_at, outcome, area_id,
       area_name, subject_call_name, owner_call_name, title, reasons, voices
  from report_sheet r
 where r.community_id = :community and r.closed_at is not null and r.subject_id <> :viewer
   and (:everywhere::boolean or r.area_id = any(:areas) or r.owner_id = :viewer)
   and (:before::uuid is null or (r.closed_at, r.id) < (select c.closed_at, c.id from report c
     where c.community_id = :community and c.id = :before))
 order by r.closed_at desc, r.id desc limit :limit;

-- name: report_for^
-- One report, for somebody who may handle it.
select id, about_kind, about_id, subject_id, taken_down, owner_id, due_on, made_at, closed_at, outcome, area_id,
       area_name, subject_call_name, owner_call_name, title, reasons, voices
  from report_sheet r
 where r.community_id = :community and r.id = :id and r.subject_id <> :viewer
   and (:everywhere::boolean or r.area_id = any(:areas) or r.owner_id = :viewer);

-- name: voices
select v.party_id, v.reason, v.at, coalesce(n.call_name, '') as call_name, coalesce(n.full_name, '') as full_name
  from report_voice v
  left join person n on n.community_id = v.community_id and n.party_id = v.party_id
 where v.community_id = :community and v.report_id = :report order by v.at, v.party_id;

-- name: words
select w.id, w.by_id, w.kind, w.words, w.at, coalesce(n.call_name, '') as call_name
  from report_words w
  left join person n on n.community_id = w.community_id and n.party_id = w.by_id
 where w.community_id = :community and w.report_id = :report order by w.id;

-- name: text_now^
-- What was reported, as it reads now: a post's title and words, or a message.
select coalesce(p.title, '') as title, coalesce(p.words, m.words, '') as words,
       coalesce(p.language, m.language, '') as lang, p.hidden_at is not null or m.hidden_at is not null as hidden,
       m.exchange_id
  from report r
  left join post p on p.community_id = r.community_id and r.about_kind = 'post' and p.id = r.about_id
  left join message m on m.community_id = r.community_id and r.about_kind = 'message' and m.id = r.about_id
 where r.community_id = :community and r.id = :report;

-- name: close^
update report set closed_at = :now, closed_by_id = :by, outcome = :outcome
 where community_id = :community and id = :id and closed_at is null
returning id, about_kind, about_id, subject_id;

-- name: close_about
-- What is decided about a post is decided for every open report about it.
update report set closed_at = :now, closed_by_id = :by, outcome = :outcome
 where community_id = :community and about_kind = :about_kind and about_id = :about_id and closed_at is null
returning id;

-- name: set_owner$
update report set owner_id = :owner
 where community_id = :community and id = :id and closed_at is null and subject_id <> :owner
returning id;

-- name: colleagues
-- Who may take over a report: those who work in its neighbourhood, and the admins; never who it is about.
select distinct on (n.sort_name, r.party_id) r.party_id as id, n.call_name, n.full_name
  from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and (r.kind = 'admin' or r.area_id = :area) and r.party_id <> :subject
   and r.starts_on <= :today and (r.ends_on is null or r.ends_on >= :today)
 order by n.sort_name, r.party_id;

-- name: orphaned
-- Open reports whose owner does not work here any more, or does not take part.
select id, owner_id, subject_id, area_id from report r
 where r.community_id = :community and r.closed_at is null
   and not exists (select from role o
     join party p on p.community_id = o.community_id and p.id = o.party_id and p.state = 'active'
    where o.community_id = :community and o.party_id = r.owner_id and o.starts_on <= :today
      and (o.ends_on is null or o.ends_on >= :today) and (o.kind = 'admin' or o.area_id = r.area_id))
 order by r.due_on, r.id limit 500 for update of r;

-- name: hiding^
-- Why a post is out of sight now.
select h.id, h.post_id, h.reason, h.words, h.by_id, h.at, h.asked_at from post_hiding h
 where h.community_id = :community and h.post_id = :post and h.ended_at is null;

-- name: insert_hiding!
insert into post_hiding (community_id, id, post_id, reason, words, by_id, at)
values (:community, :id, :post, :reason, :words, :by, :now);

-- name: end_first_look!
-- Somebody looked: what was only taken down first now waits for what they decide.
update post_hiding set ended_at = :now, ended_by_id = :by
 where community_id = :community and post_id = :post and ended_at is null and by_id is null;

-- name: end_hiding$
update post_hiding set ended_at = :now, ended_by_id = :by
 where community_id = :community and post_id = :post and ended_at is null
returning id;

-- name: ask_again$
update post_hiding set asked_at = :now
 where community_id = :community and post_id = :post and ended_at is null and asked_at is null
returning id;

-- name: forget_words!
-- What somebody wrote in reports, when that person is erased.
delete from report_words where community_id = :community and by_id = :party;

-- name: forget_texts!
-- And what was kept or written about them.
delete from report_words w using report r
 where w.community_id = :community and r.community_id = :community and r.id = w.report_id
   and r.subject_id = :party;

-- name: forget_hidings!
-- Why a post of theirs was out of sight, and what they wrote to others when they worked here.
update post_hiding h set words = '' from post p
 where h.community_id = :community and p.community_id = :community and p.id = h.post_id
   and (p.by_id = :party or h.by_id = :party);

-- name: notes_beside
-- What others noted about reports this person made.
select w.id, w.words from report_words w
 where w.community_id = :community and exists (select from report_voice v
   where v.community_id = w.community_id and v.report_id = w.report_id and v.party_id = :party);

-- name: set_words!
update report_words set words = :words where community_id = :community and id = :id;

-- name: tidy!
-- The words of a report go a while after it was closed; codes and dates stay.
delete from report_words w using report r
 where w.community_id = :community and r.community_id = :community and r.id = w.report_id
   and r.closed_at < :before;

-- name: waiting_count$
select count(*) from report r
 where r.community_id = :community and r.closed_at is null and r.subject_id <> :viewer
   and (:everywhere::boolean or r.area_id = any(:areas) or r.owner_id = :viewer);

-- name: open_repairs
-- Bookings that somebody asked to have put right, the longest waiting first.
select x.exchange_id, e.title, x.asked_by_id, x.owner_id, x.due_on,
       coalesce(n.call_name, '') as asked_by, coalesce(o.call_name, '') as owner
  from exchange_repair x
  join exchange e on e.community_id = x.community_id and e.id = x.exchange_id
  left join person n on n.community_id = x.community_id and n.party_id = x.asked_by_id
  left join person o on o.community_id = x.community_id and o.party_id = x.owner_id
 where x.community_id = :community and x.settled_at is null
   and (:everywhere::boolean or e.area_id = any(:areas))
 order by x.due_on, x.id limit 100;

-- name: post_facts^
-- Whose post it is, and whether it is out of sight.
select by_id, hidden_at is not null as hidden from post where community_id = :community and id = :post;
