"""Verbs of an appointment: propose a day, agree, and what the others on the post hear."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from timebank import hours, notices, posts
from timebank.exchanges import beside, lists, store
from timebank.exchanges.hands import changed, note, taken, tell_others
from timebank.exchanges.model import (
    AGREED,
    MOST_IN_SERIES,
    PLAN_DAYS,
    TALK_DAYS,
    By,
    Exchange,
    Proposal,
)
from timebank.kernel.dates import exists, local_date
from timebank.kernel.db import Db
from timebank.kernel.i18n import gettext as _
from timebank.kernel.ids import new_id
from timebank.kernel.minutes import fits_unit, unit_sentence
from timebank.kernel.refusals import Conflict, Invalid
from timebank.kernel.series import Every, Series
from timebank.kernel.series import dates as dates_of
from timebank.kernel.words import clock

FURTHEST_DAYS = 400
"""No appointment and no series goes beyond this."""


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody proposes. `every` with `until_on`: it comes back."""

    minutes: int
    on_date: date | None = None
    at_time: time | None = None
    meet_at: str = ""
    every: Every | None = None
    until_on: date | None = None


def problems_of(plan: Plan, today: date, unit_minutes: int) -> dict[str, str]:
    """What is wrong with a plan, one sentence per field (`on`, `at`, `time`, `every`, `until`)."""
    problems = {}
    if not fits_unit(plan.minutes, unit_minutes):
        problems["time"] = unit_sentence(plan.minutes, unit_minutes)
    if plan.on_date is not None and plan.on_date < today:
        problems["on"] = _("Kies vandaag, of een dag die nog komt.")
    elif plan.on_date is not None and plan.on_date > today + timedelta(days=FURTHEST_DAYS):
        problems["on"] = _("Dat is erg ver weg. Kies een dag binnen een jaar.")
    if plan.at_time is not None and plan.on_date is None:
        problems["on"] = _("Kies ook een dag, dan weet uw buur wanneer.")
    elif plan.on_date and plan.at_time and not exists(plan.on_date, plan.at_time):
        problems["at"] = _(
            "Die nacht gaat de klok een uur vooruit. %(clock)s is er dan niet.",
            clock=clock(plan.at_time),
        )
    if plan.every is not None:
        problems |= _series_problems(plan)
    return problems


def _series_problems(plan: Plan) -> dict[str, str]:
    if plan.on_date is None or plan.at_time is None:
        return {"every": _("Kies ook een dag en een tijd voor de eerste keer.")}
    if plan.until_on is None:
        return {"until": _("Vul in tot en met welke dag het terugkomt.")}
    if plan.until_on <= plan.on_date:
        return {"until": _("Kies een laatste dag die na de eerste keer komt.")}
    if len(series_days(plan)) > MOST_IN_SERIES:
        return {"until": _("Dat is te vaak. Het kan niet meer dan %(n)s keer.", n=MOST_IN_SERIES)}
    if len(series_days(plan)) < 2:
        return {
            "until": _("Tot en met die dag is het maar één keer. Kies een latere dag, of één keer.")
        }
    return {}


def series_days(plan: Plan | Proposal) -> list[date]:
    """The days of a plan that comes back; one more than allowed shows that it is too many."""
    if plan.every is None or plan.on_date is None or plan.at_time is None:
        return [plan.on_date] if plan.on_date else []
    return dates_of(
        Series(plan.on_date, plan.at_time, plan.every, plan.until_on, MOST_IN_SERIES + 1)
    )


async def propose(db: Db, by: By, id_: UUID, plan: Plan, *, now: datetime) -> UUID:
    """A day, a time and how long; the other answers. An older proposal makes way for it.

    Raises Invalid with all fields at once, or Conflict when the appointment is over.
    """
    today = local_date(now)
    rules = await hours.rules(db, community=by.community)
    found = await taken(db, by, id_)
    if found.state not in ("talking", *AGREED):
        raise changed()
    if problems := problems_of(plan, today, rules.unit_minutes):
        raise Invalid(problems)
    if plan.every is not None and found.series_id is not None:
        raise Invalid(
            {"every": _("Dit is al een vaste afspraak. Verander hier alleen deze ene keer.")}
        )
    proposal = await beside.insert_proposal(
        db, by, id_, on_date=plan.on_date, at_time=plan.at_time, minutes=plan.minutes,
        meet_at=plan.meet_at, every=plan.every, until_on=plan.until_on, now=now,
    )  # fmt: skip
    other = found.other(by.subject_id)
    due_on = today + timedelta(days=TALK_DAYS)
    await store.set_turn(
        db, by.community, id_, next_action="answer_proposal", owner=other, asked=other,
        due_on=min(due_on, max(today, plan.on_date)) if plan.on_date else due_on,
    )  # fmt: skip
    await note(db, by, id_, "proposed", now, minutes=plan.minutes)
    when = {"on": plan.on_date} if plan.on_date else {}
    await tell_others(db, by, found, "proposed", now, minutes=plan.minutes, **when)
    return proposal


