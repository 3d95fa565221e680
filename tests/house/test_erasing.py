"""Erasure leaves nothing of a person in any column: every text column of every table is looked at."""

from types import ModuleType
from uuid import UUID

import pytest

from tests.house.rows import a_row_everywhere
from tests.house.town import Town
from tests.makers_erasure import erase
from tests.world import World
from timebank import (
    access,
    contacts,
    exchanges,
    hours,
    introductions,
    membership,
    messages,
    moderation,
    notices,
    parties,
    posts,
    signals,
)
from timebank.kernel import outbox
from timebank.kernel.data_classes import OF_THE_COMMUNITY, WORDS
from timebank.kernel.db import Db, Pool, load, names_of

pytestmark = pytest.mark.anyio

TYPES = ("text", "jsonb", "tsvector", "character varying", "json", "xml", "ARRAY")
WHOSE = {
    "account_exception_words": "exists (select from account_exception e where e.id = x.exception_id"
    " and $2 in (e.account_id, e.granted_by))",
    "area": "x.helper_id = $2",
    "contact_words": "exists (select from contact c where c.id = x.contact_id"
    " and $2 in (c.party_id, c.entered_by_id))",
    "credential": "x.party_id = $2",
    "demo_person": "x.party_id = $2",
    "draft": "x.party_id = $2",
    "exchange": "exists (select from post p where p.id = x.post_id and p.by_id = $2)"
    " or (x.post_id is null and x.started_by_id = $2)",
    "exchange_proposal": "x.by_id = $2",
    "exchange_words": "x.by_id = $2",
    "form_key": "x.owner = decode(replace($2::uuid::text, '-', ''), 'hex')",
    "introduction": "$2 in (x.party_id, x.other_id)",
    "membership_appeal": "x.party_id = $2",
    "membership_reason": "$2 in (x.party_id, x.by_id)",
    "message": "x.from_id = $2",
    "message_held": "x.from_id = $2",
    "notice": "x.party_id = $2",
    "outbox": "x.payload ->> 'party' = $2::uuid::text",
    "party": "x.id = $2",
    "person": "x.party_id = $2",
    "person_change": "x.party_id = $2",
    "post": "x.by_id = $2",
    "post_hiding": "x.by_id = $2 or exists (select from post p where p.id = x.post_id and p.by_id = $2)",
    "report_words": "x.by_id = $2 or exists (select from report r where r.id = x.report_id"
    " and r.subject_id = $2)",
    "session": "x.party_id = $2",
    "signal": "x.party_id = $2",
    "signal_score": "x.party_id = $2",
    "signal_told_words": "exists (select from signal_told w where w.id = x.told_id"
    " and $2 in (w.party_id, w.by_id))",
    "transfer_words": "exists (select from transfer t where t.id = x.transfer_id and t.booked_by = $2)",
}
"""Which rows of a table hold words of somebody ($2), or words that describe them."""

CODES = {
    ("party", "number"), ("person", "postcode"), ("form_key", "key"),
}  # fmt: skip
"""Columns of WORDS with a form of their own: what stands there is looked for as it is."""


async def offences(owner: Db, community: int) -> set[str]:
    """What `timebank check` would say of this community."""
    checks = load("checks")
    return {
        name for name in names_of(checks) if await getattr(checks, name)(owner, community=community)
    }


