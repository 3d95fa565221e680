"""What a member prints about themselves: the week, posts, an appointment, a receipt, a letter."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import areas, exchanges, hours, membership, parties, posts
from timebank.kernel.db import Db
from timebank.kernel.refusals import NotFound
from timebank.papers import actions
from timebank.papers.model import address, receiver_of
from timebank.web import policy
from timebank.web.inject import Count, In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

WEEK_DAYS = 7
MOST = 20
STRIPS = 8
"""Strips to tear off a poster."""


async def _note(db: Db, viewer: Viewer, visit: Visit) -> None:
    """A worker who acts for a member puts something of theirs on paper: it stands in their log."""
    if viewer.acting_for is not None:
        await actions.printed(db, viewer, "paper.printed", [viewer.subject_id], now=visit.now)


@get("/print/week", name="papers.week")
async def week(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What comes in seven days, and what waits for me."""
    policy.demand(viewer, "own.see")
    await _note(db, viewer, visit)
    waiting, coming = await exchanges.waiting_and_coming(
        db, viewer, visit.community, now=visit.now, waiting=MOST, coming=MOST
    )
    last = visit.today + timedelta(days=WEEK_DAYS)
    balance = await hours.balance(
        db, community=viewer.community_id, party=viewer.subject_id, now=visit.now
    )
    return visit.page(
        "papers/week.html",
        waiting=waiting,
        coming=[line for line in coming if line.planned_on and line.planned_on <= last],
        last=last,
        time=hours.balance_title(balance.minutes, visit.community.words),
    )


@get("/print/posts", name="papers.own_posts")
async def own_posts(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """What I ask and what I offer."""
    policy.demand(viewer, "own.see")
    await _note(db, viewer, visit)
    needs = await posts.mine(db, viewer, "need", now=visit.now)
    offers = await posts.mine(db, viewer, "offer", now=visit.now)
    return visit.page(
        "papers/own_posts.html",
        needs=[(own.post, posts.own_state(own, visit.today)) for own in needs],
        offers=[(own.post, posts.own_state(own, visit.today)) for own in offers],
    )


@get("/print/posts/{post_id:uuid}", name="papers.poster")
async def poster(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], post_id: Path[UUID]
) -> Response[Any]:
    """A poster of one's own post, with strips to tear off. It may hang anywhere: it names nobody but
    who to ring."""
    found = await posts.post_for(db, viewer, post_id, now=visit.now)
    if found.by.id != viewer.subject_id or not found.is_open:
        raise NotFound
    return visit.page("papers/poster.html", post=found, strips=STRIPS, opens=visit.on_paper("/"))


@get("/print/exchanges/{exchange_id:uuid}", name="papers.appointment")
async def appointment(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], exchange_id: Path[UUID]
) -> Response[Any]:
    """A card for an appointment with a day: what, who, when, where; the number as the page shows it."""
    policy.demand(viewer, "exchange.take_part")
    by = exchanges.By.viewer(viewer)
    found = await exchanges.for_party(db, by, exchange_id)
    if found.state != "planned":
        raise NotFound
    await _note(db, viewer, visit)
    facts = await exchanges.everything_of(db, visit.community, found, by.subject_id, now=visit.now)
    return visit.page("papers/appointment.html", sheet=facts, e=found)


@get("/print/receipt", name="papers.receipt")
async def receipt(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], line: Count = None
) -> Response[Any]:
    """One line of one's own statement. `line`: its number there."""
    policy.demand(viewer, "hours.see_own")
    if line is None:
        raise NotFound
    community = viewer.community_id
    found = await hours.statement(
        db, community=community, party=viewer.subject_id, before=line + 1, limit=1
    )
    if not found or found[0].seq != line:
        raise NotFound
    await _note(db, viewer, visit)
    cards = await parties.cards(db, community, {*found[0].others, found[0].booked_by})
    vouchers = await hours.vouchers_of(db, community=community, lines=found)
    return visit.page(
        "papers/receipt.html",
        row=hours.wording.row(found[0], cards, visit.community, visit.today, vouchers),
        owner=await parties.party(db, community, viewer.subject_id),
    )


@get("/print/leaving", name="papers.leaving")
async def leaving(visit: In[Visit], viewer: In[Viewer], db: In[Db]) -> Response[Any]:
    """A letter for who stops: until when they can come back, and what happens then."""
    community, party = viewer.community_id, viewer.subject_id
    left = await membership.leaving_of(db, community=community, party=party)
    if left is None:
        raise NotFound
    await _note(db, viewer, visit)
    member = await parties.party(db, community, party)
    rule = await areas.letter_rule(db, community)
    to = receiver_of(member)
    balance = await hours.balance(db, community=community, party=party, now=visit.now)
    return visit.page(
        "papers/leaving.html", to=to, address=address(to, rule.town), window=rule.window,
        final_on=left.final_on, minutes=balance.minutes,
        helped=await membership.times_helped(db, community=community, party=party),
    )  # fmt: skip


ROUTES = [week, own_posts, poster, appointment, receipt, leaving]
