"""A neighbourhood as its workers see it: who holds it together, and who stands apart."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.words import SMALL_COUNT
from timebank.ties import store, web
from timebank.ties.model import A_YEAR, Resident

NEW_FOR = timedelta(days=90)
"""Who came later and met nobody yet is not called apart."""
MOST_LISTED = 10


class Neighbourhood(msgspec.Struct, frozen=True):
    """Who met whom in a year. `rings`: how many people on each; `web` is None when nobody is there, or
    too many for a drawing. `hubs`: who met the most neighbours. `nobody`:
    who may be named of those who met nobody, only while a signal is open: of silence alone there is a
    count. `only_one`: who may be named of those who met one. `elsewhere`: some met people who live
    somewhere else."""

    rings: list[int]
    web: web.Web | None
    hubs: list[Resident]
    nobody: list[Resident]
    only_one: list[Resident]
    elsewhere: bool

    @property
    def counts_alone(self) -> bool:
        """Whether the drawing says no more than counts of five and more would: on paper, where anybody
        may read it, no smaller ring can be counted off."""
        return not any(0 < many < SMALL_COUNT for many in self.rings)

    @property
    def named(self) -> list[UUID]:
        """Who is named on the page because they stand apart."""
        return [who.id for who in (*self.nobody, *self.only_one)]


async def neighbourhood(
    db: Db, community: int, area: UUID, *, worker: UUID, today: date, seeking: Collection[UUID]
) -> Neighbourhood:
    """The web of a neighbourhood, for a worker of it. Nobody is named who hides, or for whom this
    worker stepped aside; who stands apart only under their own yes, and who met nobody only among
    `seeking`: about whom a signal is open."""
    met = await store.met_in_area(db, community, area, since=today - A_YEAR)
    everybody = await store.residents(db, community, area, worker=worker, today=today)
    many = {who.id: len(met.get(who.id, ())) for who in everybody}
    people = [who for who in everybody if many[who.id] or who.since_on <= today - NEW_FOR]
    counts = Counter(web.ring_of(many[who.id]) for who in people)
    hubs = sorted((who for who in people if who.may_name), key=lambda who: -many[who.id])
    pairs = _pairs(many, met)
    return Neighbourhood(
        rings=[counts[ring] for ring in range(len(web.RINGS))],
        web=_web(people, many, pairs) if 0 < len(people) <= web.MOST_DRAWN else None,
        hubs=[who for who in hubs if many[who.id] >= web.MANY][:MOST_LISTED],
        nobody=_apart(who for who in people if many[who.id] == 0 and who.id in seeking),
        only_one=_apart(who for who in people if many[who.id] == 1),
        elsewhere=sum(many.values()) > 2 * len(pairs),
    )


def _pairs(many: Mapping[UUID, int], met: Mapping[UUID, set[UUID]]) -> list[tuple[UUID, UUID]]:
    """Who met whom here, each pair once, when each counts for the other."""
    return [
        (one, other)
        for one in many
        for other in sorted(met.get(one, ()))
        if one < other and other in many and one in met.get(other, ())
    ]


def _web(
    people: Sequence[Resident], many: Mapping[UUID, int], pairs: Sequence[tuple[UUID, UUID]]
) -> web.Web:
    return web.draw(
        {who.id: many[who.id] for who in people}, pairs,
        {who.id: who.call_name for who in people if who.may_name},
        (*web.FIGURES, _("geen")),
    )  # fmt: skip


def _apart(people: Iterable[Resident]) -> list[Resident]:
    """Of these who may be named for standing apart: under their own yes; who is here longest first."""
    named = (who for who in people if who.may_name and who.agreed)
    return sorted(named, key=lambda who: who.since_on)[:MOST_LISTED]
