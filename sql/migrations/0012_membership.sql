-- Membership: what people read about their own place here, and where post for them goes. Sentences stand
-- apart from everything append-only, so that erasure can reach them.


-- Why somebody was refused, suspended or taken back, in the words they read. `caller_id` speaks to them by
-- `call_by`: nobody reads a no without a person behind it.
create table membership_reason (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  kind text not null constraint membership_reason_kind_known check (kind in ('refused', 'suspended', 'restored', 'upheld')),
  words text not null,
  by_id uuid not null,
  caller_id uuid,
  call_by date,
  told_at timestamptz,
  told_by_id uuid,
  at timestamptz not null,
  primary key (community_id, id),
  constraint membership_reason_length check (char_length(words) <= 600),
  constraint membership_reason_has_caller check ((caller_id is null) = (call_by is null)),
  constraint membership_reason_told_whole check ((told_at is null) = (told_by_id is null))
);
select sharding.by_community('membership_reason');
alter table membership_reason add constraint membership_reason_of foreign key (community_id, party_id) references party (community_id, id);
alter table membership_reason add constraint membership_reason_by foreign key (community_id, by_id) references party (community_id, id);
alter table membership_reason add constraint membership_reason_caller foreign key (community_id, caller_id) references party (community_id, id);
create index membership_reason_to_call on membership_reason (community_id, call_by)
  where told_at is null and caller_id is not null;
create index membership_reason_newest on membership_reason (community_id, party_id, id desc);
grant select, insert, delete, update (told_at, told_by_id, caller_id) on membership_reason to timebank_web, timebank_work;
grant update (words) on membership_reason to timebank_work;

-- Somebody does not agree with a suspension. One open appeal at a time, with an owner and a date.
create table membership_appeal (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  words text not null,
  at timestamptz not null,
  owner_id uuid not null,
  due_on date not null,
  answered_at timestamptz,
  answered_by_id uuid,
  outcome text constraint membership_appeal_outcome_known check (outcome in ('restored', 'upheld')),
  primary key (community_id, id),
  constraint membership_appeal_length check (char_length(words) between 1 and 1500),
  constraint membership_appeal_answered check ((answered_at is null) = (outcome is null)
    and (answered_at is null) = (answered_by_id is null))
);
select sharding.by_community('membership_appeal');
alter table membership_appeal add constraint membership_appeal_of foreign key (community_id, party_id) references party (community_id, id);
alter table membership_appeal add constraint membership_appeal_owner foreign key (community_id, owner_id) references party (community_id, id);
create unique index membership_appeal_one_open on membership_appeal (community_id, party_id) where answered_at is null;
create index membership_appeal_open on membership_appeal (community_id, due_on) where answered_at is null;
grant select, insert, update, delete on membership_appeal to timebank_web, timebank_work;

-- A card to carry: the code behind its QR opens the sign-in page for whoever scans it, and for a worker of
-- that neighbourhood the member's page. It signs nobody in. A new card ends the old one's code.
create table member_card (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  code text not null,
  made_at timestamptz not null,
  made_by_id uuid not null,
  given_at timestamptz,
  ended_at timestamptz,
  primary key (community_id, id),
  constraint member_card_code_once unique (community_id, code),
  constraint member_card_code_form check (code ~ '^[A-Za-z0-9_-]{16,40}$')
);
select sharding.by_community('member_card');
alter table member_card add constraint member_card_of foreign key (community_id, party_id) references party (community_id, id);
alter table member_card add constraint member_card_made_by foreign key (community_id, made_by_id) references party (community_id, id);
create unique index member_card_one on member_card (community_id, party_id) where ended_at is null;
create index member_card_waiting on member_card (community_id, made_at) where given_at is null and ended_at is null;
grant select, insert, update, delete on member_card to timebank_web, timebank_work;

-- Somebody said they want to stop. Until `final_on` they may come back; then they have left, and their
-- balance goes to the pot (`transfer_id`), from where it returns if they do.
create table membership_leaving (
  community_id bigint not null,
  id uuid not null,
  party_id uuid not null,
  at timestamptz not null,
  final_on date not null,
  left_at timestamptz,
  transfer_id uuid,
  back_at timestamptz,
  primary key (community_id, id)
);
select sharding.by_community('membership_leaving');
alter table membership_leaving add constraint membership_leaving_of foreign key (community_id, party_id) references party (community_id, id);
alter table membership_leaving add constraint membership_leaving_booked foreign key (community_id, transfer_id) references transfer (community_id, id);
create unique index membership_leaving_one_open on membership_leaving (community_id, party_id) where back_at is null;
create index membership_leaving_due on membership_leaving (community_id, final_on) where left_at is null and back_at is null;
grant select, insert, update on membership_leaving to timebank_web, timebank_work;
