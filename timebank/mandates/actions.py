"""Verbs of the mandates: a member chooses a helper, either ends it, the helper begins to act, and
what the calendar ends by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from timebank import access, audit, notices, parties
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict, Invalid, NotFound
from timebank.mandates import store
from timebank.mandates.model import MOST_HELPED, MOST_HELPERS, WAITS, Because, Ended, Mandate, Wish
from timebank.web.viewer import Viewer


async def may_help(db: Db, viewer: Viewer, helper: UUID) -> parties.Card:
    """Somebody who can be chosen: takes part, and neither blocked the other. A member chooses whom she
    can see; a worker who acts for her also somebody hidden. Raises Invalid, one sentence for all."""
    subject, community = viewer.subject_id, viewer.community_id
    card = (await parties.cards(db, community, [helper])).get(helper)
    seen = card is not None and card.state in parties.TAKING_PART and helper != subject
    if seen and viewer.acting_for is None:
        seen = await parties.find_seen_by(db, community, helper, subject) is not None
    if card is None or not seen or not await parties.may_meet(db, community, subject, helper):
        raise Invalid({"number": _("Met dit nummer lukt het niet. Kijk het nummer nog eens na.")})
    if helper == viewer.party_id:  # only when acting: nobody gives powers to themselves
        raise Invalid({"number": _("U vult dit in voor een ander. Uzelf kunt u niet kiezen.")})
    return card


async def choose(db: Db, viewer: Viewer, wish: Wish, *, now: datetime) -> UUID:
    """From tomorrow on this helper may do this; an earlier choice for the same helper ends. Both hear it.

    Raises NotFound for a helper who acts, Invalid for who cannot be chosen, or has enough to do,
    Conflict when the member has enough helpers.
    """
    if viewer.helps:
        raise NotFound
    community, party = viewer.community_id, viewer.subject_id
    await parties.lock(db, community=community, ids=[party, wish.helper])
    await may_help(db, viewer, wish.helper)
    helpers, helped = await store.counts(
        db, community=community, party=party, helper=wish.helper, today=local_date(now)
    )
    if helpers >= MOST_HELPERS:
        raise Conflict(_("Meer dan drie helpers kan niet. Laat er eerst een stoppen."))
    if helped >= MOST_HELPED:
        raise Invalid({"number": _("Deze buur helpt al drie anderen. Kies iemand anders.")})
    for old in await store.end_one_way(
        db, community=community, party=party, helper=wish.helper, by=viewer.party_id, now=now
    ):
        await notices.withdraw_copies(
            db, community=community, helper=old.helper_id, of=party, now=now
        )
    made = await store.insert(
        db, community=community, party=party, wish=wish, by=viewer.party_id, now=now
    )
    await _note(db, viewer, "helper.chosen", party, made, now)
    await audit.note(
        db, community=community, act="helping.begun", actor=viewer.party_id, subject=wish.helper,
        about=("mandate", made), now=now,
    )  # fmt: skip
    on = local_date(now + WAITS)
    await notices.tell_by_mail_too(
        db, community=community, to=party, kind="helper_chosen", now=now, about=("helpers", party),
        helper_id=wish.helper, on=on,
    )  # fmt: skip
    await notices.tell(
        db, community=community, to=wish.helper, kind="helping_asked", now=now,
        about=("mandate", made), member_id=party, on=on,
    )  # fmt: skip
    return made


async def end(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> Mandate:
    """It ends at once: the member, her helper, or a worker of her neighbourhood says so. Raises NotFound
    for anybody else, and when it had ended."""
    community, today = viewer.community_id, local_date(now)
    hers = await store.helpers_of(db, community=community, party=viewer.subject_id, today=today)
    found = next((one for one in hers if one.id == id_), None)
    because: Because = "member" if viewer.acting_for is None else "worker"
    if viewer.helps:
        raise NotFound
    if found is None and viewer.acting_for is None:
        helped = await store.helped_by(db, community=community, helper=viewer.party_id, today=today)
        found, because = next((one for one in helped if one.id == id_), None), "helper"
    if found is None:
        raise NotFound
    ended = await store.end(
        db, community=community, id_=id_, by=viewer.party_id, because=because, now=now
    )
    if ended is None:
        raise NotFound
    await _tell_ended(
        db, community, ended, now, by=viewer.party_id, on_behalf_of=viewer.on_behalf_of
    )
    return found


async def end_between(
    db: Db, *, community: int, one: UUID, other: UUID, by: UUID, now: datetime
) -> None:
    """These two do not meet any more: neither helps the other."""
    for ended in await store.end_pair(
        db, community=community, one=one, other=other, by=by, because="blocked", now=now
    ):
        await _tell_ended(db, community, ended, now, by=by)


async def end_all_of(
    db: Db, *, community: int, party: UUID, by: UUID | None, now: datetime
) -> None:
    """Who left, died or may not take part helps nobody, and nobody acts for them."""
    for ended in await store.end_all(
        db, community=community, party=party, by=by, because="gone", now=now
    ):
        await _tell_ended(db, community, ended, now, by=by)


async def begin(db: Db, viewer: Viewer, id_: UUID, *, now: datetime) -> str:
    """The helper acts for the member from here on; the new token. Raises NotFound unless it holds."""
    if viewer.acting_for is not None:
        raise NotFound
    today = local_date(now)
    helped = await store.helped_by(
        db, community=viewer.community_id, helper=viewer.party_id, today=today
    )
    found = next((one for one in helped if one.id == id_ and one.holds(now, today)), None)
    if found is None:
        raise NotFound
    return await access.help_for(db, viewer=viewer, party=found.party_id, mandate=id_, now=now)


async def run(db: Db, *, community: int, now: datetime) -> None:
    """What the calendar does: ends what is over, and tells both what ends soon."""
    today = local_date(now)
    for ended in await store.end_over(db, community=community, today=today, now=now):
        await _tell_ended(db, community, ended, now, by=None)
    for soon in await store.warn(db, community=community, today=today, now=now):
        word = "eighteen_soon" if soon["kind"] == "guardian" else "ends_soon"
        await _tell_both(
            db, community, soon["id"], soon["party_id"], soon["helper_id"], word, now,
            on=soon["ends_on"],
        )  # fmt: skip


async def forget(db: Db, *, community: int, party: UUID, now: datetime) -> None:
    """Erasure: with who is gone, what they might do and what others might do for them is gone."""
    await notices.withdraw_copies(db, community=community, of=party, now=now)
    await store.forget(db, community=community, party=party)


async def _tell_ended(
    db: Db, community: int, ended: Ended, now: datetime, *, by: UUID | None,
    on_behalf_of: UUID | None = None,
) -> None:  # fmt: skip
    """Both hear it but who did it, and it stands in both logs; what the helper did not hear yet, is no
    longer told."""
    await notices.withdraw_copies(
        db, community=community, helper=ended.helper_id, of=ended.party_id, now=now
    )
    for subject, act in ((ended.party_id, "helper.ended"), (ended.helper_id, "helping.ended")):
        await audit.note(
            db, community=community, act=act, actor=by, subject=subject,
            on_behalf_of=on_behalf_of, about=("mandate", ended.id), now=now,
        )  # fmt: skip
    await _tell_both(db, community, ended.id, ended.party_id, ended.helper_id, "ended", now, but=by)


async def _tell_both(
    db: Db, community: int, id_: UUID, party: UUID, helper: UUID, word: str, now: datetime, *,
    but: UUID | None = None, **details: Any,
) -> None:  # fmt: skip
    if party != but:
        await notices.tell(
            db, community=community, to=party, kind=f"helper_{word}", now=now,
            about=("helpers", party), helper_id=helper, **details,
        )  # fmt: skip
    if helper != but:
        await notices.tell(
            db, community=community, to=helper, kind=f"helping_{word}", now=now,
            about=("mandate", id_), member_id=party, **details,
        )  # fmt: skip


async def _note(db: Db, viewer: Viewer, act: str, subject: UUID, id_: UUID, now: datetime) -> None:
    await audit.note(
        db, community=viewer.community_id, act=act, actor=viewer.party_id, subject=subject,
        on_behalf_of=viewer.on_behalf_of, about=("mandate", id_), now=now,
    )  # fmt: skip
