"""Standing appointments: two neighbours who meet every week, two weeks or month."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from timebank import exchanges
from timebank.demo import talk
from timebank.demo.people import Neighbour
from timebank.demo.stage import Story, Town
from timebank.demo.texts import Text
from timebank.exchanges import Plan
from timebank.kernel.dates import at
from timebank.kernel.series import Every, Series, dates

MISSED = 0.07
"""Now and then a date is called off."""


async def standing(
    town: Town, text: Text, *, asker: Neighbour, other: Neighbour, minutes: int, first: date,
    at_time: time, every: Every, times: int,
) -> Story:  # fmt: skip
    """`asker` posts a need a week before the first date; then they meet `times` times."""
    post = await talk.posts_it(town, asker, text.wish(town.place_of(asker)))
    yield town.later(0, 1)
    kind = "together" if text.together else "help"
    id_ = await talk.answers(town, other, post, talk.line(town, kind, other, asker))
    yield town.later(0, 1)
    days = _days(first, at_time, every, times)
    plan = Plan(minutes=minutes, on_date=first, at_time=at_time, every=every, until_on=days[-1])
    await talk.says(town, asker, id_, talk.line(town, "answer", asker, other))
    proposal = await talk.proposes(town, asker, id_, plan)
    yield town.later(0, 1)
    await talk.agrees(town, other, id_, proposal)
    for day in days:
        yield _day_before(day, at_time)
        one = await _on(town, asker, day, id_)
        if one is None:
            continue
        if town.rng.random() < MISSED:
            await exchanges.cancel(
                town.db, talk.by(town, other), one, reason="ill", words="", now=town.now
            )
            continue
        yield at(day, at_time) + timedelta(minutes=minutes + 90)
        await talk.done(town, other, one, minutes, day)
        yield town.later(0, 1)
        await talk.says_yes(town, asker, one)


def _days(first: date, at_time: time, every: Every, count: int) -> list[date]:
    return dates(Series(first, at_time, every, None, count))


def _day_before(day: date, at_time: time) -> datetime:
    return at(day - timedelta(days=1), at_time)


async def _on(town: Town, person: Neighbour, day: date, first: UUID) -> UUID | None:
    """Their appointment of that day in the series that began with `first`."""
    found = await exchanges.open_of(town.db, community=town.community, party=person.id)
    begun = await talk.seen(town, person, first)
    return next(
        (e.id for e in found if e.planned_on == day and e.series_id == begun.series_id), None
    )
