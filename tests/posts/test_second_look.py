"""A second look at what may give somebody away or ask money."""

import pytest

from timebank.posts.second_look import question, worries


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bel 06-12345678", ["phone"]),
        ("bel (030) 555 01 42 's avonds", ["phone"]),
        ("+31 6 12 34 56 78", ["phone"]),
        ("0031612345678", ["phone"]),
        ("Mail ria@voorbeeld.nl", ["email"]),
        ("ria (at) voorbeeld . nl", ["email"]),
        ("NL91 ABNA 0417 1643 00", ["iban"]),
        ("nl91abna0417164300", ["iban"]),
        ("Kijk op www.voorbeeld.nl", ["link"]),
        ("zie voorbeeld.com", ["link"]),
        ("https://x.y", ["link"]),
        ("Ik betaal 10 euro", ["money"]),
        ("€ 5 per keer", ["money"]),
        ("stuur een Tikkie", ["money"]),
        ("Bel 0612345678 of mail a@b.nl, tegen vergoeding", ["phone", "email", "money"]),
        ("Zaterdag 12-03-2026 om 14.00 uur", []),
        ("Van 10.00 tot 12.00 uur, op 1, 2, 3, 4 en 5 maart", []),
        ("Ik woon op nummer 12, 3 hoog", []),
        ("Twee bakken van 40 x 60 x 20", []),
        ("Ik help met geldzaken niet, wel met de tuin", []),
        ("Mijn lidnummer is 418273", []),
        ("Tuin.Heg en meer", []),
        ("", []),
    ],
)
def test_what_deserves_a_second_look(text: str, found: list[str]) -> None:
    assert worries("Titel", text) == found


def test_the_question_names_what_was_seen() -> None:
    assert "een telefoonnummer en een e-mailadres" in question(["phone", "email"])
    assert "geen geld" in question(["money"])
