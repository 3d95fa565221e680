"""Random histories, played on the real ledger and on the model at the same time."""

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import UUID

import asyncpg
import msgspec
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.hours.books import NOW, Books, make_community, offences
from tests.hours.ledger_model import AMSTERDAM, Account, Ask, Ledger, Limits, Line, Refused, Widened
from timebank import hours
from timebank.hours import store
from timebank.hours.model import level_of
from timebank.kernel.db import Db, enter, load
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

SEALED_FACTS = [
    "update entry set minutes = minutes + sign(minutes)"
    " where community_id = $1 and account_id = $2 and seq = $3",
    "update entry set balance_after = balance_after - sign(minutes)"
    " where community_id = $1 and account_id = $2 and seq = $3",
    "update entry set low = coalesce(low, -600000) - 1, high = coalesce(high, 600000) + 1"
    " where community_id = $1 and account_id = $2 and seq = $3",
    "delete from entry where community_id = $1 and account_id = $2 and seq = $3",
    "update transfer t set booked_at = booked_at - interval '1 second' from entry e"
    " where e.community_id = $1 and e.account_id = $2 and e.seq = $3"
    " and t.community_id = $1 and t.id = e.transfer_id",
    "update transfer t set done_on = coalesce(done_on, '2026-01-01') + 1 from entry e"
    " where e.community_id = $1 and e.account_id = $2 and e.seq = $3"
    " and t.community_id = $1 and t.id = e.transfer_id",
    "update transfer t set idem = idem || 'x' from entry e"
    " where e.community_id = $1 and e.account_id = $2 and e.seq = $3"
    " and t.community_id = $1 and t.id = e.transfer_id",
]

HISTORY_CHANGES = [
    "update entry set minutes = minutes where community_id = $1 and transfer_id = $2",
    "delete from entry where community_id = $1 and transfer_id = $2",
    "update transfer set done_on = null where community_id = $1 and id = $2",
    "delete from transfer where community_id = $1 and id = $2",
    "update hours_rule set set_at = set_at where community_id = $1 and $2::uuid is not null",
    "delete from hours_rule where community_id = $1 and $2::uuid is not null",
    "delete from account where community_id = $1 and id <> $2",
    "update seal set hash = hash where community_id = $1 and $2::uuid is not null",
    "delete from seal_part where community_id = $1 and $2::uuid is not null",
]


