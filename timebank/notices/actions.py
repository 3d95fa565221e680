"""Verbs of the notices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.notices import store

Detail = UUID | int | str | date
HELPED_WITH = ("exchange", "post")
"""What a helper hears along with the member: talk, appointments, posts."""


async def tell(
    db: Db, *, community: int, to: UUID, kind: str, now: datetime,
    about: tuple[str, UUID] | None = None, **details: Detail,
) -> None:  # fmt: skip
    """Something `to` should hear, by the way they chose. Details are ids (named …_id), numbers,
    dates and codes; never a name or a sentence. Helpers who may, hear it too."""
    plain = _plain(details)
    id_ = new_id()
    way = await store.insert(
        db, community=community, id_=id_, party=to, kind=kind, details=plain, about=about, now=now
    )
    if way == "email":
        await _mail(db, community, id_, now)
    if way is not None and about is not None and about[0] in HELPED_WITH:
        for copy in await store.insert_copies(db, community=community, id_=id_, now=now):
            await _mail(db, community, copy, now)


async def tell_by_mail_too(
    db: Db, *, community: int, to: UUID, kind: str, now: datetime, about: tuple[str, UUID],
    **details: Detail,
) -> None:  # fmt: skip
    """As `tell`, and by mail to whoever has an address: what touches the way in is heard by all."""
    id_ = new_id()
    way = await store.insert(
        db, community=community, id_=id_, party=to, kind=kind, details=_plain(details), about=about,
        now=now,
    )  # fmt: skip
    if way is not None:
        await _mail(db, community, id_, now)


async def withdraw_copies(
    db: Db, *, community: int, of: UUID, now: datetime, helper: UUID | None = None
) -> None:
    """What helpers (or this one) did not read yet of a member is told no more."""
    await store.withdraw_copies(db, community=community, of=of, helper=helper, now=now)


def _plain(details: dict[str, Detail]) -> dict[str, Any]:
    return {
        key: value.isoformat() if isinstance(value, date)
        else str(value) if isinstance(value, UUID) else value
        for key, value in details.items()
    }  # fmt: skip


async def _mail(db: Db, community: int, notice: UUID, now: datetime) -> None:
    await outbox.put(
        db, community=community, kind="notice.mail", payload={"notice": str(notice)}, now=now
    )


async def withdraw(
    db: Db, *, community: int, about_id: UUID, now: datetime, kind: str | None = None
) -> None:
    """What is no longer so (a cancelled appointment) is not told any more."""
    await store.withdraw(db, community=community, about_id=about_id, kind=kind, now=now)