async def text_columns(owner: Db) -> dict[str, list[tuple[str, str]]]:
    """Every text column of every table, with its type, straight from the catalogue."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in await owner.fetch(
        "select c.table_name, c.column_name, c.data_type from information_schema.columns c"
        " join sharding.kind k on k.table_name = c.table_name"
        " where c.table_schema = 'public' and c.data_type = any($1::text[]) order by 1, 2",
        list(TYPES),
    ):
        found.setdefault(row["table_name"], []).append((row["column_name"], row["data_type"]))
    return found


async def places_with(owner: Db, community: int, text: str) -> list[str]:
    """Where a text stands, whatever its case: "table.column"."""
    found = []
    for table, columns in (await text_columns(owner)).items():
        own = "community_id = $2 and" if await has_community(owner, table) else "$2 > 0 and"
        for column, _type in columns:
            if await owner.fetchval(
                f'select exists (select from "{table}" where {own}'
                f" strpos(lower({column}::text), lower($1)) > 0)",
                text, community,
            ):  # fmt: skip
                found.append(f"{table}.{column}")
    return found


async def has_community(owner: Db, table: str) -> bool:
    return bool(
        await owner.fetchval(
            "select kind = 'by community' from sharding.kind where table_name = $1", table
        )
    )


async def codes_only(owner: Db) -> set[tuple[str, str]]:
    """Text columns that are in neither list: what a check, a key or our own code fills."""
    named = {(t, c) for lists in (WORDS, OF_THE_COMMUNITY) for t, cs in lists.items() for c in cs}
    there = {(t, c) for t, columns in (await text_columns(owner)).items() for c, _type in columns}
    assert named <= there, named - there
    return there - named


OUR_OWN = {
    ("attendance", "way"), ("gathering", "every"), ("gathering", "state"), ("gathering_day", "way"),
    ("account", "kind"), ("area", "kind"), ("area", "state"), ("audit_entry", "act"),
    ("audit_entry", "object_kind"), ("audit_entry", "detail"), ("chore", "name"),
    ("community_profile", "letter_window"), ("member_card", "code"),
    ("community_word", "language"), ("community_word", "key"), ("consent", "kind"),
    ("consent", "answer"), ("consent", "way"), ("contact", "purpose"), ("contact", "way"),
    ("contact", "outcome"), ("contact", "topic"), ("contact", "wish"), ("desk_line", "kind"),
    ("erasure", "way"), ("exchange", "state"),
    ("exchange", "mode"), ("exchange", "zone"), ("exchange", "next_action"),
    ("exchange", "handed_reason"), ("exchange", "booked_by"), ("exchange", "end_reason"),
    ("exchange_proposal", "every"), ("exchange_repair", "outcome"), ("exchange_words", "kind"),
    ("membership_appeal", "outcome"), ("membership_reason", "kind"), ("message", "language"),
    ("message_held", "language"), ("message", "care"),
    ("migration", "name"), ("migration", "checksum"), ("notice", "kind"),
    ("notice", "about_kind"), ("notice", "way"), ("outbox", "kind"), ("outbox", "error"),
    ("party", "kind"), ("party", "state"), ("person", "reachable_by"),
    ("person_change", "reachable_by"), ("person", "language"),
    ("post", "direction"), ("post", "state"), ("post", "category"), ("post", "language"),
    ("post", "paused_for"), ("post_hiding", "reason"), ("report", "about_kind"),
    ("report", "outcome"), ("report_voice", "reason"), ("report_words", "kind"),
    ("mandate", "kind"), ("mandate", "powers"), ("mandate", "way"), ("mandate", "ended_because"),
    ("introduction", "state"), ("introduction", "outcome"), ("introduction_ask", "way"),
    ("introduction_ask", "answer"), ("introduction_ask", "came_of_it"),
    ("introduction_step", "from_state"), ("introduction_step", "to_state"),
    ("introduction_step", "reason"), ("introduction_wish", "answer"),
    ("introduction_wish", "languages"), ("role", "kind"), ("series", "every"),
    ("signal", "state"), ("signal", "plan"),
    ("signal", "verdict"), ("signal", "outcome"),
    ("signal", "lane"), ("checkin", "wants"), ("checkin", "way"),
    ("signal_chance", "verdict"), ("signal_mute", "reason"),
    ("signal_quarter", "figures"), ("signal_step", "from_state"),
    ("signal_step", "to_state"), ("signal_step", "reason"), ("signal_told", "kind"), ("throttle", "kind"),
    ("ticket", "kind"), ("transfer", "idem"), ("transfer", "kind"),
    ("voucher", "number"), ("voucher", "state"),
}  # fmt: skip
"""Text columns with codes and keys of our own. A new one is put in this list, or in
`data_classes.WORDS`: then erasure must empty it."""


async def test_every_text_column_is_words_or_a_code(owner: Db, world: World) -> None:
    assert await codes_only(owner) == OUR_OWN
    assert set(WHOSE) == set(WORDS) == set().union(*ROOMS.values()) | {"area"}


async def plant(owner: Db, community: int, party: UUID, mark: str) -> dict[str, str]:
    """The mark in every column of WORDS that is this person's; what stands in columns with a form
    of their own. Fails where this person has no row to plant in."""
    kinds = {(t, c): k for t, cols in (await text_columns(owner)).items() for c, k in cols}
    known: dict[str, str] = {}
    for table, columns in WORDS.items():
        rows = f'from "{table}" x where x.community_id = $1 and ({WHOSE[table]})'
        assert await owner.fetchval(f"select count(*) {rows}", community, party), table
        for column in columns:
            if (table, column) in CODES:
                value = await owner.fetchval(f"select {column} {rows} limit 1", community, party)
                known[f"{table}.{column}"] = value
                continue
            await owner.execute(
                f'update "{table}" x set {column} = {_marked(table, column, kinds)}'
                f" where x.community_id = $1 and ({WHOSE[table]})",
                community, party, mark,
            )  # fmt: skip
    return known


def _marked(table: str, column: str, kinds: dict[tuple[str, str], str]) -> str:
    kind = kinds[table, column]
    if kind == "tsvector":
        return "to_tsvector('simple', $3)"
    if kind == "jsonb" and table in ("introduction", "signal", "signal_score"):
        return "jsonb_build_array($3::text)"
    if kind == "jsonb":
        return f"{column} || jsonb_build_object('mark', $3::text)"
    if (table, column) == ("person", "phone"):
        return "left($3::text, 30)"
    return "$3::text"


async def test_nothing_is_left_in_any_column_of_words(
    world: World, owner: Db, work_pool: Pool
) -> None:
    mark = "zilverspar"
    await world.admin("Joris Smit")
    worker = await world.worker("Samira Bouali")
    annie, other = await world.member("Annie Zomer"), await world.member("Bram Bakker")
    await a_row_everywhere(world, annie, other, worker)
    known = await plant(owner, world.community, annie.id, mark)
    assert len(await places_with(owner, world.community, mark)) == sum(
        len(columns) for columns in WORDS.values()
    ) - len(CODES)
    await erase(world, work_pool, annie.id)
    assert await places_with(owner, world.community, mark) == []
    for place, value in known.items():
        assert await places_with(owner, world.community, value) == [], place


ROOMS: dict[ModuleType, set[str]] = {
    signals: {"signal", "signal_score", "signal_told_words"},
    introductions: {"introduction"},
    contacts: {"contact_words"},
    moderation: {"report_words", "post_hiding"},
    messages: {"message", "message_held"},
    exchanges: {"exchange", "exchange_proposal", "exchange_words"},
    posts: {"post"},
    hours: {"transfer_words", "account_exception_words"},
    membership: {"membership_reason", "membership_appeal"},
    notices: {"notice"},
    outbox: {"outbox"},
    access: {"credential", "demo_person", "draft", "form_key", "session"},
    parties: {"party", "person", "person_change"},
}
"""Which room empties which tables."""


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
async def test_a_room_that_does_not_forget_is_found(
    room: ModuleType, world: World, owner: Db, work_pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def does_nothing(*_args: object, **_more: object) -> list[UUID]:
        return []

    monkeypatch.setattr(room, "forget", does_nothing)
    await world.admin("Joris Smit")
    worker = await world.worker("Samira Bouali")
    annie, other = await world.member("Annie Zomer"), await world.member("Bram Bakker")
    await a_row_everywhere(world, annie, other, worker)
    known = await plant(owner, world.community, annie.id, "zilverspar")
    await erase(world, work_pool, annie.id)
    left = await places_with(owner, world.community, "zilverspar")
    for value in known.values():
        left += await places_with(owner, world.community, value)
    assert {place.partition(".")[0] for place in left} == ROOMS[room]


async def own_texts(owner: Db, community: int, party: UUID) -> set[str]:
    """Everything in the columns of WORDS that is this person's."""
    found: set[str] = set()
    for table, columns in WORDS.items():
        if table in ("introduction", "signal", "signal_score", "notice", "outbox", "session"):
            continue  # codes, in columns that may hold more; the test above plants in them
        for column in columns:
            for row in await owner.fetch(
                f'select x.{column}::text as text from "{table}" x'
                f" where x.community_id = $1 and ({WHOSE[table]})", community, party,
            ):  # fmt: skip
                found.add(row["text"] or "")
    return {text for text in found if len(text) > 3}


