"""The circle of one person as pages show it: who is in it, and the two drawings."""

from datetime import date
from uuid import UUID

import msgspec

from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.i18n import ngettext
from timebank.ties import rings, store
from timebank.ties.drawing import DESKTOP, PHONE, Drawing
from timebank.ties.model import Met


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """A circle on a day. `people`: those who count, and the worker spoken to last, the latest first;
    `gone`: who left or died. `more`: how many stand in the table only."""

    on: date
    people: list[Met]
    gone: list[Met]
    more: int
    phone: Drawing
    desktop: Drawing

    @property
    def neighbours(self) -> list[Met]:
        """Who counts: a worker does not."""
        return [met for met in self.people if not met.is_worker]

    @property
    def lately(self) -> list[Met]:
        """Whom she met in the three months before."""
        return [met for met in self.neighbours if met.ring(self.on) == 0]


async def of_member(db: Db, community: int, party: UUID, *, me: str, on: date) -> Picture:
    """The circle as it stood on a day, for a worker who may see this member."""
    met = await store.circle(db, community, party, on=on)
    talks = await store.talked_with(db, community, party, on=on)
    here = [one for one in met if not one.gone]
    return picture([*here, *talks], [one for one in met if one.gone], me=me, on=on)


async def of_oneself(db: Db, community: int, party: UUID, *, on: date) -> Picture:
    """The circle as the member sees it: who hides, left or died is not named."""
    met = await store.circle(db, community, party, on=on)
    talks = await store.talked_with(db, community, party, on=on)
    shown = [one for one in met if not one.gone and not one.hidden]
    return picture([*shown, *talks], [], me=_("U"), on=on)


def picture(people: list[Met], gone: list[Met], *, me: str, on: date) -> Picture:
    """Both drawings of these people, in the reader's language."""
    shown = rings.drawn(people)
    near = [met.ring(on) for met in shown]
    more = len(people) - len(shown)
    foot = ngettext("en nog %(n)d buur", "en nog %(n)d buren", more) if more else ""
    names = (_("3 maanden"), _("1 jaar"), _("langer geleden"))
    phone, desktop = (rings.draw(shown, me, near, names, foot, size) for size in (PHONE, DESKTOP))
    return Picture(on=on, people=people, gone=gone, more=more, phone=phone, desktop=desktop)


class Grew(msgspec.Struct, frozen=True):
    """Somebody in two circles of one member: how often they had met by the first day and by the second;
    None when not in it."""

    who: Met
    then: int | None
    later: int | None


def grew(before: Picture, after: Picture) -> list[Grew]:
    """Both circles side by side, who is new first."""
    then = {met.id: met for met in before.neighbours}
    later = {met.id: met for met in after.neighbours}
    everybody = then | later
    found = [
        Grew(
            who, then[id_].times if id_ in then else None,
            later[id_].times if id_ in later else None,
        )
        for id_, who in everybody.items()
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.then is not None, -one.who.last_on.toordinal()))
