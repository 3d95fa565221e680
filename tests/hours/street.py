"""A community of neighbours with accounts, asked as a request asks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import msgspec

from tests.hours.books import NOW
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.ids import new_id

RULES = hours.Rules(
    starting_minutes=300, soft_low=-120, soft_high=480, hard_low=-180, hard_high=600
)


class Street:
    """A community with neighbours who have their accounts."""

    def __init__(self, web: Db, owner: Db, community: int, people: list[UUID]) -> None:
        self.web = web
        self.owner = owner
        self.community = community
        self.people = people

    @asynccontextmanager
    async def request(self) -> AsyncIterator[Db]:
        async with self.web.transaction():
            await enter(self.web, self.community)
            yield self.web

    async def help(
        self,
        payer: UUID,
        helper: UUID,
        minutes: int,
        *,
        exchange: UUID | None = None,
        idem: str = "",
    ) -> hours.Booked:
        exchange = exchange or new_id()
        async with self.request() as db:
            return await hours.book(
                db,
                community=self.community,
                idem=idem or f"exchange:{exchange}:1",
                kind=hours.Kind.EXCHANGE,
                entries=[(payer, -minutes), (helper, minutes)],
                booked_by=payer,
                now=NOW,
                exchange_id=exchange,
            )

    async def give(
        self, giver: UUID, to: hours.Account, minutes: int, *, days: int = 0, idem: str = ""
    ) -> hours.Booked:
        async with self.request() as db:
            return await hours.give(
                db,
                community=self.community,
                idem=idem or str(new_id()),
                giver=giver,
                to=to,
                minutes=minutes,
                booked_by=giver,
                now=NOW + timedelta(days=days),
            )

    async def correct(self, transfer: UUID, right: int = 0) -> hours.Booked:
        async with self.request() as db:
            return await hours.correct(
                db,
                community=self.community,
                transfer=transfer,
                right=right,
                sentence="Het was een uur korter.",
                booked_by=self.people[0],
                now=NOW,
            )

    async def balance(self, party: UUID) -> hours.Balance:
        async with self.request() as db:
            return await hours.balance(db, community=self.community, party=party, now=NOW)

    async def statement(self, party: UUID, **paging: int) -> list[hours.Line]:
        async with self.request() as db:
            return await hours.statement(db, community=self.community, party=party, **paging)

    async def set_rules(self, **changes: int) -> None:
        async with self.request() as db:
            rules = await hours.rules(db, community=self.community)
            await hours.set_rules(
                db,
                community=self.community,
                rules=msgspec.structs.replace(rules, **changes),
                set_by=self.people[0],
                now=NOW,
            )
