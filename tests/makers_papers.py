"""Makers of paper: somebody who gets letters, and news for them."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.world import Member, World
from timebank import areas, notices
from timebank.areas import LetterRule
from timebank.kernel.dates import local_date


async def by_post(world: World, name: str = "Wil van der Meer", **more: Any) -> Member:
    """A member who gets letters."""
    address = {"street": "Rijnlaan 12 bis", "postcode": "3522 BN"} | more
    return await world.member(name, reachable_by="paper", **address)


async def news(world: World, to: Member, kind: str, **details: UUID | int | str) -> None:
    """Something this member should hear."""
    async with world.transaction() as db:
        await notices.tell(
            db, community=world.community, to=to.id, kind=kind, now=world.clock(), **details
        )


async def letter_news(world: World, to: Member, from_: Member) -> None:
    """One question and two things to know."""
    on = local_date(world.clock() + timedelta(days=3)).isoformat()
    await news(world, to, "time_given", who_id=from_.id, minutes=30)
    await news(world, to, "tomorrow", who_id=from_.id, on=on)
    await news(world, to, "done_claimed", who_id=from_.id, on=on, minutes=90)


async def letter_rule(world: World, town: str = "Utrecht", window: Any = "left") -> None:
    """How letters are addressed here."""
    async with world.transaction() as db:
        await areas.set_letter_rule(db, community=world.community, rule=LetterRule(town, window))
