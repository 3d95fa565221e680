"""Which new passwords are refused, and what to do instead (OWASP ASVS 6.2.1 to 6.2.12).

Length counts, not kinds of signs: no composition rules, no expiry, nothing is trimmed or changed.
"""

import hashlib
from collections.abc import Container, Iterable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from runpy import run_path

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText, fold

SHORTEST = 8
LONGEST = 128
LONGEST_TAIL = 6
"""So many figures and signs around a common word do not make it another password."""
REST_BESIDE_OWN_WORDS = 8
"""Beside words about the person so many letters and signs must be left."""


def _common() -> frozenset[str]:
    """The 30,000 passwords of the library zxcvbn. Its file of lists is read by itself: the library
    as a whole would keep 13 MB of other lists in memory, for measures that are not used here."""
    library = find_spec("zxcvbn")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("zxcvbn")
    lists = run_path(str(Path(library.origin).with_name("frequency_lists.py")))
    return frozenset(lists["FREQUENCY_LISTS"]["passwords"])


_COMMON = _common()
_DUTCH_WORDS = """
welkom welcome wachtwoord geheim geheimpje hallo hoi doei goedemorgen paswoord inloggen toegang
lente zomer herfst winter voorjaar najaar kerst kerstmis pasen vakantie
januari februari maart april mei juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
nederland holland amsterdam rotterdam utrecht denhaag eindhoven groningen tilburg almere breda
nijmegen haarlem arnhem enschede amersfoort apeldoorn belgie vlaanderen antwerpen suriname
ajax feyenoord psv voetbal fietsen oranje koning koningsdag
liefde schatje lieverd familie mama papa oma opa poes hond bloemen zonnetje appeltaart
buurt buren buurman buurvrouw buurtwerker beheerder samen helpen uren tijd tijdvoorelkaar timebank
qwerty azerty asdfgh zxcvbn
"""
_DUTCH = frozenset(_DUTCH_WORDS.split())
_KEYBOARD = ("qwertyuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm", "zxcvbnm", "1234567890")
_NOT_OWN = frozenset(["com", "org", "net", "www"])
_DRESSED_UP = str.maketrans("013457@$!€", "oleastasie")


def check_password(
    password: str, *, about: Iterable[str] = (), breached: Container[str] = frozenset()
) -> None:
    """Raise BadText when a new password will not do; the sentence says how to mend it.

    `about` holds what others know of the person: names, e-mail address, community, neighbourhood.
    `breached` comes from `breached_list`.
    """
    refuse_line_end(password)
    if len(password) < SHORTEST:
        raise BadText("short", _with_tip(_("Neem %(n)s letters of cijfers, of meer.", n=SHORTEST)))
    if len(password) > LONGEST:
        raise BadText("long", _("Neem niet meer dan %(n)s letters of cijfers.", n=LONGEST))
    if _is_pattern(password):
        raise BadText("pattern", _with_tip(_("Dit wachtwoord is makkelijk te raden.")))
    if _is_common(password) or _is_breached(password, breached):
        raise BadText(
            "common", _with_tip(_("Dit wachtwoord gebruiken veel mensen. Anderen raden het."))
        )
    if _leans_on(password, about):
        raise BadText("own", _with_tip(_("Hierin staat een naam die anderen van u kennen.")))


def refuse_line_end(password: str) -> None:
    """Raise BadText for a line end that came along with pasting; also asked when signing in."""
    if password != password.strip("\r\n"):
        raise BadText(
            "line_end",
            _("Uw wachtwoord staat op twee regels. Zet het op één regel, of typ het over."),
        )


def breached_list(lines: Iterable[str]) -> frozenset[str]:
    """The passwords of a list of leaked ones: one a line, as words or as SHA-1 in hexadecimals
    (a count behind a colon is left out)."""
    found = set()
    for line in lines:
        entry = line.strip("\r\n")
        digest = entry.partition(":")[0].strip().upper()
        if len(digest) == 40 and all(c in "0123456789ABCDEF" for c in digest):
            found.add(digest)
        elif len(entry) >= SHORTEST:
            found.add(entry.casefold())
    return frozenset(found)


def _with_tip(wrong: str) -> str:
    tip = _("Kies vier woorden achter elkaar die samen alleen voor u iets betekenen.")
    return f"{wrong} {tip}"


def _is_pattern(password: str) -> bool:
    plain = password.casefold()
    unit = (plain + plain).find(plain, 1)
    if unit <= 4 and unit < len(plain):
        return True
    steps = {ord(b) - ord(a) for a, b in pairwise(plain)}
    if steps in ({1}, {-1}):
        return True
    return any(plain in row or plain in row[::-1] for row in (row * 2 for row in _KEYBOARD))


def _is_common(password: str) -> bool:
    plain = fold(password).replace(" ", "")
    if plain in _COMMON or plain.translate(_DRESSED_UP) in _COMMON:
        return True
    cores = (core for core in _cores(plain) if len(plain) - len(core) <= LONGEST_TAIL)
    return any(_is_common_word(shape) for core in cores for shape in _plain_and_undressed(core))


def _is_common_word(word: str) -> bool:
    return word in _DUTCH or (len(word) >= 4 and word in _COMMON)


def _cores(word: str) -> tuple[str, str]:
    """The word without figures and signs behind it, and without those in front: of "w3lk0m01!"
    both are "w3lk0m"."""
    letters = [at for at, c in enumerate(word) if c.isalpha()]
    if not letters:
        return "", ""
    return word[: letters[-1] + 1], word[letters[0] : letters[-1] + 1]


def _plain_and_undressed(word: str) -> tuple[str, str]:
    return word, word.translate(_DRESSED_UP)


def _is_breached(password: str, breached: Container[str]) -> bool:
    digest = hashlib.sha1(password.encode(errors="replace"), usedforsecurity=False).hexdigest()
    return password.casefold() in breached or digest.upper() in breached


def _leans_on(password: str, about: Iterable[str]) -> bool:
    """Whether little is left of a password without the words about the person."""
    plain = "".join(c for c in fold(password) if c.isalnum() or ord(c) in _DRESSED_UP)
    for shape in _plain_and_undressed(plain):
        rest = shape
        for word in sorted(_own_words(about), key=len, reverse=True):
            if len(word) >= 4:
                rest = rest.replace(word, "")
            else:
                rest = rest.removeprefix(word).removesuffix(word)
        if rest != shape and len(rest) < REST_BESIDE_OWN_WORDS:
            return True
    return False


def _own_words(about: Iterable[str]) -> set[str]:
    found = set()
    for text in about:
        folded = fold(text)
        spaced = "".join(c if c.isalnum() else " " for c in folded)
        parts = [*spaced.split(), spaced.replace(" ", "")]
        found |= {part for part in parts if len(part) >= 3 and part not in _NOT_OWN}
    return found
