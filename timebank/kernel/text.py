"""What people may write, and how we tidy and compare it.

Lengths are counted alike by browser, counter and server: code points after NFC, one for each line
end, spaces around the text not counted. In the browser that is
`[...field.value.replace(/\\r\\n?/g, "\\n").normalize("NFC").trim()].length`.
"""

import re
import unicodedata
from typing import Final

from timebank.kernel.i18n import gettext as _

LENGTHS: Final = {
    "person.full_name": 80,
    "person.call_name": 40,
    "person.email": 254,
    "person.phone": 30,
    "person.likes": 600,
    "person.dislikes": 600,
    "person.reach_words": 200,
    "person.street": 120,
    "membership_reason.words": 600,
    "membership_appeal.words": 1500,
    "contact_words.words": 1500,
    "community.name": 80,
    "area.name": 60,
    "area.helper_phone": 30,
    "area.helper_hours": 120,
    "area.walk_in": 120,
    "place.name": 60,
    "community_profile.welcome": 400,
    "community_word.one": 40,
    "community_word.many": 40,
    "post.title": 80,
    "post.words": 1500,
    "post.when_text": 120,
}
"""Most characters per column. The database holds the same in named checks (a test compares)."""

_LINE_ENDS = re.compile("\r\n?|[\n\v\f\x85\u2028\u2029]")
_BIDI_CONTROLS = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Letters and symbols that leave nothing to see although their category says otherwise.
_BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc"
)
_SOFT_HYPHEN = "\u00ad"
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_EMOJI_STYLE = "\ufe0f"
_REPLACEMENT = "\ufffd"
# Letters that Unicode does not take apart, though people type them without the stroke.
_PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


class BadText(ValueError):
    """Text that cannot be used. `reason` is a code; `sentence` tells the person how to mend it."""

    def __init__(self, reason: str, sentence: str) -> None:
        super().__init__(sentence)
        self.reason = reason
        self.sentence = sentence


def clean_line(raw: str) -> str:
    """One line: NFC, trimmed, single spaces. Raises BadText for what may not stand in it."""
    clean = unicodedata.normalize("NFC", raw).replace(_SOFT_HYPHEN, "").strip()
    if _LINE_ENDS.search(clean):
        raise BadText("line_end", _("Schrijf dit op één regel."))
    _refuse_bad_characters(clean)
    return " ".join(clean.split())


def clean_words(raw: str) -> str:
    """Several lines: NFC, trimmed, line ends as one LF, odd spaces as a space. Raises BadText."""
    clean = unicodedata.normalize("NFC", raw).replace(_SOFT_HYPHEN, "")
    clean = _LINE_ENDS.sub("\n", clean).replace("\t", " ").strip()
    _refuse_bad_characters(clean)
    return "".join(" " if unicodedata.category(c) == "Zs" else c for c in clean)


def without_turns(text: str) -> str:
    """What was typed, for showing back: without the characters that would turn the page around it."""
    return "".join(c for c in text if c not in _BIDI_CONTROLS)


def fold(text: str) -> str:
    """Text as search and comparing see it: no capitals, no accents, compatible forms made alike.

    Marks that carry a vowel (Indic, Thai) stay; accents and Arabic vowel points go.
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(c for c in apart if unicodedata.combining(c) < 10)
    return unicodedata.normalize("NFC", bare.translate(_PLAIN_LETTERS).casefold())


def sort_key(text: str) -> str:
    """Key to sort titles and places by, for `collate "C"`. People: see names.sort_name."""
    return " ".join(fold(text).split())


def capital(text: str) -> str:
    """With a capital first letter the Dutch way: "ijsjes" becomes "IJsjes"."""
    if text[:2].lower() == "ij":
        return "IJ" + text[2:]
    return text[:1].upper() + text[1:]


def _refuse_bad_characters(text: str) -> None:
    if text.isascii() and text.replace("\n", " ").isprintable():
        return
    marks = 0
    for at, char in enumerate(text):
        category = unicodedata.category(char)
        reason = _reason_against(text, at, category)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _most_marks(char) or at == 0:
                reason = "marks"
        elif category != "Mc":
            marks = 0
        if reason:
            raise BadText(reason, _sentence(reason, _word_before(text, at)))


def _reason_against(text: str, at: int, category: str) -> str | None:
    char = text[at]
    if category == "Cc" and char != "\n":
        return "control"
    if category == "Cs" or char == _REPLACEMENT:
        return "broken"
    if category == "Co" or (category == "Cn" and not _may_be_new_emoji(char)):
        return "unknown"
    if char in _BIDI_CONTROLS:
        return "direction"
    if category == "Cf" or char in _BLANKS:
        return None if _joins(text, at) else "invisible"
    return None


def _joins(text: str, at: int) -> bool:
    """Whether a joiner at `at` does its work: in a word whose script needs it, or an emoji."""
    if text[at] not in (_NON_JOINER, _JOINER) or not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    if _needs_joiners(before) and _needs_joiners(after):
        return True
    return text[at] == _JOINER and _is_emoji_part(before) and _is_emoji_part(after)


def _needs_joiners(char: str) -> bool:
    code = ord(char)
    arabic = 0x0600 <= code <= 0x08FF or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFE
    return (arabic or 0x0900 <= code <= 0x0DFF) and unicodedata.category(char)[0] in "LM"


def _is_emoji_part(char: str) -> bool:
    return (
        char == _EMOJI_STYLE
        or unicodedata.category(char) in ("So", "Sk")
        or _may_be_new_emoji(char)
    )


def _may_be_new_emoji(char: str) -> bool:
    """Unicode keeps these for pictures to come: a phone newer than this Python may send them."""
    return 0x1F000 <= ord(char) <= 0x1FAFF


def _most_marks(char: str) -> int:
    """Two marks a letter; scripts of South and South-East Asia write their vowels as layers."""
    code = ord(char)
    layered = 0x0900 <= code <= 0x1AAF or 0x1B00 <= code <= 0x1CFF
    return 4 if layered else 2


def _word_before(text: str, at: int) -> str:
    """The end of the readable words before a fault, so that the person can find it."""
    readable = "".join(
        c for c in text[:at] if c.isprintable() and unicodedata.category(c)[0] != "M"
    )
    return readable[-20:].split(" ")[-1] or readable[-20:].strip()


def _sentence(reason: str, near: str) -> str:
    if reason == "marks":
        return _("Er staan te veel streepjes of puntjes op een letter. Typ dat woord opnieuw.")
    if reason == "broken":
        return _("Een letter is niet goed overgekomen. Typ dat woord opnieuw.")
    if near:
        return _(
            "Na “%(near)s” staat een teken dat niemand kan zien of lezen. Haal het weg.", near=near
        )
    return _("Vooraan staat een teken dat niemand kan zien of lezen. Typ het opnieuw.")


def isolated(name: str) -> str:
    """A name for the middle of a plain sentence: one that is written from right to left is kept
    apart, so that it does not turn what stands around it. On a page `ui.name` does so for all."""
    if any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for letter in name):
        return f"\u2068{name}\u2069"
    return name
