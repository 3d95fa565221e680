"""What somebody did for a member is told to that member, by the way she is reached.

Every line of the log that somebody writes on a member's behalf puts this job in the outbox, so that no
verb can forget it. What one hand does on one day is one notice, longer by a word each time, until the
member heard it.
"""

from collections.abc import Callable
from email.message import EmailMessage
from uuid import UUID

from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.outbox import Errand, handles
from timebank.kernel.words import day, joined
from timebank.notices import store
from timebank.notices.actions import tell
from timebank.notices.model import Told, worded

_WORDS: dict[str, Callable[[], str]] = {
    "post": lambda: _("een vraag of aanbod"),
    "talk": lambda: _("een bericht aan een buur"),
    "appointment": lambda: _("een afspraak"),
    "time": lambda: _("hoe lang iets duurde"),
    "given": lambda: _("tijd geven"),
    "data": lambda: _("uw gegevens"),
    "group": lambda: _("een groep"),
    "voucher": lambda: _("tijd op papier"),
    "introduction": lambda: _("een buur ontmoeten"),
    "rest": lambda: _("rust, of stoppen"),
    "other": lambda: _("iets anders"),
}
_SUBJECTS = ("post", "voucher", "introduction")
"""Whatever was done with these, has their word."""
_ABOUT = {
    "exchange.begun": "talk", "message.written": "talk", "exchange.proposed": "appointment",
    "exchange.agreed": "appointment", "exchange.declined": "appointment",
    "exchange.withdrawn": "appointment", "exchange.cancelled": "appointment",
    "exchange.no_show": "appointment", "exchange.closed": "appointment", "exchange.done": "time",
    "exchange.confirmed": "time", "exchange.differs": "time", "exchange.disputed": "time",
    "exchange.repair_asked": "time", "hours.given": "given", "gathering.expected": "group",
    "gathering.attendance_removed": "group", "party.details": "data", "party.settings": "data",
    "consent.answered": "data", "party.paused": "rest", "party.leaving": "rest",
    "party.active": "rest",
}  # fmt: skip
"""What an act was about, in a word. Whom a member does not want to meet is said nowhere but in the log
she reads herself: a letter may be opened by another."""


def about(act: str) -> str:
    """The word for an act."""
    subject = act.partition(".")[0]
    return subject if subject in _SUBJECTS else _ABOUT.get(act, "other")


@handles("notice.done_for_you")
async def tell_done(db: Db, errand: Errand) -> EmailMessage | None:
    """Payload: party, hand, act, on (the day)."""
    job = errand.job.payload
    word, hand, on = about(job["act"]), job["hand"], job["on"]
    found = await store.unheard_of_hand(
        db, community=errand.community, party=UUID(job["party"]), hand=hand, on=on
    )
    if found is None:
        await tell(
            db, community=errand.community, to=UUID(job["party"]), kind="done_for_you",
            now=errand.now, about=("log", UUID(job["party"])), who_id=UUID(hand), on=on, acts=word,
        )  # fmt: skip
    elif word not in found[1].split():
        await store.put_acts(
            db, community=errand.community, id_=found[0], acts=f"{found[1]} {word}"
        )
    return None


@worded("done_for_you")
def done_for_you(told: Told) -> str:
    """Somebody who works here, or a helper, did something in this member's name."""
    what = [_WORDS[word]() for word in told.text("acts").split()]
    on = day(told.day("on"), local_date(told.notice.made_at))
    return _(
        "%(name)s regelde op %(day)s iets voor u: %(what)s. Klopt dat niet? Bel ons dan.",
        name=told.name("who_id"), day=on, what=joined(what),
    )  # fmt: skip
