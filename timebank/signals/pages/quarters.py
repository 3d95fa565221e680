"""Quarter by quarter, in counts: to look back with the team, and to print for a board."""

from typing import Any, cast, get_args

from litestar import Response, get

from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import count_of_people, month_name
from timebank.signals import quarterly, said_wording
from timebank.signals import wording as signal_words
from timebank.signals.model import Outcome
from timebank.signals.quarterly import Quarter
from timebank.signals.said_model import Judgement
from timebank.web.inject import In
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

Rows = list[tuple[str, ...]]


def _reached(found: Quarter) -> Rows:
    """What happened, beside how people are reached: whether the list forgets who has no screen."""
    said: list[tuple[quarterly.What, str]] = [
        ("yes", _("Zei ja: u mag mij bellen")),
        ("raised", _("Kwam op de lijst")),
        ("talked", _("Had een eerste gesprek")),
        ("objected", _("Zei: nu niet, klopt niet, of nooit meer")),
    ]
    return [
        (label, *(count_of_people(found.many(what, online=online)) for online in (True, False)))
        for what, label in said
    ]


def _judged(found: Quarter) -> Rows:
    """Was it right to call? By the rule, and by chance."""
    if not found.has("rule_") and not found.has("chance_"):
        return []
    return [
        (
            said_wording.verdict_words(verdict),
            count_of_people(found.many(f"rule_{verdict}")),
            count_of_people(found.many(f"chance_{verdict}")),
        )
        for verdict in cast(tuple[Judgement, ...], get_args(Judgement))
    ]


def _ended(found: Quarter) -> list[tuple[str, str]]:
    return [
        (signal_words.outcome_words(code), count_of_people(found.many(f"ended_{code}")))
        for code in cast(tuple[Outcome, ...], get_args(Outcome))
    ]


def _title(found: Quarter) -> str:
    return _(
        "%(first)s tot en met %(last)s %(year)d", first=month_name(found.starts_on.month),
        last=month_name(found.ends_on.month), year=found.ends_on.year,
    )  # fmt: skip


@get("/signals/quarters", name="signals.quarters")
async def quarters(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """How did the last quarters go?"""
    found = await quarterly.quarters(db, viewer)
    return visit.page(
        "signals/quarters.html",
        quarters=[
            (_title(one), _reached(one), _judged(one), _ended(one), one.days_to_talk)
            for one in found
        ],
    )


ROUTES = [quarters]
