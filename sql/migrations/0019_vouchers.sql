-- Hour notes (vouchers): hours on paper. Each is made out of its maker's own hours and ends once: redeemed by
-- whoever brings it, or given back to its maker. The ledger moves the minutes; here stands which paper they are on.

-- Whether this community makes them, and how long one is valid. No row: it does, and the usual year.
create table voucher_rule (
  community_id bigint not null,
  is_on boolean not null,
  valid_days integer not null,
  primary key (community_id),
  constraint voucher_rule_days check (valid_days between 30 and 1095)
);
select sharding.by_community('voucher_rule');
alter table voucher_rule add constraint voucher_rule_of foreign key (community_id) references community (id);
grant select, insert, update on voucher_rule to timebank_web, timebank_work;

-- The last serial that was given out: numbers follow each other, with a check digit.
create table voucher_counter (
  community_id bigint not null,
  last integer not null,
  primary key (community_id)
);
select sharding.by_community('voucher_counter');
alter table voucher_counter add constraint voucher_counter_of foreign key (community_id) references community (id);
grant select, insert, update on voucher_counter to timebank_web, timebank_work;

-- `code_hash` is a hash of what stands in the QR code; the code itself is nowhere but on the paper, and a new
-- print has a new one. `lost_until`: so long a lost one waits for whoever may bring it, then its time goes back.
create table voucher (
  community_id bigint not null,
  id uuid not null,
  number text not null,
  minutes integer not null,
  maker_id uuid not null,
  made_by_id uuid not null,
  made_at timestamptz not null,
  made_transfer uuid not null,
  valid_until date not null,
  code_hash bytea,
  printed_at timestamptz,
  print_asked_on date,
  warned_on date,
  state text not null default 'open' constraint voucher_state_known check (state in ('open', 'lost', 'redeemed', 'returned')),
  state_at timestamptz not null,
  lost_until date,
  ended_by_id uuid,
  redeemed_by_id uuid,
  end_transfer uuid,
  primary key (community_id, id),
  constraint voucher_number_once unique (community_id, number),
  constraint voucher_code_once unique (community_id, code_hash),
  constraint voucher_ends_once unique (community_id, end_transfer),
  constraint voucher_minutes check (minutes between 15 and 480 and minutes % 15 = 0),
  constraint voucher_ended check ((state in ('redeemed', 'returned')) = (end_transfer is not null)),
  constraint voucher_redeemed check ((state = 'redeemed') = (redeemed_by_id is not null)),
  constraint voucher_lost check ((state = 'lost') = (lost_until is not null)),
  constraint voucher_printed check ((code_hash is null) = (printed_at is null))
);
select sharding.by_community('voucher');
alter table voucher add constraint voucher_maker foreign key (community_id, maker_id) references party (community_id, id);
alter table voucher add constraint voucher_made_by foreign key (community_id, made_by_id) references party (community_id, id);
alter table voucher add constraint voucher_made_of foreign key (community_id, made_transfer) references transfer (community_id, id);
alter table voucher add constraint voucher_end_of foreign key (community_id, end_transfer) references transfer (community_id, id);
alter table voucher add constraint voucher_ended_by foreign key (community_id, ended_by_id) references party (community_id, id);
alter table voucher add constraint voucher_redeemed_by foreign key (community_id, redeemed_by_id) references party (community_id, id);
create index voucher_of_maker on voucher (community_id, maker_id, id);
create index voucher_of_redeemer on voucher (community_id, redeemed_by_id) where redeemed_by_id is not null;
create index voucher_made_of on voucher (community_id, made_transfer);
create index voucher_out on voucher (community_id, valid_until) where state in ('open', 'lost');
create index voucher_to_print on voucher (community_id, print_asked_on) where print_asked_on is not null;
grant select, insert, update on voucher to timebank_web, timebank_work;
