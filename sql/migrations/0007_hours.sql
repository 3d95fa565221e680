-- The hours: accounts, transfers of two or more entries that sum to zero, and the seals on them.
-- Minutes are integers. Entries and transfers are only ever added: by privilege (nobody but the
-- no-login role timebank_ledger may insert) and by trigger (nobody at all may change or remove).

create schema ledger;

-- The community's rules for hours. Only ever added to: the highest version is in force, and each
-- transfer names the version it was booked under, so that history can be judged by its own rules.
create table hours_rule (
  community_id bigint not null,
  version integer not null,
  starting_minutes integer not null,
  soft_low integer not null,
  soft_high integer not null,
  hard_low integer not null,
  hard_high integer not null,
  unit_minutes integer not null,
  give_away_after_days integer not null,
  set_by uuid,                      -- null: set by the platform when the community was made
  set_at timestamptz not null,
  primary key (community_id, version),
  constraint hours_rule_version check (version > 0),
  constraint hours_rule_low check (hard_low <= soft_low and soft_low <= 0),
  constraint hours_rule_high check (hard_high >= soft_high and soft_high >= 0),
  constraint hours_rule_size check (hard_low >= -600000 and hard_high <= 600000),
  constraint hours_rule_starting check (starting_minutes between 0 and hard_high),
  constraint hours_rule_unit check (unit_minutes in (1, 5, 10, 15, 30, 60)),
  constraint hours_rule_give_away check (give_away_after_days between 0 and 3650)
);
select sharding.by_community('hours_rule');

