"""Verbs of the areas. Rights are decided by the pages; audit is written by whoever calls."""

from datetime import datetime
from uuid import UUID

from timebank.areas import store
from timebank.areas.model import RESERVED_SLUGS
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Invalid
from timebank.kernel.text import sort_key


async def found_community(
    db: Db, *, slug: str, name: str, hue: int, welcome: str, demo: bool, now: datetime
) -> tuple[int, UUID]:
    """A new community with its own root area: (its id, the root's id).

    `db` may write the table of communities, so it is the owner's. Raises Invalid when the short
    name is taken or is a word of the platform's own addresses.
    """
    if slug in RESERVED_SLUGS:
        raise Invalid({"slug": _("Deze korte naam kan niet: de site gebruikt hem zelf.")})
    id_ = await store.next_community_id(db)
    await store.insert_community(db, id_=id_, slug=slug, name=name, demo=demo, now=now)
    await store.insert_profile(db, community=id_, hue=hue, welcome=welcome)
    root = new_id()
    await store.insert_area(
        db, community=id_, id_=root, parent=None, kind="community", name=name,
        sort_name=sort_key(name), now=now,
    )  # fmt: skip
    return id_, root


async def add_neighbourhood(
    db: Db, *, community: int, parent: UUID, name: str, now: datetime
) -> UUID:
    """A new neighbourhood. Raises Invalid when the name is taken."""
    id_ = new_id()
    await store.insert_area(
        db, community=community, id_=id_, parent=parent, kind="neighbourhood", name=name,
        sort_name=sort_key(name), now=now,
    )  # fmt: skip
    return id_


async def set_helper(
    db: Db, *, community: int, area: UUID, helper: UUID | None, phone: str | None,
    hours: str | None, walk_in: str | None,
) -> None:  # fmt: skip
    """The named person behind every screen in this area."""
    found = await store.area(db, community, area)
    await store.update_area(
        db, community=community, id_=area, name=found.name, sort_name=sort_key(found.name),
        helper=helper, phone=phone, hours=hours, walk_in=walk_in,
    )  # fmt: skip


async def add_place(
    db: Db, *, community: int, area: UUID, name: str, x_m: int | None = None,
    y_m: int | None = None,
) -> UUID:  # fmt: skip
    """A new place in a neighbourhood. Raises Invalid when the name is taken there."""
    id_ = new_id()
    await store.insert_place(
        db, community=community, id_=id_, area=area, name=name, sort_name=sort_key(name),
        x_m=x_m, y_m=y_m,
    )  # fmt: skip
    return id_
