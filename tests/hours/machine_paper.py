"""Hours on paper: notes that are made, brought and given back, in every wrong way too."""

from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.hours.ledger_model import Ask
from tests.hours.machine_asking import somebody
from tests.hours.machine_people import People
from timebank import hours


class Paper(People):
    """A note is made of one's own hours, ends once, and is never corrected."""

    def note(self, payer: UUID, minutes: int) -> UUID | None:
        """Hours on paper; the booking, when the model allows it."""
        ask = Ask(self.key(), "voucher", self.onto_paper(payer, minutes))
        self.post(ask)
        return self.model.keys.get(ask.idem)

    def onto_paper(self, payer: UUID, minutes: int) -> tuple[tuple[UUID, int], ...]:
        return tuple(sorted([(payer, -minutes), (self.funds[hours.Fund.VOUCHERS], minutes)]))

    @rule(who=somebody, other=somebody, back=st.booleans())
    def a_note_from_hand_to_hand(self, who: int, other: int, back: bool) -> None:
        """All that one may give and a minute more; brought twice, as no note at all, and corrected."""
        maker, bearer = self.people[who], self.people[other]
        account, pot = self.model.accounts[maker], self.funds[hours.Fund.POT]
        held = account.held(self.today(), self.model.limits.give_away_after_days)
        most = max(1, account.balance - held)
        self.note(pot, 15)
        made = [self.note(maker, minutes) for minutes in (most + 1, most)][-1]
        if made is None:
            return
        brought = self.onto_paper(bearer, -most)
        kind = "returned" if back else "redeemed"
        for key in (self.key(), f"voucher:{made}", f"voucher:{made}"):
            self.post(Ask(key, kind, brought))
        self.post(Ask(f"voucher:{made}", "returned", self.onto_paper(pot, -most)))
        self.post(Ask(self.key(), "pot", brought))
        self.post(Ask(self.key(), "correction", self.onto_paper(maker, -most), None, made))

    @rule(who=somebody, other=somebody)
    def a_note_comes_back_past_the_limit(self, who: int, other: int) -> None:
        """It was one's own: what came meanwhile does not keep it out. A bearer it does."""
        maker = self.people[who]
        self.go_to_the_edge(who, other, "high", False)
        made = self.note(maker, 15)
        self.go_to_the_edge(who, other, "high", False)
        if made is not None:
            for kind in ("redeemed", "returned"):
                self.post(Ask(f"voucher:{made}", kind, self.onto_paper(maker, -15)))
