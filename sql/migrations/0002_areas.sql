-- Areas: a community with its own words, colour and rules, its neighbourhoods and their places.

create table area (
  community_id bigint not null,
  id uuid not null,
  parent_id uuid,
  kind text not null constraint area_kind_known check (kind in ('community', 'neighbourhood')),
  name text not null,
  sort_name text collate "C" not null,
  state text not null default 'active' constraint area_state_known check (state in ('active', 'closed')),
  helper_id uuid,
  helper_phone text,
  helper_hours text,
  walk_in text,
  deputy_id uuid,
  created_at timestamptz not null,
  primary key (community_id, id),
  constraint area_name_length check (char_length(name) between 1 and 60),
  constraint area_helper_phone_length check (char_length(helper_phone) <= 30),
  constraint area_helper_hours_length check (char_length(helper_hours) <= 120),
  constraint area_walk_in_length check (char_length(walk_in) <= 120),
  constraint area_tree check ((kind = 'community') = (parent_id is null))
);
select sharding.by_community('area');
alter table area add constraint area_community foreign key (community_id) references community (id);
alter table area add constraint area_parent foreign key (community_id, parent_id) references area (community_id, id);
create unique index area_one_root on area (community_id) where kind = 'community';
create unique index area_name_once on area (community_id, sort_name) where state = 'active';
grant select, insert, update on area to timebank_web, timebank_work;

-- Places people know: a square, a block of flats, a street. Metres in the community's own grid.
create table place (
  community_id bigint not null,
  id uuid not null,
  area_id uuid not null,
  name text not null,
  sort_name text collate "C" not null,
  x_m integer,
  y_m integer,
  retired_at timestamptz,
  primary key (community_id, id),
  constraint place_name_length check (char_length(name) between 1 and 60),
  constraint place_xy check ((x_m is null) = (y_m is null)),
  constraint place_near check (x_m between -100000 and 100000 and y_m between -100000 and 100000)
);
select sharding.by_community('place');
alter table place add constraint place_in_area foreign key (community_id, area_id) references area (community_id, id);
create unique index place_name_once on place (community_id, area_id, sort_name) where retired_at is null;
grant select, insert, update on place to timebank_web, timebank_work;

-- How a community looks and behaves. Periods are in days.
create table community_profile (
  community_id bigint not null,
  hue integer not null default 168,
  welcome text not null default '',
  reminder_days integer not null default 14,
  silence_days integer not null default 7,
  repair_days integer not null default 30,
  post_days integer not null default 90,
  post_warning_days integer not null default 7,
  town text not null default '',     -- the last line of an address on a letter
  letter_window text not null default 'left' constraint profile_letter_window check (letter_window in ('left', 'right')),
  away_days integer not null default 7,
  notes_days integer not null default 365,   -- care data: a community may keep it shorter, never longer
  unfollowed_days integer not null default 90,
  primary key (community_id),
  constraint profile_hue check (hue between 0 and 359),
  constraint profile_welcome_length check (char_length(welcome) <= 400),
  constraint profile_town_length check (char_length(town) <= 60),
  constraint profile_days check (reminder_days between 1 and 90 and silence_days between 1 and 90
    and repair_days between 1 and 365 and post_days between 7 and 730
    and post_warning_days between 1 and post_days and away_days between 1 and 30),
  constraint profile_terms check (notes_days between 30 and 365 and unfollowed_days between 14 and 90)
);
select sharding.by_community('community_profile');
alter table community_profile add constraint profile_community foreign key (community_id) references community (id);
grant select, insert, update on community_profile to timebank_web, timebank_work;

-- The community's own words in each language it offers: singular, plural, and singular with its article.
create table community_word (
  community_id bigint not null,
  language text not null,
  key text not null constraint word_known check (key in ('worker', 'neighbourhood', 'hour', 'pot', 'member', 'voucher')),
  one text not null,
  many text not null,
  the text not null,
  primary key (community_id, language, key),
  constraint word_language_form check (language ~ '^[a-z]{2}$'),
  constraint word_length check (char_length(one) between 1 and 40 and char_length(many) between 1 and 40
    and char_length(the) between 1 and 50)
);
select sharding.by_community('community_word');
alter table community_word add constraint word_community foreign key (community_id) references community (id);
grant select, insert, update, delete on community_word to timebank_web, timebank_work;
