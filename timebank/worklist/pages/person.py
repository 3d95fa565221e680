"""One person: what a worker needs in a minute before the call. The look is written down first."""

from datetime import date, timedelta
from typing import Annotated, Any, cast, get_args
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import contacts, exchanges, introductions, parties, signals, ties
from timebank.contacts import LookPurpose
from timebank.kernel.db import Db
from timebank.kernel.fields import Choice
from timebank.kernel.forms import Form
from timebank.kernel.i18n import N_
from timebank.kernel.i18n import gettext as _
from timebank.kernel.numbers import phone_href
from timebank.signals import wording as signal_words
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit
from timebank.worklist import store

PURPOSES = cast(tuple[LookPurpose, ...], get_args(LookPurpose))
SAME_LOOK = timedelta(minutes=1)
"""The page that follows the question is the look that was just written down."""


@get("/worklist/parties/{party:uuid}", name="worklist.person")
async def person(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """What must I know before I call? As long as nobody took the signal, no names."""
    community, today = viewer.community_id, visit.today
    found = await contacts.person_for(db, viewer, party)
    await contacts.count_page(db, viewer, now=visit.now)
    why = await contacts.looking(db, viewer, party, now=visit.now)
    if why is None:
        return visit.page(
            "worklist/purpose.html", person=found, form=visit.form(f"/worklist/parties/{party}/looks"),
            purposes=[(code, contacts.wording.purpose_words(code)) for code in PURPOSES],
        )  # fmt: skip
    if visit.now - why.at > SAME_LOOK:
        await contacts.look(db, viewer, party, now=visit.now, purpose=why.purpose)
    told = await signals.signals_of(db, community, party)
    call = await signals.call_of(db, viewer, party, today=today)
    signal = None if call else next((s for s in told if s.is_open), None)
    untaken = call is not None or (signal is not None and signal.state == "raised")
    talks, sealed = await contacts.talks_for(db, viewer, party)
    running = [] if untaken else await exchanges.open_of(db, community=community, party=party)
    return visit.page(
        "worklist/person.html",
        person=found,
        phone_href=phone_href(found.phone),
        signal=signal,
        **(await _of_signal(visit, db, viewer, signal) if signal else {"steps": []}),
        untaken=untaken,
        closed=[s for s in told if not s.is_open][:3],
        consent=await parties.consent(db, community, party, parties.WORKER_CALL),
        circle=None
        if untaken
        else await ties.picture_of(db, community, party, me=found.call_name, on=today),
        counts=await ties.counts(db, community, party, today=today),
        posts=await store.posts_of(db, community, party),
        open_exchanges=await exchanges.lines(
            db, visit.community, None, running[:20], now=visit.now
        ),
        talks=talks,
        agreed=[] if untaken else await _agreed(db, viewer, found, signal, talks, today),
        sealed=sealed,
        notes_form=visit.form(f"/worklist/parties/{party}/notes"),
        colleagues=await contacts.colleagues_for(db, viewer, found, now=visit.now),
        act_form=visit.form(f"/parties/{party}/acting-for"),
        call=call,
        heard=await signals.told_about(db, viewer, party),
        said_words=signals.said_wording,
        words_for=parties.wording,
        signal_words=signal_words,
        contact_words=contacts.wording,
    )


async def _of_signal(
    visit: Visit, db: Db, viewer: Viewer, signal: signals.Signal
) -> dict[str, Any]:
    """What the page says of an open signal, and what can be done with it."""
    today = visit.today
    outlook = (await signals.outlooks(db, viewer.community_id, [signal])).get(signal.id)
    return {
        "reasons": signal_words.sentences(signal.reasons, today),
        "stale": signal.reasons_on < today - timedelta(days=2),
        "mine": signal.owner_id == viewer.party_id,
        "steps": await signals.steps_of(db, viewer.community_id, signal.id),
        "outlook": signal_words.outlook_words(outlook, today) if outlook else [],
        "take_form": visit.form(f"/signals/{signal.id}/taking"),
        "over_form": visit.form(f"/signals/{signal.id}/owner"),
    }


async def _agreed(
    db: Db, viewer: Viewer, person: parties.Party, signal: signals.Signal | None,
    talks: list[contacts.Contact], today: date,
) -> list[str]:  # fmt: skip
    """What was agreed and still runs: the plan, the next date, neighbours to meet."""
    found = []
    if signal is not None and signal.state == "plan" and signal.plan and signal.due_on:
        day = signal_words.short_day(signal.due_on, today)
        plan = signal_words.plan_words(signal.plan)
        found.append(_("%(plan)s. U vraagt op %(day)s hoe het ging.", plan=plan, day=day))
    for talk in talks:
        if talk.follow_up_on is not None and talk.followed_up_at is None:
            day = signal_words.short_day(talk.follow_up_on, today)
            found.append(_("U belt weer op %(day)s.", day=day))
    for past in await introductions.of_party(db, viewer.community_id, person.id):
        if past.state != "closed":
            said = introductions.wording.state_words(past.state, person.call_name)
            found.append(_("Kennismaken met een buur. %(said)s", said=said))
    return found


class PurposeForm(msgspec.Struct, kw_only=True):
    """Why."""

    purpose: Annotated[str, Choice(*PURPOSES, ask=N_("Kies waarom u kijkt."))]


@post(
    "/worklist/parties/{party:uuid}/looks", name="worklist.look", again="/worklist/parties/{party}"
)
async def look(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """Why do I look? Asked once a day; the member reads it."""
    await contacts.person_for(db, viewer, party)
    purpose = cast(LookPurpose, form.read(PurposeForm).purpose)
    await contacts.look(db, viewer, party, now=visit.now, purpose=purpose)
    return await visit.done(db, form, f"/worklist/parties/{party}")


ROUTES = [person, look]
