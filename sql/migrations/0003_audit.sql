-- Who did what, for whom, when; and who looked at a sensitive page. Ids, codes and times only:
-- no name and no sentence stands here, because nothing here can be changed.

create table audit_entry (
  community_id bigint not null,
  id uuid not null,
  at timestamptz not null,
  act text not null,
  actor_id uuid,
  on_behalf_of_id uuid,
  subject_id uuid,
  object_kind text,
  object_id uuid,
  detail jsonb not null default '{}',
  primary key (community_id, id),
  constraint audit_act_form check (act ~ '^[a-z_]+\.[a-z_]+$'),
  constraint audit_detail_small check (pg_column_size(detail) < 1000)
);
select sharding.by_community('audit_entry');
create index audit_of_subject on audit_entry (community_id, subject_id, at desc);
create index audit_in_time on audit_entry (community_id, at desc, id desc);
grant select, insert on audit_entry to timebank_web, timebank_work;

create function audit_is_append_only() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$
  begin
    if tg_op = 'DELETE' and old.at < current_timestamp - interval '24 months' then
      return old;
    end if;
    raise exception 'the audit is append-only' using constraint = 'audit_append_only', errcode = 'check_violation';
  end $$;
create trigger audit_append_only before update or delete on audit_entry
  for each row execute function audit_is_append_only();
create function audit_is_never_truncated() returns trigger language plpgsql
  set search_path = pg_catalog, pg_temp
  as $$ begin raise exception 'the audit is append-only' using constraint = 'audit_append_only', errcode = 'check_violation'; end $$;
create trigger audit_never_truncated before truncate on audit_entry
  for each statement execute function audit_is_never_truncated();

-- Who looked is kept for two years and no longer. Only this function takes it away, and the trigger above
-- refuses whatever is younger, whoever asks.
create function audit_forget_looks(p_community bigint, p_before timestamptz) returns bigint language sql
  security definer set search_path = public, pg_catalog, pg_temp
  as $$
  with gone as (
    delete from audit_entry where community_id = p_community and at < p_before and act ~ '\.looked(_|$)' returning 1)
  select count(*) from gone;
  $$;
grant select, delete on audit_entry to timebank_ledger;
create policy forgotten on audit_entry to timebank_ledger
  using (community_id = current_setting('app.community')::bigint);
grant create on schema public to timebank_ledger;
alter function audit_forget_looks(bigint, timestamptz) owner to timebank_ledger;
revoke create on schema public from timebank_ledger;
revoke all on function audit_forget_looks(bigint, timestamptz) from public;
grant execute on function audit_forget_looks(bigint, timestamptz) to timebank_work;
