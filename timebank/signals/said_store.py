"""Queries of what members say of themselves, and of what people tell a worker."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from timebank.kernel.dates import start_of_day
from timebank.kernel.db import Db, load, one, row, rows
from timebank.kernel.ids import new_id
from timebank.signals.run_store import ADULT_YEARS
from timebank.signals.said_model import (
    KEPT_DAYS,
    TOLD_KEPT_DAYS,
    Call,
    Checkin,
    Found,
    Kind,
    Known,
    Mute,
    Objection,
    Orphan,
    Told,
    Unheard,
    Way,
)

q = load("said")


async def known(db: Db, community: int, party: UUID, today: date) -> Known:
    """How a member stands. Raises NotFound for who is no person here."""
    query = q.known(
        db, community=community, party=party, today=today, adult_year=today.year - ADULT_YEARS
    )
    return await one(Known, query)


async def check_in(
    db: Db, *, community: int, party: UUID, on: date, talks: int | None, wants: str | None,
    way: Way, by: UUID, now: datetime,
) -> None:  # fmt: skip
    """What she said on a day."""
    await q.check_in(
        db, community=community, party=party, on=on, talks=talks, wants=wants, way=way, by=by,
        now=now,
    )  # fmt: skip


async def checkins(db: Db, community: int, party: UUID, limit: int) -> list[Checkin]:
    """What she said before, the newest first."""
    return await rows(Checkin, q.checkins(db, community=community, party=party, limit=limit))


async def put_mute(
    db: Db, *, community: int, party: UUID, reason: Objection, today: date, until: date
) -> None:
    """Nothing opens until that day, unless she asks herself."""
    await q.put_mute(db, community=community, party=party, today=today, until=until, reason=reason)


async def mute(db: Db, community: int, party: UUID, today: date) -> Mute | None:
    """Whether she wants to be left in peace today."""
    return await row(Mute, q.mute(db, community=community, party=party, today=today))


async def end_mute(db: Db, community: int, party: UUID) -> None:
    """She may be thought of again."""
    await q.forget_mute(db, community=community, party=party)


async def owner_of_told(
    db: Db, *, community: int, area: UUID, about: UUID | None, today: date
) -> UUID | None:
    """Who looks at what is told there; None where nobody works at all."""
    found: UUID | None = await q.owner_of_told(
        db, community=community, area=area, party=about, today=today
    )
    return found


async def tell(
    db: Db, *, community: int, kind: Kind, by: UUID, area: UUID, party: UUID | None, owner: UUID,
    due_on: date, who: str, words: str, may_name: bool, now: datetime, done_at: datetime | None,
) -> UUID:  # fmt: skip
    """Keep what somebody told, with its words. Its id."""
    id_ = new_id()
    await q.tell(
        db, community=community, id=id_, kind=kind, by=by, area=area, party=party,
        may_name=may_name, owner=owner, due_on=due_on, now=now, done_at=done_at,
    )  # fmt: skip
    if words:
        await q.tell_words(db, community=community, told=id_, who=who, words=words)
    return id_


async def told_in_areas(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, limit: int
) -> list[Told]:
    """What waits for the workers of these neighbourhoods, the oldest date first."""
    query = q.told_in_areas(db, community=community, areas=list(areas), worker=worker, limit=limit)
    return await rows(Told, query)


async def told(db: Db, community: int, id_: UUID) -> Told:
    """One thing that was told. Raises NotFound."""
    return await one(Told, q.told(db, community=community, id=id_))


async def told_of(db: Db, community: int, party: UUID, limit: int) -> list[Told]:
    """What was told about a member, the newest first."""
    return await rows(Told, q.told_of(db, community=community, party=party, limit=limit))


async def told_done(db: Db, *, community: int, id_: UUID, now: datetime) -> bool:
    """It was dealt with; False when it was already."""
    return bool(await q.told_done(db, community=community, id=id_, now=now))


async def told_answered(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """What she asked for herself is done."""
    await q.told_answered(db, community=community, party=party, now=now)


async def open_told_by(db: Db, community: int, party: UUID, kind: Kind) -> int:
    """How much of what this member told still waits."""
    found: int = await q.open_told_by(db, community=community, party=party, kind=kind)
    return found


async def unheard(db: Db, community: int, today: date) -> list[Unheard]:
    """Where something waits and no worker is."""
    return await rows(Unheard, q.unheard(db, community=community, today=today))


async def reassign(db: Db, community: int, today: date) -> None:
    """What lies with who is no worker there gets another owner."""
    for lost in await rows(Orphan, q.orphaned(db, community=community, today=today)):
        owner = await owner_of_told(
            db, community=community, area=lost.area_id, about=lost.about_id, today=today
        )
        if owner is not None:
            await q.give_told(db, community=community, id=lost.id, owner=owner)


async def give_told(db: Db, *, community: int, id_: UUID, owner: UUID) -> bool:
    """Another owner; False when it was done, or lies there already."""
    return bool(await q.give_told(db, community=community, id=id_, owner=owner))


async def draw_of_rule(db: Db, community: int, week_on: date) -> None:
    """Whom the rule put on the list this week is asked about as well."""
    await q.draw_of_rule(db, community=community, week_on=week_on)


async def drawn_since(db: Db, community: int, since: date) -> dict[UUID, date]:
    """Whom chance named since a day, with the week."""
    found = await q.drawn_since(db, community=community, since=since)
    return {r["party_id"]: r["week_on"] for r in found}


async def draw(db: Db, community: int, drawn: list[dict[str, UUID]], week_on: date) -> None:
    """Whom chance named this week (each: id, party_id, owner_id)."""
    await q.draw(db, community=community, drawn=drawn, week_on=week_on)


async def calls(
    db: Db, *, community: int, areas: Sequence[UUID], worker: UUID, party: UUID | None,
    since: date, today: date, limit: int,
) -> list[Call]:  # fmt: skip
    """Calls nobody judged yet, of some neighbourhoods or of one member there."""
    query = q.calls(
        db, community=community, areas=list(areas), worker=worker, party=party, since=since,
        today=today, limit=limit,
    )  # fmt: skip
    return await rows(Call, query)


async def judge_call(db: Db, *, community: int, id_: UUID, verdict: str, today: date) -> bool:
    """What a worker found; False when it was said already."""
    return bool(await q.judge_call(db, community=community, id=id_, verdict=verdict, today=today))


async def give_call(db: Db, *, community: int, id_: UUID, owner: UUID) -> None:
    """Another owner."""
    await q.give_call(db, community=community, id=id_, owner=owner)


async def verdicts(db: Db, community: int) -> list[Found]:
    """What was found so far."""
    return await rows(Found, q.verdicts(db, community=community))


async def first_week(db: Db, community: int) -> date | None:
    """The first week that is known."""
    found: date | None = await q.first_week(db, community=community)
    return found


async def forget(db: Db, community: int, party: UUID) -> None:
    """What she said of herself, and what others told of her."""
    for query in (
        q.forget_said, q.forget_mute, q.forget_chance, q.forget_about_words, q.forget_about,
    ):  # fmt: skip
        await query(db, community=community, party=party)


async def forget_old(db: Db, community: int, today: date) -> None:
    """What is past its term."""
    await q.forget_old_said(db, community=community, before=today - timedelta(days=KEPT_DAYS))
    await q.forget_old_chance(db, community=community, before=today - timedelta(days=KEPT_DAYS))
    await q.forget_old_mutes(db, community=community, today=today)
    term = {"told_before": start_of_day(today - timedelta(days=TOLD_KEPT_DAYS))}
    await q.forget_old_told_words(db, community=community, **term)
    await q.forget_old_told(db, community=community, **term)


async def forget_told(db: Db, community: int, party: UUID) -> None:
    """What this member told of others, and what others told with this member's name in it."""
    for query in (q.forget_told_words, q.forget_told, q.forget_named):
        await query(db, community=community, party=party)