async def agree(db: Db, by: By, id_: UUID, *, proposal: UUID, now: datetime) -> Exchange:
    """Yes to the proposal that was on the page.

    One need, one helper: its other talks end kindly. Raises Conflict when the proposal changed,
    when another neighbour was quicker, or when hours would go beyond a limit.
    """
    seen = await store.for_party(db, by, id_)
    await _take_post(db, by, seen, now)
    found = await taken(db, by, id_)
    accepted = await beside.accept_proposal(db, by, id_, proposal, now)
    if accepted is None:
        raise changed()
    today = local_date(now)
    if accepted.on_date is not None and accepted.on_date < today:
        raise Conflict(_("Die dag is al voorbij. Stel samen een nieuwe dag voor."))
    await _within_limits(db, by.community, found, accepted.minutes, now)
    await _store_agreement(db, by, found, accepted, now)
    await note(db, by, id_, "agreed", now, minutes=accepted.minutes)
    when = {"on": accepted.on_date} if accepted.on_date else {}
    await tell_others(db, by, found, "agreed", now, minutes=accepted.minutes, **when)
    await _tell_the_rest(db, by, found, now)
    return found


async def _take_post(db: Db, by: By, seen: Exchange, now: datetime) -> None:
    """The need is taken: before anything else, so that of two helpers one is first."""
    if seen.post_id is None or seen.state in AGREED:
        return
    if not await posts.takes_one(db, community=by.community, id_=seen.post_id):
        return
    if not await posts.mark_matched(db, community=by.community, id_=seen.post_id, now=now):
        raise Conflict(_("Dit is al geregeld met een andere buur. Er is niets afgesproken."))


async def _within_limits(
    db: Db, community: int, found: Exchange, minutes: int, now: datetime
) -> None:
    if found.mode != "hours":
        return
    for party, sign in ((found.getter(), -1), (found.giver(), 1)):
        balance = await hours.balance(db, community=community, party=party, now=now)
        if not hours.room(sign * minutes, balance).fits:
            raise Conflict(
                _(
                    "Dit kan nu even niet: een van u beiden komt dan over de grens die wij afspraken. "
                    "Wat wel kan: iets voor een buur doen, samen iets doen, of ons bellen."
                )
            )


async def _store_agreement(
    db: Db, by: By, found: Exchange, accepted: Proposal, now: datetime
) -> None:
    today = local_date(now)
    series = None
    if accepted.every and accepted.on_date and accepted.at_time and accepted.until_on:
        series = new_id()
        await beside.insert_series(
            db, community=by.community, id_=series, every=accepted.every,
            first_on=accepted.on_date, at_time=accepted.at_time, until_on=accepted.until_on,
            minutes=accepted.minutes, now=now,
        )  # fmt: skip
    planned = accepted.on_date is not None
    stored = await store.agree(
        db, by, found.id, proposal=accepted, series=series,
        state="planned" if planned else "agreed", next_action="do" if planned else "plan",
        owner=found.giver(), due_on=accepted.on_date or today + timedelta(days=PLAN_DAYS), now=now,
    )  # fmt: skip
    if not stored:
        raise changed()
    if series is not None:
        days = series_days(accepted)[1:]
        await beside.insert_later_dates(
            db, community=by.community, first=found.id, days=days, now=now
        )


async def _tell_the_rest(db: Db, by: By, found: Exchange, now: datetime) -> None:
    """Who else wanted to help with this need hears that somebody does; their talk ends kindly."""
    if found.post_id is None or found.state in AGREED:
        return
    if not await posts.takes_one(db, community=by.community, id_=found.post_id):
        return
    for talk in await lists.open_on_post(db, by.community, found.post_id, found.id):
        await store.finish(
            db, by.community, talk.id, state="not_feasible", reason="someone_else", by=None,
            from_states=("suggested", "talking"), now=now,
        )  # fmt: skip
        await beside.drop_proposals(db, by.community, talk.id, now)
        await notices.withdraw(db, community=by.community, about_id=talk.id, now=now)
        await notices.tell(
            db, community=by.community, to=talk.started_by_id, kind="others_heard", now=now,
            about=("exchange", talk.id),
        )  # fmt: skip