-- One account for each party (its id is the party's), one pot, the issue account that starting hours
-- come from, and the hours that stand on hour notes (vouchers) which nobody redeemed yet.
-- Only a party's account has limits; they stand in hours_rule and account_exception.
create table account (
  community_id bigint not null,
  id uuid not null,
  kind text not null,
  party_id uuid,
  opened_at timestamptz not null,
  balance bigint not null default 0,
  seq bigint not null default 0,
  primary key (community_id, id),
  constraint account_kind check (kind in ('party', 'pot', 'issue', 'vouchers')),
  constraint account_of_party check (
    case when kind = 'party' then party_id is not null and party_id = id else party_id is null end
  ),
  constraint account_once_per_party unique (community_id, party_id)
);
select sharding.by_community('account');
create unique index account_one_of_each_fund on account (community_id, kind) where kind <> 'party';

-- A personal exception widens the hard limits for a while, never narrows them. Null: no change.
create table account_exception (
  community_id bigint not null,
  id uuid not null,
  account_id uuid not null,
  low integer,
  high integer,
  starts_on date not null,
  ends_on date not null,
  granted_by uuid not null,
  granted_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  primary key (community_id, id),
  constraint account_exception_whose unique (community_id, id, account_id),
  constraint account_exception_days check (starts_on <= ends_on),
  constraint account_exception_limit check (
    coalesce(low, high) is not null
    and (low is null or low between -600000 and 0)
    and (high is null or high between 0 and 600000)
  ),
  constraint account_exception_ended check ((ended_at is null) = (ended_by is null)),
  constraint account_exception_one_at_a_time exclude using gist (
    community_id with =, account_id with =, daterange(starts_on, ends_on, '[]') with &&
  ) where (ended_at is null)
);
select sharding.by_community('account_exception');

-- Why, in words: beside the fact, where erasure can reach it.
create table account_exception_words (
  community_id bigint not null,
  exception_id uuid not null,
  reason text not null,
  primary key (community_id, exception_id),
  constraint account_exception_reason check (length(reason) between 1 and 2000)
);
select sharding.by_community('account_exception_words');

create table transfer (
  community_id bigint not null,
  id uuid not null,
  idem text not null,               -- key of the form it came from; exchange:{id}:{round}; start:{party}
                                    -- voucher:{id} ends an hour note, once
  kind text not null,
  fingerprint bytea not null,       -- sha256 over what a repeat must agree with
  rule integer not null,            -- version of hours_rule it was booked under
  booked_by uuid not null,
  booked_at timestamptz not null,
  done_on date,                     -- when the help was given, a fact of its own
  exchange_id uuid,
  corrects uuid,
  primary key (community_id, id),
  constraint transfer_once unique (community_id, idem),
  constraint transfer_kind check (
    kind in ('exchange', 'gift', 'start', 'pot', 'correction', 'addition', 'voucher', 'redeemed',
             'returned')),
  constraint transfer_idem check (length(idem) between 1 and 200),
  constraint transfer_start_key check ((kind = 'start') = starts_with(idem, 'start:')),
  constraint transfer_voucher_key check (
    (kind in ('redeemed', 'returned')) = starts_with(idem, 'voucher:')),
  constraint transfer_correction_linked check (
    (kind in ('correction', 'addition')) = (corrects is not null)),
  constraint transfer_of_exchange check (
    case when kind in ('exchange', 'addition') then exchange_id is not null
         when kind = 'correction' then true
         else exchange_id is null end
  )
);
select sharding.by_community('transfer');
create unique index transfer_exchange_once on transfer (community_id, exchange_id)
  where kind = 'exchange';
create unique index transfer_corrected_once on transfer (community_id, corrects)
  where corrects is not null;

create table transfer_words (
  community_id bigint not null,
  transfer_id uuid not null,
  words text not null,
  primary key (community_id, transfer_id),
  constraint transfer_words_length check (length(words) between 1 and 2000)
);
select sharding.by_community('transfer_words');

-- `low` and `high` are the limits that were in force when the entry was booked. Only a booking that
-- moves further out is refused, so lowering a limit or ending an exception never fails.
create table entry (
  community_id bigint not null,
  account_id uuid not null,
  seq bigint not null,              -- 1, 2, 3 … per account: the one fixed order of a statement
  transfer_id uuid not null,
  minutes integer not null,
  balance_after bigint not null,
  low integer,
  high integer,
  exception_id uuid,                -- only when the booking needed it
  primary key (community_id, account_id, seq),
  constraint entry_once_per_account unique (community_id, transfer_id, account_id),
  constraint entry_minutes check (minutes <> 0 and minutes between -600000 and 600000),
  constraint entry_limit_low check (minutes > 0 or low is null or balance_after >= low),
  constraint entry_limit_high check (minutes < 0 or high is null or balance_after <= high)
);
select sharding.by_community('entry');

-- A seal is a hash over the seal before it and all newer entries; its parts say which those were.
create table seal (
  community_id bigint not null,
  number bigint not null,
  sealed_at timestamptz not null,
  hash bytea not null,
  primary key (community_id, number),
  constraint seal_number check (number > 0)
);
select sharding.by_community('seal');

create table seal_part (
  community_id bigint not null,
  account_id uuid not null,
  number bigint not null,
  first_seq bigint not null,
  last_seq bigint not null,
  primary key (community_id, account_id, number),
  constraint seal_part_range check (first_seq between 1 and last_seq)
);
select sharding.by_community('seal_part');
create index seal_part_of_seal on seal_part (community_id, number);

alter table hours_rule add constraint hours_rule_community
  foreign key (community_id) references community (id);
alter table hours_rule add constraint hours_rule_set_by
  foreign key (community_id, set_by) references party (community_id, id);
alter table account add constraint account_community
  foreign key (community_id) references community (id);
alter table account add constraint account_party
  foreign key (community_id, party_id) references party (community_id, id);
alter table account_exception add constraint account_exception_account
  foreign key (community_id, account_id) references account (community_id, id);
alter table account_exception add constraint account_exception_granted_by
  foreign key (community_id, granted_by) references party (community_id, id);
alter table account_exception add constraint account_exception_ended_by
  foreign key (community_id, ended_by) references party (community_id, id);
alter table account_exception_words add constraint account_exception_words_of
  foreign key (community_id, exception_id) references account_exception (community_id, id);
alter table transfer add constraint transfer_rule
  foreign key (community_id, rule) references hours_rule (community_id, version);
alter table transfer add constraint transfer_booked_by
  foreign key (community_id, booked_by) references party (community_id, id);
alter table transfer add constraint transfer_corrects
  foreign key (community_id, corrects) references transfer (community_id, id);
alter table transfer_words add constraint transfer_words_of
  foreign key (community_id, transfer_id) references transfer (community_id, id);
alter table entry add constraint entry_account
  foreign key (community_id, account_id) references account (community_id, id);
alter table entry add constraint entry_transfer
  foreign key (community_id, transfer_id) references transfer (community_id, id);
alter table entry add constraint entry_exception
  foreign key (community_id, exception_id, account_id)
  references account_exception (community_id, id, account_id);
alter table seal_part add constraint seal_part_seal
  foreign key (community_id, number) references seal (community_id, number);
alter table seal_part add constraint seal_part_account
  foreign key (community_id, account_id) references account (community_id, id);

-- One way to say no. The name stands in the message too: on a spread database only that arrives.
create function ledger.refuse(p_constraint text) returns void language plpgsql as $$
begin
  raise exception using errcode = 'check_violation', constraint = p_constraint,
    message = format('the ledger refuses this by constraint "%s"', p_constraint);
end $$;

create function ledger.only_added() returns trigger language plpgsql as $$
begin
  perform ledger.refuse('ledger_only_added');
  return null;
end $$;

create trigger hours_rule_only_added before update or delete or truncate on hours_rule
  for each statement execute function ledger.only_added();
create trigger transfer_only_added before update or delete or truncate on transfer
  for each statement execute function ledger.only_added();
create trigger entry_only_added before update or delete or truncate on entry
  for each statement execute function ledger.only_added();
create trigger seal_only_added before update or delete or truncate on seal
  for each statement execute function ledger.only_added();
create trigger seal_part_only_added before update or delete or truncate on seal_part
  for each statement execute function ledger.only_added();
create trigger account_stays before delete or truncate on account
  for each statement execute function ledger.only_added();

-- The entries of a transfer come in one statement, sum to zero, and are never joined by more.
create function ledger.entries_are_whole() returns trigger language plpgsql as $$
declare
  v_transfer record;
begin
  for v_transfer in
    select added.community_id, added.transfer_id, sum(added.minutes) as total, count(*) as sides
     from added group by added.community_id, added.transfer_id
  loop
    if v_transfer.total <> 0 then
      perform ledger.refuse('entry_sums_to_zero');
    end if;
    if v_transfer.sides <> (
      select count(*) from public.entry e
      where e.community_id = v_transfer.community_id
       and e.transfer_id = v_transfer.transfer_id
    ) then
      perform ledger.refuse('entry_all_at_once');
    end if;
  end loop;
  return null;
end $$;

create trigger entry_whole after insert on entry referencing new table as added
  for each statement execute function ledger.entries_are_whole();

-- What a repeat under the same key must agree with: the kind, what it belongs to, who and how much.
create function ledger.fingerprint(
  p_kind text, p_exchange uuid, p_corrects uuid, p_accounts uuid[], p_minutes integer[]
) returns bytea language sql immutable as $$
  select sha256(convert_to(
    jsonb_build_array(p_kind, p_exchange, p_corrects, p_accounts, p_minutes)::text, 'UTF8'))
$$;

-- Starting minutes that may not be given away yet on `p_day`; one can always spend them on help.
-- A start that was corrected still counts until its term ends.
create function ledger.held_minutes(
  p_community bigint, p_account uuid, p_day date, p_after_days integer
) returns bigint language sql stable set search_path = public, pg_temp as $$
  select coalesce(sum(e.minutes), 0)
   from transfer t
   join entry e on e.community_id = t.community_id and e.transfer_id = t.id
  where t.community_id = p_community
   and t.idem = 'start:' || p_account
   and e.community_id = p_community
   and e.account_id = p_account
   and p_day < (t.booked_at at time zone 'Europe/Amsterdam')::date + p_after_days
$$;

-- Which account an hour note may move: made out of a party's own hours, and ended by whoever brings
-- it, or by going back to who made it (to the pot when that is nobody any more).
create function ledger.voucher_account(p_kind text, p_minutes integer, p_account text)
returns boolean language sql immutable as $$
  select case
    when p_kind = 'correction' then true
    when p_kind not in ('voucher', 'redeemed', 'returned') then p_account <> 'vouchers'
    when (p_minutes > 0) = (p_kind = 'voucher') then p_account = 'vouchers'
    else p_account = 'party' or (p_account = 'pot' and p_kind = 'returned') end
$$;

-- A correction takes back all or part of the transfer it names: same accounts, the other way round.
-- What an hour note moved is never corrected: the paper would say something else than the books.
create function ledger.check_correction(
  p_community bigint, p_corrects uuid, p_accounts uuid[], p_minutes integer[]
) returns void language plpgsql stable set search_path = public, pg_temp as $$
begin
  if exists (
    select from unnest(p_accounts, p_minutes) as n (account_id, minutes)
    where not exists (
      select from entry o
      where o.community_id = p_community and o.transfer_id = p_corrects
       and o.account_id = n.account_id
       and sign(o.minutes) = -sign(n.minutes) and abs(n.minutes) <= abs(o.minutes))
  ) then
    perform ledger.refuse('transfer_correction_counters');
  end if;
  if exists (select from transfer t where t.community_id = p_community and t.id = p_corrects
              and t.kind in ('voucher', 'redeemed', 'returned')) then
    perform ledger.refuse('transfer_voucher_stays');
  end if;
end $$;

-- An addition books what was forgotten of an exchange: the same accounts, all of them, the same way round.
create function ledger.check_addition(
  p_community bigint, p_corrects uuid, p_exchange uuid, p_accounts uuid[], p_minutes integer[]
) returns void language plpgsql stable set search_path = public, pg_temp as $$
begin
  if not exists (
    select from transfer t
    where t.community_id = p_community and t.id = p_corrects and t.kind = 'exchange'
     and t.exchange_id = p_exchange
  ) or p_accounts is distinct from (
    select array_agg(o.account_id order by o.account_id) from entry o
    where o.community_id = p_community and o.transfer_id = p_corrects
  ) or exists (
    select from unnest(p_accounts, p_minutes) as n (account_id, minutes)
    join entry o on o.community_id = p_community and o.transfer_id = p_corrects
     and o.account_id = n.account_id
    where sign(o.minutes) <> sign(n.minutes)
  ) then
    perform ledger.refuse('transfer_addition_adds');
  end if;
end $$;

-- The one way to book. Called once in a transaction, late in it: the accounts stay locked until
-- it ends, always in ascending order, so that two bookings that cross wait and never deadlock.
-- Raises check_violation and unique_violation with the names of constraints; those that are no
-- constraints of a table are: transfer_own_community, transfer_sides, transfer_accounts_ascend,
-- transfer_sums_to_zero, transfer_idem_differs, transfer_account_unknown, transfer_issue_only_starts,
-- transfer_start_whose, transfer_voucher_account, transfer_gift_from_own, transfer_voucher_stays,
-- transfer_correction_counters, transfer_addition_adds.
create function ledger.post(
  p_community bigint, p_transfer uuid, p_idem text, p_kind text, p_booked_by uuid,
  p_booked_at timestamptz, p_done_on date, p_exchange uuid, p_corrects uuid,
  p_accounts uuid[], p_minutes integer[], p_words text
) returns table (
  transfer_id uuid, again boolean, account_id uuid, seq bigint, minutes integer,
  balance_after bigint
) language plpgsql security definer set search_path = public, pg_temp as $post$
#variable_conflict use_column
declare
  v_day constant date := (p_booked_at at time zone 'Europe/Amsterdam')::date;
  v_sides constant integer := cardinality(p_accounts);
  v_fingerprint constant bytea := ledger.fingerprint(
    p_kind, p_exchange, p_corrects, p_accounts, p_minutes);
  v_first record;
  v_rule hours_rule;
  v_account account;
  v_exception account_exception;
  v_seqs bigint[] := '{}';
  v_balances bigint[] := '{}';
  v_lows integer[] := '{}';
  v_highs integer[] := '{}';
  v_exceptions uuid[] := '{}';
  v_low integer;
  v_high integer;
begin
  if p_community is distinct from current_setting('app.community')::bigint then
    perform ledger.refuse('transfer_own_community');
  end if;
  if v_sides is null or v_sides < 2 or v_sides is distinct from cardinality(p_minutes)
   or array_position(p_accounts, null) > 0 or array_position(p_minutes, null) > 0 then
    perform ledger.refuse('transfer_sides');
  end if;
  for i in 2 .. v_sides loop
    if p_accounts[i] <= p_accounts[i - 1] then
      perform ledger.refuse('transfer_accounts_ascend');
    end if;
  end loop;
  if (select sum(m) from unnest(p_minutes) m) <> 0 then
    perform ledger.refuse('transfer_sums_to_zero');
  end if;

  select * into v_rule from hours_rule r
  where r.community_id = p_community order by r.version desc limit 1;
  insert into transfer (community_id, id, idem, kind, fingerprint, rule, booked_by, booked_at,
             done_on, exchange_id, corrects)
  values (p_community, p_transfer, p_idem, p_kind, v_fingerprint, v_rule.version, p_booked_by,
      p_booked_at, p_done_on, p_exchange, p_corrects)
  -- Whatever the conflict: named, `transfer_once` would leave a race in which a repeat stumbles over
  -- the other unique rules that it breaks as well.
  on conflict do nothing;
  if not found then
    select t.id, t.fingerprint into v_first from transfer t
    where t.community_id = p_community and t.idem = p_idem;
    if not found then
      perform ledger.refuse(case p_kind when 'exchange' then 'transfer_exchange_once'
                       when 'correction' then 'transfer_corrected_once'
                       when 'addition' then 'transfer_corrected_once'
                       else 'transfer_pkey' end);
    end if;
    if v_first.fingerprint is distinct from v_fingerprint then
      perform ledger.refuse('transfer_idem_differs');
    end if;
    return query
      select e.transfer_id, true, e.account_id, e.seq, e.minutes, e.balance_after
       from entry e
      where e.community_id = p_community and e.transfer_id = v_first.id
      order by e.account_id;
    return;
  end if;

  if p_kind = 'correction' then
    perform ledger.check_correction(p_community, p_corrects, p_accounts, p_minutes);
  end if;
  if p_kind = 'addition' then
    perform ledger.check_addition(p_community, p_corrects, p_exchange, p_accounts, p_minutes);
  end if;

  for i in 1 .. v_sides loop
    update account a set balance = a.balance + p_minutes[i], seq = a.seq + 1
    where a.community_id = p_community and a.id = p_accounts[i]
    returning a.* into v_account;
    if not found then
      perform ledger.refuse('transfer_account_unknown');
    end if;
    -- Only starting hours come out of the issue account, and only a correction brings them back.
    if p_kind <> 'correction'
     and (v_account.kind = 'issue') <> (p_kind = 'start' and p_minutes[i] < 0) then
      perform ledger.refuse('transfer_issue_only_starts');
    end if;
    if p_kind = 'start' and p_minutes[i] > 0 and p_idem <> 'start:' || v_account.id then
      perform ledger.refuse('transfer_start_whose');
    end if;
    if not ledger.voucher_account(p_kind, p_minutes[i], v_account.kind) then
      perform ledger.refuse('transfer_voucher_account');
    end if;
    if p_kind in ('gift', 'voucher') and p_minutes[i] < 0 and v_account.kind = 'party'
     and v_account.balance < ledger.held_minutes(
       p_community, v_account.id, v_day, v_rule.give_away_after_days) then
      perform ledger.refuse('transfer_gift_from_own');
    end if;

    v_low := null;
    v_high := null;
    v_exception := null;
    -- What comes back from a note that nobody brought was one's own: no limit keeps it out.
    if v_account.kind = 'party' and p_kind <> 'returned' then
      v_low := v_rule.hard_low;
      v_high := v_rule.hard_high;
      if (p_minutes[i] < 0 and v_account.balance < v_low)
       or (p_minutes[i] > 0 and v_account.balance > v_high) then
        select * into v_exception from account_exception x
        where x.community_id = p_community and x.account_id = v_account.id
         and v_day between x.starts_on and x.ends_on and x.ended_at is null;
        v_low := least(v_low, v_exception.low);
        v_high := greatest(v_high, v_exception.high);
      end if;
    end if;
    v_seqs := v_seqs || v_account.seq;
    v_balances := v_balances || v_account.balance;
    v_lows := v_lows || v_low;
    v_highs := v_highs || v_high;
    v_exceptions := v_exceptions || v_exception.id;
  end loop;

  insert into entry (community_id, account_id, seq, transfer_id, minutes, balance_after,
           low, high, exception_id)
  select p_community, n.account_id, n.seq, p_transfer, n.minutes, n.balance, n.low, n.high, n.ex
   from unnest(p_accounts, p_minutes, v_seqs, v_balances, v_lows, v_highs, v_exceptions)
     as n (account_id, minutes, seq, balance, low, high, ex);
  if p_words is not null then
    insert into transfer_words (community_id, transfer_id, words)
    values (p_community, p_transfer, p_words);
  end if;
  return query
    select p_transfer, false, n.account_id, n.seq, n.minutes, n.balance
     from unnest(p_accounts, v_seqs, p_minutes, v_balances)
       as n (account_id, seq, minutes, balance);
end $post$;

-- The hash of a seal. Everything the books say about an entry is in it, none of it as a text that
-- depends on the server's settings.
create function ledger.seal_hash(
  p_community bigint, p_number bigint, p_sealed_at timestamptz, p_previous bytea,
  p_accounts uuid[], p_firsts bigint[], p_lasts bigint[]
) returns bytea language sql stable set search_path = public, pg_temp as $$
  select sha256(convert_to(
    jsonb_build_array(p_community, p_number, extract(epoch from p_sealed_at),
             encode(p_previous, 'hex'))::text
    || coalesce(string_agg(
       jsonb_build_array(
         e.account_id, e.seq, e.transfer_id, e.minutes, e.balance_after, e.low, e.high,
         e.exception_id, t.idem, t.kind, encode(t.fingerprint, 'hex'), t.rule, t.booked_by,
         extract(epoch from t.booked_at), t.done_on - date '2000-01-01', t.exchange_id,
         t.corrects)::text,
       '' order by e.account_id, e.seq), ''),
    'UTF8'))
   from unnest(p_accounts, p_firsts, p_lasts) as part (account_id, first_seq, last_seq)
   join entry e on e.community_id = p_community and e.account_id = part.account_id
         and e.seq between part.first_seq and part.last_seq
   join transfer t on t.community_id = p_community and t.id = e.transfer_id
$$;

-- Seal all entries that no seal covers yet; no row when there are none, or when another worker
-- sealed at the same moment. Entries of one account become visible in their own order, because
-- its row is locked until commit: what a seal covers is a beginning without holes.
create function ledger.seal(p_community bigint, p_sealed_at timestamptz)
returns table (number bigint, hash bytea, accounts integer)
language plpgsql set search_path = public, pg_temp as $seal$
#variable_conflict use_column
declare
  v_last seal;
  v_accounts uuid[];
  v_firsts bigint[];
  v_lasts bigint[];
  v_hash bytea;
begin
  select * into v_last from seal s
  where s.community_id = p_community order by s.number desc limit 1;
  select array_agg(a.id order by a.id), array_agg(coalesce(p.last_seq, 0) + 1 order by a.id),
     array_agg(a.seq order by a.id)
   into v_accounts, v_firsts, v_lasts
   from account a
   left join lateral (
     select sp.last_seq from seal_part sp
      where sp.community_id = p_community and sp.account_id = a.id
      order by sp.number desc limit 1) p on true
  where a.community_id = p_community and a.seq > coalesce(p.last_seq, 0);
  if v_accounts is null then
    return;
  end if;
  v_last.number := coalesce(v_last.number, 0) + 1;
  v_hash := ledger.seal_hash(
    p_community, v_last.number, p_sealed_at, v_last.hash, v_accounts, v_firsts, v_lasts);
  insert into seal (community_id, number, sealed_at, hash)
  values (p_community, v_last.number, p_sealed_at, v_hash)
  on conflict (community_id, number) do nothing;
  if not found then
    return;
  end if;
  insert into seal_part (community_id, account_id, number, first_seq, last_seq)
  select p_community, n.account_id, v_last.number, n.first_seq, n.last_seq
   from unnest(v_accounts, v_firsts, v_lasts) as n (account_id, first_seq, last_seq);
  return query select v_last.number, v_hash, cardinality(v_accounts);
end $seal$;

-- The role that books: nobody signs in as it, it owns nothing but ledger.post, and it alone may
-- change a balance. Row security holds for it too. Its policies forgive a missing community, which
-- ledger.post itself does not, because the owner is a member of it and migrates without one.
grant usage on schema ledger to timebank_web, timebank_work, timebank_ledger;
grant usage on schema public to timebank_ledger;
grant select on hours_rule, account, account_exception, transfer, entry to timebank_ledger;
grant insert on transfer, entry, transfer_words to timebank_ledger;
grant update (balance, seq) on account to timebank_ledger;
create policy books on hours_rule for select to timebank_ledger
  using (community_id = nullif(current_setting('app.community', true), '')::bigint);
create policy books on account to timebank_ledger
  using (community_id = nullif(current_setting('app.community', true), '')::bigint);
create policy books on account_exception for select to timebank_ledger
  using (community_id = nullif(current_setting('app.community', true), '')::bigint);
create policy books on transfer to timebank_ledger
  using (community_id = nullif(current_setting('app.community', true), '')::bigint);
create policy books on entry to timebank_ledger
  using (community_id = nullif(current_setting('app.community', true), '')::bigint);
create policy books on transfer_words for insert to timebank_ledger
  with check (community_id = nullif(current_setting('app.community', true), '')::bigint);

grant create on schema ledger to timebank_ledger;
alter function ledger.post(bigint, uuid, text, text, uuid, timestamptz, date, uuid, uuid, uuid[],
             integer[], text) owner to timebank_ledger;
revoke create on schema ledger from timebank_ledger;
revoke execute on all functions in schema ledger from public;
grant execute on all functions in schema ledger to timebank_web, timebank_work, timebank_ledger;
revoke execute on function ledger.seal(bigint, timestamptz) from timebank_web;
select sharding.function('ledger.post(bigint, uuid, text, text, uuid, timestamptz, date, uuid, '
            'uuid, uuid[], integer[], text)');
select sharding.function('ledger.seal(bigint, timestamptz)');

-- New accounts begin at zero: balance and seq are not among what web and job role may write.
grant select on hours_rule, account, account_exception, account_exception_words, transfer,
        transfer_words, entry, seal, seal_part to timebank_web, timebank_work;
grant insert on hours_rule, account_exception, account_exception_words
  to timebank_web, timebank_work;
grant insert (community_id, id, kind, party_id, opened_at) on account
  to timebank_web, timebank_work;
grant update (ended_by, ended_at) on account_exception to timebank_web, timebank_work;
grant delete on transfer_words, account_exception_words to timebank_web, timebank_work;
grant insert on seal, seal_part to timebank_work;
