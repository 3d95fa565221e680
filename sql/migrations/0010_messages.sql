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

-- The same text to many neighbours within a day: from the fourth on it waits here until somebody who works
-- here has looked. It is no message yet: no talk has begun, and the neighbour knows of nothing. What is
-- decided takes the row away.
create table message_held (
  community_id bigint not null,
  id uuid not null,
  from_id uuid not null,
  to_id uuid not null,
  post_id uuid,
  exchange_id uuid,
  words text not null,
  language text not null,
  at timestamptz not null,
  primary key (community_id, id),
  constraint message_held_words_length check (char_length(words) between 1 and 2000),
  constraint message_held_language_form check (language ~ '^[a-z]{2}$'),
  constraint message_held_about_one check ((post_id is null) <> (exchange_id is null))
);
select sharding.by_community('message_held');
alter table message_held add constraint message_held_from foreign key (community_id, from_id) references party (community_id, id);
alter table message_held add constraint message_held_to foreign key (community_id, to_id) references party (community_id, id);
alter table message_held add constraint message_held_post foreign key (community_id, post_id) references post (community_id, id);
alter table message_held add constraint message_held_exchange foreign key (community_id, exchange_id) references exchange (community_id, id);
create index message_held_by_sender on message_held (community_id, from_id, at desc);
create unique index message_held_once on message_held (community_id, from_id, post_id) where post_id is not null;
grant select, insert, delete on message_held to timebank_web, timebank_work;
