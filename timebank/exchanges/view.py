"""Exchanges as people see them in lists: a title, a name, and the one sentence."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from markupsafe import Markup

from timebank import parties
from timebank.exchanges import beside, lists, status
from timebank.exchanges.model import (
    By,
    Exchange,
    Proposal,
)
from timebank.exchanges.sentences import sentence
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.web.community import Community, Words
from timebank.web.viewer import Viewer


class Someone(msgspec.Struct, frozen=True):
    """A name for a page, also of who left; `here`: takes part, so can be written and rung."""

    id: UUID
    call_name: str
    full_name: str
    here: bool = False


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An exchange in a list. `sentence` is markup; `turn`: the lamp is on; `path` is in the
    community."""

    id: UUID
    title: str
    sentence: Markup
    other: Someone
    path: str
    turn: bool
    late: bool
    due_on: date | None
    planned_on: date | None
    minutes: int | None
    together: bool
    repeats: bool


def name_html(person: Someone | parties.Card) -> Markup:
    """A name inside a sentence; the same as the page's own macro gives."""
    return Markup('<bdi translate="no">{}</bdi>').format(person.call_name)


async def someone(db: Db, community: int, ids: Iterable[UUID | None]) -> dict[UUID, Someone]:
    """People by id; who was erased is "iemand die niet meer meedoet"."""
    wanted = {id_ for id_ in ids if id_ is not None}
    cards = await parties.cards(db, community, wanted)
    gone = _("iemand die niet meer meedoet")
    return {
        id_: Someone(id_, card.call_name, card.full_name, card.state in parties.TAKING_PART)
        if (card := cards.get(id_)) else Someone(id_, gone, gone)
        for id_ in wanted
    }  # fmt: skip


def mentioned(exchange: Exchange) -> list[UUID | None]:
    """Everybody whose name a sentence about this exchange may need."""
    return [*exchange.party_ids, exchange.owner_id, exchange.settled_by_id]


def facts_for(
    exchange: Exchange, me: UUID | None, people: dict[UUID, Someone], worker: Any, today: date,
    proposal: Proposal | None, words: Words,
) -> status.Facts:  # fmt: skip
    """What the sentences need; a worker who has the next step is named instead of who helps here."""
    owner = exchange.owner_id
    if owner is not None and owner not in exchange.party_ids and owner in people:
        worker = name_html(people[owner])
    return status.Facts(
        exchange=exchange, today=today, me=me, worker=worker, proposal=proposal, words=words,
        html=True,
        names={id_: name_html(person) for id_, person in people.items()},
    )  # fmt: skip


def sentence_html(facts: status.Facts) -> Markup:
    """The one sentence as markup: names as the page's macro writes them, all else escaped."""
    return Markup(sentence(facts))  # noqa: S704  # `say` escaped every value


def helper_name(community: Community) -> Any:
    """Who helps here, by name, else by the community's own word."""
    if community.helper is None:
        return community.words.worker.the
    return Markup('<bdi translate="no">{}</bdi>').format(community.helper.call_name)


async def lines(
    db: Db, community: Community, me: UUID | None, found: Sequence[Exchange], *, now: datetime
) -> list[Line]:
    """Exchanges as lines, each with its one sentence for this reader."""
    today = local_date(now)
    ids = [id_ for exchange in found for id_ in mentioned(exchange)]
    people = await someone(db, community.id, ids)
    asked = [e.id for e in found if e.next_action == "answer_proposal"]
    proposals = await beside.open_proposals(db, community.id, asked) if asked else {}
    made = []
    for exchange in found:
        facts = facts_for(
            exchange, me, people, helper_name(community), today, proposals.get(exchange.id),
            community.words,
        )  # fmt: skip
        made.append(
            Line(
                id=exchange.id, title=exchange.title, sentence=sentence_html(facts),
                other=people[exchange.other(me or exchange.party_ids[0])],
                path=f"/exchanges/{exchange.id}", turn=status.is_turn(exchange, me, today),
                late=exchange.is_open and exchange.due_on is not None and exchange.due_on < today,
                due_on=exchange.due_on, planned_on=exchange.planned_on,
                minutes=exchange.minutes or exchange.on_the_table or exchange.planned_minutes,
                together=exchange.together, repeats=exchange.series_id is not None,
            )
        )  # fmt: skip
    return made


async def waiting_and_coming(
    db: Db, viewer: Viewer, community: Community, *, now: datetime, waiting: int, coming: int
) -> tuple[list[Line], list[Line]]:
    """What waits for this member's own act, the most urgent first, and appointments with a day, the
    nearest first; at most so many of each. Names are looked up once for both."""
    by = By.viewer(viewer)
    found = await lists.open_lists(db, by, today=local_date(now), waiting=waiting, coming=coming)
    told = list(zip(found, await lines(db, community, by.subject_id, found, now=now), strict=True))
    return (
        [line for one, line in told if one.list == "waiting"],
        [line for one, line in told if one.list == "coming"],
    )
