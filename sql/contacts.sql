-- name: insert_contact!
insert into contact (community_id, id, party_id, by_id, entered_by_id, purpose, topic, way, outcome, wish, held_on, at,
       follow_up_on, owner_id)
values (:community, :id, :party, :by, :entered_by, :purpose, :topic, :way, :outcome, :wish, :held_on, :now,
       :follow_up_on, :owner);

-- name: insert_words!
insert into contact_words (community_id, contact_id, words, mood) values (:community, :contact, :words, :mood);

-- name: followed_up!
-- Somebody spoke to this member: whatever was to be followed up is done.
update contact set followed_up_at = :now
 where community_id = :community and party_id = :party and follow_up_on is not null and followed_up_at is null;

-- name: let_go!
-- This member wants to be left in peace: what a worker would do under her yes is done with.
update contact set followed_up_at = :now
 where community_id = :community and party_id = :party and purpose = 'attention'
   and follow_up_on is not null and followed_up_at is null;

-- name: contacts_of
-- The talks with one member, the latest first.
select c.id, c.party_id, c.by_id, c.purpose, c.topic, c.way, c.outcome, c.wish, c.held_on, c.at, c.follow_up_on,
       c.owner_id, c.followed_up_at, coalesce(w.words, '') as words, coalesce(w.mood, '') as mood,
       coalesce(n.full_name, '') as by_name,
       coalesce(t.full_name, '') as entered_by_name, c.entered_by_id
  from contact c
  left join contact_words w on w.community_id = c.community_id and w.contact_id = c.id
  left join person n on n.community_id = c.community_id and n.party_id = c.by_id
  left join person t on t.community_id = c.community_id and t.party_id = c.entered_by_id
 where c.community_id = :community and c.party_id = :party
 order by c.held_on desc, c.id desc limit :limit;

-- name: due
-- Follow-ups that wait, the oldest date first, for a worker of some neighbourhoods: not about themselves,
-- nor about somebody they stepped aside for.
select c.id, c.party_id, c.purpose, c.way, c.outcome, c.wish, c.held_on, c.follow_up_on, c.owner_id,
       n.area_id, n.full_name, n.call_name, coalesce(p.number, '') as number, coalesce(o.full_name, '') as owner_name
  from contact c
  join party p on p.community_id = c.community_id and p.id = c.party_id
   and p.state in ('active', 'paused', 'leaving', 'suspended')
  join person n on n.community_id = c.community_id and n.party_id = c.party_id
  left join person o on o.community_id = c.community_id and o.party_id = c.owner_id
 where c.community_id = :community and c.follow_up_on is not null and c.followed_up_at is null
   and n.area_id = any(:areas) and c.party_id <> :worker
   and (c.purpose <> 'attention' or (select k.answer from consent k where k.community_id = c.community_id
     and k.party_id = c.party_id and k.kind = 'worker_call' order by k.id desc limit 1) = 'yes')
   and not exists (select from contact_aside x where x.community_id = c.community_id
     and x.worker_id = :worker and x.party_id = c.party_id)
 order by c.follow_up_on, c.id limit :limit;

-- name: hand_over^
update contact set owner_id = :to
 where community_id = :community and id = :id and follow_up_on is not null and followed_up_at is null
returning id, party_id;

-- name: open_follow_up^
-- A follow-up that waits, by its id.
select c.id, c.party_id, c.owner_id from contact c
 where c.community_id = :community and c.id = :id and c.follow_up_on is not null and c.followed_up_at is null;

-- name: step_aside!
insert into contact_aside (community_id, worker_id, party_id, at)
values (:community, :worker, :party, :now) on conflict do nothing;

-- name: colleagues
-- Other workers of a neighbourhood who may look after a member, by name.
select r.party_id as id, n.call_name, n.full_name from role r
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
 where r.community_id = :community and r.kind = 'worker' and r.area_id = :area and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on >= :today) and r.party_id <> :party and r.party_id <> :worker
   and not exists (select from contact_aside x where x.community_id = r.community_id
     and x.worker_id = r.party_id and x.party_id = :party)
 group by r.party_id, n.call_name, n.full_name, n.sort_name
 order by n.sort_name, r.party_id;

-- name: reassign!
-- Follow-ups whose owner no longer watches over that member's neighbourhood get another worker of it,
-- else an admin.
update contact c set owner_id = f.to_id
  from (select d.id, watcher_of(d.community_id, d.party_id, n.area_id, d.owner_id, :today) as to_id
          from contact d
          join person n on n.community_id = d.community_id and n.party_id = d.party_id
         where d.community_id = :community and d.follow_up_on is not null and d.followed_up_at is null) f
 where c.community_id = :community and c.id = f.id and f.to_id is not null and c.owner_id <> f.to_id;

