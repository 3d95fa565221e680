"""Every act of a random history is asked of the real ledger and of the model, which must agree."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.hours.books import NOW, Books, make_community
from tests.hours.ledger_model import AMSTERDAM, Account, Ask, Ledger, Limits, Refused, Sides
from timebank import hours
from timebank.hours import store
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import constraint_of

PEOPLE = 5
RULES = hours.Rules(
    starting_minutes=60, soft_low=0, soft_high=0, hard_low=-60, hard_high=180, unit_minutes=1
)
anybody = st.integers(0, PEOPLE - 1)
somebody = st.integers(0, PEOPLE - 2)  # the last one is new, and has no account at first
several = st.lists(somebody, min_size=2, max_size=4, unique=True)
amounts = st.sampled_from([1, 15, 30, 45, 60, 90, 120])
picks = st.integers(0, 1000)


class Asking(RuleBasedStateMachine):
    """Each run has a community of its own in the database that `books` drives; `met` counts the
    rules that refused."""

    books: ClassVar[Books]
    met: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        books = self.books
        self.now = NOW
        self.community, self.people = books.run(
            make_community(books.owner, books.web, PEOPLE, RULES)
        )
        self.funds = books.within(
            books.web, self.community, lambda db: store.funds(db, self.community)
        )
        self.model = Ledger(Limits(-60, 180, RULES.give_away_after_days))
        for fund, account in self.funds.items():
            self.model.accounts[account] = Account(fund.value)
        self.rules = msgspec.structs.replace(RULES, version=1)
        self.sealed: dict[UUID, int] = {}
        self.number = 0
        for index in range(PEOPLE - 1):
            self.start(index)

    def start(self, who: int) -> None:
        """Open somebody's account and give the starting hours."""
        raise NotImplementedError

    # How both are asked

    def real(self, act: Callable[[Db], Awaitable[Any]], *, role: Db | None = None) -> Any:
        return self.books.within(role or self.books.web, self.community, act)

    def post(self, ask: Ask) -> None:
        """Book in both, and see both do, or refuse, the same."""
        transfer = new_id()
        try:
            first, again = self.model.post(transfer, ask, self.now)
        except Refused as refused:
            self.refused(refused.names, lambda db: self.posting(db, transfer, ask))
            return
        booked = self.real(lambda db: self.posting(db, transfer, ask))
        assert (booked.transfer_id, booked.again) == (first, again)
        assert [s.account_id for s in booked.sides] == [account for account, _ in ask.sides]
        for account, minutes in ask.sides:
            side = next(s for s in booked.sides if s.account_id == account)
            lines = self.model.accounts[account].lines
            assert 1 <= side.seq <= len(lines)
            line = lines[side.seq - 1]
            assert (line.transfer, line.minutes, line.balance_after) == (
                first, minutes, side.balance_after,
            )  # fmt: skip

    async def posting(self, db: Db, transfer: UUID, ask: Ask) -> hours.Booked:
        return await store.post(
            db,
            self.community,
            transfer=transfer,
            idem=ask.idem,
            kind=hours.Kind(ask.kind),
            sides=ask.sides,
            booked_by=self.people[0],
            booked_at=self.now,
            done_on=None,
            exchange=ask.exchange,
            corrects=ask.corrects,
            words=None,
        )

    def refused(
        self, names: set[str], act: Callable[[Db], Awaitable[Any]], *, role: Db | None = None
    ) -> None:
        """The real one refuses, by one of these rules."""
        try:
            self.real(act, role=role)
        except asyncpg.IntegrityConstraintViolationError as exc:
            assert constraint_of(exc) in names, f"refused by {constraint_of(exc)}, not {names}"
            self.met[constraint_of(exc)] += 1
        else:
            raise AssertionError(f"booked what {names} should refuse")

    def today(self) -> date:
        return self.now.astimezone(AMSTERDAM).date()

    def key(self) -> str:
        self.number += 1
        return f"key-{self.number}"

    def old(self, pick: int, *kinds: str) -> UUID | None:
        """One of the bookings; small picks are recent ones, which are the more interesting."""
        kinds = kinds or ("start", "exchange", "gift", "pot", "correction", "addition")
        transfers = [id_ for id_, ask in self.model.transfers.items() if ask.kind in kinds]
        return transfers[-1 - pick % len(transfers)] if transfers else None

    def sides(self, people: list[int], minutes: int) -> Sides:
        """The first pays all others the same amount."""
        receivers = [(self.people[i], minutes) for i in people[1:]]
        return tuple(sorted([(self.people[people[0]], -minutes * len(receivers)), *receivers]))
