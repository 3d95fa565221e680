"""Queries of the areas."""

from datetime import date, datetime
from uuid import UUID

from timebank.areas.model import Area, AreaState, CommunityName, LetterRule, Place, Sheet, Terms
from timebank.areas.seen import as_community
from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.refusals import NotFound
from timebank.web.community import Community, Rules, Word

q = load("areas")


async def community_id(db: Db, slug: str) -> int | None:
    """Id of the community with this short name."""
    found: int | None = await q.community_id(db, slug=slug)
    return found


async def communities(db: Db) -> list[CommunityName]:
    """All communities of this platform."""
    return await rows(CommunityName, q.communities(db))


async def community(db: Db, id_: int, *, area: UUID | None, language: str) -> Community:
    """The community as pages know it, seen from `area`. Raises NotFound."""
    found = await q.community(db, community=id_, area=area)
    if found is None:
        raise NotFound
    return as_community(found, language)


async def insert_community(
    db: Db, *, id_: int, slug: str, name: str, demo: bool, now: datetime
) -> None:
    """A new community, without anything in it."""
    await q.insert_community(db, id=id_, slug=slug, name=name, demo=demo, now=now)


async def next_community_id(db: Db) -> int:
    """A number no community has yet."""
    found: int = await q.next_community_id(db)
    return found


async def insert_profile(db: Db, *, community: int, hue: int, welcome: str) -> None:
    """How the new community looks; its rules are the usual ones."""
    await q.insert_profile(db, community=community, hue=hue, welcome=welcome)


async def update_profile(db: Db, *, community: int, hue: int, welcome: str, rules: Rules) -> None:
    """Colour, words of welcome and periods."""
    await q.update_profile(
        db,
        community=community,
        hue=hue,
        welcome=welcome,
        **{name: getattr(rules, name) for name in rules.__struct_fields__},
    )


async def letter_rule(db: Db, community: int) -> LetterRule:
    """How letters are addressed."""
    return await one(LetterRule, q.letter_rule(db, community=community))


async def set_letter_rule(db: Db, *, community: int, rule: LetterRule) -> None:
    """From now on letters are addressed like this."""
    await q.set_letter_rule(db, community=community, town=rule.town, window=rule.window)


async def put_word(db: Db, *, community: int, language: str, key: str, word: Word) -> None:
    """The community's own word for `key`."""
    await q.put_word(
        db, community=community, language=language, key=key, one=word.one, many=word.many,
        the=word.the,
    )  # fmt: skip


async def clear_word(db: Db, *, community: int, language: str, key: str) -> None:
    """The usual word again."""
    await q.clear_word(db, community=community, language=language, key=key)


async def chosen_words(db: Db, community: int) -> dict[tuple[str, str], Word]:
    """The community's own words by (language, key)."""
    found = await q.words(db, community=community)
    return {(r["language"], r["key"]): Word(r["one"], r["many"], r["the"]) for r in found}


async def areas(db: Db, community: int) -> list[Area]:
    """The whole community first, then its neighbourhoods by name."""
    return await rows(Area, q.areas(db, community=community))


async def area(db: Db, community: int, id_: UUID) -> Area:
    """One area. Raises NotFound."""
    return await one(Area, q.area(db, community=community, id=id_))


async def find_area(db: Db, community: int, id_: UUID) -> Area | None:
    """One area, or None."""
    return await row(Area, q.area(db, community=community, id=id_))


async def insert_area(
    db: Db, *, community: int, id_: UUID, parent: UUID | None, kind: str, name: str,
    sort_name: str, now: datetime,
) -> None:  # fmt: skip
    """A new area."""
    await q.insert_area(
        db, community=community, id=id_, parent=parent, kind=kind, name=name,
        sort_name=sort_name, now=now,
    )  # fmt: skip


async def update_area(
    db: Db, *, community: int, id_: UUID, name: str, sort_name: str, helper: UUID | None,
    phone: str | None, hours: str | None, walk_in: str | None,
) -> None:  # fmt: skip
    """Name, and the person who helps here."""
    await q.update_area(
        db, community=community, id=id_, name=name, sort_name=sort_name, helper=helper,
        phone=phone, hours=hours, walk_in=walk_in,
    )  # fmt: skip


async def lock_area(db: Db, community: int, id_: UUID) -> bool:
    """Hold this neighbourhood until the transaction ends; False when there is none."""
    return await q.lock_area(db, community=community, id=id_) is not None


async def living_there(db: Db, community: int, id_: UUID, today: date) -> int:
    """How many people have this neighbourhood, or work for it."""
    found: int = await q.living_there(db, community=community, id=id_, today=today)
    return found


async def set_area_state(db: Db, *, community: int, id_: UUID, state: AreaState) -> bool:
    """Close a neighbourhood, or open it again; False when it was so already."""
    found = await q.set_area_state(db, community=community, id=id_, state=state)
    return found is not None


async def sheets(db: Db, community: int, today: date, only: UUID | None = None) -> list[Sheet]:
    """The whole community first, then the neighbourhoods, with the people around them."""
    return await rows(Sheet, q.sheets(db, community=community, today=today, only=only))


async def possible_helpers(db: Db, community: int, today: date) -> list[tuple[UUID, str]]:
    """Those who work here today: id and full name."""
    found = await q.possible_helpers(db, community=community, today=today)
    return [(r["party_id"], r["full_name"]) for r in found]


async def places_of(db: Db, community: int, area: UUID) -> list[Place]:
    """Places in use in one neighbourhood, by name."""
    return await rows(Place, q.places_of(db, community=community, area=area))


async def places(db: Db, community: int) -> list[Place]:
    """Places in use, by neighbourhood and name."""
    return await rows(Place, q.places(db, community=community))


async def insert_place(
    db: Db, *, community: int, id_: UUID, area: UUID, name: str, sort_name: str,
    x_m: int | None, y_m: int | None,
) -> None:  # fmt: skip
    """A new place in a neighbourhood."""
    await q.insert_place(
        db, community=community, id=id_, area=area, name=name, sort_name=sort_name,
        x_m=x_m, y_m=y_m,
    )  # fmt: skip


async def update_place(
    db: Db, *, community: int, id_: UUID, area: UUID, name: str, sort_name: str,
    x_m: int | None, y_m: int | None,
) -> bool:  # fmt: skip
    """Rename or move a place; False when it is not there."""
    found = await q.update_place(
        db, community=community, id=id_, area=area, name=name, sort_name=sort_name,
        x_m=x_m, y_m=y_m,
    )  # fmt: skip
    return found is not None


async def retire_place(db: Db, *, community: int, area: UUID, id_: UUID, now: datetime) -> bool:
    """A place that is no longer offered; who chose it keeps it. False when it is not there."""
    return await q.retire_place(db, community=community, area=area, id=id_, now=now) is not None


async def terms(db: Db, community: int) -> Terms:
    """How long this community keeps care data."""
    return await one(Terms, q.terms(db, community=community))


async def set_terms(db: Db, community: int, chosen: Terms) -> None:
    """From now on; what is past its term goes in the next run."""
    await q.set_terms(
        db, community=community, notes_days=chosen.notes_days,
        unfollowed_days=chosen.unfollowed_days,
    )  # fmt: skip


async def set_deputy(db: Db, *, community: int, area: UUID, deputy: UUID | None) -> None:
    """Who stands in here for colleagues who are away; None: whoever works here."""
    await q.set_deputy(db, community=community, id=area, deputy=deputy)


async def no_longer_deputy(db: Db, community: int, party: UUID) -> None:
    """Whoever left or was erased stands in nowhere."""
    await q.no_longer_deputy(db, community=community, party=party)