-- name: forget_attention_words!
-- Notes made under a yes that was taken back.
delete from contact_words w using contact c
 where w.community_id = :community and c.community_id = :community and c.id = w.contact_id
   and c.party_id = :party and c.purpose = 'attention';

-- name: forget_attention!
delete from contact where community_id = :community and party_id = :party and purpose = 'attention';

-- name: forget_words!
-- Erasure: notes about somebody, and what they wrote themselves when they worked here.
delete from contact_words w using contact c
 where w.community_id = :community and c.community_id = :community and c.id = w.contact_id
   and (c.party_id = :party or c.entered_by_id = :party);

-- name: forget!
delete from contact where community_id = :community and party_id = :party;

-- name: forget_asides!
delete from contact_aside where community_id = :community and (worker_id = :party or party_id = :party);

-- name: forget_old_words!
-- Notes past their term: after the talk, and after the signal it may have belonged to was closed.
delete from contact_words w using contact c
 where w.community_id = :community and c.community_id = :community and c.id = w.contact_id
   and c.held_on < :before
   and not exists (select from signal s where s.community_id = c.community_id and s.party_id = c.party_id
     and s.opened_on <= c.held_on and (s.closed_on is null or s.closed_on >= :before));

-- name: forget_old!
delete from contact c where c.community_id = :community and c.held_on < :before
   and (c.follow_up_on is null or c.followed_up_at is not null)
   and not exists (select from signal s where s.community_id = c.community_id and s.party_id = c.party_id
     and s.opened_on <= c.held_on and (s.closed_on is null or s.closed_on >= :before));

-- name: watchers
-- Who watches over which neighbourhood today, who has done so longest first, and when each last opened the
-- desk (or began).
select r.area_id, r.party_id as id, n.call_name, n.full_name, greatest(v.opened_on, r.starts_on) as seen_on,
       a.deputy_id is not distinct from r.party_id as deputy
  from role r
  join area a on a.community_id = r.community_id and a.id = r.area_id
  join party p on p.community_id = r.community_id and p.id = r.party_id and p.state = 'active'
  join person n on n.community_id = r.community_id and n.party_id = r.party_id
  left join desk_visit v on v.community_id = r.community_id and v.worker_id = r.party_id
 where r.community_id = :community and r.kind = 'worker' and r.starts_on <= :today
   and (r.ends_on is null or r.ends_on >= :today) and (:areas::uuid[] is null or r.area_id = any(:areas))
 order by r.id;

-- name: asides_of
-- Who stepped aside for whom, of some workers.
select worker_id, party_id from contact_aside where community_id = :community and worker_id = any(:workers);

-- name: line_owners
-- To whom lines were handed.
select kind, about_id, owner_id from desk_line where community_id = :community and about_id = any(:about);

-- name: put_line_owner!
insert into desk_line (community_id, kind, about_id, owner_id, at) values (:community, :kind, :about, :owner, :now)
on conflict (community_id, kind, about_id) do update set owner_id = excluded.owner_id, at = excluded.at;

-- name: desk_opened!
insert into desk_visit (community_id, worker_id, opened_on) values (:community, :worker, :today)
on conflict (community_id, worker_id) do update set opened_on = excluded.opened_on
 where desk_visit.opened_on < excluded.opened_on;

-- name: forget_lines!
delete from desk_line where community_id = :community and (owner_id = :party or about_id = :party);

-- name: forget_old_lines!
delete from desk_line where community_id = :community and at < :before;

-- name: not_needed$
insert into welcome_done (community_id, party_id, by_id, at) values (:community, :party, :by, :now)
on conflict do nothing returning party_id;

-- name: forget_welcome!
delete from welcome_done where community_id = :community and (party_id = :party or by_id = :party);

-- name: forget_old_welcomes!
-- Half a year later nobody would be asked to get acquainted any more.
delete from welcome_done where community_id = :community and at < :before::timestamptz - interval '182 days';

-- name: forget_visits!
delete from desk_visit where community_id = :community and worker_id = :party;

-- name: seal!
insert into contact_sealed (community_id, worker_id, party_id, before)
select :community, :worker, unnest(:parties::uuid[]), :now
on conflict (community_id, worker_id, party_id) do update set before = excluded.before;

-- name: sealed_before$
select before from contact_sealed where community_id = :community and worker_id = :worker and party_id = :party;

-- name: unseal$
delete from contact_sealed where community_id = :community and worker_id = :worker and party_id = :party
returning worker_id;

-- name: forget_seals!
delete from contact_sealed where community_id = :community and (worker_id = :party or party_id = :party);

-- name: looked_for^
-- Why this worker looks at this member today, as it was asked, and when that was.
select e.detail ->> 'purpose' as purpose, e.at from audit_entry e
 where e.community_id = :community and e.subject_id = :party and e.actor_id = :worker and e.act = 'party.looked'
   and e.at >= :since and e.detail ? 'purpose'
 order by e.at desc limit 1;
