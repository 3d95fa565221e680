"""The steps of an introduction: each is checked, kept, and told to whom it is about."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank import audit, notices
from timebank.introductions import store
from timebank.introductions.model import MAY_FOLLOW, Introduction, Outcome, State
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.web.viewer import Viewer


def changed() -> Conflict:
    """Somebody else was first."""
    return Conflict(_("Dit is intussen veranderd. Kijk nog eens op de pagina."))


async def move(
    db: Db, community: int, found: Introduction, state: State, reason: str, *, by: UUID | None,
    due_on: date | None, owner: UUID | None, now: datetime, outcome: Outcome | None = None,
    introduced_on: date | None = None,
) -> None:  # fmt: skip
    """On to `state`; `by` is nobody for the calendar. Raises Conflict when that cannot follow, or
    somebody else was first."""
    if state != found.state and state not in MAY_FOLLOW[found.state]:
        raise changed()
    moved = await store.move(
        db, community=community, found=found, state=state, owner=owner, due_on=due_on,
        outcome=outcome, introduced_on=introduced_on, today=local_date(now), now=now,
    )  # fmt: skip
    if not moved:
        raise changed()
    await store.insert_step(
        db, community=community, introduction=found.id, actor=by, from_state=found.state,
        to_state=state, reason=reason, now=now,
    )  # fmt: skip


async def end(
    db: Db, community: int, found: Introduction, outcome: Outcome, reason: str, *, by: UUID | None,
    now: datetime,
) -> None:  # fmt: skip
    """It is over, and nobody is asked anything any more. Raises as `move`."""
    await move(
        db, community, found, "closed", reason, by=by, due_on=None, owner=None, outcome=outcome,
        now=now,
    )  # fmt: skip
    await notices.withdraw(db, community=community, about_id=found.id, now=now)


async def tell(
    db: Db, community: int, to: UUID, kind: str, found: Introduction, now: datetime
) -> None:
    """One of the two hears of it."""
    details: dict[str, Any] = {"who_id": found.owner_id} if found.owner_id else {}
    about = None if kind == "introduction_not_now" else ("introduction", found.id)  # it is over
    await notices.tell(db, community=community, to=to, kind=kind, now=now, about=about, **details)


async def note(
    db: Db, viewer: Viewer, act: str, subject: UUID, id_: UUID, now: datetime, *,
    on_behalf_of: UUID | None = None,
) -> None:  # fmt: skip
    """What this hand did stands in the member's log."""
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id,
        on_behalf_of=on_behalf_of, subject=subject, about=("introduction", id_), now=now,
    )  # fmt: skip


async def follow(db: Db, community: int, found: Introduction, due_on: date, now: datetime) -> None:
    """Four weeks later: both are asked what came of it."""
    await move(
        db, community, found, "followed_up", "asked_how", by=None, due_on=due_on,
        owner=found.owner_id, now=now,
    )  # fmt: skip
    for one in (found.party_id, found.other_id):
        await tell(db, community, one, "introduction_how", found, now)
