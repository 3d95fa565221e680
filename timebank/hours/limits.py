"""The community's rules for hours, and personal exceptions to its limits."""

from datetime import date, datetime
from uuid import UUID

import asyncpg

from timebank.hours import sentences, store
from timebank.hours.limits_model import Rules, problems_of
from timebank.hours.model import MOST_MINUTES
from timebank.kernel.dates import local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.refusals import Conflict, Invalid, NotFound


async def set_rules(db: Db, *, community: int, rules: Rules, set_by: UUID, now: datetime) -> Rules:
    """Decide anew; `rules.version` is the one the admin saw. Nobody's balance is touched: who is
    beyond a new limit can only move inwards.

    Raises Invalid (all fields at once), or Conflict when somebody decided in the meantime.
    """
    if problems := problems_of(rules):
        raise Invalid(problems)
    try:
        await store.add_rules(db, community, rules.version + 1, rules, set_by, now)
    except asyncpg.UniqueViolationError as exc:
        raise Conflict(
            _("Iemand anders heeft deze regels net veranderd. Kijk ze eerst nog eens na.")
        ) from exc
    return await store.rules(db, community)


async def grant_exception(
    db: Db,
    *,
    community: int,
    party: UUID,
    low: int | None,
    high: int | None,
    reason: str,
    starts_on: date,
    ends_on: date,
    granted_by: UUID,
    now: datetime,
) -> UUID:
    """Widen a party's limits from `starts_on` up to and including `ends_on`; None leaves a limit.

    Raises Invalid (fields `low`, `high`, `reason`, `ends_on`), Conflict when one runs already,
    NotFound when the party has no account.
    """
    errors = {}
    if low is None and high is None:
        errors["low"] = _("Vul de grens in die anders wordt.")
    if low is not None and not -MOST_MINUTES <= low <= 0:
        errors["low"] = _("Zoveel meer krijgen kan hier niet. Vul minder in.")
    if high is not None and not 0 <= high <= MOST_MINUTES:
        errors["high"] = _("Zoveel meer geven kan hier niet. Vul minder in.")
    if not reason.strip():
        errors["reason"] = _("Schrijf op waarom.")
    if ends_on < max(starts_on, local_date(now)):
        errors["ends_on"] = _("Kies een laatste dag die nog komt.")
    if errors:
        raise Invalid(errors)
    exception_id = new_id()
    with sentences.for_people():
        await store.grant_exception(
            db,
            community,
            exception_id=exception_id,
            party=party,
            low=low,
            high=high,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=reason.strip(),
            granted_by=granted_by,
            now=now,
        )
    return exception_id


async def end_exception(
    db: Db, *, community: int, exception: UUID, ended_by: UUID, now: datetime
) -> None:
    """End an exception before its last day; the balance stays as it is. Raises NotFound."""
    if not await store.end_exception(db, community, exception, ended_by, now):
        raise NotFound
