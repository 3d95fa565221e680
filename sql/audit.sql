-- name: note!
insert into audit_entry (community_id, id, at, act, actor_id, on_behalf_of_id, subject_id, object_kind, object_id, detail)
values (:community, :id, :now, :act, :actor, :on_behalf_of, :subject, :object_kind, :object_id, :detail);

-- name: about_party
-- What was done for or looked at of one member, newest first.
select e.id, e.at, e.act, e.actor_id, e.on_behalf_of_id, e.subject_id, e.object_kind, e.object_id, e.detail,
       coalesce(p.full_name, '') as actor_name, coalesce(p.call_name, '') as actor_call_name,
       coalesce((select r.kind from role r
          where r.community_id = e.community_id and r.party_id = e.actor_id
           and r.starts_on <= (e.at at time zone 'Europe/Amsterdam')::date
           and (r.ends_on is null or r.ends_on >= (e.at at time zone 'Europe/Amsterdam')::date)
          order by r.kind desc limit 1), case when e.actor_id is null then '' else 'member' end) as actor_role
  from audit_entry e
  left join person p on p.community_id = e.community_id and p.party_id = e.actor_id
 where e.community_id = :community and e.subject_id = :subject and e.act !~ :kept_from
   and (:only_looks::boolean is null or (e.act ~ :looks) = :only_looks)
   and (:before::uuid is null or e.id < :before)
 order by e.id desc limit :limit;

-- name: log
-- The log for the admin, newest first. Of care data and of every look only who did it is given, never of
-- whom; the filter by one person finds those lines by their actor alone, or it would tell all the same.
select e.id, e.at, e.act, e.detail, e.actor_id, coalesce(a.full_name, '') as actor_name, e.on_behalf_of_id is not null
         and e.act !~ :nameless as for_somebody,
       case when e.act !~ :nameless and e.subject_id is distinct from e.actor_id then e.subject_id end as subject_id,
       case when e.act !~ :nameless and e.subject_id is distinct from e.actor_id
         then coalesce(s.full_name, '') else '' end as subject_name
  from audit_entry e
  left join person a on a.community_id = e.community_id and a.party_id = e.actor_id
  left join person s on s.community_id = e.community_id and s.party_id = e.subject_id
 where e.community_id = :community and e.act !~ :never and (:before::uuid is null or e.id < :before)
   and (:member::uuid is null or e.actor_id = :member or (e.subject_id = :member and e.act !~ :nameless))
 order by e.id desc limit :limit;

-- name: member_numbered$
select id from party where community_id = :community and number = :number;

-- name: name_of$
select full_name from person where community_id = :community and party_id = :member;

-- name: forget_looks$
-- Who looked, past its term.
select audit_forget_looks(:community, :before);
