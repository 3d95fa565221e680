-- The roles of the application, for a superuser or a role that may create roles.
-- Idempotent; sets no passwords: give timebank_web, timebank_work and timebank_owner theirs with
-- `alter role … password …`, or let the server know them some other way.
--
--   timebank_owner  owns database and tables; used by migrate, check and backup only
--   timebank_web    the web process: owns nothing, creates nothing
--   timebank_work   the worker process: the same, with more patience
--   timebank_ledger nobody signs in as it: owner of ledger.post, alone may change a balance
--   timebank_search nobody signs in as it: owner of search_posts, may read posts and nothing else
--
-- The limits belong to the role and not to the connection, as a pooler refuses them there.

do $$ begin
  create role timebank_owner login createdb;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  create role timebank_web login;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  create role timebank_work login;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  create role timebank_ledger nologin;
exception when duplicate_object or unique_violation then null;
end $$;
-- So that a migration can hand a function over to it.
grant timebank_ledger to timebank_owner;

do $$ begin
  create role timebank_search nologin;
exception when duplicate_object or unique_violation then null;
end $$;
grant timebank_search to timebank_owner;

alter role timebank_owner set lock_timeout = '2s';

alter role timebank_web set statement_timeout = '5s';
alter role timebank_web set lock_timeout = '2s';
alter role timebank_web set idle_in_transaction_session_timeout = '10s';

alter role timebank_work set statement_timeout = '5min';
alter role timebank_work set lock_timeout = '2s';
