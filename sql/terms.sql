-- What the daily work should have thrown away by now. Each query must return nothing; a term that is a
-- community's own is read from its profile, the others come as days. `grace`: so long the work may have rested.

-- name: attention_past_its_term
select f.kept, count(*) as many from (
  select 'contact_words' as kept from contact_words w
    join contact c on c.community_id = w.community_id and c.id = w.contact_id
    join community_profile t on t.community_id = w.community_id
   where w.community_id = :community and c.held_on < :today::date - t.notes_days - :grace::integer
     and not exists (select from signal s where s.community_id = c.community_id and s.party_id = c.party_id
       and s.opened_on <= c.held_on
       and (s.closed_on is null or s.closed_on >= :today::date - t.notes_days - :grace::integer))
  union all
  select 'signal' from signal s join community_profile t on t.community_id = s.community_id
   where s.community_id = :community
     and (s.state in ('lapsed', 'objected') and s.closed_on < :today::date - t.unfollowed_days - :grace::integer
       or s.state = 'closed' and s.closed_on < :today::date - t.notes_days - :grace::integer)
  union all
  select 'checkin' from checkin where community_id = :community and on_date < :today::date - :said::integer - :grace::integer
  union all
  select 'signal_mute' from signal_mute where community_id = :community and until_on < :today::date - :grace::integer
  union all
  select 'signal_chance' from signal_chance
   where community_id = :community and week_on < :today::date - :said::integer - :grace::integer
  union all
  select 'signal_told_words' from signal_told o
    join signal_told_words w on w.community_id = o.community_id and w.told_id = o.id
   where o.community_id = :community and o.done_at < :today::date - :told::integer - :grace::integer
     and not exists (select from signal s where s.community_id = o.community_id and s.party_id = o.party_id
       and s.state in ('raised', 'taken', 'contact_made', 'plan', 'snoozed'))
  union all
  select 'introduction' from introduction
   where community_id = :community and closed_on < :today::date - :introduced::integer - :grace::integer
) f group by f.kept;

-- name: others_past_their_term
select f.kept, count(*) as many from (
  select 'report_words' as kept from report_words w
    join report r on r.community_id = w.community_id and r.id = w.report_id
   where w.community_id = :community and r.closed_at < :today::date - :reported::integer - :grace::integer
  union all
  select 'attendance' from attendance
   where community_id = :community and on_date < :today::date - :attended::integer - :grace::integer
  union all
  select 'audit_entry' from audit_entry
   where community_id = :community and act ~ :looks and at < :today::date - :looked::integer - :grace::integer
  union all
  select 'draft' from draft where community_id = :community and made_at < :today::date - 1 - :grace::integer
  union all
  select 'session' from session
   where community_id = :community and least(ended_at, expires_at) < :today::date - :worked::integer - :grace::integer
  union all
  select 'ticket' from ticket
   where community_id = :community and expires_at < :today::date - :worked::integer - :grace::integer
  union all
  select 'outbox' from outbox
   where community_id = :community and done_at < :today::date - :worked::integer - :grace::integer
) f group by f.kept;
