-- Messages: words between the parties of an exchange. `care` holds codes of what a reader should be
-- careful with (money, bank, link, phone); a hidden message keeps its place and loses its words on pages.

create table message (
  community_id bigint not null,
  id uuid not null,
  exchange_id uuid not null,
  from_id uuid not null,
  entered_by_id uuid not null,
  first boolean not null default false,
  words text not null,
  language text not null,
  care text not null default '',
  at timestamptz not null,
  hidden_at timestamptz,
  hidden_by_id uuid,
  primary key (community_id, id),
  constraint message_words_length check (char_length(words) between 1 and 2000),
  constraint message_language_form check (language ~ '^[a-z]{2}$'),
  constraint message_care_form check (care ~ '^[a-z ]{0,60}$'),
  constraint message_hidden_whole check ((hidden_at is null) = (hidden_by_id is null))
);
select sharding.by_community('message');
alter table message add constraint message_of_exchange foreign key (community_id, exchange_id) references exchange (community_id, id);
alter table message add constraint message_from foreign key (community_id, from_id) references party (community_id, id);
create index message_in_order on message (community_id, exchange_id, id);
create index message_by_sender on message (community_id, from_id, at desc);
grant select, insert, update, delete on message to timebank_web, timebank_work;
