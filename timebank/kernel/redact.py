"""Taking somebody's name and ways to be reached out of what others wrote to them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from timebank.kernel.names import name_parts
from timebank.kernel.numbers import phone_key

T = TypeVar("T", bound=Mapping[str, Any])
BLANK = "…"
_FIGURES = re.compile(r"\+?\d[\d .\-/()]{6,20}\d")
_SHORTEST = 2


class Known(msgspec.Struct, frozen=True):
    """How somebody is known in other people's sentences: words (names, an address, a number) and
    the key of a phone number."""

    words: tuple[str, ...]
    phone_key: str | None = None

    def out_of(self, text: str) -> str:
        """`text` with each of these as "…". A word must stand by itself, and begin with a capital
        where ours does: "Roos" goes, "een roos" stays."""
        for word in sorted(self.words, key=len, reverse=True):
            text = _without(text, word)
        if self.phone_key is None:
            return text
        return _FIGURES.sub(lambda m: BLANK if phone_key(m[0]) == self.phone_key else m[0], text)

    def named_in(self, rows: Iterable[T], column: str) -> Iterator[tuple[T, str]]:
        """Rows in whose `column` somebody is known, each with that text without."""
        for row in rows:
            text = self.out_of(row[column])
            if text != row[column]:
                yield row, text


def known(*names: str, others: Iterable[str | None] = (), phone_key: str | None = None) -> Known:
    """How somebody with these names is known: whole, and by each part. `others` are taken as they
    are (an e-mail address, a street, a member number)."""
    words = {other for other in others if other}
    for name in names:
        parts = name_parts(name)
        words |= {name, parts.given, f"{parts.prefix} {parts.surname}".strip(), parts.surname}
    return Known(tuple(word for word in words if len(word) >= _SHORTEST), phone_key)


def _without(text: str, word: str) -> str:
    seen, wanted = text.lower(), word.lower()
    if len(seen) != len(text):  # a letter that grows when it is made small
        seen, wanted = text, word
    kept, end, at = [], 0, seen.find(wanted)
    while at >= 0:
        after = at + len(wanted)
        alone = not (_is_letter(text, at - 1) or _is_letter(text, after))
        if alone and text[at] == word[0]:
            kept += [text[end:at], BLANK]
            end = after
            at = seen.find(wanted, after)
        else:
            at = seen.find(wanted, at + 1)
    return "".join((*kept, text[end:]))


def _is_letter(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isalnum()
