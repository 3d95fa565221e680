"""Pages of the hours: my time, the statement, giving time."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, notices, parties
from timebank.hours import store, wording
from timebank.hours.actions import give
from timebank.hours.limits_model import Balance
from timebank.hours.model import Account, Fund
from timebank.kernel import throttle
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.fields import Duration, Line, Tick
from timebank.kernel.forms import Form, is_read
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.minutes import fits_unit
from timebank.kernel.numbers import parse_member_number, unit_sentence
from timebank.kernel.refusals import Invalid
from timebank.web.inject import Count, In
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

PAGE = 30
PRINTED = 500
"""Lines on paper; what is older stands on the page."""
SHOWN_PARTNERS = 6
"""So many to choose from; for the others there is the number."""
MOST_PARTNERS = 500


async def _rows(
    db: Db, visit: Visit, viewer: Viewer, before: int | None, limit: int
) -> list[wording.Row]:
    lines = await store.statement(db, viewer.community_id, viewer.subject_id, before, limit)
    others = {id_ for line in lines for id_ in (*line.others, line.booked_by)}
    cards = await parties.cards(db, viewer.community_id, others)
    vouchers = await store.vouchers_of(db, viewer.community_id, lines)
    return [wording.row(line, cards, visit.community, visit.today, vouchers) for line in lines]


async def _balance(db: Db, visit: Visit, viewer: Viewer) -> Balance:
    return await store.balance(db, viewer.community_id, viewer.subject_id, local_date(visit.now))


@get("/hours", name="hours.mine")
async def my_time(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], before: Count = None
) -> Response[Any]:
    """What I have, what it means, and how it came about."""
    balance = await _balance(db, visit, viewer)
    rows = await _rows(db, visit, viewer, before, PAGE + 1)
    return visit.page(
        "hours/mine.html",
        balance=balance,
        title=wording.balance_title(balance.minutes, visit.community.words),
        advice=wording.advice(balance, visit.community),
        rows=rows[:PAGE],
        more=rows[PAGE - 1].seq if len(rows) > PAGE else None,
        before=before,
        has_vouchers=await store.has_vouchers(db, viewer.community_id, viewer.subject_id),
    )


@get("/hours/statement", name="hours.statement")
async def statement(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """The statement on paper."""
    balance = await _balance(db, visit, viewer)
    rows = await _rows(db, visit, viewer, None, PRINTED + 1)
    return visit.page(
        "hours/statement.html",
        title=wording.balance_title(balance.minutes, visit.community.words),
        rows=rows[:PRINTED],
        older=len(rows) > PRINTED,
        owner=await parties.party(db, viewer.community_id, viewer.subject_id),
    )


class GiveForm(msgspec.Struct, kw_only=True):
    """Giving time: to somebody one knows, to a member number, or to the pot."""

    to: Annotated[str, Line(40, ask=N_("Kies aan wie u tijd geeft."))]
    number: Annotated[str | None, Line(30)] = None
    minutes: Annotated[int, Duration(most=100 * 60, ask=N_("Kies hoeveel tijd u geeft."))]
    words: Annotated[str | None, Line(120)] = None
    sure: Annotated[bool, Tick()] = False

    def check(self, *, unit: int) -> dict[str, str]:
        """A number looks like one, and an amount is whole steps of `unit` minutes."""
        problems = {}
        number = is_read(self.number) and parse_member_number(self.number or "")
        if self.to == "number" and number is None:
            problems["number"] = _("Vul het nummer van uw buur in, zoals op de kaart staat.")
        if is_read(self.minutes) and not fits_unit(self.minutes, unit):
            problems["minutes"] = unit_sentence(self.minutes, unit)
        return problems


@get("/hours/transfers/new", name="hours.give")
async def show_give(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """To whom, and how much?"""
    known = await store.known_partners(db, viewer.community_id, viewer.subject_id, SHOWN_PARTNERS)
    balance = await _balance(db, visit, viewer)
    return visit.page(
        "hours/give.html", form=visit.form("/hours/transfers"), known=known,
        apart=wording.told_apart(known), balance=balance,
    )  # fmt: skip


@post("/hours/transfers", name="hours.transfer", again="/hours/transfers/new")
async def make_transfer(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """First press: a page that shows what will happen. Second press: it happens, once."""
    unit = (await store.rules(db, viewer.community_id)).unit_minutes
    asked = form.read(GiveForm, unit=unit)
    to, card = await _receiver(db, visit, viewer, asked)
    if not asked.sure:
        fresh = visit.form("/hours/transfers")
        fresh.sent = {k: v for k, v in form.sent.items() if k != "sure"}
        return visit.page(
            "hours/give_check.html", form=fresh, asked=asked, card=card,
            apart=await _beside_the_name(db, viewer, card, asked) if card else "",
        )  # fmt: skip
    await _within_mandate(db, visit, viewer, to, asked.minutes)
    await give(
        db, community=viewer.community_id, idem=f"gift:{form.key}", giver=viewer.subject_id,
        to=to, minutes=asked.minutes, booked_by=viewer.party_id, now=visit.now, words=asked.words,
    )  # fmt: skip
    await _tell(db, visit, viewer, to, asked.minutes)
    return await visit.done(db, form, "/hours", said="gave_time")


async def _within_mandate(db: Db, visit: Visit, viewer: Viewer, to: Account, minutes: int) -> None:
    """A helper gives away no more of a member's time in thirty days than she allowed, and nothing to who
    lives with the helper. Raises Invalid."""
    acting = viewer.acting_for
    if acting is None or acting.mandate_id is None or acting.most_minutes is None:
        return
    given = await store.given_by_mandate(
        db, viewer.community_id, mandate=acting.mandate_id, giver=viewer.subject_id,
        hand=viewer.party_id, since=visit.now - timedelta(days=30),
    )  # fmt: skip
    if given + minutes > acting.most_minutes:
        left = visit.community.words.time(max(0, acting.most_minutes - given))
        raise Invalid(
            {"minutes": _("Zoveel mag u nu niet voor een ander weggeven. Wat nog kan: %(time)s.",
                          time=left)}
        )  # fmt: skip
    if isinstance(to, UUID) and await store.live_together(
        db, viewer.community_id, one=to, other=viewer.party_id
    ):
        raise Invalid(
            {"to": _("U doet dit voor een ander. Die tijd kan niet naar iemand die bij u woont.")}
        )


async def _receiver(
    db: Db, visit: Visit, viewer: Viewer, asked: GiveForm
) -> tuple[Account, parties.Card | None]:
    """Who gets the time. Raises Invalid with one sentence for whatever does not exist or may not."""
    if asked.to == "pot":
        return Fund.POT, None
    if asked.to != "number":
        known = await store.known_partners(
            db, viewer.community_id, viewer.subject_id, MOST_PARTNERS
        )
        found = next((card for card in known if str(card.id) == asked.to), None)
        if found is None:
            raise Invalid({"to": _("Kies iemand uit de lijst.")})
        return found.id, found
    number = parse_member_number(asked.number or "")
    await throttle.count(
        db, community=viewer.community_id, kind="give",
        key=throttle.key_of(viewer.party_id), limit=throttle.Limit(30, throttle.HOUR),
        now=visit.now,
    )  # fmt: skip
    party = await parties.by_number(db, viewer.community_id, number) if number else None
    card = await _seen(db, viewer, party.id) if party else None
    if card is None:
        raise Invalid({"number": _("Met dit nummer lukt het niet. Kijk het nummer nog eens na.")})
    return card.id, card


async def _beside_the_name(db: Db, viewer: Viewer, card: parties.Card, asked: GiveForm) -> str:
    """What the person chose this neighbour by, besides the call name."""
    if asked.to == "number":
        return wording.by_number(card)
    shown = await store.known_partners(db, viewer.community_id, viewer.subject_id, SHOWN_PARTNERS)
    return wording.told_apart(shown).get(card.id, "")


async def _seen(db: Db, viewer: Viewer, party: UUID) -> parties.Card | None:
    if party == viewer.subject_id:
        return None
    return await parties.find_seen_by(db, viewer.community_id, party, viewer.subject_id)


async def _tell(db: Db, visit: Visit, viewer: Viewer, to: Account, minutes: int) -> None:
    await audit.note(
        db, community=viewer.community_id, act="hours.given", actor=viewer.party_id,
        on_behalf_of=viewer.subject_id if viewer.acting_for else None,
        subject=viewer.subject_id, now=visit.now, detail={"minutes": minutes},
    )  # fmt: skip
    if isinstance(to, UUID):
        await notices.tell(
            db, community=viewer.community_id, to=to, kind="time_given", now=visit.now,
            about=("hours", to), who_id=viewer.subject_id, minutes=minutes,
        )  # fmt: skip


after("gave_time", lambda: _("De tijd is gegeven. U ziet het bovenaan in de lijst."))

ROUTES = [my_time, statement, show_give, make_transfer]
