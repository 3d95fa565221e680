"""Hour notes whose last day comes: a word before it, and the hours back after it."""

from datetime import date, datetime, timedelta

from timebank import hours, notices
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.vouchers import store
from timebank.vouchers.actions import give_back
from timebank.vouchers.model import WARN_DAYS, Over


async def run(db: Db, *, community: int, now: datetime) -> None:
    """Tell whose notes end within a month; give back what nobody redeemed, to who made it or, when
    that is nobody any more, to the pot. For the job runner."""
    today = local_date(now)
    for over in await store.over(db, community=community, today=today):
        to: hours.Account = over.maker_id if over.maker_is_here else hours.Fund.POT
        await give_back(
            db, community=community, id_=over.id, from_states=(over.state,), to=to,
            minutes=over.minutes, by=over.maker_id, now=now,
        )  # fmt: skip
        if over.maker_is_here:
            await _tell(db, community, over, "voucher_back", now)
    before = today + timedelta(days=WARN_DAYS)
    for over in await store.to_warn(db, community=community, today=today, before=before):
        await _tell(db, community, over, "voucher_ending", now)


async def _tell(db: Db, community: int, over: Over, kind: str, now: datetime) -> None:
    details: dict[str, int | str | date] = {"number": over.number, "minutes": over.minutes}
    if over.valid_until is not None:
        details["on"] = over.valid_until
    await notices.tell(
        db, community=community, to=over.maker_id, kind=kind, now=now,
        about=("vouchers", over.id), **details,
    )  # fmt: skip
