"""What admins and time do: rules, exceptions, days."""

from datetime import timedelta

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.hours.ledger_model import Ask, Limits, Widened
from tests.hours.machine_asking import somebody
from tests.hours.machine_people import People
from timebank import hours


class Office(People):
    """The community's limits, a member's wider ones, and the calendar."""

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
