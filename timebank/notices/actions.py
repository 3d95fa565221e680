"""Verbs of the notices."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from timebank.kernel import outbox
from timebank.kernel.db import Db
from timebank.kernel.ids import new_id
from timebank.notices import store


async def tell(
    db: Db, *, community: int, to: UUID, kind: str, now: datetime,
    about: tuple[str, UUID] | None = None, **details: UUID | int | str | date,
) -> None:  # fmt: skip
    """Something `to` should hear, by the way they chose. Details are ids (named …_id), numbers,
    dates and codes; never a name or a sentence."""
    plain: dict[str, Any] = {
        key: value.isoformat() if isinstance(value, date)
        else str(value) if isinstance(value, UUID) else value
        for key, value in details.items()
    }  # fmt: skip
    id_ = new_id()
    way = await store.insert(
        db, community=community, id_=id_, party=to, kind=kind, details=plain, about=about, now=now
    )
    if way == "email":
        await _mail(db, community, id_, now)


async def tell_by_mail_too(
    db: Db, *, community: int, to: UUID, kind: str, now: datetime, about: tuple[str, UUID]
) -> None:
    """As `tell`, and by mail to whoever has an address: what touches the way in is heard by all."""
    id_ = new_id()
    way = await store.insert(
        db, community=community, id_=id_, party=to, kind=kind, details={}, about=about, now=now
    )
    if way is not None:
        await _mail(db, community, id_, now)


async def _mail(db: Db, community: int, notice: UUID, now: datetime) -> None:
    await outbox.put(
        db, community=community, kind="notice.mail", payload={"notice": str(notice)}, now=now
    )


async def withdraw(
    db: Db, *, community: int, about_id: UUID, now: datetime, kind: str | None = None
) -> None:
    """What is no longer so (a cancelled appointment) is not told any more."""
    await store.withdraw(db, community=community, about_id=about_id, kind=kind, now=now)
