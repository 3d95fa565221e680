-- After a restore into a new database, as its owner: psql -1 -v ON_ERROR_STOP=1 -f deploy/after_restore.sql
--
-- What a backup cannot know: who signed in since, and which mails went out since.

-- The two functions that work with rights of their own get their owners back (a restore as the owner
-- cannot give them away, as these roles may create nothing).
grant create on schema ledger to timebank_ledger;
alter function ledger.post owner to timebank_ledger;
revoke create on schema ledger from timebank_ledger;
grant create on schema public to timebank_ledger;
alter function audit_forget_looks owner to timebank_ledger;
revoke create on schema public from timebank_ledger;
grant create on schema public to timebank_search;
alter function search_posts owner to timebank_search;
revoke create on schema public from timebank_search;

-- Everybody signs in anew, and codes that were under way are worthless.
delete from session;
delete from ticket;

-- What was still to be done is set aside: an admin sees it, and lets it go ("Werk dat misging").
update outbox set failed_at = now(), error = 'restored' where done_at is null and failed_at is null;

-- Who was to be erased these days may have taken that back since: a week more, in which an admin looks
-- at them ("Gegevens wissen"). Who was erased goes at once: timebank erase-again.
update erasure set due_on = greatest(due_on, current_date + 7)
 where starts_at is not null and done_at is null and withdrawn_at is null;
