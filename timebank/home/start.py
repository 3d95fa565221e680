"""What Start shows: what waits for me, the two doors, what comes, what may fit."""

from typing import Any

import msgspec

from timebank import exchanges, hours, mandates, notices, posts, signals
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.web.policy import may_go
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

WAITING, COMING, FITTING, NEWS = 3, 3, 3, 5


class Door(msgspec.Struct, frozen=True):
    """A way on from Start."""

    href: str
    label: str
    text: str
    icon: str
    minutes: int | None = None


async def facts(db: Db, visit: Visit, viewer: Viewer) -> dict[str, Any]:
    """The context of the page. Whoever has something waiting is not asked more: one thing at a time."""
    community = visit.community
    waiting, coming = await exchanges.waiting_and_coming(
        db, viewer, community, now=visit.now, waiting=WAITING + 1, coming=COMING
    )
    balance = await hours.balance(
        db, community=community.id, party=viewer.subject_id, now=visit.now
    )
    may_answer = may_go(viewer, "messages.reply")
    fits = (
        await posts.fitting(db, viewer, "need", "offer", limit=FITTING, now=visit.now)
        if may_answer else []
    )  # fmt: skip
    fits.sort(key=lambda fit: fit.why is None)
    return {
        "waiting": waiting[:WAITING],
        "more_waiting": len(waiting) > WAITING,
        "coming": coming,
        "news": []
        if viewer.helps
        else await notices.unread(
            db, community=community.id, party=viewer.subject_id, limit=NEWS, words=community.words
        ),
        "helped": await _helped(db, visit, viewer),
        "fits": fits,
        "two_questions": not waiting and await signals.is_asked(db, viewer, today=visit.today),
        "doors": _doors(visit, balance.minutes),
    }


async def _helped(db: Db, visit: Visit, viewer: Viewer) -> list[mandates.Mandate]:
    """For whom this member may do something now; nothing while acting."""
    if viewer.acting_for is not None or not viewer.is_helper:
        return []
    found = await mandates.helped_by(
        db, community=viewer.community_id, helper=viewer.party_id, today=visit.today
    )
    return [one for one in found if one.holds(visit.now, visit.today)]


def _doors(visit: Visit, minutes: int) -> list[Door]:
    return [
        Door(
            visit.url("/posts?direction=need"), _("Ik vraag iets"), _("Een buur helpt mij"), "ask"
        ),
        Door(
            visit.url("/posts?direction=offer"), _("Ik bied iets"), _("Ik help een buur"), "offer"
        ),
        Door(
            visit.url("/hours"),
            _("Mijn tijd"),
            hours.balance_title(minutes, visit.community.words),
            "time",
            minutes,
        ),
    ]
