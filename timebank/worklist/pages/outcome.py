"""A closed signal: did it help? The circle as it was then, and as it became."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import contacts, signals, ties
from timebank.kernel.db import Db
from timebank.signals import wording as signal_words
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


@get("/signals/{signal:uuid}", name="signals.show")
async def show(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], signal: Path[UUID]
) -> Response[Any]:
    """Did it help? An open one is on the person's page, where there is something to do; and there
    the worker first says why they look."""
    found, person = await signals.signal_for(db, viewer, signal)
    why = await contacts.looking(db, viewer, person.id, now=visit.now)
    if found.state != "closed" or why is None:
        return see_other(visit.url(f"/worklist/parties/{person.id}"))
    await contacts.look(db, viewer, person.id, now=visit.now, purpose=why.purpose)
    before, after = [
        await ties.picture_of(db, viewer.community_id, person.id, me=person.call_name, on=day)
        for day in (found.opened_on, signals.looked_back_on(found, visit.today))
    ]
    return visit.page(
        "signals/show.html",
        signal=found,
        person=person,
        reasons=signal_words.sentences(found.reasons, found.reasons_on),
        steps=await signals.steps_of(db, viewer.community_id, found.id),
        before=before,
        after=after,
        grew=ties.grew(before, after),
        signal_words=signal_words,
    )


ROUTES = [show]
