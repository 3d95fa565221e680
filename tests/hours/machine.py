"""Random histories, played on the real ledger and on the model at the same time."""

from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import rule, run_state_machine_as_test

from tests.hours.books import Books, offences
from tests.hours.ledger_model import Line
from tests.hours.machine_asking import somebody
from tests.hours.machine_forging import Forging
from tests.hours.machine_office import Office
from tests.hours.machine_paper import Paper
from tests.hours.machine_sealing import Sealing
from timebank.hours import store
from timebank.hours.limits_model import level_of


class LedgerMachine(Office, Paper, Forging, Sealing):
    """All of it, in any order; at the end the books are what the model says, and every check is empty."""

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
