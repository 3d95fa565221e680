"""Numbers people type and read out: member number, postcode, e-mail address.

Amounts of time (minutes) and phone numbers have their own modules and can be had from here too.
"""

import re
import unicodedata

from timebank.kernel.i18n import gettext as _
from timebank.kernel.minutes import (
    Bad,
    Minutes,
    Question,
    fits_unit,
    hours_field,
    minutes_field,
    parse_minutes,
    unit_sentence,
)
from timebank.kernel.phones import Phone, phone, phone_href, phone_key
from timebank.kernel.text import BadText, clean_line

__all__ = [
    "Bad",
    "Minutes",
    "Phone",
    "Question",
    "email",
    "email_key",
    "fits_unit",
    "group_number",
    "hours_field",
    "member_number",
    "minutes_field",
    "parse_member_number",
    "parse_minutes",
    "phone",
    "phone_href",
    "phone_key",
    "postcode",
    "short_number",
    "unit_sentence",
]

FIRST_SERIAL = 10_000
"""Serial 1 becomes 10001 and a check digit: six figures, never a leading zero."""
MOST_SERIAL = 999_999_999 - FIRST_SERIAL

# H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004): finds every single wrong figure and
# every swap of two neighbours.
_DAMM = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip

_POSTCODE = re.compile(r"([1-9]\d{3}) ?([A-Z]{2})")
_NEVER_ISSUED = ("SA", "SD", "SS")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def member_number(serial: int) -> str:
    """The number of the `serial`-th member: figures only, the last one checks the others.
    Raises ValueError when there are no such members."""
    if not 1 <= serial <= MOST_SERIAL:
        raise ValueError("serial out of bounds")
    body = str(FIRST_SERIAL + serial)
    return body + str(_check_digit(body))


def parse_member_number(text: str) -> str | None:
    """The member number in `text`, or None when it is none or was mistyped.

    Spaces, dashes and dots between the figures do not count, nor zeros in front.
    """
    figures = []
    for char in text.strip()[:60]:
        if char.isdecimal():
            figures.append(str(unicodedata.decimal(char)))
        elif unicodedata.category(char) not in ("Zs", "Pd", "Cf") and char not in ".\t":
            return None
    number = "".join(figures).lstrip("0")
    if not 4 <= len(number) <= 10 or _check_digit(number) != 0:
        return None
    return number


def group_number(number: str) -> str:
    """For cards and reading aloud: "418273" becomes "4 1 8 – 2 7 3"."""
    first, rest = number[: len(number) // 2], number[len(number) // 2 :]
    return " – ".join(" ".join(part) for part in (first, rest) if part)


def short_number(number: str) -> str:
    """For sentences: "418273" becomes "418-273"."""
    half = len(number) // 2
    return f"{number[:half]}-{number[half:]}"


def postcode(text: str) -> str:
    """ "1234ab" becomes "1234 AB". Raises BadText for what no Dutch postcode can be."""
    plain = " ".join(unicodedata.normalize("NFKC", text[:40]).upper().split())
    if plain.isdecimal() and len(plain) == 4:
        raise BadText("postcode", _("Zet de twee letters er nog achter, zoals 1234 AB."))
    found = _POSTCODE.fullmatch(plain)
    if not found or found[2] in _NEVER_ISSUED or not found[1].isascii():
        raise BadText(
            "postcode",
            _("Deze postcode bestaat niet. Een postcode is vier cijfers en twee letters: 1234 AB."),
        )
    return f"{found[1]} {found[2]}"


def email(text: str) -> str:
    """The e-mail address, trimmed, its domain in small letters. Raises BadText with what to mend.

    Only the shape is looked at; whether it works shows when the first mail arrives.
    """
    address = clean_line(text)
    local, at, domain = address.rpartition("@")
    if not at:
        raise BadText("email_at", _("In een e-mailadres hoort een @, zoals ria@voorbeeld.nl."))
    if " " in address:
        raise BadText("email_space", _("Haal de spatie uit het e-mailadres."))
    if "," in domain or domain.endswith("."):
        raise BadText("email_dot", _("Kijk de punten in het e-mailadres na."))
    if not local.isascii():
        raise BadText("email_letters", _("Schrijf het e-mailadres zonder accenten."))
    if not (_LOCAL_PART.fullmatch(local) and len(local) <= 64 and _is_domain(domain)):
        raise BadText("email", _("Kijk dit e-mailadres na. Het hoort zo: ria@voorbeeld.nl."))
    whole = f"{local}@{domain.lower()}"
    if len(whole) > 254:
        raise BadText("email", _("Dit e-mailadres is te lang."))
    return whole


def email_key(text: str) -> str:
    """What an e-mail address is found by: capitals and spaces around it do not count."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def _check_digit(figures: str) -> int:
    """The figure that follows; 0 when the last one is right already."""
    state = 0
    for figure in figures:
        state = int(_DAMM[state][int(figure)])
    return state


def _is_domain(domain: str) -> bool:
    try:
        plain = domain.lower().encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = plain.split(".")
    if len(labels) < 2 or len(plain) > 253 or labels[-1].isdigit() or len(labels[-1]) < 2:
        return False
    return all(_DOMAIN_LABEL.fullmatch(label) for label in labels)
