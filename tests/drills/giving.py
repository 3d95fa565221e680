"""Givers who write their intent down first, and ask until they are answered."""

import asyncio
import random
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.drills.people import Giver, Intent, giver
from tests.world import Member
from timebank import hours
from timebank.kernel.db import open_pool, transaction
from timebank.kernel.settings import Settings

TOLD, REFUSED = "told", "refused"
PATIENCE = 30.0
"""Seconds a giver goes on asking before the drill says that the service did not come back."""


@dataclass
class Unrest:
    """What the givers saw besides answers: how often by status or kind of broken line."""

    seen: dict[str, int] = field(default_factory=dict)

    def note(self, what: object) -> None:
        self.seen[str(what)] = self.seen.get(str(what), 0) + 1


async def introduce(settings: Settings, members: list[Member]) -> dict[UUID, int]:
    """Everybody has given everybody a quarter before, so all are on each other's list. The
    minutes each then has, by our own arithmetic."""
    has = {member.id: hours.Rules().starting_minutes for member in members}
    pool = await open_pool(settings.database_url, size=1)
    world = members[0].world
    now = world.clock.move(days=45)
    try:
        for number, one in enumerate(members):
            for other in members[number + 1 :]:
                async with transaction(pool, world.community) as db:
                    await hours.give(
                        db, community=world.community, idem=f"before:{uuid4().hex}",
                        giver=one.id, to=other.id, minutes=15, booked_by=one.id, now=now,
                    )  # fmt: skip
                has[one.id] -= 15
                has[other.id] += 15
    finally:
        pool.terminate()
    return has


class Crowd(threading.Thread):
    """All givers at once, in a thread of their own: the drill itself kills and waits meanwhile."""

    def __init__(self, settings: Settings, members: list[Member]) -> None:
        super().__init__(name="crowd")
        self.unrest = Unrest()
        self.givers: list[Giver] = []
        self._settings = settings
        self._members = members
        self._stop_asked = threading.Event()

    def run(self) -> None:
        asyncio.run(self._all())

    async def _all(self) -> None:
        self.givers = [await giver(self._settings, member) for member in self._members]
        ids = [member.id for member in self._members]
        await asyncio.gather(*(self._one(one, ids) for one in self.givers))

    async def _one(self, one: Giver, ids: list[UUID]) -> None:
        others = [id_ for id_ in ids if id_ != one.member.id]
        async with one.client:
            await give_until(one, others, self._stop_asked, self.unrest)

    def finish(self, seconds: float = PATIENCE + 15) -> None:
        """No new gifts; until the last one was answered or given up."""
        self._stop_asked.set()
        self.join(seconds)
        assert not self.is_alive(), "the givers hang"

    @property
    def answered(self) -> int:
        """How many gifts they were told are booked."""
        return sum(intent.answer == TOLD for one in self.givers for intent in one.notes)


async def give_until(one: Giver, others: list[UUID], stop: threading.Event, unrest: Unrest) -> None:
    """One gift after the other until `stop`; the last one too is asked about until it is answered."""
    chance = random.Random(one.member.number)  # noqa: S311
    while not stop.is_set():
        intent = Intent(uuid4().hex, one.member.id, chance.choice(others), chance.choice([15, 30]))
        one.notes.append(intent)
        await _ask_until_answered(one, intent, chance, unrest)


async def _ask_until_answered(
    one: Giver, intent: Intent, chance: random.Random, unrest: Unrest
) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        intent.tries += 1
        hasty = intent.tries == 1 and chance.random() < 0.15
        try:
            answer = await _send(one, intent, seconds=chance.uniform(0.002, 0.02) if hasty else 10)
        except httpx.TransportError as broken:
            unrest.note("hung up" if hasty else type(broken).__name__)
            await asyncio.sleep(chance.uniform(0.02, 0.15))
            continue
        if answer.status_code == 303:
            intent.answer = TOLD
        elif answer.status_code == 422:
            intent.answer = REFUSED
        else:
            unrest.note(answer.status_code)
            await asyncio.sleep(chance.uniform(0.02, 0.15))
            continue
        return


async def _send(one: Giver, intent: Intent, seconds: float) -> httpx.Response:
    if not one.token:
        page = await one.open_page()
        if not one.token:
            return page
    return await one.client.post(
        one.form_address, data=one.fields(intent), timeout=httpx.Timeout(seconds)
    )


def judge(
    givers: list[Giver], before: dict[UUID, int], booked: list[Any], balances: dict[UUID, int]
) -> list[str]:
    """What the givers were told against what is in the books: each sentence is a fault.

    booked: rows of key, account_id, minutes for all gifts since the start.
    """
    faults = []
    sides: dict[str, dict[UUID, int]] = {}
    for row in booked:
        sides.setdefault(row["key"], {})[row["account_id"]] = row["minutes"]
    should_have = dict(before)
    for intent in [note for one in givers for note in one.notes]:
        found = sides.pop(intent.key, None)
        told = {intent.giver: -intent.minutes, intent.to: intent.minutes}
        if intent.answer == TOLD and found != told:
            faults.append(f"told that {told} was booked, the books have {found}")
        elif intent.answer == REFUSED and found is not None:
            faults.append(f"refused, and yet the books have {found}")
        elif not intent.answer:
            faults.append(f"never answered after {intent.tries} tries")
        if intent.answer == TOLD:
            should_have[intent.giver] -= intent.minutes
            should_have[intent.to] += intent.minutes
    faults += [f"invented: {key} {found}" for key, found in sides.items()]
    faults += [
        f"{party} has {balances[party]} minutes and should have {minutes}"
        for party, minutes in should_have.items()
        if balances[party] != minutes
    ]
    return faults
