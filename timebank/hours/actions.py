"""The verbs of the ledger. They take the transaction of the request and never open one.

Book once in a transaction, and late in it: the accounts stay locked until it ends.
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from timebank.hours import sentences, store
from timebank.hours.limits_model import Rules, problems_of
from timebank.hours.model import (
    MOST_MINUTES,
    Account,
    Booked,
    Fund,
    Kind,
    Opened,
    Seal,
    Side,
    wrong_with,
)
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.minutes import fits_unit
from timebank.kernel.refusals import Invalid, NotFound


async def open_books(
    db: Db, *, community: int, now: datetime, rules: Rules | None = None, set_by: UUID | None = None
) -> None:
    """The pot, the issue account and the first rules of a new community. Raises Invalid."""
    rules = rules or Rules()
    if problems := problems_of(rules):
        raise Invalid(problems)
    await store.add_rules(db, community, 1, rules, set_by, now)
    for fund in Fund:
        await store.open_fund(db, community, fund, new_id(), now)


async def open_account(
    db: Db, *, community: int, party: UUID, booked_by: UUID, now: datetime
) -> Opened:
    """A party's account with its starting hours, once: whoever left and returns has them already.

    Raises NotFound when the community's books are not open.
    """
    rules = await store.rules(db, community)
    if not await store.open_account(db, community, party, now):
        return Opened(party, True, None)
    if rules.starting_minutes == 0:
        return Opened(party, False, None)
    start = await book(
        db,
        community=community,
        idem=f"start:{party}",
        kind=Kind.START,
        entries=[(Fund.ISSUE, -rules.starting_minutes), (party, rules.starting_minutes)],
        booked_by=booked_by,
        now=now,
    )
    return Opened(party, False, start)


async def book(
    db: Db,
    *,
    community: int,
    idem: str,
    kind: Kind,
    entries: Sequence[Side],
    booked_by: UUID,
    now: datetime,
    done_on: date | None = None,
    exchange_id: UUID | None = None,
    corrects: UUID | None = None,
    words: str | None = None,
) -> Booked:
    """Move hours: two or more sides whose minutes sum to zero, each account once.

    `idem` is the key of the form, or `exchange:{id}:{round}`: the same key again gives the first
    result with `again` set, and books nothing. Raises Conflict or Invalid when a rule of the
    ledger says no (limits, key used for something else, exchange booked already).
    """
    with sentences.for_people():
        return await store.post(
            db,
            community,
            transfer=new_id(),
            idem=idem,
            kind=kind,
            sides=sorted(await _accounts(db, community, entries)),
            booked_by=booked_by,
            booked_at=now,
            done_on=done_on,
            exchange=exchange_id,
            corrects=corrects,
            words=words,
        )


async def _accounts(db: Db, community: int, entries: Sequence[Side]) -> list[tuple[UUID, int]]:
    if not any(isinstance(account, Fund) for account, _minutes in entries):
        return [(account, minutes) for account, minutes in entries if isinstance(account, UUID)]
    funds = await store.funds(db, community)
    return [
        (funds[account] if isinstance(account, Fund) else account, minutes)
        for account, minutes in entries
    ]


async def give(
    db: Db,
    *,
    community: int,
    idem: str,
    giver: UUID,
    to: Account,
    minutes: int,
    booked_by: UUID,
    now: datetime,
    words: str | None = None,
) -> Booked:
    """Give hours to a neighbour or to the pot. Never more than one has, and starting hours only
    after the community's term. Raises Invalid (fields `minutes`, `to`) or Conflict."""
    errors = {}
    rules = await store.rules(db, community)
    if minutes <= 0:
        errors["minutes"] = _("Vul meer dan 0 minuten in.")
    elif minutes > MOST_MINUTES:
        errors["minutes"] = _("Dat is te lang. Vul minder in.")
    elif not fits_unit(minutes, rules.unit_minutes):
        errors["minutes"] = _(
            "Kies een tijd in stappen van %(minutes)s minuten.", minutes=rules.unit_minutes
        )
    if to == booked_by != giver:  # abuse: giving to oneself while acting for another
        errors["to"] = _("U doet dit voor een ander. Aan uzelf kunt u dan geen tijd geven.")
    if to == giver:
        errors["to"] = _("Kies iemand anders dan uzelf.")
    if errors:
        raise Invalid(errors)
    return await book(
        db,
        community=community,
        idem=idem,
        kind=Kind.GIFT,
        entries=[(giver, -minutes), (to, minutes)],
        booked_by=booked_by,
        now=now,
        words=words,
    )


async def correct(
    db: Db,
    *,
    community: int,
    transfer: UUID,
    right: int = 0,
    sentence: str,
    booked_by: UUID,
    now: datetime,
) -> Booked:
    """Make a booking what it should have been, `right` minutes: what is too much is taken back by a
    counter-entry; what was forgotten of an exchange is booked beside it.

    Once per booking (a correction can itself be corrected once). Both sides read the sentence.
    Raises NotFound, Invalid (fields `minutes`, `sentence`) or Conflict: the limits hold here too.
    """
    old = await store.entries(db, community, transfer)
    if not old:
        raise NotFound
    was = await store.transfer(db, community, transfer)
    booked = max(abs(entry.minutes) for entry in old)
    errors = {}
    if not sentence.strip():
        errors["sentence"] = _("Schrijf op waarom dit verandert. Beide buren lezen dit.")
    if wrong := wrong_with(right, booked, was.kind, sides=len(old)):
        errors["minutes"] = wrong
    if errors:
        raise Invalid(errors)
    change = right - booked
    return await book(
        db,
        community=community,
        idem=f"correct:{transfer}",
        kind=Kind.CORRECTION if change < 0 else Kind.ADDITION,
        entries=[
            (e.account_id, -e.minutes if right == 0 else change if e.minutes > 0 else -change)
            for e in old
        ],
        booked_by=booked_by,
        now=now,
        exchange_id=was.exchange_id,
        corrects=transfer,
        words=sentence.strip(),
    )


async def seal(db: Db, *, community: int, now: datetime) -> Seal | None:
    """Seal all entries that no seal covers yet; None when nothing is new. For the job role."""
    return await store.seal(db, community, now)
