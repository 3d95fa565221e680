"""What the made-up neighbours write and are called: read from the files in `words/`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from timebank import posts

FOLDER = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Text:
    """One post as somebody might write it. `minutes` is a guess, or None."""

    direction: posts.Direction
    kind: str
    title: str
    words: str
    minutes: int | None
    when: str
    together: bool
    town: str

    def wish(self, place: Any = None, beneficiary: Any = None) -> posts.Wish:
        """As it is posted from a place."""
        return posts.Wish(
            direction=self.direction, title=self.title, words=self.words, category=self.kind,
            together=self.together, minutes=self.minutes, when_text=self.when, place_id=place,
            beneficiary_id=beneficiary,
        )  # fmt: skip


def read(name: str) -> dict[str, Any]:
    """One of the files of words."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def texts(direction: posts.Direction) -> list[Text]:
    """All needs, or all offers, in the order they were written down."""
    return [
        Text(
            direction, found["kind"], found["title"], found["words"], found.get("minutes"),
            found.get("when", ""), found.get("together", False), found.get("town", "zuid"),
        )
        for found in read(f"{direction}s")["post"]
    ]  # fmt: skip


def written(title: str) -> Text:
    """The text with this title, for a story of its own."""
    found = [*texts("need"), *texts("offer")]
    return next(text for text in found if text.title == title)


class Bag:
    """Draws in a shuffled order, and everything once before anything twice."""

    def __init__(self, things: list[Text], rng: Random) -> None:
        self._things = things
        self._rng = rng
        self._left: list[Text] = []

    def draw(self, kind: str | None = None) -> Text:
        """The next one; with `kind`, the next of that kind when there is one."""
        if not self._left:
            self._left = self._rng.sample(self._things, len(self._things))
        of_kind = [text for text in self._left if kind in (None, text.kind)]
        found = (of_kind or self._left)[-1]
        self._left.remove(found)
        return found
