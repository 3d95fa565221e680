"""Hours on paper: notes that are made, brought and given back, in every wrong way too."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.hours.ledger_model import Ask
from tests.hours.machine_asking import Asking, amounts, picks, somebody
from timebank import hours


class Paper(Asking):
    """A note is made of one's own hours, ends once, and is never corrected."""

    @rule(who=somebody, minutes=amounts, wrong=st.sampled_from(["", "", "backwards", "pot"]))
    def make_a_note(self, who: int, minutes: int, wrong: str) -> None:
        minutes = -minutes if wrong == "backwards" else minutes
        payer = self.funds[hours.Fund.POT] if wrong == "pot" else self.people[who]
        sides = sorted([(payer, -minutes), (self.funds[hours.Fund.VOUCHERS], minutes)])
        self.post(Ask(self.key(), "voucher", tuple(sides)))

    @rule(pick=picks, who=somebody, back=st.booleans(), to_pot=st.booleans())
    def bring_a_note(self, pick: int, who: int, back: bool, to_pot: bool) -> None:
        """Any number of times: by the bearer, by who made it, or as no note at all."""
        made = self.old(pick, "voucher")
        if made is None:
            return
        minutes = max(minutes for _, minutes in self.model.transfers[made].sides)
        to = self.funds[hours.Fund.POT] if to_pot else self.people[who]
        sides = tuple(sorted([(self.funds[hours.Fund.VOUCHERS], -minutes), (to, minutes)]))
        kind = "returned" if back else "redeemed"
        self.post(Ask(f"voucher:{made}", kind, sides))
        self.post(Ask(self.key(), kind, sides))
        self.post(Ask(self.key(), "pot", sides))

    @rule(pick=picks)
    def correct_a_note(self, pick: int) -> None:
        old = self.old(pick, "voucher", "redeemed", "returned")
        if old is not None:
            moved = self.model.transfers[old].sides
            back = tuple((account, -minutes) for account, minutes in moved)
            self.post(Ask(self.key(), "correction", back, None, old))
