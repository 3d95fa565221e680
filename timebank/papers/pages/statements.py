"""The statement of a member who gets it by post."""

from typing import Any
from uuid import UUID

from litestar import Response, get

from timebank import areas, hours, parties
from timebank.kernel.db import Db
from timebank.kernel.i18n import speaking
from timebank.papers import actions
from timebank.papers.model import address, receiver_of
from timebank.papers.sheets import Places
from timebank.web.inject import In, Path
from timebank.web.viewer import Viewer
from timebank.web.visit import Visit

MOST = 60
"""Lines that a letter holds; who wants more asks for it."""


@get("/print/parties/{party:uuid}/statement", name="papers.statement")
async def statement(
    visit: In[Visit], viewer: In[Viewer], db: In[Db], party: Path[UUID]
) -> Response[Any]:
    """What a member has and how it came about, in their language, to put in an envelope."""
    member = await actions.of_mine(db, viewer, party)
    community = viewer.community_id
    await actions.printed(db, viewer, "statement.printed", [party], now=visit.now)
    lines = await hours.statement(db, community=community, party=party, limit=MOST + 1)
    lines, older = lines[:MOST], len(lines) > MOST
    balance = await hours.balance(db, community=community, party=party, now=visit.now)
    cards = await parties.cards(
        db, community, {id_ for line in lines for id_ in (*line.others, line.booked_by)}
    )
    vouchers = await hours.vouchers_of(db, community=community, lines=lines)
    about = await Places(db, visit).at(member.area_id, member.language)
    rule = await areas.letter_rule(db, community)
    with speaking(member.language):
        title = hours.balance_title(balance.minutes, about.words)
        rows = [hours.wording.row(line, cards, about, visit.today, vouchers) for line in lines]
    sheet = visit.part(
        "papers/_statement.html", language=member.language, about=about, words=about.words,
        to=member, address=address(receiver_of(member), rule.town), window=rule.window,
        title=title, rows=rows, older=older,
    )  # fmt: skip
    return visit.page("papers/statement.html", sheet=sheet, to=member)


ROUTES = [statement]
