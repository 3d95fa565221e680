"""A second look at a post before everybody can read it: what may give somebody away, or ask money."""

import re
from collections.abc import Callable

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import fold
from timebank.kernel.words import joined

_FIGURES = re.compile(r"(?<![\w.])(?:\+|00|0)\d(?:[ \-./()]{0,2}\d){7,13}(?!\d)")
_DATE = re.compile(r"\b\d{1,2}[-./]\d{1,2}(?:[-./]\d{2,4})?\b")
_MAIL = re.compile(r"[\w.+-]+ ?(?:@|\[at\]|\(at\)) ?[\w-]+ ?\. ?[a-z]{2,}")
_IBAN = re.compile(r"\b[a-z]{2} ?\d{2} ?[a-z]{4}(?: ?\d){10}\b|\b[a-z]{2}\d{2}(?: ?\w{4}){3,7}\b")
_LINK = re.compile(
    r"https?:|\bwww\.|\b[\w-]+\.(?:nl|com|org|net|eu|be|de|info|me|shop|link|ly|io)\b"
)
_MONEY = re.compile(
    r"[€$£]|\b(?:euro'?s?|eurootjes|tikkie|paypal|contant|cash|geld|betaal\w*|betaling|vergoeding"
    r"|overmaken|bitcoin|crypto|cadeaukaart|money|pay)\b"
)

_NAMES: dict[str, Callable[[], str]] = {
    "phone": lambda: _("een telefoonnummer"),
    "email": lambda: _("een e-mailadres"),
    "iban": lambda: _("een bankrekening"),
    "link": lambda: _("een adres van een website"),
    "money": lambda: _("iets over geld"),
}


def worries(*texts: str) -> list[str]:
    """What stands in these texts that deserves a second look: codes, in a fixed order."""
    plain = fold(" \n ".join(texts))
    found = []
    bank = bool(_IBAN.search(plain))
    without_dates = _DATE.sub(" ", plain)
    if not bank and any(_is_phone(m[0]) for m in _FIGURES.finditer(without_dates)):
        found.append("phone")
    mail = bool(_MAIL.search(plain))
    if mail:
        found.append("email")
    if bank:
        found.append("iban")
    if _LINK.search(_MAIL.sub(" ", plain) if mail else plain):
        found.append("link")
    if _MONEY.search(plain):
        found.append("money")
    return found


def says_no_more(title: str, names: str) -> bool:
    """Whether anybody may read this title: no figure (a house number, a phone), nothing that deserves
    a second look, none of these names, and no capital after the first word, which makes a name."""
    words = re.findall(r"\w+", title)
    own = set(re.findall(r"\w+", fold(names)))
    return not (
        worries(title)
        or any(c.isdigit() for c in title)
        or any(word[0].isupper() for word in words[1:])
        or own.intersection(re.findall(r"\w+", fold(title)))
    )


def question(found: list[str]) -> str:
    """What the person is asked before it is posted."""
    what = joined([_NAMES[code]() for code in found])
    if found == ["money"]:
        return _(
            "In uw tekst staat iets over geld. Hier geven buren elkaar tijd, geen geld. "
            "Weet u het zeker?"
        )
    return _(
        "In uw tekst staat %(what)s. Iedereen die meedoet kan dat lezen. Weet u het zeker?",
        what=what,
    )


def _is_phone(figures: str) -> bool:
    return 9 <= sum(c.isdigit() for c in figures) <= 15