async def test_everybody_of_a_town_can_be_erased_one_after_the_other(
    town: Town, owner: Db, work_pool: Pool
) -> None:
    world, c = town.world, town.world.community
    people = await owner.fetch(
        "select party_id as id, full_name, call_name, phone, email from person"
        " where community_id = $1 order by party_id", c,
    )  # fmt: skip
    last = await world.admin("Wilhelmina Overblijver")
    assert len(people) >= 8
    texts = {person["id"]: await own_texts(owner, c, person["id"]) for person in people}
    assert sum(map(len, texts.values())) > 50
    for place, person in enumerate(people):
        await erase(world, work_pool, person["id"])
        assert await offences(owner, c) == set()
        remaining = [other["id"] for other in people[place + 1 :]]
        said_by_others = set().union(*(texts[id_] for id_ in remaining))
        names = {person["full_name"], person["call_name"], person["phone"], person["email"]}
        for text in (texts[person["id"]] | {name for name in names if name}) - said_by_others:
            assert not await places_with(owner, c, text), text
    states = await owner.fetch(
        "select distinct state from party where community_id = $1 and id <> $2", c, last.id
    )
    assert [row["state"] for row in states] == ["erased"]
    numbers = await owner.fetch(
        "select former_number from party where community_id = $1 and id <> $2 order by 1",
        c,
        last.id,
    )
    assert [row["former_number"] for row in numbers] == list(range(1, len(people) + 1))
