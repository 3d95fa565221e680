"""A talk with a member: noting it, and handing over what was to follow."""

from datetime import date, timedelta
from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import audit, contacts, signals
from timebank.contacts import Heard, Note, Topic, Wish
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice, Day, Id, Line, Tick, Words, on
from timebank.kernel.forms import Form, is_read
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import month_name
from timebank.web.inject import In, Path, Query
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist.fields import WEEKS, NextDay, next_day

HEARD = cast(tuple[Heard, ...], get_args(Heard))
TOPICS = cast(tuple[Topic, ...], get_args(Topic))
WISHES = cast(tuple[Wish, ...], get_args(Wish))
LONGEST_AGO_DAYS = 60
PAPER_DAYS = 7
"""Typed in, the paper goes through the shredder within a week."""


class ContactForm(msgspec.Struct, kw_only=True):
    """What was it, what was said, what does the member want, when again?"""

    heard: Annotated[str, Choice(*HEARD, ask=N_("Kies hoe het contact was."))]
    held: Annotated[date | str, Day()] = "today"
    topic: Annotated[str, Choice(*TOPICS)] = "how"
    words: Annotated[str, Words(1500)] = ""
    mood: Annotated[str, Line(120)] = ""
    spoke: Annotated[UUID | None, Id()] = None
    wish: Annotated[str | None, Choice(*WISHES)] = None
    next: Annotated[date | str, NextDay()] = "none"

    def check(self, *, today: date) -> dict[str, str]:
        """A talk was, what follows is still to come, and a wish is only what somebody said themselves."""
        problems = _problems(on(self.held, today), self._next(today), today)
        if is_read(self.heard) and self.wish and self.heard.endswith("_missed"):
            problems["wish"] = _("U sprak elkaar niet. Laat dit open.")
        return problems

    def _next(self, today: date) -> date | None:
        return next_day(self.next, today) if is_read(self.next) else None


class OwnerForm(msgspec.Struct, kw_only=True):
    """To whom; and whether this worker knows the member in private."""

    to: Annotated[UUID, Id(ask=N_("Kies een collega."))]
    aside: Annotated[bool, Tick()] = False


@get("/contacts/new", name="contacts.new")
async def new_contact(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """What did you agree?"""
    person = await contacts.person_for(db, viewer, party)
    found = await signals.signals_of(db, viewer.community_id, person.id)
    blind = await signals.call_of(db, viewer, person.id, today=visit.today)
    found = [] if blind else found
    is_open = any(signal.is_open for signal in found)
    outlooks = await signals.outlooks(db, viewer.community_id, found)
    back_on = next((o.call_back_on(visit.today) for o in outlooks.values()), None)
    form = visit.form(
        f"/contacts?party={person.id}", held_choice="today", topic="how",
        **(_on(back_on) if back_on else {"next_choice": "2" if is_open else "none"}),
    )  # fmt: skip
    return visit.page(
        "contacts/edit.html",
        form=form,
        person=person,
        heard=[(code, contacts.wording.heard_words(code)) for code in HEARD],
        topics=[(code, contacts.wording.topic_words(code)) for code in TOPICS],
        colleagues=await contacts.colleagues_for(db, viewer, person, now=visit.now),
        wishes=[(code, contacts.wording.wish_words(code)) for code in WISHES],
        weeks=[(weeks, next_day(str(weeks), visit.today)) for weeks in WEEKS],
        is_open=is_open,
    )


@post("/contacts", name="contacts.create", again="/contacts/new")
async def create(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form],
    party: Query[UUID | None] = None,
) -> Response[Any]:  # fmt: skip
    """Noted. An open signal moves along; the next date stands on the work list."""
    person = await contacts.person_for(db, viewer, party)
    typed = form.read(ContactForm, today=visit.today)
    note = Note(
        heard=cast(Heard, typed.heard), held_on=on(typed.held, visit.today), words=typed.words,
        topic=cast(Topic, typed.topic), mood=typed.mood, wish=cast(Wish | None, typed.wish),
        follow_up_on=next_day(typed.next, visit.today),
    )  # fmt: skip
    if typed.spoke is not None:
        await contacts.demand_colleague(db, viewer, person, typed.spoke, now=visit.now)
    await signals.note_contact(db, viewer, person.id, note, now=visit.now, spoke=typed.spoke)
    await contacts.at_work(db, viewer, person.id, now=visit.now)
    said = "no_calls" if note.wish == "no_calls" else "contact_noted"
    return await visit.done(db, form, f"/worklist/parties/{person.id}", said=said)


@get("/contacts/print", name="contacts.print")
async def on_paper(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Query[UUID | None] = None
) -> Response[Any]:
    """A blank form to take along: a first name, a number and lines; no reason. Written down."""
    person = await contacts.person_for(db, viewer, party)
    await audit.note(
        db, community=viewer.community_id, act="contact.printed", actor=viewer.party_id,
        subject=person.id, now=visit.now,
    )  # fmt: skip
    return visit.page(
        "contacts/print.html", person=person,
        heard=[contacts.wording.heard_words(code) for code in HEARD],
        topics=[contacts.wording.topic_words(code) for code in TOPICS],
        destroy_on=visit.today + timedelta(days=PAPER_DAYS),
    )  # fmt: skip


def _problems(held_on: date, next_on: date | None, today: date) -> dict[str, str]:
    problems = {}
    if held_on > today:
        problems["held"] = _("Kies vandaag, of een dag die al was.")
    elif held_on < today - timedelta(days=LONGEST_AGO_DAYS):
        problems["held"] = _("Dat is langer dan twee maanden geleden. Klopt de dag?")
    if next_on is not None and next_on <= today:
        problems["next"] = _("Kies een dag die nog komt.")
    elif next_on is not None and next_on > today + contacts.FURTHEST:
        problems["next"] = _("Kies een dag binnen een jaar.")
    return problems


@get("/contacts/{contact:uuid}/owner", name="contacts.owner")
async def show_owner(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], contact: Path[UUID]
) -> Response[Any]:
    """Who does this from now on?"""
    person = await contacts.follow_up_for(db, viewer, contact)
    return visit.page(
        "contacts/owner.html",
        form=visit.form(f"/contacts/{contact}/owner"),
        person=person,
        colleagues=await contacts.colleagues_for(db, viewer, person, now=visit.now),
    )


@post(
    "/contacts/{contact:uuid}/owner", name="contacts.hand_over", again="/contacts/{contact}/owner"
)
async def hand_over(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], contact: Path[UUID]
) -> Response[Any]:
    """A colleague follows it up."""
    await contacts.follow_up_for(db, viewer, contact)
    typed = form.read(OwnerForm)
    await contacts.hand_over(db, viewer, contact, to=typed.to, aside=typed.aside, now=visit.now)
    return await visit.done(db, form, "/worklist", said="handed_over")


def _on(day: date) -> dict[str, str]:
    """This day, as the form asks for it."""
    return {
        "next_choice": "other", "next_day": str(day.day), "next_month": month_name(day.month),
        "next_year": str(day.year),
    }  # fmt: skip


after("contact_noted", lambda: _("Het gesprek is bewaard."))
after(
    "no_calls",
    lambda: _("Bewaard: hierover bellen wij niet meer. Wat er opgeschreven was, is gewist."),
)
after("handed_over", lambda: _("Uw collega doet dit nu, en ziet het op de werklijst."))

ROUTES = [new_contact, create, on_paper, show_owner, hand_over]