class LedgerMachine(RuleBasedStateMachine):
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
        kinds = kinds or ("start", "exchange", "gift", "pot", "correction")
        transfers = [id_ for id_, ask in self.model.transfers.items() if ask.kind in kinds]
        return transfers[-1 - pick % len(transfers)] if transfers else None

    def sides(self, people: list[int], minutes: int) -> tuple[tuple[UUID, int], ...]:
        """The first pays all others the same amount."""
        receivers = [(self.people[i], minutes) for i in people[1:]]
        return tuple(sorted([(self.people[people[0]], -minutes * len(receivers)), *receivers]))

    # What people do

    @rule(who=anybody)
    def start(self, who: int) -> None:
        person = self.people[who]
        if person not in self.model.accounts:
            self.model.accounts[person] = Account("party")
            opened = self.real(lambda db: store.open_account(db, self.community, person, self.now))
            assert opened
        minutes = self.rules.starting_minutes
        sides = sorted([(self.funds[hours.Fund.ISSUE], -minutes), (person, minutes)])
        self.post(Ask(f"start:{person}", "start", tuple(sides)))

    @rule(who=somebody, other=anybody)
    def start_under_another_name(self, who: int, other: int) -> None:
        if who == other or f"start:{self.people[other]}" in self.model.keys:
            return
        sides = sorted([(self.funds[hours.Fund.ISSUE], -60), (self.people[who], 60)])
        self.post(Ask(f"start:{self.people[other]}", "start", tuple(sides)))

    @rule(people=several, minutes=amounts)
    def exchange(self, people: list[int], minutes: int) -> None:
        self.post(Ask(self.key(), "exchange", self.sides(people, minutes), new_id()))

    @rule(who=somebody, other=somebody, side=st.sampled_from(["low", "high"]), past=st.booleans())
    def go_to_the_edge(self, who: int, other: int, side: str, past: bool) -> None:
        """To a limit or one minute past it: the community's, or the widest there was."""
        account = self.model.accounts[self.people[who]]
        limits, wider = self.model.limits, account.exception
        if side == "low":
            edge = min(limits.hard_low, (wider and wider.low) or 0)
            minutes = account.balance - edge + past
        else:
            edge = max(limits.hard_high, (wider and wider.high) or 0)
            minutes = edge - account.balance + past
        if minutes <= 0 or who == other:
            return
        pair = [who, other] if side == "low" else [other, who]
        self.post(Ask(self.key(), "exchange", self.sides(pair, minutes), new_id()))
        pot = (self.funds[hours.Fund.POT], minutes if side == "low" else -minutes)
        self.post(Ask(self.key(), "pot", tuple(sorted([pot, (self.people[who], -pot[1])]))))

    @rule(giver=anybody, to=st.integers(0, PEOPLE), minutes=amounts)
    def gift(self, giver: int, to: int, minutes: int) -> None:
        receiver = self.funds[hours.Fund.POT] if to == PEOPLE else self.people[to]
        sides = sorted([(self.people[giver], -minutes), (receiver, minutes)])
        self.post(Ask(self.key(), "gift", tuple(sides)))

    @rule(giver=somebody, days=st.sampled_from([0, 6, 7, 29, 30]))
    def give_all_one_may(self, giver: int, days: int) -> None:
        """One minute more is refused; some days after the start, on the last and first day of it."""
        account = self.model.accounts[self.people[giver]]
        started = account.started
        assert started is not None
        if self.today() <= started[0]:
            self.now += timedelta(days=days)
        held = account.held(self.today(), self.model.limits.give_away_after_days)
        minutes = account.balance - held
        for more in (1, 0):
            if minutes + more > 0:
                pot = (self.funds[hours.Fund.POT], minutes + more)
                sides = sorted([pot, (self.people[giver], -minutes - more)])
                self.post(Ask(self.key(), "gift", tuple(sides)))

    @rule(to=somebody, minutes=amounts, back=st.booleans())
    def pot(self, to: int, minutes: int, back: bool) -> None:
        minutes = -minutes if back else minutes
        sides = sorted([(self.funds[hours.Fund.POT], -minutes), (self.people[to], minutes)])
        self.post(Ask(self.key(), "pot", tuple(sides)))

    @rule(pick=picks, part=st.sampled_from(["all", "half", "most"]))
    def correct(self, pick: int, part: str) -> None:
        old = self.old(pick)
        was = self.model.transfers[old]
        sides = [(account, -minutes) for account, minutes in was.sides]
        if part != "all" and len(sides) == 2:
            back = 1 if part == "half" else max(1, abs(sides[0][1]) - 1)
            sides = [(account, back if minutes > 0 else -back) for account, minutes in sides]
        self.post(Ask(self.key(), "correction", tuple(sides), was.exchange, old))

    @rule(pick=picks, fault=st.sampled_from(["more", "same way", "others"]), who=several)
    def correct_wrongly(self, pick: int, fault: str, who: list[int]) -> None:
        old = self.old(pick)
        sides = [(account, -minutes) for account, minutes in self.model.transfers[old].sides]
        if fault == "more":
            sides = [(account, minutes * 2) for account, minutes in sides]
        elif fault == "same way":
            sides = [(account, -minutes) for account, minutes in sides]
        else:
            sides = list(self.sides(who[:2], 1))
        self.post(Ask(self.key(), "correction", tuple(sides), None, old))

    # Twice, and not quite the same

    @rule(pick=picks)
    def repeat(self, pick: int) -> None:
        self.post(self.model.transfers[self.old(pick)])

    @rule(pick=picks)
    def repeat_with_another(self, pick: int) -> None:
        old = self.old(pick, "exchange", "gift", "pot")
        if old is None:
            return
        ask = self.model.transfers[old]
        doubled = tuple((account, minutes * 2) for account, minutes in ask.sides)
        kind = "gift" if ask.kind == "pot" else "pot"
        self.post(Ask(ask.idem, ask.kind, doubled, ask.exchange))
        self.post(Ask(ask.idem, kind, ask.sides))
        if ask.kind == "exchange":
            self.post(Ask(ask.idem, ask.kind, ask.sides, new_id()))

    @rule(pick=picks)
    def book_an_exchange_again(self, pick: int) -> None:
        old = self.old(pick, "exchange")
        if old is not None:
            ask = self.model.transfers[old]
            self.post(Ask(self.key(), "exchange", ask.sides, ask.exchange))

    # What no form sends

    @rule(people=several, minutes=amounts)
    def ask_nonsense(self, people: list[int], minutes: int) -> None:
        sides = list(self.sides(people, minutes))
        (first, paid), *others = sides
        issue = (self.funds[hours.Fund.ISSUE], -minutes)
        for nonsense in (
            [(first, paid + 1), *others],
            sides[:1],
            [],
            sides[::-1],
            [(first, minutes), (first, -minutes)],
            [(account, 0) for account, _ in sides],
            sorted([(first, -minutes), (new_id(), minutes)]),
            sorted([issue, (first, minutes)]),
        ):
            self.post(Ask(self.key(), "exchange", tuple(nonsense), new_id()))
        self.post(Ask(self.key(), "gift", tuple(sorted([issue, (first, minutes)]))))

    @rule(people=several)
    def book_in_another_community(self, people: list[int]) -> None:
        ask = Ask(self.key(), "exchange", self.sides(people, 1), new_id())

        async def from_elsewhere(db: Db) -> None:
            await enter(db, self.community + 1_000_000)
            await self.posting(db, new_id(), ask)

        self.refused({"transfer_own_community"}, from_elsewhere)

    @rule(pick=picks)
    def owner_changes_history(self, pick: int) -> None:
        old = self.old(pick)
        for sql in HISTORY_CHANGES:
            self.refused(
                {"ledger_only_added"},
                lambda db, sql=sql: db.execute(sql, self.community, old),
                role=self.books.owner,
            )

    @rule(pick=picks, who=several, total=st.integers(0, 1))
    def owner_adds_entries(self, pick: int, who: list[int], total: int) -> None:
        """To a booking that has its entries already; balanced or not."""
        old = self.old(pick)
        taken = {account for account, _ in self.model.transfers[old].sides}
        free = [self.people[i] for i in who if self.people[i] not in taken][:2]
        if len(free) < 2:
            return
        names = {"entry_all_at_once"} if total == 0 else {"entry_sums_to_zero"}
        self.refused(
            names,
            lambda db: db.execute(
                "insert into entry (community_id, account_id, seq, transfer_id, minutes,"
                " balance_after) select $1, a, 100000, $2, m, 0"
                " from unnest($3::uuid[], $4::integer[]) as n (a, m)",
                self.community, old, free, [5, total - 5],
            ),
            role=self.books.owner,
        )  # fmt: skip

    # What admins and time do

    @rule(days=st.sampled_from([0, 1, 6, 29, 30]))
    def days_pass(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=1)

    @rule(
        low=st.sampled_from([-120, -60, 0]),
        high=st.sampled_from([60, 120, 180]),
        days=st.sampled_from([0, 7, 30]),
    )
    def set_rules(self, low: int, high: int, days: int) -> None:
        rules = msgspec.structs.replace(
            self.rules,
            hard_low=low,
            hard_high=high,
            give_away_after_days=days,
            starting_minutes=min(60, high),
        )
        self.rules = self.real(
            lambda db: hours.set_rules(
                db, community=self.community, rules=rules, set_by=self.people[0], now=self.now
            )
        )
        self.model.limits = Limits(low, high, days)

    @rule(who=somebody, other=somebody, side=st.sampled_from(["low", "high"]))
    def limits_move_past_a_balance(self, who: int, other: int, side: str) -> None:
        """Who is beyond a new limit can still move inwards, one minute at a time, not outwards."""
        self.go_to_the_edge(who, other, side, False)
        balance = self.model.accounts[self.people[who]].balance
        low, high = (0, max(0, balance - 3)) if balance > 0 else (min(0, balance + 3), 180)
        self.set_rules(low, high, self.model.limits.give_away_after_days)
        for minutes in (1, -1) if balance > 0 else (-1, 1):
            pot = (self.funds[hours.Fund.POT], minutes)
            sides = sorted([pot, (self.people[who], -minutes)])
            self.post(Ask(self.key(), "pot", tuple(sides)))

    @rule(
        who=somebody,
        limits=st.sampled_from([(-240, None), (None, 360), (-240, 360), (-30, 360), (-240, 30)]),
        days=st.sampled_from([0, 1, 30]),
    )
    def grant_exception(self, who: int, limits: tuple[int | None, int | None], days: int) -> None:
        low, high = limits
        account = self.model.accounts[self.people[who]]
        today = self.today()
        if account.exception is not None and account.exception.last >= today:
            self.real(
                lambda db: hours.end_exception(
                    db, community=self.community, exception=account.exception.id,
                    ended_by=self.people[0], now=self.now,
                )
            )  # fmt: skip
            account.exception = None
            return
        last = today + timedelta(days=days)
        granted = self.real(
            lambda db: hours.grant_exception(
                db, community=self.community, party=self.people[who], low=low, high=high,
                reason="ziek", starts_on=today, ends_on=last, granted_by=self.people[0],
                now=self.now,
            )
        )  # fmt: skip
        account.exception = Widened(granted, low, high, today, last)

    @rule(
        who=somebody,
        other=somebody,
        side=st.sampled_from(["low", "high"]),
        then=st.sampled_from(["days pass", "ended"]),
    )
    def lean_on_an_exception(self, who: int, other: int, side: str, then: str) -> None:
        """Only the way back is open once it is over; nothing else changes."""
        account = self.model.accounts[self.people[who]]
        limits = {"low": (-240, 30), "high": (-30, 360)}[side]
        while account.exception is None:
            self.grant_exception(who, limits, 1)
        self.go_to_the_edge(who, other, side, False)
        if then == "days pass":
            self.days_pass(2)
        else:
            while account.exception is not None:
                self.grant_exception(who, limits, 0)
        for minutes in (1, -2, 1) if side == "low" else (-1, 2, -1):
            pot = (self.funds[hours.Fund.POT], minutes)
            self.post(Ask(self.key(), "pot", tuple(sorted([pot, (self.people[who], -minutes)]))))

    @rule()
    def seal(self) -> None:
        made = self.real(
            lambda db: hours.seal(db, community=self.community, now=self.now), role=self.books.work
        )
        lengths = {id_: len(a.lines) for id_, a in self.model.accounts.items() if a.lines}
        assert (made is None) == (lengths == self.sealed)
        self.sealed = lengths

    @precondition(lambda self: self.sealed)
    @rule(pick=picks)
    def superuser_changes_what_was_sealed(self, pick: int) -> None:
        account = sorted(self.sealed)[pick % len(self.sealed)]
        seq = 1 + pick % self.sealed[account]

        async def noticed(sql: str) -> bool:
            db = self.books.superuser
            change = db.transaction()
            await change.start()
            try:
                await db.execute("set local session_replication_role = replica")
                await db.execute(sql, self.community, account, seq)
                found = await load("checks").hours_seals_recompute(db, community=self.community)
                return bool(found)
            finally:
                await change.rollback()

        for sql in SEALED_FACTS:
            assert self.books.run(noticed(sql)), f"no seal noticed {sql}"

    # What must always be so

    @rule(who=somebody)
    def look_at_my_time(self, who: int) -> None:
        person = self.people[who]
        account = self.model.accounts[person]
        day = self.today()
        seen = self.real(lambda db: store.balance(db, self.community, person, day))
        limits = self.model.limits
        assert seen.minutes == account.balance
        assert seen.held_minutes == account.held(day, limits.give_away_after_days)
        wider = account.exception
        if wider is None or not wider.first <= day <= wider.last:
            assert (seen.hard_low, seen.hard_high) == (limits.hard_low, limits.hard_high)
        assert seen.level is level_of(account.balance, seen)
        lines = self.real(lambda db: store.statement(db, self.community, person, None, 100_000))
        assert [(n.transfer_id, n.minutes, n.balance_after) for n in lines[::-1]] == [
            (n.transfer, n.minutes, n.balance_after) for n in account.lines
        ]

    def teardown(self) -> None:
        stored = self.books.run(
            self.books.owner.fetch(
                "select account_id, transfer_id, minutes, balance_after, low, high, exception_id"
                " from entry where community_id = $1 order by account_id, seq",
                self.community,
            )
        )
        for account_id, account in self.model.accounts.items():
            lines = [Line(*row[1:]) for row in map(tuple, stored) if row[0] == account_id]
            assert lines == account.lines
        assert len(stored) == sum(len(a.lines) for a in self.model.accounts.values())
        assert self.books.run(offences(self.books.owner, self.community)) == {}


def histories(examples: int, *, shrink: bool) -> settings:
    """`examples` histories of 60 steps, the same ones each time."""
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    return settings(
        max_examples=examples,
        stateful_step_count=60,
        derandomize=True,
        database=None,
        deadline=None,
        phases=phases,
        print_blob=False,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )


def play(books: Books, examples: int, *, shrink: bool = False) -> Counter[str]:
    """Play histories on the ledger that `books` drives; how often each of its rules refused."""
    machine = type("Machine", (LedgerMachine,), {"books": books, "met": Counter()})
    run_state_machine_as_test(machine, settings=histories(examples, shrink=shrink))
    return machine.met
