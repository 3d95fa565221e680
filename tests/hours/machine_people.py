"""What people do: start, help, give, have something put right."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.hours.ledger_model import Account, Ask, Sides
from tests.hours.machine_asking import PEOPLE, Asking, amounts, anybody, picks, several, somebody
from timebank import hours
from timebank.hours import store
from timebank.kernel.ids import new_id


class People(Asking):
    """Bookings that a page may ask for, to the edge of the limits and over it."""

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

    @rule(pick=picks, minutes=amounts)
    def add_what_was_forgotten(self, pick: int, minutes: int) -> None:
        old = self.old(pick, "exchange")
        if old is not None:
            was = self.model.transfers[old]
            self.post(Ask(self.key(), "addition", spread(was.sides, minutes), was.exchange, old))

    @rule(pick=picks, fault=st.sampled_from(["gift", "other exchange", "back", "others", "fewer"]))
    def add_wrongly(self, pick: int, fault: str) -> None:
        old = self.old(pick, *(["gift", "pot", "start"] if fault == "gift" else ["exchange"]))
        if old is None:
            return
        was = self.model.transfers[old]
        exchange = new_id() if fault in ("gift", "other exchange") else was.exchange
        sides = spread(was.sides, 1)
        if fault == "back":
            sides = tuple((account, -minutes) for account, minutes in sides)
        elif fault == "others":
            known = {account for account, _ in sides}
            free = [id_ for id_ in self.people if id_ not in known]
            sides = tuple(sorted([*sides[1:], (free[0], sides[0][1])]))
        elif fault == "fewer" and len(sides) > 2:
            payer = next(side for side in sides if side[1] < 0)
            sides = tuple(sorted([(payer[0], -1), next(s for s in sides if s[1] > 0)]))
        self.post(Ask(self.key(), "addition", sides, exchange, old))


def spread(sides: Sides, minutes: int) -> Sides:
    """The same sides with `minutes` for each who receives; of whoever pays, what that adds up to."""
    receivers = [account for account, booked in sides if booked > 0]
    payers = [account for account, booked in sides if booked < 0]
    total = minutes * len(receivers) * len(payers)
    each = total // len(receivers)
    return tuple(
        (account, each if account in receivers else -total // len(payers)) for account, _ in sides
    )
