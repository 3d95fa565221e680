"""Member cards: made, printed, handed out; and what the code on one opens."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get, post

from timebank import membership
from timebank.kernel.db import Db
from timebank.kernel.forms import Form, NothingForm
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import parse_id
from timebank.kernel.refusals import Conflict
from timebank.papers import actions, sheets
from timebank.papers.fields import Ids
from timebank.web import policy
from timebank.web.inject import In, Path
from timebank.web.said import after
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit, see_other


class GivenForm(msgspec.Struct, kw_only=True):
    """Which cards were handed out."""

    card: Annotated[list[str], Ids()] = msgspec.field(default_factory=list)


async def _page(
    visit: Visit, viewer: Viewer, db: Db, cards: list[membership.cards.MemberCard], **more: Any
) -> Response[Any]:
    await actions.printed(
        db, viewer, "card.printed", [card.party_id for card in cards], now=visit.now
    )
    return visit.page(
        "papers/cards.html",
        cards=cards,
        sheets=await sheets.card_sheets(db, visit, cards),
        form=visit.form("/print/cards/given"),
        **more,
    )


@get("/print/cards", name="papers.cards")
async def cards(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """Cards that still have to be handed out, ten to a sheet."""
    found = await actions.cards_waiting(db, viewer)
    return await _page(visit, viewer, db, found, to=None, new_form=None)


@post("/print/cards", name="papers.make_cards", again="/print")
async def make_cards(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """A card for everybody in this worker's neighbourhoods who has none; fifty at a time."""
    policy.demand(viewer, "paper.make")
    form.read(NothingForm)
    community = viewer.community_id
    found = await membership.cards.without(db, community=community, areas=viewer.worker_areas)
    if not found:
        raise Conflict(_("Iedereen heeft al een kaart."))
    for member in found[: membership.cards.MOST]:
        await membership.cards.make(
            db, community=community, party=member.party_id, by=viewer.party_id, now=visit.now
        )
    return await visit.done(db, form, "/print/cards")


@get("/print/cards/{party:uuid}", name="papers.card")
async def card(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """The card of one member, or a button to make one."""
    member = await actions.of_mine(db, viewer, party)
    found = await membership.cards.card_of(
        db, community=viewer.community_id, areas=viewer.worker_areas, party=party
    )
    new_form = visit.form(f"/print/cards/{party}")
    return await _page(visit, viewer, db, [found] if found else [], to=member, new_form=new_form)


@post("/print/cards/{party:uuid}", name="papers.make_card", again="/print/cards/{party}")
async def make_card(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form], party: Path[UUID]
) -> Response[Any]:
    """A card for one member; the code of an older one opens nothing any more."""
    await actions.of_mine(db, viewer, party)
    form.read(NothingForm)
    await membership.cards.make(
        db, community=viewer.community_id, party=party, by=viewer.party_id, now=visit.now, new=True
    )
    return await visit.done(db, form, f"/print/cards/{party}", said="card_made")


@post("/print/cards/given", name="papers.cards_given", again="/print/cards")
async def cards_given(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], form: In[Form]
) -> Response[Any]:
    """These cards were handed out."""
    policy.demand(viewer, "paper.make")
    chosen = {id_ for text in form.read(GivenForm).card if (id_ := parse_id(text))}
    done = await actions.cards_given(db, viewer, chosen, now=visit.now)
    return await visit.done(db, form, "/print", said="cards_given" if done else "already")


@get("/card/{code:str}", name="papers.scan", public=True)
async def scan(visit: In[Visit], db: In[Db], code: Path[str]) -> Response[Any]:
    """What the code on a card opens: the sign-in page, which asks for the number; for a worker of
    that neighbourhood the member's page. It signs nobody in, and tells nobody else whether there
    is such a card."""
    viewer = visit.viewer
    if viewer is not None and policy.may(viewer, "paper.make"):
        found = await actions.card_of_mine(db, viewer, code)
        if found is not None:
            return see_other(visit.url(f"/parties/{found}/admin"))
    return see_other(visit.url("/session"))


after("card_made", lambda: _("De kaart is klaar om af te drukken. Een oude kaart werkt niet meer."))
after("cards_given", lambda: _("Bewaard: deze kaarten zijn gegeven."))

ROUTES = [cards, make_cards, card, make_card, cards_given, scan]
