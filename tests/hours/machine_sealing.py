"""Seals on the books, and what a superuser changes behind them."""

from hypothesis.stateful import precondition, rule

from tests.hours.machine_asking import Asking, picks
from timebank import hours
from timebank.kernel.db import load

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


class Sealing(Asking):
    """Everything that was sealed is noticed when it changes."""

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
