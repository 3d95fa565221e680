"""Uren herstellen: the desk, a member's hours as staff see them, and one booking put right."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, hours, parties
from timebank.kernel.db import Db
from timebank.kernel.fields import Amount, Choice, Line, Tick, Words
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.refusals import Invalid, NotFound
from timebank.moderation import corrections, store
from timebank.moderation.model import reach
from timebank.web import policy
from timebank.web.inject import Count, In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other

PAGE = 30


@get("/hours/corrections", name="hours.corrections")
async def desk(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What was asked to be put right, and whose hours to look at."""
    policy.demand(viewer, "hours.correct")
    repairs = await store.open_repairs(db, viewer.community_id, reach(viewer))
    form = visit.form("/hours/corrections/search")
    return visit.page("moderation/corrections.html", repairs=repairs, form=form)


class SearchForm(msgspec.Struct, kw_only=True):
    """Whose hours. Posted: a member's number has no place in an address."""

    number: Annotated[str, Line(30, ask=N_("Vul een nummer in."))]


@post(
    "/hours/corrections/search", name="hours.find_member", again="/hours/corrections", no_key=True
)
async def find_member(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """To the hours of this member."""
    policy.demand(viewer, "hours.correct")
    found = await parties.by_number(db, viewer.community_id, form.read(SearchForm).number)
    if found is None or not await _cares_for(db, viewer, found.id):
        raise Invalid({"number": _("Met dit nummer vinden wij niemand. Kijk het nog eens na.")})
    return see_other(visit.url(f"/parties/{found.id}/hours"))


async def _cares_for(db: Db, viewer: Viewer, party: UUID) -> bool:
    card = (await parties.cards(db, viewer.community_id, [party])).get(party)
    return card is not None and (
        viewer.is_admin or await parties.looks_after(db, viewer, party, card.area_id)
    )


@get("/parties/{party:uuid}/hours", name="hours.of_member")
async def member_hours(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID],
    before: Count = None,
) -> Response[Any]:  # fmt: skip
    """What a member has and how it came about; the look is recorded first."""
    policy.demand(viewer, "hours.correct")
    community = viewer.community_id
    if not await _cares_for(db, viewer, party):
        raise NotFound
    balance = await hours.balance(db, community=community, party=party, now=visit.now)
    await audit.note(
        db, community=community, act="hours.looked", actor=viewer.party_id, subject=party,
        now=visit.now,
    )  # fmt: skip
    lines = await hours.statement(
        db, community=community, party=party, before=before, limit=PAGE + 1
    )
    ids = {id_ for line in lines for id_ in (*line.others, line.booked_by)} | {party}
    cards = await parties.cards(db, community, ids)
    vouchers = await hours.vouchers_of(db, community=community, lines=lines)
    rows = [
        (
            hours.wording.row(line, cards, visit.community, visit.today, vouchers),
            line,
            corrections.can_be_put_right(
                viewer, party, line, repair_days=visit.community.rules.repair_days, now=visit.now
            ),
        )
        for line in lines[:PAGE]
    ]
    return visit.page(
        "moderation/member_hours.html",
        card=cards[party],
        balance=balance,
        rows=rows,
        more=lines[PAGE - 1].seq if len(lines) > PAGE else None,
        before=before,
        exceptions=await hours.exceptions(db, community=community, party=party),
    )


class CorrectionForm(msgspec.Struct, kw_only=True):
    """What it should have been, and why."""

    how: Annotated[str, Choice("time", "nothing", ask=N_("Kies wat er moest staan."))]
    minutes: Annotated[int | None, Amount(most=hours.MOST_MINUTES)] = None
    reason: Annotated[
        str, Words(400, ask=N_("Schrijf op waarom dit verandert. Beide buren lezen dit."))
    ]
    sure: Annotated[bool, Tick()] = False

    def check(self) -> dict[str, str]:
        """Another time needs to be said."""
        if self.how == "time" and self.minutes is None:
            return {"minutes": _("Vul in hoeveel tijd het moest zijn.")}
        return {}

    @property
    def right(self) -> int:
        """Minutes it should have been."""
        return 0 if self.how == "nothing" else self.minutes or 0


async def _booking(db: Db, visit: Visit, viewer: Viewer, transfer: UUID) -> corrections.Booking:
    policy.demand(viewer, "hours.correct")
    return await corrections.booking_for(
        db, viewer, transfer, repair_days=visit.community.rules.repair_days, now=visit.now
    )


@get("/hours/transfers/{transfer:uuid}/correction", name="hours.ask_correction")
async def show_correction(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], transfer: Path[UUID]
) -> Response[Any]:
    """What was booked, and what should it have been?"""
    booking = await _booking(db, visit, viewer, transfer)
    return visit.page(
        "moderation/correct.html",
        booking=booking,
        names=[booking.name(party) for party in booking.sides],
        form=visit.form(f"/hours/transfers/{transfer}/correction"),
        back=f"/parties/{next(iter(booking.sides))}/hours",
    )


@post(
    "/hours/transfers/{transfer:uuid}/correction",
    name="hours.correct",
    again="/hours/transfers/{transfer}/correction",
)
async def correct(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], transfer: Path[UUID]
) -> Response[Any]:
    """First press: what both will read and have. Second press: it is booked, once."""
    booking = await _booking(db, visit, viewer, transfer)
    asked = form.read(CorrectionForm)
    await corrections.check(db, viewer, booking, asked.right)
    shown = await corrections.preview(
        db, viewer, booking, right=asked.right, reason=asked.reason,
        words=visit.community.words, now=visit.now,
    )  # fmt: skip
    if not asked.sure:
        fresh = visit.form(f"/hours/transfers/{transfer}/correction")
        fresh.sent = {name: value for name, value in form.sent.items() if name != "sure"}
        return visit.page("moderation/correct_check.html", form=fresh, shown=shown)
    await corrections.correct(
        db, viewer, booking, right=asked.right, reason=asked.reason, now=visit.now
    )
    back = f"/parties/{next(iter(booking.sides))}/hours"
    return await visit.done(db, form, back, said="booking_corrected")


after("booking_corrected", lambda: _("De boeking is hersteld. Beide buren horen het."))

ROUTES = [desk, find_member, member_hours, show_correction, correct]
