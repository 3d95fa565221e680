"""Names of people and groups: what may stand in one, how it sorts, what it looks like."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from confusable_homoglyphs import categories, confusables

from timebank.kernel.i18n import gettext as _
from timebank.kernel.text import BadText, clean_line, fold

_MARKS_IN_NAMES = frozenset("'’‘ʼ`´\"“”„.,()&+/-‐‑–·־׳״")
# Scripts that one word of these languages mixes by nature.
_WRITTEN_TOGETHER = (
    frozenset({"HAN", "HIRAGANA", "KATAKANA"}),
    frozenset({"HAN", "HANGUL"}),
    frozenset({"HAN", "BOPOMOFO"}),
)
_NEUTRAL_SCRIPTS = frozenset({"COMMON", "INHERITED"})

# Words between first name and surname that the Dutch leave out of sorting.
_PREFIX_WORDS = """
a af al am auf aus ben bij bin d d' da dal de degli dei del della den der des di do don dos du el en
het i im in l' la las le les lo los of onder op over 's 't s' te ten ter thoe tho to toe tot uijt
uit van vd v.d. ver vom von voor vor zu zum zur
"""
# Those that are a prefix with a capital too; "Le" or "Al" may then be a name of its own.
_CAPITAL_PREFIX_WORDS = "de den der het 't te ten ter van von vom du el"
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_CAPITAL_PREFIXES = frozenset(_CAPITAL_PREFIX_WORDS.split())

_STAFF_WORDS = (
    "beheerder", "beheer", "admin", "administrator", "moderator", "systeem", "helpdesk", "support",
    "buurtwerker", "wijkwerker", "buurtcoach", "makelaar", "medewerker", "redactie", "gemeente",
    "politie", "webmaster", "postmaster", "tijdvoorelkaar",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart: "Ria van der Meer" is Ria, van der, Meer."""

    given: str
    prefix: str
    surname: str


def clean_name(raw: str) -> str:
    """A tidied name. Raises BadText: unreadable characters, no letter, a word in two scripts."""
    name = clean_line(raw)
    if not name:
        return ""
    for char in name:
        if not (unicodedata.category(char)[0] in "LMN" or char == " " or char in _MARKS_IN_NAMES):
            if unicodedata.category(char) == "Cf":
                continue  # a joiner that clean_line let pass: its word needs it
            raise BadText("sign", _("Haal dit teken uit de naam: %(sign)s", sign=char))
    if not any(char.isalpha() for char in name):
        raise BadText("no_letter", _("Schrijf een naam met letters."))
    for word in _letters_in_a_row(name):
        if not _one_script(word):
            raise BadText(
                "scripts",
                _(
                    "In “%(word)s” staan letters uit twee soorten schrift. Typ het opnieuw.",
                    word=word,
                ),
            )
    return name


def name_parts(full_name: str) -> NameParts:
    """Given name, prefix and surname, read the Dutch way ("Boer, J. de" is understood too)."""
    surname_first, comma, rest = (part.strip() for part in full_name.partition(","))
    if comma and surname_first and rest:
        words = rest.split()
        count = len(words)
        while count > 1 and _is_prefix(words[count - 1], full_name):
            count -= 1
        return NameParts(" ".join(words[:count]), " ".join(words[count:]), surname_first)
    words = full_name.replace(",", " ").split()
    if len(words) < 2:
        return NameParts("", "", " ".join(words))
    start = next(
        (i for i in range(1, len(words) - 1) if _is_prefix(words[i], full_name)), len(words) - 1
    )
    end = start
    while end < len(words) - 1 and _is_prefix(words[end], full_name):
        end += 1
    return NameParts(*(" ".join(part) for part in (words[:start], words[start:end], words[end:])))


def sort_name(full_name: str) -> str:
    """Key to sort people by, for `collate "C"`: surname without prefix, given name, prefix, folded.

    Aksoy, de Boer, van der Meer, Meijer. The slash sorts below letters, digits and the hyphen of a
    double name are above the space, so "Boer" stays before "Boer-Smit" and "Boerema".
    """
    parts = name_parts(full_name)
    keys = (fold(parts.surname).lstrip("'’‘"), fold(parts.given), fold(parts.prefix))
    return " / ".join(key for key in keys if key)


def listed_name(full_name: str) -> str:
    """As in an alphabetical list, which reads the surname as it is said: "van der Meer, Ria"."""
    parts = name_parts(full_name)
    surname = f"{parts.prefix} {parts.surname}".strip()
    return f"{surname}, {parts.given}" if parts.given else surname


def initials(name: str) -> str:
    """First letters of the first and last word, for the door beside a name; IJ stays whole."""
    words = [word for word in name.split() if any(c.isalpha() for c in word)]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(_first_letter(word) for word in chosen)


def skeleton(name: str) -> str:
    """What a name looks like at a glance. Two names with one skeleton read the same.

    Invisible characters, accents, capitals, spaces and punctuation go; letters of other scripts
    that look Latin become Latin; i, l and 1, o and 0, m and rn, w and vv become one. For
    showing to a person who decides, never for refusing by itself.
    """
    seen = (c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c)[0] != "C")
    bare = "".join(c for c in seen if unicodedata.combining(c) < 10)
    latin = fold(bare.translate(_looks_latin()))
    alike = latin.translate(str.maketrans("i1|0", "lllo"))
    kept = "".join(c for c in alike if c.isalnum())
    return kept.replace("rn", "m").replace("vv", "w")


def looks_like_staff(name: str, workers: Iterable[str] = (), words: Iterable[str] = ()) -> bool:
    """Whether a person should look at this name first: it speaks of an office, or reads like one of
    the `workers` here. `words` are the community's own words for its staff."""
    looks = skeleton(name)
    if looks and any(looks == skeleton(worker) for worker in workers):
        return True
    return any(shape in looks for shape in map(skeleton, (*_STAFF_WORDS, *words)) if shape)


def _letters_in_a_row(name: str) -> list[str]:
    return "".join(c if unicodedata.category(c)[0] in "LM" else " " for c in name).split()


def _one_script(word: str) -> bool:
    scripts = set()
    for char in word:
        script = categories.alias(char)
        if script in _NEUTRAL_SCRIPTS and unicodedata.category(char) in ("Lu", "Ll"):
            return False  # a mathematical or otherwise dressed-up letter
        scripts.add(script)
    scripts -= _NEUTRAL_SCRIPTS
    return len(scripts) <= 1 or any(scripts <= together for together in _WRITTEN_TOGETHER)


def _is_prefix(word: str, full_name: str) -> bool:
    plain = word.replace("’", "'").replace("‘", "'")
    if plain == plain.lower() or full_name.isupper():
        return plain.lower() in _PREFIXES
    return plain.lower() in _CAPITAL_PREFIXES


def _first_letter(word: str) -> str:
    letters = word.lstrip("".join(_MARKS_IN_NAMES))
    if letters[:2].lower() == "ij":
        return "IJ"
    return unicodedata.normalize("NFC", letters[:1].upper())


@cache
def _looks_latin() -> dict[int, str]:
    """Letters of other scripts to the ASCII letters they look like."""
    found = {}
    for char, alike in confusables.confusables_data.items():
        plain = [shape["c"] for shape in alike if shape["c"].isascii()]
        if plain and len(char) == 1 and not char.isascii():
            found[ord(char)] = plain[0]
    return found
