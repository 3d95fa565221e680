"""What no page asks for: the same thing twice but not quite, nonsense, and changing what was booked."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.hours.ledger_model import Ask
from tests.hours.machine_asking import Asking, amounts, picks, several
from timebank import hours
from timebank.kernel.db import Db, enter
from timebank.kernel.ids import new_id

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


class Forging(Asking):
    """Deeds that the ledger refuses, or answers with what it did before."""

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
