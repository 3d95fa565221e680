"""Sheets of paper as markup, each in the language of who gets it."""

from typing import Any
from uuid import UUID

from timebank import areas, membership
from timebank.areas import LetterRule
from timebank.kernel.db import Db
from timebank.kernel.i18n import speaking
from timebank.papers.model import Letter
from timebank.web.community import Community
from timebank.web.visit import Visit


class Places:
    """The community as seen from the neighbourhoods of those who get paper, each looked up once."""

    def __init__(self, db: Db, visit: Visit) -> None:
        self._db = db
        self._visit = visit
        self._found: dict[tuple[UUID, str], Community] = {}

    async def at(self, area: UUID, language: str) -> Community:
        """Names, words and who helps there, in a language."""
        key = (area, language)
        if key not in self._found:
            with speaking(language):  # so that the usual words are of that language too
                self._found[key] = await areas.community(
                    self._db, self._visit.community.id, area=area, language=language
                )
        return self._found[key]


async def letter_sheets(db: Db, visit: Visit, letters: list[Letter], rule: LetterRule) -> list[Any]:
    """One or two sheets a letter."""
    places = Places(db, visit)
    found = []
    for one in letters:
        about = await places.at(one.to.area_id, one.to.language)
        found.append(
            visit.part(
                "papers/_letter.html", language=one.to.language, letter=one, about=about,
                words=about.words, window=rule.window,
            )
        )  # fmt: skip
    return found


CARDS_A_SHEET = 10


async def card_sheets(
    db: Db, visit: Visit, cards: list[membership.cards.MemberCard]
) -> list[list[Any]]:
    """Cards of 85.6 by 54 mm, ten to a sheet."""
    places = Places(db, visit)
    made = []
    for card in cards:
        about = await places.at(card.area_id, card.language)
        made.append(
            visit.part(
                "papers/_card.html", language=card.language, card=card, about=about,
                words=about.words, opens=visit.on_paper(f"/card/{card.code}"),
            )
        )  # fmt: skip
    return [made[n : n + CARDS_A_SHEET] for n in range(0, len(made), CARDS_A_SHEET)]
