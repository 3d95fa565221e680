"""The check-in: two questions about contact, asked at most once a quarter, never needed for anything."""

from datetime import date, datetime
from uuid import UUID

from timebank import audit
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Conflict
from timebank.signals import bringing, rule, run_store, said_store, store
from timebank.signals.bringing import by_asking
from timebank.signals.rule import Facts, Wants
from timebank.signals.said_model import Way
from timebank.web.viewer import Viewer


async def check_in(
    db: Db, *, community: int, party: UUID, by: UUID, way: Way, talks: int | None,
    wants: Wants | None, now: datetime,
) -> bool:  # fmt: skip
    """Keep what she said; whether a worker will call because of it. `talks` and `wants` are None for
    who would rather not say; `by` typed it. Raises Conflict, and keeps nothing, without her yes.

    Who would like more contact stands on the list at once. Who has enough leaves it, as long as no
    worker took it up.
    """
    today = local_date(now)
    await run_store.hold_run(db, community)
    known = await said_store.known(db, community, party, today)
    if not known.may_be_raised:
        raise Conflict(
            _("Dit antwoord mogen wij niet bewaren. Er is geen ja op bellen als het stil wordt.")
        )
    await said_store.check_in(
        db, community=community, party=party, on=today, talks=talks, wants=wants, way=way, by=by,
        now=now,
    )  # fmt: skip
    own = by == party
    await audit.note(
        db, community=community, act="attention.said" if own else "attention.entered", actor=by,
        subject=party, on_behalf_of=None if own else party, now=now,
    )  # fmt: skip
    said = rule.judge(
        Facts(member_since=today, lately=3, said_on=today, talks=talks, wants=wants), today
    )
    for reason in said.reasons:
        if reason.code == "wants_more":
            found = await bringing.bring_up(
                db, community=community, party=party, reason=reason, lane="asks",
                due_on=by_asking(today), now=now, actor=party,
            )  # fmt: skip
            return found is not None
    if said.has_enough:
        await _let_go(db, community, party, now)
    return False


async def is_asked(db: Db, viewer: Viewer, *, today: date) -> bool:
    """Whether Start asks this member the two questions today; never while somebody acts for her."""
    if viewer.acting_for is not None or viewer.roles:
        return False
    known = await said_store.known(db, viewer.community_id, viewer.party_id, today)
    return known.is_asked(today)


async def _let_go(db: Db, community: int, party: UUID, now: datetime) -> None:
    """What the rule raised and nobody took, ends with her own word that it is fine so."""
    found = await store.open_of(db, community, party)
    if found is None or found.state != "raised" or found.told:
        return
    await run_store.lapse(db, community, [found.id], now, local_date(now))
    await store.step(
        db, community=community, signal=found.id, actor=party, from_state="raised",
        to_state="lapsed", reason="enough", now=now,
    )  # fmt: skip
