"""Phone numbers as people write them: one key for search and doubles, one readable form.

Written without a country they are Dutch. Shapes after the Dutch numbering plan; foreign numbers
after E.164 (at most 15 figures). A Belgian mobile number written the Belgian way is noticed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText, fold

_LONG_AREA_CODES = frozenset(
    ["010", "013", "015", "020", "023", "024", "026", "030", "033", "035", "036", "038", "040"]
    + ["043", "045", "046", "050", "053", "055", "058"]
    + [f"07{n}" for n in range(10)]
    + ["085", "087", "088", "091"]
)
"""Area codes of three figures (and the numbers of firms); all others have four."""
_DUTCH_047_TO_049 = frozenset(
    ["0475", "0478", "0481", "0485", "0486", "0487", "0488", "0492", "0493", "0495", "0497", "0499"]
)
_SHORT_COUNTRY_CODES = re.compile(r"[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]")
_TEXT_PHONE = frozenset(["teksttelefoon", "tekst"])
_LABELS = frozenset(
    ["tel", "telefoon", "mobiel", "mob", "thuis", "werk", "privé", "prive", "nr", "nummer"]
)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is shown, its key (E.164, for search and doubles), and its `tel:` link."""

    shown: str
    key: str
    href: str


def phone(text: str) -> Phone:
    """The phone number in `text`. Raises BadText with what to mend."""
    words = set(re.findall(r"[^\W\d_]+", fold(text[:80])))
    if words - _LABELS - _TEXT_PHONE:
        raise BadText("phone_words", _("Schrijf hier alleen het telefoonnummer."))
    figures = _figures(text)
    found = _foreign(figures[1:]) if figures.startswith("+") else _dutch(figures)
    if words & _TEXT_PHONE:
        return Phone(f"{found.shown} (tekst)", found.key, found.href)
    return found


def phone_key(text: str) -> str | None:
    """The key of what may be a phone number, to search by; None when it is none."""
    try:
        return phone(text).key
    except BadText:
        return None


@lru_cache(maxsize=1024)
def phone_href(text: str | None) -> str:
    """The `tel:` link of a number, or nothing when it cannot be dialled."""
    try:
        return phone(text or "").href
    except BadText:
        return ""


def _figures(text: str) -> str:
    """Figures alone, with a plus in front when a country is named."""
    written = re.sub(r"\(\s*0\s*\)", "", text[:80])
    kept = "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c
        for c in unicodedata.normalize("NFKC", written)
        if c.isdecimal() or c == "+"
    )
    plus = kept.startswith("+") or kept.startswith("00")
    figures = kept.removeprefix("+") if kept.startswith("+") else kept
    if kept.startswith("00"):
        figures = kept[2:]
    if "+" in figures:
        raise BadText("phone", _("Schrijf één telefoonnummer, zoals 06 12 34 56 78."))
    if plus and figures.startswith("31"):
        return "0" + figures[2:].removeprefix("0")
    return "+" + figures if plus else figures


def _dutch(figures: str) -> Phone:
    if figures[:2] in ("06", "01", "02", "03", "04", "05", "07") or figures[:3] in _LONG_AREA_CODES:
        if figures[:3] in ("047", "048", "049") and figures[:4] not in _DUTCH_047_TO_049:
            raise BadText("phone_country", _("Is dit een Belgisch nummer? Zet er dan +32 voor."))
        if len(figures) == 10:
            return _phone(_grouped(figures), "+31" + figures[1:], "+31" + figures[1:])
    if figures[:4] in ("0800", "0900", "0906", "0909") and len(figures) in (8, 11):
        rest = figures[4:]
        shown = f"{figures[:4]} {rest if len(rest) == 4 else rest[:3] + ' ' + rest[3:]}"
        return _phone(shown, "+31" + figures[1:], figures)
    if figures.startswith("14") and 4 <= len(figures) <= 6 and figures[2] == "0":
        return _phone(f"14 {figures[2:]}", "+31" + figures, figures)
    if figures.startswith("6") and len(figures) == 9:
        raise BadText("phone_guess", _("Bedoelt u %(phone)s?", phone=_grouped("0" + figures)))
    if figures.startswith("316") and len(figures) == 11:
        raise BadText("phone_guess", _("Bedoelt u %(phone)s?", phone=_grouped("0" + figures[2:])))
    if figures[:1] == "0" and len(figures) != 10:
        raise BadText(
            "phone_length",
            _("Een Nederlands nummer heeft 10 cijfers. Dit zijn er %(n)s.", n=len(figures)),
        )
    raise BadText("phone", _("Schrijf het nummer zo: 06 12 34 56 78, of met +32 ervoor."))


def _foreign(figures: str) -> Phone:
    code = _SHORT_COUNTRY_CODES.match(figures)
    country = code[0] if code else figures[:3]
    rest = figures[len(country) :]
    if country in ("32", "44", "49", "33"):
        rest = rest.removeprefix("0")
    if not (len(rest) >= 4 and 8 <= len(country + rest) <= 15) or country.startswith("0"):
        raise BadText("phone_length", _("Dit nummer is te kort of te lang. Kijk het nog eens na."))
    if country == "32" and len(rest) == 9:
        shown = f"{rest[:3]} {rest[3:5]} {rest[5:7]} {rest[7:]}"
    else:
        shown = _in_threes(rest)
    key = f"+{country}{rest}"
    return _phone(f"+{country} {shown}", key, key)


def _phone(shown: str, key: str, dialled: str) -> Phone:
    return Phone(shown, key, f"tel:{dialled}")


def _grouped(figures: str) -> str:
    """A Dutch number of ten figures, in groups that are easy to read aloud."""
    if figures.startswith("06"):
        return " ".join(figures[i : i + 2] for i in range(0, 10, 2))
    if figures[:3] in _LONG_AREA_CODES:
        return f"{figures[:3]} {figures[3:6]} {figures[6:8]} {figures[8:]}"
    return f"{figures[:4]} {figures[4:6]} {figures[6:8]} {figures[8:]}"


def _in_threes(figures: str) -> str:
    groups = [figures[i : i + 3] for i in range(0, len(figures), 3)]
    if len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return " ".join(groups)
