-- Rows of all rooms about one member, for that member's own file. They read; nothing here writes.

-- name: cards
select made_at, given_at, ended_at from member_card
 where community_id = :community and party_id = :party order by made_at, id;

-- name: vouchers
-- Hour notes this member made, and those they redeemed: those without who made them.
select number, minutes, maker_id = :party as own, made_at, valid_until, state as voucher_state, state_at from voucher
 where community_id = :community and (maker_id = :party or redeemed_by_id = :party) order by made_at, id;

-- name: posts
select id, direction, state, title, words, category, together, minutes, when_text, created_at, expires_on from post
 where community_id = :community and by_id = :party order by created_at, id;

-- name: exchanges
select e.id, e.title, e.state, e.mode, x.gives, x.gets, e.planned_on, e.meet_at, e.done_on, e.minutes, e.created_at,
       coalesce((select string_agg(n.call_name, ', ' order by n.party_id) from exchange_party o
          join person n on n.community_id = o.community_id and n.party_id = o.party_id
         where o.community_id = e.community_id and o.exchange_id = e.id and o.party_id <> x.party_id), '') as with_names
  from exchange_party x join exchange e on e.community_id = x.community_id and e.id = x.exchange_id
 where x.community_id = :community and x.party_id = :party order by e.created_at, e.id;

-- name: proposals
select exchange_id, made_at, on_date, minutes, meet_at from exchange_proposal
 where community_id = :community and by_id = :party order by made_at, id;

-- name: repairs
select exchange_id, asked_at, settled_at from exchange_repair
 where community_id = :community and asked_by_id = :party order by asked_at, id;

-- name: written
-- What this member wrote: messages, and words beside an exchange.
select m.exchange_id, m.at, m.words from message m
 where m.community_id = :community and m.from_id = :party
union all
select w.exchange_id, w.at, w.words from exchange_words w
 where w.community_id = :community and w.by_id = :party
 order by 2, 1;

-- name: held_messages
select at, words from message_held where community_id = :community and from_id = :party order by at, id;

-- name: drafts
select made_at, fields from draft where community_id = :community and party_id = :party order by made_at, id;

-- name: sessions
select device, made_at, seen_at, ended_at from session
 where community_id = :community and party_id = :party order by made_at;

-- name: devices
select made_at from known_device where community_id = :community and party_id = :party order by made_at;

-- name: tickets
select made_at, used_at from ticket where community_id = :community and party_id = :party order by made_at, id;

-- name: password
select changed_at from credential where community_id = :community and party_id = :party;

-- name: roles
select r.kind, coalesce(a.name, '') as area_name, r.starts_on, r.ends_on from role r
  left join area a on a.community_id = r.community_id and a.id = r.area_id
 where r.community_id = :community and r.party_id = :party order by r.starts_on, r.id;

-- name: helps_in
-- Where the pages tell people to call this member.
select name as area_name, helper_phone as phone from area
 where community_id = :community and helper_id = :party order by sort_name;

-- name: helpers
-- Who may do something for this member, and whom this member helps; also what ended.
select case when m.party_id = :party then 'helper' else 'helped' end as part, n.call_name as helper_name, m.powers,
       m.most_minutes as minutes, m.starts_at, m.ends_on, m.ended_at from mandate m
  left join person n on n.community_id = m.community_id
   and n.party_id = case when m.party_id = :party then m.helper_id else m.party_id end
 where m.community_id = :community and :party in (m.party_id, m.helper_id) order by m.id;

-- name: leavings
select at, final_on, left_at, back_at from membership_leaving
 where community_id = :community and party_id = :party order by at, id;

-- name: erasures
select asked_at, due_on, withdrawn_at from erasure
 where community_id = :community and party_id = :party order by asked_at, id;

-- name: reach_waiting
-- How this member is reached from tomorrow on.
select due_at, email, phone, street, postcode, reach_words from person_change
 where community_id = :community and party_id = :party;

-- name: household
-- With how many others this member lives together here; their names are theirs.
select count(*) as others from person n
  join person o on o.community_id = n.community_id and o.household_id = n.household_id and o.party_id <> n.party_id
 where n.community_id = :community and n.party_id = :party having count(*) > 0;

-- name: hidden_posts
select p.title, h.reason as hide_reason, h.words, h.at, h.ended_at from post_hiding h
  join post p on p.community_id = h.community_id and p.id = h.post_id
 where h.community_id = :community and p.by_id = :party order by h.at, h.id;

-- name: reports_made
-- What this member reported, and in which words.
select v.at, v.reason, r.outcome, coalesce((select string_agg(w.words, ' / ' order by w.id) from report_words w
         where w.community_id = v.community_id and w.report_id = v.report_id and w.by_id = v.party_id
           and w.kind = 'reported'), '') as words
  from report_voice v join report r on r.community_id = v.community_id and r.id = v.report_id
 where v.community_id = :community and v.party_id = :party order by v.at, v.report_id;

-- name: reports_about
-- That something was reported about this member, once it was decided: not what, when or by whom, as in a
-- talk of two that would name the other. The first of the month in which it was decided.
select date_trunc('month', r.closed_at at time zone 'Europe/Amsterdam')::date as month_on, r.outcome from report r
 where r.community_id = :community and r.subject_id = :party and r.closed_at is not null
   and exists (select from report_voice v where v.community_id = r.community_id and v.report_id = r.id
     and v.party_id <> :party)
 order by 1, r.outcome;

-- name: checkins
-- What this member said about contact.
select on_date, talks, wants from checkin
 where community_id = :community and party_id = :party order by on_date;

-- name: mutes
-- Until when this member wants no signal.
select said_on, until_on from signal_mute where community_id = :community and party_id = :party;

-- name: worries
-- What this member told a worker, of a neighbour or of herself.
select w.at, w.kind as told_kind, coalesce(t.who, '') as about_whom, coalesce(t.words, '') as words from signal_told w
  left join signal_told_words t on t.community_id = w.community_id and t.told_id = w.id
 where w.community_id = :community and w.by_id = :party order by w.at, w.id;

-- name: gatherings
-- Groups this member hosts, is expected at, or made.
select g.title, g.host_id is not distinct from :party as hosts, l.party_id is not null as expected from gathering g
  left join gathering_guest l on l.community_id = g.community_id and l.gathering_id = g.id and l.party_id = :party
 where g.community_id = :community and (:party in (g.host_id, g.made_by_id) or l.party_id is not null)
 order by g.made_at, g.id;

-- name: attended
select g.title, a.on_date from attendance a
  join gathering g on g.community_id = a.community_id and g.id = a.gathering_id
 where a.community_id = :community and a.party_id = :party order by a.on_date, g.id;

-- name: introductions
-- When this member was asked to meet a neighbour, and what they said; with whom only after two yeses. What
-- began with them and was not asked yet is there too, without a name.
select i.made_on, a.asked_at, a.answer as meet_answer, a.came_of_it,
       case when i.introduced_on is not null then n.call_name end as met_with
  from introduction i
  left join introduction_ask a on a.community_id = i.community_id and a.introduction_id = i.id and a.party_id = :party
  left join person n on n.community_id = i.community_id
   and n.party_id = case when i.party_id = :party then i.other_id else i.party_id end
 where i.community_id = :community and (i.party_id = :party or a.party_id = :party)
   and i.outcome is distinct from 'passed_over'
 order by i.id;

-- name: meeting_wish
-- What this member says about meeting new people.
select at, answer as meet_answer, hosts as receives, by_age, languages from introduction_wish
 where community_id = :community and party_id = :party;
